"""Classes: which of the classes of a clause (正高级、副高级; 新建、改造) a text or a counted thing names.

Only what a class has in its name and no other class has tells it from the others: of 绿色食品认证 and 有机产品认证 the
word 认证 says nothing.
"""

import re
from collections.abc import Sequence

from assistant.language.classes import classes_in
from assistant.matching.said import read_said
from assistant.question.situation import Fact
from corpus.script import fold

_NAMED_TOGETHER = re.compile(r"、|和|及|或|与")
_LEAST = 2  # characters that a class is told by


def runs_named(names: Sequence[str], text: str) -> tuple[str, ...]:
    """For each class the longest run of its name that stands in a folded text and in no other class's name.

    Where the classes are those of a closed set (博士、硕士、本科毕业生), its whole name where the text says to be of it.
    """
    called = [fold(name) for name in names]
    closed = _closed_set(called)
    if closed is not None:
        kind, values = closed
        stated = read_said(fold(text)).values(kind)
        return tuple(name if own in stated else "" for name, own in zip(called, values, strict=True))
    return tuple(_own_run(called, place, fold(text)) for place in range(len(called)))


def classes_named(names: Sequence[str], text: str) -> tuple[int, ...]:
    """The positions of all classes that a text names."""
    return tuple(place for place, run in enumerate(runs_named(names, text)) if len(run) >= _LEAST)


def class_named(names: Sequence[str], text: str) -> int | None:
    """The position of the class that a text names most fully; None where it names none, or two alike.

    >>> class_named(["新获绿色食品认证", "新获有机农产品认证"], "产品新拿有机认证")
    1
    """
    if _closed_set([fold(name) for name in names]) is not None:
        stated = classes_named(names, text)
        return stated[0] if len(stated) == 1 else None
    whole = [place for place, name in enumerate(names) if len(name) >= _LEAST and fold(name) in fold(text)]
    if len(whole) == 1:
        return whole[0]
    lengths = [len(run) for run in runs_named(names, text)]
    best = max(lengths, default=0)
    return lengths.index(best) if best >= _LEAST and lengths.count(best) == 1 else None


def class_of(names: Sequence[str], fact: Fact) -> int | None:
    """The position of the class that a counted thing is of, by the words right beside its number."""
    return class_named(names, fact.noun)


def named_together(name: str) -> list[str]:
    """The things that one class names side by side: 金奖 and 银奖 of 金奖、银奖."""
    return _NAMED_TOGETHER.split(name)


def _closed_set(names: Sequence[str]) -> tuple[str, list[str]] | None:
    """The closed set that each class is another one of, with the value of each; None where they are none."""
    named = [classes_in(name) for name in names]
    for kind in {mention.kind for mention in named[0]} if len(names) > 1 else ():
        values = [[next(iter(m.values)) for m in own if m.kind == kind and len(m.values) == 1] for own in named]
        if all(len(own) == 1 for own in values) and len({own[0] for own in values}) == len(names):
            return kind, [own[0] for own in values]
    return None


def _own_run(names: Sequence[str], place: int, text: str) -> str:
    name, others = names[place], [other for n, other in enumerate(names) if n != place]
    runs = (name[i:j] for i in range(len(name)) for j in range(i + _LEAST, len(name) + 1))
    return max((run for run in runs if run in text and not any(run in other for other in others)), key=len, default="")
