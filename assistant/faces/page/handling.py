"""What the page's calls come to: each a function of the assistant, the call and the interface's language.

A worker is sent them by their name. Nothing of a visitor is kept between calls.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.answering.labels import amount_text
from assistant.answering.messages import Phrases
from assistant.answering.phrasebook import LANGUAGES
from assistant.clause.rule import TextSpan
from assistant.faces.page import requests
from assistant.faces.page.calculation import change_text, choice_text, edits_of, shown
from assistant.faces.page.chart import chart_html
from assistant.faces.page.conversation import answer_text_html, suggestions_html, turn_html
from assistant.faces.page.evidence import (
    changed_html,
    conditions_html,
    evidence_html,
    figures_html,
    shelf_html,
    stated_value,
    status_html,
    without_markers,
)
from assistant.faces.page.profiling import checkup_form, read_day, read_profile, report_html
from assistant.faces.page.reading import context_html, document_html, find_document, library_html
from assistant.faces.page.rendering import fill, render
from assistant.faces.page.searching import results_html, search_form
from assistant.faces.page.words import HTML_LANGUAGE, words_for
from assistant.question import Language
from assistant.validation import MAX_QUESTION_LENGTH
from corpus.errors import InputError

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

Reply = dict[str, Any]
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


class Told(Exception):
    """A sentence for the visitor, in the interface's language."""


# ── the frame ──


def open_page(assistant: "PolicyAssistant", call: requests.Open, language: str) -> Reply:
    """The page itself, with the turns the browser kept."""
    words, today = words_for(language), date.today()
    turns = [turn_html(number, turn, language) for number, turn in enumerate(call.turns)]
    documents, regions = assistant.documents(), assistant.region_names(Language(language))
    shell = render(
        "shell.html",
        words,
        language=language,
        languages=[(code, words_for(code)["language_name"], HTML_LANGUAGE[code]) for code in LANGUAGES],
        regions=regions,
        shelf=shelf_html(documents, today, language, regions),
        search=search_form(assistant, language),
        checkup=checkup_form(assistant, language),
        library=library_html(documents, today, language, regions),
    )
    return {
        "lang": language,
        "html_lang": HTML_LANGUAGE[language],
        "shell": shell,
        "welcome": render("welcome.html", words),
        "turns": turns,
        "evidence": _evidence(assistant, call.seen, language) if call.seen else "",
        "suggestions": _suggestions(call.follow_ups if call.turns else None, language),
        "limit": requests.MAX_TURNS,
        "longest": MAX_QUESTION_LENGTH,
        "words": {name: words[name] for name in _BROWSER_WORDS},
    }


def _suggestions(follow_ups: Sequence[str] | None, language: str) -> str:
    """The next questions; examples before the first."""
    words = words_for(language)
    if follow_ups is None:
        return suggestions_html(words["examples"].split("|"), language, words["suggestions"])
    return suggestions_html(follow_ups, language, words["next_questions"])


# ── the conversation ──


def ask(assistant: "PolicyAssistant", call: requests.Ask, language: str) -> Reply:
    """The answer to a question, as the page shows it and as the browser keeps it."""
    answer = assistant.ask(call.question, state=call.state, as_of=call.as_of, region=call.region)
    return {
        "answer": answer.model_dump(mode="json"),
        "turn": turn_html(call.number, requests.Turn.of(call.question.strip(), answer), language),
        "evidence": _evidence(assistant, requests.Seen(answer=answer, as_of=call.as_of), language),
        "suggestions": _suggestions(answer.follow_ups, language),
    }


def show(assistant: "PolicyAssistant", call: requests.Show, language: str) -> Reply:
    """The evidence of an earlier turn."""
    return {"evidence": _evidence(assistant, call.seen, language)}


def _evidence(assistant: "PolicyAssistant", seen: requests.Seen, language: str) -> str:
    found = shown(assistant, seen.answer, seen.as_of, seen.edited, seen.decided)
    html = evidence_html(found, seen.as_of or date.today(), language)
    if seen.answer.citations or seen.answer.nearest:
        return html
    regions = assistant.region_names(Language(language))  # nothing was found: what there is to be found
    return html + shelf_html(assistant.documents(), date.today(), language, regions)


def recompute(assistant: "PolicyAssistant", call: requests.Recompute, language: str) -> Reply:
    """An answer worked out again from the facts as typed and the conditions as decided. Told when a fact is too large."""
    before = call.seen.answer
    try:
        edited = edits_of(before, [stated_value(typed.value, typed.unit) for typed in call.values])
    except InputError:
        raise Told(words_for(language)["facts_large"]) from None
    found = shown(assistant, before, call.seen.as_of, edited, call.seen.decided)
    if found.worked is None:
        raise InputError("The answer holds no figure that can be worked out again.")
    answer, words = found.answer, words_for(language)
    main = amount_text(answer.figures[0], answer.language) if answer.figures else without_markers(found.worked.text)
    change = Phrases(Language(answer.language)).words(
        change_text(edited, answer.language), choice_text(call.seen.decided, answer.language)
    )
    amended = f"{change} {found.worked.text}" if change else ""
    return {
        "status": status_html(answer, language),
        "figures": figures_html(found, language),
        "conditions": conditions_html(found, language),
        "changed": changed_html(found, language),
        "chart": chart_html(found.worked.curve, answer.language, language),
        "said": fill(words["recomputed"], figure=main),
        "edited": [fact.model_dump(mode="json") for fact in edited],
        "amended": amended,
        "amended_html": answer_text_html(amended, {c.marker for c in answer.citations}, call.number, language),
    }


# ── the other tabs ──


def context(assistant: "PolicyAssistant", call: requests.Clause, language: str) -> Reply:
    """A clause in its document."""
    focus = None
    if call.start is not None and call.end is not None and call.start < call.end:
        focus = TextSpan(start=call.start, end=call.end)
    return {"html": context_html(assistant, call.clause, date.today(), language, focus)}


def document(assistant: "PolicyAssistant", call: requests.OpenDocument, language: str) -> Reply:
    """A document, at a clause of it or at its beginning."""
    wanted = call.clause or ""
    document_id = assistant.clause(wanted).document.id if wanted else call.document or ""
    document = find_document(assistant.documents(), document_id)
    return {"html": document_html(document, date.today(), language, wanted), "document": document.id}


def search(assistant: "PolicyAssistant", call: requests.Search, language: str) -> Reply:
    """A page of the clauses found."""
    return {"html": results_html(assistant, call.fields, call.page, language)}


def checkup(assistant: "PolicyAssistant", call: requests.Check, language: str) -> Reply:
    """The report of a check-up. Told names the field that cannot be used."""
    try:
        profile, as_of = read_profile(call.fields, language), read_day(call.fields, language)
    except InputError as error:  # names the field, in the interface's language
        raise Told(str(error)) from None
    checkup = assistant.match(profile, as_of, language=Language(language))
    names = assistant.region_names(Language(language))
    return {"html": report_html(checkup, profile.name or "", names.get(checkup.region, checkup.region), language)}
