"""Rows: a grant or a clause as one line of a comparison."""

from assistant.answer import (
    Citation,
    ComparisonRow,
)
from assistant.answering.piece import Piece, focus
from assistant.answering.wording import Wording
from assistant.clause.grant import Grant
from assistant.clause.rule import Bound, SubsidyRule
from assistant.figures.outcome import Entitlement
from corpus.document import Metadata
from corpus.script import repair_glyphs

_ROW_WORDS = 60  # characters of a grant's own words in a line of a comparison


class Rows(Wording):
    """Writes lines of a comparison."""

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
            what=focus(citation),
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


def _printed(grant: Grant) -> str:
    """A grant in the source's own words, on one line."""
    return repair_glyphs("".join(grant.document.text[grant.start : grant.end].split()))


def _shortened(words: str) -> str:
    return words if len(words) <= _ROW_WORDS else words[: _ROW_WORDS - 1] + "…"
