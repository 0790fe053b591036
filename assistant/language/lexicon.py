"""The policy glossary: which words mean the same, in Chinese and English, official and everyday."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from assistant.language.things import Dimension, shipped_things
from corpus.errors import SettingsError
from corpus.script import fold

GENERAL = "general"  # words that say how or when, never what a clause is for
MEASURES = frozenset(
    {
        "spending",
        "investment",
        "cost",
        "research",
        "income",
        "received",
        "tax",
        "people",
        "events",
        "growth",
        GENERAL,
        "",
        *Dimension,
    }
)
_CHINESE_RUN = re.compile(r"[\u4e00-\u9fff]{3,}")
_CHINESE_ONLY = re.compile(r"[\u4e00-\u9fff]+")
_REMEMBERED = 300  # characters of a text whose words are remembered
_SOUND_LENGTH = 4  # characters; shorter words share their sound with too many others
_LONGEST_SOUND = 10
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")  # chain-chief and chain chief are one
_WORD = re.compile(r"[a-z0-9][a-z0-9&+'\-]*")


@dataclass(frozen=True, slots=True)
class Concept:
    """One line of the glossary: words that mean the same thing in a policy question."""

    number: int  # line order; identity within one lexicon
    chinese: tuple[str, ...]  # folded; the documents' usual word first
    english: tuple[str, ...]  # folded
    generic: bool  # measures its whole family: 投 any investment, 花 anything spent
    measure: str  # what an amount beside it measures, or GENERAL; empty when neither
    searchable: tuple[str, ...] = field(init=False, compare=False)  # worth looking for: one character is everywhere

    def __post_init__(self) -> None:
        object.__setattr__(self, "searchable", tuple(word for word in self.chinese if len(word) > 1))


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept's word found in a text, ``text[start:end] == word`` after folding."""

    word: str
    start: int
    end: int
    concepts: tuple[Concept, ...]  # more than one when the word is ambiguous


@lru_cache(maxsize=2048)
def _mentions_of(lexicon: "Lexicon", folded: str) -> tuple[Mention, ...]:
    """The words of a short text, remembered: a clause's metric and a fact's words are held against many others."""
    return tuple(lexicon.read(folded))


