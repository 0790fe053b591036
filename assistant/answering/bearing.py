"""Who bears the money: the sentence of a document that says which level of government or whose budget pays."""

import re
from datetime import date

from assistant.answer import Citation
from assistant.answering.citing import cite
from corpus.clause import Clause, ClauseKind
from corpus.document import Document
from corpus.script import fold
from index.sentences import sentence_spans

_MONEY = r"(?:资金|经费|费用|奖金|奖励|补助|补贴|奖补|兑现)"
_BEARS = r"(?:承担|负担|分担|列支|支出|统筹安排|予以安排|财政安排|预算安排|予以解决)"
_STATES_BEARER = re.compile(
    rf"{_MONEY}[^。;]{{0,60}}?{_BEARS}|谁受益[、,]?谁负担|由[^。;,]{{0,20}}(?:财政|政府)[^。;,]{{0,20}}{_BEARS}"
)


def bearer_clause(document: Document, clause: Clause | None, day: date) -> Citation | None:
    """The sentence that says who pays what a document grants: of ``clause`` itself, else of the document as a whole."""
    leaves = [leaf for leaf in document.leaves if leaf.kind not in (ClauseKind.TITLE, ClauseKind.RESPONSIBILITY)]
    closing = [leaf for leaf in reversed(leaves) if clause is None or leaf.id != clause.id]
    for leaf in (*([clause] if clause is not None else []), *closing):
        for start, end in sentence_spans(leaf.text):
            if _STATES_BEARER.search(fold(leaf.text[start:end])):
                return cite(document, leaf, leaf.start + start, leaf.start + end, day)
    return None
