"""Roles: what each enumeration of a sentence does there: grants, bounds, conditions, or nothing to us."""

import re
from enum import StrEnum

from assistant.subsidies import lexicon
from assistant.subsidies.chains import Chain
from assistant.subsidies.implicit import DOUBLE, WORDS
from assistant.subsidies.lexicon import any_of
from corpus.quantities import Polarity


class Role(StrEnum):
    """What a quantity does in its sentence."""

    GRANT = "grant"  # the sum or share that is given
    CEILING = "ceiling"  # bounds what another figure gives
    FLOOR = "floor"  # a least sum: never a figure by itself
    CONDITION = "condition"
    UPLIFT = "uplift"
    STEP = "step"  # 每增加10万元
    SCHEDULE = "schedule"  # 分三年按40%、30%、30%
    YEARS = "years"  # for how long it is given
    NOTHING = "nothing"
    UNREAD = "unread"  # money or a share near a grant that no reading fits with certainty


_UNIT_TAIL = r"(?:[/每](?:[^,。;:、/\d给奖补资]{1,8})(?:[·/•.][^,。;:、/\d给奖补资]{1,4})?)?"
_VERBS = any_of(lexicon.GRANT_VERBS)
_NOUNS = any_of(lexicon.GRANT_NOUNS)
_MEASURES = any_of(lexicon.MEASURE_NOUNS)
_RECIPIENTS = any_of(lexicon.RECIPIENTS)

