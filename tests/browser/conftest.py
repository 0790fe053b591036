"""A real Chromium in front of a real server: each test is a visitor with a browser of its own.

Chromium is the system's (Debian: chromium), found on the path or named by POLICY_TEST_CHROMIUM.
"""

import asyncio
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.serving.listening import open_listener
from assistant.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from assistant.service import PolicyAssistant

STARTING_SECONDS = 600  # on the busiest machine everything has come by then
WAITING_MS = 120_000  # for anything to show; far more than it takes


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


# ── the server ──


@contextmanager
def serving(assistant: "PolicyAssistant", settings: Settings) -> Iterator[str]:
    """The address of a server in this process, with the page at its root."""
    import uvicorn

    with open_listener("127.0.0.1", 0) as listener:
        config = uvicorn.Config(_built(assistant, settings), log_config=None, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + STARTING_SECONDS
        while not server.started:
            if time.monotonic() > deadline or not thread.is_alive():
                pytest.fail("the server did not start")
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}{settings.root_path}/"
        finally:
            server.should_exit = True
            thread.join(timeout=STARTING_SECONDS)


def _built(assistant: "PolicyAssistant", settings: Settings) -> Any:
    """The application, made while an event loop runs: without one Gradio leaves loops of its own open."""
    from ui import create_app

    async def build() -> Any:
        return create_app(assistant, settings)

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(lambda: asyncio.run(build())).result()


Serve = Callable[["PolicyAssistant", Settings], Any]


@pytest.fixture(scope="session")
def serve() -> Serve:
    """Serves another assistant, or with other settings, as a context manager."""
    return serving


@pytest.fixture(scope="session")
def feedback_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that the server stores feedback in."""
    return tmp_path_factory.mktemp("feedback") / "feedback.sqlite"


@pytest.fixture(scope="session")
def address(assistant: "PolicyAssistant", built_settings: Settings, feedback_file: Path) -> Iterator[str]:
    """The address of a server over the shipped documents."""
    settings = built_settings.model_copy(update={"feedback_url": f"sqlite:///{feedback_file}"})
    with serving(assistant, settings) as address:
        yield address


# ── the browser ──


@pytest.fixture(scope="module")
def chromium() -> "Iterator[Browser]":
    """The system's Chromium; the tests fail where there is none.

    One for each module: while Playwright is open, no test of another module could run an event loop of its own.
    """
    from playwright.sync_api import sync_playwright

    path = os.environ.get("POLICY_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("No Chromium is installed: apt-get install chromium, or name one in POLICY_TEST_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A person with a browser: what they do, and what they see."""

    page: "Page"
    address: str
    faults: list[str] = field(default_factory=list)  # requests to other hosts, and errors in the browser

    def open(self, query: str = "") -> "Visitor":
        """Open the page and wait until it can be used."""
        self.page.goto(self.address + query)
        self.page.wait_for_selector("#question", state="attached")
        return self

    def ask(self, question: str) -> "Visitor":
        """Type a question, send it and wait for its answer."""
        answered = self.turns.count()
        self.page.fill("#question", question)
        self.page.press("#question", "Enter")
        self.turns.nth(answered).wait_for()
        return self

    def tab(self, name: str) -> "Visitor":
        """Go to a tab: ask, search, checkup or library."""
        self.page.click(f"#tab-{name}")
        self.page.wait_for_selector(f"#panel-{name}")
        return self

    def see(self, selector: str, text: str = "") -> "Locator":
        """The first element of a selector that holds a text, once it is visible."""
        found = self.page.locator(selector).filter(has_text=text).first
        found.wait_for()
        return found

    @property
    def turns(self) -> "Locator":
        """The answered turns of the conversation."""
        return self.page.locator(".turn:not(.pending)")

    @property
    def figure(self) -> str:
        """The main figure as it is shown."""
        return self.page.locator(".figure-main .figure-amount").inner_text()

    def width_needed(self) -> int:
        """The width in pixels that the page needs; more than the window's means it scrolls sideways."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(chromium: "Browser", address: str) -> Iterator[Visit]:
    """Makes visitors. At the end none of their browsers has asked another host or run into an error."""
    visitors: list[Visitor] = []
    contexts = []

    def visit(
        query: str = "", *, at: str = address, language: str = "zh-CN", width: int = 1280, dark: bool = False
    ) -> Visitor:
        context = chromium.new_context(
            locale=language,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        context.set_default_timeout(WAITING_MS)
        page = context.new_page()
        visitor = Visitor(page, at)
        own = at.split("/")[2]

        def watch(request: Any) -> None:
            if request.url.split(":")[0] not in ("data", "blob") and request.url.split("/")[2] != own:
                visitor.faults.append(f"asked another host: {request.url}")

        page.on("request", watch)
        page.on("pageerror", lambda error: visitor.faults.append(f"error in the page: {error}"))
        page.on("console", lambda line: visitor.faults.append(line.text) if line.type == "error" else None)
        contexts.append(context)
        visitors.append(visitor)
        return visitor.open(query)

    yield visit
    for context in contexts:
        context.close()
    assert [fault for visitor in visitors for fault in visitor.faults] == []
