"""Exclusion: what an asker says that plainly puts them outside what a clause covers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.clause.grant import Grant, compact_words
from assistant.language.levels import ORDER, are_out_of_reach, levels_in, levels_lacked
from assistant.language.lexicon import GENERAL, Lexicon
from assistant.language.signs import signs_in
from assistant.matching.accounting import shares
from assistant.matching.said import denied_in, segment_around
from assistant.question.case import Case
from assistant.question.conversation import Inquiry

_LONGEST_NEW = 24  # characters behind 新认定 that name what has to be new
_SMALL, _MEDIUM = ("小微", "小型", "微型"), ("中小", "中型")
# Who leads: 牵头制定, 牵头单位, never 主导产业, 独立承担民事责任 or "市科技局牵头" …
_LED = re.compile(
    r"(?<![局委办厅府])(?:牵头|领衔|主持|主导(?!产业|地位|作用|型|权))(?=[^,。;、]{0,6}?(?:制定|制订|制修订|修订|编制|起草|承担|实施|组建|建设|完成|开展|申报|研制|研发|攻关|承接|创建|参与国家|单位|企业|机构|方))"
    r"|独立承担(?![^,。;]{0,6}责任)|第一(?:起草|完成|承担|申报)(?:单位|人)|主编单位"
)
_SAME_MATTER = 4  # characters behind 牵头 that another grant must have for it to be about the same thing
_FOR_OFFICES = re.compile(
    r"(?P<who>(?P<level>省|市|区|县)(?:级|直)(?:行业)?(?:各)?(?:主管)?(?:部门|单位|机关))(?P<does>召开|举办|组织|主办|承办|开展|牵头)"
)
_BESIDE = frozenset("、或和及与")
_OFFICE_LEVELS = {"省": "省级", "市": "市级", "区": "区县级", "县": "区县级"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a grant is plainly not for the asker, as a message code and its values."""

    code: str  # not_new, not_leading, wrong_office, wrong_level, level_lacked, wrong_size, not_member
    values: dict[str, str]


def refusal_of(grant: Grant, inquiry: Inquiry, lexicon: Lexicon) -> Refusal | None:
    """What rules the asker out whatever rule of the grant applies; None where nothing plainly does."""
    new = bool(signs_in(grant.own, "new"))
    if new and (inquiry.not_new or _was_so_before(grant.own, inquiry.standing.for_years, lexicon)):
        return Refusal("not_new", {})
    return (
        _part_conflict(grant, inquiry)
        or _office_conflict(grant.own, inquiry.standing.office)
        or size_conflict(grant.own, inquiry.sizes)
        or _denied(grant.own, inquiry, lexicon)
    )


