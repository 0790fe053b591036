"""Scans: pages drawn, tilted and read by OCR, where it is installed."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.readers import read_source
from corpus.readers.scans import OcrMissingError, read_page_pictures
from tests.fonts import chinese_fonts

FONTS = chinese_fonts()
LINES = [
    "温州市会展业若干政策",
    "一、支持办展。对在本市举办的展会，给予20万元补助。",
    "二、支持引才。每人每年补贴5000元，最长三年。",
]


def scan(dots: int = 150, tilt: float = 0.8) -> Image.Image:
    """A page of three lines as a scanner gives it, slightly turned."""
    size = dots * 14 // 72
    page = Image.new("L", (dots * 8, dots * 4), 255)
    font = ImageFont.truetype(FONTS[0], size)
    for number, line in enumerate(LINES):
        ImageDraw.Draw(page).text((dots, dots + number * size * 2), line, 0, font)
    return page.rotate(tilt, fillcolor=255, resample=Image.Resampling.BICUBIC)


@pytest.mark.slow
@pytest.mark.skipif(not FONTS, reason="there is no font with Chinese characters")
@pytest.mark.parametrize("name", ["plan.png", "plan.pdf"])
def test_a_tilted_scan_is_read_with_every_sum(tmp_path: Path, name: str) -> None:
    pytest.importorskip("rapidocr", reason="OCR is not installed")
    if name.endswith("pdf"):
        pytest.importorskip("pdfplumber", reason="pdfplumber is not installed")
    scan().convert("RGB").save(tmp_path / name, resolution=150)

    text = read_source(tmp_path / name)[0].text

    assert "20万元补助" in text
    assert "每人每年补贴5000元" in text
    assert len(text.splitlines()) == 3


def test_without_ocr_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from corpus.readers import scans

    monkeypatch.setitem(sys.modules, "rapidocr", None)
    scans._engine.cache_clear()
    stream = io.BytesIO()
    Image.new("L", (50, 50), 255).save(stream, "PNG")

    with pytest.raises(
        ValueError, match=r"is a picture; reading it needs OCR: pip install 'policy-assistant\[ocr\]'\."
    ):
        scans.read_picture(stream.getvalue())
    with pytest.raises(OcrMissingError):
        next(read_page_pictures(b"", [1]))
