"""The log: hostile traffic does not fill it, and what was left out is said."""

import io
import logging

import pytest

from assistant.serving.logs import LINES, WINDOW, SparingHandler


class Log:
    """A logger with a sparing handler and a clock that the test sets."""

    def __init__(self) -> None:
        self.now = 0.0
        self.stream = io.StringIO()
        self.handler = SparingHandler(self.stream, clock=lambda: self.now)
        self.logger = logging.Logger("test")
        self.logger.addHandler(self.handler)

    @property
    def lines(self) -> list[str]:
        """What was written."""
        return self.stream.getvalue().splitlines()


@pytest.fixture
def log() -> Log:
    return Log()


def test_of_many_alike_only_some_are_written_and_the_others_are_counted(log: Log) -> None:
    for number in range(100_000):
        log.logger.warning("Invalid HTTP request received.\nfrom %d", number)
    assert log.stream.getvalue().count("Invalid") == LINES
    log.now = WINDOW + 1
    log.logger.info("later")
    assert log.lines[-2:] == ["99,980 more suppressed: test: Invalid HTTP request received.", "later"]
    log.logger.warning("Invalid HTTP request received.")
    assert log.lines[-1] == "Invalid HTTP request received."


def test_one_kind_does_not_hide_another(log: Log) -> None:
    for _ in range(1000):
        log.logger.error("first")
    log.logger.error("second")
    assert log.lines[-1] == "second"


def test_kinds_made_up_by_the_sender_are_one(log: Log) -> None:
    for number in range(10_000):
        log.logger.warning("%d is wrong", number)
    assert len(log.lines) < 300


def test_answered_requests_are_all_written_and_refused_ones_sparingly(log: Log) -> None:
    for _ in range(1000):
        log.logger.info("GET /healthz 200", extra={"kind": ""})
        log.logger.info("GET none 404", extra={"kind": "none 404"})
    assert log.lines.count("GET /healthz 200") == 1000
    assert log.lines.count("GET none 404") == LINES


def test_what_was_left_out_is_said_at_the_end(log: Log) -> None:
    for _ in range(LINES + 5):
        log.logger.error("fault")
    log.handler.close()
    assert log.lines[-1] == "5 more suppressed: test: fault"
