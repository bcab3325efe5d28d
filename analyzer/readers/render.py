"""A web page's elements → lines and tables, in the order in which the page shows them."""

from __future__ import annotations

import re

from lxml import etree

from analyzer.document import Notice
from analyzer.readers.body import (
    BOXES,
    Element,
    Page,
    cells_of,
    is_attachment,
    is_layout,
    rows_of,
)
from analyzer.readers.grid import ONE, joined, span
from analyzer.readers.lines import APART, BLANKS, NEXT, Line, indent_of
from analyzer.readers.writing import Writer

HIDDEN = "x-hidden"
BLOCKS = BOXES | frozenset(
    {"p", "tr", "td", "th", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "center", "pre", "blockquote", "hr"}
    | {"article", "main", "body", "tbody", "thead", "tfoot", "caption", "address", "figure", "figcaption", "legend"}
)
BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
EMBEDDED = frozenset({"iframe", "embed", "object", "video", "canvas", "frame"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BREAK = re.compile(r"(?<=[^\x00-\x7f])\n|\n(?=[^\x00-\x7f])")
_ANY_BLANK = re.compile(f"[\r\n\f{BLANKS}]")
_SMALL = re.compile(r"\s*(?:[0-9]|[12][0-9]|3[0-2])(?:px)?\s*\Z")


class Renderer:
    """Writes the text of one element and what it holds, and keeps the places of all it writes."""

    def __init__(self, page: Page) -> None:
        self.page, self.layout = page, page.layout
        self.written = Writer()
        self.notices: list[Notice] = []
        self.parts: list[str] = []
        self.chars = self.bold_chars = self.bold = self.level = self.fixed = 0
        self.gap = NEXT

    def title(self, said: str) -> None:
        """A title that stands outside the rendered element."""
        self.written.line(Line(said, (), level=1))
        self.gap = APART

    def render(self, node: Element) -> None:
        """The element with all it holds, furniture left out."""
        walk = etree.iterwalk(node, events=("start", "end"))
        skipped = None
        for event, element in walk:
            if event == "start":
                if self._open(element, node):
                    walk.skip_subtree()
                    skipped = element
            else:
                if element is not skipped:
                    self._close(element)
                skipped = None if element is skipped else skipped
                if element is not node:
                    self._add(element.tail)
        self._flush(APART)

    def _open(self, element: Element, node: Element) -> bool:
        """Begins an element; True where nothing in it is text to go on with."""
        tag = element.tag
        if tag == "br":
            self._flush(NEXT)
        elif tag in BLOCKS:
            self._flush(APART)
            if element is not node and tag in BOXES and self.page.is_furniture(element):
                return True
            if tag == "table" and not is_layout(self.page, element):
                self._table(element)
                return True
            if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self.level = int(tag[1])
        elif tag == HIDDEN:
            self._hidden(element)
            return True
        elif tag in ("img", "a") or tag in EMBEDDED:
            self._picture(element)
        self.bold += self._is_bold(element)
        self.fixed += _is_fixed(element)
        self._add(element.text)
        return False

    def _close(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._flush(APART)
            if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self.level = 0
        self.bold -= self._is_bold(element)
        self.fixed -= _is_fixed(element)

    def _is_bold(self, element: Element) -> bool:
        if element.tag in BOLD:
            return True
        style = element.get("style")
        return style is not None and _BOLD_STYLE.search(style) is not None

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self.fixed:
            *whole, text = text.replace("\r", "").split("\n")
            for line in whole:
                self._part(line)
                self._flush(NEXT)
            self._part(text)
        else:
            self._part(_single(text))

    def _part(self, text: str) -> None:
        self.parts.append(text)
        letters = 0 if text.isspace() else len(text)
        self.chars += letters
        self.bold_chars += letters if self.bold else 0

    def _flush(self, gap: int) -> None:
        """Ends the line; `gap` is what the end of its element puts before the next one."""
        if self.parts:
            raw = _BREAK.sub("", "".join(self.parts)).replace("\n", " ")
            said = raw.strip(BLANKS)
            if said:
                indent = indent_of(raw[: raw.index(said[0])])
                bold = self.bold_chars == self.chars
                self.written.line(Line(said, (), indent, self.gap, None, self.level, bold))
                self.gap = NEXT
            self.parts, self.chars, self.bold_chars = [], 0, 0
        self.gap = max(self.gap, gap)

    def _hidden(self, element: Element) -> None:
        if element.get("said"):
            self.notices.append(Notice("source.hidden", self.written.at, self.written.at))

    def _picture(self, element: Element) -> None:
        address = element.get("src") or element.get("data") or ""
        if element.tag == "img":
            small = any(_SMALL.match(element.get(side) or "99") for side in ("width", "height"))
            name = address.lower()
            if address and not small and not any(word in name for word in self.layout.files.ornaments):
                self.written.pictures.append(self.written.at)
        elif is_attachment(element.get("href") if element.tag == "a" else address, self.layout):
            self.written.pictures.append(self.written.at)

    def _table(self, table: Element) -> None:
        """Writes a table of data, a row a line, and adds its grid."""
        for caption in table.iterchildren("caption"):
            self._add("".join(str(text) for text in caption.itertext()))
            self._flush(APART)
        rows = [row for row in (list(cells_of(row)) for row in rows_of(table)) if row]
        for picture in table.iter("img"):
            self._picture(picture)
        spans = [[_spans(cell) for cell in row] for row in rows]
        self.written.table(spans, lambda place: cell_text(rows[place[0]][place[1]]))


def _spans(cell: Element) -> tuple[int, int]:
    """Columns and rows that a cell covers."""
    across, down = cell.get("colspan"), cell.get("rowspan")
    return ONE if across is None and down is None else (span(across), span(down))


def cell_text(cell: Element) -> str:
    """A cell's text, its lines put together."""
    if len(cell) == 0:
        return _one_line(cell.text or "")
    lines: list[str] = []
    parts: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if element.tag == "br" or element.tag in BLOCKS:
            lines.append("".join(parts))
            parts = []
        text = element.text if event == "start" else element.tail if element is not cell else None
        if text:
            parts.append(_single(text))
    lines.append("".join(parts))
    return joined([_one_line(line) for line in lines])


def _one_line(text: str) -> str:
    if text.isalnum() or not _ANY_BLANK.search(text):
        return text
    return _BREAK.sub("", _single(text)).replace("\n", " ").strip(BLANKS)


def _single(text: str) -> str:
    """`text` with each run of blanks made one: a line's end where it holds one."""
    return _BLANKS.sub(_one_blank if "\n" in text else " ", text)


def _one_blank(run: re.Match[str]) -> str:
    return "\n" if "\n" in run[0] else " "


def _is_fixed(element: Element) -> bool:
    return element.tag == "pre" or "white-space:pre" in (element.get("style") or "").replace(" ", "").lower()
