"""Citations quote the source's own characters, always."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import WarningCode
from assistant.answering.citing import WHOLE_CLAUSE, cite, renumbered, warnings_for
from assistant.answering.messages import Phrases
from assistant.question import Language
from corpus.clause import Clause
from corpus.collection import load_collection
from corpus.document import Document

PHRASES = Phrases(Language.CHINESE)
DAY = date(2021, 4, 1)


def leaves() -> Iterator[tuple[Document, Clause]]:
    for document in load_collection().documents:
        for leaf in document.leaves:
            yield document, leaf


def test_every_leaf_is_quoted_character_for_character() -> None:
    count = 0
    for document, leaf in leaves():
        citation = cite(document, leaf, leaf.start, leaf.end, DAY)
        assert document.text[citation.start : citation.end] == citation.text
        assert 0 <= citation.focus.start < citation.focus.end <= len(citation.text)
        count += 1
    assert count > 200


def test_the_stretch_that_answers_lies_in_the_quotation_and_its_focus() -> None:
    for document, leaf in leaves():
        for start in range(leaf.start, leaf.end, 97):
            end = min(start + 11, leaf.end)
            if not document.text[start:end].strip():
                continue
            citation = cite(document, leaf, start, end, DAY)
            assert citation.start <= start
            assert end <= citation.end
            assert citation.start + citation.focus.start <= start + len(document.text[start:end]) - 1
            assert document.text[citation.start : citation.end] == citation.text


def test_a_short_clause_is_quoted_whole_and_a_long_one_around_its_sentence() -> None:
    longest = max(leaves(), key=lambda pair: len(pair[1].text))
    document, leaf = longest
    assert len(leaf.text) > WHOLE_CLAUSE
    citation = cite(document, leaf, leaf.end - 20, leaf.end, DAY)
    assert len(citation.text) < len(leaf.text)
    short_document, short = next((d, c) for d, c in leaves() if 50 < len(c.text) < WHOLE_CLAUSE)
    assert cite(short_document, short, short.end - 5, short.end, DAY).text == short.text


def test_markers_run_through() -> None:
    document, leaf = next(leaves())
    citation = cite(document, leaf, leaf.start, leaf.end, DAY)
    assert [c.marker for c in renumbered([citation, citation, citation])] == [1, 2, 3]


@pytest.mark.parametrize(
    ("document", "day", "codes"),
    [
        ("chengdu-2020-chain-stabilising", date(2020, 7, 23), {WarningCode.NOT_YET_IN_FORCE}),
        ("chengdu-2020-chain-stabilising", date(2020, 7, 24), set()),
        ("chengdu-2020-chain-stabilising", date(2022, 12, 31), set()),
        ("chengdu-2020-chain-stabilising", date(2023, 1, 1), {WarningCode.EXPIRED}),
        ("sanming-2020-twelve-measures", date(2020, 12, 31), set()),
        ("sanming-2020-twelve-measures", date(2021, 1, 1), {WarningCode.EXPIRED}),
        ("xiangyang-2021-chain-chiefs", date(2023, 12, 31), set()),
        ("xiangyang-2021-chain-chiefs", date(2024, 1, 1), {WarningCode.PLANNING_PERIOD_OVER}),
        ("chengdu-2023-six-plans", date(2030, 1, 1), set()),
    ],
)
def test_warnings_on_both_sides_of_each_date(document: str, day: date, codes: set[WarningCode]) -> None:
    found = next(d for d in load_collection().documents if d.id == document)
    leaf = next(c for c in found.leaves if "\ue010" not in c.text and len(c.text) > 40)
    citation = cite(found, leaf, leaf.start, leaf.end, day)
    assert {warning.code for warning in warnings_for([citation], day, PHRASES)} == codes
    assert citation.in_force is not bool(codes & {WarningCode.EXPIRED, WarningCode.NOT_YET_IN_FORCE})


def test_a_document_is_warned_of_once() -> None:
    document = next(d for d in load_collection().documents if d.id == "sanming-2020-twelve-measures")
    citations = [cite(document, leaf, leaf.start, leaf.end, DAY) for leaf in document.leaves[:5]]
    assert len(warnings_for(citations, DAY, PHRASES)) == 1


def test_damage_in_the_source_is_said_and_left_as_it_is() -> None:
    document, leaf = next((d, c) for d, c in leaves() if "\ue010" in c.text)
    at = document.text.index("\ue010", leaf.start)
    citation = cite(document, leaf, at, at + 1, DAY)
    assert "\ue010" in citation.text
    assert WarningCode.SOURCE_DAMAGED in {w.code for w in warnings_for([citation], DAY, PHRASES)}
