"""Phrases: the words of a sentence that name the base of a share, the recipient, or the scope of a ceiling."""

import re

from assistant.clause.chains import EACH, Chain
from assistant.clause.granting import METRIC_TAIL
from assistant.clause.vocabulary import any_of

_VERBS = any_of("grant_verbs")
_POLARITY = (
    r"(?:最高|最高不超过|不超过|不高于|不得超过|最高可达|不低于|最多|上限|约|至多|的|为|分别|各|按|其中|比例|标准)"
)
_BASE_TAIL = re.compile(
    rf"(?:{_POLARITY}|的?[前后第][一二两三四五六\d](?:[、和至到-]第?[一二两三四五六七八九\d])?年(?:内)?|的比例|奖励|补助|补贴|资助|总计|最高给予|给予|每年)+$"
)
_BASE_LEAD = re.compile(
    rf"^(?:.*(?:按照?|依照?|以)(?:其|该|企业|单位)?|.*(?:{_VERBS})(?:企业|其|单位|项目单位|机构|用人单位|该企业|主体|主办单位|承办单位)?|(?:其|对其|的|不超过|最高|"
    rf"不高于|对|每家企业|每年))(?:不超过|不高于|最高|其|最高不超过)?"
)
_BASE_POLARITY = re.compile(
    r"^.*费率(?:上限)?(?:及|、|和)|^.*(?:标准|比例|额度|金额|率)(?:为|按|不超过|以)|^.*(?:不得?超过|不高于|最高|不低于)(?:其|该|企业)?|"
    r"^(?:每[家户个][^,。;:费额租]{0,4}(?:企业|单位|项目)|企业|单位|其)(?=.{3})"
)
_BASE_SEGMENT = re.compile(
    r"(?:^|[,;:])(?P<base>[^,;:]{2,40}(?:部分|额|费|费用|支出|成本|租金|利息|投入|投资|金额|贡献|收入|税收|增量)),(?:按照?|给予|予以|分别|以)?$"
)

_BY = re.compile(
    r"(?:按照?|依照?|(?<!可)(?<!予)以(?![上下内及])|对(?!于)其?)(?P<base>[^,。;:]{2,40}?)(?:给予|予以|的?标准|分别|进行|,)"
)
_BASE_WORD = re.compile(
    r"额|费|资$|资本|总开支|租金|投入|投资|支出|成本|收入|利息|金额|价|税|款|贡献|保费|利率|lpr|本金|资金|部分|总|值|量|销售|经费|产值|工资|薪|订单|息|薪酬|用电|留成|增量|电费|险|开支"
)
_MODIFIER = re.compile(r"^的?(?:一次性)?(?P<base>[^,。;:、的\d]{2,10}?)(?:补助|补贴|资助|奖励|支持|贴补)")


def base_of(text: str, frame_start: int, chain: Chain) -> tuple[str, tuple[int, int] | None]:
    """The words a share applies to, in the clause's spelling without stray spaces, and their place."""
    start = chain.gap
    left = text[start : chain.first.start]
    body = _BASE_TAIL.sub("", left)
    body_end = start + len(body)
    if _REMAINDER.match(body):
        opening = re.search(r"(?:按照?|给予|对)(?!.*(?:按|给予|,))", text[chain.segment_start : start])
        body = (
            text[chain.segment_start + opening.end() : start] + body
            if opening
            else text[chain.segment_start : start] + body
        )
        return body, (body_end - len(body), body_end)
    lead = _BASE_LEAD.match(body)
    candidate = body[lead.end() :] if lead else body
    candidate = _BASE_VERB.sub("", candidate) or candidate
    candidate = _BASE_POLARITY.sub("", candidate).strip("、")
    body = body.rstrip("、")
    body_end = start + len(body)
    if candidate and _BASE_WORD.search(candidate) and not _NO_BASE.search(candidate):
        return candidate, (body_end - len(candidate), body_end)
    segment = _BASE_SEGMENT.search(text, frame_start, chain.gap + len(body))
    if segment is not None and not _NO_BASE.search(segment["base"]):
        words = re.sub(r"^(?:对于?|按照?|其|该|企业)+", "", segment["base"])
        return words, (segment.end("base") - len(words), segment.end("base"))
    for match in reversed(list(_BY.finditer(text, frame_start, chain.first.start))):
        if _BASE_WORD.search(match["base"]) and not _NO_BASE.search(match["base"]):
            cleaned = _BASE_TAIL.sub("", re.sub(r"^(?:其|该|企业)", "", match["base"]))
            offset = (
                match.start("base") + match["base"].index(cleaned) if cleaned in match["base"] else match.start("base")
            )
            return cleaned, (offset, offset + len(cleaned))
    behind = _MODIFIER.match(chain.right)
    if behind is not None and _BASE_WORD.search(behind["base"]):
        offset = chain.last.end + behind.start("base")
        return behind["base"], (offset, offset + len(behind["base"]))
    return "", None


