"""Plain text in the encodings Chinese documents come in."""

import codecs
import unicodedata

from corpus.readers.source import SourceText
from corpus.script import to_simplified

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1a\x85")
# More than this share of control characters means that the file is no text.
_CONTROL_SHARE = 0.002
# Which encoding was meant is told by the characters: read rightly, and turned to Simplified, they are the punctuation and
# the frequent characters of GB 2312's first level; a text that was decoded by the wrong one is made of rare ones.
_CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_FREQUENT, _LAST_ROW = "gb2312", 0xD7
_LEAST_FREQUENT_SHARE = 0.6  # of the characters beyond ASCII; right texts have over 0.8, wrong ones under 0.5
_SAMPLE = 20_000  # characters that are looked at to tell the encodings apart


def read_plain(content: bytes) -> SourceText:
    """As ``read_plain_text``; plain text knows nothing about its blocks."""
    return SourceText(read_plain_text(content))


def read_plain_text(content: bytes) -> str:
    """The text of UTF-8, UTF-16, GB18030 or Big5 bytes, without a byte order mark.

    Raises ValueError with the rest of a sentence ("is empty; ...") when there is no text in them.
    """
    if not content.strip():
        raise ValueError("is empty; a document holds the text of a policy, for example saved as UTF-8.")
    text = decode(content)
    controls = sum(
        1 for character in text if unicodedata.category(character) == "Cc" and character not in _ALLOWED_CONTROLS
    )
    if controls > len(text) * _CONTROL_SHARE:
        raise ValueError("is not a text file; save the document as text in UTF-8 or GB18030.")
    if not any(character.isalnum() for character in text):
        raise ValueError("holds no words; a document holds the text of a policy, for example saved as UTF-8.")
    return text


def decode(content: bytes) -> str:
    """Bytes decoded by their mark, else by what they can be. Raises ValueError with the rest of a sentence."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_as(content, encoding)
    zeros = content.count(0)
    if zeros > len(content) // 10:  # UTF-16 without a mark: the zero bytes are the high halves of ASCII
        return _decode_as(content, "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_by_frequency(content)


def _decode_by_frequency(content: bytes) -> str:
    """Text in GB18030, Big5 or UTF-16: that in which it is made of frequent characters."""
    shares: dict[str, tuple[float, str]] = {}
    for encoding in _CANDIDATES:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        shares[encoding] = (_frequent_share(text[:_SAMPLE]), text)
    if not shares:
        raise ValueError("is in no known encoding; save the document as text in UTF-8 or GB18030.")
    share, text = max(shares.values(), key=lambda found: found[0])
    if share < _LEAST_FREQUENT_SHARE:
        raise ValueError(
            "reads as no Chinese text in UTF-8, GB18030 or Big5; save the document again as text in UTF-8."
        )
    return text


def _frequent_share(text: str) -> float:
    """Share of the characters beyond ASCII that are frequent in Chinese, in either script."""
    beyond = "".join(character for character in text if character > "\x7f")
    encoded = (character.encode(_FREQUENT, "ignore") for character in to_simplified(beyond))
    frequent = sum(1 for pair in encoded if len(pair) == 2 and pair[0] <= _LAST_ROW)
    return frequent / len(beyond) if beyond else 0.0


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"is damaged at byte {error.start}; save the document again as text in UTF-8.") from error
