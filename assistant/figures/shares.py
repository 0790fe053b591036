"""Shares: a percentage of what the asker spent, of each piece or of the whole, of one year or of several."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.clause.bands import Band, band_of, is_increment, is_monthly, is_part
from assistant.clause.rule import Bound, RuleKind, SubsidyRule
from assistant.clause.units import Period, unit_of
from assistant.figures.interest import of_a_loan
from assistant.figures.outcome import Outcome, Result, Step, Sum, added, multiplied, under, under_wider, within
from assistant.language.lexicon import Lexicon
from assistant.language.things import Relation
from assistant.language.unify import money_in, unify
from assistant.matching import binding
from assistant.question.extent import stated_by_year
from assistant.question.situation import Fact
from assistant.question.unit_prices import YEAR
from corpus.script import fold

_REFERENCE = "LPR"
_MONTHS = "个月"


def base_words(rule: SubsidyRule) -> str:
    """What a share is a share of; a clause that says "税费总额80万元以上的给予3%" names it in its condition."""
    if rule.base:
        return rule.base
    money = [condition.metric for condition in rule.conditions if condition.unit == "yuan"]
    return money[0] if money else ""


def per_year(rule: SubsidyRule) -> str | None:
    """年 where what a rule pays, or its ceiling, is of each year; else None."""
    yearly = unit_of(rule.cap_per).period is Period.YEAR or unit_of(rule.period).period is Period.YEAR
    return Period.YEAR if yearly else None


def share_of(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> Outcome:
    """What a share comes to; the ceiling, and the question for its base, where that is not certain."""
    assert rule.rate is not None
    words = base_words(rule)
    if (loan := of_a_loan(rule, words, facts)) is not None:
        return loan
    if rule.rate_points or (rule.kind is RuleKind.INTEREST and _REFERENCE in rule.base.upper()):
        return without_base(rule, words or rule.base, facts)  # needs the reference rate: read it in the clause
    band = band_of(rule)
    if band is not None:
        return of_parts([rule], [band], facts, lexicon)
    if is_part(words):  # a part that is no band: the whole must not be taken for it
        facts = [fact for fact in facts if is_increment(words) and is_increment(fact.words)]
    by_year = _year_by_year(rule, words, facts, lexicon)
    if by_year is not None:
        return by_year
    bound = binding.bind(words, facts, lexicon) or _measured_by_condition(rule, facts, lexicon)
    bound = bound or binding.lower_end(words, facts, lexicon)
    if bound is None or bound.value < 0 or (any(fact.months is not None for fact in bound.facts) and is_monthly(words)):
        return without_base(rule, words, facts)
    if any(not fact.certain for fact in bound.facts) and (
        rule.cap is None or unit_of(rule.cap_per).thing or bound.value * rule.rate < rule.cap
    ):
        return without_base(rule, words, facts)  # "投了超过1000万": the share of only a lower end is too little
    return _of_bound(rule, bound, words, facts)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """How the pieces that a base or a ceiling is for each of were counted."""

    priced: str  # what the sum stated is for each of; empty for the whole
    ceiled: str  # what the ceiling is for each of; empty for all together
    count: Fact | None  # how many of them there are

    @property
    def each_alike(self) -> bool:
        """Whether price and ceiling are for each of the same, so that they count alike."""
        return bool(self.priced) and bool(self.ceiled)


def _of_bound(rule: SubsidyRule, bound: binding.Bound, words: str, facts: Sequence[Fact]) -> Outcome:
    assert rule.rate is not None
    steps = _steps_to(bound)
    pieces = _pieces_of(rule, bound, facts)
    value = bound.value
    if pieces.priced and pieces.count is not None:
        value = multiplied(pieces.count.value, pieces.priced, value, steps)
    amount = value * rule.rate
    steps.append(Step("share", {"base": value, "rate": rule.rate, "amount": amount}))
    if pieces.priced and pieces.count is None and rule.cap is not None and not pieces.ceiled:
        return without_base(rule, pieces.priced, facts)  # the ceiling is for all pieces, and how many is not known
    uneven = bool(pieces.ceiled) and not pieces.priced and rule.cap is not None and amount > rule.cap
    if uneven and pieces.count is None:
        return without_base(rule, pieces.ceiled, facts)  # each piece has its own ceiling
    per_piece = pieces.priced if pieces.priced and pieces.count is None else None
    times = pieces.count.value if pieces.ceiled and pieces.count is not None else Decimal(1)
    amount = under_wider(rule, under(rule, amount, steps, times), steps)
    if rule.uplift is not None and not rule.uplift_points:
        raised = amount * (1 + rule.uplift)
        steps.append(Step("uplift", {"amount": amount, "uplift": rule.uplift, "raised": raised}))
        amount = raised
    bounded = rule.rate_bound is Bound.AT_MOST or rule.rate_min is not None or rule.uplift_bound is Bound.AT_MOST
    if bounded:
        steps.append(Step("at_most_rate", {"rate": rule.rate}))
    several = _years_together(rule, bound)
    if several is not None and rule.cap is not None and rule.cap_per:  # one year may have cost more than the others
        amount = within(value * rule.rate, rule.cap * several, steps)
    at_most = bounded or (uneven and times > 1) or several is not None  # nor one piece more than its share of the whole
    per = _per(rule, bound, per_piece) if several is None else None
    main = Sum(amount, Bound.AT_MOST if at_most else Bound.EXACT, per, "main")
    assumed = words if len(bound.facts) == 1 and not binding.says_it(words, bound.facts[0]) else ""
    return Outcome(rule, Result.COMPUTED, (main,), tuple(steps), used=bound.facts, assumed=assumed)


def _years_together(rule: SubsidyRule, bound: binding.Bound) -> Decimal | None:
    """Over how many years the base came together, where the rule is one of each year."""
    years = {fact.years for fact in bound.facts if fact.years is not None}
    return max(years) if years and per_year(rule) is not None else None


def _per(rule: SubsidyRule, bound: binding.Bound, per_piece: str | None) -> str | None:
    """What the sum of a share is for: one piece where their number is not known, and one year where it is yearly."""
    yearly = per_year(rule) or (YEAR if all(YEAR in fact.each for fact in bound.facts) else None)
    return "·".join(part for part in (per_piece, yearly) if part) or None


def _pieces_of(rule: SubsidyRule, bound: binding.Bound, facts: Sequence[Fact]) -> _Pieces:
    """What the sum bound and the rule's ceiling are for each of, and how many of that the asker states."""
    things = [thing for fact in bound.facts for thing in fact.each if thing != YEAR]
    priced = things[0] if len(bound.facts) == 1 and things else ""
    ceiled = unit_of(rule.cap_per).thing
    return _Pieces(priced, ceiled, _number_of(priced or ceiled, facts))


