"""Segments: the parts of a sentence between its marks, within which words are read together."""

import re

_END = re.compile(r"[,。;!?！？\n]|\.(?!\d)|、(?=[^0-9一二三四五六七八九十])")

Span = tuple[int, int]


def segments_of(folded: str) -> list[Span]:
    """The parts of a folded text with the marks that end them, in order; the last reaches past its end."""
    found: list[Span] = []
    start = 0
    for match in _END.finditer(folded):
        inside_number = (
            folded[match.start() - 1 : match.start()].isdigit() and folded[match.end() : match.end() + 1].isdigit()
        )
        if match.group() == "," and inside_number:
            continue  # thousands separator
        found.append((start, match.end()))
        start = match.end()
    return [*found, (start, len(folded) + 1)]


def segment_around(folded: str, place: int) -> Span:
    """The part of a sentence that an offset lies in."""
    return next(span for span in segments_of(folded) if span[0] <= place < span[1])
