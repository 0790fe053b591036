"""Questions for everything that a place grants: "三明有哪些补贴", "what subsidies are there in Chengdu"."""

import re
from collections.abc import Iterable

_GRANTS = re.compile(
    r"补贴|补助|奖励|奖金|资助|扶持|优惠|惠企|支持政策|支持措施|资金支持|政策支持|subsid|grant|award|incentive|fund|support|benefit"
)
_LISTS = re.compile(
    r"哪些|哪几|什么|啥|列出|列一下|列举|盘点|汇总|所有|全部|一览|清单|\bwhat\b|\bwhich\b|\blist\b|\ball\b|\bany\b|overview"
)
# What may stand beside that without saying what the support is for.
_SAYS_NOTHING = re.compile(
    r"哪些|哪几[个种类项条]|什么|有没有|有啥|都有|啥|有|都|列出|列一下|列举|盘点|汇总|所有|全部|一览|清单|来|给我|给|看看|看一下|查一下|查查|查|请问|请|帮我|帮忙|介绍|一下|说说|"
    r"补贴|补助|奖励|奖金|资助|扶持|支持|优惠|惠企|政策|措施|资金|财政|项目|条款|规定|文件|我们|我司|我|你们|本地|当地|市里|市|企业|公司|工厂|可以|能够|能|申请|申报|领取|领|拿|享受|获得|得到|"
    r"目前|现在|今年|还|的|了|吗|呢|呀|啊|和|与|及|各类|各种|相关|方面|种类|对|在|到|里|"
    r"\b(?:what|which|list|all|any|show|me|tell|give|please|the|are|is|there|for|in|of|do|does|can|could|we|i|you|a|an|our|us|to|get|apply|available|exist|offer|offers|offered|by|city|company|companies|"
    r"enterprises?|business(?:es)?|firms?|government|financial|subsid(?:y|ies)|grants?|awards?|incentives?|funds?|funding|support|benefits?|polic(?:y|ies)|programmes?|programs?|schemes?|overview|"
    r"measures?|kinds?|types?|sorts?|have|has|currently|now|manufacturers?)\b|[\W_]"
)


def asks_for_catalogue(folded: str, places: Iterable[tuple[int, int]]) -> bool:
    """Whether a turn asks for all support there is and names no subject; ``places`` are its place names' spans."""
    text = list(folded)
    for start, end in places:
        text[start:end] = " " * (end - start)
    rest = "".join(text)
    return bool(_GRANTS.search(rest) and _LISTS.search(rest)) and not _SAYS_NOTHING.sub("", rest)
