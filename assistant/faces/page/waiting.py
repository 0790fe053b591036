"""The page while the server is still loading: the frame of the real one, which takes its place by itself."""

import json
from importlib import resources

from assistant.faces.page.rendering import fill
from assistant.faces.page.words import HTML_LANGUAGE, words_for

CONTENT_SECURITY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)
# Asks until the server is ready, then shows the address that was wanted; a browser without scripts loads it anew.
_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="icon" href="data:,"><style>body { margin: 0; }{style}</style>
<noscript><meta http-equiv="refresh" content="3"></noscript></head>
<body class="gradio-container"><div class="policy" role="main">
<div class="masthead"><div class="brand"><h1>{title}</h1><p>{tagline}</p></div></div>
<p class="opening" role="status">{starting}</p></div>
<script>
document.body.classList.toggle("dark", matchMedia("(prefers-color-scheme: dark)").matches);
(async function wait() {
  try {
    if ((await fetch({ready}, { cache: "no-store" })).ok) return location.reload();
  } catch {}
  setTimeout(wait, 500);
})();
</script></body></html>
"""


def waiting_page(language: str, ready: str) -> str:
    """The page in a language; ``ready`` is the address that answers 200 once the server is ready."""
    words = words_for(language)
    return fill(
        _PAGE,
        lang=HTML_LANGUAGE[language],
        title=words["title"],
        tagline=words["tagline"],
        starting=words["starting"],
        style=resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8"),
        ready=json.dumps(ready).replace("<", "\\u003c"),
    )
