"""Lines of the title block: titles, document numbers, addressees, signatures, dates."""

import re
from collections.abc import Sequence

from corpus.layout import Line, squeeze
from corpus.numbering import read_label

_NOUNS = (
    "通知|办法|方案|计划|意见|措施|规定|细则|条例|政策|规划|指南|公告|通告|决定|纲要|举措|指引|通报|批复|公示|解读|导引|汇编"
    "|手册|一览表|汇总表|明细表|对照表|细化|若干条款|章程|守则|要点|清单|目录|标准|问答|[一二三四五六七八九十百]{1,4}条|\\d{1,3}条"
)
_TITLE = re.compile(
    rf"^(?!.*(?:[。;!?,>»|]|上一[篇个条]|下一[篇个条])).{{6,}}?(?:{_NOUNS})[》”\"]?(?:\s*(?:\([^()]*\)|〔[^〔〕]*〕|【[^【】]*】|\[[^\[\]]*\]))*$"
)
_ISSUES = re.compile(r"(?:关于|關于|關於)(?:印发|印發|转发|轉發)[《〈]?(.{4,}?)[》〉]?的通知$")
_SELF = re.compile(r"^(?:本|该|按照|根据|依据|以上|上述|见|附件|详见|点击|查看|相关)")
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[(【{]\s*(?:19|20)\d\d\s*年?\s*[〕\])】}]\s*第?\s*\d{1,5}\s*号"
    r"|[\u4e00-\u9fff]{2,12}(?:公告|令)\s*(?:19|20)\d\d年\s*第\s*\d{1,4}\s*号"
)
# A page that introduces the document by its name: 本站为你精心整理了…办法范文, 现将《…》印发给你们.
_INTRODUCED = (
    re.compile(
        rf"(?:整理|提供|分享|收集|推荐|带来)(?:了|的)?(?:一[篇份])?([^,。;:《》]{{4,50}}?(?:{_NOUNS}))(?:的)?(?:范文|全文|模板|范本)"
    ),
    re.compile(
        rf"(?:现将|现就|为您|为你)[^。《》]{{0,20}}《([^《》]{{4,80}}?(?:{_NOUNS})(?:\([^()]*\))?)》[^。《》]{{0,10}}(?:印发|发布|公布|下发|转发|如下)"
    ),
)
_INTRODUCING_LINES = 5
_TITLE_LINES = 4
# Words that end the name of an agency, an office or a committee.
AGENCY = (
    "政府|办公厅|办公室|委员会|管委会|局|厅|委|部|院|署|办|中心|银行|公司|总队|支队|协会|集团|处|分行|海关|党委|党组"
)
_AGENCY_WORDS = {
    first: tuple(word for word in AGENCY.split("|") if word[0] == first) for first in {w[0] for w in AGENCY.split("|")}
}
_BEHIND_AGENCY = re.compile(r"(?:\([^()]*\))?([\s、]*)")
_NOT_IN_NAME = re.compile(r"[\s,。;:《》()]")
_NAME_IN_FRONT = range(2, 31)  # characters of an agency's name in front of its last word
DATE = (
    r"(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|[一二][零〇○oO一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_SIGNED = re.compile(rf"^(?:[^。;:]{{0,40}}\s)?{DATE}(?:印发|发布|公布)?$|^[^。;:,]{{0,30}}{DATE}(?:印发|发布|公布)$")
_ADDRESSEES = re.compile(r"^[^。;]{2,200}:$")
_ADDRESSED = re.compile(r"政府|部门|单位|机构|企业|管委会|办事处|委员会|局|厅|处室|街道|公司|院校|高校|银行")
_FIELD = re.compile(
    r"^(?:索\s*引\s*号|文\s*号|发文字号|发文机[关构]|签发单位|签发时间|签发人|生效时间|施行日期|实施日期|成文日期|印发日期|公文时效|有\s*效\s*性"
    r"|效力状态|失效日期|失效时间|生效日期|有效期至|废止日期|主题分类|主题词|公开方式|公开属性|统一编号|文件编号|文件名称|标\s*题|名\s*称|制定机关|发布机[关构]|公布日期)\s*[:：]"
)
_TRANSMITS = re.compile(
    r"现(?:将|予|就)?[^。]{0,60}?(?:印发|发布|公布|转发)|印发(?:给你们|实施)|遵照执行|贯彻(?:执行|落实)|组织实施|抓好落实"
)
_PUBLIC = re.compile(r"^抄送\s*:|^\(?此件[^。]{0,20}(?:公开|发布)[^。]{0,10}\)?$|^公开方式")


def looks_like_title(folded: str) -> bool:
    """Whether a line reads like the title of a policy document."""
    line = folded.strip()
    chinese = sum(1 for character in line if "\u4e00" <= character <= "\u9fff")
    if chinese < 8 or len(line) > 120 or _SELF.match(line) or ":" in line:
        return False
    without_quoted = re.sub(r"《[^》]*》", "《》的通知", line)
    return _TITLE.match(without_quoted) is not None or _TITLE.match(line) is not None


def issued_title(title: str) -> str:
    """The title of what a notice issues: of 某市政府关于印发某方案的通知 it is 某方案; any other title as it is."""
    issued = _ISSUES.search(title)
    return issued.group(1) if issued else title


def is_number_line(folded: str) -> bool:
    """Whether a line holds a document number and nothing else."""
    return NUMBER.fullmatch(folded.strip(" ()")) is not None


def is_field(folded: str) -> bool:
    """Whether a line is a field of the record in front of a document (文号, 签发时间 …)."""
    return _FIELD.match(folded) is not None


def is_agencies(folded: str) -> bool:
    """Whether a line only names agencies: the issuer above or the signature below a text."""
    return len(folded) <= 90 and _are_agencies(folded)


def _are_agencies(line: str) -> bool:
    """Whether names of agencies, each with a note in brackets or without, fill a line.

    One pass that keeps where a name may begin; as a pattern, a row of 局 has more readings than can be tried.
    """
    begins = {0}
    nearest, barred = 0, -1
    for position in range(_NAME_IN_FRONT.start, len(line)):
        if position - _NAME_IN_FRONT.start in begins:
            nearest = position - _NAME_IN_FRONT.start
        for behind in (position - 2, position - 1):
            if _NOT_IN_NAME.match(line, behind):
                barred = behind
        if barred >= nearest or position - nearest not in _NAME_IN_FRONT:
            continue
        for word in _AGENCY_WORDS.get(line[position], ()):
            if line.startswith(word, position):
                behind_word = _BEHIND_AGENCY.match(line, position + len(word))
                begins.update(range(behind_word.start(1), behind_word.end(1) + 1) if behind_word else ())
    return len(line) in begins


def is_signature_date(folded: str) -> bool:
    """Whether a line is a date in words, alone or behind the name of who signs."""
    return len(folded) <= 60 and _SIGNED.match(folded) is not None


def is_addressees(folded: str) -> bool:
    """Whether a line names those the document is sent to."""
    if _ADDRESSED.search(folded) is None or re.search(r"。|如下|以下|^为|^根据|^经", folded):
        return False
    return _ADDRESSEES.match(folded) is not None or (folded.startswith("各") and folded.endswith((",", ":", "、")))


def is_front_matter(folded: str) -> bool:
    """Whether a paragraph in front of the first clause belongs to the title block."""
    if is_field(folded) or is_number_line(folded) or is_signature_date(folded) or _PUBLIC.match(folded):
        return True
    if is_agencies(folded) or looks_like_title(folded) or (is_addressees(folded) and "通知如下" not in folded):
        return True
    if re.search(r"(?:制定|提出|出台)(?:本|如下|以下|此)", folded):
        return False
    return len(folded) <= 600 and "《" in folded and _TRANSMITS.search(folded) is not None and "如下" not in folded[-8:]


def is_closing_matter(folded: str) -> bool:
    """Whether a line below the text is its signature, date or note on publication."""
    return is_signature_date(folded) or _PUBLIC.match(folded) is not None or (len(folded) <= 40 and is_agencies(folded))


def broken_title(lines: Sequence[Line], at: int) -> int:
    """How many lines a title takes that the line ``at`` begins and does not end: …关于印发就业见习 / 基地管理办法的通知; else 0."""
    words = lines[at].folded
    if "关于" not in words or looks_like_title(words) or re.search(r"[。;:!?>|《》,]$|[。;]", words):
        return 0
    for count in range(2, _TITLE_LINES + 1):
        if at + count > len(lines) or is_number_line(lines[at + count - 1].folded):
            return 0
        words += lines[at + count - 1].folded
        if re.search(r"[。;:>|]", words):
            return 0
        if looks_like_title(words):
            return count
    return 0


def title_lines(lines: Sequence[Line], at: int, count: int = 1) -> tuple[int, int]:
    """The first line number of the title whose ``count`` lines begin ``at`` a line, and the number behind its last."""
    first, last = at, at + count
    while first > 0 and _runs_on(lines[first - 1].folded, lines[first].folded):
        first -= 1
    while (
        last < len(lines)
        and re.fullmatch(r"[(〔【\[][^()]{2,24}[)〕】\]]", lines[last].folded)
        and not is_number_line(lines[last].folded)
    ):
        last += 1
    return first, last


def _runs_on(above: str, line: str) -> bool:
    """Whether a title's line carries on the one above it."""
    if len(above) > 90 or re.search(r"[。;:!?>|]", above) or is_number_line(above):
        return False
    if above.endswith("关于"):
        return True
    if line.startswith(("关于", "印发", "转发")):
        return is_agencies(above)
    # A title broken after the name of its place: 鹿城区促进 / 开放型经济发展的若干政策意见.
    return (
        4 <= len(above) <= 24
        and re.match(r"[\u4e00-\u9fff]{2,8}?[省市区县州旗]", above) is not None
        and not is_agencies(above)
        and not looks_like_title(above)
        and re.match(r"[\u4e00-\u9fff]{2,8}?[省市区县州旗]", line) is None
    )


def introduced_title(lines: Sequence[Line]) -> str:
    """The name by which one of the first lines introduces a document that has no line of its own for it; else empty."""
    for line in [line for line in lines if line.folded.strip()][:_INTRODUCING_LINES]:
        for pattern in _INTRODUCED:
            if found := pattern.search(line.folded):
                return squeeze(line.text[found.start(1) : found.end(1)])
    return ""


def joined(lines: Sequence[Line]) -> str:
    """The words of a title that stands on one or more lines, without blanks."""
    return squeeze("".join(line.text for line in lines))


def is_heading_line(line: Line) -> bool:
    """Whether a line begins with numbering."""
    label = read_label(line.text, line.folded)
    return label is not None and label.certain
