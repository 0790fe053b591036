"""Scoring: what counts as right, and what counts as a wrong figure."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, Citation, Figure, Status, Warning, WarningCode
from assistant.clause.rule import Bound, TextSpan
from assistant.evaluation import GoldQuestion, Outcome, Score, evaluate, load_gold, report, score
from corpus.document import Document, Metadata
from corpus.errors import InputError

SOURCE = "一、奖励。对首次认定的企业,\n一次性奖励50万元。\n二、贴息。按利息的50%给予贴息。"
PRIZE = (0, 25)
INTEREST = (26, len(SOURCE))


def cited(span: tuple[int, int], marker: int = 1, text: str | None = None) -> Citation:
    start, end = span
    return Citation(
        marker=marker,
        clause_id="plan#一",
        document="办法",
        document_id="plan",
        document_number="",
        region="",
        address="一、奖励",
        text=SOURCE[start:end] if text is None else text,
        start=start,
        end=end,
        focus=TextSpan(start=0, end=1),
        in_force=True,
        valid_from=None,
        valid_to=None,
    )


def money(amount: int, bound: Bound = Bound.EXACT, per: str | None = None) -> Figure:
    return Figure(amount=Decimal(amount), bound=bound, per=per, label="", steps=(), citation=1)


def answer(
    status: Status = Status.ANSWERED,
    citations: Sequence[Citation] = (),
    figures: Sequence[Figure] = (),
    codes: Sequence[WarningCode] = (),
) -> Answer:
    warnings = tuple(Warning(code=code, message="…") for code in codes)
    return Answer(
        status=status, language="zh", text="…", citations=tuple(citations), figures=tuple(figures), warnings=warnings
    )


def gold(**fields: Any) -> GoldQuestion:
    base = {"id": "1", "kind": "lookup", "lang": "zh", "question": "奖励多少?", "status": "answered"}
    return GoldQuestion.model_validate_json(json.dumps({**base, **fields}))


PRIZE_GOLD = gold(
    cite=[["企业,一次性奖励50万元", "没有这一句"]], figures=[{"amount": 500000, "bound": "exact", "per": None}]
)


def marks(question: GoldQuestion, given: Answer) -> Score:
    return score(question, given, {"plan": SOURCE})


def test_a_right_answer_is_wholly_right() -> None:
    given = marks(PRIZE_GOLD, answer(citations=[cited(PRIZE)], figures=[money(500000)]))
    assert given.wholly
    assert given.all_figures
    assert not given.wrong_figure


def test_a_snippet_is_found_across_the_line_breaks_of_the_source() -> None:
    assert "企业,一次性" not in SOURCE
    assert marks(PRIZE_GOLD, answer(citations=[cited(PRIZE)])).first_citation


def test_the_first_citation_must_be_the_first_group() -> None:
    both = [cited(INTEREST), cited(PRIZE, marker=2)]
    given = marks(PRIZE_GOLD, answer(citations=both, figures=[money(500000)]))
    assert not given.first_citation
    assert given.all_citations
    assert not given.wholly


def test_every_group_must_be_cited() -> None:
    two_groups = gold(cite=[["一次性奖励50万元"], ["按利息的50%给予贴息"]])
    only_first = marks(two_groups, answer(citations=[cited(PRIZE)]))
    assert only_first.first_citation
    assert not only_first.all_citations
    assert marks(two_groups, answer(citations=[cited(PRIZE), cited(INTEREST, 2)])).all_citations


def test_not_found_expects_no_citation() -> None:
    nothing = gold(status="not_found")
    assert marks(nothing, answer(Status.NOT_FOUND)).wholly
    assert not marks(nothing, answer(Status.NOT_FOUND, [cited(PRIZE)])).all_citations


@pytest.mark.parametrize(
    ("given", "right", "wrong"),
    [
        ([money(500000)], True, False),
        ([money(500000), money(1)], True, False),
        ([money(500000, per="年")], False, False),
        ([money(500000, Bound.AT_MOST)], False, True),
        ([money(5000000)], False, True),
        ([money(1), money(500000)], False, True),
        ([], False, False),
    ],
)
def test_the_main_figure_is_right_in_amount_bound_and_unit(given: list[Figure], right: bool, wrong: bool) -> None:
    marked = marks(PRIZE_GOLD, answer(citations=[cited(PRIZE)], figures=given))
    assert (marked.figure, marked.wrong_figure) == (right, wrong)


@pytest.mark.parametrize("status", ["not_found", "no_amount_stated", "not_eligible"])
def test_a_figure_where_there_is_none_is_wrong(status: str) -> None:
    marked = marks(gold(status=status), answer(Status(status), figures=[money(500000)]))
    assert not marked.figure
    assert marked.wrong_figure


def test_a_figure_beside_an_answer_without_one_is_not_right_but_not_counted_as_wrong() -> None:
    marked = marks(gold(), answer(figures=[money(500000)]))
    assert (marked.figure, marked.wrong_figure) == (False, False)


def test_all_expected_figures_are_looked_for_in_any_order() -> None:
    two = [{"amount": 500000, "bound": "exact"}, {"amount": 100000, "bound": "at_most", "per": "年"}]
    complete = [money(500000), money(7), money(100000, Bound.AT_MOST, "年")]
    assert marks(gold(figures=two), answer(figures=complete)).all_figures
    assert not marks(gold(figures=two), answer(figures=complete[:2])).all_figures


def test_expired_must_be_said_exactly_when_expected() -> None:
    expired = answer(codes=[WarningCode.EXPIRED, WarningCode.AMBIGUOUS])
    assert marks(gold(warn=["expired"]), expired).warnings
    assert not marks(gold(), expired).warnings
    assert not marks(gold(warn=["expired"]), answer()).warnings
    assert marks(gold(), answer(codes=[WarningCode.PLANNING_PERIOD_OVER])).warnings


@pytest.mark.parametrize("text", ["一、奖励。", SOURCE[1:26], ""])
def test_a_quotation_must_be_the_source_at_its_offsets(text: str) -> None:
    assert not marks(PRIZE_GOLD, answer(citations=[cited(PRIZE, text=text)])).verbatim


class Parrot:
    """Answers every question with the prize and remembers how it was asked."""

    embedding_seconds = 0.0

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...], date | None]] = []

    def ask(
        self, question: str, *, history: Sequence[str] = (), as_of: date | None = None, region: str | None = None
    ) -> Answer:
        self.asked.append((question, tuple(history), as_of))
        return answer(citations=[cited(PRIZE)], figures=[money(500000)])

    def documents(self) -> tuple[Document, ...]:
        unknown = Metadata("办法", "", "", "", (), None, None, None, None, None, (), "")
        return (Document("plan", SOURCE, "", unknown, (), (), {}),)


def test_questions_are_asked_with_their_history_and_day() -> None:
    parrot = Parrot()
    evaluate(parrot, [gold(history=["先问的"], as_of="2021-04-01"), gold()])
    assert parrot.asked == [("奖励多少?", ("先问的",), date(2021, 4, 1)), ("奖励多少?", (), date(2026, 11, 22))]


def test_the_report_counts_by_kind_and_language() -> None:
    wrong = gold(id="2", kind="calc", lang="en", cite=[["按利息"]], figures=[{"amount": 1, "bound": "exact"}])
    summed = report(evaluate(Parrot(), [PRIZE_GOLD, wrong]))
    assert (summed.total.n, summed.total.wholly, summed.total.wrong_figure) == (2, 1, 1)
    assert {kind: totals.wholly for kind, totals in summed.kinds.items()} == {"lookup": 1, "calc": 0}
    assert {language: totals.first_citation for language, totals in summed.languages.items()} == {"zh": 1, "en": 0}
    assert summed.failed == ("2",)


def test_the_95th_percentile_is_the_time_that_95_of_100_questions_do_not_exceed() -> None:
    right = marks(PRIZE_GOLD, answer(citations=[cited(PRIZE)], figures=[money(500000)]))
    outcomes = [Outcome(PRIZE_GOLD, answer(), right, float(number), number / 4) for number in range(1, 101)]
    summed = report(outcomes)
    assert (summed.median_ms, summed.p95_ms) == (50.5, 95.0)
    assert (summed.median_embedding_ms, summed.median_rest_ms) == (12.6, 37.9)


def test_a_gold_file_is_read_with_its_unscored_keys(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    line = {"id": "1", "kind": "calc", "lang": "zh", "question": "?", "status": "answered", "as_of": None, "note": "…"}
    file.write_text(f"{json.dumps(line)}\n\n{json.dumps({**line, 'id': '2'})}\n", encoding="utf-8")
    assert [question.id for question in load_gold(file)] == ["1", "2"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"id": "1"}\n', 'Line 1 of the gold file .*: "kind": Field required'),
        (b"\n{not json\n", "Line 2 of the gold file .*: Invalid JSON"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"\n", "holds no questions"),
    ],
)
def test_an_unusable_gold_file_is_named_with_its_line(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_bytes(content)
    with pytest.raises(InputError, match=words):
        load_gold(file)
