"""The machine-readable contract: exactly these fields, decimal strings, and the listed words."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from assistant.answer import (
    Answer,
    Citation,
    ClauseCondition,
    ComparisonRow,
    ConversationState,
    EditedFact,
    Exchange,
    Figure,
    GivenFact,
    Highlight,
    MissingFact,
    Reference,
    Status,
    Warning,
    WarningCode,
)
from assistant.clause.extraction import extract_rules
from assistant.clause.rule import Bound, Condition, Operator, RuleKind, SubsidyRule, TextSpan, decimal_text
from assistant.service import PolicyAssistant

FIELDS = {
    Answer: "id status language text citations figures conditions warnings missing follow_ups facts comparison aspect nearest state",
    ClauseCondition: "text state start end decided_from",
    Citation: (
        "marker clause_id document document_number region address text start end in_force valid_from valid_to "
        "document_id focus departments planning_to highlights superseded_by"
    ),
    Figure: "amount currency bound per label steps assumed conditional citation",
    Highlight: "field start end",
    GivenFact: "fact value unit",
    ComparisonRow: "region document what rate sum cap conditions validity in_force citation",
    Reference: "clause_id start end",
    EditedFact: "fact unit was value",
    Exchange: "question cited edited",
    ConversationState: "exchanges",
    Warning: "code message",
    MissingFact: "fact question",
    TextSpan: "start end",
    Condition: "metric op value unit alternative span",
    SubsidyRule: (
        "beneficiary conditions kind rate rate_bound base amount cap per period years uplift spans "
        "rate_min rate_points amount_min cap_per annual_cap total_cap step step_of max_units months schedule uplift_points "
        "uplift_bound ladder additional implicit_rate currency"
    ),
}
QUESTIONS = [
    ("成都的小微企业租创业基地场地,房租40万,补多少",),
    ("成都的小微企业租创业基地场地,房租399999.99元,补多少",),
    ("成都的小微企业租创业基地场地补多少", "一年租金100亿呢"),
    ("给成都重点工业企业送了300名工人,干满半年,补助多少",),
    ("給成都重點工業企業送了12名工人,補助多少",),
    ("成都集成电路设备企业营收上台阶奖励核心团队多少",),
    ("成都和三明对新纳入规模以上的企业分别奖励多少",),
    ("What is the rent subsidy in Chengdu for a small business renting a business incubator?",),
    ("成都稳链补链方案还有效吗",),
    ("成都产业生态圈联盟由哪个部门负责",),
    ("成都的工业企业,电费100万,运费99万,能补多少",),
    ("三明给新生儿发多少奶粉钱",),
]


@pytest.mark.parametrize("model", FIELDS, ids=lambda model: model.__name__)
def test_the_fields_are_those_of_the_contract(model: type[Answer]) -> None:
    assert set(model.model_fields) == set(FIELDS[model].split())


@pytest.mark.parametrize(
    ("enum", "words"),
    [
        (Status, "answered needs_facts not_eligible no_amount_stated not_stated not_found"),
        (Bound, "exact at_most"),
        (RuleKind, "rate fixed per_unit cap_only interest"),
        (Operator, ">= > <= < =="),
        (
            WarningCode,
            "expired not_yet_in_force planning_period_over ambiguous source_damaged unreadable_amount",
        ),
    ],
    ids=["status", "bound", "kind", "op", "warning"],
)
def test_the_words_are_those_of_the_contract(enum: type[Status], words: str) -> None:
    assert {member.value for member in enum} == set(words.split())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3600000", "3600000"),
        ("3.6E+6", "3600000"),
        ("1E+14", "100000000000000"),
        ("3600000.00", "3600000"),
        ("0.0150", "0.015"),
        ("0", "0"),
        ("0.00", "0"),
        ("1E-7", "0.0000001"),
        ("100", "100"),
    ],
)
def test_a_decimal_is_written_without_exponent(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text


@pytest.mark.parametrize("turns", QUESTIONS, ids=[turns[-1] for turns in QUESTIONS])
def test_an_answer_keeps_the_contract(assistant: PolicyAssistant, turns: tuple[str, ...]) -> None:
    answer = assistant.ask(turns[-1], history=turns[:-1], as_of=date(2020, 10, 1), id="x-1")
    data = json.loads(answer.model_dump_json())
    assert set(data) == set(FIELDS[Answer].split())
    assert data["id"] == "x-1"
    assert data["language"] in {"zh", "zh-Hant", "en"}
    sources = {document.id: document.text for document in assistant.documents()}
    for number, citation in enumerate(data["citations"], start=1):
        assert citation["marker"] == number
        assert sources[citation["document_id"]][citation["start"] : citation["end"]] == citation["text"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", citation["valid_from"] or "2020-01-01")
    for figure in data["figures"]:
        assert re.fullmatch(r"\d+(\.\d{1,2})?", figure["amount"])
        assert figure["bound"] in {"exact", "at_most"}
        assert 1 <= figure["citation"] <= len(data["citations"])
        assert figure["steps"]
    for marker in re.findall(r"\[(\d+)\]", answer.text):
        assert 1 <= int(marker) <= len(data["citations"])


@pytest.mark.parametrize("turns", QUESTIONS, ids=[turns[-1] for turns in QUESTIONS])
def test_figures_and_citations_fit_the_status(assistant: PolicyAssistant, turns: tuple[str, ...]) -> None:
    answer = assistant.ask(turns[-1], history=turns[:-1], as_of=date(2020, 10, 1))
    if answer.status in (Status.NOT_ELIGIBLE, Status.NO_AMOUNT_STATED, Status.NOT_FOUND):
        assert answer.figures == ()
    assert bool(answer.citations) is (answer.status is not Status.NOT_FOUND)
    assert bool(answer.missing) is (answer.status is Status.NEEDS_FACTS)


def test_an_answer_is_read_back_as_it_was(assistant: PolicyAssistant) -> None:
    answer = assistant.ask(QUESTIONS[0][0], as_of=date(2020, 10, 1))
    assert Answer.model_validate_json(answer.model_dump_json()) == answer


def test_an_answer_without_an_id_says_null(assistant: PolicyAssistant) -> None:
    assert json.loads(assistant.ask(QUESTIONS[0][0]).model_dump_json())["id"] is None


def test_unknown_fields_are_refused_and_answers_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Answer.model_validate({"status": "answered", "language": "zh", "text": "x", "score": 1})
    answer = Answer(status=Status.NOT_FOUND, language="zh", text="x")
    with pytest.raises(ValidationError):
        answer.text = "y"  # type: ignore[misc]


def test_a_rule_is_written_with_decimal_strings_and_spans_of_its_text() -> None:
    text = "对营业收入1亿元以上的企业,按照实际投入的12.5%给予最高500万元补助。"
    (rule,) = extract_rules(text)
    data = json.loads(rule.model_dump_json())
    assert (data["rate"], data["cap"], data["kind"]) == ("0.125", "5000000", "rate")
    assert data["conditions"][0]["value"] == "100000000"
    assert data["conditions"][0]["op"] in {">=", ">", "<=", "<", "=="}
    assert {name: text[span["start"] : span["end"]] for name, span in data["spans"].items()}["cap"].startswith("500万")
