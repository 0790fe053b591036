"""Imports run one way: ui → assistant → index → corpus, and inside assistant from each stage to those before it."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT: dict[str, set[str]] = {
    "corpus": set(),
    "index": {"corpus"},
    "assistant": {"corpus", "index"},
    "ui": {"assistant"},
}
# The stages of the way from words to an answer; each may import itself and those before it, and `answer`, `settings`
# and `validation`, which stand beside them. docs/architecture.md tells what each is for.
STAGES = (
    "language",
    "clause",
    "question",
    "matching",
    "figures",
    "finding",
    "answering",
    "service",
    "serving",
    "faces",
)
BESIDE = {"answer", "settings", "validation"}
FLAT = {*BESIDE, "__init__", "service", "build", "evaluation"}


def files_of(name: str) -> list[Path]:
    module = ROOT / f"{name}.py"
    return [module] if module.is_file() else sorted((ROOT / name).rglob("*.py"))


def imports_of(file: Path) -> Iterator[tuple[int, str]]:
    """Line and top-level name of each import, also those inside functions."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.relative_to(ROOT)}:{node.lineno} imports relatively"
            yield node.lineno, (node.module or "").partition(".")[0]


@pytest.mark.parametrize("name", MAY_IMPORT)
def test_imports_only_the_packages_below_it(name: str) -> None:
    files = files_of(name)
    assert files, f"no files of {name} found"
    upward = set(MAY_IMPORT) - MAY_IMPORT[name] - {name}
    wrong = [
        f"{file.relative_to(ROOT)}:{line} imports {imported}"
        for file in files
        for line, imported in imports_of(file)
        if imported in upward
    ]
    assert wrong == []


@pytest.mark.parametrize("name", MAY_IMPORT)
def test_the_name_is_our_module_and_not_another_distribution(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__file__ is not None
    assert Path(module.__file__).is_relative_to(ROOT)


def test_only_the_page_imports_gradio() -> None:
    packages = [name for name in MAY_IMPORT if name != "ui"]
    files = [file for name in packages for file in files_of(name)]
    importing = [file.name for file in files if any(imported == "gradio" for _, imported in imports_of(file))]
    assert files
    assert importing == []


def stages_of(file: Path) -> Iterator[tuple[int, str]]:
    """Line and stage of each import of the package ``assistant``, also those inside functions."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "assistant":
            stage = (node.module or "").split(".")[1:2]
            yield from ((node.lineno, name) for name in stage or [alias.name for alias in node.names])


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_only_those_before_it(stage: str) -> None:
    before = {*STAGES[: STAGES.index(stage) + 1], *BESIDE} | ({"build", "evaluation"} if stage == "faces" else set())
    files = [
        file
        for file in files_of("assistant")
        if file.relative_to(ROOT / "assistant").parts[0].removesuffix(".py") == stage
    ]
    wrong = [
        f"{file.relative_to(ROOT)}:{line} imports {imported}"
        for file in files
        for line, imported in stages_of(file)
        if imported not in before
    ]
    assert files
    assert wrong == []


def test_only_what_is_of_no_stage_stands_flat() -> None:
    assert {file.stem for file in (ROOT / "assistant").glob("*.py")} == FLAT
    assert {folder.parent.name for folder in (ROOT / "assistant").glob("*/__init__.py")} <= set(STAGES)


def test_of_the_answering_only_what_is_still_to_be_moved_reads_text_by_patterns() -> None:
    reading = {
        file.name
        for file in (ROOT / "assistant" / "answering").glob("*.py")
        if "re" in {imported for _, imported in imports_of(file)}
    }
    assert reading <= {"answering.py", "programme.py"}


def test_words_for_people_stand_in_the_phrase_book_alone() -> None:
    assert not list((ROOT / "assistant" / "faces").rglob("words.toml"))
    assert (ROOT / "assistant" / "answering" / "phrases.toml").is_file()
