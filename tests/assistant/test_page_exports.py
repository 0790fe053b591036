"""Found clauses as files."""

import csv
import io
from dataclasses import replace

import pytest

from assistant.faces.page.exports import MEDIA_TYPES, Row, export
from assistant.faces.page.words import words_for

ROW = Row(1, "某市", "某措施", "某政发〔2021〕9号", "一、政策", "给予补助。\n第二行,“引号”", "市财政局", "有效", "d#一")
HOSTILE = replace(ROW, rank=2, text='=HYPERLINK("http://example.com")', document="a\x00b\x0bc\ud800", departments="+1")
WORDS = words_for("zh")


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_csv_holds_each_clause_whole() -> None:
    rows = rows_of(export("csv", [ROW], WORDS))
    assert rows[1] == ["1", "某市", "某措施", ROW.number, ROW.address, ROW.text, "市财政局", "有效", "d#一"]
    assert len(rows[0]) == len(rows[1])


def test_a_csv_has_no_formulas() -> None:
    row = rows_of(export("csv", [HOSTILE], WORDS))[1]
    assert row[5].startswith("'=")
    assert row[6] == "'+1"


def test_a_spreadsheet_holds_text_and_no_formulas() -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(export("xlsx", [ROW, HOSTILE], WORDS))).active
    assert sheet["F2"].value == ROW.text
    assert (sheet["F3"].value, sheet["F3"].data_type) == (HOSTILE.text, "s")
    assert sheet["C3"].value == "abc"


def test_a_text_document_holds_the_clause_and_its_source() -> None:
    from docx import Document

    paragraphs = [p.text for p in Document(io.BytesIO(export("docx", [ROW, HOSTILE], WORDS))).paragraphs]
    assert ROW.text in paragraphs
    assert any("某措施（某政发〔2021〕9号）" in text for text in paragraphs)


@pytest.mark.parametrize("file_format", MEDIA_TYPES)
def test_nothing_found_is_a_file_too(file_format: str) -> None:
    assert export(file_format, [], WORDS)
