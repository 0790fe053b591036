"""Terms: what a question is about, as words with their synonyms, without the words that only ask."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.language.dictionary import translations
from assistant.language.lexicon import GENERAL, Concept, Lexicon
from corpus.script import fold
from index.tokens import WORD, is_dictionary_word, tokenize, word_spans

_ASKING_PHRASE = re.compile(
    r"哪(?:一)?[个些家所座种段条款句项章节份类位里边儿几方]{1,2}|由?谁来?|什么(?:时候|地方|人|样)?|怎么(?:样|办|规定|写|说|算|要求)?|有没有|是不是|能不能|需不需要|要不要|多长时间|多少(?:个|家|户|名|条|项)?|"
    r"提(?:到|了|出)|请(?:问|给|列)|帮我|查一下|给我|告诉我|说了|规定了|在哪|一段|一句|那(?:个|些|边|么)?|这(?:个|些|边|么|份)?|我(?:们|司|厂)?|方面|做法|写(?:的|明|了)|原文|出处"
)
_NUMBER = re.compile(r"(?<![\d.])(?<!\d,)\d+(?:\.\d+)?(?![\d.%])(?!,\d)")
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_ENGLISH_PAIR = re.compile(r"\b([a-z]{3,}) (?=([a-z]{3,})\b)")
_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,30})[”\"」』》]")
QUOTED_WEIGHT = 1.5  # what stands in quotation marks is meant word for word
GENERAL_WEIGHT = 0.8  # words that say how or when tell few clauses apart
DICTIONARY_WEIGHT = 0.7  # a general dictionary gives senses that are not meant too
NUMBER_WEIGHT = 0.6  # a number is exact but short: it also stands where it means something else


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a question is about. It is found where any of ``alternatives`` stands."""

    surface: str  # as asked, folded
    alternatives: tuple[str, ...]  # folded; empty for a word that no document can hold
    weight: float = 1.0  # share of the weight its rarity gives: below 1 when carried over from an earlier turn
    number: int | None = None  # glossary concept; None for a plain word
    general: bool = False  # says how or when, never what about
    age: int = 0  # turns with a subject of their own that came after the one it is from

    @property
    def may_be_subject(self) -> bool:
        """Whether it can be what a question is about: no number, no word that says how or when."""
        return not self.surface.isdigit() and not self.general


def read_terms(folded: str, lexicon: Lexicon, hidden: Iterable[tuple[int, int]] = ()) -> tuple[Term, ...]:
    """Terms of a folded text; stretches in ``hidden`` (places, amounts) are not read."""
    text = list(folded)
    for start, end in hidden:
        text[start:end] = " " * (end - start)
    visible = _HYPHEN.sub(" ", "".join(text))
    terms: dict[tuple[str, ...], Term] = {}
    rest = list(visible)
    for quoted in _QUOTED.findall(folded):
        phrase = "".join(quoted.split())
        if len(phrase) > 1 and not (phrase.isascii() and phrase != quoted):  # English words are looked up one by one
            terms[(phrase,)] = Term(phrase, (phrase,), QUOTED_WEIGHT)
    mentions = lexicon.mentions(visible)
    tokens = _token_spans(visible) if any(mention.end - mention.start == 1 for mention in mentions) else frozenset()
    for mention in mentions:
        if mention.end - mention.start == 1 and (mention.start, mention.end) not in tokens:
            continue  # 展 alone is an exhibition, 展 in 发展 is not
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
        term = _concept_term(mention.word, mention.concepts)
        if mention.word not in _asking_words() and term.alternatives:
            terms.setdefault((f"concept {term.number}",), term)  # 房租 and 租金 are one term
    for mention in lexicon.misspelt(_ASKING_PHRASE.sub(lambda m: " " * len(m.group()), "".join(rest))):
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
        term = _concept_term(mention.word, mention.concepts)
        terms.setdefault((f"concept {term.number}",), term)
    plain = _ASKING_PHRASE.sub(" ", "".join(rest))
    for pair in [" ".join(match.groups()) for match in _ENGLISH_PAIR.finditer(plain)]:
        if not set(pair.split()) & _asking_words() and (chinese := translations(pair)):
            terms.setdefault((pair,), Term(pair, chinese, DICTIONARY_WEIGHT))
            plain = plain.replace(pair, " " * len(pair))
    for word in plain_words(plain):
        chinese = translations(word) if word.isascii() and word.isalpha() else ()
        terms.setdefault((word,), Term(word, (word, *chinese), DICTIONARY_WEIGHT if chinese else 1.0))
    for number in _NUMBER.findall("".join(rest)):
        terms.setdefault((number,), Term(number, (number,), weight=NUMBER_WEIGHT))
    return tuple(terms.values())


def content_stretches(folded: str, hidden: Iterable[tuple[int, int]] = ()) -> tuple[str, ...]:
    """The stretches of a folded text that say what it is about, as they stand: between words that only ask.

    >>> content_stretches("请问租个厂房一年能补多少")
    ('租个厂房一年能补',)
    """
    text = list(folded)
    for start, end in (*hidden, *(match.span() for match in _ASKING_PHRASE.finditer(folded))):
        text[start:end] = " " * (end - start)
    visible = "".join(text)
    asking = _asking_words()
    for start, end in word_spans(visible):
        if visible[start:end] in asking:
            text[start:end] = " " * (end - start)
    return tuple("".join(text).split())


def _token_spans(text: str) -> frozenset[tuple[int, int]]:
    """Where the dictionary's words of one character stand."""
    return frozenset((start, end) for start, end in word_spans(text) if end - start == 1)


def _concept_term(word: str, concepts: tuple[Concept, ...]) -> Term:
    alternatives = dict.fromkeys(name for concept in concepts for name in concept.searchable)
    own = {} if word.isascii() and len(word) > 4 else {word: None}
    words = tuple({**own, **alternatives}) if len(word) > 1 else tuple(alternatives)
    general = all(concept.measure == GENERAL for concept in concepts)
    return Term(word, words, GENERAL_WEIGHT if general else 1.0, concepts[0].number, general)


@cache
def _asking_words() -> frozenset[str]:
    data = files("assistant.language") / "data"
    names = ("asking_words.txt", "function_words.txt")
    lines = [line for name in names for line in (data / name).read_text(encoding="utf-8").splitlines()]
    return frozenset(fold(word) for line in lines if not line.startswith("#") for word in line.split())


def plain_words(text: str) -> list[str]:
    """Content words of a text, the shortest dictionary words, without those that only ask."""
    asking = _asking_words()
    words = [token.removeprefix(WORD) for token in tokenize(text) if token.startswith(WORD)]
    kept: list[str] = []
    for word in dict.fromkeys(words):
        if word in asking or len(word) < 2 or word.isdigit():
            continue
        if not word.isascii() and not is_dictionary_word(word):
            continue  # guessed by the segmentation from leftovers; what is real in it search finds by its bigrams
        if any(part != word and part in word for part in words if len(part) > 1 and part not in asking):
            continue  # search mode gives the parts of a long word too; the parts match more texts
        kept.append(word)
    return kept
