"""Categories: what an enumeration of words stands for (国家级、省级、市级 分别给予…)."""

import re

_LEVEL = r"(?:国际|国家|世界|全国|省部|部|自治区|省|直辖市|副省|市|地市|区|县|镇|街道|校|院)级?(?:重点|以上)?"
_GRADE = (
    r"(?:特|[一二三四五六七八九])等奖?|[一二三四五六][等级]|[a-f]\+?类|[a-f]\+?[级档]|[金银铜]奖|[一二三四五]星级?|甲级|乙级|丙级|第?[一二三四五六]名|第[一二三四五六]批?|"
    r"[一二三四五六1-6]a{1,5}级?|[1-6]a级?"
)
_QUOTED = re.compile(r"[“\"「『][^”\"」』]{1,20}[”\"」』]")
_SPLIT = re.compile(r"、|以及|及其|或者|(?<![饱总])和(?!谐)|(?<!涉)及|或|(?<!参)与(?!会)|/|(?<=[”\"」』])(?=[“\"「『])")
_LEVEL_RUN = re.compile(rf"{_LEVEL}(?:(?:、|和|及|或|与|以及|或者){_LEVEL})+")
_LEVEL_WORDS = re.compile(r"(?:国家|世界|全国|自治区|国际|省|市|区|县|镇|部|校|院)级")
_GRADE_RUN = re.compile(rf"(?:{_GRADE})(?:(?:、|和|及|或|与|以及|或者|)(?:{_GRADE}))+")
_ABBREVIATED = re.compile(
    r"(?P<run>[特一二三四五六七八九a-f](?:、[一二三四五六七八九a-f]){1,7})(?P<tail>等奖|等级?|级|类|星级?|档|A级)"
)
_LEAD = re.compile(
    r"^.*(?:评选为|评定为|认定为|评为|获评为?|列为|列入|成为|入选|纳入|达到|实现|通过|获得|荣获|获批|取得|新增|新建|首获|新获|授予|创建|属于|对于|对|为|获|按照|按|在|被|经|新认定的?|"
    r"首次|是|和)"
)
_TAIL = re.compile(
    r"(?:的|认定|称号|等次|等级|荣誉|以上|奖项|资质|项目|企业|人才|单位|分别|按|,|每|给予|奖励|补助|三个|两个|四个|五个|六个|八个|档次|标准|一次性|称号的|认定的|评选的).*$"
)


_RECIPIENT = re.compile(r"(?:企业|单位|机构|个人|团队|园区|基地|平台|协会|商会|合作社|家庭农场|大户)$")
_RECIPIENT_TAIL = re.compile(r"(?:,|分别|按|每|给予|择优|一次性|奖励|补助).*$")


# 第二、三年 is a time and no enumeration of classes.
_ORDINALS = re.compile(r"第?[一二三四五六七八九十\d]+(?:、第?[一二三四五六七八九十\d]+)+(?:个?(?:年|季|月|期|批次?))")
_DIVISION = re.compile(r"(?:分为|分成|划分为)(?P<words>[^,。;:]{5,60})")
_AFTER_DIVISION = re.compile(r"(?:[两二三四五六\d]个?(?:类(?!型)|种|档|级|等级|层次)|给予|予以|进行|分别|支持$).*$")


def division_of(text: str) -> tuple[str, ...]:
    """The classes that a sentence divides its recipients into (分为引领类、培育类); empty where it does not."""
    match = _DIVISION.search(text)
    words = _AFTER_DIVISION.sub("", match["words"]) if match else ""
    classes = tuple(word for word in _SPLIT.split(words) if word)
    return classes if len(classes) > 1 else ()


def split_words(text: str, count: int) -> tuple[str, ...]:
    """The last enumeration of ``count`` words in ``text``; empty when none has that many members."""
    for reader in (_levels, _abbreviated, _grades, _quoted, _plain):
        words = reader(text, count)
        if len(words) == count and len(set(words)) == count:
            return words
    return ()


def _last_run(pattern: re.Pattern[str], text: str, count: int) -> tuple[str, ...]:
    best: tuple[str, ...] = ()
    for match in pattern.finditer(text):
        words = tuple(word for word in re.split(r"、|以及|或者|和|及|或|与", match[0]) if word)
        if len(words) == count:
            best = words
    return best


def _levels(text: str, count: int) -> tuple[str, ...]:
    words = _last_run(_LEVEL_RUN, text, count)
    if words:
        return words
    found = _LEVEL_WORDS.findall(text)
    return tuple(found) if len(found) == count and len(set(found)) == count else ()


def _abbreviated(text: str, count: int) -> tuple[str, ...]:
    for match in reversed(list(_ABBREVIATED.finditer(text))):
        letters = match["run"].split("、")
        if len(letters) == count:
            return tuple(letter.upper() + match["tail"] for letter in letters)
    return ()


def _grades(text: str, count: int) -> tuple[str, ...]:
    for match in reversed(list(_GRADE_RUN.finditer(text))):
        words = tuple(re.findall(_GRADE, match[0]))
        if len(words) == count:
            return words
    return ()


def _quoted(text: str, count: int) -> tuple[str, ...]:
    found = tuple(match[0].strip('“”"「」『』') for match in _QUOTED.finditer(text))
    return found[-count:] if len(found) == count else ()


def _plain(text: str, count: int) -> tuple[str, ...]:
    """Words divided by 、 and 和, the first freed of what leads in and the last of what follows."""
    for segment in reversed(re.split(r"[,:]", text)):
        words = _members(segment, count)
        if not words or _ORDINALS.match(segment):
            continue
        first = _LEAD.sub("", words[0]) or words[0]
        recipients = [*words[1:-1], _RECIPIENT_TAIL.sub("", words[-1])]
        if all(_RECIPIENT.search(word) for word in (first, *recipients)):
            return (first, *recipients)
        last = _TAIL.sub("", words[-1]) or words[-1]
        return tuple(word.strip('“”"的') or word for word in (first, *words[1:-1], last))
    return ()


def _members(segment: str, count: int) -> list[str]:
    """The segment's enumeration if it has ``count`` members: by 、 alone, then with the last 和, then with every 和 and 及."""
    coarse = [word for word in re.split(r"、", segment) if word]
    if len(coarse) == count:
        return coarse
    last = _SPLIT.split(coarse[-1]) if coarse else []
    if len(coarse) - 1 + len(last) == count:
        return [*coarse[:-1], *last]
    fine = [word for word in _SPLIT.split(segment) if word]
    return fine if len(fine) == count else []
