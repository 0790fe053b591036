"""Grants: what each leaf clause of a document grants, cut out of it with the rules that state it and the words around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.clause.extraction import extract_rules, grants_without_amount, unread_money
from assistant.clause.rows import RowRule, labelled_rules, row_rules
from assistant.clause.rule import SubsidyRule
from corpus.clause import Clause, ClauseKind
from corpus.document import Document
from corpus.script import fold

NOT_GRANTING = frozenset({ClauseKind.TITLE, ClauseKind.HEADING, ClauseKind.RESPONSIBILITY})  # no rules are read there
_SEGMENT = re.compile(r"[^,;。!?]*[,;。!?]?")  # line breaks end nothing: a PDF has them inside sentences
_SENTENCE_END = (";", "。", "!", "?")
# A segment that goes on with the award before it instead of beginning another.
_CONTINUES = re.compile(
    r"\s*(?:最高|最多|最低|上限|封顶|不超过|不高于|每年|每月|每户|每家|每个|单个|单户|单家|单一|连续|一次性|补助|补贴|奖励|资助|支持|总额|总金额|累计|年度|"
    r"并|期限|分\d|分[一二三四五]|其中|超出|超过|再|且|合计|同一|以|给予)"
)
_ORDINAL = re.compile(r"第\d+段$")
_LEAD_LENGTH = 40  # characters; a longer first sentence is text, no heading
_SUBJECT = re.compile(r"\s*(?:\(?[一二三四五六七八九十\d]+[)、.]\s*)?(?:对于|对|向|凡|为|给予)")


@dataclass(frozen=True, slots=True)
class Grant:
    """One thing a leaf clause grants, with or without a stated sum. Offsets are into ``Document.text``."""

    document: Document
    clause: Clause
    start: int  # from whom it is for …
    end: int  # … to what is given
    sentence_start: int
    sentence_end: int
    rules: tuple[SubsidyRule, ...]  # several for a ladder; empty when no sum is stated
    own: str  # folded words of the grant itself
    near: str  # folded words of its sentence and heading
    far: str  # folded words of its clause and of the headings above it
    unread: bool = False  # states money that the grammar does not read with certainty


def compact_words(text: str) -> str:
    """Folded text without whitespace, as words are matched against it."""
    return "".join(fold(text).split())


def positions(word: str, text: str) -> range:
    """The characters of the first place where a word stands in a text; none when it does not."""
    start = text.find(word)
    return range(start, start + len(word)) if start >= 0 else range(0)


def grants_of(document: Document) -> Iterator[Grant]:
    """All that a document grants, in its order."""
    captions = {leaf.row.caption for leaf in document.leaves if leaf.row is not None and leaf.row.columns}
    for clause in document.leaves:
        # "按下表标准补贴" grants what the rows below it say.
        yield from grants_in(document, clause, bare=clause.text not in captions)


def grants_in(document: Document, clause: Clause, *, bare: bool = True) -> Iterator[Grant]:
    """All that one leaf clause grants, in its order; ``bare`` ones without a stated sum too."""
    if clause.kind in NOT_GRANTING:
        return
    if clause.row is not None and clause.row.columns:
        yield from _row_grants(document, clause)
        return
    rules = extract_rules(clause.text)
    sumless = grants_without_amount(clause.text) if bare else ()
    unread = unread_money(clause.text)
    labelled = () if rules else tuple(labelled_rules(clause))
    if labelled:
        yield from (_grant_of_whole(document, clause, read, "") for read in labelled)
        return
    if rules or sumless or unread:
        evidence = [(_money_end(rule), rule) for rule in rules]
        bare_ends, unread_ends = ([span.end for span in spans] for spans in (sumless, unread))
        for grant in _scopes(document, clause, evidence, bare_ends, unread_ends):
            within = (clause.start + span.start for span in unread)
            yield replace(grant, unread=any(grant.start <= start < grant.end for start in within))


def _row_grants(document: Document, clause: Clause) -> Iterator[Grant]:
    """What the cells of a row grant, each with the words of its row and column; all of them rest on the whole row."""
    caption = clause.row.caption if clause.row is not None else ""
    yield from (_grant_of_whole(document, clause, read, caption) for read in row_rules(clause))


def _grant_of_whole(document: Document, clause: Clause, read: RowRule, caption: str) -> Grant:
    """A rule that rests on the whole of a short clause and on words beside it."""
    above = " ".join([step for step in clause.address if not _ORDINAL.match(step)][-2:])
    return Grant(
        document,
        clause,
        clause.start,
        clause.end,
        clause.start,
        clause.end,
        (read.rule,),
        own=compact_words(f"{read.words} {'' if clause.row else above}"),
        near=compact_words(f"{read.words} {caption} {clause.heading} {above}"),
        far=compact_words(" ".join((clause.text, caption, *clause.address, clause.part))),
    )


def _money_end(rule: SubsidyRule) -> int:
    """Where the rule's own money ends in its sentence; a cap may stand in a later one."""
    sentence = rule.spans["sentence"]
    ends = [rule.spans[name].end for name in ("amount", "cap", "rate", "uplift") if name in rule.spans]
    return max((end for end in ends if end <= sentence.end), default=sentence.end)


