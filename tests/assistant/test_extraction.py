"""Extraction: each form of rule, read from clauses written for these tests."""

from decimal import Decimal

import pytest

from assistant.clause.extraction import extract_rules, grants_without_amount, is_entitlement, unread_money
from assistant.clause.rule import Bound, Operator, RuleKind, SubsidyRule


def only(text: str) -> SubsidyRule:
    rules = extract_rules(text)
    assert len(rules) == 1, rules
    return rules[0]


def amounts(text: str) -> list[Decimal | None]:
    return [rule.amount for rule in extract_rules(text)]


def held(rule: SubsidyRule) -> list[tuple[str, str, Decimal, str]]:
    return [(c.metric, c.op.value, c.value, c.unit) for c in rule.conditions]


def test_share_with_a_ceiling() -> None:
    rule = only("对企业购置检测设备的,按设备购置额的12%给予补助,单个企业最高不超过80万元。")
    assert (rule.kind, rule.rate, rule.rate_bound, rule.base) == (
        RuleKind.RATE,
        Decimal("0.12"),
        Bound.EXACT,
        "设备购置额",
    )
    assert (rule.cap, rule.cap_per, rule.amount) == (800_000, "单个企业", None)


def test_share_that_is_itself_a_ceiling() -> None:
    rule = only("按照不超过平台建设费用的25%给予最高60万元补助。")
    assert (rule.rate, rule.rate_bound, rule.base, rule.cap) == (
        Decimal("0.25"),
        Bound.AT_MOST,
        "平台建设费用",
        600_000,
    )


def test_share_and_ceiling_side_by_side() -> None:
    rule = only("给予2.5%、最高40万元的补贴。")
    assert (rule.rate, rule.rate_bound, rule.cap) == (Decimal("0.025"), Bound.EXACT, 400_000)


def test_ceiling_share_and_ceiling_sum_side_by_side() -> None:
    rule = only("给予研发投入最高15%、不超过90万元补助。")
    assert (rule.rate, rule.rate_bound, rule.base, rule.cap) == (Decimal("0.15"), Bound.AT_MOST, "研发投入", 900_000)


def test_share_that_limits_a_ceiling_stated_first() -> None:
    rule = only("给予最高70万元、不超过合同金额20%的补助。")
    assert (rule.kind, rule.rate, rule.rate_bound, rule.base, rule.cap) == (
        RuleKind.RATE,
        Decimal("0.2"),
        Bound.AT_MOST,
        "合同金额",
        700_000,
    )


@pytest.mark.parametrize(
    "text",
    [
        "给予最高120万元奖励。",
        "给予不超过120万元的一次性资助。",
        "最高奖励120万元。",
        "补助金额上限为120万元。",
        "给予120万元以内的补助。",
        "奖励金额以120万元为上限。",
        "单个项目资助额度不高于120万元。",
    ],
)
def test_ceiling_only(text: str) -> None:
    rule = only(text)
    assert (rule.kind, rule.cap, rule.amount, rule.rate) == (RuleKind.CAP_ONLY, 1_200_000, None, None)


@pytest.mark.parametrize(
    "text", ["给予30-60万元奖励。", "给予30万元至60万元的奖励。", "单个项目最低补助30万元,最高补助60万元。"]
)
def test_range_of_sums_is_a_ceiling_with_a_floor(text: str) -> None:
    rule = only(text)
    assert (rule.kind, rule.amount, rule.amount_min, rule.cap) == (RuleKind.CAP_ONLY, None, 300_000, 600_000)


def test_range_of_shares() -> None:
    rule = only("按服务合同额的8%~12%给予补助。")
    assert (rule.rate_min, rule.rate) == (Decimal("0.08"), Decimal("0.12"))


def test_fixed_sum_for_each_recipient() -> None:
    rule = only("对新认定的示范农场,给予每家15万元一次性奖励。")
    assert (rule.kind, rule.amount, rule.per, rule.period) == (RuleKind.FIXED, 150_000, "家", "一次性")


@pytest.mark.parametrize(
    ("text", "amount", "per"),
    [
        ("按每吨60元给予补助。", 60, "吨"),
        ("按60元/吨的标准给予补助。", 60, "吨"),
        ("每台设备补贴3000元。", 3000, "台"),
        ("每辆补贴1.2万元。", 12000, "辆"),
        ("给予每人每月800元的生活补贴。", 800, "人·月"),
        ("每引进1名博士奖励用人单位3万元。", 30000, "名"),
        ("每亩补贴150元。", 150, "亩"),
        ("给予0.08元/千瓦时补贴。", Decimal("0.08"), "千瓦时"),
    ],
)
def test_sum_per_counted_thing(text: str, amount: Decimal, per: str) -> None:
    rule = only(text)
    assert (rule.kind, rule.amount, rule.per) == (RuleKind.PER_UNIT, amount, per)


