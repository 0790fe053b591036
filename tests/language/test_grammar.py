"""The grammar's rules: every entry of the data reads its own examples and none of its counter-examples."""

from time import process_time

import pytest

from assistant.language.amounts import read_amounts
from assistant.language.grammar import Rule, parse_grammar, shipped_grammar
from corpus.errors import SettingsError

RULES = shipped_grammar().rules
EXAMPLES = [(rule, text) for rule in RULES for text in rule.examples]
COUNTER_EXAMPLES = [(rule, text) for rule in RULES for text in rule.counter_examples]


def values(rule: Rule, text: str) -> set[str]:
    """What the dimension of a rule says of the tokens of a text, or of the text where the rule is of no token."""
    amounts = read_amounts(text)
    reading = shipped_grammar().read(text, amounts)
    found = reading.all(rule.reads)
    of_tokens = {value for one in found for token in one.tokens for value in reading.of(token, rule.reads)}
    return of_tokens | {finding.value for finding in found if not finding.tokens}


@pytest.mark.parametrize(("rule", "text"), EXAMPLES, ids=[f"{rule.name}: {text}" for rule, text in EXAMPLES])
def test_a_rule_reads_its_examples(rule: Rule, text: str) -> None:
    assert rule.value in values(rule, text)


@pytest.mark.parametrize(
    ("rule", "text"), COUNTER_EXAMPLES, ids=[f"{rule.name}: {text}" for rule, text in COUNTER_EXAMPLES]
)
def test_a_rule_leaves_its_counter_examples(rule: Rule, text: str) -> None:
    assert rule.value not in values(rule, text)


WORDS = '[words]\nnot = ["没", "未"]\n'
RULE = '[[rule]]\nname = "{name}"\nreads = "bound"\nvalue = "{value}"\nwordings = ["{wording}"]\nexamples = ["营收没到5亿"]\n'


def rule(name: str = "below", value: str = "less_than", wording: str = "<not>到{sum}") -> str:
    return RULE.replace("{name}", name).replace("{value}", value).replace("{wording}", wording)


def fault(*rules: str) -> str:
    with pytest.raises(SettingsError) as caught:
        parse_grammar({"words.toml": WORDS, "own.toml": "".join(rules)})
    return str(caught.value)


def test_two_entries_that_give_one_stretch_different_values_are_an_error() -> None:
    message = fault(rule(), rule("above", "more_than", "没[有]到{number}"))
    assert "own.toml" in message
    assert '"没到5亿" as less_than and as more_than' in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (rule(value="bigger"), "bound cannot be bigger"),
        (rule(wording="<nor>到{sum}"), "the class of words nor"),
        (rule(wording="没到{money}"), "{money}; a token is thing, number or one of"),
        (rule(wording="没到({sum}"), "is no wording"),
        (rule() + rule(), "two rules have the name below"),
        (rule() + "unless = []\n", "and nothing else"),
        ("[[rule]", "not TOML"),
    ],
)
def test_an_entry_that_cannot_be_used_is_named(text: str, said: str) -> None:
    assert said in fault(text)


def test_a_gap_passes_no_other_number_and_no_border() -> None:
    own = rule(wording="没..{sum}")
    read = parse_grammar({"words.toml": WORDS, "own.toml": own}).read
    for text, found in (("没有到5亿", 1), ("没有3个,5亿", 0), ("没到,5亿", 0)):
        assert len(read(text, read_amounts(text)).all("bound")) == found


@pytest.mark.parametrize("piece", [" ", "of them ", "其中 ", "1万 ", "<a> "])
def test_a_turn_of_nothing_but_one_thing_is_read_in_no_time(piece: str) -> None:
    text = (piece * 2000)[:2000]
    amounts = read_amounts(text)
    started = process_time()
    shipped_grammar().read(text, amounts)
    assert process_time() - started < 2  # what is tried every way does not come to an end at all
