"""Connections: what does nothing for long is closed, and there is always room for the next one. Real sockets, no index."""

import asyncio
import logging
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn

from assistant.serving.clients import Proxies
from assistant.serving.connections import Allowance, GuardedConnection, guarded
from assistant.serving.listening import open_listener

WAIT = 30  # s; far more than anything here takes
HELLO = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


async def _app(scope: Any, receive: Any, send: Any) -> None:
    """Reads the body; answers "ok", after a while under /slow, with many megabytes under /large, and under /early
    begins before it reads."""
    more = True
    if scope["path"] == "/early":
        await send({"type": "http.response.start", "status": 200, "headers": []})
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        more = message["more_body"]
    if scope["path"] == "/slow":
        await asyncio.sleep(1.5)
    if scope["path"] != "/early":
        await send({"type": "http.response.start", "status": 200, "headers": []})
    if scope["path"] == "/large":
        for _ in range(20):
            await send({"type": "http.response.body", "body": b"x" * 1_000_000, "more_body": True})
    await send({"type": "http.response.body", "body": b"ok"})


@dataclass
class Server:
    """A running server: its port and its connections."""

    port: int
    kind: type[GuardedConnection]

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        """A connection from one of this machine's own addresses."""
        return socket.create_connection(("127.0.0.1", self.port), WAIT, source_address=(source, 0))

    def ask(self, source: str = "127.0.0.1") -> bytes:
        """The first line of the answer to a request over a connection of its own."""
        with self.connect(source) as connection:
            connection.sendall(HELLO)
            return connection.recv(4096).partition(b"\r\n")[0]

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for an event."""
        end = time.monotonic() + WAIT
        while not holds():
            assert time.monotonic() < end
            time.sleep(0.01)


@contextmanager
def _serving(listener: socket.socket, **allowed: Any) -> Iterator[Server]:
    allowance = Allowance(
        **{"head": WAIT, "body": WAIT, "in_all": 100, "per_client": 100, "proxies": Proxies(()), **allowed}
    )
    kind = guarded(allowance)
    server = uvicorn.Server(
        uvicorn.Config(_app, http=kind, lifespan="off", log_config=None, timeout_graceful_shutdown=1)
    )
    with listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield Server(listener.getsockname()[1], kind)
        finally:
            server.should_exit = True
            thread.join(WAIT)


Serve = Callable[..., Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves with an allowance of the test."""
    with ExitStack() as running:
        yield lambda **allowed: running.enter_context(_serving(open_listener("127.0.0.1", 0), **allowed))


def _rest(connection: socket.socket) -> bytes:
    """What still comes until the server closes."""
    received = b""
    with suppress(ConnectionResetError):
        while part := connection.recv(65536):
            received += part
    return received


# ── time ──


def test_a_request_whose_head_is_not_complete_in_time_is_told_and_closed(serve: Serve) -> None:
    with serve(head=0.3).connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost:")
        assert _rest(connection).startswith(b"HTTP/1.1 408 ")


def test_a_head_that_trickles_gets_no_more_time(serve: Serve) -> None:
    with serve(head=0.5).connect() as connection, suppress(OSError):
        for letter in b"GET / HTTP/1.1\r\nX: " + b"a" * 1000:
            connection.sendall(bytes([letter]))
            connection.settimeout(0.05)
            with suppress(TimeoutError):
                assert connection.recv(100).startswith(b"HTTP/1.1 408 ")
                return
        pytest.fail("it was waited for")


def test_a_connection_on_which_nothing_comes_is_closed(serve: Serve) -> None:
    with serve(head=0.3).connect() as connection:
        assert _rest(connection) == b""


def test_the_second_request_of_a_connection_has_its_time_too(serve: Serve) -> None:
    with serve(head=0.5).connect() as connection:
        connection.sendall(HELLO)
        assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")
        connection.sendall(b"GET / HTTP/1.1\r\nHost:")
        assert b"HTTP/1.1 408 " in _rest(connection)


