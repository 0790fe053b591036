"""The reader: walks a sentence from left to right and composes drafts from the roles of its quantities."""

import re
from decimal import Decimal

from assistant.clause.bounds import BoundReader
from assistant.clause.chains import Chain, build_chains
from assistant.clause.conditions import as_alternative, read_group
from assistant.clause.drafts import Draft
from assistant.clause.frames import Frame
from assistant.clause.implicit import implicit_quantities, rent_holiday
from assistant.clause.phrases import (
    beneficiary_of,
    is_scope,
    subject_between,
)
from assistant.clause.roles import Role, role_of
from assistant.clause.rule import RuleKind
from assistant.clause.terms import age_condition, duration_condition, years_given, years_old
from assistant.clause.vocabulary import any_of
from corpus.quantities import Polarity, scan

_OR = re.compile(r"或|、")
_AWARDS_ANEW = re.compile(r"给予|予以|另|再|并")
_AGAIN = re.compile(r"^(?:并|同时|另外?|此外|再|还|另行|额外|且)(?!且?(?:累计|最高|不超过|单个|每))")
_FRESH = re.compile(r"[,:;](?:并|且|同时)?(?:对(?!应|外|内)|凡|若|如果?|其他|其它)")
_CEILING_NOUN = re.compile(
    r"(?:奖励|补助|补贴|资助|奖补)(?:金额|总额|额度|额|标准)?(?:原则上)?(?:最高|不超过|不高于|上限|最多|不得超过)+(?:为)?$"
)
_RENT = re.compile(any_of("rents"))
# A sentence that only says for how long: 补贴期限为5年。
_OF_THE_NEXT = re.compile(r"[,、;][前后首]$|^[前后首]$")  # 前两年全额,后三年减半: told of the award behind it
_IN_EQUAL_PARTS = re.compile(r"(?:等额|平均|均等)(?:发放|拨付|支付|兑付|兑现)?")  # 分五年等额发放
_ONLY_DURATION = re.compile(
    r"(?:上述|以上|该项)?(?:补贴|补助|奖励|贴息|资助|支持|扶持|享受|政策|租金|发放|给付)?(?:计算|发放|享受|支持)?(?:期限|时间|年限|周期|时限|期)"
)


