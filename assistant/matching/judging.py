"""Judging: whether the asker's facts meet the conditions of a rule, miss them, or leave them open."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from assistant.clause.rule import Condition, SubsidyRule
from assistant.language.amounts import UNUSABLE
from assistant.language.lexicon import Lexicon
from assistant.language.things import Relation
from assistant.language.unify import TAKEN, things_in, unify
from assistant.matching import binding
from assistant.matching.spread import as_said, beyond, exactly, spread_of
from assistant.question.situation import MONEY, Fact
from corpus.quantities import Polarity
from corpus.script import fold

_MEASURED = frozenset({"mu", "sqm", "ton", "hectare", "cbm", "kw", "mw"})  # units that say themselves what is measured


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a condition holds (None: the facts do not say) and the value it was judged by."""

    holds: bool | None = None
    value: Decimal | None = None
    polarity: Polarity = Polarity.EXACTLY
    words: str = ""  # the asker's words for it


@dataclass(frozen=True, slots=True)
class Judgement:
    """The conditions of one rule held against the asker's facts."""

    failed: tuple[Condition, Judged] | None  # the first that plainly fails, with the value that fails it
    open: tuple[Condition, ...]  # those that the facts do not settle
    met: tuple[tuple[Condition, Judged], ...]  # those that hold, with the value that meets them
    missed: tuple[Condition, ...] = ()  # alternatives that plainly fail beside others that are open


def check_conditions(rule: SubsidyRule, facts: Sequence[Fact], lexicon: Lexicon) -> Judgement:
    """Each condition of a rule as the facts decide it; of alternatives one that is met is enough."""
    judged = [(condition, judge(condition, facts, lexicon)) for condition in rule.conditions]
    judged = [(c, one if one.holds is not None else _of_what_is_paid_for(rule, c, facts)) for c, one in judged]
    met = tuple((condition, one) for condition, one in judged if one.holds)
    unsettled: list[Condition] = []
    alternatives: list[tuple[Condition, Judged]] = []
    for condition, one in judged:
        if condition.alternative or _is_alternative(rule, condition):
            alternatives.append((condition, one))
        elif one.holds is False:
            return Judgement((condition, one), tuple(unsettled), met)
        elif one.holds is None:
            unsettled.append(condition)
    if alternatives and not any(one.holds for _, one in alternatives):
        if all(one.holds is False for _, one in alternatives):
            return Judgement(max(alternatives, key=lambda pair: pair[1].value or 0), tuple(unsettled), met)
        unsettled.extend(condition for condition, one in alternatives if one.holds is None)
        missed = tuple(condition for condition, one in alternatives if one.holds is False)
        return Judgement(None, tuple(unsettled), met, missed)
    return Judgement(None, tuple(unsettled), met)


def _of_what_is_paid_for(rule: SubsidyRule, condition: Condition, facts: Sequence[Fact]) -> Judged:
    """A bound on what the rule pays for (20亩以上的,每亩…): the only number of it that is stated is the one it bounds."""
    fact = binding.bind_units(rule.per, facts) if rule.per and condition.unit in _MEASURED else None
    stated = {one.value for one in facts if one.unit == condition.unit}
    if fact is None or fact.unit != condition.unit or len(stated) > 1:
        return Judged()
    return Judged(exactly(fact.value).decides(condition.op, condition.value), fact.value, words=fact.words)


def _is_alternative(rule: SubsidyRule, condition: Condition) -> bool:
    """Whether the next condition is an alternative to this one: "固定资产50万元以上或信息化20万元以上"."""
    position = rule.conditions.index(condition)
    return position + 1 < len(rule.conditions) and rule.conditions[position + 1].alternative


def judge(condition: Condition, facts: Sequence[Fact], lexicon: Lexicon) -> Judged:
    """Whether the facts meet ``condition``."""
    if condition.unit == "category":
        return Judged()
    stated = binding.values_stated(condition.metric, facts, lexicon, condition.unit)
    if len(stated) > 1 and not all(fact.certain for fact in stated):
        return _judged_by_ends(condition, stated)
    bound = binding.bind(condition.metric, facts, lexicon, condition.unit)
    scale = Decimal(100) if condition.unit == "percent" else Decimal(1)
    if bound is None and condition.unit in {"year", "month"}:
        other, scale = ("month", Decimal(1) / 12) if condition.unit == "year" else ("year", Decimal(12))
        bound = binding.bind(condition.metric, facts, lexicon, other)
    if bound is None and condition.unit == "percent":
        bound = _portion(condition.metric, facts, lexicon)
    if bound is None:
        return _judged_by_ends(condition, stated)
    value = bound.value * scale
    over = condition.unit in {"year", "month"} and any(fact.over for fact in bound.facts)  # "一年多"
    holds = (beyond if over else exactly)(value).decides(condition.op, condition.value)
    if not holds and bound.affinity < binding.BOUND and not _unnamed_and_alone(bound, facts, condition.unit):
        return Judged()
    return Judged(holds, _shown(value) if scale < 1 else value, words=" ".join(fact.words for fact in bound.facts))


