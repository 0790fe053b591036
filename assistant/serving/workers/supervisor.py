"""The supervisor: keeps a template and a number of workers alive, and gives each request to one of them.

Who waits is served in order. A worker is given back when its request is done; one whose request ran too long, or
whose client hung up, is ended, and its place is filled again like that of one that died.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate

from assistant.serving.clients import charge
from assistant.serving.workers import frames
from assistant.serving.workers.line import Reply, Worker
from assistant.serving.workers.loading import Template, WarmUp
from assistant.serving.workers.pool import P, Pool, R, WorkerLost

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant
    from assistant.settings import Settings

logger = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 10.0  # s before another try to start what just failed to start


class Supervisor(Pool):
    """Answer processes. ``warm_up`` is called with the assistant before any is forked, to load all that is needed."""

    def __init__(self, settings: "Settings", warm_up: WarmUp) -> None:
        super().__init__(settings.workers, settings.waiting, settings.request_timeout)
        self._settings = settings
        self._warm_up = warm_up
        self._template: Template | None = None
        self._loaded = asyncio.Event()  # there is a template that forks
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []  # the last one used is the next: its memory is in the caches
        self._waiters: deque[asyncio.Future[Worker]] = deque()
        self._started: asyncio.Future[None] | None = None
        self._keepers: list[asyncio.Task[None]] = []

    # ── for who has work ──

    async def start(self) -> None:
        """Wait until a worker is there. Raises what keeps the assistant from being loaded."""
        if self._started is None:
            self._started = asyncio.get_running_loop().create_future()
            keepers = (self._keep_template(), *(self._keep_worker() for _ in range(self.size)))
            self._keepers = [asyncio.create_task(keeper) for keeper in keepers]
        await asyncio.shield(self._started)

    async def run(
        self, function: "Callable[Concatenate[PolicyAssistant, P], R]", *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """What a function of the assistant returns or raises, worked out in a process of its own."""
        self._enter()
        try:
            call = frames.packed((function, args, kwargs))
            async with asyncio.timeout(self.timeout):
                reply = await self._worked_out(call, function.__qualname__)
        except TimeoutError:
            raise self._late() from None
        finally:
            self._under_way -= 1
        if self.watcher is not None:
            for seconds in reply.embedding_seconds:
                self.watcher.embedded(seconds)
        if reply.error is not None:
            raise reply.error
        result: R = reply.result
        return result

    @property
    def alive(self) -> int:
        """Workers that can take work or have some."""
        return sum(worker.usable for worker in self._workers)

    def trouble(self) -> str | None:
        """Why a request would not be answered now, or why nothing could replace a worker; None when all is well."""
        if not self._loaded.is_set():
            return "The assistant is being loaded; try again in a few seconds."
        return super().trouble()

    async def close(self) -> None:
        """End all processes and wait for them."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        for worker in self._workers:
            worker.stop()
        if self._template is not None:
            await self._template.close()
        await asyncio.gather(*(worker.gone.wait() for worker in self._workers))
        self._workers.clear()
        self._loaded.clear()

    # ── a request ──

    async def _worked_out(self, call: bytes, name: str) -> Reply:
        worker = await self._take()
        self._began[worker] = time.monotonic()
        try:
            return await worker.do(call)
        except WorkerLost:
            logger.error("answer process %d ended while it worked on %s", worker.process, name)
            raise
        except asyncio.CancelledError:  # past its time, or nobody waits for it any more
            worker.stop()
            raise
        finally:
            charge(time.monotonic() - self._began.pop(worker))
            self._give(worker)

    async def _take(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.usable:
                return worker
        while True:
            waiter: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
            self._waiters.append(waiter)
            try:
                worker = await waiter
            except asyncio.CancelledError:
                if waiter.done() and not waiter.cancelled():
                    self._give(waiter.result())
                raise
            if worker.usable:
                return worker

    def _give(self, worker: Worker) -> None:
        """Hand a worker to whoever has waited longest."""
        if not worker.usable:
            return
        while self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_result(worker)
                return
        self._idle.append(worker)

    # ── what is kept alive ──

    async def _keep_template(self) -> None:
        assert self._started is not None
        failures = 0
        while True:
            await asyncio.sleep(_pause(failures))
            try:
                self._template = await Template.start(self._settings, self._warm_up)
            except Exception as error:
                if not self._started.done():
                    self._started.set_exception(error)
                    return
                failures += 1
                logger.error("the assistant could not be loaded again: %s", error)
                continue
            failures = 0
            self._loaded.set()
            await self._template.gone()
            self._loaded.clear()
            logger.error("the template of the answer processes has ended; it is started again")

    async def _keep_worker(self) -> None:
        """Keep one place filled. What ends before it is ready is tried again after a longer and longer pause."""
        failures = 0
        while True:
            await asyncio.sleep(_pause(failures))
            await self._loaded.wait()
            assert self._template is not None
            assert self._started is not None
            try:
                worker = await Worker.born(self._template.send_line)
            except WorkerLost as lost:
                failures += 1
                logger.error("an answer process could not be started: %s", lost)
                continue
            failures = 0
            self._workers.add(worker)
            self._give(worker)
            if not self._started.done():
                self._started.set_result(None)
            try:
                await worker.gone.wait()
            finally:
                worker.stop()
            self._workers.discard(worker)
            if worker in self._idle:
                self._idle.remove(worker)
            if self.watcher is not None:
                self.watcher.restarted("stopped" if worker.stopped else "died")


def _pause(failures: int) -> float:
    """Seconds to wait after so many failures in a row: none after none, then twice as long each time."""
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(failures, 10)) if failures else 0.0
