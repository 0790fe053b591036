from datetime import date
from pathlib import Path

import pytest

from corpus.collection import load_collection, load_document
from corpus.errors import DocumentError

TEXT = "渔歌县会展业若干政策\n一、支持办展。给予20万元补助。\n本政策自2021年1月1日起施行,有效期至2021年12月31日。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def state(folder: Path, content: str) -> None:
    (folder / "sources.toml").write_text(content, encoding="utf-8")


def test_what_a_person_states_takes_the_place_of_what_was_read(folder: Path) -> None:
    state(folder, '["plan.txt"]\nvalid_to = 2022-06-30\nurl = "https://example.org/plan"\n')

    known = load_collection(folder).documents[0].metadata

    assert (known.valid_from, known.valid_to) == (date(2021, 1, 1), date(2022, 6, 30))
    assert known.url == "https://example.org/plan"
    assert known.title == "渔歌县会展业若干政策"


def test_an_empty_text_takes_back_what_was_read_wrongly(folder: Path) -> None:
    state(folder, '["plan.txt"]\nvalid_from = ""\nvalid_to = ""\n')

    known = load_collection(folder).documents[0].metadata

    assert (known.valid_from, known.valid_to) == (None, None)


def test_a_corrected_region_brings_its_other_names(folder: Path) -> None:
    document = load_document(folder / "plan.txt", {"region": "宁波"})

    assert (document.metadata.region, document.metadata.region_aliases) == ("宁波", ("宁波市", "甬", "Ningbo"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('["plan.txt"]\nvalid_until = 2022-06-30\n', "'valid_until' is not known; use one of title, document_number"),
        ('["plan.txt"]\nvalid_to = "2022-06-30"\n', "plan.txt: valid_to must be a date, for example valid_to = 2022"),
        ('["plan.txt"]\nplanning_to = 20255\n', "planning_to must be a year"),
        ('["plan.txt"]\nregion_aliases = "温州市"\n', "region_aliases must be a list of texts"),
        ('["plan.txt"]\ntitle = 5\n', "title must be a text"),
        ('["plan.txt"]\nvalid_to = 2020-01-01\n', "valid_to 2020-01-01 lies before valid_from 2021-01-01"),
        ('["other.txt"]\ntitle = "x"\n', "there is no file 'other.txt'"),
        ('title = "x"\n', "'title' stands outside a table"),
        ('["plan.txt"\n', "sources.toml is not valid TOML"),
        ('["plan.txt"]\ntitle = "x"\n["plan.txt"]\ntitle = "y"\n', "sources.toml is not valid TOML"),
    ],
)
def test_a_broken_sources_file_says_what_is_wrong(folder: Path, content: str, words: str) -> None:
    state(folder, content)

    with pytest.raises(DocumentError, match=words):
        load_collection(folder)
