"""The curve of a grant: what it gives over the one value it depends on, for a chart.

The curve is not drawn from a formula of its own: every point is worked out by the calculation that answers, so a chart
can never say anything else than the figure beside it.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_CEILING, Decimal

from pydantic import BaseModel, ConfigDict, Field

from assistant.clause.bands import band_of
from assistant.clause.rule import Bound, Number, Operator, RuleKind, SubsidyRule
from assistant.figures import marginal
from assistant.figures.calculation import Outcome, Result, base_words, rounded_to_fen
from assistant.language.lexicon import Lexicon
from assistant.question.situation import MONEY, Fact, fact_for
from corpus.script import repair_glyphs

Evaluate = Callable[[Sequence[Fact]], Outcome | None]

COUNTED_UNITS = {"人": "person", "名": "person", "平方米": "sqm", "亩": "mu", "吨": "ton", "月": "month", "年": "year"}
_BEYOND = Decimal("1.5")  # the curve goes on past its last corner by half
_BEYOND_OWN = Decimal("1.25")
_BANDS = 12  # corners of a scale at most


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Point(_Frozen):
    """One point: ``subsidy`` yuan for a ``base`` in the unit of the curve."""

    base: Number
    subsidy: Number


class Curve(_Frozen):
    """What a grant gives over its base: straight lines between points; two points at one base are a jump."""

    base: str = Field(description="the clause's own words for what it is worked out from")
    unit: str = Field(description="unit of the base: yuan, person, count …")
    currency: str = Field(default="CNY", description="currency of the subsidy")
    per: str | None = Field(description="年 … when the subsidy is for a period; null when it is the whole")
    bound: Bound = Field(description="at_most where the clause only bounds what is given")
    points: tuple[Point, ...]
    threshold: Number | None = Field(description="base from which anything is given; null when it is from the start")
    cap: Number | None = Field(description="most that is given however large the base; null when there is no ceiling")
    cap_from: Number | None = Field(description="base at which the ceiling is reached")
    own: Point | None = Field(description="the asker's own point; null while the base is not known")


def curve_of(
    outcome: Outcome, rules: Sequence[SubsidyRule], facts: Sequence[Fact], evaluate: Evaluate, lexicon: Lexicon
) -> Curve | None:
    """The curve of ``outcome`` over its base; None when it has no single base, or depends on more than that.

    ``rules`` are the rules of the grant, ``facts`` what the asker stated, and ``evaluate`` works the grant out.
    """
    axis = _axis(outcome.rule)
    if axis is None:
        return None
    words, unit = axis
    others = [fact for fact in facts if fact not in outcome.used and fact.unit != unit]
    probe = fact_for(words, Decimal(0), unit, lexicon)

    def given(base: Decimal) -> Decimal | None:
        worked = evaluate((*others, _with_value(probe, base)))
        if worked is None or worked.result in (Result.NEEDS_FACTS, Result.UNKNOWN):
            return None
        return worked.sums[0].amount if worked.sums else Decimal(0)

    corners = sorted(
        {corner for rule in rules for corner in _corners(rule, unit)} | set(_scale_corners(rules, outcome.rule))
    )
    own_base = sum((fact.value for fact in outcome.used), Decimal(0)) if outcome.used else None
    if own_base is not None and any(fact.unit != unit for fact in outcome.used):
        return None
    last = max([corner * _BEYOND for corner in corners] + ([own_base * _BEYOND_OWN] if own_base else []), default=None)
    if not last:
        return None
    points = _points(given, corners, last if unit in MONEY else last.to_integral_value(), unit)
    if points is None or not any(point.subsidy for point in points):
        return None
    worth = given(own_base) if own_base is not None else None
    main = outcome.sums[0] if outcome.sums else None
    cap, cap_from = _ceiling(points) if outcome.rule.kind is not RuleKind.FIXED else (None, None)
    return Curve(
        base=repair_glyphs(words),
        unit=unit,
        currency=outcome.rule.currency,
        per=main.per if main is not None else None,
        bound=Bound.AT_MOST
        if outcome.rule.rate_bound is Bound.AT_MOST or (main and outcome.used and main.bound is Bound.AT_MOST)
        else Bound.EXACT,
        points=points,
        threshold=_threshold(points),
        cap=cap,
        cap_from=cap_from,
        own=Point(base=own_base, subsidy=rounded_to_fen(worth)) if own_base is not None and worth is not None else None,
    )


def unit_counted(per: str) -> str:
    """The unit of what a sum is paid for each of: person for 每人, count for 每场次."""
    return next((unit for word, unit in COUNTED_UNITS.items() if word in per), "count")


def _with_value(fact: Fact, value: Decimal) -> Fact:
    from dataclasses import replace

    return replace(fact, value=value)


# ── what it is drawn over ──


def _axis(rule: SubsidyRule) -> tuple[str, str] | None:
    """The words and the unit of the one value that a rule depends on."""
    if rule.kind in (RuleKind.RATE, RuleKind.INTEREST) and rule.rate is not None:
        band = band_of(rule)
        words = (band.metric or rule.base) if band is not None else base_words(rule)
        return (words, "yuan") if words and not rule.rate_points else None
    if rule.kind is RuleKind.PER_UNIT:
        limited = rule.cap is not None or rule.max_units is not None
        whole = rule.step in (None, Decimal(1)) and "月" not in rule.per
        return (rule.per.removeprefix("每"), unit_counted(rule.per)) if limited and whole and rule.per else None
    floors = [c for c in rule.conditions if c.unit in MONEY | {"person", "count"} and c.op is not Operator.EQUAL]
    if rule.kind is RuleKind.FIXED and floors and len({c.metric for c in floors}) == 1:
        return floors[0].metric, floors[0].unit
    return None


def _corners(rule: SubsidyRule, unit: str) -> Iterable[Decimal]:
    """Values of the base at which the curve of a rule may bend or jump."""
    for condition in rule.conditions:
        if condition.unit == unit:
            yield condition.value
    if rule.rate and rule.cap is not None:
        yield _whole(rule.cap / rule.rate)
    if rule.kind is RuleKind.PER_UNIT and rule.amount:
        yield from (
            _whole(limit / rule.amount) for limit in (rule.cap, rule.annual_cap, rule.total_cap) if limit is not None
        )
        if rule.max_units is not None:
            yield rule.max_units


def _whole(base: Decimal) -> Decimal:
    """The first whole value at which a ceiling is reached."""
    return base.to_integral_value(ROUND_CEILING)


def _scale_corners(rules: Sequence[SubsidyRule], main: SubsidyRule) -> Iterable[Decimal]:
    """The edges of the bands of a marginal scale, and where its ceiling is reached."""
    bands = marginal.bands_of(rules)
    pairs = list(zip(rules, bands, strict=True)) if bands is not None else [(main, band_of(main))]
    left = main.cap
    for rule, band in pairs[:_BANDS]:
        if band is None:
            return
        yield band.lower
        if band.upper is not None:
            yield band.upper
        if left is not None and rule.rate:
            width = None if band.upper is None else (band.upper - band.lower) * rule.rate
            if width is None or left <= width:
                yield _whole(band.lower + left / rule.rate)
                left = None
            else:
                left -= width


# ── points ──


def _points(
    given: Callable[[Decimal], Decimal | None], corners: Sequence[Decimal], last: Decimal, unit: str
) -> tuple[Point, ...] | None:
    """Points at the ends and at every corner, two where the curve jumps; None when a value cannot be worked out."""
    found: list[Point] = []
    one = Decimal(1)
    for base in sorted({Decimal(0), *(corner for corner in corners if 0 < corner < last), last}):
        here = given(base)
        if here is None:
            return None
        before = _limit(given, base, -one) if base >= 2 else here
        after = _limit(given, base, one) if base < last else here
        if before is None or after is None:
            return None
        before, after = (here if abs(side - here) < one else side for side in (before, after))  # no jump, but rounding
        if unit not in MONEY and before != here:  # things are counted: the step is from one less
            found.append(_point(base - one, given(base - one) or Decimal(0)))
            before = here
        if base == 0:
            before = after = here
        found += [_point(base, value) for value in (before, here, after)]
    return tuple(point for n, point in enumerate(found) if n == 0 or point != found[n - 1])


def _limit(given: Callable[[Decimal], Decimal | None], base: Decimal, side: Decimal) -> Decimal | None:
    """The value that the curve comes to from one side: it is straight there."""
    near, far = given(base + side), given(base + 2 * side)
    return None if near is None or far is None else 2 * near - far


def _point(base: Decimal, subsidy: Decimal) -> Point:
    return Point(base=rounded_to_fen(base), subsidy=rounded_to_fen(max(subsidy, Decimal(0))))


def _threshold(points: Sequence[Point]) -> Decimal | None:
    """The base before which nothing is given."""
    first = next(n for n, point in enumerate(points) if point.subsidy > 0)
    return points[first - 1].base or None if first else None


def _ceiling(points: Sequence[Point]) -> tuple[Decimal | None, Decimal | None]:
    """The level part at the end of the curve and where it begins."""
    if len(points) < 2 or points[-1].subsidy != points[-2].subsidy or not points[-1].subsidy:
        return None, None
    level = points[-1].subsidy
    begins = len(points) - 1
    while begins > 0 and points[begins - 1].subsidy == level:
        begins -= 1
    return level, points[begins].base
