"""Lines and paragraphs of a text, with their offsets.

Web pages keep one paragraph on one line. The text layer of a PDF breaks a paragraph at the page's
margin and puts a page number in the middle of it; ``read_blocks`` puts such paragraphs together again.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Invisible characters that str.isspace() does not count: byte order mark, zero-width ones, soft hyphen.
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad"
_BLANKS = re.compile(rf"[\s{INVISIBLE}]+")
_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
# Numbering inside a line that may begin a section: at its start, behind a sentence or a gap.
_SECTION_MARK = re.compile(r"(?<=[。:;\s])([一二三四五六七八九十])、")
_ARTICLE_MARK = re.compile(r"(?<=。)\s*\(([一二三四五六七八九十])\)")
# The heading of a section that its first article follows without a mark.
_FIRST_ARTICLE = re.compile(r"[一二三四五六七八九十]、[^。;,(]{2,24}(?=\(一\))")
_LONG_SECTION = 60  # characters
_LEADING = re.compile(r"\(?([一二三四五六七八九十])[、)]")
_NUMERALS = "一二三四五六七八九十"
# What Markdown puts around a heading; no part of its words.
_MARKUP_BEFORE = re.compile(r"#{1,6}[ \t\u3000]+(?=\S)")
_BOLD_LINE = re.compile(r"\*\*(?=[^*\s])[^*]+\*\*$")
_WIDE_GAP = re.compile(r"\s{2,}")
_SENTENCE_END = "。;:!?"
# A line counts as full when it reaches this share of the usual full width of the page.
_FULL_LINE = 0.88
_CELL_LINE = 0.5
_WIDEST_PAGE = 110  # columns; a paragraph of a web page is far wider than a printed line
_MINIMUM_FULL_LINES = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One line with something on it; ``start`` and ``end`` leave out the white space around it."""

    number: int  # position among the lines that are not blank
    start: int
    end: int
    text: str
    folded: str
    after_gap: bool  # a blank line or a page break stands in front of it


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: a line, or the lines a page's margin broke it into."""

    start: int
    end: int
    text: str
    folded: str
    first_line: int
    continues: bool  # carries on the block before it, from which page furniture parts it


def is_blank(character: str) -> bool:
    """Whether a character shows nothing: white space, zero-width characters, byte order marks."""
    return character.isspace() or character in INVISIBLE


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the blank characters at its two ends."""
    while start < end and is_blank(text[start]):
        start += 1
    while end > start and is_blank(text[end - 1]):
        end -= 1
    return start, end


def squeeze(text: str) -> str:
    """Text without any blank characters."""
    return _BLANKS.sub("", text)


def split_lines(text: str, folded: str) -> tuple[Line, ...]:
    """The lines of ``text`` that are not blank; ``folded`` has the same length as ``text``.

    Where line breaks were lost and one line holds several sections (一、…二、…), each begins a line.
    """
    lines: list[Line] = []
    gap = False
    previous_end = 0
    for match in _LINE.finditer(text):
        gap = gap or "\f" in text[previous_end : match.start()] or text[previous_end : match.start()].count("\n") > 1
        previous_end = match.end()
        start, end = trim(text, match.start(), match.end())
        if start == end:
            gap = True
            continue
        start, end = _without_markup(text, start, end)
        for first, last in _sections(text, folded, start, end):
            lines.append(Line(len(lines), first, last, text[first:last], folded[first:last], gap))
            gap = False
    return tuple(lines)


def _without_markup(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the marks of a Markdown heading or of a line in bold type."""
    mark = _MARKUP_BEFORE.match(text, start, end)
    start = mark.end() if mark else start
    return (start + 2, end - 2) if _BOLD_LINE.match(text[start:end]) else (start, end)


