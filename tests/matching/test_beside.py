"""What other clauses of a document demand of whoever claims under one: definitions, who may claim, what all must meet."""

from pathlib import Path

from assistant.clause.grant import grants_of
from assistant.matching.beside import opposition_beside
from assistant.matching.said import said_to
from corpus.collection import load_document
from corpus.script import fold


def failed(folder: Path, text: str, said: str) -> str | None:
    """What of the rest of a document its first grant's asker contradicts."""
    path = folder / "measures.txt"
    path.write_text(f"青汀市支持发展若干措施\n{text}\n", encoding="utf-8")
    grant = next(grant for grant in grants_of(load_document(path)) if grant.rules)
    found = opposition_beside(grant, said_to(grant, fold(said)))
    return found.text if found is not None else None


YOUTH = "第一条 本办法所称青年,指年满十八周岁至四十周岁的本市居民。\n第二条 青年新开办商铺的,补助2万元。"
SECTIONS = (
    "一、申请对象:1.毕业两年之内、具有本市户籍的毕业生。2.登记失业人员。\n"
    "二、申请条件:未享受过开办补贴。\n"
    "三、补贴标准:一次性补贴5000元。"
)


def test_a_definition_binds_the_clauses_that_use_its_word(tmp_path: Path) -> None:
    assert failed(tmp_path, YOUTH, "我今年52岁,想开商铺") == "年满十八周岁至四十周岁的本市居民"
    assert failed(tmp_path, YOUTH, "我今年32岁,想开商铺") is None


def test_a_definition_of_another_word_binds_nothing(tmp_path: Path) -> None:
    assert failed(tmp_path, YOUTH.replace("青年新开办", "企业新开办"), "我今年52岁,想开商铺") is None


def test_of_those_who_may_claim_one_is_enough(tmp_path: Path) -> None:
    assert failed(tmp_path, SECTIONS, "毕业四年了") is None
    assert failed(tmp_path, SECTIONS, "毕业四年了,也不是登记失业人员") is not None


def test_every_condition_of_a_section_has_to_be_met(tmp_path: Path) -> None:
    assert failed(tmp_path, SECTIONS, "登记失业人员,以前享受过开办补贴") == "未享受过开办补贴"
    assert failed(tmp_path, SECTIONS, "登记失业人员,没享受过开办补贴") is None


def test_the_section_of_another_grant_binds_nothing(tmp_path: Path) -> None:
    text = (
        "一、租金补助\n1.补助标准:每户补助6000元。\n2.申请条件:签订三年以上租赁合同。\n"
        "二、培训补助\n1.补助标准:每户补助3000元。\n2.申请条件:成立不满两年。"
    )
    assert failed(tmp_path, text, "成立五年了") is None
