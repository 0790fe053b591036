"""Overview: what a document says as a whole, who issued it and when, which departments it names, which ones there are."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from assistant.answer import Citation, Status
from assistant.answering.citing import cite, renumbered, with_highlights
from assistant.answering.grant_lines import how_much, states_money, what_for
from assistant.answering.holdings import Holdings, clause_citation, holds_on, in_force_first
from assistant.answering.messages import Phrases
from assistant.answering.piece import Piece
from assistant.answering.validity import part_named, term_meant
from assistant.clause.grant import Grant
from corpus.clause import Clause, ClauseKind
from corpus.document import Document, Metadata
from corpus.script import fold, repair_glyphs
from corpus.titles import issued_title
from corpus.validity import read_day

_PARTS = 12  # parts of a document that a summary names
_STEPS = 10  # headings under a part that it names
_GRANTS = 8  # grants that it names
_TARGETS = 3
_TARGET = 90  # characters of a target that it quotes
_AIMS = ("目标", "总体要求")  # of a heading over what is to be reached
_STAMP = "publication stamp"  # furniture in which a page says when it was put up
_NAMED = (ClauseKind.SECTION, ClauseKind.ARTICLE, ClauseKind.PART)


def named_title(document: Document, phrases: Phrases) -> str:
    """A document's short title with its number, in the marks of a title."""
    title = phrases.say("document_title", title=issued_title(document.metadata.title))
    number = document.metadata.document_number
    return phrases.words(title, phrases.say("in_brackets", words=number)) if number else title


def validity_words(metadata: Metadata, phrases: Phrases, day: date) -> str:
    """Whether a document is in force on a day, in brackets behind its title."""
    return phrases.say("in_brackets", words=_term(metadata, phrases, day))


def _term(metadata: Metadata, phrases: Phrases, day: date) -> str:
    if metadata.valid_to is not None and metadata.valid_to < day:
        return phrases.say("row_ended", until=phrases.day(metadata.valid_to))
    if metadata.valid_from is not None and day < metadata.valid_from:
        return phrases.say("row_later", start=phrases.day(metadata.valid_from))
    if metadata.valid_to is not None:
        return phrases.say("row_until", until=phrases.day(metadata.valid_to))
    if metadata.planning_to is not None:
        code = "row_planning_over" if metadata.planning_to < day.year else "row_planning"
        return phrases.say(code, year=metadata.planning_to)
    return phrases.say("row_no_term")


def term_words(metadata: Metadata, phrases: Phrases, day: date) -> str:
    """When a document was issued and whether it is in force on a day, in brackets behind its title."""
    issued = phrases.say("row_issued", day=phrases.day(metadata.issued)) if metadata.issued else ""
    return phrases.say("in_brackets", words=phrases.apart((issued, _term(metadata, phrases, day))))


def document_lines(holdings: Holdings, phrases: Phrases, day: date, documents: Iterable[Document]) -> str:
    """A line for each document, by region, those in force first."""
    lines = []
    wanted = list(documents)
    for region in dict.fromkeys(document.metadata.region for document in wanted):
        name = holdings.places.english.get(region, region) if phrases.in_english else region
        for document in in_force_first([d for d in wanted if d.metadata.region == region], day):
            title, term = named_title(document, phrases), term_words(document.metadata, phrases, day)
            lines.append(phrases.say("document_line", region=name, document=title, validity=term))
    return "\n".join(lines)