def _portion(metric: str, facts: Sequence[Fact], lexicon: Lexicon) -> binding.Bound | None:
    """What share one stated sum is of another (研发投入占营业收入比例); None where either is not certainly stated."""
    part, joins, whole = fold(metric).partition("占")
    bounds = [binding.bind(words, facts, lexicon) for words in (part, whole)] if joins else []
    of_each = [bound for bound in bounds if bound is not None and bound.affinity >= binding.BOUND]
    if len(of_each) < 2 or not of_each[1].value:
        return None
    facts_used = (*of_each[0].facts, *of_each[1].facts)
    return binding.Bound(of_each[0].value / of_each[1].value, facts_used, of_each[0].affinity)


def _shown(value: Decimal) -> Decimal:
    """Years made of months, to two places: a reader needs no more of them."""
    return value.quantize(Decimal("0.01"), rounding=ROUND_FLOOR).normalize()


def _judged_by_ends(condition: Condition, stated: Sequence[Fact]) -> Judged:
    """A condition on what was only bounded ("不到1000万", "远不止50万") or stated as several values.

    Each of them has to decide it alike; a bound that leaves it open does not count beside a closer one ("五百多万,
    就是523万").
    """
    spreads = [spread for fact in stated if (spread := spread_of(fact)) is not None]
    if not spreads or len(spreads) < len(stated):
        return Judged()
    if binding.is_a_sum(condition.metric) and (len(stated) > 1 or stated[0].certain):
        return Judged()  # 电费180万, 运费约120万: parts of one value, of which some may be missing
    scale = Decimal(100) if condition.unit == "percent" else Decimal(1)
    decided = [
        (spread, as_said(fact, spread).scaled(scale).decides(condition.op, condition.value))
        for fact, spread in zip(stated, spreads, strict=True)
    ]
    closest = {
        holds
        for spread, holds in decided
        if holds is not None or not any(other.within(spread) for other, _ in decided if other is not spread)
    }
    largest = max(stated, key=lambda fact: fact.value)
    return Judged(closest.pop() if len(closest) == 1 else None, largest.value * scale, largest.polarity)


def _unnamed_and_alone(bound: binding.Bound, facts: Sequence[Fact], unit: str) -> bool:
    """Whether the value is the only one that can be meant; a named fact measures what it says and nothing else."""
    alone = len({fact.value for fact in facts if fact.unit == unit}) == 1
    return unit in {"yuan", "person"} and alone and not any(fact.named for fact in bound.facts)


def undecided(judgement: Judgement, facts: Sequence[Fact], used: Sequence[Fact]) -> Condition | None:
    """The open threshold that the asker has spoken of without deciding it, so that it has to be asked.

    They state something else of its dimension (利润 where 营业收入 is asked), a value that may lie on either side of it
    (大概3亿), a sum that nothing else is worked out from (注册资本 where 产值 is asked), or they meet another threshold
    of the rule, or miss an alternative to this one, and leave this one out.
    """
    is_base = any(fact.unit in MONEY for fact in used)
    for condition in judgement.open:
        if condition.unit == "category":
            continue
        wanted = things_in(fold(condition.metric))
        for fact in facts:
            if fact.unit not in (condition.unit, UNUSABLE) or fact in used or fact.change:
                continue
            relation = unify(wanted, fact.things)
            alike = {one.dimension for one in wanted} & {one.dimension for one in fact.things}
            stated = (relation in TAKEN or fact.unit in _MEASURED) and (not fact.certain or fact.unit == UNUSABLE)
            if stated or (alike and relation in (Relation.OTHER, Relation.WHOLE)):
                return condition
            if not is_base and fact.unit in MONEY and fact.named and relation not in TAKEN:
                return condition
        if judgement.missed:
            return condition
        of_unit = [fact for fact in facts if fact.unit == condition.unit and not fact.things and fact.named]
        if any(met.unit != "category" for met, _ in judgement.met) and not of_unit:  # one in unknown words may be it
            return condition
    return None
