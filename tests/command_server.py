"""Runs the command line again and again, each time in a process of its own that need not import the libraries again.

Reads one JSON object a line, {"arguments", "environment", "folder"}: the folder holds the file ``stdin`` and receives
``stdout`` and ``stderr``. Writes the exit status on a line. What a run imported is imported here too, so that the next
run, forked from here, begins with it; nothing is ever called here, so no run sees anything of another.
"""

import atexit
import importlib
import json
import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn


def main() -> None:
    answers = os.dup(1)
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            os.close(answers)
            _run(request)
        _, status = os.waitpid(child, 0)
        _import_as(Path(request["folder"]) / "modules")
        os.write(answers, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _run(request: dict[str, Any]) -> NoReturn:
    folder = Path(request["folder"])
    for number, name, flags in (
        (0, "stdin", os.O_RDONLY),
        (1, "stdout", os.O_WRONLY | os.O_CREAT),
        (2, "stderr", os.O_WRONLY | os.O_CREAT),
    ):
        descriptor = os.open(folder / name, flags)
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdin = os.fdopen(0, "r", encoding=sys.stdin.encoding, errors=sys.stdin.errors)
    sys.stdout = os.fdopen(1, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors)
    sys.stderr = os.fdopen(2, "w", encoding=sys.stderr.encoding, errors=sys.stderr.errors, buffering=1)
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.modules["__main__"].__package__ = "assistant.faces.cli"  # as python -m has it; --help prints it
    status = 0
    try:
        from assistant.faces.cli import main as cli

        sys.argv = [str(Path(cli.__file__).with_name("__main__.py")), *request["arguments"]]
        cli.main()
    except SystemExit as stop:
        status = _status(stop.code)
    except BaseException:
        traceback.print_exc()
        status = 1
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    (folder / "modules").write_text(json.dumps([name for name in sys.modules if name != "__main__"]))
    os._exit(status)


def _status(code: object) -> int:
    if code is None or isinstance(code, int):
        return code or 0
    print(code, file=sys.stderr)
    return 1


def _import_as(listed: Path) -> None:
    """Import what a run imported; what cannot be imported by its name is no module of its own."""
    if not listed.exists():  # the run was killed
        return
    for name in json.loads(listed.read_text()):
        if name not in sys.modules:
            with suppress(Exception):
                importlib.import_module(name)


if __name__ == "__main__":
    main()
