"""Moves of a conversation that are no questions of their own: say that again, is there anything else."""

import re
from dataclasses import dataclass

from corpus.numbering import chinese_number

_ORDINALS_EN = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "last": -1}
_NUMBER = r"第\s*(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:条|个|点|项|款|段)"
_BACK = r"(?:刚才|刚刚|方才|前面|上面|之前|上一[条次轮个]|你(?:刚才|刚刚)?(?:说|讲|列|提到?)的?)"
_AGAIN = r"(?:再|重新?|又)(?:给我)?(?:说|讲|念|读|发|来|贴|列|看|重复|展示)(?:一?[遍次下]|看)?|重复(?:一?[遍次下])?|复述"
_REPEAT = (
    re.compile(rf"{_BACK}.{{0,8}}?{_NUMBER}"),
    re.compile(rf"{_NUMBER}.{{0,6}}?(?:{_AGAIN})"),
    re.compile(rf"(?:{_AGAIN}).{{0,6}}?{_NUMBER}"),
)
_REPEAT_LAST = re.compile(rf"(?:{_BACK}.{{0,6}})?最后一(?:条|个|点|项).{{0,6}}?(?:{_AGAIN}|$)")
_REPEAT_FIRST = re.compile(
    rf"(?:最开始|一开始|最开头|最早|最先|头一个问|第一次问|第一个问题).{{0,12}}?(?:{_AGAIN}|是?多少来着|来着)"
    r"|\b(?:repeat|say|show|give)\b.{0,20}\b(?:very first|first question|first answer)\b"
)
_REPEAT_ALL = re.compile(
    rf"^(?:请|麻烦|能不能|可以|那)?{_BACK}?(?:那|的|说的|那一?条|那个|答案|内容)*(?:请|能)?(?:{_AGAIN})(?:吗|好吗|呢)?[?。!]?$"
    r"|^(?:please |can you |could you )*(?:say (?:that|it) again|repeat (?:that|it|please)|come again)\b"
)
_ORDINAL = r"(?P<word>first|second|third|fourth|fifth|sixth|last)"
_REPEAT_EN = (
    re.compile(rf"\b(?:repeat|say|show|quote|read|give)\b.{{0,20}}\b{_ORDINAL}\b.{{0,12}}(?:again|one|clause|item|point|$)"),
    re.compile(rf"\b{_ORDINAL} (?:one|clause|item|point|citation)\b.{{0,20}}\bagain\b"),
)
_KIND = r"(?:的)?(?:相关)?(?:政策|补贴|补助|奖励|扶持|支持|规定|条款|条文|选择|办法|资金|优惠|项目|内容|依据|答案|可能)?"
_OTHERS = re.compile(
    rf"^(?:那|那么|嗯|好的?|,|\s)*(?:除(?:了)?(?:这|那|此)[^,。?]{{0,6}}?(?:外|以外|之外)?,?)?(?:还|再)?(?:有没有|有无|有|找|来|看看)?(?:没有)?(?:什么|点|一?[条个些])?"
    rf"(?:别的|其[他它](?:的)?|另外的?|更多(?:的)?){_KIND}(?:可以?[申领拿报享]\w?)?(?:吗|呢|么|没有?|不|嘛|可选)?[?!。]?$"
    rf"|^(?:那|那么|嗯|好的?|,|\s)*还有(?:没有|什么|哪些|呢)?{_KIND}(?:吗|呢|么|没有?|嘛)?[?!。]?$"
    r"|^(?:那|那么)?(?:再来|换|下)一?条(?:吧|呢|吗)?[?!。]?$"
    r"|^除(?:了)?(?:这|那|此)[^,。?]{0,6}?(?:外|以外|之外)?(?:还有(?:什么|吗|没有|别的)?)?(?:呢|吗)?[?!。]?$"
)
_OTHERS_EN = re.compile(
    r"^(?:ok|okay|and|so|thanks|,|\s)*(?:is there |are there |do you have |have you got )?(?:anything|something|what) else\b.{0,24}$"
    r"|^(?:ok|okay|and|so|,|\s)*(?:is there |are there |do you have )?(?:any )?(?:others?|more|further)(?: subsid\w+| grants?| support| polic\w+| clauses?| options?| ones?| schemes?)?\s*[?.!]?$"
)


@dataclass(frozen=True, slots=True)
class Repeat:
    """What was answered is to be shown again: the n-th passage of it from 1, -1 the last, None all.

    ``turn`` is the turn it was the answer to, counted like a list's index.
    """

    number: int | None = None
    turn: int = -1


@dataclass(frozen=True, slots=True)
class Others:
    """More of the same is asked for, beside what was already given."""


Move = Repeat | Others


def read_move(folded: str) -> Move | None:
    """The move that one folded turn makes; None for a question or statement of its own."""
    text = folded.strip()
    if _REPEAT_FIRST.search(text):
        return Repeat(turn=0)
    for pattern in _REPEAT:
        if match := pattern.search(text):
            return Repeat(int(match["n"]) if match["n"].isdigit() else chinese_number(match["n"]))
    if _REPEAT_LAST.search(text):
        return Repeat(-1)
    for pattern in _REPEAT_EN:
        if match := pattern.search(text):
            return Repeat(_ORDINALS_EN[match["word"]])
    if _REPEAT_ALL.search(text):
        return Repeat()
    return Others() if _OTHERS.search(text) or _OTHERS_EN.search(text) else None
