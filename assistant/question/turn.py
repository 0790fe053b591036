"""Question understanding: what a user turn asks, about which place and document, at which date."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.language.amounts import read_amounts
from assistant.language.asked_day import StatedDay, read_asked_day
from assistant.language.grammar import Reading, reading_of
from assistant.language.levels import level_names, levels_asked
from assistant.language.lexicon import Lexicon, Mention
from assistant.question.acts import CLAUSE, Act, likely_acts
from assistant.question.fact import MONEY
from assistant.question.moves import Move, read_move
from assistant.question.standing import UNSAID, Standing, read_standing


class Intent(StrEnum):
    """What the asker wants to be told."""

    AMOUNT = "amount"  # how much money
    VALIDITY = "validity"  # whether and until when a document is in force
    DEPARTMENT = "department"  # who is responsible
    CLAUSE = "clause"  # what the documents say


class Language(StrEnum):
    """Language and script of the asker."""

    CHINESE = "zh"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"


_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LEVEL_WORDS = ("国家", "全国", "省", "市")
_LATIN_WORD = re.compile(r"[a-z]{2,}")

_SIZES = ("大型企业", "中型企业", "小微企业")
# From which probability on an act counts: half, but for those that would do harm. A question that is taken for chat is
# not answered at all; one that may ask for money is only held to what a clause grants, which then decides; a term,
# a list or a polite refusal gives no sum that could be false.
_LIKELY = dict.fromkeys(Act, 0.5) | {Act.CHAT: 0.8, Act.VALIDITY: 0.4}
_LIKELY |= dict.fromkeys((Act.ENTITLED, Act.COVERAGE, Act.ON_BEHALF), 0.35)
_MAY_ASK_FOR_MONEY = 0.2
_INTENTS = {Act.MONEY: Intent.AMOUNT, Act.VALIDITY: Intent.VALIDITY, Act.DEPARTMENT: Intent.DEPARTMENT}
_EXPECTED = {Act.HOW_OFTEN: "often", Act.NUMBER: "number", Act.SHARE: "share", Act.DATE: "date", Act.LIST: "list"}


@dataclass(frozen=True, slots=True)
class Turn:
    """What one user turn says by itself; the conversation puts turns together."""

    text: str
    folded: str
    language: Language
    intent: Intent
    asks_how_much: bool  # asks for an amount or a yes to one, whatever it is called
    asks_maximum: bool  # "最高多少", "哪份写了多少", "听说有100万": what a clause states at most is asked for
    asks_total: bool  # "一共能领多少": the whole sum, not the unit price
    asks_share: bool  # "百分之几": the share itself, not the sum it comes to
    asks_whole_period: bool  # "三年一共多少": the sum over all years, not one year's
    asks_who_pays: bool  # which government's money it is
    compares: bool
    asks_for_places: bool  # which of several places
    wants_original: bool
    levels: tuple[str, ...]
    sizes: tuple[str, ...]
    not_new: bool
    negated: tuple[str, ...]  # what the asker says not to be or have; "isn't it 300,000" says nothing of them
    expects: frozenset[str]  # what the answer should hold: number, share, date, list, how often
    asks: bool  # whether it asks at all; a statement leaves the question of the turn before open
    leaves_subject: bool  # "算了,另外问一下…": the earlier subject is dropped
    leans: bool  # is understood only with the turn before, or corrects it: "那三明呢", "说错了,是800万"
    off_topic: bool  # chat, instructions to the assistant, the state of one's own application
    move: Move | None = None  # say that again, anything else: no question of its own
    as_of: StatedDay | None = None  # the day it sets for its question
    standing: Standing = UNSAID  # the asker's part, office and past
    acts: frozenset[Act] = frozenset()  # all that it does
    not_counted: tuple[tuple[int, int], ...] = ()  # stretches that say which of a number do not count
    hidden: tuple[tuple[int, int], ...] = ()  # stretches that say when, or that the subject changes, never what about


def understand(text: str, folded: str, lexicon: Lexicon) -> Turn:
    """Read one user turn, as typed and folded."""
    likely = likely_acts(folded)
    acts = frozenset(act for act in Act if likely[act] >= _LIKELY[act])
    as_of = read_asked_day(folded, of_validity=Act.VALIDITY in acts)
    leaving = [*_only(Act.LEAVES_SUBJECT, folded, acts), *_only(Act.CORRECTS, folded, acts)]
    reading = reading_of(folded)
    heard = [amount for amount in read_amounts(folded) if amount.unit in MONEY] if Act.HEARD in acts else []
    negated = tuple(
        folded[slice(*f.words)].strip()
        for f in reading.all("negated")
        if f.words is not None and not any(f.words[0] <= amount.start < f.words[1] for amount in heard)
    )
    sizes = reading.values("size")
    return Turn(
        text,
        folded,
        detect_language(text, folded),
        _intent(likely),
        likely[Act.MONEY] >= _MAY_ASK_FOR_MONEY,
        Act.MAXIMUM in acts or "maximum" in reading.values("asked") or bool(heard),
        Act.TOTAL in acts,
        Act.SHARE in acts,
        Act.WHOLE_PERIOD in acts,
        Act.WHO_PAYS in acts,
        Act.COMPARES in acts or Act.WHICH_PLACES in acts,
        Act.WHICH_PLACES in acts,
        Act.ORIGINAL in acts,
        levels=levels_asked(folded),
        sizes=tuple(size for size in _SIZES if size in sizes),
        not_new=Act.NOT_NEW in acts,
        negated=tuple(words for words in negated if lexicon.mentions(words)),
        expects=frozenset(name for act, name in _EXPECTED.items() if act in acts),
        asks=Act.ASKS in acts,
        leaves_subject=Act.LEAVES_SUBJECT in acts,
        leans=Act.LEANS in acts or Act.CORRECTS in acts,
        off_topic=Act.CHAT in acts or Act.OWN_CASE in acts,
        move=read_move(folded, acts),
        as_of=as_of,
        standing=read_standing(folded),
        acts=acts,
        not_counted=(left_out := tuple(_not_counted(reading))),
        hidden=(*_english_levels(folded, lexicon), *leaving, *left_out, *([as_of.span] if as_of else [])),
    )


def _intent(likely: Mapping[Act, float]) -> Intent:
    """The likeliest of what a turn may ask for; the clause where none of the others is, or its wording is likelier."""
    best = max(_INTENTS, key=lambda act: likely[act])
    of_wording = likely[Act.ORIGINAL] > likely[best] and likely[Act.MAXIMUM] < _LIKELY[Act.MAXIMUM]
    if likely[best] < _LIKELY[best] or (
        best is Act.MONEY and of_wording
    ):  # "哪份写明金额" is of the sum, not the wording
        return Intent.CLAUSE
    return _INTENTS[best]


def _only(act: Act, folded: str, acts: Collection[Act]) -> Iterator[tuple[int, int]]:
    """The clauses of a turn of an act that do nothing else ("by the way,", "写错了,"): their words are no subject."""
    for match in CLAUSE.finditer(folded) if act in acts else ():
        likely = likely_acts(match.group())
        if likely[act] >= _LIKELY[act] and not any(likely[intent] >= _LIKELY[intent] for intent in _INTENTS):
            yield match.span()


def _not_counted(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where a turn says which of a number do not count ("其中3台是旧的,不算"): those words are no subject."""
    yield from ((f.start, f.end) for f in reading.all("counted") if f.value in {"left_out", "called_off"})


