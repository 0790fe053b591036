from pathlib import Path

import pytest

from corpus.collection import Collection, load_collection
from corpus.errors import DocumentError, UnknownNameError

TEXT = "一、支持办展。给予20万元补助。\n二、支持参展。给予10万元补助。\n"


def test_documents_are_sorted_by_id(collection: Collection) -> None:
    ids = [document.id for document in collection.documents]

    assert ids == sorted(ids)


def test_a_clause_is_found_by_its_id(collection: Collection) -> None:
    assert collection.clause("chengdu-2020-chain-stabilising#四.(一)").heading == "支持企业稳定生产"


def test_the_neighbours_of_a_clause_are_the_leaves_around_it(collection: Collection) -> None:
    before, after = collection.neighbours("chengdu-2020-chain-stabilising#四.(二)")

    assert before == collection.clause("chengdu-2020-chain-stabilising#四.(一)")
    assert after == collection.clause("chengdu-2020-chain-stabilising#四.(三)")


def test_the_neighbours_of_a_section_stand_outside_it(collection: Collection) -> None:
    before, after = collection.neighbours("sanming-2020-twelve-measures#三.(七)")

    assert before == collection.clause("sanming-2020-twelve-measures#三.题")
    assert after == collection.clause("sanming-2020-twelve-measures#三.(八).题")


def test_the_first_leaf_has_nothing_before_it_and_the_last_nothing_after(collection: Collection) -> None:
    leaves = collection.document("sanming-2020-twelve-measures").leaves

    assert collection.neighbours(leaves[0].id)[0] is None
    assert collection.neighbours(leaves[-1].id)[1] is None


@pytest.mark.parametrize("name", ["nowhere#一", "chengdu-2020-chain-stabilising#九十九", "chengdu-2020"])
def test_an_unknown_clause_is_named(collection: Collection, name: str) -> None:
    with pytest.raises(UnknownNameError, match=name.partition("#")[0]):
        collection.clause(name)


def test_the_digest_changes_with_a_document_and_with_what_is_stated(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(TEXT, encoding="utf-8")
    first = load_collection(tmp_path).digest

    (tmp_path / "sources.toml").write_text('["plan.txt"]\nregion = "成都"\n', encoding="utf-8")
    stated = load_collection(tmp_path).digest
    plan.write_text(TEXT + "三、其他。\n", encoding="utf-8")

    assert len({first, stated, load_collection(tmp_path).digest}) == 3


def test_a_broken_file_names_itself(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "broken.txt").write_bytes(b"")

    with pytest.raises(DocumentError, match=r"broken\.txt is empty"):
        load_collection(tmp_path)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "plan.text").write_text(TEXT, encoding="utf-8")

    with pytest.raises(DocumentError, match="both called 'plan'"):
        load_collection(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="nowhere is not a folder"):
        load_collection(tmp_path / "nowhere")


def test_an_empty_folder_is_an_empty_collection(tmp_path: Path) -> None:
    assert load_collection(tmp_path).documents == ()
