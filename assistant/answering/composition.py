"""Composition: an answer put together from ranked clauses, worked-out rules and fixed phrases."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from assistant.answer import (
    Answer,
    Citation,
    ComparisonRow,
    Figure,
    Status,
    Warning,
    WarningCode,
)
from assistant.answering.citing import renumbered, warnings_for
from assistant.answering.piece import Piece as Piece  # what those who put answers together hold
from assistant.answering.piece import focus
from assistant.answering.quoting import quoted
from assistant.answering.reckoning import Reckoning
from assistant.answering.telling import Telling
from assistant.language.terms import Term
from assistant.question.aspects import Aspect
from assistant.question.conversation import Inquiry
from corpus.document import Metadata

_NAMED = 3  # words of a question that a refusal names
ASPECT_NAMES: Mapping[str, str] = {Aspect.PAID: "time", Aspect.REVIEW: "time"}  # as the contract calls them


class Composer(Telling, Reckoning):
    """Writes answers in one language for one day; ``today``, where it is later, is the day they are read on."""

    def as_rival(self, piece: Piece, *, same_region: bool) -> Piece:
        """A piece shown beside another that fits the question as well, marked as such."""
        warning = Warning(code=WarningCode.AMBIGUOUS, message=self._phrases.say("ambiguous"))
        text = self._phrases.say("also") + self.led(piece).text if same_region else piece.text
        return replace(piece, text=text, warnings=(*piece.warnings, warning))

    def led(self, piece: Piece) -> Piece:
        """A piece that says first what it is about, as one of several must."""
        if piece.row is None or not piece.row.what:
            return piece
        return replace(piece, text=self._phrases.say("region", region=piece.row.what) + piece.text)

    def elsewhere_instead(self, region: str) -> str:
        """The sentence that the place spoken of before has nothing, before what another one has."""
        return self._phrases.say("elsewhere_instead", region=self._region(region))

    def nothing_of(self, region: str) -> Piece:
        """The part of a comparison for a region whose documents say nothing of it."""
        return Piece(Status.NOT_FOUND, self._phrases.say("row_nothing"), region=region)

    def no_amount(self, citation: Citation) -> Piece:
        """A clause that supports something without granting a stated sum."""
        return self._no_amount(citation)

    def mention(self, citation: Citation) -> Piece:
        """A clause that speaks of the subject of a comparison and states no sum, in its own words."""
        text = self._phrases.say("mention", marker=1, quote=focus(citation))
        return self._piece(Status.NO_AMOUNT_STATED, text, citation)

    def clause(self, citation: Citation, *, departments: bool = False, about: Sequence[Term] = ()) -> Piece:
        """A clause quoted as the answer, with its departments where they were asked for.

        Of a long passage only what is ``about`` is quoted in the sentence; the citation holds all of it.
        """
        if departments:
            return self._piece(Status.ANSWERED, self._in_charge(citation), citation)
        text = self._phrases.say("clause", marker=1, quote=quoted(focus(citation), about))
        return self._piece(Status.ANSWERED, text, citation)

    def not_stated(self, citation: Citation, aspects: Collection[str]) -> Piece:
        """A clause that is there and does not tell what is asked about it, with its departments.

        ``aspects`` are names of the table of aspects in the phrase book.
        """
        return self.procedure(citation, (), [Aspect(name) for name in sorted(aspects)])

    def department_list(self, department: str, citations: Sequence[Citation]) -> Piece:
        """All clauses that a department is responsible for."""
        head = self._phrases.say("department_list", count=len(citations), department=department)
        lines = [f"[{n}] {c.document} {c.address}" for n, c in enumerate(citations, start=1)]
        return Piece(Status.ANSWERED, "\n".join((head, *lines)), renumbered(citations))

    def validity(self, metadata: Metadata, citation: Citation | None) -> Piece:
        """Whether a document or a plan in it is in force on the day, citing the clause that says so."""
        phrases, day = self._phrases, self._phrases.day(self._as_of)
        since = phrases.say("valid_since", start=phrases.day(metadata.valid_from)) if metadata.valid_from else ""
        if metadata.valid_to is not None and metadata.valid_to < self._as_of:
            text = phrases.say("valid_ended", since=since, until=phrases.day(metadata.valid_to), day=day, marker=1)
            if metadata.superseded_by:
                text = phrases.words(text, phrases.say("superseded", by=metadata.superseded_by))
        elif metadata.valid_from is not None and self._as_of < metadata.valid_from:
            text = phrases.say("valid_later", start=phrases.day(metadata.valid_from), day=day, marker=1)
        elif metadata.valid_to is not None:
            text = phrases.say("valid_until", since=since, until=phrases.day(metadata.valid_to), day=day, marker=1)
        elif metadata.planning_to is not None:
            over = phrases.say("planning_over") if metadata.planning_to < self._as_of.year else ""
            text = phrases.say("valid_planning", year=metadata.planning_to, over=over, marker=1)
        else:
            text = phrases.say("valid_unstated")
        if metadata.valid_to is not None and self._as_of <= metadata.valid_to < self._today:
            until, today = phrases.day(metadata.valid_to), phrases.day(self._today)
            text = phrases.words(text, phrases.say("ended_since", until=until, today=today))
        name = phrases.say("region", region=metadata.title)
        cited = (citation,) if citation else ()
        return Piece(Status.ANSWERED, name + text, cited, region=metadata.region, of_its_term=True)

    def not_found(
        self,
        inquiry: Inquiry,
        regions: Sequence[str],
        nearest: Citation | None = None,
        granting: Collection[str] = (),
    ) -> Answer:
        """The refusal: what was not found, the nearest that there is, and what may be asked next.

        ``granting`` are the regions of which a list of what is granted is not empty.
        """
        phrases = self._phrases
        if inquiry.elsewhere and not inquiry.regions:
            places = phrases.join(list(inquiry.elsewhere))
            text = phrases.say("elsewhere", place=places, regions=phrases.join([self._region(r) for r in regions]))
        else:
            named = [term.surface for term in inquiry.terms if term.age == 0 and term.may_be_subject][:_NAMED]
            looked = [self._region(region) for region in inquiry.regions]
            subject = phrases.say("subject_named", words=phrases.join(named)) if named else phrases.say("subject_this")
            where = phrases.say("subject_where", region=phrases.join(looked)) if looked else ""
            text = phrases.say("not_found", where=where, subject=subject)
        if nearest is not None:
            text += "\n" + phrases.say("nearest", document=nearest.document, address=nearest.address)
        offered = [region for region in inquiry.regions or regions if region in granting][:1]
        asked = tuple(phrases.say("ask_list", region=self._region(region)) for region in offered)
        if asked:
            text += "\n" + phrases.say("next_list", question=asked[0])
        return self._refusal(text, nearest, asked)

    def small_talk(self) -> Answer:
        """The answer to what is no question about a policy: what may be asked."""
        return self._refusal(self._phrases.say("small_talk"))

    def no_others(self) -> Answer:
        """The answer to "anything else" when there is nothing else."""
        return self._refusal(self._phrases.say("no_others"))

    def nothing_to_repeat(self) -> Answer:
        """The answer to "the third one again" when fewer were given."""
        return self._refusal(self._phrases.say("nothing_to_repeat"))

    def _refusal(self, text: str, nearest: Citation | None = None, follow_ups: Sequence[str] = ()) -> Answer:
        language = self._phrases.language
        asked = tuple(follow_ups)
        return Answer(status=Status.NOT_FOUND, language=language, text=text, nearest=nearest, follow_ups=asked)

    def whole(self, pieces: Sequence[Piece], *, by_region: bool = False, compared: bool = False) -> Answer:
        """One answer from its pieces; markers are made to run through. ``compared`` adds the table."""
        citations: list[Citation] = []
        figures: list[Figure] = []
        texts: list[str] = []
        rows: list[ComparisonRow] = []
        said = {self._ended(piece) for piece in pieces if piece.text.startswith(self._ended(piece))}
        for piece in pieces:
            shift = len(citations)
            text = piece.text.replace("[1]", f"[{shift + 1}]") if shift else piece.text
            if (ended := self._ended(piece)) not in said:
                said.add(ended)
                text = ended + text
            of = piece.label or self._region(piece.region)
            texts.append(self._phrases.say("region", region=of) + text if by_region and of else text)
            citations.extend(piece.citations)
            figures.extend(figure.model_copy(update={"citation": figure.citation + shift}) for figure in piece.figures)
            if compared:
                row = piece.row or self._text_row(piece)
                rows.append(row.model_copy(update={"citation": shift + 1 if piece.citations else None}))
        numbered = renumbered(citations)
        return Answer(
            status=_overall([piece.status for piece in pieces]),
            language=self._phrases.language,
            text="\n".join(texts),
            citations=numbered,
            figures=tuple(figures),
            facts=pieces[0].facts if pieces else (),
            conditions=pieces[0].conditions if pieces else (),
            comparison=tuple(rows),
            aspect=next((ASPECT_NAMES.get(name, name) for piece in pieces for name in piece.aspects), None),
            warnings=(
                *warnings_for(numbered, self._as_of, self._phrases, self._today),
                *(w for piece in pieces for w in piece.warnings),
            ),
            missing=tuple(fact for piece in pieces for fact in piece.missing),
            follow_ups=self._follow_ups(pieces),
        )

    def _follow_ups(self, pieces: Sequence[Piece]) -> tuple[str, ...]:
        asked = [
            self._phrases.say("follow_amount", fact=self._fact_name(fact.fact))
            for piece in pieces[:1]
            for fact in piece.missing[:1]
        ]
        first = next((citation for piece in pieces for citation in piece.citations), None)
        if first is None:
            return tuple(asked)
        over = first.valid_to is not None and first.valid_to < self._as_of
        next_one = "follow_successor" if over else "follow_validity"
        return (*asked, self._phrases.say(next_one), self._phrases.say("follow_department"))


def _overall(statuses: Sequence[Status]) -> Status:
    for status in (
        Status.ANSWERED,
        Status.NEEDS_FACTS,
        Status.NOT_ELIGIBLE,
        Status.NO_AMOUNT_STATED,
        Status.NOT_STATED,
    ):
        if status in statuses:
            return status
    return Status.NOT_FOUND
