"""The page's own addresses beside the page: its calls, and the clauses found, as a file."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from assistant.faces.api.errors import problem
from assistant.faces.page.exports import MEDIA_TYPES, export
from assistant.faces.page.searching import export_rows
from assistant.faces.page.words import choose_language, words_for
from corpus.errors import InputError

if TYPE_CHECKING:
    from assistant.faces.api.desk import Desk
    from assistant.faces.page.service import Page
    from assistant.service import PolicyAssistant


def exported(assistant: "PolicyAssistant", file_format: str, fields: dict[str, Any], language: str) -> bytes:
    """The file of the clauses that the fields of the search form ask for. ValidationError for fields that are none."""
    return export(file_format, export_rows(assistant, fields, language), words_for(language))


def export_router(desk: "Desk") -> APIRouter:
    """GET /export/clauses.csv, .xlsx and .docx with the fields of the search form as its query."""
    router = APIRouter()

    @router.get("/export/clauses.{file_format}", include_in_schema=False)
    async def export_clauses(file_format: Literal["csv", "xlsx", "docx"], request: Request) -> Response:
        fields: dict[str, Any] = dict(request.query_params)
        language = choose_language(fields.pop("lang", None), request.headers.get("accept-language", ""))
        try:
            content = await desk.run(exported, file_format, fields, language)
        except ValidationError:
            raise InputError(
                "The export takes the fields of the search form, such as ?text=贷款贴息&region=成都."
            ) from None
        name = f"clauses-{date.today():%Y%m%d}.{file_format}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type=MEDIA_TYPES[file_format], headers=headers)

    return router


def call_router(page: "Page") -> APIRouter:
    """POST /gradio_api/component_server with ``{"fn_name": …, "data": …}``: the calls of the page.

    It is the address at which Gradio would answer them. It would also take files, and keep a session for each caller.
    """
    router = APIRouter(include_in_schema=False)

    @router.post("/gradio_api/component_server")
    @router.post("/gradio_api/component_server/")
    async def call(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return problem(
                415, "A call of the page is sent as application/json."
            )  # else any site's form could send one
        try:
            sent = json.loads(await request.body())
        except (ValueError, RecursionError):
            sent = None
        name = sent.get("fn_name") if isinstance(sent, dict) else None
        handle = page.calls.get(name) if isinstance(name, str) else None
        if handle is None:
            return problem(
                422, f'A call of the page is {{"fn_name": …, "data": {{…}}}} with one of {", ".join(page.calls)}.'
            )
        reply = await handle(sent.get("data"), request.headers.get("accept-language", ""))
        # A lone surrogate that came with a question has no UTF-8.
        return Response(json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace"), media_type="application/json")

    return router
