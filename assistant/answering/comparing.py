"""Comparison: one question asked of each place or document, and what they have in common."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Citation
from assistant.clause.grant import compact_words
from assistant.language.terms import Term
from assistant.question.conversation import Inquiry, Part


def part_of(inquiry: Inquiry, part: Part) -> Inquiry:
    """The inquiry as it is asked of one part alone."""
    return replace(
        inquiry,
        regions=(part.region,),
        documents=part.documents,
        terms=part.terms or inquiry.terms,
        levels=part.levels or inquiry.levels,
        parts=(),
        asked_elsewhere=True,
    )


def shared_subject(part: Inquiry, shown: Sequence[Citation]) -> tuple[Term, ...]:
    """What a part asks about that the clauses shown for other parts speak of: the subject that there surely is."""
    words = _words(shown)
    return tuple(term for term in part.terms if term.may_be_subject and holds(words, term))


def as_called(terms: Sequence[Term], shown: Sequence[Citation]) -> tuple[Term, ...]:
    """The terms by no other names than the clauses shown call them by: 供应链核心企业 is not every 核心企业."""
    words = _words(shown)
    called = []
    for term in terms:
        names = [name for name in term.alternatives if name in words]
        longest = tuple(name for name in names if not any(name != other and name in other for other in names))
        called.append(replace(term, alternatives=longest))
    return tuple(called)


def holds(words: str, term: Term) -> bool:
    """Whether folded words without blanks hold a term by any of its names."""
    return any(word in words for word in term.alternatives)


def _words(shown: Sequence[Citation]) -> str:
    """The words of the sentences that citations answer with."""
    return compact_words(" ".join(c.text[c.focus.start : c.focus.end] for c in shown))
