"""Requirements: what a grant asks for in words, before its money, and which of it the asker accounts for.

A grant is certainly for an enterprise only when every word that the clause says of its recipient is accounted
for: held by the profile, settled by its figures, or without content. What is left over stays open, and is
shown in the clause's own words. So a word that is unknown here costs certainty and never creates it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.clause.grant import Grant, compact_words
from assistant.clause.rule import Condition, SubsidyRule, TextSpan
from assistant.language.levels import levels_in
from assistant.language.lexicon import Lexicon
from assistant.language.signs import signs_in
from corpus.script import fold, repair_glyphs

_COMMA = re.compile(r"[,;:。\n]")
_ENUMERATES = re.compile(r"、|或者?|以及|和|及")
_ALTERNATIVES = re.compile(r"、|或")
_OWN_SUBJECT = re.compile(r"\s*(?:对于?|向|凡)")
_NEW = re.compile(r"首次|首家|首个|首获|第一次|新(?=[认获评纳引迁增入通升上设注建])")
_LEADING = re.compile(  # what the government does, before it says for whom
    r"^\s*(?:由|以|支持|鼓励|引导|推动|推进|加快|加大|加强|帮助|推广|着力|积极|进一步|强化|大力|促进|完善)|(?:牵头|配合|负责)$"
)
_SAYS_WHOM = 12  # characters; a shorter "对新获评省级的" leaves what it is about to the words before it
_MEMBER = 16  # characters; a longer member of an enumeration is a phrase of its own
_SHORTEST = 2  # characters that a profile must share with a clause to account for them
# Behind the money: what may still be asked for.
_RESERVE = re.compile(
    r"须|需|应当|应在|条件|前提|仅限?|限于|要求|除外|考核|验收|评审|择优|优先|经.{0,12}(?:认定|审核|批准)"
)
_WITHOUT_CONTENT = re.compile(
    r"生产经营活动|突破|领域|方面|行业|一次性|生产经营|经营性|以上|以下|以内|及以上|达到|不低于|不少于|超过|不超过|最高|最多|对于|给予|予以|支持|鼓励|"
    r"按照|实际|年度|当年|每年|合计|总额|提供|产品|加工|服务|开展|实施|建设|购买|采购|从事|进行|生产|经营|企业|单位|机构|项目|"
    r"我市|本市|全市|我县|本县|我区|本区|本地|当地|辖区内|辖区|分别|标准|比例|金额|额度|单户|单个|相应|相关|奖励|补助|补贴|资助|奖补|扶持|资金|"
    r"以及|或者|其中|部分|[对向凡按的且并在由为等和与及或、之所者该含达年元每户家个以其()\[\]〔〕“”\"'《》<>/·%\s\-—]"
)
_LABEL = re.compile(r"^\s*(?:第?[一二三四五六七八九十百\d]+[条、.]|\([一二三四五六七八九十\d]+\))\s*")
_GIVING = re.compile(r"^(?:(?:分别|并|再|一次性|,)*给予|分别按照?)[^的]*$")  # names who is paid, which is said before
_EDGES = re.compile(
    r"^(?:、|以及|和|及|对于|对)+|(?:每(?:年|月|户|家|个|场次)|最高|最多|不超过|一次性|不高于|分别|给予|予以|资助|补助|奖励|补贴|支持|按照?|的)+$"
)
_LEFT = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Held:
    """What an asker or a profile says: its words without spaces, and the glossary concepts among them."""

    words: str
    concepts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A part of what a clause says of whom and what it is for, ``clause.text[start:end]``, and whether it is accounted for."""

    text: str  # in the clause's words, without what only leads in
    start: int
    end: int
    met: bool


def requirements_of(
    grant: Grant, rule: SubsidyRule, open_conditions: Sequence[Condition], held: Held, lexicon: Lexicon
) -> tuple[Requirement, ...]:
    """The parts of what a clause says before (and with reserve behind) the money, met where ``held`` accounts for them.

    A part with a condition that is still open is not met.
    """
    clause = grant.clause
    folded = fold(clause.text)
    known, metrics = _settled(grant, open_conditions)
    found: dict[str, Requirement] = {}
    for start, end in _without_lead_in(list(_before_money(grant, rule, folded)), folded):
        words = _LABEL.sub("", repair_glyphs(clause.text[start:end])).strip()
        if not words or _GIVING.match(fold(words)):
            continue
        still_open = any(c.span is not None and _overlap(c.span, start, end) for c in open_conditions)
        left = still_open or _is_left(_unread(folded, start, end, known, metrics, grant), held, lexicon)
        if shown := _shown(words):
            found.setdefault(shown, Requirement(shown, start, end, not left))
    for start, end in _reserves(grant, rule, folded):
        if shown := _shown(repair_glyphs(clause.text[start:end])):
            found.setdefault(shown, Requirement(shown, start, end, met=False))
    return tuple(found.values())


