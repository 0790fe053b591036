"""How the made questions put sums and sentences: in Simplified and Traditional script and in English."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

from corpus.script import to_traditional

WAN, YI = 10_000, 100_000_000
DIGITS = "零一二三四五六七八九"
WRITTEN = str.maketrans({"覈": "核", "牀": "床", "裏": "裡", "衆": "眾", "着": "著"})
# Every sixth question is in Traditional script and every sixth in English, shifted from thing to thing.
LANGUAGES = ("zh", "zh", "zh-Hant", "zh", "zh", "en")

Thing = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One question: who is asked about what, and what is right."""

    kind: str
    thing: Thing
    text: str
    expect: str  # exact | at_most | not_eligible | ask
    amount: int | None
    language: str
    history: tuple[str, ...] = ()


@dataclass
class Speaker:
    """Says sums and sentences; each list of wordings is gone through in turn, so that all of them are used."""

    grammar: dict[str, Any]
    turns: dict[str, Iterator[int]] = field(default_factory=dict)

    def next(self, key: str) -> int:
        return next(self.turns.setdefault(key, count()))

    def pick(self, key: str, choices: list[str]) -> str:
        return choices[self.next(key) % len(choices)]

    def phrase(self, language: str, name: str, **values: object) -> str:
        tongue = "en" if language == "en" else "zh"
        return self.pick(f"{tongue}:{name}", self.grammar["phrases"][tongue][name]).format(**values)

    def opening(self, thing: Thing, language: str) -> str:
        english = self.grammar["counties"][thing["county"]][0]
        county = f"{english} ({thing['county']})" if language == "en" else thing["county"]
        return self.phrase(language, "opening", county=county)

    def said(self, thing: Thing, language: str, **values: object) -> str:
        """What the asker has or did, in the words of the thing."""
        choices = thing["en"] if language == "en" else thing["everyday"]
        choices = [choices] if isinstance(choices, str) else choices
        return self.pick(f"{thing['clause']}:{language == 'en'}", choices).format(**values)

    def sum(self, amount: int, language: str) -> str:
        if language == "en":
            return self.pick("en:sum", english_sums(amount))
        return self.pick("zh:sum", chinese_sums(amount))


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def english_sums(amount: int) -> list[str]:
    if amount >= 1_000_000 and amount % 1000 == 0:
        short = plain(Decimal(amount) / 1_000_000)
        return [f"RMB {short} million", f"{short} million yuan", f"RMB {amount:,}"]
    return [f"RMB {amount:,}", f"{amount:,} yuan"]


def chinese_sums(amount: int) -> list[str]:
    if amount >= YI:
        short = plain(Decimal(amount) / YI)
        return [f"{short}亿元", f"{short}个亿", f"{short}亿"]
    short = plain(Decimal(amount) / WAN)
    forms = [f"{short}万", f"{short}万元"]
    if amount % (10 * WAN) == 0 and amount < 1000 * WAN:
        forms.append(f"{spelled(amount // WAN)}万")
    return forms


def spelled(number: int) -> str:
    """A multiple of ten below a thousand as it is said: 120 is 一百二十."""
    hundreds, tens = divmod(number // 10, 10)
    if not hundreds:
        return ("" if tens == 1 else DIGITS[tens]) + "十"
    head = ("两" if hundreds == 2 else DIGITS[hundreds]) + "百"
    return head + (f"{DIGITS[tens]}十" if tens else "")


def traditional(text: str) -> str:
    """The text in Traditional script, in the forms that people write."""
    return to_traditional(text).translate(WRITTEN).replace("剛纔", "剛才")
