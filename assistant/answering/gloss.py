"""Gloss: what a rule grants, in one English line, for readers who cannot read the clause."""

from assistant.answering.messages import Phrases
from assistant.clause.rule import Bound, RuleKind, SubsidyRule
from assistant.language.lexicon import Lexicon
from corpus.script import fold

_KNOWN = 3  # words of a condition that are said in English beside it: the longest ones tell most


def in_english(words: str, lexicon: Lexicon) -> str:
    """A clause's words with what the glossary knows of them: ``场地租金实际支出 (premises, rent, spend)``."""
    concepts = [c for mention in lexicon.mentions(fold(words)) for c in mention.concepts[:1] if c.english]
    specific = [concept for concept in concepts if not concept.generic]
    known = dict.fromkeys(concept.english[0] for concept in specific or concepts)
    return f"{words} ({', '.join(known)})" if known else words


def said_in_english(words: str, lexicon: Lexicon) -> str:
    """A condition for readers of English: the clause's words in quotes, and before them in English what is known of them.

    ``small enterprise (“小微企业”)`` where the glossary knows all of the words, ``“经认定的小微企业” (small enterprise)`` else.
    """
    folded = fold(words)
    mentions = [mention for mention in lexicon.mentions(folded) if any(c.english for c in mention.concepts[:1])]
    longest = sorted(mentions, key=lambda mention: mention.start - mention.end)[:_KNOWN]
    known = ", ".join(dict.fromkeys(m.concepts[0].english[0] for m in sorted(longest, key=lambda m: m.start)))
    said = sum(mention.end - mention.start for mention in mentions)
    if known and said >= sum(character.isalnum() for character in folded):
        return f"{known} (“{words}”)"
    return f"“{words}” ({known})" if known else f"“{words}”"


def gloss(rule: SubsidyRule, phrases: Phrases, lexicon: Lexicon) -> str:
    """One line such as ``In English: up to 20% of 项目投入 (project cost), at most RMB 5 million.``"""
    parts: list[str] = []
    if rule.rate is not None:
        share = f"{phrases.percent(rule.rate)} of {in_english(rule.base, lexicon) or 'the base'}"
        parts.append(f"up to {share}" if rule.rate_bound is Bound.AT_MOST else share)
    if rule.amount is not None:
        per = phrases.per(rule.per.removeprefix("每") or None)
        parts.append(f"{phrases.money(rule.amount, rule.currency)}{per}")
    if rule.cap is not None:
        ceiling = phrases.money(rule.cap, rule.currency)
        parts.append(f"at most {ceiling}" if parts or rule.kind is RuleKind.CAP_ONLY else ceiling)
    if rule.uplift is not None:
        parts.append(f"raised by {phrases.percent(rule.uplift)}")
    if rule.years is not None and rule.years > 1:
        parts.append(f"for {rule.years} years")
    return f"In English: {', '.join(parts)}." if parts else ""
