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
from assistant.language.decimals import in_yuan, refuse_extremes
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
_EXAMPLE_PROJECT = "采用智能装备和智能制造系统解决方案建设数字化车间"
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
        "industry": "汽车零部件制造",
        "size": Size.SMALL.value,
        "certificates": "首次成为我市整车企业配套厂家, 列入中小企业成长工程培育名单, 租用小企业创业基地场地, 参与国家科技重大项目但非牵头",
        "revenue": typed(88_000_000),
        "energy_cost": typed(1_500_000),
        "freight_cost": typed(900_000),
        "rent": typed(760_000),
        "informatization": typed(600_000),
        "headcount": "180",
        "projects": [{"name": _EXAMPLE_PROJECT, "investment": typed(18_000_000)}],
        "sales": [
            {"customer": "本市整车企业", "amount": typed(18_000_000)},
            {"customer": "世界500强企业", "amount": typed(8_000_000)},
            {"customer": "另一家世界500强企业", "amount": typed(7_000_000)},
        ],
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
        read = _money if name in MONEY else _number
        if (number := read(fields.get(name), words[f"profile_{name}"], language)) is not None:
            filled[name] = number
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
    money = {name: _money(row.get(name), words[f"project_{name}"], language) for name in _PROJECT_MONEY}
    return {"name": str(row["name"]), **{name: value for name, value in money.items() if value is not None}}


def _sale(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    words = words_for(language)
    amount = _money(row.get("amount"), words["sale_amount"], language)
    return {"customer": str(row["customer"]), "amount": amount or Decimal(0)}


def _money(value: Any, label: str, language: str) -> Decimal | None:
    """A sum in yuan: a bare number is in the form's unit, 76万元 says its own. InputError names the field."""
    text = _typed(value)
    number = _plain(text)
    if not text or number is not None:
        return number * _UNIT[language] if number is not None else None
    try:
        number = Decimal(in_yuan(refuse_extremes(text)))
    except (ValueError, InvalidOperation):
        number = None
    if number is None or not number.is_finite() or number < 0:
        raise InputError(fill(words_for(language)["money_fault"], field=label))
    return number


def _number(value: Any, label: str, language: str) -> Decimal | None:
    text = _typed(value)
    number = _plain(text)
    if text and number is None:
        raise InputError(fill(words_for(language)["number_fault"], field=label))
    return number


def _typed(value: Any) -> str:
    return str(value if value is not None else "").replace(",", "").replace("，", "").strip()


def _plain(text: str) -> Decimal | None:
    """A number of at least 0 as it is typed in digits; None for anything else."""
    try:
        number = Decimal(refuse_extremes(text))
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() and number >= 0 else None


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
        then=phrases.day(checkup.held_on) if checkup.held_on else "",
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
