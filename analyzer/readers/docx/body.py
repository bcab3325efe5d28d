"""The body of a Word file → lines and tables in the order in which they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.document import Notice
from analyzer.knowledge.layout import Layout
from analyzer.readers.docx.numbering import Numbering
from analyzer.readers.docx.package import Element, R, W, flag, number
from analyzer.readers.docx.pictures import MC, choice
from analyzer.readers.docx.runs import Runs, Said
from analyzer.readers.docx.styles import Style, Styles, is_indented
from analyzer.readers.docx.tables import Rows, arranged, cells_of, is_layout, rows_of
from analyzer.readers.grid import Place, joined
from analyzer.readers.limits import Allowance
from analyzer.readers.lines import APART, BLANKS, NEXT, Line, indent_of
from analyzer.readers.writing import Writer

LONGEST_HEADING = 100
FIRST_LINE = 4
"""Columns by which a paragraph's first line is taken to be set in where the file says that it is."""
OFTEN = 50
"""Paragraphs after which the time is looked at."""
_BLANKS = re.compile(f"[{BLANKS}]+")
_ORDINAL = re.compile(r"(?P<ordinal>[^\w\s]?\w{1,3}[^\w\s]?)\t+")

INSIDE = frozenset(f"{W}{name}" for name in ("sdtContent", "customXml", "ins", "moveTo", "smartTag"))


class Body:
    """Writes one Word file's text; `notes` gives the paragraphs of a footnote or endnote by kind and id."""

    def __init__(
        self, styles: Styles, numbering: Numbering, layout: Layout, allowance: Allowance, *, fields: bool
    ) -> None:
        self.styles, self.numbering, self.layout, self.allowance = styles, numbering, layout, allowance
        heavy = layout.fonts.heavy
        self.runs = Runs(styles, lambda font: any(part in font.lower() for part in heavy), fields=fields)
        self.written = Writer()
        self.notices: list[Notice] = []
        self.notes: dict[tuple[str, str], Element] = {}
        self.chunks: list[str] = []
        self._gap = NEXT
        self._count = 0
        self._pending: list[Said] = []

    def blocks(self, parent: Element) -> None:
        """All paragraphs and tables of an element."""
        for child in parent:
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child)
            elif tag == f"{W}tbl":
                self._table(child)
            elif tag == f"{W}sdt":
                if not _is_contents(child):
                    self.blocks_of(child, f"{W}sdtContent")
            elif tag in INSIDE:
                self.blocks(child)
            elif tag == f"{MC}AlternateContent":
                chosen = choice(child)
                if chosen is not None:
                    self.blocks(chosen)
            elif tag == f"{W}altChunk":
                self.chunks.append(child.get(f"{R}id") or "")

    def blocks_of(self, parent: Element, tag: str) -> None:
        """The blocks of each child of a tag."""
        for child in parent.iterchildren(tag):
            self.blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        self._count += 1
        if self._count % OFTEN == 0:
            self.allowance.time()
        style, said = self._read(paragraph)
        if style.contents:
            return
        first = bool(said.boxes) and not self.written.items
        if first:
            self._boxes(said)
        self._lines(paragraph, style, said)
        if not first:
            self._boxes(said)
        self._after(said)

    def _read(self, paragraph: Element) -> tuple[Style, Said]:
        """A paragraph's style and text, its number before it and what a deleted end of paragraph joins to it."""
        properties = paragraph.find(f"{W}pPr")
        named = properties.find(f"{W}pStyle") if properties is not None else None
        key = (named.get(f"{W}val") or "") if named is not None else self.styles.default
        style = self.styles.of(key)
        label, item = self.numbering.label(properties, style, key)
        inside = self.runs.in_contents
        said = self.runs.read(paragraph, style)
        if label and said.lines and not inside and not style.contents:
            text, bold = said.lines[0]
            said.lines[0] = (label + text.lstrip(f"\t{BLANKS}"), bold)
        said.item = item
        return style, said

    def _lines(self, paragraph: Element, style: Style, said: Said) -> None:
        properties = paragraph.find(f"{W}pPr")
        outline = number(properties.find(f"{W}outlineLvl")) if properties is not None else None
        level = style.level if outline is None else outline + 1 if 0 <= outline < 9 else 0
        if level and len(said.text) > LONGEST_HEADING:
            level = 0
        own = properties.find(f"{W}ind") if properties is not None else None
        inset = style.indented if own is None else is_indented(own)
        gap = max(self._gap, APART)
        for raw, bold in said.lines:
            text = raw.strip(BLANKS)
            if text:
                indent = indent_of(raw[: raw.index(text[0])]) or FIRST_LINE * (inset and gap == APART)
                self._line(Line(_tidy(text), (), indent, gap, None, level, bold, said.item))
                gap = NEXT
        self._gap = APART
        if said.hidden:
            self.notices.append(Notice("source.hidden", self.written.at, self.written.at))

    def _line(self, line: Line) -> None:
        self.written.line(line)

    def _boxes(self, said: Said) -> None:
        for box in said.boxes:
            self.blocks(box)

    def _after(self, said: Said) -> None:
        """Places of pictures, and notes below the paragraph that they belong to."""
        self.written.pictures.extend([self.written.at] * said.pictures)
        for note in said.notes:
            element = self.notes.pop(note, None)
            if element is not None:
                self.blocks(element)

    def _table(self, table: Element) -> None:
        self.allowance.time()
        if is_layout(table):
            for row in rows_of(table):
                for cell in cells_of(row):
                    self.blocks(cell)
            return
        later: list[Said] = []
        nested: list[Element] = []
        rows = arranged(table)
        texts = self._texts(rows, later, nested)
        spans = [[(cell.across, cell.down) for cell in row] for row in rows]
        self.written.table(spans, lambda place: texts[place])
        self._gap = APART
        for said in later:
            self._after(said)
        for inner in nested:
            self._table(inner)

    def _texts(self, rows: Rows, later: list[Said], nested: list[Element]) -> dict[Place, str]:
        """The text of each cell by row and number in the row, read in the order of the file."""
        texts: dict[Place, str] = {}
        for r, row in enumerate(rows):
            for n, cell in enumerate(row):
                lines = [] if cell.element is None else self._cell(cell.element, later, nested)
                texts[r, n] = joined([line for line in lines if line])
        return texts

    def _cell(self, cell: Element, later: list[Said], nested: list[Element]) -> list[str]:
        lines: list[str] = []
        for child in _inside(cell):
            if child.tag == f"{W}tbl":
                lines.extend(self._nested(child, later, nested))
                continue
            _, said = self._read(child)
            lines.extend(_one_line(text) for text, _ in said.lines)
            for box in said.boxes:
                lines.extend(self._cell(box, later, nested))
            if said.hidden:
                self.notices.append(Notice("source.hidden", self.written.at, self.written.at))
            if said.pictures or said.notes:
                later.append(said)
        return lines

    def _nested(self, table: Element, later: list[Said], nested: list[Element]) -> list[str]:
        """A table in a cell: of one row or column it is text of the cell, else a table of its own below."""
        rows = [list(cells_of(row)) for row in rows_of(table)]
        if len(rows) > 1 and max(map(len, rows)) > 1:
            nested.append(table)
            return []
        return [line for row in rows for cell in row for line in self._cell(cell, later, nested)]


