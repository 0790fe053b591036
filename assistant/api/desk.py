"""The desk: what the routes, MCP and the page share; one for each application."""

from collections.abc import Sequence
from datetime import date

from assistant.answer import Answer, ConversationState
from assistant.api.metrics import Metrics
from assistant.api.work import Workers
from assistant.clients import Buckets, TooOften, current_caller
from assistant.feedback import Feedback, FeedbackStore
from assistant.service import PolicyAssistant
from assistant.settings import Settings

_FEEDBACK_WAITING = 200  # feedback that may wait for the database; one thread writes it, away from the answers
_FEEDBACK_TIMEOUT = 10.0  # s
# Of one client, behind whose address may be many people: so many at once, and then so many a second.
_FEEDBACK_BURST, _FEEDBACK_RATE = 30, 1 / 20


class Desk:
    """The assistant with its threads, its counters and the store of feedback."""

    def __init__(self, assistant: PolicyAssistant, settings: Settings, metrics: Metrics) -> None:
        self.assistant = assistant
        self.settings = settings
        self.metrics = metrics
        self.workers = Workers(settings.threads, settings.waiting, settings.request_timeout)
        self.feedback = FeedbackStore(settings.feedback_url, settings.feedback_per_day)
        self._givers = Buckets(_FEEDBACK_RATE, _FEEDBACK_BURST)
        self._writers = Workers(1, _FEEDBACK_WAITING, _FEEDBACK_TIMEOUT, "feedback")
        metrics.under_way.set_function(lambda: self.workers.under_way)
        metrics.documents.set(len(assistant.documents()))
        index = assistant.library.index
        index.embedder = metrics.timed(index.embedder)

    def ask(
        self,
        question: str,
        *,
        state: ConversationState | None = None,
        history: Sequence[str] = (),
        as_of: date | None = None,
        region: str | None = None,
        id: str | None = None,
    ) -> Answer:
        """The answer to a question, counted. Raises what ``PolicyAssistant.ask`` raises."""
        answer = self.assistant.ask(question, state=state, history=history, as_of=as_of, region=region, id=id)
        self.metrics.answered(answer)
        return answer

    async def store(self, feedback: Feedback) -> None:
        """Store feedback away from the answers.

        TooOften when this client, FeedbackFull when all together gave as much as is taken; SettingsError when the
        database refuses it.
        """
        caller = current_caller.get()
        if caller is not None and (wait := self._givers.take(caller.client)):
            raise TooOften(wait, f"{_FEEDBACK_RATE * 60:g} feedbacks a minute are taken from one client")
        await self._writers.run(lambda: self.feedback.record(feedback))
        self.metrics.feedback(feedback.rating.value)

    def close(self) -> None:
        """Take no more work and give the connections back."""
        self.workers.close()
        self._writers.close()
        self.feedback.close()
