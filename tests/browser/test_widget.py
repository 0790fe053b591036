"""The portal widget in real Chromium: on a page of another origin, served by the real service."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from assistant.answer import (
    Answer,
    Citation,
    ClauseCondition,
    ComparisonRow,
    ConditionState,
    Figure,
    GivenFact,
    Highlight,
    Status,
)
from assistant.answer import Warning as AnswerWarning
from assistant.clause.rule import Bound, TextSpan
from assistant.settings import Settings
from assistant.validation import MAX_QUESTION_LENGTH

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page, Route

    from assistant.service import PolicyAssistant

pytestmark = [pytest.mark.slow, pytest.mark.browser]

QUESTION = "智能工厂改造能补多少?"
CEILING = "最高 500万元"
HOSTILE_STYLE = (
    "<style>* { font-size: 40px !important; color: red !important } div, section { display: none !important }</style>"
)


@dataclass
class Portal:
    """A site of another origin (localhost instead of 127.0.0.1) with whatever pages a test gives it."""

    origin: str
    pages: dict[str, str] = field(default_factory=dict)

    def page(self, script: str, attributes: str = 'data-lang="zh"', head: str = "", before: str = "") -> str:
        """The address of a page that holds the widget by its one line."""
        path = f"/{len(self.pages)}"
        self.pages[path] = (
            f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>门户</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>'
            f'<body><main><h1>门户首页</h1><p><button id="own">本站按钮</button></p></main>{before}'
            f'<script src="{script}" {attributes} async></script></body></html>'
        )
        return self.origin + path


@contextmanager
def portal_site() -> Iterator[Portal]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path in portal.pages
            body = portal.pages.get(self.path, "").encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as site:
        portal = Portal(f"http://localhost:{site.server_port}")
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        try:
            yield portal
        finally:
            site.shutdown()
            thread.join()


@contextmanager
def served(assistant: "PolicyAssistant", settings: Settings) -> Iterator[str]:
    """The address of the service with these settings, in a thread of this process."""
    import uvicorn

    from assistant.faces.api.app import create_api

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_api(assistant, settings), log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}{settings.root_path}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    with portal_site() as site:
        yield site


@pytest.fixture(scope="module")
def settings(built_settings: Settings, portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    feedback = tmp_path_factory.mktemp("feedback") / "feedback.sqlite"
    return built_settings.model_copy(
        update={"embed_origins": (portal.origin,), "feedback_url": f"sqlite:///{feedback.as_posix()}"}
    )


@pytest.fixture(scope="module")
def service(assistant: "PolicyAssistant", settings: Settings) -> Iterator[str]:
    """A service that the portal may embed."""
    with served(assistant, settings) as address:
        yield address


@pytest.fixture
def browser(chromium: "Browser") -> "Browser":
    """The browser that all tests share: a second one cannot run beside it."""
    return chromium


OpenPage = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: "Browser") -> Iterator[OpenPage]:
    """Opens an address in a window of its own; in the end, no script may have failed and no other host been asked."""
    faults: list[str] = []
    hosts: set[str] = set()
    contexts = []

    def open_page(address: str, width: int = 1280, height: int = 800, **options: Any) -> "Page":
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
        page.on("request", lambda request: hosts.add(httpx.URL(request.url).host))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
    assert hosts <= {"127.0.0.1", "localhost", ""}  # "" is of data: addresses


@pytest.fixture
def on_portal(open_page: OpenPage, portal: Portal, service: str) -> OpenPage:
    """Opens a page of the portal with the widget on it."""

    def on_portal(width: int = 1280, **line: str) -> "Page":
        page = open_page(portal.page(f"{service}/widget.js", **line), width)
        page.locator("[data-policy-assistant] .button").wait_for()
        return page

    return on_portal


def panel_of(page: "Page") -> "FrameLocator":
    return page.frame_locator("[data-policy-assistant] iframe")


def opened(page: "Page") -> "FrameLocator":
    page.locator("[data-policy-assistant] .button").click()
    panel_of(page).locator("#send:not(:empty)").wait_for()
    return panel_of(page)


def ask(panel: Any, question: str) -> Any:
    """Ask as a person does; returns the turn once it is answered."""
    panel.locator("#send:not(:empty)").wait_for()
    before = panel.locator(".turn").count()
    panel.locator("#question").fill(question)
    panel.locator("#question").press("Enter")
    turn = panel.locator(".turn:not(.pending)").nth(before)
    turn.wait_for()
    return turn


def answer_with(answer: Answer) -> Callable[["Route"], None]:
    return lambda route: route.fulfill(status=200, content_type="application/json", body=answer.model_dump_json())


def citation(text: str = "给予项目投入最高20%、不超过500万元补助。", **changes: Any) -> Citation:
    values: dict[str, Any] = {
        "marker": 1,
        "clause_id": "a#四.(八)",
        "document": "行动方案",
        "document_id": "a",
        "document_number": "成办发〔2020〕59号",
        "region": "成都",
        "address": "四、政策措施 › (八)",
        "text": text,
        "start": 0,
        "end": len(text),
        "focus": TextSpan(start=0, end=len(text)),
        "in_force": True,
        "valid_from": None,
        "valid_to": None,
    }
    return Citation(**{**values, **changes})


# ── on the portal's page ──


def test_one_line_puts_a_named_button_on_the_page(on_portal: OpenPage) -> None:
    button = on_portal().get_by_role("button", name="政策问答")
    assert button.get_attribute("aria-expanded") == "false"


def test_the_style_of_the_page_does_not_reach_the_widget(on_portal: OpenPage) -> None:
    page = on_portal(head=HOSTILE_STYLE)
    button = page.locator("[data-policy-assistant] .button")
    size, colour = button.evaluate("e => [getComputedStyle(e).fontSize, getComputedStyle(e).color]")
    assert (size, colour) == ("15px", "rgb(255, 255, 255)")
    panel = opened(page)
    assert panel.locator(".welcome").evaluate("e => getComputedStyle(e).color") != "rgb(255, 0, 0)"
    assert page.locator("[data-policy-assistant] .panel").bounding_box()["width"] == 420  # type: ignore[index]


def test_the_widget_works_where_the_portal_forbids_inline_styles(
    open_page: OpenPage, portal: Portal, service: str
) -> None:
    policy = f"default-src 'none'; script-src {service}; frame-src {service}"
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    page = open_page(portal.page(f"{service}/widget.js", head=head))
    assert ask(opened(page), QUESTION).locator(".main .amount").inner_text() == CEILING


@pytest.mark.parametrize(("width", "full"), [(360, True), (479, True), (480, False), (1280, False)])
def test_the_panel_fills_a_small_screen_and_only_that(on_portal: OpenPage, width: int, full: bool) -> None:
    page = on_portal(width)
    panel = opened(page)
    panel.locator("#question").wait_for()
    box = page.locator("[data-policy-assistant] .panel").bounding_box()
    assert box is not None
    assert (box["width"] == width and box["height"] == 800) is full
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    ask(panel, QUESTION)
    assert panel.locator("body").evaluate("e => e.scrollWidth <= e.clientWidth")
    assert panel.locator("#talk").evaluate("e => e.scrollWidth <= e.clientWidth")


def test_a_second_line_puts_no_second_button(open_page: OpenPage, portal: Portal, service: str) -> None:
    again = f'<script src="{service}/widget.js"></script>'
    page = open_page(portal.page(f"{service}/widget.js", before=again))
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-policy-assistant]").count() == 1


def test_the_attributes_choose_side_colour_label_and_theme(on_portal: OpenPage) -> None:
    attributes = 'data-lang="en" data-position="left" data-color="#ffd54a" data-label="Ask us" data-theme="dark"'
    page = on_portal(attributes=attributes)
    button = page.get_by_role("button", name="Ask us")
    assert button.bounding_box()["x"] < 100  # type: ignore[index]
    assert button.evaluate("e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]") == [
        "rgb(255, 213, 74)",
        "rgb(16, 21, 28)",  # dark letters on a light colour
    ]
    bar = opened(page).locator(".bar")
    assert bar.evaluate("e => getComputedStyle(e).color") == "rgb(16, 21, 28)"
    assert panel_of(page).locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.parametrize(
    ("locale", "code", "send"),
    [("zh-CN", "zh-CN", "提问"), ("zh-TW", "zh-Hant", "提問"), ("en-GB", "en", "Ask"), ("fr", "en", "Ask")],
)
def test_the_language_is_the_browsers_unless_named(
    open_page: OpenPage, portal: Portal, service: str, locale: str, code: str, send: str
) -> None:
    page = open_page(portal.page(f"{service}/widget.js", attributes=""), locale=locale)
    panel = opened(page)
    assert panel.locator("#send").inner_text() == send
    assert panel.locator("html").get_attribute("lang") == code


# ── asking ──


def test_a_question_shows_the_figure_large_its_bound_and_the_clause(
    on_portal: OpenPage, assistant: "PolicyAssistant"
) -> None:
    expected = assistant.ask(QUESTION)
    turn = ask(opened(on_portal()), QUESTION)
    assert turn.locator(".main .amount").inner_text() == CEILING
    assert turn.locator(".main.ceiling .bound").inner_text().startswith("上限，非应得金额")
    card = turn.locator(".citation").first
    cited = expected.citations[0]
    assert card.locator(".document").inner_text().startswith(cited.document)
    assert card.locator(".address").inner_text() == f"{cited.document_number} · {cited.address}"
    assert card.locator(".badge.over").inner_text() == "已失效（2022-12-31止）"
    assert card.locator("mark.focus").all_inner_texts() != []
    card.get_by_role("button", name="展开条款全文").click()
    assert card.locator("blockquote").evaluate("e => e.textContent") == cited.text


def test_an_exact_sum_is_told_apart_from_a_ceiling(on_portal: OpenPage) -> None:
    figure = Figure(amount=Decimal(1000), bound=Bound.EXACT, per="人", label="", steps=(), citation=1)
    exact = Answer(status=Status.ANSWERED, language="zh", text="1", citations=(citation(),), figures=(figure,))
    page = on_portal()
    page.route("**/api/ask", answer_with(exact))
    turn = ask(opened(page), "给重点工业企业输送工人有没有补助")
    assert turn.locator(".main.exact .amount").inner_text() == "1,000元/人"
    assert turn.locator(".main.exact .bound").inner_text().startswith("准确金额")
    assert turn.locator(".figure.ceiling").count() == 0


def test_a_second_question_is_answered_from_the_first(on_portal: OpenPage) -> None:
    panel = opened(on_portal())
    ask(panel, QUESTION)
    assert ask(panel, "投了1800万呢?").locator(".main .amount").inner_text() == "最高 360万元"


def test_a_new_conversation_forgets_the_old(on_portal: OpenPage) -> None:
    panel = opened(on_portal())
    ask(panel, QUESTION)
    panel.get_by_role("button", name="新对话").click()
    assert panel.locator(".turn").count() == 0
    assert ask(panel, "投了1800万呢?").locator(".amount").count() == 0


def test_a_missing_fact_is_asked_for_and_worked_with(on_portal: OpenPage) -> None:
    panel = opened(on_portal())
    form = ask(panel, QUESTION).locator("form.missing")
    form.get_by_label("项目投入是多少").fill("1800")
    form.get_by_role("button", name="计算").click()
    assert "请写上单位" in form.locator(".hint").inner_text()  # 1800 is not 1800万: it is not guessed
    assert panel.locator(".turn").count() == 1
    form.get_by_label("项目投入是多少").fill("1800万元")
    form.get_by_role("button", name="计算").click()
    panel.locator(".turn:not(.pending)").nth(1).wait_for()
    assert panel.locator(".turn").nth(1).locator(".main .amount").inner_text() == "最高 360万元"


def test_a_suggested_question_is_asked_by_its_button(on_portal: OpenPage) -> None:
    panel = opened(on_portal())
    ask(panel, QUESTION).get_by_role("button", name="由哪个部门负责？").click()
    panel.locator(".turn:not(.pending)").nth(1).wait_for()
    assert "市经信局" in panel.locator(".turn").nth(1).locator(".text").inner_text()
    assert panel.locator(".turn").nth(0).locator(".next").count() == 0  # what the older answer offered is gone


def test_answers_keep_to_the_region_of_the_page_until_the_visitor_widens_it(on_portal: OpenPage) -> None:
    panel = opened(on_portal(attributes='data-lang="zh" data-region="襄阳"'))
    turn = ask(panel, QUESTION)
    assert "成都" not in turn.inner_text()
    panel.get_by_role("button", name="只看襄阳").click()
    panel.get_by_role("button", name="新对话").click()
    assert ask(panel, QUESTION).locator(".main .amount").inner_text() == CEILING


def test_a_clause_is_copied_with_its_reference_and_opens_on_the_full_page(
    open_page: OpenPage, service: str, assistant: "PolicyAssistant"
) -> None:
    page = open_page(f"{service}/widget#lang=zh", permissions=["clipboard-read", "clipboard-write"])
    cited = assistant.ask(QUESTION).citations[0]
    card = ask(page, QUESTION).locator(".citation").first
    card.get_by_role("button", name="复制并附出处").click()
    card.get_by_role("button", name="已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"“{cited.text}”——《{cited.document}》{cited.document_number} · {cited.address}"
    link = card.get_by_role("link").evaluate("e => e.href")
    assert dict(httpx.URL(link).params) == {"clause": cited.clause_id}
    assert link.startswith(f"{service}/?")


def test_thumbs_are_stored(on_portal: OpenPage, settings: Settings) -> None:
    import sqlite3
    from contextlib import closing

    turn = ask(opened(on_portal()), QUESTION)
    turn.get_by_role("button", name="没用").click()
    turn.get_by_text("谢谢，已记录。").wait_for()
    with closing(sqlite3.connect(settings.feedback_url.removeprefix("sqlite:///"))) as database:
        assert database.execute("select question, rating, status from feedback").fetchall() == [
            (QUESTION, "down", "needs_facts")
        ]


def test_without_a_feedback_database_there_are_no_thumbs(
    assistant: "PolicyAssistant", settings: Settings, open_page: OpenPage
) -> None:
    with served(assistant, settings.model_copy(update={"feedback_url": ""})) as address:
        turn = ask(open_page(f"{address}/widget#lang=zh"), QUESTION)
        assert turn.locator(".amount").count() == 1
        assert turn.locator(".thumbs").count() == 0


# ── the page's calls and events ──

RECORD = """<script>
  window.heard = [];
  for (const name of ["ready", "open", "close", "question", "answer", "error"])
    document.addEventListener("policy-assistant:" + name, (event) => heard.push([name, event.detail]));
  window.PolicyAssistant = [["on", "answer", (detail) => heard.push(["callback", detail])], ["open", {question: "%s"}]];
