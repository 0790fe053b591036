"""Eligibility: 80 questions, half of them of somebody who is plainly not eligible, over documents written for it.

``tests/cases/eligibility.jsonl`` holds them: ``exact`` owes that sum, ``not_eligible`` a refusal with no figure, and
``ask`` no single exact sum, since the class that is named is none of those that the clause has.
"""

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, ConditionState, Status
from assistant.build import build_snapshot
from assistant.clause.rule import Bound
from assistant.service import PolicyAssistant
from assistant.settings import Settings

CASES = Path(__file__).parents[1] / "cases"
ROWS = [json.loads(line) for line in (CASES / "eligibility.jsonl").read_text(encoding="utf-8").splitlines()]
# What is not right yet, and why.
KNOWN = {}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    folder = tmp_path_factory.mktemp("eligibility")
    documents = folder / "documents"
    documents.mkdir()
    for path in (*(CASES / "documents").glob("*.txt"), *(CASES / "eligibility").glob("*.txt")):
        shutil.copy(path, documents)
    settings = Settings(documents_dir=documents, index_dir=folder / "index")
    build_snapshot(settings)
    return PolicyAssistant.open(settings)


def ask(assistant: PolicyAssistant, row: dict[str, Any]) -> Answer:
    return assistant.ask(row["question"], as_of=date.fromisoformat(row["as_of"]))


def is_right(row: dict[str, Any], answer: Answer) -> bool:
    exact = [figure for figure in answer.figures if figure.bound is Bound.EXACT]
    if row["expect"] == "not_eligible":
        return answer.status is Status.NOT_ELIGIBLE and not answer.figures
    if row["expect"] == "ask":
        return len(exact) != 1
    return bool(exact) and answer.figures[0] == exact[0] and exact[0].amount == Decimal(row["amount"])


def test_the_questions_are_halves() -> None:
    refused = sum(row["expect"] != "exact" for row in ROWS)
    assert (len(ROWS), refused) == (80, 43)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row, id=row["id"], marks=[pytest.mark.xfail(reason=KNOWN[row["id"]])] if row["id"] in KNOWN else []
        )
        for row in ROWS
    ],
)
def test_who_is_eligible_gets_the_sum_and_nobody_else(assistant: PolicyAssistant, row: dict[str, Any]) -> None:
    answer = ask(assistant, row)
    assert is_right(row, answer), (answer.status, answer.text)


def test_the_failed_condition_is_quoted_from_the_clause(assistant: PolicyAssistant) -> None:
    row = next(row for row in ROWS if row["id"] == "E02")
    answer = ask(assistant, row)
    (failed,) = [condition for condition in answer.conditions if condition.state is ConditionState.FAILED]
    assert failed.text == "非营利性养老机构新建床位的"
    assert failed.text in answer.citations[0].text
