"""The lines of a printed page from where its characters stand: columns in order, margins told."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Any

Char = Mapping[str, Any]  # as pdfplumber gives it: text, x0, x1, top, bottom, size

_SAME_LINE = 0.5  # of the size of the characters; what stands lower by less is on the same line
_BLANK = (
    0.5  # of the size; a gap that wide between Chinese characters is a blank, left out by the program that wrote it
)
_WESTERN_BLANK = 0.22
_FEWEST_COLUMN_LINES = 6
_MOST_CROSSING = 0.25  # of the lines of a page may cross what parts its columns: titles, and tables between rules


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line and the box around it, in points from the upper left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float  # of most of its characters
    left: float = 0.0  # where the lines of its column begin
    right: float = 0.0  # and end


def read_lines(chars: Sequence[Char], width: float) -> list[PrintedLine]:
    """The lines of a page or a cell in the order they are read: the left column before the right one."""
    rows = _rows([char for char in chars if char["text"] and char.get("upright", True)])
    gutter = _gutter(rows, width)
    if gutter is None:
        return _with_margins([_line(row) for row in rows if _says(row)])
    lines: list[PrintedLine] = []
    for crossing, band in groupby(rows, key=lambda row: _crosses(row, gutter)):
        held = list(band)
        if crossing:
            lines += _with_margins([_line(row) for row in held if _says(row)])
            continue
        for side in (False, True):
            parts = [[char for char in row if (_middle(char) > gutter) is side] for row in held]
            lines += _with_margins([_line(part) for part in parts if _says(part)])
    return lines


def _middle(char: Char) -> float:
    return float(char["x0"] + char["x1"]) / 2


def _says(row: Sequence[Char]) -> bool:
    return any(not char["text"].isspace() for char in row)


def _rows(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters by the line they stand on, from top to bottom, each from left to right."""
    rows: list[list[Char]] = []
    middle = 0.0
    for char in sorted(chars, key=lambda one: (one["top"] + one["bottom"], one["x0"])):
        centre = (char["top"] + char["bottom"]) / 2
        if not rows or centre - middle > char["size"] * _SAME_LINE:
            rows.append([])
            middle = centre
        rows[-1].append(char)
    return [sorted(row, key=lambda one: float(one["x0"])) for row in rows]


def _gutter(rows: Sequence[Sequence[Char]], width: float) -> float | None:
    """Where the blank between two columns runs; None on a page of one."""
    held = [row for row in rows if _says(row)]
    if len(held) < _FEWEST_COLUMN_LINES:
        return None
    places = [width * share / 100 for share in range(38, 63)]
    crossing = {place: sum(1 for row in held if _crosses(row, place)) for place in places}
    fewest = min(crossing.values())
    if fewest > len(held) * _MOST_CROSSING:
        return None
    best = [place for place in places if crossing[place] == fewest]
    gutter = best[len(best) // 2]
    sides = [(any(_middle(c) < gutter for c in row), any(_middle(c) > gutter for c in row)) for row in held]
    both = sum(1 for left, right in sides if left and right) - fewest
    full = _reaching(held, gutter)
    return gutter if both >= _FEWEST_COLUMN_LINES and full >= both * 0.6 else None


def _reaching(rows: Sequence[Sequence[Char]], gutter: float) -> int:
    """How many rows have text up to the gutter on its left: columns do, a list of names and sums does not."""
    ends = [max((c["x1"] for c in row if _middle(c) < gutter and not c["text"].isspace()), default=0.0) for row in rows]
    size = median(row[0]["size"] for row in rows)
    edge = sorted(ends)[int(len(ends) * 0.8)]
    return sum(1 for end in ends if end >= edge - 2.2 * size)


def _crosses(row: Sequence[Char], place: float) -> bool:
    """Whether characters stand at a place, or too close around it for a gap between columns."""
    size = max((char["size"] for char in row), default=0.0)
    left = max((c["x1"] for c in row if _middle(c) <= place and not c["text"].isspace()), default=None)
    right = min((c["x0"] for c in row if _middle(c) > place and not c["text"].isspace()), default=None)
    if left is None or right is None:
        return (left or 0.0) > place or (right is not None and right < place)
    return bool(right - left < size * 0.9)


def _line(row: Sequence[Char]) -> PrintedLine:
    inked = [char for char in row if not char["text"].isspace()]
    size = Counter(round(float(char["size"]), 1) for char in inked).most_common(1)[0][0]
    text, before = "", None
    for char in row:
        if before is not None and not char["text"].isspace() and not before["text"].isspace():
            western = char["text"].isascii() and before["text"].isascii()
            gap = char["x0"] - before["x1"]
            text += " " if gap > size * (_WESTERN_BLANK if western else _BLANK) else ""
        text += char["text"]
        before = char
    return PrintedLine(
        " ".join(text.split(" ")).strip(),
        float(inked[0]["x0"]),
        float(max(char["x1"] for char in inked)),
        float(min(char["top"] for char in inked)),
        float(max(char["bottom"] for char in inked)),
        size,
    )


def _with_margins(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines with where their column begins and ends."""
    if not lines:
        return []
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    return [PrintedLine(line.text, line.x0, line.x1, line.top, line.bottom, line.size, left, right) for line in lines]


_PAGE_NUMBER = re.compile(r"^[\s\-—–·~－第]*\d{1,4}\s*(?:[/／]\s*\d{1,4})?[\s\-—–·~－页]*(?:[,，]?\s*共\s*\d+\s*页)?$")
_DIGITS = re.compile(r"\d+")
_MARGIN_LINES = 3  # at the top and at the bottom of a page that may be a running header or footer
_FEWEST_PAGES = 3


def running_lines(pages: Sequence[Sequence[PrintedLine]], heights: Sequence[float]) -> set[tuple[int, int]]:
    """Page and position of the lines that are page numbers, running headers and footers."""
    found: set[tuple[int, int]] = set()
    seen: dict[tuple[str, bool, int], list[tuple[int, int]]] = {}
    for number, lines in enumerate(pages):
        by_height = sorted(range(len(lines)), key=lambda position: lines[position].top)
        edges = dict.fromkeys(by_height[:_MARGIN_LINES], True)
        edges |= dict.fromkeys(by_height[-_MARGIN_LINES:], False)
        for position, at_top in edges.items():
            line = lines[position]
            share = line.top / heights[number]
            if 0.13 < share < 0.87:
                continue
            if _PAGE_NUMBER.match(line.text) and position in (by_height[0], by_height[-1]):
                found.add((number, position))
                continue
            key = (_DIGITS.sub("0", line.text), at_top, round(line.top / 8))
            seen.setdefault(key, []).append((number, position))
    for places in seen.values():
        if len(places) >= max(_FEWEST_PAGES, len(pages) // 4):
            found.update(places)
    return found