</script>"""


def test_calls_made_before_the_script_are_done_and_the_page_hears_of_events(on_portal: OpenPage) -> None:
    page = on_portal(before=RECORD % QUESTION)
    assert panel_of(page).locator(".main .amount").inner_text() == CEILING
    page.evaluate("PolicyAssistant.close()")
    assert page.evaluate("heard") == [
        ["ready", {}],
        ["open", {}],
        ["question", {}],  # without its words: they are the visitor's
        ["callback", {"status": "needs_facts"}],
        ["answer", {"status": "needs_facts"}],
        ["close", {}],
    ]


def test_the_page_asks_by_script_and_stops_listening(on_portal: OpenPage) -> None:
    page = on_portal()
    page.evaluate(
        "window.answers = 0; document.addEventListener('policy-assistant:answer', () => (answers += 1));"
        "window.seen = []; window.off = PolicyAssistant.on('answer', (detail) => seen.push(detail.status)); 0"
    )
    page.evaluate(f"PolicyAssistant.ask({json.dumps(QUESTION)})")
    page.wait_for_function("answers === 1")
    page.evaluate("off()")
    page.evaluate("PolicyAssistant.ask('由哪个部门负责?')")
    page.wait_for_function("answers === 2")
    assert panel_of(page).locator(".turn").count() == 2
    assert page.evaluate("seen") == ["needs_facts"]


def test_a_question_in_the_line_is_asked_when_the_visitor_opens_the_panel(on_portal: OpenPage) -> None:
    page = on_portal(attributes=f'data-lang="zh" data-question="{QUESTION}"')
    assert page.locator("[data-policy-assistant] .panel").is_hidden()
    assert opened(page).locator(".main .amount").inner_text() == CEILING


# ── who may embed it, who is listened to ──


def test_a_page_of_another_origin_is_refused_and_told_so(
    assistant: "PolicyAssistant", built_settings: Settings, portal: Portal, browser: "Browser"
) -> None:
    with served(assistant, built_settings.model_copy(update={"feedback_url": ""})) as address:
        page = browser.new_page()
        page.goto(portal.page(f"{address}/widget.js", before=RECORD % QUESTION))
        page.get_by_role("alert").get_by_text("没有允许本网站嵌入").wait_for()
        assert page.evaluate("heard.at(-1)") == ["error", {"code": "unavailable"}]
        assert page.get_by_role("link", name="打开完整页面").get_attribute("href") == f"{address}/"
        assert page.get_by_role("button", name="重试").evaluate("e => e.getRootNode().activeElement === e")
        page.get_by_role("button", name="关闭").click()
        assert page.locator("[data-policy-assistant] .panel").is_hidden()
        page.close()


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        ((), "frame-ancestors 'self'"),
        (("https://www.example.gov.cn",), "frame-ancestors 'self' https://www.example.gov.cn"),
        (("*",), "frame-ancestors *"),
    ],
)
def test_the_server_names_who_may_embed_the_panel(
    built_settings: Settings, origins: tuple[str, ...], expected: str
) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from assistant.faces.widget.routes import router

    app = FastAPI()
    app.include_router(router(built_settings.model_copy(update={"embed_origins": origins})))
    with TestClient(app) as client:
        policy = client.get("/widget").headers["content-security-policy"]
    assert policy.split("; ")[-1] == expected
    assert "unsafe" not in policy


def test_only_the_page_around_it_can_speak_to_the_panel(on_portal: OpenPage) -> None:
    page = on_portal(before='<iframe id="other" srcdoc="<p>advertisement</p>"></iframe>')
    panel = opened(page)
    panel.locator("#question").wait_for()
    other = next(frame for frame in page.frames if frame.url == "about:srcdoc")
    message = json.dumps({"to": "policy-assistant", "type": "ask", "question": QUESTION})
    frame = "parent.document.querySelector('[data-policy-assistant]').shadowRoot.querySelector('iframe')"
    other.evaluate(f"{frame}.contentWindow.postMessage({message}, '*')")
    page.evaluate("window.closings = 0; PolicyAssistant.on('close', () => (closings += 1))")
    for origin in (page, other):  # neither the page itself nor another frame is the panel
        origin.evaluate("top.postMessage({ from: 'policy-assistant', type: 'close' }, '*')")
    ask(panel, "由哪个部门负责?")  # a round trip after the messages
    assert panel.locator(".turn").count() == 1
    assert page.evaluate("closings") == 0


def test_it_works_under_a_path_prefix(
    assistant: "PolicyAssistant", settings: Settings, portal: Portal, open_page: OpenPage
) -> None:
    with served(assistant, settings.model_copy(update={"root_path": "/policy"})) as address:
        page = open_page(portal.page(f"{address}/widget.js"))
        paths: list[str] = []
        page.on("request", lambda request: paths.append(httpx.URL(request.url).path))
        turn = ask(opened(page), QUESTION)
        assert turn.locator(".main .amount").inner_text() == CEILING
        assert turn.locator(".citation a").first.evaluate("e => e.href").startswith(f"{address}/?clause=")
    assert "/policy/api/ask" in paths
    assert [path for path in paths if not path.startswith("/policy/")] == []


def test_the_panel_is_small_and_asks_a_browser_to_look_for_a_new_version(service: str) -> None:
    from assistant.faces.widget.routes import PARTS, PHRASES

    with httpx.Client(base_url=service) as client:
        answers = [
            client.get(path) for path in ("/widget.js", "/widget", *(f"/widget/{name}" for name in (*PARTS, PHRASES)))
        ]
        assert [answer.status_code for answer in answers] == [200] * len(answers)
        assert sum(len(answer.content) for answer in answers) < 90_000  # bytes before compression
        again = client.get("/widget.js", headers={"If-None-Match": answers[0].headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.get("/widget/nothing.js").status_code == 404


# ── keyboard, screen reader, eyes ──


def test_the_keyboard_alone_is_enough(on_portal: OpenPage) -> None:
    page = on_portal()
    page.locator("#own").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    panel = panel_of(page)
    panel.locator("#question:focus").wait_for()
    button = page.locator("[data-policy-assistant] .button")
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.insert_text(QUESTION)
    page.keyboard.press("Enter")
    panel.locator(".main .amount").wait_for()
    page.keyboard.press("Escape")
    page.locator("[data-policy-assistant] .panel").wait_for(state="hidden")
    assert button.get_attribute("aria-expanded") == "false"
    assert button.evaluate("e => e.getRootNode().activeElement === e")


def test_the_focus_goes_back_to_what_opened_the_panel(on_portal: OpenPage) -> None:
    page = on_portal()
    page.evaluate("document.getElementById('own').addEventListener('click', () => PolicyAssistant.open())")
    page.locator("#own").click()
    panel_of(page).locator("#question:focus").wait_for()
    page.keyboard.press("Escape")
    page.locator("#own:focus").wait_for()


def test_full_screen_the_keyboard_stays_in_the_panel(on_portal: OpenPage) -> None:
    page = on_portal(360)
    panel = opened(page)
    panel.locator("#question:focus").wait_for()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.hasAttribute('data-policy-assistant')")


def test_the_enter_that_ends_the_choice_of_a_character_sends_nothing(on_portal: OpenPage) -> None:
    panel = opened(on_portal())
    panel.locator("#question").fill("zhineng")
    for event in ({"isComposing": True, "keyCode": 13}, {"keyCode": 229}):
        panel.locator("#question").dispatch_event("keydown", {"key": "Enter", **event})
    assert panel.locator("#question").input_value() == "zhineng"
    assert panel.locator(".turn").count() == 0


def test_the_answer_is_said_to_a_screen_reader(on_portal: OpenPage) -> None:
    panel = opened(on_portal())
    ask(panel, QUESTION)
    said = panel.locator("[role=status][aria-live=polite]").first.inner_text()
    assert said.startswith("还缺条件 — 最高 500万元 (上限，非应得金额)")


def test_a_used_suggestion_does_not_lose_the_focus(on_portal: OpenPage) -> None:
    panel = opened(on_portal())
    button = ask(panel, QUESTION).get_by_role("button", name="由哪个部门负责？")
    button.press("Enter")
    panel.locator(".turn:not(.pending)").nth(1).wait_for()
    assert panel.locator("body").evaluate("() => document.activeElement.className") == "turn"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_scan_for_accessibility_finds_nothing_serious(on_portal: OpenPage, theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = on_portal(attributes=f'data-lang="zh" data-theme="{theme}"')
    panel = opened(page)
    ask(panel, QUESTION)
    ask(panel, "投了1800万呢?")
    page.route("**/api/ask", answer_with(everything()))
    ask(panel, "都有什么?")
    page.unroute("**/api/ask")
    page.route("**/api/ask", lambda route: route.abort())
    ask(panel, "还在吗?")
    frame = next(frame for frame in page.frames if "/widget" in frame.url)
    for scanned in (page, frame):
        found = Axe().run(scanned).response["violations"]  # type: ignore[arg-type]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_nothing_moves_for_those_who_asked_for_rest(open_page: OpenPage, service: str) -> None:
    page = open_page(f"{service}/widget#lang=zh", reduced_motion="reduce")
    held: list[Route] = []
    page.route("**/api/ask", lambda route: held.append(route))
    page.locator("#question").fill(QUESTION)
    page.locator("#question").press("Enter")
    animation = page.locator(".working").evaluate("e => getComputedStyle(e, '::after').animationName")
    assert animation == "none"
    held[0].abort()
    page.locator(".failure").wait_for()


# ── what goes wrong ──


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (None, "连不上服务，请检查网络后重试。"),
        (422, "无法处理这个问题：请用文字提问，最多 2000 字。"),
        (503, "现在提问的人太多，请稍后重试。"),
        (500, "服务出了问题，请稍后重试。"),
    ],
)
def test_an_error_is_one_sentence_and_can_be_tried_again(
    on_portal: OpenPage, status: int | None, sentence: str
) -> None:
    page = on_portal()
    panel = opened(page)
    page.route("**/api/ask", lambda route: route.fulfill(status=status, body="x") if status else route.abort())
    turn = ask(panel, QUESTION)
    assert turn.get_by_role("alert").locator("p").inner_text() == sentence
    page.unroute("**/api/ask")
    turn.get_by_role("button", name="重试").click()
    panel.locator(".main .amount").wait_for()
    assert panel.locator(".turn").count() == 1
    assert panel.get_by_role("alert").count() == 0


def test_a_service_that_does_not_answer_in_time_is_not_waited_for(open_page: OpenPage, service: str) -> None:
    page = open_page("about:blank")
    page.clock.install()
    page.goto(f"{service}/widget#lang=zh")
    held: list[Route] = []
    page.route("**/api/ask", lambda route: held.append(route))
    page.locator("#question").fill(QUESTION)
    page.locator("#question").press("Enter")
    page.locator(".working").wait_for()
    page.clock.run_for(21_000)
    assert page.get_by_role("alert").locator("p").inner_text() == "服务没有及时回答，请重试。"
    assert len(held) == 1


def test_what_is_no_question_is_refused_by_the_service_itself(on_portal: OpenPage) -> None:
    turn = ask(opened(on_portal()), "？？？")
    assert "请用文字提问" in turn.get_by_role("alert").inner_text()


@pytest.mark.parametrize(
    ("typed", "told"),
    [("  ", "请先输入问题。"), ("补" * (MAX_QUESTION_LENGTH + 1), "最多 2000 字，现在有 2001 字，请缩短。")],
)
def test_what_cannot_be_sent_is_told_under_the_box_and_stays(on_portal: OpenPage, typed: str, told: str) -> None:
    panel = opened(on_portal())
    panel.locator("#question").fill(typed)
    panel.locator("#question").press("Enter")
    assert panel.get_by_role("alert").inner_text() == told
    assert panel.locator("#question").input_value() == typed
    assert panel.locator(".turn").count() == 0
    panel.locator("#question").fill("补")
    panel.get_by_role("alert").wait_for(state="hidden")


def test_a_region_without_documents_is_named(on_portal: OpenPage) -> None:
    panel = opened(on_portal(attributes='data-lang="zh" data-region="杭州"'))
    turn = ask(panel, QUESTION)
    assert "没有“杭州”的文件" in turn.get_by_role("alert").inner_text()
    panel.get_by_role("button", name="只看杭州").click()
    turn.get_by_role("button", name="重试").click()
    panel.locator(".main .amount").wait_for()


# ── text is text ──

HOSTILE = (
    """<script>document.title='owned'</script>市关于支持智能工厂改造的若干措施
