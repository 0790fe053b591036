"""The seconds in which the server loads: nobody has to reload a page by hand."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from assistant.faces.serving import Gate
from assistant.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Browser, Page

    from assistant.service import PolicyAssistant

PREFIX = "/policy"
WAIT = 600  # s; on the busiest machine everything has come by then


class Starting:
    """A server that is still loading, until it is told that it has loaded."""

    def __init__(self, assistant: "PolicyAssistant", settings: Settings) -> None:
        from ui import create_app

        self._loaded = threading.Event()
        self._app = create_app(assistant, settings)
        self.gate = Gate(self._load, settings)

    async def _load(self) -> "FastAPI":
        await asyncio.to_thread(self._loaded.wait, WAIT)
        return self._app

    def becomes_ready(self) -> None:
        """Let it load."""
        self._loaded.set()


class Portal(BaseHTTPRequestHandler):
    """A site of another origin (localhost instead of 127.0.0.1): a page with the widget of ``?HOST``."""

    def do_GET(self) -> None:
        host = unquote(self.path.partition("?")[2])
        page = f'<!doctype html><title>Portal</title><main></main><script src="{host}/widget.js" async></script>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def portal() -> Iterator[str]:
    """The origin of a portal."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Portal) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        yield f"http://localhost:{site.server_port}"
        site.shutdown()
        thread.join()


@pytest.fixture
def starting(assistant: "PolicyAssistant", built_settings: Settings, portal: str) -> Iterator[tuple[Starting, str]]:
    """A server that loads under a path prefix, and its address."""
    import uvicorn

    settings = built_settings.model_copy(
        update={"feedback_url": "", "embed_origins": (portal,), "root_path": PREFIX},
    )
    loading = Starting(assistant, settings)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(loading.gate, lifespan="on", log_config=None, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        end = time.monotonic() + WAIT
        while not server.started and time.monotonic() < end:
            time.sleep(0.02)
        yield loading, f"http://127.0.0.1:{listener.getsockname()[1]}{PREFIX}"
        loading.becomes_ready()
        server.should_exit = True
        thread.join(WAIT)


@pytest.fixture
def window(chromium: "Browser") -> "Iterator[Page]":
    """A browser window of an English reader."""
    context = chromium.new_context(locale="en-GB")
    context.set_default_timeout(WAIT * 1000)
    yield context.new_page()
    context.close()


def test_the_page_waits_in_the_visitors_language_and_opens_by_itself(
    starting: tuple[Starting, str], window: "Page"
) -> None:
    server, address = starting
    window.goto(f"{address}/?tab=search")
    assert window.get_by_role("status").inner_text() == "Starting. The page opens by itself in a few seconds."
    assert window.get_by_role("heading", level=1).inner_text() == "Policy answers"
    server.becomes_ready()
    window.get_by_role("tab", name="Clauses", selected=True).wait_for()


def test_the_button_of_a_portal_is_there_and_its_panel_waits_and_answers(
    starting: tuple[Starting, str], window: "Page", portal: str
) -> None:
    server, address = starting
    window.goto(f"{portal}/?{address}")
    window.get_by_role("button", name="Policy answers").click()
    panel = window.frame_locator("iframe")
    panel.locator(".chips").wait_for()
    panel.get_by_role("textbox").fill("We invested RMB 18 million in a smart factory retrofit. What is the subsidy?")
    panel.get_by_role("textbox").press("Enter")
    panel.locator(".working", has_text="The service is starting, one moment…").wait_for()
    server.becomes_ready()
    panel.get_by_text("up to RMB 3.6 million").first.wait_for()


@pytest.mark.parametrize("path", ["/widget.js", "/widget", "/widget/panel.js"])
def test_the_widgets_files_are_the_same_before_and_after(
    starting: tuple[Starting, str], window: "Page", path: str
) -> None:
    server, address = starting
    before = window.request.get(address + path)
    server.becomes_ready()
    end = time.monotonic() + WAIT
    while window.request.get(f"{address}/readyz").status != 200 and time.monotonic() < end:
        time.sleep(0.1)
    after = window.request.get(address + path)
    assert (before.status, before.body(), before.headers["etag"]) == (200, after.body(), after.headers["etag"])
    for name in ("content-security-policy", "x-content-type-options", "cache-control"):
        assert before.headers[name] == after.headers[name]
