"""Random requests to a served process: none is a fault of ours. `tests/benchmarks/random_requests.py` sends more."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from assistant.settings import Settings

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"
pytestmark = pytest.mark.slow


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, ModuleType]:
    """The script that makes and sends the requests, and what starts the server for it."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "modules", {**sys.modules})
    served = _script("served")
    return _script("random_requests"), served


def test_no_random_request_is_a_fault_of_ours(
    scripts: tuple[ModuleType, ModuleType], built_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    script, served = scripts
    variables = {"POLICY_HEADER_TIMEOUT": "1", "POLICY_BODY_TIMEOUT": "1"}
    variables["POLICY_INDEX_DIR"] = str(built_settings.index_dir)
    with served.serving(None, **variables) as running:
        findings = script.fuzz(running.port, count=1000, seed=int(os.environ.get("POLICY_TEST_SEED", "1")), limit=60)
        well = script.report(running, findings, 1)
    assert well, capsys.readouterr().out
    assert sum(findings.statuses.values()) == 1000
    assert {"200", "400", "404", "405", "422"} <= set(findings.statuses)
