"""Together: the sum of several grants of one clause: of all classes counted, all years of a schedule, all awards asked for."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.clause.grant import Grant, compact_words
from assistant.clause.rule import Bound, RuleKind, SubsidyRule
from assistant.clause.schedule import schedule
from assistant.clause.stacking import Stacking, stacking_of
from assistant.clause.vocabulary import words
from assistant.figures.calculation import calculate
from assistant.figures.counted import of_classes
from assistant.figures.outcome import Outcome, Result, Step, Sum, added, multiplied
from assistant.language.lexicon import Lexicon
from assistant.matching.binding import class_name
from assistant.matching.classes import runs_named
from assistant.question.conversation import Inquiry
from assistant.question.extent import Extent
from assistant.question.situation import Fact
from assistant.question.unit_prices import YEAR
from assistant.question.yearly import year_said

_WITH_A_SUM = frozenset({Result.COMPUTED, Result.STATED, Result.NEEDS_FACTS})
_GRANT_NOUNS = words("open_grant_nouns")
_SURELY = 3  # characters by which a turn surely names an award of its own


def siblings_of(grant: Grant, others: Sequence[Grant]) -> list[Grant]:
    """All grants of a grant's clause among those known, itself with them, in their order."""
    own = {other.start: other for other in others if other.clause.id == grant.clause.id}
    own[grant.start] = grant
    return [own[start] for start in sorted(own)]


def together(
    grant: Grant, inquiry: Inquiry, extent: Extent, lexicon: Lexicon, others: Sequence[Grant]
) -> tuple[Grant, Outcome] | None:
    """The stretch of the clause that a sum over several of its grants rests on, and the sum; None where none is meant."""
    siblings = siblings_of(grant, others)
    if not grant.rules:
        return None
    found = (
        _over_classes(grant, siblings, inquiry, extent, lexicon)
        or _over_schedule(grant, siblings, inquiry, extent, lexicon)
        or _over_awards(grant, siblings, inquiry, extent, lexicon)
    )
    return None if found is None or found[0].unread else found


# ── classes ──


def _over_classes(
    grant: Grant, siblings: Sequence[Grant], inquiry: Inquiry, extent: Extent, lexicon: Lexicon
) -> tuple[Grant, Outcome] | None:
    """The sum over the classes that the asker gives numbers of: rungs of one grant, or grants side by side."""
    alone = len(grant.rules) > 1 and all(rule.ladder for rule in grant.rules)
    holding = [grant] if alone else siblings
    wanted = (grant.rules[0].per, grant.rules[0].kind, grant.rules[0].additional)
    classes = [(h, rule) for h in holding for rule in h.rules if (rule.per, rule.kind, rule.additional) == wanted]
    if grant.rules[0].kind is not RuleKind.PER_UNIT:
        return None
    holding = [holder for holder in holding if any(holder is one for one, _ in classes)]
    names = [_class_name(holder, rule, alone) for holder, rule in classes]
    if len(classes) < 2 or len(set(names)) < len(names):
        return None
    outcome = of_classes([rule for _, rule in classes], names, inquiry.facts, extent)
    if outcome is None:
        return None
    alone_worked = [calculate(rule, inquiry.facts, lexicon, extent) for _, rule in classes if _is_used(rule, outcome)]
    if not all(_is_owed(worked) for worked in alone_worked):
        return None
    outcome = _resting_on(outcome, alone_worked)
    if len(outcome.used) < 2:
        return (grant, outcome) if alone else None  # of one class alone its own grant says more
    return _joined(holding), outcome


def _class_name(grant: Grant, rule: SubsidyRule, alone: bool) -> str:
    """What the things of a rule are called: its class, else all that the grant says before its money."""
    named = [condition.metric for condition in rule.conditions if condition.unit == "category"]
    if named and (alone or len(named) == 1):
        return compact_words(" ".join(class_name(name) for name in named))
    starts = [rule.spans[name].start for name in ("amount", "rate", "cap") if name in rule.spans]
    end = grant.clause.start + min(starts, default=grant.end - grant.clause.start)
    return compact_words(grant.document.text[grant.start : end])


