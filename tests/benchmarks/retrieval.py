"""How well the project's search ranks, against each of its parts alone and plain reciprocal-rank fusion.

    python tests/benchmarks/retrieval.py PATH_TO_BENCH --cache FOLDER [--model NAME ...]

PATH_TO_BENCH holds the folders statutes, policies and english, each with passages.jsonl and questions.jsonl.
Embedding them takes minutes for each model; with --cache the second run takes seconds.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from retrieval_sets import MEASURES, SETS, CachingEmbedder, Matrix, Scored, measure, reciprocal_ranks, score_set

from index.embedding import ENSEMBLE, NANO_E5, UNIVERSAL_SENTENCE_ENCODER

PROJECT = "project search"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path, help="folder the embeddings are kept in")
    parser.add_argument("--model", nargs="+", default=[NANO_E5, UNIVERSAL_SENTENCE_ENCODER, ENSEMBLE])
    options = parser.parse_args()
    for model in options.model:
        embedder = CachingEmbedder(model, options.cache)
        for name in SETS:
            report(score_set(options.bench, name, embedder), model)


def report(scored: Scored, model: str) -> None:
    """Print one table: a row for each way to rank, and by how much the project leads the best other one."""
    print(f"\n{scored.name}: {len(scored.documents)} passages, {len(scored.relevant)} questions, {model}")
    print(" " * 24 + "".join(f"{name:>11}" for name in MEASURES))
    means = {ranking: measure(scored, scores).mean(axis=0) for ranking, scores in rankings(scored).items()}
    for ranking, values in means.items():
        print(f"  {ranking:22}" + "".join(f"{value:11.3f}" for value in values))
    others = [values for ranking, values in means.items() if ranking != PROJECT]
    lead = means[PROJECT] - max(others, key=lambda values: float(values[-1]))
    print("  lead over the best    " + "".join(f"{value:+11.3f}" for value in lead))


def rankings(scored: Scored) -> dict[str, Matrix]:
    """The four ways to rank."""
    return {
        PROJECT: scored.fused,
        "BM25 alone": scored.lexical,
        "dense alone": scored.dense,
        "rank fusion, k = 60": reciprocal_ranks(scored.lexical, scored.dense),
    }


if __name__ == "__main__":
    main()
