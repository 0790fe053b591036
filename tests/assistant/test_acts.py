"""What a turn does, told by weights that were learned from the labelled turns."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from assistant.question.acts import Act, ActReader, ngrams, shipped_acts
from corpus.script import fold

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def training() -> ModuleType:
    """The script that learns; it is no part of a package."""
    spec = importlib.util.spec_from_file_location("train_acts", ROOT / "tests" / "benchmarks" / "train_acts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def likely(text: str) -> dict[Act, float]:
    return shipped_acts().probabilities(fold(text))


def test_the_shipped_weights_are_those_of_the_labelled_turns(training: ModuleType) -> None:
    with np.load(training.TARGET) as data:
        recorded = str(data["digest"])
    command = "python tests/benchmarks/train_acts.py --write"
    assert recorded == training.digest(training.load()), f"the labelled turns or the features changed: {command}"


def test_every_act_is_taught_by_sixty_turns(training: ModuleType) -> None:
    rows = training.load()
    assert [act for act in Act if sum(row.acts.get(act, False) for row in rows) < 60] == []


def test_no_turn_is_written_down_twice(training: ModuleType) -> None:
    texts = [text for _, text in training.pairs(training.CASES / "turns.tsv")]
    assert len(texts) == len(set(texts)) > 600


def test_questions_kept_for_judging_are_not_learned_from(training: ModuleType) -> None:
    learned = {row.text for row in training.load()}
    kept = [line["question"] for name in training.HELD_OUT for line in training.read(training.CASES / f"{name}.jsonl")]
    alone = [question for question in kept if len(question) > 12]  # "谁负责" is everybody's
    assert alone
    assert [question for question in alone if question in learned] == []


def test_a_misspelt_act_is_refused(training: ModuleType) -> None:
    with pytest.raises(ValueError, match=r"'mony'.* are no acts; an act is one of .*'money'"):
        training.every_act({"mony"})


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("前面聊的都不算,想打听水费能减免多少钱", Act.MONEY),
        ("补贴名额公布那天是几号", Act.DATE),
        ("这事最后由哪个委来拍板负责", Act.DEPARTMENT),
        ("那份旧通知如今还有效没有", Act.VALIDITY),
        ("两个市放一块比较,哪边要求松", Act.COMPARES),
        ("三年全都拿满,加起来总共是多少钱", Act.WHOLE_PERIOD),
        ("這筆獎勵的錢由市裡出還是縣裡出", Act.WHO_PAYS),
        ("How often does the working group have to meet?", Act.HOW_OFTEN),
        ("Please show me the exact wording of that paragraph", Act.ORIGINAL),
    ],
)
def test_a_turn_in_words_of_its_own_is_understood(text: str, act: Act) -> None:
    assert likely(text)[act] > 0.5


@pytest.mark.parametrize(
    "text",
    [
        "奖励从几月几号起可以申报",
        "补贴多久发一次",
        "拿补贴的企业要招够几个人",
        "which bureau checks the grant applications",
    ],
)
def test_a_question_about_a_grant_is_not_one_for_its_sum(text: str) -> None:
    assert likely(text)[Act.MONEY] < 0.5


def test_a_question_weighs_as_much_behind_a_long_story() -> None:
    story = "我们公司去年从外地搬过来,租了两层楼,招了四十几个人,一直在做工业软件,"
    assert likely(story + "这块谁负责?")[Act.DEPARTMENT] > 0.5


def test_how_much_a_number_is_does_not_change_what_is_asked() -> None:
    assert ngrams("投了800万能补多少") == ngrams("投了1,234.5万能补多少")


@pytest.mark.parametrize("text", ["", "?", "……", "!!!\n", "😀"])
def test_a_turn_of_no_words_has_probabilities_too(text: str) -> None:
    assert all(0 <= value <= 1 for value in likely(text).values())


def test_weights_are_read_as_they_were_written() -> None:
    data = {
        "grams": np.array("补\n谁"),
        "weights": np.eye(2, len(Act), dtype=np.int8) * 127,
        "scales": np.full(len(Act), 0.1, np.float32),
        "constants": np.full(len(Act), -1.0, np.float32),
    }
    found = ActReader.load(data).probabilities("补")
    assert found[Act.MONEY] > 0.5 > found[Act.VALIDITY]
