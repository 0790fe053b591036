"""What a file is, told by its first bytes, and office files as the ZIP containers they are: looked at before parsed."""

import io
import zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP container"),
    (b"PK\x05\x06", "an empty ZIP container"),
    (_OLE, "an old Office file (.doc, .xls, .wps)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF file"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
LARGEST_UNPACKED = 300_000_000  # bytes; a Word file of a thousand pages unpacks to a tenth of that
_LARGEST_RATIO = 200  # unpacked for each packed byte; text packs to a tenth, a bomb to a thousandth
_MOST_MEMBERS = 10_000


def kind_of(content: bytes) -> str:
    """What a file is by its first bytes ("a PDF"); empty when they say nothing."""
    return next((kind for start, kind in _KINDS if content.startswith(start)), "")


def is_old_office(content: bytes) -> bool:
    """Whether the bytes are an OLE container: old Office files, and encrypted new ones."""
    return content.startswith(_OLE)


def is_encrypted_office(content: bytes) -> bool:
    """Whether the bytes are a new Office file under a password."""
    return is_old_office(content) and _ENCRYPTED_STREAM in content


def check_office_container(content: bytes, member: str, name: str) -> None:
    """Raise ValueError with the rest of a sentence unless the bytes are an Office file with ``member`` in it."""
    if is_encrypted_office(content):
        raise ValueError("is under a password; save it again without one.")
    kind = kind_of(content)
    if not kind.endswith("ZIP container"):
        raise ValueError(
            f"is not {name}"
            + (f" but {kind}; give it the ending of its kind." if kind else ", or is cut off; save it again.")
        )
    members = check_members(content)
    if member not in members:
        raise ValueError(f"is not {name}: it holds no {member}; give it the ending of its kind.")


def check_members(content: bytes) -> tuple[str, ...]:
    """The names in a ZIP container. Raises ValueError with the rest of a sentence for a damaged one or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            members = container.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError) as error:
        raise ValueError(
            "is damaged or cut off: its list of contents cannot be read; save or copy it again."
        ) from error
    size = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS or size > LARGEST_UNPACKED or size > 1_000_000 + len(content) * _LARGEST_RATIO:
        raise ValueError(
            f"would unpack to {size / 1_000_000:,.0f} MB in {len(members):,} pieces and is not opened; "
            "a document has a small part of that."
        )
    return tuple(member.filename for member in members)
