"""The server's end of the template: starts it, hands lines to it, and hears from it which workers ended."""

import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from assistant.serving.workers import frames
from assistant.serving.workers.template import COMMAND, ONE_THREAD
from corpus.errors import OperatorError

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant
    from assistant.settings import Settings

logger = logging.getLogger(__name__)

_END_SECONDS = 5.0  # s for the template to end by itself
WarmUp = Callable[["PolicyAssistant"], None]


class Template:
    """A template process that has loaded the assistant."""

    def __init__(
        self, process: "subprocess.Popen[bytes]", line: socket.socket, reader: asyncio.StreamReader, writer: Any
    ) -> None:
        self._process = process
        self._line = line
        self._reader, self._writer = reader, writer
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, settings: "Settings", warm_up: WarmUp) -> "Template":
        """A template, once it has loaded. Raises what kept it from that: SnapshotError, SettingsError …"""
        ours, theirs = socket.socketpair()
        try:
            process = cls._spawned(theirs)
        except OSError as refused:
            ours.close()
            raise OperatorError(f"No process could be started to load the assistant: {refused}.") from refused
        finally:
            theirs.close()
        line = ours.dup()
        reader, writer = await asyncio.open_connection(sock=ours)
        try:
            writer.write(frames.packed((settings, warm_up)))
            (error,) = await frames.read(reader)
        except BaseException as failure:
            writer.close()
            line.close()
            process.kill()
            await asyncio.shield(asyncio.to_thread(process.wait))
            if isinstance(failure, (EOFError, ConnectionError)):
                status = _described(process.returncode)
                raise OperatorError(f"The assistant could not be loaded: its process {status}.") from None
            raise
        if error is not None:
            writer.close()
            line.close()
            await asyncio.to_thread(process.wait)
            raise error
        return cls(process, line, reader, writer)

    @staticmethod
    def _spawned(line: socket.socket) -> "subprocess.Popen[bytes]":
        path = os.pathsep.join(map(os.path.abspath, sys.path))  # where this process finds modules
        return subprocess.Popen(
            [sys.executable, "-P", "-c", COMMAND, str(line.fileno())],
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            pass_fds=(line.fileno(),),
            process_group=0,  # Ctrl+C is for the server, which lets requests finish
        )

    def send_line(self, line: socket.socket) -> None:
        """Have a worker forked that works for the other end of a socket. OSError when the template is gone."""
        socket.send_fds(self._line, [b"f"], [line.fileno()])

    async def gone(self) -> None:
        """Wait until the process has ended."""
        await asyncio.shield(self._listening)

    async def close(self) -> None:
        """Have the process end its workers and itself, and wait for it."""
        self._line.close()
        self._writer.close()
        await asyncio.wait((self._listening,), timeout=_END_SECONDS)
        self._process.kill()  # has no effect on one that has ended
        await self._listening

    async def _listen(self) -> None:
        try:
            while True:
                process, status = await frames.read(self._reader)
                level = logging.DEBUG if status in (0, -signal.SIGKILL) else logging.ERROR
                logger.log(level, "answer process %d %s", process, _described(status))
        except (EOFError, ConnectionError):
            pass
        finally:
            self._line.close()
            self._writer.close()
        await asyncio.to_thread(self._process.wait)


def _described(status: int) -> str:
    if status >= 0:
        return f"ended with status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"
