"""The policy check-up on the command line and from Python: files, the interview, and every kind of wrong profile."""

import json
import subprocess
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.answering.checkup import Checkup, Group
from assistant.faces.cli.interview import interview, read_money
from assistant.question.profile import Profile, Size
from corpus.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

Run = Callable[..., "subprocess.CompletedProcess[str]"]

DAY = "2021-06-01"
RENTING = {"name": "某某公司", "region": "成都", "size": "小型", "industry": ["小企业创业基地"], "rent": 400_000}
SMART = {"projects": [{"name": "智能工厂改造", "investment": 18_000_000}]}


@pytest.fixture
def write(tmp_path: Path) -> Callable[[object], str]:
    def write(content: object) -> str:
        path = tmp_path / "profile.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return str(path)

    return write


def test_a_checkup_shows_three_groups_figures_and_totals(run: Run, write: Callable[[object], str]) -> None:
    done = run("match", write({**RENTING, **SMART}), "--as-of", DAY)
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "某某公司",
        "符合条件 (1)",
        "满足下列条件即可申请 (",
        "不符合 (",
        "现行有效",
        "可确定同时申请: 20万元",
    ):
        assert words in done.stdout
    assert "40万元 × 50% = 20万元" in done.stdout
    assert "最高 360万元" in done.stdout
    assert "\x1b" not in done.stdout


def test_json_is_one_checkup(run: Run, write: Callable[[object], str]) -> None:
    checkup = Checkup.model_validate_json(run("match", write(RENTING), "--as-of", DAY, "--json").stdout)
    assert (checkup.as_of, checkup.region, checkup.certain_total) == (date(2021, 6, 1), "成都", 200_000)


def test_out_of_force_nothing_is_granted_and_the_reason_is_said(run: Run, write: Callable[[object], str]) -> None:
    done = run("match", write(RENTING), "--as-of", "2026-11-22")
    assert "符合条件 (0)" in done.stdout
    assert "失效" in done.stdout
    assert "可确定同时申请: 0元" in done.stdout


def test_the_region_of_the_command_comes_before_that_of_the_profile(run: Run, write: Callable[[object], str]) -> None:
    own = run("match", write(RENTING), "--as-of", "2020-10-01", "--json")
    named = run("match", write(RENTING), "--as-of", "2020-10-01", "--region", "三明", "--json")
    regions = [{m["citation"]["region"] for m in json.loads(done.stdout)["matches"]} for done in (own, named)]
    assert regions == [{"成都"}, {"三明"}]