def recipient_stretches(grant: Grant, rule: SubsidyRule | None, folded: str) -> Iterator[tuple[int, int]]:
    """Where a clause says before its money whom a rule is for; of a grant without a sum all that it says."""
    if rule is None:
        yield from _segments(folded, grant.start - grant.clause.start, grant.end - grant.clause.start)
        return
    yield from _without_lead_in(list(_before_money(grant, rule, folded)), folded)


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
        return stretches
    return [
        (first, last)
        for number, (first, last) in enumerate(stretches)
        if number >= subjects[0] or not _LEADING.search(_LABEL.sub("", folded[first:last]).strip())
    ]


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


def _reserves(grant: Grant, rule: SubsidyRule, folded: str) -> Iterator[tuple[int, int]]:
    """Conditions that stand behind the money, in the rest of the sentence."""
    start = max((span.end for span in _money(rule)), default=grant.end - grant.clause.start)
    end = max(start, grant.sentence_end - grant.clause.start)
    for first, last in _segments(folded, start, end):
        if _RESERVE.search(folded, first, last):
            yield first, last


def _settled(grant: Grant, open_conditions: Sequence[Condition]) -> tuple[list[TextSpan], list[str]]:
    """What was read of a grant's figures, but for conditions that are open: the places, and what they measure."""
    conditions = [
        c for rule in grant.rules for c in rule.conditions if c.unit != "category" and c not in open_conditions
    ]
    spans = [span for rule in grant.rules for span in _money(rule)]
    spans += [rule.spans["base"] for rule in grant.rules if "base" in rule.spans]
    spans += [condition.span for condition in conditions if condition.span is not None]
    return spans, [fold(repair_glyphs(condition.metric)) for condition in conditions if condition.metric]


def _overlap(span: TextSpan, start: int, end: int) -> bool:
    return span.start < end and start < span.end


def _unread(folded: str, start: int, end: int, known: Sequence[TextSpan], metrics: Sequence[str], grant: Grant) -> str:
    """A stretch without the figures that are settled, its label and the name of the place."""
    characters = list(folded[start:end])
    for span in known:
        for position in range(max(span.start, start), min(span.end, end)):
            characters[position - start] = " "
    text = _LABEL.sub("", "".join(characters))
    names = (grant.document.metadata.region, *grant.document.metadata.region_aliases)
    for name in sorted((*metrics, *(fold(name) for name in names if len(name) > 1)), key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def _is_left(text: str, held: Held, lexicon: Lexicon) -> bool:
    """Whether anything of a stretch is not accounted for; of an enumeration any one member is enough."""
    levels = levels_in(text)
    if levels and not levels & levels_in(held.words):
        return True
    if any(new not in held.words for new in _NEW.findall(text)):
        return True
    members = [member for member in _ENUMERATES.split(text) if member.strip()]
    left = [bool(_left_over(member, held, lexicon)) for member in members]
    enumerates = _ALTERNATIVES.search(text) and not any(
        len(member) > _MEMBER or signs_in(member, "predicate") for member in members
    )
    return bool(left) and (all(left) if enumerates else any(left))


def _left_over(text: str, held: Held, lexicon: Lexicon) -> str:
    """The characters of a stretch that nothing accounts for."""
    characters = list(text)

    def strike(first: int, last: int) -> None:
        characters[first:last] = " " * (last - first)

    for mention in lexicon.mentions(text):
        if any(c.number in held.concepts for c in mention.concepts):
            strike(mention.start, mention.end)
    for first, last in _shared(text, held.words):
        strike(first, last)
    return "".join(_LEFT.findall(_WITHOUT_CONTENT.sub("", "".join(characters))))


def _shared(text: str, words: str) -> Iterator[tuple[int, int]]:
    """The longest stretches of ``text`` that are in ``words``, two characters at least."""
    position = 0
    while position < len(text) - 1:
        end = position
        while end < len(text) and compact_words(text[position : end + 1]) in words:
            end += 1
        if end - position >= _SHORTEST and text[position:end].strip():
            yield position, end
            position = end
        else:
            position += 1
