"""The server's end of a worker: a line that carries one call at a time, and tells when the worker is gone."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from assistant.serving.workers import frames
from assistant.serving.workers.pool import WorkerLost

logger = logging.getLogger(__name__)

_BIRTH_SECONDS = 30.0  # a fork takes about 0.01; on a machine out of memory much longer


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a call."""

    result: Any
    error: Exception | None
    embedding_seconds: list[float]


class Worker:
    """A worker, from the moment that it said that it is there."""

    def __init__(self, process: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.process = process
        self.gone = asyncio.Event()  # the process has ended
        self.stopped = False  # by us
        self._reader, self._writer = reader, writer
        self._reply: asyncio.Future[Reply] | None = None
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def born(cls, send_line: Callable[[socket.socket], None]) -> "Worker":
        """The worker at the other end of a new socket pair, which ``send_line`` hands over. WorkerLost if none comes."""
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:  # no more files may be open
            raise WorkerLost(f"there is no line for it: {error}") from error
        try:
            with theirs:
                send_line(theirs)
            reader, writer = await asyncio.open_connection(sock=ours)
        except OSError as error:
            ours.close()
            raise WorkerLost(f"the template could not be asked: {error}") from error
        try:
            async with asyncio.timeout(_BIRTH_SECONDS):
                process = await frames.read(reader)
        except BaseException as error:
            writer.close()
            if isinstance(error, (EOFError, ConnectionError, TimeoutError)):
                raise WorkerLost("it ended before it was ready") from None
            raise
        return cls(process, reader, writer)

    @property
    def usable(self) -> bool:
        """Whether it can take a call."""
        return not self.stopped and not self.gone.is_set()

    async def do(self, call: bytes) -> Reply:
        """Send a packed call and wait for what comes of it. WorkerLost when the worker ends before."""
        self._reply = asyncio.get_running_loop().create_future()
        try:
            self._writer.write(call)
            return await self._reply
        finally:
            self._reply = None

    def stop(self) -> None:
        """End the process now, whatever it is doing."""
        if self.usable:
            self.stopped = True
            with suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)

    async def _listen(self) -> None:
        try:
            while True:
                result, error, seconds = await frames.read(self._reader)
                if self._reply is not None and not self._reply.done():
                    self._reply.set_result(Reply(result, error, seconds))
        except (EOFError, ConnectionError):
            pass
        except Exception:
            logger.exception("what answer process %d sent cannot be read", self.process)
            self.stop()
        finally:
            self.gone.set()
            self._writer.close()
            if self._reply is not None and not self._reply.done():
                self._reply.set_exception(WorkerLost("This question could not be answered; it has been logged."))
