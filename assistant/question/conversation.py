"""Conversation: earlier user turns and the last one put together into one inquiry.

The service keeps nothing: the turns travel with the question, and the same turns always give the same inquiry.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import EditedFact, Reference
from assistant.language.amounts import read_amounts
from assistant.language.asked_day import StatedDay, asks_for_now
from assistant.language.levels import levels_asked
from assistant.language.lexicon import Lexicon
from assistant.language.terms import Term, content_stretches, read_terms
from assistant.question import Intent, Turn, understand
from assistant.question.acts import Act
from assistant.question.aims import Aim, aims_of
from assistant.question.catalogue import asks_for_catalogue
from assistant.question.demands import doubted_units
from assistant.question.edits import with_edits
from assistant.question.founding import age_on, read_founding
from assistant.question.places import PlaceFinder, Side, asks_something
from assistant.question.situation import MONEY, SUMS, Fact, merge_facts, read_facts
from assistant.question.standing import UNSAID, Standing, says_to_lead
from corpus.currencies import CODES as FOREIGN
from corpus.quantities import Quantity
from corpus.script import fold

CARRIED = 0.45  # weight of an earlier turn's terms beside a turn that has its own, chosen on the development questions
CIRCUMSTANCE = 0.3  # weight of words that only tell of a sum beside the subject that is asked about
_MAX_TERMS = 300  # that a conversation keeps, the latest; older ones weigh next to nothing beside them
_MARKUP = re.compile(
    r"<script\b.*?</script\s*>|</?[a-z][^<>]*>", re.DOTALL
)  # pasted along with a question, never its words
# Characters that only Cantonese writes, by the Mandarin ones of the same meaning: one for one, so that offsets stay.
_DIALECT = str.maketrans("攞嘅喺哋唔冇咩咁嗰乜睇俾畀啲", "拿的在们不没吗这那啥看给给些")


# What the asker says to make or do …
_BUSINESS = re.compile(
    r"\b(?:we are|we're|i run|i own|we run|our (?:company|firm|plant|factory|business) (?:is|makes|does|produces)|we (?:make|produce|manufacture|build|develop))\b"
    r"|(?:我们?|咱们?|本)(?:公司|司|厂|企业|家|这边)?(?:是|在|主要)*(?:一?[家个间])?[^,。;?]{0,8}?(?:做|生产|制造|造|研发|经营|从事|主营|搞|的(?:企业|公司|工厂|厂子?))"
)
# … and the words by which a later turn means that.
_OWN_PRODUCT = re.compile(
    r"\bwhat we (?:ourselves )?(?:make|do|produce|build|manufacture|sell)\b|\bour own (?:products?|kind|line|sector|field|industry|stuff)\b"
    r"|我们?自己?(?:家)?(?:做|造|生产|搞)的|(?:自家|自己家?|咱自己|我们自己)的?(?:产品|东西|行当|这行|这一行|行业)|我们(?:这行|这一行|这个行业|做的这[块种类])"
)
_POINTS_BACK = re.compile(r"这(?!里|边)|该|它|其(?!他|它|中)|上述|刚才|\b(?:this|that|it|these|those)\b")


@dataclass(frozen=True, slots=True)
class Part:
    """What a comparison asks of one place, or of one document of it."""

    region: str
    documents: frozenset[str] | None  # None for all of the region
    terms: tuple[Term, ...]  # what it names for this part alone; empty where all parts are asked the same
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
    parts: tuple[Part, ...] = ()  # of a comparison, in the order they were named
    follow_up: bool = False
    only_adds: bool = False  # the last turn states facts, a level or a size, and words beside them may not be a subject
    asked_elsewhere: bool = False  # the same was asked of another region: a comparison, "那三明呢"
    as_of: StatedDay | None = None  # the day the conversation has set; None for the day of asking
    wants_catalogue: bool = False  # all that the case, the place or the document gets
    founded: StatedDay | None = None  # the day the asker's firm was founded, where they say it
    standing: Standing = UNSAID  # the asker's part, office and past, all turns considered
    around: bool = False  # the region is not named itself, but the city it lies in, or a part of it
    names_subject: bool = False  # whether the last turn says by itself what it is about
    leans: bool = False  # the last turn leans on the one before it: "那…呢"
    business: tuple[Term, ...] = ()  # what the asker has said to make or do
    given: tuple[Reference, ...] = ()  # what the turn before was answered with, where the last one leans on it
    doubted: frozenset[str] = frozenset()  # units of what the asker states and asks whether it is enough
    said: str = ""  # what the asker has said of the subject, folded
    wording: tuple[str, ...] = ()  # the last turn as it stands, without places, sums and words that only ask
    asked_money: bool = False  # a turn up to this one asked for money, of the subject that still is meant
    asks_how_much: bool = False  # the turn, or the one whose question it keeps open, asks for an amount


def read_turns(
    questions: Sequence[str],
    lexicon: Lexicon,
    places: PlaceFinder,
    region: str | None = None,
    edits: Sequence[Sequence[EditedFact]] = (),
) -> tuple[Inquiry, ...]:
    """The inquiry that the user turns make up to each of them, each turn read once; the parameters are ``put_together``'s."""
    inquiries: list[Inquiry] = []
    for number, text in enumerate(questions):
        inquiry = _add_turn(_taken_up(text, inquiries, lexicon), text, number, lexicon, places, region)
        if edited := edits[number : number + 1]:
            inquiry = replace(inquiry, facts=with_edits(inquiry.facts, edited[0], lexicon, number))
        inquiries.append(inquiry)
    return tuple(inquiries)


