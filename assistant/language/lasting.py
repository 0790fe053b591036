"""What a duration runs from: the founding of a firm, a signature, the start of work.

"签约后14个月才动工" runs from the signing and not from the start of construction, "成立五年了" from the founding, and
"干4个月就走了" is how long someone worked. A clause that bounds one of them is not judged by another: a firm five years old may well have started construction
within a year of its founding.
"""

import re

_EVENTS = {
    "aged": re.compile(r"成立(?:时间|年限)|\byears? old\b"),
    "founded": re.compile(
        r"成立(?!时间|年限)|注册|创办|创立|设立|组建|挂牌|开办|\b(?:founded|founding|established|set up|registered|incorporated)\b"
    ),
    "signed": re.compile(r"签约|签订|签署|签完|签了|签下|合同签|\bsign(?:ed|ing|ature)?\b"),
    "land": re.compile(
        r"(?:取得|拿到?|获得?|受让|摘牌|出让|供)(?:了|到)?(?:土地|用地|地块?)|摘地|\b(?:acquir|obtain|g[eo]t)\w* (?:the )?land\b"
    ),
    "started": re.compile(
        r"开工|动工|开建|破土|\b(?:broke|break|breaking) ground\b|\bground[- ]?breaking\b|\bstart\w* (?:construction|building)\b|\bconstruction start"
    ),
    "producing": re.compile(r"投产|达产|投运|\bin(?:to)? production\b|\bstart\w* production\b"),
    "arrived": re.compile(r"落户|迁入|入驻|迁到|搬到"),
    "worked": re.compile(
        r"就业|在岗|上班|打工|留用|离职|辞职|走(?:光|人|了|掉)|跑(?:了|光|球|路|掉)|留[下住]|干(?=了|满|到|够|不到|不满|没|活|着|\s|$)|没[干做待]|待(?=了|满|到|够|不到)"
        r"|\b(?:employ\w*|stay(?:ed|s|ing)?|left|leav(?:e|es|ing)|quit|resign\w*|on the job|worked)\b"
    ),
}
_AFTER = re.compile(r"\s*(?:later\s+)?(?:after|since|from|of)\b")  # "14 months after we signed"
_TILL_NOW = re.compile(r"\s*(?:多|出头)?(?:了|的(?:老)?(?:企业|公司|厂|联盟|机构)|ago\b|[,。;?!]|$)")  # "成立五年了"


def events_in(folded: str) -> frozenset[str]:
    """The events that words name."""
    return frozenset(name for name, pattern in _EVENTS.items() if pattern.search(folded))


def runs_from(before: str, after: str) -> frozenset[str]:
    """What a duration between these words runs from; empty where they name nothing known."""
    if _AFTER.match(after):
        return events_in(after)
    found = events_in(before) or events_in(after)
    if "founded" in found and _TILL_NOW.match(after):
        return frozenset({"aged"})
    return frozenset({"aged"}) if "aged" in found else found
