"""Amounts in a question: the documents' own forms, and the spoken and English ones people use."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from assistant.language.english_numerals import IN_WORDS, NUMBER, value_of
from assistant.language.english_units import nouns_pattern, unit_of
from corpus.currencies import currency_before, currency_behind
from corpus.numerals import MAXIMUM_LENGTH, evaluate, is_plausible
from corpus.quantities import MONEY_UNITS, Polarity, Quantity, find_quantities
from corpus.units import NEGATIVE_BEFORE

# Spoken and foreign ways to write an amount that official documents do not use.
_SPOKEN = re.compile(
    r"(?P<cur>rmb|cny|¥|￥|yuan|人民币)?\s*(?P<num>\d[\d,]*(?:\.\d+)?|一|两|二|三|四|五|六|七|八|九|十|半|几)\s*(?P<unit>"
    r"个亿|billion|bn|million|mn|mil|thousand|百万|千万|[wmk](?![a-z0-9])|yuan|rmb|cny)"
    r"(?:\s*(?:yuan|rmb|cny|元|块))?",
)
_CURRENCY_FIRST = re.compile(r"(?:rmb|cny|¥|￥)\s*(?P<num>\d+(?:,\d+)*(?:\.\d+)?)(?!,?\d|\.\d|\s*[万亿千百])")
_HALF_MONTHS = re.compile(r"(?P<num>\d+|[一二两三四五六七八九十]+)个半月")
_HEARD_CEILING = re.compile(r"(?:最高|最多|不超过|上限|封顶|顶格|up to|at most|maximum of|max)\s*(?:是|为|的)?\s*$")
# A sum of which only the size is said: 几百万, 十几万, 上千万, 好几个亿.
_VAGUE = re.compile(
    r"(?:(?P<lead>[一二两三四五六七八九]?十)(?=几)|(?P<over>上)(?=[十百千万亿]))?(?:好)?(?P<some>[几数]|(?<=上))(?P<size>[十百千]*)个?(?P<scale>万|亿)多?元?"
)
# Two neighbouring digits for what lies between them: 七八百万, 一千八九百万, 8、9千万, 三四十万.
_NEIGHBOURS = re.compile(
    r"(?<![\d.一二两三四五六七八九])(?P<lead>[一二两三四五六七八九]千)?(?:(?P<low>[一二两三四五六七八])、?(?P<high>[二三四五六七八九])|(?P<low2>[1-8])、(?P<high2>[2-9]))"
    r"(?P<size>[十百千]*)个?(?P<scale>万|亿)元?"
)
# A sum that is passed by less than its last figure: 五十多万, 500余万, 一个多亿, 1.2亿多.
_ODD = re.compile(
    r"(?<![\d.几数])(?P<num>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)"
    r"(?:个?[多余](?P<scale>[万亿w])|个?(?P<scale2>[万亿w])[多余])(?![a-z])(?:元|块钱?)?"
)
_NUMBER = r"\d[\d.,]*|[一二两三四五六七八九十百千]+"
# "500到800万", "500万至800万元"; "从4亿到6亿" is a change, no range.
_RANGE = re.compile(
    rf"(?<![\d.从])(?P<low>{_NUMBER})(?P<low_scale>[万亿])?元?\s?(?:到|至|-|−|~|—)\s?(?P<high>{_NUMBER})(?P<scale>[万亿])元?"
)
_ENGLISH_RANGE = re.compile(
    r"(?P<between>between\s+)?(?:rmb|cny|¥)?\s*(?<!from )(?<!from rmb )(?<!from cny )(?<!from ¥)(?<![\d.,])(?P<low>\d[\d,]*(?:\.\d+)?)\s*(?P<low_scale>million|billion|thousand|bn|mn|m|k)?"
    r"\s*(?:-|to|~|–|(?P<and>and))\s*(?:rmb|cny|¥)?\s*(?P<high>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>million|billion|thousand|bn|mn|m|k)\b"
)
UNUSABLE = "unusable"  # unit of a number below zero, or larger than can be meant
_MAY_FALL = frozenset({"percent", "points"})
_LARGEST_SUM = Decimal(10) ** 14
_LARGEST_COUNT = Decimal(10) ** 9
_YUAN_NAMED = re.compile(r"元|块|yuan|rmb|cny|¥|人民币")
# A sign in front of a sum, at it or at its currency; "- 18m" is a dash.
_SIGN = re.compile(
    rf"(?:(?:{NEGATIVE_BEFORE.pattern.removesuffix('$')})(?:(?:rmb|cny|人民币)\s?|¥)?|\b(?:minus|negative)\s+(?:(?:rmb|cny|¥)\s?)?)$"
)
_SIZES = {"": Decimal(1), "十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
_SCALE_CHINESE = {"万": 10**4, "亿": 10**8, "w": 10**4}
# A sum said without its currency ("一千万整", "3000万"): a question counts little else by the ten thousand.
_BARE = re.compile(
    r"(?<![\d.a-z第])(?<!\d/)(?P<num>(?:\d[\d.,]*)?[零〇一二两三四五六七八九十百千\d]+(?:万|亿)[一二两三四五六七八九十百千万\d]*)(?:元|块钱?|整)?"
    r"(?!\s*(?:[人家户吨台平亩件次只名度辆千瓦条个股张套级年月天箱株棵羽册瓶]|公[斤里顷]|立方)|[\d一二两三四五六七八九十百千万亿美港](?!年|个?月|天))"
)
_PEOPLE = re.compile(
    r"(?<![\d.,])(?:(?P<low>\d[\d,]*|[一二两三四五六七八九十百千]+)\s*(?:到|至|-|~|—)\s*)?(?P<num>\d[\d,]*|[一二两三四五六七八九十百千]+)\s*(?P<about>来|多|几)?(?:个|名|位)?\s*(?:人(?!民|大|家|均|才)|员工|工人|职工|劳动者|工友)"
)
_DOLLARS = re.compile(
    r"(?:us\$|usd|us dollars?|(?<!k)\$)\s*(?P<num>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>million|billion|thousand|bn|mn|m|k)?(?![a-z0-9])"
)
_SCALE = {
    "个亿": 10**8,
    "billion": 10**9,
    "bn": 10**9,
    "million": 10**6,
    "mn": 10**6,
    "mil": 10**6,
    "m": 10**6,
    "thousand": 10**3,
    "k": 10**3,
    "w": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "yuan": 1,
    "rmb": 1,
    "cny": 1,
}
_DIGITS = {
    "一": "1",
    "两": "2",
    "二": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
    "十": "10",
    "半": "0.5",
}
_ENGLISH_NUMBER = rf"(?<![\d.,a-z-])(?P<num>{NUMBER})"
# "eight million", "RMB two hundred thousand", "half a billion yuan"; "two thousand" alone may count anything.
_ENGLISH_SUM = re.compile(
    rf"(?<![\d.,a-z-])(?P<cur>(?:rmb|cny|¥)\s*)?(?P<num>{IN_WORDS})(?P<named>\s+(?:yuan|rmb|cny|renminbi)\b)?"
)
_OF_A_KIND = "people"  # unit of a noun that says which people they are
_LARGE = ("million", "billion")
# "120 workers: 85 have stayed half a year, the other 35 left"
_ENGLISH_PART = re.compile(
    rf"{_ENGLISH_NUMBER}(?=\s+(?:of (?:them|whom|those|these)|who\b|that (?:are|do|did|have)\b|(?:have|had|has) (?:stayed|left|worked|quit)|left|quit|stayed|resigned|did not|didn't)\b)"
)
_PERSON_NAMED = re.compile(
    r"\ban?\s+(?:[a-z-]+\s+){0,3}?(?P<noun>intern|worker|employee|graduate|engineer|trainee|apprentice)\b"
)
# Enterprises are named at length ("7 Hong Kong and Macao youth companies"); "one of 12 companies" counts none of the asker's.
_NO_NAME = (
    r"(?:of|in|for|to|on|at|with|by|from|our|we|my|the|that|which|who|as|is|are|was|were|have|has|had|years?|months?|days?|times|million|billion"
    r"|thousand|yuan|rmb|cny|percent|per|workers?|people|employees|staff|mu|tons?|sqm|square|m|k|bn|mn)"
)
_ENGLISH_ENTERPRISES = re.compile(
    rf"(?<!of )(?<!among )(?<!top ){_ENGLISH_NUMBER}\s+(?:(?!{_NO_NAME}\b)[a-z-]+\s+){{0,6}}?(?P<noun>companies|enterprises|firms|businesses|subsidiaries|start-?ups|factories|manufacturers|institutions|suppliers)\b"
)
# Of what is counted the name may have words of its own ("three separate invention patents"); a sum or a year counts nothing.
_ENGLISH_COUNT = re.compile(
    rf"(?<!rmb )(?<!cny )(?<!usd )(?<![¥$€£])(?!(?:19|20)\d\d\s){_ENGLISH_NUMBER}\s+(?:(?!{_NO_NAME}\b)[a-z'-]+\s+){{0,2}}?"
    rf"(?P<noun>{nouns_pattern(measures=False)})(?!\s+{nouns_pattern(measures=False)})"
)
_ENGLISH_MEASURE = re.compile(rf"{_ENGLISH_NUMBER}[\s-]*(?P<noun>{nouns_pattern(measures=True)})")
_ENGLISH_DURATION = re.compile(rf"{_ENGLISH_NUMBER}[\s-]+(?:full\s+)?(?P<noun>months?|years?)\b")
# How old a person is; "three years old" is said of a firm, too.
_ENGLISH_AGE = re.compile(
    rf"\b(?:i am|i'm|i am now|i'm now|aged|my age is)\s+{_ENGLISH_NUMBER}(?:\s+years?(?:\s+old|\s+of\s+age)?)?"
    r"(?![\w,.]*\s*(?:million|yuan|rmb|m\b))"
    r"|(?<![\d.,])(?P<num2>\d\d)[\s-]years?[\s-]old(?!\s+(?:firm|company|factory|business|plant|enterprise|incubator|park)\b)"
)
# "我今年47,想创业": two digits without a unit, of one who speaks of themselves.
_BARE_AGE = re.compile(r"(?<=今年)(?P<num>[2-7]\d)(?=了?[,。;!?])")
_SPEAKS_OF_ONESELF = re.compile(r"(?:我|本人)(?![们司厂公单家院所校])")
# half of it, a third of it
_ENGLISH_SHARE = re.compile(
    r"\b(?P<share>half|a third|one third|two thirds|a quarter|one quarter|three quarters)\s+(?=of\b|went\b|was\b|is\b)"
)
_SHARES = {
    "half": Decimal("0.5"), "a third": Decimal(1) / 3, "one third": Decimal(1) / 3, "two thirds": Decimal(2) / 3,
    "a quarter": Decimal("0.25"), "one quarter": Decimal("0.25"), "three quarters": Decimal("0.75"),
}  # fmt: skip
# "a year and a half", "one and a half years", "half a year"
_ENGLISH_HALF = re.compile(
    rf"(?<![a-z])(?P<whole>an?|\d|{IN_WORDS})\s+(?:(?P<unit>year|month)s?\s+and\s+a\s+half|and\s+a\s+half\s+(?P<unit2>year|month)s?)\b"
    r"|\bhalf\s+a\s+(?P<unit3>year|month)\b"
)
_JOINED_NUMERAL = re.compile(r"(?P<num>[俩仨])(?P<noun>年|月|人|工人|员工)")
# What joins the parts of one duration: 一年零三个月, 1年6个月, "1 year and 3 months".
_JOINED = re.compile(r"(?:零|又|外加|加)?|,?\s+(?:and\s+)?")
# 22年产值 is the year 2022 and no duration; "满22年" and "成立22年了" are.
_SHORT_YEAR = re.compile(
    r"(?<![\d满了近有已约立足整])(?:1[5-9]|2\d|3[0-5])年(?=全年|年?底|年?初|度|末|[上下]半年|[一二三四1-4]季|第?[一二三四1-4]个?季|头|前|开|"
    r"我|的?(?:工业|营业|主营|总)?(?:总?产值|营收|收入|销售|销量|税|纳税|利润|出口|投|同比|同期)|\d{1,2}月|、|和)"
)
# 一起, 两头 and (加)一块 say together and at both ends, and count nothing.
_NO_COUNT = re.compile(
    r"(?<=[加在放合凑到])一块(?!钱)|[一1](?:起|下|直|般|样|定|些|点)|[两俩]头(?=各|都|分别|哪|,|一共|总共|加)"
)


# Longer than any number: a serial number, or no number at all. It is read as none, and costs nothing.
_NO_NUMBER = re.compile(
    rf"\d[\d,]{{{MAXIMUM_LENGTH},}}|[零〇一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千]{{{MAXIMUM_LENGTH},}}"
)


@lru_cache(
    maxsize=1024
)  # a turn is read for its facts, its standing, its terms …; a clause's sentence for each question
def read_amounts(folded: str) -> tuple[Quantity, ...]:
    """Quantities in a question: the documents' own forms, and spoken and English ones."""
    folded = _NO_NUMBER.sub(lambda run: "_" * len(run.group()), folded)
    written = (_as_written(folded, quantity) for quantity in (*_spoken(folded), *_english(folded)))
    spoken = sorted(written, key=lambda quantity: (quantity.start, -quantity.end))
    masked = list(folded)
    kept: list[Quantity] = []
    for quantity in spoken:
        if kept and quantity.start < kept[-1].end:
            continue
        kept.append(quantity)
        masked[quantity.start : quantity.end] = " " * (quantity.end - quantity.start)
    said = "".join(masked)
    formal = [
        quantity
        for quantity in find_quantities(said, of_any_size=True)
        if quantity.unit != "plain" and _counts(said, quantity)
    ]
    usable = map(_if_usable, sorted((*kept, *formal), key=lambda quantity: quantity.start))
    return tuple(_compounded(folded, list(usable)))