# 超出1亿元的[部分]: the base begins in front of the threshold.
_BASE_VERB = re.compile(r"^.*(?:给予|予以|返还)(?:企业|单位|机构|其)?")
_NO_BASE = re.compile(rf"^(?:由)?(?:中央|省|市|区|县)?级?财政|(?:{any_of('recipients')}|再)$")
_REMAINDER = re.compile(r"^(?:以上|以内|以下)?的?(?:新增|超额|超出|增量|增长)?部分")


_RECIPIENT = any_of("recipients")
_OBJECT = re.compile(
    rf"(?:{_VERBS})(?P<who>[^,。;:、\d每的%]{{0,14}}?{_RECIPIENT})(?:最高|不超过|每[年月]|一次性|为|$)"
)
_FOR = re.compile(r"(?:^|[,;并])(?:对于?|凡|向)(?P<who>[^,。;:]{2,70})")
_NOUN = re.compile(rf"(?P<noun>[^的,。;:\d]{{0,20}}?{_RECIPIENT})(?=$|[,的按给分一最每实开在达获年、和及])")
_ACTING = re.compile(
    rf"(?P<who>{_RECIPIENT})(?:提供|实施|牵头|购买|购置|租|开展|建设|从|向|与|到|参加|承担|利用|通过|自|在|新|首次|出口|产品|以)"
)
_NOISE = re.compile(
    r"^(?:.*(?:按|对于?|凡|被|其中|给予|奖励|补贴|补助|评为|认定|获得|支持|鼓励|引进|分别|符合条件))?(?:且|并|和|与|、|可|其(?!他)|每[家户个])*"
)


def beneficiary_of(text: str, frame_start: int, end: int) -> tuple[str, tuple[int, int] | None]:
    """Who is paid, in the clause's words: the object of the verb, else the noun of 对……的企业 or of the opening."""
    given = _OBJECT.search(text, frame_start, end)
    if given is not None:
        return _trimmed(given["who"], given.end("who"))
    opening = _FOR.search(text, frame_start, end)
    start = opening.start("who") if opening else frame_start
    noun = None
    for candidate in _NOUN.finditer(text, start, end):
        noun = candidate
        if text[candidate.end() : candidate.end() + 1] in {",", "按", "给", "分", "一", "最", "每"}:
            break
    return _trimmed(noun["noun"], noun.end("noun")) if noun else ("", None)


def _trimmed(words: str, stop: int) -> tuple[str, tuple[int, int] | None]:
    acting = _ACTING.search(words)
    if acting is not None:
        stop -= len(words) - acting.end("who")
        words = words[: acting.end("who")]
    shorter = _NOISE.sub("", words)
    kept = shorter if len(shorter) >= 2 else words
    return kept, (stop - len(kept), stop)


_SCOPE = any_of("scope", "recipients", "grant_metrics", "measure_nouns")
_FILLING = re.compile(
    rf"{_SCOPE}|{_VERBS}|不得?超过|不高于|封顶|资金|的|对|其|可|应|且|但|和|,|为|按|上述|本条|该|各|项|在|获得|享受|申请|申报|期间|实际|财政|市|区|县|标准|租金|保费|年|"
    rf"累加|原则|费用|内|科技|保险费|同时|以上|最长|补偿|时间|期限|据实|核算|保险|一般|条款|内容|不|重复|分别|一家|单|条|款|内容|[\d、]|所有|政策|累积|合并"
)


