"""Answering: from an inquiry to the pieces of its answer, by what is asked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answer import Answer, Citation, ConversationState, EditedFact, Exchange, Reference, Status
from assistant.answering.bearing import bearer_clause
from assistant.answering.citing import cite
from assistant.answering.comparing import as_called, holds, part_of, shared_subject
from assistant.answering.composition import Composer, Piece
from assistant.answering.heard import set_right
from assistant.answering.holdings import is_meant
from assistant.answering.means import Means
from assistant.answering.messages import Phrases
from assistant.answering.others import what_else
from assistant.answering.procedure import Procedures
from assistant.answering.programme import of_the_programme
from assistant.answering.validity import document_named, term_meant
from assistant.answering.ways import pieces_of
from assistant.answering.wholes import Wholes
from assistant.clause.grant import Grant
from assistant.figures.entitlement import entitlement
from assistant.finding.candidates import RIVALS, Candidates, overlaps
from assistant.finding.certainty import ACCEPTED, ESTABLISHED, NEAR
from assistant.finding.library import Library, Text
from assistant.finding.ranking import Ranked, Ranker
from assistant.finding.traits import SUPPORTS
from assistant.language.lexicon import Lexicon
from assistant.language.terms import Term, read_terms
from assistant.question import Intent
from assistant.question.conversation import Inquiry, Part, asked_on, day_of, read_turns, with_age
from assistant.question.moves import Others, Repeat
from assistant.question.places import PlaceFinder
from corpus.clause import ClauseKind
from corpus.script import fold
from corpus.titles import issued_title

FOUND_AGAIN = 8  # earlier turns that one request has answered again, the latest; of older ones it is not known
FURTHER = 3  # how many further passages "anything else" brings at once
_PROMOTES = re.compile(rf"培育|推动|建设|{SUPPORTS.pattern}")
_PAYMENT = "(?:费|津贴|金(?!属|融|额))"  # behind what it is paid for; one that policies grant is in the glossary
_LEADING = re.compile(r"牵头|领头|\blead")
_LISTING = re.compile(
    r"哪些条|哪几条|哪些任务|哪些工作|负责(?:的|了|哪)|牵头(?:的|了|哪)|负责哪|所有条款|全部条款|which clauses|what is .* responsible for"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that travels with it."""

    question: str
    past: tuple[Exchange, ...]  # earlier turns; what they were answered with may be unknown
    as_of: date | None
    region: str | None
    edited: tuple[EditedFact, ...] = ()  # what was changed after an earlier turn that is looked at again
    turns: "_Turns | None" = None  # what was worked out of the earlier turns for this request

    @property
    def history(self) -> tuple[str, ...]:
        """What the user said before, in order."""
        return tuple(exchange.question for exchange in self.past)

    def before(self, turn: int) -> "Asked":
        """The question of an earlier turn, by its place from 0, with the facts that held after it."""
        asked = self.past[turn]
        return replace(self, question=asked.question, past=self.past[:turn], edited=asked.edited)


@dataclass(slots=True)
class _Turns:
    """The turns of one request, each read once and answered again at most once."""

    inquiries: tuple[Inquiry, ...]  # what is asked up to each turn
    cited: dict[int, tuple[Reference, ...]] = field(default_factory=dict)  # what was found again, by turn
    left: int = FOUND_AGAIN