def _inside(cell: Element) -> Iterator[Element]:
    """The paragraphs and tables of a cell."""
    for child in cell:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag == f"{W}sdt" or child.tag in INSIDE:
            yield from _inside(child)
        elif child.tag == f"{MC}AlternateContent":
            chosen = choice(child)
            if chosen is not None:
                yield from _inside(chosen)


def _is_contents(control: Element) -> bool:
    """Whether a content control holds the table of contents."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "contents" in (gallery.get(f"{W}val") or "").lower()


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip(BLANKS)


def _tidy(text: str) -> str:
    """A line with the tab behind its number made nothing, and other tabs kept: they may part columns."""
    if "\t" not in text:
        return text
    ordinal = _ORDINAL.match(text)
    if ordinal:
        text = ordinal["ordinal"] + (" " if ordinal["ordinal"][-1].isascii() else "") + text[ordinal.end() :]
    return text


def is_balanced(root: Element) -> bool:
    """Whether every field that begins ends, so that what lies between is a field."""
    kinds = [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")]
    return kinds.count("begin") == kinds.count("end")


def is_deleted(properties: Element | None) -> bool:
    """Whether the end of a paragraph is deleted, so that the next one goes on with it."""
    if properties is None:
        return False
    mark = properties.find(f"{W}rPr")
    return mark is not None and (mark.find(f"{W}del") is not None or bool(flag(mark.find(f"{W}vanish"))))
