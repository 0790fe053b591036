"""The HTTP API over the real index: what each route gives, what it refuses and how, and its headers and metrics."""

import asyncio
import json
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from assistant.answer import Answer
from assistant.faces.api.app import create_api
from assistant.serving.workers.pool import Busy, TookTooLong, WorkerLost
from assistant.serving.workers.threads import InProcess, ThreadPool
from assistant.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.service import PolicyAssistant

SMART_FACTORY = "chengdu-2020-chain-stabilising#四.(八)"
MakeApp = Callable[..., "FastAPI"]


@pytest.fixture(scope="module")
def make_app(assistant: "PolicyAssistant", built_settings: Settings) -> MakeApp:
    """Makes the application with the settings of a test."""

    def make(**changed: Any) -> "FastAPI":
        return create_api(assistant, built_settings.model_copy(update={"feedback_url": "", **changed}))

    return make


@pytest.fixture(scope="module")
def client(make_app: MakeApp) -> Iterator[TestClient]:
    """A client of the application with the settings that most installations have."""
    with TestClient(make_app(), raise_server_exceptions=False) as client:
        yield client


def _asked(client: TestClient, **request: Any) -> dict[str, Any]:
    response = client.post("/api/ask", json=request)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


# ── asking ──


def test_an_answer_is_that_of_the_command_line(client: TestClient, assistant: "PolicyAssistant") -> None:
    asked = _asked(client, question="智能工厂改造能补多少?", id="7", as_of="2021-04-01")
    answer = Answer.model_validate(asked)
    assert answer.id == "7"
    assert (
        answer.text
        == assistant.ask("智能工厂改造能补多少?", as_of=Answer.model_validate(asked).citations[0].valid_to).text
    )
    assert answer.citations[0].clause_id == SMART_FACTORY


def test_the_conversation_travels_with_the_request(client: TestClient) -> None:
    first = _asked(client, question="智能工厂改造能补多少?")
    second = _asked(client, question="投了1800万呢?", state=first["state"])
    by_history = _asked(client, question="投了1800万呢?", history=["智能工厂改造能补多少?"])
    assert second["figures"][0]["amount"] == "3600000"
    assert second["figures"] == by_history["figures"]
    assert [turn["question"] for turn in second["state"]["exchanges"]] == ["智能工厂改造能补多少?", "投了1800万呢?"]


def test_an_edited_fact_changes_the_figure(client: TestClient) -> None:
    answer = _asked(client, question="智能工厂改造投了1800万能补多少?")
    (fact,) = answer["facts"]
    citation = answer["citations"][0]
    response = client.post(
        "/api/calculate",
        json={
            "clause_id": citation["clause_id"],
            "start": citation["start"] + citation["focus"]["start"],
            "end": citation["start"] + citation["focus"]["end"],
            "facts": [{**fact, "value": "20000000"}],
            "state": answer["state"],
        },
    )
    (worked,) = response.json()["results"]
    assert worked["figures"][0]["amount"] == "4000000"
    assert worked["curve"]["own"] == {"base": "20000000", "subsidy": "4000000"}


def test_a_check_up_is_that_of_the_profile(client: TestClient, assistant: "PolicyAssistant") -> None:
    from assistant.question.profile import Profile

    profile = {
        "industry": ["集成电路设备"],
        "revenue": "600000000",
        "projects": [{"name": "智能工厂改造", "investment": 18000000}],
    }
    response = client.post("/api/match", json=profile, params={"as_of": "2021-04-01", "region": "成都"})
    assert response.status_code == 200, response.text
    from datetime import date

    expected = assistant.match(Profile.model_validate(profile), date(2021, 4, 1), "成都")
    assert response.json() == json.loads(expected.model_dump_json())
    assert expected.matches


# ── looking things up ──


def test_search_finds_the_same_by_address_and_by_body(client: TestClient) -> None:
    by_address = client.get("/api/search", params={"text": "首台套", "region": ["成都", "三明"], "page_size": 3}).json()
    by_body = client.post("/api/search", json={"text": "首台套", "region": ["成都", "三明"], "page_size": 3}).json()
    assert by_address == by_body
    assert by_address["items"]
    assert {item["region"] for item in by_address["items"]} <= {"成都", "三明"}


