"""Serving: the real command in a process of its own, from the first request to the last."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from assistant.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
WAIT = 600  # s; on the busiest machine everything has come by then
QUESTION = {"question": "智能工厂改造投了1800万能补多少?"}
pytestmark = pytest.mark.slow
_HOSTILE_PATH = str(Path(__file__).parent / "hostile")


class Served:
    """A running `policy-assistant serve`."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
        self.process = process
        self.address = f"http://127.0.0.1:{port}"
        self._log = log

    @property
    def log(self) -> str:
        """What it wrote so far."""
        return self._log.read_text(encoding="utf-8")

    def status(self, path: str) -> int:
        """The status of a GET; 0 while nothing listens."""
        try:
            return httpx.get(self.address + path, timeout=WAIT).status_code
        except httpx.TransportError:
            return 0

    def until(self, path: str, *wanted: int) -> int:
        """Ask until one of the statuses comes."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            status = self.status(path)
            if status in wanted:
                return status
            assert self.process.poll() is None, self.log
            time.sleep(0.01)
        raise AssertionError(f"{path} never gave {wanted}: {self.log}")

    def stop(self) -> int:
        """Tell it to stop; its exit status. Nothing of it is left then."""
        family = _family(self.process.pid)
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(WAIT)
        assert not any(map(_runs, family))
        return status


def _family(process: int) -> set[int]:
    """A process and all that descend from it."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    family = {process}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def _runs(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def _until(happened: Callable[[], object]) -> None:
    end = time.monotonic() + WAIT
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)


Serve = Callable[..., Served]


@pytest.fixture
def serve(built_settings: Settings, tmp_path: Path) -> Iterator[Serve]:
    """Starts the command with options and variables; ends it with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def serve(
        *options: str, program: tuple[str, ...] = ("-m", "assistant.faces.cli", "serve"), **variables: str
    ) -> Served:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        log = tmp_path / f"serve-{len(started)}.log"
        environment = {
            **os.environ,
            "POLICY_INDEX_DIR": str(built_settings.index_dir),
            "POLICY_FEEDBACK_URL": "",
            "POLICY_PORT": str(port),
            **variables,
        }
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, *program, *options], stdout=output, stderr=output, cwd=ROOT, env=environment
            )
        started.append(process)
        return Served(process, port, log)

    yield serve
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait(WAIT)


# The command, whose index is loaded only once a file is there.
_HELD = """
import os, sys, time
from pathlib import Path
from assistant.faces.cli.main import main
from assistant.service import PolicyAssistant

load = PolicyAssistant.open
def held(*arguments, **options):
    while not Path(os.environ["TEST_GO"]).exists():
        time.sleep(0.01)
    return load(*arguments, **options)
PolicyAssistant.open = held
sys.argv[:] = ["policy-assistant", "serve"]
main()
"""


def test_it_is_alive_before_it_is_ready_and_then_answers(serve: Serve, tmp_path: Path) -> None:
    go = tmp_path / "go"
    served = serve(program=("-c", _HELD), TEST_GO=str(go))
    served.until("/healthz", 200)
    early = httpx.get(served.address + "/readyz", timeout=WAIT)
    assert early.status_code == 503
    assert early.headers["retry-after"] == "2"
    assert early.json()["detail"] == "The service is starting; try again in a few seconds."
    waiting = httpx.get(served.address + "/", headers={"Accept": "text/html"}, timeout=WAIT)
    assert (waiting.status_code, "正在启动" in waiting.text) == (503, True)
    assert "frame-ancestors 'self'" in waiting.headers["content-security-policy"]
    assert served.status("/widget.js") == 200
    go.touch()
    served.until("/readyz", 200)
    answer = httpx.post(served.address + "/api/ask", json=QUESTION, timeout=WAIT).json()
    assert answer["figures"][0]["amount"] == "3600000"
    page = httpx.get(served.address + "/", headers={"Accept": "text/html"}, timeout=WAIT)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
    assert served.status("/api/nowhere") == 404
    assert served.status("/docs") == 200
    served.stop()
    assert "Traceback" not in served.log


# A route that begins to answer and ends once a file is there, in the place of a long calculation.
_SLOW = """
import hostile_work
from assistant.faces.api.app import create_api
from assistant.faces.serving import run
from assistant.settings import Settings

def build(workers, settings):
    app = create_api(workers, settings)
    async def slow(began: str):
        return {"finished": await app.state.desk.run(hostile_work.take, 3, began)}
    app.add_api_route("/slow", slow)
    async def heartbeat():
        from starlette.responses import StreamingResponse
        import asyncio
        async def forever():
            yield b"data: on\\n\\n"
            await asyncio.sleep(3600)
        return StreamingResponse(forever(), media_type="text/event-stream")
    app.add_api_route("/gradio_api/heartbeat/abc", heartbeat)
    return app

