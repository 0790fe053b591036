"""MCP: the SDK's own client over both transports lists and calls every tool."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import CallToolResult

from assistant.faces.api.app import create_api
from assistant.serving.listening import open_listener
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

ROOT = Path(__file__).resolve().parent.parent.parent
SMART_FACTORY = "chengdu-2020-chain-stabilising#四.(八)"
TOOLS = ["ask_policy", "search_clauses", "get_clause", "calculate_subsidy", "match_profile"]
Use = Callable[[Callable[[Client], Awaitable[Any]]], Any]


@pytest.fixture(scope="module")
def address(assistant: "PolicyAssistant", built_settings: Settings) -> Iterator[str]:
    """The address of /mcp on a running server under a prefix."""
    settings = built_settings.model_copy(update={"feedback_url": "", "root_path": "/policy"})
    with open_listener("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(create_api(assistant, settings), log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/policy/mcp"
        server.should_exit = True
        thread.join(30)


@pytest.fixture(scope="module", params=["streamable HTTP", "stdio"])
def use(request: pytest.FixtureRequest, built_settings: Settings) -> Use:
    """Uses a connected client in one scenario."""

    def use(scenario: Callable[[Client], Awaitable[Any]]) -> Any:
        async def run() -> Any:
            if request.param == "stdio":
                environment = {
                    **os.environ,
                    "POLICY_INDEX_DIR": str(built_settings.index_dir),
                    "POLICY_FEEDBACK_URL": "",
                }
                server = StdioServerParameters(
                    command=sys.executable, args=["-m", "assistant.faces.cli", "mcp"], env=environment, cwd=ROOT
                )
                client = Client(stdio_client(server))
            else:
                client = Client(request.getfixturevalue("address"))
            async with client:
                return await scenario(client)

        return asyncio.run(run())

    return use


def _text(result: CallToolResult) -> str:
    return "".join(block.text for block in result.content if block.type == "text")


def test_every_tool_does_its_work_and_keeps_to_its_schema(use: Use) -> None:
    calls: dict[str, dict[str, Any]] = {
        "ask_policy": {"question": "投了1800万呢?", "history": ["智能工厂改造能补多少?"], "as_of": "2021-04-01"},
        "search_clauses": {"query": "首台套", "region": "成都", "limit": 2},
        "get_clause": {"clause_id": SMART_FACTORY, "as_of": "2021-04-01"},
        "calculate_subsidy": {
            "clause_id": SMART_FACTORY,
            "rule": 8,
            "facts": [{"fact": "项目投入", "value": "18000000", "unit": "yuan"}],
        },
        "match_profile": {
            "profile": {"region": "成都", "projects": [{"name": "智能工厂改造", "investment": "18000000"}]},
            "as_of": "2023-04-01",
            "language": "en",
        },
    }

    async def scenario(client: Client) -> tuple[list[Any], dict[str, CallToolResult]]:
        tools = (await client.list_tools()).tools
        return tools, {name: await client.call_tool(name, arguments) for name, arguments in calls.items()}

    tools, results = use(scenario)
    assert [tool.name for tool in tools] == TOOLS
    for tool in tools:
        assert len(tool.description) > 100
        assert tool.annotations.read_only_hint
        result = results[tool.name]
        assert not result.is_error, _text(result)
        Draft202012Validator(tool.output_schema).validate(result.structured_content)
    answer = results["ask_policy"]
    assert answer.structured_content["figures"][0]["amount"] == "3600000"
    assert "≤ 3600000 CNY (1800万元 × 20% = 360万元;" in _text(answer)
    assert SMART_FACTORY in _text(answer)
    assert len(results["search_clauses"].structured_content["items"]) == 2
    assert "实施生产线智能化改造" in _text(results["get_clause"])
    (worked,) = results["calculate_subsidy"].structured_content["results"]
    assert worked["figures"][0]["amount"] == "3600000"
    assert any(
        match["citation"]["clause_id"] == SMART_FACTORY
        for match in results["match_profile"].structured_content["matches"]
    )
    assert "and no longer applies on 1 April 2023." in results["match_profile"].content[0].text


def test_an_error_is_one_clear_sentence(use: Use) -> None:
    calls: list[tuple[str, dict[str, Any], str]] = [
        ("get_clause", {"clause_id": "nowhere"}, 'There is no clause "nowhere"; near it: '),
        ("ask_policy", {"question": "???"}, "The question holds no words, only punctuation; ask for example "),
        ("ask_policy", {"question": "补贴", "region": "火星"}, 'No document is from the region "火星"; there are documents from '),
        ("ask_policy", {"question": ""}, 'The arguments of ask_policy cannot be used: "question": String should have at least 1 '),
        ("calculate_subsidy", {"clause_id": SMART_FACTORY, "rule": 99}, "has no rule 99; its rules are numbered 1 to 8."),
        ("search_clauses", {"query": "补贴", "page": 9999}, "There is no page 9999; "),
    ]  # fmt: skip

    async def scenario(client: Client) -> list[CallToolResult]:
        return [await client.call_tool(name, arguments) for name, arguments, _ in calls]

    for result, (_, _, said) in zip(use(scenario), calls, strict=True):
        assert result.is_error
        assert said in _text(result)
        assert "\n" not in _text(result)
        assert "Error executing" not in _text(result)


def test_what_the_documents_do_not_say_is_no_error(use: Use) -> None:
    async def scenario(client: Client) -> CallToolResult:
        return await client.call_tool("ask_policy", {"question": "How is the weather on Mars?"})

    result = use(scenario)
    assert not result.is_error
    assert result.structured_content["status"] == "not_found"


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_older_and_newer_clients_are_served(address: str, mode: str) -> None:
    async def names() -> list[str]:
        async with Client(address, mode=mode) as client:
            assert client.server_info.name == "policy-assistant"
            return [tool.name for tool in (await client.list_tools()).tools]

    assert asyncio.run(names()) == TOOLS


def test_nothing_but_the_protocol_is_on_standard_output(built_settings: Settings) -> None:
    import json

    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    hello = {
        "jsonrpc": "2.0",
        "id": 0,
        "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "0"}},
    }
    lines = [hello, {"jsonrpc": "2.0", "method": "notifications/initialized"}, request]
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.faces.cli", "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "POLICY_INDEX_DIR": str(built_settings.index_dir), "POLICY_LOG_LEVEL": "debug"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        process.stdin.write("".join(json.dumps(line) + "\n" for line in lines).encode())
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(2)]
        rest, _ = process.communicate(timeout=600)
    assert [answer["id"] for answer in answers] == [0, 1]
    assert rest == b""
    assert process.returncode == 0


def test_without_an_index_the_command_says_what_to_do(run: Any, tmp_path: Path) -> None:
    done = run("mcp", POLICY_INDEX_DIR=str(tmp_path))
    assert done.returncode == 2
    assert done.stdout == ""
    assert "policy-assistant build" in done.stderr
