"""The page's HTML as it leaves the server: its language, no links to other hosts, and a browser held to this host."""

import re

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.faces.api.errors import problem
from assistant.faces.page.words import HTML_LANGUAGE, choose_language

# Gradio's own scripts are inline and evaluated. Which pages may hold it in a frame is said by the server's settings.
CONTENT_SECURITY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; base-uri 'self'; form-action 'self'; "
    "object-src 'none'"
)
# What a browser was seen to ask for while all of the page was used.
_FILE = re.compile(
    r"/|/theme\.css|/favicon\.ico|/robots\.txt|/(?:assets|static)(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}){1,5}"
)
_GRADIO = b"window.gradio_config"
_ICON = '<link rel="icon" href="favicon.ico" type="image/svg+xml">'  # beside the page, also under a prefix
_SHARING_TAGS = re.compile(r"<meta\s[^>]*(?:property|name)=\"(?:og|twitter):[^>]*>\s*")
_HTML_TAG = re.compile(r'<html\s+lang="en"')


class PreparedPage:
    """ASGI middleware: changes the page itself and passes everything else on, streams as streams.

    ``style`` goes into the page's head, so that nothing is drawn without it.
    """

    def __init__(self, app: ASGIApp, style: str) -> None:
        self._app = app
        self._style = style

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        held: Message | None = None  # the start of an HTML response, until its body is known
        body = b""

        async def send_prepared(message: Message) -> None:
            nonlocal held, body
            if message["type"] == "http.response.start" and _is_html(message):
                held = message
            elif held is not None and message["type"] == "http.response.body":
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    start, held = held, None
                    if _GRADIO in body:
                        body = self._prepared(body, scope)
                        start = {**start, "headers": _headers(start, len(body))}
                    await send(start)
                    await send({"type": "http.response.body", "body": body})
            else:
                await send(message)

        await self._app(scope, receive, send_prepared)

    def _prepared(self, body: bytes, scope: Scope) -> bytes:
        """The page in the visitor's language, with its style and without Gradio's own sharing links."""
        wanted = QueryParams(scope.get("query_string", b"")).get("lang")
        language = choose_language(wanted, Headers(scope=scope).get("accept-language", ""))
        page = _SHARING_TAGS.sub("", body.decode("utf-8"))
        page = _HTML_TAG.sub(f'<html lang="{HTML_LANGUAGE[language]}"', page, count=1)
        return page.replace("</head>", f"{_ICON}<style>{self._style}</style></head>", 1).encode()


class OnlyThePage:
    """Lets through to Gradio what the page itself asks for, which is files, and nothing of what else it offers:
    uploads, files by path, proxying, queues, streams and descriptions. Its calls are answered by ``page/routes.py``."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope["path"]).removeprefix(scope.get("root_path", ""))
        if scope["type"] != "http" or not _FILE.fullmatch(path):
            refused = problem(
                404, "There is nothing at this address; the page is at / and the API is described at /docs."
            )
        elif scope["method"] not in ("GET", "HEAD"):
            refused = problem(405, "This address takes GET.", headers={"Allow": "GET, HEAD"})
        else:
            await self._app({**scope, "query_string": b""}, receive, send)  # what stands there is for the browser
            return
        await refused(scope, receive, send)


def _is_html(message: Message) -> bool:
    return Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")


def _headers(start: Message, length: int) -> list[tuple[bytes, bytes]]:
    headers = MutableHeaders(raw=list(start["headers"]))
    headers["Content-Security-Policy"] = CONTENT_SECURITY
    headers["Content-Length"] = str(length)
    headers.add_vary_header("Accept-Language")
    return headers.raw
