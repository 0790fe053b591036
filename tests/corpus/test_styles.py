"""The ways of drafting that users add: cards, guides, questions and answers, lists by place, laws, saved pages."""

from collections.abc import Callable
from datetime import date

import pytest

from corpus.clause import Clause
from corpus.document import Document
from corpus.metadata import part_metadata

DocumentOf = Callable[[str], Document]


def leaf(document: Document, words: str) -> Clause:
    """The only leaf that begins with some words."""
    found = [clause for clause in document.leaves if clause.text.startswith(words)]
    assert len(found) == 1, [clause.text for clause in found]
    return found[0]


def path(document: Document, words: str) -> tuple[str, ...]:
    """The headings above the leaf that begins with some words."""
    return tuple(step for step in leaf(document, words).address if not step.startswith("第"))


# Cards


def test_the_parts_of_a_card_stand_side_by_side_below_its_name(document_of: DocumentOf) -> None:
    document = document_of(
        "岚溪县创业补贴一览\n1、一次性创业资助\n补贴条件：\n（1）经营满6个月；\n（2）正常纳税。\n"
        "补贴对象：首次创业人员。\n补贴标准：8000元。\n补贴期限：一次性。\n2、场地补贴\n补贴条件：\n（1）租用场地；\n（2）签订合同。\n"
        "补贴对象：小微企业。\n补贴标准：每年3000元。\n补贴期限：三年。\n"
    )

    assert path(document, "补贴标准：8000元") == ("1、一次性创业资助", "补贴标准")
    assert path(document, "补贴标准：每年3000元") == ("2、场地补贴", "补贴标准")
    assert path(document, "（2）正常纳税")[:2] == ("1、一次性创业资助", "补贴条件")


def test_a_card_is_told_by_its_name_above_its_first_part(document_of: DocumentOf) -> None:
    document = document_of(
        "岚溪县惠企政策清单\n跨境电商奖励\n政策条件：\n在本县注册的跨境电商企业，年出口额100万美元以上，奖励5万元。\n"
        "蔬菜产业补助\n政策条件：\n1.集中连片50亩以上的，每年补助2万元。\n2.集中连片100亩以上的，每年补助5万元。\n"
        "冷链补助\n政策条件：\n新建冷库的，每立方米补助100元。\n"
    )

    assert path(document, "1.集中连片50亩")[:2] == ("蔬菜产业补助", "政策条件")
    assert path(document, "新建冷库") == ("冷链补助", "政策条件")


def test_a_sum_on_its_own_line_below_the_name_of_a_card_is_no_heading(document_of: DocumentOf) -> None:
    document = document_of(
        "科技项目补助\n省级研发中心\n补助20万元\n1.研发人员不少于10人；\n2.研发投入占比达到3%以上。\n"
        "市级研发中心\n补助8万元\n1.研发人员不少于5人；\n2.研发投入占比达到2%以上。\n"
    )

    assert path(document, "补助8万元") == ("市级研发中心",)
    assert leaf(document, "补助8万元").kind.value == "paragraph"


def test_short_lines_above_paragraphs_are_their_headings(document_of: DocumentOf) -> None:
    document = document_of(
        "霧嶼中小企業資助計劃\n計劃簡介\n本計劃由霧嶼工商署推出，協助本地企業開拓市場。\n"
        "申請資格\n在霧嶼登記、僱員少於50人的非上市企業均可提出申請。\n"
        "市場推廣資助\n企業參加展覽會，資助額為核准開支的50%，每次最高8萬元。\n"
        "培訓資助\n僱員參加課程，可獲課程費用三分之二的資助，每年上限為20萬元。\n"
    )

    assert path(document, "企業參加展覽會") == ("市場推廣資助",)
    assert path(document, "在霧嶼登記") == ("申請資格",)


def test_short_lines_without_a_paragraph_below_are_no_headings(document_of: DocumentOf) -> None:
    document = document_of(
        "岚溪县补贴办法\n一、范围\n补贴以下农机：\n拖拉机\n插秧机\n烘干机\n二、标准\n每台补贴2000元。\n"
    )

    assert path(document, "插秧机") == ("一、范围",)


def test_the_parts_of_cards_may_begin_on_their_first_line(document_of: DocumentOf) -> None:
    document = document_of(
        "岚溪县就业政策\n求职补贴\n政策内容：对低保家庭毕业生给予求职补贴。\n申请渠道：所在学校。\n补贴测算：每人2000元。\n"
        "见习补贴\n政策内容：对见习单位给予补贴，按人按月发放。\n申请渠道：县就业中心。\n补贴测算：每人每月800元。\n"
    )

    assert path(document, "补贴测算：每人2000元") == ("求职补贴", "补贴测算")
    assert path(document, "补贴测算：每人每月800元") == ("见习补贴", "补贴测算")


