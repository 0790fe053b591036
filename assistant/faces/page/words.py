"""The fixed words of the page in its three languages, and which language a visitor gets."""

import re
from collections.abc import Mapping

from assistant.answering.phrasebook import phrases_of

HTML_LANGUAGE = {"zh": "zh-CN", "zh-Hant": "zh-Hant", "en": "en"}
_TRADITIONAL = re.compile(r"zh-(?:hant|tw|hk|mo)\b")


def words_for(language: str) -> Mapping[str, str]:
    """The words of a language code by name; Simplified Chinese for a code that is none of ``LANGUAGES``."""
    return phrases_of("page", language)


def choose_language(wanted: str | None, accepted: str = "") -> str:
    """One of ``LANGUAGES``: the one asked for, else the first that an Accept-Language header names and we have."""
    for tag in (wanted or "", *_by_preference(accepted)):
        if language := _known(tag):
            return language
    return "zh"


def _known(tag: str) -> str:
    tag = tag.strip().lower().replace("_", "-")
    if _TRADITIONAL.match(tag):
        return "zh-Hant"
    if tag.startswith("zh"):
        return "zh"
    return "en" if tag.startswith("en") else ""


def _by_preference(header: str) -> list[str]:
    """The tags of an Accept-Language header, most wanted first; one without a weight counts 1."""
    weighted = []
    for part in header.split(","):
        tag, _, weight = part.partition(";q=")
        try:
            weighted.append((float(weight) if weight.strip() else 1.0, tag))
        except ValueError:
            continue
    return [tag for _, tag in sorted(weighted, key=lambda pair: -pair[0])]
