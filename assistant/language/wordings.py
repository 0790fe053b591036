"""Wordings: the small notation in which the data says how something is worded, compiled to a pattern over tokens.

    没(到|足)        one of several            [了]        may be missing
    [了|到]*         any of them, any number   <not>       a class of words, defined in words.toml
    {sum}            a token, of one or several kinds ({sum|share}); {number}, any but a day
    {words}          free words up to the end of the part of a sentence, which the finding keeps; once in a wording
    {thing}          a word for a particular thing of things.tsv that is money
    ..  and  ...     up to twelve characters, and up to the end of the part of a sentence; neither passes another number
    !(充|足)         not followed by           ~(候|填)    not preceded by (no classes)
    declar+  +n't  + a Latin word that begins or ends so, or any; other Latin words are whole
    \\+               that character itself
    ^  and  $        where a part of a sentence begins and ends

A space stands for any number of spaces, none included: Latin words do not run into each other anyhow.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from assistant.language.asked_day import YEARS_FROM_NOW
from assistant.language.things import MONEY, shipped_things
from assistant.language.tokens import ANY, CHARACTER, PASSED, Kind

_BORDER = r",。;!?:、\n"
_LIMITS = "".join(sorted(set(ANY) - set(PASSED)))
_GAP = rf"(?:[^{_BORDER}.{_LIMITS}]|\.(?=\d))"
_WORDS = r"(?P<words>(?:[^,。;!?\n.]|\.(?=\d)){2,60}"
_PARTS = re.compile(
    r"(?P<gap>\.{2,3})|(?P<itself>\\.)|(?P<word>\+?[a-z0-9%&]+(?:['-][a-z0-9]+)*\+?|\+)|(?P<klass><[a-z_]+>)|(?P<token>\{[a-z|]+\})"
    r"|(?P<behind>~\([^()]*\))|(?P<mark>!\(|\]\*|[(\[|\])^$ ])|(?P<other>.)"
)
_MARKS = {
    "(": "(?:",
    "[": "(?:",
    "]": ")?",
    "]*": ")*+",  # what was taken is never given back: tried every way, a row of spaces would take for ever
    "!(": "(?!",
    "^": rf"(?:(?<=[{_BORDER}.])|(?<![\s\S]))",
    "$": rf"(?=[{_BORDER}.]|\s*$)",
    " ": r"\s*+",
}

_THING = "{thing}"  # a pattern as long as the list of things, which wordings that all end in it need only once


class WordingError(ValueError):
    """A wording that cannot be read; its text says why, and the caller where it stands."""


def compile_wordings(wordings: Iterable[str], classes: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """One pattern for all of the wordings; WordingError names one that is not in the notation."""
    wordings = tuple(wordings)
    shared = _THING if len(wordings) > 1 and all(wording.endswith(_THING) for wording in wordings) else ""
    ways = (
        translate(wording.removesuffix(shared), classes).replace("?P<words>", f"?P<words{n}>")
        for n, wording in enumerate(wordings)
    )
    try:
        either = "|".join(f"(?:{way})" for way in ways)
        return re.compile(f"(?:{either}){translate(shared, classes)}" if shared else either)
    except re.error as error:
        raise WordingError(f"{' / '.join(wordings)} is no wording: {error}") from None


def translate(wording: str, classes: Mapping[str, Iterable[str]]) -> str:
    """The pattern of one wording over the text of tokens."""
    return "".join(_translated(part, wording, classes) for part in _PARTS.finditer(wording))


def _translated(part: re.Match[str], wording: str, classes: Mapping[str, Iterable[str]]) -> str:
    text = part.group()
    match part.lastgroup:
        case "gap":
            return _GAP + ("{0,12}?" if text == ".." else "{0,60}?")
        case "itself":
            return re.escape(text[1])
        case "word" if text == "+":
            return "(?<![a-z])[a-z'-]+(?![a-z])"
        case "word":
            before, after = (
                "(?<![a-z])[a-z]*" if text[0] == "+" else "(?<![a-z])",
                "[a-z]*" if text[-1] == "+" else "(?![a-z])",
            )
            return before + re.escape(text.strip("+")) + after
        case "klass":
            name = text[1:-1]
            if name not in classes:
                raise WordingError(f"{wording} names the class of words {name}, which words.toml does not have")
            return "(?:" + "|".join(translate(word, classes) for word in classes[name]) + ")"
        case "token":
            if text == "{words}":
                return _WORDS + ("" if part.end() == len(wording) else "?") + ")"
            return rf"\s*+{_token(text[1:-1], wording)}\s*+"
        case "behind":
            return "".join(f"(?<!{re.escape(word)})" for word in text[2:-1].split("|"))
        case "mark":
            return r"\s" if _is_alternative_space(part, wording) else _MARKS.get(text, text)
        case _ if text == "*":
            raise WordingError(f"{wording} repeats what is not in brackets; only [a|b]* may stand any number of times")
        case _:
            return re.escape(text)


def _is_alternative_space(part: re.Match[str], wording: str) -> bool:
    """Whether a mark is a space that is one of the ways of a bracket by itself: [of|them| ]*."""
    return (
        part.group() == " "
        and wording[part.start() - 1 : part.start()] in ("[", "|")
        and wording[part.end() : part.end() + 1] in ("]", "|")
    )


def _token(names: str, wording: str) -> str:
    if names == "thing":
        return _things()
    if names == Kind.DAY:
        return f"(?:{CHARACTER[Kind.DAY]}|" + "|".join(YEARS_FROM_NOW) + ")"
    if names == "number":
        return "[" + ANY.replace(CHARACTER[Kind.DAY], "") + "]"
    kinds = [kind for name in names.split("|") for kind in Kind if kind == name]
    if len(kinds) != len(names.split("|")):
        raise WordingError(f"{wording} has {{{names}}}; a token is thing, number or one of {', '.join(Kind)}")
    return "[" + "".join(CHARACTER[kind] for kind in kinds) + "]"


@cache
def _things() -> str:
    """A pattern for the words of all particular things that are money, written as a tree: it is tried at many places."""
    tree: dict[str, dict[str, object]] = {}
    for thing in shipped_things():
        if thing.generic or thing.dimension not in MONEY:
            continue
        for word in thing.words:
            node: dict[str, object] = tree  # type: ignore[assignment]
            for character in word:
                node = node.setdefault(character, {})  # type: ignore[assignment]
            node[""] = {}
    return "(?<![a-z])" + _branches(tree) + "(?:'?s)?(?![a-z])"


def _branches(tree: Mapping[str, object]) -> str:
    """The longest word of the tree first."""
    ways = [
        re.escape(character) + (_branches(rest) if rest else "")  # type: ignore[arg-type]
        for character, rest in tree.items()
        if character
    ]
    if not ways:
        return ""
    return "(?:" + "|".join(ways) + ")" + ("?" if "" in tree else "")
