"""The recipient of a rule as a tree: figures, terms, traits and events, and the rest as words.

A tree is written short: ``size 小微企业`` a trait, ``not aided 享受过`` one that is asked not to be, ``营业收入>=5000000 yuan`` a
measure, ``'渔场'`` words that no list knows; parts that are all demanded stand between commas, of ``any(…)`` one is enough.
"""

import tomllib
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from assistant.clause.extraction import extract_rules
from assistant.clause.recipient import All, AnyOf, Demand, Interval, Mood, Node, Not, leaves
from assistant.clause.recipient_reading import recipient_of
from assistant.clause.rule import decimal_text

TRAITS: dict[str, dict[str, Any]] = tomllib.loads(
    (files("assistant.clause") / "data" / "traits.toml").read_text(encoding="utf-8")
)


def ends(interval: Interval) -> str:
    lower = "" if interval.lower is None else f">{'=' * interval.with_lower}{decimal_text(interval.lower)}"
    upper = "" if interval.upper is None else f"<{'=' * interval.with_upper}{decimal_text(interval.upper)}"
    return lower + upper


def brief(node: Node) -> str:
    match node:
        case Demand(mood=Mood.WORDS, text=text):
            return f"'{text}'"
        case Demand(interval=Interval() as interval, name=name, unit=unit):
            return f"{name}{ends(interval)} {unit}"
        case Demand(name=name, text=text, holds=holds):
            return f"{'' if holds else 'not '}{name} {text}"
        case Not(part):
            return f"except({brief(part)})"
        case All(parts):
            return ", ".join(map(brief, parts))
        case AnyOf(parts):
            return f"any({'; '.join(map(brief, parts))})"


def recipients(text: str, heading: str = "") -> list[str]:
    rules = extract_rules(text)
    return [brief(recipient_of(text, rule, rules, heading)) for rule in rules]


@pytest.mark.parametrize("name", TRAITS)
def test_each_word_of_a_list_is_read_as_the_list_says(name: str) -> None:
    entry = TRAITS[name]
    wrong = {}
    for word in entry["words"].split():
        sentence = entry["frame"].replace("{}", word)
        found = recipients(sentence)
        if found != [entry["reads"].replace("{}", word)]:
            wrong[sentence] = found
    assert wrong == {}
    for sentence, *reads in entry.get("but", []):
        assert recipients(sentence) == reads


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("对年营业收入3000万元以上的中小企业奖励8万元。", "年营业收入>=30000000 yuan, size 中小企业"),
        ("对年产值7000万元至9000万元的渔场奖励8万元。", "年产值>=70000000<=90000000 yuan, '渔场'"),
        ("对小微企业、个体工商户、社会组织奖励8万元。", "any(size 小微企业; form 个体工商户; form 社会组织)"),
        (
            "对毕业4年内的高校毕业生,在海门县创办企业的,补贴8万元。",
            "毕业<=4 year, person 高校毕业生, '在海门县创办企业'",
        ),
        ("对40岁以下的博士奖励8万元。", "年龄<=40 year, person 博士"),
        ("对首次入库的渔场(水产批发市场除外)奖励8万元。", "first 首次, '入库的渔场', except('水产批发市场')"),
        ("对未享受过房租补贴的渔场奖励8万元。", "not aided 享受过, '房租补贴的渔场'"),
        ("对渔场奖励8万元,获奖渔场须承诺三年内不迁出。", "'渔场', '获奖渔场须承诺三年内不迁出'"),
        (
            "对产值7000万元以上的或出口额900万元以上的渔场奖励8万元。",
            "any(产值>=70000000 yuan; 出口额>=9000000 yuan, '渔场')",
        ),
    ],
)
def test_a_clause_says_whom_its_rule_pays(text: str, reads: str) -> None:
    assert recipients(text) == [reads]


def test_each_rung_of_a_ladder_has_its_own_measure() -> None:
    found = recipients("对产值首次突破7000万元、9000万元的渔场,分别奖励3万元、5万元。")
    assert found == ["产值>70000000 yuan, '渔场'", "产值>90000000 yuan, '渔场'"]


def test_a_sum_of_another_recipient_does_not_get_this_ones_demands() -> None:
    found = recipients("对小微企业奖励3万元,对年产值7000万元以上的渔场奖励5万元。")
    assert found == ["size 小微企业", "年产值>=70000000 yuan, '渔场'"]


def test_a_sum_without_a_recipient_has_that_of_the_sentence_before() -> None:
    assert recipients("本政策面向中小企业。补贴标准为8万元。") == ["'本政策面向', size 中小企业"]


def test_a_sum_without_a_recipient_has_that_of_the_heading() -> None:
    (rule,) = rules = extract_rules("补贴标准为8万元。")
    tree = recipient_of("补贴标准为8万元。", rule, rules, "首次参展渔场补贴")
    assert brief(tree) == "first 首次, '参展渔场'"
    assert all(leaf.span is None for leaf in leaves(tree))


@pytest.mark.parametrize(
    "text",
    [
        "对在海门县登记、依法纳税且信用良好的水产养殖户,给予8万元补贴。",
        "对年营业收入3000万元以上、冷库面积900平方米以上的渔港,按冷库建设费的20%给予补助,最高90万元。",
        "对首次获评省级的海洋牧场,一次性奖励8万元。",
    ],
)
def test_nothing_that_is_said_of_the_recipient_is_dropped(text: str) -> None:
    rules = extract_rules(text)
    found = "".join(
        text[leaf.span.start : leaf.span.end] for leaf in leaves(recipient_of(text, rules[0], rules)) if leaf.span
    )
    said = text[: text.rindex(",给" if ",给" in text else ",按" if ",按" in text else ",一")]
    left = [character for character in said if character not in found]
    assert set("".join(left)) <= set("对的、,且以上")


def test_an_interval_holds_what_lies_between_its_ends() -> None:
    band = Interval(Decimal(5), Decimal(9), with_upper=False)
    assert [band.holds(Decimal(value)) for value in (4, 5, 8, 9)] == [False, True, True, False]
    assert Interval(upper=Decimal(9)).holds(Decimal(9))