def _was_so_before(own: str, for_years: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether what has been so for years is what the clause wants to be new: both end in the same thing."""
    ends = [sign.end for sign in signs_in(own, "new")]
    wanted = [_head(own[end : min(segment_around(own, end)[1], end + _LONGEST_NEW)], lexicon) for end in ends]
    return any(_head(words, lexicon) & head for words in for_years for head in wanted)


def _head(words: str, lexicon: Lexicon) -> frozenset[int]:
    """The concepts of the thing that words name: the last one in Chinese, the first in English."""
    named = [mention for mention in lexicon.mentions(words) if any(c.measure != GENERAL for c in mention.concepts)]
    if not named:
        return frozenset()
    return frozenset(concept.number for concept in named[0 if words.isascii() else -1].concepts)


def levels_held(inquiry: Inquiry) -> set[str]:
    """The levels that an asker has, without those that a higher one has taken the place of."""
    return set(inquiry.levels) - set(inquiry.standing.left) or set(inquiry.levels)


def wrong_level(demanded: set[str], inquiry: Inquiry) -> Refusal | None:
    """An asker of other levels than a clause demands, or who lacks the lowest of them; ``demanded`` may be empty."""
    if not demanded:
        return None
    levels = "、".join(level for level in reversed(ORDER) if level in demanded)
    if inquiry.levels and not demanded & levels_held(inquiry):
        return Refusal("wrong_level", {"levels": levels, "level": "、".join(inquiry.levels)})
    if not inquiry.levels and are_out_of_reach(demanded, inquiry.standing.lacks):
        return Refusal("level_lacked", {"levels": levels})
    return None


def size_conflict(own: str, sizes: Sequence[str]) -> Refusal | None:
    """A large enterprise before a grant for small ones, by the grant's own folded words."""
    if any(word in own for word in _SMALL) and "中小" not in own:
        wrong = [size for size in sizes if size in ("大型企业", "中型企业")]
        required = "小微企业"
    elif any(word in own for word in _MEDIUM):
        wrong = [size for size in sizes if size == "大型企业"]
        required = "中小企业"
    else:
        return None
    if not wrong or "小微企业" in sizes or any(size in own for size in sizes):
        return None
    return Refusal("wrong_size", {"required": required, "size": wrong[0]})


def is_for_partners(own: str, for_leaders: str) -> bool:
    """Whether a grant is for those who take part in what another grant is for leading: 参与制定标准 beside 牵头制定标准."""
    led = _LED.search(for_leaders)
    if led is None or _LED.search(own) or not signs_in(own, "partake"):
        return False
    return for_leaders[led.end() : led.end() + _SAME_MATTER] in own


def _part_conflict(grant: Grant, inquiry: Inquiry) -> Refusal | None:
    """An asker who only takes part before a grant for those who lead."""
    led = _LED.search(grant.own) if inquiry.standing.takes_part else None
    if led is None or signs_in(grant.own, "partake"):
        return None
    return Refusal("not_leading", {"words": led.group()})


def only_takes_part(own: str, case: Case, lexicon: Lexicon) -> Refusal | None:
    """A case that says to take part in what a grant is for leading, and nowhere to lead it."""
    led = _LED.search(own)
    if led is None or signs_in(own, "partake"):
        return None
    on_it = [one.text for one in case.held if shares(compact_words(one.text), own, lexicon)]
    follows = [text for text in on_it if _only_follows(text)]
    leads = [text for text in on_it if text not in follows and signs_in(text, "lead")]
    return Refusal("not_leading", {"words": led.group()}) if follows and not leads else None


def level_out_of_reach(own: str, case: Case, lexicon: Lexicon) -> Refusal | None:
    """A case that says not to have the lowest level that a grant demands, of the matter of the grant."""
    demanded = levels_in(own)
    on_it = [one.text for one in case.held if demanded and shares(compact_words(one.text), own, lexicon)]
    if not any(are_out_of_reach(demanded, levels_lacked(text)) for text in on_it):
        return None
    return Refusal("level_lacked", {"levels": "、".join(level for level in reversed(ORDER) if level in demanded)})


def _only_follows(text: str) -> bool:
    """Whether a statement says to take part, or denies to lead."""
    denied = denied_in(text)
    leading = signs_in(text, "lead")
    led = [sign for sign in leading if not any(first <= sign.start < last for first, last in denied)]
    return not led and bool(leading or signs_in(text, "partake"))


def _office_conflict(own: str, office: str | None) -> Refusal | None:
    """A government office before a grant for what offices of another level do."""
    named = _FOR_OFFICES.search(own)
    if named is None or office is None or _OFFICE_LEVELS[named["level"]] == office:
        return None
    return Refusal("wrong_office", {"required": named["who"]})


def _is_one_of_several(own: str, named: str) -> bool:
    """Whether a grant names something beside others, of which one is enough: 生产企业、应用企业."""
    start = own.find(named)
    return own[start - 1 : start] in _BESIDE or own[start + len(named) : start + len(named) + 1] in _BESIDE


def _denied(own: str, inquiry: Inquiry, lexicon: Lexicon) -> Refusal | None:
    """What the asker says not to be or have, where the grant demands it."""
    for words in inquiry.negated:
        concepts = lexicon.concepts_in(words)
        held = [w for number in concepts for w in lexicon.concepts[number].searchable if len(w) > 2 and w in own]
        if held and not any(word in compact_words(inquiry.turn.folded.replace(words, "")) for word in held):
            named = max(held, key=len)
            return None if _is_one_of_several(own, named) else Refusal("not_member", {"words": named})
    return None
