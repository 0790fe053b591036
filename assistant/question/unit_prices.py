"""Unit prices: what a sum in a turn is said to be for each of (每台购置费100万, 每人每年100元, 每年租金36万, 1500元/人)."""

import re

_CLASSIFIER = r"个人|人次|[人名位员台套件辆艘张间栋亩吨场次节项家户个只头项]|平方米|平米|立方米"
_EACH = re.compile(rf"(?:每|单|一(?=人|台|套|辆|张|亩))(?P<thing>{_CLASSIFIER})(?!性|独|月|季|工作日)")
_EACH_YEAR = re.compile(r"每一?年|每个?年度|\b(?:per year|a year|annual(?:ly)?|yearly|each year|every year)\b")
_BEHIND = re.compile(rf"\s*元?(?:/|每|一)(?P<thing>{_CLASSIFIER})(?!起|家子?公司|月|季)(?!性|次性)")
_BEHIND_YEAR = re.compile(r"\s*元?(?:/|每|一)年|\s*(?:yuan |rmb )?(?:per|a|each) year\b")
_ENGLISH = re.compile(
    r"\b(?:per|each|for each|for every|every|a) (?P<thing>person|head|employee|worker|unit|set|piece|vehicle|bed|mu)\b|\b(?P<each>each|apiece)\b"
)
_NAMES = {"名": "人", "位": "人", "员": "人", "个人": "人", "平米": "平方米", "person": "人", "head": "人", "employee": "人", "worker": "人",
          "unit": "台", "set": "套", "piece": "件", "vehicle": "辆", "bed": "张", "mu": "亩", "each": "个", "apiece": "个"}  # fmt: skip
YEAR = "年"


def priced_for(before: str, after: str) -> tuple[str, ...]:
    """What a sum between two stretches of a turn is for each of, and 年 where it is one year's; empty for the whole.

    >>> priced_for("每台购置费", ""), priced_for("保费每人每年", ""), priced_for("设备一共", "")
    (('台',), ('人', '年'), ())
    """
    found = _EACH.search(before) or _BEHIND.match(after) or _ENGLISH.match(after.lstrip()) or _ENGLISH.search(before)
    thing = next((group for group in found.groups() if group), "") if found else ""
    yearly = _EACH_YEAR.search(before) is not None or _BEHIND_YEAR.match(after) is not None
    return tuple(part for part in (_NAMES.get(thing, thing), YEAR if yearly else "") if part)
