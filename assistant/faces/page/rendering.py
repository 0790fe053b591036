"""HTML from templates: everything that comes from a document or a person is escaped by the template engine."""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus.script import repair_glyphs

if TYPE_CHECKING:
    from jinja2 import Environment


_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(__package__, "templates"),
        autoescape=True,  # always, whatever a template's name ends in
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = repair_glyphs  # a known private-use glyph printed as what it stands for
    environment.filters["sentence"] = fill
    return environment


def render(template: str, words: Mapping[str, str], **context: Any) -> str:
    """The HTML of a template of this package; ``words`` are the interface words, ``w`` in the template."""
    return _environment().get_template(template).render(w=words, **context)


def fill(phrase: str, **values: object) -> str:
    """A phrase of ``the phrase book`` with its placeholders filled; braces in the values stay what they are."""
    return _PLACEHOLDER.sub(lambda match: str(values.get(match.group(1), match.group())), phrase)
