"""Granting: whether the words around an enumeration hand it over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.clause.chains import EACH, Chain
from assistant.clause.vocabulary import any_of
from corpus.quantities import Polarity


class Role(StrEnum):
    """What a quantity does in its sentence."""

    GRANT = "grant"  # the sum or share that is given
    CEILING = "ceiling"  # bounds what another figure gives
    FLOOR = "floor"  # a least sum: never a figure by itself
    CONDITION = "condition"
    UPLIFT = "uplift"
    STEP = "step"  # 每增加9吨
    SCHEDULE = "schedule"  # 分两年按70%、30%
    YEARS = "years"  # for how long it is given
    NOTHING = "nothing"
    UNREAD = "unread"  # money or a share near a grant that no reading fits with certainty


@dataclass(frozen=True, slots=True)
class Context:
    """A chain in its sentence."""

    chain: Chain
    sentence: str
    previous: Sequence[tuple[Chain, Role]]  # the chains in front and what they do
    carried: bool  # a heading (奖励标准如下:) lends its verb to this sentence

    def any_before(self, *roles: Role) -> bool:
        """Whether a chain in front has one of the roles."""
        return any(role in roles for _, role in self.previous)


_UNIT_TAIL = r"(?:[/每](?:[^,。;:、/\d给奖补资]{1,8})(?:[·/•.][^,。;:、/\d给奖补资]{1,4})?)?"
VERBS = any_of("grant_verbs")
NOUNS = any_of("grant_nouns")
_MEASURES = any_of("measure_nouns")
RECIPIENTS = any_of("recipients")
_RIGHT_VERB = re.compile(
    rf"^{_UNIT_TAIL}(?:的|之)?(?:人民币)?(?:(?:{_MEASURES}|以内|为标准)(?:,|计)?|的|计|计算|左右|资金){{0,3}}(?:分别|一次性|每年|按年|分年度?|据实|直接|对(?:其|"
    rf"企业)|向其|再|由[^,。;]{{2,12}}|进行|实施|予){{0,3}}{VERBS}"
)
_RIGHT_NOUN = re.compile(rf"^{_UNIT_TAIL}(?:不等)?(?:的|之)?(?P<modifier>[^,。;:、的\d]{{0,14}}?)(?P<noun>{NOUNS})")
RIGHT_BLOCK = re.compile(rf"^(?:以[上下内])?(?:的|及以上的)[^,。;:]{{0,20}}{RECIPIENTS}|^(?:的)?{RECIPIENTS}")
_MODIFIER_BLOCK = re.compile(r"以上|以下|企业|项目|投资|的$|贷款$|授信|规模|资本|且|并")
LEFT_VERB = re.compile(rf"(?:{VERBS})(?P<object>[^,。;:]{{0,30}})$")
_WEAK_LEFT = re.compile(
    rf"(?:{any_of('weak_verbs')})(?:到|总额|金额|额度|资金|标准|最高|不超过|一次性|每[年月人户家]|的|可达|为|人民币|按|可){{0,5}}$"
)
# One-character verbs count only where the sum follows at once: 每亩补100元, 奖10万元.
_SHORT_LEFT = re.compile(
    r"(?:(?<![获评设颁大质创头银金等])奖|(?<![候增弥添递])补|(?<![供补发])给)(?:企业|其|最高|一次性|不超过|人民币|每[家户人亩]){0,3}$"
)
NAMED = re.compile(
    rf"(?:{NOUNS})[^,。;:、\d]{{0,6}}?(?:标准|金额|额度|总额|限额|比例|幅度|数额|费|率|资金|期限)?(?:统一|分别|最高|原则上|按|可)?(?:为|是|:|达|不超过|最高|"
    rf"最高不超过|不高于|上限|最多|封顶|控制在)+[^,。;:、\d]{{0,12}}$"
)
BY = re.compile(r"(?:按照?|依照?|(?<![可予])以(?![上下内及])|按其)(?P<base>[^,。;:]{0,48})$")
METRIC_TAIL = re.compile(
    rf"(?:{any_of('metrics')})(?:总额|额|金额|占[^,。;:]{{0,12}}|为|均|累计|首次|合计|数|率|比例|达到?|在|的|每年|到账|到位|不含税|超过|突破|不低于|"
    rf"不少于){{0,4}}$"
)
GRANT_METRIC_TAIL = re.compile(
    rf"(?:{any_of('grant_metrics')})(?:总额|额|金额|额度|资金|比例|标准|费|款|率|经费|累计|支持|部分|合计){{0,3}}(?:最高|不超过|最高不超过|不高于|为|"
    rf"是|上限|最多|不得超过|可达|按|达|原则上|分别|每[年户家]|一般)*$"
)
TAX = re.compile(rf"(?:{any_of('tax_words')})")
_STEP = re.compile(
    r"每(?:(?:再|新|净|超|递|年|多)?(?:增加|新增|增长|超过|超出|提升|提高|上升|完成|引进|达到|出口|进口|销售|生产|投入|投资|实现|满|收购|加工|带动|增|降低|减少|节约|节能|缴纳|吸纳|"
    r"招用|高出|超)[^,。;:给奖补资每]{0,12})?$"
)
_COUNT_STEP = re.compile(r"每(?![年月日季人家户名项台套件次场]|个(?!月))[^,。;:\d给奖补资每]{0,12}$")
_FUND_OBJECT = re.compile(r"^(?:专项|引导)?(?:资金|基金|经费|池)[^,]*(?:达|规模|增加|突破|提高)")
_RECIPIENT_NOUN = re.compile(rf"^的?{RECIPIENTS}?[^,。;:的\d]{{0,8}}?{NOUNS}")
_NEXT_NUMBER = re.compile(
    r"(?:一次性|每[家户年人]|企业|资金|人民币|总额|其|为|分别){0,3}(?:\d|[一二三四五六七八九十百]+[十百千万亿元])"
)
PART_OF_GRANT = re.compile(
    rf"(?:{any_of('grant_metrics')})(?:资金|金额|金|款|总额|经费)?(?:的|中)(?:不低于|不少于|至少|不超过)?$|其中(?:的)?$"
)
PART_USE = re.compile(
    r"^(?:的?部分)?,?(?:由[^,。;]{1,16}(?:直接|奖励|发放|用于)|用于|归|可用于|必须用于|应当?用于|给予个人|奖励给个人)"
)
LOWER = frozenset({Polarity.AT_LEAST, Polarity.MORE_THAN})
UPPER = frozenset({Polarity.AT_MOST, Polarity.LESS_THAN})
GRANT_WORD = re.compile(any_of("grant_verbs", "grant_nouns", "more_grant_words"))


def is_step(chain: Chain) -> bool:
    """每增加10万元, 每引进1家: what a sum is counted by."""
    if len(chain.quantities) > 1 or chain.first.upper is not None or chain.first.polarity in UPPER:
        return False
    if chain.first.polarity is Polarity.AT_LEAST and not re.search(r"每(?:达到?|满)$", chain.near):
        return False
    if re.match(r"^(?:等级|档|层次|类别|等次|标准档|方面)", chain.right):
        return False
    pattern = _STEP if chain.dimension in {"money", "percent", "points"} else _COUNT_STEP
    return pattern.search(chain.near) is not None and chain.dimension != "duration"


def granted_left(chain: Chain) -> bool:
    match = LEFT_VERB.search(chain.left)
    if match is None:
        return _WEAK_LEFT.search(chain.left) is not None or _SHORT_LEFT.search(chain.left) is not None
    return not (chain.dimension == "money" and _blocked_object(match["object"], chain))


def _blocked_object(text: str, chain: Chain) -> bool:
    """给予营业收入5000万元的企业: what stands between verb and sum measures the recipient."""
    if _FUND_OBJECT.match(text):
        return True
    stripped = re.sub(r"(?:最高|不超过|不高于|最高不超过|不低于|为|分别|人民币|总额|以)+$", "", text)
    if GRANT_METRIC_TAIL.search(text):
        return False
    if _RIGHT_NOUN.match(chain.right) and not RIGHT_BLOCK.match(chain.right):
        return False
    return METRIC_TAIL.search(stripped) is not None


def granted_right(chain: Chain) -> bool:
    right = chain.right
    if RIGHT_BLOCK.match(right) and not _RECIPIENT_NOUN.match(right):
        return False
    verb = _RIGHT_VERB.match(chain.following)
    if verb is not None and (chain.dimension != "money" or not _governs_next(chain, verb.end())):
        return True
    noun = _RIGHT_NOUN.match(right)
    if noun is None or (chain.dimension == "money" and _governs_next(chain, noun.end())):
        return False
    if noun["noun"] in _POOLED_NOUNS and not BY.search(chain.left):
        return False
    return not _MODIFIER_BLOCK.search(noun["modifier"]) or _RECIPIENT_NOUN.match(right) is not None


_POOLED_NOUNS = frozenset({"资金", "经费", "优惠", "支持"})  # 70亿元财政资金: said of a budget as often as of an award
# 比例提高到40%: another share or sum of the award that was told before.
RAISES = re.compile(r"(?:比例|标准|额度)(?:相应|可|则|统一)?(?:提高|提升|上调|调整|放宽)(?:到|至|为)")
FORMER = re.compile(r"(?:由|从|原来?|由原来?|原先|原有)(?:的)?$")
_BECOMES = re.compile(r"^(?:统一|再)?(?:提高|提升|上调|增加|调整|降低|下调)(?:到|至|为)")


def is_former(chain: Chain) -> bool:
    """由20%提高到40%: the first is what it was."""
    return FORMER.search(EACH.sub("", chain.left)) is not None or (
        _BECOMES.match(chain.right) is not None and re.search(r"由|从", chain.left) is not None
    )


def _governs_next(chain: Chain, position: int) -> bool:
    """采购额达90万元奖励6万元: the verb behind the first sum hands over the second."""
    return _NEXT_NUMBER.match(chain.following, position) is not None


def grant_follows(chain: Chain) -> bool:
    match = GRANT_WORD.search(chain.following)
    return match is not None and match.start() < 40


def is_floor(chain: Chain) -> bool:
    if (
        LEFT_VERB.search(chain.left)
        and _RIGHT_NOUN.match(chain.right)
        and not METRIC_TAIL.search(re.sub(r"(?:不低于|不少于|至少)$", "", chain.left))
    ):
        return True
    return (
        re.search(
            rf"(?:{VERBS}|{any_of('grant_metrics')})(?:标准|金额|额度|比例|资金|总额|每[^,。;]{{1,4}}|企业|单位|一次性|最低|为|不低于|不少于|至少|人民币|按|项目|比例)*$",
            chain.left,
        )
        is not None
    )