def _is_owed(outcome: Outcome) -> bool:
    """Whether an outcome is a sum, or a price, that no condition of its own stands against or is asked for first."""
    worked = outcome.result in (Result.COMPUTED, Result.STATED) and bool(outcome.sums)
    return worked and outcome.sums[0].bound is Bound.EXACT


def _resting_on(outcome: Outcome, parts: Sequence[Outcome]) -> Outcome:
    """An outcome with the conditions that any of its parts leaves open or has met; which class it is of is settled."""
    left = dict.fromkeys(c for part in parts for c in part.open_conditions if c.unit != "category")
    return replace(outcome, open_conditions=tuple(left), met=tuple(pair for part in parts for pair in part.met))


def _is_used(rule: SubsidyRule, outcome: Outcome) -> bool:
    return any(step.values.get("price") == rule.amount for step in outcome.steps)


# ── years ──


def _over_schedule(
    grant: Grant, siblings: Sequence[Grant], inquiry: Inquiry, extent: Extent, lexicon: Lexicon
) -> tuple[Grant, Outcome] | None:
    """The sum over years of which a clause gives each its own share or sum: 前两年全额, 后三年50%."""
    years = schedule([sibling.own for sibling in siblings])
    staged = [(s, own) for s, own in zip(siblings, years, strict=True) if own and len(s.rules) == 1]
    covered = [year for _, own in staged for year in own]
    if len(staged) < 2 or not any(grant is stage for stage, _ in staged) or len(set(covered)) != len(covered):
        return None
    said = [fact for fact in inquiry.facts if fact.unit == "yuan" and year_said(fact) is not None]
    asked = _years_asked(extent, said)
    if asked is None or not asked <= set(covered):
        return None
    steps: list[Step] = []
    parts: list[Decimal] = []
    used: list[Fact] = []
    rests: list[Outcome] = []
    for stage, own in staged:
        worked = _of_years(stage.rules[0], sorted(own & asked), said, inquiry.facts, lexicon)
        if worked is None:
            return None
        for outcome, times in worked:
            rests.append(outcome)
            steps += outcome.steps
            amount = outcome.sums[0].amount
            parts.append(multiplied(Decimal(times), YEAR, amount, steps) if times > 1 else amount)
            used += [fact for fact in outcome.used if fact not in used]
    total = added(parts, steps)
    main = Sum(total, Bound.EXACT, None, "period_total", years=Decimal(len(asked)))
    first = staged[0][0].rules[0].model_copy(update={"conditions": ()})
    outcome = Outcome(first, Result.COMPUTED, (main,), tuple(steps), used=tuple(used))
    return _joined([stage for stage, _ in staged]), _resting_on(outcome, rests)


def _years_asked(extent: Extent, said: Sequence[Fact]) -> set[int] | None:
    """The years of the support that a sum is wanted over: those that the asker gives sums of, else the first so many."""
    named = {year for fact in said if (year := year_said(fact)) is not None}
    if extent.years is None or extent.years < 2:
        return named if len(named) > 1 and extent.together else None
    if named:
        return named if len(named) == extent.years else None
    return set(range(1, int(extent.years) + 1))


def _of_years(
    rule: SubsidyRule, years: Sequence[int], said: Sequence[Fact], facts: Sequence[Fact], lexicon: Lexicon
) -> list[tuple[Outcome, int]] | None:
    """What a rule gives in each of some years, with how many of them are alike; None where that is not certain."""
    if not years:
        return []
    if said:
        rest = [fact for fact in facts if fact not in said]
        each = [[*rest, *(fact for fact in said if year_said(fact) == year)] for year in years]
        worked = [(calculate(rule, own, lexicon), 1) for own in each]
    else:
        worked = [(calculate(rule, facts, lexicon), len(years))]
    sure = all(_is_of_one_year(outcome) for outcome, _ in worked)
    return worked if sure else None


def _is_of_one_year(outcome: Outcome) -> bool:
    """Whether an outcome surely is one year's sum: a stated one, or a share of what was said to be a year's."""
    return _is_owed(outcome) and all(YEAR in fact.each or year_said(fact) is not None for fact in outcome.used)


# ── awards ──


