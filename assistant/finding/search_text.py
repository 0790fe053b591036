"""The text that clause search looks through, and where in the source it matches."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from assistant.clause.rule import TextSpan
from assistant.finding.search_query import Mark
from corpus.script import fold
from index.sentences import sentence_spans

SNIPPET = 220  # characters of a clause shown in a list
# Published files and people write the same brackets, quotation marks and dashes in many ways.
_ALIKE = str.maketrans("〔【[〕】]“”„「」『』‘’—–－~～‐‑−", "((()))" + '"' * 7 + "''" + "-" * 8)


def to_searched(text: str) -> str:
    """Text as it is searched, of the same length: folded, with brackets, quotation marks and dashes made alike."""
    return fold(text).translate(_ALIKE)


def squeeze(text: str) -> str:
    """Text as it is searched, without whitespace."""
    return "".join(to_searched(text).split())


class Column:
    """One searched text for each clause, looked through at once, from hit to hit."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._joined = "\n".join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts[:-1])]

    def rows(self, word: str) -> Iterator[int]:
        """Rows of the texts that hold a word; a number or Latin word only as a whole."""
        position = self._joined.find(word) if word else -1
        while position >= 0:
            if not stands_whole(self._joined, position, position + len(word)):
                position = self._joined.find(word, position + 1)
                continue
            row = bisect_right(self._starts, position) - 1
            yield row
            if row + 1 == len(self._starts):
                return
            position = self._joined.find(word, self._starts[row + 1])


def stands_whole(text: str, start: int, end: int) -> bool:
    """Whether a hit does not cut a number or a Latin word in two: 10万元 is not in 210万元, 5万元 not in 0.5万元."""
    return not (_continues(text, start, -1) or _continues(text, end - 1, 1))


def _continues(text: str, edge: int, step: int) -> bool:
    near, far = edge + step, edge + 2 * step
    if not 0 <= near < len(text) or not (text[edge].isascii() and text[near].isascii()):
        return False
    if text[edge].isdigit():
        joined = text[near] in ".," and 0 <= far < len(text) and text[far].isascii() and text[far].isdigit()
        return text[near].isdigit() or joined
    return text[edge].isalpha() and text[near].isalpha()


def marks_in(text: str, words: Iterable[tuple[str, str]]) -> tuple[Mark, ...]:
    """Where searched words stand in a source text, in order; of two that overlap, the first and longer one.

    ``words`` are pairs: what the mark is called, and the searched form to look for.
    """
    folded = to_searched(text)
    offsets = [at for at, character in enumerate(folded) if not character.isspace()]
    squeezed = "".join(folded[at] for at in offsets)
    found = [
        (match.start(), match.end(), name)
        for name, word in words
        for match in re.finditer(re.escape(word), squeezed)
        if word and stands_whole(squeezed, match.start(), match.end())
    ]
    marks: list[Mark] = []
    behind = 0
    for start, end, name in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if start >= behind:
            marks.append(Mark(start=offsets[start], end=offsets[end - 1] + 1, of=name))
            behind = end
    return tuple(marks)


def best_snippet(text: str, marks: Sequence[Mark]) -> TextSpan:
    """The run of sentences within ``SNIPPET`` characters that holds the most different matches, the first such."""
    spans = sentence_spans(text) or ((0, len(text)),)
    best, most = spans[0], (-1, -1)
    for first in range(len(spans)):
        last = first
        while last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= SNIPPET:
            last += 1
        start, end = spans[first][0], spans[last][1]
        inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
        held = (len({mark.of for mark in inside}), len(inside))
        if held > most:
            best, most = (start, end), held
    return TextSpan(start=best[0], end=best[1])
