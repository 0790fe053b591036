"""Entitlement: what one grant gives the asker; which of its rules apply, and what plainly rules the asker out."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.clause.grant import Grant, compact_words, grants_in, positions
from assistant.clause.rule import Bound, Condition, Operator, RuleKind, SubsidyRule, TextSpan
from assistant.clause.schedule import schedule
from assistant.clause.stacking import Stacking, pays_difference, stacking_of
from assistant.figures import marginal
from assistant.figures.calculation import (
    Outcome,
    Result,
    Step,
    Sum,
    as_ceiling,
    calculate,
    calculate_scale,
    within,
)
from assistant.figures.counted import unit_price
from assistant.figures.outcome import Entitlement
from assistant.figures.shares import base_words, without_base
from assistant.figures.siblings import row_meant
from assistant.figures.together import siblings_of, together
from assistant.figures.totals import difference, known_whole, sum_of_rungs, summed
from assistant.language.levels import levels_in
from assistant.language.lexicon import Lexicon, shipped_lexicon
from assistant.language.terms import Term
from assistant.matching import binding
from assistant.matching.beside import contradiction
from assistant.matching.binding import class_name
from assistant.matching.classes import classes_named, named_together
from assistant.matching.exclusion import Refusal, levels_held, refusal_of, wrong_level
from assistant.matching.opposition import Opposed, classes_of_rungs, names_class
from assistant.matching.said import Said, said_to
from assistant.question.conversation import Inquiry
from assistant.question.extent import Extent, read_extent
from index.tokens import word_spans

_ALSO_NAMED = 0.5  # share of the best match from which a rung counts as named too ("新药和医疗器械各多少")


def entitlement(grant: Grant, inquiry: Inquiry, lexicon: Lexicon, others: Sequence[Grant] = ()) -> Entitlement:
    """Choose the rules of a grant that fit the inquiry and work them out.

    ``others`` are grants that were found as well: where the asker's value is of another band of the same clause
    ("产值10亿元以上…;产值5亿元至10亿元…" and 7.2亿), the grant for that band is taken.
    """
    others = _with_all_of_clause(grant, others) if others else others
    extent = read_extent(inquiry.turn.folded, inquiry.facts)
    whole = together(grant, inquiry, extent, lexicon, others)
    if whole is not None and not any(refusal_of(one, inquiry, lexicon) for one in (grant, whole[0])):
        return Entitlement(whole[0], (whole[1],))
    meant = _of_year(grant, extent, others)
    found = row_meant(meant, inquiry, others, lambda row: _entitlement(row, inquiry, lexicon))
    if found.ladder:
        found = replace(found, outcomes=_counted_once(found.outcomes))
        return _compared(_added_up(found, inquiry, extent), inquiry, extent)
    if prices := _prices_of_all(found, inquiry, others):
        return prices
    by_year = any(schedule([sibling.own for sibling in siblings_of(found.grant, others)]))
    outcomes = [summed(outcome, extent) for outcome in found.outcomes]
    return replace(found, outcomes=tuple(known_whole(o, extent, inquiry.facts, by_year=by_year) for o in outcomes))


def _counted_once(rungs: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The rungs; their prices alone where one number was counted at several of them: it is of one class, not said which."""
    counted = [fact for rung in rungs for fact in rung.used if rung.rule.kind is RuleKind.PER_UNIT]
    if len(set(counted)) == len(counted):
        return tuple(rungs)
    return tuple(unit_price(rung.rule) if set(rung.used) & set(counted) else rung for rung in rungs)


def _prices_of_all(found: Entitlement, inquiry: Inquiry, others: Sequence[Grant]) -> Entitlement | None:
    """The prices of all grants side by side that each pay for another kind of what the asker counts and does not say.

    "直流快充桩每个3000元;交流慢充桩每个800元" and 55个充电桩: their words are as much of one as of the other.
    """
    main = found.outcomes[0] if len(found.outcomes) == 1 else None
    if main is None or main.rule.kind is not RuleKind.PER_UNIT or main.result is not Result.COMPUTED:
        return None
    alike = [one for one in siblings_of(found.grant, others) if len(one.rules) == 1 and not one.unread]
    alike = [one for one in alike if (one.rules[0].kind, one.rules[0].per) == (main.rule.kind, main.rule.per)]
    if any(_measures_something(one.rules[0]) for one in alike):
        return None  # bands of a size, which the asker's own tells apart
    words = {frozenset(_matching(compact_words(one.own), inquiry.terms)) for one in alike}
    if len({one.rules[0].amount for one in alike}) < 2 or len(words) > 1 or not next(iter(words)):
        return None
    return replace(found, outcomes=tuple(unit_price(one.rules[0]) for one in alike), ladder=True)