_RIGHT_VERB = re.compile(
    rf"^{_UNIT_TAIL}(?:的|之)?(?:人民币)?(?:{_MEASURES}|的|以内|计|计算|为标准|左右|资金){{0,3}}[,]?(?:分别|一次性|每年|按年|分年度?|据实|直接|对(?:其|企业)|向其|再|由[^,。;]{{2,12}}|进行|实施|予){{0,3}}{_VERBS}"
)
_RIGHT_NOUN = re.compile(rf"^{_UNIT_TAIL}(?:不等)?(?:的|之)?(?P<modifier>[^,。;:、的\d]{{0,14}}?)(?P<noun>{_NOUNS})")
_RIGHT_BLOCK = re.compile(rf"^(?:以[上下内])?(?:的|及以上的)[^,。;:]{{0,20}}{_RECIPIENTS}|^(?:的)?{_RECIPIENTS}")
_MODIFIER_BLOCK = re.compile(r"以上|以下|企业|项目|投资|的$|贷款$|授信|规模|资本|且|并")
_LEFT_VERB = re.compile(rf"(?:{_VERBS})(?P<object>[^,。;:]{{0,30}})$")
_SCOPE_WORDS = any_of(lexicon.SCOPE, lexicon.RECIPIENTS, lexicon.GRANT_METRICS, lexicon.MEASURE_NOUNS)
_WEAK_LEFT = re.compile(
    rf"(?:{any_of(lexicon.WEAK_VERBS)})(?:到|总额|金额|额度|资金|标准|最高|不超过|一次性|每[年月人户家]|的|可达|为|人民币|按|可){{0,5}}$"
)
_NAMED = re.compile(
    rf"(?:{_NOUNS})[^,。;:、\d]{{0,6}}?(?:标准|金额|额度|总额|限额|比例|幅度|数额|费|率|资金|期限)?(?:统一|分别|最高|原则上|按|可)?(?:为|是|:|达|不超过|最高|最高不超过|不高于|上限|最多|封顶|控制在)+[^,。;:、\d]{{0,12}}$"
)
_BY = re.compile(r"(?:按照?|依照?|以|按其)(?P<base>[^,。;:]{0,48})$")
_METRIC_TAIL = re.compile(rf"(?:{any_of(lexicon.METRICS)})(?:总额|额|金额|占[^,。;:]{{0,12}}|为|均|累计|首次|合计|数|率|比例|达到?|在|的|每年|到账|到位|不含税|超过|突破|不低于|不少于){{0,4}}$")
_GRANT_METRIC_TAIL = re.compile(rf"(?:{any_of(lexicon.GRANT_METRICS)})(?:总额|额|金额|额度|资金|比例|标准|费|款|率|经费|累计|支持|部分|合计){{0,3}}(?:最高|不超过|最高不超过|不高于|为|是|上限|最多|不得超过|可达|按|达|原则上|分别|每[年户家]|一般)*$")
_LENDING_RIGHT = re.compile(rf"^(?:额度)?(?:以[内下])?(?:\(含\))?的?[^,。;:、\d]{{0,8}}?(?:{any_of(lexicon.LENDING)})(?!{any_of(lexicon.LENDING_RELIEF)})")
_LENDING_LEFT = re.compile(rf"(?:{any_of(lexicon.LENDING)})(?:总|的)?(?:额度|限额|金额|规模|总额|余额|本金|上限)?[^,。;:、\d贴补奖给]{{0,6}}$")
_TAX = re.compile(rf"(?:{any_of(lexicon.TAX_WORDS)})")
_BUDGET_LEFT = re.compile(rf"(?:{any_of(lexicon.BUDGET_VERBS)})[^,。;:给奖补资]{{0,22}}$")
_BUDGET_RIGHT = re.compile(rf"^(?:人民币)?(?:左右)?(?:的|作为)?[^,。;:、给]{{0,12}}?(?:{any_of('资金 基金 经费 预算 债券 专项资金 引导资金 扶持资金')})")
_FUND_LEFT = re.compile(r"(?:基金|资金池|专项资金|预算|资金|经费|奖金池)(?:总)?(?:规模|额度|总额|总量)?(?:为|达到?|约|共|合计|不低于|不少于)?$")
_REPORT = re.compile(rf"{any_of(lexicon.REPORT_WORDS)}(?:(?!{any_of('奖励 补助 补贴 资助 奖补 给予 予以 扶持')})[^,。;:给按]){{0,24}}$")
_SPLIT = re.compile(r"(?:财政|市|区|县|省|两级|级|园区)[^,。;:、\d]{0,8}(?:各|分别)?(?:承担|负担|分担|出资|配套|按)[^,。;:\d]{0,8}$|(?:两级|市区|省市|市县|区县|[市县区省镇]级?)(?:财政)?各$")
_SPLIT_EACH = re.compile(r"(?:财政|两级|市|区|县)[^,。;:\d]{0,12}各(?:自|级)?(?:按|承担|负担)?$")
_LOSS_BORNE = re.compile(r"^(?:的)?(?:比例|标准)?(?:予以|给予)?(?:承担|分担|补偿|负担|风险补偿|代偿)")
_LOSS = re.compile(r"损失|代偿|不良|坏账|逾期")
_SPLIT_RIGHT = re.compile(r"^的?(?:比例)?(?:由[^,。;]{1,20}|[^,。;:、\d]{0,6})(?:承担|负担|分担|分摊|出资|自筹|分享|分成|分配)")
_PART_OF_GRANT = re.compile(rf"(?:{any_of(lexicon.GRANT_METRICS)})(?:资金|金额|金|款|总额|经费)?(?:的|中)(?:不低于|不少于|至少|不超过)?$|其中(?:的)?$")
_PART_USE = re.compile(r"^(?:的?部分)?,?(?:由[^,。;]{1,16}(?:直接|奖励|发放|用于)|用于|归|可用于|必须用于|应当?用于|给予个人|奖励给个人)")
_UPLIFT_LEFT = re.compile(r"(?:上浮|提高|上调|增加|提升|追加|加成|增补|调高|上涨|浮动)(?:比例|标准|幅度|力度|额度|奖励|补助|补贴|资助|支持)?(?:的)?(?:最高|不超过|最高可|可|达|至多|最多|为|按|分别|各|幅度|上限|比例|最高不超过|可再|到)*$")
_UPLIFT_RIGHT = re.compile(r"^(?:的)?(?:比例|幅度|标准)?(?:上浮|追加|提高|增加)(?:奖励|补助|补贴|资助|支持)?")
_UPLIFT_CONTEXT = re.compile(r"(?:补助|补贴|奖励|资助|支持|扶持|奖补|贴息)(?:资金)?(?:比例|标准|金额|额度|率|力度|幅度|限额|总额)|基础上|上浮|标准|额外")
_GROWTH = re.compile(r"同比|增长|增速|环比|产值|收入|营收|销售|投资额|税收|利润|率")
_SCHEDULE_CUE = re.compile(r"(?:分[一二两三四五六七八九十\d]+(?:年|期|次|个年度|批)|(?:[首次第][一二三四五六年期批次]*年?|当年|首期|首年|次年|前期|预先|先|剩余|余下|其余|后)[^,。;:]{0,16}(?:拨付|兑现|发放|支付|兑付|拨|付|给予|补助|按)|逐年|分期|分年|分阶段)[^。;]{0,24}$")
_SCHEDULE_RIGHT = re.compile(r"^的?(?:比例)?(?:分[^,。;]{1,6})?(?:拨付|兑现|发放|支付|兑付|逐年|到位|给付|核拨)")
_DISTRACTOR_SHARE = re.compile(
    r"(?:费率|利率|税率|占比|比重|持股|股权|股份|合格率|毛利率|折旧率|占[^,。;:]{1,20}|(?<!补助)(?<!补贴)(?<!奖励)(?<!资助)(?<!支持)(?<!贴息)(?<!扶持)(?<!奖补)比例|控股|容积率|覆盖率|评分|准确率|利用率|净利润率|年化|上浮不|不良率|代偿率)"
    r"(?:的|为|达到?|不低于|不超过|不高于|超过|控制在|最高|在|均|分别|上限|原则上|一般|,)*$"
)
_RIGHT_DISTRACTOR = re.compile(r"^(?:以上|以下|以内)?的?(?:费率|利率|上限|股权|股份|税率|持股|增速|增幅|增长|以上的)")
_STEP = re.compile(
    r"每(?:(?:再|新|净|超|递|年)?(?:增加|新增|增长|超过|超出|提升|提高|上升|完成|引进|达到|出口|进口|销售|生产|投入|投资|实现|满|收购|加工|带动|增|降低|减少|节约|节能|缴纳|吸纳|招用|高出|超)[^,。;:给奖补资每]{0,12})?$"
)
_COUNT_STEP = re.compile(r"每(?![年月日季人家户名项台套件次场]|个(?!月))[^,。;:\d给奖补资每]{0,12}$")
_FOUNDATION = re.compile(r"基础上")
_ALREADY = re.compile(r"(?:获得|已获|取得|获|领取|争取到?|收到)(?:的)?(?:奖金|资金|补助|补贴|奖励|支持)?(?:共|共计|合计|总计|达)?$")
_DISTANT_LIMIT = re.compile(r"(?:人均|每户|每人|户均|每个[^,。;]{1,6}|最多|数量|人数|员工总数|面积|总数)[^,。;:]{0,10}$")

