"""Candidates: the grants and passages that may answer one inquiry, ranked once, and which of them do."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from assistant.answer import Reference
from assistant.clause.grant import Grant
from assistant.figures.calculation import base_words
from assistant.finding.confidence import ACCEPTED_GRANT, ACCEPTED_PASSAGE
from assistant.finding.library import Library, Text
from assistant.finding.ranking import Ranked, Ranker, holds_expected
from assistant.language.things import Relation
from assistant.language.unify import things_in, unify
from assistant.question import Intent
from assistant.question.conversation import Inquiry
from assistant.question.preamble import asks_for_purpose, is_preamble
from corpus.clause import ClauseKind
from corpus.script import fold
from index.hybrid import ScoreTable

SURE = 0.8  # confidence from which a second grant is worth showing beside the best
TIE = 0.06  # score by which the best may lead and still not be the only reading
LIKELY_GRANT = 0.4  # confidence from which a grant is given where the passage that holds it is the surest …
MEASURED_GRANT = 0.15  # confidence that is enough where the grant measures what the asker states of a place they name
SURE_PASSAGE = 0.85  # … and as sure as this
SUPPORT_COVERAGE = 0.62  # share of the question's words that a passage must cover to be what supports it without a sum
SUPPORT_ABSENT = 0.25  # or of which it may lack, by rarity, of the subjects asked about, where it is sure otherwise
ESTABLISHED = 0.3  # confidence that is enough where another region has just been asked the same
OUTDONE = 0.3  # score by which another passage must lead a grant without a sum to be given in its place
LOOKED_AT = 3  # passages looked at for one that supports without a sum
RIVALS = 3  # how many grants may be shown beside the best where the question fits several
SUPPORTS = re.compile(r"支持|鼓励|给予|补助|奖励|补贴|资助|贴息|扶持|加大[^,。;]{0,14}力度")
_FUNDS = re.compile(r"给予|补助|奖励|补贴|资助|贴息|奖补|以奖代补|扶持|财政|资金|经费")
_SENTENCE = re.compile(r"[^;。!?]+")


class Candidates:
    """What may answer one inquiry over a library."""

    def __init__(self, inquiry: Inquiry, library: Library, ranker: Ranker) -> None:
        self.inquiry = inquiry
        self._library = library
        self._ranker = ranker

    @cached_property
    def _table(self) -> ScoreTable:
        return self._ranker.scores(self.inquiry)

    @cached_property
    def grants(self) -> Sequence[Ranked[Grant]]:
        """Grants of the documents meant, best first."""
        return self._ranker.grants(self.inquiry, self._table)

    @cached_property
    def passages(self) -> Sequence[Ranked[Text]]:
        """Passages that may be an answer, best first: not the title block, nor lines that only name departments.

        A preamble is one only to a question for the purpose or the basis.
        """
        ranked = self._ranker.passages(self.inquiry, self._table)
        clauses = (r for r in ranked if r.item.passage.kind not in (ClauseKind.TITLE, ClauseKind.RESPONSIBILITY))
        for_purpose = asks_for_purpose(self.inquiry.turn.folded)
        return [r for r in clauses if for_purpose or not is_preamble(r.item.own)]

    # ── grants ──

    def are_about_money(self) -> bool:
        """Whether an amount is asked for: plainly, or as "how much" of something that a clause grants ("能支持多少")."""
        inquiry = self.inquiry
        if inquiry.intent is Intent.AMOUNT:
            return True
        if not inquiry.asks_how_much or inquiry.turn.wants_original or inquiry.intent is not Intent.CLAUSE:
            return False
        if not self.grants or not self.passages or self.grants[0].confidence < ACCEPTED_GRANT:
            return False
        return self._stands_in(self.grants[0].item, self.passages[0].item)

    def accepted_grant(self) -> Grant | None:
        """The grant that is the answer; None where none is, or a passage without a sum is a better one."""
        if not self.grants or not self._is_accepted(self.grants[0]) or self._is_outdone(self.grants[0]):
            return None
        return self.grants[0].item

    def rivals(self) -> Iterator[Ranked[Grant]]:
        """Grants that fit about as well as the best, best first."""
        for rival in self.grants[1 : 4 * RIVALS]:
            if rival.confidence < SURE or self.grants[0].score - rival.score > TIE:
                return
            yield rival

    def stated_in(self, text: Text) -> Grant | None:
        """The grant of a passage that fits the question best, where it states a sum: the passage is not without one."""
        best = next((ranked.item for ranked in self.grants if self._stands_in(ranked.item, text)), None)
        return best if best is not None and best.rules else None

    def _is_accepted(self, grant: Ranked[Grant]) -> bool:
        """Whether a grant is the answer: surely by itself, or likely and in the passage that surely answers."""
        if grant.confidence >= ACCEPTED_GRANT:
            return True
        if grant.confidence >= MEASURED_GRANT and self.inquiry.regions and self._measures_what_is_stated(grant.item):
            return True
        if grant.confidence < LIKELY_GRANT or not self.passages or self.passages[0].confidence < SURE_PASSAGE:
            return False
        return self._stands_in(grant.item, self.passages[0].item)

    def _measures_what_is_stated(self, grant: Grant) -> bool:
        """Whether a sum that the asker states is of the very thing that the grant is a share or a threshold of."""
        stated = [fact.things for fact in self.inquiry.facts if any(not thing.generic for thing in fact.things)]
        measured = [
            things_in(fold(words))
            for rule in grant.rules
            for words in (base_words(rule), *(condition.metric for condition in rule.conditions))
        ]
        alike = (Relation.SAME, Relation.KIND, Relation.WHOLE)
        return any(unify(wanted, given) in alike for wanted in measured for given in stated)

    def _is_outdone(self, grant: Ranked[Grant]) -> bool:
        """Whether a grant without a sum fits much worse than another passage that supports what is asked about."""
        if grant.item.rules or grant.item.unread:
            return False
        supporting = self.supporting()
        if supporting is None or self._stands_in(grant.item, supporting.item):
            return False
        return supporting.score - grant.score > OUTDONE

    def _stands_in(self, grant: Grant, text: Text) -> bool:
        return text.row in self._library.rows_of(grant)

    # ── passages ──

    def supporting(self, *, with_money: bool = False) -> Ranked[Text] | None:
        """The passage that supports what is asked about without granting a stated sum.

        ``with_money`` takes only one that speaks of money for it.
        """
        # Where another region was just asked the same, the subject is one that policies have.
        enough = ESTABLISHED if self.inquiry.asked_elsewhere else ACCEPTED_PASSAGE
        for candidate in self.passages[:LOOKED_AT]:
            if not SUPPORTS.search(candidate.item.own) or (with_money and not _funds(candidate.item, self.inquiry)):
                continue
            sure = candidate.confidence >= enough and candidate.evidence.absent <= SUPPORT_ABSENT
            if candidate.coverage >= SUPPORT_COVERAGE or sure:
                return candidate
        return None

    def answering(self) -> Text | None:
        """The passage that answers; of several about as good the one that the conversation or the question points to."""
        ranked, inquiry = self.passages[:LOOKED_AT], self.inquiry
        if not ranked or ranked[0].confidence < ACCEPTED_PASSAGE:
            return None
        equal = [r for r in ranked if ranked[0].score - r.score <= TIE and r.confidence >= ACCEPTED_PASSAGE]
        for candidate in equal if inquiry.given else ():  # a clause goes on: 亩均营收 …, "税收呢"
            passage = candidate.item.passage
            if overlaps(passage.clause_id, passage.start, passage.end, inquiry.given):
                return candidate.item
        holding = (r for r in equal if holds_expected(r.item.own, inquiry.turn.expects))
        return next((r for r in holding if r.confidence >= ranked[0].confidence), ranked[0]).item


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
