"""Which of the asker's facts a clause measures. A fact that measures something else must never be the base."""

from decimal import Decimal

import pytest

from assistant.language.lexicon import shipped_lexicon
from assistant.matching import binding
from assistant.question.situation import Fact, read_facts
from corpus.script import fold


def facts_of(text: str) -> list[Fact]:
    return read_facts(fold(text), shipped_lexicon())


def bound_value(metric: str, text: str, unit: str = "yuan") -> Decimal | None:
    bound = binding.bind(metric, facts_of(text), shipped_lexicon(), unit)
    return bound.value if bound else None


@pytest.mark.parametrize(
    ("metric", "text", "value"),
    [
        ("场地租金实际支出", "房租40万", 400_000),
        ("场地租金实际支出", "租金40万,营收3000万", 400_000),
        ("场地租金实际支出", "营收3000万,租金40万", 400_000),
        ("实际投入", "技改投了800万,营收5亿", 8_000_000),
        ("实际投入", "營收5億,投入８００萬", 8_000_000),
        ("实际投入", "we invested RMB 8 million, our revenue is RMB 500 million", 8_000_000),
        ("配套额", "营收8亿,配套额3000万", 30_000_000),
        ("年度营业收入", "投了800万,营收5亿", 500_000_000),
        ("固定资产投入", "买设备花了50万", 500_000),
        ("国拨经费", "总投入5000万,国拨经费2000万", 20_000_000),
        ("实际国拨经费", "项目总盘子1500万,里头国家拨下来实际到手620万,剩下880万自己掏", 6_200_000),
        ("实际国拨经费", "專案總共1500萬,中央撥下來的是620萬,自籌880萬", 6_200_000),
        ("固定资产投资总额", "固投2.4亿,其中设备1.4亿,土建1亿", 240_000_000),
        ("设备投资", "总投资5000万,其中设备投资3000万,土建2000万", 30_000_000),
        ("年度用能费用和物流费用", "电费260万、天然气40万、自来水30万、运费120万", 4_200_000),
        ("年度用能费用和物流费用", "运费120万,电费260万,天然气40万,人工500万,房租80万", 4_200_000),
        ("年度用能费用和物流费用", "electricity 2.6m, gas 400k, tap water 300k and freight 1.2m", 4_200_000),
        ("实际支付利息", "贷款1000万,利息50万", 500_000),
        ("实际投入", "1800万能补多少", 18_000_000),
    ],
)
def test_the_fact_that_is_measured_is_bound(metric: str, text: str, value: int) -> None:
    assert bound_value(metric, text) == value


@pytest.mark.parametrize(
    ("metric", "text"),
    [
        ("场地租金实际支出", "营收3000万"),
        ("实际投入", "营收5亿"),
        ("实际投入", "产值3亿"),
        ("实际投入", "纳税500万"),
        ("实际投入", "获得融资5000万"),
        ("实际投入", "贷款1000万"),
        ("实际投入", "投了5000万美元"),
        ("年度营业收入", "投资了2000万"),
        ("实际投入", "送了12名工人"),
        ("实际投入", "成立3年"),
        ("实际投入", "注册资本5000万"),
        ("实际投入", "被罚款50万"),
        ("实际投入", "政府基金投了2000万给我们"),
        ("实际投入", "拿到风投2000万"),
        ("实际投入", "投资回报1000万"),
        ("实际投入", "工资总额300万"),
        ("场地租金实际支出", "装修花了40万"),
        ("年度用能费用和物流费用", "设备投资3000万"),
        ("场地租金实际支出", "研发投入40万"),
        ("配套额", "营收8亿"),
    ],
)
def test_a_fact_that_measures_something_else_is_not_bound(metric: str, text: str) -> None:
    assert bound_value(metric, text) is None


@pytest.mark.parametrize("text", ["500万、300万", "有500万和300万", "500万还有300万"])
def test_of_two_unnamed_sums_none_is_chosen(text: str) -> None:
    assert bound_value("实际投入", text) is None


@pytest.mark.parametrize(
    ("metric", "text"),
    [
        ("实际投入", "一期投了500万,二期投了800万"),
        ("实际投入", "投了100万和200万"),
    ],
)
def test_two_sums_that_fit_equally_well_are_not_settled_by_their_order(metric: str, text: str) -> None:
    first = {fact.value for fact in facts_of(text) if fact.unit == "yuan"}
    value = bound_value(metric, text)
    assert len(first) == 2
    assert value not in first


@pytest.mark.parametrize(
    ("metric", "text", "value"),
    [
        ("场地租金实际支出", "租金去年30万,今年50万", 500_000),
        ("场地租金实际支出", "今年租金50万,去年租金30万", 500_000),
        ("配套额", "去年配套额900万,今年1200万", 12_000_000),
        ("年度营业收入", "营收从4亿涨到6亿", 600_000_000),
    ],
)
def test_of_an_earlier_and_a_present_sum_the_present_counts(metric: str, text: str, value: int) -> None:
    assert bound_value(metric, text) == value


@pytest.mark.parametrize("text", ["每月租金5万", "月租5万", "租金每个月5万"])
def test_a_monthly_sum_is_not_the_whole(text: str) -> None:
    assert bound_value("场地租金实际支出", text) != 50_000


