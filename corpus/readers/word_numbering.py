"""The numbering that Word prints and a DOCX does not write out: 一、, (一), 1.1, 第一条 before a paragraph."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_DEEPEST = 9  # levels that a list may have


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""  # "%1.%2" with the numbers of the levels above
    start: int = 1
    style: str = ""  # paragraph style that carries it
    legal: bool = False  # numbers of the levels above in Arabic digits


class Numbering:
    """Counts the numbered paragraphs of a document in the order they are asked for."""

    def __init__(self, numbering: Any, styles: Any) -> None:  # lxml elements or None
        self._lists: dict[str, tuple[str, Mapping[int, _Level], Mapping[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()
        self._styles: dict[str, tuple[str, int]] = {}
        self._parents: dict[str, str] = {}
        self._outline: dict[str, int] = {}
        self.default_style = ""
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def label(self, paragraph: Any) -> tuple[str, int]:
        """The label printed before a ``w:p`` and its level from 1; empty and 0 when it is not numbered."""
        properties = paragraph.find(f"{_W}pPr")
        own = None if properties is None else properties.find(f"{_W}numPr")
        style = self.style(paragraph)
        number, level = self._stated(own, self._style_numbering(style))
        found = self._lists.get(number)
        if found is None or level not in found[1]:
            return "", 0
        abstract, levels, starts = found
        printed = self._next(number, abstract, levels, starts, level)
        # Word puts a tab behind the label; behind 一、 and (一) nothing has to part it from the words.
        return printed + (" " if printed and (printed[-1].isalnum() or printed[-1] == ".") else ""), level + 1

    def style(self, paragraph: Any) -> str:
        """The id of a paragraph's style."""
        properties = paragraph.find(f"{_W}pPr")
        style = None if properties is None else properties.find(f"{_W}pStyle")
        return str(style.get(f"{_W}val", "")) if style is not None else self.default_style

    def heading_level(self, paragraph: Any) -> int:
        """The outline level of a paragraph from 1; 0 when it is no heading."""
        properties = paragraph.find(f"{_W}pPr")
        stated = None if properties is None else properties.find(f"{_W}outlineLvl")
        if stated is not None:
            level = _whole(stated.get(f"{_W}val"), 9)
            return level + 1 if level < 9 else 0
        for style in self._line(self.style(paragraph)):
            if style in self._outline:
                return self._outline[style] + 1
        return 0

    def _stated(self, own: Any, by_style: tuple[str, int]) -> tuple[str, int]:
        if own is None:
            return by_style
        number, level = own.find(f"{_W}numId"), own.find(f"{_W}ilvl")
        return (
            by_style[0] if number is None else str(number.get(f"{_W}val", "")),
            by_style[1] if level is None else _whole(level.get(f"{_W}val"), 0),
        )

    def _line(self, style: str) -> Iterable[str]:
        """A style and those it is based on."""
        met: set[str] = set()
        while style and style not in met:
            met.add(style)
            yield style
            style = self._parents.get(style, "")

    def _style_numbering(self, style: str) -> tuple[str, int]:
        for name in self._line(style):
            if name in self._styles:
                number, level = self._styles[name]
                found = self._lists.get(number)
                by_style = [depth for depth, one in found[1].items() if one.style == name] if found else []
                return number, by_style[0] if by_style else level
        return "", 0

    def _next(
        self, number: str, abstract: str, levels: Mapping[int, _Level], starts: Mapping[int, int], level: int
    ) -> str:
        counts = self._counts.setdefault(abstract, {})
        if level in starts and (number, level) not in self._restarted:
            counts.pop(level, None)  # a list that states its own beginning starts again
        for depth in starts:
            self._restarted.add((number, depth))
        start = starts.get(level, levels[level].start)
        counts[level] = counts[level] + 1 if level in counts else start
        for depth in [depth for depth in counts if depth > level]:
            del counts[depth]
        printed = levels[level].text
        for depth in range(_DEEPEST):
            if f"%{depth + 1}" in printed:
                above = levels.get(depth, _Level())
                count = counts.get(depth, above.start)
                form = "decimal" if levels[level].legal else above.format
                printed = printed.replace(f"%{depth + 1}", number_text(count, form))
        return printed if any(character.isalnum() for character in printed) else ""  # a bullet says nothing

    def _read_lists(self, numbering: Any) -> None:
        abstracts = {
            str(one.get(f"{_W}abstractNumId")): {
                _whole(level.get(f"{_W}ilvl"), 0): _level(level) for level in one.findall(f"{_W}lvl")
            }
            for one in numbering.findall(f"{_W}abstractNum")
        }
        for one in numbering.findall(f"{_W}num"):
            reference = one.find(f"{_W}abstractNumId")
            abstract = "" if reference is None else str(reference.get(f"{_W}val"))
            levels = dict(abstracts.get(abstract, {}))
            starts: dict[int, int] = {}
            for override in one.findall(f"{_W}lvlOverride"):
                depth = _whole(override.get(f"{_W}ilvl"), 0)
                begin, level = override.find(f"{_W}startOverride"), override.find(f"{_W}lvl")
                if begin is not None:
                    starts[depth] = _whole(begin.get(f"{_W}val"), 1)
                if level is not None:
                    levels[depth] = _level(level)
            self._lists[str(one.get(f"{_W}numId"))] = (abstract, levels, starts)

    def _read_styles(self, styles: Any) -> None:
        for style in styles.findall(f"{_W}style"):
            name = str(style.get(f"{_W}styleId", ""))
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true"):
                self.default_style = name
            parent = style.find(f"{_W}basedOn")
            if parent is not None:
                self._parents[name] = str(parent.get(f"{_W}val", ""))
            number = style.find(f"{_W}pPr/{_W}numPr/{_W}numId")
            if number is not None:
                level = style.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
                depth = 0 if level is None else _whole(level.get(f"{_W}val"), 0)
                self._styles[name] = (str(number.get(f"{_W}val", "")), depth)
            outline = style.find(f"{_W}pPr/{_W}outlineLvl")
            if outline is not None and _whole(outline.get(f"{_W}val"), 9) < 9:
                self._outline[name] = _whole(outline.get(f"{_W}val"), 9)