def is_scope(text: str) -> bool:
    """Whether ``text`` only says over what a ceiling is counted (同一企业每年补助总额) and names no case of its own."""
    return len(_FILLING.sub("", text)) <= 3


_SUBJECT_FILLING = re.compile(
    rf"{any_of('scope')}|{_VERBS}|(?:{any_of('grant_metrics')})(?:金额|总额|标准|比例|资金|额度|限额|期限)?|不得?超过|不高于|"
    rf"的|并|同时|再|另外?|还|且|但|为|按照?|可|一次性|分别|最高|最长|不超过|连续|期限|企业|单位|项目|总|额度|比例|标准|其|对|时间|原则上|所在"
)


def subject_between(text: str, start: int, end: int) -> str:
    """What the text between two awards says beyond connecting words: the name of a new case, if any."""
    between = text[start:end]
    cut = re.search(r"[,:]", between)
    if cut is None:
        return ""
    lead = between[cut.end() :]
    return "" if is_scope(lead) else re.sub(r"[,:、]", "", _SUBJECT_FILLING.sub("", lead))


_CASE_END = re.compile(
    r"申请|不得|不超过|按照?(?!规定)|依据|给予|予以|一次性|每(?!艘|辆|台|亩|座|套|件)|分别|奖励|补助|补贴|资助|最高|发放|\d[\d.]*(?:万|亿|元|%|个百分点)|奖补|上浮|连续|支付|返还"
)


def case_of(text: str, start: int, end: int) -> str:
    """Words that name the case an award is for: 对[新开的门店]一次性奖励7万元."""
    lead = text[start:end]
    if not start and ":" in lead:
        lead = lead[lead.rindex(":") + 1 :]
    if start:
        cut = re.search(r"[,:]", lead) or _LISTED.match(lead)
        if cut is None:
            return ""
        lead = lead[cut.end() :]
    for segment in reversed(lead.split(",")):
        words = "" if _GIVER.match(segment) else _case_words(segment)
        if len(words) >= 2 and (len(_FILLING.sub("", words)) >= 2 or _LEVEL.fullmatch(words)):
            return words
    return ""


_NO_CASE = re.compile(r"^(?:经|单个|每|而|该|本)|累计|比例|额外|额度|(?:再|可|到)$")  # how it is paid, no case
_LONGEST_CASE = 16  # characters; a longer subject is a sentence of its own
_NUMBERED = re.compile(r"\d|^第[一二三四五六七八九十]$")
_LISTED = re.compile(r"(?:/[^,:、]{1,6})?、")  # 省内每吨补20元、省外…: the next case of a list
_STANDARD = re.compile(r"(?:标准|金额|额度)(?:为|是|:)$")
_SHORT_LABEL = 6  # characters; a longer name in front of a sum is a phrase
# Who gives stands between the case and the sum: 对……的农场,东湾市给予5万元.
_GIVER = re.compile(
    r"(?:由|再由)?[^,。;:的对]{1,8}(?:市|区|县|镇|省|财政|政府|局|委员会)(?:再|另|还)?(?:一次性)?(?:给予|予以|奖励|补助|补贴)"
)
_CASE_NOUN = re.compile(r"的(?:企业|单位|机构|项目|产品|个人|人才|园区|平台)(?=.)")


def _case_words(segment: str) -> str:
    stop = _CASE_END.search(segment)
    words = segment[: stop.start()] if stop else segment
    noun = _CASE_NOUN.search(words)
    words = words[: noun.end()] if noun else words
    return re.sub(r"^(?:并|且|其中|同时|对于?|凡|将|在|每[艘辆台亩座套件]|的)+|(?:的|按|,)+$", "", words)


