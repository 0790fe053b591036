"""The page's calls: what the browser asks, and the HTML it gets back. Nothing of a visitor is kept between calls."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from assistant.api.work import Busy, TookTooLong
from assistant.clients import TooOften
from assistant.feedback import Feedback, FeedbackFull, Rating
from assistant.labels import amount_text
from assistant.page import requests
from assistant.page.calculation import change_text, edits_of, shown
from assistant.page.chart import chart_html
from assistant.page.conversation import answer_text_html, suggestions_html, turn_html
from assistant.page.evidence import changed_html, evidence_html, figures_html, shelf_html, stated_value, status_html
from assistant.page.profiling import checkup_form, read_day, read_profile, report_html
from assistant.page.reading import context_html, document_html, find_document, library_html
from assistant.page.rendering import fill, render
from assistant.page.searching import results_html, search_form
from assistant.page.words import HTML_LANGUAGE, LANGUAGES, choose_language, words_for
from assistant.question import Language
from assistant.subsidies.rule import TextSpan
from assistant.validation import MAX_QUESTION_LENGTH
from corpus.errors import InputError, PolicyError

if TYPE_CHECKING:
    from assistant.api.desk import Desk

logger = logging.getLogger(__name__)

T = TypeVar("T", bound=requests.Call)
R = TypeVar("R")
Reply = dict[str, Any]
Handler = Callable[[object, str], Awaitable[Reply]]
# Words that the browser itself says.
_BROWSER_WORDS = (
    "title",
    "copied",
    "copy_failed",
    "unreachable",
    "working",
    "thanks",
    "facts_fault",
    "facts_large",
    "empty_question",
    "long_text",
    "you",
    "too_long",
    "too_many",
)


class Page:
    """The calls of the page over the desk that it shares with the HTTP API.

    Each takes what the browser sent and its Accept-Language header, and gives back an object for the browser; one
    with ``error``, a sentence in the interface's language, when the call cannot be answered. None of them raises.
    """

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self.assistant = desk.assistant

    @property
    def calls(self) -> Mapping[str, Handler]:
        """Every call by the name that the browser calls it by."""
        return {
            "open": self._call(requests.Open, self._open),
            "ask": self._call(requests.Ask, self._ask, "unusable_question"),
            "show": self._call(requests.Show, self._show),
            "recompute": self._call(requests.Recompute, self._recompute, "facts_fault"),
            "context": self._call(requests.Clause, self._context, "unknown_clause"),
            "document": self._call(requests.OpenDocument, self._document, "unknown_clause"),
            "search": self._call(requests.Search, self._search, "unusable_search"),
            "checkup": self._call(requests.Check, self._checkup, "unusable_search"),
            "thumb": self._thumb,
        }

    def _call(self, model: type[T], work: Callable[[T, str], Reply], fault: str = "unreachable") -> Handler:
        """A call that is worked out in the desk's threads; ``fault`` names the sentence for one that cannot be used."""

        async def handle(sent: object, accepted: str) -> Reply:
            language = _language(sent, accepted)
            words = words_for(language)
            try:
                call = model.model_validate(sent)
                return await self.run(lambda: work(call, language))
            except _Told as told:
                return {"error": str(told)}
            except (ValidationError, PolicyError):
                return {"error": fill(words[fault], limit=MAX_QUESTION_LENGTH)}
            except (Busy, TookTooLong):
                return {"error": words["busy"]}
            except Exception:  # the browser would wait for ever; what happened is for the log
                logger.exception("a call of the page failed")
                return {"error": words["failed"]}

        return handle

    async def run(self, work: Callable[[], R]) -> R:
        """What ``work`` returns, worked out in the desk's threads; Busy or TookTooLong when there is no room."""
        return await self._desk.workers.run(work)

    # ── the frame ──

    def _open(self, call: requests.Open, language: str) -> Reply:
        words, today = words_for(language), date.today()
        turns = [turn_html(number, turn, language) for number, turn in enumerate(call.turns)]
        documents, regions = self.assistant.documents(), self.assistant.region_names(Language(language))
        shell = render(
            "shell.html",
            words,
            language=language,
            languages=[(code, words_for(code)["language_name"], HTML_LANGUAGE[code]) for code in LANGUAGES],
            regions=regions,
            shelf=shelf_html(documents, today, language, regions),
            search=search_form(self.assistant, language),
            checkup=checkup_form(self.assistant, language),
            library=library_html(documents, today, language, regions),
        )
        return {
            "lang": language,
            "html_lang": HTML_LANGUAGE[language],
            "shell": shell,
            "feedback": self._desk.feedback.is_on,
            "welcome": render("welcome.html", words),
            "turns": turns,
            "evidence": self._evidence(call.seen, language) if call.seen else "",
            "suggestions": self._suggestions(call.follow_ups if call.turns else None, language),
            "limit": requests.MAX_TURNS,
            "longest": MAX_QUESTION_LENGTH,
            "words": {name: words[name] for name in _BROWSER_WORDS},
        }

    def _suggestions(self, follow_ups: Sequence[str] | None, language: str) -> str:
        """The next questions; examples before the first."""
        words = words_for(language)
        if follow_ups is None:
            return suggestions_html(words["examples"].split("|"), language, words["suggestions"])
        return suggestions_html(follow_ups, language, words["next_questions"])

    # ── the conversation ──

    def _ask(self, call: requests.Ask, language: str) -> Reply:
        answer = self._desk.ask(call.question, state=call.state, as_of=call.as_of, region=call.region)
        return {
            "answer": answer.model_dump(mode="json"),
            "turn": turn_html(call.number, requests.Turn.of(call.question.strip(), answer), language),
            "evidence": self._evidence(requests.Seen(answer=answer, as_of=call.as_of), language),
            "suggestions": self._suggestions(answer.follow_ups, language),
        }

    def _show(self, call: requests.Show, language: str) -> Reply:
        return {"evidence": self._evidence(call.seen, language)}

    def _evidence(self, seen: requests.Seen, language: str) -> str:
        found = shown(self.assistant, seen.answer, seen.as_of, seen.edited)
        html = evidence_html(found, seen.as_of or date.today(), language)
        if seen.answer.citations or seen.answer.nearest:
            return html
        regions = self.assistant.region_names(Language(language))  # nothing was found: what there is to be found
        return html + shelf_html(self.assistant.documents(), date.today(), language, regions)

    def _recompute(self, call: requests.Recompute, language: str) -> Reply:
        before = call.seen.answer
        try:
            edited = edits_of(before, [stated_value(typed.value, typed.unit) for typed in call.values])
        except InputError:
            raise _Told(words_for(language)["facts_large"]) from None
        found = shown(self.assistant, before, call.seen.as_of, edited)
        if found.worked is None:
            raise InputError("The answer holds no figure that can be worked out again.")
        answer, words = found.answer, words_for(language)
        main = amount_text(answer.figures[0], answer.language) if answer.figures else found.worked.text
        change = change_text(edited, answer.language)
        amended = f"{change} {found.worked.text}" if change else ""
        return {
            "status": status_html(answer, language),
            "figures": figures_html(found, language),
            "changed": changed_html(found, language),
            "chart": chart_html(found.worked.curve, answer.language, language),
            "said": fill(words["recomputed"], figure=main),
            "edited": [fact.model_dump(mode="json") for fact in edited],
            "amended": amended,
            "amended_html": answer_text_html(amended, {c.marker for c in answer.citations}, call.number, language),
        }

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

    # ── the other tabs ──

    def _context(self, call: requests.Clause, language: str) -> Reply:
        focus = None
        if call.start is not None and call.end is not None and call.start < call.end:
            focus = TextSpan(start=call.start, end=call.end)
        return {"html": context_html(self.assistant, call.clause, date.today(), language, focus)}

    def _document(self, call: requests.OpenDocument, language: str) -> Reply:
        wanted = call.clause or ""
        document_id = self.assistant.clause(wanted).document.id if wanted else call.document or ""
        document = find_document(self.assistant.documents(), document_id)
        return {"html": document_html(document, date.today(), language, wanted), "document": document.id}

    def _search(self, call: requests.Search, language: str) -> Reply:
        return {"html": results_html(self.assistant, call.fields, call.page, language)}

    def _checkup(self, call: requests.Check, language: str) -> Reply:
        try:
            profile, as_of = read_profile(call.fields, language), read_day(call.fields, language)
        except InputError as error:  # names the field, in the interface's language
            raise _Told(str(error)) from None
        checkup = self.assistant.match(profile, as_of, language=Language(language))
        names = self.assistant.region_names(Language(language))
        return {"html": report_html(checkup, profile.name or "", names.get(checkup.region, checkup.region), language)}


class _Told(Exception):
    """A sentence for the visitor, in the interface's language."""


def _language(sent: object, accepted: str) -> str:
    """The language of the interface that a call names; it may be anything."""
    named = sent.get("lang") if isinstance(sent, Mapping) else None
    return choose_language(named if isinstance(named, str) and named else None, accepted)
