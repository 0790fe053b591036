"""Scans and pictures by OCR: rapidocr, whose models are part of the package (an extra)."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from corpus.readers.limits import reserve
from corpus.readers.pdf_lines import PrintedLine
from corpus.readers.source import SourceText, SourceWriter

_POINTS = 72  # an inch
_RESOLUTION = 200  # dots an inch at which a page is drawn
# By default rapidocr looks for lines in a picture made smaller, where it lost whole lines of tilted pages (one of 30).
_PARAMETERS = {
    "Global.log_level": "critical",
    "Global.max_side_len": 3000,
    "Det.limit_side_len": 1400,
    "Global.text_score": 0.3,  # a line that is hard to read stands in the text with its faults, it is not left out
}
_RESERVED = 6000  # MB of address space that the models' threads reserve; they use about 800
_MOST_PIXELS = 60_000_000


class OcrMissingError(Exception):
    """OCR is not installed; the message says how to install it."""


def read_page_pictures(content: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, list[PrintedLine]]]:
    """The lines of pages of a PDF, counted from 1, read from their picture. Raises OcrMissingError."""
    engine = _engine()
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        for number in numbers:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(_RESOLUTION / _POINTS, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            picture = page.render(scale=scale).to_numpy()
            yield number, [_scaled(line, 1 / scale) for line in _lines(engine, picture)]
    finally:
        document.close()


def read_picture(content: bytes) -> SourceText:
    """The text of a picture of a page. Raises ValueError with the rest of a sentence when it cannot be read."""
    import io

    import numpy as np
    from PIL import Image, UnidentifiedImageError

    try:
        engine = _engine()
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ValueError("has more than 60 million pixels; save it with fewer.")
            pixels = np.asarray(picture.convert("RGB"))
    except OcrMissingError as error:
        raise ValueError(f"is a picture; {error}") from error
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise ValueError("is damaged or cut off and is no readable picture; save it again.") from error
    from corpus.readers.pdf import write_lines

    writer = SourceWriter()
    write_lines(_lines(engine, pixels), writer)
    return writer.source()


@cache
def _engine() -> Any:
    reserve(_RESERVED)
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise OcrMissingError("reading it needs OCR: pip install 'policy-assistant[ocr]'.") from error
    return RapidOCR(params=_PARAMETERS)


def _lines(engine: Any, pixels: Any) -> list[PrintedLine]:
    """What the engine reads, one line for what stands beside each other, from top to bottom."""
    result = engine(pixels)
    if result.boxes is None:
        return []
    pieces = []
    for box, text in zip(result.boxes, result.txts, strict=True):
        xs, ys = [float(point[0]) for point in box], [float(point[1]) for point in box]
        pieces.append((sum(ys) / 4, min(xs), max(xs), max(ys) - min(ys), str(text)))
    rows: list[list[tuple[float, float, float, float, str]]] = []
    for piece in sorted(pieces):
        if rows and piece[0] - rows[-1][0][0] < 0.5 * min(piece[3], rows[-1][0][3]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    read = [_row(sorted(row, key=lambda piece: piece[1])) for row in rows]
    left, right = min((line.x0 for line in read), default=0.0), max((line.x1 for line in read), default=0.0)
    size = sorted(line.size for line in read)[len(read) // 2] if read else 0.0
    # The height of a box varies with its characters, so all lines that are not far larger count as one size.
    return [
        PrintedLine(
            line.text,
            line.x0,
            line.x1,
            line.top,
            line.bottom,
            line.size if line.size > 1.4 * size else size,
            left,
            right,
        )
        for line in read
    ]


def _row(pieces: Sequence[tuple[float, float, float, float, str]]) -> PrintedLine:
    height = pieces[0][3]
    middle = pieces[0][0]
    text = " ".join(piece[4] for piece in pieces)
    return PrintedLine(text, pieces[0][1], pieces[-1][2], middle - height / 2, middle + height / 2, height)


def _scaled(line: PrintedLine, by: float) -> PrintedLine:
    return PrintedLine(
        line.text,
        line.x0 * by,
        line.x1 * by,
        line.top * by,
        line.bottom * by,
        line.size * by,
        line.left * by,
        line.right * by,
    )
