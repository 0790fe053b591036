"""The enterprise profile: what it takes, what it refuses, and the facts it states."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.language.lexicon import shipped_lexicon
from assistant.matching.binding import bind
from assistant.question.profile import Profile, Project, Sale, Size, load_profile
from corpus.errors import InputError

WHOLE = {
    "name": "某某显示材料有限公司",
    "region": "成都",
    "industry": ["新型显示", "玻璃基板"],
    "size": "中型",
    "certificates": ["省级专精特新企业"],
    "revenue": "500000000",
    "energy_cost": 1200000,
    "freight_cost": 900000,
    "rent": "400000.50",
    "workers_supplied": 12,
    "sales": [{"customer": "世界500强企业", "amount": "30000000"}],
    "projects": [{"name": "智能工厂改造", "investment": "18000000", "fixed_assets": "9000000"}],
}


def write(folder: Path, content: object) -> Path:
    path = folder / "profile.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_whole_profile_is_read(tmp_path: Path) -> None:
    profile = load_profile(write(tmp_path, WHOLE))
    assert profile.size is Size.MEDIUM
    assert profile.rent == Decimal("400000.50")
    assert profile.sales == (Sale(customer="世界500强企业", amount=Decimal(30_000_000)),)


def test_an_empty_profile_is_a_profile(tmp_path: Path) -> None:
    profile = load_profile(write(tmp_path, {}))
    assert profile == Profile()
    assert profile.facts(shipped_lexicon()) == ()
    assert profile.words() == ""


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load_profile(write(tmp_path, "\ufeff{}")) == Profile()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ({"turnover": 5}, "turnover"),
        ({"revenue": -1}, "revenue"),
        ({"revenue": "lots"}, "revenue"),
        ({"revenue": "NaN"}, "revenue"),
        ({"revenue": "Infinity"}, "revenue"),
        ({"revenue": 1e15}, "revenue"),
        ({"size": "巨型"}, "size"),
        ({"workers_supplied": 2.5}, "workers_supplied"),
        ({"workers_supplied": -3}, "workers_supplied"),
        ({"name": ""}, "name"),
        ({"certificates": "省级"}, "certificates"),
        ({"projects": [{"investment": 1}]}, "projects.0.name"),
        ({"sales": [{"customer": "x"}]}, "sales.0.amount"),
        ([], "profile.json"),
        ("{", "profile.json"),
        ("", "profile.json"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_file(tmp_path: Path, content: object, word: str) -> None:
    with pytest.raises(InputError) as caught:
        load_profile(write(tmp_path, content))
    assert word in str(caught.value)
    assert "profile.json" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "yuan"),
    [("76万元", 760_000), ("76万", 760_000), ("1.2亿元", 120_000_000), ("18,000,000", 18_000_000), ("40", 40)],
)
def test_money_may_be_written_in_words(written: str, yuan: int) -> None:
    assert Profile.model_validate({"rent": written}).rent == yuan
    assert Project.model_validate({"name": "冷库", "investment": written}).investment == yuan


@pytest.mark.parametrize("written", ["大约76万元", "50到80万元", "76万元和5万元", "76万美元", "很多", "-5万元"])
def test_money_that_is_no_single_sum_in_yuan_names_its_field(tmp_path: Path, written: str) -> None:
    with pytest.raises(InputError, match="rent"):
        load_profile(write(tmp_path, {"rent": written}))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing-here\.json"):
        load_profile(tmp_path / "nothing-here.json")


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    path.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(InputError, match="UTF-8"):
        load_profile(path)


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("年度营业收入", 500_000_000),
        ("场地租金实际支出", Decimal("400000.50")),
        ("年度用能费用和物流费用合计", 2_100_000),
        ("年度配套额", 30_000_000),
        ("固定资产投入", 9_000_000),
    ],
)
def test_each_field_is_a_fact_that_clauses_can_measure(metric: str, value: Decimal) -> None:
    facts = Profile.model_validate(WHOLE).facts(shipped_lexicon())
    bound = bind(metric, facts, shipped_lexicon())
    assert bound is not None
    assert bound.value == value


def test_revenue_alone_is_not_supply_to_a_customer() -> None:
    profile = Profile(revenue=Decimal(800_000_000))
    bound = bind("年度配套额", profile.facts(shipped_lexicon()), shipped_lexicon())
    assert bound is None or bound.affinity < 0.5


def test_words_hold_what_the_enterprise_is() -> None:
    words = Profile.model_validate(WHOLE).words()
    for word in ("新型显示", "省级专精特新企业", "中型企业", "智能工厂改造", "世界500强企业"):
        assert word in words
    assert "某某" not in words


def test_a_project_may_be_only_a_name() -> None:
    assert Profile(projects=(Project(name="智能工厂"),)).facts(shipped_lexicon()) == ()
