"""Several processes at one index: builders take turns, readers see the old or the new one, a killed builder harms none."""

import importlib.util
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.build import build_snapshot
from assistant.settings import Settings
from index import snapshot

SAVING = Path(__file__).with_name("saving.py")
_specification = importlib.util.spec_from_file_location("saving", SAVING)
saving = importlib.util.module_from_spec(_specification)
_specification.loader.exec_module(saving)

Saver = subprocess.Popen  # of saving.py


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[[], Saver]]:
    """Starts a process that saves into the folder."""
    savers: list[Saver] = []

    def start() -> Saver:
        command = [sys.executable, str(SAVING), str(folder)]
        savers.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        assert savers[-1].stdout.readline() == "ready\n"
        return savers[-1]

    yield start
    for saver in savers:
        saver.stdin.close()
        saver.wait(timeout=60)
        saver.stdout.close()


def tell(saver: Saver, order: str) -> None:
    saver.stdin.write(order + "\n")
    saver.stdin.flush()


def is_done(saver: Saver) -> bool:
    return saver.stdout.readline() == "done\n"


def text_of(folder: Path) -> str:
    """The text of the index in the folder, which has to be whole, with nothing left over beside it."""
    loaded = snapshot.load(folder, saving.OneEmbedder(), saving.DIGEST)
    return loaded.passages[0].text


def left_over(folder: Path) -> set[str]:
    return {entry.name.split("-")[0] for entry in folder.iterdir()} - {".lock", "generation", "manifest.json"}


def test_two_builders_leave_a_whole_index_in_each_of_sixty_rounds(start, folder: Path) -> None:
    builders = [start(), start()]
    for _ in range(60):
        for builder in builders:
            tell(builder, "save 1")
        assert all(map(is_done, builders))
        assert text_of(folder) in saving.TEXTS
        assert len(list(folder.glob("generation-*"))) == 1
        assert left_over(folder) == set()


def test_readers_read_while_the_index_is_saved_155_times(start, folder: Path) -> None:
    builder = start()
    tell(builder, "save 1")
    assert is_done(builder)
    tell(builder, "save 155")
    saved = threading.Thread(target=is_done, args=(builder,))
    saved.start()
    seen: list[str] = []
    while saved.is_alive() or not seen:
        seen.append(text_of(folder))
    saved.join()
    assert set(seen) <= set(saving.TEXTS)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_builder_that_is_killed_leaves_the_old_index_or_the_new(start, folder: Path) -> None:
    builder = start()
    chance = random.Random(5)
    tell(builder, "save 1")
    assert is_done(builder)
    for _ in range(30):
        tell(builder, f"killed {chance.uniform(0, 0.06)}")
        assert is_done(builder)
        assert text_of(folder) in saving.TEXTS
    tell(builder, "save 1")  # no lock is left to wait for, nor anything else
    assert is_done(builder)
    assert text_of(folder) in saving.TEXTS
    assert len(list(folder.glob("generation-*"))) == 1
    assert left_over(folder) == set()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_first_builder_that_is_killed_leaves_no_index_or_a_whole_one(start, folder: Path) -> None:
    builder = start()
    for seconds in (0, 0.005, 0.01, 0.02):
        tell(builder, f"killed {seconds}")
        assert is_done(builder)
        assert not (folder / "manifest.json").exists() or text_of(folder) in saving.TEXTS


@pytest.fixture
def settings(tmp_path: Path, folder: Path, tiny, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of one small document, with the embedder that needs no model."""
    documents = tmp_path / "documents"
    documents.mkdir()
    text = f"关于支持技术改造的若干政策\n\n一、技术改造\n{saving.TEXTS[0]}\n"
    (documents / "policy.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr("index.embedding.load_embedder", lambda name: tiny)
    return Settings(documents_dir=documents, index_dir=folder)


def test_who_comes_second_waits_and_takes_what_the_first_has_built(settings, folder: Path, tmp_path: Path) -> None:
    waiting = threading.Event()
    results = []
    second = threading.Thread(target=lambda: results.append(build_snapshot(settings, on_wait=waiting.set)))
    first = build_snapshot(settings)
    manifest = (folder / "manifest.json").read_bytes()
    (folder / "manifest.json").unlink()  # as it is before the first is done
    with snapshot.sole_builder(folder):
        second.start()
        assert waiting.wait(timeout=60)
        (folder / "manifest.json").write_bytes(manifest)
    second.join(timeout=60)
    assert first.rebuilt
    assert [result.rebuilt for result in results] == [False]
    assert (folder / "manifest.json").read_bytes() == manifest


def test_who_builds_in_any_case_builds_after_the_first(settings, folder: Path) -> None:
    build_snapshot(settings)
    before = (folder / "manifest.json").read_bytes()
    assert build_snapshot(settings, force=True).rebuilt
    assert (folder / "manifest.json").read_bytes() != before


def test_who_waits_on_the_command_line_is_told(folder: Path, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "policy.txt").write_text(f"若干政策\n\n一、改造\n{saving.TEXTS[1]}\n", encoding="utf-8")
    variables = {"POLICY_DOCUMENTS_DIR": str(documents), "POLICY_INDEX_DIR": str(folder)}
    command = [sys.executable, "-m", "assistant.faces.cli", "build"]
    with snapshot.sole_builder(folder):
        waiting = subprocess.Popen(
            command, env=os.environ | variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        told = waiting.stderr.readline()
    output, errors = waiting.communicate(timeout=120)
    assert told == f"The index in {folder} is being built; waiting for it.\n"
    assert output.splitlines()[-1].startswith("The index is built: ")
    assert (waiting.returncode, errors) == (0, "")


def test_a_folder_is_free_again_when_a_builder_fails(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), snapshot.sole_builder(folder):
        raise ZeroDivisionError
    waited = []
    with snapshot.sole_builder(folder, lambda: waited.append(True)):
        pass
    assert waited == []
