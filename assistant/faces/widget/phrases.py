"""The phrases of the panel as the script ``phrases.js``, out of the one book of phrases."""

import json
from typing import Any

from assistant.answering.phrasebook import LANGUAGES, phrases_of

_SEVERAL = frozenset({"examples"})  # phrases that hold several, parted by "|"


def panel_words(language: str) -> dict[str, Any]:
    """The words of the panel in a language: its own, and those that every face has; a dotted name is a word of a group."""
    label = phrases_of("label", language)
    words: dict[str, Any] = {name: label[name] for name in ("exact", "at_most", "conditional")}
    words["statuses"] = dict(phrases_of("status", language))
    for name, phrase in phrases_of("widget", language).items():
        group, _, own = name.partition(".")
        if own:
            words.setdefault(group, {})[own] = phrase
        else:
            words[name] = phrase.split("|") if name in _SEVERAL else phrase
    return words


def script() -> bytes:
    """The script: ``WORDS`` by language and ``PER_ENGLISH``, what a clause's unit is called in English."""
    words = {language: panel_words(language) for language in LANGUAGES}
    lines = [
        "/** Made from the phrase book (assistant/answering/phrases.toml) when the server starts. */",
        f"export const WORDS = {json.dumps(words, ensure_ascii=False)};",
        f"export const PER_ENGLISH = {json.dumps(dict(phrases_of('per', 'en')), ensure_ascii=False)};",
    ]
    return ("\n".join(lines) + "\n").encode()
