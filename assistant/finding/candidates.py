"""Candidates: the grants and passages that may answer one inquiry, ranked once, and which of them do."""

import math
import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from assistant.answer import Reference
from assistant.clause.grant import Grant
from assistant.finding.asked import Asked
from assistant.finding.aspects import told_aspects
from assistant.finding.certainty import ACCEPTED, NEAR, RIVAL, SURE, Kind
from assistant.finding.library import Library, Text
from assistant.finding.ranking import Ranked, Ranker
from assistant.finding.traits import SUPPORTS, holds_expected
from assistant.question import Intent
from assistant.question.aspects import may_ask
from assistant.question.conversation import Inquiry
from assistant.question.fact import MONEY
from assistant.question.preamble import asks_for_purpose, is_preamble
from corpus.clause import ClauseKind

PLAINLY = (
    0.95  # likelihood of money being asked for from which a deadline or papers named beside it are not the question
)
MOST = 0.5  # share of the question's words that a clause has whose deadline or papers are said not to be told
LOOKED_AT = 3  # passages looked at for one that supports without a sum, or that answers as well as the best
RIVALS = 3  # how many grants may be shown beside the best where the question fits several
_BEHIND = -math.log(RIVAL)  # by which a rival's score may lie behind the best
_FUNDS = re.compile(r"给予|补助|奖励|补贴|资助|贴息|奖补|以奖代补|扶持|财政|资金|经费")
_SENTENCE = re.compile(r"[^;。!?]+")


