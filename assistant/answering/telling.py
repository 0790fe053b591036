"""Telling: what a document tells of a grant beside its sum, or that it does not, and whom to ask then."""

from collections.abc import Sequence

from assistant.answer import Citation, Status
from assistant.answering.citing import renumbered
from assistant.answering.paying import Paying
from assistant.answering.piece import Piece, focus
from assistant.answering.quoting import shortened
from assistant.question.aspects import Aspect

Saying = tuple[Aspect, Sequence[tuple[Citation, str]]]  # an aspect, and each passage that tells it with its words


class Telling(Paying):
    """Writes what is told of a grant beside its sum."""

    def procedure(
        self,
        of: Citation,
        told: Sequence[Saying],
        untold: Sequence[Aspect],
        issuer: str = "",
        what: str = "",
        *,
        in_charge: bool = False,
    ) -> Piece:
        """What is told of some aspects, in the words of the document, then what is not, with the departments to ask.

        ``in_charge`` also says who is responsible. ``what`` the clause grants is said by its first words, by those of the
        passage where it is empty.
        """
        citations: list[Citation] = []
        lines: list[str] = []
        for aspect, passages in told:
            lines += self._told(aspect, passages, citations)
        if untold or in_charge:
            if of.clause_id not in {citation.clause_id for citation in citations}:
                citations = [of, *citations] if not told else [*citations, of]
            marker = next(n for n, c in enumerate(citations, start=1) if c.clause_id == of.clause_id)
            lines += self._untold(of, untold, issuer, marker, what or focus(of))
        status = Status.ANSWERED if told or not untold else Status.NOT_STATED
        return Piece(status, "\n".join(lines), renumbered(citations), region=of.region, aspects=tuple(untold))

    def _told(self, aspect: Aspect, passages: Sequence[tuple[Citation, str]], citations: list[Citation]) -> list[str]:
        phrases, head = self._phrases, self._phrases.told(aspect)
        said: list[tuple[str, int]] = []
        for citation, words in passages:
            known = {one.clause_id: number for number, one in enumerate(citations, start=1)}
            if citation.clause_id not in known:
                citations.append(citation)
            said.append((words, known.get(citation.clause_id, len(citations))))
        if len(said) == 1:
            return [phrases.say("told", aspect=head, quote=said[0][0], marker=said[0][1])]
        lines = [phrases.say("told_line", quote=words, marker=marker) for words, marker in said]
        return [phrases.say("told_list", aspect=head), *lines]

    def _untold(self, of: Citation, aspects: Sequence[Aspect], issuer: str, marker: int, what: str) -> list[str]:
        phrases = self._phrases
        if not aspects:
            return [self._in_charge(of, issuer, marker, what)]
        asked = phrases.join([phrases.aspect(aspect) for aspect in aspects])
        whom = phrases.join(of.departments[:1]) or issuer
        questions = phrases.list([phrases.question(aspect) for aspect in aspects])
        lines = [
            phrases.say("not_stated", marker=marker, aspect=asked, what=shortened(what)),
            self.departments(of, issuer, marker),
        ]
        return [*lines, phrases.say("ask_them", departments=whom, questions=questions)] if whom else lines

    def _in_charge(self, citation: Citation, issuer: str = "", marker: int = 1, what: str = "") -> str:
        """Who is responsible, and for what, in the first words of the clause."""
        of_what = self._phrases.say("of_clause", what=shortened(what or focus(citation)))
        return self.departments(citation, issuer, marker) + "\n" + of_what

    def departments(self, citation: Citation, issuer: str = "", marker: int = 1) -> str:
        """The sentence that names a clause's departments; without any, who issued its document where that is known."""
        if not citation.departments:
            code = "departments_of_issuer" if issuer else "no_departments"
            return self._phrases.say(code, marker=marker, issuer=issuer)
        names = self._phrases.join(list(citation.departments))
        return self._phrases.say("departments", departments=names, marker=marker)
