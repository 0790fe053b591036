"""English readers get a line on what the clause grants."""

from decimal import Decimal

from assistant.answering.gloss import gloss, in_english
from assistant.answering.messages import Phrases
from assistant.clause.extraction import extract_rules
from assistant.language.lexicon import shipped_lexicon
from assistant.question import Language

ENGLISH = Phrases(Language.ENGLISH)


def line(clause: str) -> str:
    (rule,) = extract_rules(clause)
    return gloss(rule, ENGLISH, shipped_lexicon())


def test_a_share_with_a_ceiling_is_told_in_english() -> None:
    assert line("按年度保费支出的40%给予补贴，最高不超过20万元。").startswith("In English: 40% of ")
    assert line("按年度保费支出的40%给予补贴，最高不超过20万元。").endswith("at most RMB 200,000.")


def test_a_share_that_is_itself_a_ceiling_says_up_to() -> None:
    assert "up to 15% of" in line("按不超过设备投资额的15%给予补助，最高300万元。")


def test_a_ceiling_alone_is_no_promise() -> None:
    assert line("对获得认定的企业，给予最高80万元奖励。") == "In English: at most RMB 800,000."


def test_a_clauses_words_carry_their_meaning() -> None:
    assert in_english("场地租金", shipped_lexicon()).startswith("场地租金 (")


def test_words_the_glossary_does_not_know_stay_as_they_are() -> None:
    assert in_english("甲乙丙丁", shipped_lexicon()) == "甲乙丙丁"
    assert ENGLISH.money(Decimal(1)) == "RMB 1"
