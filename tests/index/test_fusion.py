import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import LEXICAL_WEIGHT, fuse


def array(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_the_score_is_the_weighted_mean_of_both_normalised_sides() -> None:
    fused = fuse(array(0, 2, 4), array(0.9, 0.8, 0.7), coverage=1, weight=0.25)
    assert fused == pytest.approx([0.75, 0.25 * 0.5 + 0.75 * 0.5, 0.25])


def test_both_sides_count_alike_when_every_word_is_known_and_the_weight_is_a_half() -> None:
    assert fuse(array(1, 0), array(0.1, 0.2), coverage=1, weight=0.5) == pytest.approx([0.5, 0.5])


def test_a_question_of_unknown_words_is_ranked_by_meaning_alone() -> None:
    dense = array(0.1, 0.3, 0.2)
    assert fuse(array(9, 0, 1), dense, coverage=0).argsort().tolist() == dense.argsort().tolist()


def test_a_stray_match_does_not_overturn_meaning_when_few_words_are_known() -> None:
    assert fuse(array(5, 0), array(0.80, 0.85), coverage=0.2).argmax() == 1


def test_each_unknown_word_lowers_the_lexical_weight() -> None:
    shares = [float(fuse(array(1, 0), array(0, 1), coverage=coverage)[0]) for coverage in (1, 0.9, 0.5, 0)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == pytest.approx(LEXICAL_WEIGHT)
    assert shares[-1] == 0


@pytest.mark.parametrize("coverage", [0, 0.5, 1])
def test_scores_that_say_nothing_give_nothing(coverage: float) -> None:
    assert fuse(array(0, 0), array(0.5, 0.5), coverage).tolist() == [0, 0]
    assert fuse(array(), array(), coverage).tolist() == []


scores = st.lists(st.tuples(st.floats(0, 50, width=32), st.floats(-1, 1, width=32)), min_size=1, max_size=20)


@given(scores, st.floats(0, 1))
def test_scores_lie_between_0_and_1_and_keep_an_order_both_sides_agree_on(pairs, coverage: float) -> None:
    lexical, dense = (array(*side) for side in zip(*pairs, strict=True))
    before = lexical.copy(), dense.copy()
    fused = fuse(lexical, dense, coverage)
    assert fused.min() >= -1e-6
    assert fused.max() <= 1 + 1e-6
    best = [row for row in range(len(pairs)) if lexical[row] == lexical.max() and dense[row] == dense.max()]
    assert all(fused[row] == fused.max() for row in best)
    assert (lexical.tolist(), dense.tolist()) == (before[0].tolist(), before[1].tolist())
