"""Make the made set: ``python tests/cases/made/make.py [--check]`` writes ``documents/`` and ``questions.jsonl``.

Everything comes from ``grammar.toml``: clauses of made-up counties and the words in which people ask about them. What a
question is owed follows from the numbers it was built with, so no answer has to be judged by hand.
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[2])]  # its own modules, and the repository's, wherever this is started

from families import FAMILIES  # noqa: E402
from wording import DIGITS, Case, Speaker, traditional  # noqa: E402

AS_OF = "2026-03-15"


def written(case: Case, number: int) -> dict[str, Any]:
    to_script: Callable[[str], str] = traditional if case.language == "zh-Hant" else str
    return {
        "id": f"M{number:03d}",
        "kind": case.kind,
        "lang": case.language,
        "county": case.thing["county"],
        "clause": case.thing["clause"],
        "history": [to_script(turn) for turn in case.history],
        "question": to_script(case.text),
        "as_of": AS_OF,
        "expect": case.expect,
        "amount": case.amount,
    }


def document(county: str, style: str, clauses: list[str], number: int) -> str:
    issued = f"2024年{number % 6 + 7}月{number + 3}日"
    term = "自2025年1月1日起施行，有效期至2029年12月31日。"
    if style == "outline":
        items = "".join(f"（{DIGITS[place]}）{clause}\n" for place, clause in enumerate(clauses, 1))
        return (
            f"{county}人民政府关于稳企惠民的若干政策\n{county[:1]}政发〔2024〕{number + 20}号\n\n各乡镇人民政府，县直各单位：\n"
            f"为帮助各类经营主体降本增收，制定以下政策。\n一、支持内容\n{items}二、附则\n本政策{term}\n\n"
            f"{county}人民政府\n{issued}\n"
        )
    if style == "article":
        articles = "".join(f"第{DIGITS[place]}条　{clause}\n" for place, clause in enumerate(clauses, 2))
        last = DIGITS[len(clauses) + 2]
        return (
            f"{county}惠企资金奖补办法\n\n第一条　为规范奖补资金的使用，结合本县实际，制定本办法。\n{articles}"
            f"第{last}条　本办法{term}\n"
        )
    cards = "".join(
        f"{place}. 支持事项{DIGITS[place]}\n支持内容\n{clause}\n" for place, clause in enumerate(clauses, 1)
    )
    return f"{county}惠企政策明白卡\n发布单位\n{county}发展和改革局\n{cards}执行期限\n本政策{term}\n"


def make() -> dict[str, str]:
    """The files of the set by their names below this folder."""
    grammar = tomllib.loads((HERE / "grammar.toml").read_text(encoding="utf-8"))
    speaker = Speaker(grammar)
    cases: list[Case] = []
    clauses: dict[str, list[str]] = {county: [] for county in grammar["counties"]}
    for family, questions in FAMILIES.items():
        for number, thing in enumerate(grammar[family]):
            clauses[thing["county"]].append(thing["clause"])
            cases += questions(speaker, number, thing)
    files = {}
    for number, (county, (_, style)) in enumerate(grammar["counties"].items(), 1):
        files[f"documents/made-{number:02d}.txt"] = document(county, style, clauses[county], number)
    lines = [json.dumps(written(case, number), ensure_ascii=False) for number, case in enumerate(cases, 1)]
    files["questions.jsonl"] = "\n".join(lines) + "\n"
    return files


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the documents and questions of the made set from its grammar.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail when a file differs from what is made"
    )
    check = parser.parse_args().check
    stale = []
    for name, text in make().items():
        path = HERE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
    print("\n".join(stale) if stale else "up to date")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
