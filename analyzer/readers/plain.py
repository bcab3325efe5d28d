"""Plain text and Markdown → `Document`: the text stays as it is, blocks point into it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.document import Document, Grid
from analyzer.knowledge.layout import Layout
from analyzer.readers import marks, textgrids
from analyzer.readers.furniture import is_record, without_furniture
from analyzer.readers.grid import Rows
from analyzer.readers.lines import APART, BLANKS, NEXT, PAGE, Item, Line, indent_of, raw_lines
from analyzer.readers.paragraphs import paragraphs

TOP = 1500
"""Code points at either end of a text in which the day of publication may be stated."""
_FRONT = re.compile(r"---[ \t]*\n(?P<body>(?:[\w-]+[ \t]*:.*\n|[ \t]+.*\n|-[ \t].*\n){1,40})---[ \t]*\n")
_FIELD = re.compile(
    r"^(?P<name>title|date|published|pubdate)[ \t]*:[ \t]*[\"']?(?P<value>.*?)[\"']?[ \t]*$", re.M | re.I
)


class _Scan:
    """One pass over a text: lines and rows in order, page starts, places of pictures."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marked = marks.is_marked(text)
        self.items: list[Item] = []
        self.pictures: list[int] = []
        self.pages: list[int] = [0] if "\f" in text else []
        self.gap = NEXT

    def stretch(self, start: int, end: int) -> None:
        """Lines and rows between two places of the text."""
        lines: list[tuple[int, int]] = []
        gaps: list[int] = []
        starts: list[int | None] = []
        for a, b, feed in raw_lines(self.text, start, end):
            if feed:
                self.pages.append(a)
                self.gap = PAGE
            if not self.text[a:b].strip(BLANKS):
                self.gap = max(self.gap, APART)
                continue
            lines.append((a, b))
            gaps.append(self.gap)
            starts.append(len(self.pages) or None)
            self.gap = NEXT
        at, after, self.gap = 0, self.gap, NEXT
        while at < len(lines):
            rows, taken = self._rows(lines, at)
            if taken:
                self.items.extend(rows)
                at += taken
            else:
                self.gap = max(self.gap, gaps[at])
                self._line(*lines[at], starts[at])
                at += 1
        self.gap = max(self.gap, after)

    def _rows(self, lines: list[tuple[int, int]], at: int) -> tuple[list[Rows], int]:
        a, b = lines[at]
        if self.text.find("\t", a, b) >= 0:
            rows, taken = textgrids.tab_rows(self.text, lines, at, self.marked)
            if taken:
                return rows, taken
        if self.text.find("|", a, b) >= 0:
            return textgrids.pipe_rows(self.text, lines, at)
        return [], 0

    def _line(self, a: int, b: int, page: int | None) -> None:
        raw = self.text[a:b]
        said = _without_border(raw.strip(BLANKS))
        lead = raw[: raw.index(said[0])]
        start = a + len(lead)
        end = start + len(said)
        if not self.marked or (said[0] not in marks.LEADS and not marks.ANY.search(said)):
            self._add(Line(said, ((start, end),), indent_of(lead), self.gap, page))
            return
        if marks.RULE.fullmatch(said) or said.startswith("```"):
            self._rule(said)
            return
        for x, y in self._sublines(start, end, said):
            found = marks.unmarked(self.text, x, y)
            if found.picture is not None:
                self.pictures.append(found.picture)
            if found.pieces:
                indent = indent_of(lead) + indent_of(self.text[x : found.pieces[0][0]]) * (not found.level)
                fields = (found.level, found.bold, found.item)
                self._add(Line(found.text, found.pieces, indent, self.gap, page, *fields))
            else:
                self.gap = max(self.gap, APART)

    def _sublines(self, start: int, end: int, said: str) -> list[tuple[int, int]]:
        """The line in parts where tags break it: `<br>`, or the end of a block."""
        if "<" not in said or not marks.BREAK.search(said):
            return [(start, end)]
        tags = [m for m in marks.BREAK.finditer(self.text, start, end) if not m[0].lower().startswith("<h")]
        edges = [start, *(edge for m in tags for edge in (m.start(), m.end())), end]
        return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]

    def _rule(self, said: str) -> None:
        """A ruled line: below a line of its own it makes this a heading, elsewhere it parts pages."""
        last = self.items[-1] if self.items else None
        if isinstance(last, Line) and self.gap == NEXT and marks.UNDERLINE.fullmatch(said):
            alone = last.gap != NEXT or len(self.items) == 1
            if alone and len(last.text) <= 60 and "。" not in last.text:
                last.level = last.level or (1 if said[0] == "=" else 2)
        self.gap = PAGE

    def _add(self, line: Line) -> None:
        self.items.append(line)
        self.gap = NEXT


def _without_border(said: str) -> str:
    """A line that is one cell of a table set a cell a line, without the pipes that end it."""
    bare = said.rstrip(f"|{BLANKS}") if said[-1] == "|" else said
    return bare if bare and "|" not in bare else said


def read_plain(text: str, layout: Layout) -> Document:
    """The document of a text file's text (`\\n` line ends), Markdown's marks understood where it has any."""
    scan = _Scan(text)
    front = _FRONT.match(text)
    fields = {m["name"].lower(): m["value"] for m in _FIELD.finditer(front["body"])} if front else {}
    start = front.end() if front else 0
    tables = textgrids.html_tables(text) if scan.marked and "<" in text else []
    for number, (a, b) in enumerate(textgrids.lines_outside(tables, len(text))):
        scan.stretch(max(a, start), b)
        if number < len(tables):
            scan.items.append(tables[number][2])
    grids = textgrids.as_grids(without_furniture(scan.items, layout))
    records = [item for item in grids if isinstance(item, Grid) and is_record(_said(item), layout)]
    items = [item for item in grids if not any(item is record for record in records)]
    return Document(
        text,
        paragraphs(items, layout),
        "md" if scan.marked else "txt",
        tuple(page for page in scan.pages if page < len(text.rstrip()) or not page),
        tuple(scan.pictures),
        title=fields.get("title", "") or _title(records, layout),
        published=published(text[:TOP], layout) or published(" ".join(fields.values()), layout),
    )


def _title(records: Sequence[Grid], layout: Layout) -> str:
    """The report's title in the tables of document data, empty where none states it."""
    said = (cell.text for grid in records for row in grid.rows for cell in row if len(cell.text) > 8)
    return next((text for text in said if layout.title_word.search(text)), "")


def _said(grid: Grid) -> str:
    return " ".join(cell.text for row in grid.rows for cell in row) if len(grid.rows) <= 12 else ""


def published(text: str, layout: Layout) -> str:
    """The day of publication as `YYYY-MM-DD` where a line of the page states it, else empty."""
    for pattern in layout.published:
        found = pattern.search(text)
        if found:
            year, month, day = (int(found[name]) for name in ("year", "month", "day"))
            if 1 <= month <= 12 and 1 <= day <= 31:
                return f"{year:04d}-{month:02d}-{day:02d}"
    return ""
