"""How earlier turns and the last one become one inquiry."""

from datetime import date

import pytest

from assistant.language.lexicon import shipped_lexicon
from assistant.question import Intent, Language
from assistant.question.conversation import Inquiry, day_of, put_together
from assistant.question.places import PlaceFinder
from corpus.collection import load_collection


@pytest.fixture(scope="module")
def places() -> PlaceFinder:
    return PlaceFinder(load_collection().documents)


def inquire(places: PlaceFinder, *turns: str, region: str | None = None) -> Inquiry:
    return put_together(turns[-1], turns[:-1], shipped_lexicon(), places, region)


def surfaces(inquiry: Inquiry) -> set[str]:
    return {term.surface for term in inquiry.terms}


def test_a_first_turn_stands_alone(places: PlaceFinder) -> None:
    inquiry = inquire(places, "成都租创业基地的房子补多少")
    assert not inquiry.follow_up
    assert (inquiry.intent, inquiry.regions) == (Intent.AMOUNT, ("成都",))


def test_place_and_subject_carry_over(places: PlaceFinder) -> None:
    inquiry = inquire(places, "成都租创业基地的房子补多少", "租金40万呢")
    assert inquiry.follow_up
    assert inquiry.regions == ("成都",)
    assert inquiry.intent is Intent.AMOUNT
    assert any("创业基地" in term.alternatives for term in inquiry.terms)
    assert [fact.value for fact in inquiry.facts] == [400_000]


def test_a_new_place_replaces_the_earlier(places: PlaceFinder) -> None:
    assert inquire(places, "成都小升规奖多少", "那三明呢").regions == ("三明",)


def test_a_place_elsewhere_drops_the_place(places: PlaceFinder) -> None:
    inquiry = inquire(places, "成都小升规奖多少", "那杭州呢")
    assert inquiry.regions == ()
    assert "杭州" in inquiry.elsewhere


def test_coming_back_from_elsewhere(places: PlaceFinder) -> None:
    inquiry = inquire(places, "杭州小升规奖多少", "那成都呢")
    assert (inquiry.regions, inquiry.elsewhere) == (("成都",), ())


def test_a_statement_keeps_the_question_open(places: PlaceFinder) -> None:
    assert inquire(places, "成都技改补多少", "我们投了800万").intent is Intent.AMOUNT


def test_a_new_question_changes_the_intent(places: PlaceFinder) -> None:
    assert inquire(places, "成都技改补多少", "这个政策几时到期").intent is Intent.VALIDITY
    assert inquire(places, "成都技改补多少", "由谁负责").intent is Intent.DEPARTMENT


def test_the_language_is_that_of_the_last_turn(places: PlaceFinder) -> None:
    assert inquire(places, "成都技改补多少", "what about RMB 8 million?").turn.language is Language.ENGLISH
    assert inquire(places, "what is the rent subsidy in Chengdu", "租金四十萬呢").turn.language is Language.TRADITIONAL


def test_carried_terms_weigh_less_than_fresh_ones(places: PlaceFinder) -> None:
    inquiry = inquire(places, "成都租创业基地的房子补多少", "集成电路企业营收突破5亿元奖励多少")
    weights = {term.surface: term.weight for term in inquiry.terms}
    carried = [w for surface, w in weights.items() if surface in ("创业基地", "房子", "租")]
    assert carried
    assert max(carried) < min(w for surface, w in weights.items() if surface == "集成电路")


def test_a_level_carries_over_until_another_is_named(places: PlaceFinder) -> None:
    assert inquire(places, "省级企业技术中心奖多少", "在三明呢").levels == ("省级",)
    assert inquire(places, "省级企业技术中心奖多少", "国家级的呢").levels == ("国家级",)


def test_what_was_denied_stays_denied(places: PlaceFinder) -> None:
    inquiry = inquire(places, "我们没列入培育名单", "固定资产投了500万补多少")
    assert any("培育名单" in words for words in inquiry.negated)


def test_facts_of_three_turns(places: PlaceFinder) -> None:
    inquiry = inquire(places, "成都技改补多少", "投了1800万,营收5亿", "投了900万呢")
    assert sorted(fact.value for fact in inquiry.facts) == [9_000_000, 500_000_000]


def test_the_pages_region_applies_unless_another_is_named(places: PlaceFinder) -> None:
    assert inquire(places, "小升规奖多少", region="三明").regions == ("三明",)
    assert inquire(places, "成都小升规奖多少", region="三明").regions == ("成都",)
    assert inquire(places, "杭州小升规奖多少", region="三明").regions == ()


def test_a_comparison_keeps_each_regions_own_words(places: PlaceFinder) -> None:
    inquiry = inquire(places, "在成都租创业基地的房子补多少,在三明新升规上企业奖多少")
    assert inquiry.regions == ("成都", "三明")
    parts = {part.region: {term.surface for term in part.terms} for part in inquiry.parts}
    assert "创业基地" in parts["成都"]
    assert "创业基地" not in parts["三明"]


def test_the_same_turns_make_the_same_inquiry(places: PlaceFinder) -> None:
    turns = ("成都技改补多少", "投了1800万,营收5亿", "那三明呢")
    assert inquire(places, *turns) == inquire(places, *turns)


def test_the_day_is_the_one_given_else_today(places: PlaceFinder) -> None:
    inquiry = inquire(places, "成都技改补多少")
    assert day_of(inquiry, date(2021, 4, 1)) == date(2021, 4, 1)
    before = date.today()
    assert before <= day_of(inquiry, None) <= date.today()


def test_what_stands_before_each_place_belongs_to_it_with_its_level(places: PlaceFinder) -> None:
    inquiry = inquire(
        places,
        "We won a provincial key laboratory at our Sanming site and a national key laboratory at our Chengdu site.",
    )
    assert [(part.region, part.levels) for part in inquiry.parts] == [("三明", ("省级",)), ("成都", ("国家级",))]
