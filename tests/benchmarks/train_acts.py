"""Learn the acts of a turn (``assistant/question/acts.py``) from the labelled turns of the repository.

    python tests/benchmarks/train_acts.py [--held-out GOLD.jsonl …] [--write]

What is learned from, one weight for each act and n-gram:
- ``tests/cases/turns.tsv``: turns written for this, each with every act it does;
- ``tests/cases/questions.jsonl`` to ``questions_9.jsonl``: what follows from their fields (``labels_of``), and from
  ``question_acts.tsv`` every act of those that ask for no money;
- the ``tune`` half of ``tests/cases/off_topic.jsonl``: chat, or a question near the subject.

``questions_10`` and ``questions_11`` are never learned from. Printed are the errors on turns that the weights were not
learned from: by fifths of ``turns.tsv``, by question set, and by document; then those on every held-out gold file.
``--write`` writes ``assistant/question/data/acts.npz``. Same data, same weights.
"""

import argparse
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.question.acts import Act, ActReader, ngrams
from corpus.script import fold

CASES = Path(__file__).resolve().parents[1] / "cases"
TARGET = Path(__file__).resolve().parents[2] / "assistant" / "question" / "data" / "acts.npz"
QUESTION_SETS = ("questions", *(f"questions_{number}" for number in range(2, 10)))
HELD_OUT = ("questions_10", "questions_11")
RIDGE = 0.1  # pulls weights to zero; between 0.02 and 0.4 the errors hardly differ
STEPS = 250  # of accelerated descent; the errors no longer change after some 150
LEAST = 2  # turns that an n-gram has to be in
PARTS = 5  # of turns.tsv in the cross-validation
ACTS = tuple(Act)
# What asks for documents, or for all that they grant, and not for one clause.
OF_DOCUMENTS = (Act.ENTITLED, Act.SUMMARY, Act.ISSUED, Act.COVERAGE, Act.SUCCESSOR)
Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A turn and the acts that are known of it; an act that is in no key is not known."""

    text: str
    acts: dict[Act, bool]
    source: str  # turns, off_topic or the name of a question set
    document: str = ""


def load() -> list[Labelled]:
    """All that is learned from."""
    reviewed = {name: set(acts.split()) for acts, name in reversed_pairs(CASES / "question_acts.tsv")}
    rows = [Labelled(text, every_act(set(acts.split())), "turns") for acts, text in pairs(CASES / "turns.tsv")]
    for name in QUESTION_SETS:
        for line in read(CASES / f"{name}.jsonl"):
            if acts := labels_of(line, reviewed.get(line["id"])):
                rows.append(Labelled(line["question"], acts, name, line["doc"] or ""))
    for line in read(CASES / "off_topic.jsonl"):
        if line["split"] == "tune" and not line.get("history"):
            none = {} if line["near"] else dict.fromkeys((*OF_DOCUMENTS, Act.HEARD), False)
            rows.append(Labelled(line["question"], none | {Act.CHAT: not line["near"]}, "off_topic"))
    return rows


def every_act(named: set[str]) -> dict[Act, bool]:
    """Every act, true where it is named; what chat and one's own case ask for besides is left open."""
    unknown = named - {act.value for act in Act} - {"-"}
    if unknown:
        raise ValueError(f"{sorted(unknown)} are no acts; an act is one of {[act.value for act in Act]}")
    acts = {act: act.value in named for act in Act}
    if acts[Act.CHAT] or acts[Act.OWN_CASE]:
        for act in (Act.MONEY, Act.VALIDITY, Act.DEPARTMENT, Act.ASKS, Act.NUMBER, Act.DATE, Act.LIST, Act.LEANS):
            del acts[act]
    return acts


def labels_of(line: dict[str, Any], reviewed: set[str] | None) -> dict[Act, bool]:
    """The acts that follow from the fields of a question with its expected answer.

    A figure, or a status that says why there is none, makes it one for money, and not for validity or a department;
    a first turn asks, and takes up nothing. None follow where nothing is to be found.
    """
    if line["kind"] == "refuse" or line["status"] == "not_found":
        return {}
    acts = dict.fromkeys((Act.CHAT, Act.OWN_CASE, Act.THANKS, Act.COMPLAINS, Act.ON_BEHALF), False)
    if not line["history"]:
        acts |= dict.fromkeys((Act.LEANS, Act.CORRECTS, Act.LEAVES_SUBJECT, Act.AGAIN, Act.OTHERS), False)
        acts[Act.ASKS] = True
    if reviewed is not None:
        named = every_act({name for name in reviewed if not name.endswith("?")} | {"asks"})
        # not looked for in the review
        open_acts = (Act.MAXIMUM, Act.ELIGIBLE, Act.APPLY, Act.NOT_NEW, Act.HEARD, *OF_DOCUMENTS)
        acts |= {act: done for act, done in named.items() if act not in open_acts and f"{act}?" not in reviewed}
    elif line["figures"] or line["status"] in ("needs_facts", "no_amount_stated", "not_eligible"):
        if not line["history"]:
            acts[Act.MONEY] = True
        none = (Act.VALIDITY, Act.DEPARTMENT, Act.HOW_OFTEN, Act.WHO_PAYS)
        acts |= dict.fromkeys(none, False)
        if line["figures"]:  # one clause answers it
            acts |= dict.fromkeys(OF_DOCUMENTS, False)
    if line["kind"] == "compare":
        acts[Act.COMPARES] = True
    return acts