def _number_of(thing: str, facts: Sequence[Fact]) -> Fact | None:
    """The only stated number of a thing; people may be counted by 个 too ("150个老人", 每人每年150元)."""
    if not thing:
        return None
    counted = binding.counts_of(thing, facts)
    return binding.bind_units(thing, facts) or (counted[0] if len(counted) == 1 else None)


def _steps_to(bound: binding.Bound) -> list[Step]:
    """The steps from what the asker said to the base: parts added, months counted, portions taken."""
    steps: list[Step] = []
    added([fact.value for fact in bound.facts], steps)
    steps += [
        Step("units", {"units": f.months, "unit": _MONTHS, "price": f.value / f.months, "amount": f.value})
        for f in bound.facts
        if f.months
    ]
    steps += [step for fact in bound.facts if (step := _portion(fact)) is not None]
    return steps


def _portion(fact: Fact) -> Step | None:
    """How a fact was worked out from the whole that it was said to be a portion of."""
    if fact.of is None:
        return None
    if fact.share is None:
        return Step("remainder", {"whole": fact.of, "others": fact.of - fact.value, "part": fact.value})
    return Step("portion", {"whole": fact.of, "share": fact.share, "part": fact.value})


def _year_by_year(rule: SubsidyRule, words: str, facts: Sequence[Fact], lexicon: Lexicon) -> Outcome | None:
    """ "三年分别投了180万、390万、450万" where each year has its own ceiling: each year's share under it, added."""
    assert rule.rate is not None
    yearly = stated_by_year(binding.values_stated(words, facts, lexicon))
    stated = {fact.value for fact in facts if fact.unit == "year"}
    if len(yearly) < 2 or stated != {Decimal(len(yearly))} or per_year(rule) is None:
        return None
    if (rule.years is not None and rule.years < len(yearly)) or rule.uplift is not None or unit_of(rule.cap_per).thing:
        return None
    steps: list[Step] = []
    shares: list[Decimal] = []
    for fact in yearly:
        share = fact.value * rule.rate
        steps.append(Step("share", {"base": fact.value, "rate": rule.rate, "amount": share}))
        shares.append(under(rule, share, steps))
    amount = within(added(shares, steps), rule.total_cap, steps)
    at_most = rule.rate_bound is Bound.AT_MOST or rule.rate_min is not None
    main = Sum(amount, Bound.AT_MOST if at_most else Bound.EXACT, None, "main")
    return Outcome(rule, Result.COMPUTED, (main,), tuple(steps), used=yearly)


