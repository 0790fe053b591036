"""Shares: what a percentage or a number of percentage points does in its sentence."""

import re
from collections.abc import Callable

from assistant.clause.chains import Chain
from assistant.clause.granting import (
    BY,
    GRANT_METRIC_TAIL,
    GRANT_WORD,
    LOWER,
    NAMED,
    PART_OF_GRANT,
    PART_USE,
    RAISES,
    RIGHT_BLOCK,
    TAX,
    UPPER,
    Context,
    Role,
    grant_follows,
    granted_left,
    granted_right,
    is_floor,
    is_former,
    is_step,
)
from assistant.clause.implicit import DOUBLE, WORDS
from assistant.clause.vocabulary import any_of
from corpus.quantities import Polarity

_SPLIT = re.compile(
    r"(?:财政|市|区|县|省|两级|级|园区)[^,。;:、\d]{0,8}(?:各|分别)?(?:承担|负担|分担|出资|配套|按)[^,。;:\d]{0,8}$|(?:两级|市区|省市|市县|区县|"
    r"[市县区省镇]级?)(?:财政)?各$"
)
_SPLIT_EACH = re.compile(r"(?:财政|两级|市|区|县)[^,。;:\d]{0,12}各(?:自|级)?(?:按|承担|负担)?$")
_BUDGET_SHARE = re.compile(
    r"(?:中央|省|市|区|县|镇)级?(?:财政)?(?:统筹)?(?:补助|配套|安排|负担|承担|出资)(?:比例)?(?:为|占)?$"
)
_OTHER_BUDGET = re.compile(r"(?:市|区|县|镇|企业|单位|自)[^,。;]{0,6}(?:配套|自筹|承担|负担|出资)")
_LOSS_BORNE = re.compile(r"^(?:的)?(?:比例|标准)?(?:予以|给予)?(?:承担|分担|补偿|负担|风险补偿|代偿)")
_LOSS = re.compile(r"损失|代偿|不良|坏账|逾期")
_SPLIT_RIGHT = re.compile(
    r"^的?(?:比例)?(?:由[^,。;]{1,20}|[^,。;:、\d]{0,6})(?:承担|负担|分担|分摊|出资|自筹|分享|分成|分配)"
)
_UPLIFT_LEFT = re.compile(
    r"(?:上浮|提高|上调|增加|提升|追加|加成|增补|调高|上涨|浮动)(?:比例|标准|幅度|力度|额度|奖励|补助|补贴|资助|支持)?(?:的)?(?:最高|不超过|最高可|可|达|至多|最多|为|按|分别|各|"
    r"幅度|上限|比例|最高不超过|可再)*$"
)
_UPLIFT_RIGHT = re.compile(r"^(?:的)?(?:比例|幅度|标准)?(?:上浮|追加|提高|增加)(?![到至])(?:奖励|补助|补贴|资助|支持)?")
_UPLIFT_CONTEXT = re.compile(
    r"(?:补助|补贴|奖励|资助|支持|扶持|奖补|贴息)(?:资金)?(?:比例|标准|金额|额度|率|力度|幅度|限额|总额)|基础上|上浮|标准|额外"
)
_GROWTH = re.compile(r"同比|增长|增速|环比|产值|收入|营收|销售|投资额|税收|利润|率")
_SCHEDULE_CUE = re.compile(
    r"(?:分[一二两三四五六七八九十\d]+(?:年|期|次|个年度|批)|(?:[首次第][一二三四五六年期批次]*年?|当年|首期|首年|次年|前期|预先|先|剩余|余下|其余|"
    r"后)[^,。;:]{0,16}(?:拨付|兑现|发放|支付|兑付|拨|付|给予|补助|按)|逐年|分期|分年|分阶段)[^。;]{0,24}$"
)
_PAID = re.compile(r"(?:拨付|兑现|支付|发放|兑付|拨给|预拨|给付)(?:至|到|总额的|(?:奖励|补助)?资金的|其|剩余|余下)*$")
_SCHEDULE_RIGHT = re.compile(r"^的?(?:比例)?(?:分[^,。;]{1,6})?(?:拨付|兑现|发放|支付|兑付|逐年|到位|给付|核拨)")
_DISTRACTOR = re.compile(
    r"(?:费率|利率|税率|占比|比重|持股|股权|股份|合格率|毛利率|折旧率|占[^,。;:]{1,20}|"
    r"(?<!补助)(?<!补贴)(?<!奖励)(?<!资助)(?<!支持)(?<!贴息)(?<!扶持)(?<!奖补)比例|控股|容积率|覆盖率|评分|准确率|利用率|净利润率|年化|上浮不|不良率|代偿率)"
    r"(?:的|为|达到?|不低于|不超过|不高于|超过|控制在|最高|在|均|分别|上限|原则上|一般|,)*$"
)
_RIGHT_DISTRACTOR = re.compile(r"^(?:以上|以下|以内)?的?(?:费率|利率|上限|股权|股份|税率|持股|增速|增幅|增长|以上的)")
# 最多不超过上一年贡献的10%: a share that bounds the award named before it.
_BOUNDING_SHARE = re.compile(
    r"^(?:、|且|但|并|同时|和)?(?:总额|总金额|金额|补助|补贴|奖励|资助|额度|总计|累计|每年|单个(?:企业|项目)|每家企业|原则上|总量|最高额|合计|的|总)*(?:最高|最多|不得?超过|不高于|上限)"
)
_GROWTH_TAIL = re.compile(
    r"(?:同比|环比|年均|比上年|较上年)?(?:增长|增幅|增速|增长率|下降|降低|降幅|提升)(?:率|幅度|比例|达到?|均|在|为|超过|不低于)*$"
)
_RATE_LINE = re.compile(r"(?:按|补助|补贴|奖励|资助|:)[^,。;]{0,20}$")
_SHARE_STEP = re.compile(r"每(?:再|新|多)?(?:增加|增长|提高|提升|上升|超|超过|降低|下降|高|多|低)[^,。;:]{0,10}$")
_TAX_RATE = re.compile(r"税率[^,。;]{0,8}$")
_REFERENCE_RATE = re.compile(r"(?:lpr|报价利率|基准利率|贷款利率|年利率)的$")
_INTEREST_RATE = re.compile(r"(?:年|年化)?利率$")
_PAID_AS_INTEREST = re.compile(r"^的?(?:比例|标准)?(?:给予|予以|进行|实施)?(?:贷款|财政)?贴息")
_NEW_SHARE = re.compile(r"(?:提高|提升|上调|调整|增加)(?:到|至|为)$")
_SHARE_NAME = re.compile(r"(?:补助|补贴|奖励|资助|返还|贴息|奖补|支持)(?:资金)?(?:比例|标准|率|幅度)")
_COLLECTED = re.compile(rf"^(?:的?标准)?(?:{any_of('collecting')})")
_WORKED_OUT = re.compile(r"^的?计算(?=[,。;:]|$)")
_MET = re.compile(r"^(?:以[上下内])?的(?:,|$|可)")
_REACHED = re.compile(r"(?:完成|达到?|达成)(?:率|比例)?(?:为|达)?$")


