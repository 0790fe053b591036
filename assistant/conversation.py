"""Conversation: earlier user turns and the last one put together into one inquiry.

The service keeps nothing: the turns travel with the question, and the same turns always give the same inquiry.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.amounts import read_amounts
from assistant.asked_day import StatedDay, asks_for_now
from assistant.catalogue import asks_for_catalogue
from assistant.demands import doubted_units
from assistant.lexicon import Lexicon
from assistant.places import PlaceFinder
from assistant.question import Intent, Turn, levels_asked, understand
from assistant.situation import MONEY, Fact, merge_facts, read_facts
from assistant.terms import Term, read_terms
from corpus.script import fold

CARRIED = 0.45  # weight of an earlier turn's terms beside a turn that has its own, chosen on the development questions
_ELLIPTIC = re.compile(
    r"^(?:那|那么|换成|换|如果|要是|假如|再|还有|所以|不对|刚才|这个|这|它|其中|what about|how about|and |then |so |what if|if )|(?:的呢|呢)[?？]?$"
)


_MARKUP = re.compile(r"<script\b.*?</script\s*>|</?[a-z][^<>]*>", re.DOTALL)  # pasted along with a question, never its words
# Characters that only Cantonese writes, by the Mandarin ones of the same meaning: one for one, so that offsets stay.
_DIALECT = str.maketrans("攞嘅喺哋唔冇咩咁嗰乜睇俾畀啲", "拿的在们不没吗这那啥看给给些")


@dataclass(frozen=True, slots=True)
class Part:
    """What a comparison names together with one region."""

    region: str
    terms: tuple[Term, ...]
    levels: tuple[str, ...]  # 国家级, 省级 …; empty where none stands beside it


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked, all turns considered."""

    turn: Turn  # the last one; its language is the language of the answer
    intent: Intent
    terms: tuple[Term, ...]
    facts: tuple[Fact, ...]
    regions: tuple[str, ...]  # regions of the collection that are meant, in the order they were named
    elsewhere: tuple[str, ...]  # named places that no document is from
    documents: frozenset[str] | None  # ids of the documents meant; None when any may answer
    levels: tuple[str, ...]
    sizes: tuple[str, ...]
    not_new: bool
    negated: tuple[str, ...]
    parts: tuple[Part, ...] = ()  # in a comparison that names something of its own for each region
    follow_up: bool = False
    only_adds: bool = False  # the last turn states facts, a level or a size, and words beside them may not be a subject
    asked_elsewhere: bool = False  # the same was asked of another region: a comparison, "那三明呢"
    as_of: StatedDay | None = None  # the day the conversation has set; None for the day of asking
    wants_catalogue: bool = False  # all support there is, of no named subject
    around: bool = False  # the region is not named itself, but the city it lies in, or a part of it
    doubted: frozenset[str] = frozenset()  # units of what the asker states and asks whether it is enough
    asks_how_much: bool = False  # the turn, or the one whose question it keeps open, asks for an amount


def put_together(
    question: str, history: Sequence[str], lexicon: Lexicon, places: PlaceFinder, region: str | None = None
) -> Inquiry:
    """The inquiry that the user turns make; ``region`` is a choice made beside the text (a page's selector)."""
    inquiry: Inquiry | None = None
    for number, text in enumerate((*history, question)):
        inquiry = _add_turn(inquiry, text, number, lexicon, places, region)
    assert inquiry is not None
    return inquiry


def _add_turn(
    earlier: Inquiry | None, text: str, number: int, lexicon: Lexicon, places: PlaceFinder, region: str | None
) -> Inquiry:
    folded = _MARKUP.sub(lambda markup: " " * len(markup.group()), fold(text).translate(_DIALECT))
    found = places.find(folded)
    amounts = read_amounts(folded)
    facts = tuple(read_facts(folded, lexicon, number))
    turn = understand(text, folded, lexicon, states_money=any(fact.unit in MONEY for fact in facts))
    hidden = [*found.spans, *turn.hidden, *((amount.start, amount.end) for amount in amounts if amount.unit in MONEY)]
    negated_spans = [(turn.folded.find(words), turn.folded.find(words) + len(words)) for words in turn.negated]
    terms = tuple(
        replace(term, general=term.general or any(term.surface in level for level in turn.levels))  # 国家 of 国家级
        for term in read_terms(turn.folded, lexicon, [*hidden, *negated_spans])
    )
    regions = found.regions or ((region,) if region and not found.elsewhere else ())
    fresh = Inquiry(
        turn,
        turn.intent,
        terms,
        facts,
        regions,
        found.elsewhere,
        found.documents,
        turn.levels,
        turn.sizes,
        turn.not_new,
        turn.negated,
        _parts(turn.folded, found.named, lexicon, hidden) if len(found.regions) > 1 else (),
    )
    catalogue = asks_for_catalogue(folded, found.spans)
    fresh = replace(fresh, asks_how_much=turn.asks_how_much, as_of=turn.as_of, wants_catalogue=catalogue, around=found.around)
    fresh = replace(fresh, doubted=doubted_units(folded, amounts))
    return fresh if earlier is None else _continue(earlier, fresh, places)


