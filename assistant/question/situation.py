"""The asker's situation: amounts bound to what they measure, and what is said not to hold.

A sum becomes a fact only where the asker states it of their own case. What they have heard they would get, what
they deny, what is vague (几百万, 500到800万) and what is of another time or unit is told apart by the rules of the
grammar, because a figure worked out from the wrong sum is the worst thing an answer can hold.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.language.amounts import read_amounts
from assistant.language.bounds import polarity_of, upper_end
from assistant.language.events import runs_from
from assistant.language.grammar import Finding, Reading, reading_of
from assistant.language.lexicon import Lexicon
from assistant.language.segments import Span
from assistant.language.things import Dimension, Thing, shipped_things
from assistant.language.unify import things_in
from assistant.question.corrections import corrected_within_turn, restated_sums, without_cancelled
from assistant.question.fact import (
    COUNTED,
    DURATIONS,
    HEADS,
    HEADS_COUNTED,
    MONEY,
    PHYSICAL,
    SUMS,
    YEARLY,
    Fact,
    fact_for,
    things_of,
)
from assistant.question.headcounts import told_apart, without_left_out
from assistant.question.merging import merge_facts
from assistant.question.portions import over_months, with_portions, without_parts
from assistant.question.stance import is_stated
from assistant.question.surroundings import Surroundings
from assistant.question.unit_prices import priced_for
from assistant.question.yearly import named_like_the_first
from corpus.quantities import Polarity, Quantity

__all__ = ["HEADS", "MONEY", "SUMS", "YEARLY", "Fact", "fact_for", "merge_facts", "read_facts"]

_NAMES_SOMETHING = re.compile(r"[\u4e00-\u9fff]{2}")
_NOUN_END = re.compile(r"[,。;!?、的和与及]")
_PROFIT = "利润"  # the thing that a loss is told of
_RIGHT_BEHIND = 2  # characters between a word and its sum: 设备是800万
_REACH = 3  # segments looked back over for what a sum measures
_LISTED_WITHIN = 40  # characters between a number and what it is made up of


def read_facts(folded: str, lexicon: Lexicon, turn: int = 0) -> list[Fact]:
    """Facts stated in one folded turn, in order; sums that the asker only hopes for or denies are left out."""
    amounts = read_amounts(folded)
    reading = reading_of(folded)
    reader = _Reader(folded, amounts, reading, lexicon, turn)
    facts = over_months(corrected_within_turn(told_apart(folded, amounts, reading, reader.facts())), reading)
    facts = named_like_the_first(facts)
    facts = with_portions(folded, facts, amounts, reading)
    facts.extend(reader.nothing_spent())
    yearly = [finding for finding in reading.all("asked") if finding.value == "yearly" and not _of_years(finding)]
    if yearly:
        words = folded[yearly[0].start : yearly[0].end]
        facts.append(Fact(Decimal(1), YEARLY, words, frozenset(), frozenset(), turn))
    return without_cancelled(without_left_out(facts, amounts, reading), amounts, reading)


class _Reader:
    """Reads what each amount of one turn measures."""

    def __init__(self, folded: str, amounts: Sequence[Quantity], reading: Reading, lexicon: Lexicon, turn: int) -> None:
        self._folded = folded
        self._amounts = amounts
        self._reading = reading
        self._lexicon = lexicon
        self._turn = turn
        self._around = Surroundings(folded, amounts, reading)
        self._by_start = {amount.start: amount for amount in amounts}
        self._months = [amount for amount in amounts if amount.unit == "month"]

    def facts(self) -> list[Fact]:
        """The facts of the turn in order; a total beside the parts it is made of is counted once."""
        facts: list[Fact] = []
        previous: Quantity | None = None
        instead = restated_sums(self._reading)
        for amount in self._amounts:
            if amount in instead.values():
                continue  # said again, and otherwise
            fact = self.read(amount, instead.get(amount, amount))
            if fact is not None and facts and previous is not None:
                facts[-1], fact = self._side_by_side(facts[-1], previous, fact, amount)
            if fact is not None and "total" in self._reading.of(amount, "extent"):
                facts, fact = without_parts(facts, fact)
            if fact is not None:
                facts.append(fact)
                previous = amount
        return facts

    def _side_by_side(self, earlier: Fact, previous: Quantity, fact: Fact, amount: Quantity) -> tuple[Fact, Fact]:
        """A sum that only a joining word stands before is of the thing named with the sum in front of it.

        Beside one in another currency either is only a part of what was spent: "1800万元和200万欧元".
        """
        joined = any(finding.tokens == (previous, amount) for finding in self._reading.all("joined"))
        if not {fact.unit, earlier.unit} <= SUMS or not joined:
            return earlier, fact
        if fact.unit != earlier.unit:
            earlier, fact = (replace(part, certain=False, polarity=Polarity.AT_LEAST) for part in (earlier, fact))
        named = replace(
            fact, words=earlier.words, concepts=earlier.concepts, things=earlier.things, named=earlier.named
        )
        return earlier, named

    def read(self, amount: Quantity, place: Quantity) -> Fact | None:
        """The fact an amount states, named by the words around ``place``; None when it is none of the asker's own."""
        number, segment, before, after = self._around.of(place)
        if not is_stated(amount, self._reading, self._folded, self._amounts, (segment[0], amount.start), before):
            return None
        spans = self._words(place, number, before, after)
        words = " ".join(self._around.text(span) for span in spans)
        if amount.unit == "count" and amount.counted in HEADS_COUNTED and self._is_people(before, after):
            amount = replace(amount, unit="person", counted="人")  # 12个大学毕业生
        return self._fact(amount, place, words, spans, before, after)

    def _fact(
        self, amount: Quantity, place: Quantity, words: str, spans: Sequence[Span], before: Span, after: Span
    ) -> Fact:
        money, counted = amount.unit in MONEY, amount.unit in COUNTED
        things = things_of(amount, words)
        if amount.unit == "person":  # "12 employees" names whom it counts itself
            things = things or things_in(self._folded[place.start : place.end])
        if money and all(thing.generic for thing in things):
            things = self._bare_thing(place, spans, before, after, generic=bool(things)) or things
        original = self._by_start[amount.start]
        polarity = polarity_of(original, self._reading)
        denied = "denied" in self._reading.of(original, "stance")
        times = self._around.values("time", before) | self._reading.of(place, "time")
        outcomes = self._around.values("outcome", before) | self._reading.of(original, "outcome")
        others = self._reading.of(original, "counted")
        also = "also" in self._around.values("addition", before)
        beside = after if counted else (0, 0)  # "三个副高": what is counted stands behind the number
        if "lost" in outcomes:  # a loss is a profit below nothing
            amount, things = replace(amount, value=-amount.value), frozenset({shipped_things().named(_PROFIT)})
        of_pieces = counted or amount.unit in PHYSICAL
        daily = of_pieces and "daily" in self._around.values("time", before) | self._around.values("time", after)
        monthly = (of_pieces and "monthly" in self._around.values("time", before)) or (
            money and ("by_month" in times or any(self._is_monthly(span) for span in spans))
        )
        return Fact(
            amount.value,
            amount.unit,
            words.strip(),
            self._lexicon.concepts_in(words),
            things,
            self._turn,
            amount.counted,
            certain=not denied and not daily and self._is_certain(amount, polarity, others, monthly),
            over=polarity is Polarity.MORE_THAN,
            upper=None if denied else upper_end(original, self._reading),
            past="from" in times or ("past" in times and "now" not in times and not self._is_first(after)),
            expected="expected" in outcomes,
            actual="actual" in outcomes and "so_far" not in outcomes,
            recognised="recognised" in outcomes,
            added="added" in self._around.values("addition", before),
            named=bool(things) or not self._around.say_nothing(before) or not self._around.say_nothing(beside),
            polarity=polarity,
            change=money and bool(self._reading.of(original, "change")),
            also=also,
            split=counted and self._is_listed(amount),
            noun=self._noun(amount, before, after),
            remains=counted and "remaining" in others,
            monthly=monthly,
            since=runs_from(original, self._reading, before, after) if amount.unit in DURATIONS else frozenset(),
            whole=money and any("whole" in self._around.values("extent", span) for span in spans),
            beside=self._around.rest(place) if money else "",
            each=priced_for(self._around.text(before), self._around.text(after)) if money else (),
            years=self._years_of(original) if money else None,
        )

    def _noun(self, amount: Quantity, before: Span, after: Span) -> str:
        """What a number of things or months is of, by the words behind it, else those right before: 新建床位60张."""
        if amount.unit not in COUNTED | {"month"}:
            return ""
        behind = self._around.text(after).strip()
        if amount.unit != "month":
            behind = _NOUN_END.split(behind, maxsplit=1)[0]
        return behind if _NAMES_SOMETHING.search(behind) else self._around.text(before).strip() + behind

    def _is_people(self, before: Span, after: Span) -> bool:
        """Whether what is counted is people: it stands behind its number, or alone before it (员工招了10个)."""
        noun = _NOUN_END.split(self._around.text(after).strip(), maxsplit=1)[0]
        named = shipped_things().mentions(noun or self._around.text(before))
        return bool(named) and all(mention.thing.dimension is Dimension.PEOPLE for mention in named)

    def _is_first(self, after: Span) -> bool:
        """Whether a sum is said to be the first of its size: 去年营收1.2亿,第一次过亿 was never reached before."""
        return "newly" in self._around.values("lasting", after)

    def _is_monthly(self, span: Span) -> bool:
        """Whether a stretch says that its sum is that of a month; "一个月" is read as a time."""
        times = [one for one in self._months if span[0] <= one.start < span[1]]
        return "monthly" in self._around.values("time", span) or any(one.value == 1 for one in times)

    def _years_of(self, amount: Quantity) -> Decimal | None:
        """Over how many years a sum is said to have come together: 两年一共付了60万; None for one year or none said."""
        said = [f for f in self._reading.all("extent") if f.value == "of_years" and amount in f.tokens]
        years = {t.value for f in said for t in f.tokens if isinstance(t, Quantity) and t.unit == "year"}
        return years.pop() if len(years) == 1 and max(years) > 1 else None

    def _is_listed(self, amount: Quantity) -> bool:
        """ "three patents: one in …, one in …": whether the number is broken down behind it."""
        for finding in self._reading.all("extent"):
            between = self._folded[amount.end : finding.start]
            if finding.value == "listed" and finding.start >= amount.end and len(between) <= _LISTED_WITHIN:
                return not set(between) & set(".。;!?")
        return False

    def _bare_thing(
        self, place: Quantity, spans: Sequence[Span], before: Span, after: Span, *, generic: bool
    ) -> frozenset[Thing]:
        """What a sum beside a word like 设备 is of, in a turn that tells of spending: "一共投了1800万,其中设备800万"."""
        told = self._reading.values("outcome") | self._reading.values("correction")
        if not told and not any(thing.dimension is Dimension.OUTLAY for thing in things_in(self._folded)):
            return frozenset()
        for finding in self._reading.all("order"):
            if finding.value == "thing_behind" and place in finding.tokens:
                named = shipped_things().mentions(self._around.text((finding.start, finding.end)))
                return frozenset(mention.thing for mention in named[-1:] if mention.is_bare)
        if generic:
            return frozenset()  # named already: 投了1800万
        looked = [before] if self._around.say_nothing(before) is False else [before, *reversed(spans[:-1])]
        for start, end in looked:
            mentions = shipped_things().mentions(self._around.text((start, end)))
            if mentions:
                beside = (start, end) != before or self._is_right_behind((start + mentions[-1].end, end))
                return frozenset({mentions[-1].thing}) if mentions[-1].is_bare and beside else frozenset()
        return frozenset()

    def _is_right_behind(self, between: Span) -> bool:
        return between[1] - between[0] <= _RIGHT_BEHIND or self._around.say_nothing(between)

    def _words(self, amount: Quantity, number: int, before: Span, after: Span) -> list[Span]:
        """Where it is said what an amount measures."""
        other = [one for one in self._reading.within("name", *before) if one.value == "other_thing"]
        if other:
            return [(other[-1].start, before[1])]
        behind = "behind" in self._reading.of(amount, "order") and bool(things_of(amount, self._around.text(after)))
        spans = [after if behind else before]
        if not things_of(amount, self._around.text(spans[0])):
            spans = [before, after]
        elif not behind and self._reading.of(amount, "purpose"):
            spans = [(before[0], before[1]), after]
        if amount.unit in MONEY and not self._around.say_nothing(before):
            return spans  # named, be it in words the glossary does not know
        for earlier in reversed(self._around.segments[max(0, number - _REACH) : number]):
            if things_of(amount, " ".join(map(self._around.text, spans))):
                break
            spans = [earlier, *spans]
        return spans

    def _is_certain(self, amount: Quantity, polarity: Polarity, others: frozenset[str], monthly: bool) -> bool:
        if amount.unit in DURATIONS:
            return True
        if amount.upper is not None or polarity is not Polarity.EXACTLY or monthly:
            return False
        of_people = amount.unit == "person" or amount.counted in HEADS_COUNTED
        return not of_people or not others & {"staff", "crowd"}

    def nothing_spent(self) -> Iterator[Fact]:
        """ "设备没投": a part of the turn that says so of a thing states that it is zero."""
        for start, end in self._around.segments:
            nothing = [f for f in self._reading.within("stance", start, end) if f.value == "nothing"]
            if any(start <= amount.start < end for amount in self._amounts) or not nothing:
                continue
            text = self._around.text((start, end))
            spent = frozenset(thing for thing in things_in(text) if thing.dimension is Dimension.OUTLAY)
            if spent:
                yield Fact(Decimal(0), "yuan", text, self._lexicon.concepts_in(text), spent, self._turn)


def _of_years(finding: Finding) -> bool:
    """Whether a wording names another time than one year: "三年能拿多少"."""
    times = [token for token in finding.tokens if isinstance(token, Quantity)]
    return any(token.value != 1 or token.unit != "year" for token in times)
