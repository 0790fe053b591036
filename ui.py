"""The page: the only module that imports gradio. It hands the browser's calls to the page and holds no logic."""

import inspect
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.middleware import Middleware

from assistant.api.app import create_api
from assistant.page.hosting import PreparedPage
from assistant.page.routes import export_router
from assistant.page.service import Page
from assistant.page.words import words_for
from assistant.settings import Settings

if TYPE_CHECKING:
    import gradio as gr

    from assistant.service import PolicyAssistant
    from assistant.workers.pool import Pool

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
    # innermost: what is outside adds its headers to the result
    app.user_middleware.append(Middleware(PreparedPage, style=_static("page.css")))
    theme = gr.themes.Base(
        primary_hue="blue", neutral_hue="slate", font=_FONTS, font_mono=("ui-monospace", "monospace")
    )
    # The page answers every path that no route before it takes, so it is mounted last.
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        _build_page(page),
        path="/",
        favicon_path=str(resources.files("assistant.page").joinpath("icon.svg")),
        theme=theme,
        footer_links=[],
        max_file_size=1,  # byte: nobody has anything to upload here
        run_history=False,
        show_error=False,
        ssr_mode=False,
    )
    return mounted


def _build_page(page: Page) -> "gr.Blocks":
    """One component: its HTML comes from ``page``, its behaviour from page.js, and its calls go back to ``page``."""
    import gradio as gr

    blocks: gr.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with blocks:
        gr.HTML(
            '<p class="opening" role="status">…</p>',  # until the page is there, in whatever language
            js_on_load=_static("page.js"),
            server_functions=[_server_function(name, handle) for name, handle in page.calls.items()],
            apply_default_css=False,
            padding=False,
        )
    return blocks


def _server_function(
    name: str, handle: Callable[[Mapping[str, Any], str], Awaitable[dict[str, Any]]]
) -> Callable[..., Awaitable[dict[str, Any]]]:
    """A call of the page as the component's browser side sees it: ``server.<name>(sent)``."""
    import gradio as gr

    async def function(sent: dict[str, Any], request: gr.Request) -> dict[str, Any]:
        return await handle(sent, request.headers.get("accept-language", ""))

    function.__name__ = name
    return function


def _static(name: str) -> str:
    return resources.files("assistant.page").joinpath(name).read_text(encoding="utf-8")


def serve(settings: Settings) -> None:
    """Serve the page until interrupted. SettingsError when the address is not free, SnapshotError without an index."""
    from assistant.serving import run

    run(settings, create_app)


def main() -> None:
    """Serve the page with the settings of the environment."""
    from assistant.cli import reported_errors

    with reported_errors():
        serve(Settings.load())


if __name__ == "__main__":
    main()
