"""The glossary and the terms of a question."""

import pytest

from assistant.language.lexicon import GENERAL, MEASURES, Concept, Lexicon, parse_glossary, shipped_lexicon
from assistant.language.terms import GENERAL_WEIGHT, NUMBER_WEIGHT, content_stretches, plain_words, read_terms
from corpus.errors import SettingsError
from corpus.script import fold

SMALL = Lexicon(
    parse_glossary(
        "租金、房租、租\trent|renting\tspending\n租赁合同\tlease contract\t\n# a remark\n\n企业\tfirm\tgeneral\n",
        "x.tsv",
    )
)


def words(text: str, lexicon: Lexicon = SMALL) -> list[str]:
    return [mention.word for mention in lexicon.mentions(fold(text))]


def test_the_longest_word_wins_at_each_place() -> None:
    assert words("租赁合同的租金") == ["租赁合同", "租金"]


def test_a_mention_says_where_it_stands() -> None:
    (mention,) = SMALL.mentions("问房租多少")
    assert (mention.start, mention.end) == (1, 3)


def test_traditional_and_full_width_words_are_found_after_folding() -> None:
    assert words("租賃合同 ＲＥＮＴ") == ["租赁合同", "rent"]


@pytest.mark.parametrize("text", ["current", "parent company", "different", "torrents"])
def test_an_english_word_is_never_found_inside_another(text: str) -> None:
    assert "rent" not in words(text)


def test_an_english_plural_is_the_same_word() -> None:
    assert SMALL.concepts_in("rents") == SMALL.concepts_in("rent") == {0}


@pytest.mark.parametrize(
    ("line", "number"),
    [("租金\trent", 1), ("# x\n租金\trent\tspent", 2), ("租金 rent spending", 1), ("a\tb\tspending\textra", 1)],
    ids=["two columns", "unknown measure", "spaces for tabs", "four columns"],
)
def test_a_bad_glossary_line_is_named(line: str, number: int) -> None:
    with pytest.raises(SettingsError, match=f"x.tsv, line {number}:"):
        parse_glossary(line, "x.tsv")


def test_a_concept_is_searched_by_words_of_two_characters_or_more() -> None:
    assert Concept(0, ("租金", "租"), ("rent",), generic=False, measure="cost").searchable == ("租金",)


def test_the_shipped_glossary_is_whole() -> None:
    lexicon = shipped_lexicon()
    assert len(lexicon.concepts) > 600
    assert all(concept.chinese or concept.english for concept in lexicon.concepts)
    assert {concept.measure for concept in lexicon.concepts} <= MEASURES
    assert [concept.number for concept in lexicon.concepts] == list(range(len(lexicon.concepts)))


@pytest.mark.parametrize(
    ("everyday", "official"),
    [
        ("房租", "租金"),
        ("电费", "用能费用"),
        ("freight", "物流费用"),
        ("turnover", "营业收入"),
        ("运费", "物流"),
        ("secretariat", "办公室"),
        ("convener", "召集人"),
        ("fishing boats", "渔船"),
        ("cold store", "冷库"),
        ("私企", "民营企业"),
        ("出糧", "工资"),
        ("薪資", "薪酬"),
        ("headcount", "从业人员"),
        ("vacancy rate", "入驻率"),
        ("total output", "总产值"),
        ("clawback", "追回"),
        ("sole trader", "个体工商户"),
        ("育成中心", "孵化器"),
    ],
)
def test_everyday_and_official_words_share_a_concept(everyday: str, official: str) -> None:
    lexicon = shipped_lexicon()
    assert lexicon.concepts_in(fold(everyday)) & lexicon.concepts_in(official)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("营业收入", "投资"),
        ("贷款", "投入"),
        ("房租", "电费"),
        ("高级技师", "技师"),
        ("创业板", "科创板"),
        ("实用新型", "外观设计"),
        ("市长质量奖", "中国质量奖"),
        ("减半", "免除"),
        ("重点项目", "重大项目"),
        ("department of commerce", "department"),
    ],
)
def test_different_things_share_no_concept(one: str, other: str) -> None:
    lexicon = shipped_lexicon()
    assert not lexicon.concepts_in(one) & lexicon.concepts_in(other)


# ── terms ──


def test_a_term_is_found_by_any_of_its_synonyms() -> None:
    (term,) = [term for term in read_terms("房租", SMALL) if term.number == 0]
    assert {"租金", "房租"} <= set(term.alternatives)


def test_words_that_only_ask_are_no_terms() -> None:
    assert read_terms(fold("请问怎么样,能告诉我吗"), SMALL) == ()


@pytest.mark.parametrize(
    "text", ["唔該,我哋可以攞幾多呀", "咋整嘛,能拿啥子", "exactly how much would we actually get, roughly"]
)
def test_dialect_and_polite_words_are_no_terms(text: str) -> None:
    assert read_terms(fold(text), SMALL) == ()


def test_general_words_weigh_less() -> None:
    (term,) = read_terms("企业", SMALL)
    assert term.weight == GENERAL_WEIGHT < 1
    assert SMALL.concepts[term.number or 0].measure == GENERAL


def test_hidden_stretches_are_not_read() -> None:
    text = "成都房租"
    assert [term.surface for term in read_terms(text, SMALL, [(0, 2)])] == ["房租"]


def test_a_number_is_a_weak_term() -> None:
    terms = {term.surface: term.weight for term in read_terms("房租 512", SMALL)}
    assert terms["512"] == NUMBER_WEIGHT


def test_each_thing_is_one_term() -> None:
    assert len(read_terms("房租租金房租", SMALL)) == 1


def test_plain_words_are_the_shortest_dictionary_words() -> None:
    found = plain_words("人工智能产业园")
    assert "人工智能" not in found or not any(word != "人工智能" and word in "人工智能" for word in found)
    assert all(len(word) > 1 for word in found)
    assert found


def test_no_glossary_word_is_found_at_the_beginning_of_a_longer_one() -> None:
    for concept in shipped_lexicon().concepts:
        for word in concept.english:
            found = shipped_lexicon().mentions(f"{word}ing")
            assert all(mention.end == len(word) + 3 or " " in word for mention in found if mention.start == 0), word


def test_chinese_in_quotation_marks_is_meant_word_for_word_and_english_is_looked_up_word_by_word() -> None:
    assert "链主企业" in {term.surface for term in read_terms(fold("什么是“链主企业”"), SMALL)}
    terms = {term.surface for term in read_terms(fold('is "rented floor space" paid for'), SMALL)}
    assert "rentedfloorspace" not in terms
    assert any("rent" in surface for surface in terms)


@pytest.mark.parametrize("text", ["写错了", "我搞错了,更正一下", "听说顶天能给多少"])
def test_a_word_that_corrects_or_passes_on_is_no_subject(text: str) -> None:
    assert read_terms(fold(text), SMALL) == ()


def test_a_turn_is_cut_where_places_sums_and_asking_words_stand() -> None:
    assert content_stretches("梅溪县租厂房花了60万,请问怎么补", [(0, 3), (8, 11)]) == ("租厂房", ",")
