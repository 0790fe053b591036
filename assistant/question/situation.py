"""The asker's situation: amounts bound to what they measure, and what is said not to hold.

A sum becomes a fact only where the asker states it of their own case. What they have heard they would get, what
they deny, what is vague (几百万, 500到800万) and what is of another time or unit is told apart here, because a
figure worked out from the wrong sum is the worst thing an answer can hold.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.language.amounts import UNUSABLE, read_amounts
from assistant.language.bounding import is_denied, polarity_of, upper_end
from assistant.language.lasting import runs_from
from assistant.language.lexicon import Lexicon
from assistant.language.things import Dimension, Thing, shipped_things
from assistant.language.unify import are_of_one, money_in, things_in
from assistant.question import hearsay
from assistant.question.corrections import came_to, is_actual, is_expected, without_cancelled
from assistant.question.headcounts import Stay, read_split
from assistant.question.portions import with_portions
from assistant.question.unit_prices import priced_for
from corpus.quantities import MONEY_UNITS, Polarity, Quantity
from corpus.script import fold

MONEY = MONEY_UNITS
SUMS = MONEY_UNITS | {UNUSABLE}  # what a sum of money was read as
_DURATIONS = frozenset({"year", "month", "day"})
_COUNTED = frozenset({"count", "person"})
_HEADS_COUNTED = frozenset({"个", "名", "位"})
HEADS = "heads"  # unit of a part of a number of people, which counts only where a clause's demand is known
YEARLY = "yearly"  # unit of the fact that the asker wants the sum of a year

_SEGMENT_END = re.compile(r"[,。;;!?!？\n]|\.(?!\d)|、(?=[^0-9一二三四五六七八九十])")
_UNIT_PRICE = re.compile(
    r"每(?:个|名|位|家|户|台|套|场|次|平米|平方米|亩|吨|人|一)?[人次家]?\s*$|(?:一|1)个?(?:人|头|家)\s*$|per (?:person|head)"
)
_PAST = re.compile(
    r"去年|前年|20\d\d年[^,。;]{0,8}(?:就|已经?)|早就|早已|以前|之前|原来|原先|起初|本来|上年|往年|last year|previously|earlier|before"
)
_EARLIER_YEAR = re.compile(r"20\d\d年|去年|前年|上年|last year")
_FROM = re.compile(r"从\s*$|\bfrom\s*$")
_NOW = re.compile(r"今年|现在|目前|改成|应该是|其实是|更正|实际是|this year|now|currently")
_MONTHLY = re.compile(r"每月|每个月|月租|月均|一个月|按月|a month|per month|monthly|each month")
_ADDED = re.compile(r"再加|再投|追加|多投|另外再|又投|额外投|additional|another|extra")
_ALSO = re.compile(r"还有|另有|另外还?有?|此外|外加|\b(?:plus|also|besides|in addition)\b")
_CHANGE = re.compile(
    r"(?:(?:增加|增长|增收|增产|提高|上升|多|涨|净增)了|净增(?:加|长)?|(?:多|增)(?:干|做|搞|卖|产|赚|收|挣|出|完成|创收|实现)(?:出|到|得)?了?|\bup by|(?:grew|increased?|rose|risen|up)(?: \w+)? by|"
    r"increase of|growth of)(?:\s*(?:约|将近|大约|rmb|cny|¥))*\s*$"
)
# "RMB 27m more than a year earlier"; "比去年同期高2700万".
_CHANGE_SINCE = re.compile(
    r"\s*(?:yuan|rmb)?\s*(?:more|higher|up|better) (?:than|on|over|from|compared (?:with|to)) (?:a year|the year|the previous|the same|last|in the same|the prior)"
)
_MORE_THAN_BEFORE = re.compile(
    r"比(?:去年|上年|前年|上一年|往年)?(?:的?同期)?(?<!比)[^,。;?!]{0,4}?(?:增加|增长|提高|上升|净增|多|高|增|涨)(?:出)?\s*$"
)
# The name of a rate at the end of the words before it: 税收属地率, 入驻率, 占比.
_RATE_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}(?:率|占比|比例|比重|增速|增幅|涨幅)")
_YEARLY_ASKED = re.compile(
    r"(?:每年|一年(?:下来)?)(?:度)?(?:能|可以|可|最多|给|补|奖|拿|领|总共|一共)|\b(?:yearly|annual)\s+(?:\w+\s+){0,2}(?:subsid|support|allowance|grant)"
    r"|\b(?:per|a|each) year\s*\?|(?:全年|整年)[^,。;?!\d]{0,10}(?:多少|几多|几何|好多)"
)
_BROKEN_DOWN = re.compile(
    r"[^.。;!?]{0,40}?(?::|其中|分别|of which|of them|namely|including)[^.。;!?]{0,24}?(?:\b(?:one|two|three|four|five|\d+)\b|[一二两三四五六七八九\d]+[件个台项家名位人套])"
)
_NAMES_SOMETHING = re.compile(r"[\u4e00-\u9fff]{2}")
_NOUN_END = re.compile(r"[,。;!?、的和与及]")
_MONTHS_OF_A_YEAR = Decimal(12)
_NOTHING_SPENT = re.compile(
    r"没投|没有投|没花|没有花|未投|没买|一分没|一分钱没|为零|没动|no other|nothing on|did not spend"
)
_STAFF = re.compile(
    r"(?:我们|我|咱)?(?:公司|厂|企业|单位|我司|我厂|店|团队|团|规模)(?:里|现)?(?:有|共|一共|总共|大约|约|现有|的)?\s*$|(?:we have|we employ|our)\b[^,.;]{0,12}$"
)
_CROWD = re.compile(r"\s*(?:左右)?的(?:小|微|企业|公司|厂|团队|单位|店)")
_REMAINING = re.compile(
    r"(?:剩下?|还剩|只剩|余下|留下)(?:的|来)?(?:有|是|了)?\s*$|\b(?:remain(?:ing)?|left|still there)\b[^,.;]{0,12}$"
)
_AMONG = re.compile(
    r"(?:其中|里头|里面|当中|这里边|中间|不过|可是?|但是?)[^,。;]{0,3}$|[,;] *$|\b(?:but|and|though|although) $"
)
_LEFT_OUT = re.compile(
    r"\s*[个名位人张件台根]{0,2}(?:是|还|都|的)?\s*(?:没|未|不(?!过|少|止|仅|只)|只|才|半路|中途|离职|跑)"
    r"|\s*of (?:whom|them|which|those|these)\b[^.;,]{0,20}?\b(?:not|n't|never|left|quit|failed|fail)\b"
)
_SPENT_ON = re.compile(r"\s*on\b")
_AFTER_FIRST = re.compile(
    r"\s*(?:on|in|of|for|to|into|building|worth of|from|towards?)\b|\s*(?:元|块)?(?:钱)?的(?!补|奖|资助|支持|贴)"
)
# "政府基金投了2000万给我们", "拿到风投2000万": what others put into the enterprise is nothing it spent.
_PUT_IN_BY_OTHERS = re.compile(
    r"(?:给|向|往|对)(?:我们|我司|我厂|我公司|咱们?|公司)投|风投|天使投|[a-f天使]轮"
    r"|(?:拿到|获得|收到|得到|引入|引进|拉到|融到|吸引)(?:了|过)?[^,。;]{0,8}投资?$|\braised\b"
)
_FOR_THE_ASKER = re.compile(r"\s*(?:元|块)?(?:给|到|进|在|入)(?:了)?(?:我们|我司|我厂|我公司|咱)|\s*(?:in|into) us\b")
# "45万是两年的", "800万是全集团的": a sum that is taken back, since it is of more than what is asked about.
_OF_MORE = re.compile(
    r"\s*(?:元|块钱?)?(?:其实|实际上?|都)?是(?:[两二三四五六七八九十\d]+(?:年|个月|家|个厂)|(?:全|整个)?集团|总公司|去年|前年|含税|预算)[^,。;?!]{0,4}的"
    r"|\s*(?:was|is|covers?|covered) (?:for )?(?:two|three|four|\d+) years\b|\s*(?:was|is) for the whole group\b"
)
# "刚才说48万元说错了": taken back by the one who said it.
_SAID_WRONG = re.compile(r"\s*(?:元|块钱?)?,?(?:是我?)?(?:[说讲写打记弄搞报]错|不对)了?")
# The last noun says what a sum is: "房租押金" is a deposit, "投资回报" a return.
_ANOTHER_THING = re.compile(r"(?:押金|保证金|定金|订金|回报|收益|分红|deposit|return)(?!.*(?:押金|保证金))")
# What stands between two sums of the same thing: "投了100万和200万", "营收从4亿涨到6亿".
_SAME_THING = re.compile(
    r"\s*(?:和|与|及|、|还有|以及|再加|加上?|and|,)\s*(?:rmb|cny|¥)?\s*"
    r"|\s*(?:一路)?(?:涨|升|增|增长|增加|提高|上升|扩大|做|干|提升|降|减少|下降|跌)?(?:到了?|至|成)\s*|\s*to\s*(?:rmb|cny|¥)?\s*"
)
_TOTAL = re.compile(r"(?:合计|总计|共计|总共|一共|加起来|加在一起|总额|in total|altogether|total(?: of)?)[^,。;]{0,6}$")
# Words beside a sum that do not say what it measures.
_NEUTRAL = re.compile(
    r"[\s\d.,%,。;!?:、\-–—'’\"“”()/]|(?:rmb|cny|人民币|我们|我司|我厂|我|公司|咱们?|那个|那|这个|这|今年|去年|明年|全年|整年|现在|目前|前年|一共|总共|合计|共|加起来|大概|大约|约|差不多|左右|"
    r"估计|预计|能|可以|可能|争取|打算|准备|计划|涨价|房东|涨到|涨|降到|降|增加到|增加|提高到|减到|首次|第一次|头一回|头一次|头回|正好|刚好|整整|整|才|只|就|都|也|还|是|有|为|到|达到|达|过|超过?|突破|破|冲[过破上到]|迈过|跨过|蹦到|干过|越过|超到|做到?|干到?|搞到?|完成|实际|改成|变成|换成|如果|要是|假如|应该|其实|不对|说错了?|刚才|"
    r"更正|改正|弄错|打错|写错|说错|记错|搞错|系|去掉税|除去税|不含税|税后|扣了?税|含税|净|"
    r"实付|实缴|实投|重新|算|一下|了|的|呢|吗|嘛|吧|啊|请问|那么|所以|支付|付|交|缴|元|万|亿|再加|追加|多|又|给|用|把)"
    r"|\b(?:we|our|it|i|was|is|are|were|be|the|about|around|roughly|only|just|a|an|now|then|what|if|how|instead|actually|and|so|this|that|year|last|in|to|of|"
    r"typo|sorry|wrong|correction|correct|mistake|oops|meant|mean|make|rather|wait|no|not|say|should|s)\b"
)  # fmt: skip
_OF_ALL = re.compile(r"总|整个|全部|所有|各种|各项|一共|合计|共计|\b(?:total|overall|whole|all|altogether)\b")
_RIGHT_BEHIND = 2  # characters between a word and its sum: 设备是800万
_REACH = 3  # segments looked back over for what a sum measures


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the asker stated: ``value`` in the base unit of ``unit`` (yuan, fraction for percent, …)."""

    value: Decimal
    unit: str
    words: str  # what it measures, in the asker's words, folded
    concepts: frozenset[int]  # glossary concepts among those words
    things: frozenset[Thing]  # what it measures, as far as it is known: equipment, revenue, people …
    turn: int  # which user turn stated it, from 0
    counted: str = ""
    certain: bool = True  # False for ranges, bounded and vague sums, sums by the month and the asker's own staff
    over: bool = False  # "过了5个亿": the value is reached and passed
    upper: Decimal | None = None  # the upper end of "五十多万", 500到800万; infinite for "远不止50万"
    past: bool = False  # of an earlier time; a sum for now takes its place
    left_out: bool = False  # "其中17个没干满": to be taken off a number stated in an earlier turn
    added: bool = False  # "再加200万": on top of what was stated before
    named: bool = True  # whether the asker said what it measures, in words known or unknown
    polarity: Polarity = Polarity.EXACTLY  # LESS_THAN for "不到1000万", AT_LEAST for "50万以上", ABOUT …
    change: bool = False  # "增加了1800万": by how much something grew, not what it is
    also: bool = False  # "还有三个副高": beside what was stated before, not in its place
    split: bool = False  # "three patents: one in …, one in …": not all of them need be of one kind
    noun: str = ""  # what stands behind a number of things: 正高 in "两个正高"
    monthly: bool = False  # a sum for each month
    remains: bool = False  # "在岗的剩187个": what is left of a number stated before
    expected: bool = False  # "预计卖1500万": what it came to takes its place
    actual: bool = False  # "实际只有920万"
    months: Decimal | None = None  # a sum by the month, counted up over these months
    stayed: Stay | None = None  # how long this part of a number of people stayed; its unit is HEADS
    since: frozenset[str] = frozenset()  # what a duration runs from: founded, signed, worked …
    of: Decimal | None = None  # the whole that it was said to be a portion of …
    share: Decimal | None = None  # … by this share; None where it is what the other portions leave
    whole: bool = False  # "整个项目", "一共": said to be of all there is
    beside: str = ""  # the rest of what the turn says, where what is asked about may be named
    each: tuple[str, ...] = ()  # what a sum is for each of: 台 for 每台100万, 人 and 年 for 每人每年100元


