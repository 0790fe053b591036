"""How much a file may cost to be read."""

import contextlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for the process that reads one file that is not plain text."""

    seconds: float = 120.0  # of time; 100 pages with a text layer take about 30
    megabytes: int = 1000  # of memory; a hundred pages take about 200


LARGEST_FILE = 100_000_000  # bytes of a file that is not plain text; scans of a hundred pages have a fifth of that
MOST_PAGES = 2000  # of a PDF; the longest policy documents have a tenth of that


def reserve(megabytes: int) -> None:
    """Let this process reserve as much address space as a library needs, which uses a small part of it."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft not in (resource.RLIM_INFINITY, hard) and soft < megabytes * 1_000_000:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, hard))
