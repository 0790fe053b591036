"""Roles: what each enumeration of a sentence does there: grants, bounds, conditions, or nothing to us."""

import re
from collections.abc import Sequence

from assistant.clause.chains import Chain
from assistant.clause.granting import NOUNS, VERBS, Context, Role, is_step
from assistant.clause.shares import share_role
from assistant.clause.sums import sum_role
from corpus.quantities import Polarity

__all__ = ["Role", "role_of"]

_GIVES = frozenset({Role.GRANT, Role.CEILING, Role.UPLIFT, Role.FLOOR, Role.SCHEDULE, Role.STEP})
_SO_FAR = ("未", "没", "尚")
# What is refused is no grant: 超过50%的,不再给予补助.
_DENIED = re.compile(
    rf"^(?:(?!{VERBS}|{NOUNS})[^。;]){{0,16}}?(?:不再|不予|不给予|不享受|不得享受|不得申请|不纳入|不再享受|取消|停止|不补|不奖)"
)


def role_of(chain: Chain, sentence: str, previous: Sequence[tuple[Chain, Role]], carried: bool) -> Role:
    """Role of a chain. ``previous`` are the chains in front with theirs; ``carried`` tells that a heading
    (奖励标准如下:) lends its verb to this sentence."""
    role = _role_of(Context(chain, sentence, previous, carried))
    if role in {Role.GRANT, Role.CEILING} and chain.first.polarity is Polarity.LESS_THAN:
        return Role.NOTHING  # 利率低于2.5%的: no one grants less than something
    if role in {Role.GRANT, Role.CEILING} and sentence.startswith(_SO_FAR, chain.start):
        return Role.CONDITION  # 密度未超过平均的五分之一: how things stand, no ceiling of what is granted
    if role in _GIVES and any(quantity.value < 0 for quantity in chain.quantities):
        return Role.UNREAD  # -20%: nobody gives less than nothing
    if role in _GIVES and any((quantity.upper or quantity.value) == 0 for quantity in chain.quantities):
        return Role.NOTHING  # 0万元
    if role in {Role.GRANT, Role.CEILING, Role.UPLIFT} and _DENIED.match(chain.following):
        return Role.NOTHING
    return role


def _role_of(context: Context) -> Role:
    if context.chain.dimension in {"percent", "points"}:
        return share_role(context)
    if context.chain.dimension == "money":
        return sum_role(context)
    return Role.STEP if is_step(context.chain) else Role.CONDITION
