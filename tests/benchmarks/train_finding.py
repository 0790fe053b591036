"""Learn what each kind of evidence counts for (``assistant/finding/certainty.py``) from the repository's questions.

    python tests/benchmarks/train_finding.py [--cross-validate] [--write] [--cache FOLDER]

What is learned from, each question with all candidates that search brings, the right ones marked:
- ``tests/cases/questions*.jsonl`` on the shipped documents, and the ``tune`` half of ``tests/cases/off_topic.jsonl``,
  which nothing answers;
- every second line of ``tests/cases/own_questions.jsonl`` and of ``tests/cases/made/questions.jsonl`` on theirs;
- every second line of ``tests/cases/neighbours/questions.jsonl``, on clauses that differ from their neighbours in one thing;
- each answered question once more without the clause that answers it: then nothing does;
- every question of the first and of half the second on another document of ``tests/cases/documents``: nothing does.

The fit is a conditional logit with "none of them" as one more alternative, whose score is 0, a ridge on the weights,
and a sign for each kind of evidence whose direction is known. ``--cross-validate`` leaves out each document in turn and
prints what is accepted and refused of its questions. ``--write`` writes ``assistant/finding/data/certainty.toml``.
Same data, same weights.
"""

import argparse
import hashlib
import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.finding.certainty import ACCEPTED, Kind
from assistant.finding.evidence import NAMES
from assistant.finding.ranking import Ranker
from assistant.language.lexicon import shipped_lexicon
from assistant.question import Intent
from assistant.question.conversation import Inquiry, put_together
from assistant.service import PolicyAssistant
from corpus.clause import ClauseKind
from corpus.collection import load_collection
from corpus.document import Document
from index.embedding import NANO_E5, Embedder
from index.hybrid import HybridIndex

sys.path.insert(0, str(Path(__file__).resolve().parent))

from retrieval_sets import CachingEmbedder

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
TARGET = ROOT / "assistant" / "finding" / "data" / "certainty.toml"

# Ridge on weights of evidence in standard deviations: a few hundred questions must not decide a weight alone.
RIDGE = {Kind.GRANT: 3.0, Kind.PASSAGE: 1.0, Kind.SUPPORT: 3.0}
# Weights of questions that nothing answers, the highest where an answer would be an invented figure: one whose clause
# was left out (another passage may say the same, another grant seldom does), one asked of another document (which may
# hold something alike), one that is off topic (there are few).
LEFT_OUT = {Kind.GRANT: 0.4, Kind.PASSAGE: 0.03, Kind.SUPPORT: 0.03}
ELSEWHERE = {Kind.GRANT: 0.3, Kind.PASSAGE: 0.1, Kind.SUPPORT: 0.1}
OFF_TOPIC = {Kind.GRANT: 5.0, Kind.PASSAGE: 2.0, Kind.SUPPORT: 2.0}
MADE = 0.1  # weight of the made questions: they differ from each other in one word only
EVEN = 0.2  # how far documents with many questions are weighed down: 0 not at all, 1 to one vote for each document
USUAL = 20  # questions of a document that keeps its weight
HARDEST = 40  # candidates that a question is learned from: the right ones and those most like them
LEAST_SPREAD = 0.1  # standard deviation below which evidence is not stretched further
FOR = frozenset(
    {
        "own",
        "near",
        "far",
        "title",
        "elsewhere_in_document",
        "rarest",
        "lead",
        "last_own",
        "last_around",
        "segment",
        "segment_pairs",
        "turn_pairs",
        "precision",
        "heading",
        "heading_filled",
        "similar",
        "similar_here",
        "similar_lag",
        "lexical",
        "lexical_here",
        "holds_number",
        "holds_share",
        "holds_date",
        "holds_often",
        "holds_list",
        "same_level",
        "measures",
        "same_thing",
        "class",
        "demanded",
        "tells_aspect",
        "general",
        "supports",
        "same_unit",
        "share_of_sum",
        "characters",
        "characters_lead",
        "characters_meant",
    }
)
AGAINST = frozenset(
    {
        "absent_measure",
        "absent_plain",
        "absent_here",
        "absent_aside",
        "absent_from_document",
        "rarest_absent",
        "rarest_absent_from_document",
        "last_absent",
        "last_absent_from_document",
        "negated",
        "novelty",
        "other_level",
        "other_measure",
        "other_thing",
        "strange",
        "lacks_aspect",
        "other_unit",
        "sum_unused",
        "foreign",
        "foreign_own",
        "rarest_foreign",
        "strange_foreign",
    }
)
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """The candidates of one question: their evidence, and which are right; none where nothing answers."""

    kind: Kind
    group: str  # the document it is on; a test fold
    source: str  # the set it is from
    numbers: Numbers
    right: NDArray[np.bool_]
    same_clause: NDArray[np.bool_]  # in the clause of a right one
    weight: float = 1.0


