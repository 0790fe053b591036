"""How many threads native code uses, and how they wait: asleep, not spinning.

OpenMP's threads spin at their barriers by default. Beside other busy processes a thread that spins keeps the
one it waits for off the processor, and a question takes sixty times as long. OpenMP reads its settings once,
while its library is loaded, so they are put into the environment before that.
"""

import os
from pathlib import Path

_CGROUPS = Path("/sys/fs/cgroup")
_OWN_CGROUP = Path("/proc/self/cgroup")
_set_here: dict[str, str] = {}  # what this process, or the one it was forked from, has put into the environment


def processors() -> int:
    """Processors that this process may use, at least 1: those it is bound to, within the quota of its cgroup."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = cpu_quota()
    return usable if quota is None else max(1, min(usable, int(quota)))


def cpu_quota(root: Path = _CGROUPS, own: Path = _OWN_CGROUP) -> float | None:
    """Processors' worth of time that the cgroup of this process may use, None without a limit.

    Reads ``cpu.max`` of the cgroup and of those above it (version 2), or the quota of version 1.
    """
    try:
        entries = [line.split(":", 2) for line in own.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return None
    quotas: list[float] = []
    for entry in entries:
        if len(entry) != 3:
            continue
        _, controllers, place = entry
        if controllers == "":
            quotas += _quotas(root, place, "cpu.max")
        elif "cpu" in controllers.split(","):
            quotas += _quotas(root / "cpu", place, "cpu.cfs_quota_us")
    return min(quotas, default=None)


def _quotas(root: Path, place: str, name: str) -> list[float]:
    """The quotas of a cgroup and of those above it, as far as they can be seen from here."""
    parts = [part for part in place.split("/") if part and part != ".."]
    folders = [root.joinpath(*parts[:depth]) for depth in range(len(parts) + 1)]
    return [quota for folder in folders if (quota := _quota(folder / name)) is not None]


def _quota(file: Path) -> float | None:
    try:
        values = file.read_text(encoding="ascii").split()
        if file.name != "cpu.max":
            values.append(file.with_name("cpu.cfs_period_us").read_text(encoding="ascii").strip())
        quota, period = int(values[0]), int(values[1])
    except (OSError, ValueError, IndexError):  # ValueError: "max", which is no limit
        return None
    return quota / period if quota > 0 and period > 0 else None


def settle_threads(threads: int | None = None) -> int:
    """Set how native code loaded from now on shares the processors; the number of threads that it will use.

    ``threads`` is by default as many as there are ``processors()``. A process that forks N workers passes its
    share, ``max(1, processors() // N)``, before it loads the index: what is loaded already keeps what it read.
    What the operator has set (OMP_NUM_THREADS, OMP_WAIT_POLICY) stays.
    """
    if threads is not None or "OMP_NUM_THREADS" not in os.environ:
        _put("OMP_NUM_THREADS", str(threads or processors()))
    _put("OMP_WAIT_POLICY", "passive")
    number = os.environ["OMP_NUM_THREADS"].partition(",")[0].strip()  # the operator may name one for each level
    return int(number) if number.isdecimal() and int(number) > 0 else processors()


def _put(name: str, value: str) -> None:
    if name not in os.environ or os.environ[name] == _set_here.get(name):
        os.environ[name] = _set_here[name] = value