def test_a_clause_comes_with_its_neighbours_its_rules_and_where_they_were_read(client: TestClient) -> None:
    response = client.get("/api/clauses/" + SMART_FACTORY.replace("#", "%23"))
    clause = response.json()
    assert clause["id"] == SMART_FACTORY
    assert clause["previous"]["id"].endswith("四.(七)")
    assert clause["next"]["id"].endswith("四.(九)")
    assert len(clause["rules"]) == 8
    marked = {clause["text"][mark["start"] : mark["end"]] for mark in clause["highlights"] if mark["field"] == "rate"}
    assert marked == {"3.5%", "20%"}


def test_highlights_of_a_clause_with_children_stand_in_its_own_text(client: TestClient) -> None:
    clause = client.get("/api/clauses/" + "chengdu-2020-chain-stabilising%23四").json()
    amounts = [
        clause["text"][mark["start"] : mark["end"]] for mark in clause["highlights"] if mark["field"] == "amount"
    ]
    assert amounts
    assert all(re.search(r"\d", amount) and "元" in amount for amount in amounts)


def test_a_document_comes_with_all_its_clauses_as_a_tree(client: TestClient, assistant: "PolicyAssistant") -> None:
    listed = client.get("/api/documents", params={"as_of": "2021-04-01"}).json()
    assert [item["id"] for item in listed["items"]] == [document.id for document in assistant.documents()]
    for document in assistant.documents():
        detail = client.get(f"/api/documents/{document.id}").json()
        ids: list[str] = []
        _collect(detail["tree"], ids)
        assert ids == [clause.id for clause in document.clauses]
    by_id = {item["id"]: item for item in listed["items"]}
    assert by_id["chengdu-2020-chain-stabilising"]["in_force"] is True
    now = client.get("/api/documents/chengdu-2020-chain-stabilising", params={"as_of": "2023-01-01"}).json()
    assert now["document"]["in_force"] is False


def _collect(tree: list[dict[str, Any]], ids: list[str]) -> None:
    for node in tree:
        ids.append(node["id"])
        _collect(node["children"], ids)


def test_rules_are_those_of_one_region(client: TestClient, assistant: "PolicyAssistant") -> None:
    items = client.get("/api/rules", params={"region": "三明"}).json()["items"]
    assert len(items) == len(assistant.rules(region="三明")) > 0


# ── what is refused ──


