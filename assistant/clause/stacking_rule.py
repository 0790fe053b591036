"""Stacking rule: the sentence by which a document says once how all its awards go together."""

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.clause.grant import NOT_GRANTING
from assistant.clause.rows import rules_in
from assistant.clause.rule import RuleKind
from assistant.clause.stacking import Stacking, stacking_of
from corpus.clause import Clause
from corpus.document import Document
from corpus.script import fold

_OF_AWARDS = re.compile(r"政策|资金|奖|补|享受|申报|兑现|支持")
_ONE_MATTER = re.compile(r"同一?(?:类|个)?(?:项目|事项|平台|产品|内容|投入|设备)")
_SENTENCE = re.compile(r"[^。;!?]+[。;!?]?")


@dataclass(frozen=True, slots=True)
class StackingRule:
    """The sentence by which a document says how its awards go together. Offsets are into ``Document.text``."""

    clause: Clause
    start: int
    end: int
    stacking: Stacking
    of_one_matter: bool  # it only speaks of several awards for one and the same project
    ceiling: Decimal | None = None  # what one recipient gets at most of all awards together


def rule_of(document: Document) -> StackingRule | None:
    """What a document says of all its awards together, outside the clauses that grant them; None where it says nothing."""
    for leaf in document.leaves:
        if leaf.kind in NOT_GRANTING or any(rule.kind is not RuleKind.CAP_ONLY for rule in rules_in(leaf)):
            continue
        for match in _SENTENCE.finditer(fold(leaf.text)):
            stacking = stacking_of(match.group())
            if stacking is not Stacking.UNSAID and _OF_AWARDS.search(match.group()):
                start, end = leaf.start + match.start(), leaf.start + match.end()
                caps = [rule.cap for rule in rules_in(leaf) if rule.cap is not None]
                of_one = _ONE_MATTER.search(match.group()) is not None
                return StackingRule(leaf, start, end, stacking, of_one, min(caps, default=None))
    return None
