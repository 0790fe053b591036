"""What a documents folder may hold beside documents: nothing in it ends in a traceback, waits, or is read from elsewhere."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus import files
from corpus.collection import load_collection
from corpus.errors import DocumentError

ROOT = Path(__file__).resolve().parents[2]
TEXT = "温州市会展业若干政策\n一、支持办展。给予20万元补助。\n"
NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A documents folder with one document; beside it there is room for what lies outside."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "plan.txt").write_text(TEXT, encoding="utf-8")
    return folder


def refusal(folder: Path) -> str:
    """The sentence a folder is refused with."""
    with pytest.raises(DocumentError) as caught:
        load_collection(folder)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    sentence.encode()  # can be printed
    return sentence


# ── sources.toml ──


def test_a_sources_file_that_is_a_folder_is_said(folder: Path) -> None:
    (folder / "sources.toml").mkdir()

    assert refusal(folder).startswith("sources.toml is a folder and is not opened")


def test_a_sources_file_that_begins_with_a_byte_order_mark_is_read(folder: Path) -> None:
    (folder / "sources.toml").write_text('["plan.txt"]\nregion = "宁波"\n', encoding="utf-8-sig")

    assert load_collection(folder).documents[0].metadata.region == "宁波"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x = " + b"[" * 100_000, "sources.toml is nested too deeply; it holds one table for each file"),
        (b"x = " + b"{a = " * 100_000, "sources.toml is nested too deeply; it holds one table for each file"),
        (b'["plan.txt"]\nplanning_to = ' + b"9" * 5_000, "sources.toml is not valid TOML"),
        ('["plan.txt"]\nregion = "宁波"\n'.encode("gb18030"), "sources.toml is not valid TOML: byte 23 is no UTF-8"),
        (b'["plan.txt"\n', 'a table reads ["plan.txt"] with region'),
        (b'["../outside.txt"]\nregion = "x"\n', "there is no file '../outside.txt' in this folder"),
        (b"#" * 1_000_001, "sources.toml holds more than 1 MB"),
    ],
    ids=["arrays", "tables", "endless number", "gb18030", "unclosed", "outside", "huge"],
)
def test_a_sources_file_that_cannot_be_used_is_said_in_one_sentence(folder: Path, content: bytes, words: str) -> None:
    (folder.parent / "outside.txt").write_text(TEXT, encoding="utf-8")
    (folder / "sources.toml").write_bytes(content)

    assert words in refusal(folder)


# ── what may not be read ──


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A documents folder that any account can reach (pytest's own are its owner's alone)."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    (place / "documents").mkdir()
    (place / "documents" / "plan.txt").write_text(TEXT, encoding="utf-8")
    yield place / "documents"
    shutil.rmtree(place)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize(
    ("name", "mode", "words"),
    [
        (
            "",
            0o000,
            "The documents folder {folder} cannot be read: Permission denied; name one whose files the account",
        ),
        ("", 0o444, "cannot be read: Permission denied; "),
        ("plan.txt", 0o000, "plan.txt cannot be read: Permission denied; put a file there that the account"),
        ("sources.toml", 0o000, "sources.toml cannot be read: Permission denied; put a file there that the account"),
    ],
    ids=["folder", "folder that can only be listed", "document", "sources.toml"],
)
def test_what_may_not_be_read_is_said(open_folder: Path, name: str, mode: int, words: str) -> None:
    (open_folder / "sources.toml").write_text('["plan.txt"]\nregion = "宁波"\n', encoding="utf-8")
    (open_folder / name).chmod(mode)
    # Root may read everything, so the child gives its privileges up; all that is imported late is loaded before that.
    program = f"""
import os, sys
from pathlib import Path
from corpus.collection import load_collection
from corpus.errors import DocumentError
if os.geteuid() == 0:
    load_collection(Path(sys.argv[1]))
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
try:
    load_collection(Path(sys.argv[1]))
except DocumentError as error:
    print(error)