def pairs(path: Path) -> list[tuple[str, str]]:
    """The two columns of a table."""
    split = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(first, second) for first, second in split]


def reversed_pairs(path: Path) -> list[tuple[str, str]]:
    """The two columns of a table, the second one first."""
    return [(second, first) for first, second in pairs(path)]


def read(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def digest(rows: Sequence[Labelled]) -> str:
    """What the weights hang on: the labels, and the features as the code of today reads them."""
    seen = hashlib.sha256(f"{RIDGE} {STEPS} {LEAST}".encode())
    for row in rows:
        acts = {act.value: done for act, done in row.acts.items()}
        features = {gram: round(value, 6) for gram, value in ngrams(fold(row.text)).items()}
        seen.update(json.dumps([acts, features], sort_keys=True).encode())
    return seen.hexdigest()


class Features:
    """The n-grams of turns, weighted by how rare they are."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._turns = [ngrams(fold(text)) for text in texts]
        counts = Counter(gram for turn in self._turns for gram in turn)
        self.grams = sorted(gram for gram, count in counts.items() if count >= LEAST)
        size = len(self._turns)
        self.rarity = np.array([np.log((1 + size) / (1 + counts[gram])) + 1 for gram in self.grams], np.float32)
        self._column = {gram: column for column, gram in enumerate(self.grams)}

    def blocks(self, width: int = 3000) -> Iterable[tuple[int, Matrix]]:
        """The matrix of turns and n-grams, some columns at a time, each with its first column."""
        for first in range(0, len(self.grams), width):
            block = np.zeros((len(self._turns), min(width, len(self.grams) - first)), np.float32)
            for row, turn in enumerate(self._turns):
                for gram, value in turn.items():
                    column = self._column.get(gram, -1) - first
                    if 0 <= column < block.shape[1]:
                        block[row, column] = value
            yield first, block * self.rarity[first : first + width]

    def kernel(self) -> Matrix:
        """The products of all turns with each other, a constant feature of 1 included."""
        products = np.ones((len(self._turns), len(self._turns)), np.float32)
        for _, block in self.blocks():
            products += block @ block.T
        return products


def fit(kernel: Matrix, labels: Matrix, known: Matrix) -> Matrix:
    """The share that each turn has in the weights of each act: ridge logistic regression, by Nesterov's descent."""
    vector = np.ones(len(kernel), np.float32)
    for _ in range(20):  # power iteration: the curvature of the loss is at most a quarter of the largest eigenvalue
        vector = kernel @ vector
        vector /= np.linalg.norm(vector)
    curvature = float(vector @ (kernel @ vector)) / 4 * 1.01 + RIDGE
    shares = np.zeros_like(labels)
    ahead, momentum = shares, 1.0
    for _ in range(STEPS):
        slope = known * (sigmoid(kernel @ ahead) - labels) + RIDGE * ahead
        stepped = ahead - slope / curvature
        faster = (1 + (1 + 4 * momentum * momentum) ** 0.5) / 2
        ahead = stepped + (momentum - 1) / faster * (stepped - shares)
        shares, momentum = stepped, faster
    return shares


def sigmoid(logits: Matrix) -> Matrix:
    """Logits as probabilities."""
    return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))


def cross_validate(kernel: Matrix, labels: Matrix, known: Matrix, parts: Sequence[str]) -> Matrix:
    """The logits of every turn by weights learned without its part; a part without a name is always learned from."""
    logits = np.full_like(labels, np.nan)
    names = np.array(parts)
    for part in sorted(set(parts) - {""}):
        out = names == part
        shares = fit(kernel[np.ix_(~out, ~out)], labels[~out], known[~out])
        logits[out] = kernel[np.ix_(out, ~out)] @ shares
    return logits


def calibrate(logits: Matrix, labels: Matrix, known: Matrix) -> Matrix:
    """Slope and constant for each act (Platt) that make probabilities of cross-validated logits."""
    lines = np.zeros((2, labels.shape[1]), np.float32)
    for act in range(labels.shape[1]):
        seen = known[:, act] > 0
        design = np.c_[logits[seen, act], np.ones(seen.sum())].astype(np.float64)
        line = np.array([1.0, 0.0])
        for _ in range(50):
            predicted = sigmoid(design @ line)
            curvature = design.T @ (design * (predicted * (1 - predicted))[:, None]) + 1e-3 * np.eye(2)
            step = np.linalg.solve(curvature, design.T @ (predicted - labels[seen, act]))
            line -= step * min(1.0, 0.3 / np.abs(step).max())  # a full step from afar overshoots
        lines[:, act] = line
    return lines


