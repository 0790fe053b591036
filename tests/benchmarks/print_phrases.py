"""Prints every form of answer in the three languages side by side, to be read through by a person.

    python tests/benchmarks/print_phrases.py            the answers to made-up clauses, then every phrase
    python tests/benchmarks/print_phrases.py --answers  the answers only

Nothing is built and no model is loaded: the clauses are worked out as the service does, from facts that are given here.
"""

import argparse
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from assistant.answer import ConditionState
from assistant.answering.calculating import StatedFact, Task, calculation
from assistant.answering.phrasebook import LANGUAGES, phrases_of, tables
from assistant.answering.worked import DecidedCondition, Worked
from assistant.finding.library import PolicyTexts
from assistant.language.lexicon import shipped_lexicon
from assistant.question import Language
from assistant.question.places import PlaceFinder
from corpus.collection import Collection, load_document

# What the answer shows: the clause, and the facts that are stated.
CASES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("a sum stated", "对通过年度考核的孵化基地,给予一次性奖励30万元。", {}),
    ("worked out of a fact", "对通过评审的企业,按设备投入的20%给予补助,最高不超过500万元。", {"设备投入": "10000000"}),
    ("cut at the ceiling", "对通过评审的企业,按设备投入的20%给予补助,最高不超过500万元。", {"设备投入": "90000000"}),
    ("the fact is missing", "对通过评审的企业,按设备投入的20%给予补助,最高不超过500万元。", {}),
    ("a share without a ceiling", "对通过评审的企业,按设备投入的20%给予补助。", {}),
    ("at most a share", "对通过评审的企业,按不超过设备投入的20%给予补助。", {"设备投入": "10000000"}),
    ("only a ceiling", "对通过评审的企业给予最高不超过500万元补助。", {}),
    ("a threshold met", "对年营业收入达到2000万元以上的企业,给予一次性奖励25万元。", {"年营业收入": "30000000"}),
    ("a threshold not met", "对年营业收入达到2000万元以上的企业,给予一次性奖励25万元。", {"年营业收入": "10000000"}),
    ("a threshold not said", "对年营业收入达到2000万元以上的企业,给予一次性奖励25万元。", {}),
    ("for each of several", "对新招用毕业生的企业,按每人2000元给予补助。", {"毕业生": "12"}),
    ("levels", "对新认定的国家级、省级、市级示范基地,分别给予100万元、50万元、20万元奖励。", {}),
    ("many conditions", "对在本县依法登记的加工企业,通过绿色认证,建有追溯体系,与农户签约,给予奖励30万元。", {}),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", action="store_true", help="leave the table of phrases out")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for title, clause, facts in CASES:
            print(f"━━ {title}: {clause} {facts or ''}")
            for language in Language:
                for worked in answers(Path(folder), clause, facts, language):
                    print_worked(worked, language)
            print()
    print_what_is_not_told()
    if not arguments.answers:
        print_table()


def answers(folder: Path, clause: str, facts: dict[str, str], language: Language) -> Iterator[Worked]:
    """What a clause gives, and what it gives when its first open condition is set as met and as not met."""
    path = folder / "made.txt"
    path.write_text(f"云桥县支持企业的若干措施\n一、支持措施\n{clause}\n", encoding="utf-8")
    document = load_document(path)
    texts, places = PolicyTexts(Collection((document,))), PlaceFinder((document,))
    leaf = next((grant.clause for grant in texts.grants if grant.rules), None)
    if leaf is None:
        return
    stated = tuple(StatedFact(fact=name, value=Decimal(value)) for name, value in facts.items())
    (first, *_) = calculation(Task(leaf.id, stated, language=language), texts, shipped_lexicon(), places).results
    yield first
    still_open = next((one for one in first.conditions if one.state is ConditionState.OPEN), None)
    for state in (ConditionState.MET, ConditionState.FAILED) if still_open and first.figures else ():
        decided = DecidedCondition(text=still_open.text, start=still_open.start, end=still_open.end, state=state)
        yield calculation(
            Task(leaf.id, stated, (decided,), language=language), texts, shipped_lexicon(), places
        ).results[0]


def print_worked(worked: Worked, language: Language) -> None:
    head = f"  {language:8}{worked.status:16}"
    for line in worked.text.splitlines():
        print(f"{head}{line}")
        head = " " * len(head)
    for figure in worked.figures:
        steps = " · ".join((*figure.steps, *figure.assumed))
        print(f"{' ' * len(head)}  {figure.label}{' (conditional)' if figure.conditional else ''}: {steps}")


def print_what_is_not_told() -> None:
    """What is said where a document does not tell what is asked of a grant."""
    for aspect in phrases_of("aspect", LANGUAGES[0]):
        print(f"━━ not told: {aspect}")
        for language in LANGUAGES:
            asked, ask = phrases_of("aspect", language)[aspect], phrases_of("ask", language)[aspect]
            say = phrases_of("say", language)
            print(f"    {language:8}{say['not_stated'].format(aspect=asked, what='…', marker=1)}")
            print(f"    {'':8}{say['ask_them'].format(departments='…', questions=ask)}")


def print_table() -> None:
    for table in tables():
        print(f"━━ [{table}]")
        columns = [phrases_of(table, language) for language in LANGUAGES]
        for row in columns[0]:
            print(f"  {row}")
            for language, column in zip(LANGUAGES, columns, strict=True):
                print(f"    {language:8}{column[row]}")


if __name__ == "__main__":
    main()
