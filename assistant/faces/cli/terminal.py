"""Answers, clauses and measurements for people, in the terminal. Plain text when the output is piped."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.answer import Answer, Citation, ConditionState, Figure
from assistant.answering.labels import Labels, Tone, amount_text, citation_badge, document_badge, labels_for
from assistant.clause.rule import Bound, decimal_text
from corpus.clause import Clause
from corpus.document import Document, Metadata
from corpus.script import repair_glyphs

if TYPE_CHECKING:
    from assistant.evaluation import GoldFigure, Outcome, Report, Totals
    from assistant.finding.search_query import ClauseHit, FacetCount, SearchPage
    from assistant.service import ClauseView

TONES = {Tone.GOOD: "green", Tone.OVER: "red", Tone.NOTE: "yellow"}
_PIPED_WIDTH = 140  # columns for tables; text is not wrapped
_SHORT = 120  # characters of a clause shown in a list
_FACETS = 8  # values of a filter shown below search results
_MATCH = "bold underline yellow"  # what matches a search


def make_console(*, stderr: bool = False) -> Console:
    """A console that never reads markup out of document text and never breaks the lines of piped output."""
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.soft_wrap = True
        console.width = _PIPED_WIDTH
    return console


def indent(console: Console, text: Text, columns: int) -> None:
    """Text moved to the right; on a pipe each line of it stays one line."""
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, columns)))
        return
    for line in text.split("\n", allow_blank=True):
        console.print(Text(" " * columns) + line)


def print_answer(console: Console, answer: Answer, on: date) -> None:
    """An answer: text, figures with their steps, citations, warnings, missing facts, what to ask next."""
    words = labels_for(answer.language)
    console.print(Text(answer.text, style="bold"))
    for figure in answer.figures:
        console.print()
        _print_figure(console, figure, answer.language, words)
    if answer.figures:
        _print_conditions(console, answer, words)
    for citation in answer.citations:
        console.print()
        _print_citation(console, citation, on, answer.language, words)
    if answer.warnings:
        console.print()
    for warning in answer.warnings:
        console.print(Text(f"! {warning.message}", style="yellow"))
    _print_list(console, words.missing, [fact.question for fact in answer.missing])
    _print_list(console, words.follow_ups, answer.follow_ups)


def _print_figure(console: Console, figure: Figure, language: str, words: Labels) -> None:
    exact = figure.bound is Bound.EXACT and not figure.conditional
    line = Text(f"  {amount_text(figure, language)}", style="bold green" if exact else "bold yellow")
    line.append(f"   {words.bound(figure)} [{figure.citation}]", style="dim")
    console.print(line)
    if figure.label:
        indent(console, Text(figure.label), 2)
    for step in (*figure.steps, *figure.assumed):
        indent(console, Text(step, style="dim"), 4)


def _print_conditions(console: Console, answer: Answer, words: Labels) -> None:
    """What the main figure rests on, met or not yet said."""
    marks = {ConditionState.MET: "✓", ConditionState.FAILED: "✗", ConditionState.OPEN: "?"}
    if answer.conditions:
        indent(console, Text(f"{words.rests_on}:"), 2)
    for condition in answer.conditions:
        indent(console, Text(f"{marks[condition.state]} {condition.text}", style="dim"), 4)


def _print_citation(console: Console, citation: Citation, on: date, language: str, words: Labels) -> None:
    mark = citation_badge(citation, on, language)
    head = Text(f"[{citation.marker}] {citation.document}", style="bold")
    if citation.document_number:
        head.append(f" {citation.document_number}", style="not bold")
    head.append(f"  {mark.text}", style=TONES[mark.tone])
    console.print(head)
    indent(console, Text(citation.address, style="dim"), 4)
    indent(console, _focused(citation), 4)
    if citation.departments:
        indent(console, Text(f"{words.departments}: {'、'.join(citation.departments)}"), 4)


def _focused(citation: Citation) -> Text:
    """The quotation with the sentence that answers underlined."""
    text = Text(repair_glyphs(citation.text))  # same length, so the offsets hold
    text.stylize("underline", citation.focus.start, citation.focus.end)
    return text


def _print_list(console: Console, title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    console.print()
    console.print(Text(f"{title}:"))
    for line in lines:
        indent(console, Text(f"- {line}"), 2)


def print_results(console: Console, page: "SearchPage") -> None:
    """A page of clauses found, what matches standing out, and how many there are for each further filter."""
    console.print(Text(_found(page), style="bold"))
    for hit in page.items:
        console.print()
        _print_hit(console, hit, page.on)
    if page.total:
        console.print()
    facets = {"region": page.facets.region, "document": page.facets.document, "kind": page.facets.kind}
    for name, counts in (facets | {"department": page.facets.department}).items():
        if len(counts) > 1:
            _print_facet(console, name, counts)


def _found(page: "SearchPage") -> str:
    """How many clauses there are, for what, and which of their pages this is; one sentence when there are none."""
    query = page.query
    filters = {
        "region": query.region,
        "document": query.document,
        "part": query.part,
        "department": query.department,
        "kind": query.kind,
    }
    asked = [f"“{phrase}”" for phrase in query.phrases] + ([query.text] if query.text else [])
    asked += [f"{name} {', '.join(values)}" for name, values in filters.items() if values]
    asked += ["as the leading department"] if query.department and query.lead_only else []
    asked += [f"in force on {query.in_force_on}"] if query.in_force_on else []
    asked += ["with money" if query.has_money else "without money"] if query.has_money is not None else []
    wanted = f" for {' · '.join(asked)}" if asked else ""
    if not page.total:
        unknown = f" ({', '.join(page.unknown_words)} stands in none)" if page.unknown_words else ""
        return f"No clause was found{wanted}{unknown}; try other words or leave out a filter."
    near = "" if page.all_words else "; none holds all words, these come nearest"
    pages = f" · page {page.page} of {page.pages}" if page.pages > 1 else ""
    return f"{page.total} {'clause' if page.total == 1 else 'clauses'}{wanted}{near}{pages}"


def _print_hit(console: Console, hit: "ClauseHit", on: date) -> None:
    mark = citation_badge(hit, on, "zh")
    head = Text(f"{hit.rank}. {hit.clause_id}", style="bold")
    head.append(f"  {mark.text}", style=f"not bold {TONES[mark.tone]}")
    console.print(head)
    place = Text(f"{' '.join(filter(None, (hit.document, hit.document_number)))} › ", style="dim")
    address = Text(hit.address)
    for found in hit.address_highlights:
        address.stylize(_MATCH, found.start, found.end)
    indent(console, place + address, 3)
    start, end = hit.snippet.start, hit.snippet.end
    text = Text(repair_glyphs(hit.text))  # same length, so the offsets hold
    for found in hit.highlights:
        text.stylize(_MATCH, found.start, found.end)
    quote = Text("…" if start else "") + _joined(text[start:end]) + Text("…" if end < len(hit.text) else "")
    indent(console, quote, 3)
    if hit.departments:
        line = Text("责任单位: ")
        for number, name in enumerate(hit.departments):
            line.append("、" if number else "").append(name, style=_MATCH if name in hit.matched_departments else "")
        indent(console, line, 3)


def _joined(text: Text) -> Text:
    """A text in one line, its styles kept."""
    return Text(" ").join(text.split(allow_blank=False)) if "\n" in text.plain else text


def _print_facet(console: Console, name: str, counts: Sequence["FacetCount"]) -> None:
    shown = [f"{count.value} {count.count}" for count in counts[:_FACETS]]
    more = len(counts) - _FACETS
    console.print(Text(f"{name}: {' · '.join(shown)}{f' · {more} more' if more > 0 else ''}", style="dim"))


def print_clause(console: Console, view: "ClauseView", on: date) -> None:
    """A clause in full between its neighbours, with its departments and whether its document is in force."""
    document, clause = view.document, view.clause
    _print_neighbour(console, "↑", view.previous)
    console.print(Text(clause.id, style="bold"))
    console.print(Text(" ".join(filter(None, (document.metadata.title, document.metadata.document_number)))))
    if clause.address:
        console.print(Text(" › ".join(clause.address), style="dim"))
    console.print(_validity(document.metadata, on))
    if clause.departments:
        console.print(Text(f"责任单位: {'、'.join(clause.departments)}"))
    console.print()
    indent(console, Text(repair_glyphs(clause.text)), 2)
    console.print()
    _print_neighbour(console, "↓", view.next)


def _print_neighbour(console: Console, arrow: str, clause: Clause | None) -> None:
    if clause is not None:
        console.print(Text(f"{arrow} {clause.id}  {_one_line(clause.text)}", style="dim"))


def _one_line(text: str) -> str:
    line = " ".join(repair_glyphs(text).split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}…"


def _validity(data: Metadata, on: date) -> Text:
    """Whether a document binds, and the dates or the planning period it states."""
    mark = document_badge(data, on)
    line = Text(mark.text, style=TONES[mark.tone])
    if data.valid_from or data.valid_to:
        line.append(f" {data.valid_from or '…'} – {data.valid_to or '…'}", style="not bold default")
    elif data.planning_from and data.planning_to:
        line.append(f" 规划期 {data.planning_from}–{data.planning_to}", style="not bold default")
    return line


def print_documents(console: Console, documents: Iterable[Document], on: date) -> None:
    """The documents of the collection: id, title, number, region, validity, number of clauses."""
    for document in documents:
        data = document.metadata
        console.print(Text(document.id, style="bold"))
        indent(console, Text(" ".join(filter(None, (data.title, data.document_number)))), 2)
        line = Text(f"{data.region or '?'} · {len(document.leaves)} clauses · ")
        indent(console, line + _validity(data, on), 2)


_COLUMNS = {
    "n": "n",
    "wholly": "wholly right",
    "first_citation": "first citation",
    "all_citations": "all citations",
    "figure": "figure",
    "status": "status",
    "warnings": "warnings",
    "wrong_figure": "wrong figures",
}


def print_report(console: Console, report: "Report") -> None:
    """The numbers of an evaluation: per kind, in total, per language, and the time per question."""
    table = Table(box=None, pad_edge=False)
    table.add_column("kind", no_wrap=True)
    for heading in _COLUMNS.values():
        table.add_column(heading, justify="right")
    for kind, totals in report.kinds.items():
        table.add_row(kind, *_cells(totals))
    table.add_row()
    table.add_row("total", *_cells(report.total), style="bold")
    table.add_row()
    for language, totals in report.languages.items():
        table.add_row(language, *_cells(totals))
    console.print(table)
    total = report.total
    console.print(f"\nall expected figures given: {total.all_figures}/{total.n}; verbatim: {total.verbatim}/{total.n}")
    console.print(f"time per question: median {report.median_ms:.1f} ms, 95th percentile {report.p95_ms:.1f} ms")
    console.print(
        f"of the median question: embedding {report.median_embedding_ms:.1f} ms, "
        f"everything else {report.median_rest_ms:.1f} ms"
    )


def _cells(totals: "Totals") -> list[str]:
    return [str(getattr(totals, name)) for name in _COLUMNS]


def print_failures(console: Console, outcomes: Iterable["Outcome"]) -> None:
    """Every answer that is not wholly right, with what was expected and what came."""
    for outcome in outcomes:
        if outcome.score.wholly:
            continue
        gold, answer = outcome.gold, outcome.answer
        marks = outcome.score.model_dump()
        wrong = [name for name, right in marks.items() if not right and name not in ("wrong_figure", "all_figures")]
        if outcome.score.wrong_figure:
            wrong.append("WRONG FIGURE")
        console.print(Text(f"\n{gold.id} {gold.kind} {gold.lang}: {', '.join(wrong)}", style="bold red"))
        for turn in gold.history:
            indent(console, Text(f"… {turn}", style="dim"), 2)
        indent(console, Text(gold.question), 2)
        indent(console, Text(f"expected {_expected(gold.status, gold.figures, gold.warn)}"), 2)
        for group in gold.cite:
            indent(console, Text(" | ".join(group), style="green"), 4)
        codes = [warning.code.value for warning in answer.warnings]
        indent(console, Text(f"came     {_expected(answer.status, answer.figures, codes)}"), 2)
        for citation in answer.citations:
            line = f"[{citation.marker}] {citation.clause_id} {_one_line(citation.text)}"
            indent(console, Text(line, style="red"), 4)


def _expected(status: str, figures: "Sequence[GoldFigure | Figure]", warnings: Sequence[str]) -> str:
    money = [f"{decimal_text(f.amount)} {f.bound.value}{f' /{f.per}' if f.per else ''}" for f in figures]
    return "; ".join(filter(None, (str(status), ", ".join(money), " ".join(warnings))))
