"""The reader: walks a clause sentence by sentence and composes drafts from the roles of its quantities."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.subsidies import lexicon
from assistant.subsidies.categories import split_words
from assistant.subsidies.chains import Chain, build_chains
from assistant.subsidies.conditions import Bound as Comparison
from assistant.subsidies.conditions import ConditionGroup, as_alternative, duration_condition, read_group, years_given
from assistant.subsidies.counting import Counted, counted_before, counted_behind
from assistant.subsidies.drafts import Draft, bound_of, category, currency_code
from assistant.subsidies.implicit import DOUBLE, FREE, HALF, WORDS, implicit_quantities, rent_holiday
from assistant.subsidies.lexicon import any_of
from assistant.subsidies.phrases import (
    base_of,
    beneficiary_of,
    case_of,
    category_label,
    contrast,
    is_scope,
    single_category,
    subject_between,
)
from assistant.subsidies.roles import Role, role_of
from assistant.subsidies.rule import Bound, Operator, RuleKind
from assistant.subsidies.sentences import Sentence
from corpus.quantities import Polarity, Quantity, scan

_NUMBER = re.compile(r"[\d%一二三四五六七八九十百千万亿半两]")
_GRANT = re.compile(lexicon.GRANT_WORD)
_CARRIES = re.compile(r"(?:标准|如下|下列|分别|档|奖励|补助|补贴|资助|支持|给予|办法)[^,。;]{0,12}:?$")
_AGAIN = re.compile(r"^(?:并|同时|另外?|此外|再|还|另行|额外|且)(?!且?(?:累计|最高|不超过|单个|每))")
_INSTALMENTS = re.compile(r"分(?P<n>[一二两三四五六七八九十\d])(?:年|期|次|批|个年度)(?:按|分别|按照|给予|各|支付|兑现|拨付|奖励|补助|发放|每年){0,3}(?:[^,。;]{0,4})$")
_INTEREST = re.compile(r"贴息|利息|lpr|市场报价利率|基准利率")


@dataclass
class Frame:
    """What has been said since the last award: its conditions, counts and duration."""

    groups: list[ConditionGroup] = field(default_factory=list)
    steps: list[Chain] = field(default_factory=list)
    years: tuple[str, Decimal] | None = None
    floor: Chain | None = None
    closed: bool = False  # an award has been read from it
    number: int = 0


@dataclass
class Reading:
    """Everything read from a clause so far."""

    drafts: list[Draft] = field(default_factory=list)
    unread: list[tuple[Sentence, int, int]] = field(default_factory=list)


class SentenceReader:
    """Reads one sentence; ``reading`` holds what the sentences before gave."""

    def __init__(self, sentence: Sentence, reading: Reading, metric: str, carried: bool, shared: Sequence[ConditionGroup] = ()) -> None:
        self.sentence = sentence
        self.text = sentence.text
        self.reading = reading
        self.metric = metric  # metric of the last condition, which the next sentence may leave out
        self.carried = carried
        self.frame = Frame(list(shared))
        self.shared = tuple(shared)  # conditions of a heading (年增速50%以上的企业:) that bind every case under it
        self.frame_start = 0
        self.drafts: list[Draft] = []
        self.roles: list[tuple[Chain, Role]] = []
        self.groups: list[ConditionGroup] = []
        self.floors: list[Chain] = []

    def read(self) -> None:
        """Read the sentence and add what it grants to ``reading``."""
        quantities = sorted([*scan(self.text), *implicit_quantities(self.text)], key=lambda quantity: quantity.start)
        chains = build_chains(self.sentence, quantities)
        for chain in chains:
            role = role_of(chain, self.text, self.roles, self.carried)
            if chain.dimension == "money" and role in {Role.GRANT, Role.CEILING, Role.UNREAD, Role.CONDITION} and self._instalments(chain):
                role = Role.SCHEDULE
            self.roles.append((chain, role))
            self._apply(chain, role)
        self._rent_holiday()
        self._bracket_conditions()
        if not any(draft.amount_min is not None for draft in self.drafts):
            self.reading.unread.extend((self.sentence, floor.start, floor.end) for floor in self.floors)
        if ":" in self.text:
            heading = self.text.index(":")
            self.shared = tuple(group for group in self.groups if group.end <= heading and len(group.members) == 1)
        self.reading.drafts.extend(self.drafts)
        self._contrast_cases()
        self._open_borders()

    def _apply(self, chain: Chain, role: Role) -> None:
        match role:
            case Role.CONDITION:
                self._condition(chain)
            case Role.GRANT:
                self._grant(chain)
            case Role.CEILING:
                self._ceiling(chain)
            case Role.STEP:
                self._open_frame(chain)
                self.frame.steps.append(chain)
            case Role.UPLIFT:
                self._uplift(chain)
            case Role.SCHEDULE:
                self._schedule(chain)
            case Role.FLOOR:
                self.frame.floor = chain
                self.floors.append(chain)
            case Role.UNREAD:
                self.reading.unread.append((self.sentence, chain.start, chain.end))
            case _:
                pass

    # conditions and durations

    def _condition(self, chain: Chain) -> None:
        if chain.dimension == "duration" or chain.first.unit == "age":
            self._duration(chain)
            return
        if chain.dimension == "plain" and chain.first.polarity is Polarity.EXACTLY:
            return
        group = read_group(chain, self.text, self.metric)
        if group is None:
            return
        self._open_frame(chain, group)
        if group.joined_or and self.frame.groups and len(self.frame.groups[-1].members) == 1:
            self.frame.groups[-1] = as_alternative(self.frame.groups[-1])
        self.frame.groups.append(group)
        self.groups.append(group)
        self.metric = group.metric

    def _duration(self, chain: Chain) -> None:
        given = years_given(chain, self.text)
        if given is not None:
            self._years(given, chain)
            return
        group = duration_condition(chain)
        if group is not None:
            self._open_frame(chain, group)
            self.frame.groups.append(group)

    def _years(self, given: tuple[str, Decimal], chain: Chain) -> None:
        name, value = given
        targets = [draft for draft in self.drafts if draft.years is None and draft.months is None]
        if not self.drafts and chain.start < 60 and not _GRANT_AFTER.search(self.text, chain.end):
            targets = [d for d in self._earlier() if d.years is None and d.months is None]
        if targets and (self.frame.closed or not self.drafts):
            for draft in targets:
                setattr(draft, name, value)
            return
        self.frame.years = given

    def _open_frame(self, chain: Chain, group: ConditionGroup | None = None) -> None:
        """Begin anew after an award; what the next award shares with the last is kept."""
        if not self.frame.closed:
            return
        metrics = {g.metric for g in self.frame.groups}
        kept = self._kept_groups(self.text[self.frame_start : chain.start])
        if group is not None and (group.inherited or group.metric in metrics) and not _FRESH.search(self.text, self.frame_start, chain.start):
            kept = [g for g in self.frame.groups if g.metric != group.metric and len(g.members) == 1]
        self.frame = Frame(kept, number=self.frame.number + 1)

    def _kept_groups(self, between: str) -> list[ConditionGroup]:
        """Conditions of the recipient (对……1亿元以上的企业,) go on binding what the sentence lists after it."""
        if _FRESH.search(between) or re.search(_RECIPIENT, between):
            return []
        return [group for group in self.frame.groups if len(group.members) == 1 and self._describes_recipient(group)]

    def _describes_recipient(self, group: ConditionGroup) -> bool:
        comma = self.text.find(",", group.end)
        segment = self.text[group.end : comma if comma >= 0 else len(self.text)]
        return re.search(rf"{_RECIPIENT}$", segment) is not None

    # awards

    def _grant(self, chain: Chain) -> None:
        again = self._starts_new_award(chain)
        money = chain.dimension == "money"
        if money and chain.first.polarity is Polarity.AT_MOST and self._bounds_earlier(chain):
            self._ceiling(chain)
            return
        if chain.dimension == "percent" and not again and chain.first.polarity is Polarity.AT_MOST and self._only_ceilings():
            self._bounding_share(chain)
            return
        if money and not again and self._bounds_former(chain):
            self._ceiling(chain)
            return
        if again and self.frame.closed:
            subject = subject_between(self.text, self.frame_start, chain.start)
            kept = self._kept_groups(self.text[self.frame_start : chain.start]) if len(subject) >= 3 else self.frame.groups
            self.frame = Frame(kept, number=self.frame.number + 1)
        if (partner := self._partner(chain)) is not None:
            self._grant_mixed(partner, chain)
            return
        if self._unmatched_ladder(chain) or any(quantity.polarity is Polarity.ABOUT for quantity in chain.quantities):
            self.reading.unread.append((self.sentence, chain.start, chain.end))
            self.frame.closed, self.frame_start = True, chain.end
            return
        drafts = [self._draft(chain, quantity) for quantity in chain.quantities]
        self._describe(drafts, chain)
        self._deal_conditions(drafts, chain)
        self.drafts.extend(drafts)
        self.frame.closed = True
        self.frame.floor = None
        self.frame_start = chain.end

    def _rungs(self) -> set[int]:
        return {len(group.members) for group in self.frame.groups} - {1}

    def _partner(self, chain: Chain) -> Chain | None:
        """In 分别按30万元、50万元、投资额的8‰ the sums in front, when both together have as many members as the ladder."""
        if not self._unmatched_ladder(chain) or len(self.roles) < 2:
            return None
        former, role = self.roles[-2]
        joined = former.segment_start == chain.segment_start and self.text[former.end : former.end + 1] in {"、", "和", "或", "及"}
        whole = len(former.quantities) + len(chain.quantities)
        if role in {Role.UNREAD, Role.NOTHING} and joined and whole in self._rungs() and {former.dimension, chain.dimension} == {"money", "percent"}:
            return former
        return None

    def _grant_mixed(self, former: Chain, chain: Chain) -> None:
        drafts = [self._draft(each, quantity) for each in (former, chain) for quantity in each.quantities]
        self._describe(drafts[: len(former.quantities)], former)
        self._describe(drafts[len(former.quantities) :], chain)
        for draft in drafts:
            draft.ladder = True
        self._deal_conditions(drafts, chain)
        self.drafts.extend(drafts)
        self.reading.unread = [place for place in self.reading.unread if place[1:] != (former.start, former.end)]
        self.frame.closed, self.frame_start = True, chain.end

    def _named_ceiling(self, chain: Chain) -> bool:
        """每个展位奖励不超过5000元: the award is a noun here, what is stated is its ceiling."""
        rates = [draft for draft in self.drafts if draft.rate is not None and draft.cap is None]
        return bool(rates) and _CEILING_NOUN.search(chain.left) is not None and "给予" not in chain.left

    def _unmatched_ladder(self, chain: Chain) -> bool:
        """Whether 分别 deals out another number of awards than there are rungs: which is whose is not certain."""
        rungs = self._rungs()
        if not rungs or len(chain.quantities) in rungs or "分别" not in self.text[chain.segment_start : chain.start]:
            return False
        return True

    def _starts_new_award(self, chain: Chain) -> bool:
        """Whether the chain opens an award of its own beside the one read before."""
        if not self.drafts or not self.frame.closed:
            return True
        between = self.text[self.frame_start : chain.start]
        parts = re.split(r"[,:]", between)
        if len(parts) == 1:
            return False
        if _AGAIN.match(parts[-1]):
            return True
        if chain.dimension == "money" and chain.first.polarity is Polarity.AT_MOST and not any(_FRESH.match("," + part) for part in parts[1:]):
            if is_scope(parts[-1]) or self._named_ceiling(chain):
                return False
        return len(subject_between(self.text, self.frame_start, chain.start)) >= 3

    def _only_ceilings(self) -> bool:
        former = [draft for draft in self.drafts if draft.frame == self.frame.number]
        return bool(former) and all(draft.ceiling_only for draft in former)

    def _bounds_former(self, chain: Chain) -> bool:
        """给予30%、最高100万元: a bounded sum behind an award of the same frame is its ceiling."""
        if not self.drafts or not self.frame.closed or chain.first.polarity is not Polarity.AT_MOST:
            return False
        former = [draft for draft in self.drafts if draft.frame == self.frame.number]
        return any(not draft.ceiling_only and draft.cap is None for draft in former)

    def _bounds_earlier(self, chain: Chain) -> bool:
        """每户企业补贴最高不超过20万元, as a sentence of its own, bounds the awards before it."""
        if self.drafts or self.frame.groups or not is_scope(self.text[: chain.start]):
            return False
        return any(not draft.ceiling_only for draft in self._earlier())

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
        draft.rate_points = chain.dimension == "points"
        draft.implicit_rate = quantity.counted in WORDS
        return draft

    def _currency(self, chain: Chain, quantity: Quantity) -> str:
        """Currency of a sum, also where it is named in front of the sentence's award (港币资助上限为50万元)."""
        named = re.search(r"(?P<hkd>港币|港元)|(?P<twd>新?台币)", chain.left) if quantity.unit == "yuan" else None
        if named is not None:
            return "HKD" if named["hkd"] else "TWD"
        return currency_code(quantity.unit)

    def _describe(self, drafts: list[Draft], chain: Chain) -> None:
        """Fill in base, count, duration and the like, which all members of the enumeration share."""
        interest = self._is_interest(chain)
        counted = self._counted(chain)
        beneficiary, beneficiary_place = beneficiary_of(self.text, self.frame_start, chain.start)
        base, base_place = base_of(self.text, self.frame_start, chain) if chain.dimension != "money" else ("", None)
        if chain.first.counted in {FREE, HALF} and (rent := _RENT.search(self.text, chain.segment_start, chain.segment_end)):
            base, base_place = rent[0], rent.span()
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
                each = self.frame.years == ("years", Decimal(len(drafts))) and draft.rate is not None and len(drafts) > 1
                setattr(draft, self.frame.years[0], Decimal(1) if each else self.frame.years[1])
            elif _ORDINAL_YEAR.search(chain.left):
                draft.years = Decimal(1)
            if self.frame.floor is not None and draft.kind is RuleKind.CAP_ONLY and self.frame.floor.dimension == "money":
                draft.amount_min = self.frame.floor.first.value
            self._count(draft, counted_behind(self.text, quantity.end) or counted)

    def _count(self, draft: Draft, counted: Counted | None) -> None:
        if draft.rate is not None:
            return
        if self.frame.steps and draft.amount is not None:
            step = self.frame.steps[-1].first
            if step.value == 1 and step.counted:
                self._set_per(draft, step.counted, (step.start, step.end))
                draft.kind = RuleKind.PER_UNIT
                return
            draft.per = self.text[step.start : step.end] + _noun_behind(self.text, step.end)
            draft.step, draft.kind = (step.value * 100 if step.unit in {"percent", "points"} else step.value), RuleKind.PER_UNIT
            draft.places["per"] = (step.start, step.end)
            return
        if counted is None:
            if draft.period == "年" and not draft.per:
                self._set_per(draft, "年", None)
            return
        self._set_per(draft, counted.per, (counted.start, counted.end))
        if draft.amount is not None and not counted.recipient:
            draft.kind = RuleKind.PER_UNIT

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
        usable = [c for c in found if c.per not in {"年", "年度"} and not any(c.start < start <= c.end + 8 for start in conditioned)]
        if not usable:
            return None
        last = usable[-1]
        if len(usable) > 1 and usable[-2].end == last.start:
            first = usable[-2]
            return Counted(first.per + "·" + last.per, False, None, first.start, last.end)
        return last

    def _period(self, chain: Chain) -> str:
        window = self.text[max(self.frame_start, chain.segment_start) : chain.end + 8]
        if re.search(r"每年|/年|逐年|按年度?给", window) and not re.search(r"每年[^,。;]{0,8}(?:营|产|销|纳税)", window):
            return "年"
        if "一次性" in self.text[self.frame_start : chain.end + 14]:
            return "一次性"
        return ""

    def _additional(self, chain: Chain) -> bool:
        lead = self.text[self.frame_start : chain.start]
        return re.search(any_of(lexicon.ADDITION), lead) is not None or "除按" in lead

    def _is_interest(self, chain: Chain) -> bool:
        near = chain.left + chain.following[:12]
        return _INTEREST.search(near) is not None and "保险" not in chain.left

    def _deal_conditions(self, drafts: list[Draft], chain: Chain) -> None:
        """Give each award its conditions: ladders are dealt out, the others belong to all."""
        count = len(drafts)
        dealt = False
        for group in self.frame.groups:
            ladder = count > 1 and len(group.members) == count
            dealt = dealt or ladder
            for position, draft in enumerate(drafts):
                if ladder:
                    draft.comparisons.extend(group.members[position])
                elif len(group.members) == 1 or count == 1:
                    draft.comparisons.extend(group.members[0])
        for draft in drafts:
            draft.comparisons = _distinct(draft.comparisons)
        if count > 1 and not dealt:
            self._deal_categories(drafts, chain)
        if count == 1:
            drafts[0].subject = case_of(self.text, self.frame_start, chain.start)
            held = single_category(self.text, self.frame_start, chain.start)
            if held and not drafts[0].comparisons:
                drafts[0].comparisons.append(category(held))

    def _open_borders(self) -> None:
        """100至200亩的……,200至300亩的……: a rung ends below the figure at which the next begins."""
        drafts = self._earlier()
        starts = {(c.metric, c.value): d for d in drafts for c in d.comparisons if c.op in {Operator.AT_LEAST, Operator.MORE_THAN}}
        for draft in drafts:
            for position, comparison in enumerate(draft.comparisons):
                following = starts.get((comparison.metric, comparison.value))
                if comparison.op is Operator.AT_MOST and following is not None and following is not draft:
                    opens = any(c.op is Operator.AT_LEAST and c.value == comparison.value for c in following.comparisons)
                    if opens:
                        draft.comparisons[position] = replace(comparison, op=Operator.LESS_THAN)
                    draft.ladder = following.ladder = True

    def _contrast_cases(self) -> None:
        """对新认定的企业……;对重新认定的企业……: what tells sibling awards apart must be held."""
        singles = [draft for draft in self._earlier() if not draft.ladder and draft.subject]
        for draft, name in zip(singles, contrast([draft.subject for draft in singles]), strict=True):
            numeric = [self._figures_held(other) for other in singles]
            if name and numeric.count(self._figures_held(draft)) == len(numeric) and not any(c.category for c in draft.comparisons):
                draft.comparisons.append(category(name))

    @staticmethod
    def _figures_held(draft: Draft) -> list[tuple[str, Decimal, str]]:
        return sorted((c.op.value, c.value, c.unit) for c in draft.comparisons if not c.category)

    def _deal_categories(self, drafts: list[Draft], chain: Chain) -> None:
        if chain.labelled:
            labels = (category_label(chain.left), *chain.labels[1:])
            names: tuple[str, ...] = labels if all(labels) else ()
        else:
            names = split_words(self.text[self.frame_start : chain.start], len(drafts))
        if names and all(re.search(rf"{_RECIPIENT}$", name) for name in names):
            for draft, name in zip(drafts, names, strict=True):
                draft.beneficiary = name
                draft.places.pop("beneficiary", None)
            return
        for draft, name in zip(drafts, names, strict=False):
            draft.comparisons.append(category(name))

    # ceilings, uplifts, instalments

    def _bounding_share(self, chain: Chain) -> None:
        """最高100万元、不超过投资额的30%: a share that bounds a ceiling makes it a rate with a cap."""
        targets = [draft for draft in self.drafts if draft.frame == self.frame.number]
        if len(chain.quantities) > 1 or not targets or any(not draft.ceiling_only or draft.per or draft.cap_per for draft in targets):
            self.reading.unread.append((self.sentence, chain.start, chain.end))
            return
        base, place = base_of(self.text, self.frame_start, chain)
        for draft in targets:
            draft.kind, draft.rate, draft.rate_bound, draft.base = RuleKind.RATE, chain.first.value, Bound.AT_MOST, base
            draft.places["rate"] = (chain.first.start, chain.first.end)
            if place:
                draft.places["base"] = place
        self.frame_start = chain.end

    def _ceiling(self, chain: Chain) -> None:
        if chain.dimension != "money":
            self._bounding_share(chain)
            return
        counts = counted_before(self.text, max(chain.gap, 0), chain.first.start)
        per = self._ceiling_per(chain, counts)
        targets = self._uncapped(chain)
        if targets:
            self._limit(targets, chain, per)
            return
        if (self.drafts and all(not d.ceiling_only for d in self.drafts)) or (not self.drafts and self._wider_targets()):
            self._wider(self.drafts or self._wider_targets(), chain)
            return
        self._own_ceiling(chain, per)

    def _own_ceiling(self, chain: Chain, per: str) -> None:
        """A ceiling that bounds nothing read before is a rule of its own."""
        if self.frame.closed and self.drafts:
            self.frame = Frame(self.frame.groups, number=self.frame.number + 1)
        lead = self.text[: chain.start]
        interest = "贴息" in lead[-60:] and not self.drafts
        drafts = []
        for quantity in chain.quantities:
            draft = Draft(self.sentence, RuleKind.INTEREST if interest else RuleKind.CAP_ONLY, frame=self.frame.number)
            draft.limit(quantity, per, self.sentence)
            draft.currency = self._currency(chain, quantity)
            drafts.append(draft)
        beneficiary, place = beneficiary_of(self.text, self.frame_start, chain.start)
        for draft in drafts:
            draft.ladder, draft.beneficiary = len(drafts) > 1, beneficiary
            draft.period = self._period(chain)
            if place:
                draft.places["beneficiary"] = place
            if self.frame.years is not None:
                setattr(draft, self.frame.years[0], self.frame.years[1])
            if self.frame.floor is not None and self.frame.floor.dimension == "money":
                draft.amount_min = self.frame.floor.first.value
            if interest and (base := re.search(r"lpr|贷款市场报价利率|基准利率", lead)):
                draft.base = base[0].upper()
        self._deal_conditions(drafts, chain)
        self.drafts.extend(drafts)
        self.frame.closed = True
        self.frame_start = chain.end

    def _ceiling_per(self, chain: Chain, counts: list[Counted]) -> str:
        behind = counted_behind(self.text, chain.last.end)
        if behind is not None:
            return behind.per
        scope = re.findall(r"(?:同一|单)(?:个|一|家|户|项|台|笔|次)?(?:企业|项目|主体|单位|产品|机构|服务机构)?|每(?:家|户|个|人|年|项|台|场次?|月|亩)(?:企业|单位|项目|展位)?|年度|一年|全年", chain.left)
        words = [word for word in scope if len(word) > 1]
        return "".join(dict.fromkeys(words)) if words else "".join(c.per for c in counts)

    def _uncapped(self, chain: Chain) -> list[Draft]:
        """Awards that a ceiling bounds: those of this sentence, else of the ones before in the item."""
        own = [draft for draft in self.drafts if draft.cap is None and draft.uplift is None]
        if own:
            if len(chain.quantities) > 1 and len(own) >= len(chain.quantities):
                return own[-len(chain.quantities) :]
            return own
        if self.drafts:
            return []
        wide = re.search(r"同一|以上|上述|每[家户个]|单[个家户]|两项|各项|总额|合计|累计", self.text[: chain.start])
        earlier = [draft for draft in self._earlier() if draft.cap is None and draft.uplift is None and not draft.ceiling_only]
        if not earlier or not is_scope(self.text[: chain.start]):
            return []
        return earlier if wide else [d for d in earlier if d.sentence is earlier[-1].sentence]

    def _earlier(self) -> list[Draft]:
        recent = self.reading.drafts[-_MEMORY:]
        return [draft for draft in recent if draft.sentence.item == self.sentence.item]

    def _wider_targets(self) -> list[Draft]:
        if not is_scope(self.text[: self.roles[-1][0].start]):
            return []
        return [draft for draft in self._earlier() if not draft.ceiling_only and draft.uplift is None]

    def _wider(self, targets: list[Draft], chain: Chain) -> None:
        quantity = chain.last
        annual = re.search(r"每年|年度|全年|当年|一年", chain.left) is not None
        for draft in targets:
            if annual:
                draft.annual_cap = draft.annual_cap or quantity.value
            else:
                draft.total_cap = draft.total_cap or quantity.value
            if draft.sentence is self.sentence:
                draft.places["annual_cap" if annual else "total_cap"] = (quantity.start, quantity.end)

    def _limit(self, targets: list[Draft], chain: Chain, per: str) -> None:
        quantities = chain.quantities
        if len(quantities) == 1:
            for draft in targets:
                draft.limit(quantities[0], per, self.sentence)
        elif len(quantities) == len(targets):
            for draft, quantity in zip(targets, quantities, strict=True):
                draft.limit(quantity, per, self.sentence)
        elif len(targets) == 1:
            self._split(targets[0], chain, per)
        else:
            for draft in targets:  # no certain pairing: the widest ceiling bounds each of them for sure
                draft.limit(max(quantities, key=lambda q: q.value), per, self.sentence)
        if self.drafts:
            self.frame_start = chain.end

    def _split(self, draft: Draft, chain: Chain, per: str) -> None:
        """One rate with several ceilings is as many rules."""
        names: tuple[str, ...] = ()
        if chain.labelled:
            labels = (category_label(chain.left), *chain.labels[1:])
            names = labels if all(labels) else ()
        else:
            names = split_words(self.text[: chain.start], len(chain.quantities))
        for position, quantity in enumerate(chain.quantities):
            target = draft if position == 0 else draft.copy()
            target.limit(quantity, per, self.sentence)
            if position:
                target.comparisons = [c for c in target.comparisons if not c.category]
                self.drafts.append(target)
            if names:
                target.comparisons.append(category(names[position]))

    def _uplift(self, chain: Chain) -> None:
        lead = self.text[self.frame_start : chain.start]
        based = [draft for draft in self.drafts if draft.frame == self.frame.number and draft.uplift is None]
        if based and "基础上" in lead:
            for draft in based:
                self._set_uplift(draft, chain, chain.first)
                draft.additional = True
            self.frame.closed, self.frame_start = True, chain.end
            return
        if self.frame.closed:
            subject = subject_between(self.text, self.frame_start, chain.start)
            self.frame = Frame([] if len(subject) >= 3 else self.frame.groups, number=self.frame.number + 1)
        beneficiary, place = beneficiary_of(self.text, self.frame_start, chain.start)
        drafts = []
        for quantity in chain.quantities:
            draft = Draft(self.sentence, RuleKind.RATE, frame=self.frame.number, beneficiary=beneficiary)
            draft.ladder = len(chain.quantities) > 1
            if place:
                draft.places["beneficiary"] = place
            self._set_uplift(draft, chain, quantity)
            drafts.append(draft)
        self._deal_conditions(drafts, chain)
        self.drafts.extend(drafts)
        self.frame.closed, self.frame_start = True, chain.end

    def _set_uplift(self, draft: Draft, chain: Chain, quantity: Quantity) -> None:
        draft.uplift, draft.uplift_points = quantity.upper or quantity.value, chain.dimension == "points"
        draft.implicit_rate = quantity.counted == DOUBLE
        most = quantity.polarity is Polarity.AT_MOST or re.search(r"最高|不超过|至多|最多", chain.left[-8:])
        draft.uplift_bound = Bound.AT_MOST if most else Bound.EXACT
        draft.places["uplift"] = (quantity.start, quantity.end)

    def _instalments(self, chain: Chain) -> bool:
        match = _INSTALMENTS.search(self.text[: chain.first.start])
        if match is None or len(chain.quantities) < 2:
            return False
        return True

    def _schedule(self, chain: Chain) -> None:
        """分三年按40%、30%、30% or 分三年按10万、20万、30万: one whole sum paid in parts."""
        lead = self.text[: chain.first.start]
        if chain.dimension == "money":
            whole = sum((quantity.value for quantity in chain.quantities), Decimal(0))
            shares = tuple(quantity.value / whole for quantity in chain.quantities)
            targets = [draft for draft in self.drafts if draft.amount == whole]
            if not targets:
                draft = Draft(self.sentence, RuleKind.FIXED, amount=whole, frame=self.frame.number)
                draft.places["amount"] = (chain.first.start, chain.last.end)
                draft.beneficiary = beneficiary_of(self.text, self.frame_start, chain.start)[0]
                self._deal_conditions([draft], chain)
                self.drafts.append(draft)
                targets = [draft]
        else:
            shares = tuple(quantity.value for quantity in chain.quantities)
            targets = self.drafts or self._earlier()
            if len(shares) < 2:
                return
        years = re.search(r"分[一二两三四五六七八九十\d]+(?:年|个年度)|年", lead) is not None
        for draft in targets:
            draft.schedule = shares
            if years:
                draft.years = Decimal(len(shares))
        self.frame.closed, self.frame_start = True, chain.end

    def _rent_holiday(self) -> None:
        """租金三免两减半 as two rules with their years."""
        holiday = rent_holiday(self.text)
        if holiday is None:
            return
        rent = _RENT.search(self.text)
        for share, years in ((Decimal(1), holiday.free), (Decimal("0.5"), holiday.half)):
            draft = Draft(self.sentence, RuleKind.RATE, rate=share, years=years, ladder=True, implicit_rate=True)
            draft.base = rent[0] if rent else ""
            draft.places["rate"] = draft.places["years"] = (holiday.start, holiday.end)
            draft.beneficiary = beneficiary_of(self.text, 0, holiday.start)[0]
            self.drafts.append(draft)

    def _bracket_conditions(self) -> None:
        """(市级权重30以上) inside brackets is a condition of the sentence's awards."""
        if not self.drafts:
            return
        for inside in self.sentence.brackets:
            if not _NUMBER.search(inside) or re.match(r"不?含|包括|以下", inside) or _GRANT.search(inside):
                continue
            inner = Sentence(inside, (), (), 0, 0, 0, "")
            for chain in build_chains(inner, scan(inside)):
                if chain.first.polarity not in {Polarity.AT_LEAST, Polarity.MORE_THAN} or chain.dimension == "duration":
                    continue
                group = read_group(chain, inside, "")
                if group is not None and len(group.metric) >= 2 and len(group.members) == 1:
                    for draft in self.drafts:
                        draft.comparisons.extend(group.members[0])


