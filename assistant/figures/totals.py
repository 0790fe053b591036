"""Totals: over how many years, or over how many enterprises of their own, the asker wants the sum."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.clause.rule import Bound, RuleKind
from assistant.figures.calculation import Outcome, Result, Step, Sum
from assistant.question.situation import Fact
from corpus.numerals import evaluate

_ENGLISH = {
    "both": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_NUMBER = r"(?P<{}>[一二两俩三四五六七八九十]+|\d{{1,2}})"
_NUMBER_ENGLISH = rf"(?P<{{}}>{'|'.join(_ENGLISH)}|\d{{{{1,2}}}})"
_TOGETHER = r"(?:合起来|加起来|加一块|加在一起|加到一起|合在一起|合到一起|拢共|一共|总共|合计|总计|累计)(?!了?(?:投|花|卖|做|交|缴|付|支|用|营收|产值|销|[^,。;?!]{0,6}\d))"
_YEARS = re.compile(
    rf"(?<!第){_NUMBER.format('years')}个?年(?![级初底末前半])度?(?!\d)[^,。;?!]{{0,10}}?{_TOGETHER}"
    rf"|{_TOGETHER}[^,。;?!\d]{{0,6}}?{_NUMBER.format('years_after')}个?年(?![级初底末前半月])"
    rf"|\b(?:over|across) (?:all |the |these |those |full )*{_NUMBER_ENGLISH.format('over')} (?:full )?years\b"
    rf"|\b{_NUMBER_ENGLISH.format('years_english')} years(?: \w+){{0,3}}? (?:together|combined|altogether|in total|taken together)\b"
    rf"|\b(?:altogether|in total|total|combined|sum)\b[^.?;]{{0,30}}?\b{_NUMBER_ENGLISH.format('total_english')} years\b"
)
_ENTERPRISES = re.compile(
    rf"{_NUMBER.format('them')}(?:家|户|间|个)(?:子?公司|企业|厂)?(?:都|全部?|各自)?[^,。;?!\d]{{0,8}}?{_TOGETHER}"
    rf"|{_TOGETHER}[^,。;?!\d]{{0,4}}?{_NUMBER.format('them_after')}(?:家|户|间|个(?=子?公司|企业|厂))"
    rf"|\b{_NUMBER_ENGLISH.format('them_english')} (?:of (?:us|them)|companies|subsidiaries|firms|enterprises)?\s*(?:\w+ ){{0,2}}?(?:together|combined|altogether|in total)\b"
    rf"|\b(?:altogether|in total|total|combined)\b[^.?;]{{0,24}}?\b(?:for|across) (?:all |the )*{_NUMBER_ENGLISH.format('for_english')}(?: of (?:us|them)| (?:companies|subsidiaries|firms|enterprises)|(?=\?))"
)
_COUNT_TOGETHER = re.compile(rf"{_TOGETHER}|\b(?:together|combined|altogether|in total)\b")
# The enterprises are the asker's own and every one of them qualifies.
_OWN = re.compile(
    r"子公司|旗下|名下|(?:集团|我们|咱们?|我司|我公司|我)(?:在[^,。;]{1,8})?(?:一共|总共)?(?:有|下面|下属|这)?[^,。;]{0,6}?[家户间]|subsidiar|\b(?:our|my|we (?:have|own|run))\b"
)
_OWNER = re.compile(r"子公司|旗下|名下|集团|我们|咱|我司|我公司|我|subsidiar|\b(?:our|my|we)\b")
# One year of the support (头一年能拿多少), and the years that a clause gives a sum for (第一年…, 第二、三年…).
_YEAR_ASKED = re.compile(
    r"(?:第|头)(?P<number>[一二三四五1-5])个?年(?!级)|(?P<first>首年|第1年)|(?P<next>次年)|\b(?P<english>first|second|third|fourth|fifth) year\b"
)
_YEARS_NAMED = re.compile(
    r"第(?P<numbers>[一二三四五1-5](?:[、和及至到-]第?[一二三四五1-5])*)个?年|(?P<first>首年)|(?P<next>次年)"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_NOT_ALL = re.compile(
    r"其中|有[一二两三四五六七八九\d]+[家户间]?(?:没|不|未)|客户|供应商|下游|上游|合作|供货|推荐|引进|招引|介绍|输送|(?:给|向|为|替|帮)了?(?:\s|[一二两俩三四五六七八九十\d]+[家户间])|of which|of them (?:is|are|was|were)n?o?t?|customers?|suppliers?"
)
_ENTERPRISE_WORDS = frozenset("家户间")


def summed(outcome: Outcome, folded: str, facts: Sequence[Fact]) -> Outcome:
    """The outcome with the sum that the turn asks for first: over the years or the enterprises that it names."""
    years = _years(folded)
    if years is not None:
        return _over_years(outcome, years)
    enterprises = _enterprises(folded, facts)
    return _for_each(outcome, enterprises) if enterprises is not None else outcome


def year_asked(folded: str) -> int | None:
    """Which year of the support a turn asks about; None where it names none or several."""
    named = {_ordinal(match) for match in _YEAR_ASKED.finditer(folded)}
    return named.pop() if len(named) == 1 else None


def years_named(own: str) -> frozenset[int]:
    """The years of the support that a grant's own words state a sum for."""
    years: set[int] = set()
    for match in _YEARS_NAMED.finditer(own):
        if match["numbers"] is None:
            years.add(1 if match["first"] else 2)
            continue
        numbers = [int(evaluate(number) or 0) for number in re.findall(r"[一二三四五1-5]", match["numbers"])]
        years.update(range(numbers[0], numbers[-1] + 1))
    return frozenset(years)


