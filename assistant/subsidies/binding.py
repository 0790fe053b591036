"""Binding: which of the asker's facts is the one that a clause measures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.lexicon import Lexicon
from assistant.situation import Fact
from corpus.script import fold

BOUND = 0.5  # affinity from which a fact certainly is what the clause measures
PLAUSIBLE = 0.25  # affinity from which it may be, when nothing else is
_SUM = re.compile(r"合计|总计|之和|总和|累计|共计|和|及|与|加")
_CURRENCY_WORDS = {"usd": "美元", "hkd": "港", "twd": "台币", "eur": "欧元"}
_CLASSIFIERS = {
    "person": "人名个",
    "count": "个家台套项件户场次期届条座辆艘只头间栋处枚批",
    "sqm": "平方米㎡平米",
    "mu": "亩",
    "ton": "吨",
    "month": "月",
    "year": "年",
}


@dataclass(frozen=True, slots=True)
class Bound:
    """A value for a metric of a clause and the facts it was put together from."""

    value: Decimal
    facts: tuple[Fact, ...]
    affinity: float


def affinity(metric: str, fact: Fact, lexicon: Lexicon) -> float:
    """How surely ``fact`` measures what the clause calls ``metric``: 0 (something else) to 1."""
    folded = fold(metric)
    concepts = lexicon.concepts_in(folded)
    measures = lexicon.measures_in(folded)
    shared = concepts & fact.concepts
    measuring = {number for number in shared if lexicon.concepts[number].measure in fact.measures - {""}}
    if fact.measures and measures and not fact.measures & measures and not measuring:
        return 0.0
    score = 0.25
    if measuring:
        score += 0.45
    elif fact.measures & measures:
        score += 0.2
    if shared - measuring:
        score += 0.1
    return min(1.0, score + 0.5 * _shared_bigrams(folded, fact.words))


def _shared_bigrams(metric: str, words: str) -> float:
    """Share of the metric's character pairs that the asker used too."""
    own = {metric[i : i + 2] for i in range(len(metric) - 1)}
    theirs = {words[i : i + 2] for i in range(len(words) - 1)}
    return len(own & theirs) / len(own) if own else 0.0


def bind(metric: str, facts: Sequence[Fact], lexicon: Lexicon, unit: str = "yuan") -> Bound | None:
    """The value of ``metric`` in the asker's situation, or None when no fact measures it.

    Where the metric itself is a sum of several things (用能费用和物流费用合计), facts for its parts are added.
    """
    candidates = [(affinity(metric, fact, lexicon), fact) for fact in facts if fact.unit == unit and fact.certain]
    candidates = [(score, fact) for score, fact in candidates if score >= PLAUSIBLE]
    if not candidates:
        return None
    best = max(score for score, _ in candidates)
    strong = [fact for score, fact in candidates if score >= max(BOUND, best - 0.3)]
    if len(strong) > 1 and _SUM.search(fold(metric)) and _are_parts(strong):
        return Bound(sum((fact.value for fact in strong), Decimal(0)), tuple(strong), best)
    if _SUM.search(fold(metric)) and _may_be_part(facts, strong, unit):
        return None  # a further sum without a name may be another part: the total is not known
    latest = max((fact for score, fact in candidates if score >= best - 0.001), key=lambda fact: fact.turn)
    if best < BOUND and len({fact.value for _, fact in candidates}) > 1:
        return None  # several sums and none is named as the one the clause measures
    return Bound(latest.value, (latest,), best)


def _may_be_part(facts: Sequence[Fact], bound: Sequence[Fact], unit: str) -> bool:
    turns = {fact.turn for fact in bound}
    return any(fact.unit == unit and not fact.named and fact not in bound and fact.turn in turns for fact in facts)


def _are_parts(facts: Sequence[Fact]) -> bool:
    """Whether the facts measure different things, so that adding them counts nothing twice."""
    return all(not (one.concepts == other.concepts) for n, one in enumerate(facts) for other in facts[n + 1 :])


def bind_units(per: str, facts: Sequence[Fact]) -> Fact | None:
    """The stated number of what a rule pays for (人, 场次, 台 …), or None."""
    counted = fold(per)
    for fact in reversed(facts):
        if not fact.certain:
            continue
        if fact.unit in _CURRENCY_WORDS and _CURRENCY_WORDS[fact.unit] in counted:
            return fact
        if fact.unit == "person" and ("人" in counted or "名" in counted):
            return fact
        if fact.unit in {"sqm", "mu", "ton"} and any(
            sign in counted for sign in (_CLASSIFIERS[fact.unit], "平方米", "亩", "吨")
        ):
            if (fact.unit, True) in {("sqm", "平方" in counted), ("mu", "亩" in counted), ("ton", "吨" in counted)}:
                return fact
        if fact.unit in {"count", "times"} and fact.counted and _same_counted(counted, fact.counted):
            return fact
    return None


_ANY_THING = frozenset("个家户项名")  # classifiers of enterprises, projects and people that mean the same count


def _same_counted(per: str, counted: str) -> bool:
    if per.strip("每1一") in _ANY_THING and counted[:1] in _ANY_THING:
        return True
    shared = set(per) & set(counted) - set("每个一")
    return bool(shared) or per.strip("每") == counted
