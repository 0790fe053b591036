"""Terms: how old a recipient is, for how long something is held or bound, and for how long an award is paid."""

import re
from dataclasses import replace
from decimal import Decimal

from assistant.clause.chains import Chain
from assistant.clause.conditions import Bound, ConditionGroup, bounds_of, merge_bands, metric_of, operator_of
from assistant.clause.rule import Operator
from assistant.clause.vocabulary import any_of
from corpus.numerals import evaluate
from corpus.quantities import Polarity

_HELD_AFTER = re.compile(rf"^(?:以上|及以上|的|无|未|{any_of('kept_up')})")
_DEADLINE_AFTER = re.compile(rf"^(?:\(含\))?内?(?P<deed>(?:完成|实际|重新)?{any_of('deeds')})")
_MEASURED = re.compile(r"(?:近|最近|过去|前|上|连续.{0,2}近)$")


_AGE_BEFORE = re.compile(
    rf"(?:{any_of('foundings')}|(?P<left>{any_of('leavings')}))(?:之日|时间|年限|日期)*(?:起|之后|后|以来|在)?(?:不超过|不足|不满|未满|未超过|低于|少于)?$"
)


def age_condition(chain: Chain, sentence: str) -> ConditionGroup | None:
    """自成立起三年内 and 毕业不满3年: how long it is since then at most, also where it says for how long it is paid."""
    quantity = chain.first
    young = quantity.polarity in {Polarity.AT_MOST, Polarity.LESS_THAN}
    if quantity.unit not in {"year", "month"} or not young or quantity.upper is not None or len(chain.quantities) > 1:
        return None
    since = _AGE_BEFORE.search(sentence[: quantity.start])
    if since is None or _DEADLINE_AFTER.match(chain.right):
        return None
    op = operator_of(quantity.polarity)
    metric = since["left"] or "成立时间"
    bound = Bound(metric, op, quantity.value, quantity.unit, quantity.start, quantity.end)
    return ConditionGroup(((bound,),), bound.metric, False, chain.start, chain.end)


_SEX = re.compile(r"(?P<sex>男|女)性?(?:年龄)?(?:在|为|不超过|未满)?$")


def years_old(chain: Chain, sentence: str) -> ConditionGroup | None:
    """45岁以下, 16—24岁, 男60周岁以下、女55周岁以下: how old a person is; the bounds of the sexes are alternatives."""
    bands = merge_bands(chain, sentence)
    sexes = [_SEX.search(words) for words in (chain.near, *chain.labels[1:])]
    named = len(bands) == len(sexes) and all(sexes)
    found: list[Bound] = []
    for position, band in enumerate(bands):
        sex = sexes[position] if named else None
        bounds = bounds_of(band, None, chain, f"{sex['sex']}年龄" if sex is not None else "年龄", "year")
        found.extend(replace(bound, alternative=named and len(bands) > 1) for bound in bounds)
    if not found:
        return None
    return ConditionGroup((tuple(found),), "年龄", False, chain.start, chain.end)


_BINDING = re.compile(rf"^(?:以上|及以上|期)*的?(?P<what>{any_of('contracts')})")
_IN_A_ROW = re.compile(r"^的?(?P<what>[^,。;:、\d的]{2,4})")


def _metric_of_span(chain: Chain) -> str:
    """What lasts so long: 签订3年以上合同, 连续两年盈利."""
    metric = metric_of(chain, "")[0]
    bound = _BINDING.match(chain.right)
    if bound is not None:
        return metric + bound["what"]
    held = _IN_A_ROW.match(chain.right)
    return metric + held["what"] if metric.endswith("连续") and held is not None else metric