_LEVEL = re.compile(
    r"(?:国际|世界|国家|全国|自治区|省|市|区|县|镇|校)级|[特一二三四五]等奖|[特一二三]级|[A-Fa-f][类级档]|[金银铜]奖|第[一二三四五六七八九]名|^(?:优秀|良好|合格|优良|达标|中等)$"
)


_YEARS = re.compile(r"[前后第首][^,]{0,4}(?:年|月|季度)(?:内|起)?(?:房租|租金)?")


def contrast(subjects: list[str]) -> list[str]:
    """What tells cases of the same kind apart; empty strings where they do not contrast."""
    names = [""] * len(subjects)
    levels = [match[0] if (match := _LEVEL.search(subject)) else "" for subject in subjects]
    if len(set(levels)) > 1 and sum(map(bool, levels)) > 1:
        names = [level if levels.count(level) == 1 else "" for level in levels]
    for position, subject in enumerate(subjects):
        if names[position]:
            continue
        head = subject[-2:]
        rivals = [
            other
            for place, other in enumerate(subjects)
            if place != position and other[-2:] == head and other != subject
        ]
        lists = any("、" in each for each in (subject, *rivals)) and re.search(rf"{_RECIPIENT}$", subject) is not None
        if len(subject) < 3 or not rivals or lists or _YEARS.fullmatch(subject):
            continue
        names[position] = _difference(subject, rivals[0])
    if (
        not any(names)
        and len(subjects) > 1
        and len(set(subjects)) == len(subjects)
        and all(map(_names_a_case, subjects))
    ):
        return subjects
    return names


def _names_a_case(subject: str) -> bool:
    """Whether a subject is short enough and no list, so that as a whole it says whom the award is for."""
    listed = "、" in subject or _NO_CASE.search(subject) or _YEARS.fullmatch(subject)
    return 3 <= len(subject) <= _LONGEST_CASE and not listed


def short_label(chain: Chain) -> str:
    """The name right before a sum that is told of it: 补贴标准为[半护理]400元."""
    label = category_label(chain.left)
    named = _STANDARD.search(chain.left.removesuffix(label)) and chain.right == "" and len(label) <= _SHORT_LABEL
    return label if named and chain.dimension == "money" and METRIC_TAIL.search(chain.left) is None else ""


def _difference(subject: str, rival: str) -> str:
    """The words of a subject that its rival does not share; one character that both have is part of a word."""
    first = _shared(subject, rival)
    last = _shared(subject[:first:-1], rival[:first:-1])
    difference = subject[first : len(subject) - last].strip("的、")
    return difference if len(difference) >= 2 and not _NUMBERED.search(difference) else subject


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike, none where it is one."""
    pairs = enumerate(zip(one, other, strict=False))
    length = next((place for place, (first, second) in pairs if first != second), min(len(one), len(other)))
    return length if length > 1 else 0


_GRADE_HELD = re.compile(r"(?:为|获得?|达到|评定|等级)(?P<grade>[a-f]\+?[类级档])(?=的|企业|等级|,|以上)")
_SHORT_CASE = re.compile(r"^(?:对于?)?(?P<case>[^,。;:\d]{2,4})的$")


def single_category(text: str, start: int, end: int) -> str:
    """Class or case a single award requires: 评价结果为A类的企业; 无息的,按……."""
    lead = text[start:end]
    grade = _GRADE_HELD.search(lead)
    if grade is not None:
        return grade["grade"].upper()
    short = _SHORT_CASE.match(lead.split(",")[0]) if "," in lead else None
    return short["case"] if short else ""


_LABEL_LEAD = re.compile(rf"^.*(?:{_VERBS}|按照?|分别|为|对(?:企业|单位)?|,|:|标准)")
_LABEL_TAIL = re.compile(r"(?:最高|不超过|最高不超过|不高于|最多|上限|为|各|的|给予|奖励|补助|补贴|资助|支持|:)+$")


def category_label(left: str) -> str:
    """Name in front of the first sum of a labelled enumeration: 给予[成套装备]最高100万元、单台设备最高50万元."""
    text = _LABEL_TAIL.sub("", EACH.sub("", _LABEL_TAIL.sub("", left)))
    return _LABEL_LEAD.sub("", text)
