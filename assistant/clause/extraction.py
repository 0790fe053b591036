"""Extraction: the subsidy rules that a clause states, read by a grammar over typed quantities.

What cannot be read with certainty is not turned into a figure; ``unread_money`` says where it stands.
"""

import re

from assistant.clause.categories import division_of
from assistant.clause.conditions import ConditionGroup
from assistant.clause.drafts import Draft, to_rule
from assistant.clause.frames import Reading
from assistant.clause.granting import GRANT_WORD, RAISES
from assistant.clause.reader import SentenceReader
from assistant.clause.refusals import amountless, undeciphered
from assistant.clause.rule import SubsidyRule, TextSpan
from assistant.clause.sentences import ClauseText, Sentence, read_sentences

# What a figure is written with, the words for a share (全额, 减半, 免租, 加倍) included.
_NUMBER = re.compile(r"[\d０-９%％‰一二三四五六七八九十百千万萬亿億半兩两壹貳贰叁]|全[额額免部]|加倍|翻[倍番]|免")
_CARRIES = re.compile(
    r"(?:奖励|补助|补贴|资助|支持|给予|奖补|扶持|标准)[^。;]*:$|(?:标准|如下|下列|以下)[^,。;]{0,12}$"
)


def extract_rules(text: str) -> tuple[SubsidyRule, ...]:
    """Every rule the text states, in reading order, with spans as offsets in ``text``; empty when it grants nothing."""
    if not _NUMBER.search(text):
        return ()
    clause = read_sentences(text)
    reading = _read(clause)
    return tuple(to_rule(draft, clause, text) for draft in reading.drafts)


def is_entitlement(text: str) -> bool:
    """Whether the text grants something the grammar can read as a rule."""
    return bool(extract_rules(text))


def _read(clause: ClauseText) -> Reading:
    reading = Reading()
    metric, carried, item = "", False, -1
    shared: tuple[ConditionGroup, ...] = ()
    for sentence in clause.sentences:
        if sentence.item != item and not carried:
            metric = ""
        if sentence.item != item:
            reading.division = ()
        item = sentence.item
        reading.division = division_of(sentence.text) or reading.division
        raises = RAISES.search(sentence.text) is not None and any(
            draft.sentence.item == item for draft in reading.drafts
        )
        if _NUMBER.search(sentence.text) and (carried or raises or GRANT_WORD.search(sentence.text)):
            reader = SentenceReader(sentence, reading, metric, carried, shared)
            reader.read()
            metric = reader.metric
            shared = reader.shared if sentence.closed_by == ";" else ()
        else:
            shared = ()
        carried = _carries(sentence, carried)
    return reading


def _carries(sentence: Sentence, carried: bool) -> bool:
    """Whether the sentence lends its granting verb to the next: 按以下标准给予奖励:…;…;…"""
    if _CARRIES.search(sentence.text):
        return True
    return carried and sentence.closed_by in {";", "\n"}


def grants_without_amount(text: str) -> tuple[TextSpan, ...]:
    """Sub-sentences that grant something and name no sum or share for it: 给予经费补贴, 连续3年给予过渡支持."""
    clause = read_sentences(text)
    reading = _read(clause)
    found: list[TextSpan] = []
    for sentence in clause.sentences:
        if GRANT_WORD.search(sentence.text):
            figures = [
                place for draft in reading.drafts if draft.sentence is sentence for place in _figure_places(draft)
            ]
            found.extend(_clause_span(clause, sentence, *place) for place in amountless(sentence.text, figures))
    return tuple(found)


def unread_money(text: str) -> tuple[TextSpan, ...]:
    """Sums, shares and ratios beside a grant that the grammar refused to read; they have to be read in the clause."""
    if not _NUMBER.search(text):
        return ()
    clause = read_sentences(text)
    reading = _read(clause)
    places = {(id(sentence), start, end): sentence for sentence, start, end in reading.unread}
    for sentence in clause.sentences:
        if GRANT_WORD.search(sentence.text):
            places.update({(id(sentence), start, end): sentence for start, end in undeciphered(sentence.text)})
    spans = {_clause_span(clause, sentence, start, end) for (_, start, end), sentence in places.items()}
    return tuple(sorted(spans, key=lambda span: span.start))


def _figure_places(draft: Draft) -> list[tuple[int, int]]:
    names = ("rate", "amount", "cap", "uplift", "annual_cap", "total_cap")
    return [draft.places[name] for name in names if name in draft.places]


def _clause_span(clause: ClauseText, sentence: Sentence, start: int, end: int) -> TextSpan:
    first, last = clause.source.span(*sentence.locate(start, end))
    return TextSpan(start=first, end=last)