def _with_all_of_clause(grant: Grant, others: Sequence[Grant]) -> list[Grant]:
    """The other grants found, and those of the grant's own clause that were not: one of its rows may be the asker's."""
    known = {one.start for one in siblings_of(grant, others)}
    return [*others, *(one for one in grants_in(grant.document, grant.clause) if one.start not in known)]


def _of_year(grant: Grant, extent: Extent, others: Sequence[Grant]) -> Grant:
    """The part of the grant's clause for the year of support that is asked about (第一年…, 第二、三年…), where it has one."""
    siblings = siblings_of(grant, others)
    years = dict(zip((sibling.start for sibling in siblings), schedule([s.own for s in siblings]), strict=True))
    if extent.year is None or extent.year in years[grant.start]:
        return grant
    parts = [sibling for sibling in siblings if extent.year in years[sibling.start]]
    return parts[0] if len(parts) == 1 else grant


def _added_up(found: Entitlement, inquiry: Inquiry, extent: Extent) -> Entitlement:
    """The sum of the rungs that the asker names and wants together, where the clause itself lets them add up."""
    rungs = found.outcomes
    named = all(_is_named(outcome.rule, inquiry) for outcome in rungs)
    adds = extent.together and stacking_of(found.grant.far) is Stacking.ADDS
    if not named or not adds or any(outcome.result is not Result.STATED for outcome in rungs):
        return found
    return replace(found, outcomes=(sum_of_rungs(rungs),), ladder=False)


def _compared(found: Entitlement, inquiry: Inquiry, extent: Extent) -> Entitlement:
    """By how much the two rungs that the asker names differ, where that is asked."""
    apart = difference(found.outcomes) if found.ladder and extent.difference else None
    names = [[class_name(c.metric) for c in o.rule.conditions if c.unit == "category"] for o in found.outcomes]
    if apart is None or any(len(own) != 1 for own in names):
        return found
    if classes_named([own[0] for own in names], inquiry.said) != (0, 1):
        return found
    return replace(found, outcomes=(apart,), ladder=False)


def _is_named(rule: SubsidyRule, inquiry: Inquiry) -> bool:
    classes = [condition.metric for condition in rule.conditions if condition.unit == "category"]
    return bool(_levels_of(rule) & set(inquiry.levels)) or any(_is_said(name, inquiry.terms) for name in classes)


def _entitlement(grant: Grant, inquiry: Inquiry, lexicon: Lexicon) -> Entitlement:
    refusal = refusal_of(grant, inquiry, lexicon)
    if refusal is not None:
        return Entitlement(grant, (), refusal)
    said = said_to(grant, inquiry.said)
    if not grant.rules:
        opposed = contradiction(grant, None, said)
        return Entitlement(grant, (), _refusal(opposed), opposed=opposed)
    rules, level_refusal = _fitting(grant, inquiry, said)
    if level_refusal is not None:
        return Entitlement(grant, (), level_refusal)
    whole = calculate_scale(grant.rules, inquiry.facts, lexicon) or calculate_scale(rules, inquiry.facts, lexicon)
    if whole is not None:
        return Entitlement(grant, (whole,))
    extent = read_extent(inquiry.turn.folded, inquiry.facts)
    outcomes = [calculate(rule, inquiry.facts, lexicon, extent) for rule in rules]
    outcomes = [_of_what_is_counted(grant, _of_what_is_paid_for(grant, one), lexicon) for one in outcomes]
    rungs = classes_of_rungs(grant)
    if rungs is not None and not said.values(rungs.kind):  # of a closed set no class is named by half its words
        outcomes = [_of_class_said(outcome, ()) for outcome in outcomes]
    elif not names_class(grant, None, said):
        outcomes = [_of_class_said(outcome, inquiry.terms) for outcome in outcomes]
    contradicted_all, outcomes = _without_contradicted(grant, outcomes, said)
    if contradicted_all is not None:
        return Entitlement(grant, tuple(outcomes[:1]), _refusal(contradicted_all), opposed=contradicted_all)
    outcomes = _under_wider_ceilings(_of_any_class(grant, outcomes, inquiry))
    found = Entitlement(grant, tuple(outcomes)) if len(outcomes) == 1 else _several(grant, outcomes)
    if inquiry.standing.left and len(found.outcomes) == 1 and pays_difference(grant.far):
        found = replace(found, outcomes=(_over_lower(grant, found.outcomes[0], set(inquiry.standing.left)),))
    if "首次" in grant.own and len(found.outcomes) == 1 and _was_passed(found.outcomes[0], inquiry, lexicon):
        return Entitlement(grant, (), Refusal("not_new", {}))
    return found