_LOWER = frozenset({Polarity.AT_LEAST, Polarity.MORE_THAN})
_UPPER = frozenset({Polarity.AT_MOST, Polarity.LESS_THAN})


def role_of(chain: Chain, sentence: str, previous: "list[tuple[Chain, Role]]", carried: bool) -> Role:
    """Role of a chain. ``previous`` are the chains in front with theirs; ``carried`` tells that a heading
    (奖励标准如下:) or an award in the sentence before lends its verb to this sentence."""
    role = _role_of(chain, sentence, previous, carried)
    if role in {Role.GRANT, Role.CEILING} and chain.first.polarity is Polarity.LESS_THAN:
        return Role.NOTHING  # 利率低于2.5%的: no one grants less than something
    if role in {Role.GRANT, Role.CEILING, Role.UPLIFT} and _DENIED.match(chain.following):
        return Role.NOTHING
    return role


# What is refused is no grant: 超过50%的,不再给予补助.
_DENIED = re.compile(rf"^(?:(?!{_VERBS}|{_NOUNS})[^。;]){{0,16}}?(?:不再|不予|不给予|不享受|不得享受|不得申请|不纳入|不再享受|取消|停止|不补|不奖)")


def _role_of(chain: Chain, sentence: str, previous: "list[tuple[Chain, Role]]", carried: bool) -> Role:
    if chain.dimension in {"percent", "points"}:
        return _share_role(chain, sentence, previous, carried)
    if chain.dimension == "money":
        return _money_role(chain, sentence, previous, carried)
    if _is_step(chain):
        return Role.STEP
    return Role.CONDITION


