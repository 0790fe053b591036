"""What a document says about itself: title, number, issuer, region, dates."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.clause import Clause, ClauseKind
from corpus.document import Metadata
from corpus.layout import Line, squeeze
from corpus.places import main_place
from corpus.script import fold
from corpus.titles import NUMBER, introduced_title, is_agencies, is_field, is_number_line, is_signature_date, joined
from corpus.validity import read_day, read_planning, read_validity

_NUMBER_FIELD = re.compile(r"(?:发文字号|文\s*号|文件编号)\s*:\s*")
_NUMBER_BEHIND_TITLE = re.compile(rf"\(({NUMBER.pattern})\)$")
_ISSUED_FIELD = re.compile(r"(?:签发时间|成文日期|印发日期|发文日期|公布日期)\s*:\s*(.*)")
_STARTS_FIELD = re.compile(r"(?:生效时间|施行日期|实施日期|生效日期)\s*:\s*(.*)")
_ENDS_FIELD = re.compile(r"(?:失效日期|废止日期|失效时间|有效期至)\s*:\s*(.*)")
_ISSUER_FIELD = re.compile(r"(?:发文机[关构]|发布机[关构]|制定机关|签发单位)\s*:\s*([^\s;]+)")
_TITLE_FIELD = re.compile(r"^(?:标\s*题|名\s*称|文件名称)\s*:\s*(\S.*)")
_ISSUER_IN_TITLE = re.compile(
    r"^(.{2,80}?(?:政府|办公厅|办公室|委员会|委|局|厅|部|院|会|署|办|中心))(?:关于|印发|转发)"
)


def read_metadata(
    document_id: str,
    clauses: Sequence[Clause],
    parts: tuple[str, ...],
    lines: Sequence[Line],
    title_lines: range,
    folded: str,
) -> Metadata:
    """Metadata as the text states it; fields it does not state are empty. The title falls back on the file's name."""
    front = [(clause, folded[clause.start : clause.end]) for clause in clauses if clause.kind is ClauseKind.TITLE]
    title = (
        joined([lines[number] for number in title_lines])
        or _title_field(front)
        or introduced_title(lines)
        or _first_heading(clauses)
        or document_id
    )
    issuer = _issuer(title, front)
    fields = _fields(lines)
    issued = _issued(front, fields)
    region, aliases = main_place((fold(title), fold(issuer), *(text for _, text in front if is_agencies(text)), folded))
    validity = read_validity(_sentences(clauses, folded), issued)
    planning_from, planning_to = read_planning(fold(title), folded)
    return Metadata(
        title=title,
        document_number=_number(title, front, lines),
        issuer=issuer,
        region=region,
        region_aliases=aliases,
        issued=issued,
        valid_from=validity.first or _field_day(fields, _STARTS_FIELD),
        valid_to=validity.last or _field_day(fields, _ENDS_FIELD),
        planning_from=planning_from,
        planning_to=planning_to,
        parts=parts,
        url="",
    )


def part_metadata(whole: Metadata, part: str, clauses: Sequence[Clause]) -> Metadata:
    """The metadata of one plan of a file, of its own ``clauses``: the file's, with the term that the plan states."""
    folded = [fold(clause.text) for clause in clauses]
    sentences = [sentence for text in folded for sentence in _split(text)]
    validity = read_validity(sentences, whole.issued)
    planning_from, planning_to = read_planning(fold(part), "".join(folded))
    return replace(
        whole,
        title=part,
        valid_from=validity.first or whole.valid_from,
        valid_to=validity.last or whole.valid_to,
        planning_from=planning_from or whole.planning_from,
        planning_to=planning_to or whole.planning_to,
    )


def _title_field(front: Sequence[tuple[Clause, str]]) -> str:
    return next((squeeze(c.text[found.start(1) :]) for c, text in front if (found := _TITLE_FIELD.match(text))), "")


def _first_heading(clauses: Sequence[Clause]) -> str:
    """The heading of the only top-level clause, which then stands for a title (a booklet's chapter)."""
    top = [clause for clause in clauses if clause.parent_id is None and clause.kind is ClauseKind.SECTION]
    others = [
        c for c in clauses if c.parent_id is None and c.kind in (ClauseKind.ARTICLE, ClauseKind.ITEM, ClauseKind.PART)
    ]
    return top[0].heading if len(top) == 1 and not others else ""


def _number(title: str, front: Sequence[tuple[Clause, str]], lines: Sequence[Line]) -> str:
    """The document's own number: on a line of its own, in a field or behind the title, as printed without blanks."""
    behind = _NUMBER_BEHIND_TITLE.search(fold(title))
    if behind:
        return title[behind.start(1) : behind.end(1)]
    for clause, text in front:
        field = _NUMBER_FIELD.search(text) if is_field(text) else None
        begin = field.end() if field else 0
        if (field or is_number_line(text)) and (match := NUMBER.search(text, begin)):
            return squeeze(clause.text[match.start() : match.end()])
    numbers = {squeeze(line.text) for line in lines if is_number_line(line.folded)}
    return numbers.pop() if len(numbers) == 1 else ""


def _issuer(title: str, front: Sequence[tuple[Clause, str]]) -> str:
    in_title = _ISSUER_IN_TITLE.match(fold(title))
    if in_title:
        return title[: in_title.end(1)]
    for clause, text in front:
        field = _ISSUER_FIELD.search(text) if is_field(text) else None
        if field:
            return clause.text[field.start(1) : field.end(1)]
    signed = [clause for clause, text in front if is_agencies(text) and not text.endswith(("通知", "办法"))]
    if signed:
        return signed[0].text
    for clause, text in front:
        if is_signature_date(text) and (match := re.match(r"(\S+?)\s+\d{4}", text)) and is_agencies(match.group(1)):
            return clause.text[: match.end(1)]
    return ""


def _issued(front: Sequence[tuple[Clause, str]], fields: Sequence[str]) -> date | None:
    return _field_day(fields, _ISSUED_FIELD) or next(
        (day for _, text in front if is_signature_date(text) and (day := read_day(text)) is not None), None
    )


def _field_day(fields: Sequence[str], field: re.Pattern[str]) -> date | None:
    return next((day for text in fields if (match := field.search(text)) and (day := read_day(match.group(1)))), None)


def _fields(lines: Sequence[Line]) -> tuple[str, ...]:
    """The fields of the records around a text (失效日期:2026年6月1日), each on one line though its value stand below it."""
    found: list[str] = []
    for line in lines:
        if not is_field(line.folded):
            continue
        below = lines[line.number + 1].folded if line.number + 1 < len(lines) else ""
        found.append(line.folded + (below if line.folded.endswith(":") and not is_field(below) else ""))
    return tuple(found)


def _sentences(clauses: Sequence[Clause], folded: str) -> list[str]:
    """Sentences that may state a term, with the one before them when it names the subject."""
    sentences: list[str] = []
    for clause in clauses:
        if not clause.is_leaf or clause.kind in (ClauseKind.TITLE, ClauseKind.RESPONSIBILITY):
            continue
        sentences.extend(_split(folded[clause.start : clause.end]))
    return sentences


def _split(folded: str) -> list[str]:
    """The sentences of a text, without blanks."""
    return [part for part in re.split(r"(?<=[。;])", re.sub(r"\s+", "", folded)) if part]
