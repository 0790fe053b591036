"""Whatever lines a file holds, nothing is lost, nothing is held twice, and the tree is in reading order."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.collection import read_document
from corpus.document import Document
from corpus.errors import DocumentError
from corpus.layout import is_blank

LINES = [
    "关于支持会展业的若干政策",
    "鹿城区工业经济若干政策意见",
    "某市工业和信息化局",
    "2023年5月1日",
    "各区县人民政府:",
    "第一章 总则",
    "第二条 本办法所称企业,是指工业企业。",
    "第五条规定的企业除外。",
    "一、总体要求",
    "二、支持政策。给予补助。",
    "四、附则",
    "(一)支持办展。给予20万元补助。",
    "（三）支持参展",
    "1.新办展会",
    "2．续办展会，给予10万元补助。",
    "3 其他展会。",
    "（1）国家级;",
    "②省级。",
    "支持对象",
    "附则",
    "问:怎么申请?",
    "责任单位:市商务局、市财政局",
    "符合以下条件:",
    "对参展企业给予补助。",
    "本政策自2023年5月1日起施行,有效期三年。",
    "附件:1.申报表",
    "首页 > 政策",
    "发布时间:2023-05-01",
    "打印",
    "12",
    "13",
    "浙ICP备12345678号",
    "版权所有",
    "序号",
    "级别",
    "奖励标准",
    "1",
    "2",
    "国家级",
    "省级",
    "50万元",
    "20万元",
    "| 名称 | 金额（万元） |",
    "| --- | --- |",
    "| 省级 | 20 |",
    "# 岚溪县旅游奖励办法",
    "**支持民宿**",
    "<!-- 正文 -->",
    "【岚溪县】",
    "补贴标准：8000元。",
    "补贴对象：首次创业人员。",
    "补贴期限：一年。",
    "政策条件：",
    "民宿奖励",
    "对新评定的甲级民宿，给予经营者一次性奖励，由县文旅局审核后拨付。",
    "租房有补贴吗？",
    "1.中華民國一百零四年六月三十日勞動部勞動發就字第 1 號令訂定",
    "第 1 條",
    "",
    "  ",
    "\u3000\u200b",
]


def check(document: Document) -> None:
    spans = sorted((span.start, span.end) for span in (*document.leaves, *document.furniture))
    position = 0
    for start, end in spans:
        assert start >= position
        assert all(map(is_blank, document.text[position:start]))
        position = end
    assert all(map(is_blank, document.text[position:]))
    starts = [leaf.start for leaf in document.leaves]
    assert starts == sorted(starts)
    assert len(document.clauses_by_id) == len(document.clauses)
    for clause in document.clauses:
        assert document.text[clause.start : clause.end] == clause.text
        for child_id in clause.child_ids:
            child = document.clauses_by_id[child_id]
            assert clause.start <= child.start
            assert child.end <= clause.end


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=25))
@example(["四、附则"] * 4 + ["**支持民宿**"] * 2)  # as narrow as a page that is broken at its margin
def test_any_order_of_lines_is_a_tree_over_the_whole_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        document = read_document("any", text, text.encode())
    except DocumentError:
        return
    check(document)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="一二(（1.、第条章。;:\n 责任单位:市局ab{}=#*|\t补贴元\ufeff\ue010㈠①Ⅳ", max_size=80))
def test_any_characters_are_a_tree_over_the_whole_text(text: str) -> None:
    try:
        document = read_document("any", text, text.encode())
    except DocumentError:
        return
    check(document)
