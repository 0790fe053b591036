"""Calculation: a figure from one rule and one situation, in Decimal, with every step named.

Nothing is multiplied that the clause does not multiply: a ceiling stays a ceiling ("最高500万元" is at most
500万元 whatever was invested), and a rate without its base gives the ceiling and asks for the base.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from assistant.clause.rule import Bound, Condition, Operator, RuleKind, SubsidyRule
from assistant.figures import marginal
from assistant.figures import steps as increments
from assistant.language.decimals import WIDE
from assistant.language.lexicon import Lexicon
from assistant.matching import binding
from assistant.matching.judging import Judged, check_conditions, undecided
from assistant.matching.staying import with_those_who_stayed
from assistant.question.situation import YEARLY, Fact
from corpus.quantities import Polarity


class Result(StrEnum):
    """How far a rule could be worked out."""

    COMPUTED = "computed"  # a figure for this situation
    STATED = "stated"  # the sum, unit price or ceiling that the clause states, no fact needed
    NEEDS_FACTS = "needs_facts"  # the base is missing; the figure, if any, is the ceiling
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"  # the clause does not let it be worked out


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation: a message code and its values, put into words when the answer is composed."""

    code: str
    values: dict[str, Decimal | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sum:
    """One amount of money that a calculation gives."""

    amount: Decimal
    bound: Bound
    per: str | None
    label: str  # message code: main, unit_price, period_total, ceiling
    years: Decimal | None = None  # over how many years, where that is not all that the rule pays for


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule gives in one situation. ``sums`` has the main one first and is empty when there is none."""

    rule: SubsidyRule
    result: Result
    sums: tuple[Sum, ...] = ()
    steps: tuple[Step, ...] = ()
    missing: tuple[str, ...] = ()  # the clause's words for facts that are missing, the most useful first
    failed: Condition | None = None
    failed_value: Decimal | None = None
    failed_polarity: Polarity = Polarity.EXACTLY  # AT_MOST, LESS_THAN where only an upper end was stated
    open_conditions: tuple[Condition, ...] = ()  # stated by the clause, not settled by the facts
    used: tuple[Fact, ...] = ()
    assumed: str = ""  # the clause's words for what a fact that did not say so was taken for
    met: tuple[tuple[Condition, Judged], ...] = ()  # conditions that the facts meet, with what they were judged by


_YEARLY = ("年",)
_RECIPIENTS = frozenset("家户企单位项目主体首主户每个")  # a sum "每家" is the whole sum for the one who asks


def calculate(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> Outcome:
    """What ``rule`` gives for ``facts``; never a sum above the rule's cap, never a negative one."""
    facts = with_those_who_stayed(rule, increments.with_growth(rule, facts, lexicon))
    judgement = check_conditions(rule, facts, lexicon)
    if judgement.failed is not None and judgement.failed[0].op is Operator.EQUAL:
        return Outcome(rule, Result.UNKNOWN, failed=judgement.failed[0])  # of a size that this sum is not for
    if judgement.failed is not None:
        condition, judged = judgement.failed
        return Outcome(
            rule,
            Result.NOT_ELIGIBLE,
            failed=condition,
            failed_value=judged.value,
            failed_polarity=judged.polarity,
            open_conditions=judgement.open,
            met=judgement.met,
        )
    outcome = _by_kind(rule, facts, lexicon)
    if (open_threshold := undecided(judgement, facts, outcome.used)) is not None:
        outcome = _as_ceiling(outcome, open_threshold.metric)
    sums = _with_period_total(rule, outcome.sums)
    return replace(outcome, sums=sums, open_conditions=judgement.open, met=judgement.met)


def _as_ceiling(outcome: Outcome, missing: str) -> Outcome:
    """The outcome as what it is at most, until a fact is given."""
    if outcome.result not in (Result.COMPUTED, Result.STATED) or outcome.sums[0].bound is Bound.AT_MOST:
        return outcome
    sums = tuple(replace(total, bound=Bound.AT_MOST) for total in outcome.sums)
    return replace(outcome, result=Result.NEEDS_FACTS, sums=sums, missing=(missing, *outcome.missing))


def _by_kind(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> Outcome:
    if rule.amount is None and rule.cap is None and rule.rate is None:
        return Outcome(rule, Result.UNKNOWN)
    if rule.kind in {RuleKind.RATE, RuleKind.INTEREST} and rule.rate is not None:
        if rule.currency != "CNY":
            return _without_base(rule, base_words(rule))  # a share of yuan is not held under a ceiling in euros
        return _share(rule, facts, lexicon)
    if rule.kind is RuleKind.PER_UNIT and rule.amount is not None:
        return _per_unit(rule, facts, lexicon)
    if rule.amount is not None:
        return _fixed(rule)
    return _ceiling(rule, facts)


def base_words(rule: SubsidyRule) -> str:
    """What a share is a share of; a clause that says "税费总额80万元以上的给予3%" names it in its condition."""
    if rule.base:
        return rule.base
    money = [condition.metric for condition in rule.conditions if condition.unit == "yuan"]
    return money[0] if money else ""


def _share(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> Outcome:
    assert rule.rate is not None
    words = base_words(rule)
    if rule.rate_points or (rule.kind is RuleKind.INTEREST and "LPR" in rule.base.upper()):
        return _without_base(
            rule, words or rule.base
        )  # needs principal, term and reference rate: read it in the clause
    band = marginal.band_of(rule)
    if band is not None:
        return _of_parts([rule], [band], facts, lexicon)
    if "部分" in words:  # a part that is no band: the whole must not be taken for it
        facts = [fact for fact in facts if marginal.is_increment(words) and marginal.is_increment(fact.words)]
    by_year = _year_by_year(rule, words, facts, lexicon)
    if by_year is not None:
        return by_year
    bound = binding.bind(words, facts, lexicon) or _measured_by_condition(rule, facts, lexicon)
    bound = bound or binding.lower_end(words, facts, lexicon)
    if bound is None:
        return _without_base(rule, words)
    if any(fact.months is not None for fact in bound.facts) and "月" in words:
        return _without_base(rule, words)
    amount = bound.value * rule.rate
    if any(not fact.certain for fact in bound.facts) and (rule.cap is None or amount < rule.cap):
        return _without_base(rule, words)  # "投了超过1000万": the share of what is only a lower end is too little
    steps: list[Step] = []
    if len(bound.facts) > 1:
        steps.append(Step("sum", {"parts": "|".join(str(fact.value) for fact in bound.facts), "total": bound.value}))
    steps += [
        Step("units", {"units": f.months, "unit": "个月", "price": f.value / f.months, "amount": f.value})
        for f in bound.facts
        if f.months
    ]
    steps += [step for fact in bound.facts if (step := _portion(fact)) is not None]
    steps.append(Step("share", {"base": bound.value, "rate": rule.rate, "amount": amount}))
    amount = _capped(rule, amount, steps)
    if rule.uplift is not None and not rule.uplift_points:
        raised = amount * (1 + rule.uplift)
        steps.append(Step("uplift", {"amount": amount, "uplift": rule.uplift, "raised": raised}))
        amount = raised
    at_most = rule.rate_bound is Bound.AT_MOST or rule.rate_min is not None or rule.uplift_bound is Bound.AT_MOST
    if at_most:
        steps.append(Step("at_most_rate", {"rate": rule.rate}))
    per = _per_year(rule)
    main = Sum(amount, Bound.AT_MOST if at_most else Bound.EXACT, per, "main")
    assumed = words if len(bound.facts) == 1 and not binding.says_it(words, bound.facts[0]) else ""
    return Outcome(rule, Result.COMPUTED, (main,), tuple(steps), used=bound.facts, assumed=assumed)


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
    yearly = [
        fact
        for fact in binding.values_stated(words, facts, lexicon)
        if "分别" in fact.words or "respectively" in fact.words
    ]
    stated = {fact.value for fact in facts if fact.unit == "year"}
    of_one_turn = len({fact.turn for fact in yearly}) == 1 and all(fact.certain for fact in yearly)
    if len(yearly) < 2 or not of_one_turn or stated != {Decimal(len(yearly))} or _per_year(rule) is None:
        return None
    if (rule.years is not None and rule.years < len(yearly)) or rule.uplift is not None:
        return None
    steps: list[Step] = []
    shares: list[Decimal] = []
    for fact in yearly:
        share = fact.value * rule.rate
        steps.append(Step("share", {"base": fact.value, "rate": rule.rate, "amount": share}))
        shares.append(_capped(rule, share, steps))
    total = sum(shares, Decimal(0))
    steps.append(Step("sum", {"parts": "|".join(str(share) for share in shares), "total": total}))
    amount = _within(total, rule.total_cap, steps)
    at_most = rule.rate_bound is Bound.AT_MOST or rule.rate_min is not None
    main = Sum(amount, Bound.AT_MOST if at_most else Bound.EXACT, None, "main")
    return Outcome(rule, Result.COMPUTED, (main,), tuple(steps), used=tuple(yearly))


def calculate_scale(rules: Sequence[SubsidyRule], facts: Sequence[Fact], lexicon: Lexicon) -> Outcome | None:
    """What a marginal scale gives: each band's share of its part of the base, added; None when it is no scale."""
    bands = marginal.bands_of(rules)
    return _of_parts(rules, bands, facts, lexicon) if bands is not None else None


def calculate_counts(rules: Sequence[SubsidyRule], facts: Sequence[Fact], lexicon: Lexicon) -> Outcome | None:
    """ "两个正高、三个副高": the sum over the classes counted, each at its own price; None unless every number is of one class."""
    names = [[c.metric for c in rule.conditions if c.unit == "category"] for rule in rules]
    alike = len({(rule.per, rule.kind, rule.additional) for rule in rules}) == 1
    if not alike or rules[0].kind is not RuleKind.PER_UNIT or any(len(own) != 1 for own in names):
        return None
    if "月" in rules[0].per or any(increments.is_stepped(rule) for rule in rules):
        return None
    counted = binding.counts_of(rules[0].per, facts)
    places = [binding.named_one([own[0] for own in names], fact) for fact in counted]
    if not counted or None in places or len(set(places)) != len(places):
        return None
    steps: list[Step] = []
    sums: list[Decimal] = []
    chosen = [(rules[place], fact) for place, fact in zip(places, counted, strict=True) if place is not None]
    for rule, fact in chosen:
        if check_conditions(rule, facts, lexicon).failed is not None or rule.amount is None:
            return None
        sums.append(_counted(rule, fact.value, rule.amount, rule.per.removeprefix("每"), steps))
    total = sum(sums, Decimal(0))
    if len(sums) > 1:
        steps.append(Step("sum", {"parts": "|".join(str(part) for part in sums), "total": total}))
    prices = tuple(
        Sum(rule.amount, Bound.EXACT, rule.per.removeprefix("每"), "unit_price") for rule, _ in chosen if rule.amount
    )
    main = Sum(total, Bound.EXACT, None, "main")
    return Outcome(chosen[0][0], Result.COMPUTED, (main, *prices), tuple(steps), used=tuple(fact for _, fact in chosen))


def _of_parts(
    rules: Sequence[SubsidyRule], bands: Sequence[marginal.Band], facts: Sequence[Fact], lexicon: Lexicon
) -> Outcome:
    rule, metric = rules[0], bands[0].metric or rules[0].base
    bound = binding.bind(metric, facts, lexicon)
    if bound is None:
        return _without_base(rule, metric)
    steps: list[Step] = []
    total = Decimal(0)
    for one, band in zip(rules, bands, strict=True):
        part, rate = band.part_of(bound.value), one.rate or Decimal(0)
        if part > 0:
            steps.append(Step("part", {"base": bound.value, "lower": band.lower, "part": part}))
            steps.append(Step("share", {"base": part, "rate": rate, "amount": part * rate}))
            total += part * rate
    amount = _capped(rule, total, steps)
    at_most = any(one.rate_bound is Bound.AT_MOST for one in rules)
    main = Sum(amount, Bound.AT_MOST if at_most else Bound.EXACT, _per_year(rule), "main")
    return Outcome(rule, Result.COMPUTED, (main,), tuple(steps), used=bound.facts)


def _measured_by_condition(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> binding.Bound | None:
    """A base that the asker named in the words of the threshold ("固定资产投入达到50万元以上…按实际投入的10%")."""
    found = [
        bound
        for condition in rule.conditions
        if condition.unit == "yuan" and (bound := binding.bind(condition.metric, facts, lexicon)) is not None
    ]
    strong = [bound for bound in found if bound.affinity >= binding.BOUND]
    return max(strong, key=lambda bound: bound.affinity) if strong else None


def _without_base(rule: SubsidyRule, words: str) -> Outcome:
    missing = (words,) if words else ()
    if rule.cap is None:
        return Outcome(rule, Result.NEEDS_FACTS if missing else Result.UNKNOWN, missing=missing)
    cap = rule.cap
    steps = [Step("ceiling", {"cap": cap})]
    if rule.uplift is not None and not rule.uplift_points:
        cap = cap * (1 + rule.uplift)
        steps.append(Step("uplift", {"amount": rule.cap, "uplift": rule.uplift, "raised": cap}))
    ceiling = Sum(cap, Bound.AT_MOST, _per_year(rule), "ceiling")
    return Outcome(rule, Result.NEEDS_FACTS, (ceiling,), tuple(steps), missing)


def _capped(rule: SubsidyRule, amount: Decimal, steps: list[Step]) -> Decimal:
    if rule.cap is None:
        return amount
    if amount > rule.cap:
        steps.append(Step("capped", {"amount": amount, "cap": rule.cap}))
        return rule.cap
    steps.append(Step("under_cap", {"amount": amount, "cap": rule.cap}))
    return amount


def _fixed(rule: SubsidyRule) -> Outcome:
    assert rule.amount is not None
    steps = [Step("stated", {"amount": rule.amount})]
    amount = rule.amount if rule.cap is None or rule.cap >= rule.amount else _capped(rule, rule.amount, steps)
    main = Sum(amount, Bound.EXACT, _per(rule.per) or _per_year(rule), "main")
    return Outcome(rule, Result.STATED, (main,), tuple(steps))


def _per_unit(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> Outcome:
    assert rule.amount is not None
    if increments.is_stepped(rule):
        return _stepped(rule, facts, lexicon)
    unit = rule.per.removeprefix("每")
    most = rule.amount if rule.cap is None else min(rule.amount, rule.cap)
    price = Sum(most, Bound.EXACT, unit or None, "unit_price")
    stated = Outcome(rule, Result.STATED, (price,), (Step("stated", {"amount": rule.amount}),), missing=(unit,))
    if rule.step not in (None, Decimal(1)):
        return stated
    fact = binding.bind_units(rule.per, facts)
    if "月" in unit:
        return _per_month(rule, price, fact, facts) or stated
    if fact is None or fact.value == 1:
        return stated
    steps: list[Step] = []
    amount = _counted(rule, fact.value, rule.amount, unit, steps)
    return Outcome(rule, Result.COMPUTED, (Sum(amount, Bound.EXACT, None, "main"), price), tuple(steps), used=(fact,))


def _counted(rule: SubsidyRule, units: Decimal, price: Decimal, unit: str, steps: list[Step]) -> Decimal:
    """So many units at a price, as many as are paid for, under every ceiling."""
    units = min(units, rule.max_units) if rule.max_units is not None else units
    steps.append(Step("units", {"units": units, "unit": unit, "price": price, "amount": price * units}))
    return _within_all_caps(rule, _capped(rule, price * units, steps), steps)


_OTHER_TIME = re.compile(
    r"成立|创办|开办|开业|注册|登记|毕业|建设|建成|投产|投运|落户|贷款|借款|质保|工期|founded|registered|loan|old\b|established"
)
_PARTS_OF_UNIT = re.compile(r"[·•・./和]")


def _per_month(rule: SubsidyRule, price: Sum, fact: Fact | None, facts: Sequence[Fact]) -> Outcome | None:
    """A sum by the month, and perhaps for each person or square metre: over the stated months, or over the year asked for."""
    assert rule.amount is not None
    stated = _months(rule, facts)
    yearly = stated is None and any(given.unit == YEARLY for given in facts)
    months = _months_of_year(rule) if yearly else stated
    others = [part for part in _PARTS_OF_UNIT.split(rule.per.removeprefix("每")) if "月" not in part]
    if months is None or (others and fact is None and not _is_person(others[0])):
        return None
    steps: list[Step] = []
    each = rule.amount * months
    steps.append(Step("units", {"units": months, "unit": "个月", "price": rule.amount, "amount": each}))
    per = "年" if yearly and rule.months is None else None
    if others and fact is None:  # what one person gets
        total = Sum(_within_all_caps(rule, _capped(rule, each, steps), steps), Bound.EXACT, others[0], "main")
        return Outcome(rule, Result.COMPUTED, (total, price), tuple(steps), missing=(others[0],))
    units = fact.value if others and fact is not None else Decimal(1)
    if units == 1:
        amount = _within_all_caps(rule, _capped(rule, each, steps), steps)
    else:
        amount = _counted(rule, units, each, others[0], steps)
    used = (fact,) if fact is not None else ()
    return Outcome(rule, Result.COMPUTED, (Sum(amount, Bound.EXACT, per, "main"), price), tuple(steps), used=used)


def _is_person(unit: str) -> bool:
    return unit.strip("每") in {"人", "名", "位"}


def _stepped(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> Outcome:
    """A sum for each full increment; the ceiling, and the question by how much, where that is not certain."""
    assert rule.amount is not None
    assert rule.step is not None
    found = increments.increment(rule, facts, lexicon)
    if found is None:
        missing = (increments.missing_words(rule),)
        if rule.cap is None:
            price = Sum(rule.amount, Bound.EXACT, rule.per.removeprefix("每") or None, "unit_price")
            return Outcome(rule, Result.STATED, (price,), (Step("stated", {"amount": rule.amount}),), missing=missing)
        ceiling = Sum(rule.cap, Bound.AT_MOST, _per(rule.cap_per) or _per_year(rule), "ceiling")
        return Outcome(rule, Result.NEEDS_FACTS, (ceiling,), (Step("ceiling", {"cap": rule.cap}),), missing)
    count = found.steps(rule.step)
    amount = count * rule.amount
    counted = {"units": count, "price": rule.amount, "amount": amount}
    if found.points:
        steps = [Step("points", {"rate": found.whole, "uplift": found.lower, **counted})]
    else:
        steps = [Step("part", {"base": found.whole, "lower": found.lower, "part": found.part})] if found.lower else []
        steps.append(Step("increments", {"part": found.part, "step": rule.step, **counted}))
    amount = _within_all_caps(rule, _capped(rule, amount, steps), steps)
    return Outcome(rule, Result.COMPUTED, (Sum(amount, Bound.EXACT, None, "main"),), tuple(steps), used=found.facts)


def _months(rule: SubsidyRule, facts: Sequence[Fact]) -> Decimal | None:
    """Months stated by the asker, at most as many as the rule pays for."""
    stated = [fact.value for fact in facts if fact.unit == "month" and not _OTHER_TIME.search(fact.words)]
    if not stated:
        return None
    return min(stated[-1], rule.months) if rule.months is not None else stated[-1]


def _months_of_year(rule: SubsidyRule) -> Decimal:
    return min(Decimal(12), rule.months) if rule.months is not None else Decimal(12)


def _within_all_caps(rule: SubsidyRule, amount: Decimal, steps: list[Step]) -> Decimal:
    """An amount held under the wider second ceilings too (每年累计不超过…, 总额不超过…)."""
    return _within(_within(amount, rule.annual_cap, steps), rule.total_cap, steps)


def _within(amount: Decimal, ceiling: Decimal | None, steps: list[Step]) -> Decimal:
    if ceiling is None or amount <= ceiling:
        return amount
    steps.append(Step("capped", {"amount": amount, "cap": ceiling}))
    return ceiling


def _ceiling(rule: SubsidyRule, facts: Sequence[Fact]) -> Outcome:
    assert rule.cap is not None
    per = _per(rule.cap_per)
    stated = Sum(rule.cap, Bound.AT_MOST, per, "ceiling")
    steps: tuple[Step, ...] = (Step("ceiling", {"cap": rule.cap}),)
    if per is None or per == "年":
        return Outcome(rule, Result.STATED, (stated,), steps)
    fact = binding.bind_units(rule.cap_per, facts)
    if fact is None or fact.value == 1:
        return Outcome(rule, Result.STATED, (stated,), steps)
    steps_taken = [
        Step("units", {"units": fact.value, "unit": per, "price": rule.cap, "amount": rule.cap * fact.value})
    ]
    total = _within_all_caps(rule, rule.cap * fact.value, steps_taken)
    main = Sum(total, Bound.AT_MOST, None, "main")
    return Outcome(rule, Result.COMPUTED, (main, stated), tuple(steps_taken), used=(fact,))


def _per(words: str) -> str | None:
    """The unit a stated sum is for; None when it is the whole sum for one recipient or one project."""
    unit = words.removeprefix("每").strip()
    if (
        not unit
        or set(unit) <= _RECIPIENTS
        or unit.endswith(("企业", "项目", "单位", "户", "家", "机构", "平台", "主体"))
    ):
        return None
    if unit.endswith(_YEARLY) or unit.startswith("年"):
        return "年"
    return unit


def _per_year(rule: SubsidyRule) -> str | None:
    yearly = (
        rule.cap_per.endswith("年") or rule.cap_per.startswith("年") or rule.period in {"每年", "年度", "年", "按年"}
    )
    return "年" if yearly else None


def _with_period_total(rule: SubsidyRule, sums: tuple[Sum, ...]) -> tuple[Sum, ...]:
    """The sum over all years beside a yearly sum, where the clause says for how many years it is paid."""
    if not sums or sums[0].per != "年" or rule.years is None or rule.years <= 1:
        return sums
    total = sums[0].amount * rule.years
    if rule.total_cap is not None:
        total = min(total, rule.total_cap)
    return (*sums, Sum(total, sums[0].bound, None, "period_total"))


def rounded_to_fen(amount: Decimal) -> Decimal:
    """An amount in yuan cut to whole fen (0.01 yuan), never rounded up beyond what the clause grants."""
    return amount.quantize(Decimal("0.01"), rounding=ROUND_FLOOR, context=WIDE).normalize(WIDE)


def within(outcome: Outcome, ceiling: Decimal) -> Outcome:
    """An outcome whose main sum is held under a further ceiling."""
    if not outcome.sums or outcome.sums[0].amount <= ceiling:
        return outcome
    step = Step("capped", {"amount": outcome.sums[0].amount, "cap": ceiling})
    sums = (replace(outcome.sums[0], amount=ceiling), *outcome.sums[1:])
    return replace(outcome, sums=sums, steps=(*outcome.steps, step))