class Answerer:
    """Answers inquiries over one library."""

    def __init__(self, library: Library, ranker: Ranker, places: PlaceFinder, lexicon: Lexicon) -> None:
        self._library = library
        self._ranker = ranker
        self._places = places
        self._lexicon = lexicon
        self._means = Means(library, ranker, places, lexicon)
        self._wholes = Wholes(self._means)
        self._procedures = Procedures(library, self._candidates)
        self._documents = tuple(library.documents.values())
        self._regions = tuple(dict.fromkeys(d.metadata.region for d in self._documents if d.metadata.region))
        departments = {
            name for document in self._documents for clause in document.leaves for name in clause.departments
        }
        self._departments = {name: fold(name) for name in sorted(departments, key=lambda name: (-len(name), name))}

    def answer(self, asked: Asked) -> Answer:
        """The answer to a question, with the conversation up to it."""
        if asked.turns is None:
            asked = replace(asked, turns=_Turns(self._read(asked)))
        answer = self._answer(asked)
        cited = tuple(
            Reference(clause_id=c.clause_id, start=c.start + c.focus.start, end=c.start + c.focus.end)
            for c in answer.citations
        )
        exchanges = (*asked.past, Exchange(question=asked.question, cited=cited))
        return answer.model_copy(update={"state": ConversationState.of_latest(exchanges)})

    def _read(self, asked: Asked) -> tuple[Inquiry, ...]:
        """What is asked up to each turn, with the facts that were changed after it."""
        edits = (*(exchange.edited for exchange in asked.past), asked.edited)
        return read_turns((*asked.history, asked.question), self._lexicon, self._places, asked.region, edits)

    def _inquiry(self, asked: Asked) -> Inquiry:
        """What is asked, all turns considered."""
        return asked.turns.inquiries[len(asked.past)] if asked.turns is not None else self._read(asked)[-1]

    def _answer(self, asked: Asked) -> Answer:
        inquiry = self._inquiry(asked)
        day = day_of(inquiry, asked.as_of)
        inquiry = with_age(inquiry, day)
        today = asked_on(inquiry, asked.as_of)
        composer = Composer(Phrases(inquiry.turn.language), day, self._places.english, today)
        if said := self._wholes.courtesy(inquiry):
            return said
        if inquiry.turn.off_topic:
            return composer.small_talk()
        if inquiry.follow_up and isinstance(inquiry.turn.move, Repeat):
            pieces = self._again(asked, inquiry.turn.move, composer, day)
            return composer.whole(pieces) if pieces else composer.nothing_to_repeat()
        if inquiry.elsewhere and not inquiry.regions:
            return self._not_found(inquiry, composer, day)
        if inquiry.follow_up and isinstance(inquiry.turn.move, Others):
            pieces = self._others(asked, self._subject_before(asked, inquiry), composer, day)
            return composer.whole(pieces, by_region=_regions_of(pieces) > 1) if pieces else composer.no_others()
        if said := self._wholes.on_behalf(inquiry, lambda: self._nearest(inquiry, composer, day)):
            return said
        earlier = self._earlier(asked)
        if inquiry.leans and asked.past:
            inquiry = replace(inquiry, given=self._cited(asked, len(asked.past) - 1))
        pieces = self._wholes.of_documents(
            inquiry, earlier, day, lambda: self._last_cited(asked), lambda now: self._pieces(now, composer, day)
        )
        if pieces := pieces or pieces_of(inquiry, earlier, self._means, composer, day):
            return composer.whole(pieces)
        asks_of_clause = inquiry.intent in (Intent.VALIDITY, Intent.DEPARTMENT) and not inquiry.asked_elsewhere
        of_previous = inquiry.follow_up and not inquiry.names_subject
        pieces = self._who_pays(asked, composer, day) if of_previous and inquiry.turn.asks_who_pays else []
        pieces = pieces or self._procedures.pieces(inquiry, composer, day, lambda: self._cited_before(asked, day))
        if of_previous and asks_of_clause:
            pieces = pieces or self._about_previous(asked, inquiry, composer, day)
        else:
            pieces = pieces or self._pieces(inquiry, composer, day) or self._refused(inquiry, composer, day)
            pieces = pieces or self._said_there(inquiry, composer, day)
            pieces = pieces or self._wholes.instead(inquiry, day)
        if not pieces:
            return self._elsewhere_instead(inquiry, composer, day) or self._not_found(inquiry, composer, day)
        pieces = set_right(pieces, inquiry, Phrases(inquiry.turn.language))
        pieces = self._wholes.beside_ended(pieces, inquiry, composer, day)
        several = len(inquiry.regions) > 1 or len(inquiry.parts) > 1
        compared = several or (inquiry.turn.compares and _regions_of(pieces) > 1)
        anywhere = not inquiry.regions and inquiry.documents is None and len(self._regions) > 1
        if anywhere and pieces[0].figures and _regions_of(pieces) == 1:
            pieces = [*pieces, *self._elsewhere_supported(inquiry, pieces[0].region, composer, day)]
        names = {piece.label or piece.region for piece in pieces}
        by_region = len(names) > 1 or inquiry.around or (anywhere and bool(pieces[0].figures))
        return composer.whole(pieces, by_region=by_region, compared=compared and len(pieces) > 1)

    def _earlier(self, asked: Asked) -> tuple[Inquiry, ...]:
        """What the turns before the question asked, in order."""
        return asked.turns.inquiries[: len(asked.past)] if asked.turns is not None else ()

    def _not_found(self, inquiry: Inquiry, composer: Composer, day: date) -> Answer:
        granting = {grant.document.metadata.region for grant in self._library.grants if grant.rules}
        return composer.not_found(inquiry, self._regions, self._nearest(inquiry, composer, day), granting)

    def _elsewhere_instead(self, inquiry: Inquiry, composer: Composer, day: date) -> Answer | None:
        """What other places say, where the place was only spoken of before and has nothing on a subject of its own."""
        carried = inquiry.follow_up and not self._places.find(inquiry.turn.folded).regions
        if not carried or not inquiry.regions or not inquiry.names_subject or inquiry.leans or not self._regions[1:]:
            return None
        found = self._pieces(replace(inquiry, regions=(), documents=None, given=()), composer, day)
        money = inquiry.intent is Intent.AMOUNT
        found = [piece for piece in found if (piece.figures if money else piece.citations)]
        if not found:
            return None
        whole = composer.whole(found, by_region=True)
        return whole.model_copy(update={"text": f"{composer.elsewhere_instead(inquiry.regions[0])}\n{whole.text}"})

    # ── by what is asked ──

    def _pieces(self, inquiry: Inquiry, composer: Composer, day: date) -> list[Piece]:
        if listed := self._wholes.listed(inquiry, day):
            return listed
        several = len(inquiry.regions) > 1 or len(inquiry.parts) > 1
        if several and inquiry.intent is not Intent.VALIDITY:
            return self._compare(inquiry, composer, day)
        if inquiry.turn.compares and inquiry.turn.asks_for_places and not inquiry.regions and inquiry.documents is None:
            everywhere = replace(inquiry, regions=self._regions, parts=())
            if pieces := self._compare(everywhere, composer, day, named=False):
                return pieces
        if inquiry.intent is Intent.VALIDITY:
            return list(self._validity(inquiry, composer, day))
        if clauses := self._department_list(inquiry, composer, day):
            return [clauses]
        if self._is_of_unknown_payment(inquiry):
            return []
        candidates = self._candidates(inquiry)
        if candidates.are_about_money():
            return self._amount(candidates, composer, day)
        return self._telling(candidates, composer, day)

    def _telling(self, candidates: Candidates, composer: Composer, day: date) -> list[Piece]:
        """The clause that tells what is asked; where only its subject is found, that it does not tell it."""
        best = candidates.answering()
        if best is not None and candidates.tells(best):
            departments = candidates.inquiry.intent is Intent.DEPARTMENT
            return [composer.clause(self._cite(best, day), departments=departments)]
        concerned = (candidates.concerned() or best) if candidates.aspects else None
        return [composer.not_stated(self._cite(concerned, day), candidates.aspects)] if concerned is not None else []

    def _refused(self, inquiry: Inquiry, composer: Composer, day: date) -> list[Piece]:
        """The refusal by a clause that is only found by what the asker says not to be or have; nothing else of it.

        What they have in its place ("中国500强, not 世界500强") is not looked for then.
        """
        denied = [term for words in inquiry.negated for term in read_terms(words, self._lexicon, [])]
        if not denied or inquiry.intent is not Intent.AMOUNT:
            return []
        instead = [term for term in inquiry.terms if any(_are_alike(term.surface, words) for words in inquiry.negated)]
        terms = (*(term for term in inquiry.terms if term not in instead), *denied)
        pieces = self._pieces(replace(inquiry, terms=terms), composer, day)
        return pieces[:1] if pieces and pieces[0].status is Status.NOT_ELIGIBLE else []

    def _compare(self, inquiry: Inquiry, composer: Composer, day: date, *, named: bool = True) -> list[Piece]:
        """The same question (or each part's own) answered for each place or document; those with figures first.

        ``named`` ones are spoken of even where they have nothing.
        """
        parts = inquiry.parts or tuple(Part(region, None, (), ()) for region in inquiry.regions)
        asked = [part_of(inquiry, part) for part in parts]
        answers = [self._pieces(part, composer, day) for part in asked]
        shown = [citation for pieces in answers for piece in pieces for citation in piece.citations]
        if not shown:
            return []
        found: list[Piece] = []
        for part, own, pieces in zip(parts, asked, answers, strict=True):
            if not pieces and named:
                mentioned = self._mentioned(own, shared_subject(own, shown), composer, day)
                pieces = [mentioned or composer.nothing_of(part.region)]
            if sum(part.region == other.region for other in parts) > 1 and part.documents:
                title = self._library.documents[min(part.documents)].metadata.title
                pieces = [replace(piece, label=issued_title(title)) for piece in pieces]
            found.extend(pieces)
        return sorted(found, key=lambda piece: (not piece.figures, not piece.citations))

    def _mentioned(self, part: Inquiry, subject: Sequence[Term], composer: Composer, day: date) -> Piece | None:
        """What a part of a comparison does say of the subject that another part was answered on."""
        ranked = self._candidates(part).passages
        known = [term for term in subject if term.number is not None]  # its plain words may be put otherwise there
        wanted = (terms for terms in (subject, known) if terms)
        holding = next((found for terms in wanted if (found := _holding(ranked, terms))), [])
        if part.intent is not Intent.AMOUNT:
            return composer.clause(self._cite(holding[0], day)) if holding else None
        best = min(holding, key=lambda text: _PROMOTES.search(text.own) is None, default=None)
        if best is None:
            return None
        grants = [grant for grant in self._library.grants if best.row in self._library.rows_of(grant)]
        states_money = any(grant.rules or grant.unread for grant in grants)
        return composer.clause(self._cite(best, day)) if states_money else composer.mention(self._cite(best, day))

    def _candidates(self, inquiry: Inquiry) -> Candidates:
        return Candidates(inquiry, self._library, self._ranker)

    def _amount(self, candidates: Candidates, composer: Composer, day: date) -> list[Piece]:
        """What the best grant gives, and beside it others that fit as well and give something else."""
        inquiry, grant = candidates.inquiry, candidates.accepted_grant()
        if grant is not None:
            found = [ranked.item for ranked in candidates.grants]
            entitled = entitlement(grant, inquiry, self._lexicon, found)
            others = [ranked.item for ranked in candidates.grants[1:] if ranked.certainty >= ACCEPTED]
            worked_out = of_the_programme(entitled, others, inquiry, self._lexicon)
            if worked_out is not None:
                return [composer.grant(worked_out, inquiry)]
            best = composer.grant(entitled, inquiry)
            return [best, *self._rivals(candidates, best, entitled.grant, composer)]
        supporting = candidates.supporting()
        if supporting is None:
            return []
        stated = candidates.stated_in(supporting.item)
        if stated is not None:
            return [composer.grant(entitlement(stated, inquiry, self._lexicon), inquiry)]
        return [composer.no_amount(self._cite(supporting.item, day))]

    def _is_of_unknown_payment(self, inquiry: Inquiry) -> bool:
        """Whether a payment is asked for by a name (丧葬费) of which the documents meant do not hold a word."""
        named = [
            term
            for term in inquiry.terms
            if term.number is None and re.search(re.escape(term.surface) + _PAYMENT, inquiry.turn.folded)
        ]
        meant = {document.id for document in self._documents if is_meant(document, inquiry)}
        texts = [text.own for text in self._library.texts if text.passage.document_id in meant] if named else []
        return any(not any(word in own for own in texts for word in term.alternatives) for term in named)

    def _elsewhere_supported(self, inquiry: Inquiry, shown: str, composer: Composer, day: date) -> Iterator[Piece]:
        """What other regions say of a subject asked without a place, where they surely fund just that."""
        for region in self._regions:
            if region != shown:
                there = replace(inquiry, regions=(region,))
                found = self._candidates(there).supporting(with_money=True, enough=ESTABLISHED)
                if found and not found.missing:
                    yield composer.no_amount(self._cite(found.item, day))

    def _rivals(self, candidates: Candidates, best: Piece, counted: Grant, composer: Composer) -> Iterator[Piece]:
        """Grants that fit as well as the best and give another sum: one beside it, one of each other region.

        What was counted into the best one's sum is no rival of it.
        """
        shown, inquiry = {best.region}, candidates.inquiry
        for rival in candidates.rivals():
            region = rival.item.document.metadata.region
            if len(shown) > RIVALS:
                return
            if rival.item.clause.id == counted.clause.id and counted.start <= rival.item.start < counted.end:
                continue
            if region in shown and len(shown) > 1:
                continue
            other = composer.grant(entitlement(rival.item, inquiry, self._lexicon), inquiry)
            if best.figures and other.figures and best.figures[0].amount != other.figures[0].amount:
                yield composer.as_rival(other, same_region=region == best.region)
                if region == best.region:
                    return
                shown.add(region)

    def _nearest(self, inquiry: Inquiry, composer: Composer, day: date) -> Citation | None:
        """For a refusal, the passage nearest to the question, where it is near at all."""
        here = replace(inquiry, elsewhere=(), regions=inquiry.regions)
        if not here.terms:
            return None
        candidates = self._candidates(here)
        if candidates.grants and candidates.grants[0].certainty >= NEAR:
            return self._cite(self._library.texts[self._library.rows_of(candidates.grants[0].item)[0]], day)
        ranked = candidates.passages
        return self._cite(ranked[0].item, day) if ranked and ranked[0].certainty >= NEAR else None

    # ── what was answered before ──

    def _cited(self, asked: Asked, turn: int) -> tuple[Reference, ...]:
        """What an earlier turn was answered with; found again where the request does not say."""
        known, turns = asked.past[turn].cited, asked.turns
        if known is not None or turns is None:
            return known or ()
        if turn not in turns.cited and turns.left:
            turns.left -= 1  # before: an answer may need the one before it in turn
            turns.cited[turn] = self.answer(asked.before(turn)).state.exchanges[-1].cited or ()
        return turns.cited.get(turn, ())

    def _last_cited(self, asked: Asked) -> tuple[Reference, ...]:
        """What the last earlier turn that cited anything was answered with."""
        cited = (self._cited(asked, turn) for turn in reversed(range(len(asked.past))))
        return next((references for references in cited if references), ())

    def _all_cited(self, asked: Asked) -> list[Reference]:
        """What all earlier turns were answered with, in order; the latest are found again first."""
        cited = [self._cited(asked, turn) for turn in reversed(range(len(asked.past)))]
        return [reference for references in reversed(cited) for reference in references]

    def _again(self, asked: Asked, move: Repeat, composer: Composer, day: date) -> list[Piece]:
        """ "刚才第二条再说一遍": of the last answer, or, where that had fewer passages, of the whole conversation."""
        last = move.turn % len(asked.past)
        references = list(self._cited(asked, last))
        number = move.number
        if number is not None and number > len(references):
            references = list(dict.fromkeys(self._all_cited(asked)))
        if number is not None:
            position = number - 1 if number > 0 else number
            references = references[position : position + 1 or None] if position < len(references) else []
        inquiry = self._inquiry(asked.before(last))
        return [piece for r in references if (piece := self._piece_at(r, inquiry, composer, day)) is not None]

    def _piece_at(self, reference: Reference, inquiry: Inquiry, composer: Composer, day: date) -> Piece | None:
        """What the passage at a reference says to an inquiry; None when the collection holds it no more."""
        document = self._library.documents.get(reference.clause_id.partition("#")[0])
        clause = document.clauses_by_id.get(reference.clause_id) if document is not None else None
        if document is None or clause is None:
            return None
        if inquiry.intent is Intent.AMOUNT:
            for ranked in self._candidates(inquiry).grants:
                grant = ranked.item
                if overlaps(grant.clause.id, grant.start, max(grant.end, grant.start + 1), (reference,)):
                    return composer.grant(entitlement(grant, inquiry, self._lexicon), inquiry)
        start = min(max(reference.start, clause.start), clause.end)
        citation = cite(document, clause, start, max(start, min(reference.end, clause.end)), day)
        return composer.clause(citation, departments=inquiry.intent is Intent.DEPARTMENT)

    def _subject_before(self, asked: Asked, inquiry: Inquiry) -> Inquiry:
        """The last inquiry that was no question about a clause already given ("谁负责", "到什么时候")."""
        for turn in reversed(range(len(asked.past))):
            if inquiry.intent not in (Intent.VALIDITY, Intent.DEPARTMENT):
                break
            inquiry = self._inquiry(asked.before(turn))
        return inquiry

    def _others(self, asked: Asked, inquiry: Inquiry, composer: Composer, day: date) -> list[Piece]:
        """ "有没有别的": what else fits the question, beside everything the conversation has shown."""
        given = self._all_cited(asked)
        if inquiry.intent is Intent.VALIDITY:
            return []
        candidates = self._candidates(inquiry)
        pieces: list[Piece] = []
        if candidates.are_about_money():
            for ranked in candidates.grants:
                if ranked.certainty < ACCEPTED or len(pieces) == FURTHER:
                    break
                grant = ranked.item
                if not overlaps(grant.clause.id, grant.start, max(grant.end, grant.start + 1), given):
                    piece = composer.grant(entitlement(grant, inquiry, self._lexicon), inquiry)
                    pieces.append(composer.led(piece))
                    given.extend(_reference(citation) for citation in piece.citations)
            return pieces or what_else(inquiry, given, self._means, composer, day)
        for candidate in candidates.passages:
            if candidate.certainty < ACCEPTED or len(pieces) == FURTHER:
                break
            passage = candidate.item.passage
            if not overlaps(passage.clause_id, passage.start, passage.end, given):
                citation = self._cite(candidate.item, day)
                pieces.append(composer.clause(citation, departments=inquiry.intent is Intent.DEPARTMENT))
                given.append(_reference(citation))
        return pieces

    def _about_previous(self, asked: Asked, inquiry: Inquiry, composer: Composer, day: date) -> list[Piece]:
        """ "这个政策还有效吗", "谁负责": about the clause that the turn before was answered with."""
        for turn in reversed(range(len(asked.past))):
            references = self._cited(asked, turn)
            if not references:
                continue
            document = self._library.documents.get(references[0].clause_id.partition("#")[0])
            if document is None:
                return []
            if inquiry.intent is Intent.VALIDITY:
                return [composer.validity(*term_meant(document, inquiry.turn.folded, day))]
            clause = document.clauses_by_id.get(references[0].clause_id)
            if clause is None:
                return []
            return [
                composer.clause(cite(document, clause, references[0].start, references[0].end, day), departments=True)
            ]
        return []

    def _cited_before(self, asked: Asked, day: date) -> Citation | None:
        """The passage that the last turn with one was answered with, as it is cited on a day."""
        for reference in self._last_cited(asked)[:1]:
            document = self._library.documents.get(reference.clause_id.partition("#")[0])
            clause = document.clauses_by_id.get(reference.clause_id) if document is not None else None
            if document is not None and clause is not None:
                return cite(document, clause, reference.start, reference.end, day)
        return None

    def _who_pays(self, asked: Asked, composer: Composer, day: date) -> list[Piece]:
        """ "这笔钱哪级政府出": what the document of the last answer says of who bears it."""
        reference = next(iter(self._last_cited(asked)), None)
        document = self._library.documents.get(reference.clause_id.partition("#")[0]) if reference else None
        if reference is None or document is None:
            return []
        citation = bearer_clause(document, document.clauses_by_id.get(reference.clause_id), day)
        return [composer.clause(citation)] if citation else []

    def _said_there(self, inquiry: Inquiry, composer: Composer, day: date) -> list[Piece]:
        """ "那三明呢": what another place does say of the subject that the turn before was answered on."""
        if not inquiry.asked_elsewhere or inquiry.intent not in (Intent.AMOUNT, Intent.CLAUSE):
            return []
        shown = [
            cite(document, clause, reference.start, reference.end, day)
            for reference in inquiry.given
            if (document := self._library.documents.get(reference.clause_id.partition("#")[0]))
            and (clause := document.clauses_by_id.get(reference.clause_id))
        ]
        subject = as_called(shared_subject(inquiry, shown), shown)
        said = self._mentioned(inquiry, subject, composer, day)
        return [said] if said else []

    # ── validity, departments ──

    def _validity(self, inquiry: Inquiry, composer: Composer, day: date) -> Iterator[Piece]:
        documents = [d for d in self._documents if is_meant(d, inquiry)]
        titled = [d for d in documents if d.id in self._places.titled(inquiry.turn.folded)]
        if titled:
            documents = titled
        elif (named := document_named(documents, inquiry.turn.folded)) is not None:
            documents = [named]
        elif len(documents) > 1 and inquiry.documents is None:
            subject = replace(inquiry, terms=tuple(t for t in inquiry.terms if t.surface not in ("有效", "到期")))
            best = self._candidates(subject).answering()
            documents = [d for d in documents if best is not None and d.id == best.passage.document_id]
        for document in documents[:3]:
            yield composer.validity(*term_meant(document, inquiry.turn.folded, day))

    def _department_list(self, inquiry: Inquiry, composer: Composer, day: date) -> Piece | None:
        folded = inquiry.turn.folded
        if not _LISTING.search(folded):
            return None
        named = next((name for name, written in self._departments.items() if written in folded), None)
        if named is None:
            return None
        leads = _LEADING.search(folded) is not None
        citations = [
            cite(document, leaf, leaf.start, leaf.end, day)
            for document in self._documents
            if is_meant(document, inquiry)
            for leaf in document.leaves
            if named in (leaf.departments[:1] if leads else leaf.departments)
            and leaf.kind not in (ClauseKind.RESPONSIBILITY, ClauseKind.HEADING)
        ]
        return composer.department_list(named, citations) if citations else None

    def _cite(self, text: Text, day: date) -> Citation:
        document = self._library.documents[text.passage.document_id]
        return cite(document, document.clauses_by_id[text.passage.clause_id], text.passage.start, text.passage.end, day)


def _holding(ranked: Sequence[Ranked[Text]], terms: Sequence[Term]) -> list[Text]:
    """The passages that hold all of some terms in their own words, in their order."""
    return [r.item for r in ranked if all(holds(r.item.own, term) for term in terms)]


def _reference(citation: Citation) -> Reference:
    start = citation.start + citation.focus.start
    return Reference(clause_id=citation.clause_id, start=start, end=citation.start + citation.focus.end)


def _are_alike(one: str, other: str) -> bool:
    """Whether two names have three characters in a row in common, as names of the same kind of thing do."""
    return any(one[i : i + 3] in other for i in range(len(one) - 2))


def _regions_of(pieces: Sequence[Piece]) -> int:
    return len({piece.region for piece in pieces})
