from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.sentences import LONG_SENTENCE, sentence_spans

GRANT = "对新认定的国家级专精特新企业一次性给予五十万元的奖励"
LOAN = "对获得技术改造贷款的企业按贷款利息的一半给予贴息支持"


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_each_sentence_is_a_piece() -> None:
    assert pieces(f"{GRANT}。{LOAN};{GRANT}!") == [f"{GRANT}。", f"{LOAN};", f"{GRANT}!"]


def test_full_width_marks_end_a_sentence_too() -> None:
    assert pieces(f"{GRANT}；{LOAN}！") == [f"{GRANT}；", f"{LOAN}！"]


def test_a_short_sentence_joins_the_next() -> None:
    assert pieces(f"加强支持。{LOAN}。") == [f"加强支持。{LOAN}。"]


def test_a_short_last_sentence_joins_the_one_before() -> None:
    assert pieces(f"{LOAN}。以此类推。") == [f"{LOAN}。以此类推。"]


def test_the_responsible_departments_stay_with_the_last_sentence() -> None:
    departments = "(责任单位:市经济和信息化局、市财政局、市科学技术局、各区人民政府)"
    assert pieces(f"{GRANT}。{LOAN}。\n{departments}")[-1] == f"{LOAN}。\n{departments}"


def test_a_semicolon_inside_brackets_ends_nothing() -> None:
    text = f"{GRANT}(第一类企业;第二类企业)并优先保障用地。"
    assert pieces(text) == [text]


def test_a_closing_quotation_mark_belongs_to_its_sentence() -> None:
    assert pieces(f"“{GRANT}。”{LOAN}。") == [f"“{GRANT}。”", f"{LOAN}。"]


def test_a_paragraph_without_a_full_stop_ends_at_its_line() -> None:
    assert pieces(f"{GRANT}(市财政局)\n{LOAN}") == [f"{GRANT}(市财政局)", LOAN]


def test_a_line_broken_inside_a_sentence_is_not_cut() -> None:
    assert pieces(f"{GRANT}，并\n{LOAN}。") == [f"{GRANT}，并\n{LOAN}。"]


def test_a_numbered_line_begins_a_piece() -> None:
    assert pieces(f"{GRANT}\n2.{LOAN}") == [GRANT, f"2.{LOAN}"]


def test_a_very_long_sentence_is_cut_at_commas() -> None:
    parts = pieces("，".join([LOAN] * 40) + "。")
    assert len(parts) > 1
    assert all(len(part) <= LONG_SENTENCE for part in parts)
    assert all(part.endswith(("，", "。")) for part in parts)


def test_a_long_run_without_commas_stays_whole() -> None:
    run = "字" * (LONG_SENTENCE + 50)
    assert pieces(run) == [run]


@given(st.text(alphabet="企业补助，。；;!\n (责)[]2.、一\u3000”", max_size=600))
def test_no_character_is_lost_or_doubled(text: str) -> None:
    spans = sentence_spans(text)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())
