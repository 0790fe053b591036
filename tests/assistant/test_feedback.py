"""Feedback: stored where the operator says, made on the first write, and nothing of who gave it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.serving.feedback import Feedback, FeedbackStore, Rating
from corpus.errors import SettingsError

GIVEN = Feedback(
    question="智能工厂改造能补多少?",
    rating=Rating.DOWN,
    comment="漏了一条",
    answer_id="7",
    status="answered",
    language="zh",
    clause_ids=("a#一", "a#二"),
)


def _rows(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("select * from feedback order by id").fetchall()


def test_the_database_is_made_with_the_first_feedback(tmp_path: Path) -> None:
    path = tmp_path / "not yet there" / "feedback.sqlite"
    store = FeedbackStore(f"sqlite:///{path}")
    assert not path.exists()
    store.record(GIVEN, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    store.record(GIVEN)
    store.close()
    first, second = _rows(path)
    assert first == (
        1,
        "2026-01-02 03:04:05.000000",
        "智能工厂改造能补多少?",
        "down",
        "漏了一条",
        "7",
        "answered",
        "zh",
        '["a#\\u4e00", "a#\\u4e8c"]',
    )
    assert second[0] == 2


def test_feedback_of_an_earlier_run_stays(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    for _ in range(2):
        store = FeedbackStore(f"sqlite:///{path}")
        store.record(GIVEN)
        store.close()
    assert len(_rows(path)) == 2


def test_without_a_database_it_is_off() -> None:
    assert not FeedbackStore("").is_on
    assert FeedbackStore("sqlite:///x").is_on


def test_a_database_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"Feedback cannot be stored in sqlite:.*POLICY_FEEDBACK_URL"):
        FeedbackStore(f"sqlite:///{tmp_path / 'file' / 'feedback.sqlite'}").record(GIVEN)


def test_a_driver_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(SettingsError) as caught:
        FeedbackStore("oracle+nosuchdriver://clerk:s3cret@db.example/policy").record(GIVEN)
    assert "nosuchdriver" in str(caught.value)
    assert "s3cret" not in str(caught.value)
