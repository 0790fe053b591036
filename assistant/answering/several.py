"""Several: two or three questions or cases in one turn, or of the turns before, each answered; their sum; the larger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.answering.composition import Composer
from assistant.answering.means import Means
from assistant.answering.piece import Piece
from assistant.clause.grant import Grant
from assistant.clause.stacking import Stacking
from assistant.clause.stacking_rule import StackingRule, rule_of
from assistant.figures.across import Together, across
from assistant.figures.outcome import Entitlement, Result
from assistant.finding.certainty import ESTABLISHED, NEAR
from assistant.finding.ranking import Ranked
from assistant.question import Intent
from assistant.question.aims import Aim, aims_of
from assistant.question.conversation import Inquiry, read_turns
from assistant.question.extent import read_extent
from assistant.question.situation import MONEY
from assistant.question.splitting import asked_alone, stretches, with_context

_MOST = 4  # cases of one turn that are answered each
_STRETCHES = 10  # of a turn that are looked at


@dataclass(frozen=True, slots=True)
class Share:
    """One of several that are asked about: what is asked of it alone, and what it gives."""

    inquiry: Inquiry
    found: Entitlement


class Several:
    """Answers turns that ask about several awards."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def pieces(self, inquiry: Inquiry, before: Sequence[Inquiry], composer: Composer, day: date) -> list[Piece]:
        """Each of the awards that are asked about, with their sum first where it is wanted; none where there are not several."""
        aims = aims_of(inquiry.turn.folded)
        extent = read_extent(inquiry.turn.folded, inquiry.facts)
        wants_sum = extent.together or inquiry.turn.asks_total
        if not aims & {Aim.SEVERAL, Aim.MORE} and not wants_sum and not self._asks_each(inquiry):
            return []
        if inquiry.negated and not wants_sum:  # "贴息, not 投资补助": one of them is not asked about
            return []
        if inquiry.intent is Intent.DEPARTMENT or extent.years is not None or extent.enterprises is not None:
            return []
        shares = self.shares(inquiry) or self._of_conversation(inquiry, before)
        if wants_sum:  # "加上上浮那部分一共多少": what is not told of is no case of its own
            shares = [share for share in shares if not _lacks_its_fact(share.found)]
        if len(shares) < 2 or self._is_of_one_clause(inquiry, shares):
            return []
        if Aim.MORE in aims and not wants_sum:
            return self._larger_first(shares, composer)
        return self._summed(shares, composer, day) if wants_sum else self._each(shares, composer)

    def _is_of_one_clause(self, inquiry: Inquiry, shares: Sequence[Share]) -> bool:
        """Whether all is of one clause, whose own calculation takes in everything that the shares do."""
        if len({share.found.grant.clause.id for share in shares}) > 1:
            return False
        whole = self._means.entitled(inquiry)
        if whole is None or len(whole.outcomes) != 1 or whole.outcomes[0].result is not Result.COMPUTED:
            return False
        outcome = whole.outcomes[0]
        taken = {(fact.value, fact.unit) for fact in outcome.used}
        told = {(f.value, f.unit) for share in shares for one in share.found.outcomes for f in one.used}
        return told <= taken and bool(outcome.sums) and outcome.sums[0].per is None

    def _asks_each(self, inquiry: Inquiry) -> bool:
        """Whether two stretches of a turn each ask for money, of a subject of their own."""
        texts = stretches(inquiry.turn.folded)
        asking = 0
        for text in texts[:_STRETCHES] if len(texts) > 1 else ():
            own = read_turns((text,), self._means.lexicon, self._means.places)[-1]
            told = any(fact.unit in MONEY for fact in own.facts)  # told of a case, not asked
            subject = any(term.may_be_subject for term in own.terms)
            asking += own.intent is Intent.AMOUNT and own.turn.asks and subject and not told
        return asking > 1

    # ── which ──

    def shares(self, inquiry: Inquiry, *, closely: bool = False) -> list[Share]:
        """The awards that a turn names, each with what it says of it."""
        texts = stretches(inquiry.turn.folded, closely=closely)
        if not 2 <= len(texts) <= _STRETCHES:
            return []
        whole = self._means.candidates(inquiry).grants
        groups: list[tuple[Grant | None, list[str]]] = []
        beside: list[str] = []
        for text in texts:
            alone = asked_alone(inquiry, text, self._means.lexicon, self._means.places)
            subject = any(term.may_be_subject for term in alone.terms)
            grant = self._meant(alone, whole) if subject else None
            if not subject and not alone.facts:
                beside.append(text)
            elif groups and (grant is None or groups[-1][0] is None or _is_same(groups[-1][0], grant)):
                groups[-1] = (groups[-1][0] or grant, [*groups[-1][1], text])
            else:
                groups.append((grant, [text]))
        return self._each_alone(inquiry, whole, [texts for grant, texts in groups if grant is not None], beside)

    def _meant(self, alone: Inquiry, whole: Sequence[Ranked[Grant]]) -> Grant | None:
        """The grant that a stretch is about: surely, or likely where the turn as a whole speaks for it too."""
        candidates = self._means.candidates(alone)
        grant = candidates.accepted_grant()
        if grant is None and candidates.grants and candidates.grants[0].certainty >= ESTABLISHED:
            best = candidates.grants[0].item
            grant = best if any(one.item is best and one.certainty >= NEAR for one in whole[:_MOST]) else None
        return grant if grant is not None and grant.rules else None

    def _each_alone(
        self,
        inquiry: Inquiry,
        whole: Sequence[Ranked[Grant]],
        groups: Sequence[Sequence[str]],
        beside: Sequence[str],
    ) -> list[Share]:
        shares: list[Share] = []
        for texts in groups[:_MOST]:
            part = asked_alone(inquiry, ",".join(texts), self._means.lexicon, self._means.places)
            part = with_context(part, beside)
            grant = self._meant(part, whole)
            if grant is None:
                return []
            found = self._means.worked_out(grant, part, among=True)
            if any(_is_same(found.grant, share.found.grant) for share in shares):
                return []
            if part.asked_money or not _lacks_its_fact(found):
                shares.append(Share(part, found))
        return shares

    def _of_conversation(self, inquiry: Inquiry, before: Sequence[Inquiry]) -> list[Share]:
        """The awards that the turns before asked about or told of, where the last turn names none itself."""
        told = any(fact.turn == len(before) and fact.unit in MONEY for fact in inquiry.facts)
        if inquiry.names_subject or not inquiry.follow_up or told:
            return []
        shares: dict[str, Share] = {}
        for earlier in before:
            alone = replace(
                asked_alone(earlier, earlier.turn.folded, self._means.lexicon, self._means.places),
                regions=earlier.regions or inquiry.regions,
            )
            if earlier.turn.off_topic or not any(term.may_be_subject for term in alone.terms):
                continue
            of_it = replace(earlier, intent=Intent.AMOUNT) if not alone.facts else alone
            found = self._means.entitled(of_it)
            if found is None or not found.grant.rules:
                continue
            key = f"{found.grant.clause.id}:{found.grant.start}"
            shares[key] = Share(of_it, found)
        return list(shares.values())[:_MOST]

    # ── what of them ──

    def _each(self, shares: Sequence[Share], composer: Composer) -> list[Piece]:
        return [self._piece(share, composer) for share in shares]

    def _larger_first(self, shares: Sequence[Share], composer: Composer) -> list[Piece]:
        pieces = sorted(self._each(shares, composer), key=lambda p: -p.figures[0].amount if p.figures else Decimal(1))
        comparable = len({piece.figures[0].per for piece in pieces if piece.figures}) == 1
        return [composer.larger(pieces[0]), *pieces] if comparable and all(p.figures for p in pieces) else pieces

    def _summed(self, shares: Sequence[Share], composer: Composer, day: date) -> list[Piece]:
        pieces = self._each(shares, composer)
        if any(share.found.ladder or len(piece.figures) == 0 for share, piece in zip(shares, pieces, strict=True)):
            return pieces
        documents = {share.found.grant.document.id: share.found.grant.document for share in shares}
        rule = rule_of(next(iter(documents.values()))) if len(documents) == 1 else None
        total = self._total(shares, rule)
        if total is None:
            return pieces
        said = [composer.stacking_rule(rule, next(iter(documents.values())))] if rule is not None else []
        first = composer.total(total, pieces, stated=rule is not None)
        return [first, *pieces, *said]

    def _total(self, shares: Sequence[Share], rule: StackingRule | None) -> Together | None:
        outcomes = [share.found.outcomes[0] for share in shares]
        stacking = Stacking.UNSAID if rule is None or rule.of_one_matter else rule.stacking
        ceiling = rule.ceiling if rule is not None else None
        return across(outcomes, stacking, ceiling)

    def _piece(self, share: Share, composer: Composer) -> Piece:
        return composer.led(composer.grant(share.found, share.inquiry))


def _lacks_its_fact(found: Entitlement) -> bool:
    """Whether an award rests on a fact that the stretch which seems to be about it does not tell."""
    return bool(found.outcomes) and all(outcome.result is Result.NEEDS_FACTS for outcome in found.outcomes)


def _is_same(one: Grant | None, other: Grant | None) -> bool:
    """Whether two grants are one, or share words."""
    if one is None or other is None:
        return False
    return one.clause.id == other.clause.id and one.start < other.end and other.start < one.end
