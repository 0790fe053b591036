"""Plain text in the encodings Chinese documents come in: the right one, or a sentence, never mojibake."""

import pytest

from corpus.collection import Collection
from corpus.readers.plain import read_plain_text
from corpus.script import to_traditional

SHORT = "溫州市會展業若干政策\n一、支持辦展。給予20萬元補助。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "big5hkscs", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_short_traditional_text_is_read_in_each(encoding: str) -> None:
    assert read_plain_text(SHORT.encode(encoding)) == SHORT


@pytest.mark.parametrize("encoding", ["big5hkscs", "gb18030"])
def test_every_page_of_the_shipped_documents_is_read_in_each(collection: Collection, encoding: str) -> None:
    texts = [to_traditional(document.text) for document in collection.documents]
    pages = [text[start : start + 200] for text in texts for start in range(0, len(text), 200)]
    readable = [page for page in pages if page.encode(encoding, "ignore").decode(encoding) == page and len(page) > 20]

    assert len(readable) > 100
    assert [page for page in readable if read_plain_text(page.encode(encoding)) != page] == []


@pytest.mark.parametrize("encoding", ["shift_jis", "koi8-r"])
def test_text_in_another_encoding_is_said_and_not_taken_for_chinese(encoding: str) -> None:
    words = {
        "shift_jis": "これは日本語の文章です。",
        "euc-kr": "이것은 한국어 문장입니다.",
        "koi8-r": "Это не китайский",
    }

    with pytest.raises(ValueError, match=r"reads as no Chinese text in UTF-8, GB18030 or Big5|is in no known encoding"):
        read_plain_text(words[encoding].encode(encoding) * 5)