def _of_what_is_paid_for(grant: Grant, outcome: Outcome) -> Outcome:
    """The outcome; only the ceiling of its share where what that was taken of is more than the grant pays for."""
    computed = outcome.result is Result.COMPUTED and outcome.rule.kind is RuleKind.RATE and len(outcome.used) == 1
    if not computed or not binding.is_of_all_of_it(grant.own, outcome.used[0]):
        return outcome
    bare = without_base(outcome.rule, base_words(outcome.rule))
    return replace(bare, open_conditions=outcome.open_conditions, met=outcome.met)


def _of_what_is_counted(grant: Grant, outcome: Outcome, lexicon: Lexicon) -> Outcome:
    """The outcome; only its unit price where what the asker counts has a name that the grant's words have nothing of.

    "招用高校毕业生…每人2000元" and 12名农民工: neither a character pair nor a meaning in common.
    """
    if outcome.rule.kind is not RuleKind.PER_UNIT or outcome.result is not Result.COMPUTED or len(outcome.used) != 1:
        return outcome
    name = compact_words(outcome.used[0].noun)
    own = grant.far + grant.own
    known = lexicon.concepts_in(name)
    pairs = [name[at : at + 2] for at in range(len(name) - 1)]
    if not pairs or name.isascii() or any(pair in own for pair in pairs) or known & lexicon.concepts_in(own):
        return outcome
    if not known and not _is_one_word(name):
        return outcome  # a stretch that may say more than what is counted
    return unit_price(outcome.rule)


def _is_one_word(name: str) -> bool:
    return len(word_spans(name)) == 1


def _without_contradicted(grant: Grant, outcomes: list[Outcome], said: Said) -> tuple[Opposed | None, list[Outcome]]:
    """The outcomes of rules whose demands in words the asker does not contradict; where they contradict all, the first
    contradiction beside all of them as not eligible."""
    found = [contradiction(grant, outcome.rule, said) for outcome in outcomes]
    kept = [outcome for outcome, opposed in zip(outcomes, found, strict=True) if opposed is None]
    first = next((opposed for opposed in found if opposed is not None), None)
    if kept or first is None:
        return None, kept or outcomes
    return first, [contradicted(outcome, one) for outcome, one in zip(outcomes, found, strict=True) if one is not None]


def contradicted(outcome: Outcome, opposed: Opposed) -> Outcome:
    """The outcome of a rule as not eligible by a demand in words."""
    span = TextSpan(start=opposed.start, end=opposed.end) if opposed.end else None  # None where it stands elsewhere
    failed = Condition(metric=opposed.text, op=Operator.EQUAL, value=Decimal(1), unit="category", span=span)
    return replace(outcome, result=Result.NOT_ELIGIBLE, sums=(), steps=(), missing=(), failed=failed, used=())


def _over_lower(grant: Grant, outcome: Outcome, left: set[str]) -> Outcome:
    """What the award of a level has over the one that the asker had before; at most all of it where that is not certain."""
    lower = [calculate(rule, (), shipped_lexicon()) for rule in grant.rules if left & _levels_of(rule)]
    apart = difference([outcome, *lower]) if len(lower) == 1 and outcome.rule.kind is RuleKind.FIXED else None
    return apart or as_ceiling(outcome, "")


def _refusal(opposed: Opposed | None) -> Refusal | None:
    return Refusal("not_member", {"words": opposed.text}) if opposed is not None else None


