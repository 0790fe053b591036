"""One file read in a process of its own, with limits of time and memory: a parser that goes wrong takes no one along.

The bytes go to the child's standard input, its answer comes back as JSON on standard output.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from corpus.readers.formats import FORMATS
from corpus.readers.limits import Limits
from corpus.readers.source import SourceText

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from corpus.readers.child import main; main(sys.argv[2:])"
_LARGEST_WRITTEN = 300_000_000  # bytes of one file that a converter may write
_OUT_OF_MEMORY = 77  # exit status


def read_in_child(content: bytes, suffix: str, limits: Limits) -> SourceText:
    """The text of a file's bytes, read under limits. Raises ValueError with the rest of a sentence."""
    megabytes = max(limits.megabytes, FORMATS[suffix].least_megabytes)
    child = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(_ROOT), suffix, str(megabytes), str(int(limits.seconds) + 1)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name != "nt",  # so that what it started ends with it
        env={**os.environ, "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "2"), "PYTHONUTF8": "1"},
    )
    try:
        answer, _ = child.communicate(content, timeout=limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise ValueError(_too_long(limits)) from error
    finally:
        _end(child)
    if child.returncode == _OUT_OF_MEMORY:
        raise ValueError(
            f"needs more than {megabytes:,} MB of memory to be read and was given up; part it into several files, or "
            "raise the setting read_megabytes."
        )
    if child.returncode in (-getattr(signal, "SIGXCPU", 24), -getattr(signal, "SIGKILL", 9)):
        raise ValueError(_too_long(limits))
    return _answer(answer)


def _too_long(limits: Limits) -> str:
    return (
        f"took longer than {limits.seconds:g} s to read and was given up; part it into several files, or raise the "
        "setting read_seconds."
    )


def _answer(answer: bytes) -> SourceText:
    try:
        values = json.loads(answer)
        if "refused" not in values:
            return SourceText.from_json(values)
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError("ended its reader unexpectedly; the file is damaged, save it again.") from error
    raise ValueError(str(values["refused"]))


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End the child and whatever it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    elif child.poll() is None:
        child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def main(arguments: list[str]) -> None:
    """Read standard input as a file with an ending, within megabytes and seconds of processor; write the answer."""
    suffix, megabytes, seconds = arguments[0], int(arguments[1]), int(arguments[2])
    _limit(megabytes * 1_000_000, seconds)
    content = sys.stdin.buffer.read()
    answer_file = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no part of the answer
    try:
        answer = FORMATS[suffix].read(content, suffix).to_json()
    except ValueError as error:
        answer = {"refused": str(error)}
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except RecursionError:
        answer = {"refused": "is nested too deeply to be read; save it again in a simpler form."}
    except Exception as error:  # any fault of a parser is a fault of the file, and is said
        answer = {
            "refused": f"cannot be read ({type(error).__name__}); it is damaged or of another kind, save it again."
        }
    with answer_file:
        answer_file.write(json.dumps(answer).encode())


def _limit(size: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the limit of time holds, by the parent
        return
    wanted = [
        (resource.RLIMIT_AS, size),
        (resource.RLIMIT_CPU, seconds * 2),  # of every thread together
        (resource.RLIMIT_FSIZE, _LARGEST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ]
    for kind, most in wanted:
        hard = resource.getrlimit(kind)[1]
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