@pytest.mark.parametrize(
    ("path", "body", "fields", "said"),
    [
        ("/api/ask", {}, ["question"], "Body field question: field required; it is needed."),
        ("/api/ask", {"question": "x" * 2001}, ["question"], "at most 2000 characters"),
        ("/api/ask", {"question": "a", "as_of": "1.4.2021"}, ["as_of"], "a day such as 2021-04-01"),
        ("/api/ask", {"question": "a", "frage": "b"}, ["frage"], "leave it out"),
        ("/api/ask", {"question": 5}, ["question"], "send text in quotes"),
        ("/api/ask", [], [""], "send one JSON object"),
        ("/api/calculate", {"clause_id": "a", "facts": [{"fact": "a", "value": "viel"}]}, ["facts[0].value"], "a number in digits"),
        ("/api/calculate", {"clause_id": "a", "facts": [{"fact": "a", "value": "NaN"}]}, ["facts[0].value"], "a finite number"),
        ("/api/calculate", {"clause_id": "a", "facts": [{"fact": "a", "value": "-1"}]}, ["facts[0].value"], "a number from 0 up"),
        ("/api/calculate", {"clause_id": "a", "facts": [{"fact": "a", "value": "1", "unit": "斤"}]}, ["facts[0].unit"], "'yuan'"),
        ("/api/match", {"size": "巨型"}, ["size"], "'大型', '中型', '小型' or '微型'"),
        ("/api/match", {"as_of": "x", "rent": -1}, ["rent", "as_of"], "(1 more in errors)"),
        ("/api/feedback", {"question": "a", "rating": "meh"}, ["rating"], "'up' or 'down'"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_what_is_valid(
    client: TestClient, path: str, body: Any, fields: list[str], said: str
) -> None:
    response = client.post(path, json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == 422
    assert [error["field"] for error in problem["errors"]] == fields
    assert said in problem["detail"]
    assert all(error["valid"] and error["came"] for error in problem["errors"])


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b'{"question": ""}', "Body field question: it is too short; 1 or more characters."),
        (b'{"question": "a", "as_of": "gestern"}', "a day such as 2021-04-01."),
        (
            b'{"question": "a"',
            "The body: it is not JSON (Expecting ',' delimiter); send one JSON object, such as "
            '{"question": "智能工厂改造能补多少?"}.',
        ),
        (b'"a"', "The body: it is not a JSON object; send one JSON object with Content-Type application/json."),
    ],
)
def test_what_is_wrong_is_said_once_and_what_is_valid_beside_it(
    client: TestClient, content: bytes, detail: str
) -> None:
    response = client.post("/api/ask", content=content, headers={"Content-Type": "application/json"})
    assert response.json()["detail"].endswith(detail)
    assert all(error["came"] for error in response.json()["errors"])


def test_a_check_up_is_said_in_the_language_asked_for(client: TestClient) -> None:
    profile = {"projects": [{"name": "智能工厂改造", "investment": 18000000}]}
    response = client.post("/api/match", json=profile, params={"as_of": "2021-04-01", "language": "en"})
    steps = [step for match in response.json()["matches"] for figure in match["figures"] for step in figure["steps"]]
    assert "RMB 18 million × 20% = RMB 3.6 million" in steps


def test_a_fact_changed_in_the_state_holds_for_the_next_question(client: TestClient) -> None:
    asked = client.post("/api/ask", json={"question": "智能工厂改造投了1800万能补多少?"}).json()
    state, (fact,) = asked["state"], asked["facts"]
    change = {"fact": fact["fact"], "unit": fact["unit"], "was": fact["value"], "value": "10000000"}
    state["exchanges"][-1]["edited"] = [change]
    again = client.post("/api/ask", json={"question": "那能补多少呢?", "state": state}).json()
    assert again["figures"][0]["amount"] == "2000000"


def test_what_came_is_repeated_shortened(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "长" * 3000})
    (error,) = response.json()["errors"]
    assert error["came"] == "长" * 99 + "…"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("POST", "/api/ask", {"question": "???"}, 422, "holds no words"),
        ("POST", "/api/ask", {"question": "补贴", "region": "火星"}, 404, 'No document is from the region "火星"'),
        ("POST", "/api/ask", {"question": "a", "state": {"exchanges": []}, "history": ["b"]}, 422, "not as both"),
        ("POST", "/api/calculate", {"clause_id": SMART_FACTORY, "rule": 99}, 422, "has no rule 99"),
        ("POST", "/api/calculate", {"clause_id": "nowhere#1"}, 404, 'There is no clause "nowhere#1"; near it:'),
        ("GET", "/api/clauses/nowhere%231", None, 404, "near it:"),
        ("GET", "/api/documents/nowhere", None, 404, "near it: chengdu-2020-chain-stabilising"),
        ("GET", "/api/documents?as_of=today", None, 422, "Query field as_of"),
        ("GET", "/api/rules?region=火星", None, 404, "there are documents from 三明"),
        ("GET", "/api/nowhere", None, 404, "There is nothing at /api/nowhere; the addresses are listed at /docs."),
        ("GET", "/api/", None, 404, "There is nothing at /api/"),
        ("GET", "/api/ask", None, 405, "/api/ask takes POST, not GET."),
        ("DELETE", "/api/search", None, 405, "/api/search takes GET and POST, not DELETE."),
        ("POST", "/api/feedback", {"question": "补贴?", "rating": "up"}, 404, "No feedback is collected here."),
    ],
)  # fmt: skip
def test_a_problem_says_in_one_sentence_what_is_wrong(
    client: TestClient, method: str, path: str, body: Any, status: int, said: str
) -> None:
    response = client.request(method, path, json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert said in response.json()["detail"]


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b'{"question": NaN}', b'{"question": "\\ud800"}', b'"a"', b""])
def test_a_body_that_is_no_json_object_is_refused(client: TestClient, content: bytes) -> None:
    response = client.post("/api/ask", content=content, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert response.json()["title"] == "Not valid"


def test_a_body_that_is_too_large_is_refused_whether_or_not_it_says_so(make_app: MakeApp) -> None:
    def chunks() -> Iterator[bytes]:
        yield from [b"x" * 1000] * 5

    with TestClient(make_app(max_body=4096)) as client:
        stated = client.post("/api/ask", content=b"x" * 5000)
        unstated = client.post("/api/ask", content=chunks())
        small = client.post("/api/ask", json={"question": "智能工厂改造能补多少?"})
    assert (stated.status_code, unstated.status_code, small.status_code) == (413, 413, 200)
    assert "4,096 bytes" in unstated.json()["detail"]


def test_a_fault_of_ours_tells_nothing_of_itself(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr(app.state.desk, "ask", broken)
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.post("/api/ask", json={"question": "补贴?"})
    assert response.status_code == 500
    assert response.json()["detail"] == "Something went wrong on our side; it has been logged."
    assert "42" not in response.text


# ── many at once ──


def test_what_does_not_fit_is_refused_and_what_waits_too_long_is_given_up() -> None:
    release = threading.Event()

    async def scenario() -> tuple[list[object], int, str]:
        workers = ThreadPool(size=1, waiting=1, timeout=600)
        first = asyncio.create_task(workers.call(release.wait, 600))
        second = asyncio.create_task(workers.call(lambda: "second"))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await workers.call(lambda: "third")
        under_way = workers.under_way
        release.set()
        done = [await first, await second]
        again = await workers.call(lambda: "again")
        await workers.close()
        return done, under_way, again

    assert asyncio.run(scenario()) == ([True, "second"], 2, "again")


def test_a_call_beyond_its_time_is_given_up_and_its_place_comes_free() -> None:
    release = threading.Event()

    async def scenario() -> str:
        workers = ThreadPool(size=1, waiting=0, timeout=0.05)
        with pytest.raises(TookTooLong, match=r"longer than 0\.05 s"):
            await workers.call(release.wait, 600)
        release.set()
        while workers.under_way:
            await asyncio.sleep(0.01)
        answer = await workers.call(lambda: "next")
        await workers.close()
        return answer

    assert asyncio.run(scenario()) == "next"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Busy("The service is busy."), 503),
        (TookTooLong("Too long."), 504),
        (WorkerLost("This question could not be answered; it has been logged."), 500),
    ],
)
def test_a_service_that_cannot_answer_says_so(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    app = make_app()

    async def refuse(*_: object, **__: object) -> None:
        raise error

    with TestClient(app) as client:
        monkeypatch.setattr(app.state.desk.workers, "run", refuse)
        response = client.post("/api/ask", json={"question": "补贴?"})
    assert (response.status_code, response.json()["detail"]) == (status, str(error))
    assert response.headers.get("retry-after") == ("2" if status == 503 else None)


def test_readiness_says_why_nothing_would_be_answered(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    with TestClient(app) as client:
        ready = client.get("/readyz")
        monkeypatch.setattr(app.state.desk.workers, "trouble", lambda: "The queue is full.")
        refused = client.get("/readyz")
        alive = client.get("/healthz")
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})
    assert (refused.status_code, refused.json()["detail"]) == (503, "The queue is full.")
    assert refused.headers["retry-after"] == "2"
    assert alive.status_code == 200


