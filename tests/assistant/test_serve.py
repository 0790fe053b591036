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
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
WAIT = 60  # s; a machine under load
QUESTION = {"question": "智能工厂改造投了1800万能补多少?"}
pytestmark = pytest.mark.slow


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
        """Tell it to stop; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(WAIT)


Serve = Callable[..., Served]


@pytest.fixture
def serve(built_settings: Settings, tmp_path: Path) -> Iterator[Serve]:
    """Starts the command with options and variables; ends it with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def serve(*options: str, program: tuple[str, ...] = ("-m", "assistant.cli", "serve"), **variables: str) -> Served:
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


def test_it_is_alive_before_it_is_ready_and_then_answers(serve: Serve) -> None:
    served = serve()
    served.until("/healthz", 200)
    early = httpx.get(served.address + "/readyz")
    assert early.status_code == 503
    assert early.headers["retry-after"] == "2"
    assert early.json()["detail"] == "The service is starting; try again in a few seconds."
    waiting = httpx.get(served.address + "/", headers={"Accept": "text/html"})
    assert (waiting.status_code, "正在启动" in waiting.text) == (503, True)
    assert "frame-ancestors 'self'" in waiting.headers["content-security-policy"]
    assert served.status("/widget.js") == 200
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


# A route that begins to answer and takes its time, in the place of a long calculation.
_SLOW = """
import threading, time
from assistant.api.app import create_api
from assistant.serving import run
from assistant.settings import Settings

def build(assistant, settings):
    app = create_api(assistant, settings)
    def slow():
        print("slow request has begun", flush=True)
        time.sleep(3)
        return {"finished": True}
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


def test_stopping_lets_a_running_request_finish_and_hangs_up_what_never_ends(serve: Serve) -> None:
    served = serve(program=("-c", _SLOW), POLICY_SHUTDOWN_GRACE="30")
    served.until("/readyz", 200)
    results: dict[str, Any] = {}
    beating = threading.Event()

    def ask() -> None:
        results["slow"] = httpx.get(served.address + "/slow", timeout=WAIT)

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
    end = time.monotonic() + WAIT
    while "slow request has begun" not in served.log and time.monotonic() < end:
        time.sleep(0.01)
    served.stop()
    for thread in threads:
        thread.join(WAIT)
    assert results["slow"].json() == {"finished": True}
    assert (results["heartbeat"], results["ended"]) == (b"data: on\n\n", True)
    assert served.status("/healthz") == 0
    assert "Traceback" not in served.log


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
    for option in ("--host", "--port", "--root-path"):
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
