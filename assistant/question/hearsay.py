"""Hearsay: sums in a question that the asker does not state of their own case but expects, was told, or worked out."""

import re
from collections.abc import Iterable

from corpus.quantities import Quantity

# "补900万", "能拿19.2万", "按2%": what the asker believes to get, not a fact about the enterprise.
_CLAIMED = re.compile(
    r"(?:拿|领|补|奖|给|得|返|报销|补贴|补助|奖励|资助|get|receive|pay|worth)(?:到|了|满|足|齐|够|全额?|我们|你们|我|他们|个)*\s*$"
)
# "投资补助能拿500万": the first word names the grant and not what was spent.
_GRANT_NAME = re.compile(r"[\u4e00-\u9fff]{2}(?:补助|补贴|奖励|奖补|奖金|资助)(?!资金|经费|款)")
# What others reckon is no sum of the asker's; what one has only heard is none unless it says what it measures.
_OTHERS_SAY = re.compile(
    r"(?:中介|代办|代理(?:公司|机构)|咨询公司|顾问)[^,。;?!]{0,6}?(?:说|讲|告诉|称|算)"
    r"|(?:朋友|同行|同学|邻居|隔壁|别人|别家|人家|有人|网上|群里)[^,。;?!]{0,6}?(?:说|讲|告诉|在传|都传)"
    r"|\b(?:consultant|agent|broker|advis[eo]r|friend|someone|somebody|competitor|neighbou?r)s?\b[^,.;?!]{0,24}?\b(?:said|says|told|reckons?|claim(?:s|ed)|thinks?)\b"
)
_HEARD = re.compile(r"听说|听人|据说|传闻|\b(?:heard|was told|were told|supposedly|apparently|they say)\b")
# What the sentence makes the award is never what it is worked out from: "能补600万", "是不是有600万补贴".
_AWARDED = re.compile(
    r"(?:(?<![候填递弥增])补(?!充|足|交|缴|办|录|种)|(?<!得)奖|贴息|报销|资助)(?:到|了|满|足|齐|够|给|全额?|多少|上|我们|你们|我|咱们?|他们|企业|个)*\s*$"
    r"|(?:能|可以|可|会|就|还|该|应该|应|最多|最高|都|究竟|到底)(?:够)?(?:拿|领|给|得|返|申请|申领|享受|补贴|补助|奖励)(?:到|了|满|足|我们|你们|我|咱们?|企业|个)*\s*$"
    r"|\b(?:can|could|may|might|will|would|should|do|does|to) (?:\w+ ){0,2}?(?:get|receive|claim|pay out|give|obtain|be paid|be given)(?: us| you| me)?(?: up to)?\s*$"
)
_GRANT_NOUN = r"(?:一次性|财政|政府|专项|国家|市里|市级)?(?:补贴|补助|奖励|奖金|奖补|资助|扶持|贴息)"
# "租金72万补助怎么算" asks for the award of a rent; "600万补贴" and "600万的补贴" name it.
_AWARD_BEHIND = re.compile(
    rf"(?:元|块钱?)?(?:人民币)?(?:的{_GRANT_NOUN}|{_GRANT_NOUN}(?=$|[?,。!;吗么吧呢啊,]|是(?:真|不)|对|真|有没有))(?!资金|经费|款|项目)"
    r"|\s*(?:yuan|rmb)?\s*(?:in |of )?(?:\w+ ){0,1}?(?:subsid(?:y|ies)|grants?|awards?|rewards?|bonus(?:es)?|support)\b(?! (?:do|does|can|is|are|will))"
)
_CLAIMED_RATE = re.compile(r"(?:按|按照|的|那个|at|of|that)\s*$")


def is_claimed(before: str) -> bool:
    """Whether the words before a sum say that it is what the asker believes to get."""
    return _CLAIMED.search(before) is not None


def is_award(before: str, after: str) -> bool:
    """Whether the sentence makes a sum the award itself: "投入了能补600万", "600万补贴"."""
    return _AWARDED.search(before) is not None or _AWARD_BEHIND.match(after) is not None


def is_claimed_rate(before: str) -> bool:
    """Whether the words before a share say that it is the one granted."""
    return _CLAIMED_RATE.search(before) is not None


def without_grant_names(before: str) -> str:
    """The words before a sum without names of grants, whose words say nothing of what was spent."""
    return _GRANT_NAME.sub("", before)


def is_said_by_others(said: str) -> bool:
    """Whether the words of a sentence up to a sum tell what someone outside the enterprise says."""
    return _OTHERS_SAY.search(said) is not None


def is_heard(said: str) -> bool:
    """Whether the words of a sentence up to a sum tell what the asker has only heard."""
    return _HEARD.search(said) is not None


def is_reckoned(amount: Quantity, amounts: Iterable[Quantity]) -> bool:
    """Whether a sum is a share of another sum, both stated before it: "600万按15%就是90万"."""
    before = [other for other in amounts if other.end <= amount.start]
    shares = [other.value for other in before if other.unit == "percent" and other.value < 1]
    return any(other.value * share == amount.value for other in before if other.unit == amount.unit for share in shares)
