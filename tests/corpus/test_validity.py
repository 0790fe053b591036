"""Wordings of entry into force and term, and the days they mean."""

from datetime import date

import pytest

from corpus.validity import Validity, read_day, read_planning, read_validity, stated_term

ISSUED = date(2023, 8, 9)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("本行动方案自2020年7月24起施行至2022年12月31日止。", date(2020, 7, 24), date(2022, 12, 31)),
        ("本文件适用期截至2020年12月31日,涉及的奖补资金按就高原则兑现。", None, date(2020, 12, 31)),
        ("本办法自印发之日起施行,有效期三年。", ISSUED, date(2026, 8, 8)),
        ("本政策自发布之日起施行,有效期5年。", ISSUED, date(2028, 8, 8)),
        ("本办法自2023年8月10日起实施,有效期至2026年8月9日。", date(2023, 8, 10), date(2026, 8, 9)),
        ("第二十条 本办法自2023年6月15日起施行,有效期3年。", date(2023, 6, 15), date(2026, 6, 14)),
        ("本办法有效期为3年。", None, date(2026, 8, 8)),
        ("本措施自印发之日起30日后施行,有效期2年。", date(2023, 9, 8), date(2025, 9, 7)),
        ("本细则自2024年2月29日起施行,有效期一年。", date(2024, 2, 29), date(2025, 2, 27)),
        ("本意见自公布之日起执行,试行期一年。", ISSUED, date(2024, 8, 8)),
        ("本通知自2022年1月1日起执行,执行期限至2023年底。", date(2022, 1, 1), date(2023, 12, 31)),
        ("本政策自印发之日起实施,有效期到2024年11月30日,操作细则由各部门另定。", ISSUED, date(2024, 11, 30)),
        ("以上政策措施自2022年6月1日起施行,有效期6个月。", date(2022, 6, 1), date(2022, 11, 30)),
        ("自二〇二三年八月十日起施行,有效期至二〇二六年八月九日。", date(2023, 8, 10), date(2026, 8, 9)),
    ],
)
def test_a_term_is_read(sentence: str, first: date | None, last: date | None) -> None:
    assert read_validity([sentence], ISSUED) == Validity(first, last)


@pytest.mark.parametrize(
    "sentence",
    [
        "高新技术企业有效期为三年,三年后需要重新认定。",
        "实施期限全部延长至2020年底。",
        "到2025年,重点培育企业达到30家。",
        "自成立起三年内,给予每个联盟80万元/年的运行经费补助。",
        "稳岗返还政策实施期限延至2020年底。",
        "本市企业自2021年1月1日起缴纳的保费全额返还。",
    ],
)
def test_a_term_of_something_else_is_not_the_document_s(sentence: str) -> None:
    assert read_validity([sentence], ISSUED) == Validity(None, None)


def test_a_term_counted_from_an_unknown_day_stays_open() -> None:
    assert read_validity(["本办法自印发之日起施行,有效期三年。"], None) == Validity(None, None)


def test_plans_with_different_terms_give_the_document_none() -> None:
    sentences = ["本政策有效期至2021年12月31日。", "本意见有效期至2022年12月31日。"]

    assert read_validity(sentences, None) == Validity(None, None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020年6月22日", date(2020, 6, 22)),
        ("2023.07.12", date(2023, 7, 12)),
        ("2020-7-3", date(2020, 7, 3)),
        ("二〇二三年八月九日", date(2023, 8, 9)),
        ("二○二一年十二月三十一日", date(2021, 12, 31)),
        ("2024年2月", date(2024, 2, 29)),
        ("2023年底", date(2023, 12, 31)),
        ("2023年13月1日", None),
        ("2023年2月30日", None),
        ("无", None),
    ],
)
def test_a_day_is_read(text: str, day: date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("title", "text", "years"),
    [
        ("行动方案(2020-2022年)", "", (2020, 2022)),
        ("高质量发展规划(2021—2025年)", "", (2021, 2025)),
        ("“十四五”制造业规划", "", (2021, 2025)),
        ("实施方案", "特制定本方案,实施期限为2021—2025年。", (2021, 2025)),
        ("实施方案", "根据《规划(2021—2025年)》制定本方案。", (None, None)),
        ("若干措施", "到2025年,产值突破5500亿元。", (None, None)),
    ],
)
def test_a_planning_period_is_read(title: str, text: str, years: tuple[int | None, int | None]) -> None:
    assert read_planning(title, text) == years


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("本通知自发布之日起执行,有效期延续5年。", date(2024, 1, 10), date(2029, 1, 9)),
        ("本细则自公布之日起满30日施行,有效期5年。", date(2024, 2, 9), date(2029, 2, 8)),
        ("本办法于2024年5月1日起正式实施,有效期为自实施之日起5年。", date(2024, 5, 1), date(2029, 4, 30)),
        ("本措施有效期自2024年1月1日至2026年12月31日。", date(2024, 1, 1), date(2026, 12, 31)),
        ("本方案有效期限为2024年1月1日—2025年12月31日。", date(2024, 1, 1), date(2025, 12, 31)),
        ("该政策从2018年执行,有效期5年。", date(2018, 1, 1), date(2022, 12, 31)),
        ("执行时间:自2026年1月1日起,至2028年12月31日止。", date(2026, 1, 1), date(2028, 12, 31)),
        ("执行时间:2025年5月1日起试行,试行期两年。", date(2025, 5, 1), date(2027, 4, 30)),
    ],
)
def test_terms_in_other_forms(sentence: str, first: date, last: date) -> None:
    assert read_validity([sentence], date(2024, 1, 10)) == Validity(first, last)


def test_who_carries_a_document_out_does_not_hide_when_it_begins() -> None:
    sentences = ["本办法自2024年3月1日起施行,有效期三年。", "本办法由县人社局会同县财政局组织实施。"]

    assert read_validity(sentences, None) == Validity(date(2024, 3, 1), date(2027, 2, 28))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("本办法自2024年3月1日起施行。", "施行"),
        ("有效期三年。", "有效期"),
        ("截至2027年6月30日止。", "截至2027年6月30日"),
        ("施行中的问题由县工信局解释。", None),
        ("对新建厂房的企业给予补助。", None),
    ],
)
def test_where_a_clause_states_its_term(text: str, words: str | None) -> None:
    span = stated_term(text)
    assert (text[slice(*span)] if span else None) == words
