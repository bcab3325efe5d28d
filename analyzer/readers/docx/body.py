"""The body of a Word file → lines and tables in the order in which they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.document import Notice
from analyzer.knowledge.layout import Layout
from analyzer.readers.docx.numbering import Numbering
from analyzer.readers.docx.package import Element, R, W, flag, number
from analyzer.readers.docx.pictures import MC, Drawn, choice
from analyzer.readers.docx.runs import Runs, Said, is_prompt
from analyzer.readers.docx.styles import Style, Styles, is_indented
from analyzer.readers.docx.tables import Rows, arranged, cells_of, is_layout, is_lowered, rows_of
from analyzer.readers.grid import Place, joined
from analyzer.readers.limits import Allowance
from analyzer.readers.lines import APART, BLANKS, NEXT, PROSE, Line, indent_of
from analyzer.readers.writing import Writer

LONGEST_HEADING = 100
FIRST_LINE = 4
"""Columns by which a paragraph's first line is taken to be set in where the file says that it is."""
OFTEN = 50
"""Paragraphs after which the time is looked at."""
_BLANKS = re.compile(r"[ \t\xa0]+")
_ORDINAL = re.compile(r"(?P<ordinal>[^\w\s]?\w{1,3}[^\w\s]?)\t+")

INSIDE = frozenset(f"{W}{name}" for name in ("sdtContent", "customXml", "ins", "moveTo", "smartTag"))


