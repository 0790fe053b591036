"""The assistant as a server of the Model Context Protocol: five tools, over standard input and output or HTTP.

Each tool gives its result twice: as text that a model can read at once, and as structured content of a stated schema.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import FastAPI
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.answer import MAX_TURNS, Answer
from assistant.answering.checkup import Checkup
from assistant.answering.worked import (
    MAX_CONDITIONS,
    MAX_FACTS,
    Calculation,
    DecidedCondition,
    StatedFact,
    Task,
)
from assistant.faces.api import work
from assistant.faces.api.desk import Desk
from assistant.faces.api.errors import problem
from assistant.faces.api.models import ClauseDetail, Question, RegionName
from assistant.faces.mcp import text as mcp_text
from assistant.finding.search_query import MAX_PAGE, SearchPage, SearchQuery
from assistant.question import Language
from assistant.question.profile import Profile
from assistant.service import PolicyAssistant
from assistant.serving.workers.pool import Busy, TookTooLong, WorkerLost
from assistant.validation import describe_fault
from corpus.errors import PolicyError

T = TypeVar("T")

NAME = "policy-assistant"
INSTRUCTIONS = """Answers questions about Chinese government policy documents (subsidies, conditions, deadlines, \
responsible departments) with the clause, word for word, and the money, worked out by rule. Nothing is generated: every \
sentence comes from a clause or a fixed phrase. Quote clauses as they are given, keep "at most" apart from exact sums, \
and pass warnings on (a document may no longer be in force). status "not_found" means that the documents do not say it: \
say so rather than fill the gap. Start with ask_policy; look closer with get_clause and calculate_subsidy, whose \
clause_id is that of a citation."""
_OTHERS = ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"]
_READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

Day = Annotated[date | None, Field(description="day the question is asked for, YYYY-MM-DD; today if left out")]
Region = Annotated[
    RegionName | None, Field(description='only documents of this region, such as "成都"; all if left out')
]
ClauseId = Annotated[
    str, Field(min_length=1, max_length=300, description="clause_id of a citation or of a search result")
]


class _Server(MCPServer[Any]):
    """The SDK's server, with errors in one clear sentence."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            cause = error.__cause__
            if isinstance(cause, ValidationError):
                return _failed(f"The arguments of {name} cannot be used: {describe_fault(cause)}.")
            if isinstance(cause, ToolError):  # ours; the SDK puts the tool's name before it
                return _failed(str(cause))
            raise


