"""The border of the HTTP service: what hostile requests get, in time and in size, and what they leave behind."""

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from assistant.faces.api.app import create_api
from assistant.faces.api.rate import Forwarded
from assistant.faces.api.shape import MAX_DEPTH, MAX_FIELDS, MAX_VALUES, shape_fault
from assistant.service import PolicyAssistant
from assistant.serving.feedback import Feedback, FeedbackFull, FeedbackStore, Rating
from assistant.settings import Settings
from corpus.errors import SettingsError

if TYPE_CHECKING:
    from fastapi import FastAPI


STRANGER = ("203.0.113.5", 4711)
JSON = {"Content-Type": "application/json"}
MakeApp = Callable[..., "FastAPI"]


@pytest.fixture(scope="module")
def make_app(assistant: PolicyAssistant, built_settings: Settings) -> MakeApp:
    """Makes the application with the settings of a test."""

    def make(**changed: Any) -> "FastAPI":
        return create_api(assistant, built_settings.model_copy(update={"feedback_url": "", **changed}))

    return make


@pytest.fixture(scope="module")
def client(make_app: MakeApp) -> Iterator[TestClient]:
    """A client that is not limited: it calls within the process."""
    with TestClient(make_app(), raise_server_exceptions=False) as client:
        yield client


def _statuses(client: TestClient, path: str, count: int, **options: Any) -> list[int]:
    return [client.get(path, **options).status_code for _ in range(count)]


# ── how often ──


def test_a_client_that_asks_too_often_is_told_when_it_may_again(make_app: MakeApp) -> None:
    with TestClient(make_app(rate_limit=1, rate_burst=3), client=STRANGER) as client:
        assert _statuses(client, "/api/documents", 4) == [200, 200, 200, 429]
        refused = client.post("/api/ask", json={"question": "补贴?"})
        assert _statuses(client, "/healthz", 50) + _statuses(client, "/readyz", 50) == [200] * 100
        assert client.get("/metrics").status_code == 200
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.json()["title"] == "Too many requests"
    assert refused.json()["detail"].startswith(
        "Too many requests: 1 a minute are answered for one client; try again in "
    )


def test_clients_are_told_apart_by_address(make_app: MakeApp) -> None:
    app = make_app(rate_limit=1, rate_burst=1)
    with TestClient(app):
        for address in ("203.0.113.5", "203.0.113.6", "2001:db8::1"):
            assert _statuses(TestClient(app, client=(address, 1)), "/api/documents", 2) == [200, 429]
        assert _statuses(TestClient(app, client=("2001:db8::2", 1)), "/api/documents", 1) == [429]


def test_only_a_trusted_proxy_says_whom_it_speaks_for(make_app: MakeApp, built_settings: Settings) -> None:
    app = make_app(rate_limit=1, rate_burst=1)
    forwarded = Forwarded(app, built_settings)
    for_a, for_b = {"X-Forwarded-For": "198.51.100.1"}, {"X-Forwarded-For": "198.51.100.2"}
    with TestClient(app):
        proxy, stranger = TestClient(forwarded, client=("127.0.0.1", 1)), TestClient(forwarded, client=STRANGER)
        assert _statuses(proxy, "/api/documents", 2, headers=for_a) == [200, 429]
        assert _statuses(proxy, "/api/documents", 2, headers=for_b) == [200, 429]
        assert _statuses(proxy, "/api/documents", 5) == [200] * 5  # its own
        assert stranger.get("/api/documents", headers={"X-Forwarded-For": "198.51.100.3"}).status_code == 200
        assert stranger.get("/api/documents", headers={"X-Forwarded-For": "198.51.100.4"}).status_code == 429


def test_a_gateway_may_tell_clients_apart_by_key(make_app: MakeApp, built_settings: Settings) -> None:
    settings = built_settings.model_copy(update={"client_header": "X-Api-Key"})
    app = make_app(rate_limit=1, rate_burst=1, client_header="X-Api-Key")
    forwarded = Forwarded(app, settings)
    with TestClient(app):
        gateway, stranger = TestClient(forwarded, client=("127.0.0.1", 1)), TestClient(forwarded, client=STRANGER)
        for key in ("a", "b"):
            assert _statuses(gateway, "/api/documents", 2, headers={"X-Api-Key": key}) == [200, 429]
        statuses = [stranger.get("/api/documents", headers={"X-Api-Key": str(n)}).status_code for n in range(3)]
    assert statuses == [200, 429, 429]  # a key that nobody checked is no other client