def fact_for(words: str, value: Decimal, unit: str, lexicon: Lexicon, turn: int = 0) -> Fact:
    """A fact stated in the clause's own words."""
    folded = fold(words)
    counted = "" if unit in MONEY else folded
    return Fact(value, unit, folded, lexicon.concepts_in(folded), things_in(folded), turn, counted=counted)


def read_facts(folded: str, lexicon: Lexicon, turn: int = 0) -> list[Fact]:
    """Facts stated in one folded turn, in order; sums that the asker only hopes for or denies are left out."""
    amounts = read_amounts(folded)
    reader = _Reader(folded, amounts, lexicon, turn)
    facts = _over_months(_corrected_within_turn(_told_apart(folded, amounts, reader.facts())))
    facts = with_portions(folded, facts, amounts)
    facts.extend(_zero_facts(folded, reader.segments, amounts, lexicon, turn))
    yearly = _YEARLY_ASKED.search(folded)
    if yearly is not None:
        facts.append(Fact(Decimal(1), YEARLY, yearly.group(), frozenset(), frozenset(), turn))
    return without_cancelled(folded, _without_left_out(folded, facts, amounts), amounts)


class _Reader:
    """Reads what each amount of one turn measures."""

    def __init__(self, folded: str, amounts: Sequence[Quantity], lexicon: Lexicon, turn: int) -> None:
        self.segments = list(_segments(folded))
        self._folded = folded
        self._amounts = amounts
        self._lexicon = lexicon
        self._turn = turn

    def facts(self) -> list[Fact]:
        """The facts of the turn in order; a total beside the parts it is made of is counted once."""
        facts: list[Fact] = []
        previous: Quantity | None = None
        for amount in self._amounts:
            fact = self.read(amount)
            if fact is not None and facts and previous is not None:
                facts[-1], fact = self._side_by_side(facts[-1], previous, fact, amount)
            if fact is not None and _TOTAL.search(self._folded[: amount.start]):
                facts, fact = _without_parts(facts, fact)
            if fact is not None:
                facts.append(fact)
                previous = amount
        return facts

    def _side_by_side(self, earlier: Fact, previous: Quantity, fact: Fact, amount: Quantity) -> tuple[Fact, Fact]:
        """A sum that only a joining word stands before is of the thing named with the sum in front of it.

        Beside one in another currency either is only a part of what was spent: "1800万元和200万欧元".
        """
        between = self._folded[previous.end : amount.start]
        if not {fact.unit, earlier.unit} <= SUMS or not _SAME_THING.fullmatch(between):
            return earlier, fact
        if fact.unit != earlier.unit:
            earlier, fact = (replace(part, certain=False, polarity=Polarity.AT_LEAST) for part in (earlier, fact))
        named = replace(
            fact, words=earlier.words, concepts=earlier.concepts, things=earlier.things, named=earlier.named
        )
        return earlier, named

    def read(self, amount: Quantity) -> Fact | None:
        """The fact an amount states; None when it is none of the asker's own."""
        number, (start, end) = next((n, s) for n, s in enumerate(self.segments) if s[0] <= amount.start < s[1])
        before = self._folded[max(start, self._limit_before(amount)) : amount.start]
        after = self._folded[amount.end : min(end, self._limit_after(amount))]
        if self._is_not_stated(amount, start, before, after):
            return None
        words = self._words(amount, number, before, after)
        if amount.unit == "count" and amount.counted in _HEADS_COUNTED and _is_people(after):
            amount = replace(amount, unit="person", counted="人")  # 12个大学毕业生
        things = things_of(amount, words) or (self._bare_thing(before) if amount.unit in MONEY else frozenset())
        polarity = polarity_of(amount, before, after)
        denied = is_denied(before)
        beside = after if amount.unit in _COUNTED else ""  # "三个副高": what is counted stands behind the number
        return Fact(
            amount.value,
            amount.unit,
            words.strip(),
            self._lexicon.concepts_in(words),
            things,
            self._turn,
            amount.counted,
            certain=self._is_certain(amount, before, after, words, polarity),
            over=polarity is Polarity.MORE_THAN,
            upper=None if denied else upper_end(amount, before, after),
            past=bool(_FROM.search(before)) or (bool(_PAST.search(before)) and not _NOW.search(before)),
            expected=is_expected(before),
            actual=is_actual(before),
            added=bool(_ADDED.search(before)),
            named=bool(things) or bool(_NEUTRAL.sub("", before + beside)),
            polarity=polarity,
            change=amount.unit in MONEY and _is_change(before, after),
            also=_ALSO.search(before) is not None,
            split=amount.unit in _COUNTED and _BROKEN_DOWN.match(self._folded, amount.end) is not None,
            noun=_noun(amount, before, after),
            remains=amount.unit in _COUNTED and _REMAINING.search(before) is not None,
            monthly=amount.unit in MONEY and _MONTHLY.search(words) is not None,
            since=runs_from(before, after) if amount.unit in _DURATIONS else frozenset(),
            whole=amount.unit in MONEY and _OF_ALL.search(words) is not None,
            beside=self._folded[:start] + " " + self._folded[end:] if amount.unit in MONEY else "",
            each=priced_for(before, after) if amount.unit in MONEY else (),
        )

    def _bare_thing(self, before: str) -> frozenset[Thing]:
        """What a sum right behind a word like 设备 is of, in a turn that tells of spending: "一共投了1800万,其中设备800万"."""
        mentions = shipped_things().mentions(before)
        if not mentions or not mentions[-1].is_bare or len(before) - mentions[-1].end > _RIGHT_BEHIND:
            return frozenset()
        spent = any(thing.dimension is Dimension.OUTLAY for thing in things_in(self._folded))
        return frozenset({mentions[-1].thing}) if spent else frozenset()

    def _limit_before(self, amount: Quantity) -> int:
        """The end of the amount before it; a duration (一年) limits nothing."""
        ends = [a.end for a in self._amounts if a.end <= amount.start and a.unit not in _DURATIONS]
        return max(ends, default=0)

    def _limit_after(self, amount: Quantity) -> int:
        starts = [a.start for a in self._amounts if a.start >= amount.end and a.unit not in _DURATIONS]
        return min(starts, default=len(self._folded))

    def _is_not_stated(self, amount: Quantity, start: int, before: str, after: str) -> bool:
        if amount.unit == "percent":
            return hearsay.is_claimed_rate(before)
        if amount.unit not in MONEY:
            return False
        if _OF_MORE.match(after) or _SAID_WRONG.match(after):
            return True
        if _PUT_IN_BY_OTHERS.search(before) or _FOR_THE_ASKER.match(after):
            return True
        if hearsay.is_award(before, after):
            return True
        said = self._folded[start : amount.start]
        known = bool(things_in(hearsay.without_grant_names(before)))
        if _AFTER_FIRST.match(after):
            known = known or bool(things_in(after))  # "received RMB 6.4m of central funding"
        if _UNIT_PRICE.search(before) or re.search(r"(?:不是|并非|并不是)[投花有做是]{0,2}\s*$", before):
            return True
        if hearsay.is_said_by_others(said):
            return True
        if not known and (hearsay.is_heard(said) or hearsay.is_reckoned(amount, self._amounts)):
            return True
        # "最高500万还能拿吗": the ceiling the asker has heard of
        return not known and (hearsay.is_claimed(before) or amount.polarity is Polarity.AT_MOST)

    def _words(self, amount: Quantity, number: int, before: str, after: str) -> str:
        other = _ANOTHER_THING.search(before)
        if other is not None:
            return before[other.start() :]
        words = after if _AFTER_FIRST.match(after) and things_of(amount, after) else before
        if not things_of(amount, words):
            words = before + " " + after
        elif words is before and _SPENT_ON.match(after):
            words = before + after
        if _NEUTRAL.sub("", before) and amount.unit in MONEY:
            return words  # named, be it in words the glossary does not know
        for earlier in reversed(self.segments[max(0, number - _REACH) : number]):
            if things_of(amount, words):
                break
            words = self._folded[earlier[0] : earlier[1]] + " " + words
        return words

    def _is_certain(self, amount: Quantity, before: str, after: str, words: str, polarity: Polarity) -> bool:
        if amount.unit in _DURATIONS:
            return True
        if amount.upper is not None or polarity is not Polarity.EXACTLY or is_denied(before):
            return False
        if amount.unit in MONEY:
            return not _MONTHLY.search(words)
        if amount.unit in {"person", "count"}:
            return _STAFF.search(before) is None and _CROWD.match(after) is None
        return True


