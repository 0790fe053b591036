"""Levels of recognition: what a clause names, and what an asker has or lacks."""

import pytest

from assistant.language.levels import are_out_of_reach, levels_asked, levels_in, levels_lacked
from corpus.script import fold


@pytest.mark.parametrize(
    ("clause", "levels"),
    [
        ("对省级企业技术中心", {"省级"}),
        ("对省级以上企业技术中心", {"省级", "国家级"}),
        ("对市级及以上众创空间", {"市级", "省级", "国家级"}),
        ("列入市级以上(含市级)推广使用的平台", {"市级", "省级", "国家级"}),
        ("获得市级(含)以上认定", {"市级", "省级", "国家级"}),
        ("对县级以上示范园区", {"区县级", "市级", "省级", "国家级"}),
        ("市级财政给予补助", set()),
        ("对工业企业", set()),
    ],
)
def test_levels_of_a_clause(clause: str, levels: set[str]) -> None:
    assert levels_in(clause) == levels


@pytest.mark.parametrize(
    ("text", "asked", "lacked"),
    [
        ("只有市级的牌子,省里的还没评", ("市级",), ("省级",)),
        ("拿的是泉州市一级的牌子,省级还没评上", ("市级",), ("省级",)),
        ("只列入区裡的推廣名單,市級還沒有", ("区县级",), ("市级",)),
        ("县里评的示范企业,不是省级的", ("区县级",), ("省级",)),
        ("we are a municipal-level centre, not yet at provincial level", ("市级",), ("省级",)),
        ("our centre has not been recognised at national level", (), ("国家级",)),
        ("市里认定的众创空间", ("市级",), ()),
        ("不只是省级,还是国家级", ("国家级", "省级"), ()),
        ("省级不是有50万吗", ("省级",), ()),
        ("有没有省级的奖励", ("省级",), ()),
        ("省级没问题吧", ("省级",), ()),
        ("省里的还没评,要是评上了给多少", ("省级",), ()),
        ("没评上省级,等评上以后能拿多少", ("省级",), ()),
        ("if we get the provincial title we do not have yet, how much?", ("省级",), ()),
        ("市里给多少", (), ()),
        ("省里给了1000万,还能拿吗", (), ()),
        ("园区里的推广活动", (), ()),
        ("will the municipal finance bureau pay?", (), ()),
    ],
)
def test_levels_that_an_asker_has_and_lacks(text: str, asked: tuple[str, ...], lacked: tuple[str, ...]) -> None:
    assert levels_asked(fold(text)) == asked
    assert levels_lacked(fold(text)) == lacked


@pytest.mark.parametrize(
    ("demanded", "lacked", "out_of_reach"),
    [
        ({"省级"}, ("省级",), True),
        ({"国家级"}, ("省级",), True),
        ({"省级", "国家级"}, ("省级",), True),
        ({"市级", "省级"}, ("省级",), False),
        ({"省级"}, (), False),
        (set(), ("省级",), False),
    ],
)
def test_who_lacks_a_level_lacks_those_above(demanded: set[str], lacked: tuple[str, ...], out_of_reach: bool) -> None:
    assert are_out_of_reach(demanded, lacked) is out_of_reach
