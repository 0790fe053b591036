"""What takes work: the interface that routes, MCP and the page see, and what every pool counts alike."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant
    from index.embedding import Embedder, Progress, Vectors

P = ParamSpec("P")
R = TypeVar("R")

STUCK_SECONDS = 5.0  # an answer takes well under one; when none came for so long, something is wrong


class Busy(Exception):
    """So many requests wait already that a further one would only wait past its time."""


class TookTooLong(Exception):
    """A request was not done within its time."""


class WorkerLost(Exception):
    """The process that worked on a request ended before it had answered."""


class Watcher(Protocol):
    """Is told what happens in a pool."""

    def embedded(self, seconds: float) -> None:
        """A question was embedded in so many seconds."""

    def restarted(self, reason: str) -> None:
        """A worker ended and another takes its place: it ``died``, or was ``stopped`` because of its request."""


class Bounded:
    """Counts what is under way where there is room for so much. Used from one event loop."""

    def __init__(self, size: int, waiting: int, timeout: float) -> None:
        self.size = size
        self.timeout = timeout  # s that a request may take, waiting included
        self._room = size + waiting
        self._under_way = 0
        self._began: dict[object, float] = {}  # when each request was begun that is worked on

    @property
    def busy(self) -> int:
        """Workers that work on a request."""
        return len(self._began)

    @property
    def under_way(self) -> int:
        """Requests being worked on or waiting."""
        return self._under_way

    def _enter(self) -> None:
        if self._under_way >= self._room:
            raise Busy("The service is busy; try again in a few seconds.")
        self._under_way += 1

    def _late(self) -> TookTooLong:
        return TookTooLong(f"The answer took longer than {self.timeout:g} s; try again.")


class Pool(Bounded, ABC):
    """Workers of the assistant with a bounded queue before them."""

    watcher: Watcher | None = None

    @abstractmethod
    async def start(self) -> None:
        """Get ready to take work. Raises what keeps the assistant from being loaded, such as SnapshotError."""

    @abstractmethod
    async def run(
        self, function: "Callable[Concatenate[PolicyAssistant, P], R]", *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """What a function of the assistant returns or raises, worked out by a worker.

        The function is one of a module or class, and its arguments can be pickled. Raises Busy when the queue is
        full, TookTooLong after the time a request may take, and WorkerLost when the worker did not survive it.
        """

    @abstractmethod
    async def close(self) -> None:
        """Take no more work and give everything back."""

    @property
    @abstractmethod
    def alive(self) -> int:
        """Workers that there are."""

    def trouble(self) -> str | None:
        """Why a request would not be answered now, in a sentence; None when it would be."""
        if self.alive == 0:
            return "No answer process is running; a new one is being started."
        if self._under_way >= self._room:
            return f"The queue is full: {self._under_way} requests are under way."
        if self.busy >= self.alive:
            seconds = time.monotonic() - max(list(self._began.values()), default=time.monotonic())
            if seconds > STUCK_SECONDS:
                return f"Every answer process has been busy for {seconds:.0f} s."
        return None


class Timed:
    """An embedder that tells how many seconds each question took."""

    def __init__(self, embedder: "Embedder", tell: Callable[[float], None]) -> None:
        self.embedder: Embedder = embedder.embedder if isinstance(embedder, Timed) else embedder
        self._tell = tell
        self.name, self.dimension = embedder.name, embedder.dimension

    def passages(self, texts: Any, progress: "Progress | None" = None) -> "Vectors":
        """One row for each text."""
        return self.embedder.passages(texts, progress)

    def queries(self, texts: Any) -> "Vectors":
        """One row for each question."""
        began = time.perf_counter()
        try:
            return self.embedder.queries(texts)
        finally:
            self._tell(time.perf_counter() - began)
