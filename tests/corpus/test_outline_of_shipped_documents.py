"""The clause trees of the five documents, compared with a reading of them by hand."""

from collections import Counter

import pytest

from corpus.clause import ClauseKind
from corpus.collection import Collection, load_collection

LEAVES = {
    "chengdu-2020-chain-stabilising": {"title": 11, "heading": 6, "paragraph": 11, "article": 9, "closing": 1},
    "chengdu-2023-six-plans": {"title": 5, "heading": 34, "paragraph": 18, "article": 55},
    "chongqing-2021-five-plans": {
        "title": 8,
        "heading": 29,
        "paragraph": 44,
        "article": 41,
        "item": 17,
        "responsibility": 6,
    },
    "sanming-2020-twelve-measures": {
        "title": 1,
        "heading": 16,
        "paragraph": 8,
        "item": 25,
        "responsibility": 12,
        "closing": 1,
    },
    "xiangyang-2021-chain-chiefs": {"title": 1, "heading": 7, "paragraph": 3, "item": 16, "article": 4},
}


@pytest.mark.parametrize("document_id", sorted(LEAVES))
def test_number_of_leaves_of_each_kind(collection: Collection, document_id: str) -> None:
    leaves = collection.document(document_id).leaves

    assert Counter(leaf.kind.value for leaf in leaves) == LEAVES[document_id]


# clause id, words it holds, address, departments it ends with or lists
ADDRESSES = [
    (
        "chengdu-2020-chain-stabilising#四.(一)",
        "年度用能(用电、用气)费用和物流费用合计200万元以上的给予1.5%、最高100万元的补贴",
        ("四、政策措施", "(一)支持企业稳定生产"),
        ("市经信局", "市交通运输局", "市口岸物流办", "市人社局", "市财政局"),
    ),
    (
        "chengdu-2020-chain-stabilising#四.(九)",
        "及时兑现各项政策、资金",
        ("四、政策措施", "(九)加大政策兑现力度"),
        ("各区(市)县政府(管委会)", "各产业功能区管委会"),
    ),
    (
        "chengdu-2020-chain-stabilising#三.(二).段3",
        "每年新建孵化器和众创空间30家以上",
        ("三、重点任务", "(二)补链强产业", "加快产品创新突破"),
        ("市科技局", "市经信局", "各区(市)县政府(管委会)", "各产业功能区管委会"),
    ),
    (
        "chengdu-2020-chain-stabilising#末1",
        "自2020年7月24起施行至2022年12月31日止",
        ("结尾",),
        (),
    ),
    (
        "chengdu-2023-six-plans#P1.一.(二)",
        "年度研发经费投入增长达到10%以上的企业",
        ("成都市制造业创新驱动行动计划", "一、坚持需求导向,提升企业创新能力", "(二)支持企业加大研发投入"),
        ("市经信局市新经济委", "市科技局", "市财政局"),
    ),
    (
        "chengdu-2023-six-plans#P2.三.(十)",
        "督促电子信息、汽车制造、新型材料、家具纺织等行业实施强制性清洁生产审核",
        ("成都市制造业高端化智能化绿色化发展行动计划", "三、加快制造业绿色化发展", "(十)支持生产过程清洁化转型"),
        ("市经信局市新经济委", "市发改委", "市生态环境局", "有关区(市)县政府(管委会)"),
    ),
    (
        "chengdu-2023-six-plans#P5.八.段1",
        "深入实施人才引领发展战略",
        ("成都现代都市工业发展行动计划", "八、支持人才优先发展"),
        ("市委组织部", "市经信局市新经济委", "各区(市)县政府(管委会)"),
    ),
    (
        "chengdu-2023-six-plans#P6.一.(一).段2",
        "划定工业用地保护线",
        (
            "成都市支持制造业产业功能区提能升级行动计划",
            "一、加快空间结构升级,推动多点分散布局向圈链协同联动转变",
            "(一)科学布局工业空间",
            "第2段",
        ),
        ("市规划和自然资源局", "市经信局市新经济委", "市生态环境局", "各区(市)县政府(管委会)"),
    ),
    (
        "chongqing-2021-five-plans#P2.三.(一).段3",
        "加快關鍵核心技術攻關",
        (
            "重慶市制造業產業創新能力提升行動實施方案",
            "三、主要任務",
            "(一)推進一批關鍵核心技術攻關",
            "加快關鍵核心技術攻關",
        ),
        ("市經濟信息委", "市科技局", "市教委", "市發展改革委", "各區縣"),
    ),
    (
        "chongqing-2021-five-plans#P3.三.(三).4",
        "建立“政府補一點、服務商優惠一點、企業出一點”的聯合激勵機制",
        (
            "重慶市制造業智能化賦能行動實施方案",
            "三、主要任務",
            "(三)加快新一代信息技術和制造業融合應用",
            "4.實施企業“上云”專項行動",
        ),
        ("市經濟信息委", "市國資委", "市商務委", "各區縣"),
    ),
    (
        "chongqing-2021-five-plans#P5.四.(三)",
        "紓“痛點”、破“難點”、解“卡點”",
        ("重慶市制造業領軍企業培育行動實施方案", "四、保障措施", "(三)加強指導服務"),
        ("市經濟信息委", "市級有關部門", "各區縣"),
    ),
    (
        "sanming-2020-twelve-measures#二.(三).段1",
        "分别一次性给予50万元、10万元奖励",
        ("二、畅通产业循环,提升产业链竞争力", "(三)突出龙头培育"),
        ("市工信局", "财政局", "各县(市、区)人民政府"),
    ),
    (
        "sanming-2020-twelve-measures#三.(八).2",
        "对接首期100亿元省级中小微企业纾困专项资金",
        ("三、加强金融扶持,破解融资难题", "(八)深化产融对接", "2."),
        ("市金融监管局", "人行", "银保监分局", "工信局", "各银行业金融机构", "各县(市、区)人民政府"),
    ),
    (
        "xiangyang-2021-chain-chiefs#重点任务.(四).1",
        "1加快工业园区提档升级",
        ("重点任务", "(四)实施要素支撑保障专项行动", "1加快工业园区提档升级"),
        (),
    ),
    (
        "xiangyang-2021-chain-chiefs#三.(二)",
        "每季度至少调度一次",
        ("三、保障措施", "(二)建立调度督导机制"),
        (),
    ),
]


