"""The curve of a grant as a picture: inline SVG, with everything it shows said in words beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.answering.messages import Phrases
from assistant.clause.rule import Bound, decimal_text
from assistant.faces.page.calculation import fact_name
from assistant.faces.page.rendering import fill, render
from assistant.faces.page.units import YUAN_UNITS
from assistant.faces.page.words import HTML_LANGUAGE, words_for
from assistant.figures.curve import Curve, Point
from assistant.question import Language

WIDTH, HEIGHT = 360, 200  # user units; the picture is scaled to the width there is
LEFT, RIGHT, TOP, BOTTOM = 50, 18, 24, 40
_X_TICKS, _Y_TICKS = 4, 3  # intervals on the axes, about
_CURRENCY_UNITS = {"CNY": "yuan", "USD": "usd", "HKD": "hkd", "TWD": "twd", "EUR": "eur"}
_HEADROOM = Decimal("1.12")  # the highest point stays clear of the upper edge


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis at a place in user units."""

    at: float
    text: str


def chart_html(curve: Curve | None, answer_language: str, language: str) -> str:
    """The chart of a curve with its legend; nothing without a curve.

    ``answer_language`` is that of the amounts, ``language`` that of the interface.
    """
    if curve is None or len(curve.points) < 2:
        return ""
    phrases = Phrases(Language(answer_language))
    right, top = curve.points[-1].base, max(point.subsidy for point in curve.points)
    if not right or not top:
        return ""
    scale = _Scale(right, top * _HEADROOM)
    words, own_words = words_for(language), words_for(answer_language)
    x_name, x_unit = _axis_unit(right, curve.unit, answer_language)
    y_name, y_unit = _axis_unit(top, _CURRENCY_UNITS.get(curve.currency, "yuan"), answer_language)
    notes = _notes(curve, phrases, words)
    title = fill(words["chart"], base=fact_name(curve.base, language))
    return render(
        "chart.html",
        words,
        title=title,
        description=f"{title}: {'; '.join(text for _, text in notes)}",
        notes=notes,
        width=WIDTH,
        height=HEIGHT,
        frame={"left": LEFT, "right": WIDTH - RIGHT, "top": TOP, "bottom": HEIGHT - BOTTOM},
        area=scale.area(curve.points),
        lines=[scale.line(piece) for piece in _pieces(curve.points)],
        jumps=[scale.line(pair) for pair in pairwise(curve.points) if pair[0].base == pair[1].base],
        x_ticks=[Tick(scale.x(value), _grouped(value / x_unit)) for value in _ticks(right, _X_TICKS)],
        y_ticks=[Tick(scale.y(value), _grouped(value / y_unit)) for value in _ticks(top, _Y_TICKS)],
        x_title=f"{fact_name(curve.base, answer_language)} ({own_words[f'unit_{x_name}']})",
        y_title=own_words[f"unit_{y_name}"],
        cap=scale.y(curve.cap) if curve.cap is not None else None,
        threshold=scale.x(curve.threshold) if curve.threshold is not None else None,
        own=(scale.x(curve.own.base), scale.y(curve.own.subsidy)) if curve.own is not None else None,
        answer_lang=HTML_LANGUAGE.get(answer_language, "zh-CN"),
    )


def _notes(curve: Curve, phrases: Phrases, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the picture shows, in words: the kind of line or dot, and its sentence."""
    notes = []
    if curve.own is not None:
        x = _measured(curve.own.base, curve.unit, phrases)
        y = phrases.money(curve.own.subsidy, curve.currency) + phrases.per(curve.per)
        own = words["chart_own_at_most" if curve.bound is Bound.AT_MOST else "chart_own"]
        notes.append(("own", fill(own, x=x, y=y)))
    if curve.threshold is not None:
        notes.append(("threshold", fill(words["chart_threshold"], x=_measured(curve.threshold, curve.unit, phrases))))
    if curve.cap is not None:
        y = phrases.money(curve.cap, curve.currency) + phrases.per(curve.per)
        x = _measured(curve.cap_from, curve.unit, phrases) if curve.cap_from else ""
        notes.append(("cap", fill(words["chart_cap_from" if x else "chart_cap"], x=x, y=y)))
    return notes


def _pieces(points: Sequence[Point]) -> list[list[Point]]:
    """The curve cut where it jumps."""
    pieces = [[points[0]]]
    for before, point in pairwise(points):
        if point.base == before.base:
            pieces.append([point])
        else:
            pieces[-1].append(point)
    return [piece for piece in pieces if len(piece) > 1]


def _ticks(highest: Decimal, about: int) -> list[Decimal]:
    """Round values from nothing to the highest one: steps of 1, 2, 2.5 or 5 times a power of ten."""
    raw = highest / about
    power = Decimal(10) ** raw.adjusted()
    step = next(power * factor for factor in map(Decimal, ("1", "2", "2.5", "5", "10")) if power * factor >= raw)
    return [step * n for n in range(int(highest / step) + 1)]


def _axis_unit(highest: Decimal, unit: str, language: str) -> tuple[str, Decimal]:
    """The unit that keeps an axis's numbers short, by its name in ``the phrase book``, and its size."""
    steps = (
        [("million", Decimal(10**6)), ("thousand", Decimal(10**4))]
        if language == "en"
        else [("yi", Decimal(10**9)), ("wan", Decimal(10**4))]
    )
    large = (name for name, least in steps if unit == "yuan" and highest >= least)
    name = next(large, unit)
    return name, YUAN_UNITS.get(name, Decimal(1))


def _grouped(value: Decimal) -> str:
    whole, _, fraction = decimal_text(value).partition(".")
    return f"{int(whole):,}" + (f".{fraction}" if fraction else "")


def _measured(value: Decimal, unit: str, phrases: Phrases) -> str:
    if unit == "yuan":
        return phrases.money(value)
    return phrases.measured(value, unit) if unit else decimal_text(value)


class _Scale:
    """From yuan and base to user units of the picture; these are places on a screen and no amounts."""

    def __init__(self, right: Decimal, top: Decimal) -> None:
        self._right, self._top = right, top

    def x(self, base: Decimal) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * float(min(base / self._right, Decimal(1))), 1)

    def y(self, subsidy: Decimal) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float(min(subsidy / self._top, Decimal(1))), 1)

    def line(self, points: Sequence[Point]) -> str:
        return " ".join(f"{self.x(point.base)},{self.y(point.subsidy)}" for point in points)

    def area(self, points: Sequence[Point]) -> str:
        floor = HEIGHT - BOTTOM
        return f"{self.x(points[0].base)},{floor} {self.line(points)} {self.x(points[-1].base)},{floor}"
