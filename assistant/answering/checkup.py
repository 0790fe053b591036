"""Policy check-up: every rule that may apply to a case, in three groups, with what may be claimed together."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.answering.claiming import totals
from assistant.answering.matches import Checkup as Checkup  # those who show a check-up know this module
from assistant.answering.matches import Group as Group
from assistant.answering.matches import Match as Match
from assistant.answering.messages import Phrases
from assistant.answering.weighing import Weigher
from assistant.clause.stacking import stacking_sentences
from assistant.language.lexicon import Lexicon
from assistant.question import Language
from assistant.question.case import Case, case_of
from assistant.question.profile import Profile
from assistant.validation import check_region
from corpus.collection import Collection
from corpus.document import Document
from corpus.script import fold

if TYPE_CHECKING:
    from assistant.finding.library import PolicyTexts


def match(
    profile: Profile,
    library: "PolicyTexts",
    lexicon: Lexicon,
    as_of: date | None = None,
    region: str | None = None,
    language: Language = Language.CHINESE,
) -> Checkup:
    """The check-up on a day (default: today) for a region (default: the profile's own, else all).

    Its sentences are in ``language``; conditions that are quoted stay in the clause's words. Raises UnknownNameError
    when no document is from the region.
    """
    wanted = region if region is not None else profile.region
    name = region_for(wanted, library.collection) if wanted else ""
    return check(profile, library, lexicon, as_of or date.today(), name, language)


def region_for(name: str, collection: Collection) -> str:
    """The region of the collection that a name means, 成都 for 成都市 and Chengdu too."""
    for document in collection.documents:
        known = (document.metadata.region, *document.metadata.region_aliases)
        if document.metadata.region and fold(name) in map(fold, known):
            return document.metadata.region
    return check_region(name, collection.regions)


def check(
    profile: Profile,
    library: "PolicyTexts",
    lexicon: Lexicon,
    as_of: date,
    region: str = "",
    language: Language = Language.CHINESE,
) -> Checkup:
    """Hold every grant of a region (all regions when empty) against a profile on a day."""
    case = case_of(profile, lexicon, as_of)
    return check_case(case, library, lexicon, as_of, (region,) if region else (), language)


def check_case(
    case: Case,
    library: "PolicyTexts",
    lexicon: Lexicon,
    as_of: date,
    regions: Sequence[str] = (),
    language: Language = Language.CHINESE,
    documents: frozenset[str] | None = None,
) -> Checkup:
    """Hold every grant of some regions (all when empty), or of the documents of these ids, against a case on a day.

    The case is a profile's (``case_of``) or what a conversation has said so far (``case_said``); the judgement is one.
    """
    asked = [
        document
        for document in library.collection.documents
        if (not regions or document.metadata.region in regions) and (documents is None or document.id in documents)
    ]
    wanted = {document.id for document in asked}
    grants = [grant for grant in library.grants if grant.document.id in wanted]
    weigher = Weigher(case, library, lexicon, as_of, language, grants)
    matches = [match for grant in grants for match in weigher.matches(grant)]
    order = list(Group)
    matches.sort(key=lambda match: (order.index(match.group), -match.relevance))
    certain, possible = totals(matches, asked)
    held_on, notice = _notice(asked, as_of, Phrases(language))
    return Checkup(
        as_of=as_of,
        region=regions[0] if len(regions) == 1 else "",
        notice=notice,
        held_on=held_on,
        matches=tuple(matches),
        certain_total=certain,
        possible_total=possible,
        stacking=tuple(dict.fromkeys(sentence for document in asked for sentence in stacking_sentences(document.text))),
    )


def _notice(documents: Sequence[Document], as_of: date, phrases: Phrases) -> tuple[date | None, str]:
    """The last day on which documents with sums held that have ended since, and what is said first of it."""
    ended = [d.metadata for d in documents if d.metadata.valid_to is not None and d.metadata.valid_to < as_of]
    days = [metadata.valid_to for metadata in ended if metadata.valid_to is not None]
    if not days:
        return None, ""
    held_on = max(days)
    names = phrases.join([f"《{metadata.title}》" for metadata in ended])
    code = "checkup_ended" if len(ended) == len(documents) else "checkup_ended_in_part"
    return held_on, phrases.say(code, documents=names, until=phrases.day(held_on), day=phrases.day(as_of))
