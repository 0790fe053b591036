"""Where one sentence of policy text ends and the next begins."""

import re
from collections.abc import Iterator

from corpus.script import fold

SHORT_SENTENCE = 25  # characters; a shorter one says too little alone and joins its neighbour
LONG_SENTENCE = 400  # characters; a longer one is cut at commas, never inside a word
_WRAP_WIDTH = 20  # characters; a shorter line without punctuation is a heading, a longer one was wrapped

_ENDERS = "。;!?"  # after folding
_CLOSERS = "”’\"'」』)]】〕》"
_LINE_CLOSERS = _ENDERS + _CLOSERS + ":"
_NUMBERING = re.compile(r"\s*(?:[(〔\[【]|第?[一二三四五六七八九十百]+[、章条节]|\d{1,2}[.、)](?!\d)|[①-⑳●•◆])")
_BRACKETED = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]|〔[^〔〕]{0,200}〕|【[^【】]{0,200}】")
_COMMA = re.compile(r"[,、:]")


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the pieces a text is searched by: whole sentences, short ones joined to the next.

    The spans are trimmed of outer whitespace, do not overlap, and together hold every other character.
    """
    folded = fold(text)
    pieces = _join_short(folded, _cut(folded, _boundaries(folded)))
    return tuple(span for piece in pieces for span in _cut_long(folded, piece))


def _boundaries(folded: str) -> list[int]:
    """Offsets just behind each sentence."""
    inside = [match.span() for match in _BRACKETED.finditer(folded)]
    ends: list[int] = []
    position = 0
    while position < len(folded):
        character = folded[position]
        if character == "\n" and _line_ends_sentence(folded, position):
            ends.append(position + 1)
        elif character in _ENDERS and not any(start < position < end for start, end in inside):
            while position + 1 < len(folded) and folded[position + 1] in _ENDERS + _CLOSERS:
                position += 1
            ends.append(position + 1)
        position += 1
    return ends


def _line_ends_sentence(folded: str, newline: int) -> bool:
    """Whether a break ends a paragraph; files made from PDF also break lines inside a sentence."""
    line = folded[folded.rfind("\n", 0, newline) + 1 : newline].strip()
    following = folded[newline + 1 :].lstrip(" \t\u3000\xa0")[:12]
    if not line or not following or following[0] in "\r\n":
        return True
    return line[-1] in _LINE_CLOSERS or len(line) < _WRAP_WIDTH or _NUMBERING.match(following) is not None


def _cut(folded: str, ends: list[int]) -> list[tuple[int, int]]:
    """Trimmed spans between the boundaries, empty ones left out."""
    starts = [0, *ends]
    spans = (_trim(folded, start, end) for start, end in zip(starts, [*ends, len(folded)], strict=True))
    return [(start, end) for start, end in spans if start < end]


def _trim(folded: str, start: int, end: int) -> tuple[int, int]:
    piece = folded[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _join_short(folded: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Short sentences joined to the next one; a short last one, and a closing bracket, to the one before."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and (_is_short(joined[-1]) or _is_closing_bracket(folded, start, end)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    if len(joined) > 1 and _is_short(joined[-1]):
        joined[-2:] = [(joined[-2][0], joined[-1][1])]
    return joined


def _is_short(span: tuple[int, int]) -> bool:
    return span[1] - span[0] < SHORT_SENTENCE


def _is_closing_bracket(folded: str, start: int, end: int) -> bool:
    """Whether a piece is one bracket, as "(责任单位:市经信局)" behind the last full stop is."""
    match = _BRACKETED.match(folded, start)
    return match is not None and folded[match.end() : end].strip("。;") == ""


def _cut_long(folded: str, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """A span no longer than ``LONG_SENTENCE``, cut at the last comma that leaves it so."""
    start, end = span
    while end - start > LONG_SENTENCE:
        commas = [match.end() for match in _COMMA.finditer(folded, start + SHORT_SENTENCE, start + LONG_SENTENCE)]
        if not commas:
            break
        yield _trim(folded, start, commas[-1])
        start = _trim(folded, commas[-1], end)[0]
    yield start, end