def main() -> None:
    """Learn, report and, when asked, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--cache", type=Path, help="folder the embeddings are kept in from run to run")
    options = parser.parse_args()
    lessons = weighed(list(all_lessons(CachingEmbedder(NANO_E5, options.cache))))
    for kind in Kind:
        own = [lesson for lesson in lessons if lesson.kind is kind]
        print(f"{kind}: {len(own)} questions")
        if options.cross_validate:
            report(own)
    if options.write:
        weights = {kind: fit([lesson for lesson in lessons if lesson.kind is kind]) for kind in Kind}
        TARGET.write_text(as_toml(weights), encoding="utf-8")


# ── the questions ──


def read(path: Path, step: int = 1) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file, every ``step``-th line from the first; the others are not looked at."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [json.loads(line) for line in lines[::step]]


def shipped_questions() -> list[dict[str, Any]]:
    """Labelled questions on the shipped documents."""
    return [line for path in sorted(CASES.glob("questions*.jsonl")) for line in read(path)]


def off_topic() -> list[dict[str, Any]]:
    """Questions that the shipped documents do not answer."""
    return [line for line in read(CASES / "off_topic.jsonl") if line["split"] == "tune"]


def own_questions() -> list[dict[str, Any]]:
    """The half of the questions on documents of the tests that may be learned from."""
    return read(CASES / "own_questions.jsonl", step=2)


def neighbour_questions() -> list[dict[str, Any]]:
    """The half of the questions on clauses like their neighbours that may be learned from."""
    return read(CASES / "neighbours" / "questions.jsonl", step=2)


def made_questions() -> list[dict[str, Any]]:
    """The half of the made questions that may be learned from; each is answered by its clause."""
    return [{**line, "cite": [[squeezed(line["clause"])[:60]]]} for line in read(CASES / "made" / "questions.jsonl", 2)]


def digest() -> str:
    """What the weights rest on: the questions and the names of the evidence."""
    asked = [shipped_questions(), off_topic(), own_questions(), neighbour_questions(), made_questions(), NAMES]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def all_lessons(embedder: Embedder) -> Iterator[Lesson]:
    """Every question of every set with its candidates."""
    folders = (None, "documents", "neighbours/documents", "made/documents")
    shipped, own, neighbours, made = (assistant(folder, embedder) for folder in folders)
    for line in shipped_questions():
        yield from lessons_of(shipped, "shipped", line)
    for line in off_topic():
        yield from lessons_of(shipped, "off topic", line)
    for line in own_questions():
        yield from lessons_of(own, "own", line)
    for line in neighbour_questions():
        yield from lessons_of(neighbours, "neighbours", line)
    for line in made_questions():
        yield from lessons_of(made, "made", line)
    for number, line in enumerate([*own_questions(), *shipped_questions()[::2]]):
        yield from lessons_of(own, "elsewhere", line, elsewhere=number)


def assistant(folder: str | None, embedder: Embedder) -> PolicyAssistant:
    """An assistant over a folder of the tests, over the shipped documents when None."""
    collection = load_collection(CASES / folder) if folder is not None else load_collection()
    return PolicyAssistant(collection, HybridIndex.build(collection.documents, embedder), shipped_lexicon())


def lessons_of(
    asked: PolicyAssistant, source: str, line: dict[str, Any], elsewhere: int | None = None
) -> Iterator[Lesson]:
    """What one question teaches; ``elsewhere`` asks it of another place than its own."""
    if not any(character.isalnum() for character in line["question"]):
        return
    inquiry = put_together(line["question"], tuple(line.get("history") or ()), asked.lexicon, asked.places)
    spans = [] if elsewhere is not None else spans_of(line, asked.documents())
    if elsewhere is not None:
        places = [place for place in asked.regions if place not in inquiry.regions]
        inquiry = replace(inquiry, regions=(places[elsewhere % len(places)],), elsewhere=(), documents=None)
        if not line.get("cite"):
            return
    settled = inquiry.turn.off_topic or (inquiry.elsewhere and not inquiry.regions)
    if settled or len(inquiry.regions) > 1 or inquiry.parts:
        return
    group = spans[0][0] if spans else inquiry.regions[0] if inquiry.regions else "nowhere"
    if inquiry.intent is Intent.AMOUNT:
        grants = grant_lesson(asked, inquiry, spans, source, group)
        if grants is not None:
            yield grants
        if grants is None or not grants.right.any():
            yield from passage_lesson(asked, inquiry, spans, source, group, Kind.SUPPORT)
    elif inquiry.intent is not Intent.VALIDITY:
        yield from passage_lesson(asked, inquiry, spans, source, group, Kind.PASSAGE)


Span = tuple[str, int, int]  # document, start, end


def spans_of(line: dict[str, Any], documents: Iterable[Document]) -> list[Span]:
    """Where the snippets that answer a question stand."""
    snippets = [squeezed(snippet) for group in line.get("cite") or () for snippet in group]
    return [span for document in documents for snippet in snippets if (span := _find(document, snippet))]


def _find(document: Document, snippet: str) -> Span | None:
    text, kept = _without_spaces(document.text)
    at = text.find(snippet)
    return (document.id, kept[at], kept[at + len(snippet) - 1] + 1) if at >= 0 else None


@cache
def _without_spaces(text: str) -> tuple[str, tuple[int, ...]]:
    kept = tuple(at for at, character in enumerate(text) if not character.isspace())
    return "".join(text[at] for at in kept), kept


def squeezed(text: str) -> str:
    """A text without whitespace, as snippets are compared."""
    return re.sub(r"\s", "", text)


def grant_lesson(
    asked: PolicyAssistant, inquiry: Inquiry, spans: Sequence[Span], source: str, group: str
) -> Lesson | None:
    """The grants of the documents meant."""
    ranker, grants = asked.ranker, asked.library.grants
    chosen, evidence = ranker.grant_evidence(ranker.asked(inquiry, ranker.scores(inquiry)))
    if not len(chosen):
        return None
    right = [_overlaps(spans, grants[i].document.id, grants[i].start, grants[i].end) for i in chosen]
    same = [_overlaps(spans, grants[i].document.id, grants[i].clause.start, grants[i].clause.end) for i in chosen]
    return Lesson(Kind.GRANT, group, source, evidence.numbers, np.array(right), np.array(same))


def passage_lesson(
    asked: PolicyAssistant, inquiry: Inquiry, spans: Sequence[Span], source: str, group: str, kind: Kind
) -> Iterator[Lesson]:
    """The passages that may be given as an answer."""
    ranker: Ranker = asked.ranker
    chosen, evidence = ranker.passage_evidence(ranker.asked(inquiry, ranker.scores(inquiry)))
    passages = [asked.library.texts[row].passage for row in chosen]
    answers = np.array([p.kind not in (ClauseKind.TITLE, ClauseKind.RESPONSIBILITY) for p in passages], dtype=np.bool_)
    if answers.any():
        right = np.array([_overlaps(spans, p.document_id, p.start, p.end) for p in passages])[answers]
        yield Lesson(kind, group, source, evidence.numbers[answers], right, right)


def _overlaps(spans: Sequence[Span], document: str, start: int, end: int) -> bool:
    return any(d == document and start < stop and first < end for d, first, stop in spans)


# ── the fit ──


def weighed(lessons: Sequence[Lesson]) -> list[Lesson]:
    """Lessons with their weights: no document, and no set, drowns the others."""
    count = Counter((lesson.kind, lesson.source, lesson.group) for lesson in lessons)

    def weight(lesson: Lesson) -> float:
        if lesson.source == "elsewhere":
            return ELSEWHERE[lesson.kind]
        share = float((USUAL / count[lesson.kind, lesson.source, lesson.group]) ** EVEN)
        of_source = {"made": MADE, "off topic": OFF_TOPIC[lesson.kind]}
        return of_source.get(lesson.source, 1.0) * min(share, 2.0)

    return [replace(lesson, weight=weight(lesson)) for lesson in lessons]


def taught(lessons: Iterable[Lesson]) -> Iterator[Lesson]:
    """What is learned from: the hardest candidates of each question, and each without the clause that answers it."""
    proxy = [NAMES.index(name) for name in ("own", "near", "far", "similar")]
    for lesson in lessons:
        hard = np.argsort(-(lesson.numbers[:, proxy] @ np.array([1.0, 0.5, 0.4, 0.4])), kind="stable")[:HARDEST]
        kept = lesson.right.copy()
        kept[hard] = True
        yield replace(lesson, numbers=lesson.numbers[kept], right=lesson.right[kept])
        rest = kept & ~lesson.same_clause
        if lesson.right.any() and rest.any():
            none = np.zeros(int(rest.sum()), dtype=np.bool_)
            yield replace(
                lesson, numbers=lesson.numbers[rest], right=none, weight=LEFT_OUT[lesson.kind] * lesson.weight
            )


class Likelihood:
    """The penalised likelihood of weights given lessons, with its derivatives."""

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        self._ridge = RIDGE[lessons[0].kind]
        numbers = np.concatenate([lesson.numbers for lesson in lessons])
        self.scale = np.maximum(numbers.std(axis=0), LEAST_SPREAD)
        self._x = numbers / self.scale
        sizes = np.array([len(lesson.numbers) for lesson in lessons])
        self._first = np.r_[0, np.cumsum(sizes)[:-1]]
        self._of = np.repeat(np.arange(len(lessons)), sizes)
        self._right = np.concatenate([lesson.right for lesson in lessons])
        self._weight = np.array([lesson.weight for lesson in lessons])
        self._answered = np.add.reduceat(self._right, self._first) > 0

    def loss(self, b: Numbers) -> tuple[float, Numbers, Numbers]:
        """The negative log likelihood, and how likely each candidate is, of all and of the right ones."""
        s = self._x @ b
        top = np.maximum(np.maximum.reduceat(s, self._first), 0)
        e = np.exp(s - top[self._of])
        whole = np.exp(-top) + np.add.reduceat(e, self._first)
        right = np.where(self._answered, np.add.reduceat(e * self._right, self._first), np.exp(-top))
        loss = -float(self._weight @ (np.log(right + 1e-300) - np.log(whole))) + self._ridge / 2 * float(b @ b)
        among_right = np.where(self._answered[self._of], e * self._right / np.maximum(right[self._of], 1e-300), 0)
        return loss, e / whole[self._of], among_right

    def step(self, b: Numbers, likely: Numbers, among_right: Numbers, low: Numbers, high: Numbers) -> Numbers:
        """Newton's step within the signs that are known."""
        weight = self._weight[self._of]
        gradient = self._x.T @ ((likely - among_right) * weight) + self._ridge * b
        means = np.add.reduceat(self._x * likely[:, None], self._first, axis=0)
        curvature = self._x.T @ (self._x * (likely * weight)[:, None]) - (means * self._weight[:, None]).T @ means
        free = ~(((b <= low) & (gradient > 0)) | ((b >= high) & (gradient < 0)))
        step = np.zeros_like(b)
        held = curvature[np.ix_(free, free)] + self._ridge * np.eye(int(free.sum()))
        step[free] = np.linalg.solve(held, gradient[free])
        return step


