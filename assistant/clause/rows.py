"""Rows of tables: the rules that the cells of a row state with the words of their columns.

"国家级 | 50" below "级别 | 奖励金额(万元)" reads 国家级,给予奖励50万元: the cell says how much, its column and the line above
the table say that it is an award and in which unit. A cell without a unit anywhere, or in a column that nothing calls
an award, states no rule.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.clause.extraction import extract_rules
from assistant.clause.rule import SubsidyRule, TextSpan
from corpus.clause import Clause
from corpus.layout import squeeze
from corpus.script import fold
from corpus.tables import is_money_column

_NOT_SAID = re.compile(r"序\s*号|编\s*号|项次|部门|单位$|电话|联系|依据|备注|说明|网址|地址|日期")
_AWARD = re.compile(r"奖励|奖补|补助|补贴|资助|贴息|扶持|支持|奖金|津贴|待遇")
_CEILING = re.compile(r"最高|上限|限额|封顶|不超过")
_RATE = re.compile(r"%|‰")
_UNIT = re.compile(
    r"[(\[](?:单位:)?\s*((?:[万亿百千]*元|%)(?:\s*/[^)\]]{1,6})?)\s*[)\]]|单位:\s*((?:[万亿百千]*元|%)(?:/[\u4e00-\u9fff]{1,4})?)"
)
_BARE = re.compile(r"[\d,.]+(?:\s*[-—–~至]\s*[\d,.]+)?")
_VALUE = re.compile(r"\d")
_SUM = re.compile(r"元|%")
_LONGEST_VALUE = 40
_LONGEST_LABEL = 20
_NO_VALUE = re.compile(r"[。;:\n]|不(?:予|再|得)|以[上下]|至\d{4}年|\d{4}年")
_WHOLE = re.compile(r"总额|总量|资金|预算|规模|来源|累计")  # what all awards come to


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule of a row and the words it stands under: those of its row and of its column."""

    rule: SubsidyRule
    words: str


def rules_in(clause: Clause) -> tuple[SubsidyRule, ...]:
    """The rules a leaf clause states, a row of a table with the words of its columns; spans are offsets in its text."""
    if clause.row is None:
        return extract_rules(clause.text) or tuple(read.rule for read in labelled_rules(clause))
    return tuple(read.rule for read in row_rules(clause))


def row_rules(clause: Clause) -> Iterator[RowRule]:
    """The rules of a row, one cell after the other; none of a row whose table has no header that fits."""
    row = clause.row
    if row is None or not row.columns:
        return
    heads = [squeeze(fold(words)) for words in row.columns]
    cells = [(start - clause.start, end - clause.start) for start, end in row.cells]
    caption = fold(row.caption)
    money = [at for at, head in enumerate(heads) if is_money_column(head) and _holds_value(clause, cells[at])]
    if not money and _AWARD.search(caption):
        money = [
            at for at, head in enumerate(heads) if at and not _NOT_SAID.search(head) and _holds_value(clause, cells[at])
        ]
    subject = [at for at in range(len(cells)) if at not in money and not _NOT_SAID.search(heads[at])]
    used: set[int] = set()
    for place, at in enumerate(money):
        if at in used:
            continue
        ceiling = (
            money[place + 1] if place + 1 < len(money) and _bounds(clause, heads, cells, at, money[place + 1]) else None
        )
        if ceiling is not None:
            used.add(ceiling)
        reading = _Reading(clause.text)
        for position in subject:
            reading.fact(heads[position], cells[position])
        if not reading.award(heads[at], cells[at], caption):
            continue
        if ceiling is not None:
            reading.ceiling(heads[ceiling], cells[ceiling], caption)
        yield from reading.rules()


def labelled_rules(clause: Clause) -> Iterator[RowRule]:
    """The rule of a sum or a share that only its heading calls an award: 补贴标准:1万元, or the heading a line above."""
    folded = fold(clause.text).rstrip("。; \t\r\n")
    colon = folded.find(":") + 1
    label = folded[:colon].strip(" :") if colon else _heading_above(clause)
    value = (colon, len(folded))
    words = folded[colon:]
    if len(words) > _LONGEST_VALUE or _NO_VALUE.search(words) or not _holds_value(clause, value):
        return
    label = squeeze(label)
    if len(label) > _LONGEST_LABEL or not is_money_column(label) or _WHOLE.search(label):
        return
    reading = _Reading(clause.text)
    if _SUM.search(words + _unit(label)) and reading.award(label, value, ""):
        yield from reading.rules()