class Body:
    """Writes one Word file's text. `notes` holds the footnotes and endnotes not yet written, by kind and id; `parts`
    becomes the places of pictures, objects and other documents in the file."""

    def __init__(self, styles: Styles, numbering: Numbering, runs: Runs, layout: Layout, allowance: Allowance) -> None:
        self.styles, self.numbering, self.runs = styles, numbering, runs
        self.layout, self.allowance = layout, allowance
        self.written = Writer()
        self.notices: list[Notice] = []
        self.notes: dict[tuple[str, str], Element] = {}
        self.parts: list[tuple[int, Drawn]] = []
        self._count = 0
        self._pending: Said | None = None

    def blocks(self, parent: Element) -> None:
        """All paragraphs and tables of an element."""
        lowered: Element | None = None
        for child in parent:
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child)
            elif tag == f"{W}tbl" and lowered is None and is_lowered(child):
                lowered = child
                continue
            elif tag == f"{W}tbl":
                self._table(child)
            elif tag == f"{W}sdt":
                if not (_is_contents(child) or is_prompt(child)):
                    self.blocks_of(child, f"{W}sdtContent")
            elif tag in INSIDE:
                self.blocks(child)
            elif tag == f"{MC}AlternateContent":
                chosen = choice(child)
                if chosen is not None:
                    self.blocks(chosen)
            elif tag == f"{W}altChunk":
                self.parts.append((self.written.at, Drawn(child.get(f"{R}id") or "")))
            if lowered is not None:
                self._table(lowered)
                lowered = None

    def blocks_of(self, parent: Element, tag: str) -> None:
        """The blocks of each child of a tag."""
        for child in parent.iterchildren(tag):
            self.blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        self._count += 1
        if self._count % OFTEN == 0:
            self.allowance.time()
        opened = self.runs.in_contents
        style, said = self._read(paragraph)
        if style.contents or opened or self.runs.in_contents:
            self._contents()
        if style.contents or said is self._pending:
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
        before, self._pending = self._pending, None
        begun = before is not None and before.lines != []
        inside = self.runs.in_contents
        said = self.runs.read(paragraph, style, before)
        deleted = is_deleted(properties)
        if not begun and (said.lines or not deleted):
            label, said.item = self.numbering.label(properties, style, key)
            if label and said.lines and not (inside or style.contents):
                text, bold = said.lines[0]
                said.lines[0] = (label + text.lstrip(BLANKS), bold)
        if deleted:
            self._pending = said
        return style, said

    def close(self) -> None:
        """Writes what stood before a deleted end of paragraph with no paragraph behind it."""
        said, self._pending = self._pending, None
        if said is not None:
            self._write(said, 0, indented=False)
            self._boxes(said)
            self._after(said)

    def _contents(self) -> None:
        """A table of contents is left out, and with it the title above it."""
        last = self.written.items[-1] if self.written.items else None
        if isinstance(last, Line) and self.layout.contents_title.match(last.text):
            self.written.items.pop()

    def _lines(self, paragraph: Element, style: Style, said: Said) -> None:
        properties = paragraph.find(f"{W}pPr")
        outline = number(properties.find(f"{W}outlineLvl")) if properties is not None else None
        level = style.level if outline is None else outline + 1 if 0 <= outline < 9 else 0
        own = properties.find(f"{W}ind") if properties is not None else None
        indented = style.indented if own is None else is_indented(own)
        self._write(said, level if len(said.text) <= LONGEST_HEADING else 0, indented=indented)

    def _write(self, said: Said, level: int, *, indented: bool) -> None:
        gap = APART
        for n, (raw, bold) in enumerate(said.lines):
            text = raw.strip(BLANKS)
            level = level if n == 0 or not PROSE.search(text) else 0
            if text:
                indent = indent_of(raw[: raw.index(text[0])]) or FIRST_LINE * (indented and gap == APART)
                self.written.line(Line(_tidy(text), (), indent, gap, None, level, bold, said.item))
                gap = NEXT
        if said.hidden:
            self.notices.append(Notice("source.hidden", self.written.at, self.written.at))

    def _boxes(self, said: Said) -> None:
        for box in said.boxes:
            self.blocks(box)

    def _after(self, said: Said) -> None:
        """Places of pictures, and notes below the paragraph that they belong to."""
        self.written.pictures.extend([self.written.at] * len(said.pictures))
        self.parts.extend((self.written.at, part) for part in said.pictures)
        for note in said.notes:
            element = self.notes.pop(note, None)
            if element is not None:
                self.blocks(element)

    def _table(self, table: Element) -> None:
        self.allowance.time()
        self.close()
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
        for said in later:
            self._after(said)
        for inner in nested:
            self._table(inner)

    def _texts(self, rows: Rows, later: list[Said], nested: list[Element]) -> dict[Place, str]:
        """The text of each cell by row and number in the row, read in the order of the file."""
        texts: dict[Place, str] = {}
        said: dict[int, str] = {}
        for r, row in enumerate(rows):
            for n, cell in enumerate(row):
                lines = [] if cell.element is None else self._cell(cell.element, later, nested)
                own = joined([line for line in lines if line])
                texts[r, n] = said[id(cell)] = own if cell.same is None else said.get(id(cell.same), own)
        return texts

    def _cell(self, cell: Element, later: list[Said], nested: list[Element]) -> list[str]:
        lines: list[str] = []
        for child in _inside(cell):
            if child.tag == f"{W}tbl":
                lines.extend(self._nested(child, later, nested))
                continue
            _, said = self._read(child)
            if said is self._pending:
                continue
            lines.extend(_one_line(text) for text, _ in said.lines)
            for box in said.boxes:
                lines.extend(self._cell(box, later, nested))
            if said.hidden:
                self.notices.append(Notice("source.hidden", self.written.at, self.written.at))
            if said.pictures or said.notes:
                later.append(said)
        if self._pending is not None:
            lines.extend(_one_line(text) for text, _ in self._pending.lines)
            self._pending = None
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
        elif child.tag in INSIDE or (child.tag == f"{W}sdt" and not is_prompt(child)):
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


def is_deleted(properties: Element | None) -> bool:
    """Whether the end of a paragraph is deleted, so that the next one goes on with it."""
    if properties is None:
        return False
    mark = properties.find(f"{W}rPr")
    return mark is not None and (mark.find(f"{W}del") is not None or bool(flag(mark.find(f"{W}vanish"))))
