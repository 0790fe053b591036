"""Scoring answers against questions with expected answers (a gold file, one JSON object a line)."""

import math
import re
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Answer, Citation, Figure, Status, WarningCode
from assistant.clause.rule import Bound
from assistant.validation import describe_fault
from corpus.document import Document
from corpus.errors import InputError

DEFAULT_AS_OF = date(2026, 11, 22)  # the day a gold file means where it gives none
_NO_FIGURE = (Status.NOT_FOUND, Status.NO_AMOUNT_STATED, Status.NOT_STATED, Status.NOT_ELIGIBLE)


class GoldFigure(BaseModel):
    """An expected figure in yuan."""

    model_config = ConfigDict(frozen=True)

    amount: Decimal
    bound: Bound
    per: str | None = None


class GoldQuestion(BaseModel):
    """One question with what is expected; keys that are not scored (``note`` …) are ignored."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    lang: str
    question: str
    history: tuple[str, ...] = ()
    as_of: date | None = None
    cite: tuple[tuple[str, ...], ...] = ()  # any snippet satisfies its group; the first group is to be cited first
    figures: tuple[GoldFigure, ...] = ()
    status: Status
    warn: tuple[str, ...] = ()


class Asks(Protocol):
    """What is evaluated: anything that answers like ``PolicyAssistant``."""

    def ask(
        self, question: str, *, history: Sequence[str] = (), as_of: date | None = None, region: str | None = None
    ) -> Answer: ...

    def documents(self) -> tuple[Document, ...]: ...

    @property
    def embedding_seconds(self) -> float: ...


class Score(BaseModel):
    """One answer, marked. ``wrong_figure`` is the gravest fault and is counted on its own."""

    model_config = ConfigDict(frozen=True)

    first_citation: bool
    all_citations: bool
    figure: bool = Field(description="main figure: amount, bound and per; none where none is expected")
    all_figures: bool = Field(description="every expected figure is among those given")
    status: bool
    warnings: bool = Field(description="expired is there exactly when expected; other warnings are not marked")
    verbatim: bool = Field(description="each citation is source[start:end]")
    wrong_figure: bool = Field(description="another main figure than expected, or one where there is none")

    @property
    def wholly(self) -> bool:
        """Right in every respect; ``all_figures`` is reported beside it, not part of it."""
        parts = (self.first_citation, self.all_citations, self.figure, self.status, self.warnings, self.verbatim)
        return all(parts)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, its answer, the marks, and the time it took in milliseconds, embedding included."""

    gold: GoldQuestion
    answer: Answer
    score: Score
    milliseconds: float
    embedding_milliseconds: float


