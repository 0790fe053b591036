"""Grant lines: what one grant gives, for what and to whom, on one line of a list."""

from decimal import Decimal

from assistant.answering.gloss import said_in_english
from assistant.answering.messages import Phrases
from assistant.answering.premises import bare, ended_before_award
from assistant.clause.grant import Grant
from assistant.clause.rule import Bound, SubsidyRule
from assistant.figures.calculation import calculate, rounded_to_fen
from assistant.language.lexicon import Lexicon
from corpus.script import repair_glyphs
from corpus.script import to_simplified as in_simplified

_LONG = 64  # characters of what a line says of the recipient before its first stretches are left out
_MONEY = ("rate", "rate_min", "amount", "amount_min", "cap", "uplift")
_EDGES = "、,，;；:：。. \u3000"
_REACHES = 3  # characters between a base and the share of it
_SEVERAL_THINGS = 12  # characters between the sums of one grant from which each is for a thing of its own
_PLACES = 6  # digits of a share that is written as it is
_MANY = 4  # sums on one line; of a longer ladder the lowest and the highest are named


def what_for(grant: Grant, phrases: Phrases, lexicon: Lexicon) -> str:
    """For what and to whom a grant is, in the clause's words; for readers of English with what is known of them."""
    words = _for_whom(grant)
    words = words if len(words) <= 2 * _LONG else words[: 2 * _LONG - 1] + "…"
    if phrases.in_english:
        return said_in_english(words, lexicon)
    return phrases.script(words)


def how_much(grant: Grant, phrases: Phrases, lexicon: Lexicon) -> str:
    """The share, the sum and the ceiling that a grant states, without any fact of the asker; that none is stated."""
    if grant.unread:
        return phrases.say("line_unread")
    each = list(dict.fromkeys(filter(None, (_stated(rule, phrases, lexicon) for rule in grant.rules))))
    if not each:
        return phrases.say("row_unstated")
    if len(each) > _MANY:
        return phrases.say("line_range", first=each[0], last=each[-1], count=len(each))
    return phrases.join(each)


def states_money(grant: Grant) -> bool:
    """Whether a grant states a sum or a share."""
    return bool(grant.rules) or grant.unread


def _stated(rule: SubsidyRule, phrases: Phrases, lexicon: Lexicon) -> str:
    outcome = calculate(rule, (), lexicon)
    parts: list[str] = []
    if rule.rate is not None:
        base = repair_glyphs(in_simplified(rule.base))
        base = base if phrases.in_english else phrases.script(base)
        if base and phrases.in_english:
            base = said_in_english(base, lexicon)
        code = "line_share_at_most" if rule.rate_bound is Bound.AT_MOST else "line_share"
        parts.append(phrases.say(code if base else f"{code}_alone", base=base, share=_percent(rule.rate, phrases)))
    if rule.uplift is not None and not rule.uplift_points:
        parts.append(phrases.say("line_uplift", share=phrases.percent(rule.uplift)))
    for total in outcome.sums[:1]:
        amount = rounded_to_fen(total.amount)
        parts.append(phrases.bounded_sum(amount, rule.currency, total.per, total.bound))
    return phrases.apart(parts)


def _percent(share: Decimal, phrases: Phrases) -> str:
    """A share as a percentage; two thirds and the like to two places."""
    return phrases.percent(share.quantize(Decimal("0.0001")) if len(share.as_tuple().digits) > _PLACES else share)


def _for_whom(grant: Grant) -> str:
    """The words of a grant up to its award, without what leads in to them; all of it where that leaves nothing."""
    clause = grant.clause
    if clause.row is not None and clause.row.columns:
        # The words of its cell's row and column, and none of another cell.
        classes = [c.metric for rule in grant.rules for c in rule.conditions if c.unit == "category"]
        words = classes or list(filter(None, map(ended_before_award, _stretches(grant.own))))
        return repair_glyphs(",".join(dict.fromkeys(words)))
    start, end = grant.start - clause.start, grant.end - clause.start
    if clause.text[start:end].startswith(clause.label):
        start += len(clause.label)
    cut = _award_begins(grant, start, end)
    stretches = _stretches(in_simplified(clause.text[start:cut]))
    if stretches and cut < end:
        stretches[-1] = ended_before_award(stretches[-1])
    stretches = _fitting([stretch for stretch in stretches if stretch])
    if stretches:
        stretches[0] = bare(stretches[0], before_money=False) or stretches[0]
    whole = "".join(in_simplified(clause.text[start:end]).split()).strip(_EDGES)
    return repair_glyphs(",".join(stretches) or whole)


def _award_begins(grant: Grant, start: int, end: int) -> int:
    """Where in the clause the money of a grant begins, its base with it; the end where it has none, or several things."""
    spans = [rule.spans for rule in grant.rules]
    money = [own[name].start for own in spans for name in _MONEY if name in own and start < own[name].start < end]
    if not money:
        return end
    between = "".join(grant.clause.text[min(money) : max(money)].split())
    if len(between) > _SEVERAL_THINGS * len(spans) and len(spans) > 1:
        return end
    bases = [own["base"] for own in spans if "base" in own]
    led = [base.start for base in bases if start < base.start and 0 <= min(money) - base.end <= _REACHES]
    return min([*money, *led])


def _stretches(text: str) -> list[str]:
    """The parts of a text between its commas, commas in brackets aside."""
    found, depth, begin = [], 0, 0
    joined = "".join(text.split())
    for place, character in enumerate(joined):
        if character in "(（“《〔":
            depth += 1
        elif character in ")）”》〕":
            depth = max(0, depth - 1)
        elif character in ",，;；" and not depth:
            found.append(joined[begin:place].strip(_EDGES))
            begin = place + 1
    found.append(joined[begin:].strip(_EDGES))
    return found


def _fitting(stretches: list[str]) -> list[str]:
    """The stretches of a long line without the first ones, as far as one is left."""
    while len(stretches) > 1 and sum(map(len, stretches)) > _LONG:
        stretches = stretches[1:]
    return stretches