def _is_step(chain: Chain) -> bool:
    """每增加10万元, 每引进1家: what a sum is counted by."""
    if len(chain.quantities) > 1 or chain.first.polarity not in {Polarity.EXACTLY, Polarity.MORE_THAN} or chain.first.upper is not None:
        return False
    if re.match(r"^(?:等级|档|层次|类别|等次|标准档|方面)", chain.right):
        return False
    pattern = _STEP if chain.dimension in {"money", "percent", "points"} else _COUNT_STEP
    return pattern.search(chain.near) is not None and chain.dimension != "duration"


def _granted_left(chain: Chain) -> bool:
    match = _LEFT_VERB.search(chain.left)
    if match is None:
        return _WEAK_LEFT.search(chain.left) is not None
    return not (chain.dimension == "money" and _blocked_object(match["object"], chain))


def _blocked_object(text: str, chain: Chain) -> bool:
    """给予营业收入5000万元的企业: what stands between verb and sum measures the recipient."""
    if _FUND_OBJECT.match(text):
        return True
    stripped = re.sub(r"(?:最高|不超过|不高于|最高不超过|不低于|为|分别|人民币|总额|以)+$", "", text)
    if _GRANT_METRIC_TAIL.search(text):
        return False
    if _RIGHT_NOUN.match(chain.right) and not _RIGHT_BLOCK.match(chain.right):
        return False
    return _METRIC_TAIL.search(stripped) is not None


_FUND_OBJECT = re.compile(r"^(?:专项|引导)?(?:资金|基金|经费|池)[^,]*(?:达|规模|增加|突破|提高)")


def _granted_right(chain: Chain) -> bool:
    right = chain.right
    if _RIGHT_BLOCK.match(right) and not _RECIPIENT_NOUN.match(right):
        return False
    verb = _RIGHT_VERB.match(chain.following)
    if verb is not None and (chain.dimension != "money" or not _governs_next(chain, verb.end())):
        return True
    noun = _RIGHT_NOUN.match(right)
    if noun is None or (chain.dimension == "money" and _governs_next(chain, noun.end())):
        return False
    return not _MODIFIER_BLOCK.search(noun["modifier"]) or _RECIPIENT_NOUN.match(right) is not None


_RECIPIENT_NOUN = re.compile(rf"^的?{_RECIPIENTS}?[^,。;:的\d]{{0,8}}?{_NOUNS}")
_NEXT_NUMBER = re.compile(r"(?:一次性|每[家户年人]|企业|资金|人民币|总额|其|为|分别){0,3}(?:\d|[一二三四五六七八九十百]+[十百千万亿元])")


def _governs_next(chain: Chain, position: int) -> bool:
    """投资额达100万元奖励10万元: the verb behind the first sum hands over the second."""
    return _NEXT_NUMBER.match(chain.following, position) is not None


def _lent(chain: Chain) -> bool:
    return _LENDING_RIGHT.match(chain.right) is not None or (
        _LENDING_LEFT.search(chain.left) is not None and not _granted_right(chain)
    )


