"""Composition: an answer put together from ranked clauses, worked-out rules and fixed phrases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import (
    Answer,
    Citation,
    ClauseCondition,
    ComparisonRow,
    ConditionState,
    Figure,
    GivenFact,
    MissingFact,
    Status,
    Warning,
    WarningCode,
)
from assistant.answering.citing import cite, renumbered, warnings_for, with_highlights
from assistant.answering.conditions import conditions_of, open_texts
from assistant.answering.gloss import gloss, in_english, said_in_english
from assistant.answering.messages import Phrases, money_chinese
from assistant.answering.premises import bare, put_together, said_at_once
from assistant.answering.worked import DecidedCondition
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
        decided: Sequence[DecidedCondition] = (),
    ) -> None:
        self._phrases = phrases
        self._as_of = as_of
        self._today = today or as_of
        self._decided = {(one.start, one.end, one.text): one.state for one in decided}
        self._english_regions = (english_regions or {}) if phrases.language is Language.ENGLISH else {}

    # ── money ──

    def grant(self, found: Entitlement, inquiry: Inquiry) -> Piece:
        """What a grant gives the asker."""
        conditions = self._conditions(found, inquiry)
        piece = self._grant(found, inquiry, conditions)
        if piece.figures and (refused := self._refused_by_choice(conditions)):
            piece = self._piece(Status.NOT_ELIGIBLE, refused, piece.citations[0])
        facts = given_facts(found.outcomes[0]) if found.outcomes and piece.figures else ()
        still_open = found.ladder or bool(open_texts(conditions))
        figures = tuple(
            figure.model_copy(update={"conditional": still_open or bool(figure.assumed)}) for figure in piece.figures
        )
        row = self._grant_row(found, piece)
        return replace(piece, facts=facts, figures=figures, conditions=conditions, row=row)

    def _conditions(self, found: Entitlement, inquiry: Inquiry) -> tuple[ClauseCondition, ...]:
        """What the clause demands for its main figure, as the asker's case decides it; of several rungs what all demand."""
        if not found.outcomes:
            return ()
        lexicon = shipped_lexicon()
        said = Held(compact_words(inquiry.said), lexicon.concepts_in(inquiry.said))
        outcomes = found.outcomes if found.ladder else found.outcomes[:1]
        of_each = [
            conditions_of(found.grant, outcome, said, lexicon, self.condition, self.value) for outcome in outcomes
        ]
        common = [one for one in of_each[0] if all(one in others for others in of_each[1:])]
        return tuple(map(self._as_decided, put_together(common, found.grant.clause, found.grant.rules)))

    def _as_decided(self, condition: ClauseCondition) -> ClauseCondition:
        """The condition as the asker set it, where they did."""
        state = self._decided.get((condition.start, condition.end, condition.text))
        if state is None:
            return condition
        return condition.model_copy(update={"state": state, "decided_from": self._phrases.say("decided")})

    def _refused_by_choice(self, conditions: Sequence[ClauseCondition]) -> str:
        """The refusal by a condition that the asker says not to meet; empty where there is none."""
        failed = next(
            (one for one in conditions if self._decided.get((one.start, one.end, one.text)) is ConditionState.FAILED),
            None,
        )
        return self._phrases.say("not_decided", marker=1, condition=self._in_words(failed.text)) if failed else ""

    def _grant(self, found: Entitlement, inquiry: Inquiry, conditions: Sequence[ClauseCondition]) -> Piece:
        grant = found.grant
        citation = cite(grant.document, grant.clause, grant.start, max(grant.end, grant.start + 1), self._as_of)
        citation = with_highlights(citation, grant.clause, grant.rules)
        if found.refusal is not None:
            text = self._phrases.say(found.refusal.code, marker=1, **found.refusal.values)
            return self._piece(Status.NOT_ELIGIBLE, text, citation)
        if grant.unread:
            return self._unreadable(found, citation, inquiry, conditions)
        if not found.outcomes:
            return self._piece(Status.NO_AMOUNT_STATED, self._phrases.say("no_amount", marker=1), citation)
        if found.ladder:
            return self._rungs(found, citation, inquiry, conditions)
        return self._outcome(found, citation, inquiry, conditions)

    def _unreadable(
        self, found: Entitlement, citation: Citation, inquiry: Inquiry, conditions: Sequence[ClauseCondition]
    ) -> Piece:
        """A clause with money that is not read with certainty: what is read of it is a ceiling at best."""
        warning = Warning(code=WarningCode.UNREADABLE_AMOUNT, message=self._phrases.say("unreadable", marker=1))
        if not found.outcomes or found.outcomes[0].result is Result.NOT_ELIGIBLE:
            return replace(self._piece(Status.ANSWERED, warning.message, citation), warnings=(warning,))
        worked_out = self._rungs if found.ladder else self._outcome
        piece = worked_out(found, citation, inquiry, conditions)
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

    def not_stated(self, citation: Citation, aspect: str) -> Piece:
        """A clause that is there and does not tell what is asked about it; ``aspect`` is a name of the table of aspects."""
        text = self._phrases.say("not_stated", marker=1, aspect=self._phrases.aspect(aspect))
        return self._piece(Status.NOT_STATED, text, citation)

    def mention(self, citation: Citation) -> Piece:
        """A clause that speaks of the subject of a comparison and states no sum, in its own words."""
        text = self._phrases.say("mention", marker=1, quote=_focus(citation))
        return self._piece(Status.NO_AMOUNT_STATED, text, citation)

    def _outcome(
        self, found: Entitlement, citation: Citation, inquiry: Inquiry, conditions: Sequence[ClauseCondition]
    ) -> Piece:
        outcome = _total_first(found.outcomes[0]) if inquiry.turn.asks_whole_period else found.outcomes[0]
        if outcome.result is Result.NOT_ELIGIBLE:
            return self._piece(Status.NOT_ELIGIBLE, self.failed(outcome), citation)
        figures = tuple(self.figures((outcome, *found.outcomes[1:])))
        if outcome.result is Result.UNKNOWN or (not outcome.sums and not outcome.missing):
            warning = Warning(code=WarningCode.UNREADABLE_AMOUNT, message=self._phrases.say("unreadable", marker=1))
            piece = self._piece(Status.NO_AMOUNT_STATED, warning.message, citation)
            return replace(piece, warnings=(warning,))
        status, text, missing = self._headline(outcome, inquiry, self._rests(outcome, conditions))
        text = "\n".join((text, *self._below(conditions)))
        if self._phrases.language is Language.ENGLISH and (
            line := gloss(outcome.rule, self._phrases, shipped_lexicon())
        ):
            text += "\n" + line
        return Piece(status, text, (citation,), figures, missing, region=citation.region)

    # ── what a sum rests on ──

    def _rests(self, outcome: Outcome | None, conditions: Sequence[ClauseCondition]) -> str:
        """What a sum rests on that the asker has not said, for the sentence with the sum; empty where it is nothing."""
        phrases, still_open = self._phrases, open_texts(conditions)
        assuming = ""
        if outcome is not None and outcome.assumed:
            stated = phrases.money(outcome.used[0].value, outcome.rule.currency)
            assuming = phrases.say("assuming", value=stated, fact=self._fact_name(outcome.assumed))
        if not still_open:
            return assuming
        at_once, below = said_at_once(still_open)
        said = phrases.list([self._in_words(text) for text in at_once])
        code = ("rests_on_more" if at_once else "rests_on_below") if below else "rests_on"
        return assuming + phrases.say(code, conditions=said, count=len(below))

    def _below(self, conditions: Sequence[ClauseCondition]) -> list[str]:
        """The lines under a sum: the open conditions that its sentence does not name."""
        _, below = said_at_once(open_texts(conditions))
        lines = [self._phrases.say("open_line", condition=self._in_words(text)) for text in below]
        return [self._phrases.say("open"), *lines] if lines else []

    def _in_words(self, condition: str) -> str:
        """A condition as the reader reads it: in English as far as the glossary goes, else the clause's words quoted."""
        if self._phrases.language is not Language.ENGLISH or self._phrases.holds_a_bound(condition):
            return condition
        return said_in_english(condition, shipped_lexicon())

    def _assumption(self, outcome: Outcome) -> str:
        """What a fact that did not say what it is was taken for."""
        stated = self._phrases.money(outcome.used[0].value, outcome.rule.currency)
        return self._phrases.say("assumed", value=stated, fact=self._fact_name(outcome.assumed))

    # ── the sentence with the sum ──

    def _headline(self, outcome: Outcome, inquiry: Inquiry, rests: str) -> tuple[Status, str, tuple[MissingFact, ...]]:
        phrases = self._phrases
        missing = tuple(
            MissingFact(fact=words, question=phrases.say("ask_fact", fact=self._fact_name(words)))
            for words in outcome.missing
        )
        if outcome.result is Result.NEEDS_FACTS:
            return self._without_fact(outcome, inquiry, rests, missing)
        text = phrases.say(_headline_code(outcome), rests=rests, **self._main(outcome))
        if outcome.result is Result.STATED and missing and inquiry.turn.asks_total:
            return Status.NEEDS_FACTS, text, missing
        return Status.ANSWERED, text, ()

    def _without_fact(
        self, outcome: Outcome, inquiry: Inquiry, rests: str, missing: tuple[MissingFact, ...]
    ) -> tuple[Status, str, tuple[MissingFact, ...]]:
        """What a grant gives whose base is not known, and why a sum that was given is none."""
        phrases = self._phrases
        status, text, missing = self._asking(outcome, inquiry, rests, missing)
        units = {given.unit for given in inquiry.facts}
        refused = phrases.say("other_currency") if units & FOREIGN else ""
        refused = refused or (phrases.say("unusable_sum") if UNUSABLE in units else "")
        return status, phrases.words(text, refused), missing

    def _asking(
        self, outcome: Outcome, inquiry: Inquiry, rests: str, missing: tuple[MissingFact, ...]
    ) -> tuple[Status, str, tuple[MissingFact, ...]]:
        phrases = self._phrases
        fact = phrases.join([self._fact_name(words) for words in outcome.missing])
        if not outcome.sums:
            rate = phrases.percent(outcome.rule.rate) if outcome.rule.rate is not None else ""
            if inquiry.turn.asks_share and rate:
                return Status.ANSWERED, phrases.say("share", rate=rate, marker=1, fact=fact), ()
            return Status.NEEDS_FACTS, phrases.say("needs", rate=rate, marker=1, fact=fact, rests=rests), missing
        main = self._main(outcome)
        if inquiry.turn.asks_maximum or not missing:
            return Status.ANSWERED, phrases.say("at_most", rests=rests, **main), ()
        return Status.NEEDS_FACTS, phrases.say("ceiling_needs", fact=fact, rests=rests, **main), missing

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

    def _rungs(
        self, found: Entitlement, citation: Citation, inquiry: Inquiry, conditions: Sequence[ClauseCondition]
    ) -> Piece:
        """A ladder whose rung the asker did not say: every rung, and which fact decides."""
        phrases, outcomes = self._phrases, found.outcomes[:_MAX_RUNGS]
        named = [(name, outcome) for name, outcome in self._named_rungs(found, outcomes) if outcome.sums]
        lines = [self._rungs_headline([outcome for _, outcome in named], self._rests(None, conditions))]
        lines += [phrases.say("rung", label=name, sum=self._bounded(outcome)) for name, outcome in named]
        names = {id(outcome): name for name, outcome in named}
        figures = tuple(self.figures(outcomes, names))
        deciding = [c.metric for outcome in outcomes for c in outcome.open_conditions if c.unit != "category"]
        missing: tuple[MissingFact, ...] = ()
        if deciding and not inquiry.turn.asks_maximum:
            question = phrases.say("ask_fact", fact=self._fact_name(deciding[0]))
            missing = (MissingFact(fact=deciding[0], question=question),)
        if missing or inquiry.turn.asks_maximum:
            top = at_most(outcomes)
            ceiling = top.sums[0]
            main = self._figure(Sum(ceiling.amount, Bound.AT_MOST, ceiling.per, "ceiling"), top)
            figures = (main, *figures)
        return Piece(
            Status.NEEDS_FACTS if missing else Status.ANSWERED,
            "\n".join((*lines, *self._below(conditions))),
            (citation,),
            figures,
            missing,
            region=citation.region,
        )

    def _named_rungs(self, found: Entitlement, outcomes: Sequence[Outcome]) -> list[tuple[str, Outcome]]:
        """The rungs, each by a name of its own: its class or threshold, else the words before its sum, else its number."""
        named = [_rung_label(outcome) or _words_before(found.grant, outcome) for outcome in outcomes]
        names = [self._phrases.script(self._fact_name(name)) for name in named]
        for number, name in enumerate(names, start=1):
            if not name or name in names[: number - 1] or name in names[number:]:
                ordinal = self._phrases.say("rung_number", number=number)
                names[number - 1] = self._phrases.words(name, f"({ordinal})") if name else ordinal
        return list(zip(names, outcomes, strict=True))

    def _rungs_headline(self, outcomes: Sequence[Outcome], rests: str) -> str:
        """How many levels there are and, where all are paid for the same (a year, a person), the most that any gives."""
        measured = {(outcome.sums[0].per, outcome.rule.currency) for outcome in outcomes}
        if len(measured) != 1:
            return self._phrases.say("rungs", count=len(outcomes), marker=1, rests=rests)
        top = max(outcomes, key=lambda outcome: outcome.sums[0].amount)
        return self._phrases.say("rungs_to", count=len(outcomes), rests=rests, **self._main(top))

    def figures(self, outcomes: Sequence[Outcome], names: Mapping[int, str] | None = None) -> list[Figure]:
        """The sums of outcomes as figures of citation 1, each different one once; ``names`` tell the rungs of a ladder apart."""
        figures: list[Figure] = []
        for outcome in outcomes:
            for total in outcome.sums:
                figure = self._figure(total, outcome, (names or {}).get(id(outcome), ""))
                if not any((f.amount, f.bound, f.per) == (figure.amount, figure.bound, figure.per) for f in figures):
                    figures.append(figure)
        return figures

    def _figure(self, total: Sum, outcome: Outcome, rung: str = "") -> Figure:
        steps = tuple(self._phrases.step(step.code, step.values, outcome.rule.currency) for step in outcome.steps)
        over = total.years or outcome.rule.years
        years = decimal_text(over) if over is not None else ""
        label = self._phrases.say(f"label_{total.label}", years=years)
        rung = rung or (self._phrases.script(_rung_label(outcome)) if outcome.rule.ladder else "")
        return Figure(
            amount=rounded_to_fen(total.amount),
            currency=outcome.rule.currency,
            bound=total.bound,
            per=total.per,
            label=f"{label} · {rung}" if rung else label,
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
            metric=self._fact_name(condition.metric),
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
        metric = self._fact_name(metric)
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
            text = self._ended(piece) + text
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

    def _ended(self, piece: Piece) -> str:
        """That what gives the figures is over, to be said before them; empty where it is not."""
        citation = piece.citations[0] if piece.figures else None
        if citation is None or citation.valid_to is None or citation.valid_to >= self._as_of:
            return ""
        return self._phrases.say("ended", until=self._phrases.day(citation.valid_to))

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


def _headline_code(outcome: Outcome) -> str:
    """The phrase for a sum: what the asker said is only named where it was worked with."""
    if outcome.result is Result.COMPUTED and not outcome.sums[0].amount:
        return "nothing"
    if outcome.sums[0].bound is Bound.AT_MOST:
        return "at_most"
    if outcome.result is not Result.COMPUTED:
        return "stated"
    return "exact" if outcome.used else "computed"


def _words_before(grant: Grant, outcome: Outcome) -> str:
    """The clause's words right before the sum of a rung, back to the last comma; empty where they say nothing of it."""
    spans = [span for name in ("rate", "amount", "cap") if (span := outcome.rule.spans.get(name)) is not None]
    if not spans:
        return ""
    words = grant.clause.text[: min(span.start for span in spans)]
    begin = max(words.rfind(mark) for mark in "，,；;。、：:\n") + 1
    return repair_glyphs(bare("".join(words[begin:].split()), before_money=True))


def _rung_label(outcome: Outcome) -> str:
    """What tells a rung from the others, in the clause's words."""
    categories = [condition.metric for condition in outcome.rule.conditions if condition.unit == "category"]
    if categories:
        return repair_glyphs("、".join(categories))
    for condition in outcome.rule.conditions:
        if condition.unit == "yuan":
            return f"{repair_glyphs(condition.metric)}{condition.op}{money_chinese(condition.value)}"
    return repair_glyphs(outcome.rule.beneficiary)
