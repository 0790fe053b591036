"""What an answer rests on, as HTML: the figure, the facts, the chart, the comparison, the clauses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.answer import Answer, Citation, ComparisonRow, ConditionState, Figure, GivenFact
from assistant.answering.calculating import Worked
from assistant.answering.gloss import in_english
from assistant.answering.labels import Badge, amount_text, citation_badge, document_badge, labels_for
from assistant.answering.messages import Phrases
from assistant.clause.rule import Bound, decimal_text
from assistant.faces.page.calculation import Shown, change_text, fact_name
from assistant.faces.page.chart import chart_html
from assistant.faces.page.quotation import Piece, fields_in, pieces_of, reference
from assistant.faces.page.rendering import render
from assistant.faces.page.units import YUAN_UNITS
from assistant.faces.page.words import HTML_LANGUAGE, words_for
from assistant.language.lexicon import shipped_lexicon
from assistant.question import Language
from corpus.document import Document
from corpus.titles import issued_title

_GLOSS = re.compile(r"\(([^()]+)\)$")
_COLUMNS = ("what", "rate", "sum", "cap", "conditions", "validity")  # of a comparison; one that is empty is left out
SHOWN = 3  # clauses shown at once; the others stand folded under them


@dataclass(frozen=True, slots=True)
class Card:
    """A citation as it is shown."""

    citation: Citation
    badge: Badge
    pieces: tuple[Piece, ...]
    reference: str  # for the clipboard


@dataclass(frozen=True, slots=True)
class FactField:
    """A fact as an input: ``value`` in ``unit``, one of ``units``."""

    index: int
    fact: str
    value: str
    unit: str
    units: tuple[str, ...]


def evidence_html(seen: Shown, on: date, language: str) -> str:
    """All that an answer rests on. ``language`` is that of the interface.

    The calculation of the main figure brings the curve and the units of missing facts.
    """
    answer, worked, words = seen.answer, seen.worked, words_for(language)
    cards = [_card(citation, on, language) for citation in answer.citations]
    return render(
        "evidence.html",
        words,
        answer=answer,
        answer_lang=HTML_LANGUAGE.get(answer.language, "zh-CN"),
        status=status_html(answer, language),
        figures=figures_html(seen, language),
        conditions=conditions_html(seen, language),
        changed=changed_html(seen, language),
        own_words=words_for(answer.language),
        facts=[
            (fact_field(number, fact, answer.language), fact_field(number, given, answer.language))
            for number, (fact, given) in enumerate(zip(answer.facts, seen.given or answer.facts, strict=True))
        ],
        missing=_missing(answer, worked),
        chart=chart_html(worked.curve if worked else None, answer.language, language),
        names=_row_names(answer.comparison),
        columns=[name for name in _COLUMNS if any(getattr(row, name) for row in answer.comparison)],
        cards=cards[:SHOWN],
        folded=cards[SHOWN:],
        legend=fields_in(piece for card in cards for piece in card.pieces),
        nearest=_card(answer.nearest, on, language) if answer.nearest is not None else None,
        labels=labels_for(language),
    )


def status_html(answer: Answer, language: str) -> str:
    """The kind of answer in two or three words."""
    return render(
        "status.html",
        words_for(language),
        status=answer.status,
        status_text=labels_for(language).status(answer.status),
    )


def _row_names(rows: Sequence[ComparisonRow]) -> list[str]:
    """What the lines of a comparison are of: the region, or the document where a region has several."""
    regions = [row.region for row in rows]
    several = {region for region in regions if regions.count(region) > 1}
    return [issued_title(row.document) if row.region in several and row.document else row.region for row in rows]


def figures_html(seen: Shown, language: str) -> str:
    """The figures of an answer with their steps: the main one large, the others under it.

    Where facts were changed it says so, and in words why they give no figure if they do not.
    """
    answer = seen.answer
    figures = [_figure(figure, answer) for figure in answer.figures]
    return render(
        "figures.html",
        words_for(language),
        labels=labels_for(language),
        own_words=words_for(answer.language),
        changed=bool(seen.edited),
        correctable=bool(answer.facts) and seen.worked is not None,
        note=without_markers(seen.worked.text) if seen.changed and seen.worked and not figures else "",
        main=figures[:1],
        others=figures[1:],
        answer_lang=HTML_LANGUAGE.get(answer.language, "zh-CN"),
    )


def conditions_html(seen: Shown, language: str) -> str:
    """What the figure rests on, each met, failed or open; what is not settled can be, where it can be worked out again."""
    answer = seen.answer
    phrases = Phrases(Language(answer.language))
    decided = {(one.text, one.start, one.end) for one in seen.decided}
    entries = [
        {
            "number": number,
            "state": condition.state.value,
            "text": phrases.script(condition.text),
            "condition": condition,
            "settable": condition.state is ConditionState.OPEN
            or (condition.text, condition.start, condition.end) in decided,
        }
        for number, condition in enumerate(answer.conditions)
    ]
    return render(
        "conditions.html",
        words_for(language),
        entries=entries if answer.figures or seen.changed else [],
        settable=seen.worked is not None and bool(answer.state.exchanges),
        answer_lang=HTML_LANGUAGE.get(answer.language, "zh-CN"),
    )


def without_markers(text: str) -> str:
    """The text of a result without the mark of its one citation, for places that have no citation to point at."""
    return text.replace("[1]", "")


def changed_html(seen: Shown, language: str) -> str:
    """Which facts were changed, with a way back; nothing where none was."""
    answer_lang = HTML_LANGUAGE.get(seen.answer.language, "zh-CN")
    changed = change_text(seen.edited, seen.answer.language)
    return render("changed.html", words_for(language), changed=changed, answer_lang=answer_lang)


def _figure(figure: Figure, answer: Answer) -> dict[str, object]:
    """A figure as it is shown; one of a policy that is over is none that is owed, however exact it is."""
    cited = next((citation for citation in answer.citations if citation.marker == figure.citation), None)
    over = cited is not None and not cited.in_force
    exact = figure.bound is Bound.EXACT
    kind = "ended" if over else "ceiling" if not exact else "conditional" if figure.conditional else "exact"
    phrases = Phrases(Language(answer.language))
    until = cited.valid_to if cited is not None and over else None
    note = phrases.say("ended_sum", until=phrases.day(until)) if until is not None else ""
    return {
        "figure": figure,
        "exact": exact,
        "kind": kind,
        "amount": amount_text(figure, answer.language),
        "ended": note,
    }


def _card(citation: Citation, on: date, language: str) -> Card:
    return Card(
        citation=citation,
        badge=citation_badge(citation, on, language),
        pieces=pieces_of(citation),
        reference=reference(citation.document, citation.document_number, citation.address, citation.text),
    )


def shelf_html(documents: tuple[Document, ...], on: date, language: str, regions: Mapping[str, str]) -> str:
    """The documents that answers come from, by the names of their ``regions``."""
    entries = [(document, document_badge(document.metadata, on, language)) for document in documents]
    return render("shelf.html", words_for(language), entries=entries, regions=regions)


def _missing(answer: Answer, worked: Worked | None) -> list[dict[str, object]]:
    """The missing facts, each with the units that it may be given in; none where they are not known."""
    units = {fact.fact: fact.unit for fact in worked.missing} if worked is not None else {}
    return [
        {
            "question": fact.question,
            "said": _said(fact.fact, answer.language),
            "units": _units(units.get(fact.fact, ""), answer.language),
        }
        for fact in answer.missing
    ]


def _said(fact: str, language: str) -> str:
    """What a fact is called in the visitor's next question: in English by its gloss, where the glossary has one."""
    gloss = _GLOSS.search(in_english(fact, shipped_lexicon())) if language == "en" else None
    return gloss.group(1) if gloss else fact


def _units(unit: str, language: str) -> tuple[str, ...]:
    """The units that a value may be typed in, the most usual first."""
    if unit == "yuan":
        return ("million", "yuan") if language == "en" else ("wan", "yuan", "yi")
    return (unit,) if unit else ()


def fact_field(index: int, fact: GivenFact, language: str) -> FactField:
    """A fact as an input, money in a unit that leaves a short number."""
    units = _units(fact.unit, language)
    name = fact_name(fact.fact, language, fact.unit)
    if fact.unit == "percent":  # held as a fraction, typed as people say it
        return FactField(index, name, decimal_text(fact.value * 100), fact.unit, units)
    unit = next((name for name in units if fact.value >= YUAN_UNITS.get(name, Decimal(0))), "yuan")
    return FactField(index, name, decimal_text(fact.value / YUAN_UNITS.get(unit, Decimal(1))), unit, units)


def stated_value(value: Decimal, unit: str) -> Decimal:
    """A value as typed, in the unit that it is kept in; a share as a percentage."""
    return value * YUAN_UNITS.get(unit, Decimal(1))
