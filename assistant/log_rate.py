"""A log that does not grow with hostile traffic: of lines of one kind only so many are written in a while."""

import logging
import time
from collections import Counter
from collections.abc import Callable
from typing import TextIO

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