def _share_role(chain: Chain, sentence: str, previous: "list[tuple[Chain, Role]]", carried: bool) -> Role:
    first = chain.first
    if first.counted == "折":
        return Role.NOTHING
    if first.counted in WORDS:
        return Role.UPLIFT if first.counted == DOUBLE else Role.GRANT
    if _is_step(chain) and re.search(r"每(?:再|新)?(?:增加|增长|提高|提升|上升|超|超过|降低|下降|高|多|低)[^,。;:]{0,10}$", chain.left):
        return Role.STEP
    if _PART_USE.match(chain.following) or (_PART_OF_GRANT.search(chain.left) and not _granted_right(chain)):
        return Role.NOTHING
    if _LOSS.search(chain.left) and _LOSS_BORNE.match(chain.right):
        return Role.GRANT
    if _SPLIT_EACH.search(chain.left):
        return Role.NOTHING
    if (_SPLIT.search(chain.left) and not _granted_right(chain)) or (_SPLIT_RIGHT.match(chain.right) and "给予" not in chain.right):
        return Role.NOTHING
    if _is_schedule(chain, sentence, previous):
        return Role.SCHEDULE
    if _TAX.search(chain.right[:10]) or re.search(r"税率[^,。;]{0,8}$", chain.left):
        return Role.NOTHING
    if _is_uplift(chain, sentence):
        return Role.UPLIFT
    if re.search(r"(?:lpr|报价利率|基准利率|贷款利率|年利率)的$", chain.left) and _BY.search(chain.left) and _granted_right(chain):
        return Role.GRANT
    if _DISTRACTOR_SHARE.search(chain.left) or _RIGHT_DISTRACTOR.match(chain.right):
        return Role.CONDITION if first.polarity in _LOWER or first.upper is not None else Role.NOTHING
    if first.polarity in _LOWER:
        return Role.FLOOR if _floor_of_grant(chain) else Role.CONDITION
    if _GROWTH_TAIL.search(chain.left) or re.search(r"(?:完成|达到?|达成)(?:率|比例)?(?:为|达)?$", chain.left):
        return Role.CONDITION
    if _granted_left(chain) or _granted_right(chain) or _NAMED.search(chain.left) or _GRANT_METRIC_TAIL.search(chain.left):
        return Role.GRANT
    if _BY.search(chain.left) and _grant_follows(chain):
        return Role.GRANT
    if carried and not previous and _RATE_LINE.search(chain.left):
        return Role.GRANT
    if first.polarity in _UPPER and _BOUNDING_SHARE.match(chain.left) and re.search(lexicon.GRANT_WORD, sentence[: chain.start]):
        return Role.CEILING if any(role in {Role.GRANT, Role.CEILING} for _, role in previous) else Role.GRANT
    if first.polarity in _UPPER and any(role is Role.GRANT for _, role in previous):
        return Role.NOTHING
    if first.polarity in _UPPER or first.upper is not None:
        return Role.CONDITION
    return Role.UNREAD if any(role is Role.GRANT for _, role in previous) else Role.NOTHING


# 最多不超过上一年贡献的10%: a share that bounds the award named before it.
_BOUNDING_SHARE = re.compile(
    r"^(?:、|且|但|并|同时|和)?(?:总额|总金额|金额|补助|补贴|奖励|资助|额度|总计|累计|每年|单个(?:企业|项目)|每家企业|原则上|总量|最高额|合计|的|总)*(?:最高|最多|不得?超过|不高于|上限)"
)
_GROWTH_TAIL = re.compile(r"(?:同比|环比|年均|比上年|较上年)?(?:增长|增幅|增速|增长率|下降|降低|降幅|提升)(?:率|幅度|比例|达到?|均|在|为|超过|不低于)*$")
_RATE_LINE = re.compile(r"(?:按|补助|补贴|奖励|资助|:)[^,。;]{0,20}$")


def _grant_follows(chain: Chain) -> bool:
    match = re.search(lexicon.GRANT_WORD, chain.following)
    return match is not None and match.start() < 40


def _floor_of_grant(chain: Chain) -> bool:
    if _LEFT_VERB.search(chain.left) and _RIGHT_NOUN.match(chain.right) and not _METRIC_TAIL.search(re.sub(r"(?:不低于|不少于|至少)$", "", chain.left)):
        return True
    return re.search(rf"(?:{_VERBS}|{_NOUNS})(?:标准|金额|额度|比例|资金|总额|每[^,。;]{{1,4}}|企业|单位|一次性|最低|为|不低于|不少于|至少|人民币|按|项目|比例)*$", chain.left) is not None


