"""Explaining: the rules read from a collection, and a clause with what each stretch of it became.

Needs the documents only, no index and no model, so that an official can check the reading anywhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from assistant.clause.extraction import grants_without_amount, unread_money
from assistant.clause.grant import NOT_GRANTING
from assistant.clause.rows import rules_in
from assistant.clause.rule import SubsidyRule, TextSpan, decimal_text
from assistant.validation import check_region, unknown_name
from corpus.clause import Clause
from corpus.collection import Collection
from corpus.document import Document

CONDITION = "condition"
NO_AMOUNT = "grant_without_amount"  # the clause grants something and states no sum for it
UNREAD = "unread_money"  # money beside a grant that the grammar refused to read
_MONEY = frozenset({"amount", "amount_min", "cap", "annual_cap", "total_cap", "step"})
_SHARES = frozenset({"rate", "rate_min", "uplift"})
_UNITS = {"years": "year", "months": "month"}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReadRule(_Frozen):
    """One rule and where it was read."""

    clause_id: str
    document: str = Field(description="title of the document")
    document_id: str
    region: str
    address: str = Field(description="printed path in the document, parts joined by ' › '")
    sentence: str = Field(description="the source's own characters that the rule was read from")
    rule: SubsidyRule


class Became(_Frozen):
    """What a stretch of a clause became: one field of one rule, or the reason it became none."""

    rule: int | None = Field(description="number of the rule in the clause, from 1; null when it became none")
    field: str = Field(description=f"field of the rule, or {CONDITION}, {NO_AMOUNT}, {UNREAD}")
    value: str = Field(default="", description="decimal string or words")
    unit: str = Field(default="", description="yuan, another currency, fraction, points, year …; empty for words")


class Mark(_Frozen):
    """A stretch of a clause that was read: ``text`` is the clause's own ``text[start:end]``."""

    number: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    became: tuple[Became, ...]


class Explanation(_Frozen):
    """A clause, the rules read from it, and its marked stretches in reading order."""

    clause_id: str
    document: str
    document_id: str
    region: str
    address: str
    text: str
    rules: tuple[SubsidyRule, ...]
    marks: tuple[Mark, ...]


def read_rules(collection: Collection, document: str | None = None, region: str | None = None) -> tuple[ReadRule, ...]:
    """Every rule of a collection in reading order, of one document id or one region where named.

    Raises UnknownNameError when there is no such document or region.
    """
    if document is not None and document not in {d.id for d in collection.documents}:
        raise unknown_name("document", document, [d.id for d in collection.documents])
    if region is not None:
        check_region(region, collection.regions)
    return tuple(
        rule
        for d in collection.documents
        if document in (None, d.id) and region in (None, d.metadata.region)
        for clause in d.leaves
        for rule in _rules_of(d, clause)
    )


def _rules_of(document: Document, clause: Clause) -> Iterator[ReadRule]:
    for rule in _extracted(clause):
        sentence = rule.spans["sentence"]
        yield ReadRule(
            clause_id=clause.id,
            document=document.metadata.title,
            document_id=document.id,
            region=document.metadata.region,
            address=" › ".join(clause.address),
            sentence=clause.text[sentence.start : sentence.end],
            rule=rule,
        )


def _extracted(clause: Clause) -> tuple[SubsidyRule, ...]:
    return () if clause.kind in NOT_GRANTING else rules_in(clause)


def explain(collection: Collection, clause_id: str) -> tuple[Explanation, ...]:
    """The clause with its reading; each leaf of it when it has children. UnknownNameError names near ids."""
    for document in collection.documents:
        clause = document.clauses_by_id.get(clause_id)
        if clause is not None:
            return tuple(_explanation(document, leaf) for leaf in _leaves(document, clause))
    raise unknown_name("clause", clause_id, [clause.id for clause in collection.clauses])


def _leaves(document: Document, clause: Clause) -> Iterator[Clause]:
    if clause.is_leaf:
        yield clause
    for child in clause.child_ids:
        yield from _leaves(document, document.clauses_by_id[child])


def _explanation(document: Document, clause: Clause) -> Explanation:
    rules = _extracted(clause)
    return Explanation(
        clause_id=clause.id,
        document=document.metadata.title,
        document_id=document.id,
        region=document.metadata.region,
        address=" › ".join(clause.address),
        text=clause.text,
        rules=rules,
        marks=tuple(_marks(clause, rules)),
    )


def _marks(clause: Clause, rules: Iterable[SubsidyRule]) -> Iterator[Mark]:
    became: dict[tuple[int, int], list[Became]] = defaultdict(list)
    for number, rule in enumerate(rules, start=1):
        for span, reading in _readings(number, rule):
            became[span.start, span.end].append(reading)
    if clause.kind not in NOT_GRANTING:
        for span in grants_without_amount(clause.text):
            became[span.start, span.end].append(Became(rule=None, field=NO_AMOUNT))
        for span in unread_money(clause.text):
            became[span.start, span.end].append(Became(rule=None, field=UNREAD))
    for number, (start, end) in enumerate(sorted(became), start=1):
        words = clause.text[start:end]
        yield Mark(number=number, start=start, end=end, text=words, became=tuple(became[start, end]))


def _readings(number: int, rule: SubsidyRule) -> Iterator[tuple[TextSpan, Became]]:
    """Each field that has a place of its own; the sentence holds them all and is no field."""
    for name, span in rule.spans.items():
        if name == "sentence":
            continue
        if name == "amount" and rule.amount is None:
            name = "amount_min"  # a range of sums: its upper end is the cap
        value = getattr(rule, name)
        text = "" if value is None else decimal_text(value) if isinstance(value, Decimal) else str(value)
        yield span, Became(rule=number, field=name, value=text, unit=_unit(name, rule))
    for condition in rule.conditions:
        if condition.span is not None:
            words = condition.metric
            if condition.unit != "category":
                words = f"{condition.metric} {condition.op.value} {decimal_text(condition.value)}"
            yield condition.span, Became(rule=number, field=CONDITION, value=words, unit=condition.unit)


def _unit(name: str, rule: SubsidyRule) -> str:
    if name in _MONEY:
        return "yuan" if rule.currency == "CNY" else rule.currency
    if name in _SHARES:
        points = rule.uplift_points if name == "uplift" else rule.rate_points
        return "points" if points else "fraction"
    return _UNITS.get(name, "")
