"""The command line. Each command imports what it needs when it runs, so that all of them start fast."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.faces.cli import rules as cli_rules
from assistant.faces.cli import service as cli_service
from assistant.faces.cli.options import AsOf, Json, Region, echo_json, open_assistant, settings
from corpus.errors import InputError, PolicyError

if TYPE_CHECKING:
    from corpus.document import Document

app = typer.Typer(
    name="policy-assistant",
    help="Answers questions about Chinese government policy documents: the clause, word for word, "
    "and the money, worked out.",
    epilog='Start with: policy-assistant ask "智能工厂改造能补多少?"',
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.command(
    epilog="""\b
Examples:
  policy-assistant ask "智能工厂改造能补多少?"
  policy-assistant ask --as-of 2021-04-01 --json "subsidy for smart factory retrofit"
  echo '{"id": "1", "question": "投了1800万呢?", "history": ["智能工厂改造能补多少?"]}' | policy-assistant ask --jsonl
"""
)
def ask(
    question: Annotated[list[str] | None, typer.Argument(metavar="QUESTION", show_default=False)] = None,
    as_json: Json = False,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl", help="Read questions from standard input, one JSON object a line, and print one Answer a line."
        ),
    ] = False,
    as_of: AsOf = None,
    region: Region = None,
) -> None:
    """Answer a question, with the clauses it rests on."""
    from assistant.validation import clean_question, parse_date

    on = parse_date(as_of) if as_of is not None else None
    if jsonl:
        _ask_lines(on, region)
        return
    text = clean_question(" ".join(question or ()))
    answer = open_assistant().ask(text, as_of=on, region=region)
    if as_json:
        typer.echo(answer.model_dump_json(indent=2))
        return
    from assistant.faces.cli.terminal import make_console, print_answer

    print_answer(make_console(), answer, on or date.today())


def _ask_lines(on: date | None, region: str | None) -> None:
    from assistant.faces.cli.batch import AskLine, process

    assistant = open_assistant()

    def answer(line: AskLine) -> str:
        result = assistant.ask(
            line.question, history=line.history, as_of=line.as_of or on, region=line.region or region, id=line.id
        )
        return result.model_dump_json()

    _print_lines(process(sys.stdin.buffer, AskLine, answer))


def _print_lines(results: Iterable[str | PolicyError]) -> None:
    """Print results as they come, faults on standard error; exit status 1 when there was a fault."""
    failed = False
    for result in results:
        if isinstance(result, PolicyError):
            failed = True
            _print_error(result)
        else:
            typer.echo(result)
    if failed:
        raise typer.Exit(1)


@app.command(
    epilog="""\b
Examples:
  policy-assistant search 首台套
  policy-assistant search 哪些条款由市口岸物流办负责
  policy-assistant search '"协同创新" 成都' --money --sort date
  policy-assistant search 成办发〔2020〕59号 融资
  policy-assistant search --department 市财政局 --in-force-on 2021-04-01 --page 2 --json
"""
)
def search(
    context: typer.Context,
    query: Annotated[list[str] | None, typer.Argument(metavar="QUERY", show_default=False)] = None,
    region: Region = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="ID", help="Only this document: its id, number or title.")
    ] = None,
    part: Annotated[
        str | None, typer.Option("--part", metavar="TITLE", help="Only this plan of a document that holds several.")
    ] = None,
    department: Annotated[
        list[str] | None,
        typer.Option("--department", metavar="NAME", help="Only clauses this department is responsible for."),
    ] = None,
    lead: Annotated[bool, typer.Option("--lead", help="Only where the department is named first.")] = False,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only such clauses: article, item, closing …")
    ] = None,
    in_force_on: Annotated[
        str | None, typer.Option("--in-force-on", metavar="DATE", help="Only documents in force on this day.")
    ] = None,
    money: Annotated[
        bool | None, typer.Option("--money/--no-money", help="Only clauses that state a sum of money, or none.")
    ] = None,
    sort: Annotated[
        str, typer.Option("--sort", metavar="ORDER", help="relevance, document, or date (issued last first).")
    ] = "relevance",
    page: Annotated[int, typer.Option("--page", min=1, help="Which page of the results.")] = 1,
    limit: Annotated[
        int, typer.Option("--page-size", "--limit", min=1, max=100, help="How many clauses on a page.")
    ] = 10,
    as_json: Json = False,
) -> None:
    """Find clauses by words, “exact phrases”, document number, or who is responsible."""
    from assistant.finding.search_query import SearchFilters, make_query

    filters = SearchFilters(
        region=region,
        document=document,
        part=part,
        department=department,
        lead_only=lead,
        kind=kind,
        in_force_on=in_force_on,
        has_money=money,
        sort=sort,
        page=page,
        page_size=limit,
    )
    text = " ".join(query or ())
    if not text and not any((region, document, part, department, kind, in_force_on, money is not None)):
        raise typer.BadParameter("Give words to search for, or a filter such as --department.", ctx=context)
    found = open_assistant().search(make_query(text, filters))
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    from assistant.faces.cli.terminal import make_console, print_results

    print_results(make_console(), found)


@app.command(
    epilog="""\b
Example (`search` shows the ids):
  policy-assistant clause "sanming-2020-twelve-measures#三"
