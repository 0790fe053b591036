"""Connections that do nothing for long are closed, and there are only so many, so that the next one is answered.

uvicorn closes a connection that is kept open between two requests. It waits for ever for the rest of a request, and
for a client that does not read its answer, and takes as many connections as come. Here each has its time:

| state | until |
|---|---|
| nothing came yet, or a part of a request's head | ``head`` seconds from the beginning: 408 |
| a part of its body | ``body`` seconds, and one more for each KB that came, up to six times that: 408 |
| the answer is not read | ``body`` seconds from the last time it was |
| closing | a few seconds |

When there are as many as there may be, in all or from one client, the connection that has waited longest for a whole
request gives way. When all are being answered the new one is refused (503).
"""

import asyncio
import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.serving.clients import Proxies, client_of

logger = logging.getLogger(__name__)

_LINGER = 5.0  # s that what was written last may take to leave
_SLOWEST = 1024  # bytes a second of a body
_REFUSED = (
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 2\r\nconnection: close\r\ncontent-type: text/plain\r\n"
    b"content-length: 49\r\n\r\nToo many connections; try again in a few seconds."
)
_LATE = (
    b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-type: text/plain\r\n"
    b"content-length: 35\r\n\r\nThe request did not arrive in time."
)


class _State(Enum):
    WAITING = auto()  # for a request, of which nothing came
    HEAD = auto()
    BODY = auto()
    ANSWER = auto()
    CLOSING = auto()


@dataclass(frozen=True, slots=True)
class Allowance:
    """How long connections may do nothing, in seconds, and how many there may be."""

    head: float
    body: float
    in_all: int
    per_client: int
    proxies: Proxies  # many clients share the connections of one


class GuardedConnection(H11Protocol):
    """uvicorn's connection with the limits of a table."""

    table: "ConnectionTable"  # set by ``guarded``

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.state = _State.WAITING
        self.since = self.loop.time()
        self.received = 0
        self.unread_since: float | None = None
        self._request: Any = None
        self.peer = client_of(self.client[0]) if self.client else ""
        self.table.admit(self)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.table.forget(self)

    def data_received(self, data: bytes) -> None:
        if self.state is _State.CLOSING:
            return
        self.received += len(data)
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.unread_since = self.loop.time()

    def resume_writing(self) -> None:
        super().resume_writing()
        self.unread_since = None

    def send_400_response(self, msg: str) -> None:
        try:
            super().send_400_response(msg)
        except h11.LocalProtocolError:  # an answer has begun already
            self.transport.abort()

    def _look(self) -> None:
        """Note what the connection is doing now, and since when."""
        if self.transport.is_closing():
            self._enter(_State.CLOSING)
        elif self.cycle is None or self.cycle.response_complete:
            begun = bool(self.conn.trailing_data[0]) or self.conn.their_state is not h11.IDLE
            self._enter(_State.HEAD if begun else _State.WAITING)
        elif self.cycle is not self._request:
            self._request = self.cycle
            self.received = 0
            self._enter(_State.BODY if self.cycle.more_body else _State.ANSWER)
        elif not self.cycle.more_body:
            self._enter(_State.ANSWER)

    def _enter(self, state: _State) -> None:
        if state is not self.state or state is _State.BODY:  # a body entered again is that of another request
            self.state = state
            self.since = self.loop.time()
            self.table.changed(self)

    def end(self, answer: bytes = b"") -> None:
        """Close, after a last word where one can still be said."""
        if not self.transport.is_closing():
            if answer and self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):  # no answer has begun
                self.transport.write(answer)
            self.transport.close()
        self._enter(_State.CLOSING)

    def check(self, now: float, allowed: Allowance) -> None:
        """End the connection when its time is over."""
        if self.transport.is_closing():
            self._enter(_State.CLOSING)
        waited = now - self.since
        if self.state is _State.CLOSING:
            if waited > _LINGER:
                self.transport.abort()
        elif self.unread_since is not None and now - self.unread_since > allowed.body:
            self.transport.abort()
        elif self.state in (_State.WAITING, _State.HEAD) and waited > allowed.head:
            self.end(_LATE if self.state is _State.HEAD else b"")
        elif self.state is _State.BODY and waited > min(allowed.body + self.received / _SLOWEST, 6 * allowed.body):
            self.end(_LATE)


class ConnectionTable:
    """The connections that are open, and which of them wait for a whole request."""

    def __init__(self, allowed: Allowance) -> None:
        self._allowed = allowed
        self._open: dict[GuardedConnection, None] = {}
        self._waiting: dict[GuardedConnection, None] = {}  # from the one that waits longest on
        self._clients: dict[str, dict[GuardedConnection, None]] = {}
        self._checking = False

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[GuardedConnection]:
        return iter(self._open)

    def admit(self, connection: GuardedConnection) -> None:
        """Take a new connection in; another one gives way for it, or it is refused."""
        own = self._clients.setdefault(connection.peer, {})
        self._open[connection] = own[connection] = self._waiting[connection] = None
        if connection.peer not in self._allowed.proxies and len(own) > self._allowed.per_client:
            self._give_way([one for one in own if one in self._waiting], connection)
        elif len(self._open) > self._allowed.in_all:
            self._give_way(self._waiting, connection)
        if not self._checking:
            self._checking = True
            self._later(connection.loop)

    def _give_way(self, waiting: Collection[GuardedConnection], new: GuardedConnection) -> None:
        oldest = next(iter(waiting))
        oldest.end(_REFUSED if oldest is new else b"")
        self._drop(oldest)
        logger.warning("too many connections: one was closed")

    def changed(self, connection: GuardedConnection) -> None:
        """Note that a connection began or ended to wait for a whole request."""
        if connection.state in (_State.WAITING, _State.HEAD, _State.BODY):
            if connection in self._open:
                self._waiting.setdefault(connection)
        else:
            self._waiting.pop(connection, None)

    def forget(self, connection: GuardedConnection) -> None:
        """Note that a connection is closed."""
        self._open.pop(connection, None)
        self._drop(connection)

    def _drop(self, connection: GuardedConnection) -> None:
        """Count a connection no more; one that is closing is still looked after."""
        self._waiting.pop(connection, None)
        own = self._clients.get(connection.peer, {})
        own.pop(connection, None)
        if not own:
            self._clients.pop(connection.peer, None)

    def _later(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.call_later(min(1.0, self._allowed.head / 4), self._check, loop)

    def _check(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for connection in list(self._open):
            connection.check(now, self._allowed)
        self._checking = bool(self._open)
        if self._checking:
            self._later(loop)


def guarded(allowed: Allowance) -> type[GuardedConnection]:
    """The class of connections that share one table; what uvicorn takes as ``http``."""
    return type("Connection", (GuardedConnection,), {"table": ConnectionTable(allowed)})


def room_for(wanted: int, spare: int) -> int:
    """How many connections the process may have: ``wanted``, if the system lets it open as many files and ``spare``.

    The process's own limit is raised as far as the system allows; what is missing then is logged.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + spare
    if soft != resource.RLIM_INFINITY and soft < needed:
        reachable = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (reachable, hard))
        soft = reachable
        if soft < needed:
            logger.warning("only %d connections: the system allows %d open files (ulimit -n)", soft - spare, soft)
            return max(16, soft - spare)
    return wanted
