"""Documents of other kinds than the shipped ones, as users add them."""

from collections.abc import Callable

import pytest

from corpus.clause import ClauseKind
from corpus.document import Document

DocumentOf = Callable[[str], Document]


def outline(document: Document) -> list[str]:
    """The ids of the clauses without the document's."""
    return [clause.id.partition("#")[2] for clause in document.clauses]


def text_of(document: Document, address: str) -> str:
    return document.clauses_by_id[f"added#{address}"].text


def left_out(document: Document) -> list[str]:
    return [document.text[span.start : span.end] for span in document.furniture]


def test_articles_below_chapters_and_sections(document_of: DocumentOf) -> None:
    document = document_of(
        "吴江区智能制造专项资金管理办法\n（试行）\n第一章 总 则\n"
        "第一条 为规范管理，根据《预算法》第三条的规定，制定本办法。\n"
        "第二条 本办法所称资金，由区财政安排。\n第三条规定的资金实行专账管理。\n第二章 支持标准\n第一节 技术改造\n"
        "第三条 设备补助。按投入的10%给予补助。\n3D打印设备另行规定。\n第四条 贴息。\n（一）工业项目；\n"
        "（二）其他项目。\n"
        "第三章 附 则\n第五条 本办法由区工信局负责解释。\n"
    )

    assert outline(document) == [
        "文首1",
        "文首2",
        "第一章",
        "第一章.题",
        "第一章.第一条",
        "第一章.第二条",
        "第一章.第二条.段1",
        "第一章.第二条.段2",
        "第二章",
        "第二章.题",
        "第二章.第一节",
        "第二章.第一节.题",
        "第二章.第一节.第三条",
        "第二章.第一节.第三条.段1",
        "第二章.第一节.第三条.段2",
        "第二章.第一节.第四条",
        "第二章.第一节.第四条.题",
        "第二章.第一节.第四条.(一)",
        "第二章.第一节.第四条.(二)",
        "第三章",
        "第三章.题",
        "第三章.第五条",
    ]
    assert document.clauses_by_id["added#第二章.第一节.第三条"].heading == "设备补助"
    assert document.clauses_by_id["added#第二章.第一节.第三条"].address[-1] == "第三条 设备补助"
    assert text_of(document, "第一章.第二条.段2") == "第三条规定的资金实行专账管理。"


POLICY_CARD = (
    " \n53 \n二、两业融合篇 \n1. 示范园区认定及支持办法 \n依据文件 \n《示范园区和试点企业认定及支持办法（试行）》 \n"
    "发文机构 \n北京市发展和改革委员会 \n服务内容 \n"
    "1．在示范园区内的地块，以招拍挂方式取得工业或物流仓储用地建成并运\n"
    "营，试点通过“弹性年期+弹性规模”方式实现建筑规模增容，"
    "在用地范围内\n新建、扩建生产性用房。 \n"
    "2．在示范园区内，围绕北京市两业融合八个重点领域开展专业化“一站式”产\n"
    "业服务平台等产业共性服务设施建设的项目，按照经认定的"
    "固定资产投资\n总额30%的比例给予支持。对低效楼宇改造项目按照固定资产投资总额\n\n\n \n54 \n"
    "10%的比例给予支持，最高不超过5000 万元。 \n"
    "条件要求 \n1．园区年营业收入不低于100 亿元； \n"
    "2．入驻企业平均单位面积年营业收入超过2 万元/平方米。 \n\n\n \n55 \n"
    "2. 试点企业认定及支持办法 \n服务内容 \n"
    "1．试点企业经综合评价后可纳入重点支持范围，引进符合条件的毕业生实行\n计划单列。 \n"
    "2．优先推荐试点企业申报国家级两业融合试点，对两业融合发展成效显著、\n"
    "经验模式典型的试点示范优秀案例以多种形式宣传推广。 \n"
)


def test_policy_cards_from_a_pdf(document_of: DocumentOf) -> None:
    """Numbered cards hold numbered items below unnumbered headings; both are written 1., 2."""
    document = document_of(POLICY_CARD)

    numbered = [address for address in outline(document) if address.rpartition(".")[2].isdigit()]
    assert numbered == [
        "二.1",
        "二.1.服务内容.1",
        "二.1.服务内容.2",
        "二.1.条件要求.1",
        "二.1.条件要求.2",
        "二.2",
        "二.2.服务内容.1",
        "二.2.服务内容.2",
    ]
    assert left_out(document) == ["53", "54", "55"]
    assert document.metadata.title == "两业融合篇"
    assert document.metadata.region == "北京"


