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
        "苇湾区智能制造专项资金管理办法\n（试行）\n第一章 总 则\n"
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
    " \n53 \n二、绿色工厂篇 \n1. 零碳园区建设补助 \n依据文件 \n《零碳园区和绿色工厂培育细则（试行）》 \n"
    "发文机构 \n北京市柳絮区生态工业局 \n服务内容 \n"
    "1．园区利用自有屋顶、车棚铺设光伏板的，可以先并网再补办备案手续，所\n"
    "发电量按“谁出钱、谁受益”的原则由园区支配，"
    "用不完的部分再卖\n给当地电网公司。 \n"
    "2．园区围绕节水、节电和余热回收三个方向建设“共用式”能源站，由园内\n"
    "的各家工厂一起使用并经第三方机构审计合格的项目，按照能源"
    "站设备款\n合计25%的比例给予补助。对锅炉房拆旧建新项目按照拆建费用合计数额\n\n\n \n54 \n"
    "15%的标准给予补助，最高不超过800 万元。 \n"
    "条件要求 \n1．园区年用电量不少于2 亿千瓦时； \n"
    "2．园内企业单位产值能耗低于0.3 吨标准煤/万元。 \n\n\n \n55 \n"
    "2. 绿色工厂培育办法 \n服务内容 \n"
    "1．绿色工厂通过年度复评后可以列入帮扶名单，招聘环保工程师由区里安\n排专场。 \n"
    "2．优先推荐绿色工厂参加全国性的节能评选活动，对做法新、见效快、让\n"
    "别的工厂也能学得会的绿色工厂在区里的融媒体中心开设专栏加以介绍。 \n"
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
    assert document.metadata.title == "绿色工厂篇"
    assert document.metadata.region == "北京"


def test_a_paragraph_broken_at_the_page_margin_is_one_leaf(document_of: DocumentOf) -> None:
    item = text_of(document_of(POLICY_CARD), "二.1.服务内容.1")

    assert item.startswith("1．园区利用自有屋顶")
    assert item.endswith("给当地电网公司。")


def test_a_page_number_in_a_paragraph_parts_it_and_stays_out(document_of: DocumentOf) -> None:
    document = document_of(POLICY_CARD)
    item = document.clauses_by_id["added#二.1.服务内容.2"]

    assert item.child_ids == ("added#二.1.服务内容.2.段1", "added#二.1.服务内容.2.段2")
    assert text_of(document, "二.1.服务内容.2.段2") == "15%的标准给予补助，最高不超过800 万元。"
    assert all("54" not in leaf.text for leaf in document.leaves)


