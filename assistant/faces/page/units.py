"""The units in which money is typed and drawn."""

from decimal import Decimal

YUAN_UNITS = {
    "yuan": Decimal(1),
    "thousand": Decimal(1_000),
    "wan": Decimal(10_000),
    "million": Decimal(1_000_000),
    "yi": Decimal(100_000_000),
}