def test_a_paragraph_broken_at_the_page_margin_is_one_leaf(document_of: DocumentOf) -> None:
    item = text_of(document_of(POLICY_CARD), "二.1.服务内容.1")

    assert item.startswith("1．在示范园区内的地块")
    assert item.endswith("新建、扩建生产性用房。")


def test_a_page_number_in_a_paragraph_parts_it_and_stays_out(document_of: DocumentOf) -> None:
    document = document_of(POLICY_CARD)
    item = document.clauses_by_id["added#二.1.服务内容.2"]

    assert item.child_ids == ("added#二.1.服务内容.2.段1", "added#二.1.服务内容.2.段2")
    assert text_of(document, "二.1.服务内容.2.段2") == "10%的比例给予支持，最高不超过5000 万元。"
    assert all("54" not in leaf.text for leaf in document.leaves)


def test_a_page_of_a_company_with_menus_and_footer(document_of: DocumentOf) -> None:
    document = document_of(
        "东莞科星泰科技有限公司\n您好，欢迎来到科星泰科技服务有限公司官网！\n在线留言\n服务热线：\n"
        "13632839409\n首页\n|\n关于我们\n企业简介\n"
        "高新技术企业认定/培育\n当前位置：首页> 业务详情> 机器换人项目>\n业务详情\n"
        "关于组织申报2017年东莞市智能制造示范项目的通知\n"
        "发布时间：2017-09-25 03:07:33\n各镇（街）经贸办、经济科技信息局，有关企业：\n"
        "根据《东莞市打造智能制造全生态链财政资助实施细则（试行）》(东府办〔2017〕98号)，现就有关事项通知如下：\n"
        "一、申报对象\n我市制造企业实施建设的智能制造示范项目。\n二、申报条件\n（一）具有独立法人资格；\n"
        "（二）设备和技术投入500万元以上。\n"
        "东莞市经济和信息化局 2017年7月20日\n下一个：关于组织申报2017年度首台（套）重点技术装备项目的通知\n"
        "OA系统\n|\n版权所有 cyx 13433633780\n"
        "电话：13632839409\n地址：广东省东莞市松山湖高新区生产力大厦北区410\n扫码联系方式\n"
    )

    kept = "\n".join(leaf.text for leaf in document.leaves)
    assert outline(document) == [
        "文首1",
        "文首2",
        "段1",
        "一",
        "一.题",
        "一.段1",
        "二",
        "二.题",
        "二.(一)",
        "二.(二)",
        "落款1",
    ]
    for words in ("136328", "首页", "业务详情", "发布时间", "下一个", "版权", "扫码", "|"):
        assert words not in kept
    assert document.metadata.issuer == "东莞市经济和信息化局"


def test_a_title_repeated_below_a_menu(document_of: DocumentOf) -> None:
    document = document_of(
        "天河区支持港澳青年创新创业实施办法\n无障碍阅读\n政务公开\nGovernment Affairs\n"
        "您当前所在的位置：首页 > 政务服务\n"
        "天河区支持港澳青年创新创业实施办法\n发表时间：2023-08-09 23:04:15\n浏览量：\n-\nA+大\nA+小\n"
        "第一条 制定本办法。\n第二条 租金补贴。给予租金总额50%的补贴。\n公开方式：主动公开\n"
        "扫一扫在手机打开当前页\n打印关闭\n您是第\n-\n位访客\n手机版\n"
    )

    assert outline(document) == ["文首1", "文首2", "第一条", "第二条", "落款1"]
    assert len(document.furniture) == 15


def test_questions_and_answers(document_of: DocumentOf) -> None:
    document = document_of(
        "关于稳岗返还政策的问答\n问：哪些企业可以申请？\n答：裁员率不高于5.5%的参保企业。\n"
        "问：返还标准是多少？\n答：大型企业按30%返还。\n"
    )

    answer = document.clauses_by_id["added#返还标准是多少.段1"]
    assert answer.text == "答：大型企业按30%返还。"
    assert answer.address == ("返还标准是多少？",)


