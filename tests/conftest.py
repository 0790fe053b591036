"""What all tests share: a world of their own, the shipped documents' index built once, and the command line."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def own_world(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests neither read nor write the user's home folder or settings."""
    home = tmp_path_factory.getbasetemp() / "home"
    for name in [name for name in os.environ if name.startswith("POLICY_")]:
        monkeypatch.delenv(name)
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture(scope="session")
def built_settings(request: pytest.FixtureRequest) -> Settings:
    """Settings whose index of the shipped documents is built.

    Building takes a minute or two, so the index is kept between runs while the passages and the code of index/ stay.
    """
    from assistant.build import build_snapshot
    from corpus.collection import load_collection
    from index.passage import make_passages

    collection = load_collection(Settings().documents_dir)
    key = hashlib.sha256(collection.digest.encode())
    for document in collection.documents:
        key.update(repr(make_passages(document)).encode())
    for file in sorted((ROOT / "index").glob("*.*")):
        key.update(file.name.encode() + file.read_bytes())
    assert request.config.cache is not None
    settings = Settings(index_dir=request.config.cache.mkdir("policy-index") / key.hexdigest()[:16])
    build_snapshot(settings)
    return settings


@pytest.fixture(scope="session")
def assistant(built_settings: Settings) -> "PolicyAssistant":
    """The assistant over the shipped documents."""
    from assistant.service import PolicyAssistant

    return PolicyAssistant.open(built_settings)


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run() -> Run:
    """Runs the command line as a user does, in a process of its own."""

    def run(*arguments: str, stdin: str | bytes = "", **environment: str) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-m", "assistant.cli", *arguments],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            timeout=120,
            cwd=ROOT,
            env={**os.environ, **environment},
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def run_built(run: Run, built_settings: Settings) -> Run:
    """Runs the command line with the built index."""

    def run_built(*arguments: str, stdin: str | bytes = "") -> "subprocess.CompletedProcess[str]":
        return run(*arguments, stdin=stdin, POLICY_INDEX_DIR=str(built_settings.index_dir))

    return run_built
