"""What several commands of the command line share: options, opening the assistant, printing JSON."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant
    from assistant.settings import Settings

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Day the question is asked on, such as 2021-04-01; today if left out."
    ),
]
Region = Annotated[
    str | None,
    typer.Option("--region", metavar="REGION", help="Only documents of this region; `documents` lists them."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
DocumentId = Annotated[
    str | None, typer.Option("--document", metavar="ID", help="Only this document; `documents` lists the ids.")
]


def settings(**overrides: object) -> "Settings":
    """The settings of this run."""
    from assistant.settings import Settings

    return Settings.load(**overrides)


def open_assistant() -> "PolicyAssistant":
    """The assistant with its index and model."""
    from assistant.service import PolicyAssistant

    return PolicyAssistant.open(settings())


def echo_json(value: Any) -> None:
    """Print a value as JSON, Chinese as it is."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
