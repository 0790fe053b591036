"""What an answer rests on, as HTML."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, ComparisonRow, Figure, GivenFact, Highlight, MissingFact, Status
from assistant.clause.rule import Bound, TextSpan
from assistant.faces.page.calculation import Shown
from assistant.faces.page.evidence import evidence_html, fact_field, stated_value
from assistant.faces.page.quotation import cut, pieces_of, reference

DAY = date(2021, 4, 1)
TEXT = "对企业给予项目投入最高2\ue0100%、不超过500万元补助。"
CITATION = Citation(
    marker=1,
    clause_id="d#一",
    document="某市<b>措施</b>",
    document_id="d",
    document_number="某政发〔2021〕9号",
    region="某市",
    address="一、支持政策 › (一)补助",
    text=TEXT,
    start=0,
    end=len(TEXT),
    focus=TextSpan(start=1, end=len(TEXT)),
    highlights=(
        Highlight(field="rate", start=11, end=15),
        Highlight(field="cap", start=TEXT.index("500"), end=TEXT.index("补助")),
    ),
    in_force=True,
    valid_from=None,
    valid_to=None,
)
FIGURE = Figure(amount=Decimal(3_600_000), bound=Bound.AT_MOST, label="补助金额", steps=("1800万元 × 20%",), citation=1)


def answer(**fields: object) -> Answer:
    given = {
        "status": Status.ANSWERED,
        "language": "zh",
        "text": "最多可得360万元[1]。",
        "citations": (CITATION,),
    } | fields
    return Answer.model_validate(given)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_ceiling_and_an_exact_sum_are_told_apart_without_colour() -> None:
    ceiling = evidence_html(Shown(answer(figures=(FIGURE,))), DAY, "zh")
    exact = evidence_html(Shown(answer(figures=(FIGURE.model_copy(update={"bound": Bound.EXACT}),))), DAY, "zh")
    assert "≤ 上限，非应得金额" in words(ceiling)
    assert "最高 360万元" in words(ceiling)
    assert "= 准确金额" in words(exact)
    assert "最高" not in words(exact).split("计算过程")[0]


def test_a_document_cannot_write_html() -> None:
    html = evidence_html(Shown(answer()), DAY, "zh")
    assert "&lt;b&gt;措施&lt;/b&gt;" in html
    assert "<b>" not in html


def test_a_repaired_glyph_keeps_the_highlights_in_their_place() -> None:
    html = evidence_html(Shown(answer()), DAY, "zh")
    assert re.search(r"<mark[^>]*hl-rate[^>]*>2\.0%</mark>", html)
    assert re.search(r"<mark[^>]*hl-cap[^>]*>500万元</mark>", html)


def test_the_legend_names_only_what_is_highlighted() -> None:
    html = evidence_html(Shown(answer()), DAY, "en")
    legend = html.partition('class="legend"')[2].partition("</p>")[0]
    assert re.findall(r"<mark[^>]*>([^<]+)</mark>", legend) == ["Rate", "Cap"]


@given(st.text(max_size=40), st.data())
def test_the_pieces_of_a_quotation_are_the_quotation(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    fields = st.sampled_from(["rate", "cap", "condition"])
    marks = data.draw(st.lists(st.builds(lambda f, a, b: Highlight(field=f, start=a, end=b), fields, place, place)))
    focus = range(data.draw(place), data.draw(place))
    assert "".join(piece.text for piece in cut(text, marks, focus)) == text


def test_of_two_highlights_that_overlap_the_shorter_counts() -> None:
    pieces = cut(
        "0123456789", [Highlight(field="condition", start=0, end=8), Highlight(field="amount", start=3, end=5)]
    )
    assert [(piece.text, piece.field) for piece in pieces] == [
        ("012", "condition"),
        ("34", "amount"),
        ("567", "condition"),
        ("89", ""),
    ]


def test_the_sentence_that_answers_is_pointed_out() -> None:
    assert "".join(piece.text for piece in pieces_of(CITATION) if not piece.focus) == "对"


def test_a_copy_names_its_source() -> None:
    assert reference("某措施", "某政发〔2021〕9号", "一、政策", " 给予补助。 ") == (
        "“给予补助。”\n——某措施（某政发〔2021〕9号），一、政策"
    )
    assert "（" not in reference("某措施", "", "一、政策", "给予补助。")


@pytest.mark.parametrize(
    ("value", "unit", "language", "shown"),
    [
        ("18000000", "yuan", "zh", ("1800", "wan")),
        ("600", "yuan", "zh", ("600", "yuan")),
        ("18000000", "yuan", "en", ("18", "million")),
        ("600000", "yuan", "en", ("600000", "yuan")),
        ("30", "person", "zh", ("30", "person")),
        ("0.5", "percent", "zh", ("50", "percent")),
    ],
)
def test_a_fact_is_shown_in_a_unit_that_people_use(
    value: str, unit: str, language: str, shown: tuple[str, str]
) -> None:
    field = fact_field(0, GivenFact(fact="项目投入", value=Decimal(value), unit=unit), language)
    assert (field.value, field.unit) == shown
    if unit == "yuan":
        assert stated_value(Decimal(field.value), field.unit) == Decimal(value)


def test_a_comparison_leaves_out_what_no_row_says() -> None:
    rows = (
        ComparisonRow(region="甲市", document="甲", what="补助", rate="20%", validity="现行有效", citation=1),
        ComparisonRow(region="乙市", document="乙", what="奖励", validity="现行有效"),
    )
    html = evidence_html(Shown(answer(comparison=rows)), DAY, "zh")
    assert re.findall(r'<th scope="col">([^<]+)</th>', html) == ["地区", "支持内容", "比例", "有效性"]
    assert "条款未提及" in html


def test_two_documents_of_a_place_are_lines_of_their_own_names() -> None:
    rows = (
        ComparisonRow(region="甲市", document="甲市政府关于印发甲市强链方案的通知", what="补助", citation=1),
        ComparisonRow(region="甲市", document="甲市补链计划", what="补助"),
        ComparisonRow(region="乙市", document="乙市强链方案", what="奖励"),
    )
    html = evidence_html(Shown(answer(comparison=rows)), DAY, "zh")
    assert re.findall(r'<th scope="row">([^<]+?)\s*<', html) == ["甲市强链方案", "甲市补链计划", "乙市"]


def test_the_nearest_thing_is_labelled_as_no_answer() -> None:
    refusal = answer(status=Status.NOT_FOUND, text="没有规定。", citations=(), nearest=CITATION)
    html = evidence_html(Shown(refusal), DAY, "zh")
    assert "最接近的内容（不是对您问题的回答）" in html
    assert 'id="citation-' not in html


def test_a_missing_fact_in_english_is_said_in_english() -> None:
    missing = (MissingFact(fact="项目投入", question="What is your 项目投入 (project cost)?"),)
    html = evidence_html(Shown(answer(language="en", missing=missing)), DAY, "en")
    assert 'data-missing="project cost"' in html


def test_many_clauses_are_folded_after_the_first_three() -> None:
    citations = tuple(CITATION.model_copy(update={"marker": number}) for number in range(1, 6))
    html = evidence_html(Shown(answer(citations=citations)), DAY, "zh")
    before, _, folded = html.partition("<details")
    assert (before.count("<article"), folded.count("<article")) == (3, 2)
    assert "其余 2 条" in folded
