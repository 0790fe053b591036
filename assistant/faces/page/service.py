"""The page's calls as the browser makes them: checked here, worked out by a worker, and never raising."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from assistant.faces.page import handling, requests
from assistant.faces.page.handling import Reply, Told
from assistant.faces.page.rendering import fill
from assistant.faces.page.words import choose_language, words_for
from assistant.serving.clients import TooOften
from assistant.serving.feedback import Feedback, FeedbackFull, Rating
from assistant.serving.workers.pool import Busy, TookTooLong
from assistant.validation import MAX_QUESTION_LENGTH
from corpus.errors import PolicyError

if TYPE_CHECKING:
    from assistant.faces.api.desk import Desk
    from assistant.service import PolicyAssistant

logger = logging.getLogger(__name__)

T = TypeVar("T", bound=requests.Call)
Handler = Callable[[object, str], Awaitable[Reply]]


class Page:
    """The calls of the page over the desk that it shares with the HTTP API.

    Each takes what the browser sent and its Accept-Language header, and gives back an object for the browser; one
    with ``error``, a sentence in the interface's language, when the call cannot be answered. None of them raises.
    """

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    @property
    def calls(self) -> Mapping[str, Handler]:
        """Every call by the name that the browser calls it by."""
        return {
            "open": self._call(requests.Open, handling.open_page, then=self._opened),
            "ask": self._call(requests.Ask, handling.ask, "unusable_question", then=self._answered),
            "show": self._call(requests.Show, handling.show),
            "recompute": self._call(requests.Recompute, handling.recompute, "facts_fault"),
            "context": self._call(requests.Clause, handling.context, "unknown_clause"),
            "document": self._call(requests.OpenDocument, handling.document, "unknown_clause"),
            "search": self._call(requests.Search, handling.search, "unusable_search"),
            "checkup": self._call(requests.Check, handling.checkup, "unusable_search"),
            "thumb": self._thumb,
        }

    def _call(
        self,
        model: type[T],
        work: "Callable[[PolicyAssistant, T, str], Reply]",
        fault: str = "unreachable",
        then: Callable[[Reply], Reply] = lambda reply: reply,
    ) -> Handler:
        """A call that a worker works out; ``fault`` names the sentence for one that cannot be used."""

        async def handle(sent: object, accepted: str) -> Reply:
            language = _language(sent, accepted)
            words = words_for(language)
            try:
                call = model.model_validate(sent)
                return then(await self._desk.run(work, call, language))
            except Told as told:
                return {"error": str(told)}
            except (ValidationError, PolicyError):
                return {"error": fill(words[fault], limit=MAX_QUESTION_LENGTH)}
            except (Busy, TookTooLong):
                return {"error": words["busy"]}
            except Exception:  # the browser would wait for ever; what happened is for the log
                logger.exception("a call of the page failed")
                return {"error": words["failed"]}

        return handle

    def _opened(self, reply: Reply) -> Reply:
        return {**reply, "feedback": self._desk.feedback.is_on}

    def _answered(self, reply: Reply) -> Reply:
        answer = reply["answer"]
        self._desk.metrics.answered(answer["status"], answer["language"])
        return reply

    async def _thumb(self, sent: object, accepted: str) -> Reply:
        words = words_for(_language(sent, accepted))
        try:
            call = requests.Thumb.model_validate(sent)
            answer = call.answer
            rating = Rating.UP if call.helpful else Rating.DOWN
            await self._desk.store(
                Feedback(
                    question=call.question,
                    rating=rating,
                    comment=call.comment.strip(),
                    answer_id=answer.id,
                    status=answer.status,
                    language=answer.language,
                    clause_ids=tuple(citation.clause_id for citation in answer.citations[:50]),
                )
            )
        except TooOften:
            return {"error": words["too_many"]}
        except FeedbackFull:
            return {"error": words["feedback_full"]}
        except ValidationError:
            return {"error": words["not_stored"]}
        except Exception:  # feedback that cannot be stored must not disturb the conversation
            logger.exception("feedback was not stored")
            return {"error": words["not_stored"]}
        return {"said": words["thanks"]}


def _language(sent: object, accepted: str) -> str:
    """The language of the interface that a call names; it may be anything."""
    named = sent.get("lang") if isinstance(sent, Mapping) else None
    return choose_language(named if isinstance(named, str) and named else None, accepted)
