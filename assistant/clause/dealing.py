"""Dealing: which of the conditions and categories of a sentence belong to which of its awards."""

import re
from dataclasses import replace
from decimal import Decimal

from assistant.clause.awards import AwardReader
from assistant.clause.categories import split_words
from assistant.clause.chains import Chain, build_chains
from assistant.clause.conditions import Bound as Comparison
from assistant.clause.conditions import (
    ConditionGroup,
    read_group,
)
from assistant.clause.drafts import Draft, category
from assistant.clause.granting import GRANT_WORD, RAISES, is_former
from assistant.clause.phrases import (
    case_of,
    category_label,
    contrast,
    short_label,
    single_category,
)
from assistant.clause.rule import Operator
from assistant.clause.sentences import Sentence
from assistant.clause.vocabulary import any_of
from corpus.quantities import Polarity, scan

_NUMBER = re.compile(r"[\d%一二三四五六七八九十百千万亿半两]")
_RECIPIENT = any_of("recipients")


class Dealer(AwardReader):
    """Deals conditions out to drafts."""

    def _deal_conditions(self, drafts: list[Draft], chain: Chain) -> None:
        """Give each award its conditions: ladders are dealt out, the others belong to all."""
        count = len(drafts)
        ladder = count > 1 and count in self._rungs()
        names = self._names(count, chain) if count > 1 and not ladder else ()
        for group in self.frame.groups:
            owner = self._owner(group, names)
            for position, draft in enumerate(drafts):
                if count > 1 and len(group.members) == count:
                    draft.comparisons.extend(group.members[position])
                elif owner in {None, position} and (len(group.members) == 1 or count == 1):
                    draft.comparisons.extend(group.members[0])
        for draft in drafts:
            draft.comparisons = _distinct(draft.comparisons)
        self._deal_names(drafts, names)
        if count == 1:
            drafts[0].subject = short_label(chain) or case_of(self.text, self.frame_start, chain.start)
            held = single_category(self.text, self.frame_start, chain.start)
            if held and not drafts[0].comparisons:
                drafts[0].comparisons.append(category(held))

    def _names(self, count: int, chain: Chain) -> tuple[str, ...]:
        """What the members of the enumeration are called, in the enumeration itself or in front of it."""
        if chain.labelled:
            labels = (category_label(chain.left), *chain.labels[1:])
            return labels if all(labels) else ()
        former = self.roles[-2][0] if len(self.roles) > 1 and is_former(self.roles[-2][0]) else chain
        names = split_words(self.text[self.frame_start : former.start], count)
        dealt = "分别" in self.text[chain.segment_start : chain.start]
        if not names and dealt and len(self.reading.division) == count:
            return self.reading.division
        return names

    def _owner(self, group: ConditionGroup, names: tuple[str, ...]) -> int | None:
        """Position of the name that a condition is part of (退库后两年内重新入库的企业); None when it binds all."""
        for position, name in enumerate(names):
            start = self.text.find(name, self.frame_start)
            if start >= 0 and start <= group.start and group.end <= start + len(name):
                return position
        return None

    def _deal_names(self, drafts: list[Draft], names: tuple[str, ...]) -> None:
        """A name is who is paid, or the level or certificate that must be held."""
        if names and all(re.search(rf"{_RECIPIENT}$", name) for name in names):
            for draft, name in zip(drafts, names, strict=True):
                draft.beneficiary = name
                draft.places.pop("beneficiary", None)
            return
        for draft, name in zip(drafts, names, strict=False):
            draft.comparisons.append(category(name))

    def _rungs(self) -> set[int]:
        return {len(group.members) for group in self.frame.groups} - {1}

    def _unmatched_ladder(self, chain: Chain) -> bool:
        """Whether 分别 deals out another number of awards than there are rungs: which is whose is not certain."""
        rungs = self._rungs()
        dealt = "分别" in self.text[chain.segment_start : chain.start]
        return dealt and bool(rungs) and len(chain.quantities) not in rungs

    def _open_borders(self) -> None:
        """70至90亩的……,90至120亩的……: a rung ends below the figure at which the next begins.

        Where the clause says that the figure belongs to the rung below, (含90亩), the next begins above it.
        """
        drafts = self._earlier()
        starts = {(c.metric, c.value): d for d in drafts for c in d.comparisons if c.op in _LOWER}
        for draft in drafts:
            for position, top in enumerate(draft.comparisons):
                following = starts.get((top.metric, top.value))
                if top.op is not Operator.AT_MOST or following is None or following is draft:
                    continue
                draft.ladder = following.ladder = True
                shared = [c for c in following.comparisons if c.op is Operator.AT_LEAST and c.value == top.value]
                if shared and not top.stated:
                    draft.comparisons[position] = replace(top, op=Operator.LESS_THAN)
                elif shared and not any(c.stated for c in shared):
                    above = [replace(c, op=Operator.MORE_THAN) if c in shared else c for c in following.comparisons]
                    following.comparisons = above

    def _leave_to_the_raised(self) -> None:
        """满三年的按20%;不满三年的,比例提高到40%: whoever gets the raised share does not get the one before."""
        raised = [draft for draft in self.drafts if draft.rate is not None]
        figures = [c for draft in raised for c in draft.comparisons if not c.category]
        if RAISES.search(self.text) is None or len(raised) != 1 or len(figures) != 1:
            return
        (held,) = figures
        if held.op is Operator.EQUAL:
            return
        rest = replace(held, op=_OPPOSITE[held.op], start=0, end=0)
        for draft in self._earlier():
            if draft.rate is not None and not any(c.metric == held.metric for c in draft.comparisons):
                draft.comparisons.append(rest)

    def _contrast_cases(self) -> None:
        """对新认定的企业……;对重新认定的企业……: what tells sibling awards apart must be held."""
        singles = [draft for draft in self._neighbours() if not draft.ladder and draft.subject]
        for draft, name in zip(singles, contrast([draft.subject for draft in singles]), strict=True):
            numeric = [self._figures_held(other) for other in singles]
            if (
                name
                and numeric.count(self._figures_held(draft)) == len(numeric)
                and not any(c.category for c in draft.comparisons)
            ):
                draft.comparisons.append(category(name))

    def _neighbours(self) -> list[Draft]:
        """Awards of this sentence and of those that stand right before it."""
        found: list[Draft] = []
        start = self.sentence.start
        for draft in reversed(self._earlier()):
            if draft.sentence.start != start and (draft.sentence.closed_by != ";" or draft.sentence.end + 1 < start):
                break
            found.insert(0, draft)
            start = draft.sentence.start
        return found

    @staticmethod
    def _figures_held(draft: Draft) -> list[tuple[str, Decimal, str]]:
        return sorted((c.op.value, c.value, c.unit) for c in draft.comparisons if not c.category)

    def _bracket_conditions(self) -> None:
        """(评分70以上) inside brackets is a condition of the sentence's awards."""
        if not self.drafts:
            return
        for inside in self.sentence.brackets:
            if not _NUMBER.search(inside) or re.match(r"不?含|包括|以下", inside) or GRANT_WORD.search(inside):
                continue
            inner = Sentence(inside, (), (), 0, 0, 0, "")
            for chain in build_chains(inner, scan(inside)):
                if chain.first.polarity not in {Polarity.AT_LEAST, Polarity.MORE_THAN} or chain.dimension == "duration":
                    continue
                group = read_group(chain, inside, "")
                if group is not None and len(group.metric) >= 2 and len(group.members) == 1:
                    for draft in self.drafts:
                        draft.comparisons = _distinct([*draft.comparisons, *group.members[0]])


_LOWER = frozenset({Operator.AT_LEAST, Operator.MORE_THAN})
_OPPOSITE = {
    Operator.AT_LEAST: Operator.LESS_THAN,
    Operator.MORE_THAN: Operator.AT_MOST,
    Operator.AT_MOST: Operator.MORE_THAN,
    Operator.LESS_THAN: Operator.AT_LEAST,
}


def _distinct(comparisons: list[Comparison]) -> list[Comparison]:
    """Each comparison once: 超过7亿元的,按超出7亿部分 says the same twice."""
    kept: list[Comparison] = []
    for comparison in comparisons:
        if not any(_says_the_same(comparison, other) for other in kept):
            kept.append(comparison)
    return kept


def _says_the_same(one: Comparison, other: Comparison) -> bool:
    if (one.op, one.value, one.unit) != (other.op, other.value, other.unit):
        return False
    if one.category:
        return one.metric == other.metric
    return one.metric in other.metric or other.metric in one.metric
