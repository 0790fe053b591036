"""What a request line may name: ``/path``, ``http://host/path`` (as to a proxy) and ``*`` (the server itself)."""

import re
from urllib.parse import unquote

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.faces.api.errors import problem

_ABSOLUTE = re.compile(rb"https?://[^/?#]*(?P<path>.*)", re.IGNORECASE | re.DOTALL)
_ALLOW = {"Allow": "GET, HEAD, POST, OPTIONS"}


class Target:
    """ASGI middleware: everything inside sees a path that begins with one slash, or no request at all."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/"):
            if scope["path"] == "*" and scope["method"] == "OPTIONS":
                await Response(status_code=204, headers=_ALLOW)(scope, receive, send)
                return
            raw = scope.get("raw_path") or scope["path"].encode()
            absolute = _ABSOLUTE.fullmatch(raw)
            if scope["path"] and absolute is None:
                await problem(400, "The address of a request begins with /, such as /api/ask.")(scope, receive, send)
                return
            raw = (absolute["path"] if absolute else b"") or b"/"
            scope = {**scope, "raw_path": raw, "path": unquote(raw.decode("latin-1"))}
        if scope["type"] == "http" and scope["path"].startswith("//"):
            # A redirect to it would lead to another host.
            await problem(404, "There is nothing at an address that begins with //.")(scope, receive, send)
            return
        await self._app(scope, receive, send)