def put_together(
    question: str,
    history: Sequence[str],
    lexicon: Lexicon,
    places: PlaceFinder,
    region: str | None = None,
    edits: Sequence[Sequence[EditedFact]] = (),
) -> Inquiry:
    """The inquiry that the user turns make; ``region`` is a choice made beside the text (a page's selector).

    ``edits`` are the facts that were changed after each turn, as far as there are any.
    """
    return read_turns((*history, question), lexicon, places, region, edits)[-1]


def _add_turn(
    earlier: Inquiry | None, text: str, number: int, lexicon: Lexicon, places: PlaceFinder, region: str | None
) -> Inquiry:
    folded = _MARKUP.sub(lambda markup: " " * len(markup.group()), fold(text).translate(_DIALECT))
    amounts = read_amounts(folded)
    found = places.find(_without_currencies(folded, amounts))
    facts = tuple(read_facts(folded, lexicon, number))
    turn = understand(text, folded, lexicon)
    hidden = [*found.spans, *turn.hidden, *((amount.start, amount.end) for amount in amounts if amount.unit in SUMS)]
    negated_spans = [(turn.folded.find(words), turn.folded.find(words) + len(words)) for words in turn.negated]
    terms = tuple(
        replace(term, general=term.general or any(term.surface in level for level in turn.levels))  # 国家 of 国家级
        for term in read_terms(turn.folded, lexicon, [*hidden, *negated_spans])
    )
    stated = [amount for amount in amounts if any((f.value, f.unit) == (amount.value, amount.unit) for f in facts)]
    terms = _circumstances_aside(turn.folded, terms, stated, lexicon, [*hidden, *negated_spans])
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
        _parts(turn.folded, found.sides, lexicon, hidden),
    )
    subjects = any(term.number is not None and term.may_be_subject for term in terms)
    all_of_it = Act.ENTITLED in turn.acts and (Act.LIST in turn.acts or not subjects)
    catalogue = all_of_it or asks_for_catalogue(folded, found.spans)
    fresh = replace(
        fresh,
        asks_how_much=turn.asks_how_much,
        asked_money=turn.intent is Intent.AMOUNT,
        said=_without(folded, turn.not_counted),
        wording=content_stretches(turn.folded, [*hidden, *negated_spans]),
        as_of=turn.as_of,
        wants_catalogue=catalogue,
        standing=turn.standing,
        around=found.around,
        names_subject=_names_subject(turn, terms),
        business=tuple(t for t in terms if t.may_be_subject and t.number is not None) if _is_business(folded) else (),
        founded=read_founding(folded),
        doubted=doubted_units(folded, amounts),
    )
    return fresh if earlier is None else _continue(earlier, fresh, places)


