"""The weights of the aims are those of the labelled turns."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.question.aims import Aim

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "benchmarks"
spec = importlib.util.spec_from_file_location("train_aims", FOLDER / "train_aims.py")
assert spec is not None
assert spec.loader is not None
training = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = training
spec.loader.exec_module(training)


def test_the_shipped_weights_are_those_of_the_labelled_turns() -> None:
    with np.load(training.TARGET) as data:
        recorded = str(data["digest"])
    command = "python tests/benchmarks/train_aims.py --write"
    assert recorded == training.digest(training.load()), f"the labelled turns or the features changed: {command}"


def test_every_aim_is_taught_by_thirty_turns() -> None:
    rows = training.load()
    assert [aim for aim in Aim if sum(aim in row.aims for row in rows) < 30] == []


def test_a_misspelt_aim_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'mots'.* are no aims; an aim is one of .*'most'"):
        training.aims_of("mots")