def _was_passed(outcome: Outcome, inquiry: Inquiry, lexicon: Lexicon) -> bool:
    """Whether a threshold that has to be passed for the first time was passed by the asker's value of an earlier time."""
    past = [fact for fact in inquiry.facts if fact.past]
    return any(
        fact.unit == condition.unit
        and condition.op in (">=", ">")
        and fact.value >= condition.value
        and binding.affinity(condition.metric, fact, lexicon) >= binding.BOUND
        for condition in outcome.rule.conditions
        for fact in past
    )


def _of_any_class(grant: Grant, outcomes: list[Outcome], inquiry: Inquiry) -> list[Outcome]:
    """The prices of all classes of a ladder (博士、硕士 每人…) where a number is stated and no class named that it is of."""
    classes = [[c.metric for c in rule.conditions if c.unit == "category"] for rule in grant.rules]
    alike = len({(rule.per, rule.kind) for rule in grant.rules}) == 1 and all(rule.ladder for rule in grant.rules)
    counted = len(outcomes) == 1 and outcomes[0].result is Result.COMPUTED and len(outcomes[0].sums) > 1
    if not counted or not alike or len(classes) < 2 or any(len(own) != 1 for own in classes):
        return outcomes
    if grant.rules[0].kind is not RuleKind.PER_UNIT or classes_named(
        [class_name(own[0]) for own in classes], inquiry.said
    ):
        return outcomes
    return [unit_price(rule) for rule in grant.rules]


def _of_class_said(outcome: Outcome, terms: Sequence[Term]) -> Outcome:
    """The outcome; only the unit price where the things counted may not all be of the class that it is for.

    "美国、日本发明专利每件3万元" and three patents abroad, one of them from elsewhere.
    """
    classes = [c.metric for c in outcome.open_conditions if c.unit == "category"]
    counted = outcome.rule.kind is RuleKind.PER_UNIT and outcome.result is Result.COMPUTED and len(outcome.sums) > 1
    if not counted or not classes:
        return outcome
    if any(_is_said(name, terms) for name in classes) and not any(fact.split for fact in outcome.used):
        return outcome
    price = next((total for total in outcome.sums if total.label == "unit_price"), None)
    if price is None:
        return outcome
    step = Step("stated", {"amount": price.amount})
    return replace(outcome, result=Result.STATED, sums=(price,), steps=(step,), missing=(price.per or "",), used=())


def _is_said(name: str, terms: Sequence[Term]) -> bool:
    """Whether the question has at least half of what a class, or one of the things it names, is called."""
    for part in named_together(class_name(compact_words(name))):
        said = {position for term in terms for word in term.alternatives for position in positions(word, part)}
        if part and 2 * len(said) >= len(part):
            return True
    return False


def _under_wider_ceilings(outcomes: list[Outcome]) -> list[Outcome]:
    """ "每场不超过5万元,每年累计不超过30万元": what is counted up under the first stays under the second."""
    if not all(outcome.rule.kind is RuleKind.CAP_ONLY for outcome in outcomes):
        return outcomes
    wider = [o.rule.cap for o in outcomes if o.rule.cap is not None and o.result is Result.STATED]
    return [
        within(outcome, max(wider)) if wider and outcome.result is Result.COMPUTED else outcome for outcome in outcomes
    ]


def _several(grant: Grant, outcomes: list[Outcome]) -> Entitlement:
    """Several rules apply: of a ladder by size the highest rung reached, else each one, those computed first."""
    rules = [outcome.rule for outcome in outcomes]
    metric = _deciding_metric(rules)
    if metric is not None and (all(rule.ladder for rule in rules) or _by_size(rules)):
        reached = [outcome for outcome in outcomes if outcome.result is not Result.NOT_ELIGIBLE]
        settled = [outcome for outcome in reached if not _is_open(outcome, metric)]
        if settled:
            best = max(settled, key=lambda outcome: _threshold(outcome.rule, metric) or 0)
            least = _threshold(best.rule, metric) or 0
            higher = [o for o in reached if o not in settled and (_threshold(o.rule, metric) or 0) > least]
            if higher:  # "远不止5亿", "约10亿": it may lie on a higher rung
                return Entitlement(grant, (best, *higher), ladder=True)
            return Entitlement(grant, (best,))
        if not reached:
            return Entitlement(grant, (min(outcomes, key=lambda outcome: _threshold(outcome.rule, metric) or 0),))
        return Entitlement(grant, tuple(reached), ladder=True)
    fitting = [outcome for outcome in outcomes if outcome.result is not Result.UNKNOWN] or outcomes
    eligible = [outcome for outcome in fitting if outcome.result is not Result.NOT_ELIGIBLE]
    if not eligible:
        return Entitlement(grant, tuple(fitting[:1]))
    order = {Result.COMPUTED: 0, Result.STATED: 1, Result.NEEDS_FACTS: 2}
    eligible.sort(key=lambda outcome: order.get(outcome.result, 3))
    distinct = {(o.sums[0].amount, o.sums[0].bound) for o in eligible if o.sums}
    if len(distinct) > 1 and all(o.rule.ladder and o.rule.rate is not None and o.sums for o in eligible):
        return Entitlement(grant, (_of_unknown_class(eligible),))
    return Entitlement(grant, tuple(eligible), ladder=len(distinct) > 1 and all(o.rule.ladder for o in eligible))