def test_sum_per_step() -> None:
    rule = only("出口额每增加50万美元奖励2万元,每家企业最高奖励30万元。")
    assert (rule.kind, rule.amount, rule.step, rule.cap) == (RuleKind.PER_UNIT, 20_000, 500_000, 300_000)


def test_ceiling_per_unit_stays_a_ceiling() -> None:
    rule = only("按最高18元/平方米·月给予房租补贴。")
    assert (rule.kind, rule.amount, rule.cap, rule.cap_per) == (RuleKind.CAP_ONLY, None, 18, "平方米·月")


def test_yearly_ceiling_and_number_of_years() -> None:
    rule = only("按照服务投入的40%,每年给予最高50万元补助,连续补助四年。")
    assert (rule.rate, rule.cap, rule.cap_per, rule.years) == (Decimal("0.4"), 500_000, "年", 4)


def test_sum_per_year() -> None:
    rule = only("给予每个协会25万元/年的工作经费补助。")
    assert (rule.kind, rule.amount, rule.per) == (RuleKind.FIXED, 250_000, "年")


def test_instalments_by_share() -> None:
    rule = only("给予落户奖励200万元,分三年按50%、30%、20%比例拨付。")
    assert (rule.amount, rule.years, rule.schedule) == (2_000_000, 3, (Decimal("0.5"), Decimal("0.3"), Decimal("0.2")))


def test_instalments_by_sum_are_one_award() -> None:
    rule = only("对落户的总部,分三年按10万元、20万元、20万元兑现奖励。")
    assert (rule.amount, rule.years, rule.schedule) == (500_000, 3, (Decimal("0.2"), Decimal("0.4"), Decimal("0.4")))


def test_ladder_by_thresholds() -> None:
    rules = extract_rules("对年销售额首次突破2亿元、8亿元、20亿元的商贸企业,分别奖励15万元、40万元、90万元。")
    assert [(rule.amount, held(rule)[0][1:]) for rule in rules] == [
        (150_000, (">", 200_000_000, "yuan")),
        (400_000, (">", 800_000_000, "yuan")),
        (900_000, (">", 2_000_000_000, "yuan")),
    ]
    assert all(rule.ladder for rule in rules)


def test_ladder_whose_separator_was_lost() -> None:
    assert amounts("对新获评国家级、省级、市级的园区,分别给予60万元30万元和10万元奖励。") == [600_000, 300_000, 100_000]


def test_ladder_by_brackets_opens_where_the_next_begins() -> None:
    rules = extract_rules("投资额300-600万元、600-900万元、900万元以上的,分别按3%、4%、5%给予补助。")
    assert [[(op, value) for _, op, value, _ in held(rule)] for rule in rules] == [
        [(">=", 3_000_000), ("<", 6_000_000)],
        [(">=", 6_000_000), ("<", 9_000_000)],
        [(">=", 9_000_000)],
    ]


def test_ladder_told_one_after_the_other() -> None:
    rules = extract_rules("种植面积30至80亩的奖励5000元,80至200亩的奖励1.2万元,200亩以上的奖励3万元。")
    assert [rule.amount for rule in rules] == [5000, 12_000, 30_000]
    assert [(c.op, c.value) for c in rules[1].conditions] == [(Operator.AT_LEAST, 80), (Operator.LESS_THAN, 200)]


@pytest.mark.parametrize(
    "text",
    [
        "对获评国家级、省级、市级称号的,分别给予40万元、20万元、8万元奖励。",
        "奖励标准:国家级40万元,省级20万元,市级8万元。",
        "给予国家级40万元、省级20万元、市级8万元奖励。",
    ],
)
def test_levels_are_dealt_out(text: str) -> None:
    rules = extract_rules(text)
    assert [(rule.amount, held(rule)) for rule in rules] == [
        (400_000, [("国家级", "==", 1, "category")]),
        (200_000, [("省级", "==", 1, "category")]),
        (80_000, [("市级", "==", 1, "category")]),
    ]


