"""Work: answers are worked out in a few threads, so that the server stays free to take and refuse requests.

Answering is computing and not waiting: more threads than processors only make each answer later. What does not fit
waits in a bounded queue, and what would wait past its time is refused at once.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from assistant.clients import charge

T = TypeVar("T")


class Busy(Exception):
    """So many requests wait already that a further one would only wait past its time."""


class TookTooLong(Exception):
    """A request was not done within its time."""


class Workers:
    """A few threads with a bounded queue before them."""

    def __init__(self, threads: int, waiting: int, timeout: float, name: str = "answer") -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._room = threads + waiting
        self._timeout = timeout
        self._under_way = 0

    @property
    def under_way(self) -> int:
        """Requests being worked on or waiting."""
        return self._under_way

    async def run(self, call: Callable[[], T]) -> T:
        """What ``call`` returns, worked out in a thread.

        Raises Busy when the queue is full and TookTooLong after the time a request may take; a call that
        has begun by then is finished in its thread, one that waits is dropped.
        """
        if self._under_way >= self._room:
            raise Busy("The service is busy; try again in a few seconds.")

        def timed() -> T:
            began = time.perf_counter()
            try:
                return call()
            finally:
                charge(time.perf_counter() - began)

        future: Future[T] = self._executor.submit(copy_context().run, timed)
        self._under_way += 1
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: _call_in(loop, self._leave))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._timeout)
        except TimeoutError:
            raise TookTooLong(f"The answer took longer than {self._timeout:g} s; try again.") from None

    def _leave(self) -> None:
        self._under_way -= 1

    def close(self) -> None:
        """Take no more work; what is under way is finished."""
        self._executor.shutdown(wait=False, cancel_futures=True)


def _call_in(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)
