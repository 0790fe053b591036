"""Stance: whether a number is one that the asker states of their own case, as the words around it say."""

from collections.abc import Iterable, Sequence

from assistant.language.grammar import Reading
from assistant.language.unify import things_in
from assistant.question.fact import DURATIONS, MONEY
from corpus.quantities import Polarity, Quantity

# What is not the asker's own whatever it measures.
_NEVER = frozenset({"awarded", "contradicted", "unit_price", "funded", "elsewhere", "said_wrong"})
_OF_ANY_NUMBER = frozenset({"contradicted", "elsewhere", "said_wrong"})
_SHARERS = frozenset({"家", "头", "人"})  # classifiers of those who each get a sum
_NAME_BEFORE = 2  # characters before the name of a grant that belong to it: 投资补助


def is_stated(
    amount: Quantity,
    reading: Reading,
    folded: str,
    amounts: Sequence[Quantity],
    said: tuple[int, int],
    before: tuple[int, int],
) -> bool:
    """Whether the asker states an amount of their own case.

    ``said`` is the part of the sentence up to it, ``before`` what of that stands behind the number before.
    """
    stance = reading.of(amount, "stance")
    if amount.unit == "percent":
        return "claimed" not in stance
    if amount.unit not in MONEY:
        asked = amount.value == 1 and "price_asked" in stance  # 一个补多少: no number of theirs
        return not asked and not stance & _OF_ANY_NUMBER
    sources = {finding.value for finding in reading.within("source", *said)}
    if stance & _NEVER or "told" in sources or _is_of_one(amount, reading) or _is_of_more(amount, reading):
        return False
    known = bool(things_in(words_of_grants_aside(folded, reading, *before)))
    if "behind" in reading.of(amount, "order"):
        known = known or bool(things_in(_after(folded, amount, amounts)))  # "received RMB 6.4m of central funding"
    reckoned = "heard" in sources or _is_reckoned(amount, amounts) or "claimed" in stance
    return known or not (reckoned or amount.polarity is Polarity.AT_MOST)  # "最高500万还能拿吗": a ceiling heard of


def words_of_grants_aside(folded: str, reading: Reading, start: int, end: int) -> str:
    """The words of a stretch without the names of grants in it, whose words say nothing of what was spent."""
    kept, position = "", start
    for name in reading.within("name", start, end):
        if name.value == "grant" and name.start - _NAME_BEFORE >= position:
            kept += folded[position : name.start - _NAME_BEFORE]
            position = name.end
    return kept + folded[position:end]


def _after(folded: str, amount: Quantity, amounts: Sequence[Quantity]) -> str:
    ends = [other.start for other in amounts if other.start >= amount.end and other.unit not in DURATIONS]
    ends += [place for mark in ",。;!?\n" if (place := folded.find(mark, amount.end)) >= 0]
    return folded[amount.end : min(ends, default=len(folded))]


def _is_of_one(amount: Quantity, reading: Reading) -> bool:
    """Whether a sum is that of one person or firm: "一家50万"."""
    counts = [f.tokens[0] for f in reading.all("stance") if f.value == "of_count" and f.tokens[-1] == amount]
    return any(
        isinstance(one, Quantity) and one.value == 1 and (one.unit == "person" or one.counted in _SHARERS)
        for one in counts
    )


def _is_of_more(amount: Quantity, reading: Reading) -> bool:
    """Whether a sum is taken back as that of several years or of the whole group: "45万是两年的"."""
    for finding in reading.all("stance"):
        if finding.value == "of_more" and finding.tokens[0] == amount:
            return not any(isinstance(t, Quantity) and t.unit == "year" and t.value == 1 for t in finding.tokens)
    return False


def _is_reckoned(amount: Quantity, amounts: Iterable[Quantity]) -> bool:
    """Whether a sum is a share of another sum, both stated before it: "600万按15%就是90万"."""
    shares = [o.value for o in amounts if o.unit == "percent" and o.value < 1 and o.end <= amount.start]
    before = [other for other in amounts if other.end <= amount.start] if shares else []
    return any(other.value * share == amount.value for other in before if other.unit == amount.unit for share in shares)