def test_one_share_with_two_ceilings_is_two_rules() -> None:
    rules = extract_rules("按照销售价格的20%给予整机最高90万元、部件最高30万元奖励。")
    assert [(rule.rate, rule.cap, held(rule)[0][0]) for rule in rules] == [
        (Decimal("0.2"), 900_000, "整机"),
        (Decimal("0.2"), 300_000, "部件"),
    ]


def test_ladder_that_mixes_sums_and_a_share() -> None:
    rules = extract_rules(
        "年到位资金1000万元以上、3000万元以上、8000万元以上的,分别按20万元、50万元、到位资金的1%给予奖励。"
    )
    assert [(rule.amount, rule.rate) for rule in rules] == [(200_000, None), (500_000, None), (None, Decimal("0.01"))]


def test_awards_that_do_not_match_the_ladder_are_not_read() -> None:
    text = "年产值1亿元、2亿元、3亿元以上的企业,分别奖励10万元、20万元。"
    assert extract_rules(text) == ()
    assert [text[span.start : span.end] for span in unread_money(text)] == ["10万元、20万元"]


def test_share_of_what_exceeds_a_threshold() -> None:
    rule = only("对投资额超过2000万元的部分,按3%给予奖励。")
    assert rule.base == "投资额超过2000万元的部分"
    assert held(rule) == [("投资额", ">", 20_000_000, "yuan")]


def test_uplift_on_top_of_the_award_in_the_same_sentence() -> None:
    rule = only("在给予不超过投入8%、最高50万元补助的基础上,补助金额再上浮30%。")
    assert (rule.rate, rule.rate_bound, rule.base, rule.cap) == (Decimal("0.08"), Bound.AT_MOST, "投入", 500_000)
    assert (rule.uplift, rule.uplift_points, rule.additional) == (Decimal("0.3"), False, True)


def test_uplift_in_points_stands_alone() -> None:
    rule = only("对节水型企业,补助比例再提高3个百分点。")
    assert (rule.uplift, rule.uplift_points, rule.rate, rule.amount, rule.cap) == (
        Decimal("0.03"),
        True,
        None,
        None,
        None,
    )


@pytest.mark.parametrize("text", ["对老区企业加倍奖励。", "获评示范的,奖励标准翻一番。"])
def test_doubling_is_an_uplift_of_one(text: str) -> None:
    assert only(text).uplift == 1


def test_a_new_rate_is_no_uplift() -> None:
    rule = only("属于重点领域的,补助比例提高到18%。")
    assert (rule.rate, rule.uplift) == (Decimal("0.18"), None)


def test_award_on_top_of_another() -> None:
    rule = only("在省级奖励的基础上,再给予12万元配套奖励。")
    assert (rule.amount, rule.additional) == (120_000, True)


def test_interest_subsidy_by_share_of_the_reference_rate() -> None:
    rule = only("对技改贷款,按同期LPR的40%给予贴息,期限不超过2年,每户每年最高100万元。")
    assert (rule.kind, rule.rate, rule.base, rule.years, rule.cap) == (
        RuleKind.INTEREST,
        Decimal("0.4"),
        "同期LPR",
        2,
        1_000_000,
    )


def test_interest_subsidy_in_points() -> None:
    rule = only("贴息1.5个百分点,期限2年。")
    assert (rule.kind, rule.rate, rule.rate_points, rule.years) == (RuleKind.INTEREST, Decimal("0.015"), True, 2)


def test_rent_holiday() -> None:
    rules = extract_rules("对入驻企业给予厂房租金“两免三减半”优惠。")
    assert [(rule.rate, rule.years, rule.implicit_rate) for rule in rules] == [(1, 2, True), (Decimal("0.5"), 3, True)]


def test_free_months_of_rent() -> None:
    rule = only("对承租公有房屋的商户减免4个月租金。")
    assert (rule.rate, rule.base, rule.months) == (1, "租金", 4)


def test_full_share_in_words() -> None:
    rule = only("给予检验费全额补贴,最高2万元。")
    assert (rule.rate, rule.base, rule.cap, rule.implicit_rate) == (1, "检验费", 20_000, True)


def test_distractors_are_not_the_subsidy() -> None:
    rule = only("对投保企业,按不超过2.5%的费率及年度实缴保费的60%给予补贴,单户贷款不超过500万元。")
    assert (rule.rate, rule.base, rule.cap) == (Decimal("0.6"), "年度实缴保费", None)


def test_conditions_with_metric_operator_value_and_unit() -> None:
    rule = only("对年营业收入3000万元以上、研发占比不低于4%且从业人员超过50人的企业,给予20万元奖励。")
    assert held(rule) == [
        ("年营业收入", ">=", 30_000_000, "yuan"),
        ("研发占比", ">=", 4, "percent"),
        ("从业人员", ">", 50, "person"),
    ]