class _Tools:
    """The tools; their names, parameters and docstrings are what a client sees."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def ask_policy(
        self,
        question: Annotated[
            str,
            Field(
                min_length=1,
                max_length=2000,
                description='the question, such as "智能工厂改造能补多少?", in Chinese or English',
            ),
        ],
        history: Annotated[
            tuple[Question, ...],
            Field(
                max_length=MAX_TURNS,
                description="what the user asked before, in order, so that a follow-up is understood",
            ),
        ] = (),
        as_of: Day = None,
        region: Region = None,
    ) -> Annotated[CallToolResult, Answer]:
        """Answer a question about the policy documents: how much subsidy, on which conditions, until when, who is
        responsible, whether still in force, or a comparison of regions. Gives the clauses verbatim, the figures with each
        step, warnings, and the facts that are missing. Facts of the user's case (投资1800万元, 120名员工) belong into
        the question."""
        answer = await self._reported(
            self._desk.ask(PolicyAssistant.ask, question, history=history, as_of=as_of, region=region)
        )
        return _result(mcp_text.answer(answer), answer)

    async def search_clauses(
        self,
        query: Annotated[
            str,
            Field(
                max_length=2000, description="words, “quoted phrases”, a document number or a department; empty for all"
            ),
        ] = "",
        region: Region = None,
        document: Annotated[
            str | None, Field(max_length=200, description="only this document: id, document number or title")
        ] = None,
        department: Annotated[
            str | None, Field(max_length=200, description="only clauses this department is responsible for")
        ] = None,
        has_money: Annotated[bool | None, Field(description="whether the clause states a sum of money")] = None,
        in_force_on: Annotated[
            date | None, Field(description="only documents in force on this day, YYYY-MM-DD")
        ] = None,
        page: Annotated[int, Field(ge=1, le=MAX_PAGE, description="number of the page")] = 1,
        limit: Annotated[int, Field(ge=1, le=50, description="clauses on a page")] = 8,
    ) -> Annotated[CallToolResult, SearchPage]:
        """Find clauses by topic, words, document number, department or filters, best first, with the number of all that
        match. For reading around a subject, or for a list; to answer a question use ask_policy, which also says when the
        documents do not cover it."""
        wanted = SearchQuery(
            text=query,
            region=(region,) if region else (),
            document=(document,) if document else (),
            department=(department,) if department else (),
            has_money=has_money,
            in_force_on=in_force_on,
            page=page,
            page_size=limit,
        )
        found = await self._reported(self._desk.run(PolicyAssistant.search, wanted))
        return _result(mcp_text.page(found), found)

    async def get_clause(self, clause_id: ClauseId, as_of: Day = None) -> Annotated[CallToolResult, ClauseDetail]:
        """Read one clause word for word, with the clauses before and after it, its document and validity, and the subsidy
        rules read from it (their number is what calculate_subsidy takes as rule)."""
        detail = await self._reported(self._desk.run(work.clause_detail, clause_id, as_of or date.today()))
        return _result(mcp_text.clause(detail), detail)

    async def calculate_subsidy(
        self,
        clause_id: ClauseId,
        facts: Annotated[
            tuple[StatedFact, ...],
            Field(
                max_length=MAX_FACTS,
                description='facts in the clause\'s own words, such as [{"fact": "项目投入", "value": "18000000", "unit": "yuan"}]; '
                "without them the result names those that are missing",
            ),
        ] = (),
        rule: Annotated[
            int | None, Field(ge=1, le=1000, description="number of the rule in the clause; all if left out")
        ] = None,
        conditions: Annotated[
            tuple[DecidedCondition, ...],
            Field(
                max_length=MAX_CONDITIONS,
                description="conditions of an answer or a result that the user says to meet (met) or not to meet (failed), "
                "with their text, start and end as given there",
            ),
        ] = (),
        as_of: Day = None,
    ) -> Annotated[CallToolResult, Calculation]:
        """Work out what a clause gives for stated facts: the figures with each step, the condition that fails, the facts that
        are missing, the conditions that are still open, and the curve of the subsidy over its base. Never multiplies what the clause does not multiply."""
        task = Task(clause_id=clause_id, facts=facts, conditions=conditions, rule=rule, as_of=as_of)
        done = await self._reported(self._desk.run(PolicyAssistant.calculate, task))
        return _result(mcp_text.calculation(done), done)

    async def match_profile(
        self,
        profile: Annotated[Profile, Field(description="what is known of the enterprise")],
        as_of: Day = None,
        region: Region = None,
        language: Annotated[
            Language, Field(description="language of the sentences; what clauses say stays in theirs")
        ] = Language.CHINESE,
    ) -> Annotated[CallToolResult, Checkup]:
        """Check an enterprise profile against every rule: what it may claim, what it may claim if further conditions hold, and
        what does not apply and why, with the total. Every field of the profile is optional; money is in yuan."""
        checkup = await self._reported(self._desk.run(PolicyAssistant.match, profile, as_of, region, language))
        return _result(mcp_text.checkup(checkup), checkup)

    @staticmethod
    async def _reported(awaited: Awaitable[T]) -> T:
        """What work comes to; a ToolError with the sentence when it cannot be done."""
        try:
            return await awaited
        except (PolicyError, Busy, TookTooLong, WorkerLost) as error:
            raise ToolError(str(error)) from error


def create_server(desk: Desk) -> MCPServer[Any]:
    """The server with its tools."""
    tools = _Tools(desk)
    # The SDK sets the process's logging up when a server is made; that is for whoever runs the process.
    root, placeholder = logging.getLogger(), logging.NullHandler()
    root.addHandler(placeholder)
    try:
        server = _Server(NAME, title="政策问答 Policy assistant", instructions=INSTRUCTIONS)
    finally:
        root.removeHandler(placeholder)
    titles: dict[Callable[..., Any], str] = {
        tools.ask_policy: "Answer a policy question",
        tools.search_clauses: "Find clauses",
        tools.get_clause: "Read a clause",
        tools.calculate_subsidy: "Work a subsidy out",
        tools.match_profile: "Check an enterprise",
    }
    for tool, title in titles.items():
        description = " ".join((tool.__doc__ or "").split())
        server.add_tool(tool, title=title, description=description, annotations=_READ_ONLY)
    return server


def add_to(app: FastAPI, desk: Desk) -> None:
    """Serve MCP at /mcp of an application, over streamable HTTP and without sessions: each call stands alone."""
    server = create_server(desk)
    # Behind a proxy the Host is whatever the portal is called, so it cannot be checked here. All that can be read
    # this way is public, and which sites' scripts may call is the CORS setting.
    open_hosts = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    inner = server.streamable_http_app(
        streamable_http_path="/mcp",
        stateless_http=True,
        json_response=True,
        max_request_body_size=desk.settings.max_body,
        transport_security=open_hosts,
    )
    endpoint = next(route.endpoint for route in inner.routes if isinstance(route, Route))
    for path in ("/mcp", "/mcp/"):
        app.router.routes.append(Route(path, endpoint=endpoint, methods=["POST"], include_in_schema=False))
        app.router.routes.append(Route(path, endpoint=_no_stream, methods=_OTHERS, include_in_schema=False))
    app.state.starters.append(server.session_manager.run)


async def _no_stream(_: Request) -> Response:
    # Without sessions there is nothing to listen to; a stream would be a connection kept for ever.
    return problem(405, "MCP is spoken here by POST.", headers={"Allow": "POST"})


async def serve_stdio(desk: Desk) -> None:
    """Serve one client over standard input and output until it closes them."""
    try:
        await create_server(desk).run_stdio_async()
    finally:
        await desk.close()


# ── results ──


def _result(text: str, value: BaseModel) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=value.model_dump(mode="json", by_alias=True)
    )


def _failed(sentence: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=sentence)], is_error=True)
