"""A document that would take the page over: its text is shown as text, wherever it stands."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings

LONG = "超长" * 400
TEXT = f"""某市<img src=x onerror="window.hacked=1">支持企业发展若干措施
某政发〔2021〕<b>9</b>号
一、支持<script>window.hacked=1</script>政策
(一)智能工厂<i>改造</i>补助。对实施智能工厂改造的企业,按照项目投入<script>window.hacked=2</script>的20%给予最高500万元补助。详见[点此](javascript:window.hacked=3)和<a href="javascript:window.hacked=4" onmouseover="window.hacked=5">链接</a>{{{{7*7}}}}${{window.hacked=6}}。
(二)=HYPERLINK("http://example.com")的企业,给予10万元奖励。(责任单位:市<u>经信</u>局)
(三){LONG}
某市人民政府办公厅
2021年3月1日
"""
SOURCES = """
["hostile.txt"]
region = "某市<b>x</b>"
url = "javascript:window.hacked=8"
"""


@pytest.fixture(scope="module")
def hostile(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the hostile document alone."""
    from assistant.build import build_snapshot
    from assistant.service import PolicyAssistant

    folder: Path = tmp_path_factory.mktemp("hostile")
    (folder / "hostile.txt").write_text(TEXT, encoding="utf-8")
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    settings = Settings(documents_dir=folder, index_dir=folder / "index", feedback_url="")
    build_snapshot(settings)
    with serve(PolicyAssistant.open(settings), settings) as address:
        yield address


def untouched(visitor: Any) -> None:
    """Nothing of the document has become part of the page."""
    assert visitor.page.evaluate("window.hacked") is None
    assert visitor.page.locator(".policy :is(script, img, b, i, u, iframe)").count() == 0
    assert visitor.page.locator(".policy a[href^=javascript]").count() == 0


@pytest.mark.parametrize("width", [1280, 360])
def test_in_an_answer_and_its_context(visit: Any, hostile: str, width: int) -> None:
    visitor = visit(at=hostile, width=width).ask("智能工厂改造投了1000万能补多少?")
    assert "<script>window.hacked=2</script>" in visitor.see("blockquote").inner_text()
    untouched(visitor)
    visitor.page.locator("[data-action=context]").first.click()
    assert "[点此](javascript:window.hacked=3)" in visitor.see("dialog[open] .wanted").inner_text()
    assert "{{7*7}}${window.hacked=6}" in visitor.page.locator("dialog[open] .wanted").inner_text()
    untouched(visitor)
    assert visitor.width_needed() == width


@pytest.mark.parametrize("width", [1280, 360])
def test_in_the_search_the_checkup_and_the_library(visit: Any, hostile: str, width: int) -> None:
    visitor = visit("?tab=search", at=hostile, width=width)
    visitor.see(".clauses", "=HYPERLINK")
    assert visitor.width_needed() == width
    visitor.tab("checkup").page.locator("form.profile .primary").click()
    visitor.see(".totals")
    assert visitor.width_needed() == width
    visitor.tab("library").page.locator("button.document").first.click()
    visitor.page.locator("[data-action=expand]").first.click()
    assert LONG in visitor.see(".leaf-text", LONG).inner_text()
    assert visitor.width_needed() == width
    untouched(visitor)


def test_in_what_the_visitor_types(visit: Any, hostile: str) -> None:
    visitor = visit(at=hostile).ask("<img src=x onerror=window.hacked=9>智能工厂补助 **粗** {{7*7}}")
    assert "<img src=x onerror=window.hacked=9>智能工厂补助 **粗** {{7*7}}" in visitor.turns.first.inner_text()
    untouched(visitor)
    visitor.open()
    assert "<img src=x" in visitor.turns.first.inner_text()
    untouched(visitor)


def test_in_a_spreadsheet_no_cell_is_a_formula(visit: Any, hostile: str) -> None:
    import httpx
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(httpx.get(f"{hostile}export/clauses.xlsx", timeout=600).content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any("=HYPERLINK" in str(cell.value) for cell in cells)
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


def test_without_a_place_for_feedback_no_thumbs_are_shown(visit: Any, hostile: str) -> None:
    visitor = visit(at=hostile).ask("智能工厂改造能补多少?")
    assert not visitor.page.locator(".thumb").first.is_visible()
