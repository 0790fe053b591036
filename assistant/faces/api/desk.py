"""The desk: what the routes, MCP and the page share; one for each application."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate

from assistant.answer import Answer
from assistant.faces.api import work
from assistant.faces.api.metrics import Metrics
from assistant.serving.clients import Buckets, TooOften, current_caller
from assistant.serving.feedback import Feedback, FeedbackStore
from assistant.serving.workers.pool import P, Pool, R
from assistant.serving.workers.threads import InProcess, ThreadPool
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

_FEEDBACK_WAITING = 200  # feedback that may wait for the database; one thread writes it, away from the answers
_FEEDBACK_TIMEOUT = 10.0  # s
# Of one client, behind whose address may be many people: so many at once, and then so many a second.
_FEEDBACK_BURST, _FEEDBACK_RATE = 30, 1 / 20


class Desk:
    """The workers, the counters and the store of feedback.

    ``workers`` may be an assistant, which is then asked in threads of this process.
    """

    def __init__(self, workers: "PolicyAssistant | Pool", settings: Settings, metrics: Metrics) -> None:
        if not isinstance(workers, Pool):
            workers = InProcess(workers, settings.workers, settings.waiting, settings.request_timeout)
        self.workers: Pool = workers
        self.settings = settings
        self.metrics = metrics
        self.feedback = FeedbackStore(settings.feedback_url, settings.feedback_per_day)
        self._givers = Buckets(_FEEDBACK_RATE, _FEEDBACK_BURST)
        self._writer = ThreadPool(1, _FEEDBACK_WAITING, _FEEDBACK_TIMEOUT, "feedback")
        self.workers.watcher = metrics
        metrics.under_way.set_function(lambda: self.workers.under_way)
        metrics.workers.set_function(lambda: self.workers.alive)
        metrics.busy.set_function(lambda: self.workers.busy)

    async def open(self) -> None:
        """Wait until work can be taken. Raises what keeps the assistant from being loaded, such as SnapshotError."""
        await self.workers.start()
        self.metrics.documents.set(await self.run(work.document_count))

    async def run(
        self, function: "Callable[Concatenate[PolicyAssistant, P], R]", *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """What a function of the assistant returns or raises, worked out by a worker; see ``Pool.run``."""
        return await self.workers.run(function, *args, **kwargs)

    async def ask(
        self, function: "Callable[Concatenate[PolicyAssistant, P], Answer]", *args: P.args, **kwargs: P.kwargs
    ) -> Answer:
        """The answer that a function gives, counted. Raises what ``run`` raises."""
        answer = await self.run(function, *args, **kwargs)
        self.metrics.answered(answer.status.value, answer.language)
        return answer

    async def store(self, feedback: Feedback) -> None:
        """Store feedback away from the answers.

        TooOften when this client, FeedbackFull when all together gave as much as is taken; SettingsError when the
        database refuses it.
        """
        caller = current_caller.get()
        if caller is not None and (wait := self._givers.take(caller.client)):
            raise TooOften(wait, f"{_FEEDBACK_RATE * 60:g} feedbacks a minute are taken from one client")
        await self._writer.call(self.feedback.record, feedback)
        self.metrics.feedback(feedback.rating.value)

    async def close(self) -> None:
        """Take no more work and give everything back."""
        await self.workers.close()
        await self._writer.close()
        self.feedback.close()
