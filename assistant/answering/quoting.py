"""Quoting: of a long passage the part that answers, cut at its own commas; the citation holds all of it."""

from collections.abc import Sequence

from assistant.language.terms import Term
from corpus.script import fold, repair_glyphs

LONG = 120  # characters of a passage from which only a part is quoted in the answer's sentence
_STOPS = "，,；;。\n"
LEFT_OUT = "…"
NAMED = 40  # characters of a clause by which it is named
_EDGES = "。;；,，:： "


def shortened(words: str) -> str:
    """The first words of a clause, by which it is named: up to a comma where there is one in the second half of them."""
    words = repair_glyphs("".join(words.split())).strip(_EDGES)
    if len(words) <= NAMED:
        return words
    cut = max(words.rfind(mark, 0, NAMED) for mark in ",，、")
    return words[: cut if cut > NAMED // 2 else NAMED].rstrip(",，、") + LEFT_OUT


def quoted(words: str, terms: Sequence[Term]) -> str:
    """The passage; of a long one the phrases that hold most of the terms, and those between, with a number where there is one.

    A passage of which no phrase holds a term is quoted whole.
    """
    if len(words) <= LONG or not terms:
        return words
    phrases = _phrases(words)
    held = [_held(phrase, terms) for phrase in phrases]
    most = max(held, default=0)
    if not most:
        return words
    numbered = [n for n, count in enumerate(held) if count == most and _states_a_number(phrases[n])]
    best = numbered[0] if numbered else held.index(most)
    first = last = best
    while last + 1 < len(phrases) and _length(phrases, first, last + 1) <= LONG and held[last + 1]:
        last += 1
    part = "".join(phrases[first : last + 1]).strip(_STOPS + " ")
    return (LEFT_OUT if first else "") + part + (LEFT_OUT if last + 1 < len(phrases) else "")


def _phrases(words: str) -> list[str]:
    """A passage cut behind each comma, semicolon and full stop."""
    phrases, begin = [], 0
    for place, character in enumerate(words, start=1):
        is_in_number = character == "," and words[place : place + 1].isdigit()
        if character in _STOPS and not is_in_number:
            phrases.append(words[begin:place])
            begin = place
    return [*phrases, words[begin:]] if begin < len(words) else phrases


def _held(phrase: str, terms: Sequence[Term]) -> int:
    """How many of the terms a phrase holds by any of their names."""
    folded = "".join(fold(phrase).split())
    return sum(any(name in folded for name in term.alternatives) for term in terms)


def _states_a_number(phrase: str) -> bool:
    return any(character.isdigit() for character in phrase)


def _length(phrases: Sequence[str], first: int, last: int) -> int:
    return sum(map(len, phrases[first : last + 1]))
