"""What a request may hold, and that the largest and the strangest ones are answered or refused in a sentence."""

import asyncio
import csv
import io
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, ValidationError
from starlette.testclient import TestClient

from assistant.answer import MAX_REFERENCES, MAX_SAID, MAX_TURNS, ConversationState, Exchange, Reference
from assistant.faces.api.app import create_api
from assistant.faces.api.models import AskRequest, CalculateRequest
from assistant.faces.page import requests
from assistant.faces.page.service import Page
from assistant.faces.page.words import words_for
from assistant.finding.search_query import SearchQuery
from assistant.question.profile import MAX_PROJECTS, Profile, Project
from assistant.serving.feedback import Feedback
from assistant.settings import Settings
from corpus.errors import InputError

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

PAGE_CALLS = [
    requests.Open, requests.Ask, requests.Show, requests.Recompute, requests.Clause,
    requests.OpenDocument, requests.Search, requests.Check, requests.Thumb,
]  # fmt: skip
STRANGE = {
    "half a character": "补贴\ud800",
    "a control character": "补\x07贴",
    "a zero byte": "补\x00贴",
    "text turned around": "补\u202e贴",
    "one long word": "a" * 1990,
    "marks without end": "补" + "\u0301" * 1990,
    "brackets": "《〔(" * 660,
}


@pytest.fixture(scope="module")
def client(assistant: "PolicyAssistant", built_settings: Settings) -> Iterator[TestClient]:
    application = create_api(assistant, built_settings.model_copy(update={"feedback_url": ""}))
    with TestClient(application, raise_server_exceptions=False) as client:
        yield client


# ── every field has a bound ──


