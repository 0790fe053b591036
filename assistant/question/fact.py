"""The fact: one thing that the asker states of their own case, and how it is said."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.language.amounts import UNUSABLE
from assistant.language.lexicon import Lexicon
from assistant.language.things import Thing
from assistant.language.unify import money_in, things_in
from corpus.quantities import MONEY_UNITS, Polarity, Quantity
from corpus.script import fold

MONEY = MONEY_UNITS
SUMS = MONEY_UNITS | {UNUSABLE}  # what a sum of money was read as
DURATIONS = frozenset({"year", "month", "day"})
PHYSICAL = frozenset({"sqm", "mu", "ton", "kw", "mw", "hectare", "kg", "km", "cbm"})
COUNTED = frozenset({"count", "person"})
HEADS_COUNTED = frozenset({"个", "名", "位"})  # classifiers that people are counted by
HEADS = "heads"  # unit of a part of a number of people, which counts only where a clause's demand is known
YEARLY = "yearly"  # unit of the fact that the asker wants the sum of a year


@dataclass(frozen=True, slots=True)
class Stay:
    """How long people stayed, in months; ``polarity`` LESS_THAN for "没干到6个月", AT_LEAST for "干满半年"."""

    months: Decimal
    polarity: Polarity

    def reaches(self, least: Decimal) -> bool | None:
        """Whether they stayed at least so many months; None when what was said leaves it open."""
        if self.polarity is Polarity.LESS_THAN:
            return False if self.months <= least else None
        if self.polarity is Polarity.AT_LEAST:
            return True if self.months >= least else None
        return self.months >= least


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the asker stated: ``value`` in the base unit of ``unit`` (yuan, fraction for percent, …)."""

    value: Decimal
    unit: str
    words: str  # what it measures, in the asker's words, folded
    concepts: frozenset[int]  # glossary concepts among those words
    things: frozenset[Thing]  # what it measures, as far as it is known: equipment, revenue, people …
    turn: int  # which user turn stated it, from 0
    counted: str = ""
    certain: bool = True  # False for ranges, bounded and vague sums, sums by the month and the asker's own staff
    over: bool = False  # "过了5个亿": the value is reached and passed
    upper: Decimal | None = None  # the upper end of "五十多万", 500到800万; infinite for "远不止50万"
    past: bool = False  # of an earlier time; a sum for now takes its place
    left_out: bool = False  # "其中17个没干满": to be taken off a number stated in an earlier turn
    added: bool = False  # "再加200万": on top of what was stated before
    named: bool = True  # whether the asker said what it measures, in words known or unknown
    polarity: Polarity = Polarity.EXACTLY  # LESS_THAN for "不到1000万", AT_LEAST for "50万以上", ABOUT …
    change: bool = False  # "增加了1800万": by how much something grew, not what it is
    also: bool = False  # "还有三个副高": beside what was stated before, not in its place
    split: bool = False  # "three patents: one in …, one in …": not all of them need be of one kind
    noun: str = ""  # what stands behind a number of things: 正高 in "两个正高"
    monthly: bool = False  # a sum for each month
    remains: bool = False  # "在岗的剩187个": what is left of a number stated before
    expected: bool = False  # "预计卖1500万": what it came to takes its place
    actual: bool = False  # "实际只有920万"
    recognised: bool = False  # "审计只认333万": takes the place of whatever was declared
    months: Decimal | None = None  # a sum by the month, counted up over these months
    stayed: Stay | None = None  # how long this part of a number of people stayed; its unit is HEADS
    since: frozenset[str] = frozenset()  # what a duration runs from: founded, signed, worked …
    of: Decimal | None = None  # the whole that it was said to be a portion of …
    share: Decimal | None = None  # … by this share; None where it is what the other portions leave
    whole: bool = False  # "整个项目", "一共": said to be of all there is
    beside: str = ""  # the rest of what the turn says, where what is asked about may be named
    years: Decimal | None = None  # over how many years it came together: 两年一共付了60万
    each: tuple[str, ...] = ()  # what a sum is for each of: 台 for 每台100万, 人 and 年 for 每人每年100元


def fact_for(words: str, value: Decimal, unit: str, lexicon: Lexicon, turn: int = 0) -> Fact:
    """A fact stated in the clause's own words."""
    folded = fold(words)
    counted = "" if unit in MONEY else folded
    return Fact(value, unit, folded, lexicon.concepts_in(folded), things_in(folded), turn, counted=counted)


def things_of(amount: Quantity, words: str) -> frozenset[Thing]:
    """What the words beside an amount say that it is of: of a sum only things that are money (涨到66万 is no growth rate)."""
    return money_in(words) if amount.unit in MONEY else things_in(words)
