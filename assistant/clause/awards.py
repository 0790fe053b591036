"""Awards: drafts for the sums and shares of one enumeration, with base, count and duration."""

import re
from decimal import Decimal

from assistant.clause.chains import Chain
from assistant.clause.counting import Counted, counted_before, counted_behind
from assistant.clause.drafts import Draft, bound_of, currency_code
from assistant.clause.frames import SentenceState
from assistant.clause.granting import RAISES
from assistant.clause.implicit import FREE, HALF, WORDS
from assistant.clause.phrases import (
    base_of,
    beneficiary_of,
)
from assistant.clause.rule import RuleKind
from assistant.clause.shares import is_paid_rate
from assistant.clause.terms import ordinal_years
from assistant.clause.vocabulary import any_of, words
from corpus.currencies import PREFIXED
from corpus.quantities import Polarity, Quantity

_INTEREST = re.compile(r"贴息|利息|lpr|市场报价利率|基准利率")
_MEASURED_BASE = re.compile(r"(?:费用?|支出|投入|投资额?|成本|租金|额|金额|保费|利息|开支)$")
_CURRENCY = re.compile("|".join(sorted((name for name in PREFIXED if not name.isascii()), key=len, reverse=True)))
_MONTH = "月"
# What is held again and again and paid for each time, also where a number of people tells which it is: 每场50人以上的.
_EVENTS = words("events_held")
_OTHERS_BY = re.compile(
    r"(?:企业|单位|机构|个人|人员|项目)的?按照?$"
)  # 中小微企业按50%返还: of the same as those before
_OVER_A_RATE = re.compile(r"\d%的基础上")  # 在8%的基础上每多增长1个百分点: over a threshold, not over another award
_RENT = re.compile(any_of("rents"))