def _over_awards(
    grant: Grant, siblings: Sequence[Grant], inquiry: Inquiry, extent: Extent, lexicon: Lexicon
) -> tuple[Grant, Outcome] | None:
    """The sum of the awards of one clause that the asker names and wants together, or the highest where they do not add up."""
    if not extent.together or len(siblings) < 2:
        return None
    plain = [sibling for sibling in siblings if len(sibling.rules) == 1]
    names = [compact_words(sibling.document.text[sibling.start : sibling.end]) for sibling in plain]
    runs = runs_named(names, inquiry.said) if names else ()
    worked = [(sibling, calculate(sibling.rules[0], inquiry.facts, lexicon, extent)) for sibling in plain]
    all_meant = extent.awards == len(worked)  # 两笔加起来, where the clause has two
    meant = [pair for pair, run in zip(worked, runs, strict=True) if all_meant or _is_meant(pair[1], run)]
    by_name = [run for pair, run in zip(worked, runs, strict=True) if pair in meant]
    if not all(_is_owed(one) for _, one in meant) and not all(map(_is_an_award, by_name)):
        return None
    if len(meant) < 2 or not any(grant is sibling for sibling, _ in meant) or not _can_be_added([o for _, o in meant]):
        return None
    steps = [step for _, outcome in meant for step in outcome.steps]
    parts = [outcome.sums[0] for _, outcome in meant]
    total, bound = _stacked(stacking_of(grant.far), [part.amount for part in parts], steps)
    bound = Bound.AT_MOST if any(part.bound is Bound.AT_MOST for part in parts) else bound
    rule = meant[0][1].rule.model_copy(update={"conditions": ()})
    used = tuple(dict.fromkeys(fact for _, outcome in meant for fact in outcome.used))
    main = Sum(total, bound, None, "main")
    missing = tuple(words for _, one in meant for words in one.missing if one.result is Result.NEEDS_FACTS)
    result = Result.NEEDS_FACTS if missing else Result.COMPUTED
    outcome = Outcome(rule, result, (main, *parts), tuple(steps), missing, used=used)
    return _joined([sibling for sibling, _ in meant]), _resting_on(outcome, [one for _, one in meant])


def _stacked(stacking: Stacking, parts: Sequence[Decimal], steps: list[Step]) -> tuple[Decimal, Bound]:
    """What several awards come to, as the clause lets them add up."""
    if stacking in (Stacking.ADDS, Stacking.UNSAID):
        return added(parts, steps), Bound.EXACT
    steps.append(Step("highest", {"parts": "|".join(str(part) for part in parts), "total": max(parts)}))
    return max(parts), Bound.EXACT if stacking is Stacking.HIGHEST else Bound.AT_MOST


def _is_meant(outcome: Outcome, run: str) -> bool:
    """Whether the asker means an award: it is named in words of its own, or worked out from something they stated."""
    return len(run) >= _SURELY or (outcome.result is Result.COMPUTED and bool(outcome.used) and not outcome.assumed)


def _is_an_award(run: str) -> bool:
    """Whether what a turn names of an award is the award itself: 创业补贴, and not whom or what it is for."""
    return any(word in run for word in _GRANT_NOUNS)


def _can_be_added(outcomes: Sequence[Outcome]) -> bool:
    """Whether each award is a whole sum, or the most it can be, of one currency, and no two use the same fact."""
    used = [fact for outcome in outcomes for fact in outcome.used]
    return (
        all(o.sums and o.result in _WITH_A_SUM and o.sums[0].per is None and not o.assumed for o in outcomes)
        and len({outcome.rule.currency for outcome in outcomes}) == 1
        and len({id(fact) for fact in used}) == len(used)
        and not any(outcome.rule.total_cap or outcome.rule.annual_cap for outcome in outcomes)
    )


def _joined(grants: Sequence[Grant]) -> Grant:
    """Grants of one clause as one, from the first to the last, so that all of them are cited."""
    first, last = grants[0], grants[-1]
    rules = tuple(rule for grant in grants for rule in grant.rules)
    own = "".join(dict.fromkeys(grant.own for grant in grants))
    unread = any(grant.unread for grant in grants)
    return replace(first, end=last.end, sentence_end=last.sentence_end, rules=rules, own=own, unread=unread)