def share_role(context: Context) -> Role:
    """Role of a share: the first test that knows it decides."""
    for test in _TESTS:
        role = test(context)
        if role is not None:
            return role
    return Role.UNREAD if context.any_before(Role.GRANT) else Role.NOTHING


def _in_words(context: Context) -> Role | None:
    """全额, 减半, 加倍 and 七折."""
    counted = context.chain.first.counted
    if counted == "折":
        return Role.NOTHING
    if counted in WORDS:
        return Role.UPLIFT if counted == DOUBLE else Role.GRANT
    return None


def _former(context: Context) -> Role | None:
    """由20%提高到40%: the first is what it was."""
    return Role.NOTHING if is_former(context.chain) else None


def _stepped(context: Context) -> Role | None:
    return Role.STEP if is_step(context.chain) and _SHARE_STEP.search(context.chain.left) else None


def _divided(context: Context) -> Role | None:
    """What is divided between budgets, or inside a unit, is no award; losses of lenders that are borne are one."""
    chain = context.chain
    right = granted_right(chain)
    if PART_USE.match(chain.following) or (PART_OF_GRANT.search(chain.left) and not right):
        return Role.NOTHING
    if _LOSS.search(chain.left) and _LOSS_BORNE.match(chain.right):
        return Role.GRANT
    if _SPLIT_EACH.search(chain.left) or (_BUDGET_SHARE.search(chain.left) and _OTHER_BUDGET.search(chain.following)):
        return Role.NOTHING
    if _SPLIT.search(chain.left) and not right:
        return Role.NOTHING
    return Role.NOTHING if _SPLIT_RIGHT.match(chain.right) and "给予" not in chain.right else None


def _paid_in_parts(context: Context) -> Role | None:
    return Role.SCHEDULE if _is_schedule(context) else None


def _taxed(context: Context) -> Role | None:
    chain = context.chain
    told = GRANT_WORD.search(context.sentence, 0, chain.start)
    if _COLLECTED.match(chain.right) or (_WORKED_OUT.match(chain.right) and told is None):
        return Role.NOTHING  # 租金可按月收入的15%计租: what is taken in
    return Role.NOTHING if TAX.search(chain.right[:10]) or _TAX_RATE.search(chain.left) else None


def _raised(context: Context) -> Role | None:
    return Role.UPLIFT if _is_uplift(context.chain, context.sentence) else None


