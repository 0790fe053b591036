"""The questions on documents made up for these tests: each expectation rests on words of its document."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation import load_gold
from corpus.collection import load_collection

CASES = Path(__file__).parent / "cases"
OWN = CASES / "own_questions.jsonl"
NEIGHBOURS = CASES / "neighbours"
SHORTEST, LONGEST = 10, 60  # characters of a snippet: enough to be found once, little enough to stand in one clause


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def own() -> list[dict[str, Any]]:
    return [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]


def test_the_made_up_documents_are_read_and_asked_about() -> None:
    collection = load_collection(CASES / "documents")
    assert len(collection.documents) == 10
    assert all(900 <= len(document.text) <= 4000 for document in collection.documents)
    assert len(load_gold(OWN)) >= 150


def test_every_kind_of_question_is_there(own: list[dict[str, Any]]) -> None:
    kinds = Counter(question["kind"] for question in own)
    expected = "lookup calc needs_facts turns hant en clause validity no_amount refuse trap compare noisy"
    assert set(kinds) == set(expected.split())


def test_no_question_and_no_name_is_used_twice(own: list[dict[str, Any]]) -> None:
    assert Counter(question["id"] for question in own).most_common(1)[0][1] == 1
    asked = [(*question["history"], question["question"], question["as_of"]) for question in own]
    assert Counter(asked).most_common(1)[0][1] == 1


def test_every_snippet_stands_once_in_the_documents(own: list[dict[str, Any]]) -> None:
    texts = [squeezed(file.read_text(encoding="utf-8")) for file in sorted((CASES / "documents").glob("*.txt"))]
    snippets = {snippet for question in own for group in question["cite"] for snippet in group}
    wrong = {s for s in snippets if sum(t.count(s) for t in texts) != 1 or not SHORTEST <= len(s) <= LONGEST}
    assert wrong == set()


def test_what_is_not_found_and_what_states_no_sum_expects_no_figure(own: list[dict[str, Any]]) -> None:
    for question in own:
        if question["status"] in ("not_found", "no_amount_stated", "not_eligible"):
            assert question["figures"] == []
        assert bool(question["cite"]) == (question["status"] != "not_found")


def test_each_snippet_of_the_questions_on_neighbours_stands_once_in_their_documents() -> None:
    texts = [squeezed(file.read_text(encoding="utf-8")) for file in sorted((NEIGHBOURS / "documents").glob("*.txt"))]
    questions = load_gold(NEIGHBOURS / "questions.jsonl")
    snippets = {snippet for question in questions for group in question.cite for snippet in group}
    assert len(questions) == 56
    assert {s for s in snippets if sum(t.count(s) for t in texts) != 1 or not SHORTEST <= len(s) <= LONGEST} == set()