def _taken_up(text: str, inquiries: Sequence[Inquiry], lexicon: Lexicon) -> Inquiry | None:
    """What a turn goes on with: the inquiry before it, or the first of all where it goes back to that."""
    if not inquiries or Aim.RETURNS not in aims_of(fold(text)):
        return inquiries[-1] if inquiries else None
    turn = understand(text, fold(text), lexicon)
    first = next((one for one in inquiries if one.terms and not one.turn.off_topic), inquiries[-1])
    return inquiries[-1] if turn.move is not None else first


def _circumstances_aside(
    folded: str,
    terms: tuple[Term, ...],
    amounts: Sequence[Quantity],
    lexicon: Lexicon,
    hidden: Sequence[tuple[int, int]],
) -> tuple[Term, ...]:
    """Terms with less weight for words that only tell of a sum, where the turn names elsewhere what it asks about.

    "盖厂房花了333万,设备投入的补助能拿多少" is about 设备投入, and no clause has to speak of 厂房.
    """
    told = [span for amount in amounts if amount.unit in SUMS for span in [_told_of(folded, amount)]]
    asked = read_terms(folded, lexicon, [*hidden, *told]) if told else ()
    if not any(term.number is not None and term.may_be_subject for term in asked):
        return terms
    surfaces = {term.alternatives for term in asked}
    return tuple(
        term if term.alternatives in surfaces else replace(term, weight=term.weight * CIRCUMSTANCE) for term in terms
    )


def _without(folded: str, spans: Sequence[tuple[int, int]]) -> str:
    """A turn with stretches of it left blank: what holds only of those that do not count is not said of the case."""
    for start, end in spans:
        ends = [place for mark in ",。;!?" if (place := folded.find(mark, end)) >= 0]
        end = min(ends, default=len(folded))
        folded = folded[:start] + " " * (end - start) + folded[end:]
    return folded


def _told_of(folded: str, amount: Quantity) -> tuple[int, int]:
    """The stretch of a sentence in which a sum is told."""
    start = max(folded.rfind(mark, 0, amount.start) for mark in ",。;!?") + 1
    ends = [place for mark in ",。;!?" if (place := folded.find(mark, amount.end)) >= 0]
    return start, min(ends, default=len(folded))


def _without_currencies(folded: str, amounts: Sequence[Quantity]) -> str:
    """A turn as places are looked for in it: "2 million Hong Kong dollars" is said of none."""
    for amount in amounts:
        if amount.unit in FOREIGN:
            folded = folded[: amount.start] + " " * (amount.end - amount.start) + folded[amount.end :]
    return folded


