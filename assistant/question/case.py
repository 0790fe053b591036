"""The case: what somebody says of themselves, as every grant is held against it, be it a profile or a conversation.

A check-up and the chat judge the same type: each statement by itself with how it holds, and each fact with what it is of.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.language.amounts import read_amounts
from assistant.language.grammar import shipped_grammar
from assistant.language.lexicon import Lexicon
from assistant.language.signs import signs_in
from assistant.question.conversation import Inquiry
from assistant.question.fact import DURATIONS
from assistant.question.founding import age_on, read_founding
from assistant.question.profile import Profile
from assistant.question.situation import Fact, read_facts
from corpus.script import fold

_LASTING = frozenset({"lasting"})
_MONTHS = 12
_IN_A_TURN = "。;!?\n"  # a comma in a statement only goes on with it


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is said, folded."""

    text: str
    pending: bool = False  # applied for, planned: neither held nor lacked
    newly: bool = False  # said to have become so of late


@dataclass(frozen=True, slots=True)
class Case:
    """Whoever a grant is held against."""

    text: str  # everything that is said to hold or not to, folded; what is pending is neither
    statements: tuple[Statement, ...]
    by_subject: tuple[tuple[str, Fact], ...]  # each fact with the project, customer or statement it is of; "" for all
    sizes: tuple[str, ...] = ()
    customers: frozenset[str] = frozenset()  # subjects that are customers: what several of one class bought adds up

    only_project: str = ""  # the subject that is the only project there is; empty where there are several or none

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, whatever they are about."""
        return tuple(fact for _, fact in self.by_subject)

    @property
    def held(self) -> tuple[Statement, ...]:
        """The statements that hold, what they deny in themselves included."""
        return tuple(statement for statement in self.statements if not statement.pending)


def case_of(profile: Profile, lexicon: Lexicon, day: date) -> Case:
    """The case that an enterprise profile states, with how old the enterprise is on a day where it says so."""
    said = (*profile.industry, *profile.certificates)
    named = (*(sale.customer for sale in profile.sales), *(project.name for project in profile.projects))
    made = ["工业企业 制造业企业"] if any(signs_in(fold(words), "making") for words in profile.industry) else []
    statements = [read_statement(fold(words)) for words in (*said, *named, *profile.implied(), *made)]
    text = ",".join(statement.text for statement in statements[: len(said)] if not statement.pending)
    told = [pair for words in profile.certificates for pair in _told(fold(words), lexicon, day)]
    facts = (*profile.facts_by_subject(lexicon), *told)
    sizes = (f"{profile.size.value}企业",) if profile.size is not None else ()
    customers = frozenset(fold(sale.customer) for sale in profile.sales)
    projects = [fold(project.name) for project in profile.projects]
    return Case(text, tuple(statements), facts, sizes, customers, projects[0] if len(projects) == 1 else "")


def case_said(inquiry: Inquiry) -> Case:
    """The case that the turns of a conversation state."""
    statements, start = [], 0
    for end in (*(n for n, mark in enumerate(inquiry.said) if mark in _IN_A_TURN), len(inquiry.said)):
        if text := inquiry.said[start:end].strip():
            statements.append(read_statement(text))
        start = end + 1
    return Case(inquiry.said, tuple(statements), tuple(("", fact) for fact in inquiry.facts), inquiry.sizes)


def read_statement(folded: str) -> Statement:
    """One folded statement with how it holds."""
    new = bool(signs_in(folded, "new") or signs_in(folded, "first")) or "newly" in shipped_grammar().read(
        folded, read_amounts(folded), _LASTING
    ).values("lasting")
    return Statement(folded, pending=bool(signs_in(folded, "pending")), newly=new)


def _told(folded: str, lexicon: Lexicon, day: date) -> Iterator[tuple[str, Fact]]:
    """What a statement of a profile says in numbers, each about what it speaks of: how many were taken on, what grew.

    How long something lasts, and how old the enterprise is where it says when it was founded, is told of itself.
    """
    if signs_in(folded, "pending"):
        return
    for fact in read_facts(folded, lexicon):
        if fact.unit not in DURATIONS:
            yield folded, fact
        elif fact.since:  # the years that a record is clean for are no age
            yield "", fact
    founded = read_founding(folded)
    if founded is not None and (age := age_on(founded, day, 0)) is not None:
        near = founded.month is None or age.value % _MONTHS in (0, _MONTHS - 1)  # the day of the month may decide
        yield "", replace(age, over=age.over and near)
