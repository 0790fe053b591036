"""The asker's situation: which amounts a turn states, what they measure, and what a later turn changes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.amounts import read_amounts
from assistant.language.lexicon import shipped_lexicon
from assistant.question.situation import Fact, merge_facts, read_facts
from corpus.script import fold


def measures(fact: Fact) -> set[str]:
    return {str(thing.dimension) for thing in fact.things}


def facts_of(*turns: str) -> tuple[Fact, ...]:
    """Facts after the turns, as the conversation puts them together."""
    facts: tuple[Fact, ...] = ()
    for number, turn in enumerate(turns):
        facts = merge_facts(facts, read_facts(fold(turn), shipped_lexicon(), number))
    return facts


def values_of(text: str, unit: str = "yuan") -> list[int | Decimal]:
    return [fact.value for fact in facts_of(text) if fact.unit == unit]


# ── how people write sums ──


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("技改投了1800万", 18_000_000),
        ("技改投了1800萬元", 18_000_000),
        ("技改投了１８００万", 18_000_000),
        ("技改投了 1,800 万元", 18_000_000),
        ("技改投了18000000元", 18_000_000),
        ("技改投了一千八百万", 18_000_000),
        ("技改投了两千三百万", 23_000_000),
        ("技改投了1.2亿", 120_000_000),
        ("技改投了3个亿", 300_000_000),
        ("技改投了1.5个亿", 150_000_000),
        ("技改投了一个亿", 100_000_000),
        ("技改投了1亿2000万", 120_000_000),
        ("技改投了1亿2千万", 120_000_000),
        ("技改投了人民币壹仟万元", 10_000_000),
        ("技改投入RMB 1,200,000", 1_200_000),
        ("we invested 8 million yuan", 8_000_000),
        ("we invested RMB 8m", 8_000_000),
        ("we invested 1.5bn on equipment", 1_500_000_000),
        ("we spent RMB 350 thousand", 350_000),
        ("技改投了 800w", 8_000_000),
        ("技改投了 300k", 300_000),
        ("技改投了800w", 8_000_000),
        ("技改投了300k", 300_000),
    ],
)
def test_a_sum_is_read_however_it_is_written(text: str, yuan: int | None) -> None:
    assert values_of(text) == ([] if yuan is None else [yuan])


@pytest.mark.parametrize(
    ("text", "yuan"), [("租金80万一年", 800_000), ("付了80万三个月", 800_000), ("房租3万2一年", 32_000)]
)
def test_a_time_right_behind_a_sum_is_no_part_of_it(text: str, yuan: int) -> None:
    assert [amount.value for amount in read_amounts(text) if amount.unit == "yuan"] == [yuan]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("送了12名工人", "person", 12),
        ("送了12个工人", "person", 12),
        ("送了一百二十三人", "person", 123),
        ("we supplied 45 workers", "person", 45),
        ("办了12场对接会", "count", 12),
        ("we held 12 events", "count", 12),
        ("工人干满半年", "year", Decimal("0.5")),
        ("工人干满6个月", "month", 6),
        ("they stayed 8 months", "month", 8),
        ("拿地50亩", "mu", 50),
    ],
)
def test_counts_and_times_keep_their_unit(text: str, unit: str, value: Decimal) -> None:
    assert values_of(text, unit) == [value]


def test_money_of_another_country_is_not_yuan() -> None:
    assert values_of("投了1000万美元") == []
    assert values_of("投了1000万美元", "usd") == [10_000_000]


def test_a_question_without_numbers_states_nothing() -> None:
    assert facts_of("租创业基地的房子补多少") == ()


# ── what is uncertain stays uncertain ──


def certain(text: str, unit: str = "yuan") -> list[Decimal]:
    return [fact.value for fact in facts_of(text) if fact.unit == unit and fact.certain]


@pytest.mark.parametrize(
    "text",
    [
        "投了300多万",
        "三百来万",
        "投了800万左右",
        "投了约800万",
    ],
)
def test_a_round_about_sum_is_not_certain(text: str) -> None:
    assert certain(text) == []


@pytest.mark.parametrize("text", ["介绍了十来个工人", "介绍了二十多人"])
def test_a_round_about_headcount_is_not_certain(text: str) -> None:
    assert certain(text, "person") == []


@pytest.mark.parametrize(
    "text",
    [
        "投了500到800万",
        "投了500-800万元",
        "投了500万至800万元",
        "投了几百万",
        "租金几十万",
        "投了一个多亿",
        "投了将近1000万",
        "投了不到1000万",
        "投了接近1000万",
    ],
)
def test_a_range_or_vague_sum_is_not_certain(text: str) -> None:
    assert certain(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "送了10到20人",
        "送了大约300人",
        "送了约20人",
    ],
)
def test_a_range_of_people_is_not_certain(text: str) -> None:
    assert certain(text, "person") == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("技改投了二三百万", 2_000_000, 3_000_000),
        ("营收一千八九百万", 18_000_000, 19_000_000),
        ("营收八九千万", 80_000_000, 90_000_000),
        ("营收8、9千万元", 80_000_000, 90_000_000),
        ("投了几百万", 2_000_000, 10_000_000),
        ("投了好几百万", 2_000_000, 10_000_000),
        ("投了十几万", 110_000, 200_000),
        ("投了几个亿", 200_000_000, 1_000_000_000),
    ],
)
def test_a_sum_of_which_only_the_size_is_said_lies_between_two(text: str, low: int, high: int) -> None:
    (fact,) = facts_of(text)
    assert (fact.value, fact.upper, fact.certain) == (low, high, False)


@pytest.mark.parametrize("text", ["营收12亿元", "营收二十三亿"])
def test_the_digits_of_a_number_are_no_two_neighbours(text: str) -> None:
    (fact,) = facts_of(text)
    assert fact.certain


# ── what a sum measures ──


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("房租40万", "outlay"),
        ("去年营收5亿", "income"),
        ("国家拨了国拨经费2000万", "funds"),
        ("去年纳税300万", "tax"),
        ("贷款1000万", "funds"),
        ("our revenue was RMB 50 million", "income"),
        ("we paid rent of RMB 400,000", "outlay"),
    ],
)
def test_the_words_beside_a_sum_say_what_it_measures(text: str, measure: str) -> None:
    (fact,) = [fact for fact in facts_of(text) if fact.unit == "yuan"]
    assert measures(fact) == {measure}


@pytest.mark.parametrize(
    "text", ["投了五百到八百万", "we invested 5 to 8 million yuan", "between RMB 5 million and 8 million"]
)
def test_a_range_is_its_lower_end_and_not_certain(text: str) -> None:
    (fact,) = [fact for fact in facts_of(text) if fact.unit == "yuan"]
    assert (fact.value, fact.certain) == (5_000_000, False)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("营收不到5亿", "less_than"),
        ("营收接近5亿", "less_than"),
        ("营收没有超过5亿", "at_most"),
        ("营收大约5亿", "about"),
        ("签约5亿", "exactly"),
        ("营收突破5亿", "more_than"),
    ],
)
def test_the_words_around_a_sum_bound_it(text: str, polarity: str) -> None:
    assert [fact.polarity for fact in facts_of(text) if fact.unit == "yuan"] == [polarity]


def test_two_named_sums_each_keep_their_own_measure() -> None:
    revenue, invested = facts_of("营收5亿,投了800万")
    assert (revenue.value, measures(revenue)) == (500_000_000, {"income"})
    assert (invested.value, measures(invested)) == (8_000_000, {"outlay"})


def test_a_duration_beside_a_sum_does_not_take_its_words_away() -> None:
    (fact,) = [fact for fact in facts_of("电费一年120万") if fact.unit == "yuan"]
    assert measures(fact) == {"outlay"}


def test_software_after_equipment_is_named_as_software() -> None:
    software = facts_of("设备投资500万,软件系统300万")[1]
    assert software.value == 3_000_000
    assert "软件" in software.words
    assert "设备" not in software.words


@pytest.mark.parametrize("text", ["能补900万吧", "听说奖励500万", "能拿到80万吗", "can we get RMB 3 million"])
def test_what_the_asker_hopes_for_is_no_fact(text: str) -> None:
    assert values_of(text) == []


def test_a_claimed_share_is_no_fact() -> None:
    assert values_of("听说按10%补,投了1亿", "percent") == []


def test_a_claimed_unit_price_is_no_fact() -> None:
    assert values_of("每人3000元对吧,送了10人") == []


@pytest.mark.parametrize("text", ["没投钱", "一分没投", "投了0元"])
def test_nothing_spent_is_zero(text: str) -> None:
    assert values_of(text) == [0]


@pytest.mark.parametrize(("text", "over"), [("营收过了5亿", True), ("营收突破5亿", True), ("营收5亿", False)])
def test_over_is_only_what_was_passed(text: str, over: bool) -> None:
    assert facts_of(text)[0].over is over


@pytest.mark.parametrize("text", ["营收不超过5亿", "营收没超过5亿", "营收还没突破5亿"])
def test_a_negated_passing_is_not_over(text: str) -> None:
    assert not any(fact.over for fact in facts_of(text))


# ── further turns ──


def test_a_later_sum_of_the_same_measure_replaces_the_earlier() -> None:
    assert [fact.value for fact in facts_of("投了1800万", "投了900万呢")] == [9_000_000]


@pytest.mark.parametrize("turn", ["不对,是1310万", "改成1310万", "不是800万,是1310万"])
def test_a_correction_without_a_name_corrects_the_last_sum(turn: str) -> None:
    (fact,) = facts_of("投了800万", turn)
    assert (fact.value, measures(fact)) == (13_100_000, {"outlay"})


def test_a_new_measure_is_added() -> None:
    assert [fact.value for fact in facts_of("投了800万", "营收5亿呢")] == [8_000_000, 500_000_000]


def test_people_and_money_do_not_replace_each_other() -> None:
    assert [(fact.value, fact.unit) for fact in facts_of("投了800万", "送了12人呢")] == [
        (8_000_000, "yuan"),
        (12, "person"),
    ]


def test_a_hoped_for_sum_corrects_nothing() -> None:
    assert [fact.value for fact in facts_of("投了1800万", "能拿500万吗")] == [18_000_000]


def test_a_unit_price_in_a_later_turn_corrects_no_total() -> None:
    assert [fact.value for fact in facts_of("投了800万", "每人3000元呢") if "outlay" in measures(fact)] == [8_000_000]


def test_an_addition_is_not_taken_as_the_new_total() -> None:
    assert 2_000_000 not in [fact.value for fact in facts_of("投了800万", "再加200万呢")]


# ── properties ──

SUMS = st.integers(min_value=1, max_value=9_999)


@given(SUMS, st.sampled_from(["投了{}万元", "房租{}万元", "营收{}亿元", "送了{}名工人"]))
def test_script_width_and_spaces_do_not_change_what_is_read(number: int, sentence: str) -> None:
    plain = sentence.format(number)
    wide = plain.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    traditional = plain.replace("万", "萬").replace("亿", "億").replace("营", "營")
    spaced = sentence.format(f" {number} ")
    expected = [(fact.value, fact.unit, measures(fact)) for fact in facts_of(plain)]
    assert expected
    for variant in (wide, traditional, spaced):
        assert [(fact.value, fact.unit, measures(fact)) for fact in facts_of(variant)] == expected, variant


@given(st.text(alphabet="投租营收万亿元人个年月,。、 0123456789.%不超过wkm百千一二几多到-", max_size=40))
def test_any_text_is_read_without_failing_and_inside_its_bounds(text: str) -> None:
    folded = fold(text)
    for amount in read_amounts(folded):
        assert 0 <= amount.start < amount.end <= len(folded)
    assert all(isinstance(fact.value, Decimal) for fact in read_facts(folded, shipped_lexicon()))


# ── what is not a number of anything, and what a later turn puts in its place ──


@pytest.mark.parametrize(
    "text",
    ["22年产值多少", "23年一季度", "头三个月", "合一起能拿多少", "两头各能拿多少", "加一块能拿多少", "放一块算多少"],
)
def test_a_time_of_the_calendar_and_together_count_nothing(text: str) -> None:
    assert [fact for fact in facts_of(text) if fact.unit != "yearly"] == []


def test_a_company_of_twenty_two_years_is_that_old() -> None:
    assert values_of("公司成立22年了", "year") == [22]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("we rent an 8,000 sqm workshop", "sqm", 8000),
        ("a plot of 30 mu", "mu", 30),
        ("a cold store of 500 tonnes", "ton", 500),
        ("we filed three separate patents", "count", 3),
        ("two boats were scrapped", "count", 2),
        ("twelve engineers came", "person", 12),
        ("we took on a Hong Kong intern", "person", 1),
        ("she stayed four months", "month", 4),
    ],
)
def test_english_measures_and_numbers_in_words_are_read(text: str, unit: str, value: int) -> None:
    assert values_of(text, unit) == [value]


def test_from_one_sum_to_another_is_no_range() -> None:
    before, now = facts_of("revenue went from 1.2m to 1.8m")
    assert (before.value, before.past, now.value, now.past) == (1_200_000, True, 1_800_000, False)


@pytest.mark.parametrize(
    "correction",
    [
        "what if it's only 5 million?",
        "Sorry, typo - it's 5 million",
        "I meant 5 million",
        "更正,係500萬",
        "打错了,是500万",
    ],
)
def test_a_correction_without_a_name_takes_the_place_of_the_sum_before(correction: str) -> None:
    (fact,) = facts_of("our parts sold 30 million yuan this year", correction)
    assert (fact.value, "income" in measures(fact)) == (5_000_000, True)


def test_a_share_named_again_takes_the_place_of_the_earlier_one() -> None:
    facts = facts_of("入驻率75%,税收属地率83%", "查了一下,属地率其实只有76%")
    assert [fact.value for fact in facts] == [Decimal("0.75"), Decimal("0.76")]


def test_more_of_another_kind_stand_beside_those_counted_before() -> None:
    assert [fact.value for fact in facts_of("引进了两个博士", "还有三个硕士")] == [2, 3]
    assert [fact.value for fact in facts_of("引进了两个博士", "还有三个")] == [5]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("每个月租金2万,租满一年", [240_000]),
        ("每月租金2万,租了8个月", [160_000]),
        ("每月租金2万,租了3年", []),  # of which year is not said
        ("每月租金2万", []),
    ],
)
def test_a_sum_by_the_month_is_counted_up_over_the_time_stated(text: str, sums: list[int]) -> None:
    assert [fact.value for fact in facts_of(text) if fact.unit == "yuan" and fact.certain] == sums


def test_what_is_left_of_a_number_takes_its_place() -> None:
    assert values_of("招去260个工人,到现在还在岗的剩187个", "person") == [187]


def test_a_value_reached_in_an_earlier_year_is_of_the_past() -> None:
    facts = facts_of("2021年营收就已经5.6亿了,2022年做到8.7亿")
    assert [(fact.value, fact.past) for fact in facts if fact.unit == "yuan"] == [
        (560_000_000, True),
        (870_000_000, False),
    ]


def test_another_verb_of_passing_keeps_what_a_sum_measures() -> None:
    facts = facts_of("年营收第一次过1亿", "要是头一回冲过10个亿呢")
    assert [fact.value for fact in facts if fact.unit == "yuan"] == [1_000_000_000]


# ── whose sums they are ──


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("固投2.4亿,中介说按三成算7200万、封顶5000万,所以投资补助我们能拿满5000万对吧", [240_000_000]),
        ("分到国拨600万,按15%是90万没错吧", [6_000_000]),
        ("設備投資800萬,按兩成算就是160萬對嗎", [8_000_000]),
        ("投了800万,朋友说他们投500万拿了100万", [8_000_000]),
        ("听说能有300万,我们投了800万", [8_000_000]),
        ("研发补助能领足500万吗", []),
        ("we invested RMB 8m, our consultant told us it would be RMB 1.6m", [8_000_000]),
        ("we invested RMB 8m at 20%, which makes 1.6m", [8_000_000]),
    ],
)
def test_a_sum_that_others_or_the_asker_reckon_is_none_of_the_enterprise(text: str, sums: list[int]) -> None:
    assert values_of(text) == sums


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("营收1亿,利润率10%,利润1000万", [100_000_000, 10_000_000]),
        ("财务说今年投了800万", [8_000_000]),
        ("网上店铺算下来卖了800万", [8_000_000]),
        ("听说有补贴,投了800万", [8_000_000]),
        ("听说技改投资800万能补", [8_000_000]),
        ("收到国家拨下来的620万", [6_200_000]),
        ("our accountant says we invested RMB 8m", [8_000_000]),
    ],
)
def test_a_sum_of_the_enterprise_stays_one_whoever_says_it(text: str, sums: list[int]) -> None:
    assert values_of(text) == sums


# ── what was forecast or reported, and what it came to ──


@pytest.mark.parametrize(
    "turns",
    [
        ("预计一年能卖1500万", "财务刚把数报上来,全年实际只有920万"),
        ("预计一年能卖1500万", "结果只卖了920万"),
        ("預計今年賣1500萬", "最後實際只賣了920萬"),
        ("预计今年卖1500万,实际只有920万",),
        ("原计划卖1500万,结果只卖了920万",),
        ("we expect to sell RMB 15m", "actual sales for the full year were only RMB 9.2m"),
        ("we expected sales of RMB 15m, actual sales came to RMB 9.2m",),
    ],
)
def test_what_a_forecast_came_to_takes_its_place(turns: tuple[str, ...]) -> None:
    sales = [fact for fact in facts_of(*turns) if fact.unit == "yuan"]
    assert [(fact.value, measures(fact)) for fact in sales] == [(9_200_000, {"income"})]


@pytest.mark.parametrize(
    "text", ["实际卖了920万,预计明年投1500万", "预计投1500万,实际卖了920万", "计划总投资1500万,目前实际到位920万"]
)
def test_a_forecast_stays_beside_what_is_no_outcome_of_it(text: str) -> None:
    assert sorted(values_of(text)) == [9_200_000, 15_000_000]


@pytest.mark.parametrize(
    "turns",
    [
        ("我们局今年报的是6场", "记错了,后来有两场没办成,按实际办的算最多多少"),
        ("对接会报了6场", "有2场取消了"),
        ("辦了6場對接會", "兩場黃了"),
        ("报了6场,有两场没办成",),
        ("we planned 6 events, two events were cancelled",),
        ("we held 6 events", "two events fell through"),
        ("办了6场对接会", "后来取消了2场"),
        ("we planned 6 events", "we cancelled two events"),
    ],
)
def test_what_was_called_off_is_taken_off_the_number(turns: tuple[str, ...]) -> None:
    assert [fact.value for fact in facts_of(*turns) if fact.unit == "count"] == [4]


@pytest.mark.parametrize("text", ["办了6场都没取消", "6场对接会没有取消", "we held 6 events and none were cancelled"])
def test_what_was_not_called_off_is_not_taken_off(text: str) -> None:
    assert [(fact.value, fact.left_out) for fact in facts_of(text) if fact.unit == "count"] == [(6, False)]


def test_what_was_held_is_not_taken_off() -> None:
    assert [fact.value for fact in facts_of("报了6场", "办成了4场") if fact.unit == "count"][-1] == 4


# ── growth, and numbers of enterprises ──


@pytest.mark.parametrize(
    "text",
    [
        "今年1季度比去年同期多干了2700w",
        "一季度比上年同期多做了2700万",
        "一季度產值比去年同期多了2700萬",
        "一季度产值比去年同期高2700万",
        "一季度产值比去年同期增加2700万",
        "一季度多卖出2700万",
        "first-quarter output was RMB 27m higher than last year",
        "in the first quarter we did RMB 27m more than a year earlier",
    ],
)
def test_how_much_more_than_before_is_a_rise(text: str) -> None:
    rises = [fact for fact in facts_of(text) if fact.unit == "yuan"]
    assert [(fact.value, fact.change) for fact in rises] == [(27_000_000, True)]


@pytest.mark.parametrize(
    "text", ["今年多投了2700万", "产值比去年增加到2700万", "比去年同期好,做了2700万", "we invested more than RMB 27m"]
)
def test_a_sum_that_is_no_rise_is_none(text: str) -> None:
    assert not any(fact.change for fact in facts_of(text))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("We referred 7 Hong Kong and Macao youth companies that registered in the base", 7),
        ("we brought in three high-tech enterprises", 3),
        ("推荐了7家港澳青年企业", 7),
        ("five years of running our company", None),
        ("we are one of 12 companies in the park", None),
        ("our company has 40 workers", None),
    ],
)
def test_enterprises_are_counted_in_english_too(text: str, number: int | None) -> None:
    counted = [fact.value for fact in facts_of(text) if fact.unit == "count"]
    assert counted == ([] if number is None else [number])


# ── how long ──


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("拖了一年零两个月", "month", 14),
        ("拖了1年5个月", "month", 17),
        ("拖了兩年又一個月", "month", 25),
        ("拖了一年半", "year", Decimal("1.5")),
        ("it took a year and a half", "year", Decimal("1.5")),
        ("it took two and a half years", "year", Decimal("2.5")),
        ("it took 1 year and 2 months", "month", 14),
        ("it took half a year", "year", Decimal("0.5")),
        ("it took fifteen months", "month", 15),
    ],
)
def test_years_and_months_side_by_side_are_one_duration(text: str, unit: str, value: Decimal) -> None:
    assert [(fact.unit, fact.value) for fact in facts_of(text)] == [(unit, value)]


@pytest.mark.parametrize("text", ["租了两年,装修三个月", "每年3个月停产", "第一年三个月没生产"])
def test_durations_of_two_things_stay_apart(text: str) -> None:
    assert not any(fact.unit == "month" and fact.value > 12 for fact in facts_of(text))


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("签约后8个月才动工", "signed"),
        ("broke ground 8 months after we signed", "signed"),
        ("拿地8个月才开工", "land"),
        ("才干8个月就走了", "worked"),
        ("every one of them left after 8 months", "worked"),
        ("公司成立8个月了", "aged"),
        ("公司成立8个月后开工", "founded"),
        ("the firm was founded 8 months ago", "aged"),
    ],
)
def test_what_a_duration_runs_from(text: str, event: str) -> None:
    (fact,) = [fact for fact in facts_of(text) if fact.unit == "month"]
    assert fact.since == {event}


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("干了仨月就走了", 3, "month"), ("俩年前签的约", 2, "year"), ("送了仨工人", 3, "person")],
)
def test_two_and_three_are_also_written_as_one_character(text: str, value: int, unit: str) -> None:
    assert (value, unit) in [(fact.value, fact.unit) for fact in facts_of(text)]


def test_a_sum_right_behind_a_comma_belongs_to_what_follows() -> None:
    (rent, sales) = facts_of("租金40万,卖了45万")
    assert (measures(rent), measures(sales)) == (frozenset({"outlay"}), frozenset({"income"}))


@pytest.mark.parametrize(
    "turns",
    [
        ("去年付了45万租金", "搞错了,45万是两年的,去年实付22.6万"),
        ("去年付了45万租金", "不对,45万是全集团的,实付22.6万"),
        ("we paid RMB 450,000 in rent", "sorry, RMB 450,000 was for two years, it was RMB 226,000"),
    ],
)
def test_a_sum_that_was_of_more_gives_way(turns: tuple[str, ...]) -> None:
    assert [fact.value for fact in facts_of(*turns) if fact.unit == "yuan"] == [226_000]
