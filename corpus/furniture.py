"""Page furniture: what a web page or a printed page puts around a policy text.

Lines are judged by what they are (a stamp, a breadcrumb, a page number) and by where they stand: in
front of the title, between the title and the text, behind the text. When in doubt a line stays.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate

from corpus.headings import is_standard_heading
from corpus.layout import Line, squeeze
from corpus.page import (
    LONG,
    head_reason,
    is_breadcrumb,
    is_certain_footer,
    is_certain_policy,
    is_control,
    is_footer,
    is_policy,
    is_publisher,
    is_running_text,
    is_stamp,
    states_amount,
    tail_reason,
)
from corpus.titles import (
    broken_title,
    is_addressees,
    is_field,
    is_front_matter,
    is_heading_line,
    is_number_line,
    is_signature_date,
    looks_like_title,
    title_lines,
)

_PAGE_NUMBER = re.compile(r"^(?:[-—–·]\s*)?(\d{1,4})(?:\s*[-—–·])?$|^第\s*(\d{1,4})\s*页(?:\s*,?\s*共\s*\d+\s*页)?$")
_PAGER = re.compile(r"^(?:上一页|下一页|首页|尾页|上页|下页)$|^[^。]{0,40},第\d+张$")
_RULE_LINE = re.compile(
    r"^[\s\-_—–=*·•~#…]{3,}$|^\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?$"
)  # also below a table's header
_COMMENT = re.compile(r"^<!--.*-->$")
_CODE = re.compile(r"[{}=;$`]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MINIMUM_TITLE = 4
_RUNNING_HEADER_REPEATS = 3
_MINIMUM_PAGE_NAME = 10  # characters
_COPIED = 25  # characters of a line that stand in the text above as they are
_MOST_COPIES = 60  # lines looked at for a second copy of the text


def find_furniture(lines: Sequence[Line]) -> tuple[dict[int, str], range]:
    """The numbers of the lines to leave out with the reason, and the lines of the document's title.

    The range is empty when the text prints no title.
    """
    out: dict[int, str] = {}
    _mark_page_marks(lines, out)
    from_web = any(is_breadcrumb(line.folded) or is_stamp(line.folded) for line in lines)
    title = _find_title(lines, out, from_web)
    first = _first_policy_line(lines, out, title, from_web)
    if not title and first is not None:
        title = _title_without_noun(lines, out, first, from_web)
        first = min(first, title.start) if title else first
    if title and from_web and not any(_is_letter(line) for line in lines[: title.start]):
        first = title.start
    _mark_head(lines, out, first, title, from_web)
    _mark_below_title(lines, out, title)
    _mark_copies(lines, out)
    _mark_tail(lines, out)
    return dict(sorted(out.items())), title


def _mark_page_marks(lines: Sequence[Line], out: dict[int, str]) -> None:
    """Page numbers, scripts, pagers, rules and running headers: furniture wherever they stand."""
    last_page = None
    numbers = [line for line in lines if _PAGE_NUMBER.match(line.folded)]
    for line in lines:
        page = _PAGE_NUMBER.match(line.folded)
        if page and (line.after_gap or line.number == 0) and len(numbers) > 1:
            number = int(page.group(1) or page.group(2))
            if last_page is None or last_page < number <= last_page + 5:
                last_page = number
                out[line.number] = "page number"
        elif _PAGER.match(line.folded):
            out[line.number] = "page navigation"
        elif _RULE_LINE.match(line.folded):
            out[line.number] = "separator"
        elif _COMMENT.match(line.folded):
            out[line.number] = "markup"
        elif not _CHINESE.search(line.folded) and _CODE.search(line.folded):
            out[line.number] = "script"
    _mark_running_headers(lines, out)


def _mark_running_headers(lines: Sequence[Line], out: dict[int, str]) -> None:
    """Short lines that come back below page marks, and only there, again and again; the first one stays."""
    seen = Counter(squeeze(line.folded) for line in lines)
    page_tops: dict[str, list[int]] = {}
    below_mark = False
    for line in lines:
        if line.number in out:
            below_mark = out[line.number] in ("page number", "page navigation", "script")
            continue
        if below_mark and len(line.folded) <= 40 and "。" not in line.folded and not is_heading_line(line):
            page_tops.setdefault(squeeze(line.folded), []).append(line.number)
        else:
            below_mark = False
    for header, numbers in page_tops.items():
        if len(numbers) >= _RUNNING_HEADER_REPEATS and len(numbers) == seen[header]:
            out.update((number, "running header") for number in numbers[1:])


def _is_letter(line: Line) -> bool:
    """Whether a line belongs to a letter in front of what it transmits, which has the page's first title."""
    return is_addressees(line.folded) or (is_running_text(line.folded) and not is_publisher(line.folded))


def _find_title(lines: Sequence[Line], out: Mapping[int, str], from_web: bool) -> range:
    """The lines of the first title in front of the first clause; an empty range when there is none."""
    in_text = False  # a letter may stand in front; its signature ends it
    for line in lines:
        if line.number in out or is_stamp(line.folded) or is_publisher(line.folded):
            continue
        if is_heading_line(line):
            break
        in_text = (in_text or (not from_web and is_running_text(line.folded))) and not is_signature_date(line.folded)
        if in_text:
            continue
        broken = broken_title(lines, line.number)
        if broken:
            return range(*title_lines(lines, line.number, broken))
        if looks_like_title(line.folded) and not is_breadcrumb(line.folded):
            return range(*title_lines(lines, line.number))
    return range(0)