def markup_spans(text: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where marks stand that belong to no line: "## " in front of a heading, ** around it."""
    end = 0
    for start, stop in [*((line.start, line.end) for line in lines), (len(text), len(text))]:
        for match in re.finditer(r"[#*]+", text[end:start]):
            yield end + match.start(), end + match.end()
        end = stop


def _sections(text: str, folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the sections in a line; the whole line when it holds one."""
    cuts = {start, end}
    cuts.update(_marks(_SECTION_MARK, folded, start, end))
    for first, last in pairwise(sorted(cuts)):
        cuts.update((*_marks(_ARTICLE_MARK, folded, first, last), *_articles(folded, first, last)))
    if len(cuts) > 2:
        # Wide gaps in front of the first section part the title, the addressees and the preamble.
        first = min(cuts - {start})
        cuts.update(match.end() for match in _WIDE_GAP.finditer(folded, start, first))
    return [trim(text, first, last) for first, last in pairwise(sorted(cuts))]


def _marks(pattern: re.Pattern[str], folded: str, start: int, end: int) -> list[int]:
    """Where the numbers of one list stand inside a stretch that may begin with the first of them."""
    leading = _LEADING.match(folded, start, end)
    marks = list(pattern.finditer(folded, start + 1, end))
    numerals = "".join(match.group(1) for match in marks)
    first = leading.group(1) if marks and leading and leading.group()[-1] == marks[0].group()[-1] else ""
    return [match.start() for match in marks] if len(first + numerals) > 1 and first + numerals in _NUMERALS else []


def _articles(folded: str, start: int, end: int) -> list[int]:
    """As ``_marks`` for a section whose heading runs into its first article: 三、支持内容(一)支持研发。…(二)…"""
    if end - start < _LONG_SECTION or not _LEADING.match(folded, start, end):
        return []
    begins = _FIRST_ARTICLE.match(folded, start, end)
    later = _marks(_ARTICLE_MARK, folded, begins.end(), end) if begins else []
    return [begins.end(), *later] if begins and later and folded[later[0] :].lstrip().startswith("(二)") else []


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def full_width(lines: Sequence[Line]) -> int | None:
    """Columns of a full printed line when the text is broken at a margin; None when it is not."""
    widths = sorted(_columns(line.text) for line in lines)
    if not widths:
        return None
    full = widths[int(len(widths) * 0.9)]
    if full > _WIDEST_PAGE or widths[-1] > full * 1.25:
        return None
    broken = sum(
        1 for line in lines if _columns(line.text) >= full * _FULL_LINE and line.folded[-1] not in _SENTENCE_END
    )
    return full if broken >= max(_MINIMUM_FULL_LINES, len(lines) // 10) else None


def read_blocks(
    text: str,
    folded: str,
    lines: Sequence[Line],
    left_out: Mapping[int, str],
    starts_new: Callable[[Line], bool],
) -> tuple[Block, ...]:
    """The paragraphs of the lines not ``left_out``; ``starts_new`` says which lines never carry one on."""
    kept = [line for line in lines if line.number not in left_out]
    width = full_width(kept)
    blocks: list[Block] = []
    previous: Line | None = None
    for line in kept:
        interrupted = previous is not None and line.number != previous.number + 1
        joined = (
            previous is not None
            and width is not None
            and (interrupted or not text[previous.end : line.start].strip())  # the marks of a heading stand between
            and _carries_on(previous, line, width, starts_new)
        )
        if joined and not interrupted:
            last = blocks.pop()
            blocks.append(_block(text, folded, last.start, line.end, last.first_line, last.continues))
        else:
            blocks.append(_block(text, folded, line.start, line.end, line.number, joined))
        previous = line
    return tuple(blocks)


def _block(text: str, folded: str, start: int, end: int, first_line: int, continues: bool) -> Block:
    return Block(start, end, text[start:end], folded[start:end], first_line, continues)


def _carries_on(previous: Line, line: Line, width: int, starts_new: Callable[[Line], bool]) -> bool:
    if starts_new(line):
        return False
    columns = _columns(previous.text)
    if columns < width * _FULL_LINE:
        # A cell of a table is narrower than the page; a heading is followed by a new paragraph.
        in_cell = columns >= width * _CELL_LINE and previous.folded[-1] not in _SENTENCE_END
        if not in_cell or starts_new(previous) or line.after_gap:
            return False
    # A blank line parts paragraphs unless a page break with its number stands there.
    return not line.after_gap or line.number != previous.number + 1
