import pytest

from assistant.question.preamble import asks_for_purpose, is_preamble


@pytest.mark.parametrize(
    "text",
    [
        "为贯彻落实上级部署,推动工业发展,制定本办法。",
        "第一条为规范资金管理,根据《某条例》,结合本市实际,制定本细则。",
        "根据《某细则》,现就组织申报示范项目有关事项通知如下:",
        "为支持外贸企业,现提出以下政策措施。",
    ],
)
def test_a_sentence_that_only_says_why_is_a_preamble(text: str) -> None:
    assert is_preamble(text)


@pytest.mark.parametrize(
    "text",
    [
        "为推动绿色发展,特制定本方案,实施期限为2021—2025年。",
        "为企业提供贷款贴息。",
        "根据企业研发投入,给予10%补助。",
        "为鼓励创新,制定本办法。对企业给予10万元奖励。",
        "为入驻企业提供如下服务:代办注册。",
    ],
)
def test_a_sentence_that_says_more_is_none(text: str) -> None:
    assert not is_preamble(text)


@pytest.mark.parametrize(
    "text", ["这个办法的制定依据是什么", "为什么要出台这份政策", "what is the purpose of the plan"]
)
def test_a_question_for_purpose_or_basis(text: str) -> None:
    assert asks_for_purpose(text)


@pytest.mark.parametrize("text", ["先进制造企业引进博士给安家费吗", "which clause covers training"])
def test_a_question_for_anything_else(text: str) -> None:
    assert not asks_for_purpose(text)
