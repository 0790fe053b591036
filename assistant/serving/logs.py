"""Logs: one line or one JSON object an event, and no growth with hostile traffic.

Of lines of one kind only so many are written in a while.
"""

import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, TextIO

from assistant.settings import LogFormat, Settings, masked

WINDOW = 10.0  # s
LINES = 20  # of one kind in a window
_KINDS = 200  # told apart in a window; more can only be made by whoever fills the log
_REST = "others"
_TELLING = 80  # characters of a message that tell its kind


class SparingHandler(logging.StreamHandler[TextIO]):
    """Writes records as they come; warnings, errors and refused requests only ``LINES`` of a kind in ``WINDOW`` seconds.

    How many were left out is said afterwards. A record's kind is its attribute ``kind``, else the beginning of its
    message; one of INFO or below without a kind is always written.
    """

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(stream)
        self._clock = clock
        self._since = clock()
        self._seen: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, or count it."""
        if self._clock() - self._since > WINDOW:
            self.tell()
        if self._is_written(record):
            super().emit(record)

    def tell(self) -> None:
        """Say what was left out, and begin anew."""
        left_out = {kind: count - LINES for kind, count in self._seen.items() if count > LINES}
        self._seen.clear()
        self._since = self._clock()
        for kind, count in left_out.items():
            message = f"{count:,} more suppressed: {kind}"
            super().emit(logging.LogRecord(__name__, logging.WARNING, __file__, 0, message, None, None))

    def close(self) -> None:
        """Say what was left out, and end."""
        self.tell()
        super().close()

    def _is_written(self, record: logging.LogRecord) -> bool:
        kind = getattr(record, "kind", "")
        if not kind and record.levelno <= logging.INFO:
            return True
        if not kind:
            begins = record.getMessage().strip().partition("\n")[0]
            kind = f"{record.name}: {begins[:_TELLING]}"
        if kind not in self._seen and len(self._seen) >= _KINDS:
            kind = _REST
        self._seen[kind] += 1
        return self._seen[kind] <= LINES


class JsonLines(logging.Formatter):
    """One JSON object a line, for a log collector."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def set_up_logging(settings: Settings) -> None:
    """Log to standard error, as the settings say, sparingly; passwords in addresses are masked."""
    handler = SparingHandler(sys.stderr)
    if settings.log_format is LogFormat.JSON:
        handler.setFormatter(JsonLines())
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(_mask)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.value.upper())
    for noisy in (
        "httpx",
        "httpcore",
        "uvicorn.error",
        "mcp",
        "asyncio",
        "faiss",
        "jieba",
        "gradio",
        "bm25s",
    ):  # they tell each step on the level INFO
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))


def _mask(record: logging.LogRecord) -> bool:
    record.msg, record.args = masked(record.getMessage()), None
    return True
