"""Composition: an answer put together from ranked clauses, worked-out rules and fixed phrases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import (
    Answer,
    Citation,
    ClauseCondition,
    ComparisonRow,
    Figure,
    GivenFact,
    MissingFact,
    Status,
    Warning,
    WarningCode,
)
from assistant.answering.citing import cite, renumbered, warnings_for, with_highlights
from assistant.answering.conditions import conditions_of, open_texts
from assistant.answering.gloss import gloss, in_english
from assistant.answering.messages import Phrases
from assistant.clause.grant import Grant, compact_words
from assistant.clause.rule import Bound, Condition, SubsidyRule, decimal_text
from assistant.figures.calculation import Outcome, Result, Sum, base_words, rounded_to_fen
from assistant.figures.entitlement import Entitlement, at_most
from assistant.language.amounts import UNUSABLE
from assistant.language.lexicon import shipped_lexicon
from assistant.matching.requirements import Held
from assistant.question import Language
from assistant.question.conversation import Inquiry
from assistant.question.situation import MONEY
from corpus.currencies import CODES as FOREIGN
from corpus.document import Metadata
from corpus.script import repair_glyphs

_MAX_RUNGS = 8
_MAX_LISTED = 30  # lines of a list of everything granted
_ROW_WORDS = 60  # characters of a grant's own words in a line of a comparison


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of an answer: what one clause says to the question."""

    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    missing: tuple[MissingFact, ...] = ()
    warnings: tuple[Warning, ...] = ()
    region: str = ""
    label: str = ""  # what it is of, where the region does not tell it from the others
    facts: tuple[GivenFact, ...] = ()
    conditions: tuple[ClauseCondition, ...] = ()
    row: ComparisonRow | None = None  # the piece as a line of a comparison


