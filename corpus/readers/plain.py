"""Plain text in the encodings Chinese documents come in."""

import codecs
import unicodedata

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


def read_plain_text(content: bytes) -> str:
    """The text of UTF-8, UTF-16 or GB18030 bytes, without a byte order mark.

    Raises ValueError with the rest of a sentence ("is empty; ...") when there is no text in them.
    """
    if not content.strip():
        raise ValueError("is empty; a document holds the text of a policy, for example saved as UTF-8.")
    text = _decode(content)
    controls = sum(
        1 for character in text if unicodedata.category(character) == "Cc" and character not in _ALLOWED_CONTROLS
    )
    if controls > len(text) * _CONTROL_SHARE:
        raise ValueError("is not a text file; save the document as text in UTF-8 or GB18030.")
    if not any(character.isalnum() for character in text):
        raise ValueError("holds no words; a document holds the text of a policy, for example saved as UTF-8.")
    return text


def _decode(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_as(content, encoding)
    guesses = ["utf-8", "gb18030"]
    zeros = content.count(0)
    if zeros > len(content) // 10:  # UTF-16 without a mark: the zero bytes are the high halves of ASCII
        guesses = ["utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"]
    for encoding in guesses:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("is in no known encoding; save the document as text in UTF-8 or GB18030.")


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"is damaged at byte {error.start}; save the document again as text in UTF-8.") from error