def _english_levels(folded: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Where a level is named in English: the clauses have it in Chinese, and it is compared as a level, not as a word.

    A level that is part of a name ("national standard", 国家标准) is read with that.
    """
    levels = [(start, end) for start, end in level_names(folded) if folded[start:end].isascii()]
    mentions = lexicon.mentions(folded) if levels else []
    return [span for span in levels if not any(_names_with_level(mention, span) for mention in mentions)]


def _names_with_level(mention: Mention, level: tuple[int, int]) -> bool:
    """Whether a mention holds a level and more, and is called by it in Chinese too."""
    inside = mention.start <= level[0] and level[1] <= mention.end
    longer = mention.end - mention.start > level[1] - level[0]
    return inside and longer and any(c.chinese and c.chinese[0].startswith(_LEVEL_WORDS) for c in mention.concepts)


def detect_language(text: str, folded: str) -> Language:
    """English when the words are; Traditional when folding to Simplified changes characters of it."""
    chinese = _CHINESE.findall(text)
    if len(_LATIN_WORD.findall(folded)) > len(chinese):
        return Language.ENGLISH
    changed = sum(1 for before, after in zip(text, folded, strict=True) if before != after and _CHINESE.match(before))
    return Language.TRADITIONAL if changed >= max(1, len(chinese) // 20) else Language.CHINESE