def things_of(amount: Quantity, words: str) -> frozenset[Thing]:
    """What the words beside an amount say that it is of: of a sum only things that are money (涨到66万 is no growth rate)."""
    return money_in(words) if amount.unit in MONEY else things_in(words)


def _noun(amount: Quantity, before: str, after: str) -> str:
    """What a number of things or months is of, by the words behind it, else those right before: 新建床位60张."""
    if amount.unit not in _COUNTED | {"month"}:
        return ""
    behind = after.strip() if amount.unit == "month" else _NOUN_END.split(after.strip(), maxsplit=1)[0]
    return behind if _NAMES_SOMETHING.search(behind) else before.strip() + behind


def _is_people(after: str) -> bool:
    """Whether what is counted, which stands behind its number, is people."""
    named = shipped_things().mentions(_NOUN_END.split(after.strip(), maxsplit=1)[0])
    return bool(named) and all(mention.thing.dimension is Dimension.PEOPLE for mention in named)


def _told_apart(folded: str, amounts: Sequence[Quantity], facts: list[Fact]) -> list[Fact]:
    """The facts with the people who stayed, and those who did not, kept as parts of their number."""
    split = read_split(folded, amounts)
    if split is None:
        return facts
    values = {(part.value, part.unit) for part, _ in split.parts}
    values |= {(a.value, a.unit) for a in amounts if any(start <= a.start < end for start, end in split.told)}
    whole = next((f for f in facts if (f.value, f.unit) == (split.whole.value, split.whole.unit)), None)
    if whole is None or not whole.certain or (whole.value, whole.unit) in values:
        return facts
    kept = [fact for fact in facts if fact is not whole and (fact.value, fact.unit) not in values]
    parts = [
        Fact(part.value, HEADS, folded[part.start : part.end], frozenset(), frozenset(), whole.turn, stayed=stay)
        for part, stay in split.parts
    ]
    return [*kept, replace(whole, unit="person", counted="人"), *parts]


