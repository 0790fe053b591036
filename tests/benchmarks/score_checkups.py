"""Scores check-ups against expected ones: ``python tests/benchmarks/score_checkups.py [--show]``.

``tests/cases/checkups/profiles.jsonl`` holds profiles with what they are entitled to, written from the documents before
the check-up was looked at. A match belongs to an expected item when the words of its citation hold the snippet and its
focus touches it.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.answering.checkup import Checkup, Group, Match, match
from assistant.clause.rule import Bound
from assistant.finding.library import PolicyTexts
from assistant.language.lexicon import shipped_lexicon
from assistant.question.profile import Profile
from corpus.collection import load_collection

CASES = Path(__file__).parents[1] / "cases" / "checkups"


@dataclass
class Score:
    """What was found of what was expected, over one profile or several."""

    expected: int = 0
    found: int = 0
    extra: int = 0  # called eligible and not expected
    false: int = 0  # of these, refused by the documents, or another exact sum
    open: int = 0
    open_found: int = 0
    refused: int = 0
    refused_found: int = 0
    totals: int = 0
    totals_right: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def recall(self) -> float:
        """Share of what the enterprise is entitled to that is called so, with the right sum."""
        return self.found / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        """Share of what is called eligible that is."""
        return self.found / (self.found + self.extra) if self.found + self.extra else 1.0


def read_cases(path: Path = CASES / "profiles.jsonl") -> list[dict[str, Any]]:
    """The profiles with what is expected of each."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def checkups(cases: Sequence[dict[str, Any]]) -> list[Checkup]:
    """The check-up of each profile, over the shipped documents or those of the cases."""
    texts = {"shipped": PolicyTexts(load_collection()), "own": PolicyTexts(load_collection(CASES / "documents"))}
    return [
        match(
            Profile.model_validate(case["profile"]),
            texts[case["documents"]],
            shipped_lexicon(),
            date.fromisoformat(case["as_of"]),
        )
        for case in cases
    ]


def score(case: dict[str, Any], checkup: Checkup) -> Score:
    """One check-up held against what is expected."""
    eligible = list(checkup.group(Group.ELIGIBLE))
    found = Score(expected=len(case["eligible"]), open=len(case["open"]), refused=len(case["refused"]))
    for item in case["eligible"]:
        one = next((m for m in eligible if located(m, item["snippet"]) and _same_sum(m, item)), None)
        if one is not None:
            eligible.remove(one)
            found.found += 1
    refused = [item["snippet"] for item in case["refused"]]
    for one in eligible:
        here = [item for item in case["eligible"] if located(one, item["snippet"])]
        disputed = any(located(one, snippet) for snippet in case["undecided"])
        if any(_same_sum(one, item) for item in here) or (disputed and not here):
            continue
        found.extra += 1
        wrong = bool(here) and any(figure.bound is Bound.EXACT for figure in one.figures)
        found.false += wrong or (not here and any(located(one, snippet) for snippet in refused))
    found.open_found = sum(
        _named(checkup, Group.ELIGIBLE_IF, one["snippet"], one["open_condition"]) for one in case["open"]
    )
    found.refused_found = sum(
        _named(checkup, Group.NOT_ELIGIBLE, one["snippet"], one["why"]) for one in case["refused"]
    )
    if case["certain_total"] is not None:
        found.totals, found.totals_right = 1, int(checkup.certain_total == case["certain_total"])
    return found


def located(match_: Match, snippet: str) -> bool:
    """Whether a match quotes the snippet, in the part of the clause that it is about."""
    citation = match_.citation
    at = "".join(citation.text.split()).find("".join(snippet.split()))
    places = [place for place, character in enumerate(citation.text) if not character.isspace()]
    if at < 0:
        return False
    last = places[at + len("".join(snippet.split())) - 1]
    return places[at] < citation.focus.end and last >= citation.focus.start


def _same_sum(match_: Match, item: dict[str, Any]) -> bool:
    if item["amount"] is None:
        return not match_.figures
    return any((f.amount, f.bound.value) == (Decimal(str(item["amount"])), item["bound"]) for f in match_.figures)


def _named(checkup: Checkup, group: Group, snippet: str, words: Sequence[str]) -> bool:
    """Whether a match of a group on the snippet names what decides it, outside its quotation."""
    said = (
        m.model_dump_json(exclude={"citation", "figures"}) + ("expired" if not m.citation.in_force else "")
        for m in checkup.group(group)
        if located(m, snippet)
    )
    return any(word in text for text in said for word in words)


def main() -> None:
    """Print the figures, and with --show those of each profile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="a row per profile")
    shown = parser.parse_args().show
    cases = read_cases()
    scores = [score(case, checkup) for case, checkup in zip(cases, checkups(cases), strict=True)]
    for case, one in zip(cases, scores, strict=True):
        if shown:
            print(case["id"], one)
    whole = sum(scores, Score())
    print(f"eligible recall {whole.recall:.3f}, precision {whole.precision:.3f}, false {whole.false}")
    print(f"open {whole.open_found}/{whole.open}, refused {whole.refused_found}/{whole.refused}", end=", ")
    print(f"totals {whole.totals_right}/{whole.totals}")


if __name__ == "__main__":
    main()
