"""Serving: the process that listens at once, loads behind the door, and lets running requests finish when it is stopped.

The gate stands before the application. Until index, model and page are loaded, another one stands in that says "not yet"
(503), so that a load balancer sees a live process that is not ready; from then on it passes everything on. When the server is told to
stop, it hangs up the streams that would never end by themselves and waits for the others.
"""

import asyncio
import gc
import logging
import os
import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.faces.api.errors import problem
from assistant.faces.api.rate import Forwarded
from assistant.faces.starting import create_starting
from assistant.faces.warming import warm_up
from assistant.serving.clients import Proxies
from assistant.serving.connections import Allowance, GuardedConnection, guarded, room_for
from assistant.serving.listening import open_listener
from assistant.serving.logs import set_up_logging
from assistant.serving.workers.supervisor import Supervisor
from assistant.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.service import PolicyAssistant
    from assistant.serving.workers.pool import Pool

logger = logging.getLogger(__name__)

Build = Callable[["PolicyAssistant | Pool", Settings], "FastAPI"]

# Connections that are taken at once, each a file before it is counted; asyncio tries that often when files run out.
_BACKLOG = 128
_FILES = 128  # open at once beside the connections: the index, the log, the database, what libraries open

# Kept open by a page or client for as long as it lives; nothing is worked out in them.
_ENDLESS = re.compile(r"/heartbeat/[^/]*$|/mcp/?$")


def run(settings: Settings, build: Build) -> None:
    """Serve what ``build`` makes of the workers until the process is told to stop.

    SettingsError when the address is not free, SnapshotError without an index.
    """
    set_up_logging(settings)
    with open_listener(settings.host, settings.port) as listener:  # a wrong port is told before anything is loaded
        gate = Gate(lambda: _loaded(settings, build), settings)
        config = uvicorn.Config(
            Forwarded(gate, settings),
            http=_connections(settings),
            ws="none",  # nothing here speaks it
            backlog=_BACKLOG,
            lifespan="on",
            log_config=None,  # ours holds
            access_log=False,  # RequestLog writes one line a request
            server_header=False,
            proxy_headers=False,  # Forwarded does it
            timeout_graceful_shutdown=settings.shutdown_grace,
        )
        server = _Server(config, gate)
        gate.on_ready = lambda: _announce(settings)
        gate.on_failure = server.stop
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    if gate.failure is not None:
        raise gate.failure


async def _loaded(settings: Settings, build: Build) -> "FastAPI":
    """The application; its template loads the assistant while its page is built."""
    if not hasattr(os, "fork"):
        logger.warning("this system has no fork: answers share one process, and a fault in native code ends it")
        return await asyncio.to_thread(lambda: _built(build, _opened(settings), settings))
    workers = Supervisor(settings, warm_up)
    starting = asyncio.ensure_future(workers.start())
    try:
        app = await asyncio.to_thread(_built, build, workers, settings)
        await starting
    except BaseException:
        starting.cancel()
        await workers.close()
        raise
    return app


def _built(build: Build, workers: "PolicyAssistant | Pool", settings: Settings) -> "FastAPI":
    gc.disable()  # collecting again and again what is only being built takes a tenth of the time
    try:
        app = build(workers, settings)
        gc.freeze()  # what is loaded stays: no later collection has to look at it
    finally:
        gc.enable()
    return app


def _opened(settings: Settings) -> "PolicyAssistant":
    from assistant.service import PolicyAssistant

    assistant = PolicyAssistant.open(settings)
    warm_up(assistant)
    return assistant


def _connections(settings: Settings) -> type[GuardedConnection]:
    return guarded(
        Allowance(
            head=settings.header_timeout,
            body=settings.body_timeout,
            in_all=room_for(settings.max_connections, _BACKLOG + _FILES),
            per_client=settings.max_client_connections,
            proxies=Proxies(settings.trusted_proxies),
        )
    )


def _announce(settings: Settings) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"政策问答 http://{host}:{settings.port}{settings.root_path}/  (stop with Ctrl+C)", flush=True)


class _Server(uvicorn.Server):
    """uvicorn's server, which tells the gate before it waits for the requests under way."""

    def __init__(self, config: uvicorn.Config, gate: "Gate") -> None:
        super().__init__(config)
        self._gate = gate

    async def shutdown(self, sockets: Any = None) -> None:
        self._gate.closing.set()
        await super().shutdown(sockets)

    def stop(self) -> None:
        """Stop as if told by a signal."""
        self.should_exit = True


class Gate:
    """Lets another application stand in until the real one is loaded; then passes everything on to that."""

    def __init__(self, load: Callable[[], Awaitable["FastAPI"]], settings: Settings) -> None:
        self._load = load
        self._starting = create_starting(settings)
        self._app: ASGIApp | None = None
        self._stop = asyncio.Event()
        self.closing = asyncio.Event()
        self.failure: Exception | None = None
        self.on_ready: Callable[[], None] = lambda: None
        self.on_failure: Callable[[], None] = lambda: None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._app is None and scope["type"] == "http":
            await self._starting(scope, receive, send)
        elif self._app is None:
            await send({"type": "websocket.close", "code": 1013})  # try again later
        elif scope["type"] == "http" and scope["method"] == "GET" and _ENDLESS.search(scope["path"]):
            await self._until_closing(self._app, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        running = asyncio.create_task(self._hold_open())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._stop.set()
        await running
        await send({"type": "lifespan.shutdown.complete"})

    async def _hold_open(self) -> None:
        """Load the application and keep its lifespan open until the end."""
        async with AsyncExitStack() as open_until_the_end:
            try:
                app = await self._load()
                await open_until_the_end.enter_async_context(app.router.lifespan_context(app))
            except Exception as error:
                self.failure = error
                self.on_failure()
                return
            self._app = app
            self.on_ready()
            await self._stop.wait()
            self._app = None

    async def _until_closing(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a stream on, and end it properly when the server closes."""
        began = ended = False

        async def noting(message: Message) -> None:
            nonlocal began, ended
            began = True
            ended = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        stream = asyncio.ensure_future(app(scope, receive, noting))
        closing = asyncio.ensure_future(self.closing.wait())
        try:
            await asyncio.wait((stream, closing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            closing.cancel()
            if not stream.done():
                stream.cancel()
        with suppress(asyncio.CancelledError):
            await stream
        if not began:
            await problem(503, "The service is stopping.")(scope, receive, send)
        elif not ended:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
