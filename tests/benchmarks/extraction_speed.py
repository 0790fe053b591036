"""Speed of rule extraction in processor seconds of one core: ``python tests/benchmarks/extraction_speed.py``.

Prints clauses per second over the leaves of the shipped documents and the seconds for one megabyte of hostile text.
"""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # so that it runs from a checkout that is not installed

from assistant.clause.extraction import extract_rules  # noqa: E402
from corpus.collection import load_collection  # noqa: E402

HOSTILE = {
    "digits": "1" * 1_000_000,
    "numerals": "一百万" * 333_333,
    "commas between digits": "1,234" * 200_000,
    "grants without end": "给予最高不超过" * 140_000,
    "sums without end": "奖励10万元、" * 140_000,
    "one sentence of conditions": "营业收入达到1亿元以上且" * 80_000,
    "brackets": "(" * 500_000 + ")" * 500_000,
    "each": "每" * 999_000 + "万元",
    "spaces": "5 " * 500_000,
    "enumeration": "国家级、省级、市级和" * 90_000 + "分别给予1万元、2万元",
}


def main() -> None:
    clauses = [leaf.text for leaf in load_collection().leaves]
    extract_rules("预热:给予10万元奖励。")
    repeats = 5
    started = time.process_time()
    for _ in range(repeats):
        rules = sum(len(extract_rules(clause)) for clause in clauses)
    seconds = (time.process_time() - started) / repeats
    characters = sum(map(len, clauses))
    print(f"{len(clauses)} clauses, {characters} characters, {rules} rules: {len(clauses) / seconds:,.0f} clauses/s")
    for name, text in HOSTILE.items():
        started = time.process_time()
        extract_rules("给予奖励1万元" + text)  # so that no cheap filter turns it away
        print(f"{name}: {time.process_time() - started:.2f} s for {len(text) / 1e6:.1f} MB", flush=True)


if __name__ == "__main__":
    main()