def of_parts(rules: Sequence[SubsidyRule], bands: Sequence[Band], facts: Sequence[Fact], lexicon: Lexicon) -> Outcome:
    """What the shares of the bands of a base come to together."""
    rule, metric = rules[0], bands[0].metric or rules[0].base
    bound = binding.bind(metric, facts, lexicon)
    if bound is None:
        return without_base(rule, metric, facts)
    steps: list[Step] = []
    total = Decimal(0)
    for one, band in zip(rules, bands, strict=True):
        part, rate = band.part_of(bound.value), one.rate or Decimal(0)
        if part > 0:
            steps.append(Step("part", {"base": bound.value, "lower": band.lower, "part": part}))
            steps.append(Step("share", {"base": part, "rate": rate, "amount": part * rate}))
            total += part * rate
    amount = under(rule, total, steps)
    at_most = any(one.rate_bound is Bound.AT_MOST for one in rules)
    main = Sum(amount, Bound.AT_MOST if at_most else Bound.EXACT, per_year(rule), "main")
    return Outcome(rule, Result.COMPUTED, (main,), tuple(steps), used=bound.facts)


def _measured_by_condition(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> binding.Bound | None:
    """A base that the asker named in the words of the threshold ("固定资产投入达到50万元以上…按实际投入的10%").

    What is only demanded beside another base ("研发费用200万元以上的,按销售收入的1%") is not that base.
    """
    base = money_in(fold(rule.base))
    found = [
        bound
        for condition in rule.conditions
        if condition.unit == "yuan" and unify(money_in(fold(condition.metric)), base) is not Relation.OTHER
        if (bound := binding.bind(condition.metric, facts, lexicon)) is not None
    ]
    strong = [bound for bound in found if bound.affinity >= binding.BOUND]
    return max(strong, key=lambda bound: bound.affinity) if strong else None


def without_base(rule: SubsidyRule, words: str, facts: Sequence[Fact] = ()) -> Outcome:
    """The ceiling of a share, for as many pieces as are stated where it is for each, and the question for ``words``."""
    missing = (words,) if words else ()
    if rule.cap is None:
        return Outcome(rule, Result.NEEDS_FACTS if missing else Result.UNKNOWN, missing=missing)
    unit = unit_of(rule.cap_per)
    steps = [Step("ceiling", {"cap": rule.cap})]
    count = _number_of(unit.thing, facts)
    cap = multiplied(count.value, unit.thing, rule.cap, steps) if count is not None else rule.cap
    if rule.uplift is not None and not rule.uplift_points:
        raised = cap * (1 + rule.uplift)
        steps.append(Step("uplift", {"amount": cap, "uplift": rule.uplift, "raised": raised}))
        cap = raised
    cap = under_wider(rule, cap, steps)
    per = per_year(rule) if count is not None or not unit.thing else unit.name
    ceiling = Sum(cap, Bound.AT_MOST, per, "ceiling")
    return Outcome(rule, Result.NEEDS_FACTS, (ceiling,), tuple(steps), missing)
