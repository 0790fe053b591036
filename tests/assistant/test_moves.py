"""Moves of a conversation: say that again, anything else."""

import pytest

from assistant.language.lexicon import shipped_lexicon
from assistant.question import understand
from assistant.question.moves import Move, Others, Repeat
from corpus.script import fold


def move_of(turn: str) -> Move | None:
    return understand(turn, fold(turn), shipped_lexicon()).move


@pytest.mark.parametrize(
    ("turn", "move"),
    [
        ("刚才第二条再说一遍", Repeat(2)),
        ("剛才第三點是什麼", Repeat(3)),
        ("第2条再讲一下", Repeat(2)),
        ("再重复一下第十二条", Repeat(12)),
        ("最后一条再念一遍", Repeat(-1)),
        ("再说一遍", Repeat()),
        ("最开始那个再说一次", Repeat(turn=0)),
        ("Could you repeat the second one?", Repeat(2)),
        ("the last clause again please", Repeat(-1)),
        ("say that again", Repeat()),
        ("有没有别的", Others()),
        ("還有其他的補貼嗎?", Others()),
        ("还有吗", Others()),
        ("除了这个还有呢", Others()),
        ("Anything else?", Others()),
        ("any other grants?", Others()),
    ],
)
def test_a_turn_that_only_moves_the_conversation_is_understood(turn: str, move: Move) -> None:
    assert move_of(turn) == move


@pytest.mark.parametrize(
    "turn",
    [
        "第二条写的是什么",  # an article of a document, as far as anyone knows
        "智能工厂还有补贴吗",
        "成都还有别的城市没有的政策吗",
        "租金还有50万没付,能补多少",
        "Is there any other way to reach a person in charge of talent housing?",
        "",
    ],
)
def test_a_question_of_its_own_is_no_move(turn: str) -> None:
    assert move_of(turn) is None
