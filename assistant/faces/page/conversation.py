"""One turn of the conversation as HTML, and the suggestions under it."""

import re
from collections.abc import Collection, Sequence

from assistant.answering.labels import labels_for
from assistant.faces.page.rendering import render
from assistant.faces.page.requests import Turn
from assistant.faces.page.words import HTML_LANGUAGE, words_for

SUGGESTIONS = 4  # buttons under the conversation
_MARKER = re.compile(r"\s?\[(\d{1,3})\]")


def turn_html(number: int, turn: Turn, language: str) -> str:
    """A question with its answer, and under it what was changed since."""
    return render(
        "turn.html",
        words_for(language),
        number=number,
        question=turn.question,
        text=answer_text_html(turn.text, set(turn.markers), number, language),
        amended=answer_text_html(turn.amended, set(turn.markers), number, language),
        answer_lang=HTML_LANGUAGE.get(turn.language, "zh-CN"),
    )


def answer_text_html(text: str, cited: Collection[int], number: int, language: str) -> str:
    """The words of an answer; ``[1]`` in them becomes a button that shows the citation."""
    parts, source = _with_markers(text, cited), labels_for(language).source
    return render("answer_text.html", words_for(language), parts=parts, number=number, source=source)


def _with_markers(text: str, cited: Collection[int]) -> list[tuple[str, int]]:
    """Stretches of a text, each with the marker of the citation that follows it, or 0."""
    parts: list[tuple[str, int]] = []
    behind = 0
    for match in _MARKER.finditer(text):
        if (marker := int(match.group(1))) in cited:
            parts.append((text[behind : match.start()], marker))
            behind = match.end()
    return [*parts, (text[behind:], 0)]


def suggestions_html(texts: Sequence[str], language: str, title: str) -> str:
    """Buttons that ask a question each; nothing without questions."""
    return render("suggestions.html", words_for(language), texts=texts[:SUGGESTIONS], title=title) if texts else ""
