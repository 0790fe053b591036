"""Refusing: what a case denies by name where a grant demands it, though the clause may name other things beside it."""

from assistant.clause.grant import Grant, compact_words
from assistant.clause.rule import SubsidyRule
from assistant.language.lexicon import Lexicon
from assistant.matching.accounting import Held, matter_of, shared_runs
from assistant.matching.requirements import requirements_of
from assistant.matching.said import denied_in
from assistant.question.case import Case

_NAME = 3  # characters that a denial must share with a demand
_CERTAIN = 0.75  # share of what is denied that they must be


def denied_requirement(grant: Grant, rule: SubsidyRule | None, case: Case, held: Held, lexicon: Lexicon) -> str:
    """The demand that the case denies and does not meet in any other way, in the clause's words; empty where none is.

    Of an enumeration (绿色园区、绿色工厂) who speaks of one member only to deny it is taken to have none of the others.
    """
    denied = [
        compact_words(matter_of(one.text[start:end])).replace(",", "")
        for one in case.held
        for start, end in denied_in(one.text)
    ]
    if not any(denied):
        return ""
    for one in requirements_of(grant, rule, (), held, lexicon):
        if not one.met and any(_says_as_much(phrase, matter_of(compact_words(one.text))) for phrase in denied):
            return one.text
    return ""


def _says_as_much(phrase: str, demand: str) -> bool:
    longest = max((end - start for start, end in shared_runs(phrase, demand)), default=0)
    return longest >= _NAME and longest >= _CERTAIN * len(phrase)
