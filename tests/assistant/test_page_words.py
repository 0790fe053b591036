"""The words of the page in three languages."""

import re
import string
from importlib import resources

import pytest

from assistant.answering.phrasebook import LANGUAGES
from assistant.faces.page.rendering import fill
from assistant.faces.page.words import choose_language, words_for
from assistant.figures.curve import Curve
from assistant.question.profile import Profile, Project, Sale
from corpus.script import to_simplified


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_every_phrase_has_the_same_placeholders_in_each_language() -> None:
    columns = [words_for(language) for language in LANGUAGES]
    assert len(columns[0]) > 100
    assert [n for n in columns[0] if len({tuple(placeholders(words[n])) for words in columns}) > 1] == []
    assert [name for name in columns[0] if not all(words[name].strip() for words in columns)] == []


def test_no_simplified_character_is_left_in_the_traditional_words() -> None:
    simplified = words_for("zh")
    same = {n for n, text in words_for("zh-Hant").items() if text == simplified[n] and n != "language_name"}
    odd = [n for n in same if re.search("[这问条页规补贴费资业关东为]", simplified[n])]
    assert odd == []
    assert to_simplified(words_for("zh-Hant")["tab_search"]) == simplified["tab_search"]


def test_every_word_that_a_template_names_exists() -> None:
    templates = resources.files("assistant.faces.page").joinpath("templates")
    named = {
        name
        for template in templates.iterdir()
        for name in re.findall(r"\bw\.([a-z_]+)", template.read_text(encoding="utf-8"))
    }
    assert len(named) > 50
    assert named - set(words_for("zh")) == set()
    assert named.isdisjoint(dir({}))  # a template would get the method of the mapping instead of the word


def test_every_field_of_a_profile_has_its_words() -> None:
    fields = [f"profile_{name}" for name in Profile.model_fields if name not in ("projects", "sales")]
    fields += [f"project_{name}" for name in Project.model_fields] + [f"sale_{name}" for name in Sale.model_fields]
    assert set(fields) <= set(words_for("en"))


def test_every_unit_of_a_curve_has_its_words() -> None:
    assert "unit" in Curve.model_fields
    units = ("yuan", "wan", "million", "yi", "usd", "hkd", "twd", "eur", "person", "count", "times", "day", "month")
    for unit in (*units, "year", "sqm", "mu", "ton", "percent"):
        assert {f"unit_{unit}", f"say_{unit}"} <= set(words_for("zh-Hant"))


@pytest.mark.parametrize(
    ("wanted", "accepted", "language"),
    [
        (None, "", "zh"),
        (None, "en-GB,en;q=0.9", "en"),
        (None, "fr-FR,fr;q=0.9,en;q=0.5,zh-TW;q=0.8", "zh-Hant"),
        (None, "zh-HK", "zh-Hant"),
        (None, "zh-Hans-HK", "zh"),
        (None, "zh-SG,en;q=0.9", "zh"),
        (None, "de;q=x, *;q=0.1", "zh"),
        ("en", "zh-CN", "en"),
        ("zh-Hant", "en", "zh-Hant"),
        ("klingon", "en", "en"),
    ],
)
def test_a_visitor_gets_their_language(wanted: str | None, accepted: str, language: str) -> None:
    assert choose_language(wanted, accepted) == language


def test_braces_in_a_value_stay_what_they_are() -> None:
    assert fill("在{document}中：{x}", document="{x}{0}", x="1") == "在{x}{0}中：1"