def _unbounded(schema: Any, names: dict[str, Any], where: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """The places of a JSON schema at which a text, a list, an object or a number has no bound."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in seen:
            yield from _unbounded(names[name], names, where, seen | {name})
        return
    options = schema.get("anyOf") or schema.get("oneOf") or ()
    decimal = any(option.get("type") == "number" for option in options)
    for option in options:
        if not (decimal and option.get("type") == "string"):  # the same number as a text, which has the form of one
            yield from _unbounded(option, names, where, seen)
    if not options and not schema.keys() & {"enum", "const"}:
        yield from _missing(schema, where)
    for place, inner in _inside(schema):
        yield from _unbounded(inner, names, where + place, seen)


def _missing(schema: dict[str, Any], where: str) -> Iterator[str]:
    kind = schema.get("type", "anything")
    least = schema.keys() & {"minimum", "exclusiveMinimum"}
    most = schema.keys() & {"maximum", "exclusiveMaximum"}
    bounded = {
        "string": "maxLength" in schema or schema.get("format") == "date",
        "array": "maxItems" in schema,
        "integer": least and most,
        "number": least and most,
        "object": not schema.get("additionalProperties") or "maxProperties" in schema,
        "boolean": True,
        "null": True,
    }
    if not bounded.get(kind):
        yield f"{where}: {kind}"


def _inside(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((f".{name}", field) for name, field in schema.get("properties", {}).items())
    if isinstance(schema.get("additionalProperties"), dict):
        yield ".*", schema["additionalProperties"]
    yield from (("[]", item) for item in ([schema["items"]] if "items" in schema else schema.get("prefixItems", ())))


@pytest.mark.parametrize("model", [AskRequest, CalculateRequest, Profile, SearchQuery, Feedback, *PAGE_CALLS])
def test_every_field_of_a_request_has_a_bound(model: type[BaseModel]) -> None:
    schema = model.model_json_schema()
    assert schema["properties"]
    assert list(_unbounded(schema, schema.get("$defs", {}), model.__name__)) == []


def test_the_walk_names_what_has_no_bound() -> None:
    class Loose(BaseModel):
        text: str
        many: tuple[int, ...]
        open: dict[str, Any]

    found = list(_unbounded(Loose.model_json_schema(), {}, "Loose"))
    assert found == ["Loose.text: string", "Loose.many: array", "Loose.many[]: integer", "Loose.open: object"]


def test_every_request_of_the_api_and_every_call_of_the_page_is_walked(
    client: TestClient, assistant: "PolicyAssistant"
) -> None:
    operations = [one for path in client.get("/openapi.json").json()["paths"].values() for one in path.values()]
    bodies = [one["requestBody"]["content"]["application/json"]["schema"] for one in operations if "requestBody" in one]
    walked = {AskRequest, CalculateRequest, Profile, SearchQuery, Feedback}
    assert {body["$ref"].rpartition("/")[2].removesuffix("-Input") for body in bodies} == {m.__name__ for m in walked}
    assert len(Page(client.app.state.desk).calls) == len(PAGE_CALLS)  # type: ignore[attr-defined]


def test_every_argument_of_a_tool_has_a_bound(client: TestClient) -> None:
    from assistant.faces.mcp.server import create_server

    tools = asyncio.run(create_server(client.app.state.desk).list_tools())  # type: ignore[attr-defined]
    assert tools
    for tool in tools:
        schema = tool.input_schema
        assert list(_unbounded(schema, schema.get("$defs", {}), tool.name)) == []


# ── conversations ──


def test_a_full_conversation_goes_on_without_its_oldest_turn(client: TestClient) -> None:
    turns = [{"question": f"第{number}个问题"} for number in range(MAX_TURNS - 1)]
    state = {"exchanges": [{"question": "智能工厂改造能补多少?", "cited": []}, *({**t, "cited": []} for t in turns)]}
    for said in ("那三明呢?", "投了1800万呢?"):
        response = client.post("/api/ask", json={"question": said, "state": state})
        assert response.status_code == 200, response.text
        state = response.json()["state"]
        assert [turn["question"] for turn in state["exchanges"]][-1] == said
        assert len(state["exchanges"]) == MAX_TURNS
    history = ["智能工厂改造能补多少?"] * MAX_TURNS
    assert client.post("/api/ask", json={"question": "那三明呢?", "history": history}).status_code == 200


def test_a_conversation_that_is_too_long_is_refused_with_what_is_allowed(client: TestClient) -> None:
    long = ["补" * 2000] * (MAX_SAID // 2000 + 1)
    for past in ({"history": long}, {"state": {"exchanges": [{"question": turn} for turn in long]}}):
        response = client.post("/api/ask", json={"question": "补多少", **past})
        assert response.status_code == 422
        assert f"{MAX_SAID:,} characters at most" in response.text


def test_a_state_keeps_the_latest_turns_that_fit() -> None:
    cited = tuple(Reference(clause_id="d#一", start=0, end=1) for _ in range(500))
    turns = [Exchange(question=f"{number}" + "补" * 990, cited=cited) for number in range(20)]
    kept = ConversationState.of_latest(turns)
    assert kept.exchanges == tuple(turns[-MAX_REFERENCES // 500 :])
    assert ConversationState.model_validate_json(kept.model_dump_json()) == kept
    with pytest.raises(ValidationError, match="2,000 passages at most"):
        ConversationState(exchanges=tuple(turns[-5:]))


@pytest.mark.parametrize("said", ["有没有别的?", "第三百条再说一遍", "这个政策还有效吗", "那谁负责呢?"])
def test_few_earlier_turns_are_answered_again(
    assistant: "PolicyAssistant", monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    embedder, embedded = assistant.library.index.embedder, []
    queries = type(embedder).queries

    def counted(self: Any, texts: Any) -> Any:
        embedded.extend(texts)
        return queries(self, texts)

    monkeypatch.setattr(type(embedder), "queries", counted)
    history = ["智能工厂改造能补多少?", *["有没有别的?", "那三明呢?", "谁负责?"] * 20]
    assistant.ask(said, history=history)
    assert len(embedded) < 60, "each turn is answered again at most once, and not all of them"


def test_what_was_answered_before_is_found_again(assistant: "PolicyAssistant") -> None:
    """The turns are read once for all; the answer is that of the state that came along."""
    history = ["智能工厂改造能补多少?", "租金呢?"]
    first = assistant.ask(history[0])
    second = assistant.ask(history[1], state=first.state)
    for said in ("第一条再说一遍", "最开始那个再说一次", "有没有别的?", "谁负责?"):
        by_history, by_state = assistant.ask(said, history=history), assistant.ask(said, state=second.state)
        assert (by_history.text, by_history.citations) == (by_state.text, by_state.citations)


# ── profiles ──


def test_an_enterprise_with_more_projects_than_any_has_is_refused(client: TestClient) -> None:
    profile = {"projects": [{"name": f"项目{n}", "investment": 1_000_000} for n in range(MAX_PROJECTS + 1)]}
    response = client.post("/api/match", json=profile)
    assert response.status_code == 422
    assert f"at most {MAX_PROJECTS}" in response.text


def test_a_profile_costs_no_more_than_its_projects(assistant: "PolicyAssistant") -> None:
    def cost(count: int) -> float:
        projects = tuple(Project(name=f"智能工厂改造{n}", investment=1_000_000 + n) for n in range(count))
        started = process_time()
        assistant.match(Profile(region="成都", projects=projects))
        return process_time() - started

    cost(1)  # what is read once is read now
    few, many = cost(25), cost(100)
    assert many < 8 * few, "four times the projects take about four times as long, not sixteen"


# ── strange text ──


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_no_text_makes_the_api_fail(client: TestClient, text: str) -> None:
    state = {"exchanges": [{"question": text, "cited": [{"clause_id": text[:300], "start": 0, "end": 1}]}]}
    fact = {"fact": text[:200], "value": "1", "unit": "yuan"}
    calls: list[tuple[str, dict[str, Any]]] = [
        ("ask", {"question": text}),
        ("ask", {"question": "补多少", "history": [text]}),
        ("ask", {"question": "补多少", "region": text[:100]}),
        ("ask", {"question": "补多少", "id": text[:200]}),
        ("ask", {"question": "那三明呢?", "state": state}),
        ("calculate", {"clause_id": text[:300]}),
        ("calculate", {"clause_id": "sanming-2020-twelve-measures#三", "facts": [fact]}),
        ("match", {"region": text[:200]}),
        ("match", {"name": text[:200], "industry": [text[:200]], "certificates": [text[:200]]}),
        (
            "match",
            {"projects": [{"name": text[:200], "investment": 1}], "sales": [{"customer": text[:200], "amount": 1}]},
        ),
        *(("search", {name: text}) for name in SearchQuery.model_fields),
        *(("search", {name: [text[:300]]}) for name in SearchQuery.model_fields),
    ]
    for route, body in calls:
        response = client.post(f"/api/{route}", content=json.dumps(body))
        assert response.status_code < 500, (route, body, response.text)
        response.json()


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_no_text_makes_a_call_of_the_page_fail(client: TestClient, text: str) -> None:
    page = Page(client.app.state.desk)  # type: ignore[attr-defined]
    calls: list[tuple[str, dict[str, Any]]] = [
        ("ask", {"question": text}),
        ("ask", {"question": "补多少", "region": text[:300]}),
        ("clause", {"clause": text[:300]}),
        ("document", {"document": text[:300]}),
        *(("search", {"fields": {name: text}}) for name in ("text", "region", "department", "in_force_on", "sort")),
        *(("checkup", {"fields": {name: text}}) for name in ("name", "region", "industry", "revenue", "as_of", "size")),
        ("checkup", {"fields": {"projects": [{"name": text[:200], "investment": text}]}}),
        ("open", {"turns": [{"question": text, "text": text, "language": "zh"}], "follow_ups": [text]}),
    ]
    failed = {words_for(language)["failed"] for language in ("zh", "zh-Hant", "en")}
    for name, call in calls:
        reply = asyncio.run(page.calls["context" if name == "clause" else name](call, "zh"))
        assert reply.get("error") not in failed, (name, call)
        json.dumps(reply).encode()


def test_bytes_that_are_no_text_are_refused_on_the_command_line(run_built: Any, run: Any) -> None:
    for arguments in (["ask", b"\xff\xfe"], ["search", b"\xff"], ["search", "--region", b"\xff"], ["clause", b"\xff"],
                      ["explain", b"a\xff"], ["match", b"\xff.json"], ["rules", "--document", b"\xff"]):  # fmt: skip
        done = run_built(*arguments)
        assert (done.returncode, done.stdout) == (2, ""), (arguments, done.stderr)
        assert "Traceback" not in done.stderr
        assert done.stderr.startswith("error: ")
    for command in (["ask", "--jsonl"], ["extract", "--jsonl"]):
        done = run_built(
            *command, stdin=b'{"question": "\xff", "text": "\xff"}\n{"question": "\\ud800", "text": "\\ud800"}\n'
        )
        assert done.returncode == 1
        assert [line[:14] for line in done.stderr.splitlines()] == ["error: line 1:", "error: line 2:"]


def test_a_file_whose_name_is_no_text_is_named(run: Any, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\xfea.txt"
    try:
        Path(os.fsdecode(name)).write_text("关于扶持的措施\n一、对新建项目给予10万元补助。\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    for command in (["documents", "--json"], ["rules", "--csv"]):
        done = run(*command, POLICY_DOCUMENTS_DIR=str(tmp_path))
        assert (done.returncode, done.stdout) == (2, "")
        assert "is not UTF-8; rename it" in done.stderr
        assert "Traceback" not in done.stderr


# ── tables ──


def test_the_table_of_rules_has_no_formulas(run: Any, tmp_path: Path) -> None:
    text = (
        "关于扶持的措施\n一、=1+1补助。对新建项目给予10万元补助。\n二、@智能工厂,按投资额的20%给予补助,最高500万元。\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = run("rules", "--csv", POLICY_DOCUMENTS_DIR=str(tmp_path))
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert len(rows) > 1, done.stderr
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\rx", " =1", "＝1+1", "\n=1"])
def test_a_cell_that_would_be_a_formula_is_text(text: str) -> None:
    from assistant.faces.spreadsheet import text_cell

    assert text_cell(text) == f"'{text}"
    assert text_cell(f"a{text}") == f"a{text}"


# ── long questions ──

LONG = {
    "digits": "1234567890",
    "Chinese numerals": "一二三四五六七八九十",
    "units of numerals": "百万亿",
    "sums": "投入500万元",
    "short sums": "1万",
    "thousands": "1,",
    "durations": "一年",
    "places": "成都三明",
    "titles": "《成都》",
    "brackets": "(",
    "tags": "<a",
    "English": "subsidy for a smart factory ",
    "English numbers": "two hundred ",
    "growth": "增",
    "negations": "没有不是",
    "quotes": '"补贴"',
    "subsidies": "补贴",
    "two scripts": "补a",
    "people": "其中17个没干满,",
    "an ordinary question": "我们在成都有一个智能工厂改造项目,去年投入了1800万元,其中设备1200万元,研发人员35名,能补多少?",
}


def pace() -> float:
    """What a fixed piece of work costs here and now: about 0.05 s on an idle core, more beside others."""
    started = process_time()
    for number in range(300_000):
        str(number)
    return process_time() - started


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_a_long_question_costs_little_beside_its_embedding(
    assistant: "PolicyAssistant", monkeypatch: pytest.MonkeyPatch, piece: str
) -> None:
    embedder = assistant.library.index.embedder
    short = type(embedder).queries
    spent: list[float] = []

    def of_a_piece(self: Any, texts: Any) -> Any:
        started = process_time()
        vectors = short(self, [text[:50] for text in texts])
        spent.append(process_time() - started)
        return vectors

    monkeypatch.setattr(type(embedder), "queries", of_a_piece)
    text = (piece * 2000)[:2000].strip()
    for ask in (assistant.ask, assistant.search):
        with suppress(InputError):
            ask(text[:50])  # what is read once is read now
        spent.clear()
        started = process_time()
        with suppress(InputError):
            ask(text)
        # each of a thousand numbers is read once, half a second at most; what is quadratic takes many
        assert process_time() - started - sum(spent) < 30 * pace()
