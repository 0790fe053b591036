"""Learn what a turn wants of the sums (``assistant/question/aims.py``) from the labelled turns.

    python tests/benchmarks/train_aims.py [--write]

What is learned from, one weight for each aim and n-gram:
- ``tests/cases/aim_turns.tsv``: turns written for this, each with every aim it has;
- ``tests/cases/turns.tsv`` and the question sets that the acts are learned from: they have none.

Printed are the errors on turns that the weights were not learned from, by fifths. ``--write`` writes
``assistant/question/data/aims.npz``. Same data, same weights.
"""

import argparse
import hashlib
import json
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.question.acts import ngrams
from assistant.question.aims import LIKELY, Aim
from corpus.script import fold

sys.path.insert(0, str(Path(__file__).resolve().parent))

from train_acts import (
    CASES,
    LEAST,
    PARTS,
    QUESTION_SETS,
    RIDGE,
    STEPS,
    Features,
    calibrate,
    cross_validate,
    features_scale,
    fit,
    pairs,
    read,
    sigmoid,
)

TARGET = Path(__file__).resolve().parents[2] / "assistant" / "question" / "data" / "aims.npz"
AIMS = tuple(Aim)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A turn and its aims; ``own`` where it was written to teach them, else none is known of it to be there."""

    text: str
    aims: frozenset[Aim]
    own: bool


def load() -> list[Labelled]:
    """All that is learned from."""
    own = [Labelled(text, aims_of(named), True) for named, text in pairs(CASES / "aim_turns.tsv")]
    known = {row.text for row in own}
    others = [text for _, text in pairs(CASES / "turns.tsv")]
    for name in QUESTION_SETS:
        others += [line["question"] for line in read(CASES / f"{name}.jsonl")]
    return [*own, *(Labelled(text, frozenset(), False) for text in dict.fromkeys(others) if text not in known)]


def aims_of(named: str) -> frozenset[Aim]:
    """The aims of a label; ValueError names one that there is not."""
    unknown = set(named.split()) - set(Aim) - {"-"}
    if unknown:
        raise ValueError(f"{sorted(unknown)} are no aims; an aim is one of {[aim.value for aim in Aim]}")
    return frozenset(Aim(name) for name in named.split() if name != "-")


def digest(rows: Sequence[Labelled]) -> str:
    """What the weights are learned for: the turns written for it, and the features as the code of today reads them.

    The other turns only show what has no aim; weights that were learned before one was added are not wrong.
    """
    seen = hashlib.sha256(f"{RIDGE} {STEPS} {LEAST}".encode())
    for row in (one for one in rows if one.own):
        features = {gram: round(value, 6) for gram, value in ngrams(fold(row.text)).items()}
        seen.update(json.dumps([sorted(row.aims), features], sort_keys=True).encode())
    return seen.hexdigest()


def train(rows: Sequence[Labelled]) -> dict[str, NDArray[np.generic]]:
    """The weights of the aims, as the reader loads them; prints the cross-validated errors."""
    labels = np.array([[aim in row.aims for aim in AIMS] for row in rows], np.float32)
    known = np.ones_like(labels)
    features = Features(row.text for row in rows)
    kernel = features.kernel()
    logits = cross_validate(kernel, labels, known, [f"part {zlib.crc32(row.text.encode()) % PARTS}" for row in rows])
    lines = calibrate(logits, labels, known)
    report(rows, sigmoid(logits * lines[0] + lines[1]) >= np.array([LIKELY[aim] for aim in AIMS]), labels > 0)
    shares = fit(kernel, labels, known)
    weights = np.concatenate([block.T @ shares for _, block in features.blocks()]) * features_scale(features, lines)
    scales = np.abs(weights).max(axis=0) / 127
    return {
        "grams": np.array("\n".join(features.grams)),
        "weights": np.round(weights / scales).astype(np.int8),
        "scales": scales.astype(np.float32),
        "constants": (shares.sum(axis=0) * lines[0] + lines[1]).astype(np.float32),
        "digest": np.array(digest(rows)),
    }


def report(rows: Sequence[Labelled], told: NDArray[np.bool_], labels: NDArray[np.bool_]) -> None:
    """Print what went wrong for each aim on turns not learned from, and those turns."""
    for column, aim in enumerate(AIMS):
        missed = [row.text for row, t, there in zip(rows, told[:, column], labels[:, column], strict=True) if there > t]
        invented = [
            row.text for row, t, there in zip(rows, told[:, column], labels[:, column], strict=True) if t > there
        ]
        print(
            f"{aim:8} of {labels[:, column].sum()}: missed {len(missed)} {missed[:8]}, invented {len(invented)} {invented[:30]}"
        )


def main() -> None:
    """Learn, report and, when asked, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    data = train(load())
    if arguments.write:
        np.savez_compressed(TARGET, **data)
        print(f"{TARGET.name}: {len(str(data['grams']).splitlines())} n-grams, {TARGET.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