def _first_policy_line(lines: Sequence[Line], out: Mapping[int, str], title: range, from_web: bool) -> int | None:
    for line in lines:
        if line.number in out:
            continue
        # Entries of a web page's menu may read like the headings of a guide (服务项目).
        if line.number in title or (is_certain_policy(line) if from_web else is_policy(line)):
            return line.number
    return None


def _title_without_noun(lines: Sequence[Line], out: Mapping[int, str], first: int, from_web: bool) -> range:
    """A title no noun gives away: the line above a publication stamp, else the first or, among a menu, the longest."""
    candidates = [
        line
        for line in lines[: first + 1]
        if line.number not in out and _MINIMUM_TITLE <= len(line.folded) <= LONG and _could_be_title(line)
    ]
    for line in candidates:
        if line.number < first and len(line.folded) >= 8 and is_stamp(lines[line.number + 1].folded):
            return range(line.number, line.number + 1)
    if not candidates:
        return range(0)
    title = max(candidates, key=lambda line: len(line.folded.rstrip("?!"))) if from_web else candidates[0]
    return range(title.number, title.number + 1)


def _could_be_title(line: Line) -> bool:
    folded = line.folded
    if (
        "。" in folded
        or "](" in folded
        or len(_CHINESE.findall(folded)) < 4
        or is_heading_line(line)
        or is_addressees(folded)
        or is_standard_heading(folded)
        or is_field(folded)
    ):
        return False
    return not (is_control(folded) or is_stamp(folded) or is_publisher(folded) or states_amount(folded))


def _mark_head(lines: Sequence[Line], out: dict[int, str], first: int | None, title: range, from_web: bool) -> None:
    """The menus of a web page in front of its first line of policy, and between a title and its repetition."""
    for line in lines[: first or 0]:
        reason = head_reason(line.folded) or ("navigation in front of the title" if from_web else "")
        if reason:
            out.setdefault(line.number, reason)
    if first is not None and not title and is_publisher(lines[first].folded):
        out[first] = "publisher's notice"
    again = _last_repetition(lines, title) if from_web else 0
    for line in lines[title.stop : again]:
        if not (is_field(line.folded) or is_number_line(line.folded)):
            out.setdefault(line.number, head_reason(line.folded) or "navigation in front of the title")
    again = again or _repetition(lines, title)
    for line in lines[title.stop : again]:
        if not is_policy(line):
            out.setdefault(line.number, head_reason(line.folded) or "navigation in front of the title")


def _last_repetition(lines: Sequence[Line], title: range) -> int:
    """Number of the last line in front of the first clause that repeats the title; 0 when none does.

    A page's name (…的通知 - 某市人民政府门户网站) begins with the title that stands above the text.
    """
    wanted = squeeze("".join(lines[number].text for number in title))
    again = 0
    for line in lines[title.stop :]:
        if is_heading_line(line):
            return again
        words = squeeze(line.text)
        if len(words) >= _MINIMUM_PAGE_NAME and (words == wanted or re.match(re.escape(words) + r"[-_—|]", wanted)):
            again = line.number
    return 0


def _repetition(lines: Sequence[Line], title: range) -> int:
    """Number of the line that repeats the title below a menu; 0 when none does."""
    wanted = squeeze("".join(lines[number].text for number in title))
    for line in lines[title.stop :]:
        if is_policy(line) and not looks_like_title(line.folded):
            return 0
        if wanted and squeeze(line.text) == wanted:
            return line.number
    return 0


def _mark_below_title(lines: Sequence[Line], out: dict[int, str], title: range) -> None:
    """Stamps and controls between the title and the first clause."""
    for line in lines[title.stop :]:
        if line.number in out:
            continue
        reason = head_reason(line.folded)
        if reason and not is_front_matter(line.folded):
            out[line.number] = reason
        elif is_heading_line(line) or (len(line.folded) > LONG and not is_front_matter(line.folded)):
            break


def _mark_copies(lines: Sequence[Line], out: dict[int, str]) -> None:
    """Behind a certain footer a page may hold its text once more, for machines; the copy is not policy twice."""
    footer = next((line.number for line in lines if is_certain_footer(line.folded)), None)
    if footer is None:
        return
    long = [line for line in lines[footer:] if _may_be_copy(line) and line.number not in out][-_MOST_COPIES:]
    squeezed = [squeeze(line.text) for line in lines] if long else []
    starts = [0, *accumulate(map(len, squeezed))]
    whole = "".join(squeezed)
    for line in long:
        if 0 <= whole.find(squeezed[line.number][:_COPIED]) < starts[line.number]:
            out[line.number] = "copy of the text above"


def _may_be_copy(line: Line) -> bool:
    folded = line.folded
    return is_heading_line(line) or len(folded) > LONG or (len(folded) > _COPIED and folded.endswith(("。", "...")))


def _mark_tail(lines: Sequence[Line], out: dict[int, str]) -> None:
    """From the first footer below the last line of policy everything is the page's."""
    last = max((line.number for line in lines if line.number not in out and is_policy(line)), default=-1)
    below = lines[last + 1 :]
    if not any(is_certain_footer(line.folded) for line in below):
        below = [line for line in below if is_publisher(line.folded)]
    footer = False
    for line in below:
        footer = footer or is_footer(line.folded)
        if is_publisher(line.folded):
            out.setdefault(line.number, "publisher's notice")
        elif footer:
            out.setdefault(line.number, tail_reason(line.folded))