class Lexicon:
    """Finds glossary words in folded text, longest first, never inside an English word."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = tuple(concepts)
        by_word: dict[str, list[Concept]] = {}
        for concept in self.concepts:
            for word in (*concept.chinese, *concept.english):
                by_word.setdefault(word, []).append(concept)
        self._by_word = {word: tuple(found) for word, found in by_word.items()}
        chinese = [word for word in self._by_word if not word.isascii()]
        self._chinese_lengths: dict[str, list[int]] = {}
        for word in chinese:
            lengths = self._chinese_lengths.setdefault(word[0], [])
            if len(word) not in lengths:
                lengths.append(len(word))
        for lengths in self._chinese_lengths.values():
            lengths.sort(reverse=True)
        self._english_words = max((len(word.split()) for word in self._by_word if word.isascii()), default=0)

    @cached_property
    def _by_sound(self) -> dict[str, str]:
        """Longer Chinese words by their pinyin, for words typed with wrong characters of the same sound."""
        words = (word for word in self._by_word if len(word) >= _SOUND_LENGTH and _CHINESE_ONLY.fullmatch(word))
        return {sound(word): word for word in words}

    def misspelt(self, folded: str) -> list[Mention]:
        """Longer glossary words written with other characters of the same sound ("世介五百强"), not overlapping."""
        found: list[Mention] = []
        for run in _CHINESE_RUN.finditer(folded):
            sounds = _syllables(run.group())
            position = 0
            while position < len(sounds):
                mention = self._sounding_at(run, sounds, position)
                if mention is not None:
                    found.append(mention)
                position = mention.end - run.start() if mention is not None else position + 1
        return found

    def _sounding_at(self, run: "re.Match[str]", sounds: list[str], position: int) -> Mention | None:
        for length in range(min(_LONGEST_SOUND, len(sounds) - position), _SOUND_LENGTH - 1, -1):
            word = self._by_sound.get("".join(sounds[position : position + length]))
            if word is not None and len(word) == length:
                start = run.start() + position
                return Mention(word, start, start + length, self._by_word[word])
        return None

    def mentions(self, folded: str) -> list[Mention]:
        """Every glossary word in ``folded``, in order, the longest at each place, not overlapping."""
        return list(_mentions_of(self, folded)) if len(folded) <= _REMEMBERED else self.read(folded)

    def read(self, folded: str) -> list[Mention]:
        """What ``mentions`` gives, read anew."""
        found: list[Mention] = []
        folded = _HYPHEN.sub(" ", folded)
        position = 0
        while position < len(folded):
            character = folded[position]
            if character not in self._chinese_lengths and not (character.isascii() and character.isalnum()):
                position += 1
                continue
            mention = self._at(folded, position)
            if mention is None:
                step = _WORD.match(folded, position)
                position = step.end() if step else position + 1
            else:
                found.append(mention)
                position = mention.end
        return found

    def _at(self, folded: str, position: int) -> Mention | None:
        for length in self._chinese_lengths.get(folded[position], ()):
            word = folded[position : position + length]
            if word in self._by_word and not word.isascii():  # part is no word of participating, as pct专利 may be one
                return Mention(word, position, position + len(word), self._by_word[word])
        if not folded[position].isascii() or not folded[position].isalnum():
            return None
        if position and folded[position - 1].isascii() and folded[position - 1].isalnum():
            return None
        return self._english_at(folded, position)

    def _english_at(self, folded: str, position: int) -> Mention | None:
        ends: list[int] = []
        end = position
        for _ in range(self._english_words):
            match = _WORD.match(folded, end)
            if match is None:
                break
            end = match.end()
            ends.append(end)
            if end < len(folded) and folded[end] == " ":
                end += 1
            else:
                break
        for end in reversed(ends):
            phrase = folded[position:end]
            for form in (phrase, phrase.removesuffix("s"), phrase.removesuffix("'s")):
                if form in self._by_word:
                    return Mention(phrase, position, end, self._by_word[form])
        return None

    def concepts_in(self, folded: str) -> frozenset[int]:
        """Numbers of all concepts that ``folded`` mentions."""
        return frozenset(concept.number for mention in self.mentions(folded) for concept in mention.concepts)


def parse_glossary(text: str, source: str) -> list[Concept]:
    """Concepts of a glossary file; a line that is not three tab-separated columns is named in the error."""
    concepts: list[Concept] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 3 or columns[2].strip().rstrip("+") not in MEASURES:
            raise SettingsError(
                f"{source}, line {number}: a glossary line has three columns separated by tabs "
                f"(Chinese words, English words, one of {sorted(MEASURES - {''})} or nothing)."
            )
        chinese = tuple(dict.fromkeys(fold(word.strip()) for word in columns[0].split("、") if word.strip()))
        english = tuple(
            dict.fromkeys(_HYPHEN.sub(" ", fold(word.strip())) for word in columns[1].split("|") if word.strip())
        )
        measure = columns[2].strip()
        concepts.append(Concept(len(concepts), chinese, english, measure.endswith("+"), measure.rstrip("+")))
    return concepts


def sound(word: str) -> str:
    """A Chinese word as it sounds, in pinyin without tones."""
    return "".join(_syllables(word))


def _syllables(word: str) -> list[str]:
    from pypinyin import lazy_pinyin  # half a second of tables, needed by few questions

    return lazy_pinyin(word)


@cache
def shipped_lexicon() -> Lexicon:
    """The glossary that comes with the product, with the words that the things of the language are called by."""
    source = files("assistant.language") / "data" / "glossary.tsv"
    return Lexicon(_with_things(parse_glossary(source.read_text(encoding="utf-8"), "glossary.tsv")))


def _with_things(concepts: Sequence[Concept]) -> list[Concept]:
    """The concepts, and what the things are called besides: a thing that is no concept yet becomes one."""
    known = {word for concept in concepts for word in (*concept.chinese, *concept.english)}
    found = list(concepts)
    for thing in shipped_things():
        new = [word for word in thing.words if word not in known and word not in thing.bare and len(word) > 1]
        chinese, english = (
            tuple(w for w in new if not w.isascii()),
            tuple(w for w in new if w.isascii()),
        )
        place = next((n for n, concept in enumerate(found) if thing.name in concept.chinese), None)
        if thing.generic or not (chinese or english):
            continue
        if place is None:
            found.append(Concept(len(found), chinese, english, False, str(thing.dimension)))
        else:
            own = found[place]
            found[place] = replace(own, chinese=(*own.chinese, *chinese), english=(*own.english, *english))
    return found
