"""Ask the made set and score it: ``python tests/benchmarks/score_made.py [--show N] [--kind KIND] [--folder FOLDER]``.

Builds an index over the documents of ``tests/cases/made`` in a temporary folder, asks every question and counts by kind:

- right: the exact sum, the ceiling, the refusal or the question that is owed;
- false: an exact figure that is not the right one, a ceiling below the right sum, or an award where nothing is owed;
- shy: neither, such as a true ceiling in place of the sum.

``--folder`` names another set of the same form: ``documents/*.txt`` and ``questions.jsonl``.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Status
from assistant.build import build_snapshot
from assistant.clause.rule import Bound
from assistant.service import PolicyAssistant
from assistant.settings import Settings

MADE = Path(__file__).parents[1] / "cases" / "made"
# Which answers a question may get whose sum is not to be given: it is asked for, or only a ceiling is stated.
OPEN_ANSWERS = {Status.NEEDS_FACTS, Status.ANSWERED, Status.NOT_ELIGIBLE, Status.NO_AMOUNT_STATED}
EVERY_LEVEL = "level-open"  # all levels with their sums are a right answer, and each of them is exact


class Verdict(StrEnum):
    RIGHT = "right"
    FALSE = "false"
    SHY = "shy"


@dataclass(frozen=True)
class MadeQuestion:
    """A question of the made set; ``amount`` is in yuan and None where nothing, or no sum, is owed."""

    id: str
    kind: str
    lang: str
    history: tuple[str, ...]
    question: str
    as_of: date
    expect: str
    amount: Decimal | None
    clause: str


def read_questions(path: Path) -> list[MadeQuestion]:
    """The questions of a file, one JSON object a line."""
    return [_question(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _question(row: dict[str, Any]) -> MadeQuestion:
    amount = None if row["amount"] is None else Decimal(str(row["amount"]))
    return MadeQuestion(
        id=row["id"],
        kind=row["kind"],
        lang=row.get("lang", "zh"),
        history=tuple(row["history"]),
        question=row["question"],
        as_of=date.fromisoformat(row["as_of"]),
        expect=row["expect"],
        amount=amount,
        clause=row["clause"],
    )


def verdict(question: MadeQuestion, answer: Answer) -> Verdict:
    """Whether the first figure and the status are what the question is owed."""
    if question.expect == "exact":
        return _of_exact(question, answer)
    if question.expect == "at_most":
        return _of_ceiling(question, answer)
    exact = [figure for figure in answer.figures if figure.bound is Bound.EXACT and figure.amount]  # 0 is no award
    if question.expect == "not_eligible":
        if answer.status is Status.NOT_ELIGIBLE and not answer.figures:
            return Verdict.RIGHT
        return Verdict.FALSE if exact else Verdict.SHY
    if exact and question.kind != EVERY_LEVEL:
        return Verdict.FALSE
    return Verdict.RIGHT if answer.status in OPEN_ANSWERS else Verdict.SHY


def _of_exact(question: MadeQuestion, answer: Answer) -> Verdict:
    if not answer.figures or question.amount is None:
        return Verdict.SHY
    first = answer.figures[0]
    if first.bound is Bound.EXACT:
        if first.amount == question.amount:
            return Verdict.RIGHT
        return Verdict.SHY if first.per else Verdict.FALSE  # a sum for each, not multiplied, is true
    return Verdict.SHY if first.amount >= question.amount else Verdict.FALSE


def _of_ceiling(question: MadeQuestion, answer: Answer) -> Verdict:
    if not answer.figures:
        return Verdict.SHY
    first = answer.figures[0]
    right = first.bound is Bound.AT_MOST and first.amount == question.amount
    return Verdict.RIGHT if right else Verdict.FALSE


@dataclass(frozen=True)
class Scored:
    """A question with the answer it got."""

    question: MadeQuestion
    answer: Answer
    verdict: Verdict


def ask_all(folder: Path, questions: Iterable[MadeQuestion]) -> Iterator[Scored]:
    """Answers over an index of the folder's documents, which is built for this and thrown away."""
    with tempfile.TemporaryDirectory() as index:
        settings = Settings(documents_dir=folder / "documents", index_dir=Path(index))
        build_snapshot(settings)
        assistant = PolicyAssistant.open(settings)
        for question in questions:
            answer = assistant.ask(question.question, history=question.history, as_of=question.as_of)
            yield Scored(question, answer, verdict(question, answer))


def table(scored: Iterable[Scored]) -> Iterator[str]:
    """A line for each kind and language, and the total."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for one in scored:
        for group in (one.question.kind, f"in {one.question.lang}", "all"):
            groups[group].append(one.verdict)
    for group in sorted(groups, key=lambda name: (name == "all", name.startswith("in "), name)):
        found = groups[group]
        counts = " ".join(f"{one.value} {found.count(one):3}" for one in Verdict)
        yield f"{group:14} {len(found):4}  {counts}  right {found.count(Verdict.RIGHT) / len(found):.3f}"


def shown(one: Scored) -> str:
    """What was asked, owed and given, for someone who looks into it."""
    figures = [
        f"{figure.amount}{'' if figure.bound is Bound.EXACT else ' at most'}" for figure in one.answer.figures[:3]
    ]
    turns = " / ".join((*one.question.history, one.question.question))
    owed = f"{one.question.expect} {one.question.amount or ''}".strip()
    return f"{one.verdict} {one.question.id} {one.question.kind}: {turns}\n   owed {owed}; got {one.answer.status} {figures}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Ask and score the made set.")
    parser.add_argument("--folder", type=Path, default=MADE, help="documents/*.txt and questions.jsonl (default: made)")
    parser.add_argument("--kind", help="only questions of this kind")
    parser.add_argument("--show", type=int, default=0, help="show so many that are not right, false ones first")
    arguments = parser.parse_args()
    questions = read_questions(arguments.folder / "questions.jsonl")
    scored = list(ask_all(arguments.folder, [q for q in questions if arguments.kind in (None, q.kind)]))
    wrong = sorted((one for one in scored if one.verdict is not Verdict.RIGHT), key=lambda one: one.verdict.value)
    for one in wrong[: arguments.show]:
        print(shown(one))
    for line in table(scored):
        print(line)


if __name__ == "__main__":
    main()