def test_alternatives_are_marked() -> None:
    rule = only("设备投入达到80万元(含)以上或软件投入达到30万元(含)以上的,给予5万元补助。")
    assert [(c.metric, c.alternative) for c in rule.conditions] == [("设备投入", True), ("软件投入", True)]


def test_deadlines_and_spans_to_be_held() -> None:
    rule = only("对签约一年内动工且稳定运营满2年的项目,给予60万元补助。")
    assert [(c.op, c.value, c.unit) for c in rule.conditions] == [
        (Operator.AT_MOST, 1, "year"),
        (Operator.AT_LEAST, 2, "year"),
    ]


@pytest.mark.parametrize(
    ("clause", "op", "years"),
    [
        ("自成立起两年内,给予每个联盟30万元/年的经费补助。", Operator.AT_MOST, 2),
        ("对注册成立4年以内的企业,给予15万元奖励。", Operator.AT_MOST, 4),
        ("对成立时间不超过5年的企业,给予15万元奖励。", Operator.AT_MOST, 5),
        ("对注册不满三年的创业企业,给予15万元奖励。", Operator.LESS_THAN, 3),
    ],
)
def test_how_old_a_recipient_may_be(clause: str, op: Operator, years: int) -> None:
    assert [(c.metric, c.op, c.value, c.unit) for c in only(clause).conditions] == [("成立时间", op, years, "year")]


def test_a_deadline_from_the_founding_is_no_age() -> None:
    rule = only("对成立后6个月内开工的项目,给予15万元奖励。")
    assert [(c.metric, c.value) for c in rule.conditions] == [("成立后", 6)]


def test_an_age_says_for_how_long_only_where_it_is_paid_so_long() -> None:
    assert only("自成立起两年内,给予每个联盟30万元/年的经费补助。").years == 2
    assert only("对成立时间不超过5年的企业,给予15万元奖励。").years is None


def test_a_period_of_measurement_is_no_condition() -> None:
    assert only("按近两年实际投入的20%给予补助。").conditions == ()


def test_a_ceiling_in_the_next_sentence_bounds_the_awards_before() -> None:
    rules = extract_rules("按培训费的30%给予补贴。按住宿费的20%给予补贴。同一企业每年补贴总额不超过15万元。")
    assert [rule.cap for rule in rules] == [150_000, 150_000]


def test_a_wider_ceiling_is_kept_apart() -> None:
    rule = only("按展位费的50%给予补助,每个展位最高1万元,同一企业全年最高6万元。")
    assert (rule.cap, rule.annual_cap) == (10_000, 60_000)


def test_ceilings_of_different_scope_side_by_side() -> None:
    rule = only("给予不超过展位费50%、每次不超过2万元、全年不超过9万元的补贴。")
    assert (rule.rate, rule.rate_bound, rule.cap, rule.annual_cap) == (Decimal("0.5"), Bound.AT_MOST, 20_000, 90_000)


def test_a_ceiling_over_a_series_bounds_all_of_it() -> None:
    rules = extract_rules("取得甲证书的,每件奖励4000元;取得乙证书的,每件奖励900元,单个企业每年奖励不超过7万元。")
    assert [(rule.amount, rule.cap) for rule in rules] == [(4000, 70_000), (900, 70_000)]


def test_what_a_rate_was_before_is_no_rule() -> None:
    assert [rule.rate for rule in extract_rules("失业保险返还比例由上年度缴费的50%提高到60%。")] == [Decimal("0.6")]


def test_rent_that_others_are_urged_to_reduce_is_not_granted() -> None:
    assert extract_rules("鼓励业主为租户减免3个月租金。对为租户减免租金的园区给予扶持。") == ()


def test_a_ceiling_of_another_item_bounds_nothing() -> None:
    rules = extract_rules("1.按培训费的30%给予补贴。\n2.单个展会补助不超过15万元。")
    assert [(rule.rate, rule.cap) for rule in rules] == [(Decimal("0.3"), None), (None, 150_000)]


def test_spans_point_at_the_words_they_were_read_from() -> None:
    text = "一、扶持标准\n对小微企业,按租金 支出的３０％给予最高 1,000 万元补助。"
    rule = only(text)
    words = {name: text[span.start : span.end] for name, span in rule.spans.items()}
    assert words["rate"] == "３０％"
    assert words["cap"] == "1,000 万元"
    assert words["base"] == "租金 支出"
    assert words["sentence"] == "对小微企业,按租金 支出的３０％给予最高 1,000 万元补助"


