"""Responsible departments: 责任单位, 牵头单位, 由…牵头、…配合."""

import re
from collections.abc import Iterable

from corpus.script import fold

_ROLE = (
    "(?:责任|牵头|主办|主管|负责|配合|参与|协办|协同|落实|实施|承办|组织)(?:落实|配合|责任|实施)?"
    "(?:单位|部门|科室|主体|机构)"
)
_PREFIX = re.compile(rf"{_ROLE}(?:及分工)?\s*[:：]")
_BRACKETED = re.compile(rf"[(\[〔【]\s*(?={_ROLE}(?:及分工)?\s*:)")
_LINE = re.compile(rf"^[(\[〔【]?\s*{_ROLE}(?:及分工)?\s*:")
_TRAILING = re.compile(rf"[。;]\s*({_ROLE}\s*:[^。]+)。?$")
_OPEN = "([〔【{《"
_CLOSE = ")]〕】}》"
# A remark on how to read the list, not a department: 第一个逗号前为牵头单位,下同; (…,以下统称区县).
_REMARK = re.compile(r"下同|逗号前|为牵头|排第一|排名第一|列首位")
_SHORT_NAME = re.compile(r"[(〔](?=[^()〔〕]*[)〕])[^()〔〕]*?以下(?:统称|简称|合称|称)[^()〔〕]*[)〕]")
_LED = re.compile(r"由([^,。;:由]{2,80}?)(?:分别|共同|联合)?(?:牵头(?!单位|部门)|负责(?=[,。;、]|$))")
_SUPPORTED = re.compile(r"[,、]\s*([^。;:由]{2,80}?)(?:分别|共同|协同|积极)?配合")
_WITH = re.compile(r"由([^,。;:由会]{2,30}?)会同([^,。;:由]{2,80}?)(?=[,。;]|$)")
_OTHERS = re.compile(r"等(?:相关|有关|相關|有關)?(?:单位|部门|机构|單位|部門|機構)?$")
_AND = re.compile("[和与及]")
_LONGEST_NAME = 24
_AGENCY = re.compile(
    r"(?:局|委|办|厅|部|部门|政府|管委会|委员会|中心|公司|集团|银行|银保监|院|会|海关|人行|处|署|所|社|省|市|县|区|区县|单位|机构|督查室|室|电视台|街道|乡镇|\))$"
)


def is_responsibility(folded: str) -> bool:
    """Whether a paragraph only names the departments responsible for what stands above it."""
    if not _LINE.match(folded):
        return False
    closing = folded.rstrip("。;")
    return "。" not in closing or closing.endswith((")", "]", "〕", "】"))


def stated_departments(text: str, folded: str) -> tuple[str, ...]:
    """Departments named by 责任单位 and the like, at the end of a clause or on a line of its own."""
    names: list[str] = []
    for start, end in _lists(folded):
        names.extend(_split(text[start:end], folded[start:end]))
    return tuple(dict.fromkeys(names))


def inline_departments(text: str, folded: str) -> tuple[str, ...]:
    """Departments a sentence names as leading or supporting: 由市工信局牵头,市城管局配合."""
    names: list[str] = []
    for match in _LED.finditer(folded):
        names.extend(_agencies(text, folded, *match.span(1)))
        support = _SUPPORTED.match(folded, match.end())
        if support:
            names.extend(_agencies(text, folded, *support.span(1)))
    for match in _WITH.finditer(folded):
        lead = _agencies(text, folded, *match.span(1))
        names.extend(lead)
        names.extend(_agencies(text, folded, *match.span(2)) if lead else ())
    return tuple(dict.fromkeys(names))


def _lists(folded: str) -> Iterable[tuple[int, int]]:
    if is_responsibility(folded):
        begin = next(index for index, character in enumerate(folded) if character not in "([〔【 ")
        bracketed = folded[0] in _OPEN
        yield begin, _closing(folded, 0) if bracketed else len(folded)
        return
    end = 0
    for match in _BRACKETED.finditer(folded):
        if match.start() >= end:  # one within another is read with it
            end = _closing(folded, match.start())
            yield match.end(), end
    # The list runs to the end and holds no full stop, so it begins behind the last one.
    trailing = _TRAILING.search(folded, max(0, folded.rfind("。", 0, len(folded.rstrip()) - 1)))
    if trailing:
        yield trailing.start(1), trailing.end(1)


def _closing(folded: str, opened: int) -> int:
    """Position of the bracket that closes the one at ``opened``; the end of the text when none does."""
    depth = 0
    for position in range(opened, len(folded)):
        if folded[position] in _OPEN:
            depth += 1
        elif folded[position] in _CLOSE:
            depth -= 1
            if depth == 0:
                return position
    return len(folded)


def _split(text: str, folded: str) -> list[str]:
    names: list[str] = []
    for start, end in _top_level(folded, ";。"):
        if _REMARK.search(folded[start:end]):
            continue
        prefix = _PREFIX.match(folded, start, end)
        start = prefix.end() if prefix else start
        for first, last in _top_level(folded[start:end], ",、"):
            names.append(_clean(text[start + first : start + last], folded[start + first : start + last]))
    return [name for name in names if name]


def _clean(text: str, folded: str) -> str:
    """A department without the blanks around it, the note that gives it a short name, and 等相关部门."""
    kept: list[str] = []
    end = 0
    for note in _SHORT_NAME.finditer(folded):
        kept.append(text[end : note.start()])
        end = note.end()
    name = "".join((*kept, text[end:])).strip(" \t\r\n\u3000,。;；，")
    others = _OTHERS.search(name)
    return name[: others.start()] if others and _AGENCY.search(fold(name[: others.start()])) else name


def _top_level(folded: str, separators: str) -> list[tuple[int, int]]:
    """Spans between separators that stand outside every bracket."""
    spans: list[tuple[int, int]] = []
    depth = start = 0
    for position, character in enumerate(folded):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character in separators and depth == 0:
            spans.append((start, position))
            start = position + 1
    spans.append((start, len(folded)))
    return spans


def _agencies(text: str, folded: str, start: int, end: int) -> list[str]:
    """The names in a span, or nothing when one of them is no agency."""
    names = []
    for first, last in _top_level(folded[start:end], ",、"):
        for begin, stop in _joined_by_and(folded, start + first, start + last):
            name = folded[begin:stop].strip()
            if not name:
                continue
            if len(name) > _LONGEST_NAME or not _AGENCY.search(name):
                return []
            names.append(text[begin:stop].strip())
    return names


def _joined_by_and(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """A name, or two names joined by 和; the 和 of 市人力资源和社会保障局 joins nothing."""
    for match in _AND.finditer(folded, start, end):
        if _AGENCY.search(folded[start : match.start()]) and _AGENCY.search(folded[match.end() : end]):
            return [(start, match.start()), *_joined_by_and(folded, match.end(), end)]
    return [(start, end)]
