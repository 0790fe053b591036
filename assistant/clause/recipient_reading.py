"""Reading of the recipient: the words of a clause before (and with reserve behind) a rule's money, as a tree of demands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.clause.recipient import All, AnyOf, Demand, Mood, Node, Not
from assistant.clause.recipient_marks import Mark, covers, figure_marks, with_traits
from assistant.clause.rule import SubsidyRule, TextSpan
from assistant.clause.vocabulary import any_of
from corpus.script import fold, repair_glyphs

_MONEY = ("rate", "amount", "cap", "uplift")
_COMMA = re.compile(r"[,;:。!?\n]")
_SENTENCE_END = re.compile(r"[;。!?\n]")
_OWN_SUBJECT = re.compile(r"\s*(?:对于?|向|凡)")
_GIVEN_BEFORE = re.compile(r"给予|奖励|补助|补贴|资助")
_RESERVE = re.compile(r"须|需|应当|应在|条件|前提|仅限?|限于|要求|除外|承诺|考核|验收")
_LABEL = re.compile(r"\s*(?:第?[一二三四五六七八九十百\d]+[条、.]|\([一二三四五六七八九十\d]+\)|[①-⑳])\s*")
_BRACKET = re.compile(r"\(([^()]*)\)")
_EXCEPTED = re.compile(r"(?:除外|以外|之外)$|^(?:不含|不包括|不包含)")
_JOINS = re.compile(r"、|(?<=”)(?=“)|或者?|以及|(?<![饱总共])和(?!谐)|(?<!涉)及(?!时|其)|并且|且")
_LEADING = re.compile(rf"(?:{any_of('lead_fillers')}|对(?!外|口|接)|\W)*")
_TRAILING = re.compile(rf"(?:{any_of('tail_fillers', 'grant_verbs')}|\W)*$")
_HOLLOW = re.compile(
    rf"{any_of('hollow', 'lead_fillers', 'tail_fillers', 'grant_verbs', 'grant_nouns', 'measure_nouns', 'scope')}|\W|\d"
)


def recipient_of(text: str, rule: SubsidyRule, rules: Sequence[SubsidyRule] = (), heading: str = "") -> All:
    """Whom ``rule``, one of the ``rules`` read from the clause ``text``, pays; spans are offsets in ``text``.

    What the rule's own sentence does not say of them is taken from the sentences before it, else from the heading.
    """
    folded = fold(text)
    rules = rules or (rule,)
    parts = _joined(folded, text, _stretches(folded, rule, rules), rule, rules)
    if not parts:
        parts = _said_before(folded, text, rule, rules)
    if not parts and heading:
        parts = [
            _outside(part)
            for part in _joined(fold(heading), heading, _segments(fold(heading), 0, len(heading)), None, ())
        ]
    return All(tuple(parts))


def demands_within(
    text: str, start: int, end: int, rule: SubsidyRule | None, rules: Sequence[SubsidyRule]
) -> Node | None:
    """What the stretch ``text[start:end]`` of a clause demands, read as part of the recipient; None when it demands nothing."""
    return _stretch(fold(text), text, start, end, rule, rules)


def _outside(node: Node) -> Node:
    match node:
        case Demand():
            return replace(node, span=None)
        case Not(part):
            return Not(_outside(part))
        case All(parts):
            return All(tuple(map(_outside, parts)))
        case AnyOf(parts):
            return AnyOf(tuple(map(_outside, parts)))


def _said_before(folded: str, text: str, rule: SubsidyRule, rules: Sequence[SubsidyRule]) -> list[Node]:
    """The demands of the nearest sentence in front that states no money of its own."""
    end = rule.spans["sentence"].start
    taken = [span for other in rules for span in _money(other)]
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(folded, 0, end))]
    for start in reversed(starts):
        if not any(start <= span.start < end for span in taken):
            parts = _joined(folded, text, _segments(folded, start, end), None, ())
            if parts:
                return parts
        end = start
    return []


def _money(rule: SubsidyRule) -> list[TextSpan]:
    return [rule.spans[name] for name in _MONEY if name in rule.spans]


def _segments(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for comma in _COMMA.finditer(folded, start, end):
        if comma.start() > position:
            yield position, comma.start()
        position = comma.end()
    if end > position:
        yield position, end


def _stretches(folded: str, rule: SubsidyRule, rules: Sequence[SubsidyRule]) -> Iterator[tuple[int, int]]:
    """Where the clause says whom the rule is for."""
    sentence = rule.spans["sentence"]
    inside = [span for span in _money(rule) if sentence.start <= span.start < sentence.end]
    beside = [other for other in rules if other.spans["sentence"] == sentence]
    rungs = [span for other in beside if rule.ladder and other.ladder for span in _money(other)]
    first = min((span.start for span in (*inside, *rungs) if span.start >= sentence.start), default=sentence.end)
    last = max((span.end for span in inside), default=first)
    earlier = [span for other in beside for span in _money(other) if span.end <= first]
    yield from _lead(folded, sentence.start)
    start = sentence.start
    if earlier:
        start = max(span.end for span in earlier)
        opening = min(span.start for span in earlier)
        if not any(_OWN_SUBJECT.match(folded, begin) for begin, _ in _segments(folded, start, first)):
            yield from list(_segments(folded, sentence.start, opening))[:-1]
    yield from _segments(folded, start, first)
    for begin, end in _segments(folded, last, sentence.end):
        if _RESERVE.search(folded, begin, end):
            yield begin, end


def _lead(folded: str, sentence: int) -> Iterator[tuple[int, int]]:
    """What an enumeration is introduced with: 对……的企业,按以下标准给予奖励:"""
    if folded[:sentence].rstrip()[-1:] not in (";", ":"):
        return
    start = folded.rfind("。", 0, sentence) + 1
    colon = folded.find(":", start, sentence)
    if colon >= 0:
        yield from _segments(folded, start, colon)


def _joined(
    folded: str,
    text: str,
    stretches: Iterator[tuple[int, int]],
    rule: SubsidyRule | None,
    rules: Sequence[SubsidyRule],
) -> list[Node]:
    """The demands of each stretch; one that begins with 或 is an alternative to the one before."""
    parts: list[Node] = []
    for start, end in stretches:
        label = _LABEL.match(folded, start, end)
        node = _stretch(folded, text, label.end() if label else start, end, rule, rules)
        if node is None:
            continue
        if parts and folded[start:end].lstrip().startswith("或"):
            former = parts.pop()
            node = AnyOf((*former.parts, node) if isinstance(former, AnyOf) else (former, node))
        parts.append(node)
    return parts


def _stretch(
    folded: str, text: str, start: int, end: int, rule: SubsidyRule | None, rules: Sequence[SubsidyRule]
) -> Node | None:
    """What one stretch demands, what stands in its brackets included; None when it demands nothing."""
    brackets = [match.span(1) for match in _BRACKET.finditer(folded, start, end)]
    figures = figure_marks(folded, text, start, end, rule, rules)
    outside = [Mark(first - 1, last + 1) for first, last in brackets if not covers(figures, first, last)]
    excepted = not brackets and _EXCEPTED.search(folded[start:end].strip()) is not None
    found = [_plain(folded, text, start, end, [*figures, *outside], excepted)]
    for first, last in brackets:
        within = [mark for mark in figures if first <= mark.start < last]
        found.append(_plain(folded, text, first, last, within, _EXCEPTED.search(folded[first:last]) is not None))
    parts = tuple(node for node in found if node is not None)
    return (parts[0] if len(parts) == 1 else All(parts)) if parts else None


def _plain(folded: str, text: str, start: int, end: int, marks: list[Mark], excepted: bool) -> Node | None:
    """What a stretch without brackets demands, or rules out where it says so (房地产企业除外)."""
    if excepted:
        marks = [*marks, *(Mark(match.start(), match.end()) for match in _EXCEPTED.finditer(folded[:end], start))]
    node = _members(folded, text, start, end, with_traits(folded, text, start, end, marks))
    return Not(node) if excepted and node is not None else node


def _members(folded: str, text: str, start: int, end: int, marks: list[Mark]) -> Node | None:
    """The members of an enumeration: all of them demanded, or any one of them."""
    joins = [match for match in _JOINS.finditer(folded, start, end) if not covers(marks, *match.span())]
    borders = [start, *(place for match in joins for place in match.span()), end]
    members: list[list[Node]] = []
    for first, last in zip(borders[::2], borders[1::2], strict=True):
        parts = _leaves(folded, text, first, last, [mark for mark in marks if first <= mark.start < last])
        if parts:
            members.append(parts)
    either = any(match[0].startswith("或") for match in joins) or any(mark.alternative for mark in marks)
    listed = all(match[0] not in {"并且", "且"} for match in joins)
    measured = [number for number, parts in enumerate(members) if any(map(_is_measured, parts))]
    shared = members[0] if listed and not either and measured == [0] else []
    last_measure = max((n + 1 for n, part in enumerate(shared) if _is_measured(part)), default=0)
    if last_measure:  # 产值5000万元以上的甲、乙企业: of whichever member the figure is asked
        members[0] = shared[last_measure:]
        enumerated = _one_or(AnyOf, [_one_or(All, parts) for parts in members if parts])
        return _one_or(All, [*shared[:last_measure], *([enumerated] if enumerated is not None else [])])
    nodes = [_one_or(All, parts) for parts in members]
    return _one_or(AnyOf if either or (listed and not measured) else All, nodes)


def _is_measured(node: Node) -> bool:
    return isinstance(node, Demand) and node.interval is not None


def _one_or(kind: type[All] | type[AnyOf], parts: Sequence[Node | None]) -> Node | None:
    """A single part by itself, several as a node of a kind; None where there is none."""
    nodes = tuple(part for part in parts if part is not None)
    return (nodes[0] if len(nodes) == 1 else kind(nodes)) if nodes else None


def _leaves(folded: str, text: str, start: int, end: int, marks: list[Mark]) -> list[Node]:
    """The demands of one member in reading order; what lies between the marks stays as words."""
    found: list[Node] = []
    position = start
    for mark in (*marks, Mark(end, end)):
        found.extend(_words(folded, text, position, mark.start))
        if mark.demand is not None:
            found.append(mark.demand)
        position = max(position, mark.end)
    return found


def _words(folded: str, text: str, start: int, end: int) -> Iterator[Demand]:
    words = folded[start:end]
    if start >= end or not _HOLLOW.sub("", words):
        return
    lead = _LEADING.match(words)
    first = start + (lead.end() if lead is not None else 0)
    tail = _TRAILING.search(folded[first:end])
    last = first + tail.start() if tail is not None else end
    if first < last:
        yield Demand(Mood.WORDS, repair_glyphs(text[first:last]), span=TextSpan(start=first, end=last))