def _of_reference_rate(context: Context) -> Role | None:
    """按贷款市场报价利率的35%给予支持."""
    chain = context.chain
    named = _REFERENCE_RATE.search(chain.left) and BY.search(chain.left) and granted_right(chain)
    return Role.GRANT if named or is_paid_rate(chain) else None


def is_paid_rate(chain: Chain) -> bool:
    """Whether a share is a rate of interest on the principal that is paid: 按年利率2%给予贴息."""
    exact = chain.first.polarity is Polarity.EXACTLY and chain.first.unit == "percent"
    by = BY.search(chain.left) is not None and _INTEREST_RATE.search(chain.left) is not None
    return exact and by and _PAID_AS_INTEREST.match(chain.right) is not None


def _distracting(context: Context) -> Role | None:
    """Rates of insurance, interest or ownership are not the subsidy."""
    chain = context.chain
    if not (_DISTRACTOR.search(chain.left) or _RIGHT_DISTRACTOR.match(chain.right)):
        return None
    described = chain.first.polarity in UPPER and RIGHT_BLOCK.match(chain.right) is not None
    return (
        Role.CONDITION if chain.first.polarity in LOWER or chain.first.upper is not None or described else Role.NOTHING
    )


def _required(context: Context) -> Role | None:
    chain = context.chain
    if chain.first.polarity in LOWER:
        return Role.FLOOR if is_floor(chain) else Role.CONDITION
    if _MET.match(chain.following) and chain.first.polarity is not Polarity.EXACTLY and not BY.search(chain.left):
        return Role.CONDITION
    return Role.CONDITION if _GROWTH_TAIL.search(chain.left) or _REACHED.search(chain.left) else None


def _granted(context: Context) -> Role | None:
    chain = context.chain
    if granted_left(chain) or granted_right(chain) or NAMED.search(chain.left) or GRANT_METRIC_TAIL.search(chain.left):
        return Role.GRANT
    if BY.search(chain.left) and grant_follows(chain):
        return Role.GRANT
    raised = RAISES.search(chain.left)
    if raised is not None and raised.end() == len(chain.left) and not context.any_before(Role.GRANT, Role.CEILING):
        return Role.GRANT
    if _NEW_SHARE.search(chain.left) and _SHARE_NAME.search(context.sentence, 0, chain.start):
        return Role.GRANT
    return Role.GRANT if context.carried and not context.previous and _RATE_LINE.search(chain.left) else None


def _bounding(context: Context) -> Role | None:
    chain = context.chain
    if chain.first.polarity in UPPER:
        if _BOUNDING_SHARE.match(chain.left) and GRANT_WORD.search(context.sentence, 0, chain.start):
            return Role.CEILING if context.any_before(Role.GRANT, Role.CEILING) else Role.GRANT
        return Role.NOTHING if context.any_before(Role.GRANT) else Role.CONDITION
    return Role.CONDITION if chain.first.upper is not None else None


_TESTS: tuple[Callable[[Context], Role | None], ...] = (
    _in_words,
    _former,
    _stepped,
    _divided,
    _paid_in_parts,
    _taxed,
    _raised,
    _of_reference_rate,
    _distracting,
    _required,
    _granted,
    _bounding,
)


def _is_schedule(context: Context) -> bool:
    chain, sentence = context.chain, context.sentence
    if not context.any_before(Role.GRANT, Role.SCHEDULE, Role.CEILING):
        return False
    total = sum(quantity.value for quantity in chain.quantities)
    before = sentence[max(0, chain.first.start - 40) : chain.first.start]
    if len(chain.quantities) > 1:
        return total == 1 and (
            _SCHEDULE_CUE.search(before) is not None or _SCHEDULE_RIGHT.match(chain.following) is not None
        )
    return chain.first.unit == "percent" and (
        _SCHEDULE_RIGHT.match(chain.right) is not None or _PAID.search(chain.left) is not None
    )


def _is_uplift(chain: Chain, sentence: str) -> bool:
    if chain.dimension == "percent" and chain.first.polarity in LOWER:
        return False
    if _UPLIFT_RIGHT.match(chain.right) and not _GROWTH.search(chain.left[-8:]):
        return _UPLIFT_CONTEXT.search(sentence) is not None
    if not _UPLIFT_LEFT.search(chain.left) or re.search(r"(?:至|到)(?:最高|不超过)?$", chain.left):
        return False
    lead = sentence[: chain.first.start]
    if re.search(r"利率[^,。;]{0,6}$", chain.left):
        return False
    if "上浮" in chain.left:
        return True
    near = lead[-28:]
    return _UPLIFT_CONTEXT.search(near) is not None and not re.search(
        r"(?:同比|收入|产值|销售|营收|营业|利润|税收|产能|效率)[^,。;]{0,12}$", lead
    )
