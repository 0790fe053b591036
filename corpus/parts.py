"""Several plans in one file: where each begins."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from corpus.headings import is_short_line, is_standard_heading
from corpus.labels_below import LabelsBelow
from corpus.layout import Block, squeeze
from corpus.numbering import Label, Rank
from corpus.places import find_places
from corpus.titles import is_agencies, looks_like_title
from corpus.validity import read_day

_QUOTED = re.compile(r"《([^《》]+)》")
_ATTACHMENT = re.compile(r"^附件\s*[\d一二三四五六七八九十]*\s*[:：]?$")
_PLACE_LINE = re.compile(r"^(?:【(?=.*】$)|\[(?=.*\]$))?(?P<name>[\u4e00-\u9fff]{2,14}[省市区县旗州盟])[】\]]?:?$")
_LONGEST_TITLE = 120
_SHORTEST_CLAUSE = 20  # characters of what stands below the name of a place
_TOP_RANKS = (Rank.CHAPTER, Rank.CHINESE, Rank.ARTICLE, Rank.ARABIC)


@dataclass(frozen=True, slots=True)
class PartStart:
    """The title of one plan: blocks ``first`` to ``last`` (inclusive), and the title without blanks."""

    first: int
    last: int
    title: str


def find_parts(blocks: Sequence[Block], labels: Sequence[Label | None], title: range) -> tuple[PartStart, ...]:
    """The plans of a file in order; empty when it holds one document."""
    return _announced(blocks, labels) or _of_places(blocks, labels) or _restarting(blocks, labels, title)


def _announced(blocks: Sequence[Block], labels: Sequence[Label | None]) -> tuple[PartStart, ...]:
    """Plans whose titles the letter in front of them quotes: 《…计划》《…计划》已经市政府同意."""
    announced: set[str] = set()
    for block, label in zip(blocks, labels, strict=True):
        if label is not None:
            break
        announced.update(squeeze(name) for name in _QUOTED.findall(block.folded))
    starts: list[PartStart] = []
    for position, block in enumerate(blocks):
        if labels[position] is not None or len(block.text) > _LONGEST_TITLE:
            continue
        for last in (position, position + 1):
            words = squeeze("".join(part.folded for part in blocks[position : last + 1]))
            if last < len(blocks) and words in announced:
                announced.discard(words)
                starts.append(PartStart(position, last, squeeze("".join(b.text for b in blocks[position : last + 1]))))
                break
        if not announced:
            break
    return tuple(starts) if len(starts) > 1 else ()


def _of_places(blocks: Sequence[Block], labels: Sequence[Label | None]) -> tuple[PartStart, ...]:
    """What several places lay down, each below a line that is its name alone: 【某县】."""
    starts: list[PartStart] = []
    for position, block in enumerate(blocks[:-1]):
        name = _PLACE_LINE.match(squeeze(block.folded))
        if name is None or labels[position] is not None or _PLACE_LINE.match(squeeze(blocks[position + 1].folded)):
            continue
        begins = labels[position + 1] is not None or len(blocks[position + 1].folded) >= _SHORTEST_CLAUSE
        places = find_places(name["name"]) if begins else []
        if places and places[0].start == 0 and places[-1].end == len(name["name"]):
            starts.append(PartStart(position, position, re.sub(r"\W", "", block.text)))
    return tuple(starts) if len({start.title for start in starts}) > 1 else ()


def _restarting(blocks: Sequence[Block], labels: Sequence[Label | None], title: range) -> tuple[PartStart, ...]:
    """Plans that begin with a title behind which the numbering starts again."""
    starts: list[PartStart] = []
    seen: set[Rank] = set()
    below = LabelsBelow(labels)
    for position, block in enumerate(blocks):
        label = labels[position]
        if label is not None:
            seen.add(label.rank)
            continue
        if not seen or not (
            looks_like_title(block.folded)
            or _follows_attachment(blocks, position)
            or _is_signed(blocks, labels, position)
        ):
            continue
        if block.folded.startswith("《") or is_standard_heading(blocks[position - 1].folded):
            continue  # a document that is named, not one that begins
        if labels[position - 1] is not None and "。" not in blocks[position - 1].folded:
            continue  # the line below a numbered heading belongs to that clause
        following = below.next(position)
        if following is None or following.number != 1 or following.rank not in seen or following.rank not in _TOP_RANKS:
            continue
        first = position - 1 if _carries_title(blocks, labels, position) else position
        starts.append(PartStart(first, position, squeeze("".join(b.text for b in blocks[first : position + 1]))))
    starts = [start for start, after in zip_longest(starts, starts[1:]) if not _is_doubled(labels, start, after)]
    opening = _opening_title(blocks, labels, title) if starts else None
    return (opening, *starts) if opening else tuple(starts)


def _is_doubled(labels: Sequence[Label | None], start: PartStart, after: PartStart | None) -> bool:
    """Whether a title-like line is followed by another title before any clause: only the last one counts."""
    return after is not None and all(label is None for label in labels[start.last + 1 : after.first])


def _opening_title(blocks: Sequence[Block], labels: Sequence[Label | None], title: range) -> PartStart | None:
    """The title of the first plan: the last one in front of the first clause, unless it is a letter's."""
    opening = None
    for position, block in enumerate(blocks):
        if labels[position] is not None:
            break
        if looks_like_title(block.folded) and not block.folded.endswith(("通知", "公告", "通告", "函")):
            opening = PartStart(position, position, squeeze(block.text))
    if opening is None:
        at = next((number for number, block in enumerate(blocks) if block.first_line in title), None)
        is_signed = at is not None and at + 1 < len(blocks) and is_agencies(blocks[at + 1].folded)
        if at is not None and is_signed and is_short_line(blocks[at].folded):
            return PartStart(at, at, squeeze(blocks[at].text))
    return opening


def _follows_attachment(blocks: Sequence[Block], position: int) -> bool:
    return (
        position > 0
        and _ATTACHMENT.match(blocks[position - 1].folded) is not None
        and len(blocks[position].folded) <= 60
    )


def _is_signed(blocks: Sequence[Block], labels: Sequence[Label | None], position: int) -> bool:
    """Whether a short line is followed by who laid it down and when: the head of one of several documents."""
    if position + 2 >= len(blocks) or labels[position + 1] or labels[position + 2]:
        return False
    issuer, day = blocks[position + 1].folded, blocks[position + 2].folded
    return (
        is_short_line(blocks[position].folded) and is_agencies(issuer) and read_day(day) is not None and len(day) <= 20
    )


def _carries_title(blocks: Sequence[Block], labels: Sequence[Label | None], position: int) -> bool:
    """Whether the line above is the first line of the same title: 鹿城区促进 / 开放型经济…意见."""
    if position == 0 or labels[position - 1] is not None:
        return False
    above, line = blocks[position - 1].folded, blocks[position].folded
    if (
        re.search(r"[。;:!?]", above)
        or not 3 <= len(above) <= 24
        or looks_like_title(above)
        or _ATTACHMENT.match(above)
    ):
        return False
    place = r"[\u4e00-\u9fff]{2,8}?[省市区县州旗]"
    return re.match(place, line) is None and (
        above.endswith("关于") or above.startswith("关于") or re.match(place, above) is not None
    )


def parts_by_first(parts: Sequence[PartStart]) -> Mapping[int, PartStart]:
    """The plans by the number of the block their title begins with."""
    return {part.first: part for part in parts}
