"""The shape of a body: how much JSON it holds, told before anything is made of it.

Checking a body against its model takes long where it holds tens of thousands of things that do not belong there, and
the parser calls itself for each level. This looks at brackets, commas and colons only: some milliseconds for a megabyte.
"""

import re

MAX_DEPTH = 32  # a conversation's state has about 10
MAX_VALUES = 20_000  # a conversation of 200 turns has about half as many
MAX_FIELDS = 200  # of one object; the largest that is known has about 40

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_SIGNS = re.compile(rb"[\[\]{}:]")


def shape_fault(body: bytes) -> str:
    """A sentence on why a JSON body is not looked at; empty for one that is. It may be no JSON at all."""
    if body.count(b",") + body.count(b":") <= MAX_FIELDS and body.count(b"[") + body.count(b"{") <= MAX_DEPTH:
        return ""  # nearly all
    too_many = f"The body holds too much: at most {MAX_VALUES:,} values are taken."
    if body.count(b'"') - body.count(b'\\"') > 4 * MAX_VALUES:
        return too_many
    bare = _STRING.sub(b"", body)
    if sum(bare.count(sign) for sign in (b",", b"[", b"{")) > MAX_VALUES:
        return too_many
    fields: list[int] = []  # seen of each object or list that is open
    for sign in _SIGNS.finditer(bare):
        match sign.group():
            case b":":
                if fields:
                    fields[-1] += 1
                    if fields[-1] > MAX_FIELDS:
                        return f"An object of the body holds too many fields: at most {MAX_FIELDS} are taken."
            case b"[" | b"{":
                fields.append(0)
                if len(fields) > MAX_DEPTH:
                    return f"The body is nested too deeply: at most {MAX_DEPTH} levels are taken."
            case _:
                if fields:
                    fields.pop()
    return ""
