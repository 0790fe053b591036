"""Files that are damaged, locked, disguised or made to exhaust: one sentence each, and the next file is read."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from corpus.collection import read_folder
from corpus.folder import FileState
from corpus.readers import Limits
from corpus.readers.child import read_in_child

TEXT = "温州市会展业若干政策\n一、支持办展。给予20万元补助。\n"


def word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines or TEXT.splitlines():
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def sheet() -> bytes:
    book = openpyxl.Workbook()
    for row in (["级别", "奖励（万元）"], ["国家级", 50], ["省级", 20]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def packed(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def changed(container: bytes, member: str, content: bytes) -> bytes:
    """An office file with another content of one member."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(container)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == member else old.read(entry))
    return stream.getvalue()


def laughing() -> bytes:
    """A DOCX whose entities would grow to a billion words."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "哈">{entities}]><d>&a9;</d>'
    return changed(word(), "word/document.xml", body.encode())


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.docx": (lambda: b"", "empty.docx is empty"),
    "cut.docx": (lambda: word()[:5000], "cut.docx is damaged or cut off"),
    "noise.docx": (lambda: os.urandom(5000), "noise.docx is not a Word document"),
    "broken.docx": (lambda: changed(word(), "word/document.xml", b"<w:document"), "broken.docx is damaged"),
    "locked.docx": (lambda: ENCRYPTED, "locked.docx is under a password"),
    "locked.xlsx": (lambda: ENCRYPTED, "locked.xlsx is under a password"),
    "really-a-sheet.docx": (sheet, "it holds no word/document.xml"),
    "really-pdf.docx": (lambda: b"%PDF-1.4\n", "really-pdf.docx is not a Word document (.docx) but a PDF"),
    "really-word.xlsx": (word, "it holds no xl/workbook.xml"),
    "cut.xlsx": (lambda: sheet()[:2000], "cut.xlsx is damaged or cut off"),
    "bomb.docx": (lambda: packed(**{"word/document.xml": b"0" * 250_000_000}), "bomb.docx would unpack to 250 MB"),
    "bomb.zip": (lambda: packed(**{"a.txt": b"0" * 250_000_000}), "bomb.zip would unpack to 250 MB"),
    "cut.zip": (lambda: packed(**{"a.txt": b"0" * 100})[:60], "cut.zip is damaged or cut off"),
    "really-pdf.zip": (lambda: b"%PDF-1.4\n", "really-pdf.zip is no ZIP archive but a PDF"),
    "laughs.docx": (laughing, "laughs.docx"),
    "really-word.html": (word, "really-word.html is not a web page but a ZIP container"),
    "noise.txt": (lambda: bytes(range(256)) * 20, "noise.txt is"),
    "noise.md": (lambda: bytes(range(256)) * 20, "noise.md is"),
    "nothing.html": (lambda: b"<html><body></body></html>", "nothing.html holds no words"),
    "really-text.doc": (TEXT.encode, "really-text.doc is no .doc file"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    make, words = HOSTILE[name]
    (tmp_path / name).write_bytes(make())
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")

    reading = read_folder(tmp_path)

    outcome = {file.name: file for file in reading.files}[name]
    assert outcome.state is FileState.REFUSED
    assert words in outcome.reason
    assert "\n" not in outcome.reason
    assert outcome.reason.endswith(".")
    assert [document.id for document in reading.collection.documents] == ["plan"]
    assert {path.name for path in tmp_path.iterdir()} == {name, "plan.txt"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../outside.txt", "has a name that leads out of the archive"),
        ("/etc/outside.txt", "has a name that leads out of the archive"),
        ("a/../../outside.txt", "has a name that leads out of the archive"),
        ("inner.zip", "is an archive in an archive"),
    ],
)
def test_a_member_that_an_archive_may_not_hold_is_refused_and_the_others_are_read(
    tmp_path: Path, name: str, words: str
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "all.zip").write_bytes(packed(**{name: TEXT.encode(), "会展/政策.docx": word()}))

    reading = read_folder(folder)

    refused = [file.reason for file in reading.files if file.state is FileState.REFUSED]
    assert len(refused) == 1
    assert words in refused[0]
    assert [document.id for document in reading.collection.documents] == ["all.会展.政策"]
    assert [path.name for path in tmp_path.iterdir()] == ["documents"]


def test_a_member_named_in_chinese_windows_is_named_rightly(tmp_path: Path) -> None:
    content = packed(**{"zhengce.txt": TEXT.encode()}).replace(
        b"zhengce.txt", "会展1.txt".encode("gb18030") + b"\x20\x20"
    )

    (tmp_path / "all.zip").write_bytes(content.replace(b".txt\x20\x20", b"00.txt"))

    assert [file.name for file in read_folder(tmp_path).files] == ["all.zip/会展100.txt"]


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(ValueError, match=r"took longer than 0\.01 s to read and was given up"):
        read_in_child(word(), ".docx", Limits(seconds=0.01))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    page = b"<p>" + "给予补助".encode() * 20_000_000

    with pytest.raises(ValueError, match=r"needs more than 300 MB|cannot be read|holds no words"):
        read_in_child(page, ".html", Limits(megabytes=300))


def test_what_is_no_document_is_skipped_and_said_and_folders_are_read(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "plan.docx").write_bytes(word())
    (tmp_path / "again.docx").write_bytes((tmp_path / "2024" / "plan.docx").read_bytes())
    (tmp_path / "README.md").write_text("# How to use this folder\n", encoding="utf-8")
    (tmp_path / "tool.exe").write_bytes(b"MZ")
    (tmp_path / "~$plan.docx").write_bytes(b"x")
    (tmp_path / "sources.toml").write_text('["2024/plan.docx"]\nregion = "宁波"\n', encoding="utf-8")

    reading = read_folder(tmp_path)

    assert {file.name: file.state.value for file in reading.files} == {
        "2024/plan.docx": "read", "README.md": "skipped", "again.docx": "skipped", "tool.exe": "skipped",
        "~$plan.docx": "skipped",
    }  # fmt: skip
    assert [(document.id, document.metadata.region) for document in reading.collection.documents] == [
        ("2024.plan", "宁波")
    ]
    assert all(file.reason.endswith(".") for file in reading.files if file.state is FileState.SKIPPED)