def _without_parts(facts: list[Fact], total: Fact) -> tuple[list[Fact], Fact | None]:
    """Facts and total where the total only repeats them: parts of different things stay, else the total does."""
    parts = [fact for fact in facts if fact.unit == total.unit and fact.turn == total.turn]
    if len(parts) < 2 or sum((fact.value for fact in parts), Decimal(0)) != total.value:
        return facts, total
    if len({fact.concepts for fact in parts}) > 1:
        return facts, None
    first = parts[0]
    whole = replace(total, words=first.words, concepts=first.concepts, things=first.things, named=first.named)
    return [fact for fact in facts if fact not in parts], whole


def _is_change(before: str, after: str) -> bool:
    """Whether the words around a sum say by how much something grew, and not what it is."""
    if _CHANGE.search(before) or _MORE_THAN_BEFORE.search(before):
        return True
    return _CHANGE_SINCE.match(after) is not None


def _corrected_within_turn(facts: list[Fact]) -> list[Fact]:
    """ "原来说投800万,改成1310万": a sum without a name after a past one is the same thing now."""
    kept: list[Fact] = []
    for fact in facts:
        if fact.remains:
            whole = [old for old in kept if old.unit in {"person", "count"} and old.value > fact.value]
            kept = [old for old in kept if old not in whole]
            fact = (
                replace(fact, unit=whole[-1].unit, words=whole[-1].words, counted=whole[-1].counted) if whole else fact
            )
        earlier = kept[-1] if kept else None
        if earlier is not None and came_to(earlier, fact):
            own = any(not thing.generic for thing in fact.things)
            kept[-1] = (
                fact if own else replace(fact, words=earlier.words, concepts=earlier.concepts, things=earlier.things)
            )
        elif earlier is not None and earlier.past and not fact.things and fact.unit == earlier.unit:
            if not _EARLIER_YEAR.search(earlier.words):
                kept.pop()  # corrected; a value of an earlier year stays beside this year's
            kept.append(replace(fact, words=earlier.words, concepts=earlier.concepts, things=earlier.things))
        else:
            kept.append(fact)
    return kept


