"""Sums: what an amount of money does in its sentence."""

import re
from collections.abc import Callable

from assistant.clause.chains import EACH, Chain
from assistant.clause.granting import (
    GRANT_METRIC_TAIL,
    LOWER,
    METRIC_TAIL,
    NAMED,
    PART_OF_GRANT,
    PART_USE,
    RIGHT_BLOCK,
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
from assistant.clause.vocabulary import any_of
from corpus.quantities import Polarity

_SCOPE_WORDS = any_of("scope", "recipients", "grant_metrics", "measure_nouns")
_LENDING_RIGHT = re.compile(
    rf"^(?:额度)?(?:以[内下])?(?:\(含\))?的?[^,。;:、\d]{{0,8}}?(?:{any_of('lending')})(?!{any_of('lending_relief')})"
)
_LENDING_LEFT = re.compile(
    rf"(?:{any_of('lending')})(?:总|的)?(?:额度|限额|金额|规模|总额|余额|本金|上限)?[^,。;:、\d贴补奖给]{{0,6}}$"
)
_LENT_OUT = re.compile(
    rf"(?:发放|投放|提供|实现|获得|新增|授信)[^,。;:]{{0,12}}(?:{any_of('lending')})(?!{any_of('lending_relief')})[^,。;:]{{0,12}}$"
)
_PAID_LOAN = re.compile(r"(?:发放|投放|累放)(?:了|金额|额)?(?:共|达|超|约)?$")
_ALLOTTED = re.compile(r"(?:拨付|下达|划拨|筹措)(?:了|资金)?(?:共|达|超|约)?$")
_DISBURSED = re.compile(
    r"(?:预拨|拨付|下达|划拨|筹措|投入|累计|统筹)[^,;:给按对]{0,36}(?:资金|经费|补助|补贴)(?:共|计|合计|达|约)?$"
)
_MET = re.compile(r"^(?:以[上下内])?的,")  # 返还金额不超过1万元的,免除申报手续: a case, not an award
_DEDUCTED = re.compile(r"扣除|抵扣|抵免|减征|免征")
_AIDED = re.compile(r"补助|奖励|补贴|资助|支持|奖补|扶持")
_LENT_BEFORE = re.compile(r"贷款|授信|信贷|再贷款")
_BUDGET_LEFT = re.compile(rf"(?:{any_of('budget_verbs')})[^,。;:给奖补资]{{0,22}}$")
_BUDGET_RIGHT = re.compile(rf"^(?:人民币)?(?:左右)?(?:的|作为)?[^,。;:、给]{{0,12}}?(?:{any_of('budget_nouns')})")
_RAISED = re.compile(
    r"(?:到位|到账|注册|实缴|融资|自筹|投资|引进|外来)资[金本](?:达到?|超过|不低于|为|累计|总额|首次|突破)*$"
)
_FUND_LEFT = re.compile(
    r"(?:基金|资金池|专项资金|预算|资金|经费|奖金池)(?:总)?(?:规模|额度|总额|总量)?(?:为|达到?|约|共|合计|不低于|不少于)?$"
)
_REPORT = re.compile(rf"{any_of('report_words')}(?:(?!奖励|补助|补贴|资助|奖补|给予|予以|扶持)[^,。;:给按]){{0,24}}$")
_RECEIVED = re.compile(
    r"(?<!可)(?:获得|已获|取得|获批|争取)(?:了)?[^,。;:后每]{0,12}(?:奖励|补助|补贴|资助|奖金|资金|支持)(?:资金)?(?:共计?|合计|总计|达)?$"
)
_ALREADY = re.compile(
    r"(?:获得|已获|取得|获|领取|争取到?|收到)(?:的)?(?:奖金|资金|补助|补贴|奖励|支持)?(?:共|共计|合计|总计|达)?$"
)
_OPEN_GRANT = re.compile(
    r"(?:发放|给予|享受|提供|进行|实行|予以)[^,。;:\d]{0,20}(?:补贴|补助|奖励|津贴|资助|奖补)(?:标准)?(?:[,:]|,?(?:其中|具体)[^\d]*)|(?:补贴|补助|奖励|资助|"
    r"奖补)标准(?:如下|分别)?(?:为|是)?:?|(?:补贴|补助|奖励|资助|奖补|津贴)(?:金额|额度)?:"
)
_BY_EACH = re.compile(r"(?:按照?|以)(?:(?:每|单)[^,。;:]{1,10})?(?:不超过|最高|不高于|最高不超过)?(?:人民币)?$")
_COUNTED_LEFT = re.compile(r"(?:每|单)[^,。;:]{1,16}$")
_REACHES = re.compile(r"(?:达到?|突破|超过?|满|过|上|实现|完成|为)(?:首次|人民币)?$")
_PAID_OUT = re.compile(
    r"(?:兑现|发放|拨付|下达|落实|支付|拨出|安排|补贴|补助|奖励)(?:了|各类|各级|各项|财政|市级|省级|区级|专项)*(?:[^,。;:给按\d]{0,8})(?:资金|奖补|补贴|补助|奖金|款|奖励|"
    r"项目)?(?:共计?|合计|累计|总额|达|近|约)*$"
)
_REPORTING = re.compile(
    r"(?:^|,)(?:20\d\d年|截至|今年|去年|上半年|近年来|目前|其中)?[^,。;:]{0,8}(?:全[市省区县国]|我[市省区县]|累计|(?<!公)共(?![同享建用有])|已)"
)
_BORROWER = re.compile(r"(?:以[上下内])?(?:\(含\))?的(?!贷款|授信|融资|信用|担保)")
_EXCESS = re.compile(r"^(?:的)?部分")
_EXCEEDING = re.compile(r"(?:超|过|至|到).{0,3}$")
_MAY_RECEIVE = re.compile(r"可以?获|可$")
_NEW_SUM = re.compile(r"(?:补助|补贴|奖励|资助)(?:标准|金额|额度)?(?:提高|上调|增加)(?:至|到)$")
_POOL = re.compile(r"规模|总量|预算|基金")
_OF_RECIPIENT = ("对", "凡")  # 对新获批的渔场奖励3万元: what has been received describes who is paid
_SPENT_ON = re.compile(r"(?:资金|经费)?(?:专项|主要|专门)?用于")
_PROVIDED = re.compile(r"(?:投入|拿出|安排|列支|落实|筹措)(?:资金|经费)?(?:约|共)?$")
_TOPPED = re.compile(r"(?:按照?|补足到?|补齐到?)[^,]{0,4}$")
_MOST = re.compile(r"最高|上限|最多|封顶|不超过|不高于|限额")
_RAISED_TO = re.compile(r"^(?:统一|再)?(?:提高|提升|上调|增加|调整|降低|下调)(?:到|至|为)$")
_NEAR_GRANT = re.compile(r"按|给予|分别")


def sum_role(context: Context) -> Role:
    """Role of a sum of money: the first test that knows it decides."""
    for test in _TESTS:
        role = test(context)
        if role is not None:
            return role
    chain = context.chain
    if context.any_before(Role.GRANT, Role.CEILING) or _NEAR_GRANT.search(chain.left):
        return Role.UNREAD
    return Role.CONDITION if _REACHES.search(chain.left) else Role.NOTHING


def _former(context: Context) -> Role | None:
    """由20万元提高到40万元: the first is what it was."""
    return Role.NOTHING if is_former(context.chain) else None


def _stepped(context: Context) -> Role | None:
    return Role.STEP if is_step(context.chain) else None


def _lent(context: Context) -> Role | None:
    """Loans and guarantees are lent, not granted; 融资3亿元以下的 measures the applicant."""
    chain = context.chain
    if _LENT_OUT.search(chain.left) and not granted_right(chain):
        return Role.CONDITION if chain.first.polarity in LOWER else Role.NOTHING
    if _PAID_LOAN.search(chain.left) and _LENT_BEFORE.search(context.sentence, 0, chain.start):
        return Role.NOTHING
    behind = _LENDING_RIGHT.match(chain.right)
    if behind is None and (_LENDING_LEFT.search(chain.left) is None or granted_right(chain)):
        return None
    polarity = chain.first.polarity
    borrowed = behind is None and polarity is not Polarity.EXACTLY and _BORROWER.match(chain.right) is not None
    held = polarity in LOWER or borrowed
    return Role.CONDITION if held else Role.NOTHING


def _pooled(context: Context) -> Role | None:
    chain = context.chain
    if _SPENT_ON.match(chain.right) and _PROVIDED.search(chain.left):
        return Role.NOTHING
    if _budget(chain) and not _RAISED.search(chain.left):
        return Role.NOTHING
    return Role.NOTHING if PART_USE.match(chain.following) and PART_OF_GRANT.search(chain.left) else None


def _required(context: Context) -> Role | None:
    chain = context.chain
    if chain.first.polarity in LOWER:
        return Role.FLOOR if is_floor(chain) and not RIGHT_BLOCK.match(chain.right) else Role.CONDITION
    if _EXCESS.match(chain.right):
        return Role.CONDITION if chain.first.polarity in UPPER or _EXCEEDING.search(chain.left) else Role.NOTHING
    return None


def _told(context: Context) -> Role | None:
    """Sums of reports, plans and awards already received."""
    chain = context.chain
    if _reported(chain, context.sentence):
        return Role.NOTHING
    exact = chain.first.polarity is Polarity.EXACTLY
    if _MET.match(chain.following):
        single = exact and len(chain.quantities) == 1 and chain.first.upper is None
        return Role.NOTHING if single else Role.CONDITION
    if _DEDUCTED.search(chain.left) or (exact and _ALLOTTED.search(chain.left) and not _AIDED.search(chain.right)):
        return Role.NOTHING
    if exact and _DISBURSED.search(chain.left):
        return Role.NOTHING
    described = _MAY_RECEIVE.search(chain.left) or chain.left.startswith(_OF_RECIPIENT)
    if exact and _RECEIVED.search(chain.left) and not described:
        return Role.NOTHING
    if chain.first.polarity is not Polarity.AT_MOST and _ALREADY.search(chain.left) and not described:
        return Role.NOTHING
    return Role.NOTHING if _REPORT.search(chain.left) and not granted_right(chain) else None


def _granted(context: Context) -> Role | None:
    chain = context.chain
    if _is_new(context):
        return Role.CEILING if _MOST.search(context.previous[-1][0].left) else Role.GRANT
    if _NEW_SUM.search(chain.left):
        return Role.GRANT
    if _blocked(chain):
        return None
    if granted_left(chain) or granted_right(chain) or NAMED.search(chain.left):
        return Role.GRANT
    each = _COUNTED_LEFT.search(chain.left) or chain.following.startswith(("/", "每"))
    return Role.GRANT if each and _BY_EACH.search(chain.left) and grant_follows(chain) else None


def _is_new(context: Context) -> bool:
    """由每人300元提高到每人450元: the second is what it is, where the first was that of an award."""
    chain = context.chain
    former = bool(context.previous) and is_former(context.previous[-1][0])
    raised = former and _RAISED_TO.match(EACH.sub("", chain.left)) is not None
    before = context.sentence[: chain.start]
    return raised and _AIDED.search(before) is not None and _POOL.search(before) is None


def _beside(context: Context) -> Role | None:
    """全日学员每天补助40元,旁听学员每天15元: a sum that is stated as the award in front of it is."""
    chain = context.chain
    if not context.previous or context.previous[-1][1] is not Role.GRANT or METRIC_TAIL.search(chain.left):
        return None
    former = context.previous[-1][0]
    each = EACH.search(chain.left)
    plain = chain.first.polarity is Polarity.EXACTLY and chain.right == ""
    alike = each is not None and each.start() > 0 and each[0] in former.left and former.dimension == "money"
    return Role.GRANT if plain and alike and former.first.polarity is Polarity.EXACTLY else None


def _topped_up(context: Context) -> Role | None:
    """补贴不足200元的,按200元发放: the least that is paid, no award of its own."""
    chain = context.chain
    below = [each for each, _ in context.previous if each.first.polarity is Polarity.LESS_THAN]
    topped = any(each.first.value == chain.first.value and each.dimension == "money" for each in below)
    return Role.NOTHING if topped and _TOPPED.search(chain.left) else None


def _bounding(context: Context) -> Role | None:
    chain = context.chain
    if chain.first.polarity is Polarity.AT_MOST and not _blocked(chain) and _is_ceiling(context):
        return Role.CEILING
    measured = METRIC_TAIL.search(chain.left) or chain.first.upper is not None or chain.first.polarity in UPPER
    return Role.CONDITION if measured or _blocked(chain) else None


def _announced(context: Context) -> Role | None:
    """Sums under a heading or an announcement that lends them its verb."""
    carried = context.carried and not context.previous
    return Role.GRANT if carried or _opened(context.chain, context.sentence) else None


def _blocked(chain: Chain) -> bool:
    """1000万元的企业: the sum describes the recipient."""
    return RIGHT_BLOCK.match(chain.right) is not None and not granted_right(chain)


_TESTS: tuple[Callable[[Context], Role | None], ...] = (
    _former,
    _stepped,
    _lent,
    _pooled,
    _topped_up,
    _required,
    _told,
    _granted,
    _bounding,
    _announced,
    _beside,
)


def _opened(chain: Chain, sentence: str) -> bool:
    """发放租房补贴,其中博士每月2400元: a sum whose award was announced without a number."""
    if not re.match(r"(?:[/每][^,。;:、\d]{1,6})?$", chain.right) or METRIC_TAIL.search(chain.left) or not chain.left:
        return False
    return _OPEN_GRANT.search(sentence, 0, chain.segment_start) is not None


def _reported(chain: Chain, sentence: str) -> bool:
    """2023年全市兑现奖补资金5.2亿元: money paid out, told in a report."""
    if chain.first.polarity is not Polarity.EXACTLY or re.search(r"对|凡|按|给予|的企业", sentence[: chain.start]):
        return False
    return _PAID_OUT.search(chain.left) is not None and _REPORTING.search(sentence[: chain.start]) is not None


def _budget(chain: Chain) -> bool:
    if _BUDGET_LEFT.search(chain.left) and (
        _BUDGET_RIGHT.match(chain.right) or re.search(r"资金|基金|经费|预算", chain.left)
    ):
        return True
    if re.search(r"(?:设立|组建|成立|发起|募集)[^,。;:]{0,16}$", chain.left) and re.match(
        r"^(?:的)?[^,。;:]{0,12}(?:基金|资金)", chain.right
    ):
        return True
    return _FUND_LEFT.search(chain.left) is not None and not GRANT_METRIC_TAIL.search(chain.left)


def _is_ceiling(context: Context) -> bool:
    """Whether 不超过… bounds the award itself and not a metric of the applicant."""
    chain = context.chain
    left = re.sub(
        r"(?:最高不超过|不得超过|最高|不超过|不高于|上限为?|最多|封顶|以|限额)+(?:可|可达|为|达|人民币)?$",
        "",
        chain.left,
    )
    if GRANT_METRIC_TAIL.search(chain.left) or GRANT_METRIC_TAIL.search(left):
        return True
    if re.search(r"最高|封顶|上限|限额", chain.left + chain.right[:4]) and not METRIC_TAIL.search(left):
        return True
    lean = re.sub(
        rf"(?:{_SCOPE_WORDS}|对|其|的|且|但|并|在|给|可|资金|给予|同时|原则|企业|补助|按照|标准|按|地区)",
        "",
        left,
    )
    if len(lean) <= 1:
        return True
    if METRIC_TAIL.search(left) and not re.search(r"(?:总额|总金额|金额|额度)$", left):
        return False
    return context.any_before(Role.GRANT, Role.CEILING) and len(lean) <= 6
