"""Reckoning: what is said of several sums together, of what a sum takes, and of how one came about."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Citation, Figure, Status
from assistant.answering.citing import cite
from assistant.answering.paying import Paying
from assistant.answering.piece import Piece, focus
from assistant.clause.rule import Bound, Operator
from assistant.clause.stacking_rule import StackingRule
from assistant.figures.across import Together
from assistant.figures.calculation import Outcome, rounded_to_fen
from assistant.figures.reverse import Needed, Threshold
from corpus.document import Document


class Reckoning(Paying):
    """Writes sums of several awards, what is needed for one, and why it is what it is."""

    # ── several ──

    def total(self, together: Together, parts: Sequence[Piece], *, stated: bool) -> Piece:
        """The sum of several awards, first; ``stated`` where the document says how they go together."""
        phrases, amount = self._phrases, rounded_to_fen(together.sum.amount)
        shown = phrases.bounded_sum(amount, together.currency, together.sum.per, together.sum.bound)
        steps = tuple(phrases.step(step.code, step.values, together.currency) for step in together.steps)
        text = phrases.say("total", sum=shown, steps=phrases.list(steps))
        if not stated:
            text = phrases.words(text, phrases.say("total_unstated"))
        figure = Figure(
            amount=amount,
            currency=together.currency,
            bound=together.sum.bound,
            per=together.sum.per,
            label=phrases.say("label_total"),
            steps=steps,
            conditional=any(figure.conditional for part in parts for figure in part.figures[:1]),
            citation=1,
        )
        return Piece(Status.ANSWERED, self._ended(parts[0]) + text, figures=(figure,), region=parts[0].region)

    def larger(self, piece: Piece) -> Piece:
        """The sentence that says which of several awards is the larger."""
        figure = piece.figures[0]
        shown = self._phrases.bounded_sum(figure.amount, figure.currency, figure.per, figure.bound)
        what = piece.row.what if piece.row is not None else ""
        text = self._phrases.say("larger", what=what, sum=shown)
        return Piece(Status.ANSWERED, self._ended(piece) + text, region=piece.region)

    def stacking_rule(self, rule: StackingRule, document: Document) -> Piece:
        """What the document says of several awards together, in its words."""
        citation = cite(document, rule.clause, rule.start, rule.end, self._as_of)
        text = self._phrases.say("stacking_rule", marker=1, quote=focus(citation))
        return self._piece(Status.ANSWERED, text, citation)

    # ── what is needed ──

    def needed(
        self, found: Sequence[Threshold], needed: Sequence[Needed], citation: Citation, *, rungs: Sequence[str] = ()
    ) -> Piece:
        """What it takes to qualify, and what for a sum that was asked for or for all there is."""
        lines = [self._threshold(threshold) for threshold in found]
        lines += [self._for_sum(one) for one in needed]
        lines += rungs
        short = any(threshold.lacking is not None for threshold in found)
        status = Status.NOT_ELIGIBLE if short else Status.ANSWERED
        text = self._ended_of(citation) + "\n".join(lines)
        return self._piece(status, text, citation)

    def _threshold(self, threshold: Threshold) -> str:
        phrases, condition = self._phrases, threshold.condition
        limit = self.value(condition, condition.value)
        metric = self._fact_name(condition.metric)
        text = phrases.say("threshold", metric=metric, op=phrases.operator(condition.op), limit=limit, marker=1)
        if threshold.lacking is not None and threshold.stated is not None:
            lacking = self.value(condition, threshold.lacking)
            stated = self.value(condition, threshold.stated)
            more = "lacking_more" if condition.op is Operator.MORE_THAN else "lacking"
            text = phrases.words(text, phrases.say(more, stated=stated, lacking=lacking))
        return text

    def _for_sum(self, needed: Needed) -> str:
        phrases = self._phrases
        step = phrases.step(needed.step.code, needed.step.values)
        if needed.base:
            value, base = phrases.money(needed.value), self._fact_name(needed.base)
        else:
            value, base = str(needed.value) + needed.unit, ""
        code = "needed_base" if base else "needed_units"
        text = phrases.say(code, target=phrases.money(needed.target), base=base, value=value, step=step, marker=1)
        if needed.raised_to is not None:
            text = phrases.words(text, phrases.say("needed_raised", limit=phrases.money(needed.raised_to)))
        return phrases.words(text, phrases.say("needed_rate")) if needed.at_most_rate else text

    # ── why ──

    def why(self, piece: Piece, outcome: Outcome) -> Piece:
        """The last sum again, with how it comes about step by step."""
        steps = [self._phrases.step(step.code, step.values, outcome.rule.currency) for step in outcome.steps]
        text = self._phrases.say("why", steps=self._phrases.list(steps), marker=1)
        return replace(piece, text=f"{text}\n{piece.text}")

    # ── what else, and the highest ──

    def further(self, pieces: Sequence[Piece]) -> Piece:
        """What else a case may get, one line each with the sum stated, and none of them worked out."""
        phrases = self._phrases
        lines = [phrases.say("further", count=len(pieces))]
        for number, piece in enumerate(pieces, start=1):
            given = (piece.row.sum or piece.row.rate if piece.row else "") or phrases.say("row_unstated")
            lines.append(phrases.say("catalogue_line", what=self._called(piece), given=given, marker=number))
        citations = tuple(
            piece.citations[0].model_copy(update={"marker": number}) for number, piece in enumerate(pieces, start=1)
        )
        return Piece(Status.ANSWERED, "\n".join(lines), citations, region=pieces[0].region)

    def highest(self, pieces: Sequence[Piece]) -> Piece:
        """The awards of a place or document by what they give at most, the highest with its figure."""
        phrases = self._phrases
        top = pieces[0].figures[0]
        shown = phrases.bounded_sum(top.amount, top.currency, top.per, top.bound)
        lines = [phrases.say("highest", what=self._called(pieces[0]), sum=shown, marker=1)]
        for number, piece in enumerate(pieces[1:], start=2):
            figure = piece.figures[0]
            given = phrases.bounded_sum(figure.amount, figure.currency, figure.per, figure.bound)
            lines.append(phrases.say("catalogue_line", what=self._called(piece), given=given, marker=number))
        citations = tuple(
            piece.citations[0].model_copy(update={"marker": number}) for number, piece in enumerate(pieces, start=1)
        )
        figure = top.model_copy(update={"conditional": True})
        text = self._ended(pieces[0]) + "\n".join(lines)
        return Piece(
            Status.ANSWERED, text, citations, (figure,), region=pieces[0].region, conditions=pieces[0].conditions
        )

    def _called(self, piece: Piece) -> str:
        return piece.row.what if piece.row is not None else piece.citations[0].address

    # ── whether it holds ──

    def _ended(self, piece: Piece) -> str:
        """That what the piece rests on is over, to be said before all else; empty where it is not, or it says so itself."""
        for citation in piece.citations[:1]:
            if (own := self._ended_of(citation)) and piece.text.startswith(own):
                return own
        ends = {citation.valid_to for citation in piece.citations[: 1 if piece.figures else None]}
        until = ends.pop() if len(ends) == 1 and not piece.of_its_term else None
        if until is None or until >= self._as_of:
            return ""
        return self._phrases.say("ended" if piece.figures else "ended_text", until=self._phrases.day(until))

    def _ended_of(self, citation: Citation) -> str:
        if citation.valid_to is None or citation.valid_to >= self._as_of:
            return ""
        return self._phrases.say("ended", until=self._phrases.day(citation.valid_to))


def is_owed(piece: Piece) -> bool:
    """Whether a piece gives an exact sum."""
    return bool(piece.figures) and piece.figures[0].bound is Bound.EXACT
