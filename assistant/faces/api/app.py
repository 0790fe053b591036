"""The ASGI application with everything but the page."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from assistant.faces.api import docs, errors, routes
from assistant.faces.api.desk import Desk
from assistant.faces.api.hanging_up import HangingUp
from assistant.faces.api.metrics import Metrics, RequestLog
from assistant.faces.api.rate import RateLimit
from assistant.faces.api.security import BodyLimit, Prefix, SecurityHeaders
from assistant.faces.api.target import Target
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant
    from assistant.serving.workers.pool import Pool

TITLE = "Policy assistant"
DESCRIPTION = """Answers questions about Chinese government policy documents with the clause, word for word, and the
money, worked out. Every answer comes from a clause, a rule read out of one, or a fixed phrase: the same question always
gets the same answer.

The service keeps no conversation: send `state` of the last answer with the next question.
Money is in yuan, as a decimal string. A request that cannot be answered gets a problem in JSON (RFC 9457)."""


def create_api(workers: "PolicyAssistant | Pool", settings: Settings) -> FastAPI:
    """The application with API, its description, widget, MCP, health and metrics.

    Answers are worked out by ``workers``; an assistant given in their place is asked in threads of this process.
    The page is mounted at "/" after this, since it answers every path that no route before it takes. What routes
    share is at ``app.state.desk``.
    """
    desk = Desk(workers, settings, Metrics())

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as running:
            running.push_async_callback(desk.close)
            await desk.open()
            for start in app.state.starters:
                await running.enter_async_context(start())
            yield

    app = FastAPI(
        title=TITLE,
        description=DESCRIPTION,
        version=_version(),
        docs_url=None,  # the usual page loads its scripts from another host; ours is in docs.py
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.desk = desk
    app.state.starters = []
    errors.install(app)
    app.include_router(routes.router)
    app.include_router(routes.service_router)
    app.include_router(docs.router)
    _include_widget(app, settings)
    _mount_mcp(app, desk)
    routes.add_fallback(app)
    # The last one added is the outermost.
    app.add_middleware(HangingUp)
    app.add_middleware(BodyLimit, limit=settings.max_body)
    app.add_middleware(RateLimit, settings=settings)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST", "DELETE", "OPTIONS"],
            allow_headers=["Content-Type", "Mcp-Session-Id", "Mcp-Protocol-Version", "Last-Event-ID"],
            expose_headers=["Mcp-Session-Id"],
            max_age=600,  # s that a browser may keep the permission
        )
    app.add_middleware(SecurityHeaders, settings=settings)
    app.add_middleware(RequestLog, metrics=desk.metrics)
    app.add_middleware(Prefix, root_path=settings.root_path)
    app.add_middleware(Target)
    return app


def _include_widget(app: FastAPI, settings: Settings) -> None:
    if find_spec("assistant.faces.widget") is not None and find_spec("assistant.faces.widget.routes") is not None:
        from assistant.faces.widget.routes import router

        app.include_router(router(settings))


def _mount_mcp(app: FastAPI, desk: Desk) -> None:
    if find_spec("assistant.faces.mcp.server") is not None:
        from assistant.faces.mcp.server import add_to

        add_to(app, desk)


def _version() -> str:
    try:
        return version("policy-assistant")
    except PackageNotFoundError:  # run from a folder that was not installed
        return "0"
