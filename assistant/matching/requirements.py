"""Requirements: what a grant asks for in words, before its money, and which of it the asker accounts for.

A grant is certainly for an enterprise only when every word that the clause says of its recipient is accounted
for: held by the profile, settled by its figures, or without content. What is left over stays open, and is
shown in the clause's own words. So a word that is unknown here costs certainty and never creates it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.clause.grant import Grant
from assistant.clause.recipient_reading import demands_within
from assistant.clause.rule import Condition, SubsidyRule, TextSpan
from assistant.clause.vocabulary import words as words_for
from assistant.language.lexicon import Lexicon
from assistant.language.signs import signs_in
from assistant.matching.accounting import Account, Held
from corpus.script import fold, repair_glyphs

_COMMA = re.compile(r"[,;:。\n]")
_OWN_SUBJECT = re.compile(r"\s*(?:对于?|向|凡)")
_LEADING = re.compile(  # what the government does, before it says for whom
    r"^\s*(?:由|以|支持|鼓励|引导|推动|推进|加快|加大|加强|帮助|推广|着力|积极|进一步|强化|大力|促进|完善)|(?:牵头|配合|负责)$"
)
_SAYS_WHOM = 12  # characters; a shorter "对新获评省级的" leaves what it is about to the words before it
# Behind the money: what may still be asked for.
_RESERVE = re.compile(
    r"须|需|应当|应在|条件|前提|仅限?|限于|要求|除外|考核|验收|评审|择优|优先|经.{0,12}(?:认定|审核|批准)"
)
_RECIPIENTS = words_for("recipients")
_GIVING_VERBS = ("给予", "予以", "给于")
_LABEL = re.compile(r"^\s*(?:第?[一二三四五六七八九十百\d]+[条、.]|\([一二三四五六七八九十\d]+\))\s*")
_GIVING = re.compile(r"^(?:(?:分别|并|再|一次性|,)*给予|分别按照?)[^的]*$")  # names who is paid, which is said before
_EDGES = re.compile(
    r"^(?:、|以及|和|及|对于|对)+|(?:每(?:年|月|户|家|个|场次)|最高|最多|不超过|一次性|不高于|分别|给予|予以|资助|补助|奖励|补贴|支持|按照?|的)+$"
)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A part of what a clause says of whom and what it is for, ``clause.text[start:end]``, and whether it is accounted for."""

    text: str  # in the clause's words, without what only leads in
    start: int
    end: int
    met: bool
    said: bool = False  # whether the asker says anything of it


def requirements_of(
    grant: Grant, rule: SubsidyRule | None, open_conditions: Sequence[Condition], held: Held, lexicon: Lexicon
) -> tuple[Requirement, ...]:
    """The parts of what a clause says before (and with reserve behind) the money, met where ``held`` accounts for them.

    ``rule`` is None for a grant without sums. A part with a condition that is still open is not met; a part that goes on
    with an enumeration (…项目,以及…项目) is met with the part before it, of which it is an alternative.
    """
    clause = grant.clause
    folded = fold(clause.text)
    settled = _settled(grant, open_conditions)
    sentence = folded[grant.sentence_start - clause.start : grant.sentence_end - clause.start]
    found: list[Requirement] = []
    for start, own, end in _demanding(grant, rule, folded):
        words = repair_glyphs(clause.text[own:end]).strip()
        still_open = any(c.span is not None and _overlap(c.span, start, end) for c in open_conditions)
        names = [*_names(grant, open_conditions), *_other_classes(grant, rule, folded[own:end])]
        account = Account(folded, (own, end), settled, names, held, lexicon, sentence + grant.own)
        met = not still_open and account.met(demands_within(clause.text, own, end, rule, grant.rules))
        one = Requirement(_shown(words), start, end, met, said=account.is_said())
        if found and _goes_on(fold(words)):
            one = _either(found.pop(), one)
        found.append(one)
    for start, end in _reserves(grant, rule, folded):
        found.append(Requirement(_shown(repair_glyphs(clause.text[start:end])), start, end, met=False))
    return tuple({one.text: one for one in reversed(found) if one.text}.values())[::-1]


def demanding_stretches(grant: Grant, rule: SubsidyRule | None) -> Iterator[str]:
    """The folded stretches of a clause that demand something of whom a rule is for."""
    folded = fold(grant.clause.text)
    yield from (folded[own:end] for _, own, end in _demanding(grant, rule, folded))


