"""A client that hangs up: what it asked is not worked out to the end for nobody."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.faces.api.errors import problem

_CLIENT_CLOSED_REQUEST = 499  # nobody receives it: it is what the log and the metrics say


class HangingUp:
    """ASGI middleware: cancels a request under /api whose client is gone before the answer has begun.

    A worker that had begun with it is stopped. The page and MCP have connections of their own kind, which tell less.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].removeprefix(scope.get("root_path", "")).startswith("/api/"):
            await self._app(scope, receive, send)
            return
        received: asyncio.Queue[Message] = asyncio.Queue()
        began = False

        async def listen() -> None:
            while True:
                message = await receive()
                received.put_nowait(message)
                if message["type"] == "http.disconnect":
                    return

        async def noting(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        listening = asyncio.ensure_future(listen())
        answering = asyncio.ensure_future(self._app(scope, received.get, noting))
        try:
            await asyncio.wait((listening, answering), return_when=asyncio.FIRST_COMPLETED)
            if began or answering.done():
                await answering
                return
        finally:
            for task in (listening, answering):
                task.cancel()  # has no effect on one that is done
            await asyncio.wait((listening, answering))
        await problem(_CLIENT_CLOSED_REQUEST, "The client hung up.")(scope, receive, send)
