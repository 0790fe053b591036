"""The page, started as its user starts it and asked over HTTP."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.settings import Settings

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "给重点工业企业输送工人有没有补助"
STARTING_SECONDS = 90


@pytest.fixture(scope="module")
def page(built_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running page."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {**os.environ, "POLICY_INDEX_DIR": str(built_settings.index_dir), "POLICY_PORT": str(port)}
    log = tmp_path_factory.mktemp("page") / "log"
    with log.open("w") as output:
        process = subprocess.Popen([sys.executable, "ui.py"], cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        yield _wait(process, f"http://127.0.0.1:{port}", log)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(process: "subprocess.Popen[bytes]", address: str, log: Path) -> str:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(address, timeout=5).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.25)
        else:
            return address
    pytest.fail(f"the page did not start: {log.read_text()[-2000:]}")


@pytest.fixture
def ask(page: str) -> Iterator[Any]:
    """Asks in one conversation: returns the messages and the evidence."""
    from gradio_client import Client

    client = Client(page, verbose=False, analytics_enabled=False)

    def ask(question: str, region: str = "全部地区") -> tuple[list[dict[str, Any]], str]:
        _, messages, evidence, *_ = client.predict(question, region, api_name="/ask")
        return messages, evidence

    yield ask
    client.close()


def test_a_question_shows_the_figure_and_the_clause(ask: Any) -> None:
    messages, evidence = ask(QUESTION)
    assert [message["role"] for message in messages] == ["user", "assistant"]
    assert re.search(r'class="figure-amount">1,000元/人<', evidence)
    assert "按1000元/人标准给予补助" in evidence
    assert "badge-over" in evidence


def test_a_second_turn_is_answered_from_the_first(ask: Any) -> None:
    ask(QUESTION)
    messages, evidence = ask("去了30个人呢?")
    assert len(messages) == 4
    assert re.search(r'class="figure-amount">3万元<', evidence)


def test_conversations_are_kept_apart(ask: Any, page: str) -> None:
    from gradio_client import Client

    ask(QUESTION)
    other = Client(page, verbose=False, analytics_enabled=False)
    _, messages, *_ = other.predict(QUESTION, "全部地区", api_name="/ask")
    other.close()
    assert len(messages) == 2


def test_what_a_person_types_is_shown_as_text(ask: Any) -> None:
    messages, evidence = ask("<script>alert(1)</script> 补助")
    assert "<script>" not in str(messages)
    assert "<script>" not in evidence


def test_the_page_links_to_no_other_host(page: str) -> None:
    html = httpx.get(page).text
    hosts = set(re.findall(r"https?:(?:\\?/){2}([\w.-]+)", html)) - {"127.0.0.1"}
    assert "gradio" in html
    assert hosts <= {"www.w3.org"}  # names of XML namespaces, fetched by nobody


def test_the_browser_is_told_to_load_from_this_host_only(page: str) -> None:
    policy = httpx.get(page).headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "http" not in policy
