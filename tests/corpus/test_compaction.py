"""What typesetting puts into a text is no part of its numbers; every character keeps its place in the source."""

import pytest

from corpus.compaction import compact


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("按投资额的1\u200b0%补助", "按投资额的10%补助"),  # a zero-width space inside a number
        ("设备投资500&nbsp;万元以上", "设备投资500万元以上"),
        ("&#65288;含300万元&#65289;&#xff0c;补助", "(含300万元),补助"),
        ("按 投 资 额 的 1 0 % 给 予 补 助", "按投资额的10%给予补助"),
        ("第12 34号", "第12 34号"),  # a blank between two numbers keeps them apart
        ("A & B公司", "a&b公司"),
    ],
)
def test_what_is_read(text: str, read: str) -> None:
    assert compact(text).text == read


def test_each_character_keeps_its_place() -> None:
    text = "最高\u200b不超过5&#48;万元"
    compacted = compact(text)

    start = compacted.text.index("50")
    first, last = compacted.span(start, start + 2)
    assert text[first:last] == "5&"
    assert compacted.span(compacted.text.index("万"), len(compacted.text)) == (text.index("万"), len(text))
