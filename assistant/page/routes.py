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
    from assistant.page.service import Page


def export_router(page: "Page") -> APIRouter:
    """GET /export/clauses.csv, .xlsx and .docx with the fields of the search form as its query."""
    router = APIRouter()

    @router.get("/export/clauses.{file_format}", include_in_schema=False)
    async def export_clauses(file_format: Literal["csv", "xlsx", "docx"], request: Request) -> Response:
        fields: dict[str, Any] = dict(request.query_params)
        language = choose_language(fields.pop("lang", None), request.headers.get("accept-language", ""))
        words = words_for(language)
        try:
            content = await page.run(lambda: export(file_format, export_rows(page.assistant, fields, language), words))
        except ValidationError:
            raise InputError(
                "The export takes the fields of the search form, such as ?text=贷款贴息&region=成都."
            ) from None
        name = f"clauses-{date.today():%Y%m%d}.{file_format}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type=MEDIA_TYPES[file_format], headers=headers)

    return router