"""
)
def clause(
    clause_id: Annotated[str, typer.Argument(metavar="ID", show_default=False)],
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Show a clause in full with its neighbours, departments and validity."""
    from assistant.validation import parse_date

    on = parse_date(as_of) if as_of is not None else date.today()
    view = open_assistant().clause(clause_id)
    if as_json:
        from dataclasses import asdict

        fields = asdict(view.clause)
        fields["document"] = _document_fields(view.document, on)
        fields["previous"] = view.previous.id if view.previous else None
        fields["next"] = view.next.id if view.next else None
        echo_json(fields)
        return
    from assistant.faces.cli.terminal import make_console, print_clause

    print_clause(make_console(), view, on)


@app.command()
def documents(as_json: Json = False) -> None:
    """List the documents, with region, number and validity."""
    from corpus.collection import read_folder
    from corpus.readers.store import TextStore

    chosen = settings()
    shelf = read_folder(chosen.documents_dir, chosen.reading_limits, TextStore(chosen.texts_dir)).collection.documents
    on = date.today()
    if as_json:
        echo_json([_document_fields(document, on) for document in shelf])
        return
    from assistant.faces.cli.terminal import make_console, print_documents

    print_documents(make_console(), shelf, on)


def _document_fields(document: "Document", on: date) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "id": document.id,
        **asdict(document.metadata),
        "in_force": document.metadata.in_force(on),
        "clauses": len(document.leaves),
        "digest": document.digest,
    }


@app.command(
    epilog="""\b
Example:
  echo '{"id": "1", "text": "按投资额的20%给予补助,最高500万元。"}' | policy-assistant extract --jsonl
"""
)
def extract(
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read clauses from standard input, one JSON object a line: {"id", "text"}.')
    ] = False,
) -> None:
    """Read the subsidy rules that clauses state; needs no index."""
    from assistant.clause.extraction import extract_rules
    from assistant.faces.cli.batch import ExtractLine, process

    if not jsonl:
        command = "policy-assistant extract --jsonl < clauses.jsonl"
        raise InputError(f"Clauses are read from standard input, one JSON object a line: {command}")

    def rules(line: ExtractLine) -> str:
        found = [rule.model_dump(mode="json") for rule in extract_rules(line.text)]
        return json.dumps({"id": line.id, "rules": found}, ensure_ascii=False)

    _print_lines(process(sys.stdin.buffer, ExtractLine, rules))


cli_rules.register(app)


@app.command()
def build(
    force: Annotated[bool, typer.Option("--force", help="Build even when the index is complete and current.")] = False,
) -> None:
    """Build the index of the documents; does nothing when it is current, and waits while another build runs.

    Read are .txt, .md, .html, .mhtml, .docx, .xlsx, .pdf, pictures and scans (with the extra ocr), and, where
    LibreOffice is installed, .doc, .wps, .rtf, .odt, .xls and .et; also in sub-folders and ZIP archives. For every file
    that gives no document the command says why: it was skipped, or it was refused. How long and with how much memory
    one file may be read is set by POLICY_READ_SECONDS and POLICY_READ_MEGABYTES.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from assistant.build import build_snapshot
    from assistant.faces.cli.files import account
    from assistant.faces.cli.terminal import make_console

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = make_console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        files = bar.add_task("reading the files", total=None)
        task = bar.add_task("building the index", total=None)
        chosen = settings()
        result = build_snapshot(
            chosen,
            lambda done, total: bar.update(task, completed=done, total=total),
            force=force,
            on_read=lambda done, total: bar.update(files, completed=done, total=total),
            on_wait=lambda: typer.echo(f"The index in {chosen.index_dir} is being built; waiting for it.", err=True),
        )
    for line in account(result.files):
        typer.echo(line)
    state = "is built" if result.rebuilt else "is current"
    typer.echo(f"The index {state}: {result.passages} passages of {result.documents} documents in {result.folder}")


@app.command(name="eval")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", show_default=False)],
    failures: Annotated[bool, typer.Option(help="Show each answer that is not wholly right.")] = True,
    as_json: Json = False,
) -> None:
    """Score the answers against questions with expected answers, and time them."""
    from rich.progress import track

    from assistant import evaluation
    from assistant.faces.cli.terminal import make_console, print_failures, print_report

    questions = evaluation.load_gold(gold)
    assistant = open_assistant()
    warm_up = questions[0]
    assistant.ask(warm_up.question, history=warm_up.history)  # so that times are those with everything loaded
    asked = track(questions, "asking", console=make_console(stderr=True), transient=True)
    outcomes = evaluation.evaluate(assistant, asked)
    report = evaluation.report(outcomes)
    if as_json:
        typer.echo(report.model_dump_json(indent=2))
        return
    console = make_console()
    if failures:
        print_failures(console, outcomes)
        console.print()
    print_report(console, report)


cli_service.register(app)


def _print_error(error: Exception) -> None:
    print(f"error: {error}", file=sys.stderr)


def _check_argument(argument: str, number: int) -> None:
    """InputError for an argument whose bytes are no UTF-8: it could be neither looked up nor printed."""
    try:
        argument.encode()
    except UnicodeEncodeError:
        raise InputError(
            f"Argument {number} is not UTF-8 text; give it in UTF-8, or rename the file it names."
        ) from None


def main() -> None:
    """Run the command line; an error meant for a person is one line on standard error and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # whatever the locale: JSON is UTF-8
    with reported_errors():
        for number, argument in enumerate(sys.argv[1:], start=1):
            _check_argument(argument, number)
        app()


@contextmanager
def reported_errors() -> Iterator[None]:
    """Turn an error meant for a person into one line on standard error and exit status 2."""
    try:
        yield
    except PolicyError as error:
        _print_error(error)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)  # 128 + SIGINT, as shells count


if __name__ == "__main__":
    main()