@pytest.mark.parametrize("text", ["原来说投800万,改成1310万", "不是投800万,是投1310万", "投了800万,不对,投了1310万"])
def test_a_correction_within_a_turn_holds(text: str) -> None:
    assert bound_value("实际投入", text) != 8_000_000


# ── metrics that are sums ──


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("电费120万,运费90万", 2_100_000),
        ("用能费用和物流费用合计210万", 2_100_000),
        ("电费120万物流90万合计210万", 2_100_000),
        ("electricity cost RMB 1.2 million, freight RMB 0.9 million", 2_100_000),
        ("电费120万、运费90万", 2_100_000),
        ("电费一年120万,运费90万", 2_100_000),
        ("电费150万,气费60万", 2_100_000),
    ],
)
def test_parts_of_a_metric_that_is_a_sum_are_added_once(text: str, total: int) -> None:
    assert bound_value("年度用能费用和物流费用", text) == total


@pytest.mark.parametrize(
    ("metric", "text", "value"),
    [
        ("年度用能费用", "电费120万物流90万合计210万", 1_200_000),
        ("年度用能费用和物流费用", "电费120万,物流90万,一共300万", None),
        ("实际投入", "一期投了500万,二期投了800万,合计1300万", 13_000_000),
    ],
)
def test_a_total_beside_its_parts_counts_once(metric: str, text: str, value: int | None) -> None:
    assert bound_value(metric, text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("花了40万", 400_000),
        ("场地花了40万", 400_000),
        ("租金补多少,我们付了40万", 400_000),
        ("搬家花了40万", None),
        ("we spent RMB 400,000 on premises", 400_000),
        ("we spent RMB 400,000 on decoration", None),
    ],
)
def test_money_spent_is_the_rent_only_where_nothing_else_is_named(text: str, value: int | None) -> None:
    assert bound_value("场地租金实际支出", text) == value


def test_a_deposit_is_not_the_rent() -> None:
    assert bound_value("场地租金实际支出", "房租押金10万,租金20万") == 200_000


def test_only_one_thing_is_bound_to_a_metric_that_is_no_sum() -> None:
    assert bound_value("年度用能费用", "电费120万,运费90万") == 1_200_000


# ── counted things ──


@pytest.mark.parametrize(
    ("per", "text", "value"),
    [
        ("人", "送了12名工人", 12),
        ("每人", "送了12个工人", 12),
        ("名", "送了12人", 12),
        ("场次", "办了12场对接会", 12),
        ("场", "办了12场对接会", 12),
        ("台", "买了7台机床", 7),
        ("亩", "拿地50亩", 50),
        ("平方米", "租了300平方米", 300),
        ("人", "送了30人但只有18人干满6个月", 18),
        ("场次", "送了12名工人", None),
        ("人", "办了12场对接会", None),
        ("亩", "租了300平方米", None),
        ("平方米", "拿地50亩", None),
        ("人", "介绍了十来个工人", None),
        ("人", "干满6个月", None),
        ("台", "办了12场对接会", None),
    ],
)
def test_units_are_bound_to_what_is_counted(per: str, text: str, value: int | None) -> None:
    fact = binding.bind_units(per, facts_of(text))
    assert (fact.value if fact else None) == value


@pytest.mark.parametrize("text", ["我们公司50个员工", "我们厂有200名职工"])
def test_the_companys_own_staff_is_not_what_a_placement_grant_counts(text: str) -> None:
    assert binding.bind_units("人", facts_of(text)) is None


# ── affinity ──


def test_affinity_lies_between_nothing_and_certainty() -> None:
    for metric in ("实际投入", "营业收入", "场地租金实际支出", "", "x"):
        for text in ("投了800万", "营收5亿", "800万", "rent of RMB 4 million"):
            for fact in facts_of(text):
                assert 0 <= binding.affinity(metric, fact, shipped_lexicon()) <= 1


def test_a_fact_of_another_measure_has_no_affinity() -> None:
    (fact,) = facts_of("营收5亿")
    assert binding.affinity("实际投入", fact, shipped_lexicon()) == 0


def test_the_clauses_own_words_bind_surely() -> None:
    (fact,) = facts_of("固定资产投入800万")
    assert binding.affinity("固定资产投入", fact, shipped_lexicon()) >= binding.BOUND


def test_no_facts_bind_nothing() -> None:
    assert binding.bind("实际投入", (), shipped_lexicon()) is None
    assert binding.bind_units("人", ()) is None


@pytest.mark.parametrize(
    "text",
    [
        "设备一分没投,信息化投了60万",
        "信息化投了60万,别的固定资产没投",
        "we invested RMB 600,000 in information systems, nothing on equipment",
    ],
)
def test_nothing_spent_on_one_thing_is_no_base_beside_what_was_on_another(text: str) -> None:
    assert bound_value("实际投入", text) == 600_000


def test_nothing_spent_is_the_value_of_just_that_thing() -> None:
    assert bound_value("固定资产投入", "固定资产一分没投") == 0
    assert bound_value("实际投入", "固定资产一分没投") == 0


@pytest.mark.parametrize("text", ["刚添了80万的固定资产", "上了80萬元的固定資產", "买了80万块钱的固定资产"])
def test_what_stands_behind_a_sum_says_what_it_is_of(text: str) -> None:
    assert bound_value("固定资产投入", text) == 800_000
