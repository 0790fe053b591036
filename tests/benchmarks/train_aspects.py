"""Learn which aspect of a grant a turn asks for (``assistant/question/aspects.py``) from the labelled turns.

    python tests/benchmarks/train_aspects.py [--write]

What is learned from, one weight for each aspect and n-gram:
- ``tests/cases/aspect_turns.tsv``: turns written for this, each with every aspect it asks for, and once more with what it
  asks about in the same sentence;
- of ``tests/cases/turns.tsv`` those that ask who is responsible, and those whose acts ask for no aspect, as those of the
  question sets do that ask for money or a validity: they ask for none.

Printed are the errors on turns that the weights were not learned from, by fifths. ``--write`` writes
``assistant/question/data/aspects.npz``. Same data, same weights.
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

from assistant.question import Language
from assistant.question.acts import Act, ngrams
from assistant.question.aspects import Aspect
from assistant.question.turn import detect_language
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
    labels_of,
    pairs,
    read,
)

TARGET = Path(__file__).resolve().parents[2] / "assistant" / "question" / "data" / "aspects.npz"
ASPECTS = tuple(Aspect)
# A turn with one of these acts may ask for an aspect too; it counts only where it is labelled.
UNSURE = frozenset({Act.APPLY, Act.DATE, Act.LIST, Act.NUMBER, Act.HOW_OFTEN})


# What is asked about is told in the same sentence: each turn of the table is learned from once more with one of these.
SUBJECTS = (
    *(
        "大棚改造的补助",
        "茶厂设备那笔奖励",
        "冷库补贴",
        "民宿评星奖",
        "渔船更新的钱",
        "苗圃的那个补助",
        "养老床位补贴",
        "博士安家费",
    ),
    *(
        "出口信保补贴",
        "展会补助",
        "农机购置补贴",
        "企业上云奖励",
        "节水改造那项补助",
        "首店奖励",
        "孵化器运营经费",
        "示范社奖金",
    ),
)
SUBJECTS_TRADITIONAL = ("茶廠設備的補助", "民宿評星獎勵", "漁船更新補貼", "苗圃那筆補助", "養老床位津貼", "展會補助")
SUBJECTS_ENGLISH = (
    "the greenhouse subsidy",
    "the guesthouse award",
    "the orchard grant",
    "the cold storage refund",
    "the tea plant bonus",
)
POINTS = ("那", "这", "我", "想", "请", "it", "this", "that", "is ", "do ", "can ", "are ", "may ")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A turn and the aspects that it asks for."""

    text: str
    aspects: frozenset[Aspect]


def of_the_table() -> list[Labelled]:
    """The turns of the table, each once more with what it asks about in the same sentence."""
    rows = [Labelled(text, aspects_of(named)) for named, text in pairs(CASES / "aspect_turns.tsv")]
    known = {row.text for row in rows}
    return rows + [Labelled(text, r.aspects) for r in rows if (text := with_subject(r.text)) and text not in known]


def load() -> list[Labelled]:
    """All that is learned from."""
    own = of_the_table()
    known = {row.text for row in own}
    others: list[str] = []
    for acts, text in pairs(CASES / "turns.tsv"):
        done = set(acts.split())
        if Act.DEPARTMENT in done and Act.DATE not in done and text not in known:
            own.append(Labelled(text, frozenset({Aspect.RESPONSIBLE})))
            known.add(text)
        elif Act.MONEY in done or not UNSURE & done:
            others.append(text)
    for name in QUESTION_SETS:
        for line in read(CASES / f"{name}.jsonl"):
            acts = labels_of(line, None)
            if acts.get(Act.MONEY) or (acts and line["kind"] == "validity"):
                others.append(line["question"])
    return [*own, *(Labelled(text, frozenset()) for text in dict.fromkeys(others) if text not in known)]


def with_subject(text: str) -> str:
    """A turn with what it asks about before it, in English behind it; empty where it has clauses or points back."""
    words = text.strip("?？。 ")
    if any(mark in words for mark in ",，;。?、") or words.lower().startswith(POINTS):
        return ""
    number = zlib.crc32(text.encode())
    if text.isascii():
        return f"{words} for {SUBJECTS_ENGLISH[number % len(SUBJECTS_ENGLISH)]}?"
    subjects = SUBJECTS_TRADITIONAL if detect_language(text, fold(text)) is Language.TRADITIONAL else SUBJECTS
    return subjects[number % len(subjects)] + text


def aspects_of(named: str) -> frozenset[Aspect]:
    """The aspects of a label; ValueError names one that there is not."""
    unknown = set(named.split()) - set(Aspect) - {"-"}
    if unknown:
        raise ValueError(f"{sorted(unknown)} are no aspects; an aspect is one of {[aspect.value for aspect in Aspect]}")
    return frozenset(Aspect(name) for name in named.split() if name != "-")


def digest() -> str:
    """What the weights hang on: the labels of the table, and the features as the code of today reads them.

    The turns that are labelled for their acts are a background: a few more of them call for no new weights.
    """
    seen = hashlib.sha256(f"{RIDGE} {STEPS} {LEAST}".encode())
    for row in of_the_table():
        features = {gram: round(value, 6) for gram, value in ngrams(fold(row.text)).items()}
        seen.update(json.dumps([sorted(row.aspects), features], sort_keys=True).encode())
    return seen.hexdigest()


def train(rows: Sequence[Labelled]) -> dict[str, NDArray[np.generic]]:
    """The weights of the aspects, as the reader loads them; prints the cross-validated errors."""
    labels = np.array([[aspect in row.aspects for aspect in ASPECTS] for row in rows], np.float32)
    known = np.ones_like(labels)
    features = Features(row.text for row in rows)
    kernel = features.kernel()
    logits = cross_validate(kernel, labels, known, [f"part {zlib.crc32(row.text.encode()) % PARTS}" for row in rows])
    lines = calibrate(logits, labels, known)
    report(rows, logits * lines[0] + lines[1] > 0, labels > 0)
    shares = fit(kernel, labels, known)
    weights = np.concatenate([block.T @ shares for _, block in features.blocks()]) * features_scale(features, lines)
    scales = np.abs(weights).max(axis=0) / 127
    return {
        "grams": np.array("\n".join(features.grams)),
        "weights": np.round(weights / scales).astype(np.int8),
        "scales": scales.astype(np.float32),
        "constants": (shares.sum(axis=0) * lines[0] + lines[1]).astype(np.float32),
        "digest": np.array(digest()),
    }


def report(rows: Sequence[Labelled], told: NDArray[np.bool_], labels: NDArray[np.bool_]) -> None:
    """Print what went wrong for each aspect on turns not learned from, and those turns."""
    for column, aspect in enumerate(ASPECTS):
        missed = [row.text for row, t, there in zip(rows, told[:, column], labels[:, column], strict=True) if there > t]
        invented = [
            row.text for row, t, there in zip(rows, told[:, column], labels[:, column], strict=True) if t > there
        ]
        print(
            f"{aspect:12} of {labels[:, column].sum()}: missed {len(missed)}, invented {len(invented)} {invented[:8]}"
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