def _demanding(grant: Grant, rule: SubsidyRule | None, folded: str) -> Iterator[tuple[int, int, int]]:
    """Where they start, where they do behind their labels, and where they end."""
    for start, end in recipient_stretches(grant, rule, folded):
        own = start + label_length(folded[start:end])
        words = folded[own:end].strip()
        if words and not _GIVING.match(words) and not _is_no_demand(words):
            yield start, own, end


def _other_classes(grant: Grant, rule: SubsidyRule | None, stretch: str) -> list[str]:
    """The classes of other rules that a stretch names where it does not name the rule's own, which stands behind the money."""
    if rule is None or not rule.ladder:
        return []
    own = [fold(c.metric) for c in rule.conditions if c.unit == "category"]
    others = [fold(c.metric) for other in grant.rules for c in other.conditions if c.unit == "category"]
    return others if own and not any(name in stretch for name in own) else []


def _either(one: Requirement, other: Requirement) -> Requirement:
    """Of two alternatives the one that is met; where none is, the one that the asker speaks of, else the first."""
    if one.met or other.met:
        return one if one.met else other
    return other if other.said and not one.said else one


def _goes_on(words: str) -> bool:
    """Whether a stretch goes on with the enumeration of the one before it: 以及晒网场项目, 或晒网场项目."""
    joins = signs_in(words, "or")
    return bool(joins) and joins[0].start == 0


def _is_no_demand(words: str) -> bool:
    """Whether a stretch asks nothing of the recipient: who runs the policy (由市农业局牵头), what a sum is worked out from."""
    running = signs_in(words, "authority")
    if running and running[-1].end == len(words):
        return not any(word in words for word in _RECIPIENTS)
    basis = signs_in(words, "basis")
    return bool(basis) and basis[0].start == 0


def recipient_stretches(grant: Grant, rule: SubsidyRule | None, folded: str) -> Iterator[tuple[int, int]]:
    """Where a clause says before its money whom a rule is for; of a grant without a sum all that it says."""
    if rule is None:
        given, found = False, []
        for start, end in _segments(folded, grant.start - grant.clause.start, grant.end - grant.clause.start):
            if given and not _OWN_SUBJECT.match(folded, start):
                break  # what is given besides
            stop = _before_giving(folded, start, end)
            given = given or stop < end
            found.append((start, stop))
        yield from _without_lead_in(found, folded)
        return
    yield from _without_lead_in(list(_before_money(grant, rule, folded)), folded)


def _before_giving(folded: str, start: int, end: int) -> int:
    """Where a stretch of a grant without a sum goes over from whom it is for to what is given: 对渔场 | 给予补贴.

    Behind a verb that it begins with, that is the end of the recipient: 并给予参加远洋捕捞的企业 | 相应补贴.
    """
    stretch = folded[start:end]
    verbs = [place for verb in _GIVING_VERBS if (place := stretch.find(verb)) >= 0]
    if not verbs:
        return end
    if any(character.isalnum() for character in stretch[: min(verbs)].strip("并")):
        return start + min(verbs)
    named = [place + len(word) for word in _RECIPIENTS if (place := stretch.rfind(word)) >= 0]
    return start + max(named, default=len(stretch))


def label_length(text: str) -> int:
    """How many characters at the beginning of a stretch are its label (第五条, (二)) and space."""
    label = _LABEL.match(text)
    return label.end() if label is not None else len(text) - len(text.lstrip())


def _shown(words: str) -> str:
    return _EDGES.sub("", " ".join(words.split()))


def _money(rule: SubsidyRule) -> list[TextSpan]:
    names = ("rate", "amount", "cap", "uplift", "annual_cap", "total_cap")
    return [rule.spans[name] for name in names if name in rule.spans]


def _before_money(grant: Grant, rule: SubsidyRule, folded: str) -> Iterator[tuple[int, int]]:
    """Stretches of the clause that say whom and what the rule is for."""
    if grant.clause.row is not None:
        cells = ((start - grant.clause.start, end - grant.clause.start) for start, end in grant.clause.row.cells)
        yield from ((start, end) for start, end in cells if not any(map(str.isdigit, folded[start:end])))
        return
    offset = grant.clause.start
    sentence, begin = grant.sentence_start - offset, grant.start - offset
    rungs = [other for other in grant.rules if other.ladder] if rule.ladder else [rule]
    money = min((span.start for rung in rungs for span in _money(rung)), default=grant.end - offset)
    earlier = (
        [span.end for other in grant.rules for span in _money(other) if span.end <= money] if not rule.ladder else []
    )
    own = _OWN_SUBJECT.match(folded, begin) is not None
    start = begin if own and begin > sentence and _granted_before(grant, folded, sentence, begin) else sentence
    if not own:
        yield from _lead(folded, sentence)
    if earlier:
        first = min(span.start for other in grant.rules for span in _money(other))
        yield from list(_segments(folded, start, first))[:-1]
        start = max(earlier)
    yield from _segments(folded, start, max(start, money))


