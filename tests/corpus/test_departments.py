import pytest

from corpus.departments import inline_departments, is_responsibility, stated_departments
from corpus.script import fold


@pytest.mark.parametrize(
    ("text", "departments"),
    [
        ("补助。(责任单位:市经信局、市财政局)", ("市经信局", "市财政局")),
        ("补助。[责任单位:市经信局,各区(市)县政府(管委会)]", ("市经信局", "各区(市)县政府(管委会)")),
        ("補助。〔責任單位:市經濟信息委,各區縣〕", ("市經濟信息委", "各區縣")),
        ("补助。(责任单位:市科技局,市发改委;第一个逗号前为牵头单位,下同)", ("市科技局", "市发改委")),
        ("责任单位：市工信局、驻厦办等相关部门，各县（市、区）", ("市工信局", "驻厦办", "各县（市、区）")),
        ("【牵头单位：市科技局；配合单位：市财政局】", ("市科技局", "市财政局")),
        ("奖励10万元。责任部门：软件处", ("软件处",)),
        ("奖励10万元，由市财政局拨付。", ()),
        ("按照责任单位分工落实。", ()),
    ],
)
def test_departments_stated_at_the_end_of_a_clause(text: str, departments: tuple[str, ...]) -> None:
    assert stated_departments(text, fold(text)) == departments


@pytest.mark.parametrize(
    ("text", "departments"),
    [
        ("1.由市工信局牵头,市城管局配合,举办专场", ("市工信局", "市城管局")),
        ("由市林业局牵头、市城管局配合,举办", ("市林业局", "市城管局")),
        ("由市发改委、科技局、工信局分别牵头,支持", ("市发改委", "科技局", "工信局")),
        ("由市人力资源和社会保障局牵头,实施", ("市人力资源和社会保障局",)),
        ("由市教育局和团市委联合牵头,组织", ("市教育局", "团市委")),
        ("由市工信局会同市自然资源局、人社局,于6月份开展", ("市工信局", "市自然资源局", "人社局")),
        ("由龙头企业牵头,联合高校", ()),
        ("由市委主要负责同志担任总链长", ()),
        ("本办法由区政府负责解释", ()),
    ],
)
def test_departments_named_in_a_sentence(text: str, departments: tuple[str, ...]) -> None:
    assert inline_departments(text, fold(text)) == departments


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("责任单位:市工信局、财政局", True),
        ("(責任單位:市經濟信息委,各區縣)", True),
        ("牵头部门：市商务局", True),
        ("责任单位要加强管理,确保落实。", False),
        ("市财政局对每场次给予补助。", False),
    ],
)
def test_a_line_that_only_names_departments(line: str, expected: bool) -> None:
    assert is_responsibility(fold(line)) is expected