def duration_condition(chain: Chain) -> ConditionGroup | None:
    """满1年, 6个月以上 and 一年内开工 as conditions; periods over which something is measured are none."""
    quantity = chain.first
    if quantity.unit not in {"year", "month"} or _MEASURED.search(chain.left) or quantity.upper is not None:
        return None
    op: Operator | None = None
    if quantity.polarity in {Polarity.AT_LEAST, Polarity.MORE_THAN}:
        op = operator_of(quantity.polarity)
    elif quantity.polarity is Polarity.AT_MOST and _DEADLINE_AFTER.match(chain.right):
        op = Operator.AT_MOST
    elif re.search(r"连续$", chain.left) and _HELD_AFTER.match(chain.right):
        op = Operator.AT_LEAST
    if op is None:
        return None
    metric = _metric_of_span(chain)
    deed = _DEADLINE_AFTER.match(chain.right)
    if op is Operator.AT_MOST and deed is not None:
        metric = metric or deed["deed"]
    bound = Bound(metric, op, quantity.value, quantity.unit, quantity.start, quantity.end)
    return ConditionGroup(((bound,),), metric, False, chain.start, chain.end)


_GIVEN_BEFORE = re.compile(
    r"(?:连续|连补|连奖|为期|期限|时间|时限|补贴期|周期|年限|最长|累计(?:补|奖|资)?|(?:^|,)(?:最多|最高|不超过)|共|总共|奖励|补助|补贴|资助|支持|给予|贴息|前|后|免收|免除|"
    r"减免|免租|减半收取|减半|免|每年|享受|分|最多(?:补|奖|享受|支持))(?:按)?(?:均)?(?:原则上)?(?:一般)?(?:最长|最多|最高)?(?:为|是|不超过|最长不超过|不得超过|可达|:|达|"
    r"给予|补助|奖励|补贴|享受|支持|资助|期限为)*$"
)
_GIVEN_AFTER = re.compile(
    r"^(?:期)?(?:内|的)?,?(?:\(含\))?(?:每年|每月|按年|逐年|连续|给予|予以|按|每个|分年|奖励|补助|补贴|资助|贴息|支持|租金|免租|免收|免|减半|全额|兑现|拨付|发放|发|支付|享受|补)"
)
_NOT_GIVEN = re.compile(
    r"(?:有效期|保质期|管理期|近|最近|过去|贷款期限|合同期|租期|租赁期限?|服务期|协议期|签订|合同期限|满|不少于|第|贷款期|建设期|每)(?:为|不超过|限)*$"
)


def years_given(chain: Chain, sentence: str) -> tuple[str, Decimal] | None:
    """For how long the award is paid: ("years", 3) or ("months", 6)."""
    quantity = chain.first
    if (
        quantity.unit not in {"year", "month"}
        or len(chain.quantities) > 1
        or quantity.polarity in {Polarity.AT_LEAST, Polarity.MORE_THAN}
    ):
        return None
    prefix = sentence[max(0, chain.start - 14) : chain.start]
    whole = sentence[max(0, chain.start - 14) : chain.first.start]
    if _NOT_GIVEN.search(prefix):
        return None
    given = _GIVEN_BEFORE.search(whole) is not None and not _DEADLINE_AFTER.match(chain.right)
    held = re.search(r"连续$", prefix) is not None and _HELD_AFTER.match(chain.following) is not None
    if (
        (given and not held)
        or (_GIVEN_AFTER.match(chain.following) and quantity.polarity is not Polarity.EXACTLY)
        or (re.search(r"连续$", prefix) and _GIVEN_AFTER.match(chain.following))
    ):
        value = quantity.upper or quantity.value
        return ("years" if quantity.unit == "year" else "months"), value
    return None


_ORDINAL = re.compile(
    r"第?(?P<first>[一二三四五六七八九\d]+)年?(?P<mark>至|到|-|—|~|、|和|及)第?(?P<last>[一二三四五六七八九\d]+)年[^,。;\d%]{0,8}$"
)
_SINGLE_YEAR = re.compile(r"(?:第[一二三四五六七八九\d]年|首年|次年)[^,。;\d%]{0,8}$")


def ordinal_years(left: str) -> Decimal | None:
    """How many years 第一年, 第二年、第三年 or 第1至第3年 in front of a figure are."""
    span = _ORDINAL.search(left)
    if span is not None and "第" in span[0]:
        first, last = evaluate(span["first"]), evaluate(span["last"])
        if first is not None and last is not None and 0 < first < last < 30:
            return Decimal(2) if span["mark"] in "、和及" and last != first + 1 else last - first + 1
        return None
    return Decimal(1) if _SINGLE_YEAR.search(left) else None
