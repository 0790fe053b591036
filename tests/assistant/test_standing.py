"""What askers say of the part they play and the office they are."""

import pytest

from assistant.question.standing import read_standing
from corpus.script import fold


@pytest.mark.parametrize(
    "text",
    [
        "我们只是参与单位",
        "行标是别家牵头的,我们只是参编单位之一",
        "我們只是配合單位,能領嗎",
        "项目我们公司是参与方,牵头的是外地研究院",
        "牵头的是别的公司,我们跟着做",
        "我们不过是个协作单位",
        "国标我们参编,可以领吗",
        "我们参与了国家标准的起草",
        "不是我们牵头,是另一家大学牵头",
        "我们没牵头,只参与了研发",
        "We are only a participant in the national project",
        "We merely took part; another company led the project",
        "our firm was just one of the co-drafters",
        "We did not lead it",
    ],
)
def test_who_only_takes_part(text: str) -> None:
    assert read_standing(fold(text)).takes_part


@pytest.mark.parametrize(
    "text",
    [
        "我们牵头,联合三家单位参与",
        "由我们牵头承担,外地一家研究所配合",
        "我司牵头制定的国家标准,参编单位有八家",
        "我们不只是参与,是牵头单位",
        "牵头和参与的奖励有什么区别",
        "参与制定标准的奖多少",
        "牵头单位是哪个部门",
        "由企业牵头承担的国家项目能配套多少",
        "我们配套额做了2300万",
        "We led the project together with only a participating institute",
        "What do participants get?",
        "What is paid for projects led by local firms?",
    ],
)
def test_who_leads_or_only_asks_is_no_mere_participant(text: str) -> None:
    assert not read_standing(fold(text)).takes_part


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("我们是县工信局,办了4场对接会", "区县级"),
        ("我在龙岩下面一个县的商务局,今年我们局办了6场", "区县级"),
        ("我们是区经信局", "区县级"),
        ("我們是市工信局 自己搞了兩場", "市级"),
        ("县商务局自己办了三场对接会", "区县级"),
        ("I work for a county-level bureau in the north", "区县级"),
        ("We are the district commerce bureau.", "区县级"),
        ("我们是县里一家企业", None),
        ("我们是县工信局推荐的企业", None),
        ("县工信局让我们来报", None),
        ("我们是市场监管局", None),
        ("We held events with the county bureau of commerce", None),
    ],
)
def test_the_level_of_the_office_that_asks(text: str, office: str | None) -> None:
    assert read_standing(fold(text)).office == office