def train(rows: Sequence[Labelled]) -> dict[str, NDArray[np.generic]]:
    """The weights of the acts, as the reader loads them; prints the cross-validated errors."""
    labels = np.array([[row.acts.get(act, False) for act in ACTS] for row in rows], np.float32)
    known = np.array([[act in row.acts for act in ACTS] for row in rows], np.float32)
    features = Features(row.text for row in rows)
    kernel = features.kernel()
    logits = cross_validate(kernel, labels, known, [part_of(row) for row in rows])
    lines = calibrate(logits, labels, known)
    report(rows, (logits * lines[0] + lines[1] > 0) != (labels > 0), labels, known)
    by_document = cross_validate(kernel, labels, known, [row.document for row in rows])
    wrong = (by_document * lines[0] + lines[1] > 0) != (labels > 0)
    for document in sorted({row.document for row in rows} - {""}):
        print(counted(f"without {document}", wrong, known, [row.document == document for row in rows]))
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


def features_scale(features: Features, lines: Matrix) -> Matrix:
    """What turns weights of rarity-weighted n-grams into calibrated ones of plain n-grams."""
    return features.rarity[:, None] * lines[0]


def part_of(row: Labelled) -> str:
    """The part of the cross-validation that a turn is in: its question set, or a fifth of the others."""
    return row.source if row.source in QUESTION_SETS else f"part {zlib.crc32(row.text.encode()) % PARTS}"


def report(rows: Sequence[Labelled], wrong: NDArray[np.bool_], labels: Matrix, known: Matrix) -> None:
    """Print what went wrong for each act on turns not learned from, and for money and validity in each question set."""
    asked = np.array([row.source in QUESTION_SETS for row in rows])
    print(f"{'act':15} positives  wrong of known  F1     wrong in the question sets")
    for column, act in enumerate(ACTS):
        seen = known[:, column] > 0
        missed, there = wrong[seen, column], labels[seen, column] > 0
        right = (there & ~missed).sum()
        f1 = 2 * right / (there.sum() + right + (~there & missed).sum())
        sets = seen & asked
        print(
            f"{act:15} {there.sum():9} {missed.sum():6} of {seen.sum():5}  {f1:.3f}  {wrong[sets, column].sum()} of {sets.sum()}"
        )
    for name in QUESTION_SETS:
        print(counted(name, wrong, known, [row.source == name for row in rows]))


def counted(name: str, wrong: NDArray[np.bool_], known: Matrix, chosen: Sequence[bool]) -> str:
    """One line of errors: of the acts that decide what is answered, and of all."""
    seen = (known > 0) & np.array(chosen)[:, None]
    parts = [
        f"{act} {(wrong & seen)[:, ACTS.index(act)].sum()} of {seen[:, ACTS.index(act)].sum()}"
        for act in (Act.MONEY, Act.VALIDITY, Act.DEPARTMENT)
    ]
    return f"{name}: wrong {', '.join(parts)}; all acts {(wrong & seen).sum()} of {seen.sum()}"


def hold_out(path: Path, reader: ActReader) -> str:
    """The errors on a gold file that nothing was learned from, by what follows from its fields."""
    seen: Counter[Act] = Counter()
    wrong: Counter[Act] = Counter()
    for line in read(path):
        acts = labels_of(line, None)
        if Act.MONEY not in acts and line["status"] == "answered" and not line["history"]:
            acts[Act.MONEY] = bool(line["figures"])
            acts[Act.VALIDITY] = line["kind"] == "validity"
        found = reader.probabilities(fold(line["question"]))
        for act, done in acts.items():
            seen[act] += 1
            wrong[act] += (found[act] >= 0.5) != done
    parts = [f"{act} {wrong[act]} of {seen[act]}" for act in (Act.MONEY, Act.VALIDITY, Act.CHAT)]
    return f"held out {path.stem}: wrong {', '.join(parts)}"


def main() -> None:
    """Learn, report and, when asked, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", nargs="*", type=Path, default=[], help="further gold files, only reported")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    data = train(load())
    reader = ActReader.load(data)
    for path in (*(CASES / f"{name}.jsonl" for name in HELD_OUT), *arguments.held_out):
        print(hold_out(path, reader))
    if arguments.write:
        TARGET.parent.mkdir(exist_ok=True)
        np.savez_compressed(TARGET, **data)
        print(f"{TARGET.name}: {len(str(data['grams']).splitlines())} n-grams, {TARGET.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