def _scopes(
    document: Document, clause: Clause, evidence: list[tuple[int, SubsidyRule]], bare: list[int], unread: list[int]
) -> Iterator[Grant]:
    """Cut a clause into stretches that each grant one thing."""
    folded = fold(clause.text)
    segments = [match.span() for match in _SEGMENT.finditer(folded) if match.group()]
    first = 0
    sentence_first = 0
    granting = False
    for number, (start, end) in enumerate(segments):
        ends_sentence = folded[start:end].endswith(_SENTENCE_END)
        granting = (
            granting
            or any(start < position <= end for position, _ in evidence)
            or any(start < position <= end for position in (*bare, *unread))
        )
        following = folded[slice(*segments[number + 1])] if number + 1 < len(segments) else ""
        next_end = segments[number + 1][1] if number + 1 < len(segments) else end
        another = any(end < position <= next_end for position in bare)
        after_next = segments[number + 2][1] if number + 2 < len(segments) else next_end
        next_rung = granting and _is_next_rung(evidence, (segments[first][0], end), (end, after_next))
        carries_on = not ends_sentence and (next_rung or (not another and _CONTINUES.match(following) is not None))
        if granting and not carries_on:
            yield _grant(document, clause, folded, segments[first : number + 1], sentence_first, evidence, segments)
            first, granting = number + 1, False
        if ends_sentence:
            first, granting = number + 1, False
            sentence_first = number + 1


def _is_next_rung(
    evidence: list[tuple[int, SubsidyRule]], segment: tuple[int, int], following: tuple[int, int]
) -> bool:
    """Whether the next segment holds another rung of the same ladder: "50万-100万元奖励10万元,100万元以上奖励20万元"."""

    def metrics(start: int, end: int) -> set[str]:
        rules = [rule for position, rule in evidence if start < position <= end]
        return {
            c.metric
            for rule in rules
            for c in rule.conditions
            if c.unit != "category" and c.op in (">=", ">", "<", "<=")
        }

    return bool(metrics(*segment) & metrics(*following))


def _grant(
    document: Document,
    clause: Clause,
    folded: str,
    scope: list[tuple[int, int]],
    sentence_first: int,
    evidence: list[tuple[int, SubsidyRule]],
    segments: list[tuple[int, int]],
) -> Grant:
    whole_start, end = scope[0][0], scope[-1][1]
    rules = tuple(rule for position, rule in evidence if whole_start < position <= end)
    first_money = min((position for position, _ in evidence if whole_start < position <= end), default=end)
    subjects = [start for start, stop in scope if _SUBJECT.match(folded, start) and start < first_money and stop <= end]
    start = subjects[-1] if subjects and not folded[subjects[-1] :].lstrip().startswith("给予") else whole_start
    sentence_start = segments[sentence_first][0]
    sentence_end = next(
        (stop for begin, stop in segments if stop >= end and folded[begin:stop].endswith(_SENTENCE_END)), len(folded)
    )
    return Grant(
        document,
        clause,
        clause.start + start,
        clause.start + end,
        clause.start + sentence_start,
        clause.start + sentence_end,
        rules,
        own=compact_words(f"{_lead(folded)} {folded[start:end]}"),
        near=compact_words(" ".join((folded[sentence_start:sentence_end], *clause.address[-1:], clause.heading))),
        far=compact_words(clause.text + " ".join(clause.address) + clause.part),
    )


def _lead(folded: str) -> str:
    """The run-in heading of a clause: its first sentence when that is short ("1.支持建设承载空间。采取…")."""
    end = folded.find("。")
    return folded[:end] if 0 < end <= _LEAD_LENGTH else ""
