"""Fixed phrases with their values put in, and the formats of numbers, sums and days, in three languages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from assistant.answering.phrasebook import phrases_of
from assistant.clause.rule import Bound, decimal_text
from assistant.language.decimals import WIDE
from assistant.question import Language
from corpus.currencies import CHINESE_NAMES
from corpus.quantities import Polarity
from corpus.script import to_traditional

_CURRENCY_ZH = {"CNY": "元"} | {code.upper(): name for code, name in CHINESE_NAMES.items()}
_CURRENCY_EN = {"CNY": "RMB"}
_VARIANTS = str.maketrans("爲裏覈衆羣峯牀啓僞擡纔溼", "為裡核眾群峰床啟偽抬才濕")


class Phrases:
    """The fixed phrases in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._english = language is Language.ENGLISH
        self._say, self._per, self._unit, self._operator = (
            phrases_of(table, language) for table in ("say", "per", "unit", "operator")
        )

    @property
    def in_english(self) -> bool:
        """Whether the reader reads English."""
        return self._english

    def say(self, code: str, **values: object) -> str:
        """The phrase for ``code`` with its values put in; a reader of Traditional reads the values in it too.

        What the source prints stands in the citation, character for character.
        """
        if self.language is Language.TRADITIONAL:
            values = {name: self.script(value) if isinstance(value, str) else value for name, value in values.items()}
        return self._say[code].format(**values)

    def script(self, words: str) -> str:
        """Words of a clause in the script of the reader: Traditional for a reader of Traditional, else as they are."""
        return traditional(words) if self.language is Language.TRADITIONAL else words

    def aspect(self, name: str) -> str:
        """What may be asked about a grant beside its sum: a deadline, the steps to apply."""
        return phrases_of("aspect", self.language)[name]

    def told(self, aspect: str) -> str:
        """What a document tells, as the head of what it says of it: "papers", "time of payment"."""
        return phrases_of("told", self.language)[aspect]

    def question(self, aspect: str) -> str:
        """What to ask a department of an aspect that the document does not tell."""
        return phrases_of("ask", self.language)[aspect]

    def money(self, amount: Decimal, currency: str = "CNY") -> str:
        """An amount as a reader of the language expects it: 360万元, RMB 3.6 million."""
        if self._english:
            return self._money_english(amount, currency)
        return self.script(money_chinese(amount, currency))

    @staticmethod
    def _money_english(amount: Decimal, currency: str) -> str:
        name = _CURRENCY_EN.get(currency, currency)
        for size, word in ((Decimal(10**9), "billion"), (Decimal(10**6), "million")):
            if amount >= size and not WIDE.remainder(amount / size, Decimal("0.001")):
                return f"{name} {decimal_text(amount / size)} {word}"
        return f"{name} {_grouped(amount)}"

    def per(self, unit: str | None) -> str:
        """``/年`` or `` per year``; empty for a whole sum."""
        if unit is None:
            return ""
        return f" per {self._unit_english(unit)}" if self._english else f"/{self.script(unit)}"

    def bounded_sum(self, amount: Decimal, currency: str, per: str | None, bound: Bound) -> str:
        """A sum with its unit, marked where it is only a ceiling: 最多500万元/年."""
        shown = {"amount": self.money(amount, currency), "per": self.per(per)}
        return self.say("row_at_most", **shown) if bound is Bound.AT_MOST else "{amount}{per}".format(**shown)

    def percent(self, share: Decimal) -> str:
        """A share as a percentage: 0.015 is 1.5%."""
        return f"{decimal_text(share * 100)}%"

    def day(self, day: date) -> str:
        """A date as written in the language."""
        return f"{day.day} {day:%B %Y}" if self._english else f"{day.year}年{day.month}月{day.day}日"

    def operator(self, op: str) -> str:
        """A comparison in words."""
        return self._operator[op]

    def holds_a_bound(self, words: str) -> bool:
        """Whether words hold a comparison as ``operator`` writes it, so that they are in the reader's language already."""
        return any(bound in words for bound in self._operator.values())

    def bounded(self, value: str, polarity: Polarity) -> str:
        """A value with the word that bounds it: 低于1000万元, 不超过5亿元; the value alone where it is exact."""
        op = {Polarity.LESS_THAN: "<", Polarity.AT_MOST: "<=", Polarity.MORE_THAN: ">"}.get(polarity)
        return self.words(self.operator(op).removeprefix("of "), value) if op else value

    def measured(self, number: Decimal, unit: str) -> str:
        """A number with its unit: 6个月, 6 months."""
        return decimal_text(number) + self._unit.get(unit, "")

    def words(self, *parts: str) -> str:
        """Words or sentences side by side, with spaces between them only in English."""
        return (" " if self._english else "").join(part for part in parts if part)

    def join(self, parts: Sequence[str]) -> str:
        """Several things in one sentence."""
        return (", " if self._english else "、").join(parts)

    def _unit_english(self, unit: str) -> str:
        """A unit of a clause in English, "1" left out: 1美元 is US dollar, 10万元 stays a number of its own."""
        name = unit.lstrip("0123456789")
        number = unit.removesuffix(name)
        name = self._per.get(name, name)
        return name if number in ("", "1") else f"{number} {name}"

    def apart(self, parts: Iterable[str]) -> str:
        """What belongs to one thing, side by side between commas."""
        return (", " if self._english else "，").join(part for part in parts if part)

    def list(self, parts: Sequence[str]) -> str:
        """Several phrases in one sentence, that may hold commas of their own."""
        return ("; " if self._english else "；").join(parts)

    def step(self, code: str, values: Mapping[str, Decimal | str], currency: str = "CNY") -> str:
        """One step of a calculation as a sentence with numbers a person can check."""
        shown: dict[str, str] = {}
        for name, value in values.items():
            if name == "parts":
                joint = ", " if code == "highest" else " + "
                shown[name] = joint.join(self.money(Decimal(part), currency) for part in str(value).split("|"))
            elif name in {"rate", "uplift", "share"}:
                shown[name] = self.percent(Decimal(value))
            elif name == "units":
                shown[name] = decimal_text(Decimal(value))
            elif isinstance(value, Decimal):
                shown[name] = self.money(value, currency)
            else:
                shown[name] = self._unit_english(value) if self._english else value
        return self.say(f"step_{code}", **shown)


def money_chinese(amount: Decimal, currency: str = "CNY") -> str:
    """An amount as clauses write it: 360万元, 1.2亿元, 8,000元."""
    unit = _CURRENCY_ZH.get(currency, currency)
    for size, word in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
        if amount >= size and not WIDE.remainder(amount / size, Decimal("0.0001")):
            return f"{decimal_text(amount / size)}{word}{unit}"
    return f"{_grouped(amount)}{unit}"


def traditional(words: str) -> str:
    """Words in Traditional characters, with the variants that readers in Taiwan and Hong Kong write."""
    return to_traditional(words).translate(_VARIANTS)


def _grouped(amount: Decimal) -> str:
    whole, _, fraction = decimal_text(amount).partition(".")
    return f"{int(whole):,}" + (f".{fraction}" if fraction else "")