def _over_months(facts: list[Fact]) -> list[Fact]:
    """ "每个月租金4.5万,租满一年": the only sum by the month, over the only time stated, is the sum of that time."""
    monthly = [fact for fact in facts if fact.monthly]
    times = {
        fact.value * (_MONTHS_OF_A_YEAR if fact.unit == "year" else 1)
        for fact in facts
        if fact.unit in {"year", "month"} and fact.certain
    }
    if len(monthly) != 1 or len(times) != 1 or not 0 < max(times) <= _MONTHS_OF_A_YEAR:
        return facts
    one, months = monthly[0], max(times)
    if one.polarity is not Polarity.EXACTLY or one.change:
        return facts
    whole = replace(one, value=one.value * months, months=months, certain=True)
    return [whole if fact is one else fact for fact in facts]


def _without_left_out(folded: str, facts: list[Fact], amounts: Sequence[Quantity]) -> list[Fact]:
    """ "送了86个工人,其中12个没干满": the 12 are taken off the number they are part of, not counted themselves."""
    for amount in amounts:
        before, after = folded[max(0, amount.start - 8) : amount.start], folded[amount.end : amount.end + 40]
        if amount.unit not in _COUNTED or not _LEFT_OUT.match(after) or not _AMONG.search(before):
            continue
        part = next((fact for fact in facts if fact.value == amount.value and fact.unit in _COUNTED), None)
        whole = next((f for f in facts if part is not None and _may_hold(f, part)), None)
        if part is not None and whole is not None:
            rest = replace(whole, value=whole.value - amount.value)
            facts = [rest if fact is whole else fact for fact in facts if fact is not part]
        elif part is not None:
            left = replace(part, unit="person", left_out=True)
            facts = [left if fact is part else fact for fact in facts]
        if part is not None:  # "其中5个只干了3个月": the time is theirs and not of those who count
            theirs = {other.value for other in amounts if other.start > amount.end and other.unit in _DURATIONS}
            facts = [fact for fact in facts if not (fact.unit in _DURATIONS and fact.value in theirs)]
    return facts


