"""Commands over the rules that were read: ``rules``, ``explain`` and ``match``. They need no index and no model."""

import csv
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.faces.cli.options import AsOf, DocumentId, Json, Region, echo_json, settings
from corpus.errors import InputError

if TYPE_CHECKING:
    from assistant.answering.explaining import ReadRule
    from assistant.question.profile import Profile
    from corpus.collection import Collection

_RULES = """\b
Examples:
  policy-assistant rules --region 成都
  policy-assistant rules --csv > rules.csv
"""
_EXPLAIN = """\b
Example (`rules` and `search` show the ids):
  policy-assistant explain "sanming-2020-twelve-measures#三"
"""
_MATCH = """\b
Examples:
  policy-assistant match profile.json --as-of 2021-06-01
  policy-assistant match --interactive
  policy-assistant match --schema
A profile: {"region": "成都", "size": "小型", "rent": 400000, "projects": [{"name": "智能工厂改造", "investment": 18000000}]}
"""


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(epilog=_RULES)(rules)
    app.command(epilog=_EXPLAIN)(explain)
    app.command(epilog=_MATCH)(match)


def rules(
    document: DocumentId = None,
    region: Region = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet.")] = False,
) -> None:
    """List every subsidy rule that was read from the documents."""
    from assistant.answering.explaining import read_rules

    if as_json and as_csv:
        raise InputError("Choose one of --json and --csv.")
    found = read_rules(_collection(), document, region)
    if as_json:
        fields = ("clause_id", "document", "document_id", "region", "address", "sentence", "rule")
        echo_json([{name: rule.model_dump(mode="json")[name] for name in fields} for rule in found])
    elif as_csv:
        _print_csv(found)
    else:
        from assistant.faces.cli.terminal import make_console
        from assistant.faces.cli.terminal_rules import print_rules

        print_rules(make_console(), found)


def _print_csv(found: "Sequence[ReadRule]") -> None:
    from assistant.clause.rule import SubsidyRule
    from assistant.faces.spreadsheet import text_cell

    names = [name for name in SubsidyRule.model_fields if name != "spans"]
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["clause_id", "document_id", "document", "region", "address", *names, "sentence"])
    for rule in found:
        fields = rule.rule.model_dump(mode="json", exclude={"spans"})
        place = (rule.clause_id, rule.document_id, rule.document, rule.region, rule.address)
        cells = (*place, *(_cell(fields[name]) for name in names), rule.sentence)
        table.writerow([text_cell(cell) for cell in cells])


def _cell(value: object) -> str:
    """A field for a spreadsheet: nothing for null, words and numbers as they are, the rest as JSON."""
    if value is None or value == []:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def explain(
    clause_id: Annotated[str, typer.Argument(metavar="CLAUSE_ID", show_default=False)],
    as_json: Json = False,
) -> None:
    """Show a clause with the stretches that were read marked, and what each became."""
    from assistant.answering.explaining import explain as explanations_of

    found = explanations_of(_collection(), clause_id)
    if as_json:
        echo_json([explanation.model_dump(mode="json") for explanation in found])
        return
    from assistant.faces.cli.terminal import make_console
    from assistant.faces.cli.terminal_rules import print_explanation

    console = make_console()
    for number, explanation in enumerate(found):
        if number:
            console.print()
        print_explanation(console, explanation)


def match(
    profile: Annotated[Path | None, typer.Argument(metavar="PROFILE.json", show_default=False)] = None,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="Ask for the profile on the terminal.")
    ] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of a profile.")] = False,
    as_of: AsOf = None,
    region: Region = None,
    as_json: Json = False,
) -> None:
    """Check an enterprise profile against every rule: what it may claim, under which conditions, and how much."""
    if [profile is not None, interactive, schema].count(True) != 1:
        raise InputError("Give one of a profile file, --interactive or --schema: policy-assistant match profile.json")
    from assistant.question.profile import Profile, load_profile
    from assistant.validation import parse_date

    if schema:
        echo_json(Profile.model_json_schema())
        return
    on = parse_date(as_of) if as_of is not None else date.today()
    from assistant.answering.checkup import region_for

    collection = _collection()
    if region is not None:
        region_for(region, collection)  # a wrong region is told before any question is asked
    enterprise = load_profile(profile) if profile is not None else _asked()
    _print_match(enterprise, collection, on, region, as_json)


def _print_match(profile: "Profile", collection: "Collection", on: date, region: str | None, as_json: bool) -> None:
    from assistant.answering.checkup import match as check_up
    from assistant.finding.library import PolicyTexts
    from assistant.language.lexicon import shipped_lexicon

    checkup = check_up(profile, PolicyTexts(collection), shipped_lexicon(), on, region)
    if as_json:
        typer.echo(checkup.model_dump_json(indent=2))
        return
    from assistant.faces.cli.terminal import make_console
    from assistant.faces.cli.terminal_rules import print_checkup

    print_checkup(make_console(), checkup, profile.name or "")


def _asked() -> "Profile":
    from assistant.faces.cli.interview import interview

    def ask(question: str) -> str:
        # On standard error, so that --json prints nothing but JSON; typer.prompt puts a blank on standard output.
        typer.echo(f"{question}: ", nl=False, err=True)
        entry = sys.stdin.readline()
        if not entry:
            typer.echo(err=True)
            raise InputError("The entries ended before the last question; give a line for each, empty to skip.")
        return entry

    return interview(ask, lambda line: typer.echo(line, err=True))


def _collection() -> "Collection":
    from corpus.collection import read_folder
    from corpus.readers.store import TextStore

    chosen = settings()
    return read_folder(chosen.documents_dir, chosen.reading_limits, TextStore(chosen.texts_dir)).collection
