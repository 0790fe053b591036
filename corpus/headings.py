"""Headings of clauses: on a line of their own, or run in at the start of a paragraph."""

import re
from dataclasses import dataclass

_LONGEST = 40  # characters of a heading; a longer first sentence is text
_LONGEST_LINE = 60
_LONGEST_LEAD = 20  # characters in front of a colon
_LONGEST_UNNUMBERED = 25
_CUT = 40
_SENTENCE_START = re.compile(
    r"^(?:本|为了?|根据|按照?|依据|对|各|以上|上述|凡|经|由|自|在|到|从|符合|如|若|其中|同时|此外|另外|采取|注)"
)
_STANDARD = re.compile(
    r"^(?:(?:政策|文件)?依据(?:文件)?|发文(?:机构|机关|字号)|发布(?:日期|机构)|工具分类|政策(?:名称|内容|类型|类别|要点|来源)"
    r"|(?:服务|支持|适用|申报|扶持|补助|补贴|奖励|资助|享受|受理)(?:对象|范围|主体|单位)|(?:服务|支持|扶持|补助|资助|奖励|办理|政策)(?:内容|事项|项目)"
    r"|(?:支持|扶持|补助|补贴|奖励|资助)(?:方式|标准|政策|措施|额度|金额|上限|方式(?:和|及)标准|内容及标准|标准及方式)"
    r"|(?:条件要求|申报条件|申请条件|申请资格|申报资格|享受条件|认定条件|基本条件|申报要求|办理条件)|(?:申报|申请|办理|受理|审核|审批|审查)?(?:时间|期限|材料|流程|程序|方式|频度|时间/频度|地点|渠道)"
    r"|服务流程|时间/频度|联络方式|联系方式|咨询(?:电话|方式)|(?:牵头|责任|主管|办理|受理)(?:部门|单位|机构)|有效期限?|兑现方式|资金来源|其他事项|有关说明|附\s*则|总\s*则|附\s*录|备\s*注|名词解释)[:：]?$"
)
_CARD_PART = re.compile(
    r"^(?:政策|必要|享受|工作|扶持|支持|补助|补贴|奖励|资助|认定|申报|申请|办理|基本)?(?:条件|标准|依据|简介|内容|要求|材料|流程|对象|范围|方式|时间|期限|金额|额度|比例|上限|测算|待遇)(?:\([^()]{1,8}\))?[:：]$"
)
_TOP = re.compile(r"^(?:附\s*则|总\s*则|附\s*录)[:：]?$")
_BRACKETED = re.compile(r"[【\[]([^】\]:]{2,20})[】\]]")
_QUESTION = re.compile(r"^(?:问|q\d*)\s*[\d一二三四五六七八九十]*\s*[:、.]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found at the start of a paragraph."""

    text: str  # empty when the paragraph has none
    alone: bool  # nothing but the heading stands in the paragraph


NO_HEADING = Heading("", False)


def numbered_heading(text: str, folded: str) -> Heading:
    """The heading of a numbered paragraph; ``text`` begins behind the numbering."""
    line = folded.strip()
    if not line:
        return NO_HEADING
    offset = folded.index(line[0])
    bracketed = _BRACKETED.match(line)
    if bracketed:
        return Heading(_printed(text, offset + 1, bracketed.end(1) - 1), bracketed.end() == len(line))
    stop = next((position for position, character in enumerate(line) if character in "。;!"), len(line))
    colon = line.find(":")
    if 0 < colon < min(stop, _LONGEST_LEAD) and not re.search(r"[,、]", line[:colon]):
        return Heading(_printed(text, offset, colon), colon == len(line) - 1)
    if stop == len(line):
        return Heading(_printed(text, offset, stop), True) if _is_heading_line(line) else NO_HEADING
    alone = stop == len(line) - 1
    if line[stop] != "。" or _is_sentence(line[:stop], alone):
        return NO_HEADING
    return Heading(_printed(text, offset, stop), alone)


def _is_heading_line(line: str) -> bool:
    """Whether a numbered line that ends in no mark is a heading rather than text broken off."""
    if len(line) > _LONGEST_LINE or re.search(r"[:,]$|\t", line):
        return False
    return len(line) <= _LONGEST_UNNUMBERED or _SENTENCE_START.match(line) is None


def _is_sentence(first: str, alone: bool) -> bool:
    """Whether the words in front of the first 。 are a sentence of the text rather than a heading."""
    long = len(first) > _LONGEST_UNNUMBERED
    if len(first) > _LONGEST or first.count(",") > 2 or re.match(r"本(?!市|区|县|省)", first):
        return True
    if _SENTENCE_START.match(first) and ("," in first or long or alone):
        return True
    if re.search(r"\d", first) and ("," in first or alone):
        return True
    return alone and ("," in first or long)


def run_in_heading(text: str, folded: str) -> Heading:
    """The heading a paragraph without numbering begins with: "稳定企业生产。深入开展…"."""
    line = folded.strip()
    stop = next((position for position, character in enumerate(line) if character in "。;!?:,"), len(line))
    if not 4 <= stop <= _LONGEST_UNNUMBERED or stop >= len(line) - 1 or line[stop] not in "。:":
        return NO_HEADING
    first = line[:stop]
    if re.search(r"\d", first) or _SENTENCE_START.match(first) or (line[stop] == ":" and stop > 12):
        return NO_HEADING
    return Heading(_printed(text, folded.index(line[0]), stop), False)


def is_standard_heading(folded: str) -> bool:
    """Whether a line is one of the headings policy cards, guides and rules use without numbering."""
    return _STANDARD.match(folded) is not None or _CARD_PART.match(folded) is not None or is_question(folded)


def is_card_part(folded: str) -> bool:
    """Whether a line begins a part of a policy card: a standard heading, or one of a card's own (政策条件:, 必要条件:)."""
    return not is_question(folded) and (is_standard_heading(folded) or _CARD_PART.match(folded) is not None)


def run_in_part(folded: str) -> int:
    """Where the text begins of a card's part whose heading stands on the same line (补贴标准:1万元); 0 when it is none."""
    colon = folded.find(":", 2, _LONGEST_LEAD)
    return colon + 1 if 0 < colon < len(folded) - 1 and is_card_part(folded[: colon + 1].strip()) else 0


def is_asked(folded: str) -> bool:
    """Whether a line of its own asks something: 租房有补贴吗? It heads the answer below it."""
    return folded.endswith("?") and 5 <= len(folded) <= _LONGEST_LINE and not re.search(r"[。;!]", folded)


def is_top_heading(folded: str) -> bool:
    """Whether an unnumbered heading stands beside the chapters: 附则, 总则."""
    return _TOP.match(folded) is not None


def is_question(folded: str) -> bool:
    """Whether a line is a question of a question-and-answer page: 问:…"""
    return _QUESTION.match(folded) is not None


def heading_words(text: str) -> str:
    """An unnumbered heading without the marks around it: 、补助对象 and 问:… lose theirs."""
    words = re.sub(r"^(?:、|[问問qQ]\s*\d*\s*[:：、.])\s*", "", text.strip())
    return words.rstrip(":：") or text.strip()


def is_short_line(folded: str) -> bool:
    """Whether a line could be an unnumbered heading: short and without the marks of a sentence."""
    return 2 <= len(folded) <= 30 and not re.search(r"[。;!,\t]|[、:]$", folded) and not re.search(r"\d{4,}", folded)


def cut(heading: str) -> str:
    """A heading short enough for an address, cut behind a phrase."""
    if len(heading) <= _CUT:
        return heading
    ends = [match.end() for match in re.finditer(r"[,，、:：]", heading[:_CUT])]
    end = next((end for end in reversed(ends) if end >= 12), _CUT)
    return heading[:end].rstrip(",，、:：") + "…"


def _printed(text: str, offset: int, stop: int) -> str:
    """The heading as printed, without the line breaks of a page's margin."""
    return re.sub(r"\s*[\r\n]\s*", "", text[offset : offset + stop].strip())
