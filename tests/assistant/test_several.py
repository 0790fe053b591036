"""Several questions or cases in one turn, sums over clauses, what a sum takes and why it is that one, and conversations.

Each line of ``cases/several/visits.jsonl`` is a conversation over two made documents and what its last answer must hold.
"""

import json
import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.build import build_snapshot
from assistant.clause.rule import Bound, Condition, Operator, RuleKind, SubsidyRule
from assistant.clause.stacking import Stacking
from assistant.clause.stacking_rule import rule_of
from assistant.figures.across import across
from assistant.figures.calculation import calculate
from assistant.figures.reverse import needed_for, thresholds
from assistant.language.lexicon import shipped_lexicon
from assistant.question.aims import Aim, aims_of
from assistant.question.situation import read_facts
from assistant.question.splitting import stretches
from assistant.service import PolicyAssistant
from assistant.settings import Settings
from corpus.collection import load_collection
from corpus.script import fold

FOLDER = Path(__file__).parents[1] / "cases" / "several"
VISITS = [json.loads(line) for line in (FOLDER / "visits.jsonl").read_text(encoding="utf-8").splitlines()]
FIFTH = SubsidyRule(kind=RuleKind.RATE, rate=Decimal("0.2"), base="设备投入", cap=Decimal(3_000_000))
TRUCK = SubsidyRule(kind=RuleKind.PER_UNIT, amount=Decimal(30_000), per="每辆", cap=Decimal(600_000))
FIXED = SubsidyRule(kind=RuleKind.FIXED, amount=Decimal(120_000))


@pytest.fixture(scope="module")
def fengdu(tmp_path_factory: pytest.TempPathFactory) -> PolicyAssistant:
    """The assistant over the documents of this folder."""
    settings = Settings(documents_dir=FOLDER / "documents", index_dir=tmp_path_factory.mktemp("index"))
    build_snapshot(settings)
    return PolicyAssistant.open(settings)


def plain(text: str) -> str:
    return "".join(text.split()).replace(",", "").lower()


def faults(visit: Mapping[str, Any], answer: Answer) -> list[str]:
    """What an answer lacks of what a visit wants."""
    found = []
    if answer.status.value not in {visit["status"], *visit["status_alt"]}:
        found.append(f"status {answer.status.value}")
    wanted = [(one["amount"], one["bound"]) for one in visit["figures"]][:1]
    given = [(int(figure.amount), figure.bound.value) for figure in answer.figures]
    if wanted and answer.status.value == visit["status"] and given[:1] != wanted:
        found.append(f"figures {given}")
    cited = [plain(citation.text) for citation in answer.citations]
    groups = [any(plain(words) in text for words in group for text in cited) for group in visit["cite"]]
    if sum(groups) < math.ceil(visit["share"] * len(groups)):
        found.append("citations")
    said = plain(answer.text)
    found += [f"lacks {group}" for group in visit["text_has"] if not any(plain(words) in said for words in group)]
    return found + [f"says {words}" for words in visit["text_lacks"] if plain(words) in said]


@pytest.mark.parametrize("visit", VISITS, ids=[visit["id"] for visit in VISITS])
def test_a_visit_gets_what_the_documents_say(fengdu: PolicyAssistant, visit: Mapping[str, Any]) -> None:
    answer = fengdu.ask(visit["question"], history=visit["history"], as_of=date.fromisoformat(visit["as_of"]))
    assert faults(visit, answer) == [], answer.text


# ── what is wanted ──


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("锅炉改造花了300万,顺带做了两次认证,两样一共给多少", Aim.SEVERAL),
        ("招工奖励跟设备补贴,哪一个多", Aim.MORE),
        ("整份政策里哪条给得最多", Aim.MOST),
        ("得花几多钱才能把上限拿满", Aim.NEEDED),
        ("怎么会不是90万呢", Aim.WHY),
        ("运费补贴和租金补贴能一起要吗", Aim.STACKS),
        ("还是回到最早问的那个", Aim.RETURNS),
    ],
)
def test_a_turn_in_words_of_its_own_shows_what_it_wants(text: str, aim: Aim) -> None:
    assert aim in aims_of(fold(text))


