"""Cells of tables that are opened in spreadsheets: a text stays a text, whatever it begins with."""

import re

# What a spreadsheet takes for the beginning of a formula, in either width, also behind blanks that it drops.
_FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would work a text out instead of showing it."""
    return _FORMULA.match(text) is not None


def text_cell(text: str) -> str:
    """The text for a cell of a CSV file: with an apostrophe before it where it would be taken for a formula.

    >>> text_cell("=1+1")
    "'=1+1"
    >>> text_cell("20%")
    '20%'
    """
    return f"'{text}" if is_formula(text) else text
