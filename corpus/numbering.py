"""The numbering in front of a clause: 一、 (一) 1. (1) ① 第X章 第X节 第X条."""

import re
from dataclasses import dataclass
from enum import IntEnum

from corpus.clause import ClauseKind

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE = "零〇一二三四五六七八九十百"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"


class Rank(IntEnum):
    """The forms of numbering, from the widest to the narrowest."""

    CHAPTER = 1  # 第X章, 第X编, 第X篇
    DIVISION = 2  # 第X节
    CHINESE = 3  # 一、
    ARTICLE = 4  # 第X条
    CHINESE_BRACKET = 5  # (一)
    ARABIC = 6  # 1.
    ARABIC_BRACKET = 7  # (1)
    ARABIC_HALF = 8  # 1)
    CIRCLED = 9  # ①


KINDS = {
    Rank.CHAPTER: ClauseKind.SECTION,
    Rank.DIVISION: ClauseKind.SECTION,
    Rank.CHINESE: ClauseKind.SECTION,
    Rank.ARTICLE: ClauseKind.ARTICLE,
    Rank.CHINESE_BRACKET: ClauseKind.ARTICLE,
    Rank.ARABIC: ClauseKind.ITEM,
    Rank.ARABIC_BRACKET: ClauseKind.SUBITEM,
    Rank.ARABIC_HALF: ClauseKind.SUBITEM,
    Rank.CIRCLED: ClauseKind.SUBITEM,
}


@dataclass(frozen=True, slots=True)
class Label:
    """The numbering at the start of a paragraph."""

    rank: Rank
    number: int
    printed: str  # as in the source: "(一)", "1.", "第五条"
    component: str  # its part of a clause id: "(一)", "1", "第五条"
    length: int  # characters up to the first one of the heading
    certain: bool = True  # False for a number whose dot is missing; the neighbours decide


# A Chinese number in front of 、 may also list grades: 一、二等奖.
_CHINESE_ITEM = re.compile(rf"([{_CHINESE}]{{1,4}})\s*[、.](?![{_CHINESE}]+[、等类级产批期季])\s*")
_CHAPTER = re.compile(rf"第\s*([{_CHINESE}]{{1,4}}|\d{{1,3}})\s*([章编篇])\s*")
_DIVISION = re.compile(rf"第\s*([{_CHINESE}]{{1,4}}|\d{{1,3}})\s*节\s*")
# 第三条规定 and 第三条、第四条 refer to an article, they do not begin one.
_ARTICLE = re.compile(
    rf"第\s*([{_CHINESE}]{{1,5}}|\d{{1,3}})\s*条(?:\s+|[:、.](?!第)|(?![\s的之款项、,，至到和及与或所中第内]|规定|内容|措施|政策))\s*"
)
_CHINESE_BRACKET = re.compile(rf"[(\[【〔]\s*([{_CHINESE}]{{1,4}})\s*[)\]】〕]\s*[、.]?\s*")
# 1. 1、 1． but neither 1.5亿元 nor 1、2条; a year may follow the dot.
_ARABIC = re.compile(r"(\d{1,2})\s*[.、](?!\d)\s*|(\d{1,2})[.、](?=(?:19|20)\d\d年)")
_ARABIC_BRACKET = re.compile(r"\(\s*(\d{1,2})\s*\)\s*[、.]?\s*")
_ARABIC_HALF = re.compile(r"(\d{1,2})\)\s*[、.]?\s*")
# Numbers that count something: 20家, 3D, 5G, 12月, 30万元, 100%.
_DOTLESS = re.compile(
    r"(\d{1,2})[ \t]?(?=[\u4e00-\u9fff])(?!\s*[年月日号时点分秒个家万亿元千百十条项类级人次台套件名户亩倍天周季度所座"
    r"艘批期届位岁种只吨米公平处张页章节款辆头株场所多余至到或、])"
)


def chinese_number(text: str) -> int:
    """The value of a Chinese or Arabic numeral up to 999: 二十一 is 21."""
    if text.isdigit():
        return int(text)
    total = 0
    digit = 0
    for character in text:
        if character == "百":
            total += (digit or 1) * 100
            digit = 0
        elif character == "十":
            total += (digit or 1) * 10
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def read_label(text: str, folded: str) -> Label | None:
    """The numbering ``text`` begins with; None for a paragraph without one.

    ``folded`` is ``text`` folded (half width, Simplified), of the same length.
    """
    first = text[:1]
    if first in _CIRCLED and first:
        return Label(Rank.CIRCLED, _CIRCLED.index(first) + 1, first, first, 1)
    if first in _BRACKETED and first:
        number = _BRACKETED.index(first) + 1
        return Label(Rank.CHINESE_BRACKET, number, first, f"({_CHINESE[number + 1]})", 1)
    for rank, pattern in (
        (Rank.CHAPTER, _CHAPTER),
        (Rank.DIVISION, _DIVISION),
        (Rank.ARTICLE, _ARTICLE),
        (Rank.CHINESE, _CHINESE_ITEM),
        (Rank.CHINESE_BRACKET, _CHINESE_BRACKET),
        (Rank.ARABIC, _ARABIC),
        (Rank.ARABIC_BRACKET, _ARABIC_BRACKET),
        (Rank.ARABIC_HALF, _ARABIC_HALF),
        (Rank.ARABIC, _DOTLESS),
    ):
        match = pattern.match(folded)
        if match is None:
            continue
        numeral = next(group for group in match.groups() if group)
        if rank in (Rank.CHINESE, Rank.ARABIC) and match.end() == len(folded) and pattern is not _DOTLESS:
            return None  # a number and nothing behind it is no clause
        return Label(
            rank,
            chinese_number(numeral),
            text[: match.end()].strip(),
            _component(rank, numeral, match.group().strip()),
            match.end(),
            certain=pattern is not _DOTLESS,
        )
    return None


def _component(rank: Rank, numeral: str, printed: str) -> str:
    if rank in (Rank.CHAPTER, Rank.DIVISION, Rank.ARTICLE):
        return re.sub(r"[\s:、.]", "", printed)
    if rank in (Rank.CHINESE_BRACKET, Rank.ARABIC_BRACKET):
        return f"({numeral})"
    return f"{numeral})" if rank is Rank.ARABIC_HALF else numeral
