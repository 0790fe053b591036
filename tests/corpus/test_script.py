import pytest

from corpus.script import fold, han_pairs, is_damaged, to_simplified, to_traditional


@pytest.mark.parametrize("convert", [fold, to_simplified, to_traditional])
@pytest.mark.parametrize("half", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_half_a_surrogate_pair_is_one_replacement_character(convert, half: int) -> None:
    assert convert(f"补{chr(half)}、") in ("补\ufffd、", "補\ufffd、")


@pytest.mark.parametrize("text", ["發展\0", "ﷺ", "\U0010ffff", "", "ＡＢＣ：發展"])
def test_folding_never_changes_the_length(text: str) -> None:
    assert len(fold(text)) == len(to_simplified(text)) == len(text)


def test_text_with_a_character_that_stands_for_none_is_damaged() -> None:
    assert is_damaged("2\ue0100%")
    assert is_damaged("\ufffd")
    assert not is_damaged("给予20%补助")


def test_pairs_of_chinese_characters() -> None:
    assert han_pairs("产业A园区") == {"产业", "园区"}
    assert han_pairs("补") == set()
