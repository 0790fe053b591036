"""A served process for the scripts beside this: started with an index that is built, or one that runs already."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTING_SECONDS = 120


@dataclass
class Served:
    """A server: its port, its process when it was started here, and where it logs to."""

    port: int
    process: "subprocess.Popen[bytes] | None" = None
    log: Path | None = None

    @property
    def dead(self) -> bool:
        """Whether the process ended."""
        return self.process is not None and self.process.poll() is not None

    def restarts(self) -> int:
        """Worker processes that had to be replaced so far, by the metrics; 0 where it has none."""
        text = get(self.port, "/metrics")
        return round(
            sum(float(n) for n in re.findall(r"^policy_worker_restarts_total\{.*\} (\S+)$", text, re.MULTILINE))
        )

    def log_bytes(self) -> int:
        """The size of the log."""
        return self.log.stat().st_size if self.log else 0

    def memory(self) -> float:
        """Resident memory of the process and its children in MB; 0 where that is not known."""
        if self.process is None or not Path("/proc").is_dir():
            return 0.0
        return sum(_resident(pid) for pid in _family(self.process.pid)) / 1e6


def get(port: int, path: str) -> str:
    """The text of a GET; empty when there is none."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as response:
            text: str = response.read().decode()
            return text
    except (urllib.error.URLError, OSError):
        return ""


@contextmanager
def serving(port: int | None, **variables: str) -> Iterator[Served]:
    """The server at a port of this machine, else one that is started for as long as it is needed."""
    if port is not None:
        yield Served(port)
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "POLICY_PORT": str(port),
            "POLICY_FEEDBACK_URL": f"sqlite:///{folder}/feedback.sqlite",
            **variables,
        }
        with log.open("wb") as output:
            command = [sys.executable, "-m", "assistant.faces.cli", "serve"]
            process = subprocess.Popen(command, stdout=output, stderr=output, cwd=ROOT, env=environment)
        try:
            end = time.monotonic() + STARTING_SECONDS
            while not get(port, "/readyz"):
                if process.poll() is not None or time.monotonic() > end:
                    sys.exit(f"The server did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")
                time.sleep(0.1)
            yield Served(port, process, log)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def _family(pid: int) -> list[int]:
    found = [pid]
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found += _family(int(status.parent.name))
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
