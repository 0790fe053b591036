"""Segmentation: a clause's text as sentences, each bracket-free and with the way back to the source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.borders import read_borders
from corpus.compaction import CompactText, compact

_LONGEST = 1500  # characters; the longest sentence seen in a policy has about 900
_END = re.compile(r"[。;!?\n]")
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
# Numbering in front of a sentence: 第三条, 一、, (二), 3., ③, 1) and the heading cut off by no mark.
_NUMBERING = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+[章条节款项])|(?:[一二三四五六七八九十]{1,3}[、.])|(?:\([一二三四五六七八九十\d]{1,3}\))|(?:\d{1,2}[.、)](?!\d))|"
    r"(?:\d{1,2}[.])(?=\d{4}年)|[①-⑳•·●■◆○]"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or semicolon group. ``offsets[i]`` is the place of ``text[i]`` in the compact clause."""

    text: str  # without numbering and brackets, folded
    offsets: tuple[int, ...]
    brackets: tuple[str, ...]  # what stood in brackets, innermost text only
    start: int  # in the compact clause, numbering included
    end: int
    item: int  # sentences of one numbered item or paragraph share it
    closed_by: str  # the mark that ended it

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Place in the compact clause of ``text[start:end]``."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause ready for the grammar."""

    source: CompactText
    sentences: tuple[Sentence, ...]


def read_sentences(text: str) -> ClauseText:
    """The sentences of a clause in reading order; brackets and numbering are taken out, offsets kept."""
    source = compact(text)
    sentences: list[Sentence] = []
    item = 0
    for start, end, mark in _stretches(source.text):
        numbering = _NUMBERING.match(source.text, start, end)
        if numbering is not None or (start and source.text[start - 1] == "\n"):
            item += 1
        body = numbering.end() if numbering is not None else start
        sentence = _strip(source.text, body, start, end, item, mark)
        if sentence.text:
            sentences.append(sentence)
    return ClauseText(source, tuple(sentences))


def _stretches(text: str) -> list[tuple[int, int, str]]:
    """Sentences as (start, end, closing mark); a mark inside brackets or quotation marks ends nothing."""
    inside = [match.span() for match in _BRACKET.finditer(text)]
    found: list[tuple[int, int, str]] = []
    start = 0
    pointer = 0
    for match in _END.finditer(text):
        while pointer < len(inside) and inside[pointer][1] <= match.start():
            pointer += 1
        if pointer < len(inside) and inside[pointer][0] < match.start() and match[0] != "\n":
            continue
        found.append((start, match.start(), match[0]))
        start = match.end()
    found.append((start, len(text), ""))
    return [piece for first, last, mark in found if first < last for piece in _pieces(text, first, last, mark)]


def _pieces(text: str, start: int, end: int, mark: str) -> Iterator[tuple[int, int, str]]:
    """A sentence of no human length is read in pieces, so that the time stays linear."""
    while end - start > _LONGEST:
        comma = text.rfind(",", start, start + _LONGEST)
        stop = comma + 1 if comma > start else start + _LONGEST
        yield start, stop, ","
        start = stop
    yield start, end, mark


def _strip(text: str, body: int, start: int, end: int, item: int, mark: str) -> Sentence:
    """Take out brackets that are neither (含) nor the number of an item."""
    kept: list[int] = []
    brackets: list[str] = []
    position = body
    for match in _BRACKET.finditer(text, body, end):
        if read_borders(match[0], 0) is not None:
            continue
        kept.extend(range(position, match.start()))
        brackets.append(match[0][1:-1])
        position = match.end()
    kept.extend(range(position, end))
    return Sentence("".join(text[i] for i in kept), tuple(kept), tuple(brackets), start, end, item, mark)