def _ordinal(match: re.Match[str]) -> int:
    if match["english"]:
        return _ORDINALS[match["english"]]
    return int(evaluate(match["number"]) or 0) if match["number"] else (1 if match["first"] else 2)


def asks_together(folded: str) -> bool:
    """Whether a turn asks for several sums together: 两回加起来, altogether."""
    return _COUNT_TOGETHER.search(folded) is not None


def sum_of_rungs(rungs: Sequence[Outcome]) -> Outcome:
    """Stated sums of several rungs as one; at most, where one of them is only a ceiling."""
    parts = [outcome.sums[0] for outcome in rungs]
    amount = sum((part.amount for part in parts), Decimal(0))
    bound = Bound.AT_MOST if any(part.bound is Bound.AT_MOST for part in parts) else Bound.EXACT
    step = Step("sum", {"parts": "|".join(str(part.amount) for part in parts), "total": amount})
    rule = rungs[0].rule.model_copy(update={"ladder": False, "conditions": ()})
    return Outcome(rule, Result.COMPUTED, (Sum(amount, bound, parts[0].per, "main"),), (step,))


def _years(folded: str) -> Decimal | None:
    match = _YEARS.search(folded)
    return _said(match) if match else None


def _enterprises(folded: str, facts: Sequence[Fact]) -> Decimal | None:
    """How many enterprises of the asker's the sum is wanted for; None where not all of them may qualify."""
    if _NOT_ALL.search(folded):
        return None
    match = _ENTERPRISES.search(folded)
    stated = {
        fact.value for fact in facts if fact.unit == "count" and fact.counted[:1] in _ENTERPRISE_WORDS and fact.certain
    }
    if match is not None:
        return _said(match) if _OWN.search(folded) or stated == {_said(match)} else None
    if len(stated) != 1 or not _COUNT_TOGETHER.search(folded):
        return None
    counted = [fact for fact in facts if fact.unit == "count" and fact.value in stated]
    owned = all(_OWNER.search(fact.words) and not _NOT_ALL.search(fact.words) for fact in counted)
    return stated.pop() if owned else None


_MOST = 10**6  # years or enterprises; more are none of anybody's


def _said(match: re.Match[str]) -> Decimal:
    text = next(group for group in match.groups() if group)
    if text in _ENGLISH:
        return Decimal(_ENGLISH[text])
    number = evaluate(text.replace("俩", "两"))
    return number if number is not None and number <= _MOST else Decimal(0)


def _over_years(outcome: Outcome, years: Decimal) -> Outcome:
    """The sum over so many years, and no more than the grant is paid for, with the yearly sum behind it."""
    limit = outcome.rule.years
    yearly = next((total for total in outcome.sums if total.per == "年"), None)
    if yearly is None or limit is None or years < 1 or outcome.sums[0] is not yearly:
        return outcome
    paid = min(years, limit)
    amount = yearly.amount * paid
    steps = [*outcome.steps, Step("units", {"units": paid, "unit": "年", "price": yearly.amount, "amount": amount})]
    if outcome.rule.total_cap is not None and amount > outcome.rule.total_cap:
        steps.append(Step("capped", {"amount": amount, "cap": outcome.rule.total_cap}))
        amount = outcome.rule.total_cap
    total = Sum(amount, yearly.bound, None, "period_total", years=paid)
    rest = tuple(other for other in outcome.sums if other.label != "period_total")
    return replace(outcome, sums=(total, *rest), steps=tuple(steps))


def _for_each(outcome: Outcome, number: Decimal) -> Outcome:
    """A stated sum or ceiling for each enterprise, for so many of them; the same bound holds for all together."""
    rule = outcome.rule
    stated = outcome.result is Result.STATED and rule.kind in {RuleKind.FIXED, RuleKind.CAP_ONLY}
    if not stated or number < 2 or rule.additional or outcome.sums[0].per is not None:
        return outcome
    each = outcome.sums[0]
    amount = each.amount * number
    steps = [*outcome.steps, Step("units", {"units": number, "unit": "家", "price": each.amount, "amount": amount})]
    if rule.total_cap is not None and amount > rule.total_cap:
        steps.append(Step("capped", {"amount": amount, "cap": rule.total_cap}))
        amount = rule.total_cap
    total = Sum(amount, each.bound, None, "main")
    return replace(outcome, sums=(total,), steps=tuple(steps))
