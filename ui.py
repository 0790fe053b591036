"""The page: the only module that imports gradio. It puts the page beside the API and holds no logic."""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import Mount

from assistant.faces.api.app import create_api
from assistant.faces.page.hosting import OnlyThePage, PreparedPage
from assistant.faces.page.routes import call_router, export_router
from assistant.faces.page.service import Page
from assistant.faces.page.words import words_for
from assistant.settings import Settings

if TYPE_CHECKING:
    import gradio as gr

    from assistant.service import PolicyAssistant
    from assistant.serving.workers.pool import Pool

TITLE = words_for("zh")["title"]
# System fonts only: nothing is fetched from another host.
_FONTS = (
    "system-ui",
    "-apple-system",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "sans-serif",
)


@contextmanager
def _no_stubs_written() -> Iterator[None]:
    """Import gradio without its rewriting of its own stub files.

    Each import of gradio parses its components' sources to write .pyi files for editors into its installation: over a
    second of every start, and a fault where that is not writable. It leaves out classes whose source it cannot find.
    """
    find = inspect.getfile

    def find_others(thing: Any) -> str:
        if getattr(thing, "__module__", "").startswith("gradio."):
            raise OSError("not looked up")
        return find(thing)

    inspect.getfile = find_others  # type: ignore[assignment]  # narrower: only classes are looked up here
    try:
        yield
    finally:
        inspect.getfile = find


def create_app(workers: "PolicyAssistant | Pool", settings: Settings) -> FastAPI:
    """The ASGI application: the API with everything beside it, and the page at ``/``; see ``create_api``."""
    with _no_stubs_written():
        import gradio as gr

    app = create_api(workers, settings)
    page = Page(app.state.desk)
    app.include_router(export_router(app.state.desk))
    app.include_router(call_router(page))
    # innermost: what is outside adds its headers to the result
    app.user_middleware.append(Middleware(PreparedPage, style=_static("page.css")))
    theme = gr.themes.Base(
        primary_hue="blue", neutral_hue="slate", font=_FONTS, font_mono=("ui-monospace", "monospace")
    )
    # The page answers every path that no route before it takes, so it is mounted last.
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        _build_page(),
        path="/",
        favicon_path=str(resources.files("assistant.faces.page").joinpath("icon.svg")),
        theme=theme,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
    )
    mount = mounted.router.routes[-1]
    assert isinstance(mount, Mount)
    mount.app = OnlyThePage(mount.app)
    return mounted


def _build_page() -> "gr.Blocks":
    """One component: its behaviour is page.js, which gets its HTML by the calls of ``call_router``."""
    import gradio as gr

    blocks: gr.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with blocks:
        gr.HTML(
            '<p class="opening" role="status">…</p>',  # until the page is there, in whatever language
            js_on_load=_static("page.js"),
            apply_default_css=False,
            padding=False,
        )
    return blocks


def _static(name: str) -> str:
    return resources.files("assistant.faces.page").joinpath(name).read_text(encoding="utf-8")


def serve(settings: Settings) -> None:
    """Serve the page until interrupted. SettingsError when the address is not free, SnapshotError without an index."""
    from assistant.faces.serving import run

    run(settings, create_app)


def main() -> None:
    """Serve the page with the settings of the environment."""
    from assistant.faces.cli.main import reported_errors

    with reported_errors():
        serve(Settings.load())


if __name__ == "__main__":
    main()
