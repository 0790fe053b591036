"""Frames: what a sentence has said since its last award, and the state of reading it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.clause.chains import Chain
from assistant.clause.conditions import (
    ConditionGroup,
)
from assistant.clause.drafts import Draft
from assistant.clause.roles import Role
from assistant.clause.sentences import Sentence
from assistant.clause.vocabulary import any_of

_MEMORY = 60  # awards a ceiling or a contrast looks back on; a fixed number keeps the reading linear
_RECIPIENT = any_of("recipients")
_FRESH = re.compile(r"[,:;](?:并|且|同时)?(?:对(?!应|外|内)|凡|若|如果?|其他|其它)")


@dataclass
class Frame:
    """What has been said since the last award: its conditions, counts and duration."""

    groups: list[ConditionGroup] = field(default_factory=list)
    steps: list[Chain] = field(default_factory=list)
    years: tuple[str, Decimal] | None = None
    floor: Chain | None = None
    closed: bool = False  # an award has been read from it
    number: int = 0


@dataclass
class Reading:
    """Everything read from a clause so far."""

    drafts: list[Draft] = field(default_factory=list)
    unread: list[tuple[Sentence, int, int]] = field(default_factory=list)
    division: tuple[str, ...] = ()  # classes that the item divides its recipients into: 分为甲类、乙类


class SentenceState:
    """Where the reading of one sentence stands."""

    def __init__(
        self, sentence: Sentence, reading: Reading, metric: str, carried: bool, shared: Sequence[ConditionGroup] = ()
    ) -> None:
        self.sentence = sentence
        self.text = sentence.text
        self.reading = reading
        self.metric = metric  # metric of the last condition, which the next sentence may leave out
        self.carried = carried
        self.frame = Frame(list(shared))
        self.shared = tuple(shared)  # conditions of a heading (年增速50%以上的企业:) that bind every case under it
        self.frame_start = 0
        self.drafts: list[Draft] = []
        self.roles: list[tuple[Chain, Role]] = []
        self.groups: list[ConditionGroup] = []
        self.floors: list[Chain] = []

    def _earlier(self) -> list[Draft]:
        recent = self.reading.drafts[-_MEMORY:]
        return [draft for draft in recent if draft.sentence.item == self.sentence.item]

    def _kept_groups(self, between: str) -> list[ConditionGroup]:
        """Conditions of the recipient (对……1亿元以上的企业,) go on binding what the sentence lists after it."""
        if _FRESH.search(between) or re.search(_RECIPIENT, between):
            return []
        return [group for group in self.frame.groups if len(group.members) == 1 and self._describes_recipient(group)]

    def _describes_recipient(self, group: ConditionGroup) -> bool:
        comma = self.text.find(",", group.end)
        segment = self.text[group.end : comma if comma >= 0 else len(self.text)]
        return re.search(rf"{_RECIPIENT}$", segment) is not None

    def _open_frame(self, chain: Chain, group: ConditionGroup | None = None) -> None:
        """Begin anew after an award; what the next award shares with the last is kept."""
        if not self.frame.closed:
            return
        metrics = {g.metric for g in self.frame.groups}
        kept = self._kept_groups(self.text[self.frame_start : chain.start])
        if (
            group is not None
            and (group.inherited or group.metric in metrics)
            and not _FRESH.search(self.text, self.frame_start, chain.start)
        ):
            kept = [g for g in self.frame.groups if g.metric != group.metric and len(g.members) == 1]
        self.frame = Frame(kept, number=self.frame.number + 1)
