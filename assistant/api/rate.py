"""How often one client may ask: 429 with the time after which it may again."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from assistant.api.errors import problem
from assistant.clients import Buckets, Proxies, TooOften, client_of, current_client, is_address
from assistant.settings import Settings

_PEER = "policy.peer"  # in the scope: the address that the connection itself comes from
_FREE = frozenset({"/healthz", "/readyz", "/metrics"})  # a load balancer's and a monitor's
# What has to be worked out costs one. Files, which a page loads by the dozen, cost a fraction.
_WORKED = ("/api/", "/mcp", "/export/")
_FILE = 0.05


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
        self._proxies = Proxies(settings.trusted_proxies)
        self._header = settings.client_header

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = self._client(scope)
        current_client.set(client)
        path = str(scope["path"]).removeprefix(scope.get("root_path", ""))
        if self._buckets is None or client is None or path in _FREE:
            await self._app(scope, receive, send)
            return
        worked = path.startswith(_WORKED) or scope["method"] not in ("GET", "HEAD")
        wait = self._buckets.take(client, 1.0 if worked else _FILE)
        if not wait:
            await self._app(scope, receive, send)
            return
        refused = TooOften(wait, f"{self._per_minute} a minute are answered for one client")
        headers = {"Retry-After": str(refused.seconds)}
        await problem(429, str(refused), headers=headers)(scope, receive, send)

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
