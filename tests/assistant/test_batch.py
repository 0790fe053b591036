"""Batches: one bad line never costs the answers to the others."""

import pytest

from assistant.faces.cli.batch import ExtractLine, process
from corpus.errors import PolicyError, SnapshotError

LINES = [b'{"id": "1", "text": "good"}', b'{"id": "2", "text": "bad"}', b"", b'{"id": "3", "text": "good"}']


def test_a_fault_of_the_program_is_told_with_its_line_and_the_others_go_on() -> None:
    def handle(line: ExtractLine) -> str:
        return {"good": f"done {line.id}"}[line.text]

    first, second, third = process(LINES, ExtractLine, handle)
    assert (first, third) == ("done 1", "done 3")
    assert isinstance(second, PolicyError)
    assert "line 2" in str(second)
    assert "KeyError" in str(second)


def test_an_error_of_the_installation_ends_the_batch() -> None:
    def handle(line: ExtractLine) -> str:
        raise SnapshotError("no index")

    with pytest.raises(SnapshotError):
        list(process(LINES, ExtractLine, handle))


def test_a_byte_order_mark_and_further_keys_do_no_harm() -> None:
    marked = b'\xef\xbb\xbf{"id": 5, "text": "x", "note": "unused"}'
    assert list(process([marked], ExtractLine, lambda line: f"{line.id}{line.text}")) == ["5x"]
