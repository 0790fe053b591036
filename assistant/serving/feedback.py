"""Feedback: what people thought of an answer, in a database of the operator's choice.

It holds the question, the judgement and the clauses cited, and nothing of who gave it: no address, no browser.
"""

import threading
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.settings import masked
from assistant.validation import MAX_QUESTION_LENGTH
from corpus.errors import SettingsError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

MAX_COMMENT_LENGTH = 2000  # characters
_MAX_CLAUSES = 50  # clause ids kept with one feedback


class Rating(StrEnum):
    """Whether an answer helped."""

    UP = "up"
    DOWN = "down"


class Feedback(BaseModel):
    """What a person thought of one answer."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={"examples": [{"question": "智能工厂改造能补多少?", "rating": "up", "language": "zh"}]},
    )

    question: str = Field(min_length=1, max_length=MAX_QUESTION_LENGTH, description="the question that was answered")
    rating: Rating
    comment: str = Field(
        default="", max_length=MAX_COMMENT_LENGTH, description="what was good or wrong, in the person's words"
    )
    answer_id: str | None = Field(default=None, max_length=200, description="id of the answer")
    status: str = Field(default="", max_length=40, description="status of the answer")
    language: str = Field(default="", max_length=20, description="language of the answer: zh, zh-Hant or en")
    clause_ids: tuple[Annotated[str, Field(max_length=300)], ...] = Field(
        default=(), max_length=_MAX_CLAUSES, description="clauses the answer cited, best first"
    )


class FeedbackFull(Exception):
    """No more feedback is taken today."""

    def __init__(self) -> None:
        super().__init__("No more feedback is taken today; try again tomorrow.")


class FeedbackStore:
    """Stores feedback; connects, and makes the table, with the first one.

    ``per_day`` is how many bytes of it are stored in a day (UTC), 0 for any number.
    """

    def __init__(self, url: str, per_day: int = 0) -> None:
        self._url = url
        self._per_day = per_day
        self._engine: Engine | None = None
        self._lock = threading.Lock()
        self._day: date | None = None
        self._stored = 0  # bytes on that day

    @property
    def is_on(self) -> bool:
        """Whether feedback is collected at all."""
        return bool(self._url)

    def record(self, feedback: Feedback, at: datetime | None = None) -> None:
        """Store one feedback with the time of ``at`` (default: now).

        FeedbackFull when the day's share is used up, SettingsError when the database refuses it.
        """
        from sqlalchemy.exc import SQLAlchemyError
        from sqlalchemy.orm import Session

        from assistant.serving.feedback_table import FeedbackRow

        at = at or datetime.now(UTC)
        try:
            with Session(self._connected()) as session:
                self._count(feedback, at, session)
                session.add(FeedbackRow(at=at, **_storable(feedback)))
                session.commit()
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise self._refused(error) from error

    def _count(self, feedback: Feedback, at: datetime, session: "Session") -> None:
        if not self._per_day:
            return
        with self._lock:
            if self._day != at.date():
                self._day, self._stored = at.date(), _stored_on(at.date(), session)
            size = _size(feedback.question, feedback.comment, feedback.clause_ids)
            if self._stored + size > self._per_day:
                raise FeedbackFull
            self._stored += size

    def close(self) -> None:
        """Give the connections back."""
        if self._engine is not None:
            self._engine.dispose()

    def _connected(self) -> "Engine":
        with self._lock:
            if self._engine is None:
                from sqlalchemy import create_engine, make_url

                from assistant.serving.feedback_table import Base

                url = make_url(self._url)
                if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
                    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
                engine = create_engine(url, pool_pre_ping=True)  # a connection that the database closed is replaced
                Base.metadata.create_all(engine)
                self._engine = engine
            return self._engine

    def _refused(self, error: Exception) -> SettingsError:
        reason = masked(str(getattr(error, "orig", None) or error).splitlines()[0]).rstrip(".")
        return SettingsError(
            f"Feedback cannot be stored in {masked(self._url)} ({reason}); name a database that can be written to "
            "in POLICY_FEEDBACK_URL, such as sqlite:///feedback.sqlite, or leave it empty to collect none."
        )


_ROW = 200  # bytes that a row takes beside its texts


def _size(question: str, comment: str, clause_ids: Iterable[str]) -> int:
    return _ROW + sum(len(text.encode("utf-8", "replace")) for text in (question, comment, *clause_ids))


def _stored_on(day: date, session: "Session") -> int:
    """The bytes that are stored of a day, so that a restart does not begin it anew."""
    from sqlalchemy import select

    from assistant.serving.feedback_table import FeedbackRow

    begin = datetime.combine(day, time.min, UTC)
    columns = (FeedbackRow.question, FeedbackRow.comment, FeedbackRow.clause_ids)
    rows = session.execute(select(*columns).where(FeedbackRow.at >= begin, FeedbackRow.at < begin + timedelta(days=1)))
    return sum(_size(*row) for row in rows)


def _storable(feedback: Feedback) -> dict[str, object]:
    """The columns; a database holds no NUL in a text."""
    texts = feedback.model_dump(mode="json")
    return {name: value.replace("\0", "") if isinstance(value, str) else value for name, value in texts.items()}
