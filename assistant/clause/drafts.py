"""Drafts: rules while they are being read; a draft becomes a ``SubsidyRule`` when its clause is read to the end."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.clause.conditions import Bound as Comparison
from assistant.clause.rule import Bound, Condition, Operator, RuleKind, SubsidyRule, TextSpan
from assistant.clause.sentences import ClauseText, Sentence
from corpus.currencies import CODES as FOREIGN
from corpus.quantities import Polarity, Quantity

Place = tuple[int, int]  # offsets into a sentence


@dataclass
class Draft:
    """One rule in the making. ``places`` are offsets into the sentence's text."""

    sentence: Sentence
    kind: RuleKind
    rate: Decimal | None = None
    rate_bound: Bound = Bound.EXACT
    rate_min: Decimal | None = None
    rate_points: bool = False
    base: str = ""
    amount: Decimal | None = None
    amount_min: Decimal | None = None
    cap: Decimal | None = None
    cap_per: str = ""
    annual_cap: Decimal | None = None
    total_cap: Decimal | None = None
    per: str = ""
    step: Decimal | None = None
    step_of: str = ""
    max_units: Decimal | None = None
    period: str = ""
    years: Decimal | None = None
    months: Decimal | None = None
    schedule: tuple[Decimal, ...] = ()
    uplift: Decimal | None = None
    uplift_points: bool = False
    uplift_bound: Bound = Bound.EXACT
    ladder: bool = False
    additional: bool = False
    implicit_rate: bool = False
    currency: str = "CNY"
    beneficiary: str = ""
    comparisons: list[Comparison] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    cap_sentence: Sentence | None = None  # where the cap stands, when it is another sentence
    frame: int = 0
    subject: str = ""  # the words that name the case: 新开的门店

    @property
    def ceiling_only(self) -> bool:
        """Whether nothing but an upper bound has been read."""
        return self.rate is None and self.amount is None and self.uplift is None and self.kind is not RuleKind.INTEREST

    def copy(self) -> "Draft":
        return replace(self, comparisons=list(self.comparisons), places=dict(self.places))

    def limit(self, quantity: Quantity, per: str, sentence: Sentence) -> None:
        """Set the closest ceiling."""
        self.cap, self.cap_per = quantity.upper or quantity.value, per
        if quantity.upper is not None:
            self.amount_min = quantity.value
        self.places["cap"] = (quantity.start, quantity.end)
        self.cap_sentence = sentence
        if self.amount is not None and self.currency != currency_code(quantity.unit):
            self.kind, self.amount = RuleKind.CAP_ONLY, None  # which of two currencies bounds the other is not known
        if self.amount is None:
            self.currency = currency_code(quantity.unit)


def currency_code(unit: str) -> str:
    """The ISO code of a sum's unit: CNY for yuan, EUR for eur."""
    return unit.upper() if unit in FOREIGN else "CNY"


def bound_of(quantity: Quantity) -> Bound:
    return Bound.AT_MOST if quantity.polarity in {Polarity.AT_MOST, Polarity.LESS_THAN} else Bound.EXACT


def to_rule(draft: Draft, clause: ClauseText, text: str) -> SubsidyRule:
    """The finished rule; spans are offsets in ``text``, the clause as it was given, and words are its own."""
    sentence = draft.sentence

    def own(words: str) -> str:
        return own_words(words, sentence, clause, text)

    spans = {"sentence": _clause_span(clause, sentence.start, sentence.end)}
    for name, (start, end) in draft.places.items():
        owner = draft.cap_sentence if name in {"cap", "annual_cap", "total_cap"} and draft.cap_sentence else sentence
        spans[name] = _span(clause, owner, start, end)
    conditions = tuple(_condition(comparison, clause, sentence, own) for comparison in draft.comparisons)
    return SubsidyRule(
        beneficiary=own(draft.beneficiary),
        conditions=conditions,
        kind=draft.kind,
        rate=draft.rate,
        rate_bound=draft.rate_bound,
        rate_min=draft.rate_min,
        rate_points=draft.rate_points,
        base=own(draft.base),
        amount=draft.amount,
        amount_min=draft.amount_min,
        cap=draft.cap,
        cap_per=draft.cap_per,
        annual_cap=draft.annual_cap,
        total_cap=draft.total_cap,
        per=own(draft.per),
        step=draft.step,
        step_of=own(draft.step_of),
        max_units=draft.max_units,
        period=draft.period,
        years=draft.years,
        months=draft.months,
        schedule=draft.schedule,
        uplift=draft.uplift,
        uplift_points=draft.uplift_points,
        uplift_bound=draft.uplift_bound,
        ladder=draft.ladder,
        additional=draft.additional,
        implicit_rate=draft.implicit_rate,
        currency=draft.currency,
        spans=spans,
    )


def own_words(words: str, sentence: Sentence, clause: ClauseText, text: str) -> str:
    """The words as the clause prints them: its own script and letter case."""
    found = sentence.text.find(words) if words else -1
    if found < 0:
        return words
    return "".join(text[clause.source.offsets[place]] for place in sentence.offsets[found : found + len(words)])


def _condition(comparison: Comparison, clause: ClauseText, sentence: Sentence, own: Callable[[str], str]) -> Condition:
    span = None
    if comparison.start < comparison.end <= len(sentence.offsets):
        span = _span(clause, sentence, comparison.start, comparison.end)
    return Condition(
        metric=own(comparison.metric),
        op=comparison.op,
        value=comparison.value,
        unit=comparison.unit,
        alternative=comparison.alternative,
        span=span,
    )


def category(name: str) -> Comparison:
    """A level, class or certificate that must be held."""
    return Comparison(name, Operator.EQUAL, Decimal(1), "category", 0, 0, False, True)


def _span(clause: ClauseText, sentence: Sentence, start: int, end: int) -> TextSpan:
    first, last = sentence.locate(start, end)
    return _clause_span(clause, first, last)


def _clause_span(clause: ClauseText, start: int, end: int) -> TextSpan:
    first, last = clause.source.span(start, end)
    return TextSpan(start=first, end=last)
