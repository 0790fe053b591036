"""The page that describes the API: Swagger UI from a package on this machine, under a strict Content-Security-Policy."""

from functools import cache
from html import escape
from importlib.resources import files

from fastapi import APIRouter, Request
from starlette.responses import Response

router = APIRouter(include_in_schema=False)

# Its files come with the package fastapi-offline. Inline styles are Swagger UI's own; scripts are files only.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_STATIC = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}
_DAY = "public, max-age=86400"

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{root}/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui" data-description="{root}/openapi.json"></div>
<noscript>The description itself is at <a href="{root}/openapi.json">openapi.json</a>.</noscript>
<script src="{root}/docs/swagger-ui-bundle.js"></script>
<script src="{root}/docs/start.js"></script>
</body>
</html>
"""
_START = """const place = document.getElementById("swagger-ui");
SwaggerUIBundle({
  url: place.dataset.description,
  domNode: place,
  deepLinking: true,
  validatorUrl: null, // would ask another host
  defaultModelsExpandDepth: 0,
});
"""


@router.get("/docs")
def page(request: Request) -> Response:
    """The page."""
    root = escape(request.scope.get("root_path", "").rstrip("/"), quote=True)
    html = _PAGE.format(title=escape(request.app.title), root=root)
    return Response(html, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": _POLICY})


@router.get("/docs/start.js")
def start() -> Response:
    """The script that starts it."""
    return Response(_START, media_type="text/javascript; charset=utf-8", headers={"Cache-Control": _DAY})


@router.get("/docs/swagger-ui-bundle.js")
def script() -> Response:
    """Swagger UI itself."""
    return _file("swagger-ui-bundle.js")


@router.get("/docs/swagger-ui.css")
def style() -> Response:
    """Its style."""
    return _file("swagger-ui.css")


def _file(name: str) -> Response:
    return Response(_content(name), media_type=f"{_STATIC[name]}; charset=utf-8", headers={"Cache-Control": _DAY})


@cache
def _content(name: str) -> bytes:
    return files("fastapi_offline").joinpath("static", name).read_bytes()
