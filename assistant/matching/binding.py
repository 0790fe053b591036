"""Binding: which of the asker's facts is the one that a clause measures.

A fact is bound only where its words and the clause's name the same thing, or where it is the only one that can be
meant. Rent is never taken for energy, revenue never for supplies to one customer.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.language.events import events_in
from assistant.language.lexicon import Lexicon
from assistant.language.signs import signs_in
from assistant.language.things import Relation, Thing, shipped_things
from assistant.language.timing import when_of
from assistant.language.unify import are_of_one, money_in, things_in, unify
from assistant.matching.spread import exactly, spread_of
from assistant.question.fact import PHYSICAL, Fact
from corpus.quantities import Polarity
from corpus.script import fold

BOUND = 0.5  # affinity from which a fact certainly is what the clause measures
PLAUSIBLE = 0.25  # affinity from which it may be, when it is the only one
_NEAR = 0.3  # affinity by which facts may differ and still be of one sum
# Share of a metric's character pairs that make it the same thing without the glossary. The encoder's cosine in its place
# finds more and binds falsely where these do not: tests/benchmarks/metric_similarity.py.
_SHARED_WORDS = 0.34
_OUTLAY, _INVESTMENT = "支出", "项目投入"  # the things that every cost and every investment are a kind of
_MOST_OF_IT = 0.75  # share of a metric that a word has to be to be what it measures
_LONG_NAME = 4  # character pairs from which what the asker says is a name, though it be but a part of the metric
_NAMED_BESIDE = 0.6  # share of a metric's character pairs from which a text names it
# How surely a thing that stands so to what is wanted may be taken for it.
_STRENGTH = {
    Relation.SAME: 1.0,
    Relation.KIND: 0.9,
    Relation.PART: 0.8,
    Relation.ELLIPTIC: 0.65,
    Relation.WHOLE: 0.0,
    Relation.OTHER: 0.0,
}
_CURRENCIES = frozenset({"yuan", "usd", "hkd", "twd", "eur"})
_NAMING = re.compile(
    r"[\u4e00-\u9fff]{2,}|\bon (?:\w+ ){0,2}[a-z]{4,}"
)  # what is left of the words beside a sum names a thing
_PLAIN = re.compile(
    r"我们|我司|我厂|公司|咱们?|企业|今年|去年|前年|全年|每年|一年|年度|现在|目前|已经|一共|总共|合计|大概|大约|实际|在?这?上面|这个|那个"
    r"|[我在了的有共就才只也还都得里上下着过去给把用又再又付交掉出来]"
)
_CURRENCY_WORDS = {"usd": "美元", "hkd": "港", "twd": "台币", "eur": "欧元"}
_MEASURE_UNITS = {
    "sqm": ("平方", "平米"), "mu": ("亩",), "ton": ("吨",), "cbm": ("立方",), "kwh": ("度", "千瓦时"), "kg": ("公斤", "千克"),
    "hectare": ("公顷",), "km": ("公里", "千米"),
}  # fmt: skip
_ANY_THING = frozenset("个家户项名")  # classifiers of enterprises, projects and people that mean the same count
_MEASURE_WORDS = re.compile(
    r"(?:总|建筑|使用|实际|经营|种植|规模|建设|单个|单体|项目)*(?:面积|规模|数量|容量|库容|吨位|产能|储量|重量)"
)
_GROWN = re.compile(r"新?增|增[量幅长]|净增")
_PERSONS = frozenset({"人", "名", "位", "个"})
_CAPITAL = re.compile(r"注册资[本金]|[实认]缴|实收资本|(?:registered|paid[ -]in|paid[ -]up) capital")
_HOW_HELD = re.compile(
    r"^(?:新|首次)?(?:引进|引入|招引|获得?|取得|列入|纳入|入选|认定为?|评为|评定为|购置|购买|建设|新建|培育|参加|通过)+的?"
)
_INFERRED_UNITS = frozenset({"year", "month", "day", "percent"})


@dataclass(frozen=True, slots=True)
class Bound:
    """A value for a metric of a clause and the facts it was put together from."""

    value: Decimal
    facts: tuple[Fact, ...]
    affinity: float


def affinity(metric: str, fact: Fact, lexicon: Lexicon) -> float:
    """How surely ``fact`` measures what the clause calls ``metric``: 0 (something else) to 1."""
    folded = fold(metric)
    if when_of(folded).differs(when_of(fact.words)) or (fact.change and not _GROWN.search(folded)):
        return 0.0  # another year's value, or only what was added to it
    if _CAPITAL.search(fact.words) and not _CAPITAL.search(folded):
        return 0.0  # what an enterprise is registered with is nothing it has put in
    shared = _shared_pairs(folded, fact.words)
    if fact.unit in PHYSICAL:
        return _measured_thing(folded, shared)
    if fact.since and (bounded := events_in(folded)):
        return 1.0 if bounded & fact.since else 0.0  # what runs from the signing is not what runs from the founding
    if fact.unit in _INFERRED_UNITS:
        if lexicon.concepts_in(folded) & fact.concepts or shared >= _SHARED_WORDS:
            return 0.8 + 0.2 * shared
        return PLAUSIBLE if not fact.named else 0.2
    wanted = money_in(folded) if fact.unit in _CURRENCIES else things_in(folded)
    relation = unify(wanted, fact.things)
    if _asked_beside(folded, shared, fact, relation, lexicon):
        return 0.0
    if relation is not Relation.UNKNOWN:
        if relation is Relation.ELLIPTIC and not shared and _spent_on_another(folded, wanted, fact.words, lexicon):
            return 0.0
        return _STRENGTH[relation] * (0.85 + 0.15 * shared)
    if not wanted and not fact.things and _are_of_one_concept(folded, fact, lexicon):
        return 0.8 + 0.2 * shared
    if not wanted:
        return 0.5 + 0.5 * shared if shared >= _SHARED_WORDS else (PLAUSIBLE if not fact.named else 0.0)
    return PLAUSIBLE if not fact.named else (0.5 if shared >= 2 * _SHARED_WORDS else 0.0)


def _are_of_one_concept(metric: str, fact: Fact, lexicon: Lexicon) -> bool:
    """Whether a word of the glossary that is nearly all of the metric means what the asker says: 亩均税收 and tax per mu."""
    same = (lexicon.concepts[number] for number in lexicon.concepts_in(metric) & fact.concepts)
    return any(word in metric and len(word) >= _MOST_OF_IT * len(metric) for one in same for word in one.searchable)


def _asked_beside(metric: str, shared: float, fact: Fact, relation: Relation, lexicon: Lexicon) -> bool:
    """Whether the turn names what the clause measures beside a sum that is told of all there is, or of something else.

    "各种保险总共交了64万,出口信用保险保费能补多少", "翻修厂房花了600万,设备购置费那个补助能拿多少".
    """
    named = _shared_pairs(metric, fact.beside) if fact.beside else 0.0
    if named < _NAMED_BESIDE or named - shared < _NAMED_BESIDE / 2 or fact.of is not None:
        return False
    if fact.whole:
        return relation is not Relation.OTHER
    return relation in (Relation.ELLIPTIC, Relation.UNKNOWN) and _names_another(metric, fact.words, lexicon)


def is_of_all_of_it(own: str, fact: Fact) -> bool:
    """Whether a sum is told of all there is, where the turn asks for a particular one of it in the grant's own words.

    "各种保险总共交了64万,出口信用保险保费能补多少": what that one came to, nobody said.
    """
    if not fact.whole or fact.of is not None:
        return False
    for mention in shipped_things().mentions(fact.beside):
        start = mention.start
        while start > 0 and fact.beside[start - 1 : mention.start + 2] in own:
            start -= 1
        name = fact.beside[start : mention.end]
        if mention.thing in fact.things and len(name) >= len(mention.word) + 2 and name not in fact.words:
            return True
    return False


def says_it(metric: str, fact: Fact) -> bool:
    """Whether the asker said of a fact that it is what the clause calls ``metric``, be it in other words."""
    folded = fold(metric)
    wanted = money_in(folded)
    relation = unify(wanted, fact.things)
    if relation is Relation.UNKNOWN:
        return fact.named and _shared_pairs(folded, fact.words) >= _SHARED_WORDS
    return relation is Relation.SAME


def _measured_thing(metric: str, shared: float) -> float:
    """A unit like 亩 or 吨 says itself what is measured; the words have to share something where they name a thing."""
    rest = _MEASURE_WORDS.sub("", metric)
    return BOUND + (1 - BOUND) * shared if shared or len(rest) < 2 else PLAUSIBLE


def _spent_on_another(metric: str, wanted: Collection[Thing], words: str, lexicon: Lexicon) -> bool:
    """Whether a sum of which only 花 or 付 is known says what it was spent on, and a named cost is asked for.

    "花了40万" may be the rent; "装修花了40万" is not, though 装修 were no word for a thing.
    """
    if not any(_is_cost(thing) for thing in wanted):
        return False
    return _names_another(metric, words, lexicon)


def _is_cost(thing: Thing) -> bool:
    """Whether a thing is a particular cost (rent, energy, fees) and no investment, of which 投 may say all."""
    if thing.generic:
        return False
    relation = shipped_things().relation
    is_investment = relation(shipped_things().named(_INVESTMENT), thing) is Relation.KIND
    return relation(shipped_things().named(_OUTLAY), thing) is Relation.KIND and not is_investment


def _names_another(metric: str, words: str, lexicon: Lexicon) -> bool:
    """Whether the words beside a sum name something that the metric does not."""
    rest = list(words)
    for mention in lexicon.mentions(words):
        if any(c.measure or any(word in metric for word in c.searchable) for c in mention.concepts):
            rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    for named in shipped_things().mentions(words):
        rest[named.start : named.end] = " " * (named.end - named.start)
    return _NAMING.search(_PLAIN.sub("", "".join(rest))) is not None


def _shared_pairs(metric: str, words: str) -> float:
    """Share of the metric's character pairs that the asker used too, or of the asker's that the metric has.

    Who leaves half of a long name out (全年促成技术转让 for 年度促成技术转让合同金额) says no other thing.
    """
    own, said = _pairs(metric), _pairs(words.strip(" ,"))
    both = len(own & said)
    if not both:
        return 0.0
    return max(both / len(own), both / len(said) if both >= _LONG_NAME else 0.0)


@lru_cache(maxsize=1024)  # each fact is held against every metric
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def bind(metric: str, facts: Sequence[Fact], lexicon: Lexicon, unit: str = "yuan") -> Bound | None:
    """The value of ``metric`` in the asker's situation, or None when no fact certainly measures it.

    Where the metric itself is a sum of several things (用能费用和物流费用合计), facts for its parts are added.
    """
    same_unit = [fact for fact in facts if fact.unit == unit]
    scored = [(affinity(metric, fact, lexicon), fact) for fact in same_unit]
    strong = [(score, fact) for score, fact in scored if score >= BOUND]
    if not strong:
        return _only_one(scored)
    strong = _without_bounds_of(strong)
    if any(not fact.certain for _, fact in strong):
        return None
    current = _without_nothing(_current(strong, lexicon))
    best = max(score for score, _ in current)
    parts = _parts(metric, [fact for score, fact in current if score >= best - _NEAR], lexicon)
    if parts is not None:
        if _may_lack_a_part(metric, same_unit, parts):
            return None
        return Bound(sum((fact.value for fact in parts), Decimal(0)), parts, best)
    top = [fact for score, fact in current if score >= best - 0.05]
    latest = max(fact.turn for fact in top)
    values = {fact.value for fact in top if fact.turn == latest}
    if len(values) > 1:
        return None  # several sums and none is named as the one the clause measures
    chosen = next(fact for fact in top if fact.turn == latest)
    if is_a_sum(metric) and _may_lack_a_part(metric, same_unit, (chosen,)):
        return None
    return Bound(chosen.value, (chosen,), best)


def values_stated(metric: str, facts: Sequence[Fact], lexicon: Lexicon, unit: str = "yuan") -> tuple[Fact, ...]:
    """The facts of which any may be what the clause measures, bounded ones too ("刚过10亿(10.7亿)").

    Where none names it, that is the only sum, if it names nothing else ("头一次过亿").
    """
    scored = [(affinity(metric, fact, lexicon), fact) for fact in facts if fact.unit == unit]
    strong = [(score, fact) for score, fact in scored if score >= BOUND]
    unnamed = [(score, fact) for score, fact in scored if not fact.past] or scored
    if not strong and len(unnamed) == 1 and unnamed[0][0] >= PLAUSIBLE and not unnamed[0][1].named:
        return (unnamed[0][1],)
    return tuple(fact for _, fact in _current(strong, lexicon))


def lower_end(metric: str, facts: Sequence[Fact], lexicon: Lexicon) -> Bound | None:
    """The least that the only value of ``metric`` can be ("远不止50万", "500到800万"), or None."""
    stated = values_stated(metric, facts, lexicon)
    spread = spread_of(stated[0]) if len(stated) == 1 and not stated[0].certain else None
    if spread is None or stated[0].polarity is Polarity.ABOUT or spread.low[0] <= 0:
        return None
    return Bound(spread.low[0], stated, BOUND)


def is_a_sum(metric: str) -> bool:
    """Whether the clause names what it measures as a sum of several things: 用能费用和物流费用合计."""
    return bool(signs_in(fold(metric), "sum"))


def _current(strong: Sequence[tuple[float, Fact]], lexicon: Lexicon) -> list[tuple[float, Fact]]:
    """Facts that still hold: sums of an earlier time go where a later one of the same thing is stated."""
    return [(score, fact) for score, fact in strong if not _is_replaced(fact, strong, lexicon)]


def _without_nothing(current: list[tuple[float, Fact]]) -> list[tuple[float, Fact]]:
    """Facts without those that say that nothing was spent on one thing, beside what was on another."""
    spent = [(score, fact) for score, fact in current if fact.value]
    if not spent or max(score for score, _ in current) - max(score for score, _ in spent) > _NEAR:
        return current
    return spent


def _without_bounds_of(strong: Sequence[tuple[float, Fact]]) -> list[tuple[float, Fact]]:
    """Facts without those that only bound a value stated in the same turn: "刚过10亿(10.7亿)", "五百多万,就是523万"."""
    exact = [fact for _, fact in strong if fact.certain]
    loose = {fact for _, fact in strong if not fact.certain and any(_bounds(fact, value) for value in exact)}
    return [(score, fact) for score, fact in strong if fact not in loose]


def _bounds(fact: Fact, value: Fact) -> bool:
    spread = spread_of(fact)
    of_one_thing = fact.turn == value.turn and fact.past == value.past and _alike(fact, value)
    return spread is not None and of_one_thing and exactly(value.value).within(spread)


def _alike(one: Fact, other: Fact) -> bool:
    return one.things == other.things or are_of_one(one.things, other.things)


def _only_one(scored: Sequence[tuple[float, Fact]]) -> Bound | None:
    """A single sum that does not say what it measures is taken for the one that is asked about."""
    plausible = [(score, fact) for score, fact in scored if score >= PLAUSIBLE]
    if len(scored) != 1 or len(plausible) != 1 or not plausible[0][1].certain:
        return None
    score, fact = plausible[0]
    return Bound(fact.value, (fact,), score)


def _parts(metric: str, facts: Sequence[Fact], lexicon: Lexicon) -> tuple[Fact, ...] | None:
    """Facts that are different parts of one sum: 电费 and 气费 and 运费; None when they are not."""
    if len(facts) < 2 or not is_a_sum(metric):
        return None
    latest = max(fact.turn for fact in facts)
    surfaces = [_particular(fact) for fact in facts]
    for position, one in enumerate(surfaces):
        if not one or any(one & other for other in surfaces[position + 1 :]):
            return None
    return tuple(facts) if len({fact.turn for fact in facts if fact.turn == latest}) == 1 else None


def _particular(fact: Fact) -> frozenset[str]:
    """The names of the particular things that the words beside a fact name."""
    mentions = shipped_things().mentions(fact.words)
    return frozenset(mention.thing.name for mention in mentions if not mention.thing.generic)


def _is_replaced(fact: Fact, strong: Sequence[tuple[float, Fact]], lexicon: Lexicon) -> bool:
    """Whether a sum of an earlier time has a later one of the same thing beside it."""
    if not fact.past:
        return False
    own = _particular(fact)
    later = [_particular(other) for _, other in strong if not other.past]
    return any(own & words or not own or not words for words in later)


def _may_lack_a_part(metric: str, facts: Sequence[Fact], bound: Sequence[Fact]) -> bool:
    """Whether the same turn holds a further sum without a name, which may be another part of the total."""
    turns = {fact.turn for fact in bound}
    return any(not fact.things and fact not in bound and fact.turn in turns for fact in facts)


def bind_units(per: str, facts: Sequence[Fact]) -> Fact | None:
    """The stated number of what a rule pays for (人, 场次, 台 …), or None."""
    counted = fold(per)
    if per.strip("每1一") in _PERSONS and len({one.unit for one in counts_of(per, facts)}) > 1:
        return None  # "两个博士、三个别的人": not all of them need be paid for
    for fact in reversed(facts):
        if fact.certain and _counts(counted, fact):
            return fact
    return None


def counts_of(per: str, facts: Sequence[Fact]) -> list[Fact]:
    """Every stated number of what a rule pays for; "两个正高" counts people where the rule pays by the person."""
    people = per.strip("每1一") in _PERSONS
    return [
        fact
        for fact in facts
        if fact.certain and (_counts(fold(per), fact) or (people and fact.unit == "count" and fact.counted in _PERSONS))
    ]


def class_name(name: str) -> str:
    """What a class is called, without how one comes to it: 正高级 for 引进正高级 and for 企业引进的正高级."""
    folded = fold(name)
    bare = _HOW_HELD.sub("", folded) or folded
    return bare.rpartition("的")[2] or bare


def _counts(per: str, fact: Fact) -> bool:
    if fact.unit in _CURRENCY_WORDS:
        return _CURRENCY_WORDS[fact.unit] in per
    if fact.unit == "person":
        return "人" in per or "名" in per
    if fact.unit in _MEASURE_UNITS:
        return any(word in per for word in _MEASURE_UNITS[fact.unit])
    if fact.unit not in {"count", "times"} or not fact.counted:
        return False
    if per.strip("每1一") in _ANY_THING and fact.counted[:1] in _ANY_THING:
        return True
    if per.startswith(fact.counted[:1]) and len(per) > 1 and fact.noun.strip().startswith(per[1:]):
        return True  # 每个托位 and 20个托位
    if fact.counted[:1] in _ANY_THING and len(own := per.strip("每1一个")) > 1:
        return own in fact.noun  # 三个展位, where the clause pays for 每个展位
    return bool(set(per) & set(fact.counted) - set("每个一"))