class Overview:
    """Writes about documents as wholes, in one language for one day."""

    def __init__(self, holdings: Holdings, phrases: Phrases, day: date) -> None:
        self._holdings = holdings
        self._phrases = phrases
        self._day = day

    # ── which documents there are ──

    def coverage(self, documents: Sequence[Document]) -> Piece:
        """Which documents there are, each with whether it is in force; those of the regions that were named."""
        valid = sum(holds_on(document, self._day) for document in documents)
        regions = dict.fromkeys(document.metadata.region for document in documents if document.metadata.region)
        english = self._holdings.places.english if self._phrases.in_english else {}
        names = self._phrases.join([english.get(region, region) for region in regions])
        head = self._phrases.say(
            "coverage", count=len(documents), regions=names, day=self._phrases.day(self._day), valid=valid
        )
        lines = document_lines(self._holdings, self._phrases, self._day, documents)
        terms = [term_meant(document, "", self._day)[1] for document in documents]
        cited = renumbered(citation for citation in terms if citation is not None)
        return Piece(Status.ANSWERED, "\n".join((head, lines, self._phrases.say("coverage_next"))), cited)

    # ── when and by whom ──

    def issued(self, documents: Sequence[Document]) -> Piece:
        """When and by whom documents were issued, as far as they say."""
        citations: list[Citation] = []
        lines = [self._issued(document, citations) for document in documents]
        return Piece(Status.ANSWERED, "\n".join(lines), renumbered(citations))

    def _issued(self, document: Document, citations: list[Citation]) -> str:
        phrases, metadata = self._phrases, document.metadata
        stamped = _stamped(document)
        if metadata.issuer and metadata.issued:
            code = "issued_by_on"
        elif metadata.issuer:
            code = "issued_by"
        else:
            code = "issued_on" if metadata.issued else "issued_unstated"
        day = phrases.day(metadata.issued) if metadata.issued else ""
        title = named_title(document, phrases)
        text = phrases.say(code, document=title, issuer=metadata.issuer, day=day)
        if stamped is not None and metadata.issued is None:
            text = phrases.words(text, phrases.say("put_up_on", day=phrases.day(stamped)))
        front = [leaf for leaf in document.leaves if leaf.kind is ClauseKind.TITLE]
        saying = [leaf for leaf in front if read_day(fold(leaf.text)) == metadata.issued] if metadata.issued else []
        for leaf in (saying or front)[-1:]:
            citations.append(cite(document, leaf, leaf.start, leaf.end, self._day))
            text += f"[{len(citations)}]"
        return phrases.words(text, self._ended(metadata))

    def _ended(self, metadata: Metadata) -> str:
        if metadata.valid_to is None or metadata.valid_to >= self._day:
            return ""
        return self._phrases.say("ended_on", until=self._phrases.day(metadata.valid_to))

    # ── departments ──

    def departments(self, documents: Sequence[Document], folded: str) -> Piece | None:
        """All departments that documents make responsible for something, each with where; None where none is named."""
        citations: list[Citation] = []
        lines: list[str] = []
        for document in documents:
            by_name: dict[str, list[Clause]] = {}
            for leaf in _leaves(document, folded):
                for name in leaf.departments:
                    by_name.setdefault(name, []).append(leaf)
            if not by_name:
                continue
            validity = validity_words(document.metadata, self._phrases, self._day)
            title = named_title(document, self._phrases) + validity
            lines.append(self._phrases.say("departments_of", document=title, count=len(by_name)))
            for name, leaves in sorted(by_name.items(), key=lambda item: -len(item[1])):
                citations.append(cite(document, leaves[0], leaves[0].start, leaves[0].end, self._day))
                articles = dict.fromkeys(leaf.address[:2] for leaf in leaves)
                values = {"department": repair_glyphs(name), "count": len(articles), "marker": len(citations)}
                lines.append(self._phrases.say("department_line", **values))
        return Piece(Status.ANSWERED, "\n".join(lines), renumbered(citations)) if lines else None

    # ── summary ──

    def summary(self, document: Document, folded: str) -> Piece:
        """What a document, or the plan in it that a question names, says: its parts, grants, targets, term, departments."""
        phrases, citations = self._phrases, list[Citation]()
        part = part_named(document, folded)
        leaves = _leaves(document, folded)
        metadata, term = term_meant(document, folded, self._day)
        lines = [self._headline(document, metadata, part, term, citations)]
        lines += self._parts(document, part, citations)
        lines += self._grants(
            [g for g in self._holdings.grants_of(document) if part in (None, g.clause.part)], citations
        )
        lines += self._targets(document, leaves, citations)
        names = dict.fromkeys(name for leaf in leaves for name in leaf.departments)
        if names:
            shown = phrases.join([repair_glyphs(name) for name in list(names)[:_PARTS]])
            lines.append(phrases.say("summary_departments", count=len(names), departments=shown))
        return Piece(Status.ANSWERED, "\n".join(lines), renumbered(citations), region=document.metadata.region)

    def _headline(
        self,
        document: Document,
        metadata: Metadata,
        part: str | None,
        term: Citation | None,
        citations: list[Citation],
    ) -> str:
        phrases = self._phrases
        title = phrases.say("document_title", title=part) if part else named_title(document, phrases)
        text = title + validity_words(metadata, phrases, self._day)
        if term is not None:
            citations.append(term)
            text += f"[{len(citations)}]"
        if metadata.issuer and metadata.issued:
            issued = phrases.say("summary_issued", issuer=metadata.issuer, day=phrases.day(metadata.issued))
            text = phrases.words(text, issued)
        return text

    def _parts(self, document: Document, part: str | None, citations: list[Citation]) -> Iterator[str]:
        """The parts of a document with the headings under them, each cited where it begins."""
        tops = _tops(document, part)
        if not tops:
            return
        yield self._phrases.say("summary_parts", count=len(tops))
        for top in tops[:_PARTS]:
            under = _headed(document, top)
            headings = self._phrases.join([repair_glyphs(clause.heading) for clause in under[:_STEPS]])
            name = repair_glyphs(top.label + top.heading)
            code = "summary_part" if headings else "summary_part_alone"
            first = len(citations) + 1
            for clause in under[:_STEPS] or [top]:
                citations.append(clause_citation(document, clause, self._day))
            markers = "".join(f"[{number}]" for number in range(first, len(citations) + 1))
            yield self._phrases.say(code, name=name, headings=headings, markers=markers)

    def _grants(self, grants: Sequence[Grant], citations: list[Citation]) -> Iterator[str]:
        """What is granted: how many grants, with sums and without, and the first of them."""
        if not grants:
            yield self._phrases.say("summary_no_grants")
            return
        stated = [grant for grant in grants if states_money(grant)]
        yield self._phrases.say("summary_grants", count=len(grants), stated=len(stated))
        for grant in (stated or list(grants))[:_GRANTS]:
            citation = cite(grant.document, grant.clause, grant.start, max(grant.end, grant.start + 1), self._day)
            citations.append(with_highlights(citation, grant.clause, grant.rules))
            yield self._phrases.say(
                "catalogue_line",
                what=what_for(grant, self._phrases, self._holdings.lexicon),
                given=how_much(grant, self._phrases, self._holdings.lexicon),
                marker=len(citations),
            )

    def _targets(self, document: Document, leaves: Sequence[Clause], citations: list[Citation]) -> Iterator[str]:
        """What is to be reached, as the parts on aims say it."""
        aims = [
            leaf
            for leaf in leaves
            if leaf.kind is not ClauseKind.HEADING and any(aim in step for step in leaf.address for aim in _AIMS)
        ]
        numbered = [leaf for leaf in aims if any(character.isdigit() for character in leaf.text)]
        for leaf in numbered[:_TARGETS]:
            citations.append(cite(document, leaf, leaf.start, leaf.end, self._day))
            words = repair_glyphs("".join(leaf.text.split()))
            quote = words if len(words) <= _TARGET else words[: _TARGET - 1] + "…"
            yield self._phrases.say("summary_target", quote=quote, marker=len(citations))