def _as_written(folded: str, quantity: Quantity) -> Quantity:
    """A sum with the currency and the sign that stand beside it: "EUR 2 million", "200万英镑", "minus 18 million"."""
    start, end, unit = quantity.start, quantity.end, quantity.unit
    if unit == "yuan" and not _YUAN_NAMED.search(folded[start:end]):
        behind, before = currency_behind(folded, end), currency_before(folded, start)
        unit, end = behind or (unit, end)
        if before is not None:
            start = before[1]
            unit = before[0] if behind is None else unit
    negative = _SIGN.search(folded, max(0, start - 16), start) is not None
    value, upper = (-quantity.value, None) if negative else (quantity.value, quantity.upper)
    first, last = min(start, quantity.context_start), max(end, quantity.context_end)
    return replace(
        quantity, value=value, upper=upper, unit=unit, start=start, end=end, context_start=first, context_end=last
    )


def _if_usable(quantity: Quantity) -> Quantity:
    """The quantity; one that nothing can be worked out from keeps its place and loses its value."""
    may_fall = quantity.unit in _MAY_FALL  # growth of -5%
    largest = _LARGEST_SUM if quantity.unit in MONEY_UNITS else _LARGEST_COUNT
    ends = [quantity.value] if quantity.upper is None else [quantity.value, quantity.upper]
    if all(is_plausible(end) and (may_fall or 0 <= end <= largest) for end in ends):
        return quantity
    return replace(quantity, value=Decimal(0), upper=None, unit=UNUSABLE, polarity=Polarity.EXACTLY)