def _continue(earlier: Inquiry, fresh: Inquiry, places: PlaceFinder) -> Inquiry:
    """What carries over: place, document, facts, level and day that the new turn leaves open; terms with less weight."""
    if fresh.turn.off_topic or fresh.turn.move is not None:
        return replace(earlier, turn=fresh.turn, follow_up=True)  # small talk and "anything else" change no subject
    moved = bool(fresh.regions or fresh.elsewhere) and fresh.regions != earlier.regions
    elliptic = fresh.turn.leans or not fresh.terms
    carried_weight = _carried_weight(fresh, moved, elliptic)
    if earlier.business and _OWN_PRODUCT.search(fresh.turn.folded):
        return _of_own_business(earlier, fresh, places)
    known = {term.alternatives for term in fresh.terms}
    older = any(term.may_be_subject for term in fresh.terms)
    carried = tuple(
        replace(term, weight=term.weight * carried_weight, age=term.age + older)
        for term in earlier.terms[: max(0, _MAX_TERMS - len(fresh.terms))]
        if carried_weight and term.alternatives not in known
    )
    regions = fresh.regions or (earlier.regions if not fresh.elsewhere else ())
    documents = fresh.documents
    if documents is None and not moved and earlier.documents is not None:
        documents = earlier.documents
    same_subject = not fresh.levels or elliptic
    names_where = bool(fresh.regions or fresh.elsewhere or fresh.documents)
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
        founded=fresh.founded or earlier.founded,
        standing=_standing(earlier, fresh, same_subject and bool(carried_weight)),
        parts=fresh.parts or (() if names_where else _kept(earlier.parts, carried_weight)),
        follow_up=True,
        leans=elliptic,
        business=fresh.business or earlier.business,
        only_adds=older and bool(fresh.facts or fresh.levels or fresh.sizes or fresh.negated),
        asked_elsewhere=moved and elliptic,
        said=f"{earlier.said}\n{fresh.said}" if carried_weight else fresh.said,
        wording=fresh.wording if carried_weight < 1.0 else (*fresh.wording, *earlier.wording),
        as_of=fresh.as_of or (None if asks_for_now(fresh.turn.folded) else earlier.as_of),
        wants_catalogue=fresh.wants_catalogue or (earlier.wants_catalogue and _only_tells(fresh)),
        asked_money=fresh.intent is Intent.AMOUNT or (earlier.asked_money and bool(carried_weight)),
        asks_how_much=fresh.asks_how_much or (earlier.asks_how_much and _keeps_question(fresh)),
    )


def _standing(earlier: Inquiry, fresh: Inquiry, same_subject: bool) -> Standing:
    """What the asker is; the part they play and the level they lack belong to the subject they were said of."""
    if not same_subject:
        return replace(fresh.standing, office=fresh.standing.office or earlier.standing.office)
    leads = says_to_lead(fresh.turn.folded)
    return earlier.standing.followed_by(fresh.standing, leads=leads, new_level=bool(fresh.levels))


def _names_subject(turn: Turn, terms: Sequence[Term]) -> bool:
    """Whether a turn says by itself what it is about: not "who pays, the city or the county", nor "who leads this"."""
    subjects = [term for term in terms if term.may_be_subject]
    if not turn.asks_who_pays and any(term.number is None and term.weight >= 1.0 for term in subjects):
        return True
    return not _POINTS_BACK.search(turn.folded) and any(term.number is not None for term in subjects)


def _is_business(folded: str) -> bool:
    """Whether a turn states what the asker makes or does, and asks nothing."""
    return _BUSINESS.search(folded) is not None and "?" not in folded and not asks_something(folded)


def _of_own_business(earlier: Inquiry, fresh: Inquiry, places: PlaceFinder) -> Inquiry:
    """A turn about what the asker makes ("what about our own products"): that is its subject, not the one before."""
    known = {term.alternatives for term in fresh.terms}
    general = [term for term in earlier.terms if not term.may_be_subject and term.alternatives not in known]
    business = [term for term in earlier.business if term.alternatives not in known]
    here = replace(earlier, terms=(*business, *general), business=())
    return replace(_continue(here, replace(fresh, terms=(*fresh.terms, *business)), places), business=earlier.business)


def _leans_back(fresh: Inquiry) -> bool:
    """Whether a turn needs the one before to be understood: it is elliptic, or names no subject."""
    return fresh.turn.leans or not any(term.may_be_subject for term in fresh.terms)


def _carried_weight(fresh: Inquiry, moved: bool, elliptic: bool) -> float:
    """How much of the earlier subject stays: all of it when the turn only changes a value or a place."""
    left_out = any(fact.left_out for fact in fresh.facts)  # 哦对了,有10个没干满: still of those told before
    if fresh.turn.leaves_subject and not left_out and any(term.may_be_subject for term in fresh.terms):
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
    if _tells_sum(fresh) and (earlier.asked_money or (earlier.intent is Intent.CLAUSE and _has_sum(earlier))):
        return Intent.AMOUNT  # a sum belongs to the last question for money, whatever was asked between
    if earlier.intent in (Intent.DEPARTMENT, Intent.VALIDITY) and (fresh.turn.expects or fresh.turn.asks_who_pays):
        return fresh.intent  # "how often", "how many" is a question of its own
    return earlier.intent if _keeps_question(fresh) else fresh.intent


