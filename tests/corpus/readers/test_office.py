"""DOC, WPS and XLS through LibreOffice."""

import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from corpus.errors import DocumentError
from corpus.readers import read_source
from corpus.readers.office import read_by_office_of_kind

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
LINES = ["温州市会展业若干政策", "一、支持办展。给予20万元补助。"]


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["plan.doc", "plan.wps", "plan.rtf", "plan.odt"])
def test_an_old_file_is_read(tmp_path: Path, name: str) -> None:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save(str(tmp_path / "made.docx"))
    form = {"plan.wps": "doc"}.get(name, name.partition(".")[2])
    command = [OFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", form]
    subprocess.run([*map(str, command), "--outdir", tmp_path, tmp_path / "made.docx"], check=True, capture_output=True)
    (tmp_path / f"made.{form}").rename(tmp_path / name)

    assert read_source(tmp_path / name)[0].text.splitlines() == LINES


def test_without_libreoffice_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_: None)

    with pytest.raises(
        ValueError, match=r"needs LibreOffice, which is not installed: install it \(Debian: apt install"
    ):
        read_by_office_of_kind(b"{\\rtf1 }", ".rtf")


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_damaged_old_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "plan.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000)

    with pytest.raises(DocumentError, match=r"plan\.doc .*(damaged|holds no words)"):
        read_source(tmp_path / "plan.doc")