run(Settings.load(), build)
"""


def test_stopping_lets_a_running_request_finish_and_hangs_up_what_never_ends(serve: Serve, tmp_path: Path) -> None:
    served = serve(program=("-c", _SLOW), PYTHONPATH=_HOSTILE_PATH, POLICY_SHUTDOWN_GRACE="30")
    served.until("/readyz", 200)
    results: dict[str, Any] = {}
    beating = threading.Event()
    began = tmp_path / "began"

    def ask() -> None:
        results["slow"] = httpx.get(served.address + "/slow", params={"began": str(began)}, timeout=WAIT)

    def listen() -> None:
        with httpx.stream("GET", served.address + "/gradio_api/heartbeat/abc", timeout=WAIT) as stream:
            for chunk in stream.iter_raw():  # raises unless the server ends it properly
                results["heartbeat"] = chunk
                beating.set()
            results["ended"] = True

    threads = [threading.Thread(target=ask), threading.Thread(target=listen)]
    for thread in threads:
        thread.start()
    assert beating.wait(WAIT)
    _until(began.exists)
    served.stop()
    for thread in threads:
        thread.join(WAIT)
    assert results["slow"].json() == {"finished": "done"}
    assert (results["heartbeat"], results["ended"]) == (b"data: on\n\n", True)
    assert served.status("/healthz") == 0
    assert "Traceback" not in served.log


# Routes that have work sent which no product would send.
_HOSTILE = """
import hostile_work
from assistant.faces.api.app import create_api
from assistant.faces.serving import run
from assistant.settings import Settings

def build(workers, settings):
    app = create_api(workers, settings)
    async def abort():
        await app.state.desk.run(hostile_work.abort)
    async def take(began: str):
        return await app.state.desk.run(hostile_work.take, 3600, began)
    app.add_api_route("/abort", abort)
    app.add_api_route("/api/take", take)
    app.router.routes.insert(0, app.router.routes.pop())
    return app

