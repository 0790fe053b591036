"""Preambles: the sentence that says what a document is made for, and grants and rules nothing."""

import re

_PREAMBLE = re.compile(
    r"^(?:前言:?|第一条)?(?:为|根据|按照|依据|依照|遵照|经|现将|现就)[^。]*"
    r"(?:(?:制定|提出|出台|制订)[^,。]{0,20}|如下|印发给你们[^。]{0,20}|有关事项[^,。]{0,8}通知[^,。]{0,4})[。:]?$"
)
_ASKED = re.compile(
    r"依据|根据(?:什么|哪)|按照(?:什么|哪)|目的|宗旨|初衷|背景|为(?:了)?(?:什么|啥)(?:要)?[^,。?]{0,6}(?:出台|制定|搞|推|发)|精神|为了|图什么"
    r"|\b(?:purpose|basis|based on|pursuant|background|rationale|why (?:was|were|is|did))\b|\baims?\b|\bgoals?\b|\bobjectives?\b"
)


def is_preamble(own: str) -> bool:
    """Whether a passage (folded, without spaces) is nothing but a preamble: "为贯彻…,制定本办法。"."""
    return _PREAMBLE.match(own) is not None


def asks_for_purpose(folded: str) -> bool:
    """Whether a question asks for what a preamble states: purpose, basis, occasion."""
    return _ASKED.search(folded) is not None
