"""Conditions: what an applicant must reach, read from the enumerations that are no grants."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.clause.chains import Chain
from assistant.clause.rule import Operator
from assistant.clause.vocabulary import any_of
from corpus.quantities import Polarity, Quantity
from corpus.units import NEGATION

# Units a condition may be stated in, as the contract names them.
_UNITS = {"percent": "percent", "points": "percent", "age": "year", "quarter": "quarter", "day": "day"}
_OPERATORS = {
    Polarity.AT_LEAST: Operator.AT_LEAST,
    Polarity.MORE_THAN: Operator.MORE_THAN,
    Polarity.AT_MOST: Operator.AT_MOST,
    Polarity.LESS_THAN: Operator.LESS_THAN,
}
_LEAD = re.compile(
    r"^(?:首先|其次|再次|最后|再|对于?|凡|其中|且|并(?!购|网|联|发|表)且?|或者?|以及|及|和|、|,|的|在|若|如果?|同时|当|按其?|根据|并且|还|均|而|其|年度内|给予|至|到|,)+"
)
_TAIL = re.compile(
    rf"(?:{NEGATION}|尚|还|仍|并|[-−–]|首次|累计|合计|均|达到?|超过|超出|突破|不低于|不少于|不超过|不高于|高于|低于|大于|小于|多于|少于|不足|不满|满|超|逾|过|在|为|是|的|介于|以上|实现|人民币|"
    r"(?<![签合违履条解])约|至少|至|到|不|增长达|"
    r"金额达|最高|最低|从|由|首次突破|首次达到|新台币|每年|分别|近|第一次)+$"
)
_RANGE_METRIC = re.compile(any_of("metrics"))
# 评定为3000万元、6000万元交易额的市场: the noun behind the figures says what is measured.
_ACKNOWLEDGED = re.compile(r"(?:认定|评定|评选|评|命名|授予|列入|纳入|成为|培育)(?:成|为)?$")
_MEASURE_BEHIND = re.compile(
    rf"^(?:级|以上|及以上|的)*(?P<noun>(?:{any_of('metrics')})[^,。;:、\d的]{{0,6}})(?=$|[,的、])"
)
_LIMITING = re.compile(r"(?:最多|最高|最大|不超过|不得超过|不高于|人均|每户|每人|每家|限|最长)[^,。;]{0,10}$")


@dataclass(frozen=True, slots=True)
class Bound:
    """One comparison; offsets are into the sentence."""

    metric: str
    op: Operator
    value: Decimal
    unit: str
    start: int
    end: int
    alternative: bool = False
    category: bool = False
    stated: bool = False  # whether the clause says if the value itself belongs to it: (含), (不含)


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """Bounds read from one enumeration: one tuple per member, so that a ladder can be dealt out."""

    members: tuple[tuple[Bound, ...], ...]
    metric: str
    inherited: bool  # the metric was taken over from the condition before
    start: int
    end: int
    joined_or: bool = False


def read_group(chain: Chain, sentence: str, inherited_metric: str) -> ConditionGroup | None:
    """The comparisons a chain states, or None when it states none."""
    metric, inherited = metric_of(chain, inherited_metric)
    unit = _UNITS.get(chain.first.unit, chain.first.unit)
    if unit in {"day", "quarter", "hour", "times"} and chain.first.polarity is Polarity.EXACTLY:
        return None
    bands = merge_bands(chain, sentence)
    members: list[tuple[Bound, ...]] = []
    for position, band in enumerate(bands):
        following = bands[position + 1] if position + 1 < len(bands) else None
        bounds = bounds_of(band, following, chain, metric, unit)
        if bounds:
            members.append(bounds)
    if not members or len(members) != len(bands):
        return None
    alternative = re.match(r"[,、]?(?:的|以上的?)?[,、]?或", chain.near) is not None
    if alternative:
        members = [tuple(_as_alternative(bound) for bound in member) for member in members]
    return ConditionGroup(tuple(members), metric, inherited, chain.start, chain.end, alternative)


def as_alternative(group: ConditionGroup) -> ConditionGroup:
    """The group as one of several of which any suffices."""
    members = tuple(tuple(_as_alternative(bound) for bound in member) for member in group.members)
    return replace(group, members=members)


def _as_alternative(bound: Bound) -> Bound:
    return replace(bound, alternative=True)


def metric_of(chain: Chain, inherited: str) -> tuple[str, bool]:
    """What a chain measures, in the words in front of it, and whether that was taken over from the condition before."""
    text = _TAIL.sub("", _LEAD.sub("", chain.near.replace("\n", "")))
    text = _TAIL.sub("", text)
    if _ACKNOWLEDGED.search(text) and (behind := _MEASURE_BEHIND.match(chain.right)) is not None:
        return behind["noun"], False
    for mark in ("的企业", "的单位", "的项目"):
        if mark in text:
            text = text.split(mark)[-1]
    text = _LEAD.sub("", re.split(r"且|并(?!购)|对(?!外|应|口|接)", text)[-1])
    if len(text) < 2 and inherited:
        return (inherited if chain.dimension == "percent" else re.sub(r"占[^占]+$", "", inherited)), True
    if "、" in text and len(text) > 24:
        text = text.split("、")[-1]
    return text[-24:], False


_LOWER = frozenset({Operator.AT_LEAST, Operator.MORE_THAN})
_UP_TO = re.compile(r"(?:以上|\(含\)|不含)[至到\-~—]$")
_Band = tuple[Quantity, Quantity | None]


def operator_of(polarity: Polarity) -> Operator:
    """The comparison that a bound makes; KeyError for an exact or an approximate quantity."""
    return _OPERATORS[polarity]


def merge_bands(chain: Chain, sentence: str) -> list[_Band]:
    """15万元以上至45万元以下 is one band of two quantities, and so is 15万元以上至45万元(含)."""
    bands: list[_Band] = []
    quantities = list(chain.quantities)
    position = 0
    while position < len(quantities):
        lower = quantities[position]
        upper = quantities[position + 1] if position + 1 < len(quantities) else None
        up_to = upper is not None and _UP_TO.search(sentence[lower.end : upper.start]) is not None
        if up_to and upper is not None and upper.polarity in {Polarity.AT_LEAST, Polarity.EXACTLY}:
            upper = replace(upper, polarity=Polarity.AT_MOST)
        if (
            upper is not None
            and lower.polarity in {Polarity.AT_LEAST, Polarity.MORE_THAN}
            and upper.polarity in {Polarity.AT_MOST, Polarity.LESS_THAN}
            and lower.value < upper.value
        ):
            bands.append((lower, upper))
            position += 2
        else:
            bands.append((lower, None))
            position += 1
    return bands


def bounds_of(band: _Band, following: _Band | None, chain: Chain, metric: str, unit: str) -> tuple[Bound, ...]:
    """The comparisons that one band of an enumeration makes; none where it bounds nothing."""
    lower, upper = band
    next_value = following[0].value if following is not None else None

    def bound(quantity: Quantity, op: Operator, value: Decimal) -> Bound:
        scaled = value * 100 if unit == "percent" else value
        value_end = quantity.includes_start if quantity.upper is not None and op in _LOWER else quantity.includes_end
        scaled = scaled.normalize() if scaled else scaled
        return Bound(metric, op, scaled, unit, quantity.start, quantity.end, stated=value_end is not None)

    if upper is not None:
        top = _upper_operator(upper.polarity, upper.includes_end, next_value == upper.value)
        return bound(lower, _OPERATORS[lower.polarity], lower.value), bound(upper, top, upper.value)
    if lower.upper is not None:
        next_open = following is not None and following[0].includes_start is False
        return _range_bounds(lower, next_value, next_open, bound, chain)
    op = _single_operator(lower, chain, next_value)
    return (bound(lower, op, lower.value),) if op is not None else ()


def _upper_operator(polarity: Polarity, includes: bool | None, border: bool) -> Operator:
    if polarity is Polarity.LESS_THAN or includes is False:
        return Operator.LESS_THAN
    return Operator.LESS_THAN if border and includes is not True else Operator.AT_MOST


def _range_bounds(
    quantity: Quantity,
    next_value: Decimal | None,
    next_open: bool,
    bound: Callable[[Quantity, Operator, Decimal], Bound],
    chain: Chain,
) -> tuple[Bound, ...]:
    if chain.dimension == "duration":
        return ()
    upper = quantity.upper
    assert upper is not None
    first = chain.first
    closed_before = quantity is not first and any(
        q.includes_end is True and (q.upper or q.value) == quantity.value for q in chain.quantities
    )
    more = quantity.polarity is Polarity.MORE_THAN or (closed_before and quantity.includes_start is not True)
    more = more or quantity.includes_start is False
    lower_op = Operator.MORE_THAN if more else Operator.AT_LEAST
    border = next_value == upper and not next_open
    open_top = quantity.includes_end is False or (border and quantity.includes_end is not True)
    top = Operator.LESS_THAN if open_top or quantity.polarity is Polarity.LESS_THAN else Operator.AT_MOST
    return bound(quantity, lower_op, quantity.value), bound(quantity, top, upper)


_REACHED = re.compile(r"(?:增长|增幅|增速|提高|下降|降低|同比|达|完成)[^,。;:]{0,8}$")


# 裁员率不高于5%的企业: whom it is for, not how much of it is paid for.
_OF_RECIPIENT = re.compile(rf"^(?:以[内下])?(?:\(含\))?的[^,。;:、\d]{{0,6}}?{any_of('recipients')}")


def _single_operator(quantity: Quantity, chain: Chain, next_value: Decimal | None) -> Operator | None:
    polarity = quantity.polarity
    if polarity in {Polarity.AT_MOST, Polarity.LESS_THAN}:
        bounds_what_is_paid = chain.dimension in {"count", "person", "sqm", "mu", "ton", "plain", "percent"}
        if bounds_what_is_paid and _LIMITING.search(chain.left) and not _OF_RECIPIENT.match(chain.right):
            return None
        return _upper_operator(polarity, quantity.includes_end, next_value == quantity.value)
    if polarity is Polarity.AT_LEAST:
        closed_before = any(
            q.includes_end is True and q is not quantity and (q.upper or q.value) == quantity.value
            for q in chain.quantities
        )
        return Operator.MORE_THAN if closed_before else Operator.AT_LEAST
    if polarity is Polarity.ABOUT:
        return None
    if polarity is not Polarity.EXACTLY:
        return _OPERATORS[polarity]
    if _REACHED.search(chain.left):
        return Operator.AT_LEAST
    if quantity.unit in {"ton", "sqm", "mu", "kw", "mw"} and re.match(r"^的?(?:规格|规模|型|级)", chain.right):
        return Operator.EQUAL
    if len(chain.quantities) > 1 and chain.dimension == "money":
        return Operator.AT_LEAST
    return None


_HELD_BEFORE = re.compile(r"(?:满|连续|已|超过|不少于|至少|达到?)$")
