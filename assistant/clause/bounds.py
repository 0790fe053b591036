"""Bounds: ceilings, uplifts and instalments of awards that have been read."""

import re
from decimal import Decimal

from assistant.clause.categories import split_words
from assistant.clause.chains import Chain
from assistant.clause.counting import Counted, counted_before, counted_behind
from assistant.clause.dealing import Dealer
from assistant.clause.drafts import Draft, category
from assistant.clause.frames import Frame
from assistant.clause.implicit import DOUBLE
from assistant.clause.phrases import (
    base_of,
    beneficiary_of,
    category_label,
    is_scope,
    subject_between,
)
from assistant.clause.rule import Bound, RuleKind
from corpus.quantities import Polarity, Quantity

# A ceiling over everything one recipient gets in a year or in all.
_OVER_ALL = re.compile(
    r"(?:同一|单个|单家|单户|每家|每户)(?:企业|单位|主体|机构|个人|申请人)?[^,;]{0,8}(?:每年|年度|全年|累计|总额|合计)"
)
_INSTALMENTS = re.compile(
    r"分(?P<n>[一二两三四五六七八九十\d])(?:年|期|次|批|个年度)(?:按|分别|按照|给予|各|支付|兑现|拨付|奖励|补助|发放|每年){0,3}(?:[^,。;]{0,4})$"
)


class BoundReader(Dealer):
    """Applies what bounds or changes awards."""

    def _bounding_share(self, chain: Chain) -> None:
        """最高100万元、不超过投资额的30%: a share that bounds a ceiling makes it a rate with a cap."""
        targets = [draft for draft in self.drafts if draft.frame == self.frame.number]
        if (
            len(chain.quantities) > 1
            or not targets
            or any(not draft.ceiling_only or draft.per or draft.cap_per for draft in targets)
        ):
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
        if (self.drafts and all(not d.ceiling_only for d in self.drafts)) or (
            not self.drafts and self._wider_targets()
        ):
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
        scope = re.findall(
            r"(?:同一|单)(?:个|一|家|户|项|台|笔|次|艘|辆|套|件|张|座)?(?:企业|项目|主体|单位|产品|机构|服务机构)?|每(?:家|户|个|人|名|年|项|台|艘|辆|套|件|张|座|场次?|月|亩)(?:企业|单位|项目|展位)?|"
            r"人均|年度|一年|全年",
            chain.left,
        )
        words = [word for word in scope if len(word) > 1]
        if len(words) == 1:
            only: str = words[0].replace("人均", "每人")
            return only.removeprefix("每") if only in {"每年", "每月", "每人", "每亩"} else only
        return "".join(dict.fromkeys(words)) if words else "".join(c.per for c in counts)

    def _uncapped(self, chain: Chain) -> list[Draft]:
        """Awards that a ceiling bounds: those of this sentence, else of the ones before in the item."""
        own = [draft for draft in self.drafts if draft.cap is None and draft.uplift is None]
        if own:
            if len(chain.quantities) > 1 and len(own) >= len(chain.quantities):
                return own[-len(chain.quantities) :]
            return [*self._series(), *own] if _OVER_ALL.search(chain.left) else own
        if self.drafts:
            return []
        wide = re.search(r"同一|以上|上述|每[家户个]|单[个家户]|两项|各项|总额|合计|累计", self.text[: chain.start])
        earlier = [
            draft for draft in self._earlier() if draft.cap is None and draft.uplift is None and not draft.ceiling_only
        ]
        if not earlier or not is_scope(self.text[: chain.start]):
            return []
        return earlier if wide else [d for d in earlier if d.sentence is earlier[-1].sentence]

    def _series(self) -> list[Draft]:
        """Uncapped awards of the semicolon group that this sentence ends."""
        found = []
        for draft in reversed(self._earlier()):
            if draft.sentence.closed_by != ";":
                break
            if draft.cap is None and draft.uplift is None:
                found.append(draft)
        return found

    def _wider_targets(self) -> list[Draft]:
        if not is_scope(self.text[: self.roles[-1][0].start]):
            return []
        return [draft for draft in self._earlier() if not draft.ceiling_only and draft.uplift is None]

    def _wider(self, targets: list[Draft], chain: Chain) -> None:
        quantity = chain.last
        if any(draft.currency != self._currency(chain, quantity) for draft in targets if draft.amount is not None):
            self.reading.unread.append((self.sentence, chain.start, chain.end))
            return  # a ceiling in another currency bounds nothing that can be compared with it
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
        return match is not None and len(chain.quantities) > 1

    def _schedule(self, chain: Chain) -> None:
        """分两年按70%、30% or 分三年按10万、20万、30万: one whole sum paid in parts."""
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
                _append_instalment(targets, shares[0])
                return
        years = re.search(r"年", lead) or re.match(
            r"[^,。;]{0,4}分[一二两三四五六七八九十\d]+(?:年|个年度)", chain.following
        )
        for draft in targets:
            draft.schedule = shares
            if years:
                draft.years = Decimal(len(shares))
        self.frame.closed, self.frame_start = True, chain.end


def _append_instalment(targets: list[Draft], share: Decimal) -> None:
    """首期拨付60%,验收后拨付40%, one after the other; 每年支付50% repeats until the whole is paid."""
    for draft in targets:
        if sum(draft.schedule) + share <= 1:
            draft.schedule = (*draft.schedule, share)
        if draft.years is not None and len(draft.schedule) == 1 and share * draft.years == 1:
            draft.schedule = (share,) * int(draft.years)
