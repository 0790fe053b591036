"""Choose the two parameters of the fusion by cross-validation, and say how they do on questions not used for it.

    python tests/benchmarks/choose_fusion.py PATH_TO_BENCH --cache FOLDER [--model NAME ...]

A choice is as good as its lead in nDCG@10 over the best of BM25, dense and rank fusion on the set where that
lead is smallest. Of choices within a thousandth of the best, the one that finds most on average is taken.
"""

import argparse
import sys
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from retrieval_sets import SETS, CachingEmbedder, Scored, measure, reciprocal_ranks, score_set

from index.embedding import ENSEMBLE, NANO_E5
from index.fusion import COVERAGE_POWER, LEXICAL_WEIGHT, fuse

WEIGHTS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
POWERS = (1, 2, 3, 4, 5, 6)
FOLDS = 5
CLOSE = 0.001

Choice = tuple[float, int]
PerQuestion = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path, help="folder the embeddings are kept in")
    parser.add_argument("--model", nargs="+", default=[NANO_E5, ENSEMBLE])
    options = parser.parse_args()
    results: dict[str, dict[Choice | str, PerQuestion]] = {}
    for model in options.model:
        embedder = CachingEmbedder(model, options.cache)
        for name in SETS:
            results[f"{name}, {model}"] = evaluate(score_set(options.bench, name, embedder))
    cross_validate(results)


def evaluate(scored: Scored) -> dict[Choice | str, PerQuestion]:
    """nDCG@10 of each question under every choice and under the three simpler rankings."""
    simple = {
        "BM25": scored.lexical,
        "dense": scored.dense,
        "rank fusion": reciprocal_ranks(scored.lexical, scored.dense),
    }
    found: dict[Choice | str, PerQuestion] = {name: measure(scored, scores)[:, -1] for name, scores in simple.items()}
    sides = list(zip(scored.lexical, scored.dense, scored.coverage, strict=True))
    for weight, power in product(WEIGHTS, POWERS):
        fused = np.stack([fuse(lexical, dense, known, weight, power) for lexical, dense, known in sides])
        found[weight, power] = measure(scored, fused)[:, -1]
    return found


def cross_validate(results: dict[str, dict[Choice | str, PerQuestion]]) -> None:
    """Print the choice of each fold, how the left-out questions fare under it, and the choice of all questions.

    The left-out questions of all folds together are compared with the ranking that is best on the whole set;
    the best of each small fold, chosen with hindsight, would flatter the simple rankings.
    """
    held_out = {name: np.zeros(len(found["BM25"])) for name, found in results.items()}
    for fold in range(FOLDS):
        choice = choose(results, fold)
        print(f"fold {fold + 1}: weight {choice[0]}, power {choice[1]}")
        for name, found in results.items():
            left_out = np.arange(len(held_out[name])) % FOLDS == fold
            held_out[name][left_out] = found[choice][left_out]
    weight, power = choose(results, None)
    print(f"{'nDCG@10':60}{'simple':>10}{'held out':>10}{'chosen':>10}{'in use':>10}")
    for name, found in results.items():
        simple = max((key for key in found if isinstance(key, str)), key=lambda key: float(found[key].mean()))
        columns = (found[simple], held_out[name], found[weight, power], found[LEXICAL_WEIGHT, COVERAGE_POWER])
        print(f"{f'{name} (simple: {simple})':60}" + "".join(f"{column.mean():10.3f}" for column in columns))
    print(f"all questions: weight {weight}, power {power}; in use: weight {LEXICAL_WEIGHT}, power {COVERAGE_POWER}")


def choose(results: dict[str, dict[Choice | str, PerQuestion]], left_out: int | None) -> Choice:
    """The best choice on all questions but those of one fold."""
    judged: dict[Choice, tuple[float, float]] = {}
    for choice in product(WEIGHTS, POWERS):
        leads, means = [], []
        for found in results.values():
            used = np.arange(len(found[choice])) % FOLDS != (-1 if left_out is None else left_out)
            leads.append(lead(found, choice, used))
            means.append(found[choice][used].mean())
        judged[choice] = (min(leads), float(np.mean(means)))
    best = max(worst for worst, _ in judged.values())
    close = [choice for choice, (worst, _) in judged.items() if worst >= best - CLOSE]
    return max(close, key=lambda choice: judged[choice][1])


def lead(found: dict[Choice | str, PerQuestion], choice: Choice, used: NDArray[np.bool_]) -> float:
    """Mean nDCG@10 of a choice less that of the best simple ranking, on the questions used."""
    return float(found[choice][used].mean() - max(found[name][used].mean() for name in found if isinstance(name, str)))


if __name__ == "__main__":
    main()
