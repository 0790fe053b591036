"""Which pages may hold, load and call this server: headers, body size and the path prefix, as ASGI middleware."""

from collections import deque

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.faces.api.errors import problem
from assistant.faces.api.shape import shape_fault
from assistant.settings import Settings

# For what is no page: nothing may be loaded from it and no page may hold it.
_NO_PAGE = "default-src 'none'; frame-ancestors 'none'"


def frame_ancestors(settings: Settings) -> str:
    """The part of a Content-Security-Policy that says which pages may hold one of ours in a frame."""
    if "*" in settings.embed_origins:
        return "frame-ancestors *"
    return " ".join(("frame-ancestors", "'self'", *settings.embed_origins))


class SecurityHeaders:
    """Adds the headers that hold a browser to this host. A page's own Content-Security-Policy stays, and gets the
    origins that may embed it when it names none."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._ancestors = frame_ancestors(settings)
        self._hsts = f"max-age={settings.hsts_seconds}" if settings.hsts_seconds else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                self._add(headers)
                if self._hsts and scope["scheme"] == "https":  # over http a browser must not believe it
                    headers["Strict-Transport-Security"] = self._hsts
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _add(self, headers: MutableHeaders) -> None:
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        is_page = headers.get("content-type", "").startswith("text/html")
        policy = headers.get("content-security-policy")
        if policy is None:
            policy = f"default-src 'self'; {self._ancestors}" if is_page else _NO_PAGE
        elif "frame-ancestors" not in policy:
            policy = f"{policy.rstrip('; ')}; {self._ancestors}"
        headers["Content-Security-Policy"] = policy


class BodyLimit:
    """Refuses a request whose body is larger than ``limit`` bytes, or holds more JSON than any request needs, before
    any of it is read by a route."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        stated = Headers(scope=scope).get("content-length", "")
        if stated.isdigit() and int(stated) > self._limit:
            await self._refuse(scope, receive, send)
            return
        # A body without a stated length is counted as it comes; it is small enough to be held.
        messages: deque[Message] = deque()
        size = 0
        while True:
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            if size > self._limit:
                await self._refuse(scope, receive, send)
                return
            if message["type"] != "http.request":
                return  # nobody waits for an answer
            if not message.get("more_body", False):
                break
        fault = shape_fault(b"".join(message.get("body", b"") for message in messages))
        if fault:
            await problem(422, fault)(scope, receive, send)
            return

        async def replay() -> Message:
            return messages.popleft() if messages else await receive()

        await self._app(scope, replay, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        detail = f"The request is larger than {self._limit:,} bytes, the most this server takes."
        await problem(413, detail, headers={"Connection": "close"})(scope, receive, send)


class Prefix:
    """Puts the prefix of a reverse proxy where ASGI wants it, whether the proxy takes it off or leaves it.

    Inside, ``path`` always begins with ``root_path``, which is what routing, mounted applications and links need.
    """

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self._app = app
        self._root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root = self._root_path
        if root and scope["type"] in ("http", "websocket"):
            path: str = scope["path"]
            if path == root:
                await RedirectResponse(f"{root}/", 308)(scope, receive, send)
                return
            if not path.startswith(f"{root}/"):
                scope = {**scope, "path": root + path, "raw_path": root.encode() + (scope.get("raw_path") or b"")}
            scope = {**scope, "root_path": root}
        await self._app(scope, receive, send)
