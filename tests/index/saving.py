"""A process that saves tiny indexes when told to: ``python tests/index/saving.py FOLDER``.

Each line on standard input is answered by one on standard output:

    save N      saves N times, the two indexes by turns
    killed S    saves in a child process without end, and kills it after S seconds
"""

import itertools
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from corpus.clause import ClauseKind
from index.embedding import Progress, Vectors
from index.hybrid import HybridIndex
from index.passage import Passage
from index.snapshot import save

DIGEST = "d" * 64
TEXTS = ("对新认定的专精特新企业给予五十万元一次性奖励。", "对技术改造项目贷款按利息的一半给予贴息支持。")


class OneEmbedder:
    """Gives every text the same vector."""

    name = "one"
    dimension = 64

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return np.full((len(texts), self.dimension), 1 / 8, dtype=np.float32)

    queries = passages


def tiny_index(text: str) -> HybridIndex:
    """An index of one passage."""
    passage = Passage("a#1@0", "a#1", "a", "", ClauseKind.PARAGRAPH, text, 0, len(text), "")
    return HybridIndex.from_passages([passage], OneEmbedder())


def main() -> None:
    folder = Path(sys.argv[1])
    by_turns = itertools.cycle(map(tiny_index, TEXTS))
    print("ready", flush=True)
    for line in sys.stdin:
        order, value = line.split()
        if order == "save":
            for _ in range(int(value)):
                save(next(by_turns), folder, DIGEST)
        elif not (child := os.fork()):
            while True:
                save(next(by_turns), folder, DIGEST)
        else:
            time.sleep(float(value))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        print("done", flush=True)


if __name__ == "__main__":
    main()
