"""Marginal scales: a share of a part is never taken of the whole."""

from decimal import Decimal

import pytest

from assistant.clause.extraction import extract_rules
from assistant.figures.calculation import Result, calculate, calculate_scale
from assistant.language.lexicon import shipped_lexicon
from assistant.question.situation import read_facts

LEXICON = shipped_lexicon()
SCALE = (
    "对年度投资额1000万元以下的部分按10%给予补助，1000万元至5000万元的部分按5%给予补助，"
    "超过5000万元的部分按2%给予补助，最高500万元。"
)


def scale_gives(said: str) -> Decimal | None:
    outcome = calculate_scale(extract_rules(SCALE), read_facts(said, LEXICON), LEXICON)
    assert outcome is not None
    return outcome.sums[0].amount if outcome.result is Result.COMPUTED else None


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("投资额800万元", 800_000),  # all in the first band: 800万 × 10%
        ("投资额1000万元", 1_000_000),  # its edge
        ("投资额1200万元", 1_100_000),  # 100万 + 200万 × 5%
        ("投资额5000万元", 3_000_000),  # 100万 + 4000万 × 5%
        ("投资额6000万元", 3_200_000),  # 300万 + 1000万 × 2%
        ("投资额3亿元", 5_000_000),  # 300万 + 2.5亿 × 2% = 800万, held at the ceiling
    ],
)
def test_each_band_is_paid_for_its_own_part(said: str, amount: int) -> None:
    assert scale_gives(said) == amount


def test_a_share_beyond_a_threshold_is_taken_of_what_lies_beyond() -> None:
    (rule,) = extract_rules("对成交额超过500万元部分，按3%给予奖励。")
    outcome = calculate(rule, read_facts("成交额800万元", LEXICON), LEXICON)
    assert outcome.sums[0].amount == 90_000  # 300万 × 3%


def test_at_the_threshold_nothing_lies_beyond() -> None:
    (rule,) = extract_rules("对成交额超过500万元部分，按3%给予奖励。")
    assert calculate(rule, read_facts("成交额500万元", LEXICON), LEXICON).result is Result.NOT_ELIGIBLE


def test_the_whole_is_not_taken_for_what_was_added() -> None:
    (rule,) = extract_rules("按企业当年纳税额新增部分的50%给予奖励。")
    assert calculate(rule, read_facts("今年纳税额800万元", LEXICON), LEXICON).result is Result.NEEDS_FACTS


def test_what_was_added_is_taken_when_it_is_stated() -> None:
    (rule,) = extract_rules("按企业当年纳税额新增部分的50%给予奖励。")
    outcome = calculate(rule, read_facts("纳税额新增80万元", LEXICON), LEXICON)
    assert outcome.sums[0].amount == 400_000
