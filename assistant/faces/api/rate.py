"""How often one client may ask: 429 with the time after which it may again."""

from collections import Counter

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from assistant.faces.api.errors import problem
from assistant.serving.clients import Buckets, Caller, Proxies, TooOften, client_of, current_caller, is_address
from assistant.settings import Settings

_PEER = "policy.peer"  # in the scope: the address that the connection itself comes from
_FREE = frozenset({"/healthz", "/readyz", "/metrics"})  # a load balancer's and a monitor's
# What has to be worked out costs one. Files, which a page loads by the dozen, cost a fraction.
_WORKED = ("/api/", "/mcp", "/export/")
_FILE = 0.05
_WORK = 0.05  # s of work that one pays for, an ordinary answer; what takes longer is paid for afterwards


class Forwarded:
    """Puts the client that a trusted proxy names in the place of the proxy, and keeps the proxy's own address."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = ProxyHeadersMiddleware(app, list(settings.trusted_proxies))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            scope[_PEER] = (scope.get("client") or ("",))[0]
        await self._app(scope, receive, send)  # type: ignore[arg-type]


class RateLimit:
    """ASGI middleware: a token bucket for each client.

    A client is an address, that of ``Forwarded``, or the value of the header in ``client_header`` where a trusted proxy
    sends it. Requests of a trusted proxy that names no client are its own (or nobody's), and are not limited.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._per_minute = settings.rate_limit
        self._buckets = Buckets(settings.rate_limit / 60, settings.rate_burst) if settings.rate_limit else None
        self._at_once = settings.client_at_once
        self._under_way: Counter[str] = Counter()
        self._proxies = Proxies(settings.trusted_proxies)
        self._header = settings.client_header

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = self._client(scope)
        path = str(scope["path"]).removeprefix(scope.get("root_path", ""))
        if client is None or path in _FREE:
            await self._app(scope, receive, send)
            return
        caller = Caller(client)
        current_caller.set(caller)
        worked = path.startswith(_WORKED) or scope["method"] not in ("GET", "HEAD")
        refused = self._refused(client, 1.0 if worked else _FILE)
        if refused is not None:
            headers = {"Retry-After": str(refused.seconds)}
            await problem(429, str(refused), headers=headers)(scope, receive, send)
            return
        self._under_way[client] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._under_way[client] -= 1
            if not self._under_way[client]:
                del self._under_way[client]
            if self._buckets is not None and caller.worked > _WORK:
                self._buckets.owe(client, caller.worked / _WORK - 1)

    def _refused(self, client: str, cost: float) -> TooOften | None:
        if self._under_way[client] >= self._at_once:
            return TooOften(1, f"{self._at_once} at once are answered for one client")
        wait = self._buckets.take(client, cost) if self._buckets is not None else 0
        return TooOften(wait, f"{self._per_minute} a minute are answered for one client") if wait else None

    def _client(self, scope: Scope) -> str | None:
        """What is limited; None for what is not."""
        address = (scope.get("client") or ("",))[0]
        peer = scope.get(_PEER, address)
        if self._header and self._proxies.believes(peer):
            key = Headers(scope=scope).get(self._header)
            if key:
                return f"key {hash(key)}"  # the table keeps no keys
        if address == peer and not is_address(peer):
            return None  # no connection of a network: a Unix socket, or a call within the process
        return None if address in self._proxies else client_of(address)