def test_sections_and_articles_that_lost_their_lines_are_parted(document_of: DocumentOf) -> None:
    document = document_of(
        "岚溪县支持算力产业若干措施\n一、适用对象本措施适用于在本县登记的企业。二、支持内容（一）支持技术研发。鼓励企业开展研发，"
        "按研发投入的10%给予补助，最高不超过100万元。（二）支持算力供给。对建设算力中心的，按投资额的5%给予补助，最高不超过500万元。"
        "（三）支持应用推广。对示范应用给予20万元奖励。三、附则本措施自2026年1月1日起施行，有效期三年。\n"
    )

    assert [c.label for c in document.clauses if c.label and not c.parent_id] == ["一、", "二、", "三、"]
    assert leaf(document, "（一）支持技术研发").parent_id == "added#二"
    assert leaf(document, "（三）支持应用推广").heading == "支持应用推广"


# Questions and answers


def test_a_question_without_its_mark_heads_the_answer_below(document_of: DocumentOf) -> None:
    document = document_of(
        "岚溪县就业政策解答\n哪些人可以申请创业担保贷款？\n在本县创业的登记失业人员、返乡农民工和高校毕业生可以申请。\n"
        "贷款最高多少？\n个人最高贷款20万元，小微企业最高贷款300万元，期限不超过两年。\n"
    )

    assert path(document, "个人最高贷款20万元") == ("贷款最高多少？",)


# Lists by place


def test_what_each_place_lays_down_has_its_own_term(document_of: DocumentOf) -> None:
    document = document_of(
        "三县民宿扶持政策汇总\n【岚溪县】\n1.新评定甲级民宿奖励10万元。\n执行时间：2023年1月1日至2025年12月31日。\n"
        "【霁川县】\n1.新评定甲级民宿奖励8万元。\n执行时间：自2026年1月1日起，至2028年12月31日止。\n"
    )

    assert document.metadata.parts == ("岚溪县", "霁川县")
    assert (document.metadata.valid_from, document.metadata.valid_to) == (None, None)
    own = part_metadata(document.metadata, "霁川县", [c for c in document.leaves if c.part == "霁川县"])
    assert (own.valid_from, own.valid_to) == (date(2026, 1, 1), date(2028, 12, 31))


def test_documents_one_behind_another_are_told_by_their_issuer_and_day(document_of: DocumentOf) -> None:
    document = document_of(
        "创业贷款贴息\n岚溪县财政局\n2024-05-31\n一、贴息对象：创业者。\n二、贴息标准：按利率的50%给予贴息。\n"
        "场地费补贴\n岚溪县人力资源和社会保障局\n2024-01-01\n一、申请对象：创业团队。\n二、补贴标准：每月补贴500元。\n"
    )

    assert document.metadata.parts == ("创业贷款贴息", "场地费补贴")
    assert leaf(document, "二、补贴标准").part == "场地费补贴"


# Laws of Taiwan


LAW = (
    "青年返鄉補助辦法\n1.中華民國一百零四年六月三十日勞動部勞動發就字第 1040507 號\n  令訂定發布全文 3 條；並自發布日施行\n"
    "第 1 條\n本辦法依就業服務法第二十四條規定訂定之。\n第 2 條\n返鄉青年符合下列條件者，得申請補助：\n一、年滿十八歲。\n"
    "二、返鄉居住滿六個月。\n前項補助每人新臺幣三萬元。\n離島青年之補助如下：\n一、每人新臺幣五萬元。\n二、另發交通費新臺幣三千元。\n"
    "第 3 條\n本辦法自發布日施行。\n"
)


def test_the_history_of_a_law_is_its_front_and_no_clause(document_of: DocumentOf) -> None:
    document = document_of(LAW)

    assert leaf(document, "1.中華民國").kind.value == "title"
    assert "added#第2条" in document.clauses_by_id
    assert document.metadata.region == "台湾"


def test_a_paragraph_behind_the_items_is_the_articles_own(document_of: DocumentOf) -> None:
    document = document_of(LAW)

    assert leaf(document, "前項補助").parent_id == "added#第2条"
    assert leaf(document, "一、每人新臺幣五萬元").parent_id == "added#第2条"


# Saved pages


