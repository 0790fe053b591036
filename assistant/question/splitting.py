"""Splitting: a turn with several questions or cases, cut into stretches and each made an inquiry of its own."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.language.grammar import reading_of
from assistant.language.lexicon import Lexicon
from assistant.question import Intent
from assistant.question.conversation import Inquiry, read_turns
from assistant.question.places import PlaceFinder

_MARKS = frozenset(",;。?!:\n")
_SHORTEST = 2  # characters of a stretch


def stretches(folded: str, *, closely: bool = False) -> tuple[str, ...]:
    """The stretches of a folded turn, at its marks and before a word that leads to a further thing (另外, 又, also).

    ``closely`` cuts also at a word between two names (和, and).
    """
    reading = reading_of(folded)
    leading = [finding for finding in reading.all("next") if closely or finding.value != "and"]
    cuts = {finding.start for finding in leading} | {finding.end for finding in leading if finding.value == "besides"}
    cuts |= {place for place, mark in enumerate(folded) if mark in _MARKS and not _is_in_number(folded, place)}
    cuts |= {place + 1 for place, mark in enumerate(folded) if mark == "." and folded[place + 1 : place + 2] == " "}
    ends = sorted({*cuts, len(folded)})
    pieces = (folded[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True))
    said = {folded[finding.start : finding.end] for finding in leading if finding.value == "besides"}
    stripped = (piece.strip(" ,;。?!:\n.") for piece in pieces)
    return tuple(piece for piece in stripped if len(piece) >= _SHORTEST and piece not in said)


def _is_in_number(folded: str, place: int) -> bool:
    return folded[place] in ",:" and folded[place - 1 : place].isdigit() and folded[place + 1 : place + 2].isdigit()


def asked_alone(whole: Inquiry, text: str, lexicon: Lexicon, places: PlaceFinder) -> Inquiry:
    """The inquiry of a stretch of a turn: its own subject and facts, in the place, document, day and case of the whole."""
    own = read_turns((text,), lexicon, places)[-1]
    return replace(
        own,
        turn=replace(own.turn, language=whole.turn.language, off_topic=False, move=None),
        intent=Intent.AMOUNT,  # `asked_money` still says whether the stretch itself asks for it
        asks_how_much=True,
        regions=own.regions or whole.regions,
        documents=own.documents if own.documents is not None else whole.documents,
        elsewhere=(),
        parts=(),
        sizes=own.sizes or whole.sizes,
        founded=own.founded or whole.founded,
        as_of=whole.as_of,
    )


def with_context(part: Inquiry, said: Sequence[str]) -> Inquiry:
    """A part's inquiry with what was said beside it of the case as a whole."""
    return replace(part, said="\n".join((*said, part.said)))
