"""Events: what a duration runs from: the founding of a firm, a signature, the start of work, a graduation.

"签约后14个月才动工" runs from the signing and not from the start of construction, "成立五年了" from the founding, and
"干4个月就走了" is how long someone worked. A clause that bounds one of them is not judged by another: a firm five years old
may well have started construction within a year of its founding.
"""

from functools import lru_cache

from assistant.language.amounts import read_amounts
from assistant.language.grammar import Reading, shipped_grammar
from corpus.quantities import Quantity

_EVENT = frozenset({"event"})


@lru_cache(maxsize=8192)  # the same few metrics of clauses are held against every fact
def events_in(folded: str) -> frozenset[str]:
    """The events that words name."""
    return shipped_grammar().read(folded, read_amounts(folded), _EVENT).values("event")


def runs_from(amount: Quantity, reading: Reading, before: tuple[int, int], after: tuple[int, int]) -> frozenset[str]:
    """What a duration runs from, by the stretches of the text before and after it; empty where they name nothing known."""
    if said := reading.of(amount, "event"):
        return said - {"signed", "founded"} or said
    runs = reading.of(amount, "runs")
    if "behind" in runs:
        return _within(reading, after)
    found = _within(reading, before) or _within(reading, after)
    if "founded" in found and "till_now" in runs:
        return frozenset({"aged"})
    return frozenset({"aged"}) if "aged" in found else found


def _within(reading: Reading, span: tuple[int, int]) -> frozenset[str]:
    return frozenset(finding.value for finding in reading.within("event", *span))
