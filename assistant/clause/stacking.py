"""Stacking: whether a clause, or a document, lets the awards it states be added up, or pays only the highest of them."""

import re
from collections.abc import Iterator
from enum import StrEnum

from assistant.clause.granting import RAISES
from corpus.script import fold


class Stacking(StrEnum):
    """What a clause says of several of its awards to one recipient."""

    ADDS = "adds"  # 可叠加享受
    HIGHEST = "highest"  # 就高不重复, 补足差额: together they come to the highest
    ONE = "one"  # 不重复享受, 只能享受其中一项: no more than the highest
    UNSAID = "unsaid"


_HIGHEST = re.compile(r"就高|从高|择高|差额|补差")
_DIFFERENCE = re.compile(r"差额|补差|补足差")
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


# ── of a whole document ──

_NOT = r"(?:不(?:再|予|可|能|得|应|准|重复|允许|可以)*|不得|无法)"
_FORBIDS = re.compile(
    rf"就高不重复|就高不就低|{_NOT}(?:重复|叠加|同时|累计)(?:享受|支持|奖励|补助|补贴|兑现|申报|申请|计算)?|择优不重复|从高不重复|不可兼得|不兼得"
    r"|只(?:能)?(?:享受|申报|申请)(?:其中)?(?:一|1)(?:项|次|种)|择(?:高|优)(?:享受|执行|兑现|支持|奖励|补助|不)|按(?:从高|就高|最高(?:额|者|标准|一项|档))"
)
_ALLOWS = re.compile(
    r"(?<!不)可(?:以)?(?:叠加|同时享受|累加享受|重复享受)|(?<![不得可能予再])叠加(?:享受|支持|奖励|补助|补贴)"
)
# What is allowed beside the grants of others, or for some of them only, says nothing on all of this document's.
_RESTRICTED = re.compile(
    r"国家|省|上级|其他|其它|另行|本条|本项|本款|该项|该条|上述|前述|前款|以上两|第.{1,4}[条款项]|除外|除.{1,20}外|部分|原则上"
)
_LABEL = re.compile(
    r"\s*第[一二三四五六七八九十百\d]+条\s+"
)  # 第二条可叠加 speaks of the second, 第八条 可叠加 is the eighth


def adds_up(text: str) -> bool:
    """Whether no sentence of a document forbids to claim several of its grants at once, or allows it of some only."""
    folded = fold(text)
    for match in _ALLOWS.finditer(folded):
        sentence = _sentence(folded, match)
        label = _LABEL.match(sentence)
        if _RESTRICTED.search(sentence, label.end() if label is not None else 0):
            return False
    return not _FORBIDS.search(folded)


def stacking_sentences(text: str) -> Iterator[str]:
    """What a document says of claiming several of its grants at once, word for word."""
    folded = fold(text)
    for pattern in (_FORBIDS, _ALLOWS):
        for match in pattern.finditer(folded):
            yield _sentence(text, match, folded).strip()


def _sentence(text: str, match: re.Match[str], folded: str = "") -> str:
    """The sentence of ``text`` around a match in its folded form, which has the same length."""
    folded = folded or text
    start = max(folded.rfind(end, 0, match.start()) for end in "。;\n") + 1
    ends = [position for end in "。;\n" if (position := folded.find(end, match.end())) >= 0]
    return text[start : min(ends) + 1 if ends else len(folded)]


def pays_difference(folded: str) -> bool:
    """Whether who rises from one level to another gets what the higher award has over the lower.

    >>> pays_difference("由低级别升为高级别的,补足差额"), pays_difference("按就高不重复原则执行")
    (True, False)
    """
    return _DIFFERENCE.search(folded) is not None


def raises_former(folded: str) -> bool:
    """Whether what a clause grants takes the place of the award before it: …达到50%以上的,补贴标准提高到每月2300元."""
    return RAISES.search(folded) is not None
