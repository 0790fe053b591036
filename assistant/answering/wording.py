"""Wording: figures, facts and conditions in the language of the reader, of which sentences are made."""

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answer import (
    Citation,
    Figure,
    Status,
)
from assistant.answering.gloss import in_english
from assistant.answering.messages import Phrases, money_chinese
from assistant.answering.piece import Piece, focus
from assistant.answering.quoting import shortened
from assistant.answering.worked import DecidedCondition
from assistant.clause.rule import Condition, decimal_text
from assistant.figures.calculation import Outcome, Sum, rounded_to_fen
from assistant.language.lexicon import shipped_lexicon
from assistant.question import Language
from assistant.question.situation import MONEY
from corpus.script import repair_glyphs


class Wording:
    """Writes in one language for one day; ``today``, where it is later, is the day it is read on."""

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
        in_months = total.label == "period_total" and over is not None and over != over.to_integral_value()
        months = str(round(over * 12)) if over is not None else ""
        label = self._phrases.say(
            "label_period_months" if in_months else f"label_{total.label}", years=years, months=months
        )
        rung = rung or (self._phrases.script(rung_label(outcome)) if outcome.rule.ladder else "")
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

    def _assumption(self, outcome: Outcome) -> str:
        """What a fact that did not say what it is was taken for."""
        stated = self._phrases.money(outcome.used[0].value, outcome.rule.currency)
        return self._phrases.say("assumed", value=stated, fact=self._fact_name(outcome.assumed))

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

    def _region(self, region: str) -> str:
        """A region's name as a reader of the language knows it."""
        return self._english_regions.get(region, region)

    def _no_amount(self, citation: Citation, what: str = "") -> Piece:
        """A clause that supports something, by its first words, and states no sum; and whom to ask for it."""
        whom = self._phrases.join(citation.departments[:1]) or self._phrases.say("whom_in_charge")
        text = self._phrases.say("no_amount", what=shortened(what or focus(citation)), marker=1, whom=whom)
        return self._piece(Status.NO_AMOUNT_STATED, text, citation)

    def _piece(self, status: Status, text: str, citation: Citation) -> Piece:
        return Piece(status, text, (citation,), region=citation.region)


def rung_label(outcome: Outcome) -> str:
    """What tells a rung from the others, in the clause's words."""
    categories = [condition.metric for condition in outcome.rule.conditions if condition.unit == "category"]
    if categories:
        return repair_glyphs("、".join(categories))
    for condition in outcome.rule.conditions:
        if condition.unit == "yuan":
            return f"{repair_glyphs(condition.metric)}{condition.op}{money_chinese(condition.value)}"
    return repair_glyphs(outcome.rule.beneficiary)
