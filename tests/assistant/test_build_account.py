"""``build`` says of every file of the folder what became of it."""

from pathlib import Path

import docx
import pytest

from assistant.build import build_snapshot
from assistant.faces.cli.files import account
from assistant.service import PolicyAssistant
from assistant.settings import Settings
from corpus.errors import DocumentError

PLAN = (
    "温州市会展业若干政策",
    "一、支持办展。对在本市举办的展会给予20万元补助。",
    "二、附则。本政策自2024年1月1日起施行。",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A documents folder with a Word file, a note and a file that is cut off."""
    folder = tmp_path / "documents"
    folder.mkdir()
    document = docx.Document()
    for line in PLAN:
        document.add_paragraph(line)
    document.save(str(folder / "plan.docx"))
    (folder / "cut.docx").write_bytes((folder / "plan.docx").read_bytes()[:4000])
    (folder / "tool.exe").write_bytes(b"MZ")
    return folder


@pytest.mark.slow
def test_a_word_file_is_answered_from_and_the_others_are_told(folder: Path, tmp_path: Path) -> None:
    settings = Settings(documents_dir=folder, index_dir=tmp_path / "index")
    met: list[tuple[int, int]] = []

    result = build_snapshot(settings, on_read=lambda done, total: met.append((done, total)))

    lines = list(account(result.files))
    assert lines[0] == "1 file read, 1 skipped, 1 refused"
    assert lines[1].startswith("  refused: cut.docx is damaged or cut off")
    assert lines[2].startswith("  skipped: tool.exe: files ending in '.exe' are not read")
    assert met[-1] == (3, 3)
    answer = PolicyAssistant.open(settings).ask("温州办展补贴多少")
    assert [figure.amount for figure in answer.figures] == [200_000]
    assert build_snapshot(settings).rebuilt is False


def test_a_folder_of_which_nothing_can_be_read_is_refused_and_no_index_written(folder: Path, tmp_path: Path) -> None:
    (folder / "plan.docx").unlink()
    settings = Settings(documents_dir=folder, index_dir=tmp_path / "index")

    with pytest.raises(DocumentError, match=r"cut\.docx is damaged or cut off"):
        build_snapshot(settings)
    assert not (tmp_path / "index").exists()


def test_a_text_that_was_read_is_kept_and_a_damaged_one_read_again(folder: Path, tmp_path: Path) -> None:
    from corpus.collection import read_folder
    from corpus.readers import DEFAULT_LIMITS
    from corpus.readers.store import TextStore

    kept = tmp_path / "texts"
    first = read_folder(folder, DEFAULT_LIMITS, TextStore(kept, writes=True)).collection.digest
    files = list(kept.iterdir())
    assert len(files) == 1  # of plan.docx; nothing is kept of a file that is refused
    files[0].write_bytes(files[0].read_bytes().replace("补助".encode(), "奖励".encode()))

    assert read_folder(folder, DEFAULT_LIMITS, TextStore(kept)).collection.digest == first