run(Settings.load(), build)
"""


def test_a_request_that_ends_its_process_is_told_so_and_all_others_are_answered(serve: Serve) -> None:
    served = serve(program=("-c", _HOSTILE), PYTHONPATH=_HOSTILE_PATH, POLICY_WORKERS="2")
    served.until("/readyz", 200)
    with ThreadPoolExecutor(21) as clients:
        asks = [clients.submit(httpx.post, f"{served.address}/api/ask", json=QUESTION, timeout=WAIT) for _ in range(10)]
        lost = clients.submit(httpx.get, f"{served.address}/abort", timeout=WAIT)
        asks += [
            clients.submit(httpx.post, f"{served.address}/api/ask", json=QUESTION, timeout=WAIT) for _ in range(10)
        ]
        answers = [ask.result() for ask in asks]
        refused = lost.result()
    assert (refused.status_code, refused.headers["content-type"]) == (500, "application/problem+json")
    assert refused.json()["detail"] == "This question could not be answered; it has been logged."
    assert [answer.json()["figures"][0]["amount"] for answer in answers] == ["3600000"] * 20
    served.until("/readyz", 200)
    counted = httpx.get(f"{served.address}/metrics").text
    assert "\npolicy_workers 2.0\n" in counted
    assert '\npolicy_worker_restarts_total{reason="died"} 1.0\n' in counted
    served.stop()
    assert "was ended by SIGABRT" in served.log
    assert "智能工厂" not in served.log


def test_a_request_past_its_time_or_without_a_client_is_stopped(serve: Serve, tmp_path: Path) -> None:
    served = serve(program=("-c", _HOSTILE), PYTHONPATH=_HOSTILE_PATH, POLICY_WORKERS="1", POLICY_REQUEST_TIMEOUT="5")
    served.until("/readyz", 200)

    began = tmp_path / "late"
    late = httpx.get(f"{served.address}/api/take", params={"began": str(began)}, timeout=WAIT)
    assert (late.status_code, late.json()["detail"]) == (504, "The answer took longer than 5 s; try again.")
    _until(lambda: not _runs(int(began.read_text())))
    began = tmp_path / "unwanted"
    with socket.create_connection(("127.0.0.1", int(served.address.rpartition(":")[2]))) as client:
        client.sendall(f"GET /api/take?began={quote(str(began))} HTTP/1.1\r\nHost: policy\r\n\r\n".encode())
        _until(began.exists)
    _until(lambda: not _runs(int(began.read_text())))
    assert httpx.post(served.address + "/api/ask", json=QUESTION, timeout=WAIT).status_code == 200
    served.until("/readyz", 200)
    counted = httpx.get(f"{served.address}/metrics").text
    assert '\npolicy_worker_restarts_total{reason="stopped"} 2.0\n' in counted
    served.stop()


def test_nothing_is_left_of_a_server_that_is_killed(serve: Serve, tmp_path: Path) -> None:
    served = serve(program=("-c", _HOSTILE), PYTHONPATH=_HOSTILE_PATH, POLICY_WORKERS="2")
    served.until("/readyz", 200)
    began = tmp_path / "began"
    with ThreadPoolExecutor(1) as clients:
        clients.submit(httpx.get, f"{served.address}/api/take", params={"began": str(began)}, timeout=WAIT)
        _until(began.exists)  # one of them is in the middle of something
        _until(lambda: len(_family(served.process.pid)) == 4)  # with template and workers
        family = _family(served.process.pid)
        served.process.kill()
        served.process.wait(WAIT)
        _until(lambda: not any(map(_runs, family)))


def test_the_page_and_the_api_work_under_a_prefix(serve: Serve) -> None:
    served = serve("--root-path", "/portal/policy")
    served.until("/readyz", 200)
    for before in ("", "/portal/policy"):  # a proxy that takes the prefix off, and one that leaves it
        answer = httpx.post(f"{served.address}{before}/api/ask", json=QUESTION, timeout=WAIT)
        assert answer.json()["figures"][0]["amount"] == "3600000"
        page = httpx.get(f"{served.address}{before}/", headers={"Accept": "text/html"}, timeout=WAIT)
        assert page.status_code == 200
    assert "/portal/policy/" in served.log
    served.stop()


def test_requests_are_logged_as_one_json_object_a_line(serve: Serve) -> None:
    served = serve("--log-format", "json")
    served.until("/readyz", 200)
    httpx.post(served.address + "/api/ask", json=QUESTION, timeout=WAIT)
    served.stop()
    entries = [json.loads(line) for line in served.log.splitlines() if line.startswith("{")]
    (asked,) = [entry for entry in entries if entry.get("route") == "/api/ask"]
    assert (asked["method"], asked["status"], asked["level"]) == ("POST", 200, "info")
    assert "智能工厂" not in served.log.replace("政策问答", "")


def test_idle_connections_and_nonsense_keep_nobody_out_and_do_not_fill_the_log(serve: Serve) -> None:
    served = serve(POLICY_MAX_CONNECTIONS="100", POLICY_HEADER_TIMEOUT="2")
    served.until("/readyz", 200)
    port = int(served.address.rpartition(":")[2])
    with ExitStack() as held:
        idle = [held.enter_context(socket.create_connection(("127.0.0.1", port), WAIT)) for _ in range(300)]
        for connection in idle[::2]:
            with suppress(OSError):  # it gave way
                connection.sendall(b"POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Le")
        assert served.status("/healthz") == 200
        for connection in idle:
            with suppress(ConnectionResetError):
                while connection.recv(4096):  # until it is closed
                    pass
    for _ in range(500):
        with socket.create_connection(("127.0.0.1", port), WAIT) as connection, suppress(ConnectionResetError):
            connection.sendall(b"nonsense\r\n\r\n")
            connection.recv(4096)
        assert len(served.log) < 20_000
    for number in range(300):
        assert served.status(f"/docs/secret{number}") == 404
    assert len(served.log) < 20_000
    assert "secret" not in served.log
    assert "secret" not in httpx.get(served.address + "/metrics").text
    served.stop()
    assert "more suppressed" in served.log
    assert "Traceback" not in served.log


def test_a_port_in_use_is_told_before_anything_is_loaded(serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        served = serve("--port", str(taken.getsockname()[1]))
        assert served.process.wait(WAIT) == 2
    assert served.log.startswith("error: Port ")
    assert served.log.count("\n") == 1


def test_without_an_index_it_stops_and_says_what_to_do(serve: Serve, tmp_path: Path) -> None:
    served = serve(POLICY_INDEX_DIR=str(tmp_path / "nothing"))
    assert served.process.wait(WAIT) == 2
    assert "policy-assistant build" in served.log
    assert "Traceback" not in served.log


def test_help_shows_every_setting(run: Callable[..., "subprocess.CompletedProcess[str]"]) -> None:
    done = run("serve", "--help")
    assert done.returncode == 0
    for name in Settings.model_fields:
        assert f"POLICY_{name.upper()}" in done.stdout
    for option in ("--host", "--port", "--root-path", "--workers"):
        assert option in done.stdout


def test_settings_shows_what_is_in_force_without_passwords(
    run: Callable[..., "subprocess.CompletedProcess[str]"], tmp_path: Path
) -> None:
    file = tmp_path / "portal.toml"
    file.write_text("port = 8080\n", encoding="utf-8")
    done = run(
        "settings",
        "--json",
        POLICY_SETTINGS_FILE=str(file),
        POLICY_FEEDBACK_URL="postgresql://clerk:s3cret@db.example/policy",
    )
    shown = json.loads(done.stdout)
    assert (shown["port"]["value"], shown["port"]["origin"]) == ("8080", str(file))
    assert shown["feedback_url"]["value"] == "postgresql://clerk:***@db.example/policy"
    table = run(
        "settings", POLICY_SETTINGS_FILE=str(file), POLICY_FEEDBACK_URL="postgresql://clerk:s3cret@db.example/p"
    )
    assert "s3cret" not in table.stdout
    assert "8080" in table.stdout
