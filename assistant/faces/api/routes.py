"""The routes of the API: each checks what came, has it worked out by a worker, and gives back a model."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Match

from assistant.answer import Answer
from assistant.answering.checkup import Checkup
from assistant.answering.worked import Calculation, Task
from assistant.faces.api import work
from assistant.faces.api.desk import Desk
from assistant.faces.api.errors import RETRY_AFTER, documented, problem
from assistant.faces.api.models import (
    AskRequest,
    CalculateRequest,
    ClauseDetail,
    DocumentDetail,
    Documents,
    Health,
    RegionName,
    Rules,
    Stored,
)
from assistant.finding.search_query import SearchPage, SearchQuery
from assistant.question import Language
from assistant.question.profile import Profile
from assistant.service import PolicyAssistant
from assistant.serving.feedback import Feedback
from assistant.validation import clean_question
from corpus.errors import UnknownNameError


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(_desk)]
AsOf = Annotated[date | None, Query(description="day the validity is said for, YYYY-MM-DD; today if left out")]
Region = Annotated[RegionName | None, Query(description="only documents of this region")]
Said = Annotated[Language, Query(description="language of the sentences; what clauses say stays in theirs")]
DocumentId = Annotated[str, Path(min_length=1, max_length=200, description="id of a document")]
OneDocument = Annotated[str | None, Query(min_length=1, max_length=200, description="only this document, by its id")]

router = APIRouter(prefix="/api")
service_router = APIRouter()


@router.post("/ask", summary="Answer a question", tags=["answers"], responses=documented(404))
async def ask(asked: AskRequest, desk: AtDesk) -> Answer:
    """The answer with the clauses it rests on and the money, worked out. Send `state` of it with the next question."""
    return await desk.ask(
        PolicyAssistant.ask,
        asked.question,
        state=asked.state,
        history=asked.history,
        as_of=asked.as_of,
        region=asked.region,
        id=asked.id,
    )


@router.post("/calculate", summary="Work a clause out from facts", tags=["answers"], responses=documented(404))
async def calculate(asked: CalculateRequest, desk: AtDesk) -> Calculation:
    """The figures of a cited clause with their steps, missing facts, the condition that fails, and the curve.

    It is the calculation of the answer, so that editing a fact and asking again come to the same. Each condition comes
    back met, failed or open; send one in `conditions` with the state met or failed to settle it.
    """
    task = Task(
        clause_id=asked.clause_id,
        facts=asked.facts,
        conditions=asked.conditions,
        rule=asked.rule,
        start=asked.start,
        end=asked.end,
        state=asked.state,
        language=Language(asked.language) if asked.language else None,
        as_of=asked.as_of,
    )
    return await desk.run(PolicyAssistant.calculate, task)


@router.post("/match", summary="Check an enterprise against every rule", tags=["answers"], responses=documented(404))
async def match(
    profile: Profile, desk: AtDesk, as_of: AsOf = None, region: Region = None, language: Said = Language.CHINESE
) -> Checkup:
    """What an enterprise may claim, under which conditions, and how much. Every field of the profile is optional."""
    return await desk.run(PolicyAssistant.match, profile, as_of, region, language)


# ── looking things up ──


@router.post("/search", summary="Find clauses", tags=["documents"], responses=documented(404))
async def search(query: SearchQuery, desk: AtDesk) -> SearchPage:
    """Clauses by words, quoted phrases, numbers and filters: one page, with counts for further filters."""
    return await desk.run(PolicyAssistant.search, query)


@router.get("/search", summary="Find clauses", tags=["documents"], responses=documented(404))
async def search_by_address(query: Annotated[SearchQuery, Query()], desk: AtDesk) -> SearchPage:
    """The same with an address that can be kept as a link; a filter of several names is given several times."""
    return await desk.run(PolicyAssistant.search, query)


@router.get(
    "/clauses/{clause_id:path}", summary="A clause in its document", tags=["documents"], responses=documented(404)
)
async def clause(
    clause_id: Annotated[str, Path(min_length=1, max_length=300, description="id of a clause, percent-encoded")],
    desk: AtDesk,
    as_of: AsOf = None,
) -> ClauseDetail:
    """The clause, word for word, with the clauses before and after it, the rules read from it and where."""
    return await desk.run(work.clause_detail, clause_id, as_of or date.today())


@router.get("/documents", summary="All documents", tags=["documents"], responses=documented())
async def documents(desk: AtDesk, as_of: AsOf = None) -> Documents:
    """The documents of the collection with their validity."""
    return await desk.run(work.documents, as_of or date.today())


@router.get("/documents/{document_id}", summary="A document", tags=["documents"], responses=documented(404))
async def document(document_id: DocumentId, desk: AtDesk, as_of: AsOf = None) -> DocumentDetail:
    """A document with its validity and its clauses as a tree."""
    return await desk.run(work.document_detail, document_id, as_of or date.today())


@router.get("/rules", summary="The rules read from the documents", tags=["documents"], responses=documented(404))
async def rules(desk: AtDesk, document: OneDocument = None, region: Region = None) -> Rules:
    """Every subsidy rule with the sentence it was read from."""
    return Rules(items=await desk.run(PolicyAssistant.rules, document, region))


@router.post(
    "/feedback", summary="Say whether an answer helped", tags=["feedback"], status_code=201, responses=documented(404)
)
async def feedback(given: Feedback, desk: AtDesk) -> Stored:
    """Stored with the question and the clauses cited, and nothing of who gave it. 404 where none is collected."""
    if not desk.feedback.is_on:
        raise UnknownNameError("No feedback is collected here.")
    clean_question(given.question)
    await desk.store(given)
    return Stored()


# ── the service itself ──


@service_router.get("/healthz", summary="Whether the service runs", tags=["service"])
async def healthz() -> Health:
    """200 as long as the process answers at all."""
    return Health(status="ok")


@service_router.get(
    "/readyz", summary="Whether the service is ready", tags=["service"], response_model=Health, responses=documented()
)
async def readyz(desk: AtDesk) -> Response:
    """200 while a worker can take a request, else 503 with the reason: before the index is loaded, while the queue is
    full, and when every worker has been busy for too long. Send requests here only when it is 200."""
    trouble = desk.workers.trouble()
    if trouble is not None:
        return problem(503, trouble, headers={"Retry-After": RETRY_AFTER})
    return JSONResponse(Health(status="ready").model_dump())


@service_router.get(
    "/metrics",
    summary="Metrics for Prometheus",
    tags=["service"],
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def metrics(request: Request, desk: AtDesk) -> Response:
    """Counts and times; neither questions nor addresses of people."""
    content, media_type = desk.metrics.exposition(request.headers.get("accept", ""))
    return Response(content, media_type=media_type)


def add_fallback(app: FastAPI) -> None:
    """Make what is no route under /api a problem in JSON; else the page would answer it.

    Called when all other routes are there.
    """
    known = list(app.router.routes)

    @app.api_route(
        "/api/{rest:path}",
        methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"],
        include_in_schema=False,
    )
    async def nothing_there(request: Request) -> Response:
        allowed = [method for method in ("GET", "POST") if _matches(known, request, method)]
        if allowed:
            detail = f"{request.url.path} takes {' and '.join(allowed)}, not {request.method}."
            return problem(405, detail, headers={"Allow": ", ".join(allowed)})
        raise HTTPException(404)


def _matches(routes: Sequence[BaseRoute], request: Request, method: str) -> bool:
    scope = {**request.scope, "method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in routes)
