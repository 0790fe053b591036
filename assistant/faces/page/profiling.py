"""The check-up tab: the profile form, what was filled in, and the report."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistant.answering.checkup import Checkup, Group, Match
from assistant.answering.labels import amount_text, citation_badge
from assistant.answering.messages import Phrases
from assistant.clause.rule import Bound, decimal_text
from assistant.faces.page.quotation import reference
from assistant.faces.page.rendering import fill, render
from assistant.faces.page.words import words_for
from assistant.language.decimals import refuse_extremes
from assistant.question import Language
from assistant.question.profile import Profile, Size
from corpus.errors import InputError
from corpus.script import repair_glyphs

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

MONEY = (
    "revenue", "fixed_assets", "equipment", "informatization", "research",
    "energy_cost", "freight_cost", "rent", "exports", "tax",
)  # fmt: skip
_PROJECT_MONEY = ("investment", "fixed_assets", "contracted_investment", "central_funds")
_COUNTS = ("headcount", "workers_supplied")
_LISTS = ("industry", "certificates")
_SIZE_WORDS = {Size.LARGE: "size_large", Size.MEDIUM: "size_medium", Size.SMALL: "size_small", Size.MICRO: "size_micro"}
_UNIT = {
    "zh": Decimal(10_000),
    "zh-Hant": Decimal(10_000),
    "en": Decimal(1_000_000),
}  # yuan; the form takes 万元 or RMB million
_EXAMPLE_PROJECT = "采用智能装备、智能化控制系统和智能制造系统解决方案的智能工厂改造"
SHOWN = 6  # matches of a group shown at once; the others stand folded under them


def checkup_form(assistant: "PolicyAssistant", language: str) -> str:
    """The form of the check-up tab."""
    words = words_for(language)
    sizes = [(size.value, words[name]) for size, name in _SIZE_WORDS.items()]
    example = example_fields(assistant, language)
    return render(
        "checkup.html",
        words,
        regions=assistant.region_names(Language(language)),
        sizes=sizes,
        money=MONEY,
        unit=_UNIT[language].adjusted(),
        example=example,
    )


def example_fields(assistant: "PolicyAssistant", language: str) -> str:
    """A profile to try the form with, as JSON of its fields."""
    words = words_for(language)

    def typed(yuan: int) -> str:
        return decimal_text(Decimal(yuan) / _UNIT[language])

    # a document that states sums and has ended is looked at on its last day
    ended = [d for d in assistant.documents() if d.metadata.valid_to and d.metadata.region]
    document = ended[0] if ended else None
    fields = {
        "name": words["example_profile"],
        "region": document.metadata.region if document else "",
        "as_of": str(document.metadata.valid_to or "") if document else "",
        "industry": "智能制造, 集成电路设备",
        "size": Size.MEDIUM.value,
        "certificates": "省级专精特新企业, 中小企业成长工程培育名单",
        "revenue": typed(120_000_000),
        "rent": typed(800_000),
        "headcount": "180",
        "informatization": typed(600_000),
        "projects": [{"name": _EXAMPLE_PROJECT, "investment": typed(18_000_000), "fixed_assets": typed(12_000_000)}],
    }
    return json.dumps(fields, ensure_ascii=False)


def read_profile(fields: Mapping[str, Any], language: str) -> Profile:
    """The profile of a filled-in form, money in 万元 or millions; InputError names the field, as the form does."""
    words = words_for(language)
    filled: dict[str, Any] = {
        name: value for name in ("name", "region", "size") if (value := str(fields.get(name) or "").strip())
    }
    for name in _LISTS:
        parts = str(fields.get(name) or "").replace("，", ",").replace("、", ",").replace("；", ",").split(",")
        filled[name] = tuple(part.strip() for part in parts if part.strip())
    for name in (*MONEY, *_COUNTS):
        if (number := _number(fields.get(name), words[f"profile_{name}"], words)) is not None:
            filled[name] = number * _UNIT[language] if name in MONEY else number
    filled["projects"] = [
        _project(row, language) for row in _rows(fields.get("projects"), "name", words, "project_name")
    ]
    filled["sales"] = [_sale(row, language) for row in _rows(fields.get("sales"), "customer", words, "sale_customer")]
    try:
        return Profile.model_validate(filled)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        label = words.get(f"profile_{name}") or words.get(f"group_{name}") or name
        raise InputError(words["profile_fault"].replace("{field}", label)) from None


def read_day(fields: Mapping[str, Any], language: str) -> date | None:
    """The day to check on; None where it is not filled in. InputError for one that is none."""
    words = words_for(language)
    try:
        return date.fromisoformat(str(fields["as_of"])) if fields.get("as_of") else None
    except ValueError:
        raise InputError(words["profile_fault"].replace("{field}", words["checkup_as_of"])) from None


def _rows(value: Any, key: str, words: Mapping[str, str], label: str) -> list[Mapping[str, Any]]:
    """The rows of a repeated part that are filled in; InputError for one without its name."""
    rows = value if isinstance(value, list) else []
    filled: list[Mapping[str, Any]] = [
        row for row in rows if isinstance(row, dict) and any(str(field or "").strip() for field in row.values())
    ]
    if any(not str(row.get(key) or "").strip() for row in filled):
        raise InputError(fill(words["name_missing"], field=words[label]))
    return filled


def _project(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    words = words_for(language)
    money = {name: _number(row.get(name), words[f"project_{name}"], words) for name in _PROJECT_MONEY}
    yuan = {name: value * _UNIT[language] for name, value in money.items() if value is not None}
    return {"name": str(row["name"]), **yuan}


def _sale(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    words = words_for(language)
    amount = _number(row.get("amount"), words["sale_amount"], words)
    return {"customer": str(row["customer"]), "amount": (amount or Decimal(0)) * _UNIT[language]}


def _number(value: Any, label: str, words: Mapping[str, str]) -> Decimal | None:
    text = str(value if value is not None else "").replace(",", "").replace("，", "").strip()
    if not text:
        return None
    try:
        number = Decimal(refuse_extremes(text))
    except (InvalidOperation, ValueError):
        number = Decimal(-1)
    if not number.is_finite() or number < 0:
        raise InputError(words["number_fault"].replace("{field}", label))
    return number


def report_html(checkup: Checkup, name: str, region: str, language: str) -> str:
    """The report of a check-up, in the three groups, for an enterprise and a region by their names."""
    words = words_for(language)
    groups = [
        (
            group.value,
            words[group.value],
            [_entry(match, checkup.as_of, language) for match in _once(checkup.group(group))],
        )
        for group in Group
    ]
    phrases = Phrases(Language(language))
    return render(
        "report.html",
        words,
        checkup=checkup,
        name=name,
        region=region,
        groups=groups,
        shown=SHOWN,
        certain=phrases.money(checkup.certain_total, "CNY"),
        possible=phrases.money(checkup.possible_total, "CNY"),
    )


def _once(matches: Sequence[Match]) -> list[Match]:
    """The matches without those that would read the same: several rules of a sentence refused for one reason."""
    kept: dict[object, Match] = {}
    for match in matches:
        place = (match.citation.clause_id, match.citation.start + match.citation.focus.start, match.reason)
        kept.setdefault(place if match.reason else match, match)
    return list(kept.values())


def _entry(match: Match, on: date, language: str) -> dict[str, Any]:
    citation = match.citation
    return {
        "match": match,
        "badge": citation_badge(citation, on, language),
        "figures": _amounts(match, language),
        "focus": repair_glyphs(citation.text[citation.focus.start : citation.focus.end]).strip(),
        "steps": match.figures[0].steps if match.figures else (),
        "reference": reference(citation.document, citation.document_number, citation.address, citation.text),
    }


def _amounts(match: Match, language: str) -> Sequence[dict[str, Any]]:
    return [{"amount": amount_text(figure, language), "exact": figure.bound is Bound.EXACT} for figure in match.figures]
