"""Behind a reverse proxy: the whole page under a path prefix."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from assistant.settings import Settings


@pytest.fixture(scope="module")
def prefixed(serve: Any, assistant: Any, built_settings: Settings) -> Iterator[str]:
    """The address of a server that is offered under /policy."""
    settings = built_settings.model_copy(update={"root_path": "/policy", "feedback_url": ""})
    with serve(assistant, settings) as address:
        yield address


def test_the_page_works_under_a_prefix(visit: Any, prefixed: str) -> None:
    visitor = visit(at=prefixed)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.ask("智能工厂改造能补多少?")
    assert visitor.figure == "最高 500万元"
    visitor.tab("search").see(".clauses")
    with visitor.page.expect_download() as coming:
        visitor.page.get_by_role("link", name="CSV").click()
    assert coming.value.suggested_filename.endswith(".csv")
    assert [url for url in asked if not url.startswith(prefixed)] == []


def test_a_link_to_a_clause_works_under_a_prefix(visit: Any, prefixed: str) -> None:
    visitor = visit(f"?clause={quote('chengdu-2020-chain-stabilising#四.(八)')}", at=prefixed)
    assert visitor.see(".tree .wanted", "智能制造领域").is_visible()
