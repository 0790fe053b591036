"""Which aspect of a grant a turn asks for, told by weights that were learned from the labelled turns."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from assistant.question.aspects import Aspect, asking_spans, aspects_asked
from corpus.script import fold

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def training() -> ModuleType:
    """The script that learns; it is no part of a package."""
    spec = importlib.util.spec_from_file_location("train_aspects", BENCHMARKS / "train_aspects.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_the_shipped_weights_are_those_of_the_labelled_turns(training: ModuleType) -> None:
    with np.load(training.TARGET) as data:
        recorded = str(data["digest"])
    command = "python tests/benchmarks/train_aspects.py --write"
    assert recorded == training.digest(), f"the labelled turns or the features changed: {command}"


def test_every_aspect_is_taught_by_sixty_turns(training: ModuleType) -> None:
    rows = training.load()
    assert [aspect for aspect in Aspect if sum(aspect in row.aspects for row in rows) < 60] == []


def test_no_turn_is_labelled_twice(training: ModuleType) -> None:
    texts = [text for _, text in training.pairs(training.CASES / "aspect_turns.tsv")]
    assert len(texts) == len(set(texts))


def test_a_misspelt_aspect_is_refused(training: ModuleType) -> None:
    with pytest.raises(ValueError, match=r"'papers'.* are no aspects"):
        training.aspects_of("papers")


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("鱼塘改造的奖补,申请时该带上哪几份证明?", Aspect.MATERIALS),
        ("酒店评星的奖金最晚哪天得去报", Aspect.DEADLINE),
        ("苗圃补贴要怎么申请,先找村里还是镇里", Aspect.STEPS),
        ("苗圃這筆補助有問題可以打電話問誰", Aspect.CONTACT),
        ("鱼塘改造的申请表送到哪个窗口", Aspect.PLACE),
        ("After approval, how long until the orchard money is paid?", Aspect.PAID),
        ("省里的苗圃补贴领过了,市里的能不能再领", Aspect.STACKING),
        ("酒店评星的材料交上去几个工作日能审完", Aspect.REVIEW),
        ("Which bureau is responsible for the orchard award?", Aspect.RESPONSIBLE),
    ],
)
def test_an_aspect_is_told_in_words_of_its_own(text: str, aspect: Aspect) -> None:
    assert aspects_asked(fold(text))[:1] == (aspect,)


@pytest.mark.parametrize(
    "text", ["鱼塘改造花了30万,能补多少", "新材料企业奖多少", "How much does an orchard get?", "苗圃补贴到哪天为止有效"]
)
def test_a_question_for_a_sum_or_a_term_asks_for_no_aspect(text: str) -> None:
    assert aspects_asked(fold(text)) == ()


def test_the_clause_that_asks_is_told_from_what_it_asks_about() -> None:
    text = "鱼塘改造的奖补,申请表送到哪个窗口?"
    (span,) = asking_spans(text, ["鱼塘"], ["窗口"])
    assert text[slice(*span)] == "申请表送到哪个窗口?"