def _of_unknown_class(outcomes: Sequence[Outcome]) -> Outcome:
    """At most the largest share, where the asker did not say which class of recipient they are."""
    top = at_most(outcomes)
    classes = [c.metric for o in outcomes for c in o.rule.conditions if c.unit == "category"]
    ceiling = Sum(top.sums[0].amount, Bound.AT_MOST, top.sums[0].per, "ceiling")
    missing = ("、".join(dict.fromkeys(classes)),) if classes else ()
    return replace(top, result=Result.NEEDS_FACTS, sums=(ceiling,), missing=missing)


def _deciding_metric(rules: Sequence[SubsidyRule]) -> str | None:
    """What the rungs of a ladder by size differ in; a demand that all make alike (入驻率达70%) decides nothing."""
    for metric in _metrics_of_all(rules):
        thresholds = [_threshold(rule, metric) for rule in rules]
        if None not in thresholds and len(set(thresholds)) == len(rules):
            return metric
    return None


def _metrics_of_all(rules: Sequence[SubsidyRule]) -> list[str]:
    """What every one of the rules measures, in the order of the first."""
    named = [[c.metric for c in rule.conditions if c.unit != "category"] for rule in rules]
    return [metric for metric in dict.fromkeys(named[0]) if all(metric in other for other in named)]


def _by_size(rules: Sequence[SubsidyRule]) -> bool:
    """Whether rules differ only in the band of one metric that they are for."""
    return _deciding_metric(rules) is not None


def _threshold(rule: SubsidyRule, metric: str) -> Decimal | None:
    """The lower bound of a metric that a rung begins at; None when it has no bound of it."""
    own = [condition for condition in rule.conditions if condition.metric == metric and condition.unit != "category"]
    bounds = [condition.value for condition in own if condition.op in (">=", ">")]
    return bounds[0] if bounds else (Decimal(0) if any(c.op in ("<=", "<") for c in own) else None)


def taken_together(rules: Sequence[SubsidyRule], rule: SubsidyRule) -> Sequence[SubsidyRule]:
    """The rules that one of them gives no sum without: all bands of a scale, all rungs of a ladder by size."""
    if marginal.bands_of(rules) is not None:
        return rules
    rungs = [other for other in rules if other.ladder == rule.ladder and _measures_something(other)]
    return rungs if rule in rungs and len(rungs) > 1 and _by_size(rungs) else (rule,)


def _measures_something(rule: SubsidyRule) -> bool:
    return any(condition.unit != "category" for condition in rule.conditions)


def _is_open(outcome: Outcome, metric: str) -> bool:
    """Whether it is not known if the rung's own threshold is reached; other open demands are named beside the sum."""
    return any(c.metric == metric and c.unit != "category" for c in outcome.open_conditions)


# ── which rules ──


def _fitting(grant: Grant, inquiry: Inquiry, said: Said) -> tuple[Sequence[SubsidyRule], Refusal | None]:
    rules: Sequence[SubsidyRule] = grant.rules
    rungs = classes_of_rungs(grant)
    if rungs is not None:  # a closed set tells the rungs apart: by what is named of it, and by nothing else
        stated = said.values(rungs.kind)
        return [r for r, own in zip(rules, rungs.values, strict=True) if own & stated] or rules, None
    levels = {level for rule in rules for level in _levels_of(rule)}
    demanded = (
        levels if levels and all(_levels_of(rule) for rule in rules) else set() if levels else levels_in(grant.own)
    )
    if (refusal := wrong_level(demanded, inquiry)) is not None:
        return (), refusal
    if all(_levels_of(rule) for rule in rules) and inquiry.levels:
        rules = [rule for rule in rules if levels_held(inquiry) & _levels_of(rule)] or rules
    named = _named_whole(rules, said_to(grant, inquiry.turn.folded))
    if named is not None:
        return [named], None
    if len(rules) > 1 and not _by_size(rules):
        rules = _closest(grant, rules, inquiry.terms)
    return rules, None


