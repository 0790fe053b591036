"""Metrics for Prometheus, and one log line for each request. Neither holds what a person asked."""

import logging
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings import OWN_ADDRESSES

logger = logging.getLogger("assistant.requests")

# s; an answer takes about 0.1, and what takes 30 is cut off
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})  # asked every few seconds by machines: counted, not logged
_OWN = frozenset(OWN_ADDRESSES) - {"gradio_api"}
PAGE = "page"
_NONE = "none"  # what is no route, whatever its path
_PLAIN = frozenset({"/mcp", "/openapi.json"})  # routes that do not put their pattern into the scope
_GONE = 499  # the client hung up before an answer began
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The counters of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "policy_http_requests", "Requests answered.", ("route", "method", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "policy_http_request_seconds",
            "Time to the end of the response.",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._answers = Counter(
            "policy_answers",
            "Questions answered, by status and language.",
            ("status", "language"),
            registry=self.registry,
        )
        self._embedding = Histogram(
            "policy_embedding_seconds", "Time to embed a question.", buckets=_SECONDS, registry=self.registry
        )
        self._feedback = Counter("policy_feedback", "Feedback stored.", ("rating",), registry=self.registry)
        self.under_way = Gauge(
            "policy_requests_under_way", "Requests worked on or waiting for a worker.", registry=self.registry
        )
        self.workers = Gauge("policy_workers", "Workers that are alive.", registry=self.registry)
        self.busy = Gauge("policy_workers_busy", "Workers that work on a request.", registry=self.registry)
        self._restarts = Counter(
            "policy_worker_restarts",
            "Workers replaced: one that died, or was stopped since its request took too long or nobody waited for it.",
            ("reason",),
            registry=self.registry,
        )
        self.documents = Gauge("policy_documents", "Documents in the collection.", registry=self.registry)

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        known = method if method in _METHODS else "other"  # anything can be sent, and each would be a series of its own
        self._requests.labels(route, known, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, status: str, language: str) -> None:
        """Count one answer, wherever it was asked for."""
        self._answers.labels(status, language).inc()

    def embedded(self, seconds: float) -> None:
        """Observe the time it took to embed a question."""
        self._embedding.observe(seconds)

    def restarted(self, reason: str) -> None:
        """Count one worker that was replaced."""
        self._restarts.labels(reason).inc()

    def feedback(self, rating: str) -> None:
        """Count one feedback."""
        self._feedback.labels(rating).inc()

    def exposition(self, accept: str) -> tuple[bytes, str]:
        """All metrics as a scraper that accepts ``accept`` wants them, and their media type."""
        encode, media_type = choose_encoder(accept)
        return encode(self.registry), media_type


class RequestLog:
    """Counts, times and logs every request by its route; the path's parameters and the query are not logged."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = _GONE
        began = time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception:
            status = 500
            raise
        finally:
            seconds = time.perf_counter() - began
            route = _route(scope)
            self._metrics.request(route, scope["method"], status, seconds)
            if route not in _QUIET:
                level = logging.DEBUG if route == PAGE else logging.INFO  # the parts of a page are dozens
                method = scope["method"] if scope["method"] in _METHODS else "other"
                fields = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
                kind = f"{route} {status}" if status >= 400 else ""  # of what is refused not every one is told
                extra = {"fields": fields, "kind": kind}
                logger.log(level, "%(method)s %(route)s %(status)s %(ms)s ms", fields, extra=extra)


def _route(scope: Scope) -> str:
    """The pattern of the route taken, so that there are as many series as routes; the page and its parts are one."""
    own = str(scope["path"]).removeprefix(scope.get("root_path", ""))
    if own.split("/")[1] not in _OWN:
        return PAGE
    pattern = getattr(scope.get("route"), "path", "")
    return str(pattern or (own.rstrip("/") if own.rstrip("/") in _PLAIN else _NONE))