def test_headings_that_lost_their_numbers(document_of: DocumentOf) -> None:
    document = document_of(
        "河北省建冷库补助多少\n\n河北省建冷库补助多少,第1张\n\n"
        "2022年,在全省范围开展农产品冷藏保鲜设施建设。\n\n、补助对象\n\n示范家庭农场。\n\n"
        "、补助标准\n\n补助金额不超过100万元。\n\n1、首先组装式冷藏库:10吨的规格补贴1万。\n\n"
        "2、其次500吨的规格补贴34万元。\n"
    )

    assert outline(document)[2:] == [
        "补助对象",
        "补助对象.题",
        "补助对象.段1",
        "补助标准",
        "补助标准.题",
        "补助标准.段1",
        "补助标准.1",
        "补助标准.2",
    ]
    assert left_out(document) == ["河北省建冷库补助多少,第1张"]


def test_traditional_text_from_taiwan(document_of: DocumentOf) -> None:
    document = document_of(
        "SBIR補助項目及審查\n\n補助項目:\n\n(一) 人員薪資 (專職、預聘、顧問)\n\n(二) 研發設備之使用費\n\n"
        "補助上限:\n\n"
        "計畫期程最高補助金額:新台幣一千萬元為上限,一年最高補助金為新台幣五百萬元。\n"
    )

    ceiling = document.clauses_by_id["added#補助上限.段1"]
    assert ceiling.text.startswith("計畫期程最高補助金額")
    assert ceiling.address[0] == "補助上限"
    assert "added#補助項目.(二)" in document.clauses_by_id


def test_a_notice_with_its_attachment(document_of: DocumentOf) -> None:
    document = document_of(
        "宁波市经济和信息化局关于印发《宁波市软件产业扶持办法》的通知\n各区县（市）经信局：\n"
        "现将《宁波市软件产业扶持办法》印发给你们，请遵照执行。\n"
        "一、高度重视。\n二、抓好落实。\n宁波市经济和信息化局\n2022年3月1日\n\n附件\n宁波市软件产业扶持办法\n"
        "一、支持对象\n软件企业。\n"
        "二、支持标准\n1、首次入库的，奖励10万元。\n本办法自发布之日起施行，试行期一年。\n"
    )

    assert document.metadata.parts == ("宁波市软件产业扶持办法",)
    assert document.clauses_by_id["added#一"].part == ""
    assert document.clauses_by_id["added#P1.二.1"].part == "宁波市软件产业扶持办法"
    assert document.clauses_by_id["added#P1.末1"].kind is ClauseKind.CLOSING


def test_a_list_of_attachments_holds_no_clauses(document_of: DocumentOf) -> None:
    document = document_of(
        "一、申报条件。符合要求。\n二、申报时间。6月底前。\n附件：1.申报表\n2.承诺书\n某市工信局\n2023年5月1日\n"
    )

    assert outline(document) == ["一", "二", "末1", "末2", "落款1", "落款2"]


def test_a_text_without_any_numbering(document_of: DocumentOf) -> None:
    document = document_of(
        "关于支持花卉产业的说明\n\n对新建花卉大棚给予每亩2000元补助。\n\n申请截止到2024年6月30日。\n"
    )

    assert [leaf.kind for leaf in document.leaves] == [ClauseKind.TITLE, ClauseKind.PARAGRAPH, ClauseKind.PARAGRAPH]
    assert outline(document) == ["文首1", "段1", "段2"]
    assert document.clauses_by_id["added#段2"].address == ("第2段",)


def test_a_text_that_lost_its_line_breaks(document_of: DocumentOf) -> None:
    document = document_of(
        "绍兴市关于加快新能源产业发展的若干意见  为加快发展，提出以下意见。一、总体要求。坚持创新"
        "驱动。二、支持政策。（一）支持项目落地。"
        "给予3%补助。（二）支持研发。给予最高200万元补助。三、附则。本意见自2024年1月1日起施行。"
    )

    assert outline(document) == ["文首1", "段1", "一", "二", "二.题", "二.(一)", "二.(二)", "三"]
    assert text_of(document, "二.(二)") == "（二）支持研发。给予最高200万元补助。"


