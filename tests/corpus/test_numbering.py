import pytest

from corpus.numbering import Rank, chinese_number, read_label
from corpus.script import fold


@pytest.mark.parametrize(
    ("line", "rank", "number", "printed", "component"),
    [
        ("一、总体思路", Rank.CHINESE, 1, "一、", "一"),
        ("十二、\t强化保障", Rank.CHINESE, 12, "十二、", "十二"),
        ("(一)稳链保生产", Rank.CHINESE_BRACKET, 1, "(一)", "(一)"),
        ("（十一）推动增产增效", Rank.CHINESE_BRACKET, 11, "（十一）", "(十一)"),
        ("1.由市发改委牵头", Rank.ARABIC, 1, "1.", "1"),
        ("１、材料装订要求", Rank.ARABIC, 1, "１、", "1"),
        ("12．实施乡村振兴", Rank.ARABIC, 12, "12．", "12"),
        ("2.2022年度的企业", Rank.ARABIC, 2, "2.", "2"),
        ("（3）资金支持", Rank.ARABIC_BRACKET, 3, "（3）", "(3)"),
        ("2)省级平台", Rank.ARABIC_HALF, 2, "2)", "2)"),
        ("②企业年度投资额", Rank.CIRCLED, 2, "②", "②"),
        ("第二章 支持方向", Rank.CHAPTER, 2, "第二章", "第二章"),
        ("第三节 平台", Rank.DIVISION, 3, "第三节", "第三节"),
        ("第二十一条 本办法自印发之日起施行", Rank.ARTICLE, 21, "第二十一条", "第二十一条"),
        ("第十一条在示范园区内，给予支持", Rank.ARTICLE, 11, "第十一条", "第十一条"),
    ],
)
def test_numbering_is_read(line: str, rank: Rank, number: int, printed: str, component: str) -> None:
    label = read_label(line, fold(line))

    assert label is not None
    assert (label.rank, label.number, label.printed, label.component) == (rank, number, printed, component)
    assert label.certain


@pytest.mark.parametrize(
    "line",
    [
        "第三条规定的资金实行专账管理。",
        "第三条、第四条的项目不重复支持。",
        "第五条所列企业",
        "1、2条所列补贴合计不超过900万元。",
        "1.5亿元以上的项目",
        "2020年以后开工的",
        "1000万元以上的项目",
        "3D打印设备另行规定。",
        "5G基站建设",
        "30家企业",
        "5 个工作日的公示",
        "20%、上限80 万元的奖励",
        "一、二等奖分别奖励",
        "一二三产业融通发展",
        "按第三条执行",
        "十",
        "12.",
        "",
    ],
)
def test_what_only_looks_like_numbering_is_text(line: str) -> None:
    assert read_label(line, fold(line)) is None


def test_a_number_without_its_dot_is_uncertain() -> None:
    label = read_label("1加快工业园区提档升级。", "1加快工业园区提档升级。")

    assert label is not None
    assert not label.certain


@pytest.mark.parametrize(("numeral", "value"), [("十", 10), ("二十", 20), ("一百零三", 103), ("九十九", 99), ("7", 7)])
def test_numerals_have_values(numeral: str, value: int) -> None:
    assert chinese_number(numeral) == value
