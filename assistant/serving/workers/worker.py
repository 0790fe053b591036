"""A worker: a fork of the template that works out one request after the other until its line is cut."""

import os
import pickle
import select
import socket
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.serving.workers import frames
from assistant.serving.workers.pool import Timed
from corpus.errors import PolicyError

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

_FIRST_TO_GO = "500"  # of -1000 to 1000: when the system is out of memory, a worker is ended and not the server


def work(assistant: "PolicyAssistant", connection: socket.socket) -> None:
    """Say that it is there with the number of its process, then answer each call with (result, error, seconds).

    ``seconds`` are those that each question took to embed.
    """
    seconds: list[float] = []
    index = assistant.library.index
    index.embedder = Timed(index.embedder, seconds.append)
    with suppress(OSError):  # not Linux
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, encoding="ascii")
    threading.Thread(target=_end_with, args=(connection,), daemon=True).start()
    connection.sendall(frames.packed(os.getpid()))
    while True:
        try:
            call = frames.receive(connection)
        except (EOFError, ConnectionError):
            return
        reply = _reply(assistant, call, seconds)
        connection.sendall(reply)
        seconds.clear()


def _reply(assistant: "PolicyAssistant", call: bytes, seconds: list[float]) -> bytes:
    try:
        function, args, kwargs = pickle.loads(call)
        return frames.packed((function(assistant, *args, **kwargs), None, seconds))
    except Exception as error:  # it is the server's to raise
        return frames.packed((None, _portable(error), seconds))


def _portable(error: Exception) -> Exception:
    """The error as it can be sent. One that nobody raised on purpose carries where it happened, for the log."""
    if not isinstance(error, PolicyError):
        error.add_note(f"In an answer process:\n{''.join(traceback.format_exception(error))}")
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        other = RuntimeError(f"{type(error).__name__}: {error}")
        for note in getattr(error, "__notes__", ()):
            other.add_note(note)
        return other
    return error


def _end_with(connection: socket.socket) -> None:
    """End the process when the server is gone, also in the middle of a request."""
    line = select.poll()
    line.register(connection, 0)  # nothing but that the other side hung up, which is always told
    line.poll()
    os._exit(0)
