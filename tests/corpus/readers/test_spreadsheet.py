"""XLSX made with openpyxl."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from corpus.readers.source import BlockKind
from corpus.readers.spreadsheet import read_spreadsheet


def workbook(rows: list[list[Any]], merged: tuple[str, ...] = (), percent: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    if percent:
        book.active[percent].number_format = "0%"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_row_of_a_list_carries_its_header_words_and_unit() -> None:
    rows = [["序号", "级别", "奖励（万元）"], [1, "国家级", 50], [2, "省级", 20.5]]

    source = read_spreadsheet(workbook(rows))

    assert source.text.splitlines() == ["国家级：奖励50万元", "省级：奖励20.5万元"]
    assert [(block.kind, block.row) for block in source.blocks] == [(BlockKind.ROW, 2), (BlockKind.ROW, 3)]


def test_a_title_over_all_columns_is_a_paragraph_and_merged_cells_reach_down() -> None:
    rows = [
        ["会展业奖励清单", None, None],
        ["类别", "级别", "奖励（万元）"],
        ["工程中心", "国家级", 50],
        [None, "省级", 20],
    ]

    assert read_spreadsheet(workbook(rows, ("A1:C1", "A3:A4"))).text.splitlines() == [
        "会展业奖励清单", "工程中心，国家级：奖励50万元", "工程中心，省级：奖励20万元",
    ]  # fmt: skip


def test_shares_and_dates_read_as_excel_shows_them() -> None:
    rows = [["项目", "补贴比例", "截止日期"], ["场租", 0.35, date(2025, 6, 30)], ["广告", "30%", date(2025, 7, 1)]]

    assert (
        read_spreadsheet(workbook(rows, percent="B2")).text.splitlines()[0]
        == "场租：补贴比例35%，截止日期：2025年6月30日"
    )


def test_what_is_hidden_is_left_out_and_said() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([["级别", "奖励（万元）"], ["国家级", 50], ["省级", 20]])))
    book.active.row_dimensions[3].hidden = True
    book.create_sheet("草稿").sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)

    source = read_spreadsheet(stream.getvalue())

    assert source.text == "国家级：奖励50万元\n"
    assert source.notes == ("Hidden sheets were not read.", "Hidden rows were not read.")


def test_an_empty_workbook_is_said() -> None:
    with pytest.raises(ValueError, match="holds no words"):
        read_spreadsheet(workbook([]))
