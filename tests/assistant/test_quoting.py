"""A long passage is quoted by the part that answers."""

from assistant.answering.quoting import LONG, quoted
from assistant.language.lexicon import shipped_lexicon
from assistant.language.terms import read_terms
from corpus.script import fold

PLAN = (
    "到2027年,全县建成冷库12座,新增冷藏车80辆,农产品加工率达到65%以上,培育县级龙头企业30家、市级龙头企业8家;"
    "建成数字化车间45个,智能工厂6家,5G基站320座,带动3,500户农户增收,形成从种植、加工到销售的完整链条;"
    "每年举办丰收节一次,引导村集体与加工企业签订收购合同,完善质量追溯体系,推动产业集聚发展。"
)


def asked(question: str) -> str:
    return quoted(PLAN, read_terms(fold(question), shipped_lexicon(), []))


def test_the_phrase_with_the_thing_and_its_number_is_quoted() -> None:
    assert len(PLAN) > LONG
    assert asked("要建多少个数字化车间").startswith("…建成数字化车间45个")
    assert len(asked("要建多少个数字化车间")) < 40


def test_it_is_the_clauses_own_words() -> None:
    assert asked("智能工厂多少家").strip("…") in PLAN
    assert len(asked("智能工厂多少家")) < LONG + 2


def test_a_number_with_a_comma_is_not_cut() -> None:
    assert "3,500户农户增收" in asked("带动多少农户")


def test_a_short_passage_and_one_that_holds_no_word_asked_for_are_quoted_whole() -> None:
    assert quoted("建成冷库12座。", read_terms("冷库", shipped_lexicon(), [])) == "建成冷库12座。"
    assert asked("光伏") == PLAN
    assert quoted(PLAN, ()) == PLAN
