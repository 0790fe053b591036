"""Classes: which of the classes of a clause (正高级、副高级; 新建、改造) a text or a counted thing names.

Only what a class has in its name and no other class has tells it from the others: of 绿色食品认证 and 有机产品认证 the
word 认证 says nothing.
"""

import re
from collections.abc import Sequence

from assistant.question.situation import Fact
from corpus.script import fold

_NAMED_TOGETHER = re.compile(r"、|和|及|或|与")
_LEAST = 2  # characters that a class is told by


def runs_named(names: Sequence[str], text: str) -> tuple[str, ...]:
    """For each class the longest run of its name that stands in a folded text and in no other class's name."""
    called = [fold(name) for name in names]
    return tuple(_own_run(called, place, fold(text)) for place in range(len(called)))


def classes_named(names: Sequence[str], text: str) -> tuple[int, ...]:
    """The positions of all classes that a text names."""
    return tuple(place for place, run in enumerate(runs_named(names, text)) if len(run) >= _LEAST)


def class_named(names: Sequence[str], text: str) -> int | None:
    """The position of the class that a text names most fully; None where it names none, or two alike.

    >>> class_named(["新获绿色食品认证", "新获有机农产品认证"], "产品新拿有机认证")
    1
    """
    lengths = [len(run) for run in runs_named(names, text)]
    best = max(lengths, default=0)
    if best >= _LEAST:
        return lengths.index(best) if lengths.count(best) == 1 else None
    whole = [place for place, name in enumerate(names) if len(name) >= _LEAST and fold(name) in fold(text)]
    return whole[0] if len(whole) == 1 else None  # 技师 beside 高级技师 has nothing of its own, and is said whole


def class_of(names: Sequence[str], fact: Fact) -> int | None:
    """The position of the class that a counted thing is of, by the words right beside its number."""
    return class_named(names, fact.noun)


def named_together(name: str) -> list[str]:
    """The things that one class names side by side: 金奖 and 银奖 of 金奖、银奖."""
    return _NAMED_TOGETHER.split(name)


def _own_run(names: Sequence[str], place: int, text: str) -> str:
    name, others = names[place], [other for n, other in enumerate(names) if n != place]
    runs = (name[i:j] for i in range(len(name)) for j in range(i + _LEAST, len(name) + 1))
    return max((run for run in runs if run in text and not any(run in other for other in others)), key=len, default="")