def _is_schedule(chain: Chain, sentence: str, previous: "list[tuple[Chain, Role]]") -> bool:
    if not any(role in {Role.GRANT, Role.SCHEDULE, Role.CEILING} for _, role in previous):
        return False
    total = sum(quantity.value for quantity in chain.quantities)
    before = sentence[max(0, chain.first.start - 40) : chain.first.start]
    if len(chain.quantities) > 1:
        return total == 1 and (_SCHEDULE_CUE.search(before) is not None or _SCHEDULE_RIGHT.match(chain.right) is not None)
    return chain.first.unit == "percent" and _SCHEDULE_RIGHT.match(chain.right) is not None


def _is_uplift(chain: Chain, sentence: str) -> bool:
    if chain.dimension == "percent" and chain.first.polarity in _LOWER:
        return False
    if _UPLIFT_RIGHT.match(chain.right) and not _GROWTH.search(chain.left[-8:]):
        return _UPLIFT_CONTEXT.search(sentence) is not None
    if not _UPLIFT_LEFT.search(chain.left):
        return False
    lead = sentence[: chain.first.start]
    if re.search(r"利率[^,。;]{0,6}$", chain.left):
        return False
    if "上浮" in chain.left:
        return True
    near = lead[-28:]
    return _UPLIFT_CONTEXT.search(near) is not None and not re.search(r"(?:同比|收入|产值|销售|营收|营业|利润|税收|产能|效率)[^,。;]{0,12}$", lead)


def _money_role(chain: Chain, sentence: str, previous: "list[tuple[Chain, Role]]", carried: bool) -> Role:
    first = chain.first
    left, right = chain.left, chain.right
    granted_right = _granted_right(chain)
    if _is_step(chain):
        return Role.STEP
    if _lent(chain):
        held = first.polarity in _LOWER or (first.polarity is not Polarity.EXACTLY and re.match(r"(?:以[上下内])?(?:\(含\))?的(?!贷款|授信|融资|信用|担保)", right))
        return Role.CONDITION if held else Role.NOTHING
    if _budget(chain) or (_PART_USE.match(chain.following) and _PART_OF_GRANT.search(left)):
        return Role.NOTHING
    if first.polarity in _LOWER:
        return Role.FLOOR if _floor_of_grant(chain) and not _RIGHT_BLOCK.match(right) else Role.CONDITION
    if re.match(r"^(?:的)?部分", right):
        return Role.CONDITION if first.polarity in _UPPER or re.search(r"超|过|至|到", left[-4:]) else Role.NOTHING
    if _reported(chain, sentence):
        return Role.NOTHING
    if _ALREADY.search(left) and first.polarity is not Polarity.AT_MOST and not re.search(r"可获|可$", left):
        return Role.NOTHING
    if _REPORT.search(left) and not granted_right:
        return Role.NOTHING
    if _is_uplift_sum(chain):
        return Role.GRANT
    blocked = _RIGHT_BLOCK.match(right) is not None and not granted_right
    if not blocked and (_granted_left(chain) or granted_right or _NAMED.search(left)):
        return Role.GRANT
    if not blocked and _BY_EACH.search(left) and _grant_follows(chain) and (_COUNTED_LEFT.search(left) or chain.following.startswith(("/", "每"))):
        return Role.GRANT
    if first.polarity in _UPPER and first.polarity is Polarity.AT_MOST and not blocked and _is_ceiling(chain, sentence, previous):
        return Role.CEILING
    if _METRIC_TAIL.search(left) or first.upper is not None or first.polarity in _UPPER or blocked:
        return Role.CONDITION
    if (carried and not previous) or _opened(chain, sentence):
        return Role.GRANT
    granted = any(role in {Role.GRANT, Role.CEILING} for _, role in previous)
    if granted or re.search(r"按|给予|分别", left):
        return Role.UNREAD
    return Role.CONDITION if _REACHES.search(left) else Role.NOTHING


