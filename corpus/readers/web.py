"""Saved web pages: what the page is for, without menus, scripts and what is hidden; tables as sentences."""

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree

from corpus.readers.containers import kind_of
from corpus.readers.plain import decode
from corpus.readers.source import BlockKind, SourceText, SourceWriter, seen
from corpus.readers.tables import GridCell, write_table

_LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "aside",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "svg",
        "canvas",
        "iframe",
        "object",
        "video",
        "audio",
        "map",
        "link",
        "meta",
        "base",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_WORDS = re.compile(r"[\u3400-\u9fff\d]")
_DEEPEST = 250  # elements inside each other that are followed; the parser itself stops a little deeper
_LONGEST_MENU_LINK_SHARE = 0.6
_MAIN_SHARE = 0.5  # a container is the main one when it holds this share of the words that are not links
_MOST_SPAN = 1000


def read_web_page(content: bytes) -> SourceText:
    """The text of an HTML page. Raises ValueError with the rest of a sentence when there is none in it."""
    kind = kind_of(content)
    if kind:
        raise ValueError(f"is not a web page but {kind}; give it the ending of its kind.")
    root = _parse(_decoded(content))
    writer = SourceWriter()
    title = _main_title(root)
    main = _main(root)
    _Reader(writer).read(main)
    if title and not any(title in line or line in title for line in writer.lines[:8]):
        titled = SourceWriter()
        titled.write(title, BlockKind.HEADING, level=1)
        _Reader(titled).read(main)
        return titled.source()
    return writer.source()


