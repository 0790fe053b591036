"""Ask each Chinese question in Simplified and in Traditional script and count where the answers differ.

    python tests/benchmarks/script_invariance.py GOLD.jsonl [GOLD.jsonl …]

Prints, over all questions, how many get another first clause, other figures or another status in the other script, and
which. The script of the reply differs on purpose and is not compared.
"""

import argparse
from pathlib import Path

from assistant.answer import Answer
from assistant.evaluation import DEFAULT_AS_OF, GoldQuestion, load_gold
from assistant.service import PolicyAssistant
from corpus.script import fold, to_traditional


def main() -> None:
    """Ask, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    questions = [question for path in parser.parse_args().gold for question in load_gold(path) if question.lang != "en"]
    assistant = PolicyAssistant.open()
    differing = [question for question in questions if _differs(assistant, question)]
    print(f"{len(differing)} of {len(questions)} questions are answered otherwise in the other script")
    for question in differing:
        print(f"  {question.id}  {question.question}")


def _differs(assistant: PolicyAssistant, gold: GoldQuestion) -> bool:
    """Whether the first clause, the figures or the status depend on the script of the turns."""
    turns = (*gold.history, gold.question)
    forms = [[fold(turn) for turn in turns], [to_traditional(turn) for turn in turns]]
    return len({_essence(_ask(assistant, form, gold)) for form in forms}) > 1


def _ask(assistant: PolicyAssistant, turns: list[str], gold: GoldQuestion) -> Answer:
    return assistant.ask(turns[-1], history=turns[:-1], as_of=gold.as_of or DEFAULT_AS_OF)


def _essence(answer: Answer) -> tuple[object, ...]:
    first = answer.citations[0].clause_id if answer.citations else ""
    return first, answer.status, tuple((f.amount, f.bound, f.per) for f in answer.figures)


if __name__ == "__main__":
    main()