class Composer:
    """Writes answers in one language for one day; ``today``, where it is later, is the day they are read on."""

    def __init__(
        self,
        phrases: Phrases,
        as_of: date,
        english_regions: Mapping[str, str] | None = None,
        today: date | None = None,
    ) -> None:
        self._phrases = phrases
        self._as_of = as_of
        self._today = today or as_of
        self._english_regions = (english_regions or {}) if phrases.language is Language.ENGLISH else {}

    # ── money ──

    def grant(self, found: Entitlement, inquiry: Inquiry) -> Piece:
        """What a grant gives the asker."""
        piece = self._grant(found, inquiry)
        facts = given_facts(found.outcomes[0]) if found.outcomes and piece.figures else ()
        conditions = piece.conditions or self._conditions(found, inquiry)
        return replace(piece, facts=facts, conditions=conditions, row=self._grant_row(found, piece))

    def _conditions(self, found: Entitlement, inquiry: Inquiry) -> tuple[ClauseCondition, ...]:
        """What the clause demands for its main figure, as the asker's case decides it; of several rungs nothing."""
        if not found.outcomes or found.ladder:
            return ()
        lexicon = shipped_lexicon()
        said = Held(compact_words(inquiry.said), lexicon.concepts_in(inquiry.said))
        return conditions_of(found.grant, found.outcomes[0], said, lexicon, self.condition, self.value)

    def _grant(self, found: Entitlement, inquiry: Inquiry) -> Piece:
        grant = found.grant
        citation = cite(grant.document, grant.clause, grant.start, max(grant.end, grant.start + 1), self._as_of)
        citation = with_highlights(citation, grant.clause, grant.rules)
        if found.refusal is not None:
            text = self._phrases.say(found.refusal.code, marker=1, **found.refusal.values)
            return self._piece(Status.NOT_ELIGIBLE, text, citation)
        if grant.unread:
            return self._unreadable(found, citation, inquiry)
        if not found.outcomes:
            return self._piece(Status.NO_AMOUNT_STATED, self._phrases.say("no_amount", marker=1), citation)
        if found.ladder:
            return self._rungs(found, citation, inquiry)
        return self._outcome(found, citation, inquiry)

    def _unreadable(self, found: Entitlement, citation: Citation, inquiry: Inquiry) -> Piece:
        """A clause with money that is not read with certainty: what is read of it is a ceiling at best."""
        warning = Warning(code=WarningCode.UNREADABLE_AMOUNT, message=self._phrases.say("unreadable", marker=1))
        if not found.outcomes or found.outcomes[0].result is Result.NOT_ELIGIBLE:
            return replace(self._piece(Status.ANSWERED, warning.message, citation), warnings=(warning,))
        piece = self._rungs(found, citation, inquiry) if found.ladder else self._outcome(found, citation, inquiry)
        figures = tuple(figure.model_copy(update={"bound": Bound.AT_MOST}) for figure in piece.figures)
        text = self._phrases.words(piece.text, warning.message)
        return replace(piece, text=text, figures=figures, warnings=(*piece.warnings, warning))

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

    def catalogue(self, pieces: Sequence[Piece]) -> Piece:
        """A list of what is granted, one line each under its document, with the sum stated."""
        phrases = self._phrases
        lines = [phrases.say("catalogue", count=len(pieces))]
        document = ""
        for number, piece in enumerate(pieces[:_MAX_LISTED], start=1):
            citation = piece.citations[0]
            if citation.document != document:
                document = citation.document
                lines.append(document)
            what = piece.row.what if piece.row else citation.address
            given = piece.row.sum or piece.row.rate if piece.row else ""
            lines.append(
                phrases.say("catalogue_line", what=what, given=given or phrases.say("row_unstated"), marker=number)
            )
        if len(pieces) > _MAX_LISTED:
            lines.append(phrases.say("catalogue_more", shown=_MAX_LISTED))
        citations = renumbered(piece.citations[0] for piece in pieces[:_MAX_LISTED])
        return Piece(Status.ANSWERED, "\n".join(lines), citations)

    def nothing_of(self, region: str) -> Piece:
        """The part of a comparison for a region whose documents say nothing of it."""
        return Piece(Status.NOT_FOUND, self._phrases.say("row_nothing"), region=region)

    def no_amount(self, citation: Citation) -> Piece:
        """A clause that supports something without granting a stated sum."""
        return self._piece(Status.NO_AMOUNT_STATED, self._phrases.say("no_amount", marker=1), citation)

    def mention(self, citation: Citation) -> Piece:
        """A clause that speaks of the subject of a comparison and states no sum, in its own words."""
        text = self._phrases.say("mention", marker=1, quote=_focus(citation))
        return self._piece(Status.NO_AMOUNT_STATED, text, citation)

    def _outcome(self, found: Entitlement, citation: Citation, inquiry: Inquiry) -> Piece:
        outcome = _total_first(found.outcomes[0]) if inquiry.turn.asks_whole_period else found.outcomes[0]
        if outcome.result is Result.NOT_ELIGIBLE:
            return self._piece(Status.NOT_ELIGIBLE, self.failed(outcome), citation)
        figures = tuple(self.figures((outcome, *found.outcomes[1:])))
        if outcome.result is Result.UNKNOWN or (not outcome.sums and not outcome.missing):
            warning = Warning(code=WarningCode.UNREADABLE_AMOUNT, message=self._phrases.say("unreadable", marker=1))
            piece = self._piece(Status.NO_AMOUNT_STATED, warning.message, citation)
            return replace(piece, warnings=(warning,))
        status, text, missing = self._headline(outcome, inquiry)
        conditions = self._conditions(found, inquiry)
        if status is Status.ANSWERED and (still_open := open_texts(conditions)):
            text = self._phrases.words(text, self._phrases.say("open", conditions=self._phrases.join(list(still_open))))
        if outcome.assumed:
            text = self._phrases.words(text, self._assumption(outcome))
        if self._phrases.language is Language.ENGLISH:
            text += "\n" + gloss(outcome.rule, self._phrases, shipped_lexicon())
        return Piece(status, text, (citation,), figures, missing, region=citation.region, conditions=conditions)

    def _assumption(self, outcome: Outcome) -> str:
        """What a fact that did not say what it is was taken for."""
        stated = self._phrases.money(outcome.used[0].value, outcome.rule.currency)
        return self._phrases.say("assumed", value=stated, fact=self._fact_name(outcome.assumed))

    def _headline(self, outcome: Outcome, inquiry: Inquiry) -> tuple[Status, str, tuple[MissingFact, ...]]:
        phrases = self._phrases
        fact = phrases.join([self._fact_name(words) for words in outcome.missing])
        missing = tuple(
            MissingFact(fact=words, question=phrases.say("ask_fact", fact=self._fact_name(words)))
            for words in outcome.missing
        )
        if outcome.result is Result.NEEDS_FACTS:
            return self._without_fact(outcome, inquiry, fact, missing)
        code = "exact" if outcome.result is Result.COMPUTED else "stated"
        if outcome.sums[0].bound is Bound.AT_MOST:
            code = "at_most"
        if outcome.result is Result.COMPUTED and not outcome.sums[0].amount:
            code = "nothing"
        if outcome.result is Result.STATED and missing and inquiry.turn.asks_total:
            return Status.NEEDS_FACTS, phrases.say(code, **self._main(outcome)), missing
        return Status.ANSWERED, phrases.say(code, **self._main(outcome)), ()

    def _without_fact(
        self, outcome: Outcome, inquiry: Inquiry, fact: str, missing: tuple[MissingFact, ...]
    ) -> tuple[Status, str, tuple[MissingFact, ...]]:
        """What a grant gives whose base is not known, and why a sum that was given is none."""
        phrases = self._phrases
        status, text, missing = self._asking(outcome, inquiry, fact, missing)
        units = {given.unit for given in inquiry.facts}
        refused = phrases.say("other_currency") if units & FOREIGN else ""
        refused = refused or (phrases.say("unusable_sum") if UNUSABLE in units else "")
        return status, phrases.words(text, refused), missing

    def _asking(
        self, outcome: Outcome, inquiry: Inquiry, fact: str, missing: tuple[MissingFact, ...]
    ) -> tuple[Status, str, tuple[MissingFact, ...]]:
        phrases = self._phrases
        if not outcome.sums:
            rate = phrases.percent(outcome.rule.rate) if outcome.rule.rate is not None else ""
            if inquiry.turn.asks_share and rate:
                return Status.ANSWERED, phrases.say("share", rate=rate, marker=1, fact=fact), ()
            return Status.NEEDS_FACTS, phrases.say("needs", rate=rate, marker=1, fact=fact), missing
        text = phrases.say("ceiling_needs", fact=fact, **self._main(outcome))
        if inquiry.turn.asks_maximum or not missing:
            return Status.ANSWERED, phrases.say("at_most", **self._main(outcome)), ()
        return Status.NEEDS_FACTS, text, missing

    def _fact_name(self, words: str) -> str:
        """A clause's words for a fact; with what they mean where the asker writes English."""
        shown = repair_glyphs(words)
        return in_english(shown, shipped_lexicon()) if self._phrases.language is Language.ENGLISH else shown

    def _main(self, outcome: Outcome) -> dict[str, object]:
        main = outcome.sums[0]
        amount = self._phrases.money(rounded_to_fen(main.amount), outcome.rule.currency)
        return {"amount": amount, "per": self._phrases.per(main.per), "marker": 1}

    def _bounded(self, outcome: Outcome) -> str:
        """The main sum, marked where it is only a ceiling."""
        main = outcome.sums[0]
        amount = rounded_to_fen(main.amount)
        return self._phrases.bounded_sum(amount, outcome.rule.currency, main.per, main.bound)

    def _rungs(self, found: Entitlement, citation: Citation, inquiry: Inquiry) -> Piece:
        """A ladder whose rung the asker did not say: every rung, and which fact decides."""
        outcomes = found.outcomes[:_MAX_RUNGS]
        lines = [self._phrases.say("rungs", marker=1)]
        lines += [
            self._phrases.say("rung", label=_rung_label(outcome), sum=self._bounded(outcome))
            for outcome in outcomes
            if outcome.sums
        ]
        figures = tuple(self.figures(outcomes))
        deciding = [c.metric for outcome in outcomes for c in outcome.open_conditions if c.unit != "category"]
        missing: tuple[MissingFact, ...] = ()
        if deciding and not inquiry.turn.asks_maximum:
            question = self._phrases.say("ask_fact", fact=self._fact_name(deciding[0]))
            missing = (MissingFact(fact=deciding[0], question=question),)
        if missing or inquiry.turn.asks_maximum:
            top = at_most(outcomes)
            ceiling = top.sums[0]
            main = self._figure(Sum(ceiling.amount, Bound.AT_MOST, ceiling.per, "ceiling"), top)
            figures = (main, *figures)
        return Piece(
            Status.NEEDS_FACTS if missing else Status.ANSWERED,
            "\n".join(lines),
            (citation,),
            figures,
            missing,
            region=citation.region,
        )

    def figures(self, outcomes: Sequence[Outcome]) -> list[Figure]:
        """The sums of outcomes as figures of citation 1, each different one once."""
        figures: list[Figure] = []
        for outcome in outcomes:
            for total in outcome.sums:
                figure = self._figure(total, outcome)
                if not any((f.amount, f.bound, f.per) == (figure.amount, figure.bound, figure.per) for f in figures):
                    figures.append(figure)
        return figures

    def _figure(self, total: Sum, outcome: Outcome) -> Figure:
        steps = tuple(self._phrases.step(step.code, step.values, outcome.rule.currency) for step in outcome.steps)
        over = total.years or outcome.rule.years
        years = decimal_text(over) if over is not None else ""
        label = self._phrases.say(f"label_{total.label}", years=years)
        rung = _rung_label(outcome)
        return Figure(
            amount=rounded_to_fen(total.amount),
            currency=outcome.rule.currency,
            bound=total.bound,
            per=total.per,
            label=f"{label} · {rung}" if rung and outcome.rule.ladder else label,
            steps=steps,
            assumed=(self._assumption(outcome),) if outcome.assumed else (),
            citation=1,
        )

    def failed(self, outcome: Outcome) -> str:
        """The sentence that names the condition that fails."""
        condition = outcome.failed
        assert condition is not None
        assert outcome.failed_value is not None
        value = self.value(condition, outcome.failed_value)
        return self._phrases.say(
            "not_eligible",
            marker=1,
            metric=repair_glyphs(condition.metric),
            op=self._phrases.operator(condition.op),
            limit=self.value(condition, condition.value),
            value=self._phrases.bounded(value, outcome.failed_polarity),
        )

    def value(self, condition: Condition, value: object) -> str:
        """A value in the unit of a condition, as it is read."""
        from decimal import Decimal

        number = Decimal(str(value))
        if condition.unit in MONEY:
            return self._phrases.money(number, {"yuan": "CNY"}.get(condition.unit, condition.unit.upper()))
        return self._phrases.measured(number, condition.unit)

    def condition(self, condition: Condition) -> str:
        """A condition in the clause's words: 年度配套额不低于1000万元."""
        metric = repair_glyphs(condition.metric)
        if condition.unit == "category":
            return metric
        limit = self.value(condition, condition.value)
        return self._phrases.words(metric, self._phrases.operator(condition.op), limit)

    # ── text ──

    def clause(self, citation: Citation, *, departments: bool = False) -> Piece:
        """A clause quoted as the answer, with its departments where they were asked for."""
        address = citation.address
        text = self._phrases.say(
            "clause", document=citation.document, address=address, marker=1, quote=_focus(citation)
        )
        if departments:
            text = self.departments(citation) + "\n" + text
        return self._piece(Status.ANSWERED, text, citation)

    def not_stated(self, citation: Citation) -> Piece:
        """A clause on what is asked about that does not tell what is asked of it, with its departments."""
        said = self.clause(citation, departments=True)
        text = self._phrases.say("not_stated", marker=1) + "\n" + said.text
        return replace(said, status=Status.NOT_STATED, text=text)

    def departments(self, citation: Citation) -> str:
        """The sentence that names a clause's departments."""
        names = list(citation.departments)
        if not names:
            return self._phrases.say("no_departments", marker=1)
        return self._phrases.say("departments", departments=self._phrases.join(names), marker=1)

    def department_list(self, department: str, citations: Sequence[Citation]) -> Piece:
        """All clauses that a department is responsible for."""
        head = self._phrases.say("department_list", count=len(citations), department=department)
        lines = [f"[{n}] {c.document} {c.address}" for n, c in enumerate(citations, start=1)]
        return Piece(Status.ANSWERED, "\n".join((head, *lines)), renumbered(citations))

    def validity(self, metadata: Metadata, citation: Citation | None) -> Piece:
        """Whether a document or a plan in it is in force on the day, citing the clause that says so."""
        phrases, day = self._phrases, self._phrases.day(self._as_of)
        if metadata.valid_to is not None and metadata.valid_to < self._as_of:
            text = phrases.say("valid_ended", until=phrases.day(metadata.valid_to), day=day, marker=1)
            if metadata.superseded_by:
                text = phrases.words(text, phrases.say("superseded", by=metadata.superseded_by))
        elif metadata.valid_from is not None and self._as_of < metadata.valid_from:
            text = phrases.say("valid_later", start=phrases.day(metadata.valid_from), day=day, marker=1)
        elif metadata.valid_to is not None:
            text = phrases.say("valid_until", until=phrases.day(metadata.valid_to), day=day, marker=1)
        elif metadata.planning_to is not None:
            over = phrases.say("planning_over") if metadata.planning_to < self._as_of.year else ""
            text = phrases.say("valid_planning", year=metadata.planning_to, over=over, marker=1)
        else:
            text = phrases.say("valid_unstated")
        if metadata.valid_to is not None and self._as_of <= metadata.valid_to < self._today:
            until, today = phrases.day(metadata.valid_to), phrases.day(self._today)
            text = phrases.words(text, phrases.say("ended_since", until=until, today=today))
        name = phrases.say("region", region=metadata.title)
        return Piece(Status.ANSWERED, name + text, (citation,) if citation else (), region=metadata.region)

    def _region(self, region: str) -> str:
        """A region's name as a reader of the language knows it."""
        return self._english_regions.get(region, region)

    def _piece(self, status: Status, text: str, citation: Citation) -> Piece:
        return Piece(status, text, (citation,), region=citation.region)

    # ── lines of a comparison ──

    def _grant_row(self, found: Entitlement, piece: Piece) -> ComparisonRow:
        grant, phrases = found.grant, self._phrases
        rule = found.outcomes[0].rule if found.outcomes else grant.rules[0] if grant.rules else None
        main = piece.figures[0] if piece.figures else None
        return ComparisonRow(
            region=self._region(grant.document.metadata.region),
            document=grant.document.metadata.title,
            what=repair_glyphs(rule.beneficiary) if rule and rule.beneficiary else _shortened(_printed(grant)),
            rate=self._rate(rule) if rule else "",
            sum=phrases.bounded_sum(main.amount, main.currency, main.per, main.bound) if main else "",
            cap=phrases.money(rule.cap, rule.currency) + phrases.per(rule.cap_per or None) if rule and rule.cap else "",
            conditions=tuple(dict.fromkeys(self.condition(c) for c in rule.conditions)) if rule else (),
            validity=self._validity_words(grant.document.metadata),
            in_force=grant.document.metadata.in_force(self._as_of),
        )

    def _rate(self, rule: SubsidyRule) -> str:
        if rule.rate is None:
            return ""
        share = self._phrases.percent(rule.rate)
        if rule.rate_min is not None:
            share = f"{self._phrases.percent(rule.rate_min)}-{share}"
        return self._phrases.words(self._phrases.operator("<="), share) if rule.rate_bound is Bound.AT_MOST else share

    def _text_row(self, piece: Piece) -> ComparisonRow:
        citation = piece.citations[0] if piece.citations else None
        if citation is None:
            return ComparisonRow(region=self._region(piece.region), document=piece.label, what=piece.text)
        return ComparisonRow(
            region=self._region(citation.region),
            document=citation.document,
            what=_focus(citation),
            validity=self._validity_words(citation),
            in_force=citation.in_force,
        )

    def _validity_words(self, source: Metadata | Citation) -> str:
        phrases = self._phrases
        if source.valid_to is not None and source.valid_to < self._as_of:
            return phrases.say("row_ended", until=phrases.day(source.valid_to))
        if source.valid_from is not None and self._as_of < source.valid_from:
            return phrases.say("row_later", start=phrases.day(source.valid_from))
        if source.valid_to is not None:
            return phrases.say("row_until", until=phrases.day(source.valid_to))
        if source.planning_to is not None and source.planning_to < self._as_of.year:
            return phrases.say("row_planning_over", year=source.planning_to)
        return phrases.say("row_in_force")

    # ── the whole ──

    def not_found(self, inquiry: Inquiry, regions: Sequence[str], nearest: Citation | None = None) -> Answer:
        """The refusal: one sentence, and where the documents have something near, what that is."""
        phrases = self._phrases
        if inquiry.elsewhere and not inquiry.regions:
            places = phrases.join(list(inquiry.elsewhere))
            text = phrases.say("elsewhere", place=places, regions=phrases.join([self._region(r) for r in regions]))
        else:
            text = phrases.say("not_found")
        if nearest is not None:
            text += "\n" + phrases.say("nearest", document=nearest.document, address=nearest.address)
        return self._refusal(text, nearest)

    def small_talk(self) -> Answer:
        """The answer to what is no question about a policy: what may be asked."""
        return self._refusal(self._phrases.say("small_talk"))

    def no_others(self) -> Answer:
        """The answer to "anything else" when there is nothing else."""
        return self._refusal(self._phrases.say("no_others"))

    def nothing_to_repeat(self) -> Answer:
        """The answer to "the third one again" when fewer were given."""
        return self._refusal(self._phrases.say("nothing_to_repeat"))

    def _refusal(self, text: str, nearest: Citation | None = None) -> Answer:
        return Answer(status=Status.NOT_FOUND, language=self._phrases.language, text=text, nearest=nearest)

    def whole(self, pieces: Sequence[Piece], *, by_region: bool = False, compared: bool = False) -> Answer:
        """One answer from its pieces; markers are made to run through. ``compared`` adds the table."""
        citations: list[Citation] = []
        figures: list[Figure] = []
        texts: list[str] = []
        rows: list[ComparisonRow] = []
        for piece in pieces:
            shift = len(citations)
            text = piece.text.replace("[1]", f"[{shift + 1}]") if shift else piece.text
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
        return (*asked, self._phrases.say("follow_validity"), self._phrases.say("follow_department"))


