"""Does expansion learned from the collection help the search? Rocchio's relevance feedback on the public sets.

    python tests/benchmarks/learned_expansion.py PATH_TO_BENCH --cache FOLDER

The question's vector is moved towards the mean of the passages that the search ranks first (Rocchio 1971, without
negative examples), and their similarity is fused with BM25 as the project does. Prints nDCG@10 for each number of
passages and weight, beside the search as it is.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from retrieval_sets import SETS, CachingEmbedder, Matrix, Scored, measure, score_set

from index.embedding import NANO_E5
from index.fusion import fuse

PASSAGES = (1, 3, 5)
WEIGHTS = (0.1, 0.2, 0.4)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path, help="folder the embeddings are kept in")
    options = parser.parse_args()
    embedder = CachingEmbedder(NANO_E5, options.cache)
    for name in SETS:
        scored = score_set(options.bench, name, embedder)
        print(f"{name}: as it is {_ndcg(scored, scored.fused):.3f}")
        for count in PASSAGES:
            tried = [f"weight {weight}: {_ndcg(scored, _fed_back(scored, count, weight)):.3f}" for weight in WEIGHTS]
            print(f"  from {count}  " + "  ".join(tried))


def _ndcg(scored: Scored, scores: Matrix) -> float:
    return float(measure(scored, scores).mean(axis=0)[-1])


def _fed_back(scored: Scored, count: int, weight: float) -> Matrix:
    """Fused scores with the question moved towards the ``count`` documents ranked first.

    The similarity to a mean of unit vectors is the mean of the similarities, so the documents' own suffice.
    """
    rows = []
    for question in range(len(scored.relevant)):
        first = np.argsort(-scored.fused[question], kind="stable")[:count]
        dense = scored.dense[question] + weight * scored.similar[first].mean(axis=0)
        rows.append(fuse(scored.lexical[question], dense, float(scored.coverage[question])))
    return np.stack(rows)


if __name__ == "__main__":
    main()