class Candidates:
    """What may answer one inquiry over a library."""

    def __init__(self, inquiry: Inquiry, library: Library, ranker: Ranker) -> None:
        self.inquiry = inquiry
        self._library = library
        self._ranker = ranker

    @cached_property
    def _asked(self) -> Asked:
        return self._ranker.asked(self.inquiry, self._ranker.scores(self.inquiry))

    @cached_property
    def grants(self) -> Sequence[Ranked[Grant]]:
        """Grants of the documents meant, best first."""
        return self._ranker.grants(self._asked)

    @cached_property
    def passages(self) -> Sequence[Ranked[Text]]:
        """Passages that may be an answer, best first: not the title block, nor lines that only name departments.

        A preamble is one only to a question for the purpose or the basis.
        """
        return self._that_answer(Kind.PASSAGE)

    @cached_property
    def _supports(self) -> Sequence[Ranked[Text]]:
        return [ranked for ranked in self._that_answer(Kind.SUPPORT) if SUPPORTS.search(ranked.item.own)]

    def _that_answer(self, kind: Kind) -> list[Ranked[Text]]:
        ranked = self._ranker.passages(self._asked, kind)
        clauses = (r for r in ranked if r.item.passage.kind not in (ClauseKind.TITLE, ClauseKind.RESPONSIBILITY))
        for_purpose = asks_for_purpose(self.inquiry.turn.folded)
        return [r for r in clauses if for_purpose or not is_preamble(r.item.own)]

    # ── grants ──

    @cached_property
    def aspects(self) -> frozenset[str]:
        """What is asked beside the sum (a deadline, papers, steps …), where the sum itself is not plainly asked for."""
        asked = self._asked
        may_be = asked.acts[0] < PLAINLY and may_ask(self.inquiry.turn.folded)
        return asked.aspects if may_be else frozenset()

    def are_about_money(self) -> bool:
        """Whether an amount is asked for: plainly, or as "how much" of something that a clause grants ("能支持多少")."""
        inquiry = self.inquiry
        if self.aspects:
            return False
        if inquiry.intent is Intent.AMOUNT:
            return True
        if not inquiry.asks_how_much or inquiry.turn.wants_original or inquiry.intent is not Intent.CLAUSE:
            return False
        if not self.grants or not self.passages or self.grants[0].certainty < ACCEPTED:
            return False
        return self._stands_in(self.grants[0].item, self.passages[0].item)

    def accepted_grant(self) -> Grant | None:
        """The grant that is the answer; None where none is, or a passage without a sum is a better one."""
        if not self.grants or self.grants[0].certainty < ACCEPTED or self._is_outdone(self.grants[0]):
            return None
        return self._reckoning() or self.grants[0].item

    def _reckoning(self) -> Grant | None:
        """A grant that takes a share of such a sum as the asker states, where the best states none and fits about as well."""
        if self.grants[0].item.rules or not any(fact.unit in MONEY for fact in self.inquiry.facts):
            return None
        near = (rival for rival in self.grants[1:LOOKED_AT] if rival.certainty >= ACCEPTED)
        near = (rival for rival in near if self.grants[0].score - rival.score <= _BEHIND)
        return next((one.item for one in near if any(rule.rate is not None for rule in one.item.rules)), None)

    def grant_meant(self) -> Grant | None:
        """The grant that is asked about, where something else of it than its sum is: that claims less, so less will do."""
        best = self.grants[0] if self.grants else None
        if best is None:
            return None
        return best.item if best.certainty >= NEAR and best.coverage >= MOST else None

    def rivals(self) -> Iterator[Ranked[Grant]]:
        """Grants that fit about as well as the best, best first."""
        for rival in self.grants[1 : 4 * RIVALS]:
            if rival.certainty < SURE or self.grants[0].score - rival.score > _BEHIND:
                return
            yield rival

    def stated_in(self, text: Text) -> Grant | None:
        """The grant of a passage that fits the question best, where it states a sum: the passage is not without one."""
        best = next((ranked.item for ranked in self.grants if self._stands_in(ranked.item, text)), None)
        return best if best is not None and best.rules else None

    def _is_outdone(self, grant: Ranked[Grant]) -> bool:
        """Whether a grant without a sum fits worse than another passage that supports what is asked about."""
        if grant.item.rules or grant.item.unread:
            return False
        supporting = self.supporting()
        if supporting is None or supporting.item.passage.clause_id == grant.item.clause.id:
            return False
        return supporting.score > grant.score

    def _stands_in(self, grant: Grant, text: Text) -> bool:
        return text.row in self._library.rows_of(grant)

    # ── passages ──

    def supporting(self, *, with_money: bool = False, enough: float = ACCEPTED) -> Ranked[Text] | None:
        """The passage that supports what is asked about without granting a stated sum, where it is certain ``enough``.

        ``with_money`` takes only one that speaks of money for it.
        """
        sure = (ranked for ranked in self._supports[:LOOKED_AT] if ranked.certainty >= enough)
        return next((r for r in sure if not with_money or _funds(r.item, self.inquiry)), None)

    def tells(self, text: Text) -> bool:
        """Whether a passage tells what is asked beside the sum."""
        return not self.aspects or bool(told_aspects(text.own + text.near + text.far) & self.aspects)

    def concerned(self) -> Text | None:
        """The passage of the clause whose deadline, papers or steps are asked for and not told."""
        found = self.grants[0] if self.grants else None
        if found is not None and found.certainty >= NEAR and found.coverage >= MOST:
            return self._library.texts[self._library.rows_of(found.item)[0]]
        best = self.supporting()
        return best.item if best is not None and best.coverage >= MOST else None

    def answering(self) -> Text | None:
        """The passage that answers; of several about as good the one that the conversation or the question points to."""
        ranked, inquiry = self.passages[:LOOKED_AT], self.inquiry
        if not ranked or ranked[0].certainty < ACCEPTED:
            return None
        equal = [r for r in ranked if ranked[0].score - r.score <= _BEHIND and r.certainty >= ACCEPTED]
        for candidate in equal if inquiry.given else ():  # a clause goes on: 亩均营收 …, "税收呢"
            passage = candidate.item.passage
            if overlaps(passage.clause_id, passage.start, passage.end, inquiry.given):
                return candidate.item
        holding = (r for r in equal if holds_expected(r.item.own, inquiry.turn.expects))
        return next(holding, ranked[0]).item


def overlaps(clause_id: str, start: int, end: int, references: Sequence[Reference]) -> bool:
    """Whether a stretch of a clause and one of the references share characters."""
    return any(r.clause_id == clause_id and start < r.end and r.start < end for r in references)


def _funds(text: Text, inquiry: Inquiry) -> bool:
    """Whether one sentence of a passage speaks of money for what is asked about; 鼓励 and 支持 alone may mean none."""
    subjects = [term for term in inquiry.terms if term.may_be_subject]
    return any(
        _FUNDS.search(sentence) and any(word in sentence for term in subjects for word in term.alternatives)
        for sentence in _SENTENCE.findall(text.own)
    )
