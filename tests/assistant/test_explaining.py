"""Explaining: the rules of a collection, and what each stretch of a clause became."""

from decimal import Decimal

import pytest

from assistant.answering.explaining import CONDITION, NO_AMOUNT, UNREAD, explain, read_rules
from corpus.collection import Collection, load_collection, read_document
from corpus.errors import UnknownNameError

TEXT = """某市支持企业发展若干措施
一、支持政策
(一)智能改造。对固定资产投入达到1000万元以上的技术改造项目,按照实际投入的10%给予最高200万元补助。
(二)人才支持。对引进人才的企业给予经费补贴。
(三)认定奖励。对新认定的省级、市级专精特新企业,分别给予20万元、10万元奖励。
"""


@pytest.fixture(scope="module")
def collection() -> Collection:
    return Collection((read_document("measures", TEXT, TEXT.encode()),))


@pytest.fixture(scope="module")
def shipped() -> Collection:
    return load_collection()


def test_every_rule_quotes_the_sentence_it_was_read_from(shipped: Collection) -> None:
    rules = read_rules(shipped)
    assert len(rules) > 30
    for rule in rules:
        document = shipped.document(rule.document_id)
        clause = document.clauses_by_id[rule.clause_id]
        assert rule.sentence
        assert rule.sentence in clause.text
        assert rule.document == document.metadata.title


def test_rules_of_one_document_and_of_one_region(shipped: Collection) -> None:
    everything = read_rules(shipped)
    one = read_rules(shipped, document="sanming-2020-twelve-measures")
    assert one == tuple(r for r in everything if r.document_id == "sanming-2020-twelve-measures") != ()
    assert {rule.region for rule in read_rules(shipped, region="成都")} == {"成都"}
    assert read_rules(shipped, document="sanming-2020-twelve-measures", region="成都") == ()


def test_a_document_or_region_that_is_not_there_is_named(shipped: Collection) -> None:
    with pytest.raises(UnknownNameError, match="sanming-2021"):
        read_rules(shipped, document="sanming-2021")
    with pytest.raises(UnknownNameError, match="苏州"):
        read_rules(shipped, region="苏州")


def test_each_mark_says_what_it_became(collection: Collection) -> None:
    (found,) = explain(collection, "measures#一.(一)")
    became = {(mark.text, r.field, r.value, r.unit) for mark in found.marks for r in mark.became}
    assert ("10%", "rate", "0.1", "fraction") in became
    assert ("200万元", "cap", "2000000", "yuan") in became
    assert ("实际投入", "base", "实际投入", "") in became
    assert any(field == CONDITION and value.endswith(">= 10000000") for _, field, value, _ in became)
    assert [rule.cap for rule in found.rules] == [Decimal(2_000_000)]


def test_marks_are_the_clauses_own_characters_in_reading_order(shipped: Collection) -> None:
    marked = 0
    for document in shipped.documents:
        for leaf in document.leaves:
            (found,) = explain(shipped, leaf.id)
            assert found.text == leaf.text
            assert [mark.number for mark in found.marks] == list(range(1, len(found.marks) + 1))
            assert list(found.marks) == sorted(found.marks, key=lambda mark: (mark.start, mark.end))
            for mark in found.marks:
                marked += 1
                assert found.text[mark.start : mark.end] == mark.text != ""
                assert mark.became
    assert marked > 100


def test_a_grant_without_a_sum_is_shown_as_left_out(collection: Collection) -> None:
    (found,) = explain(collection, "measures#一.(二)")
    assert found.rules == ()
    assert [reading.field for mark in found.marks for reading in mark.became] == [NO_AMOUNT]


def test_money_that_was_not_read_is_shown_as_left_out() -> None:
    text = "某市措施\n一、支持政策\n(一)年产值1亿元、2亿元、3亿元以上的企业,分别奖励10万元、20万元。\n"
    collection = Collection((read_document("measures", text, text.encode()),))
    (found,) = explain(collection, "measures#一.(一)")
    assert [(m.text, r.field) for m in found.marks for r in m.became if r.rule is None] == [("10万元、20万元", UNREAD)]


def test_rules_that_share_a_stretch_share_its_mark(collection: Collection) -> None:
    (found,) = explain(collection, "measures#一.(三)")
    places = [(mark.start, mark.end) for mark in found.marks]
    assert len(places) == len(set(places))
    assert {reading.rule for mark in found.marks for reading in mark.became} == {1, 2}


def test_a_clause_with_children_explains_each_of_its_leaves(collection: Collection) -> None:
    whole = explain(collection, "measures#一")
    leaves = [leaf.id for leaf in collection.leaves if leaf.id.startswith("measures#一")]
    assert [found.clause_id for found in whole] == leaves


def test_a_clause_that_is_not_there_names_near_ones(collection: Collection) -> None:
    with pytest.raises(UnknownNameError, match=r"measures#一\.\(一\)"):
        explain(collection, "measures#一.(九)")