def load_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """The questions of a gold file; InputError names the file and line that cannot be used."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError(f"The gold file {path} cannot be read: {reason}.") from None
    questions = tuple(_read_line(path, number, line) for number, line in enumerate(lines, start=1) if line.strip())
    if not questions:
        raise InputError(f"The gold file {path} holds no questions; it needs one JSON object a line.")
    return questions


def _read_line(path: Path, number: int, line: str) -> GoldQuestion:
    try:
        return GoldQuestion.model_validate_json(line)
    except ValidationError as error:
        raise InputError(f"Line {number} of the gold file {path} cannot be used: {describe_fault(error)}.") from None


def score(gold: GoldQuestion, answer: Answer, sources: Mapping[str, str]) -> Score:
    """Marks for one answer; ``sources`` maps document ids to their text."""
    cited = [_squeeze(citation.text) for citation in answer.citations]
    groups = [[_squeeze(snippet) for snippet in group] for group in gold.cite]
    if groups:
        first = bool(cited) and _satisfies(cited[0], groups[0])
        every = all(any(_satisfies(text, group) for text in cited) for group in groups)
    else:
        first = every = not cited
    return Score(
        first_citation=first,
        all_citations=every,
        figure=_main_figure_right(gold, answer),
        all_figures=all(any(_same(figure, wanted) for figure in answer.figures) for wanted in gold.figures),
        status=answer.status == gold.status,
        warnings=_expired(answer) == ("expired" in gold.warn),
        verbatim=all(_is_verbatim(citation, sources) for citation in answer.citations),
        wrong_figure=_figure_wrong(gold, answer),
    )


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def _satisfies(text: str, group: Iterable[str]) -> bool:
    return any(snippet in text for snippet in group)


def _same(figure: Figure, wanted: GoldFigure) -> bool:
    return (figure.amount, figure.bound, figure.per or None) == (wanted.amount, wanted.bound, wanted.per or None)


def _main_figure_right(gold: GoldQuestion, answer: Answer) -> bool:
    if not gold.figures or not answer.figures:
        return not gold.figures and not answer.figures
    return _same(answer.figures[0], gold.figures[0])


def _figure_wrong(gold: GoldQuestion, answer: Answer) -> bool:
    if not answer.figures:
        return False
    if not gold.figures:
        return gold.status in _NO_FIGURE
    given, wanted = answer.figures[0], gold.figures[0]
    return (given.amount, given.bound) != (wanted.amount, wanted.bound)


def _expired(answer: Answer) -> bool:
    return any(warning.code == WarningCode.EXPIRED for warning in answer.warnings)


def _is_verbatim(citation: Citation, sources: Mapping[str, str]) -> bool:
    return sources.get(citation.document_id, "")[citation.start : citation.end] == citation.text != ""


def evaluate(
    assistant: Asks, questions: Iterable[GoldQuestion], progress: Callable[[], object] = lambda: None
) -> tuple[Outcome, ...]:
    """Ask every question and mark its answer. ``progress`` is called after each one."""
    sources = {document.id: document.text for document in assistant.documents()}
    outcomes = []
    for gold in questions:
        started, embedded = perf_counter(), assistant.embedding_seconds
        answer = assistant.ask(gold.question, history=gold.history, as_of=gold.as_of or DEFAULT_AS_OF)
        milliseconds = (perf_counter() - started) * 1000
        embedding = (assistant.embedding_seconds - embedded) * 1000
        outcomes.append(Outcome(gold, answer, score(gold, answer, sources), milliseconds, embedding))
        progress()
    return tuple(outcomes)


class Totals(BaseModel):
    """How many of ``n`` questions were right, and how many carry a wrong figure."""

    model_config = ConfigDict(frozen=True)

    n: int
    wholly: int
    first_citation: int
    all_citations: int
    figure: int
    all_figures: int
    status: int
    warnings: int
    verbatim: int
    wrong_figure: int


class Report(BaseModel):
    """The numbers of one evaluation; times in milliseconds per question with everything loaded."""

    model_config = ConfigDict(frozen=True)

    total: Totals
    kinds: dict[str, Totals]
    languages: dict[str, Totals]
    median_ms: float
    p95_ms: float
    median_embedding_ms: float
    median_rest_ms: float = Field(description="median of everything but the embedding of the question")
    failed: tuple[str, ...] = Field(description="ids of the questions that were not wholly right")


def report(outcomes: Sequence[Outcome]) -> Report:
    """Outcomes summed up in total, by kind and by language, in the order in which they first appear."""
    times = [outcome.milliseconds for outcome in outcomes]
    return Report(
        total=_totals(outcomes),
        kinds=_by(outcomes, lambda gold: gold.kind),
        languages=_by(outcomes, lambda gold: gold.lang),
        median_ms=round(statistics.median(times), 1),
        p95_ms=round(_percentile(times, 0.95), 1),
        median_embedding_ms=round(statistics.median(o.embedding_milliseconds for o in outcomes), 1),
        median_rest_ms=round(statistics.median(o.milliseconds - o.embedding_milliseconds for o in outcomes), 1),
        failed=tuple(outcome.gold.id for outcome in outcomes if not outcome.score.wholly),
    )


def _by(outcomes: Sequence[Outcome], key: Callable[[GoldQuestion], str]) -> dict[str, Totals]:
    names = dict.fromkeys(key(outcome.gold) for outcome in outcomes)
    return {name: _totals([outcome for outcome in outcomes if key(outcome.gold) == name]) for name in names}


def _totals(outcomes: Sequence[Outcome]) -> Totals:
    scores = [outcome.score for outcome in outcomes]
    counts = {name: sum(getattr(mark, name) for mark in scores) for name in Totals.model_fields if name != "n"}
    return Totals(n=len(scores), **counts)


def _percentile(values: Sequence[float], share: float) -> float:
    """Nearest-rank percentile: the smallest value that at least ``share`` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[math.ceil(share * len(ordered)) - 1]