def test_words_keep_the_script_of_the_clause() -> None:
    rule = only("年營業收入達到2億元以上的企業,按設備購置額的6%給予補助。")
    assert rule.base == "設備購置額"
    assert rule.conditions[0].metric == "年營業收入"


def test_currency_of_other_places() -> None:
    assert (only("資助上限為港幣60萬元。").currency, only("補助金額以新臺幣三百萬元為上限。").currency) == (
        "HKD",
        "TWD",
    )


@pytest.mark.parametrize(
    "text",
    [
        "力争全年工业增加值增长8%,产值突破900亿元。",
        "市财政每年安排5000万元专项资金用于支持技术改造。",
        "设立总规模20亿元的产业引导基金,支持企业发展。",
        "2022年全市兑现奖补资金2.6亿元,惠及企业800家。",
        "该公司获得省级补助资金300万元。",
        "申报企业上年度营业收入应不低于3000万元,项目补助按程序申请。",
        "对符合条件的企业给予最高800万元的信用贷款支持。",
        "创业担保贷款最高额度30万元,期限不超过3年,可享受财政贴息政策。",
        "减按15%的税率征收企业所得税,支持企业发展。",
        "所需补助资金由市、区两级财政各承担50%。",
        "奖励金额的40%用于奖励研发团队。",
        "对贡献突出的企业给予通报表扬,授予称号10家。",
        "补贴超过保费50%的,不再给予支持。",
        "贷款利率低于3%的,按实际利率给予支持。",
        "",
    ],
)
def test_what_grants_nothing(text: str) -> None:
    assert not is_entitlement(text)


def test_grants_without_a_sum_are_named() -> None:
    text = "对优秀平台给予经费补贴,对新建平台给予20万元奖励。"
    assert [text[span.start : span.end] for span in grants_without_amount(text)] == ["对优秀平台给予经费补贴"]


@pytest.mark.parametrize(
    "text", ["連續3年給予過渡支持", "按公共设施实际投入给予补助", "给予优先支持", "给予相应贴息补助"]
)
def test_each_wording_of_a_grant_without_a_sum(text: str) -> None:
    assert [text[span.start : span.end] for span in grants_without_amount(text)] == [text]


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("按照市级奖励1:1给予配套奖励。", "1:1"),
        ("给予约50万元奖励。", "约50万元"),
        ("给予不少于20万元的奖励。", "不少于20万元"),
        ("每家奖励50万元,不高于其投入的50%。", "不高于其投入的50%"),
    ],
)
def test_what_is_uncertain_is_reported_as_unread(text: str, unread: str) -> None:
    assert [text[span.start : span.end] for span in unread_money(text)] == [unread]


def test_a_rent_holiday_in_stages_is_its_stages_and_nothing_more() -> None:
    rules = extract_rules("对入驻企业给予三免两减半的房租优惠。")
    assert [(rule.rate, rule.years) for rule in rules] == [(1, 3), (Decimal("0.5"), 2)]


@pytest.mark.parametrize(
    ("clause", "step_of"),
    [
        ("产值每增加400万元奖励2万元，最高18万元。", "产值每增加"),
        ("按同比每再增加1个百分点予以3万元奖励，最高24万元。", "同比每再增加"),
        ("每引进1名博士奖励5万元。", ""),  # a thing counted, no increment
    ],
)
def test_an_increment_says_what_it_is_counted_in(clause: str, step_of: str) -> None:
    (rule,) = extract_rules(clause)
    assert rule.step_of == step_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("平台分为综合型、专业型和培育型三类。分别给予50万元、30万元、10万元奖励。", ["综合型", "专业型", "培育型"]),
        ("平臺分為領航類、培育類兩種扶持。第一年分別給予不超過900萬元、240萬元扶持。", ["领航类", "培育类"]),
        ("考核结果分为优秀、良好两个等级。分别给予50万元、30万元奖励。", ["优秀", "良好"]),
        ("平台分为综合型、专业型。分别给予50万元、30万元、10万元奖励。", []),
        ("资金分为两部分。第二、三年每年分别给予不超过450万元、120万元扶持。", []),
    ],
)
def test_sums_dealt_out_are_named_by_the_classes_divided_before(text: str, names: list[str]) -> None:
    held = [c.metric for rule in extract_rules(text) for c in rule.conditions if c.unit == "category"]
    assert held == names