def given_facts(outcome: Outcome) -> tuple[GivenFact, ...]:
    """The asker's facts that an outcome was worked out from, in the clause's words for them."""
    words = base_words(outcome.rule) if len(outcome.used) == 1 and outcome.used[0].unit in MONEY else ""
    return tuple(
        GivenFact(
            fact=repair_glyphs(words or fact.words or fact.counted or fact.unit), value=fact.value, unit=fact.unit
        )
        for fact in outcome.used
    )


def _focus(citation: Citation) -> str:
    """The sentences of a citation that answer, as they are read."""
    return repair_glyphs(citation.text[citation.focus.start : citation.focus.end]).strip()


def _printed(grant: Grant) -> str:
    """A grant in the source's own words, on one line."""
    return repair_glyphs("".join(grant.document.text[grant.start : grant.end].split()))


def _shortened(words: str) -> str:
    return words if len(words) <= _ROW_WORDS else words[: _ROW_WORDS - 1] + "…"


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


def _total_first(outcome: Outcome) -> Outcome:
    """The outcome with the sum over all years as its main sum, where it has one."""
    totals = tuple(total for total in outcome.sums if total.label == "period_total")
    return replace(outcome, sums=(*totals, *(s for s in outcome.sums if s not in totals))) if totals else outcome


def _rung_label(outcome: Outcome) -> str:
    """What tells a rung from the others, in the clause's words."""
    categories = [condition.metric for condition in outcome.rule.conditions if condition.unit == "category"]
    if categories:
        return repair_glyphs("、".join(categories))
    for condition in outcome.rule.conditions:
        if condition.unit == "yuan":
            return f"{repair_glyphs(condition.metric)}{condition.op}{Phrases._money_chinese(condition.value, 'CNY')}"
    return repair_glyphs(outcome.rule.beneficiary)
