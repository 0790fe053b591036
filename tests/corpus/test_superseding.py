"""A document that another one of the collection repeals ends when that one begins."""

from datetime import date
from pathlib import Path

import pytest

from corpus.collection import Collection, load_collection

OLD = "云山市人民政府关于印发云山市企业上市奖励办法的通知\n云府发〔2019〕8号\n2019年3月1日\n一、奖励标准。对新上市企业奖励100万元。\n"
NEW = "云山市人民政府关于印发云山市资本市场支持办法的通知\n云府发〔2022〕5号\n2022年5月20日\n一、奖励标准。对新上市企业奖励200万元。\n二、附则。本办法自2022年7月1日起施行。{repeal}\n"


def collection_of(folder: Path, repeal: str) -> Collection:
    (folder / "old.txt").write_text(OLD, encoding="utf-8")
    (folder / "new.txt").write_text(NEW.format(repeal=repeal), encoding="utf-8")
    return load_collection(folder)


@pytest.mark.parametrize(
    "repeal",
    [
        "《云山市企业上市奖励办法》(云府发〔2019〕8号)同时废止。",
        "原《云山市人民政府关于印发云山市企业上市奖励办法的通知》(云府发[2019]8号)、《云山市企业改制办法》停止执行。",
    ],
)
def test_a_repealed_document_ends_the_day_before(tmp_path: Path, repeal: str) -> None:
    old = collection_of(tmp_path, repeal).document("old").metadata
    assert old.valid_to == date(2022, 6, 30)
    assert "资本市场支持办法" in old.superseded_by
    assert not old.in_force(date(2022, 7, 1))


@pytest.mark.parametrize(
    "words",
    [
        "《云山市企业上市奖励办法》第三条同时废止。",
        "《云山市企业上市奖励办法》继续执行。",
        "《云山市企业用地办法》(云府发〔2018〕3号)同时废止。",
        "本办法有效期三年,期满自行废止,参照《云山市企业上市奖励办法》执行。",
    ],
)
def test_a_document_that_is_only_named_or_changed_in_part_stays(tmp_path: Path, words: str) -> None:
    old = collection_of(tmp_path, words).document("old").metadata
    assert not old.superseded_by
    assert old.in_force(date(2024, 1, 1))
