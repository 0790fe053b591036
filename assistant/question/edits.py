"""Facts that the user changed beside an answer, put in the place of those that were read from what they said."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import EditedFact
from assistant.language.lexicon import Lexicon
from assistant.language.things import Relation
from assistant.language.unify import TAKEN, things_in, unify
from assistant.question.situation import Fact, fact_for
from corpus.quantities import Polarity
from corpus.script import fold


def restated(fact: Fact, value: Decimal, turn: int) -> Fact:
    """A fact with a value that is now stated exactly, whatever was said of it before."""
    return replace(
        fact, value=value, turn=turn, certain=True, over=False, upper=None, past=False, polarity=Polarity.EXACTLY
    )


def with_edits(facts: Sequence[Fact], edits: Sequence[EditedFact], lexicon: Lexicon, turn: int) -> tuple[Fact, ...]:
    """The facts of a conversation after its user changed some of them.

    What is changed is told by its value: names in answers are the clause's words for it. A fact that is not there
    any more is stated anew, in the place of those that measure the same.
    """
    unchanged = list(facts)
    changed: list[Fact] = []
    for edit in edits:
        known = [fact for fact in unchanged if fact.unit == edit.unit and fact.value == edit.was]
        if known:
            named = [fact for fact in known if fold(edit.fact) in (fact.words, fact.counted)]
            chosen = (named or known)[0]
            unchanged.remove(chosen)
            changed.append(restated(chosen, edit.value, turn))
        else:
            unchanged = [fact for fact in unchanged if not measures_the_same(edit.fact, edit.unit, fact)]
            changed.append(fact_for(edit.fact, edit.value, edit.unit, lexicon, turn))
    return (*unchanged, *changed)


def measures_the_same(words: str, unit: str, fact: Fact) -> bool:
    """Whether a fact may measure what a clause calls by these words."""
    folded = fold(words)
    if fact.unit != unit:
        return False
    relation = unify(things_in(folded), fact.things)
    return (
        relation in TAKEN or (relation is Relation.UNKNOWN and not fact.named) or folded in (fact.words, fact.counted)
    )