@pytest.mark.parametrize("text", ["租金一年30万能补多少", "谁负责", "上限是多少", "三年一共多少"])
def test_a_plain_question_wants_one_sum(text: str) -> None:
    assert aims_of(fold(text)) & {Aim.MOST, Aim.NEEDED, Aim.WHY, Aim.STACKS, Aim.RETURNS} == set()


def test_a_turn_is_cut_at_its_marks_and_where_a_further_thing_begins() -> None:
    assert stretches(fold("冷库投了1,200万,又买了8辆车,另外租金多少")) == ("冷库投了1,200万", "又买了8辆车", "租金多少")
    assert stretches("租金补助和用电补助", closely=True) == ("租金补助", "和用电补助")


# ── sums ──


def worked(rule: SubsidyRule, text: str) -> Any:
    return calculate(rule, read_facts(fold(text), shipped_lexicon()), shipped_lexicon())


def test_awards_add_up_where_the_document_lets_them() -> None:
    total = across([worked(FIFTH, "设备投入500万"), worked(FIXED, "")], Stacking.ADDS)
    assert total is not None
    assert (total.sum.amount, total.sum.bound) == (1_120_000, Bound.EXACT)


def test_only_the_highest_is_paid_where_the_document_says_so() -> None:
    total = across([worked(FIFTH, "设备投入500万"), worked(FIXED, "")], Stacking.HIGHEST)
    assert total is not None
    assert (total.sum.amount, total.sum.bound) == (1_000_000, Bound.EXACT)


def test_one_part_at_most_makes_the_total_at_most() -> None:
    total = across([worked(FIFTH, ""), worked(FIXED, "")], Stacking.UNSAID)
    assert total is not None
    assert (total.sum.amount, total.sum.bound) == (3_120_000, Bound.AT_MOST)


def test_what_one_recipient_gets_of_all_together_is_the_ceiling_of_a_total() -> None:
    parts = [worked(FIFTH, "设备投入1200万"), worked(FIXED, "")]
    total = across(parts, Stacking.ADDS, ceiling=Decimal(2_000_000))
    assert total is not None
    assert total.sum.amount == 2_000_000


def test_the_price_of_one_of_many_is_added_to_nothing() -> None:
    assert across([worked(TRUCK, ""), worked(FIXED, "")], Stacking.ADDS) is None


def test_the_same_money_used_twice_gives_no_exact_total() -> None:
    twice = worked(FIFTH, "设备投入500万")
    total = across([twice, twice], Stacking.UNSAID)
    assert total is not None
    assert total.sum.bound is Bound.AT_MOST


def test_a_document_says_once_how_its_awards_go_together() -> None:
    rules = {
        document.metadata.region: rule_of(document) for document in load_collection(FOLDER / "documents").documents
    }
    assert {region: (rule.stacking, rule.of_one_matter) for region, rule in rules.items() if rule is not None} == {
        "枫渡": (Stacking.ADDS, False),
        "霁川": (Stacking.ONE, True),
    }
    fengdu = rules["枫渡"]
    assert fengdu is not None
    assert fengdu.ceiling == 8_000_000


# ── the other way round ──


def test_a_ceiling_divided_by_the_share_is_what_it_takes() -> None:
    needed = needed_for(FIFTH)
    assert needed is not None
    assert (needed.value, needed.base, needed.at_most_rate) == (15_000_000, "设备投入", False)


def test_a_sum_above_the_ceiling_is_not_to_be_had() -> None:
    assert needed_for(FIFTH, Decimal(4_000_000)) is None


def test_as_many_are_needed_as_reach_the_sum() -> None:
    needed = needed_for(TRUCK, Decimal(100_000))
    assert needed is not None
    assert (needed.value, needed.unit) == (4, "辆")


def test_a_threshold_says_how_much_is_lacking() -> None:
    least = Condition(metric="设备投入", op=Operator.AT_LEAST, value=Decimal(5_000_000), unit="yuan")
    rule = FIFTH.model_copy(update={"conditions": (least,)})
    (threshold,) = thresholds(rule, read_facts(fold("设备投入420万"), shipped_lexicon()), shipped_lexicon())
    assert threshold.lacking == 800_000