def test_a_page_of_a_company_with_menus_and_footer(document_of: DocumentOf) -> None:
    document = document_of(
        "霁川青禾企业顾问有限公司\n您好，欢迎光临青禾企业顾问网站！\n在线留言\n服务热线：\n"
        "13000000001\n首页\n|\n关于我们\n团队介绍\n"
        "项目代办/培训\n当前位置：首页> 业务详情> 车间改造项目>\n业务详情\n"
        "关于组织申报2019年霁川市数字车间项目的通知\n"
        "发布时间：2019-03-05 09:12:40\n各镇（街）工业办、经济发展局，有关企业：\n"
        "按照《霁川市数字车间资助细则》(霁府办〔2019〕6号)的要求，现将申报工作安排如下：\n"
        "一、申报对象\n在本市投产的数字车间。\n二、申报条件\n（一）企业依法登记满两年；\n"
        "（二）车间软硬件花费260万元以上。\n"
        "霁川市经济和信息化局 2019年3月1日\n下一个：关于组织申报2019年度节水型工厂的通知\n"
        "OA系统\n|\n版权所有 qh 13000000002\n"
        "电话：13000000001\n地址：霁川市云帆路8号青禾楼三层\n扫码联系方式\n"
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
    for words in ("130000", "首页", "业务详情", "发布时间", "下一个", "版权", "扫码", "|"):
        assert words not in kept
    assert document.metadata.issuer == "霁川市经济和信息化局"


def test_a_title_repeated_below_a_menu(document_of: DocumentOf) -> None:
    document = document_of(
        "苇湾区支持归国青年开办企业若干办法\n无障碍阅读\n政务公开\nGovernment Affairs\n"
        "您当前所在的位置：首页 > 惠企政策\n"
        "苇湾区支持归国青年开办企业若干办法\n发表时间：2024-02-18 10:30:00\n浏览量：\n-\nA+大\nA+小\n"
        "第一条 制定本办法。\n第二条 房租补贴。按房租的三成补贴。\n公开方式：主动公开\n"
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
        "汀澜县建大棚补贴怎么领\n\n汀澜县建大棚补贴怎么领,第1张\n\n"
        "今年起,全县推广钢架大棚。\n\n、补助对象\n\n种菜的合作社。\n\n"
        "、补助标准\n\n每户最高60万元。\n\n1、单栋大棚:一亩补2600元。\n\n"
        "2、连栋大棚:一亩补8000元。\n"
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
    assert left_out(document) == ["汀澜县建大棚补贴怎么领,第1张"]


def test_traditional_text_from_taiwan(document_of: DocumentOf) -> None:
    document = document_of(
        "朔溪縣創新試作計畫補助\n\n補助項目:\n\n(一) 試作材料費 (耗材、模具)\n\n(二) 委外檢測費\n\n"
        "補助上限:\n\n"
        "試作計畫全程之補助以新台幣三百萬元為度,單年度以新台幣一百八十萬元為度。\n"
    )

    ceiling = document.clauses_by_id["added#補助上限.段1"]
    assert ceiling.text.startswith("試作計畫全程之補助")
    assert ceiling.address[0] == "補助上限"
    assert "added#補助項目.(二)" in document.clauses_by_id


def test_a_notice_with_its_attachment(document_of: DocumentOf) -> None:
    document = document_of(
        "昀州市经济和信息化局关于印发《昀州市动漫产业扶持办法》的通知\n各县经信局：\n"
        "现将《昀州市动漫产业扶持办法》发给你们，请照此办理。\n"
        "一、高度重视。\n二、抓好落实。\n昀州市经济和信息化局\n2024年5月6日\n\n附件\n昀州市动漫产业扶持办法\n"
        "一、支持对象\n动漫企业。\n"
        "二、支持标准\n1、首次播出的，奖励12万元。\n本办法自发布之日起施行，试行期一年。\n"
    )

    assert document.metadata.parts == ("昀州市动漫产业扶持办法",)
    assert document.clauses_by_id["added#一"].part == ""
    assert document.clauses_by_id["added#P1.二.1"].part == "昀州市动漫产业扶持办法"
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
        "麓汀市关于扶持竹木产业的若干意见  为做强竹木产业，现提出下列意见。一、总体要求。守住青山"
        "底线。二、支持政策。（一）支持新建厂房。"
        "给予4%补助。（二）支持研发。给予最高160万元补助。三、附则。本意见自2024年1月1日起施行。"
    )

    assert outline(document) == ["文首1", "段1", "一", "二", "二.题", "二.(一)", "二.(二)", "三"]
    assert text_of(document, "二.(二)") == "（二）支持研发。给予最高160万元补助。"


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
        "索 引 号：000000001/2024-0007 主题分类：工业\n发文机关：昀州市人民政府办公室 成文日期：2024年04月11日\n"
        "标　　题：昀州市关于发展动漫产业的若干意见\n发文字号：昀政办发〔2024〕21号 发布日期：2024年04月15日\n"
        "有 效 性：有效\n\n　　一、总体目标\n　　到2027年，动漫产业收入达到40亿元。\n"
    )

    assert document.metadata.title == "昀州市关于发展动漫产业的若干意见"
    assert document.metadata.document_number == "昀政办发〔2024〕21号"
    assert document.metadata.issuer == "昀州市人民政府办公室"
    assert str(document.metadata.issued) == "2024-04-11"
    assert document.furniture == ()


@pytest.mark.parametrize(
    "last",
    [
        "主办单位：市人社局",
        "申报企业扫描二维码填报",
        "联系电话：0000-88888888",
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
        "渔歌县支持水产养殖政策\n1 更新网箱。给予30万元。\n2 建设苗种场。给予70万元。\n5 家企业入选。\n"
    )

    assert outline(document) == ["文首1", "1", "2", "2.段1", "2.段2"]


def test_the_entry_into_force_below_its_own_heading(document_of: DocumentOf) -> None:
    document = document_of("一、支持办展\n给予补助。\n二、附则\n本意见自2022年4月8日起施行，有效期至2026年3月31日。\n")

    assert document.clauses_by_id["added#二.末1"].kind is ClauseKind.CLOSING
    assert str(document.metadata.valid_to) == "2026-03-31"


def test_lines_above_the_first_sentence_stay_when_nothing_speaks_of_a_web_page(document_of: DocumentOf) -> None:
    document = document_of(
        "智能倉儲計劃\n申請資格\n在澄灣註冊的企業\n資助金額\n每間公司最多獲40萬元，政府與公司以2:1的比例分擔。\n"
    )

    assert document.furniture == ()
    assert document.metadata.title == "智能倉儲計劃"
    assert document.clauses_by_id["added#申請資格.段1"].text == "在澄灣註冊的企業"