def test_answers_worked_out_at_once_are_those_worked_out_one_by_one(assistant: "PolicyAssistant") -> None:
    questions = [
        "智能工厂改造投了1800万能补多少?",
        "哪些政策支持企业引进人才?",
        "贷款贴息的比例是多少?",
        "What subsidy is there for rent?",
    ]
    alone = [assistant.ask(question).model_dump_json() for question in questions]

    async def together() -> list[str]:
        workers = InProcess(assistant, size=8, waiting=100, timeout=600)
        answers = await asyncio.gather(*(workers.run(type(assistant).ask, question) for question in questions * 6))
        await workers.close()
        return [answer.model_dump_json() for answer in answers]

    assert asyncio.run(together()) == alone * 6


# ── feedback ──


def test_feedback_is_stored_and_counted(make_app: MakeApp, tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    with TestClient(make_app(feedback_url=f"sqlite:///{path}")) as client:
        response = client.post(
            "/api/feedback",
            json={"question": "补贴?", "rating": "down", "comment": "不对", "clause_ids": [SMART_FACTORY]},
        )
        counted = client.get("/metrics").text
    assert (response.status_code, response.json()) == (201, {"stored": True})
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("select rating, comment from feedback").fetchall() == [("down", "不对")]
    assert 'policy_feedback_total{rating="down"} 1.0' in counted


def test_a_database_that_is_away_does_not_touch_the_answers(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with TestClient(make_app(feedback_url=f"sqlite:///{tmp_path}/file/feedback.sqlite")) as client:
        refused = client.post("/api/feedback", json={"question": "补贴?", "rating": "up"})
        answered = client.post("/api/ask", json={"question": "智能工厂改造能补多少?"})
    assert refused.status_code == 503
    assert str(tmp_path) not in refused.text
    assert answered.status_code == 200


# ── headers ──


def test_nothing_of_the_api_may_be_framed_or_loaded_from(client: TestClient) -> None:
    headers = client.get("/api/documents").headers
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


def test_a_page_of_ours_may_be_framed_by_the_origins_of_the_settings(make_app: MakeApp) -> None:
    from starlette.responses import HTMLResponse

    app = make_app(embed_origins=("https://portal.example",))
    app.add_route("/own", lambda _: HTMLResponse("", headers={"Content-Security-Policy": "default-src 'self'"}))
    app.add_route("/bare", lambda _: HTMLResponse(""))
    with TestClient(app) as client:
        policies = [client.get(path).headers["content-security-policy"] for path in ("/own", "/bare")]
    assert policies == ["default-src 'self'; frame-ancestors 'self' https://portal.example"] * 2


def test_only_origins_of_the_settings_may_call(make_app: MakeApp) -> None:
    asking = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    with TestClient(make_app(cors_origins=("https://portal.example",))) as client:
        allowed = client.options("/api/ask", headers={"Origin": "https://portal.example", **asking})
        refused = client.options("/api/ask", headers={"Origin": "https://other.example", **asking})
        read = client.get("/api/documents", headers={"Origin": "https://portal.example"})
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == "https://portal.example"
    assert "access-control-allow-origin" not in refused.headers
    assert read.headers["access-control-allow-origin"] == "https://portal.example"


def test_by_default_no_other_origin_may_call(client: TestClient) -> None:
    headers = client.get("/api/documents", headers={"Origin": "https://portal.example"}).headers
    assert "access-control-allow-origin" not in headers


# ── prefix ──


@pytest.mark.parametrize("kept", [True, False], ids=["proxy keeps the prefix", "proxy takes the prefix off"])
def test_it_works_under_a_prefix(make_app: MakeApp, kept: bool) -> None:
    before = "/portal/policy" if kept else ""
    with TestClient(make_app(root_path="/portal/policy"), raise_server_exceptions=False) as client:
        answer = client.post(f"{before}/api/ask", json={"question": "智能工厂改造能补多少?"})
        page = client.get(f"{before}/docs").text
        described = client.get(f"{before}/openapi.json").json()
        script = client.get(f"{before}/docs/start.js")
        clause = client.get(f"{before}/api/clauses/" + SMART_FACTORY.replace("#", "%23"))
        missing = client.get(f"{before}/api/nowhere")
    assert answer.status_code == script.status_code == clause.status_code == 200
    assert missing.status_code == 404
    assert 'src="/portal/policy/docs/start.js"' in page
    assert 'data-description="/portal/policy/openapi.json"' in page
    assert described["servers"] == [{"url": "/portal/policy"}]


def test_the_bare_prefix_leads_to_the_page(make_app: MakeApp) -> None:
    with TestClient(make_app(root_path="/policy"), follow_redirects=False) as client:
        response = client.get("/policy")
    assert (response.status_code, response.headers["location"]) == (308, "/policy/")


# ── description, health, metrics ──


def test_the_description_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs")
    assert "://" not in page.text.replace("http://www.w3.org", "")
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    for path in re.findall(r'(?:src|href)="(/[^"]+)"', page.text):
        assert client.get(path).status_code == 200, path


def test_every_route_of_the_api_is_described_with_its_refusals(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    operations = {
        f"{method.upper()} {path}": operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }
    assert set(operations) == {
        "POST /api/ask",
        "POST /api/calculate",
        "POST /api/match",
        "POST /api/search",
        "GET /api/search",
        "GET /api/clauses/{clause_id}",
        "GET /api/documents",
        "GET /api/documents/{document_id}",
        "GET /api/rules",
        "POST /api/feedback",
        "GET /healthz",
        "GET /readyz",
        "GET /metrics",
    }
    for name, operation in operations.items():
        if "/api/" in name:
            assert {"413", "422", "503", "504"} <= set(operation["responses"]), name
            assert operation["summary"]


def test_the_service_says_that_it_runs_and_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_metrics_count_requests_by_route_and_answers_by_status(make_app: MakeApp) -> None:
    with TestClient(make_app(), raise_server_exceptions=False) as client:
        _asked(client, question="智能工厂改造能补多少?")
        _asked(client, question="三明绿色工厂的企业补多少?", as_of="2020-10-01")
        _asked(client, question="How is the weather on Mars?")
        client.get("/api/clauses/nowhere%231")
        client.get("/api/clauses/elsewhere%231")
        client.request("BREW", "/api/nowhere")
        text = client.get("/metrics").text
    assert 'policy_http_requests_total{method="POST",route="/api/ask",status="200"} 3.0' in text
    assert 'policy_http_requests_total{method="GET",route="/api/clauses/{clause_id:path}",status="404"} 2.0' in text
    assert 'method="BREW"' not in text
    assert 'policy_answers_total{language="zh",status="needs_facts"} 1.0' in text
    assert 'policy_answers_total{language="en",status="not_found"} 1.0' in text
    assert 'policy_http_request_seconds_count{route="/api/ask"} 3.0' in text
    assert re.search(r"policy_embedding_seconds_count [1-9]", text)
    assert "policy_documents 5.0" in text
    assert "智能工厂" not in text


def test_a_request_is_logged_without_what_was_asked(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="assistant.requests"):
        client.get("/api/search", params={"text": "我公司欠薪三年"})
        client.get("/healthz")
    (record,) = [one for one in caplog.records if one.name == "assistant.requests"]
    assert record.getMessage().startswith("GET /api/search 200 ")
    assert "欠薪" not in str(record.__dict__)


# ── by the description ──


@pytest.mark.slow
def test_no_request_that_the_description_allows_or_forbids_breaks_it(make_app: MakeApp, tmp_path: Path) -> None:
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.checks import not_a_server_error
    from schemathesis.generation import GenerationMode
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
        unsupported_method,
    )

    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_schema_conformance,
        unsupported_method,
    ]
    app = make_app(feedback_url=f"sqlite:///{tmp_path / 'feedback.sqlite'}")
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) == 13
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=15,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: Any) -> None:
            case.call_and_validate(checks=checks)

        ask()


