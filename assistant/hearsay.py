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
_CLAIMED_RATE = re.compile(r"(?:按|按照|的|那个|at|of|that)\s*$")


def is_claimed(before: str) -> bool:
    """Whether the words before a sum say that it is what the asker believes to get."""
    return _CLAIMED.search(before) is not None


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