def test_the_documents_own_words_on_combining_are_shown(run: Run, write: Callable[[object], str]) -> None:
    done = run("match", write({}), "--region", "三明", "--as-of", "2020-10-01")
    assert "按就高不重复的原则兑现" in done.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"turnover": 5}, ("turnover", "profile.json")),
        ({"revenue": -1}, ("revenue", "greater than or equal to 0")),
        ({"headcount": "many"}, ("headcount", "integer")),
        ({"projects": [{"name": "x", "cost": 5}]}, ("projects.0.cost",)),
        ({"region": "苏州"}, ("苏州", "成都")),
        ("{", ("profile.json", "JSON")),
        ("[]", ("profile.json",)),
    ],
)
def test_a_wrong_profile_is_one_sentence(
    run: Run, write: Callable[[object], str], content: object, words: tuple[str, ...]
) -> None:
    done = run("match", write(content))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    assert all(word in done.stderr for word in words), done.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("nothing-here.json",), "nothing-here.json"),
        ((), "--interactive"),
        (("x.json", "--interactive"), "--interactive"),
        (("--schema", "--interactive"), "--schema"),
        (("--interactive", "--region", "苏州"), "苏州"),
        (("--interactive", "--as-of", "soon"), "soon"),
    ],
)
def test_wrong_arguments_are_one_sentence(run: Run, arguments: tuple[str, ...], word: str) -> None:
    done = run("match", *arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    assert word in done.stderr


def test_the_schema_describes_every_field(run: Run) -> None:
    schema = json.loads(run("match", "--schema").stdout)
    assert set(schema["properties"]) == set(Profile.model_fields)
    assert schema["additionalProperties"] is False


# ── the interview ──


def asked(entries: Iterable[str]) -> tuple[Profile, list[str], list[str]]:
    """The profile from entries typed one after the other, the questions, and what was said between them."""
    answers = iter(entries)
    questions: list[str] = []
    told: list[str] = []

    def ask(question: str) -> str:
        questions.append(question)
        assert len(questions) < 100, "the same question is asked for ever"
        return next(answers, "")

    return interview(ask, told.append), questions, told


def test_enter_skips_every_question() -> None:
    profile, questions, told = asked([])
    assert profile == Profile()
    assert len(questions) == len(Profile.model_fields)
    assert len(told) == 1


def test_entries_become_the_profile() -> None:
    head = ["某某公司", "成都", "集成电路材料、集成电路设备", "中型", "省级专精特新企业", "1.2亿", "1800万"]
    rest = ["", "18000000", *[""] * 7, "30"]
    profile, _, told = asked([*head, *rest])
    assert len(told) == 1, told
    assert profile.industry == ("集成电路材料", "集成电路设备")
    assert profile.size is Size.MEDIUM
    assert (profile.revenue, profile.energy_cost, profile.rent) == (120_000_000, 18_000_000, 18_000_000)
    assert (profile.freight_cost, profile.workers_supplied) == (None, 30)


def test_a_wrong_entry_is_told_in_one_sentence_and_asked_again() -> None:
    profile, questions, told = asked(["", "", "", "巨型", "小型", "", "很多", "500万"])
    assert profile == Profile(size=Size.SMALL, revenue=Decimal(5_000_000))
    assert [question.split()[0] for question in questions[3:8]] == [
        "size",
        "size",
        "certificates",
        "revenue",
        "revenue",
    ]
    assert len(told) == 3
    assert "很多" in told[2]
    assert all("\n" not in line for line in told)


def test_several_projects_are_asked_for_until_one_is_skipped() -> None:
    before = len(Profile.model_fields) - 1  # the last field holds the projects
    profile, _, _ = asked([*[""] * before, "智能工厂改造", "1800万", "", "", "", "扩建", "", "", "", "", ""])
    assert [(p.name, p.investment) for p in profile.projects] == [("智能工厂改造", 18_000_000), ("扩建", None)]


def test_a_customer_without_a_sum_is_asked_for_the_sum_again() -> None:
    before = len(Profile.model_fields) - 2
    profile, _, told = asked([*[""] * before, "世界500强企业", "", "3000万"])
    assert profile.sales[0].amount == 30_000_000
    assert len(told) == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1800万", 18_000_000), ("1.2亿", 120_000_000), ("18000000", 18_000_000), ("18,000,000", 18_000_000),
        ("1800万元", 18_000_000), ("三百万", 3_000_000), (" 40 万 ", 400_000), ("0", 0),
    ],
)  # fmt: skip
def test_money_as_people_write_it(text: str, value: int) -> None:
    assert read_money(text) == value


@pytest.mark.parametrize(
    "text", ["", "-5万", "约1800万", "1800万以上", "500-800万", "5万美元", "20%", "10人", "5万和6万", "lots"]
)
def test_what_is_no_single_sum_in_yuan_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="1800万"):
        read_money(text)


def test_the_interview_on_the_command_line_keeps_standard_output_for_json(run: Run) -> None:
    answers = ["", "成都", "小企业创业基地", "小型", "", "", "", "", "40万", *[""] * 20]
    done = run("match", "--interactive", "--as-of", DAY, "--json", stdin="\n".join(answers) + "\n")
    assert done.returncode == 0
    assert Checkup.model_validate_json(done.stdout).certain_total == 200_000
    assert "rent" in done.stderr


def test_entries_that_end_too_early_are_one_sentence(run: Run) -> None:
    done = run("match", "--interactive", stdin="\n成都\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith("error: The entries ended")


# ── from Python ──


def test_match_rules_and_explain_from_python(assistant: "PolicyAssistant") -> None:
    checkup = assistant.match(Profile.model_validate(RENTING), as_of=date(2021, 6, 1))
    assert [match.figures[0].amount for match in checkup.group(Group.ELIGIBLE)] == [200_000]
    assert assistant.match(Profile.model_validate(RENTING), date(2021, 6, 1), region="成都市").region == "成都"
    clause_id = assistant.rules(region="成都")[0].clause_id
    assert assistant.explain(clause_id)[0].rules
    with pytest.raises(UnknownNameError, match="苏州"):
        assistant.match(Profile(region="苏州"))