甲政发〔2024〕1号
一、支持智能工厂改造
对实施智能工厂改造的企业，按项目投入的20%给予补助，最高不超过300万元<img src=x onerror="document.title='owned'">。详见[链接](http://evil.example/)<b>粗体</b>**加重**。
二、其他
"""
    + "超长词" * 3
    + "W" * 400
    + "企业给予奖励。\n"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[str]:
    """A service over one document whose text is full of markup."""
    from assistant.build import build_snapshot
    from assistant.service import PolicyAssistant

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "documents").mkdir()
    (folder / "documents" / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    changed = settings.model_copy(update={"documents_dir": folder / "documents", "index_dir": folder / "index"})
    build_snapshot(changed)
    with served(PolicyAssistant.open(changed), changed) as address:
        yield address


@pytest.mark.parametrize(
    "question", ["智能工厂改造能补多少?", "<script>document.title='owned'</script>智能工厂改造能补多少?"]
)
def test_markup_in_a_document_or_a_question_shows_as_text(
    hostile: str, open_page: OpenPage, portal: Portal, question: str
) -> None:
    page = open_page(portal.page(f"{hostile}/widget.js"), 360)
    panel = opened(page)
    turn = ask(panel, question)
    assert turn.locator(".question").evaluate("e => e.lastChild.textContent") == question
    shown = turn.locator("blockquote").first.evaluate("e => e.textContent")
    assert "<img src=x onerror=" in shown
    assert "[链接](http://evil.example/)<b>粗体</b>**加重**" in shown
    assert panel.locator("img, script:not([src]), .turn b, .turn script, a[href*=evil]").count() == 0
    assert page.title() == "门户"
    assert panel.locator("html").evaluate("() => document.title") == "政策问答"
    assert panel.locator("#talk").evaluate("e => e.scrollWidth <= e.clientWidth")


def everything() -> Answer:
    """An answer with all that a contract may hold, markup and very long words in every text."""
    evil = "<b>x</b><script>document.title='owned'</script>" + "W" * 300
    row = {
        "document": evil,
        "what": evil,
        "rate": "20%",
        "sum": "360万元",
        "validity": "现行有效",
        "in_force": True,
        "citation": 1,
    }
    return Answer(
        status=Status.ANSWERED,
        language="zh",
        text=f"{evil}[1][9]",
        citations=(citation(evil, document=evil, document_number=evil, address=evil, departments=(evil,)),),
        figures=(Figure(amount=Decimal(3600000), bound=Bound.EXACT, label=evil, steps=(evil,), citation=1),),
        facts=(GivenFact(fact=evil, value=Decimal("18000000"), unit="yuan"),),
        comparison=tuple(ComparisonRow(region=name, conditions=(evil,), **row) for name in ("成都", evil)),
        nearest=citation(evil),
        warnings=(AnswerWarning(code="ambiguous", message=evil),),  # type: ignore[arg-type]
        missing=({"fact": evil, "question": evil},),  # type: ignore[arg-type]
        follow_ups=(evil,),
    )


def test_every_field_of_an_answer_goes_in_as_text(open_page: OpenPage, service: str) -> None:
    page = open_page(f"{service}/widget#lang=zh", 360)
    page.route("**/api/ask", answer_with(everything()))
    turn = ask(page, "都有什么?")
    assert turn.locator("b, script, img").count() == 0
    assert page.title() == "政策问答"
    for place in (
        ".text",
        ".label",
        ".facts",
        ".steps li",
        ".warning",
        ".missing label",
        ".follow-ups button",
        "blockquote",
        ".address",
        ".document",
        ".departments",
        "td li",
    ):
        assert "<b>x</b><script>" in turn.locator(place).first.evaluate("e => e.textContent"), place
    assert page.locator("#talk").evaluate("e => e.scrollWidth <= e.clientWidth")


def test_a_comparison_has_a_column_for_each_region(open_page: OpenPage, service: str) -> None:
    page = open_page(f"{service}/widget#lang=zh")
    rows = (
        ComparisonRow(
            region="成都",
            document="甲",
            what="补助",
            sum="360万元",
            cap="500万元",
            in_force=False,
            validity="已失效",
            citation=1,
        ),
        ComparisonRow(region="襄阳", document="乙", what="奖励", sum="100万元", in_force=True, validity="现行有效"),
    )
    page.route(
        "**/api/ask",
        answer_with(Answer(status=Status.ANSWERED, language="zh", text="", citations=(citation(),), comparison=rows)),
    )
    table = ask(page, "比较").get_by_role("table")
    cells = [line.locator("th, td").all_inner_texts() for line in table.get_by_role("row").all()]
    assert cells == [
        ["", "成都", "襄阳"],
        ["内容", "补助", "奖励"],
        ["金额", "360万元", "100万元"],
        ["上限", "500万元", "—"],
        ["效力", "已失效", "现行有效"],
        ["文件", "甲", "乙"],
        ["依据", "1", "—"],
    ]


def test_a_refusal_shows_the_nearest_clause_as_no_answer(open_page: OpenPage, service: str) -> None:
    page = open_page(f"{service}/widget#lang=zh")
    page.route(
        "**/api/ask", answer_with(Answer(status=Status.NOT_FOUND, language="zh", text="没有规定。", nearest=citation()))
    )
    turn = ask(page, "低空经济")
    assert turn.locator(".status.not_found").inner_text() == "文件中没有规定"
    assert turn.get_by_role("heading", name="最接近的条款（不是答案）").count() == 1
    assert turn.locator("blockquote").inner_text() == citation().text


def test_highlights_stand_where_the_rule_was_read_also_after_rare_characters(open_page: OpenPage, service: str) -> None:
    text = "\U00020bb7😀县：给予项目投入最高2\ue0100%、不超过500万元补助。"
    spans = {"base": "项目投入", "rate": "最高2\ue0100%", "cap": "不超过500万元"}
    marks = tuple(
        Highlight(field=name, start=text.index(part), end=text.index(part) + len(part)) for name, part in spans.items()
    )
    page = open_page(f"{service}/widget#lang=zh")
    page.route(
        "**/api/ask",
        answer_with(
            Answer(status=Status.ANSWERED, language="zh", text="", citations=(citation(text, highlights=marks),))
        ),
    )
    quoted = ask(page, "多少").locator("blockquote")
    for name, part in spans.items():
        assert quoted.locator(f"mark.field-{name}").inner_text() == part.replace("\ue010", ".")
    assert quoted.evaluate("e => e.textContent") == text.replace("\ue010", ".")
    assert page.locator(".legend li").all_inner_texts() == ["基数", "比例", "上限"]


# ── the same words as the server ──

AMOUNTS = ["0", "0.5", "999.99", "1000", "9999", "10000", "12345", "12345.67", "360000", "3600000", "12345678", "100000000", "123450000", "123456789", "1234567890.1", "5000000000"]  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "en"])
def test_sums_read_as_the_server_writes_them(open_page: OpenPage, service: str, language: str) -> None:
    from assistant.answering.labels import amount_text

    units = [None, "年", "人", "场次", "亩", "吨", "个月", "企业", "台", "万元", "1美元", "10万元", "平方米", "辆"]
    figures = [
        Figure(amount=Decimal(amount), currency=currency, bound=bound, per=unit, label="", steps=(), citation=1)
        for amount in AMOUNTS
        for currency in ("CNY", "USD", "TWD", "EUR", "JPY")
        for unit, bound in zip(units, [Bound.EXACT, Bound.AT_MOST] * 7, strict=True)
    ]
    page = open_page(f"{service}/widget")
    shown = page.evaluate(
        "async ([figures, language]) => { const { amountText } = await import(new URL('widget/format.js', location));"
        " return figures.map((figure) => amountText(figure, language)); }",
        [[json.loads(figure.model_dump_json()) for figure in figures], language],
    )
    assert len(shown) == len(figures)
    assert shown == [amount_text(figure, language) for figure in figures]


@pytest.mark.parametrize(
    ("language", "label", "open_words"),
    [("zh", "有前提", "您还没有说："), ("zh-Hant", "有前提", "您還沒有說："), ("en", "Conditional", "Not said:")],
)
def test_a_sum_with_an_open_condition_is_not_called_exact(
    open_page: OpenPage, service: str, language: str, label: str, open_words: str
) -> None:
    figure = Figure(
        amount=Decimal(500_000), bound=Bound.EXACT, per=None, label="", steps=(), conditional=True, citation=1
    )
    condition = ClauseCondition(text="经认定的企业", state=ConditionState.OPEN, start=0, end=6)
    answer = Answer(
        status=Status.ANSWERED,
        language=language,
        text="50",
        citations=(citation(),),
        figures=(figure,),
        conditions=(condition,),
    )
    page = open_page(f"{service}/widget?lang={language}")
    page.route("**/api/ask", answer_with(answer))
    turn = ask(page, "?")
    assert turn.locator(".figure.ceiling .bound").inner_text().startswith(label)
    assert turn.locator(".conditions li").all_inner_texts() == [f"{open_words} 经认定的企业"]


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "en"])
def test_badges_read_as_the_server_writes_them(open_page: OpenPage, service: str, language: str) -> None:
    from assistant.answering.labels import citation_badge

    day = date(2026, 3, 1)
    cases = [
        citation(),
        citation(in_force=False, valid_to=day - timedelta(days=1)),
        citation(in_force=False, valid_from=day + timedelta(days=1)),
        citation(planning_to=2025),
        citation(planning_to=2026),
    ]
    page = open_page(f"{service}/widget")
    shown = page.evaluate(
        "async ([cases, day, language]) => { const { badge } = await import(new URL('widget/format.js', location));"
        " return cases.map((one) => badge(one, day, language)); }",
        [[json.loads(case.model_dump_json()) for case in cases], day.isoformat(), language],
    )
    expected = [citation_badge(case, day, language) for case in cases]
    assert [(one["text"], one["tone"]) for one in shown] == [(badge.text, badge.tone.value) for badge in expected]


def test_the_words_are_there_in_all_three_languages(open_page: OpenPage, service: str) -> None:
    page = open_page(f"{service}/widget")
    names = page.evaluate(
        "async () => { const { wordsFor } = await import(new URL('widget/words.js', location));"
        " const names = (value, path) => Object.entries(value).flatMap(([key, inner]) => typeof inner === 'object' && !Array.isArray(inner) ? names(inner, path + key + '.') : [path + key]);"
        " return ['zh', 'zh-Hant', 'en'].map((language) => names(wordsFor(language), '').sort()); }"
    )
    assert len(names[0]) > 50
    assert names[0] == names[1] == names[2]


def test_the_embedding_guide_names_every_option_and_event() -> None:
    root = Path(__file__).resolve().parents[2]
    guide = (root / "docs" / "widget.md").read_text(encoding="utf-8")
    options = ("data-lang", "data-region", "data-position", "data-color", "data-label", "data-theme", "data-question")
    events = ("ready", "open", "close", "question", "answer", "error")
    missing = [
        name for name in (*options, *(f"`{event}`" for event in events), "POLICY_EMBED_ORIGINS") if name not in guide
    ]
    assert missing == []
