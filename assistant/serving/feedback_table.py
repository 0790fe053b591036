"""The table of feedback. A module of its own: SQLAlchemy takes a while to import, and few commands need it."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, DateTime, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the service."""


class FeedbackRow(Base):
    """One feedback as it is stored."""

    __tablename__ = "feedback"

    # Only INTEGER numbers itself in SQLite.
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    question: Mapped[str] = mapped_column(Text)
    rating: Mapped[str] = mapped_column(String(10))
    comment: Mapped[str] = mapped_column(Text)
    answer_id: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(20))
    clause_ids: Mapped[list[str]] = mapped_column(JSON)