def _named_whole(rules: Sequence[SubsidyRule], said: Said) -> SubsidyRule | None:
    """The only one of several rules for a class each whose class the asker names in full; None where none is, or several."""
    classes = [[c.metric for c in rule.conditions if c.unit == "category"] for rule in rules]
    if len(rules) < 2 or any(len(own) != 1 for own in classes):
        return None
    names = [compact_words(class_name(own[0])) for own in classes]
    whole = [rule for rule, name in zip(rules, names, strict=True) if len(name) > 1 and _holds(name, said)]
    return whole[0] if len(whole) == 1 and len(set(names)) == len(names) else None


def _holds(name: str, said: Said) -> bool:
    """Whether an asker names a class and does not say not to be of it."""
    start = said.text.find(name)
    return start >= 0 and not said.is_denied(start, start + len(name))


def _levels_of(rule: SubsidyRule) -> set[str]:
    words = [condition.metric for condition in rule.conditions if condition.unit == "category"] or [rule.beneficiary]
    return levels_in(compact_words(" ".join(words)))


def _closest(grant: Grant, rules: Sequence[SubsidyRule], terms: Sequence[Term]) -> Sequence[SubsidyRule]:
    """The rules whose own words the question has; all of them when it does not tell them apart."""
    texts = [_rung_text(grant, rules, position) for position in range(len(rules))]
    shared = [set.intersection(*(_matching(text, terms) for text in texts))] if texts else [set()]
    named_now = [term for term in terms if term.age == 0]
    scores = _shares_of_words(texts, named_now, shared[0])
    if max(scores) <= 0:  # the last turn names none: the conversation may have
        scores = _shares_of_words(texts, terms, shared[0])
    best = max(scores)
    if best <= 0:
        return rules
    chosen = [rule for rule, score in zip(rules, scores, strict=True) if score >= _ALSO_NAMED * best]
    named = [c.metric for rule in chosen for c in rule.conditions if c.unit == "category"]
    shares = all(rule.rate is not None and rule.ladder for rule in rules)
    if shares and named and not any(_is_said(name, terms) for name in named):
        return rules  # one word in common with "购置国际进口设备" does not make it the asker's
    return chosen


def _shares_of_words(texts: Sequence[str], terms: Sequence[Term], shared: set[Term]) -> list[float]:
    """How much of the question each text has that not all of them have."""
    return [
        sum(
            term.weight * max((len(word) for word in term.alternatives if word in text), default=0)
            for term in _matching(text, terms) - shared
        )
        for text in texts
    ]


def _matching(text: str, terms: Sequence[Term]) -> set[Term]:
    return {term for term in terms if any(word in text for word in term.alternatives)}


def _rung_text(grant: Grant, rules: Sequence[SubsidyRule], position: int) -> str:
    """The words that are of one rule only: what it enumerates, else the stretch before its money."""
    rule = rules[position]
    categories = [condition.metric for condition in rule.conditions if condition.unit == "category"]
    others = {other.beneficiary for other in rules}
    words = " ".join((*categories, rule.beneficiary if len(others) > 1 else ""))
    own = [tuple(c.metric for c in other.conditions if c.unit == "category") for other in rules]
    if rule.ladder or (all(own) and len(set(own)) == len(own)):
        return compact_words(words)
    ends = sorted(_money_start(other) for other in rules)
    own_end = _money_start(rule)
    before = [end for end in ends if end < own_end]
    start = max(before) if before else grant.start - grant.clause.start
    return compact_words(f"{words} {grant.clause.text[start:own_end]}")


def _money_start(rule: SubsidyRule) -> int:
    starts = [rule.spans[name].start for name in ("rate", "amount", "cap") if name in rule.spans]
    return min(starts) if starts else rule.spans["sentence"].start


def at_most(outcomes: Sequence[Outcome]) -> Outcome:
    """The rung with the largest sum."""
    return max(outcomes, key=lambda outcome: outcome.sums[0].amount if outcome.sums else 0)