PAGE = (
    "关于调整养老补贴的通知 - 岚溪县人民政府门户网站\n首页\n政务公开\n搜索热词：养老\n当前位置：首页 > 政务公开 > 通知公告\n"
    "岚溪县民政局关于调整养老补贴的通知\n发布时间：2024-03-08 浏览次数：12\n分享到\n岚民发〔2024〕3号\n各乡镇人民政府：\n"
    "一、补贴标准\n八十周岁以上老年人每人每月补贴100元，由县民政局按季发放。\n二、附则\n本通知自2024年4月1日起施行，有效期五年。\n"
    "岚溪县民政局\n2024年3月5日\n扫一扫在手机打开当前页\n内容纠错 | 使用帮助\n版权所有：岚溪县人民政府\n· 县教育局\n· 县民政局\n"
    "一、补贴标准　　八十周岁以上老年人每人每月补贴100元，由县民政局按季发放。二、附则　　本通知自2024年4月1日起施行，有效期五年。\n"
)


def test_menus_and_the_copy_for_machines_are_no_policy(document_of: DocumentOf) -> None:
    document = document_of(PAGE)

    assert document.metadata.title == "岚溪县民政局关于调整养老补贴的通知"
    kept = "\n".join(clause.text for clause in document.leaves)
    assert "当前位置" not in kept
    assert "县教育局" not in kept
    assert kept.count("每人每月补贴100元") == 1


def test_marks_of_markdown_belong_to_no_clause(document_of: DocumentOf) -> None:
    document = document_of(
        "# 岚溪县科技奖励办法\n<!-- 来源 -->\n## 第一章 总则\n第一条 为鼓励创新，制定本办法。\n**第二章 奖励**\n第二条 奖励10万元。\n"
    )

    assert document.metadata.title == "岚溪县科技奖励办法"
    assert document.clauses_by_id["added#第一章"].heading == "总则"
    assert document.clauses_by_id["added#第二章"].heading == "奖励"
    assert {span.reason for span in document.furniture} == {"markup"}


# Metadata


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            "岚溪县人民政府关于应对低温影响\n强化稳岗举措的实施意见\n",
            "岚溪县人民政府关于应对低温影响强化稳岗举措的实施意见",
        ),
        ("岚溪县人社局关于印发就业见习\n基地管理办法的通知\n", "岚溪县人社局关于印发就业见习基地管理办法的通知"),
        ("岚溪县人社局关于印发就业见习基地\n管理办法\n", "岚溪县人社局关于印发就业见习基地管理办法"),
    ],
)
def test_a_title_may_be_broken_over_lines(document_of: DocumentOf, lines: str, title: str) -> None:
    document = document_of(lines + "岚政发〔2024〕5号\n各乡镇人民政府：\n一、总则\n为稳定就业，制定本意见。\n")

    assert document.metadata.title == title


def test_a_title_that_stands_again_over_several_lines_is_no_text(document_of: DocumentOf) -> None:
    document = document_of(
        "岚溪县人民政府关于发挥担保基金作用支持小微企业的意见\n岚溪县人民政府关于发挥\n担保基金作用支持\n小微企业的意见\n"
        "岚政发〔2024〕5号\n一、总则\n为支持小微企业，制定本意见。\n"
    )

    assert [c.kind.value for c in document.leaves if c.start < document.text.index("一、")] == ["title"] * 5


def test_a_field_may_have_its_value_on_the_next_line(document_of: DocumentOf) -> None:
    document = document_of(
        "发文字号：岚政发〔2024〕5号\n成文日期：\n2024年5月6日\n失效日期：\n2026年6月1日\n岚溪县养老补贴办法\n一、标准\n每月100元。\n"
    )

    assert document.metadata.issued == date(2024, 5, 6)
    assert document.metadata.valid_to == date(2026, 6, 1)


@pytest.mark.parametrize("organ", ["国务院办公厅", "财政部 商务部", "国家税务总局", "民航局"])
def test_what_a_body_of_the_whole_country_lays_down_is_of_no_place(document_of: DocumentOf, organ: str) -> None:
    document = document_of(f"{organ}关于支持企业复工的通知\n一、总则\n对湖北、新疆等地区给予支持。湖北省另行规定。\n")

    assert document.metadata.region == ""


def test_a_card_of_the_city_that_lists_its_districts_is_the_citys(document_of: DocumentOf) -> None:
    document = document_of(
        "惠民政策清单\n一、创业补贴\n在我市创业的给予5000元补贴。\n咨询电话：掇刀区：2442249、掇刀区：2442250、东宝区：2335136。\n"
        + "二、求职补贴\n对在毕业学年积极求职创业的低保家庭、零就业家庭高校毕业生，按每人2000元发放一次性求职补贴，由所在学校统一申报。\n"
        * 4
    )

    assert document.metadata.region == "荆门"
