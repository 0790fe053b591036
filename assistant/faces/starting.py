"""What the server gives while it is loading: the widget's files, a page that waits, and "not yet" for all else."""

from fastapi import FastAPI
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from assistant.faces.api.errors import RETRY_AFTER, problem
from assistant.faces.api.security import Prefix, SecurityHeaders
from assistant.faces.api.target import Target
from assistant.faces.page.waiting import CONTENT_SECURITY, waiting_page
from assistant.faces.page.words import choose_language
from assistant.faces.widget.routes import router
from assistant.settings import Settings


def create_starting(settings: Settings) -> FastAPI:
    """The application that stands in until the real one is loaded. The widget's files are the same in both.

    A portal's page that is opened in these seconds keeps its button, whose panel waits by itself.
    """
    app = FastAPI(openapi_url=None)
    app.include_router(router(settings))
    app.router.default = _not_yet
    app.add_middleware(SecurityHeaders, settings=settings)
    app.add_middleware(Prefix, root_path=settings.root_path)
    app.add_middleware(Target)
    return app


async def _not_yet(scope: Scope, receive: Receive, send: Send) -> None:
    """503, as a page to a person and as a problem to a program; the process says that it lives."""
    request = Request(scope)
    root = scope.get("root_path", "")
    response: Response
    if request.url.path.removeprefix(root) == "/healthz":
        response = JSONResponse({"status": "ok"})
    elif "text/html" in request.headers.get("accept", ""):
        wanted = QueryParams(scope.get("query_string", b"")).get("lang")
        language = choose_language(wanted, request.headers.get("accept-language", ""))
        policy = {"Content-Security-Policy": CONTENT_SECURITY}
        response = HTMLResponse(waiting_page(language, f"{root}/readyz"), 503, policy)
    else:
        response = problem(503, "The service is starting; try again in a few seconds.")
    response.headers["Retry-After"] = RETRY_AFTER
    response.headers["Cache-Control"] = "no-store"
    await response(scope, receive, send)