class SentenceReader(BoundReader):
    """Reads one sentence; ``reading`` holds what the sentences before gave."""

    def read(self) -> None:
        """Read the sentence and add what it grants to ``reading``."""
        quantities = sorted([*scan(self.text), *implicit_quantities(self.text)], key=lambda quantity: quantity.start)
        chains = build_chains(self.sentence, quantities)
        for chain in chains:
            role = role_of(chain, self.text, self.roles, self.carried)
            if (
                chain.dimension == "money"
                and role in {Role.GRANT, Role.CEILING, Role.UNREAD, Role.CONDITION}
                and self._instalments(chain)
            ):
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
        self._leave_to_the_raised()
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

    def _condition(self, chain: Chain) -> None:
        if chain.dimension == "duration":
            self._duration(chain)
            return
        if chain.first.unit == "age":
            self._age(chain)
            return
        if chain.dimension == "plain" and chain.first.polarity is Polarity.EXACTLY:
            return
        group = read_group(chain, self.text, self.metric)
        if group is None:
            self._most_units(chain)
            return
        self._open_frame(chain, group)
        if group.joined_or and self.frame.groups and len(self.frame.groups[-1].members) == 1:
            self.frame.groups[-1] = as_alternative(self.frame.groups[-1])
        self.frame.groups.append(group)
        self.groups.append(group)
        self.metric = group.metric

    def _most_units(self, chain: Chain) -> None:
        """补贴面积不超过500平方米: how many units are counted at most."""
        quantity = chain.first
        if quantity.polarity is not Polarity.AT_MOST or not quantity.counted:
            return
        behind = self.text[quantity.end :]
        for draft in self.drafts:
            parts = (*draft.per.split("·"), *draft.cap_per.split("·"))
            named = any(
                part.startswith(quantity.counted) and behind.startswith(part.removeprefix(quantity.counted))
                for part in parts
            )
            if named and draft.max_units is None:
                draft.max_units = quantity.value

    def _age(self, chain: Chain) -> None:
        group = years_old(chain, self.text)
        if group is None:
            return
        self._open_frame(chain, group)
        former = self.frame.groups[-1] if self.frame.groups else None
        if former is not None and former.metric == group.metric and _OR.search(self.text, former.end, group.start):
            self.frame.groups[-1], group = as_alternative(former), as_alternative(group)
        self.frame.groups.append(group)

    def _duration(self, chain: Chain) -> None:
        age = age_condition(chain, self.text)
        old = age is not None and chain.following.startswith("的")  # 成立时间不超过5年的企业: paid for no five years
        given = None if old else years_given(chain, self.text)
        if given is not None:
            self._years(given, chain)
        group = age or (duration_condition(chain) if given is None else None)
        if group is not None:
            self._open_frame(chain, group)
            self.frame.groups.append(group)

    def _years(self, given: tuple[str, Decimal], chain: Chain) -> None:
        name, value = given
        targets = [draft for draft in self.drafts if draft.years is None and draft.months is None]
        if not self.drafts and _ONLY_DURATION.match(self.text):
            earlier = self._earlier()
            last = earlier[-1].sentence if earlier else None
            targets = [d for d in earlier if d.sentence is last and d.years is None and d.months is None]
        ahead = _OF_THE_NEXT.search(chain.left) is not None and self.drafts
        if targets and not ahead and (self.frame.closed or not self.drafts):
            for draft in targets:
                setattr(draft, name, value)
                if name == "years" and value > 1 and _IN_EQUAL_PARTS.match(chain.following):
                    draft.schedule = (1 / value,) * int(value)
            return
        self.frame.years = given

    def _grant(self, chain: Chain) -> None:
        again = self._starts_new_award(chain)
        money = chain.dimension == "money"
        if money and chain.first.polarity is Polarity.AT_MOST and self._bounds_earlier(chain):
            self._ceiling(chain)
            return
        if (
            chain.dimension == "percent"
            and not again
            and chain.first.polarity is Polarity.AT_MOST
            and self._only_ceilings()
        ):
            self._bounding_share(chain)
            return
        if money and not again and self._bounds_former(chain):
            self._ceiling(chain)
            return
        if again and self.frame.closed:
            subject = subject_between(self.text, self.frame_start, chain.start)
            kept = (
                self._kept_groups(self.text[self.frame_start : chain.start]) if len(subject) >= 3 else self.frame.groups
            )
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

    def _partner(self, chain: Chain) -> Chain | None:
        """In 分别按30万元、50万元、投资额的8‰ the sums in front, when both together have as many members as the ladder."""
        if not self._unmatched_ladder(chain) or len(self.roles) < 2:
            return None
        former, role = self.roles[-2]
        joined = former.segment_start == chain.segment_start and self.text[former.end : former.end + 1] in {
            "、",
            "和",
            "或",
            "及",
        }
        whole = len(former.quantities) + len(chain.quantities)
        if (
            role in {Role.UNREAD, Role.NOTHING}
            and joined
            and whole in self._rungs()
            and {former.dimension, chain.dimension} == {"money", "percent"}
        ):
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
        bounded = chain.dimension == "money" and chain.first.polarity is Polarity.AT_MOST
        fresh = any(_FRESH.match("," + part) for part in parts[1:])
        if bounded and not fresh and (is_scope(parts[-1]) or self._named_ceiling(chain)):
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
        return any(not draft.ceiling_only for draft in former)

    def _bounds_earlier(self, chain: Chain) -> bool:
        """每户企业补贴最高不超过20万元, as a sentence of its own, bounds the awards before it."""
        lead = self.text[: chain.start]
        if self.drafts or self.frame.groups or not is_scope(lead) or _AWARDS_ANEW.search(lead):
            return False
        return any(not draft.ceiling_only for draft in self._earlier())

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