def test_what_is_worked_on_for_long_counts_more(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(rate_limit=1, rate_burst=20)  # a minute passes before one more is due, on the busiest machine
    monkeypatch.setattr(PolicyAssistant, "rules", lambda *_: time.sleep(1) or ())
    with TestClient(app, client=STRANGER) as client:
        assert _statuses(client, "/api/rules", 2) == [200, 429]  # the first took the work of twenty


def test_a_client_has_only_so_many_requests_under_way(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(client_at_once=2)
    release, begun = threading.Event(), threading.Semaphore(0)

    def held(*_: object) -> tuple[()]:
        begun.release()
        release.wait(30)
        return ()

    monkeypatch.setattr(PolicyAssistant, "rules", held)
    with TestClient(app, client=STRANGER) as client, ThreadPoolExecutor(2) as others:
        under_way = [others.submit(client.get, "/api/rules") for _ in range(2)]
        for _ in under_way:
            assert begun.acquire(timeout=30)
        refused = client.get("/api/documents")
        free = client.get("/healthz")
        release.set()
        assert [one.result(30).status_code for one in under_way] == [200, 200]
        assert client.get("/api/documents").status_code == 200
    assert (refused.status_code, free.status_code) == (429, 200)
    assert "2 at once are answered for one client" in refused.json()["detail"]


def test_a_widget_on_another_site_may_read_that_it_asked_too_often(make_app: MakeApp) -> None:
    origin = "https://portal.example"
    with TestClient(make_app(rate_limit=1, rate_burst=1, cors_origins=(origin,)), client=STRANGER) as client:
        client.get("/api/documents")
        refused = client.get("/api/documents", headers={"Origin": origin})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (429, origin)


def test_a_limit_of_nothing_is_none(make_app: MakeApp) -> None:
    with TestClient(make_app(rate_limit=0), client=STRANGER) as client:
        assert set(_statuses(client, "/api/documents", 200)) == {200}


# ── what a body holds ──


@pytest.mark.parametrize("path", ["/api/ask", "/api/match", "/api/search", "/api/calculate", "/api/feedback", "/mcp"])
@pytest.mark.parametrize(
    ("body", "told"),
    [
        (json.dumps({f"k{n}": n for n in range(60_000)}), "values"),
        (json.dumps({f"k{n}": n for n in range(MAX_FIELDS + 1)}), "fields"),
        ("[" * 500_000, "values"),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "nested"),
        ('{"a":' * 100_000, "values"),
        ("[" + "1," * 400_000 + "1]", "values"),
        ("[" + '"",' * 300_000 + '""]', "values"),
    ],
    ids=["keys", "fields", "open", "deep", "objects", "numbers", "texts"],
)
def test_what_holds_too_much_is_refused_at_once_and_shortly(
    client: TestClient, path: str, body: str, told: str
) -> None:
    began = time.thread_time()
    assert told in shape_fault(body.encode())
    assert time.thread_time() - began < 0.25
    response = client.post(path, content=body.encode(), headers=JSON)
    assert response.status_code == 422
    assert told in response.json()["detail"]
    assert len(response.content) < 500


def test_text_that_looks_like_much_is_only_text() -> None:
    assert shape_fault(json.dumps({"question": '[{":,\\"' * 10_000, "more": "\\"}).encode()) == ""
    assert shape_fault(json.dumps([{"question": "补贴,多少: 1"} for _ in range(MAX_VALUES // 4)]).encode()) == ""


def test_of_many_faults_the_first_are_told(client: TestClient) -> None:
    body = {f"k{n}": "x" * 300 for n in range(150)} | {"y" * 5000: 1}
    response = client.post("/api/ask", json=body)
    problem = response.json()
    assert response.status_code == 422
    assert len(problem["errors"]) == 20
    assert "(151 more of which errors lists 19)" in problem["detail"]
    assert len(response.content) < 20_000


def test_a_long_name_is_told_shortened(client: TestClient) -> None:
    body = client.post("/api/ask", json={"question": "a", "k" * 200_000: 1})
    path = client.get("/api/" + "x" * 10_000)
    region = client.get("/api/rules", params={"region": "y" * 50_000})
    assert [len(response.content) < 2000 for response in (body, path, region)] == [True] * 3
    assert path.status_code == 404


# ── what is asked for ──


@pytest.mark.parametrize(
    ("path", "route"),
    [("/docs/x", "none"), ("/healthz/a", "none"), ("/metrics/b", "none"), ("/widget/c", "/widget/{name}")],
)
def test_addresses_that_are_none_are_one_series_and_leave_no_trace(
    make_app: MakeApp, caplog: pytest.LogCaptureFixture, path: str, route: str
) -> None:
    with TestClient(make_app(), raise_server_exceptions=False) as client, caplog.at_level("DEBUG"):
        before = client.get("/metrics").text
        for number in range(300):
            client.get(f"{path}secret{number}")
        metrics = client.get("/metrics").text
    assert "secret" not in metrics
    assert len(metrics) < len(before) + 3000
    assert f'policy_http_requests_total{{method="GET",route="{route}",status="404"}} 300.0' in metrics
    assert "secret" not in "".join(one.getMessage() for one in caplog.records if one.name.startswith("assistant"))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("OPTIONS", "*", 204),
        ("GET", "*", 400),
        ("GET", "healthz", 400),
        ("GET", "", 404),
        ("GET", "http://elsewhere.example/healthz", 200),
        ("GET", "HTTP://elsewhere.example/api/nowhere?a", 404),
        ("GET", "http://elsewhere.example", 404),
        ("GET", "ftp://elsewhere.example/healthz", 400),
        ("CONNECT", "elsewhere.example:443", 400),
        ("GET", "//elsewhere.example/", 404),
        ("GET", "//", 404),
        ("GET", "/api/clauses/\0", 404),
        ("GET", "/api/documents/\ufffd\ufffd", 404),
        ("GET", "/..", 404),
    ],
)
@pytest.mark.parametrize("root_path", ["", "/policy"])
def test_every_form_of_address_has_an_answer(
    make_app: MakeApp, method: str, path: str, status: int, root_path: str
) -> None:
    import asyncio

    app = make_app(root_path=root_path)
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": [],
        "client": STRANGER, "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip

    body = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        return body.pop() if body else await asyncio.Future()  # the client stays and says no more

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] == status


# ── feedback ──


def _given(comment: str = "") -> Feedback:
    return Feedback(question="补贴?", rating=Rating.UP, comment=comment)


def test_a_day_takes_so_many_bytes_of_feedback_also_after_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'feedback.sqlite'}"
    today, tomorrow = datetime(2026, 1, 2, 23, 59, tzinfo=UTC), datetime(2026, 1, 3, 0, 1, tzinfo=UTC)
    store = FeedbackStore(url, per_day=3000)
    for _ in range(5):
        store.record(_given("长" * 100), today)
    with pytest.raises(FeedbackFull, match="No more feedback is taken today"):
        store.record(_given("长" * 100), today)
    store.close()
    again = FeedbackStore(url, per_day=3000)
    with pytest.raises(FeedbackFull):
        again.record(_given("长" * 100), today)
    again.record(_given("长" * 100), tomorrow)
    again.close()
    with closing(sqlite3.connect(tmp_path / "feedback.sqlite")) as database:
        ((rows, size),) = database.execute("select count(*), sum(length(cast(comment as blob))) from feedback")
    assert (rows, size) == (6, 1800)


def test_one_client_does_not_use_the_day_up(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(feedback_url=f"sqlite:///{tmp_path / 'feedback.sqlite'}", rate_limit=100_000, rate_burst=100_000)
    given = {"question": "补贴?", "rating": "up"}
    with TestClient(app, client=STRANGER) as client:
        statuses = [client.post("/api/feedback", json=given).status_code for _ in range(40)]
        refused = client.post("/api/feedback", json=given)
        assert TestClient(app, client=("203.0.113.6", 1)).post("/api/feedback", json=given).status_code == 201
    assert statuses.count(201) in range(30, 33)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1


def test_a_full_day_is_told(make_app: MakeApp, tmp_path: Path) -> None:
    with TestClient(make_app(feedback_url=f"sqlite:///{tmp_path / 'f.sqlite'}", feedback_per_day=300)) as client:
        given = {"question": "补贴?", "rating": "up"}
        statuses = [client.post("/api/feedback", json=given).status_code for _ in range(2)]
        refused = client.post("/api/feedback", json=given)
    assert statuses == [201, 429]
    assert refused.json()["detail"] == "No more feedback is taken today; try again tomorrow."


def test_a_nul_is_not_stored(tmp_path: Path) -> None:
    store = FeedbackStore(f"sqlite:///{tmp_path / 'feedback.sqlite'}")
    store.record(_given("a\0b"))
    store.close()
    with closing(sqlite3.connect(tmp_path / "feedback.sqlite")) as database:
        assert database.execute("select comment from feedback").fetchall() == [("ab",)]


# ── settings ──


@pytest.mark.parametrize("prefix", ["/../api", "/policy/..", "/./x", "/policy/./y", "/.."])
def test_a_prefix_holds_no_dot_segments(prefix: str) -> None:
    with pytest.raises(SettingsError, match=r"takes \. and \.\. out of an address"):
        Settings.load(root_path=prefix)


def test_names_with_dots_are_no_dot_segments() -> None:
    assert Settings.load(root_path="/v1.2/..policy").root_path == "/v1.2/..policy"


@pytest.mark.parametrize(
    ("seconds", "scheme", "sent"),
    [(31_536_000, "https", "max-age=31536000"), (31_536_000, "http", None), (0, "https", None)],
)
def test_https_is_demanded_only_by_setting_and_over_https(
    make_app: MakeApp, seconds: int, scheme: str, sent: str | None
) -> None:
    with TestClient(make_app(hsts_seconds=seconds), base_url=f"{scheme}://policy.example") as client:
        assert client.get("/healthz").headers.get("strict-transport-security") == sent


def test_a_proxy_that_ends_https_is_believed(make_app: MakeApp, built_settings: Settings) -> None:
    app = make_app(hsts_seconds=60)
    with TestClient(app):
        proxy = TestClient(Forwarded(app, built_settings), client=("127.0.0.1", 1))
        headers = proxy.get("/healthz", headers={"X-Forwarded-Proto": "https"}).headers
        stranger = TestClient(Forwarded(app, built_settings), client=STRANGER)
        believed = stranger.get("/healthz", headers={"X-Forwarded-Proto": "https"}).headers
    assert headers["strict-transport-security"] == "max-age=60"
    assert "strict-transport-security" not in believed