def _tells_sum(fresh: Inquiry) -> bool:
    """Whether a turn only tells a sum, or another one instead: "我们投了700万", "如果换成1500万呢"."""
    return _has_sum(fresh) and (not fresh.turn.asks or fresh.turn.leans) and not fresh.turn.asks_who_pays


def _has_sum(inquiry: Inquiry) -> bool:
    return any(fact.unit in MONEY for fact in inquiry.facts)


def _keeps_question(fresh: Inquiry) -> bool:
    """Whether a turn leaves the question of the turn before open: a statement, a value, "那…呢"."""
    elliptic = fresh.turn.leans
    return not fresh.turn.asks or not fresh.terms or bool(fresh.facts) or elliptic


def _only_tells(fresh: Inquiry) -> bool:
    """Whether a turn only says where or who the asker is, so that the list asked for before is still wanted."""
    if fresh.facts or fresh.intent in (Intent.VALIDITY, Intent.DEPARTMENT):
        return False
    names_place = bool(fresh.regions) and not any(term.may_be_subject for term in fresh.terms)
    return names_place or (not fresh.turn.asks and _keeps_question(fresh))


def _kept(parts: Sequence[Part], carried_weight: float) -> tuple[Part, ...]:
    """The parts of a comparison that goes on; with their own subjects where the turn brings none."""
    return tuple(parts if carried_weight == 1.0 else (replace(part, terms=(), levels=()) for part in parts))


def _parts(folded: str, sides: Sequence[Side], lexicon: Lexicon, hidden: Sequence[tuple[int, int]]) -> tuple[Part, ...]:
    """The parts of a comparison, with what belongs to each where each has its own.

    It stands behind the name ("A在成都…, B在三明…") or before it ("A … at our Chengdu site, B … at our Sanming site").
    """
    if not sides:
        return ()
    starts = [side.start for side in sides]
    ends = [side.end for side in sides]
    behind = zip(starts, [*starts[1:], len(folded)], strict=True)
    before = zip([0, *ends[:-1]], starts, strict=True)
    for stretches in (list(behind), list(before)):
        parts = tuple(
            Part(
                side.region,
                side.documents,
                read_terms(folded, lexicon, [*hidden, (0, start), (end, len(folded))]),
                levels_asked(folded[start:end]),
            )
            for side, (start, end) in zip(sides, stretches, strict=True)
        )
        each_asked = all(asks_something(folded[start:end]) for start, end in stretches)
        enough = 1 if each_asked or all(part.levels for part in parts) else 2
        if all(len(part.terms) >= enough and any(t.may_be_subject for t in part.terms) for part in parts):
            return parts
    return tuple(Part(side.region, side.documents, (), ()) for side in sides)


def day_of(inquiry: Inquiry, asked: date | None) -> date:
    """The day the question is asked for: the one the conversation sets, else the day of asking, else today."""
    asked = asked or date.today()
    return inquiry.as_of.on(asked) if inquiry.as_of is not None else asked


def asked_on(inquiry: Inquiry, asked: date | None) -> date:
    """The day whose reader the answer is for: that of asking, also where something of an earlier day is asked.

    A question put on another day as a whole ("as of March 2021 …") is read as if asked then.
    """
    moved = inquiry.as_of is not None and inquiry.as_of.moves
    return day_of(inquiry, asked) if moved else asked or date.today()


def with_age(inquiry: Inquiry, day: date) -> Inquiry:
    """The inquiry with how old the asker's firm is on the day of the question, where its founding was stated."""
    if inquiry.turn.asks_whole_period:
        return inquiry  # "三年都拿满": the years that the support runs are asked for, not today's
    turn = max((fact.turn for fact in inquiry.facts), default=0)
    age = age_on(inquiry.founded, day, turn) if inquiry.founded is not None else None
    return inquiry if age is None else replace(inquiry, facts=(*inquiry.facts, age))
