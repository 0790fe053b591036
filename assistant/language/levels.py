"""Levels of recognition, from the district to the nation: which a clause is for, and which an asker has or lacks."""

import re

from assistant.language.grammar import reading_of
from assistant.language.segments import segments_of
from assistant.language.signs import signs_in

ORDER = ("区县级", "市级", "省级", "国家级")  # from the lowest
_NAMED = {
    "国家级": re.compile(r"国家级|国家(?:或|和|、|技术|重点|工程|制造|产业)"),
    "省级": re.compile(r"(?:省|自治区)级(?!财政|资金)"),
    "市级": re.compile(r"市级(?!财政|资金)"),
    "区县级": re.compile(r"[区县]级(?!财政|资金)"),
}
_AND_ABOVE = re.compile(r"(?P<level>国家|省|市|区|县)级(?:\(含\))?(?:及|或|和)?以上")

_GRANTS = r"(?:(?:还|再|也|另外)?(?:能|会|可以)?(?:给(?!评|认)|补|奖|出|拨|发(?!牌)|配)|有没有|有啥|有什么)"  # who pays is no level
_RECOGNISED = r"(?:的|刚|已经?|给)*(?:评|认定|列入|纳入|授|名单|名录|推广|牌|级|称号|资质)"
# A level that a certificate, list or platform has; "市里给多少" names who pays and is no level.
_SAID = {
    "国家级": re.compile(
        r"国家级|国家(?=(?:重点实验室|工程研究中心|技术创新中心|产业创新中心|制造业创新中心|企业技术中心|绿色|专精特新|认定))|国家(?:里|层面)?(?:认定|评|批|列入)|部级|全国(?=质量标杆)|\bnational(?:[- ]level)?\b|\bstate[- ]level\b|\bnationally (?:recogni[sz]ed|certified|rated|listed)\b"
    ),
    "省级": re.compile(
        rf"省级|(?:省里|省上|省内)(?!{_GRANTS})(?:面)?|省一级|省(?=(?:认定|评|批|重点实验室|专精特新|单项冠军|绿色))|自治区级"
        r"|\bprovincial(?:[- ]level)?\b|\bprovince[- ]level\b|\bprovincially (?:recogni[sz]ed|certified|rated|listed)\b"
    ),
    "市级": re.compile(
        rf"市级(?!财政|资金)|地市级|市一级|市[里上]{_RECOGNISED}|\bmunicipal(?:[- ]level)?\b(?! (?:financ|fiscal|budget|treasury|government|bureau|fund|authorit))|\b(?:city|prefecture)[- ]level\b"
    ),
    "区县级": re.compile(
        rf"区县级|[县区]级|[县区]一级|(?:(?<![园社发小景库片厂矿山郊街校院灾])区|县)[里上](?:{_RECOGNISED}|(?:主|举|承)?办(?!公|事|理)|组织|召开)|\bdistrict[- ]level\b|\bcounty[- ]level\b"
    ),
}
# "省里的还没评", "市级还没有" …
_LACKED_AFTER = re.compile(
    r"(?:那?[边块头]|牌子|称号|资质|认定|名单|名录|推广|的|都|也|还|又|暂时|目前|现在|倒|就|仍|尚|,|\s)*"
    r"(?:没(?!有?(?:问题|奖|补|规定|钱|给|资金|政策|要求|限制|说|讲|写|提))|未(?!来|必)|不是(?!有|也|都|一样|能|吗|说|讲)|不[算够]|评不上)"
    r"|(?:\s+\w+){0,3}\s+(?:not yet|is not|isn't|hasn't|has not|yet to)\b"
)
# … and "没拿到省级的", "not yet at provincial level".
_LACKED_BEFORE = re.compile(
    r"(?:(?<![是只有])(?:没有?|未|尚未|不是|并非|够不上|达不到|评不上)(?:拿|评|获|得|进|入|上|列|纳|认定|通过|被|为|成|过|到|达|任何|了|是)*"
    r"|\b(?:not|no|never|without|isn't|hasn't|haven't|aren't)(?! only| just)(?: (?:yet|at|on|in|the|a|an|any|to|been|be|recogni[sz]ed|certified|rated|listed|got|reach|reached|make|made|attain|attained|qualify|for|get|have|become|as))*\s+)$"
)
# One who asks what they would get once they have it does ask about that level.
_ONCE = re.compile(
    r"(?:如果|要是|假如|一旦|等|若|将来|以后)(?:(?![没未不只])[^,。;?!]){0,10}?(?:评上|拿到|拿下|批下|认定|列入|通过|升|获)"
    r"|(?:评上|拿到|拿下来?|批下来|认定|通过|列入|升上去)了?(?:之后|以后|后|的话|就能|就可以|就有)"
    r"|\b(?:if|once|when) (?:we|it|they)(?: do| does| eventually)? (?:get|become|reach|make|win|receive|obtain|gain|are (?!not)|is (?!not))"
)


def levels_in(folded: str) -> set[str]:
    """The levels that a clause names: 国家级, 省级, 市级, 区县级; 市级以上 is every level from the city's up."""
    named = {level for level, pattern in _NAMED.items() if pattern.search(folded)}
    for match in _AND_ABOVE.finditer(folded):
        named.update(ORDER[_rank(match["level"]) :])
    return named


def levels_asked(folded: str) -> tuple[str, ...]:
    """The levels that a turn or a part of it asks about, without those that it says are not reached."""
    lacked = levels_lacked(folded)
    return tuple(level for level, pattern in _SAID.items() if level not in lacked and pattern.search(folded))


def levels_lacked(folded: str) -> tuple[str, ...]:
    """The levels that the asker says not to have (yet); none where they ask what they would get with one."""
    if _ONCE.search(folded):
        return ()
    return tuple(
        level
        for level, pattern in _SAID.items()
        if any(_is_lacked(folded, match.start(), match.end()) for match in pattern.finditer(folded))
    )


def levels_left(folded: str) -> tuple[str, ...]:
    """The levels that the asker had before the one they have now: 前年是市级,今年升成省级."""
    before: set[str] = set()
    now: set[str] = set()
    reading = reading_of(folded)
    for start, end in segments_of(folded):
        named = levels_asked(folded[start:end])
        if len(named) > 1 and signs_in(folded[start:end], "rise"):
            before.add(min(named, key=ORDER.index))
            now.update(named)
        elif any(finding.value == "past" for finding in reading.within("time", start, end)):
            before.update(named)
        else:
            now.update(named)
    return tuple(level for level in before if any(ORDER.index(level) < ORDER.index(other) for other in now))


def level_names(folded: str) -> list[tuple[int, int]]:
    """Where a turn names a level."""
    return [match.span() for pattern in _SAID.values() for match in pattern.finditer(folded)]


def are_out_of_reach(demanded: set[str], lacked: tuple[str, ...]) -> bool:
    """Whether every level demanded is one that the asker lacks, or above it."""
    if not demanded or not lacked:
        return False
    lowest = min(ORDER.index(level) for level in lacked)
    return all(ORDER.index(level) >= lowest for level in demanded)


def _is_lacked(folded: str, start: int, end: int) -> bool:
    return bool(_LACKED_AFTER.match(folded, end) or _LACKED_BEFORE.search(folded[:start]))


def _rank(name: str) -> int:
    """The place in the order of what a level's name begins with: 区 and 县 are the same."""
    return next(place for place, level in enumerate(ORDER) if name in level)
