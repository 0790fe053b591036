"""The page, started as its user starts it and asked over HTTP."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.settings import Settings

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "给重点工业企业输送工人有没有补助"
STARTING_SECONDS = 600  # on the busiest machine everything has come by then
get = partial(httpx.get, timeout=STARTING_SECONDS)
post = partial(httpx.post, timeout=STARTING_SECONDS)


@pytest.fixture(scope="module")
def page(built_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running page."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("page")
    environment = {
        **os.environ,
        "POLICY_INDEX_DIR": str(built_settings.index_dir),
        "POLICY_PORT": str(port),
        "POLICY_FEEDBACK_URL": "sqlite:////dev/null/feedback.sqlite",
    }
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen([sys.executable, "ui.py"], cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        yield _wait(process, f"http://127.0.0.1:{port}", log)
    finally:
        process.terminate()
        process.wait(timeout=STARTING_SECONDS)


def _wait(process: "subprocess.Popen[bytes]", address: str, log: Path) -> str:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{address}/readyz", timeout=STARTING_SECONDS).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.25)
        else:
            return address
    pytest.fail(f"the page did not start: {log.read_text()[-2000:]}")


@pytest.fixture
def call(page: str) -> Any:
    """Calls the page as its browser side does: the name of a call, and what is sent with it."""
    component = re.search(r'"id":\s*(\d+),\s*"type":\s*"html"', get(page).text)
    assert component is not None

    def call(name: str, accept_language: str = "zh-CN", **sent: Any) -> dict[str, Any]:
        body = {"data": sent, "component_id": int(component.group(1)), "fn_name": name, "session_hash": "test"}
        headers = {"Accept-Language": accept_language}
        reply = post(f"{page}/gradio_api/component_server/", json=body, headers=headers)
        assert reply.status_code == 200
        found: dict[str, Any] = reply.json()
        return found

    return call


def test_a_question_brings_the_answer_and_its_evidence(call: Any) -> None:
    reply = call("ask", question=QUESTION)
    assert reply["answer"]["figures"][0]["amount"] == "1000"
    assert re.search(r'class="figure-amount"[^>]*>1,000元/人<', reply["evidence"])
    assert "badge-over" in reply["evidence"]


def test_the_conversation_is_what_the_browser_sends(call: Any) -> None:
    state = call("ask", question=QUESTION)["answer"]["state"]
    assert call("ask", question="去了30个人呢?", state=state)["answer"]["figures"][0]["amount"] == "30000"
    assert call("ask", question="去了30个人呢?")["answer"]["figures"] == []


@pytest.mark.parametrize(
    ("name", "sent", "told"),
    [
        ("ask", {"question": "?"}, "请用文字提问"),
        ("ask", {"question": "补" * 5000}, "最多 2000 字"),
        ("ask", {"question": "补助", "region": "月球"}, "请用文字提问"),
        ("ask", {"question": "补助", "state": {"exchanges": [{"question": 1}]}}, "请用文字提问"),
        ("context", {"clause": "nowhere#一"}, "条款不存在"),
        ("document", {"document": "nowhere"}, "条款不存在"),
        ("search", {"fields": {"in_force_on": "昨天"}}, "检索条件无法使用"),
        ("search", {"fields": {}, "page": 9999}, "检索条件无法使用"),
        ("checkup", {"fields": {"tax": "-1"}}, "年纳税额：请填写不小于 0 的金额"),
        ("checkup", {"fields": {"as_of": "昨天"}}, "按哪一天核对"),
        ("checkup", {"fields": {"projects": "x", "sales": [1, {"customer": "某厂", "amount": "很多"}]}}, "年销售额"),
        ("recompute", {"seen": {"answer": {}}, "values": []}, "请输入不小于 0 的数"),
        ("thumb", {"question": "", "helpful": True}, "没有存上"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(call: Any, name: str, sent: dict[str, Any], told: str) -> None:
    assert told in call(name, **sent)["error"]


def test_a_fault_is_told_in_the_visitors_language(call: Any) -> None:
    assert call("ask", "en-GB,en;q=0.9", question="?")["error"] == "Please ask in words, 2000 characters at most."
    assert "條款不存在" in call("context", "zh-TW", clause="nowhere#一")["error"]


def test_feedback_that_cannot_be_stored_disturbs_nothing(call: Any) -> None:
    answer = call("ask", question=QUESTION)["answer"]
    assert "没有存上" in call("thumb", question=QUESTION, answer=answer, helpful=True)["error"]


def test_what_a_person_types_is_shown_as_text(call: Any) -> None:
    reply = call("ask", question="<script>alert(1)</script> 补助")
    assert "<script>" not in reply["turn"] + reply["evidence"]
    assert "&lt;script&gt;" in reply["turn"]


def test_an_answer_that_was_tampered_with_is_shown_as_text(call: Any) -> None:
    answer = call("ask", question=QUESTION)["answer"]
    answer["citations"][0]["document"] = "<img src=x onerror=alert(1)>"
    assert "<img" not in call("show", seen={"answer": answer})["evidence"]


def test_the_page_links_to_no_other_host(page: str) -> None:
    html = get(page).text
    hosts = set(re.findall(r"https?:(?:\\?/){2}([\w.-]+)", html)) - {"127.0.0.1"}
    assert "gradio" in html
    assert hosts <= {"www.w3.org"}  # names of XML namespaces, fetched by nobody


def test_the_browser_is_told_to_load_from_this_host_only(page: str) -> None:
    policy = get(page).headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "http" not in policy
    assert "frame-ancestors 'self'" in policy


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [("", "zh-CN", "zh-CN"), ("", "zh-TW,zh;q=0.8", "zh-Hant"), ("", "en-US", "en"), ("?lang=en", "zh-CN", "en")],
)
def test_the_html_names_its_language(page: str, query: str, accepted: str, language: str) -> None:
    html = get(page + "/" + query, headers={"Accept-Language": accepted}).text
    assert re.search(r'<html\s+lang="([^"]+)"', html).group(1) == language  # type: ignore[union-attr]


def test_the_page_comes_with_its_style(page: str) -> None:
    head = get(page).text.partition("</head>")[0]
    assert ".policy" in head
    assert "@container" in head  # whole: Gradio's own way with styles drops such rules


def test_the_page_has_an_icon_of_its_own(page: str) -> None:
    assert '<link rel="icon" href="favicon.ico"' in get(page).text
    reply = get(f"{page}/favicon.ico")
    assert reply.headers["content-type"].startswith("image/svg+xml")
    assert reply.content == (ROOT / "assistant/faces/page/icon.svg").read_bytes()


@pytest.mark.parametrize("sent", [None, [], "ask", 7, True, [{"question": "补助"}]])
@pytest.mark.parametrize(
    "name", ["open", "ask", "show", "recompute", "context", "document", "search", "checkup", "thumb"]
)
def test_a_call_whose_data_is_no_object_is_told_in_a_sentence(page: str, name: str, sent: Any) -> None:
    reply = httpx.post(f"{page}/gradio_api/component_server", json={"fn_name": name, "data": sent}, timeout=30)
    assert reply.status_code == 200
    assert re.fullmatch(r".+[。.]", reply.json()["error"])


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b'"x"', b"\xff", b"{}", b'{"fn_name": 7}', b'{"fn_name": "secret"}', b"[" * 900]
)
def test_what_is_no_call_is_a_problem_and_no_fault(page: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    reply = httpx.post(f"{page}/gradio_api/component_server/", content=body, headers=headers)
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"


def test_the_form_of_another_site_sends_no_call(page: str) -> None:
    body = '{"fn_name": "open", "data": {}}'
    for headers in ({"Content-Type": "text/plain"}, {"Content-Type": "multipart/form-data; boundary=a"}, {}):
        assert httpx.post(f"{page}/gradio_api/component_server/", content=body, headers=headers).status_code == 415


def test_half_a_sign_comes_back_as_a_sign(page: str) -> None:
    body = '{"fn_name": "ask", "data": {"question": "补助\\ud800"}}'
    headers = {"Content-Type": "application/json"}
    reply = httpx.post(f"{page}/gradio_api/component_server/", content=body, headers=headers, timeout=30)
    assert reply.status_code == 200
    assert reply.json()


_GRADIO = (
    "upload", "upload_progress?upload_id=1", "file=/etc/passwd", "file/x", "proxy=http://127.0.0.1/", "info",
    "openapi.json", "config", "app_id", "token", "user", "login_check", "startup-events", "heartbeat/x",
    "queue/join", "queue/data?session_hash=x", "queue/status", "call/ask", "call/ask/x", "run/ask", "api/ask",
    "reset", "cancel", "stream/x", "process_recording", "custom_component/a/client/b/c", "vibe-edit", "runs",
    "deep_link", "theme.css",
)  # fmt: skip
_BESIDE = ("config", "monitoring", "monitoring/summary", "svelte/x.js", "pwa_icon", "manifest.json", "login", "logout")


@pytest.mark.parametrize("path", [f"/gradio_api/{name}" for name in _GRADIO] + [f"/{name}" for name in _BESIDE])
def test_what_gradio_offers_and_the_page_does_not_use_is_not_there(page: str, path: str) -> None:
    assert httpx.get(page + path).status_code == 404
    assert httpx.post(page + path, files={"files": ("x.txt", b"a")}).status_code == 404


def test_a_name_too_long_for_a_file_is_not_there(page: str) -> None:
    assert httpx.get(f"{page}/assets/{'a' * 5000}").status_code == 404
    assert httpx.get(f"{page}/static/{'a/' * 500}").status_code == 404


def test_the_page_takes_no_state_of_gradio_from_its_address(page: str) -> None:
    assert httpx.get(f"{page}/", params={"deep_link": "../../etc/passwd"}).status_code == 200
    assert httpx.post(f"{page}/").status_code == 405


@pytest.mark.parametrize(("file_format", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("docx", b"PK")])
def test_found_clauses_are_exported(page: str, file_format: str, begins: bytes) -> None:
    reply = get(f"{page}/export/clauses.{file_format}", params={"text": "壮大贷"})
    assert reply.content.startswith(begins)
    assert reply.headers["content-disposition"].endswith(f'.{file_format}"')


@pytest.mark.parametrize(
    ("path", "status"),
    [("clauses.pdf", 422), ("clauses.csv?region=月球", 404), ("clauses.csv?in_force_on=gestern", 422)],
)
def test_an_export_that_cannot_be_made_is_a_problem_and_no_fault(page: str, path: str, status: int) -> None:
    reply = get(f"{page}/export/{path}")
    assert reply.status_code == status
    assert reply.json()["detail"]