_OPEN_GRANT = re.compile(
    r"(?:发放|给予|享受|提供|进行|实行|予以)[^,。;:\d]{0,20}(?:补贴|补助|奖励|津贴|资助|奖补)(?:标准)?(?:[,:]|,?(?:其中|具体)[^\d]*)|(?:补贴|补助|奖励|资助|奖补)标准(?:如下|分别)?(?:为|是)?:?"
)


def _opened(chain: Chain, sentence: str) -> bool:
    """发放租房补贴,其中博士每月2400元: a sum whose award was announced without a number."""
    if chain.right or _METRIC_TAIL.search(chain.left) or not chain.left:
        return False
    return _OPEN_GRANT.search(sentence, 0, chain.segment_start) is not None


_BY_EACH = re.compile(r"(?:按照?|以)(?:(?:每|单)[^,。;:]{1,10})?(?:不超过|最高|不高于|最高不超过)?(?:人民币)?$")
_COUNTED_LEFT = re.compile(r"(?:每|单)[^,。;:]{1,16}$")
_REACHES = re.compile(r"(?:达到?|突破|超过?|满|过|上|实现|完成|为)(?:首次|人民币)?$")


_PAID_OUT = re.compile(r"(?:兑现|发放|拨付|下达|落实|支付|拨出|安排|补贴|补助|奖励)(?:了|各类|各级|各项|财政|市级|省级|区级|专项)*(?:[^,。;:给按\d]{0,8})(?:资金|奖补|补贴|补助|奖金|款|奖励|项目)?(?:共计?|合计|累计|总额|达|近|约)*$")
_REPORTING = re.compile(r"(?:^|,)(?:20\d\d年|截至|今年|去年|上半年|近年来|目前|其中)?[^,。;:]{0,8}(?:全[市省区县国]|我[市省区县]|累计|共|已)")


def _reported(chain: Chain, sentence: str) -> bool:
    """2023年全市兑现奖补资金5.2亿元: money paid out, told in a report."""
    if chain.first.polarity is not Polarity.EXACTLY or re.search(r"对|凡|按|给予|的企业", sentence[: chain.start]):
        return False
    return _PAID_OUT.search(chain.left) is not None and _REPORTING.search(sentence[: chain.start]) is not None


def _is_uplift_sum(chain: Chain) -> bool:
    return re.search(r"(?:补助|补贴|奖励|资助)(?:标准|金额|额度)?(?:提高|上调|增加)(?:至|到)$", chain.left) is not None


def _budget(chain: Chain) -> bool:
    if _BUDGET_LEFT.search(chain.left) and (_BUDGET_RIGHT.match(chain.right) or re.search(r"资金|基金|经费|预算", chain.left)):
        return True
    if re.search(r"(?:设立|组建|成立|发起|募集)[^,。;:]{0,16}$", chain.left) and re.match(r"^(?:的)?[^,。;:]{0,12}(?:基金|资金)", chain.right):
        return True
    return _FUND_LEFT.search(chain.left) is not None and not _GRANT_METRIC_TAIL.search(chain.left)


def _is_ceiling(chain: Chain, sentence: str, previous: "list[tuple[Chain, Role]]") -> bool:
    """Whether 不超过… bounds the award itself and not a metric of the applicant."""
    left = re.sub(r"(?:最高不超过|不得超过|最高|不超过|不高于|上限为?|最多|封顶|以|限额)+(?:可|可达|为|达|人民币)?$", "", chain.left)
    if _GRANT_METRIC_TAIL.search(chain.left) or _GRANT_METRIC_TAIL.search(left):
        return True
    if re.search(r"最高|封顶|上限|限额", chain.left + chain.right[:4]) and not _METRIC_TAIL.search(left):
        return True
    lean = re.sub(rf"(?:{_SCOPE_WORDS}|对|其|的|且|但|并|在|给|可|资金|给予|同时|原则|{any_of('企业 补助 按照 标准 按 地区')})", "", left)
    if len(lean) <= 1:
        return True
    if _METRIC_TAIL.search(left) and not re.search(r"(?:总额|总金额|金额|额度)$", left):
        return False
    granted = any(role in {Role.GRANT, Role.CEILING} for _, role in previous)
    return granted and len(lean) <= 6
