"""Numbers as English writes them, in digits and in words: 12,000, "12 thousand", "twelve and a half million", "half a dozen"."""

import re
from decimal import Decimal

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {
    **{word: Decimal(value) for value, word in enumerate(_ONES, start=1)},
    **{word: Decimal(value) for value, word in enumerate(_TEENS, start=10)},
    **{word: Decimal(10 * value) for value, word in enumerate(_TENS, start=2)},
    "a": Decimal(1),
    "an": Decimal(1),
}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}

_BELOW_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)})"
_BELOW_THOUSAND = rf"(?:(?:{'|'.join(_ONES)}|an?)\s+hundred(?:\s+(?:and\s+)?{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})"
DIGITS = r"\d[\d,]*(?:\.\d+)?"
_GROUP = (
    rf"(?:half\s+an?|(?:{_BELOW_THOUSAND}|{DIGITS})(?:\s+and\s+a\s+half)?|an?)\s+(?:hundred\s+)?"
    r"(?:thousand|million|billion|dozen)"
)
# A number of which at least a part is a word.
IN_WORDS = rf"(?:{_GROUP}(?:\s+{_GROUP})*(?:\s+{_BELOW_THOUSAND})?|{_BELOW_THOUSAND})\b"
NUMBER = rf"(?:{IN_WORDS}|{DIGITS})"
_PART = re.compile(rf"half\s+an?|and\s+a\s+half|{DIGITS}|[a-z]+")


def value_of(text: str) -> Decimal:
    """The value of a number as ``NUMBER`` matches it, folded."""
    total = group = Decimal(0)
    for part in _PART.findall(text):
        if "half" in part:
            group += Decimal("0.5")
        elif part[0].isdigit():
            group += Decimal(part.replace(",", ""))
        elif part == "hundred":
            group = (group or Decimal(1)) * 100
        elif part in _SCALES:
            total, group = total + (group or Decimal(1)) * _SCALES[part], Decimal(0)
        elif part != "and":
            group += _VALUES[part]
    value = total + group
    return Decimal(int(value)) if value == int(value) else value
