"""What all tests share: a world of their own, the shipped documents' index built once, and the command line."""

import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from assistant.settings import Settings

sys.path.insert(0, str(Path(__file__).resolve().parent))
from shipped_index import begin, built, dealt

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600  # s; no test waits so long: what does not come within it on the busiest machine does not come


def pytest_configure() -> None:
    """Nothing here depends on how busy the machine is, and the tests share it among themselves."""
    # One text of a property may take long when the process has to wait for its turn.
    hypothesis_settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    hypothesis_settings.load_profile("busy")
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # read when the encoder is loaded, also by processes we start
    if "PYTEST_XDIST_WORKER" in os.environ:
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # each worker has a processor


@pytest.fixture(autouse=True)
def own_world(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests neither read nor write the user's home folder or settings."""
    home = tmp_path_factory.getbasetemp() / "home"
    for name in [name for name in os.environ if name.startswith("POLICY_")]:
        monkeypatch.delenv(name)
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))


INDEX = "built_settings"  # the fixture that needs the index
BUILDING: "pytest.StashKey[subprocess.Popen[bytes]]" = pytest.StashKey()


def _kept(config: pytest.Config) -> Path:
    """The folder in which the built index is kept between runs."""
    assert config.cache is not None
    return config.cache.mkdir("policy-index")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where workers share the tests, each begins with those that need no index, while the first has it built aside."""
    workerinput: dict[str, Any] | None = getattr(config, "workerinput", None)
    needing = [item for item in items if INDEX in getattr(item, "fixturenames", ())]
    if workerinput is None or not needing:
        return
    others = [item for item in items if INDEX not in getattr(item, "fixturenames", ())]
    items[:] = dealt(others, needing, workerinput["workercount"])
    if workerinput["workerid"] == "gw0":
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("POLICY_", "OMP_NUM"))}
        config.stash[BUILDING] = begin(_kept(config), environment)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The build does not outlive the tests, should they end before it."""
    building = config.stash.get(BUILDING, None)
    if building is not None:
        building.terminate()
        building.wait()


@pytest.fixture(scope="session")
def built_settings(request: pytest.FixtureRequest) -> Settings:
    """Settings whose index of the shipped documents is built.

    Building takes a minute or two, so the index is kept between runs while the passages and the code of index/ stay.
    """
    return built(_kept(request.config))


@pytest.fixture(scope="session")
def assistant(built_settings: Settings) -> "PolicyAssistant":
    """The assistant over the shipped documents."""
    from assistant.service import PolicyAssistant

    return PolicyAssistant.open(built_settings)


Run = Callable[..., "subprocess.CompletedProcess[str]"]


class CommandServer:
    """Forks runs of the command line from a process that has imported the libraries (see command_server.py)."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "command_server.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def run(
        self, arguments: Sequence[str | bytes], stdin: bytes, environment: Mapping[str, str]
    ) -> "subprocess.CompletedProcess[bytes]":
        """The finished run of one command. TimeoutExpired when it does not end."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "stdin").write_bytes(stdin)
            request = {
                "arguments": [os.fsdecode(one) for one in arguments],
                "environment": dict(environment),
                "folder": name,
            }
            self._server.stdin.write(json.dumps(request).encode() + b"\n")
            self._server.stdin.flush()
            if not select.select([self._server.stdout], [], [], PATIENCE)[0]:
                raise subprocess.TimeoutExpired(list(arguments), PATIENCE)
            status = int(self._server.stdout.readline())
            output, errors = (folder / "stdout").read_bytes(), (folder / "stderr").read_bytes()
        return subprocess.CompletedProcess(list(arguments), status, output, errors)

    def close(self) -> None:
        """End the process."""
        assert self._server.stdout is not None
        with self._server:
            self._server.stdout.close()


@pytest.fixture(scope="session")
def command_server() -> Iterator[CommandServer]:
    """One process for all runs of the command line that forks each of them."""
    server = CommandServer()
    yield server
    server.close()


@pytest.fixture
def run(command_server: CommandServer) -> Run:
    """Runs the command line as a user does, in a process of its own."""

    def run(*arguments: str | bytes, stdin: str | bytes = "", **environment: str) -> "subprocess.CompletedProcess[str]":
        whole = {**os.environ, **environment}
        sent = stdin.encode() if isinstance(stdin, str) else stdin
        if not any(name.startswith("PYTHON") for name in environment):  # Python reads those when it starts
            done = command_server.run(arguments, sent, whole)
            return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
        done = subprocess.run(
            [sys.executable, "-m", "assistant.faces.cli", *arguments],
            input=sent,
            capture_output=True,
            timeout=PATIENCE,
            cwd=ROOT,
            env=whole,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def run_built(run: Run, built_settings: Settings) -> Run:
    """Runs the command line with the built index."""

    def run_built(*arguments: str | bytes, stdin: str | bytes = "") -> "subprocess.CompletedProcess[str]":
        return run(*arguments, stdin=stdin, POLICY_INDEX_DIR=str(built_settings.index_dir))

    return run_built