def _continue(earlier: Inquiry, fresh: Inquiry, places: PlaceFinder) -> Inquiry:
    """What carries over: place, document, facts, level and day that the new turn leaves open; terms with less weight."""
    if fresh.turn.off_topic or fresh.turn.move is not None:
        return replace(earlier, turn=fresh.turn, follow_up=True)  # small talk and "anything else" change no subject
    moved = bool(fresh.regions or fresh.elsewhere) and fresh.regions != earlier.regions
    elliptic = bool(_ELLIPTIC.search(fresh.turn.folded)) or not fresh.terms
    carried_weight = _carried_weight(fresh, moved, elliptic)
    known = {term.alternatives for term in fresh.terms}
    older = any(term.may_be_subject for term in fresh.terms)
    carried = tuple(
        replace(term, weight=term.weight * carried_weight, age=term.age + older)
        for term in earlier.terms
        if carried_weight and term.alternatives not in known
    )
    regions = fresh.regions or (earlier.regions if not fresh.elsewhere else ())
    documents = fresh.documents
    if documents is None and not moved and earlier.documents is not None:
        documents = earlier.documents
    same_subject = not fresh.levels or elliptic
    return replace(
        fresh,
        intent=_carried_intent(earlier, fresh),
        terms=(*fresh.terms, *carried),
        facts=merge_facts(earlier.facts if carried_weight else (), fresh.facts),
        regions=regions,
        elsewhere=fresh.elsewhere or (earlier.elsewhere if not fresh.regions and _leans_back(fresh) else ()),
        around=fresh.around or (earlier.around and not fresh.regions),
        documents=documents,
        levels=fresh.levels or (earlier.levels if same_subject else ()),
        sizes=fresh.sizes or earlier.sizes,
        not_new=fresh.not_new,
        negated=(*earlier.negated, *fresh.negated),
        follow_up=True,
        only_adds=older and bool(fresh.facts or fresh.levels or fresh.sizes or fresh.negated),
        asked_elsewhere=moved and elliptic,
        as_of=fresh.as_of or (None if asks_for_now(fresh.turn.folded) else earlier.as_of),
        asks_how_much=fresh.asks_how_much or (earlier.asks_how_much and _keeps_question(fresh)),
    )


def _leans_back(fresh: Inquiry) -> bool:
    """Whether a turn needs the one before to be understood: it is elliptic, or names no subject."""
    return bool(_ELLIPTIC.search(fresh.turn.folded)) or not any(term.may_be_subject for term in fresh.terms)


def _carried_weight(fresh: Inquiry, moved: bool, elliptic: bool) -> float:
    """How much of the earlier subject stays: all of it when the turn only changes a value or a place."""
    if fresh.turn.leaves_subject and any(term.may_be_subject for term in fresh.terms):
        return 0.0
    own = [term for term in fresh.terms if term.number is not None]
    if not own and (elliptic or fresh.facts or not fresh.turn.asks):
        return 1.0
    if not any(term.may_be_subject for term in fresh.terms):
        return 1.0
    return 0.8 if moved and elliptic and len(own) < 3 else CARRIED


def _carried_intent(earlier: Inquiry, fresh: Inquiry) -> Intent:
    """A turn that only states something, or only changes a value, keeps the question that was open."""
    if fresh.intent is not Intent.CLAUSE or fresh.turn.wants_original:
        return fresh.intent
    return earlier.intent if _keeps_question(fresh) else fresh.intent


def _keeps_question(fresh: Inquiry) -> bool:
    """Whether a turn leaves the question of the turn before open: a statement, a value, "那…呢"."""
    elliptic = bool(_ELLIPTIC.search(fresh.turn.folded))
    return not fresh.turn.asks or not fresh.terms or bool(fresh.facts) or elliptic


def _parts(
    folded: str, named: Sequence[tuple[str, int, int]], lexicon: Lexicon, hidden: Sequence[tuple[int, int]]
) -> tuple[Part, ...]:
    """What belongs to each region: "A在成都…, B在三明…", or before it: "A … at our Chengdu site, B … at our Sanming site"."""
    if len(named) < 2:
        return ()
    starts = [start for _, start, _ in named]
    ends = [end for _, _, end in named]
    behind = zip(starts, [*starts[1:], len(folded)], strict=True)
    before = zip([0, *ends[:-1]], starts, strict=True)
    for stretches in (list(behind), list(before)):
        parts = tuple(
            Part(
                region,
                read_terms(folded, lexicon, [*hidden, (0, start), (end, len(folded))]),
                levels_asked(folded[start:end]),
            )
            for (region, _, _), (start, end) in zip(named, stretches, strict=True)
        )
        if all(len(part.terms) >= 2 and any(term.may_be_subject for term in part.terms) for part in parts):
            return parts
    return ()


def day_of(inquiry: Inquiry, asked: date | None) -> date:
    """The day the question is asked for: the one the conversation sets, else the day of asking, else today."""
    asked = asked or date.today()
    return inquiry.as_of.on(asked) if inquiry.as_of is not None else asked
