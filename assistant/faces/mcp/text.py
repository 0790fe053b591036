"""Results of the MCP tools in words, for a model that reads text; the structured content beside it holds everything."""

from collections.abc import Iterable, Sequence

from assistant.answer import Answer, Citation, ClauseCondition, Figure
from assistant.answering.checkup import Checkup, Group, Match
from assistant.answering.worked import Calculation
from assistant.clause.rule import Bound, decimal_text
from assistant.faces.api.models import ClauseDetail
from assistant.finding.search_query import SearchPage

_MATCHES_TOLD = 15  # matches in the text of a check-up; the structured content has all
_QUOTED = 400  # characters of a clause in a list


def answer(answer: Answer) -> str:
    """An answer: its words, each figure with its steps, warnings, open questions, and the clauses."""
    parts = [f"status: {answer.status.value}", answer.text]
    parts += [_told_figure(figure) for figure in answer.figures]
    parts += _told_conditions(answer.conditions) if answer.figures else []
    parts += [f"! {warning.message}" for warning in answer.warnings]
    parts += [f"? {missing.question}" for missing in answer.missing]
    parts += [_told_citation(citation) for citation in answer.citations]
    return "\n".join(parts)


def _told_figure(figure: Figure) -> str:
    bound = "≤ " if figure.bound is Bound.AT_MOST else "= "
    per = f" / {figure.per}" if figure.per else ""
    steps = f" ({'; '.join(figure.steps)})" if figure.steps else ""
    conditional = " [conditional]" if figure.conditional else ""
    assumed = f" ({' '.join(figure.assumed)})" if figure.assumed else ""
    return f"{figure.label}: {bound}{decimal_text(figure.amount)} {figure.currency}{per}{steps}{conditional}{assumed}"


def _told_conditions(conditions: Sequence[ClauseCondition]) -> list[str]:
    return [f"{one.state.value}: {one.text} ({one.start}-{one.end})" for one in conditions]


def _told_citation(citation: Citation) -> str:
    name = " ".join(part for part in (citation.document, citation.document_number, citation.address) if part)
    return f"[{citation.marker}] {name} ({citation.clause_id}): {citation.text.strip()}"


def page(found: SearchPage) -> str:
    """A page of clauses found: ids, addresses and the sentences that match."""
    if not found.items:
        return "Nothing was found; try other words or fewer filters."
    lines = [
        f"{hit.rank}. {hit.clause_id} · {hit.document} {hit.address}\n{_shortened(hit.text[hit.snippet.start : hit.snippet.end])}"
        for hit in found.items
    ]
    return "\n\n".join((f"{found.total} clauses, page {found.page} of {found.pages}", *lines))


def clause(detail: ClauseDetail) -> str:
    """A clause with its document and neighbours."""
    document = detail.document
    validity = "in force" if document.in_force else "not in force"
    dates = f"{document.valid_from or ''} – {document.valid_to or ''}"
    around = [f"{name}: {one.id}" for name, one in (("before", detail.previous), ("after", detail.next)) if one]
    heading = f"{document.title} {document.document_number} {detail.address} ({validity}, {dates})"
    return "\n".join((heading, detail.text.strip(), f"rules read from it: {len(detail.rules)}", *around))


def calculation(done: Calculation) -> str:
    """What each rule gives, and what is missing."""
    parts: list[str] = []
    for worked in done.results:
        parts.append(f"rule {', '.join(map(str, worked.rules))} · status: {worked.status.value} · {worked.text}")
        parts += [_told_figure(figure) for figure in worked.figures]
        parts += [f"? {missing.question} ({missing.fact}, {missing.unit})" for missing in worked.missing]
        parts += _told_conditions(worked.conditions)
    warnings = dict.fromkeys(w.message for worked in done.results for w in worked.warnings)
    return "\n".join((*parts, *(f"! {message}" for message in warnings)))


def checkup(checkup: Checkup) -> str:
    """The groups of a check-up, the first of each group by name."""
    names = {
        Group.ELIGIBLE: "may be claimed",
        Group.ELIGIBLE_IF: "may be claimed if",
        Group.NOT_ELIGIBLE: "does not apply",
    }
    parts = [checkup.notice] if checkup.notice else []
    parts += [
        f"as of {checkup.as_of}; certainly {decimal_text(checkup.certain_total)} yuan, "
        f"possibly up to {decimal_text(checkup.possible_total)} yuan"
    ]
    for group, name in names.items():
        matches = checkup.group(group)
        parts.append(f"{name}: {len(matches)}")
        parts += _told_matches(matches[:_MATCHES_TOLD])
    return "\n".join(parts)


def _told_matches(matches: Sequence[Match]) -> Iterable[str]:
    for match in matches:
        sums = "; ".join(_told_figure(figure) for figure in match.figures[:1])
        conditions = f" · if {'; '.join(match.open_conditions)}" if match.open_conditions else ""
        reason = f" · {match.reason}" if match.reason else ""
        yield f"- {match.citation.clause_id} {sums}{conditions}{reason}"


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUOTED else flat[: _QUOTED - 1] + "…"