@pytest.mark.parametrize(("clause_id", "words", "address", "departments"), ADDRESSES, ids=[row[0] for row in ADDRESSES])
def test_a_clause_is_found_at_its_address(
    collection: Collection, clause_id: str, words: str, address: tuple[str, ...], departments: tuple[str, ...]
) -> None:
    clause = collection.clause(clause_id)

    assert clause.is_leaf
    assert words in clause.text
    assert clause.address == address
    assert clause.departments == departments


def test_an_item_names_who_leads_it_before_the_article_s_departments(collection: Collection) -> None:
    item = collection.clause("sanming-2020-twelve-measures#一.(一).1")

    assert item.departments[:5] == ("市发改委", "市住建局", "交通局", "国资委", "工信局")
    assert item.departments[-1] == "各县(市、区)人民政府"


def test_a_paragraph_below_a_list_of_items_belongs_to_the_article(collection: Collection) -> None:
    paragraph = collection.clause("sanming-2020-twelve-measures#一.(一).段2")

    assert paragraph.text.startswith("市财政局对市级行业主管部门召开的“手拉手”对接活动,每场次给予不高于5万元补助。")
    assert paragraph.parent_id == "sanming-2020-twelve-measures#一.(一)"


def test_a_line_of_departments_is_no_policy_text_and_speaks_for_its_article(collection: Collection) -> None:
    line = collection.clause("sanming-2020-twelve-measures#二.(六).责任")
    paragraph = collection.clause("sanming-2020-twelve-measures#二.(六).段1")

    assert line.kind is ClauseKind.RESPONSIBILITY
    assert paragraph.departments == line.departments


def test_departments_of_one_paragraph_are_not_those_of_its_neighbour(collection: Collection) -> None:
    heading = collection.clause("chengdu-2020-chain-stabilising#三.(一).题")

    assert heading.departments == ()


def test_a_short_name_given_to_a_department_is_not_part_of_it(collection: Collection) -> None:
    article = collection.clause("chongqing-2021-five-plans#P1.三.(一)")

    assert "以下統稱區縣" in article.text
    assert article.departments == ("市經濟信息委", "市發展改革委", "市招商投資局", "各區縣")


def test_a_section_that_lost_its_number_stands_between_its_neighbours(collection: Collection) -> None:
    top = [clause.id.partition("#")[2] for clause in collection.document("xiangyang-2021-chain-chiefs").clauses]

    assert [address for address in top if "." not in address] == ["文首1", "段1", "一", "重点任务", "三"]


def test_the_damaged_decimal_point_stays_in_the_source(collection: Collection) -> None:
    holding = [leaf for leaf in collection.leaves if "\ue010" in leaf.text]

    assert [leaf.id for leaf in holding] == ["chengdu-2023-six-plans#P6.四.(七)"]
    assert "\ue010" in collection.document("chengdu-2023-six-plans").text[holding[0].start : holding[0].end]


def test_every_clause_of_a_plan_knows_its_part(collection: Collection) -> None:
    document = collection.document("chengdu-2023-six-plans")
    parts = [clause for clause in document.clauses if clause.kind is ClauseKind.PART]

    assert tuple(part.heading for part in parts) == document.metadata.parts
    assert len(parts) == 6
    for clause in document.clauses:
        assert clause.part == (clause.address[0] if "#P" in clause.id else "")


def test_ids_are_the_same_after_a_second_load(collection: Collection) -> None:
    again = load_collection()

    assert [clause.id for clause in again.clauses] == [clause.id for clause in collection.clauses]
    assert again.digest == collection.digest