def fit(lessons: Iterable[Lesson]) -> Numbers:
    """Weights in the order of ``NAMES``, for evidence as it is read."""
    likelihood = Likelihood(list(taught(lessons)))
    low = np.array([0.0 if name in FOR else -np.inf for name in NAMES])
    high = np.array([0.0 if name in AGAINST else np.inf for name in NAMES])
    b = np.zeros(len(NAMES))
    loss, likely, among_right = likelihood.loss(b)
    for _ in range(60):
        step = likelihood.step(b, likely, among_right, low, high)
        for shortened in (1.0, 0.5, 0.25, 0.1, 0.03, 0.01):
            tried = np.clip(b - shortened * step, low, high)
            new_loss, new_likely, new_among = likelihood.loss(tried)
            if new_loss < loss:
                break
        else:
            break
        gained, b, loss, likely, among_right = loss - new_loss, tried, new_loss, new_likely, new_among
        if gained < 1e-5 * abs(loss):
            break
    return b / likelihood.scale


def report(lessons: Sequence[Lesson]) -> None:
    """What becomes of each source's questions when their document is left out of what is learned from."""
    folds = {lesson.group: _fold(lesson) for lesson in lessons}
    counts: Counter[tuple[str, str]] = Counter()
    for fold in sorted(set(folds.values())):
        weights = fit([lesson for lesson in lessons if _fold(lesson) != fold])
        for lesson in lessons:
            if _fold(lesson) == fold:
                counts[lesson.source, outcome(lesson, weights)] += 1
    for source in dict.fromkeys(lesson.source for lesson in lessons):
        print(f"  {source:10}", {what: n for (name, what), n in sorted(counts.items()) if name == source})


def _fold(lesson: Lesson) -> str:
    """Each shipped document by itself; the small ones of the tests in fives."""
    return lesson.group if lesson.source == "shipped" else f"{zlib.crc32(lesson.group.encode()) % 5}"


def outcome(lesson: Lesson, weights: Numbers) -> str:
    """What becomes of a question: accepted or refused, rightly or wrongly."""
    scores = lesson.numbers @ weights
    best = int(scores.argmax())
    if 1 / (1 + np.exp(-scores[best])) >= ACCEPTED:
        return "accepted right" if lesson.right[best] else "accepted wrong"
    return "refused right" if lesson.right.any() else "refused, nothing answers"


def as_toml(weights: dict[Kind, Numbers]) -> str:
    """The weights as the file that ``assistant/finding/certainty.py`` reads."""
    parts = [
        "# Written by tests/benchmarks/train_finding.py --write; do not edit by hand.",
        f'digest = "{digest()}"',
        "",
    ]
    for kind, values in weights.items():
        lines = [f"{name} = {value:.4f}" for name, value in zip(NAMES, values, strict=True) if abs(value) >= 5e-5]
        parts += [f"[{kind}]", *lines, ""]
    return "\n".join(parts)


if __name__ == "__main__":
    main()
