"""The subsidy rule: what one clause grants, to whom, on which conditions (contract: extract --jsonl)."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer


def decimal_text(value: Decimal) -> str:
    """A decimal without exponent or trailing zeros: ``3600000``, ``0.015``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


MAX_OFFSET = 10**9  # characters of a document
Number = Annotated[Decimal, PlainSerializer(decimal_text, return_type=str, when_used="json")]


class RuleKind(StrEnum):
    """The form of a rule."""

    RATE = "rate"  # a share of a base
    FIXED = "fixed"  # a sum
    PER_UNIT = "per_unit"  # a sum per counted thing or per step
    CAP_ONLY = "cap_only"  # only an upper bound is stated
    INTEREST = "interest"  # interest subsidy


class Bound(StrEnum):
    """Whether a figure is owed or only bounded from above."""

    EXACT = "exact"
    AT_MOST = "at_most"


class Operator(StrEnum):
    """Comparison of a condition; ``metric op value``."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    EQUAL = "=="


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TextSpan(_Frozen):
    """Characters of the clause text a field was read from: ``text[start:end]``."""

    start: int = Field(ge=0, le=MAX_OFFSET)
    end: int = Field(ge=0, le=MAX_OFFSET)


class Condition(_Frozen):
    """One condition of a rule; ``metric`` is in the clause's own words.

    ``value`` is in yuan, a plain number for percent (50 for 50%), years, persons …; for ``category`` (a level,
    class or certificate that must be held) it is 1 and the metric names what is held.
    """

    metric: str
    op: Operator
    value: Number
    unit: str  # yuan, usd, percent, person, year, month, count, mu, sqm, ton, category, plain
    alternative: bool = False  # one of several of which any suffices (或)
    span: TextSpan | None = None


class SubsidyRule(_Frozen):
    """One thing a clause grants. Money in yuan (or ``currency``), shares as fractions (0.2 for 20%)."""

    beneficiary: str = ""
    conditions: tuple[Condition, ...] = ()
    kind: RuleKind
    rate: Number | None = None
    rate_bound: Bound = Bound.EXACT  # at_most for 不超过/最高 in front of the percentage
    rate_min: Number | None = None  # lower end of a range of shares
    rate_points: bool = False  # the rate is in percentage points of interest
    base: str = ""
    amount: Number | None = None
    amount_min: Number | None = None  # lower end of a range of sums; its upper end is ``cap``
    cap: Number | None = None
    cap_per: str = ""
    annual_cap: Number | None = None  # a wider second ceiling per year
    total_cap: Number | None = None  # a wider second ceiling over all awards
    per: str = ""  # 人, 家, 年, 平方米 …
    step: Number | None = None  # size of an increment: 每增加9万元奖励0.7万元
    step_of: str = ""  # what is counted in increments, in the clause's words: 产值每增加
    max_units: Number | None = None
    period: str = ""  # 每年, 年度, 一次性 … in the clause's words
    years: Number | None = None
    months: Number | None = None
    schedule: tuple[Number, ...] = ()  # instalments as fractions of the whole
    uplift: Number | None = None  # rise over another award: 0.2 for 上浮20%, 1 for 加倍
    uplift_points: bool = False  # the uplift is in percentage points
    uplift_bound: Bound = Bound.EXACT
    ladder: bool = False  # one rung of an enumeration
    additional: bool = False  # on top of another award
    implicit_rate: bool = False  # the share is words: 减半, 全额
    currency: str = "CNY"
    # field name -> where in the clause text it was read: sentence, beneficiary, rate, base, amount, cap, per, years, uplift …
    spans: dict[str, TextSpan] = Field(default_factory=dict)
