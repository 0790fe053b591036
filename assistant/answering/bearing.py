"""Who bears the money: the sentence of a document that says which level of government or whose budget pays."""

from datetime import date

from assistant.answer import Citation
from assistant.answering.citing import cite
from corpus.bearers import states_bearer
from corpus.clause import Clause, ClauseKind
from corpus.document import Document
from corpus.script import fold
from index.sentences import sentence_spans


def bearer_clause(document: Document, clause: Clause | None, day: date) -> Citation | None:
    """The sentence that says who pays what a document grants: of ``clause`` itself, else of the document as a whole."""
    leaves = [leaf for leaf in document.leaves if leaf.kind not in (ClauseKind.TITLE, ClauseKind.RESPONSIBILITY)]
    closing = [leaf for leaf in reversed(leaves) if clause is None or leaf.id != clause.id]
    for leaf in (*([clause] if clause is not None else []), *closing):
        for start, end in sentence_spans(leaf.text):
            if states_bearer(fold(leaf.text[start:end])):
                return cite(document, leaf, leaf.start + start, leaf.start + end, day)
    return None
