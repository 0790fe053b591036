"""Refusals: grants that name no sum, and figures beside a grant that cannot be read with certainty."""

import re

from assistant.clause.vocabulary import any_of
from corpus.quantities import scan

_VERB = any_of("open_grant_verbs")
_NOUN = any_of("open_grant_nouns")
_GRANT = re.compile(
    rf"{_VERB}(?P<object>[^,。;:]{{0,24}}?){_NOUN}(?:资金|金|政策|措施)?|(?:奖励|补助|补贴|资助|奖补|贴息)(?:企业|单位|机构|项目|个人)(?=[,。;]|$)"
    r"|(?:按|据)[^,。;:]{2,20}(?:奖励|补助|补贴|资助|奖补|返还)(?=[,。;]|$)"
)
_LENT = re.compile(
    r"贷款(?!贴息)|授信|信贷|融资支持|担保(?!费)|税收|税前|表彰|通报|宣传|名额|技术支持|服务支持|智力支持|人才支持|组织保障|保障支持|法律"
)
_DENIED = re.compile(r"不再|不予|不给予|不得|不享受|取消|停止|暂停|不重复|不作|不纳入")
_ABOUT = re.compile(r"(?:政策|资金|办法|标准|方案|管理|条件|对象|范围|措施|申报|项目库|名单)$")


def amountless(text: str, figures: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places of the sub-sentences of ``text`` that grant without a figure; ``figures`` are where read figures stand."""
    segments = [match.span() for match in re.finditer(r"[^,:]+", text)]
    grants = [(segment, match) for segment in segments if (match := _granted(text, segment)) is not None]
    found = []
    for position, ((start, end), _) in enumerate(grants):
        before = grants[position - 1][0][1] if position else 0
        after = grants[position + 1][0][0] if position + 1 < len(grants) else len(text)
        named = any(before <= first and last <= after for first, last in figures)
        if not named and not _money(text[start:end]):
            found.append((start, end))
    return found


def _granted(text: str, segment: tuple[int, int]) -> re.Match[str] | None:
    match = _GRANT.search(text, *segment)
    if match is None or _DENIED.search(text, *segment) or _LENT.search(match[0]):
        return None
    return match


def _money(segment: str) -> bool:
    return any(quantity.unit in {"yuan", "percent", "usd", "hkd", "twd", "points"} for quantity in scan(segment))


_RATIO = re.compile(r"(?<!\d)\d{1,2}(?:\.\d)?:\d{1,2}(?!\d)")
_MATCHING = re.compile(r"配套|奖励|补助|补贴|资助")
_RAW = re.compile(r"\d[\d.,]*(?:万|亿)?(?:元|%)")


def undeciphered(text: str) -> list[tuple[int, int]]:
    """Printed sums the number reader refused, and ratios (1:1配套) whose other side stands elsewhere."""
    found = []
    for match in _RATIO.finditer(text):
        if _MATCHING.search(text, match.end(), match.end() + 10):
            found.append(match.span())
    read = [(quantity.context_start, quantity.context_end) for quantity in scan(text)]
    for match in _RAW.finditer(text):
        if not any(start <= match.start() and match.end() <= end for start, end in read):
            found.append(match.span())
    return found
