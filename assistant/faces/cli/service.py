"""The commands that run the service: serve, mcp, settings."""

import json
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from assistant.faces.cli.options import Json, settings
from corpus.errors import SettingsError

PAGE_GROUP = "policy_assistant.page"


class _WithSettings(TyperCommand):
    """A command whose help ends with every setting, as the settings themselves describe it."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        from assistant.settings import FILE_NAME, FILE_VARIABLE, Settings, variable

        super().format_epilog(ctx, formatter)
        with formatter.section(f"Settings, by variable or in {FILE_NAME} (another file: {FILE_VARIABLE})"):
            fields = Settings.model_fields.items()
            formatter.write_dl([(variable(name), field.description or "") for name, field in fields])


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(
        cls=_WithSettings,
        epilog="""\b
Examples:
  policy-assistant serve
  policy-assistant serve --host 0.0.0.0 --port 8080 --root-path /policy
""",
    )(serve)
    app.command(
        epilog="""\b
In the settings of an MCP client:
  {"mcpServers": {"policy": {"command": "policy-assistant", "args": ["mcp"]}}}
"""
    )(mcp)
    app.command(name="settings")(show_settings)


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; POLICY_HOST, or 127.0.0.1, if left out.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to listen on; POLICY_PORT, or 7860, if left out.")
    ] = None,
    root_path: Annotated[
        str | None,
        typer.Option(metavar="PREFIX", help="Path under which a reverse proxy offers the server, such as /policy."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=256,
            help="Requests worked on at once, each in a process of its own; POLICY_WORKERS, or one for each processor, "
            "if left out.",
        ),
    ] = None,
    log_level: Annotated[str | None, typer.Option(metavar="LEVEL", help="debug, info, warning or error.")] = None,
    log_format: Annotated[
        str | None, typer.Option(metavar="FORMAT", help="text for a person, json for a log collector.")
    ] = None,
) -> None:
    """Serve the chat page, the portal widget, the HTTP API and MCP."""
    # The page is an entry point of the distribution and not an import: ui builds on assistant, never the other
    # way round, and another page can take its place without a change here.
    from importlib.metadata import entry_points

    chosen = settings(
        host=host, port=port, root_path=root_path, workers=workers, log_level=log_level, log_format=log_format
    )
    pages = entry_points(group=PAGE_GROUP, name="serve")
    if not pages:
        raise SettingsError("No page is installed; install the project with: pip install -e .")
    next(iter(pages)).load()(chosen)


def mcp() -> None:
    """Serve one MCP client over standard input and output: ask, search, read, calculate, match."""
    import asyncio

    from assistant.faces.api.desk import Desk
    from assistant.faces.api.metrics import Metrics
    from assistant.faces.mcp.server import serve_stdio
    from assistant.service import PolicyAssistant
    from assistant.serving.logs import set_up_logging

    chosen = settings()
    set_up_logging(chosen)  # to standard error: standard output belongs to the protocol
    asyncio.run(serve_stdio(Desk(PolicyAssistant.open(chosen), chosen, Metrics())))


def show_settings(as_json: Json = False) -> None:
    """Show the settings in force and where each comes from; passwords are masked."""
    from assistant.settings import in_force, settings_file

    shown = in_force(settings())
    if as_json:
        values = {one.name: {"value": one.value, "origin": one.origin, "variable": one.variable} for one in shown}
        typer.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    from rich.table import Table

    from assistant.faces.cli.terminal import make_console

    table = Table(box=None, pad_edge=False)
    for heading in ("setting", "value", "from"):
        table.add_column(heading, overflow="fold")
    for one in shown:
        table.add_row(one.name, one.value or "(none)", one.origin)
    console = make_console()
    console.print(table)
    path = settings_file()
    console.print(
        f"file: {path}" if path else "file: none; policy-assistant.toml here, or the one POLICY_SETTINGS_FILE names"
    )
