"""Things: what amounts are of, in the words of clauses and of askers, and how they contain each other."""

from importlib.resources import files

import pytest

from assistant.language.things import Dimension, Relation, parse_things, shipped_things
from assistant.language.unify import things_in, unify
from corpus.errors import SettingsError
from corpus.script import fold

_FILE = files("assistant.language") / "data" / "relations.tsv"
ROWS = [
    tuple(line.split("\t"))
    for line in _FILE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
LINE = "租金\t租金、房租\trent\toutlay\t\t"


@pytest.mark.parametrize(("wanted", "said", "relation"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_what_is_said_stands_so_to_what_is_measured(wanted: str, said: str, relation: str) -> None:
    assert unify(things_in(fold(wanted)), things_in(fold(said))) is Relation(relation)


def test_every_edge_has_a_sentence() -> None:
    told = {
        (one.name, other.name) for wanted, said, _ in ROWS for one in things_in(fold(wanted)) for other in things_in(fold(said))
    }  # fmt: skip
    edges = {(up, thing.name) for thing in shipped_things() for up in (thing.kind_of, *thing.part_of) if up}
    untold = {edge for edge in edges - told if edge[0] != "收入"}  # a bare 收入 is read as 营业收入
    assert untold == set()


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("纳税总额", Dimension.TAX),
        ("流动资金贷款", Dimension.FUNDS),
        ("a working capital loan", Dimension.FUNDS),
        ("研发人员", Dimension.PEOPLE),
        ("工资", Dimension.OUTLAY),
        ("设备购置费", Dimension.OUTLAY),
        ("进出口额", Dimension.INCOME),
    ],
)
def test_a_longer_word_is_of_what_the_amount_in_it_is(text: str, dimension: Dimension) -> None:
    assert {thing.dimension for thing in things_in(fold(text))} == {dimension}


@pytest.mark.parametrize("text", ["投资促进局", "tax bureau", "财政收入", "物流园区", "重点用能单位"])
def test_a_name_that_holds_a_thing_s_word_is_none(text: str) -> None:
    assert things_in(fold(text)) == frozenset()


def test_a_product_is_what_was_spent_on_it_only_where_something_was_spent() -> None:
    assert things_in("一家做刻蚀设备的公司") == frozenset()
    assert [thing.name for thing in things_in("设备上花了")] == ["设备投入"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("租金\t租金\trent\toutlay", "x, line 1: a thing has 6 columns"),
        ("租金\t租金\trent\tmoney\t\t", "x, line 1: a thing has 6 columns"),
        (f"{LINE}\n{LINE}", "the thing 租金 stands there twice"),
        (f"{LINE}支出", "租金 belongs to 支出, which has no line of its own"),
        (f"{LINE}\n押金\t房租\t\toutlay\t\t", "the word 房租 means both 租金 and 押金"),
    ],
)
def test_a_bad_file_is_told_in_a_sentence(text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        parse_things(text, "x")