def read_web_archive(content: bytes) -> SourceText:
    """The text of a page saved with its pictures in one file (MHTML). Raises ValueError as ``read_web_page`` does."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return read_web_page(payload if isinstance(payload, bytes) else b"")
    raise ValueError("holds no web page; save it again as HTML.")


def write_fragment(text: str, writer: SourceWriter) -> None:
    """Write a piece of HTML, such as a table in Markdown."""
    _Reader(writer).read(_parse(text))


def _decoded(content: bytes) -> str:
    """The page by its mark or what it declares, else by what it can be."""
    if not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        declared = _DECLARED.search(content[:4096])
        name = declared.group(1).decode("ascii").lower() if declared else ""
        # What calls itself GB 2312 holds characters of its larger sets.
        name = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(name, name)
        try:
            if name:
                return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(content)


def _parse(text: str) -> Any:
    parser = lxml.html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ValueError("holds no words; a document holds the text of a policy.") from error
    return root


# ── which part of the page it is ──


def _is_left_out(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
        return True
    if element.tag in ("html", "body"):  # hidden until a script that is not run shows it
        return False
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or element.get("role") in ("navigation", "banner", "contentinfo", "search")
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def _counts(root: Any) -> dict[Any, tuple[int, int]]:
    """For each element the words in it, and those of them that are no links."""
    counts: dict[Any, list[int]] = {}
    stack: list[tuple[Any, bool]] = [(root, False)]
    order: list[tuple[Any, bool]] = []
    while stack:
        element, linked = stack.pop()
        if _is_left_out(element):
            continue
        linked = linked or element.tag == "a"
        order.append((element, linked))
        stack.extend((child, linked) for child in element)
    for element, linked in reversed(order):
        own = len(_WORDS.findall(element.text or ""))
        total, plain = own, 0 if linked else own
        for child in element:
            tail = len(_WORDS.findall(child.tail or ""))
            inner = counts.get(child, [0, 0])
            total += tail + inner[0]
            plain += inner[1] + (0 if linked else tail)
        counts[element] = [total, plain]
    return {element: (total, plain) for element, (total, plain) in counts.items()}


def _main(root: Any) -> Any:
    """The smallest element with most of the words that are no links; its menus go when it is read."""
    counts = _counts(root)
    body = root.find("body") if root.tag == "html" else root
    if body is None or body not in counts:
        return root
    main = body
    while True:
        wanted = counts[main][1] * _MAIN_SHARE
        inside = [child for child in main if child in counts and child.tag not in ("table", "ul", "ol", "tbody", "tr")]
        best = max(inside, key=lambda child: counts[child][1], default=None)
        lost = sum(counts[child][1] for child in inside if child is not best)
        if best is None or counts[best][1] <= wanted or lost > counts[best][1] * 0.02 + 40 or best.tag == "p":
            return main
        main = best


def _main_title(root: Any) -> str:
    """The title of the page that stands outside its main part: the first heading, else what the site states."""
    for element in root.iter("h1"):
        words = _line(element)
        if words and not _is_left_out(element):
            return words
    for element in root.iter("meta"):
        if (element.get("name") or "").lower() == "articletitle":
            return seen(element.get("content") or "").strip()
    return ""


def _line(element: Any) -> str:
    return " ".join(seen("".join(element.itertext())).split())


# ── reading it ──


class _Reader:
    """Writes the blocks of an element; words that stand between blocks are a paragraph of their own."""

    def __init__(self, writer: SourceWriter) -> None:
        self._writer = writer
        self._words: list[str] = []
        self._label = ""

    def read(self, root: Any) -> None:
        """Write an element."""
        self._element(root, 0, 0)
        self._flush(0)

    def cell(self, cell: Any, depth: int) -> None:
        """Write what stands in a cell."""
        self._take(cell.text)
        for child in cell:
            self._element(child, 0, depth + 1)
            self._take(child.tail)
        self._flush(0)

    def _element(self, element: Any, level: int, depth: int) -> None:
        if _is_left_out(element):
            return
        if depth > _DEEPEST:
            self._writer.note("What stands in more than 250 elements inside each other was left out.")
            return
        tag = element.tag
        if tag == "br":
            self._flush(level)
            return
        if tag == "img" and (element.get("alt") or "").strip() == "" and element.get("src"):
            self._writer.note("Pictures were not read; what is written in them is missing.")
        is_block = tag in _BLOCKS
        if is_block:
            self._flush(level)
        if tag == "table":
            self._table(element, depth)
            return
        level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else level
        if tag in ("ol", "ul"):
            self._list(element, level, depth)
            return
        self._take(element.text)
        for child in element:
            self._element(child, level, depth + 1)
            self._take(child.tail)
        if is_block:
            self._flush(level)

    def _list(self, element: Any, level: int, depth: int) -> None:
        """A list; the numbers a browser prints are part of the text, bullets are not. Lists of links are menus."""
        if element.tag == "ul" and _is_menu(element):
            return
        printed = (element.get("type") or "1") if "none" not in (element.get("style") or "") else ""
        number = _whole(element.get("start"), 1)
        for child in element:
            if child.tag == "li":
                number = _whole(child.get("value"), number)
                if element.tag == "ol" and printed == "1" and not _is_numbered(child):
                    self._label = f"{number}."
                number += 1
            self._element(child, level, depth + 1)
            self._take(child.tail)

    def _take(self, words: str | None) -> None:
        if words:
            self._words.append(words)

    def _flush(self, level: int) -> None:
        line = " ".join(seen("".join(self._words)).split())
        self._words.clear()
        if not line:
            return
        label, self._label = self._label, ""
        kind = BlockKind.HEADING if level else BlockKind.ITEM if label else BlockKind.PARAGRAPH
        self._writer.write(label + line, kind, level=level, label=label)

    def _table(self, table: Any, depth: int) -> None:
        caption = table.find("caption")
        if caption is not None:
            self._element(caption, 0, depth + 1)
        cells = list(_cells(table, depth))
        if _is_layout(table, cells):
            for cell in _places(table):
                self._element(cell, 0, depth + 1)
            return
        write_table(cells, self._writer)


def _is_menu(element: Any) -> bool:
    words = len(_WORDS.findall(_line(element)))
    linked = sum(len(_WORDS.findall(_line(link))) for link in element.iter("a"))
    items = len(element)
    return items > 1 and words > 0 and linked > words * _LONGEST_MENU_LINK_SHARE and words < items * 60


def _is_numbered(item: Any) -> bool:
    """Whether the words of a list item begin with a number of their own."""
    return re.match(r"\s*(?:[((]?[一二三四五六七八九十\d]{1,3}[、.)．）]|第)", _line(item)) is not None


def _is_layout(table: Any, cells: list[GridCell]) -> bool:
    """Whether a table only arranges the page: it holds other tables, or headings and many paragraphs in a cell."""
    if any(True for inner in table.iter("table") if inner is not table):
        return True
    return len(cells) <= 2 and max((len(cell.paragraphs) for cell in cells), default=0) > 8


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _places(table: Any) -> Iterator[Any]:
    for row in _rows(table):
        yield from (cell for cell in row if cell.tag in ("td", "th"))


def _cells(table: Any, depth: int) -> Iterator[GridCell]:
    """The cells at the places that spans leave them (HTML, forming a table)."""
    taken: set[tuple[int, int]] = set()
    rows = [row for row in _rows(table) if not _is_left_out(row)]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th") or _is_left_out(cell):
                continue
            while (number, column) in taken:
                column += 1
            columns = min(max(1, _whole(cell.get("colspan"), 1)), _MOST_SPAN)
            span = _whole(cell.get("rowspan"), 1)
            last = len(rows) if span == 0 else min(number + max(1, span), len(rows))
            taken.update((r, c) for r in range(number, last) for c in range(column, column + columns))
            inner = SourceWriter()
            _Reader(inner).cell(cell, depth)
            is_header = cell.tag == "th" and (cell.get("scope") or "col").startswith("col")
            yield GridCell(inner.lines, number, column, last - number, columns, is_header)
            column += columns


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise
