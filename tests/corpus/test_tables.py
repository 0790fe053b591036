"""Tables that a page turned into lines, and tables that stand on lines of their own: a clause for each row."""

from collections.abc import Callable

import pytest

from corpus.clause import ClauseKind
from corpus.document import Document

DocumentOf = Callable[[str], Document]

HEAD = "岚溪县支持企业创牌若干措施\n一、总体要求\n坚持企业自愿、政府引导。\n二、创牌奖励\n"
TAIL = "三、其他\n本措施由县经信局负责解释。\n"


def rows(document: Document) -> list[tuple[str, ...]]:
    return [
        tuple(document.text[start:end] for start, end in clause.row.cells)
        for clause in document.clauses
        if clause.row is not None
    ]


def columns(document: Document) -> tuple[str, ...]:
    return next(clause.row.columns for clause in document.clauses if clause.row is not None)


def test_cells_that_repeat_in_lines_are_rows_below_their_header(document_of: DocumentOf) -> None:
    document = document_of(
        HEAD + "种类\n条件\n奖励\n绿色工厂\n通过国家级评价\n50万元\n绿色园区\n通过省级评价且无环保处罚\n30万元\n" + TAIL
    )

    assert columns(document) == ("种类", "条件", "奖励")
    assert rows(document) == [
        ("绿色工厂", "通过国家级评价", "50万元"),
        ("绿色园区", "通过省级评价且无环保处罚", "30万元"),
    ]


def test_a_row_has_an_address_and_its_own_words_for_a_heading(document_of: DocumentOf) -> None:
    document = document_of(HEAD + "级别\n奖励标准\n国家级\n50万元\n省级\n20万元\n" + TAIL)
    row = document.clauses_by_id["added#二.行2"]

    assert (row.kind, row.heading, row.text) == (ClauseKind.ROW, "省级", "省级\n20万元")
    assert row.address == ("二、创牌奖励", "表格第2行省级")
    assert document.clauses_by_id["added#二.表头"].text == "级别\n奖励标准"


def test_rows_below_a_column_of_serial_numbers(document_of: DocumentOf) -> None:
    document = document_of(
        HEAD
        + "按下表补贴（单位：元/人）。\n序号\n工种\n初级\n高级\n1\n钳工\n800\n1600\n2\n茶艺师\n700\n1500\n3\n育婴员\n900\n1700\n"
        + TAIL
    )

    assert columns(document) == ("序号", "工种", "初级", "高级")
    assert rows(document)[2] == ("3", "育婴员", "900", "1700")
    assert [c.row.caption for c in document.clauses if c.row] == ["按下表补贴（单位：元/人）。"] * 3


def test_rows_with_other_cells_than_the_header_keep_together_without_its_words(document_of: DocumentOf) -> None:
    # The header's 限额 spans two columns, so it has five cells and the rows have four.
    document = document_of(HEAD + "序号\n病种\n限额\n职工\n居民\n1\n哮喘\n200元\n50元\n2\n癫痫\n400元\n60元\n" + TAIL)

    assert columns(document) == ()
    assert rows(document) == [("1", "哮喘", "200元", "50元"), ("2", "癫痫", "400元", "60元")]


@pytest.mark.parametrize(
    "lines",
    [
        "| 名称 | 奖励金额（万元） | 责任单位 |\n| --- | --- | --- |\n| 国家级绿色工厂 | 50 | 县经信局 |\n| 省级绿色工厂 | 20 | 县经信局 |\n",
        "名称\t奖励金额（万元）\t责任单位\n国家级绿色工厂\t50\t县经信局\n省级绿色工厂\t20\t县经信局\n",
    ],
)
def test_rows_on_lines_of_their_own(document_of: DocumentOf, lines: str) -> None:
    document = document_of(HEAD + lines + TAIL)

    assert columns(document) == ("名称", "奖励金额（万元）", "责任单位")
    assert rows(document) == [("国家级绿色工厂", "50", "县经信局"), ("省级绿色工厂", "20", "县经信局")]


@pytest.mark.parametrize(
    "lines",
    [
        "县经信局\n县财政局\n县税务局\n县商务局\n县科技局\n县人社局\n",  # a list of words
        "支持创新\n对新认定的高新技术企业，给予10万元奖励。\n支持上市\n对新上市企业，给予500万元奖励。\n",  # headings and text
        "应用\n天气\n空气质量\n35\n湿度\n60\n",  # a page's panel: nothing says an award
    ],
)
def test_what_is_no_table_stays_paragraphs(document_of: DocumentOf, lines: str) -> None:
    assert rows(document_of(HEAD + lines + TAIL)) == []
