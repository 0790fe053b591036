"""The made set: it can be made again from its grammar, and its scorer tells harm from shyness."""

import importlib.util
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from assistant.answer import Answer, Figure, Status
from assistant.clause.rule import Bound
from corpus.collection import load_collection

TESTS = Path(__file__).parent
MADE = TESTS / "cases" / "made"


def script(path: Path) -> ModuleType:
    """A script of the tests, which are no package, as a module."""
    spec = importlib.util.spec_from_file_location(f"script_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their own module up
    spec.loader.exec_module(module)
    return module


make = script(MADE / "make.py")
wording = script(MADE / "wording.py")
scorer = script(TESTS / "benchmarks" / "score_made.py")
QUESTIONS = scorer.read_questions(MADE / "questions.jsonl")


def test_the_files_are_what_the_grammar_makes() -> None:
    made = make.make()
    kept = {str(path.relative_to(MADE)) for path in (*MADE.glob("documents/*.txt"), MADE / "questions.jsonl")}
    assert kept == set(made)
    assert all((MADE / name).read_text(encoding="utf-8") == text for name, text in made.items())


def test_the_set_is_large_and_of_many_kinds() -> None:
    kinds = Counter(question.kind for question in QUESTIONS)
    assert len(load_collection(MADE / "documents").documents) >= 12
    assert len(QUESTIONS) >= 250
    assert len(kinds) >= 30
    assert min(kinds.values()) >= 2
    assert {question.lang for question in QUESTIONS} == {"zh", "zh-Hant", "en"}


def test_no_question_is_asked_twice() -> None:
    asked = Counter((question.history, question.question) for question in QUESTIONS)
    assert [turns for turns, times in asked.items() if times > 1] == []


@pytest.mark.parametrize(
    ("amount", "forms"),
    [
        (1_200_000, ["120万", "120万元", "一百二十万"]),
        (2_000_000, ["200万", "200万元", "两百万"]),
        (165_000, ["16.5万", "16.5万元"]),
        (150_000_000, ["1.5亿元", "1.5个亿", "1.5亿"]),
    ],
)
def test_a_sum_is_said_in_several_ways(amount: int, forms: list[str]) -> None:
    assert wording.chinese_sums(amount) == forms


def test_the_share_of_the_part_is_owed_and_not_of_the_whole() -> None:
    (part,) = (q for q in QUESTIONS if q.kind == "part" and "设备购置费" in q.clause)
    assert "RMB 12 million, of which equipment was RMB 6 million" in part.question
    assert (part.expect, part.amount) == ("exact", 1_200_000)  # 20% of 6 million


def figure(amount: int, bound: Bound = Bound.EXACT, per: str | None = None) -> Figure:
    return Figure(amount=Decimal(amount), bound=bound, per=per, label="", steps=(), citation=1)


CEILING = figure(500, Bound.AT_MOST)


@pytest.mark.parametrize(
    ("expect", "status", "figures", "verdict"),
    [
        pytest.param("exact", "answered", [figure(300)], "right", id="the sum"),
        pytest.param("exact", "answered", [figure(400)], "false", id="another sum"),
        pytest.param("exact", "answered", [figure(400, per="人")], "shy", id="the sum for each"),
        pytest.param("exact", "needs_facts", [CEILING], "shy", id="a true ceiling"),
        pytest.param("exact", "answered", [figure(200, Bound.AT_MOST)], "false", id="a ceiling below the sum"),
        pytest.param("exact", "not_found", [], "shy", id="nothing"),
        pytest.param("at_most", "answered", [figure(300, Bound.AT_MOST)], "right", id="the ceiling"),
        pytest.param("at_most", "answered", [figure(300)], "false", id="the ceiling as a sum"),
        pytest.param("at_most", "no_amount_stated", [], "shy", id="no ceiling"),
        pytest.param("not_eligible", "not_eligible", [], "right", id="a refusal"),
        pytest.param("not_eligible", "answered", [figure(300)], "false", id="an award that is not owed"),
        pytest.param("not_eligible", "needs_facts", [CEILING], "shy", id="a question instead of a refusal"),
        pytest.param("ask", "needs_facts", [CEILING], "right", id="a question"),
        pytest.param("ask", "answered", [figure(300)], "false", id="a sum of the wrong thing"),
        pytest.param("ask", "answered", [figure(0)], "right", id="nothing for a cost of nothing"),
        pytest.param("ask", "not_found", [], "shy", id="nothing where there is a clause"),
    ],
)
def test_a_verdict(expect: str, status: str, figures: Sequence[Figure], verdict: str) -> None:
    amount = Decimal(300) if expect in ("exact", "at_most") else None
    question = scorer.MadeQuestion("1", "same", "zh", (), "?", date(2026, 1, 1), expect, amount, "")
    answer = Answer(status=Status(status), language="zh", text="…", citations=(), figures=tuple(figures), warnings=())
    assert scorer.verdict(question, answer) == verdict


def test_all_levels_with_their_sums_answer_a_question_that_names_none() -> None:
    question = scorer.MadeQuestion("1", "level-open", "zh", (), "?", date(2026, 1, 1), "ask", None, "")
    answer = Answer(
        status=Status.ANSWERED, language="zh", text="…", citations=(), figures=(figure(3), figure(2)), warnings=()
    )
    assert scorer.verdict(question, answer) == "right"
