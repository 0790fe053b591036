"""What the page and the terminal show of an answer."""

from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from assistant.answer import Answer, Citation, Figure, Status
from assistant.labels import amount_text, citation_badge
from assistant.rendering import evidence_html
from assistant.subsidies.rule import Bound, TextSpan
from assistant.terminal import print_answer

TODAY = date(2026, 11, 22)
TEXT = "一、<b>奖励</b>。给予2\ue0100万元奖励。[/bold] 其他 & 附则。"


def citation(**changes: Any) -> Citation:
    focus = TEXT.index("给予"), TEXT.index("[/bold]")
    whole = Citation(
        marker=1,
        clause_id="plan#一",
        document="<i>办法</i>",
        document_id="plan",
        document_number="成府〔2024〕1号",
        region="成都",
        address="一、奖励",
        text=TEXT,
        start=0,
        end=len(TEXT),
        focus=TextSpan(start=focus[0], end=focus[1]),
        in_force=True,
        valid_from=None,
        valid_to=None,
    )
    return whole.model_copy(update=changes)


def figure(amount: str, bound: Bound = Bound.EXACT, per: str | None = None) -> Figure:
    return Figure(amount=Decimal(amount), bound=bound, per=per, label="奖励", steps=("2 < 3",), citation=1)


ANSWER = Answer(
    status=Status.ANSWERED, language="zh", text="可得2万元[1]。", citations=(citation(),), figures=(figure("20000"),)
)


def test_document_text_is_escaped_and_the_answering_sentence_marked() -> None:
    html = evidence_html(ANSWER, TODAY)
    assert "一、&lt;b&gt;奖励&lt;/b&gt;。<mark>给予2.0万元奖励。</mark>[/bold] 其他 &amp; 附则。" in html
    assert "&lt;i&gt;办法&lt;/i&gt;" in html
    assert "<li>2 &lt; 3</li>" in html


def test_a_ceiling_is_told_apart_from_an_exact_sum() -> None:
    ceiling = ANSWER.model_copy(update={"figures": (figure("20000", Bound.AT_MOST),)})
    assert "figure-exact" in evidence_html(ANSWER, TODAY)
    assert "figure-ceiling" in evidence_html(ceiling, TODAY)
    assert "最高 2万元" in evidence_html(ceiling, TODAY)


@pytest.mark.parametrize(
    ("changes", "language", "text", "tone"),
    [
        ({}, "zh", "现行有效", "good"),
        ({"in_force": False, "valid_to": date(2022, 12, 31)}, "zh", "已失效（2022-12-31止）", "over"),
        ({"in_force": False, "valid_from": date(2027, 1, 1)}, "zh-Hant", "尚未施行（2027-01-01起）", "note"),
        ({"planning_to": 2025}, "zh", "规划期已满（2025年）", "note"),
        ({"planning_to": 2026}, "en", "In force", "good"),
    ],
)
def test_the_badge_says_whether_the_document_binds(
    changes: dict[str, Any], language: str, text: str, tone: str
) -> None:
    mark = citation_badge(citation(**changes), TODAY, language)
    assert (mark.text, mark.tone) == (text, tone)


@pytest.mark.parametrize(
    ("given", "language", "text"),
    [
        (figure("3600000"), "zh", "360万元"),
        (figure("5000000", Bound.AT_MOST), "zh", "最高 500万元"),
        (figure("5000000", Bound.AT_MOST), "zh-Hant", "最高 500萬元"),
        (figure("800000", per="年"), "zh", "80万元/年"),
        (figure("5000000", Bound.AT_MOST, "年"), "en", "up to RMB 5 million per year"),
    ],
)
def test_a_figure_is_written_in_the_language_of_the_question(given: Figure, language: str, text: str) -> None:
    assert amount_text(given, language) == text


def test_the_terminal_prints_document_text_as_it_stands() -> None:
    screen = StringIO()
    print_answer(Console(file=screen, width=200, highlight=False, markup=False, emoji=False), ANSWER, TODAY)
    assert "    一、<b>奖励</b>。给予2.0万元奖励。[/bold] 其他 & 附则。\n" in screen.getvalue()
