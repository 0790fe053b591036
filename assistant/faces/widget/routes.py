"""The widget's addresses: its script, its panel and the panel's files, each with the headers that keep it in its place."""

import hashlib
from dataclasses import dataclass
from importlib import resources

from fastapi import APIRouter, HTTPException, Request, Response

from assistant.faces.api.security import frame_ancestors
from assistant.faces.widget import phrases
from assistant.settings import Settings

SCRIPT = "widget.js"
PANEL = "panel.html"
PARTS = (
    "panel.css",
    "panel.js",
    "answer.js",
    "citation.js",
    "dom.js",
    "format.js",
    "host.js",
    "service.js",
    "words.js",
)
PHRASES = "phrases.js"  # made from the phrase book
_TYPES = {"css": "text/css", "html": "text/html", "js": "text/javascript"}

# Only own files, no inline script or style, and no markup out of strings (trusted types): a document cannot act.
_CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; {ancestors}"
)


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it is sent."""

    content: bytes
    media_type: str
    tag: str  # ETag: changes with the content, so that no browser mixes two versions

    @classmethod
    def read(cls, name: str) -> "_File":
        media_type = f"{_TYPES[name.rpartition('.')[2]]}; charset=utf-8"
        return cls(b"", media_type, "").with_content(
            resources.files("assistant.faces.widget").joinpath(name).read_bytes()
        )

    def with_content(self, content: bytes) -> "_File":
        """The same kind of file with another content."""
        return _File(content, self.media_type, f'"{hashlib.sha256(content).hexdigest()[:20]}"')


def router(settings: Settings) -> APIRouter:
    """``/widget.js``, ``/widget`` and ``/widget/FILE``. Pages of ``settings.embed_origins`` may hold the panel in a frame."""
    script, panel = _File.read(SCRIPT), _File.read(PANEL)
    if not settings.feedback_url:
        panel = panel.with_content(panel.content.replace(b"<html ", b'<html data-feedback="off" ', 1))
    parts = {name: _File.read(name) for name in PARTS}
    parts[PHRASES] = parts["words.js"].with_content(phrases.script())
    policy = _CONTENT_SECURITY.format(ancestors=frame_ancestors(settings))
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/widget.js", methods=["GET", "HEAD"])
    def widget_script(request: Request) -> Response:
        # The script runs on pages of other origins, also of those that ask for consent (cross-origin isolation).
        return _sent(script, request, {"Cross-Origin-Resource-Policy": "cross-origin"})

    @routes.api_route("/widget", methods=["GET", "HEAD"])
    def widget_panel(request: Request) -> Response:
        return _sent(panel, request, {"Content-Security-Policy": policy, "Referrer-Policy": "same-origin"})

    @routes.api_route("/widget/{name}", methods=["GET", "HEAD"])
    def widget_part(name: str, request: Request) -> Response:
        if name not in parts:
            raise HTTPException(404, f'The widget has no file "{name}"; it has {", ".join(parts)}.')
        return _sent(parts[name], request, {})

    return routes


def _sent(file: _File, request: Request, headers: dict[str, str]) -> Response:
    """The file, or 304 to a browser that has this version: it asks each time, since portals keep pages open for long."""
    headers = {"ETag": file.tag, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", **headers}
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if file.tag in known:
        return Response(status_code=304, headers=headers)
    return Response(file.content, media_type=file.media_type, headers=headers)