def _level(element: Any) -> _Level:
    def stated(name: str, otherwise: str) -> str:
        found = element.find(f"{_W}{name}")
        return otherwise if found is None else str(found.get(f"{_W}val", otherwise))

    legal = element.find(f"{_W}isLgl")
    return _Level(
        format=stated("numFmt", "decimal"),
        text=stated("lvlText", ""),
        start=_whole(stated("start", "0"), 0),
        style=stated("pStyle", ""),
        legal=legal is not None and legal.get(f"{_W}val") not in ("0", "false"),
    )


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise


def number_text(number: int, form: str) -> str:
    """A number in one of Word's number formats (ECMA-376, ST_NumberFormat); in digits for a format not known here."""
    if not 0 <= number < 10_000:
        return str(number)
    if form in ("none", "bullet"):
        return ""
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"):
        return _counted(number, "十百千", "零一二三四五六七八九")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _counted(number, "拾佰仟", _FORMAL)
    if form in ("ideographDigital", "taiwaneseDigital", "taiwaneseCounting", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    return _letters(number, form)


def _letters(number: int, form: str) -> str:
    if form == "ideographTraditional" and number:
        return _STEMS[(number - 1) % len(_STEMS)]
    if form == "ideographZodiac" and number:
        return _BRANCHES[(number - 1) % len(_BRANCHES)]
    if form in ("lowerLetter", "upperLetter") and number:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and number:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _counted(number: int, places: str, digits: str) -> str:
    """A number below ten thousand as it is counted: 十二, 一百零三."""
    if number == 0:
        return digits[0]
    words, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += (digits[0] if gap else "") + digits[digit] + (places[power - 1] if power else "")
        gap = False
    leading = digits[1] + places[0]
    return words[1:] if words.startswith(leading) and digits[1] == "一" else words


def _roman(number: int) -> str:
    signs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
    text = ""
    for value, sign in (*signs, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        text += sign * (number // value)
        number %= value
    return text