def _heading_above(clause: Clause) -> str:
    steps = [fold(step) for step in clause.address if not re.fullmatch(r"第\d+段", step)]
    return re.sub(r"^\W*[一二三四五六七八九十\d]+\W+", "", steps[-1]) if steps else ""


def _holds_value(clause: Clause, cell: tuple[int, int]) -> bool:
    return _VALUE.search(fold(clause.text[slice(*cell)])) is not None


def _bounds(clause: Clause, heads: list[str], cells: list[tuple[int, int]], rate: int, cap: int) -> bool:
    """Whether a column is the ceiling of the share in the one before it."""
    return _is_rate(clause, heads[rate], cells[rate]) and _CEILING.search(heads[cap]) is not None


def _is_rate(clause: Clause, head: str, cell: tuple[int, int]) -> bool:
    return _RATE.search(head + fold(clause.text[slice(*cell)])) is not None


class _Reading:
    """A sentence put together from cells, each character with its place in the clause."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._written: list[str] = []
        self._places: list[int | None] = []
        self._subject: list[str] = []

    def fact(self, head: str, cell: tuple[int, int]) -> None:
        """A cell that says for whom: its words, in front of a value also those of its column."""
        words = squeeze(fold(self._text[slice(*cell)]))
        if not words:
            return
        self._subject.append(words)
        if _VALUE.match(words):
            self._say(_without_unit(head))
        self._quote(cell)
        if _BARE.fullmatch(words):
            self._say(_unit(head))
        self._say(",")

    def award(self, head: str, cell: tuple[int, int], caption: str) -> bool:
        """The cell that says how much; False where nothing says that it is an award or in which unit."""
        words = fold(self._text[slice(*cell)])
        own = _AWARD.search(words)
        verb = _AWARD.search(head) or _AWARD.search(caption)
        if own is None and verb is None:
            return False
        unit = _unit(head) or _unit(caption) if _BARE.fullmatch(squeeze(words)) else ""
        if _BARE.fullmatch(squeeze(words)) and not unit:
            return False
        if not is_money_column(head):
            self._subject.append(head)
            self._say(f"{head},")
        if own is None and verb is not None:
            self._say(f"给予{verb.group()}")
        if _CEILING.search(head) and not _CEILING.search(words):
            self._say("最高不超过")
        self._quote(cell)
        self._say(unit)
        return True

    def ceiling(self, head: str, cell: tuple[int, int], caption: str) -> None:
        """The cell that bounds a share."""
        self._say(",最高不超过")
        self._quote(cell)
        if _BARE.fullmatch(squeeze(fold(self._text[slice(*cell)]))):
            self._say(_unit(head) or _unit(caption))

    def rules(self) -> Iterator[RowRule]:
        """The rules of the sentence, with their spans in the clause."""
        self._say("。")
        places = self._known_places()
        for rule in extract_rules("".join(self._written)):
            spans = {name: _place(span, places) for name, span in rule.spans.items()}
            spans["sentence"] = TextSpan(start=0, end=len(self._text))
            yield RowRule(rule.model_copy(update={"spans": spans}), " ".join((*self._subject, "".join(self._written))))

    def _say(self, words: str) -> None:
        self._written.append(words)
        self._places.extend([None] * len(words))

    def _quote(self, cell: tuple[int, int]) -> None:
        self._written.append(self._text[slice(*cell)])
        self._places.extend(range(*cell))

    def _known_places(self) -> list[int]:
        """The place of each character; one that stands in no cell is at the cell before it."""
        known: list[int] = []
        for place in self._places:
            known.append(place if place is not None else known[-1] if known else 0)
        return known


def _place(span: TextSpan, places: list[int]) -> TextSpan:
    held = places[span.start : span.end] or [places[min(span.start, len(places) - 1)]]
    return TextSpan(start=min(held), end=max(held) + 1)


def _unit(words: str) -> str:
    found = _UNIT.search(words)
    return squeeze(found.group(1) or found.group(2)) if found else ""


def _without_unit(head: str) -> str:
    return re.sub(r"[(\[][^)\]]*[)\]]", "", head)
