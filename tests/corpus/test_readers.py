import codecs
from pathlib import Path

import pytest

from corpus.collection import load_document
from corpus.errors import DocumentError
from corpus.readers import read_file

TEXT = "关于支持会展业的若干政策\n一、支持办展。给予20万元补助。\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16", "utf-16 big endian", "utf-32"],
)
def test_the_encoding_is_found(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(content)

    assert read_file(path) == (TEXT, content)


def test_windows_line_ends_are_kept_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())

    document = load_document(path)

    assert document.text == TEXT.replace("\n", "\r\n")
    assert document.leaves[-1].text == "一、支持办展。给予20万元补助。"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty.txt is empty"),
        ("blank.txt", b" \n\n", "blank.txt is empty"),
        ("picture.txt", bytes(range(256)) * 20, "picture.txt is"),
        ("marks.txt", "……——\n".encode(), "marks.txt holds no words"),
        ("plan.exe", b"MZ", r"plan.exe: files ending in '.exe' are not read; use one of"),
        ("damaged.txt", codecs.BOM_UTF8 + b"\xff\xfe\xff", "damaged.txt is damaged at byte"),
        ("menu.txt", "首页 > 政策\n打印\n关闭\n".encode(), "menu: no policy text was found"),
        ("title.txt", "关于支持会展业的若干政策\n".encode(), "title: no policy text was found"),
    ],
)
def test_an_unusable_file_is_named_in_one_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(DocumentError, match=words) as caught:
        load_document(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"nowhere\.txt cannot be read"):
        load_document(tmp_path / "nowhere.txt")