def _leaves(document: Document, folded: str) -> list[Clause]:
    """The leaves of a document, or of the one plan in it that a question names."""
    part = part_named(document, folded)
    return [leaf for leaf in document.leaves if part is None or leaf.part == part]


def _tops(document: Document, part: str | None) -> list[Clause]:
    """The parts that a document falls into: its plans, else its sections, else its articles."""
    inside = [clause for clause in document.clauses if part is None or clause.part == part or clause.heading == part]
    kinds = (ClauseKind.SECTION, ClauseKind.ARTICLE) if part is not None else (ClauseKind.PART, *_NAMED[:2])
    for kind in kinds:
        if found := [clause for clause in inside if clause.kind is kind and clause.heading]:
            return found
    return []


def _headed(document: Document, top: Clause) -> list[Clause]:
    """The clauses with a heading of their own right under a part."""
    children = [document.clauses_by_id[child] for child in top.child_ids]
    return [child for child in children if child.heading and child.kind is not ClauseKind.HEADING]


def _stamped(document: Document) -> date | None:
    """The day on which the page that a document was taken from says to have been put up."""
    stamps = (span for span in document.furniture if span.reason == _STAMP)
    days = (read_day(fold(document.text[span.start : span.end])) for span in stamps)
    return next((day for day in days if day is not None), None)
