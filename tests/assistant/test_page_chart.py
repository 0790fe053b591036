"""The picture of a curve."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from assistant.clause.rule import Bound
from assistant.faces.page.chart import HEIGHT, WIDTH, chart_html
from assistant.figures.curve import Curve, Point

SVG = "svg"


def curve(points: list[tuple[int, int]], **fields: object) -> Curve:
    given = {
        "base": "项目投入",
        "unit": "yuan",
        "per": None,
        "bound": Bound.EXACT,
        "points": tuple(Point(base=Decimal(x), subsidy=Decimal(y)) for x, y in points),
        "threshold": None,
        "cap": None,
        "cap_from": None,
        "own": None,
    }
    return Curve.model_validate(given | fields)


CAPPED = curve(
    [(0, 0), (25_000_000, 5_000_000), (37_500_000, 5_000_000)],
    cap=5_000_000,
    cap_from=25_000_000,
    own=Point(base=Decimal(18_000_000), subsidy=Decimal(3_600_000)),
)


def picture(shown: Curve | None, language: str = "zh") -> ElementTree.Element:
    return ElementTree.fromstring(chart_html(shown, language, language))


def by_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in root[1].iter() if element.get("class") == name]


def test_the_own_point_lies_on_the_curve() -> None:
    root = picture(CAPPED)
    own = by_class(root, "own")[0]
    (x0, y0), (x1, y1), _ = (
        map(float, pair.split(",")) for pair in by_class(root, "curve")[0].attrib["points"].split()
    )
    x, y = float(own.attrib["cx"]), float(own.attrib["cy"])
    assert y == pytest.approx(y0 + (y1 - y0) * (x - x0) / (x1 - x0), abs=0.2)


def test_everything_drawn_is_said_in_words() -> None:
    said = picture(CAPPED)[1].attrib["aria-label"]
    assert "您的情况：1800万元，得 360万元" in said
    assert "上限 500万元，自 2500万元 起" in said


def test_a_ceiling_is_said_to_be_one() -> None:
    bounded = CAPPED.model_copy(update={"bound": Bound.AT_MOST})
    assert "You: up to RMB 3.6 million at RMB 18 million" in chart_html(bounded, "en", "en")


def test_a_jump_is_no_slope() -> None:
    root = picture(curve([(0, 0), (1_000_000, 0), (1_000_000, 100_000), (2_000_000, 100_000)], threshold=1_000_000))
    assert len(by_class(root, "curve")) == 2
    assert len(by_class(root, "jump")) == 1
    assert "门槛 100万元" in root[1].attrib["aria-label"]


@pytest.mark.parametrize("highest", [3, 999, 10_000, 123_456, 5_000_000, 2_000_000_000])
def test_everything_stays_inside_the_picture(highest: int) -> None:
    root = picture(curve([(0, 0), (highest, highest)], own=Point(base=Decimal(highest), subsidy=Decimal(highest))))
    places = [pair for line in by_class(root, "curve") for pair in line.attrib["points"].split()]
    for x, y in (map(float, pair.split(",")) for pair in places):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    assert 2 <= len(by_class(root, "tick")) <= 6


def test_hostile_words_are_text() -> None:
    html = chart_html(CAPPED.model_copy(update={"base": '"><script>alert(1)</script>'}), "zh", "zh")
    assert "<script>" not in html


def test_without_a_curve_there_is_no_picture() -> None:
    assert chart_html(None, "zh", "zh") == ""
    assert chart_html(curve([(0, 0), (10, 0)]), "zh", "zh") == ""
