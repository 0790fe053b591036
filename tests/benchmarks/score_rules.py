"""Score rule extraction against labelled clauses: ``python tests/benchmarks/score_rules.py PATH/dev.jsonl``.

A rule is found when its money (rate, amount, cap) is equal to the last yuan and, for amounts, whether it is per unit
agrees. Conditions are compared by operator, value and unit over all rules, ``>=`` and ``>`` alike in a ladder, and
``<=`` and ``<`` likewise. A ceiling reported as a sum, or a floor as a ceiling, is a polarity error.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant.clause.extraction import extract_rules

Money = tuple[Decimal | None, Decimal | None, Decimal | None, bool, Decimal | None]
Comparison = tuple[str, Decimal, str]


def number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value)).normalize()


def money(rule: dict[str, Any]) -> Money:
    amount = number(rule.get("amount"))
    per_unit = amount is not None and rule["kind"] == "per_unit"
    return number(rule.get("rate")), amount, number(rule.get("cap")), per_unit, number(rule.get("uplift"))


def comparisons(rule: dict[str, Any]) -> Counter[Comparison]:
    border = {">": ">=", "<": "<="} if rule.get("ladder") else {}
    found = Counter()
    for condition in rule.get("conditions") or ():
        value = number(condition["value"])
        assert value is not None
        found[(border.get(condition["op"], condition["op"]), value, condition["unit"])] += 1
    return found


@dataclass
class Score:
    """Counts over one set of clauses."""

    clauses: int = 0
    found: int = 0
    predicted: int = 0
    labelled: int = 0
    conditions_found: int = 0
    conditions_predicted: int = 0
    conditions_labelled: int = 0
    entitlements: int = 0
    polarity: list[str] = field(default_factory=list)
    soft: Counter[str] = field(default_factory=Counter)

    def report(self, name: str) -> str:
        precision = self.found / max(1, self.predicted)
        recall = self.found / max(1, self.labelled)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        condition_precision = self.conditions_found / max(1, self.conditions_predicted)
        condition_recall = self.conditions_found / max(1, self.conditions_labelled)
        soft = " ".join(f"{key} {self.soft[key]}/{self.soft['rules']}" for key in ("kind", "base", "beneficiary"))
        return (
            f"{name}: {self.clauses} clauses; rules F1 {f1:.3f} (P {precision:.3f} R {recall:.3f}); "
            f"conditions P {condition_precision:.3f} R {condition_recall:.3f}; "
            f"entitlement {self.entitlements / max(1, self.clauses):.3f}; polarity errors {len(self.polarity)}; {soft}"
        )


def pair(gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Pairs of equal money; of several candidates the one whose conditions agree best."""
    pairs = []
    free = set(range(len(predicted)))
    for position, rule in enumerate(gold):
        candidates = [other for other in sorted(free) if money(predicted[other]) == money(rule)]
        if candidates:
            best = max(
                candidates, key=lambda other: ((comparisons(predicted[other]) & comparisons(rule)).total(), -other)
            )
            free.discard(best)
            pairs.append((position, best))
    return pairs


def polarity_errors(gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> list[str]:
    """Ceilings of the labels that were reported as sums, and conditions that were reported as ceilings or sums."""
    ceilings = {number(rule.get("cap")) for rule in gold} - {None} - {number(rule.get("amount")) for rule in gold}
    sums = {number(rule.get("amount")) for rule in gold} - {None}
    floors = {number(rule.get("amount_min")) for rule in gold} | {
        number(condition["value"])
        for rule in gold
        for condition in rule.get("conditions") or ()
        if condition["op"] in {">", ">="}
    }
    floors -= {None} | ceilings | sums
    errors = []
    for rule in predicted:
        amount, cap = number(rule.get("amount")), number(rule.get("cap"))
        if amount in ceilings and amount is not None:
            errors.append(f"ceiling {amount} reported as a sum")
        if cap in floors and cap is not None:
            errors.append(f"floor {cap} reported as a ceiling")
    return errors


def soft_equal(first: str, second: str) -> bool:
    one, two = "".join(first.split()), "".join(second.split())
    return one == two or bool(one and two and (one in two or two in one))


def score_clause(clause: dict[str, Any], scores: list[Score]) -> list[str]:
    """Add one clause to the scores; lines describing what was missed."""
    gold = clause["rules"]
    predicted = [rule.model_dump(mode="json") for rule in extract_rules(clause["text"])]
    for rule in gold:
        rule["amount_min"] = rule.get("amount_min")
    pairs = pair(gold, predicted)
    common = sum((comparisons(gold[g]) & comparisons(predicted[p])).total() for g, p in pairs)
    errors = polarity_errors(gold, predicted)
    entitled = bool(predicted) == clause["is_entitlement"]
    for score in scores:
        score.clauses += 1
        score.found += len(pairs)
        score.predicted += len(predicted)
        score.labelled += len(gold)
        score.conditions_found += common
        score.conditions_predicted += sum(comparisons(rule).total() for rule in predicted)
        score.conditions_labelled += sum(comparisons(rule).total() for rule in gold)
        score.entitlements += entitled
        score.polarity.extend(errors)
        for g, p in pairs:
            score.soft["rules"] += 1
            score.soft["kind"] += gold[g]["kind"] == predicted[p]["kind"]
            for name in ("base", "beneficiary"):
                score.soft[name] += soft_equal(gold[g].get(name) or "", predicted[p].get(name) or "")
    return describe(clause, gold, predicted, pairs, errors, entitled)


def describe(
    clause: Any, gold: Any, predicted: Any, pairs: list[tuple[int, int]], errors: list[str], entitled: bool
) -> list[str]:
    lines = [f"    POLARITY {error}" for error in errors]
    if not entitled:
        lines.append(f"    ENTITLEMENT should be {clause['is_entitlement']}")
    paired_gold, paired_predicted = {g for g, _ in pairs}, {p for _, p in pairs}
    lines += [f"    missed    {brief(rule)}" for g, rule in enumerate(gold) if g not in paired_gold]
    lines += [f"    spurious  {brief(rule)}" for p, rule in enumerate(predicted) if p not in paired_predicted]
    for g, p in pairs:
        wanted, got = comparisons(gold[g]), comparisons(predicted[p])
        if wanted != got:
            lines.append(
                f"    conditions of {brief(gold[g])}: missing {show(wanted - got)} spurious {show(got - wanted)}"
            )
    if lines:
        core = "" if clause.get("core") else " (not core)"
        lines.insert(0, f"{clause['id']}{core} {clause['text']}")
    return lines


def brief(rule: dict[str, Any]) -> str:
    names = ("kind", "rate", "amount", "cap", "per", "uplift")
    text = " ".join(f"{name}={rule[name]}" for name in names if rule.get(name) not in (None, ""))
    return f"[{text}] {show(comparisons(rule))}"


def show(found: Counter[Comparison]) -> str:
    return "{" + ", ".join(f"{op}{value:f} {unit}" for op, value, unit in found.elements()) + "}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--quiet", action="store_true", help="only the figures")
    arguments = parser.parse_args()
    everything, core = Score(), Score()
    for line in arguments.path.read_text(encoding="utf-8").splitlines():
        clause = json.loads(line)
        misses = score_clause(clause, [everything, core] if clause.get("core") else [everything])
        if misses and not arguments.quiet:
            print("\n".join(misses))
    print(core.report("core"))
    print(everything.report("all"))


if __name__ == "__main__":
    main()
