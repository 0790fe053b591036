"""Durations: how long since an event, how long a state lasts, and ages, read alike in a clause and in a question."""

from decimal import Decimal
from importlib.resources import files

import pytest

from assistant.language.durations import AGE, Duration, durations_in
from corpus.script import fold

_FILE = files("assistant.language") / "data" / "events.tsv"
ROWS = [
    tuple(line.split("\t"))
    for line in _FILE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith(("#", "-"))
]


def one(text: str) -> Duration:
    (found,) = durations_in(fold(text))
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_duration_is_of_the_event_beside_it(row: tuple[str, ...]) -> None:
    event, _, _, of_it, of_another = row
    assert event in {duration.event for duration in durations_in(fold(of_it))}
    assert event not in {duration.event for duration in durations_in(fold(of_another))}


@pytest.mark.parametrize(
    ("wanted", "stated", "missed"),
    [
        ("毕业5年内的毕业生", "毕业六年半", True),
        ("毕业5年内的毕业生", "毕业4年", False),
        ("毕业5年内的毕业生", "毕业五年", False),
        ("签订三年以上劳动合同", "签订劳动合同18个月", True),
        ("签订三年以上劳动合同", "签订劳动合同36个月", False),
        ("不超过60周岁", "我61岁", True),
        ("年满50周岁以上", "我49岁", True),
        ("18岁至45岁", "我17岁", True),
        ("18岁至45岁", "我46岁", True),
        ("18岁至45岁", "我30岁", False),
        ("毕业5年内的毕业生", "公司成立八年", False),
    ],
)
def test_bounds_are_missed_only_by_what_lies_outside_them(wanted: str, stated: str, missed: bool) -> None:
    assert one(stated).misses(one(wanted)) is missed


def test_an_age_may_leave_its_unit_out() -> None:
    assert one("我今年47,副高职称").event == AGE
    assert one("我今年47,副高职称").low == Decimal(47 * 12)
    assert durations_in("今年20万") == ()
