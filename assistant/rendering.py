"""An answer's evidence as HTML for the page. Pure; everything that comes from a document or a person is escaped."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from assistant.answer import Answer, Citation, Figure
from assistant.labels import Labels, amount_text, citation_badge, document_badge, labels_for
from assistant.subsidies.rule import Bound
from corpus.document import Document
from corpus.script import repair_glyphs


def evidence_html(answer: Answer, on: date) -> str:
    """What an answer rests on: kind of answer, figures with their steps, warnings, missing facts, citations."""
    words = labels_for(answer.language)
    return _tag(
        "div",
        "evidence",
        _tag("p", f"evidence-status status-{answer.status}", escape(words.status(answer.status))),
        *(_figure(figure, answer.language, words, main=rank == 0) for rank, figure in enumerate(answer.figures)),
        *(_tag("p", "evidence-warning", escape(warning.message)) for warning in answer.warnings),
        _missing([fact.question for fact in answer.missing], words),
        *(_citation(citation, on, answer.language, words) for citation in answer.citations),
        lang={"zh": "zh-CN", "zh-Hant": "zh-Hant"}.get(answer.language, "en"),
    )


def shelf_html(documents: Iterable[Document], on: date) -> str:
    """The documents that answers come from, shown before the first question."""
    cards = "".join(_shelf_entry(document, on) for document in documents)
    return _tag("div", "evidence", _tag("p", "evidence-status", "现有文件"), _tag("ul", "shelf", cards), lang="zh-CN")


def _shelf_entry(document: Document, on: date) -> str:
    data = document.metadata
    mark = document_badge(data, on)
    return _tag(
        "li",
        "",
        _tag("span", "shelf-title", escape(data.title)),
        _tag("span", f"badge badge-{mark.tone}", escape(mark.text)),
        _tag("span", "shelf-number", escape(" · ".join(filter(None, (data.region, data.document_number))))),
    )


def _figure(figure: Figure, language: str, words: Labels, *, main: bool) -> str:
    exact = figure.bound is Bound.EXACT
    return _tag(
        "section",
        f"figure figure-{'exact' if exact else 'ceiling'}{' figure-main' if main else ''}",
        _tag("p", "figure-amount", escape(amount_text(figure, language))),
        _tag("p", "figure-bound", escape(words.exact if exact else words.at_most), _marker(figure.citation)),
        _tag("p", "figure-label", escape(figure.label)) if figure.label else "",
        _steps(figure.steps, words),
    )


def _steps(steps: Sequence[str], words: Labels) -> str:
    if not steps:
        return ""
    lines = "".join(f"<li>{escape(repair_glyphs(step))}</li>" for step in steps)
    return _tag("p", "figure-steps-title", escape(words.steps)) + _tag("ol", "figure-steps", lines)


def _missing(questions: Sequence[str], words: Labels) -> str:
    if not questions:
        return ""
    lines = "".join(f"<li>{escape(question)}</li>" for question in questions)
    return _tag("section", "missing", _tag("h3", "", escape(words.missing)), _tag("ul", "", lines))


def _citation(citation: Citation, on: date, language: str, words: Labels) -> str:
    mark = citation_badge(citation, on, language)
    where = filter(None, (citation.document_number, citation.address))
    return _tag(
        "article",
        "citation",
        _tag(
            "header",
            "",
            _marker(citation.marker),
            _tag("h3", "", escape(citation.document)),
            _tag("span", f"badge badge-{mark.tone}", escape(mark.text)),
        ),
        _tag("p", "citation-address", " · ".join(escape(repair_glyphs(part)) for part in where)),
        _tag("blockquote", "", _quotation(citation), lang="zh"),
        _departments(citation.departments, words),
    )


def _quotation(citation: Citation) -> str:
    """The clause word for word, the sentence that answers marked; repairing glyphs keeps the offsets."""
    text = repair_glyphs(citation.text)
    start, end = citation.focus.start, citation.focus.end
    before, focus, after = escape(text[:start]), escape(text[start:end]), escape(text[end:])
    return f"{before}<mark>{focus}</mark>{after}" if focus else before + after


def _departments(departments: Iterable[str], words: Labels) -> str:
    names = "、".join(departments)
    return _tag("footer", "", escape(f"{words.departments}: {names}")) if names else ""


def _marker(number: int) -> str:
    return _tag("span", "marker", str(number))


def _tag(name: str, css: str, *content: str, lang: str = "") -> str:
    """An element around content that is HTML already."""
    attributes = (f' class="{css}"' if css else "") + (f' lang="{lang}"' if lang else "")
    return f"<{name}{attributes}>{''.join(content)}</{name}>"