"""

    done = subprocess.run(
        [sys.executable, "-c", program, open_folder], cwd=ROOT, capture_output=True, text=True, timeout=600
    )

    (open_folder / name).chmod(0o755)
    assert done.stderr == ""
    assert words.format(folder=open_folder) in done.stdout


# ── links ──


def test_a_link_to_a_file_outside_the_folder_is_not_read_and_said(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text(TEXT, encoding="utf-8")
    (folder / "linked.txt").symlink_to(folder.parent / "secret.txt")

    assert refusal(folder) == (
        f"linked.txt in {folder} is a link that leads out of this folder, and is not followed; put a copy of the file there."
    )


def test_a_link_through_a_linked_folder_is_outside_too(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir()
    (folder.parent / "elsewhere" / "secret.txt").write_text(TEXT, encoding="utf-8")
    (folder / ".inside").symlink_to(folder.parent / "elsewhere")
    (folder / "linked.txt").symlink_to(".inside/secret.txt")

    assert "linked.txt" in refusal(folder)


def test_a_link_to_a_folder_outside_is_not_read_and_said(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir()
    (folder.parent / "elsewhere" / "secret.txt").write_text(TEXT, encoding="utf-8")
    (folder / "archive").symlink_to(folder.parent / "elsewhere")

    assert f"archive in {folder} is a link that leads out of this folder" in refusal(folder)


def test_a_linked_sources_file_outside_is_not_read_and_said(folder: Path) -> None:
    (folder.parent / "secret.toml").write_text('["plan.txt"]\nregion = "宁波"\n', encoding="utf-8")
    (folder / "sources.toml").symlink_to(folder.parent / "secret.toml")

    assert "sources.toml in" in refusal(folder)


def test_links_inside_the_folder_are_read_as_a_mounted_configuration_needs(folder: Path) -> None:
    (folder / "..2021_01_01").mkdir()
    (folder / "..2021_01_01" / "mounted.txt").write_text(TEXT, encoding="utf-8")
    (folder / "..data").symlink_to("..2021_01_01")
    (folder / "mounted.txt").symlink_to("..data/mounted.txt")

    assert [document.id for document in load_collection(folder).documents] == ["mounted", "plan"]


def test_the_documents_folder_itself_may_be_a_link(folder: Path) -> None:
    (folder.parent / "current").symlink_to(folder)

    assert len(load_collection(folder.parent / "current").documents) == 1


@pytest.mark.parametrize("target", ["nowhere.txt", "linked.txt"], ids=["nowhere", "itself"])
def test_a_link_that_leads_nowhere_is_said(folder: Path, target: str) -> None:
    (folder / "linked.txt").symlink_to(target)

    assert f"linked.txt in {folder} is a link that leads nowhere; put the file itself there." in refusal(folder)


# ── what is no file ──


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    listener = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may have some 100 bytes
    try:
        listener.bind(path.name)
    finally:
        os.chdir(here)
        listener.close()


def make_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("name", ["other.txt", "sources.toml"])
@pytest.mark.parametrize(
    ("make", "kind"), [(make_pipe, "a named pipe"), (make_socket, "a socket"), (make_folder, "a folder")]
)
def test_what_is_no_ordinary_file_is_never_opened(
    folder: Path, make: Callable[[Path], None], kind: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder / name)
    opened: list[str] = []
    true_open = os.open
    monkeypatch.setattr(os, "open", lambda path, *rest: (opened.append(Path(path).name), true_open(path, *rest))[1])

    assert refusal(folder) == f"{name} is {kind} and is not opened; put an ordinary file there."
    assert name not in opened


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device")
def test_a_device_is_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("the device was opened"))

    with pytest.raises(DocumentError, match="zero is a device and is not opened; put an ordinary file there"):
        files.read_bytes(Path("/dev/zero"))


# ── names and sizes ──


def test_a_name_that_is_no_utf8_is_said(folder: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.txt")
    (folder / name).write_text(TEXT, encoding="utf-8")

    assert refusal(folder) == (
        rf"The name of the file \xff\xfe.txt in {folder} is not UTF-8; rename it, for example to plan.txt."
    )


def test_a_folder_whose_name_is_no_utf8_is_named_in_print(tmp_path: Path) -> None:
    assert rf"{tmp_path}/\xff\xfe is not a folder" in refusal(tmp_path / os.fsdecode(b"\xff\xfe"))


def test_a_file_over_the_limit_is_said_and_not_read(folder: Path) -> None:
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(1 << 40)  # holes: nothing is written

    assert refusal(folder) == (
        "huge.txt holds more than 10 MB, the most that is read; keep only the text of the policy, or part it into "
        "several files."
    )


def test_a_file_that_grows_while_it_is_read_stays_within_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "growing.txt"
    path.write_bytes(b"1")
    true_fstat = os.fstat

    def grow(descriptor: int) -> os.stat_result:
        status = true_fstat(descriptor)
        path.write_bytes(b"1" * 200)
        return status

    monkeypatch.setattr(os, "fstat", grow)

    with pytest.raises(DocumentError, match=r"growing\.txt holds more than 0\.0001 MB"):
        files.read_bytes(path, 100)


def test_hidden_entries_and_other_folders_are_left_alone(folder: Path) -> None:
    (folder / ".#plan.txt").symlink_to("editor@host.1:2")
    (folder / "archive").mkdir()
    (folder / "notes.md").write_text("x", encoding="utf-8")

    assert len(load_collection(folder).documents) == 1
