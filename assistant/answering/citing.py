"""Citations: a clause, or the sentences of it that answer, in the source's own characters."""

from collections.abc import Iterable, Iterator
from datetime import date

from assistant.answer import Citation, Highlight, Warning, WarningCode
from assistant.answering.messages import Phrases
from assistant.clause.rule import SubsidyRule, TextSpan
from corpus.clause import Clause
from corpus.document import Document
from corpus.script import is_damaged
from index.sentences import sentence_spans

WHOLE_CLAUSE = 420  # characters; a longer clause is cited by the sentences around the one that answers


def cite(document: Document, clause: Clause, start: int, end: int, as_of: date, marker: int = 1) -> Citation:
    """Quote ``clause`` so that ``document.text[start:end]`` lies inside; ``focus`` marks the answering sentences."""
    quote_start, quote_end, focus = _window(clause, start - clause.start, end - clause.start)
    metadata = document.metadata
    return Citation(
        marker=marker,
        clause_id=clause.id,
        document=metadata.title,
        document_id=document.id,
        document_number=metadata.document_number,
        region=metadata.region,
        address=" › ".join(clause.address),
        text=document.text[clause.start + quote_start : clause.start + quote_end],
        start=clause.start + quote_start,
        end=clause.start + quote_end,
        focus=focus,
        departments=clause.departments,
        in_force=metadata.in_force(as_of),
        valid_from=metadata.valid_from,
        valid_to=metadata.valid_to,
        planning_to=metadata.planning_to,
        superseded_by=metadata.superseded_by,
    )


def _window(clause: Clause, start: int, end: int) -> tuple[int, int, TextSpan]:
    """Offsets in the clause's text of the quotation, and of the answering sentences in the quotation."""
    sentences = sentence_spans(clause.text)
    inside = [n for n, (first, last) in enumerate(sentences) if first < end and start < last] or [0]
    low, high = inside[0], inside[-1]
    focus_start, focus_end = sentences[low][0], sentences[high][1]
    if len(clause.text) <= WHOLE_CLAUSE:
        return 0, len(clause.text), TextSpan(start=focus_start, end=focus_end)
    while True:
        before = sentences[low - 1][0] if low > 0 else None
        after = sentences[high + 1][1] if high + 1 < len(sentences) else None
        if before is not None and sentences[high][1] - before <= WHOLE_CLAUSE:
            low -= 1
        elif after is not None and after - sentences[low][0] <= WHOLE_CLAUSE:
            high += 1
        else:
            break
    first, last = sentences[low][0], sentences[high][1]
    return first, last, TextSpan(start=focus_start - first, end=focus_end - first)


_SHOWN_AS = {"rate_min": "rate", "amount_min": "amount", "annual_cap": "cap", "total_cap": "cap", "step": "amount"}
_SHOWN = frozenset({"beneficiary", "rate", "base", "amount", "cap", "per", "period", "years", "uplift"})


def with_highlights(citation: Citation, clause: Clause, rules: Iterable[SubsidyRule]) -> Citation:
    """The citation with the stretches that ``rules`` of ``clause`` were read from, in reading order."""
    shift = clause.start - citation.start
    found = {
        Highlight(field=field, start=span.start + shift, end=span.end + shift)
        for field, span in _spans(rules)
        if span.start + shift >= 0 and span.end + shift <= len(citation.text) and span.start < span.end
    }
    ordered = sorted(found, key=lambda highlight: (highlight.start, highlight.end, highlight.field))
    return citation.model_copy(update={"highlights": tuple(ordered)})


def _spans(rules: Iterable[SubsidyRule]) -> Iterator[tuple[str, TextSpan]]:
    for rule in rules:
        for name, span in rule.spans.items():
            shown = _SHOWN_AS.get(name, name)
            if shown in _SHOWN:
                yield shown, span
        for condition in rule.conditions:
            if condition.span is not None:
                yield "condition", condition.span


def renumbered(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """The citations with markers 1, 2, 3 …"""
    return tuple(citation.model_copy(update={"marker": n}) for n, citation in enumerate(citations, start=1))


def warnings_for(
    citations: Iterable[Citation], as_of: date, phrases: Phrases, today: date | None = None
) -> tuple[Warning, ...]:
    """What a reader of these citations must know of a day: out of force, not yet in force, planning over, damage.

    Where ``today`` is later than the day, also what has ended since.
    """
    found: dict[tuple[WarningCode, str], Warning] = {}

    def add(code: WarningCode, document_id: str, message: str) -> None:
        found.setdefault((code, document_id), Warning(code=code, message=message))

    for citation in citations:
        name, day = citation.document, phrases.day(as_of)
        over = citation.valid_to is not None and citation.valid_to < as_of
        if citation.valid_to is not None and citation.valid_to < as_of:
            until = phrases.day(citation.valid_to)
            by = phrases.say("superseded", by=citation.superseded_by) if citation.superseded_by else ""
            message = phrases.words(phrases.say("expired", document=name, until=until, day=day), by)
            add(WarningCode.EXPIRED, citation.document_id, message)
        elif citation.valid_from is not None and as_of < citation.valid_from:
            start = phrases.day(citation.valid_from)
            add(
                WarningCode.NOT_YET_IN_FORCE,
                citation.document_id,
                phrases.say("not_yet", document=name, start=start, day=day),
            )
        elif citation.planning_to is not None and citation.planning_to < as_of.year:
            message = phrases.say("planning", document=name, year=citation.planning_to)
            add(WarningCode.PLANNING_PERIOD_OVER, citation.document_id, message)
        if today is not None and citation.valid_to is not None and not over and citation.valid_to < today:
            then = "was_not_yet" if citation.valid_from is not None and as_of < citation.valid_from else "was_in_force"
            since = {"until": phrases.day(citation.valid_to), "day": day, "today": phrases.day(today)}
            add(WarningCode.EXPIRED, citation.document_id, phrases.say(then, document=name, **since))
        if is_damaged(citation.text):
            add(WarningCode.SOURCE_DAMAGED, citation.document_id, phrases.say("damaged"))
    return tuple(found.values())
