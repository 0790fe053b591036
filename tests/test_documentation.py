"""The page on the architecture names what is there: every room, and files that exist."""

import re
from pathlib import Path

import pytest
from shipped_index import dealt

from assistant.answer import Status
from assistant.answering.phrasebook import tables

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:assistant|corpus|index|tests)/[\w/.-]*)`", PAGE)))


def test_it_names_enough_to_be_worth_checking() -> None:
    assert len(NAMED) > 25


@pytest.mark.parametrize("name", NAMED)
def test_every_file_and_folder_that_it_names_is_there(name: str) -> None:
    assert (ROOT / name).exists()


def test_every_room_is_on_it() -> None:
    rooms = {folder.parent.name for folder in (ROOT / "assistant").glob("*/__init__.py")}
    assert {room for room in rooms if f"`assistant/{room}/`" not in PAGE} == set()


def test_it_is_one_page() -> None:
    assert len(PAGE.splitlines()) < 110


def test_the_tables_of_phrases_that_it_names_are_there() -> None:
    assert set(re.findall(r"`\[(\w+)\]`", PAGE)) <= set(tables())


def test_the_readme_leads_to_it_and_names_every_status() -> None:
    assert "(docs/architecture.md)" in README
    assert [status for status in Status if status not in README] == []


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
def test_each_worker_begins_with_tests_that_need_no_index(workers: int) -> None:
    first, then = [f"free {n}" for n in range(24)], [f"needs {n}" for n in range(17)]
    order = dealt(first, then, workers)
    assert sorted(order) == sorted([*first, *then])
    assert [order[len(order) * worker // workers][:4] for worker in range(workers)] == ["free"] * workers