def test_a_body_that_trickles_is_told_and_closed(serve: Serve) -> None:
    with serve(body=0.5).connect() as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{")
        assert _rest(connection).startswith(b"HTTP/1.1 408 ")


def test_a_body_that_comes_steadily_has_longer(serve: Serve) -> None:
    with serve(body=0.5).connect() as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20480\r\n\r\n")
        for _ in range(10):  # 20 KB in about a second
            connection.sendall(b"x" * 2048)
            time.sleep(0.1)
        assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")


def test_an_answer_that_takes_its_time_is_waited_for(serve: Serve) -> None:
    with serve(head=0.3, body=0.3).connect() as connection:
        connection.sendall(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")


def test_an_answer_that_nobody_reads_is_given_up(serve: Serve) -> None:
    server = serve(body=0.3)
    with server.connect() as connection:
        connection.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        server.until(lambda: len(server.kind.table) == 1)
        server.until(lambda: len(server.kind.table) == 0)


# ── number ──


def test_idle_connections_give_way_so_that_the_next_request_is_answered(serve: Serve) -> None:
    server = serve(in_all=20)
    with ExitStack() as idle:
        connections = [idle.enter_context(server.connect(f"127.0.0.{10 + n % 40}")) for n in range(60)]
        for connection in connections[::2]:
            with suppress(OSError):  # closed by now
                connection.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n")
        assert server.ask() == b"HTTP/1.1 200 OK"
        assert _rest(connections[0]) == b""
        assert len(server.kind.table) <= 21


def test_the_connections_of_one_client_do_not_take_those_of_another(serve: Serve) -> None:
    server = serve(per_client=5)
    with ExitStack() as idle, server.connect("127.0.0.2") as other:
        for _ in range(30):
            idle.enter_context(server.connect("127.0.0.3"))
        assert server.ask("127.0.0.3") == b"HTTP/1.1 200 OK"
        other.sendall(HELLO)
        assert other.recv(4096).startswith(b"HTTP/1.1 200 ")


def test_the_clients_behind_a_proxy_share_its_connections(serve: Serve) -> None:
    server = serve(per_client=2, proxies=Proxies(["127.0.0.0/8"]))
    with ExitStack() as held:
        connections = [held.enter_context(server.connect()) for _ in range(10)]
        for connection in connections:
            connection.sendall(HELLO)
            assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")


def test_when_all_are_being_answered_a_further_connection_is_refused(serve: Serve) -> None:
    server = serve(in_all=3)
    with ExitStack() as held:
        busy = [held.enter_context(server.connect()) for _ in range(3)]
        for connection in busy:
            connection.sendall(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        server.until(lambda: [one.state.name for one in list(server.kind.table)] == ["ANSWER"] * 3)
        with server.connect() as further:
            assert b"503" in _rest(further)
        for connection in busy:
            assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")
    server.until(lambda: len(server.kind.table) == 0)
    assert server.ask() == b"HTTP/1.1 200 OK"


_LIMITED = """
import resource, sys
from assistant.serving.connections import room_for
soft, hard = int(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
print(room_for(1000, 256), resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is one of POSIX")
@pytest.mark.parametrize(
    ("soft", "hard", "room"),
    [(256, 4096, "1000 1256"), (2000, 4096, "1000 2000"), (300, 500, "244 500")],
    ids=["the process's limit is raised", "it is enough", "the system's holds"],
)
def test_there_are_never_more_connections_than_files_may_be_open(soft: int, hard: int, room: str) -> None:
    command = [sys.executable, "-c", _LIMITED, str(soft), str(hard)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=WAIT, check=True)
    assert done.stdout.strip() == room
    assert ("only 244 connections" in done.stderr) == (room == "244 500")


# ── what is no HTTP ──


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nnonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: " + b"a" * 100_000,
    ],
    ids=range(8),
)
def test_what_is_no_http_is_refused_without_a_traceback(
    serve: Serve, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    server = serve(head=1, body=1)
    with server.connect() as connection:
        with suppress(OSError):
            connection.sendall(sent)
        assert not _rest(connection).startswith(b"HTTP/1.1 500")
    assert server.ask() == b"HTTP/1.1 200 OK"
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_body_that_goes_wrong_while_it_is_answered_ends_the_connection(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    server = serve()
    with server.connect() as connection:
        connection.sendall(b"POST /early HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")
        connection.sendall(b"nonsense\r\n")
        assert _rest(connection) == b""
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


# ── speed ──


def _exchange(port: int) -> float:
    """The median time of an exchange whose answer comes in two parts, on one connection."""
    times = []
    with socket.create_connection(("127.0.0.1", port), WAIT) as connection:
        for _ in range(20):
            began = time.perf_counter()
            connection.sendall(HELLO)
            received = b""
            while b"0\r\n\r\n" not in received:
                received += connection.recv(4096)
            times.append(time.perf_counter() - began)
    return statistics.median(times)


def test_an_answer_on_a_kept_connection_is_not_held_back(serve: Serve) -> None:
    with _serving(socket.create_server(("127.0.0.1", 0))) as held_back:
        slow = _exchange(held_back.port)
    fast = _exchange(serve().port)
    assert fast < slow / 4