def test_grades_in_a_sentence_do_not_break_it(document_of: DocumentOf) -> None:
    document = document_of(
        "会展业若干扶持政策措施\n一、支持参展。对获得一、二、三等奖的企业分别奖励3万元、2万元、1万元。\n"
    )

    assert outline(document) == ["文首1", "一"]


def test_equal_addresses_are_told_apart_in_order(document_of: DocumentOf) -> None:
    document = document_of("一、支持办展。给予补助。\n一、支持参展。给予补助。\n")

    assert outline(document) == ["一", "一~2"]


@pytest.mark.parametrize("lines", ["一、支持办展。\n", "(一)支持办展。\n", "1.支持办展。\n", "①支持办展。\n"])
def test_a_document_may_begin_with_any_form_of_numbering(document_of: DocumentOf, lines: str) -> None:
    assert len(document_of(lines + "给予每个展会20万元补助。\n").leaves) == 2


def test_a_record_above_the_text_is_read_and_kept(document_of: DocumentOf) -> None:
    document = document_of(
        "索 引 号：113302000/2022-0001 主题分类：工业\n发文机关：宁波市人民政府办公厅 成文日期：2022年03月01日\n"
        "标　　题：宁波市关于加快软件产业发展的若干意见\n发文字号：甬政办发〔2022〕15号 发布日期：2022年03月05日\n"
        "有 效 性：有效\n\n　　一、总体目标\n　　到2025年，软件业务收入达到2000亿元。\n"
    )

    assert document.metadata.title == "宁波市关于加快软件产业发展的若干意见"
    assert document.metadata.document_number == "甬政办发〔2022〕15号"
    assert document.metadata.issuer == "宁波市人民政府办公厅"
    assert str(document.metadata.issued) == "2022-03-01"
    assert document.furniture == ()


@pytest.mark.parametrize(
    "last",
    [
        "主办单位：市人社局",
        "申报企业扫描二维码填报",
        "联系电话：0571-88888888",
        "支持企业应用二维码技术，推动网站地图等信息公开",
        "本政策由市人社局负责解释",
    ],
)
def test_policy_that_reads_like_a_footer_stays_without_a_web_site_around_it(document_of: DocumentOf, last: str) -> None:
    document = document_of(f"高校毕业生创业补贴申领\n一、补贴标准\n每人10000元。\n{last}\n")

    assert document.furniture == ()
    assert document.leaves[-1].text == last


def test_a_guide_of_short_lines_loses_nothing(document_of: DocumentOf) -> None:
    document = document_of("小微企业社保补贴\n补贴对象\n小微企业\n补贴标准\n每人每年1000元\n申请方式\n登录平台\n")

    assert document.furniture == ()
    assert document.clauses_by_id["added#补贴标准.段1"].text == "每人每年1000元"


def test_a_heading_in_corner_brackets(document_of: DocumentOf) -> None:
    document = document_of("第三条　【技术改造】对技改项目按10%给予资助，最高500万元。\n")

    assert document.clauses_by_id["added#第三条"].heading == "技术改造"


def test_numbers_without_dots_make_a_list_when_they_follow_each_other(document_of: DocumentOf) -> None:
    document = document_of(
        "青岛市支持海洋产业政策\n1 加快平台建设。给予500万元。\n2 支持上市。给予100万元。\n5 家企业入选。\n"
    )

    assert outline(document) == ["文首1", "1", "2", "2.段1", "2.段2"]


def test_the_entry_into_force_below_its_own_heading(document_of: DocumentOf) -> None:
    document = document_of("一、支持办展\n给予补助。\n二、附则\n本意见自2022年4月1日起施行，有效期至2025年12月31日。\n")

    assert document.clauses_by_id["added#二.末1"].kind is ClauseKind.CLOSING
    assert str(document.metadata.valid_to) == "2025-12-31"


def test_lines_above_the_first_sentence_stay_when_nothing_speaks_of_a_web_page(document_of: DocumentOf) -> None:
    document = document_of(
        "科技券計劃\n申請資格\n在香港註冊的企業\n資助金額\n每間企業資助上限為60萬港元，政府與企業以3:1的比例出資。\n"
    )

    assert document.furniture == ()
    assert document.metadata.title == "科技券計劃"
    assert document.clauses_by_id["added#申請資格.段1"].text == "在香港註冊的企業"
