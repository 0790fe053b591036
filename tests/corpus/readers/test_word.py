"""DOCX made with python-docx, and with the XML that Word writes and python-docx cannot."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.collection import Collection, load_collection, load_document
from corpus.readers.source import BlockKind
from corpus.readers.word import read_word
from corpus.readers.word_numbering import number_text

Paragraphs = Callable[..., bytes]


def saved(document: "docx.document.Document") -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_list(levels: str, places: list[tuple[str, int]]) -> bytes:
    """A document whose paragraphs are numbered by Word; ``levels`` are the ``w:lvl`` of the list."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for text, level in places:
        paragraph = document.add_paragraph(text)
        properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(properties))
    return saved(document)


def level(depth: int, form: str, text: str) -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def test_the_numbering_that_word_prints_is_read() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
    content = with_list(
        levels,
        [
            ("支持办展", 0),
            ("场租补贴", 1),
            ("给予20万元", 2),
            ("给予30万元", 2),
            ("广告补贴", 1),
            ("支持引才", 0),
            ("住房", 1),
        ],
    )

    assert read_word(content).text.splitlines() == [
        "一、支持办展", "（一）场租补贴", "1. 给予20万元", "2. 给予30万元", "（二）广告补贴", "二、支持引才", "（一）住房",
    ]  # fmt: skip


def test_a_numbered_paragraph_knows_its_label_and_level() -> None:
    content = with_list(level(0, "chineseCounting", "第%1条"), [("为支持会展，制定本办法。", 0)])

    block = read_word(content).blocks[0]

    assert (block.kind, block.label, block.level) == (BlockKind.ITEM, "第一条 ", 1)


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "chineseCounting", "二十"),
        (103, "chineseCounting", "一百零三"),
        (1010, "chineseCounting", "一千零一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (12, "ideographDigital", "一二"),
        (3, "decimalEnclosedCircle", "③"),
        (4, "lowerRoman", "iv"),
        (27, "lowerLetter", "aa"),
        (2, "ideographTraditional", "乙"),
        (7, "unknown", "7"),
    ],
)
def test_numbers_are_printed_as_word_prints_them(number: int, form: str, text: str) -> None:
    assert number_text(number, form) == text


def test_a_row_carries_the_words_and_the_unit_of_its_header_and_the_cell_that_spans_it() -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    for row, texts in enumerate(
        [("类别", "等级", "奖励（万元）"), ("工程中心", "国家级", "50"), ("", "省级", "20"), ("孵化器", "省级", "8")]
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))

    source = read_word(saved(document))

    assert source.text.splitlines() == [
        "工程中心，国家级：奖励50万元",
        "工程中心，省级：奖励20万元",
        "孵化器，省级：奖励8万元",
    ]
    row = source.blocks[1]
    assert (row.kind, row.table, row.row) == (BlockKind.ROW, 1, 3)
    assert [(cell.text, cell.header, cell.rows, cell.first_row) for cell in row.cells] == [
        ("工程中心", "类别", 2, 2), ("省级", "等级", 1, 3), ("20", "奖励（万元）", 1, 3),
    ]  # fmt: skip


def test_a_row_is_cited_with_its_table_and_row(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("温州市会展业若干政策", "一、支持认定。按下表给予奖励。"):
        document.add_paragraph(line)
    table = document.add_table(rows=3, cols=2)
    for row, texts in enumerate([("级别", "奖励（万元）"), ("国家级", "50"), ("省级", "20")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.add_paragraph("二、附则。本政策自2024年1月1日起施行。")
    path = tmp_path / "plan.docx"
    document.save(str(path))

    leaves = {leaf.text: leaf for leaf in load_document(path).leaves}

    assert leaves["省级：奖励20万元"].address[-1] == "表1第3行"
    assert leaves["省级：奖励20万元"].address[0].startswith("一、支持认定")


def test_a_text_box_is_read_where_it_hangs() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("一、给予20万元补助。")
    box = (
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>窗口电话见附件。</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>"
    )
    paragraph._p.append(parse_xml(box))
    document.add_paragraph("二、附则。")

    assert read_word(saved(document)).text.splitlines() == ["一、给予20万元补助。", "窗口电话见附件。", "二、附则。"]


def test_deleted_text_of_tracked_changes_is_left_out_and_inserted_text_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("给予")
    for tag, text in (("del", "<w:delText>10</w:delText>"), ("ins", "<w:t>20</w:t>")):
        paragraph._p.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1"><w:r>{text}</w:r></w:{tag}>'))
    paragraph.add_run("万元补助")

    assert read_word(saved(document)).text == "给予20万元补助\n"


def test_a_character_of_which_nothing_is_seen_is_not_read() -> None:
    document = docx.Document()
    document.add_paragraph("按投资额的1\u200b0%给予补助")

    assert read_word(saved(document)).text == "按投资额的10%给予补助\n"


@pytest.fixture(scope="module")
def as_word(tmp_path_factory: pytest.TempPathFactory, collection: Collection) -> Collection:
    """The shipped documents as DOCX, a paragraph for each line."""
    folder = tmp_path_factory.mktemp("word")
    for document in collection.documents:
        made = docx.Document()
        for line in document.text.splitlines():
            made.add_paragraph(line)
        made.save(str(folder / f"{document.id}.docx"))
    return load_collection(folder)


def test_the_shipped_documents_as_word_files_have_the_clause_tree_of_their_text(
    as_word: Collection, collection: Collection
) -> None:
    assert len(as_word.documents) == len(collection.documents) == 5
    for word, text in zip(as_word.documents, collection.documents, strict=True):
        assert [(c.id, c.kind, c.label, c.address, c.departments) for c in word.clauses] == [
            (c.id, c.kind, c.label, c.address, c.departments) for c in text.clauses
        ]
        assert ["".join(c.text.split()) for c in word.leaves] == ["".join(c.text.split()) for c in text.leaves]
