"""Compaction: the text as the grammars read it, with the way back to the source.

Folded, without stray spaces, thousands separators and line breaks inside a sentence, and with a letter O typed
for a zero put right. Every character keeps its offset in the source, so what is read can be quoted.
"""

import html
import re
from dataclasses import dataclass

from corpus.layout import INVISIBLE
from corpus.script import fold

# A line that begins like this opens something new, so the break before it is kept.
_OPENS = (
    r"[(第]?[一二三四五六七八九十\d]{1,3}[)、.章条节]|\([一二三四五六七八九十\d]{1,3}\)|[①-⑳]|[·•●■◆○]"
    r"|[\[(【]?(?:责任|牵头|配合|主管)(?:单位|部门)"
)
_BREAK = re.compile(rf"(?<=[。;:!?])\s*\n\s*|\s*\n\s*\n\s*|\s*\n\s*(?={_OPENS})")
_NUMBERED_HEADING = re.compile(rf"(?:^|\n)[^\S\n]*(?:{_OPENS})[^,。;:!?\n]{{1,24}}(?P<break>\s*\n\s*)")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
_LETTER_SPACE = re.compile(r"(?<=\S)[ \u00a0](?=\S)")
_MINIMUM_SPACED = 8  # blanks, and their share of the letters, for a text to be one with a blank between all letters
_SPACED_SHARE = 0.6
_SPACE = re.compile(r"\s+")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)")
_SPACED_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?=\s?[万亿元])")
_LETTER_ZERO = re.compile(r"(?<![a-z0-9.])\d[\do]*o[\do]*(?=\s?[万亿千百元%])")
_PARTED_DASH = re.compile(r"[-−–](?=\s)")  # the mark of a list or between two things; a sign stands at its number
_FULL_WIDTH_DIGITS = frozenset("０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class CompactText:
    """Text for a grammar; ``offsets[i]`` is where ``text[i]`` stands in the source."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the source of ``text[start:end]``; an empty stretch gives an empty span."""
        if start >= end:
            where = self.offsets[start] if start < len(self.offsets) else (self.offsets[-1] + 1 if self.offsets else 0)
            return where, where
        return self.offsets[start], self.offsets[end - 1] + 1


def compact(text: str) -> CompactText:
    """``text`` folded and without what only typesetting put there. Line breaks that end something stay as ``\\n``."""
    characters = _readable(text)
    if characters is None:
        return _compact(text)
    kept = [position for position, character in enumerate(characters) if character]
    read = _compact("".join(characters))
    return CompactText(read.text, tuple(kept[offset] for offset in read.offsets))


def _readable(text: str) -> list[str] | None:
    """The characters of a text without invisible ones, entities of HTML and blanks between all letters, each still at
    its place; None for a text that has nothing of the kind."""
    spaced = len(_LETTER_SPACE.findall(text))
    is_spaced = spaced >= _MINIMUM_SPACED and spaced >= _SPACED_SHARE * len("".join(text.split()))
    if not (is_spaced or _ENTITY.search(text) or any(character in text for character in INVISIBLE)):
        return None
    characters = ["" if character in INVISIBLE else character for character in text]
    for match in _ENTITY.finditer(text):
        meant = html.unescape(match.group())
        if len(meant) == 1:
            characters[match.start() : match.end()] = [meant] + [""] * (len(match.group()) - 1)
    if is_spaced:
        for match in _LETTER_SPACE.finditer(text):
            characters[match.start()] = ""
    return characters


def _compact(text: str) -> CompactText:
    folded = fold(text)
    characters = list(folded)
    if "o" in folded:
        for match in _LETTER_ZERO.finditer(folded):
            characters[match.start() : match.end()] = match[0].replace("o", "0")
    if "," in folded:
        for match in _THOUSANDS.finditer(folded):
            _drop_thousands(text, match, characters)
    if not _SPACE.search(folded):
        return _collect(characters, list(range(len(characters))))
    _join_digits(folded, characters)
    breaks = {match.start(): match.end() for match in _BREAK.finditer(folded)} if "\n" in folded else {}
    if breaks or "\n" in folded:
        breaks.update({match.start("break"): match.end() for match in _NUMBERED_HEADING.finditer(folded)})
    covered: set[int] = set()
    for start, end in breaks.items():
        characters[start:end] = ["\n"] + [""] * (end - start - 1)
        covered.update(range(start, end))
    for match in _SPACE.finditer(folded):
        _drop_space(folded, match, characters, covered)
    return _collect(characters, list(range(len(characters))))


def _join_digits(folded: str, characters: list[str]) -> None:
    """Spaced thousands become one number; a dash that a space parts from its number becomes no sign of it."""
    for match in _PARTED_DASH.finditer(folded):
        characters[match.start()] = "—"
    for match in _SPACED_THOUSANDS.finditer(folded):
        for position in range(match.start(), match.end()):
            if folded[position] == " ":
                characters[position] = ""


def _drop_thousands(text: str, match: re.Match[str], characters: list[str]) -> None:
    for position in range(match.start(), match.end()):
        if match[0][position - match.start()] != ",":
            continue
        # A full-width comma divides sentences unless the digits beside it are full width too.
        certain = (
            text[position] == "," or text[position - 1] in _FULL_WIDTH_DIGITS or text.startswith("000", position + 1)
        )
        if certain:
            characters[position] = ""
        else:
            return


def _drop_space(folded: str, match: re.Match[str], characters: list[str], covered: set[int]) -> None:
    start, end = match.span()
    if start in covered and end - 1 in covered:
        return
    before = folded[start - 1] if start else ""
    after = folded[end] if end < len(folded) else ""
    # Two numbers or two Latin words that a space keeps apart stay apart.
    keep = characters[start] != "" and before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    for position in range(start, end):
        if position not in covered:
            characters[position] = ""
    if keep and start not in covered:
        characters[start] = " "


def _collect(characters: list[str], offsets: list[int]) -> CompactText:
    kept = [position for position in offsets if characters[position]]
    return CompactText("".join(characters), tuple(kept))
