"""The template: loads the assistant once, and forks a worker for each line that the server sends.

It ends when the server does, and takes its workers with it.
"""

import contextlib
import faulthandler
import gc
import logging
import os
import pickle
import select
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from assistant.serving.workers import frames

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

logger = logging.getLogger(__name__)

# Read when the libraries are loaded. A pool of threads would be missing in every fork; see the package.
ONE_THREAD: Mapping[str, str] = {
    "OMP_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "passive",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
COMMAND = "import sys; from assistant.serving.workers.template import main; main(int(sys.argv[1]))"


def main(descriptor: int) -> None:
    """Run as the template of the server that holds the other end of a socket.

    First come the settings and a function that warms an assistant up. Told are (None,) once it is loaded, (error,) when
    it cannot be, and (process, status) for each worker that ended.
    """
    for told_to_stop in (signal.SIGINT, signal.SIGTERM):  # it is the server that is told; it lets requests finish
        signal.signal(told_to_stop, signal.SIG_IGN)
    faulthandler.enable()  # says in the log where native code was called that ended a worker
    with socket.socket(fileno=descriptor) as server:
        settings, warm_up = pickle.loads(frames.receive(server))
        from assistant.serving.logs import set_up_logging

        set_up_logging(settings)
        try:
            assistant = _load(settings, warm_up)
        except Exception as error:
            server.sendall(frames.packed((error,)))
            return
        server.sendall(frames.packed((None,)))
        with contextlib.suppress(ConnectionError):  # the server is gone
            _serve(server, assistant)


def _load(settings: Any, warm_up: Any) -> "PolicyAssistant":
    from assistant.service import PolicyAssistant

    gc.disable()  # collecting again and again what is only being built takes a tenth of the time to load
    try:
        assistant = PolicyAssistant.open(settings)
        warm_up(assistant)  # dictionaries and model are loaded now and not in every worker again
        gc.collect()
        gc.freeze()  # what is loaded stays: a collection that looked at it would unshare its memory
    finally:
        gc.enable()
    threads = _threads()
    if threads > 1:
        logger.warning("loading has started %d threads, which no answer process will have", threads - 1)
    return assistant


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208  # also those of native code
    except OSError:  # not Linux
        return 1


def _serve(server: socket.socket, assistant: "PolicyAssistant") -> None:
    """Fork a worker for each line that comes, and tell of each that ended, until the server is gone."""
    workers: set[int] = set()
    woken, wake = socket.socketpair()
    wake.setblocking(False)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    try:
        while True:
            ready, _, _ = select.select((server, woken), (), ())
            if woken in ready:
                woken.recv(4096)
                ended = _ended()
                workers.difference_update(process for process, _ in ended)
                for one in ended:
                    server.sendall(frames.packed(one))
            if server in ready:
                content, lines, _, _ = socket.recv_fds(server, 1, 1)
                if not content:
                    return
                for line in lines:  # none where no more files may be open
                    with socket.socket(fileno=line) as connection, _told_of_failure():
                        workers.add(_forked(connection, assistant, (server, woken, wake)))
    finally:
        for process in workers:
            os.kill(process, signal.SIGKILL)
        for process in workers:
            os.waitpid(process, 0)


@contextlib.contextmanager
def _told_of_failure() -> Iterator[None]:
    """Log that there is no room for a further process. The server sees its line cut, and tries again later."""
    try:
        yield
    except OSError as error:
        logger.error("no process can be forked: %s", error.strerror)


def _ended() -> list[tuple[int, int]]:
    """The workers that ended since, each with the status that ``os.waitstatus_to_exitcode`` makes: -6 for signal 6."""
    found = []
    with contextlib.suppress(ChildProcessError):  # there is none left
        while True:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                break
            found.append((process, os.waitstatus_to_exitcode(status)))
    return found


def _forked(line: socket.socket, assistant: "PolicyAssistant", own: tuple[socket.socket, ...]) -> int:
    """The number of a new worker's process; in the worker itself this does not return."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for one in own:
            one.close()  # the server sees that the template is gone when nobody holds its end
        from assistant.serving.workers.worker import work

        work(assistant, line)
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)  # nothing of the template is to run here
