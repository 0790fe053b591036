import os
import subprocess
import sys

import pytest

from corpus.errors import DocumentError
from index.hybrid import HybridIndex
from index.tokens import tokenize

GRANT = "对新认定的专精特新企业给予五十万元一次性奖励。"
LOAN = "对技术改造项目贷款按利息的一半给予贴息支持。"
TALENT = "对引进的高层次人才提供三年免费的公寓居住保障。"


@pytest.fixture
def three(make_document, tiny) -> HybridIndex:
    documents = [make_document("a", "支持政策", GRANT, LOAN), make_document("b", "支持政策", TALENT, LOAN)]
    return HybridIndex.build(documents, tiny)


def found(hits) -> list[str]:
    return [hit.passage.id for hit in hits]


def test_the_passage_that_holds_the_words_comes_first(three) -> None:
    assert three.search("人才公寓")[0].passage.text == TALENT


@pytest.mark.parametrize("question", ["專精特新企業獎勵", "专精特新企业奖励"])
def test_either_script_finds_the_same(three, question: str) -> None:
    assert three.search(question)[0].passage.text == GRANT


def test_a_hit_carries_both_raw_scores_and_a_fused_one_between_0_and_1(three) -> None:
    best, *others = three.search("技术改造贴息")
    assert best.lexical > others[-1].lexical == 0
    assert -1 <= best.dense <= 1
    assert 1 >= best.score >= others[0].score >= others[-1].score >= 0


def test_equal_passages_keep_reading_order(three) -> None:
    assert found(three.search("技术改造贴息", limit=2)) == ["a#一.2@24", "b#一.2@24"]


def test_search_can_be_limited_to_documents(three) -> None:
    assert found(three.search("技术改造贴息", documents={"b"})) == ["b#一.2@24", "b#一.1@0"]
    assert three.search("技术改造贴息", documents=()) == []


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_no_more_hits_than_asked_for(three, limit: int) -> None:
    assert len(three.search("奖励", limit=limit)) == limit


def test_a_question_without_words_is_no_error(three) -> None:
    assert all(hit.lexical == 0 for hit in three.search("???"))


def test_extra_terms_are_matched_too(three) -> None:
    assert three.search("apartments", extra_terms=["公寓"])[0].passage.text == TALENT


def test_the_embedding_can_be_given_another_text(three) -> None:
    plain, other = (three.scores("公寓", dense_query=text) for text in (None, GRANT))
    assert plain.lexical.tolist() == other.lexical.tolist()
    assert other.dense[0] == pytest.approx(other.dense.max())


def test_the_score_table_is_in_the_order_of_the_passages(three) -> None:
    table = three.scores("人才公寓")
    assert len(table.fused) == len(table.lexical) == len(table.dense) == len(three.passages) == 4
    assert three.passages[int(table.fused.argmax())].text == TALENT


def test_a_passage_is_found_by_its_headings(make_document, tiny) -> None:
    documents = [make_document("a", "人才引进", LOAN), make_document("b", "融资", LOAN)]
    assert HybridIndex.build(documents, tiny).search("融资")[0].passage.document_id == "b"


def test_passage_tokens_are_those_of_headings_and_text(three) -> None:
    assert three.passage_tokens(0) == set(tokenize("支持政策") + tokenize(GRANT))


def test_a_passage_is_found_by_its_department(make_document, tiny) -> None:
    documents = [
        make_document("a", "政策", LOAN + "(责任单位:市商务局)"),
        make_document("b", "政策", LOAN + "(责任单位:市科技局)"),
    ]
    built = HybridIndex.build(documents, tiny)
    assert built.search("科技局负责什么")[0].passage.document_id == "b"


def test_departments_do_not_change_what_a_passage_means(make_document, tiny) -> None:
    plain = HybridIndex.build([make_document("a", "政策", LOAN)], tiny)
    named = HybridIndex.build([make_document("a", "政策", LOAN + "(责任单位:市商务局)")], tiny)
    assert plain.dense.vectors.tolist() == named.dense.vectors.tolist()


def test_a_word_in_every_passage_is_less_rare_than_one_in_one(three) -> None:
    assert three.idf("w:支持") < three.idf("w:人才")


def test_coverage_is_the_share_of_the_question_that_the_documents_speak_of(three) -> None:
    assert three.coverage(tokenize("人才居住")) > three.coverage(tokenize("人才 spaceship")) > 0
    assert three.coverage(tokenize("spaceship")) == three.coverage([]) == 0


def test_progress_reaches_the_number_of_passages(make_document, tiny) -> None:
    seen: list[int] = []
    HybridIndex.build([make_document("a", "支持政策", GRANT, LOAN)], tiny, seen.append)
    assert seen == [1, 2]


def test_documents_without_policy_text_are_refused(tiny) -> None:
    with pytest.raises(DocumentError, match="no policy text"):
        HybridIndex.build([], tiny)


def test_parts_of_different_length_are_refused(three, tiny) -> None:
    with pytest.raises(ValueError, match="differ"):
        HybridIndex(three.passages[:1], three.lexical, three.dense, tiny)


PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
from conftest import TinyEmbedder
from corpus.clause import ClauseKind
from index.hybrid import HybridIndex
from index.passage import Passage
texts = {texts!r}
passages = [Passage(str(n), "c", "d", "", ClauseKind.PARAGRAPH, text, 0, 1, "") for n, text in enumerate(texts)]
built = HybridIndex.from_passages(passages, TinyEmbedder())
print([(hit.passage.id, hit.score, hit.lexical, hit.dense) for hit in built.search("技术改造人才奖励")])
"""


def test_results_do_not_depend_on_the_hash_seed(request: pytest.FixtureRequest) -> None:
    program = PROGRAM.format(tests=str(request.path.parent), texts=[GRANT, LOAN, TALENT, LOAN])
    outputs = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        run = subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True)
        outputs.add(run.stdout)
    assert len(outputs) == 1
    assert b"0" in outputs.pop()