def _may_hold(whole: Fact, part: Fact) -> bool:
    """Whether a number of people or things may be the one that another is a part of."""
    if whole.unit not in _COUNTED or whole.value <= part.value:
        return False
    return whole.unit == "person" or part.unit == "person" or whole.counted[:1] == part.counted[:1]


def _zero_facts(
    folded: str, segments: list[tuple[int, int]], amounts: Sequence[Quantity], lexicon: Lexicon, turn: int
) -> Iterator[Fact]:
    for start, end in segments:
        text = folded[start:end]
        if any(start <= amount.start < end for amount in amounts) or not _NOTHING_SPENT.search(text):
            continue
        spent = frozenset(thing for thing in things_in(text) if thing.dimension is Dimension.OUTLAY)
        if spent:
            yield Fact(Decimal(0), "yuan", text, lexicon.concepts_in(text), spent, turn)


def _segments(folded: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SEGMENT_END.finditer(folded):
        inside_number = (
            folded[match.start() - 1 : match.start()].isdigit() and folded[match.end() : match.end() + 1].isdigit()
        )
        if match.group() == "," and inside_number:
            continue  # thousands separator
        yield start, match.end()
        start = match.end()
    yield start, len(folded) + 1


def merge_facts(earlier: Iterable[Fact], later: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts after a further turn: a later value replaces an earlier one of the same measure, or is added to it.

    A later sum that does not say what it measures corrects the last sum ("不对,是1310万").
    """
    merged = list(earlier)
    for fact in later:
        if fact.left_out:
            counted = [old for old in reversed(merged) if old.unit in _COUNTED and old.value > fact.value]
            whole = next((old for old in counted if old.unit == fact.unit), counted[0] if counted else None)
            merged = [
                replace(old, value=old.value - fact.value, unit=fact.unit) if old is whole else old for old in merged
            ]
            continue
        replaced = [old for old in merged if _same_measure(old, fact) or _same_rate(old, fact)]
        if fact.also and fact.unit in _COUNTED and fact.named:
            replaced = []  # "还有三个副高的": beside those counted before
        elif not replaced and not fact.named:
            replaced = [old for old in merged if _same_kind(old, fact)][-1:]
        if replaced and not fact.things:
            last = replaced[-1]
            fact = replace(fact, words=last.words, concepts=last.concepts, things=last.things, named=last.named)
            if fact.unit in _COUNTED:
                fact = replace(fact, unit=last.unit, counted=last.counted)
        if replaced and fact.unit == replaced[-1].unit and (fact.added or (fact.also and fact.unit in _COUNTED)):
            fact = replace(fact, value=fact.value + replaced[-1].value)
        merged = [old for old in merged if old not in replaced]
        merged.append(fact)
    return tuple(merged)


def _same_rate(old: Fact, new: Fact) -> bool:
    """Whether a later share has the name of an earlier one, or the end of it: 税收属地率 and 属地率."""
    if old.unit != new.unit or old.unit != "percent" or old.turn == new.turn:
        return False
    names = [found[-1] if (found := _RATE_NAME.findall(fact.words)) else "" for fact in (old, new)]
    return all(names) and (names[0].endswith(names[1]) or names[1].endswith(names[0]))


def _same_kind(old: Fact, new: Fact) -> bool:
    """Whether one may be said in the other's place: sums in any currency may, and "三个" in that of three people."""
    if old.unit == new.unit or {old.unit, new.unit} <= SUMS:
        return True
    return {old.unit, new.unit} <= _COUNTED and {old.counted[:1], new.counted[:1]} <= _HEADS_COUNTED | {"人"}


def _same_measure(old: Fact, new: Fact) -> bool:
    return _same_kind(old, new) and old.turn != new.turn and are_of_one(old.things, new.things)
