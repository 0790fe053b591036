"""Extraction reads the same rules however the clause is typed, and never fails."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.clause.extraction import extract_rules, grants_without_amount, unread_money
from assistant.clause.rule import SubsidyRule
from corpus.script import to_traditional

CLAUSES = [
    "对企业购置设备的,按设备购置额的12%给予补助,单个企业最高不超过80万元。",
    "对年销售额突破2亿元、8亿元的企业,分别奖励15万元、40万元。",
    "给予每人每月800元的生活补贴,补贴期限3年。",
    "出口额每增加50万美元奖励2万元,每家企业最高奖励30万元。",
    "在给予不超过投入8%、最高50万元补助的基础上,补助金额再上浮30%。",
    "投资额300-600万元的,按3%给予补助;600万元以上的,按5%给予补助,最高100万元。",
]


def figures(rules: tuple[SubsidyRule, ...]) -> list[tuple[object, ...]]:
    return [
        (
            (rule.kind, rule.rate, rule.rate_bound, rule.amount, rule.cap, rule.years, rule.step, rule.uplift),
            *((condition.op, condition.value, condition.unit) for condition in rule.conditions),
        )
        for rule in rules
    ]


@given(st.sampled_from(CLAUSES), st.randoms(use_true_random=False))
def test_spaces_between_characters_change_nothing(clause: str, random: object) -> None:
    spaced = ""
    for before, after in zip(clause, clause[1:] + "。", strict=True):
        digits = before in "0123456789." and after in "0123456789."
        spaced += before + (" " if not digits and random.random() < 0.3 else "")  # type: ignore[attr-defined]
    assert figures(extract_rules(spaced)) == figures(extract_rules(clause))


@given(st.sampled_from(CLAUSES))
def test_traditional_script_changes_nothing(clause: str) -> None:
    assert figures(extract_rules(to_traditional(clause))) == figures(extract_rules(clause))


@given(st.sampled_from(CLAUSES))
def test_full_width_changes_nothing(clause: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in clause)
    assert figures(extract_rules(wide)) == figures(extract_rules(clause))


@given(
    st.integers(min_value=1, max_value=99_999),
    st.sampled_from(["给予{}奖励", "给予最高{}的补助", "一次性补贴{}", "补助金额不超过{}"]),
)
def test_any_sum_in_any_frame_is_read_to_the_yuan(yuan: int, frame: str) -> None:
    (rule,) = extract_rules(frame.format(f"{Decimal(yuan) / 10:f}万元"))
    assert yuan * 1000 in {rule.amount, rule.cap}
    assert (rule.cap is None) == ("最高" not in frame and "不超过" not in frame)


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    for rule in extract_rules(text):
        assert all(0 <= span.start <= span.end <= len(text) for span in rule.spans.values())


WORDS = [
    "给予",
    "奖励",
    "补助",
    "对",
    "按",
    "分别",
    "最高",
    "不超过",
    "每家",
    "每年",
    "企业",
    "的",
    ",",
    "、",
    ";",
    "。",
    ":",
    "(",
    ")",
    "10万元",
    "20%",
    "3年",
    "1亿元",
    "以上",
    "或",
    "且",
    "国家级",
    "省级",
    "上浮",
    "贴息",
    "租金",
    "减半",
    "分三年",
    "每增加",
    "第一年",
    "\n",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_no_mixture_of_policy_words_makes_it_fail(text: str) -> None:
    for rule in extract_rules(text):
        assert all(0 <= span.start <= span.end <= len(text) for span in rule.spans.values())
    for span in (*grants_without_amount(text), *unread_money(text)):
        assert text[span.start : span.end]
