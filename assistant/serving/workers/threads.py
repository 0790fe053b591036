"""A pool in this process: a few threads around one assistant, for one client, tests, and systems without fork.

Nothing here can stop work that has begun: what is past its time is given up and finished in its thread.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Concatenate

from assistant.serving.clients import charge
from assistant.serving.workers.pool import Bounded, P, Pool, R, Timed

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant


class ThreadPool(Bounded):
    """A few threads with a bounded queue before them, for any work."""

    def __init__(self, size: int, waiting: int, timeout: float, name: str = "answer") -> None:
        super().__init__(size, waiting, timeout)
        self._executor = ThreadPoolExecutor(size, thread_name_prefix=name)

    async def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What a function returns, worked out in a thread. Raises Busy and TookTooLong."""
        self._enter()
        future: Future[R] = self._executor.submit(copy_context().run, self._work, partial(function, *args, **kwargs))
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: _call_in(loop, self._leave))
        awaited = asyncio.wrap_future(future)
        try:
            done, _ = await asyncio.wait((awaited,), timeout=self.timeout)
        finally:
            awaited.cancel()  # has no effect on what is done or has begun
        if not done:
            raise self._late()
        return awaited.result()

    def _work(self, call: Callable[[], R]) -> R:
        token = object()
        self._began[token] = time.monotonic()
        try:
            return call()
        finally:
            charge(time.monotonic() - self._began.pop(token))

    def _leave(self) -> None:
        self._under_way -= 1

    async def close(self) -> None:
        """Take no more work; what is under way is finished."""
        self._executor.shutdown(wait=False, cancel_futures=True)


class InProcess(ThreadPool, Pool):
    """The assistant in threads of this process."""

    def __init__(self, assistant: "PolicyAssistant", size: int, waiting: int, timeout: float) -> None:
        super().__init__(size, waiting, timeout)
        self._assistant = assistant
        index = assistant.library.index
        index.embedder = Timed(index.embedder, self._embedded)

    async def run(
        self, function: "Callable[Concatenate[PolicyAssistant, P], R]", *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """What a function of the assistant returns or raises. Raises Busy and TookTooLong."""
        return await self.call(function, self._assistant, *args, **kwargs)

    async def start(self) -> None:
        """Nothing is to be loaded."""

    @property
    def alive(self) -> int:
        """All threads: none can be lost."""
        return self.size

    def _embedded(self, seconds: float) -> None:
        if self.watcher is not None:
            self.watcher.embedded(seconds)


def _call_in(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)