def _compounded(folded: str, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities with years and months side by side as one duration; nobody says 一年三个月 of two."""
    joined: list[Quantity] = []
    for quantity in quantities:
        years = joined[-1] if joined else None
        if years is not None and _go_together(folded, years, quantity):
            joined[-1] = replace(
                quantity,
                value=12 * years.value + quantity.value,
                start=years.start,
                context_start=years.context_start,
                polarity=years.polarity if quantity.polarity is Polarity.EXACTLY else quantity.polarity,
            )
        else:
            joined.append(quantity)
    return joined


def _go_together(folded: str, years: Quantity, months: Quantity) -> bool:
    between = folded[years.end : months.start]
    if (
        (years.unit, months.unit) != ("year", "month")
        or not 0 < months.value < 12
        or _JOINED.fullmatch(between) is None
    ):
        return False
    alone = folded[years.start - 1 : years.start] not in set("每第前后头首近")  # 第一年三个月, 每年3个月
    return alone and years.upper is None and months.upper is None


_LATER_MONTHS = re.compile(r"后[\d一二三四五六七八九十]{1,2}个月")


def _counts(folded: str, quantity: Quantity) -> bool:
    """Whether a number counts or measures something: 22年产值, 头三个月 (times of the calendar) and 一起 do not."""
    if quantity.unit == "year":
        return _SHORT_YEAR.match(folded, quantity.start) is None
    if quantity.unit == "quarter":
        return "个" in folded[quantity.start : quantity.end]  # 一季度 is a time, 一个季度 how long
    if quantity.unit == "month":
        first = folded[: quantity.start].endswith(("头", "前"))  # 头三个月 is the first quarter …
        return not first or _LATER_MONTHS.search(folded, quantity.end) is not None  # … 前5个月…,后7个月… are stretches
    return quantity.unit not in {"count", "yuan"} or _NO_COUNT.match(folded, quantity.start) is None


def _spoken(folded: str) -> Iterator[Quantity]:
    for match in _SPOKEN.finditer(folded):
        digits = _DIGITS.get(match["num"], match["num"].replace(",", ""))
        if digits == "几" or (match["unit"] in {"百万", "千万"} and not match["num"][0].isdigit()):
            continue  # 一千万 and 三百万 are the documents' own form
        before = folded[match.start("num") - 1 : match.start("num")]
        if match["unit"] in {"k", "m", "w"} and before.isascii() and before.isalnum():
            continue
        value = Decimal(digits) * _SCALE.get(match["unit"].replace("多", ""), 1)
        yield _quantity(value, "yuan", match)
    for match in _CURRENCY_FIRST.finditer(folded):
        yield _quantity(Decimal(match["num"].replace(",", "")), "yuan", match)
    for match in _DOLLARS.finditer(folded):
        scale = _SCALE[match["scale"]] if match["scale"] else 1
        yield _quantity(Decimal(match["num"].replace(",", "")) * scale, "usd", match)
    yield from _vague(folded)
    yield from _odd(folded)
    yield from _ranges(folded)
    yield from _unmarked(folded)
    yield from _people(folded)
    yield from _joined_numerals(folded)


def _joined_numerals(folded: str) -> Iterator[Quantity]:
    """仨月 and 俩人: a number with its measure word in one character."""
    for match in _JOINED_NUMERAL.finditer(folded):
        unit = {"年": "year", "月": "month"}.get(match["noun"], "person")
        yield _quantity(Decimal({"俩": 2, "仨": 3}[match["num"]]), unit, match)


def _vague(folded: str) -> Iterator[Quantity]:
    """Sums of which only the size is said: 几百万 lies between 200万 and 1000万, 十几万 between 11万 and 20万."""
    for match in _VAGUE.finditer(folded):
        size = _SIZES[match["size"][:1]] * Decimal(_SCALE_CHINESE[match["scale"]])
        if match["over"]:  # 上百万: that and more
            yield replace(_quantity(size, "yuan", match), polarity=Polarity.AT_LEAST, upper=size * 10)
            continue
        tens = evaluate(match["lead"]) if match["lead"] else None
        low, high = (tens + 1, tens + 10) if tens is not None else (Decimal(2), Decimal(10))
        yield replace(_quantity(low * size, "yuan", match), upper=high * size)
    for match in _NEIGHBOURS.finditer(folded):
        ends = (match["low"] or match["low2"], match["high"] or match["high2"])
        first, second = (Decimal(_DIGITS.get(end, end)) for end in ends)
        if second != first + 1:
            continue
        size = _SIZES[match["size"][:1]] * Decimal(_SCALE_CHINESE[match["scale"]])
        lead = (evaluate(match["lead"]) or Decimal(0)) * Decimal(_SCALE_CHINESE[match["scale"]]) if match["lead"] else 0
        yield replace(_quantity(lead + first * size, "yuan", match), upper=lead + second * size)


def _odd(folded: str) -> Iterator[Quantity]:
    """Sums passed by less than one of their last figure: 五十多万 lies between 50万 and 60万."""
    for match in _ODD.finditer(folded):
        number = evaluate(match["num"].replace(",", ""))
        if number:
            scale = Decimal(_SCALE_CHINESE[match["scale"] or match["scale2"]])
            last = Decimal(1).scaleb(int(number.normalize().as_tuple().exponent))
            odd = replace(_quantity(number * scale, "yuan", match), polarity=Polarity.MORE_THAN)
            yield replace(odd, upper=(number + last) * scale)


def _unmarked(folded: str) -> Iterator[Quantity]:
    """Sums without a currency (一千万整) and half months (四个半月)."""
    for match in _BARE.finditer(folded):
        money = evaluate(match["num"].replace(",", ""))
        if money is not None:
            yield _quantity(money, "yuan", match)
    for match in _BARE_AGE.finditer(folded):
        if _SPEAKS_OF_ONESELF.search(folded, 0, match.start()):
            yield _quantity(Decimal(match["num"]), "age", match)
    for match in _HALF_MONTHS.finditer(folded):
        months = evaluate(match["num"])
        if months is not None:
            yield _quantity(months + Decimal("0.5"), "month", match)


def _people(folded: str) -> Iterator[Quantity]:
    """Numbers of people: 263个人, 十来个员工, 10到20人."""
    for match in _PEOPLE.finditer(folded):
        people = evaluate(match["num"].replace(",", ""))
        if people is not None and not (people == 1 and not match["num"].isdigit()):
            polarity = Polarity.ABOUT if match["about"] else Polarity.EXACTLY
            counted = replace(_quantity(people, "person", match), counted="人", polarity=polarity)
            low = evaluate(match["low"].replace(",", "")) if match["low"] else None
            yield counted if low is None else replace(counted, value=low, upper=people)


def _ranges(folded: str) -> Iterator[Quantity]:
    """Sums given as a range: ``value`` the lower end, ``upper`` the upper one."""
    for pattern, scales in ((_RANGE, _SCALE_CHINESE), (_ENGLISH_RANGE, _SCALE)):
        for match in pattern.finditer(folded):
            low, high = (evaluate(match[end].replace(",", "")) for end in ("low", "high"))
            if low is None or high is None or (pattern is _ENGLISH_RANGE and match["and"] and not match["between"]):
                continue
            scale = Decimal(scales[match["scale"]])
            least = low * Decimal(scales[match["low_scale"] or match["scale"]])
            if least < high * scale:
                yield replace(_quantity(least, "yuan", match), upper=high * scale)


def _english(folded: str) -> Iterator[Quantity]:
    yield from _english_counts(folded)
    for match in _ENGLISH_SUM.finditer(folded):
        if match["cur"] or match["named"] or match["num"].endswith(_LARGE):
            yield _quantity(value_of(match["num"]), "yuan", match)
    for match in _ENGLISH_MEASURE.finditer(folded):
        number = value_of(match["num"])
        if (measure := unit_of(match["noun"], number)) is not None:
            yield _quantity(number, measure.unit, match)
    for match in _ENGLISH_ENTERPRISES.finditer(folded):
        yield replace(_quantity(value_of(match["num"]), "count", match), counted="家")
    for match in _ENGLISH_AGE.finditer(folded):
        yield _quantity(value_of(match["num"] or match["num2"]), "age", match)
    for match in _ENGLISH_SHARE.finditer(folded):
        yield replace(_quantity(_SHARES[match["share"]], "percent", match), end=match.end("share"))
    for match in _ENGLISH_HALF.finditer(folded):
        whole = match["whole"]
        value = Decimal(0) if whole is None else Decimal(1) if whole in {"a", "an"} else value_of(whole)
        unit = match["unit"] or match["unit2"] or match["unit3"]
        yield _quantity(value + Decimal("0.5"), unit, match)
    for match in _ENGLISH_DURATION.finditer(folded):
        yield _quantity(value_of(match["num"]), "month" if match["noun"].startswith("month") else "year", match)


def _english_counts(folded: str) -> Iterator[Quantity]:
    people = None
    for match in _ENGLISH_COUNT.finditer(folded):
        number = value_of(match["num"])
        unit = unit_of(match["noun"], number)
        if unit is None:
            continue
        if unit.unit == _OF_A_KIND:  # three PhDs: 3个博士
            yield replace(_quantity(number, "count", match), end=match.end("num"), counted=unit.counted)
        else:
            yield replace(_quantity(number, unit.unit, match), counted=unit.counted)
            people = people or (match if unit.unit == "person" else None)
    for part in _ENGLISH_PART.finditer(folded, people.end()) if people is not None else ():
        yield replace(_quantity(value_of(part["num"]), "person", part), counted="人")
    for match in _PERSON_NAMED.finditer(folded):
        yield replace(_quantity(Decimal(1), "person", match), counted="人")


def _quantity(value: Decimal, unit: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    while match.string[start] == " ":
        start += 1
    capped = _HEARD_CEILING.search(match.string, max(0, start - 8), start) is not None
    return Quantity(value, unit, Polarity.AT_MOST if capped else Polarity.EXACTLY, start, end, start, end)
