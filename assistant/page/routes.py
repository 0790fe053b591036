"""The page's own address beside the page: the clauses found, as a file."""

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from assistant.page.exports import MEDIA_TYPES, export
from assistant.page.searching import export_rows
from assistant.page.words import choose_language, words_for
from corpus.errors import InputError

if TYPE_CHECKING:
    from assistant.api.desk import Desk
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