_MEMORY = 60  # awards a ceiling or a contrast looks back on; a fixed number keeps the reading linear
_RECIPIENT = any_of(lexicon.RECIPIENTS)
_FRESH = re.compile(r"[,:;](?:并|且|同时)?(?:对(?!应|外|内)|凡|若|如果?|其他|其它)")
_CEILING_NOUN = re.compile(r"(?:奖励|补助|补贴|资助|奖补)(?:金额|总额|额度|额|标准)?(?:原则上)?(?:最高|不超过|不高于|上限|最多|不得超过)+(?:为)?$")
_ORDINAL_YEAR = re.compile(r"(?:第[一二三四五六\d]年|首年|次年)[^,。;]{0,8}$")
_RENT = re.compile(r"租金|房租|场租|租赁费|场地(?:使用)?费|物业费|展位费|摊位费|仓储费|使用费|服务费")
_GRANT_AFTER = re.compile(r"给予|予以|奖励\d|补助\d|补贴\d")


def _distinct(comparisons: list[Comparison]) -> list[Comparison]:
    """Each comparison once: 超过1亿元的,按超出1亿部分 says the same twice."""
    kept: dict[object, Comparison] = {}
    for comparison in comparisons:
        key = (comparison.op, comparison.value, comparison.unit, comparison.metric if comparison.category else "")
        kept.setdefault(key, comparison)
    return list(kept.values())


def _noun_behind(text: str, end: int) -> str:
    match = re.match(r"(?:[^,。;:、\d给奖补资每一]{1,6})(?=奖|补|给|资|,)", text[end : end + 8])
    return match[0] if match else ""