# ── extremes ──


@pytest.mark.parametrize(
    "value", ['"1e-999999999"', '"9e999999999"', "9e999999999", "1e-300", "1" * 5000, '"' + "1" * 5000 + '"', '"-1"']
)
def test_a_fact_of_no_size_to_calculate_with_is_refused_in_one_sentence(client: TestClient, value: str) -> None:
    task = {"clause_id": SMART_FACTORY, "rule": 8, "facts": [{"fact": "项目投入", "value": "VALUE", "unit": "yuan"}]}
    body = json.dumps(task).replace('"VALUE"', value)
    response = client.post("/api/calculate", content=body.encode(), headers={"content-type": "application/json"})
    assert response.status_code in (400, 422), response.text[:500]
    assert len(response.text) < 2000
    assert 10 < len(response.json()["detail"]) < 500


def test_a_state_with_an_extreme_is_refused(client: TestClient) -> None:
    edited = [{"fact": "项目投入", "unit": "yuan", "was": "1e-999999999", "value": "1"}]
    state = {"exchanges": [{"question": "智能工厂改造投了1800万能补多少?", "edited": edited}]}
    response = client.post("/api/ask", json={"question": "那三明呢?", "state": state})
    assert response.status_code == 422
    assert len(response.text) < 2000


@pytest.mark.parametrize("name", ["项目投入(万欧元)", "项目投入（美元）", "項目投入(英鎊)", "项目投入 (EUR)"])
def test_a_fact_whose_name_ends_in_a_foreign_currency_is_in_it(client: TestClient, name: str) -> None:
    facts = [{"fact": name, "value": "18000000"}]
    request = {"clause_id": SMART_FACTORY, "rule": 8, "facts": facts, "as_of": "2021-04-01"}
    worked = client.post("/api/calculate", json=request).json()["results"][0]
    assert (worked["status"], worked["facts"]) == ("needs_facts", [])


@pytest.mark.parametrize("unit", ["eur", "usd", "hkd"])
def test_a_fact_in_foreign_currency_is_not_calculated_and_asked_for_in_yuan(client: TestClient, unit: str) -> None:
    facts = [{"fact": "项目投入", "value": "18000000", "unit": unit}]
    request = {"clause_id": SMART_FACTORY, "rule": 8, "facts": facts, "as_of": "2021-04-01"}
    worked = client.post("/api/calculate", json=request).json()["results"][0]
    assert worked["status"] == "needs_facts"
    assert worked["facts"] == []
    assert "人民币" in worked["text"]


@pytest.mark.parametrize(
    ("as_of", "question"), [("9999-12-31", "明年智能工厂改造能补多少?"), ("0001-01-01", "去年还有效吗?")]
)
def test_the_ends_of_the_calendar_are_days_like_others(client: TestClient, as_of: str, question: str) -> None:
    assert client.post("/api/ask", json={"question": question, "as_of": as_of}).status_code == 200