class AwardReader(SentenceState):
    """Composes drafts from enumerations."""

    def _draft(self, chain: Chain, quantity: Quantity) -> Draft:
        draft = Draft(self.sentence, RuleKind.FIXED, frame=self.frame.number)
        place = (quantity.start, quantity.end)
        if chain.dimension == "money":
            draft.currency = self._currency(chain, quantity)
            if quantity.polarity is Polarity.AT_MOST or quantity.upper is not None:
                draft.kind = RuleKind.CAP_ONLY
                draft.limit(quantity, "", self.sentence)
            else:
                draft.amount, draft.places["amount"] = quantity.value, place
            return draft
        draft.kind = RuleKind.RATE
        draft.rate, draft.rate_bound, draft.places["rate"] = quantity.upper or quantity.value, bound_of(quantity), place
        draft.rate_min = quantity.value if quantity.upper is not None else None
        draft.rate_points = chain.dimension == "points" or is_paid_rate(chain)
        draft.implicit_rate = quantity.counted in WORDS
        return draft

    def _currency(self, chain: Chain, quantity: Quantity) -> str:
        """Currency of a sum, also where it is named in front of the sentence's award (港币补贴最高35万元)."""
        named = _CURRENCY.search(chain.left) if quantity.unit == "yuan" else None
        return currency_code(PREFIXED[named.group()] if named is not None else quantity.unit)

    def _describe(self, drafts: list[Draft], chain: Chain) -> None:
        """Fill in base, count, duration and the like, which all members of the enumeration share."""
        interest = self._is_interest(chain)
        counted = self._counted(chain)
        beneficiary, beneficiary_place = beneficiary_of(self.text, self.frame_start, chain.start)
        base, base_place = base_of(self.text, self.frame_start, chain) if chain.dimension != "money" else ("", None)
        if chain.first.counted in {FREE, HALF} and (
            rent := _RENT.search(self.text, chain.segment_start, chain.segment_end)
        ):
            base, base_place = rent[0], rent.span()
        if chain.dimension == "percent" and not base:
            base = self._measured_base(chain) or self._former_base(chain)
        period = self._period(chain)
        additional = self._additional(chain)
        for draft, quantity in zip(drafts, chain.quantities, strict=True):
            draft.ladder = len(drafts) > 1
            draft.beneficiary, draft.base, draft.additional, draft.period = beneficiary, base, additional, period
            if base_place:
                draft.places["base"] = base_place
            if beneficiary_place:
                draft.places["beneficiary"] = beneficiary_place
            if draft.rate is not None and interest:
                draft.kind = RuleKind.INTEREST
            if self.frame.years is not None:
                each = (
                    self.frame.years == ("years", Decimal(len(drafts))) and draft.rate is not None and len(drafts) > 1
                )
                setattr(draft, self.frame.years[0], Decimal(1) if each else self.frame.years[1])
            elif (ordinal := ordinal_years(chain.left)) is not None:
                draft.years = ordinal
            if (
                self.frame.floor is not None
                and draft.kind is RuleKind.CAP_ONLY
                and self.frame.floor.dimension == "money"
            ):
                draft.amount_min = self.frame.floor.first.value
            self._count(draft, self._counted_each(chain, quantity) or counted)

    def _counted_each(self, chain: Chain, quantity: Quantity) -> Counted | None:
        """What one member of an enumeration is given for: 博士每人6000元、团队每个8000元."""
        behind = counted_behind(self.text, quantity.end)
        position = chain.quantities.index(quantity)
        if behind is not None or position == 0:
            return behind
        before = counted_before(self.text, chain.quantities[position - 1].end, quantity.start)
        return before[-1] if len(before) == 1 else None

    def _measured_base(self, chain: Chain) -> str:
        """培训支出60万元以上的给予4%: the share is of what the condition measures."""
        money = [g for g in self.frame.groups if g.members[0][0].unit == "yuan" and g.end > chain.segment_start]
        metric = money[-1].metric if len(money) == 1 else ""
        return metric if _MEASURED_BASE.search(metric) else ""

    def _former_base(self, chain: Chain) -> str:
        """租金前两年全部补贴,第三至五年补贴50%, 比例提高到40%: another share of what the one before was of."""
        if self.drafts:
            former = self.drafts[-1]
            again = ordinal_years(chain.left) and former.years is not None
            return former.base if again or (former.rate is not None and _OTHERS_BY.search(chain.left)) else ""
        earlier = [draft for draft in self._earlier() if draft.rate is not None]
        return earlier[-1].base if earlier and RAISES.search(chain.left) else ""

    def _count(self, draft: Draft, counted: Counted | None) -> None:
        if draft.rate is not None:
            return
        if self.frame.steps and draft.amount is not None:
            step = self.frame.steps[-1].first
            if step.value == 1 and step.counted:
                each = f"{step.counted}·{_MONTH}" if counted is not None and counted.per == _MONTH else step.counted
                self._set_per(draft, each, (step.start, step.end))
                draft.kind = RuleKind.PER_UNIT
                return
            draft.per = self.text[step.start : step.end] + _noun_behind(self.text, step.end)
            draft.step, draft.kind = (
                (step.value * 100 if step.unit in {"percent", "points"} else step.value),
                RuleKind.PER_UNIT,
            )
            draft.step_of = _counted_in_steps(self.frame.steps[-1].near)
            draft.places["per"] = (step.start, step.end)
            return
        if counted is None and (event := self._event_measured()):
            counted = Counted(event, False)
        if counted is None:
            if draft.period == "年" and not draft.per:
                self._set_per(draft, "年", None)
            return
        self._set_per(draft, self._each_of_raised(counted.per), (counted.start, counted.end))
        if draft.amount is not None and not counted.recipient:
            draft.kind = RuleKind.PER_UNIT

    def _event_measured(self) -> str:
        """What is paid for each time, where the number in it tells which award: 每列次游客200人以上…、400人以上补贴4万元."""
        metrics = [group.metric for group in self.frame.groups]
        named = (event for event in _EVENTS for metric in metrics if metric.startswith(f"每{event}"))
        return max(named, key=len, default="")

    def _each_of_raised(self, per: str) -> str:
        """What a raised sum by the month is for each of: 每名每月1500元, …提高到每月2000元 is for each of them too."""
        former = [*self._earlier(), *self.drafts][-1:]
        raised = per == _MONTH and bool(former) and former[0].per.endswith(f"·{_MONTH}")
        return former[0].per if raised and RAISES.search(self.text) else per

    def _set_per(self, draft: Draft, per: str, place: tuple[int, int] | None) -> None:
        if draft.kind is RuleKind.CAP_ONLY:
            draft.cap_per = per
        else:
            draft.per = per
        if place is not None and place[0] < place[1]:
            draft.places["per"] = place

    def _counted(self, chain: Chain) -> Counted | None:
        behind = counted_behind(self.text, chain.last.end)
        if behind is not None:
            return behind
        found = counted_before(self.text, self.frame_start, chain.first.start)
        conditioned = [group.start for group in self.frame.groups]
        usable = [
            c
            for c in found
            if c.per not in {"年", "年度"}
            if c.per in _EVENTS or not any(c.start < start <= c.end + 8 for start in conditioned)
        ]
        if not usable:
            return None
        last = usable[-1]
        if len(usable) > 1 and usable[-2].end == last.start:
            first = usable[-2]
            return Counted(first.per + "·" + last.per, False, None, first.start, last.end)
        return last

    def _period(self, chain: Chain) -> str:
        window = self.text[max(self.frame_start, chain.segment_start) : chain.end + 8]
        if re.search(r"每年|/年|逐年|按年度?给", window) and not re.search(
            r"每年[^,。;]{0,8}(?:营|产|销|纳税)", window
        ):
            return "年"
        if "一次性" in self.text[self.frame_start : chain.end + 14]:
            return "一次性"
        return ""

    def _additional(self, chain: Chain) -> bool:
        lead = _OVER_A_RATE.sub("", self.text[self.frame_start : chain.start])
        return re.search(any_of("addition"), lead) is not None or "除按" in lead

    def _is_interest(self, chain: Chain) -> bool:
        near = chain.left + chain.following[:12]
        return _INTEREST.search(near) is not None and "保险" not in chain.left


def _counted_in_steps(left: str) -> str:
    """The words in front of an increment: 运量每增加 in 按运量每增加400吨奖励2万元."""
    match = re.search(r"(?:按照?|对(?!外)|其|以|在|给予|的|且)*(?P<words>[^,。;:]{0,16}每[^,。;:每]{0,10})$", left)
    return match["words"] if match else ""


def _noun_behind(text: str, end: int) -> str:
    match = re.match(r"(?:[^,。;:、\d给奖补资每一再另]{1,6})(?=奖|补|给|资|,)", text[end : end + 8])
    return match[0] if match else ""
