"""Stacking: whether a clause lets the awards it states be added up, or pays only the highest of them."""

import re
from enum import StrEnum


class Stacking(StrEnum):
    """What a clause says of several of its awards to one recipient."""

    ADDS = "adds"  # 可叠加享受
    HIGHEST = "highest"  # 就高不重复, 补足差额: together they come to the highest
    ONE = "one"  # 不重复享受, 只能享受其中一项: no more than the highest
    UNSAID = "unsaid"


_HIGHEST = re.compile(r"就高|从高|择高|差额|补差")
_ONE = re.compile(
    r"不(?:得|能|予|可|再)?(?:重复|叠加|累加|累计|兼得|同时享受)|择[优一]|只(?:能)?享受(?:其中)?[一1]项|不(?:得|能|可)同时"
)
_ADDS = re.compile(r"叠加|累加|(?:可|可以|予以)(?:同时|分别|累计)(?:享受|申报|申请|奖励)")


def stacking_of(folded: str) -> Stacking:
    """What the folded words of a clause say.

    >>> stacking_of("按就高不重复原则执行"), stacking_of("不同级别可叠加支持")
    (<Stacking.HIGHEST: 'highest'>, <Stacking.ADDS: 'adds'>)
    """
    if _HIGHEST.search(folded):
        return Stacking.HIGHEST
    if _ONE.search(folded):
        return Stacking.ONE
    return Stacking.ADDS if _ADDS.search(folded) else Stacking.UNSAID
