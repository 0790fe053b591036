"""PDFs that are damaged, locked or endless: one sentence each."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("pdfplumber", reason="pdfplumber is not installed")

from corpus.errors import DocumentError
from corpus.readers import read_source


def made(pages: int = 1, trailer: str = "", body: str = "") -> bytes:
    """A PDF of empty pages, or of pages with ``body`` as their content."""
    kids = " ".join(f"{4 + number} 0 R" for number in range(pages))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>",
        f"<</Length {len(body)}>>stream\n{body}\nendstream",
        *("<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 3 0 R>>" for _ in range(pages)),
    ]
    content, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj{text}endobj\n".encode()
    start = len(content)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(places) + 1}/Root 1 0 R{trailer}>>\n"
    return content + f"{end}startxref\n{start}\n%%EOF".encode()


LOCK = f"/ID[<{'00' * 16}><{'00' * 16}>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'11' * 32}>/U<{'22' * 32}>>>"
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing.pdf": (lambda: b"%PDF-1.4\n", "nothing.pdf is damaged or cut off"),
    "cut.pdf": (lambda: made(3)[:200], "cut.pdf is damaged or cut off"),
    "noise.pdf": (lambda: b"%PDF-1.4\n" + os.urandom(3000), "noise.pdf is damaged or cut off"),
    "really-text.pdf": ("一、支持办展。".encode, "really-text.pdf is no PDF"),
    "locked.pdf": (lambda: made(1, LOCK), "locked.pdf is under a password"),
    "blank.pdf": (lambda: made(2), "blank.pdf holds no words"),
    "endless.pdf": (lambda: made(10_000), "endless.pdf has 10,000 pages, and at most 2,000 are read"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_pdf_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    make, words = HOSTILE[name]
    (tmp_path / name).write_bytes(make())

    with pytest.raises(DocumentError) as caught:
        read_source(tmp_path / name)

    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")
