"""Programmes: a clause that only repeats a ceiling beside the programme's own clause, which states the share."""

import re
from collections.abc import Iterable

from assistant.clause.grant import Grant
from assistant.clause.rule import RuleKind, SubsidyRule
from assistant.figures.calculation import Result
from assistant.figures.entitlement import entitlement
from assistant.figures.outcome import Entitlement
from assistant.language.lexicon import Lexicon
from assistant.question.conversation import Inquiry

# A form of support, and words before it of who turns it down ("不走贴息", "not the interest subsidy").
_INTEREST = re.compile(r"贴息|interest (?:subsid|discount|support)")
_TURNED_DOWN = re.compile(
    r"(?:不|没|别)[走要选用是报申择请]{0,2}(?:贷款)?$|\b(?:not|no|than|instead of)(?: the| an)? (?:loan )?$"
)


def of_the_programme(
    best: Entitlement, others: Iterable[Grant], inquiry: Inquiry, lexicon: Lexicon
) -> Entitlement | None:
    """The programme's own clause among ``others``, which surely fit, where the best grant only repeats its ceiling.

    It is of the same document, for the same recipients, has the same ceiling, and takes a share of what the asker
    stated; where they want the interest paid instead, a share of the investment is not theirs.
    """
    if len(best.outcomes) != 1 or best.outcomes[0].rule.kind is not RuleKind.CAP_ONLY:
        return None
    if _wants_interest_paid(inquiry.turn.folded):
        return None
    ceiling, document = best.outcomes[0].rule, best.grant.document
    twins = [
        entitlement(other, inquiry, lexicon)
        for other in others
        if other.document is document and any(_has_the_share_under(ceiling, rule) for rule in other.rules)
    ]
    computed = [twin for twin in twins if len(twin.outcomes) == 1 and twin.outcomes[0].result is Result.COMPUTED]
    return computed[0] if len(computed) == 1 else None


def _has_the_share_under(ceiling: SubsidyRule, rule: SubsidyRule) -> bool:
    """Whether a rule states the share of which another states only the ceiling, for the same recipients."""
    one, other = ceiling.beneficiary, rule.beneficiary
    same_recipients = bool(one and other) and (one in other or other in one)
    return rule.rate is not None and rule.cap == ceiling.cap and same_recipients


def _wants_interest_paid(folded: str) -> bool:
    """Whether a turn names an interest subsidy and does not turn it down."""
    return any(not _TURNED_DOWN.search(folded[: match.start()]) for match in _INTEREST.finditer(folded))
