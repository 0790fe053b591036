"""The distribution holds all it needs, declares all it imports, and every command works."""

import ast
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("assistant", "index", "corpus")
DATA = (".txt", ".toml", ".csv", ".tsv", ".css", ".pdf", ".docx", ".html", ".js", ".svg")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files of a wheel built from a copy of the tree, without a network."""
    source = tmp_path_factory.mktemp("source")
    for name in (*PACKAGES, "ui.py", "pyproject.toml", "README.md", "LICENSE"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source)
    build = "from setuptools.build_meta import build_wheel; print(build_wheel('dist'))"
    done = subprocess.run([sys.executable, "-c", build], cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(source / "dist" / done.stdout.splitlines()[-1]) as wheel:
        return set(wheel.namelist())


@pytest.mark.slow
def test_the_wheel_holds_every_module_and_data_file(wheel_names: set[str]) -> None:
    files = [file for name in PACKAGES for file in (ROOT / name).rglob("*") if file.is_file()]
    wanted = {str(file.relative_to(ROOT)) for file in files if file.suffix == ".py" or file.suffix in DATA}
    assert len(wanted) > 20
    assert wanted | {"ui.py"} <= wheel_names


@pytest.mark.slow
def test_the_wheel_holds_no_tests(wheel_names: set[str]) -> None:
    top_level = {name.partition("/")[0] for name in wheel_names if ".dist-info/" not in name}
    assert top_level == {*PACKAGES, "ui.py"}


def test_every_imported_distribution_is_declared(project: dict[str, Any]) -> None:
    extras = project["project"]["optional-dependencies"]
    declared = [*project["project"]["dependencies"], *(line for lines in extras.values() for line in lines)]
    names = {normal(line) for line in declared}
    files = [ROOT / "ui.py", *(file for name in PACKAGES for file in (ROOT / name).rglob("*.py"))]
    distributions = packages_distributions()
    undeclared = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in files
        for name in third_party(file)
        if name in distributions and not {normal(d) for d in distributions[name]} & names
    }
    assert undeclared == set()


def normal(requirement: str) -> str:
    name = requirement.split("[")[0]
    for mark in "<>=!~; ":
        name = name.split(mark)[0]
    return name.strip().lower().replace("_", "-")


def third_party(file: Path) -> set[str]:
    own = {*PACKAGES, "ui", *sys.stdlib_module_names}
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names - own


def test_a_default_install_does_not_bring_torch(project: dict[str, Any]) -> None:
    names = {normal(line) for line in project["project"]["dependencies"]}
    assert "faiss-cpu" in names
    assert not {"torch", "sentence-transformers"} & names


def test_it_cannot_be_uploaded_under_a_name_that_others_own(project: dict[str, Any]) -> None:
    assert project["project"]["name"] not in PACKAGES
    assert "Private :: Do Not Upload" in project["project"]["classifiers"]


def test_the_version_stands_in_the_changelog(project: dict[str, Any]) -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {project['project']['version']}" in changelog


@pytest.mark.parametrize("target", ["run", "test", "test-models"])
def test_the_makefile_has_the_target_and_does_nothing_at_reading(target: str) -> None:
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
