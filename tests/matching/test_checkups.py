"""Enterprise profiles with what they are entitled to, over the shipped documents and three made ones of other styles."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def _scorer() -> ModuleType:
    path = Path(__file__).parents[1] / "benchmarks" / "score_checkups.py"
    spec = importlib.util.spec_from_file_location("score_checkups", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their own module up
    spec.loader.exec_module(module)
    return module


scorer = _scorer()
CASES = scorer.read_cases()


@pytest.fixture(scope="module")
def total() -> Any:
    found = scorer.checkups(CASES)
    return sum((scorer.score(case, one) for case, one in zip(CASES, found, strict=True)), scorer.Score())


def test_nobody_is_called_eligible_for_what_the_documents_refuse_them(total: Any) -> None:
    assert total.false == 0
    assert total.precision >= 0.95


def test_nearly_all_that_they_are_entitled_to_is_found(total: Any) -> None:
    assert total.recall >= 0.9


def test_what_is_open_and_what_is_refused_names_why(total: Any) -> None:
    assert total.open_found == total.open
    assert total.refused_found == total.refused


def test_the_sum_that_may_certainly_be_claimed_is_right(total: Any) -> None:
    assert total.totals_right >= 0.95 * total.totals


def test_the_cases_are_of_both_kinds_and_hold_what_they_quote() -> None:
    assert {case["documents"] for case in CASES} == {"shipped", "own"}
    folders = {"shipped": Path(__file__).parents[2] / "corpus" / "documents", "own": scorer.CASES / "documents"}
    texts = {
        name: "".join("".join(file.read_text(encoding="utf-8").split()) for file in sorted(folder.glob("*.txt")))
        for name, folder in folders.items()
    }
    for case in CASES:
        for item in (*case["eligible"], *case["open"], *case["refused"]):
            assert "".join(item["snippet"].split()) in texts[case["documents"]], (case["id"], item["snippet"])
