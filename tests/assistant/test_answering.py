"""Which grant of a document answers: over a document written for these tests, with an index of its own."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.answer import Answer, Status
from assistant.build import build_snapshot
from assistant.clause.rule import Bound
from assistant.finding.candidates import Candidates
from assistant.service import PolicyAssistant
from assistant.settings import Settings

TEXT = """某市支持产业空间改造若干措施
一、老旧仓库改造
(一)投资补助。老旧仓库改造项目,按固定资产投资总额的25%给予投资补助,每个项目最高4000万元。
(二)贷款贴息。为改造老旧仓库而借的银行贷款,按贷款市场报价利率贴息,最长2年。
二、特色园区建设
(一)用地政策。老旧仓库等闲置房屋可以改造成企业研发或生产用房,对改造项目给予最高4000万元的固定资产投资补助或者贴息。
三、大学科技园
(一)建设支持。以先补后建的方式支持,按不超过项目总投资30%的标准,每个科技园最高支持3000万元,三年内拨完。
"""


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    folder = tmp_path_factory.mktemp("space")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "space.txt").write_text(TEXT, encoding="utf-8")
    settings = Settings(documents_dir=documents, index_dir=folder / "index")
    build_snapshot(settings)
    return PolicyAssistant.open(settings)


def ask(assistant: PolicyAssistant, question: str) -> Answer:
    return assistant.ask(question, as_of=date(2024, 1, 1))


def main(answer: Answer) -> tuple[Decimal, Bound] | None:
    return (answer.figures[0].amount, answer.figures[0].bound) if answer.figures else None


@pytest.mark.parametrize(
    "question",
    [
        "老仓库改造成企业研发或生产用房,固定资产投了8000万,走投资补助不走贴息,能拿多少",
        "老舊倉庫改造為研發用房,固定資產投資8000萬,投資補助可以拿多少",
        "老旧仓库改造项目,固投八千万,不要贷款贴息,选投资补助,能补多少",
    ],
)
def test_the_clause_with_the_share_answers_where_another_repeats_its_ceiling(
    local: PolicyAssistant, question: str
) -> None:
    assert main(ask(local, question)) == (20_000_000, Bound.EXACT)


@pytest.mark.parametrize(
    "question",
    [
        "老仓库改造成企业研发或生产用房,固定资产投了8000万,走贴息不走投资补助,能拿多少",
        "老旧仓库改造为企业研发用房,最高能拿多少",
    ],
)
def test_no_share_is_taken_of_what_is_not_asked_for(local: PolicyAssistant, question: str) -> None:
    assert main(ask(local, question)) != (20_000_000, Bound.EXACT)


def test_a_passage_that_states_a_sum_is_not_said_to_be_without_one(
    local: PolicyAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no grant is sure enough by itself, the passage that supports the subject is found, and its sum given."""
    monkeypatch.setattr(Candidates, "accepted_grant", lambda _: None)
    monkeypatch.setattr("assistant.finding.candidates.ACCEPTED", 0.0)
    answer = ask(local, "大学要办科技园,项目总投资8000万,最多支持多少")
    assert (answer.status, main(answer)) == (Status.ANSWERED, (24_000_000, Bound.AT_MOST))
