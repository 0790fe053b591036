"""Opposition: what an asker says that plainly contradicts what a clause demands in words, and what stays open."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.clause.grant import Grant, grants_of
from assistant.matching.opposition import opposition
from assistant.matching.said import said_to
from corpus.collection import load_document
from corpus.script import fold

Fails = Callable[..., str | None]


@pytest.fixture
def failed(tmp_path: Path) -> Fails:
    """The demand of a clause's first rule that what is said contradicts, as it is quoted; None where none is."""

    def read(clause: str, *turns: str) -> str | None:
        grant = _grant(tmp_path, clause)
        found = opposition(grant, grant.rules[0], said_to(grant, fold("\n".join(turns))))
        return found.text if found is not None else None

    return read


def _grant(folder: Path, clause: str) -> Grant:
    path = folder / "measures.txt"
    path.write_text(f"青汀市支持发展若干措施\n一、支持政策\n{clause}\n", encoding="utf-8")
    return next(grant for grant in grants_of(load_document(path)) if grant.rules)


HOME = "非营利性养老机构新建床位的,每张补助7000元。"
GRADUATE = "毕业3年内的高校毕业生首次创办企业的,给予补贴9000元。"
LICENSED = "取得种子经营许可证的企业,奖励12万元。"
UNLISTED = "未上市的科技型企业,奖励15万元。"
EITHER = "登记失业人员、退役军人首次创业的,给予补贴6000元。"
BOTH = "具有本市户籍且从未领取过创业补贴的个人,奖励4000元。"


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (HOME, "我们养老院是营利性的,新建了30张床"),
        (GRADUATE, "毕业四年半了,第一次创办企业"),
        (GRADUATE, "毕业两年,这不是首次创办"),
        (LICENSED, "我们没有种子经营许可证"),
        (LICENSED, "种子经营许可证还没办下来"),
        (UNLISTED, "我们已经上市了"),
        (EITHER, "我不是登记失业人员,也不是退役军人"),
        (BOTH, "我没有青汀市户籍"),
        (BOTH, "有户籍,但以前领取过创业补贴"),
        ("45周岁以下的博士,给予补贴3万元。", "我今年51岁,博士"),
        ("45周岁以下的博士,给予补贴3万元。", "我今年51,博士"),
        ("硕士及以上学历的人才,给予补贴3万元。", "本科学历"),
        ("企业与职工签订三年以上劳动合同的,补助2万元。", "签了一年的劳动合同"),
        ("职工取得焊工证书的,奖励3000元。年龄不得超过50周岁。", "我55岁,取得焊工证书"),
        ("在会展中心举办展会的单位,补贴8万元。人才招聘会、房产展销会除外。", "我们办的是人才招聘会"),
        ("对制造业企业(不含房地产企业),奖励20万元。", "我们是房地产公司"),
        ("工业企业购置机床的,补助20万元。", "我们是家软件公司,买了机床"),
    ],
)
def test_what_contradicts_a_demand_by_form_fails_it(failed: Fails, clause: str, said: str) -> None:
    quoted = failed(clause, said)
    assert quoted
    assert quoted in clause


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (HOME, "我们养老院不是营利性的,新建了30张床"),  # denying one of two says the other
        (HOME, "我们养老院是非营利的,新建了30张床"),
        (HOME, "我们开养老院,新建了30张床"),
        (GRADUATE, "毕业三年,第一次创办企业"),  # on the border: not plainly outside
        (GRADUATE, "公司成立五年了"),  # since another event
        (LICENSED, "是不是没有种子经营许可证就不行"),
        (LICENSED, "我们没有其他许可证"),
        (UNLISTED, "准备上市的科技型企业"),
        (UNLISTED, "我们没有上市"),
        ("固定资产投入达到1000万元以上的项目,奖励20万元。", "固定资产投入没有低于1000万元"),
        (EITHER, "我不是登记失业人员"),  # one of two is enough
        (EITHER, "我不是退役军人"),
        (BOTH, "有青汀市户籍,从未领取过创业补贴"),
        ("45周岁以下的博士,给予补贴3万元。", "我今年45岁,博士"),
        ("硕士及以上学历的人才,给予补贴3万元。", "博士"),
        ("在会展中心举办展会的单位,补贴8万元。人才招聘会、房产展销会除外。", "我们办的不是人才招聘会"),
        ("人力资源机构向工业企业输送职工的,补助5万元。", "我们是家软件公司"),  # whom it serves is not who gets it
        ("对企业新获批建设实验室的,奖励5万元。", "另一个项目尚未获批"),
    ],
)  # fmt: skip
def test_what_merely_differs_or_says_nothing_of_it_stays_open(failed: Fails, clause: str, said: str) -> None:
    assert failed(clause, said) is None


def test_what_is_supposed_after_a_denial_does_not_fail(failed: Fails) -> None:
    assert failed(LICENSED, "没有种子经营许可证") is not None
    assert failed(LICENSED, "没有种子经营许可证,要是办下来了能拿多少") is None
    assert failed(LICENSED, "没有种子经营许可证,能拿吗", "那有了种子经营许可证以后呢") is None


def test_a_later_turn_corrects_the_class(failed: Fails) -> None:
    assert failed(HOME, "营利性养老院新建床位", "说错了,是非营利性的") is None
    assert failed(HOME, "非营利性养老院新建床位", "那营利性的呢") is not None


@pytest.mark.parametrize("connective", ["且", "并", "同时"])
def test_of_demands_joined_by_and_one_that_fails_is_enough(failed: Fails, connective: str) -> None:
    clause = f"取得环评批复{connective}签订三年以上劳动合同的企业,奖励5万元。"
    assert failed(clause, "劳动合同只签了一年") is not None