def _without_lead_in(stretches: list[tuple[int, int]], folded: str) -> list[tuple[int, int]]:
    """The stretches that say for whom; what the government does otherwise is none of the recipient's conditions."""
    subjects = [
        n
        for n, (first, last) in enumerate(stretches)
        if _OWN_SUBJECT.match(folded, first) and last - first >= _SAYS_WHOM
    ]
    if not subjects:
        named = [n for n, (first, last) in enumerate(stretches) if not _names_field(folded[first:last])]
        return [stretches[n] for n in named] if named and stretches[named[-1]] == stretches[-1] else stretches
    return [
        (first, last)
        for number, (first, last) in enumerate(stretches)
        if number >= subjects[0] or not _only_leads_in(folded[first:last])
    ]


def _only_leads_in(stretch: str) -> bool:
    """Whether a stretch in front of the recipient only says what the government does, or what field they are in."""
    return _LEADING.search(_LABEL.sub("", stretch).strip()) is not None or _names_field(stretch)


def _names_field(stretch: str) -> bool:
    """Whether a stretch is only a field or direction that the sentence goes on to speak of: 针对渔业发展方向."""
    words = stretch.strip()
    field = signs_in(words, "field")
    return bool(field) and field[-1].end == len(words)


def _granted_before(grant: Grant, folded: str, sentence: int, begin: int) -> bool:
    """Whether the sentence grants something else first, so that what it says before is about that."""
    return bool(re.search(r"给予|奖励|补助|补贴|资助", folded[sentence:begin]))


def _lead(folded: str, sentence: int) -> Iterator[tuple[int, int]]:
    """What an enumeration is introduced with: "对…的企业,按以下标准给予奖励:", or the subject of its first item."""
    if sentence == 0 or folded[:sentence].rstrip()[-1:] not in (";", ":"):
        return
    start = folded.rfind("。", 0, sentence) + 1
    colon = folded.find(":", start, sentence)
    if colon >= 0:
        yield from _segments(folded, start, colon)
        return
    first = next(_segments(folded, start, sentence), None)
    if first is not None and _OWN_SUBJECT.match(folded, first[0]):
        yield first


def _segments(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for comma in _COMMA.finditer(folded, start, end):
        if comma.start() > position:
            yield position, comma.start()
        position = comma.end()
    if end > position:
        yield position, end


def _reserves(grant: Grant, rule: SubsidyRule | None, folded: str) -> Iterator[tuple[int, int]]:
    """Conditions that stand behind the money, in the rest of the sentence."""
    money = _money(rule) if rule is not None else []
    start = max((span.end for span in money), default=grant.end - grant.clause.start)
    end = max(start, grant.sentence_end - grant.clause.start)
    for first, last in _segments(folded, start, end):
        if _OWN_SUBJECT.match(folded, first):
            return  # whom another award is for
        if _RESERVE.search(folded, first, last):
            yield first, last


def _settled(grant: Grant, open_conditions: Sequence[Condition]) -> list[tuple[int, int]]:
    """Where what was read of a grant's figures stands, but for conditions that are open."""
    conditions = [
        c for rule in grant.rules for c in rule.conditions if c.unit != "category" and c not in open_conditions
    ]
    spans = [span for rule in grant.rules for span in _money(rule)]
    spans += [rule.spans["base"] for rule in grant.rules if "base" in rule.spans]
    spans += [condition.span for condition in conditions if condition.span is not None]
    return [(span.start, span.end) for span in spans]


def _overlap(span: TextSpan, start: int, end: int) -> bool:
    return span.start < end and start < span.end


def _names(grant: Grant, open_conditions: Sequence[Condition]) -> list[str]:
    """Words that say no more than what a settled figure measures, or where the policy holds."""
    metadata = grant.document.metadata
    settled = [c for rule in grant.rules for c in rule.conditions if c.unit != "category" and c not in open_conditions]
    places = [fold(name) for name in (metadata.region, *metadata.region_aliases)]
    here = [name if len(name) > 1 else f"在{name}" for name in places if name]  # 在蓉企业
    return [fold(repair_glyphs(c.metric)) for c in settled if c.metric] + here
