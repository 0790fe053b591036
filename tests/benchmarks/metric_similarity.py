"""Which metric an everyday phrase means: ``python tests/benchmarks/metric_similarity.py``.

Three readings of ``tests/cases/metric_phrases.tsv`` over closed sets of metrics: the things and their edges, the
characters that phrase and metric share, and the cosine of the shipped encoder, mean-centred over the set. Each is asked
twice: with the right metric in the set (``right``), and without it (``kept out``: how often it rightly takes none). The
threshold of a similarity is chosen on all metrics but the one it is tried on.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant.language.unify import TAKEN, money_in, unify
from corpus.script import fold
from index.embedding import NANO_E5, load_embedder

PHRASES = Path(__file__).parents[1] / "cases" / "metric_phrases.tsv"
SLOTS = (5, 20)  # sizes of the closed set: a clause's own, and a whole document's
Scores = Callable[[str, Sequence[str]], list[float]]


def read_pairs() -> list[tuple[str, str]]:
    """The phrases with what they mean."""
    lines = [line for line in PHRASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(phrase, metric) for phrase, metric in (line.split("\t") for line in lines)]


def shared_pairs(phrase: str, metrics: Sequence[str]) -> list[float]:
    """Share of each metric's character pairs that the phrase has."""
    pairs = [{metric[i : i + 2] for i in range(len(metric) - 1)} for metric in metrics]
    return [sum(pair in phrase for pair in own) / len(own) for own in pairs]


def by_things(phrase: str, metrics: Sequence[str]) -> list[float]:
    """1 where the things of the phrase may be taken for those of the metric."""
    given = money_in(fold(phrase))
    return [float(unify(money_in(fold(metric)), given) in TAKEN) for metric in metrics]


def encoder(texts: Sequence[str]) -> Scores:
    """The cosine of a phrase with each metric, both less the mean of the metrics."""
    vectors = dict(zip(texts, load_embedder(NANO_E5).queries(texts), strict=True))

    def scores(phrase: str, metrics: Sequence[str]) -> list[float]:
        rows = np.stack([vectors[metric] for metric in metrics])
        mean = rows.mean(axis=0)
        centred, own = rows - mean, vectors[phrase] - mean
        norms = np.linalg.norm(centred, axis=1) * np.linalg.norm(own)
        return [float(value) for value in centred @ own / norms]

    return scores


def closed_set(metrics: Sequence[str], right: str, size: int, *, without: bool) -> list[str]:
    """The right metric and those after it in the file, so many in all; without it, those after it only."""
    start = metrics.index(right) + without
    return [metrics[(start + step) % len(metrics)] for step in range(min(size, len(metrics) - without))]


def outcomes(read: Scores, size: int) -> list[tuple[str, bool, float, float]]:
    """For each phrase: its metric, whether the best of the set is right, its score, and the best where it is kept out."""
    pairs = read_pairs()
    metrics = list(dict.fromkeys(metric for _, metric in pairs))
    found = []
    for phrase, right in pairs:
        options = closed_set(metrics, right, size, without=False)
        scores = read(phrase, options)
        best = max(scores)
        alone = scores.count(best) == 1 and options[scores.index(best)] == right
        others = read(phrase, closed_set(metrics, right, size, without=True))
        found.append((right, alone and best > 0, best, max(others)))
    return found


def validated(found: Sequence[tuple[str, bool, float, float]]) -> tuple[int, int]:
    """Right and rightly kept out, with the threshold chosen on the phrases of all other metrics."""
    right = kept = 0
    for metric in dict.fromkeys(one[0] for one in found):
        known = [one for one in found if one[0] != metric]
        limits = sorted({one[2] for one in known} | {one[3] for one in known})
        limit = max(limits, key=lambda at: sum((ok and own >= at) + (out < at) for _, ok, own, out in known))
        here = [one for one in found if one[0] == metric]
        right += sum(ok and own >= limit for _, ok, own, _ in here)
        kept += sum(out < limit for _, _, _, out in here)
    return right, kept


def main() -> None:
    pairs = read_pairs()
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    readings = {"things": by_things, "shared pairs": shared_pairs, "encoder": encoder(texts)}
    print(f"{'':14} {'set':>4} {'best is right':>14} {'right':>6} {'kept out':>9} of {len(pairs)}")
    for name, read in readings.items():
        for size in SLOTS:
            found = outcomes(read, size)
            right, kept = validated(found)
            print(f"{name:14} {size:>4} {sum(one[1] for one in found):>14} {right:>6} {kept:>9}")


if __name__ == "__main__":
    main()
