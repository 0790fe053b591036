"""PDF that Chromium prints: pages, columns, headers and footers, tables over page breaks."""

import html
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("pdfplumber", reason="pdfplumber is not installed")

from corpus.collection import Collection, load_collection, load_document
from corpus.readers.pdf import read_pdf
from corpus.readers.source import BlockKind
from corpus.script import fold
from tests.fonts import chinese_fonts

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium that prints"),
    pytest.mark.skipif(not chinese_fonts(), reason="there is no font with Chinese characters"),
]
PRINT = (
    "@page{size:A4;margin:2.5cm} body{font:14pt serif;line-height:1.7;text-align:justify} p{margin:0;text-indent:2em}"
)
Print = Callable[..., bytes]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Print:
    """A page as Chromium prints it."""
    folder = tmp_path_factory.mktemp("print")

    def to_pdf(body: str, style: str = PRINT) -> bytes:
        page, made = folder / "page.html", folder / "page.pdf"
        page.write_text(f"<meta charset=utf-8><style>{style}</style>{body}", encoding="utf-8")
        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        subprocess.run(
            [*map(str, command), f"--user-data-dir={folder / 'user'}", f"--print-to-pdf={made}", page.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return made.read_bytes()

    return to_pdf


def paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line.strip())}</p>" for line in text.splitlines() if line.strip())


LONG = "对在本市举办且展览面积达到5000平方米以上的展会，按照实际场租的30%给予补助，单个展会补助金额不超过20万元。" * 3


def test_lines_that_the_margin_broke_are_one_paragraph_and_know_their_page(printed: Print) -> None:
    source = read_pdf(
        printed(
            paragraphs(f"会展业若干政策\n一、支持办展。{LONG}\n二、支持引才。")
            + "<p style='break-before:page'>三、附则。"
        )
    )

    assert fold(source.text).splitlines() == [
        fold(line) for line in ("会展业若干政策", f"一、支持办展。{LONG}", "二、支持引才。", "三、附则。")
    ]
    assert [block.page for block in source.blocks] == [1, 1, 1, 2]


def test_a_paragraph_over_a_page_break_is_one_and_names_both_pages(printed: Print) -> None:
    body = "".join(f"<p>{LONG}</p>" for _ in range(14))

    source = read_pdf(printed(body))

    assert [fold(line) for line in source.text.splitlines()] == [fold(LONG)] * 14
    assert (1, 2) in {(block.page, block.last_page) for block in source.blocks}


def test_running_headers_and_page_numbers_are_left_out(printed: Print) -> None:
    style = (
        "@page{size:A4;margin:2.5cm;@top-center{content:'政策汇编'}@bottom-center{content:'- ' counter(page) ' -'}}"
        "body{font:14pt serif;line-height:1.7}p{margin:0;text-indent:2em}"
    )

    # Each another: of forty like ones the same line may stand on top of several pages, as a running header does.
    texts = [f"编号{number}的展馆：{LONG}" for number in range(1, 41)]

    source = read_pdf(printed("".join(f"<p>{text}</p>" for text in texts), style))

    assert [fold(line) for line in source.text.splitlines()] == [fold(text) for text in texts]


def test_two_columns_are_read_one_after_the_other(printed: Print) -> None:
    lines = [f"{number}.{LONG}" for number in range(1, 7)]
    style = PRINT + "div{columns:2;column-gap:2em}p{text-indent:0}"

    source = read_pdf(printed("<p>会展业若干政策</p><div>" + paragraphs("\n".join(lines)) + "</div>", style))

    assert [fold(line)[:2] for line in source.text.splitlines()] == ["会展", *(f"{number}." for number in range(1, 7))]


TABLE = "<style>table{border-collapse:collapse;width:100%}td,th{border:1px solid #000;text-indent:0}</style>"


def test_a_row_of_a_ruled_table_carries_its_header_and_the_cells_that_span_it(printed: Print) -> None:
    rows = "<tr><td>类别<td>级别<td>奖励（万元）<tr><td rowspan=2>工程中心<td>国家级<td>50<tr><td>省级<td>20"

    source = read_pdf(printed(f"{TABLE}<p>一、奖励标准如下。</p><table>{rows}</table><p>二、附则。</p>"))

    assert fold(source.text).splitlines() == [
        "一、奖励标准如下。",
        "工程中心,国家级:奖励50万元",
        "工程中心,省级:奖励20万元",
        "二、附则。",
    ]
    row = source.blocks[2]
    assert (row.kind, row.page, row.table, row.row) == (BlockKind.ROW, 1, 1, 3)


def test_a_table_over_a_page_break_is_one_and_its_rows_name_their_page(printed: Print, tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>第{number}类企业<td>{number}" for number in range(1, 81))
    body = f"<p>会展业若干政策</p><p>一、奖励标准如下。</p><table><thead><tr><th>类别<th>奖励（万元）</thead>{rows}</table><p>二、本政策自2024年1月1日起施行。</p>"
    path = tmp_path / "plan.pdf"
    path.write_bytes(printed(TABLE + body))

    document = load_document(path)
    leaves = {fold(leaf.text): leaf for leaf in document.leaves}

    assert sum(1 for text in leaves if ":奖励" in text) == 80
    assert {block.table for block in document.blocks if block.kind is BlockKind.ROW} == {1}
    assert leaves["第1类企业:奖励1万元"].address[-1] == "表1第2行（第1页）"
    assert leaves["第80类企业:奖励80万元"].address[-1].startswith("表1第8")
    assert not leaves["第80类企业:奖励80万元"].address[-1].endswith("（第1页）")


@pytest.mark.slow
@pytest.mark.parametrize("style", [PRINT, "body{font:12pt serif} p{margin:.5em 0}"], ids=["print", "web"])
def test_the_shipped_documents_as_pdf_have_the_words_of_their_text(
    printed: Print, collection: Collection, tmp_path: Path, style: str
) -> None:
    for document in collection.documents:
        (tmp_path / f"{document.id}.pdf").write_bytes(printed(paragraphs(document.text), style))
    for pdf, text in zip(load_collection(tmp_path).documents, collection.documents, strict=True):
        words = [_without_private_glyphs("".join(fold(line).split())) for line in (pdf.text, text.text)]
        assert len(words[0]) == len(words[1])
        # Two characters may share one glyph of a font (胶 and 㬵), of which a PDF keeps one; figures never do.
        assert sum(a != b for a, b in zip(*words, strict=True)) <= len(words[1]) / 1000
        assert _FIGURE.findall(words[0]) == _FIGURE.findall(words[1])
        assert pdf.metadata.valid_to == text.metadata.valid_to
        # Where paragraphs have no indent, a heading may join the line before it.
        if style == PRINT:
            assert [clause.id for clause in pdf.clauses] == [clause.id for clause in text.clauses]


_FIGURE = re.compile(r"[\d一二三四五六七八九十百千万亿%]+")


def _without_private_glyphs(words: str) -> str:
    """Text without what no font of the machine need have: a private glyph is drawn as nothing, a box or a stop."""
    return re.sub("[\ue000-\uf8ff\ufffd.·]", "", words)
