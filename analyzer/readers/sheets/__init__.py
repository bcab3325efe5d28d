"""Spreadsheets → `Document`: each table of a sheet as a grid, what stands above, between and below as lines.

A row is one of a table where its cells stand in a frame; in a sheet without any frames, where it holds more than one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.document import Document, Notice
from analyzer.errors import without_extra
from analyzer.knowledge.layout import Layout
from analyzer.readers import soffice
from analyzer.readers.encoding import Unreadable
from analyzer.readers.furniture import without_furniture
from analyzer.readers.kinds import Kind, kind_of
from analyzer.readers.limits import Allowance
from analyzer.readers.lines import APART, NEXT, PROSE, Line
from analyzer.readers.paragraphs import paragraphs
from analyzer.readers.sheets.books import Book, Said, Sheet, xls, xlsx
from analyzer.readers.textgrids import as_grids
from analyzer.readers.writing import Writer

SHORT = 40
"""Code points up to which a text alone in its row may be a row of a table without a frame."""


def read(name: str, content: bytes, layout: Layout, allowance: Allowance) -> Document:
    """The document of a spreadsheet (XLSX, XLS, ET); raises `UnreadableReport` for one that is damaged, locked, out of
    bounds or empty, or that needs an extra."""
    kind: Kind = "xlsx" if kind_of(content) == "xlsx" else "xls"
    book = _book(kind, content, allowance)
    writer, notices = Writer(), []
    for sheet in book.sheets:
        _write(sheet, writer, layout)
        if sheet.hidden:
            notices.append(Notice("source.hidden", writer.at, writer.at))
    if not writer.text.strip():
        raise Unreadable("no_text", name, "(almost) no text; save the report as text or HTML again")
    if book.hidden:
        notices.append(Notice("source.hidden", writer.at, writer.at))
    return Document(
        writer.text,
        paragraphs(as_grids(without_furniture(writer.items, layout)), layout, marked=True),
        kind,
        pictures=(0,) if book.pictures else (),
        notices=tuple(notices),
    )


def _book(kind: Kind, content: bytes, allowance: Allowance) -> Book:
    """A file's sheets, by way of LibreOffice where the extra is missing or the file is of a rarer make."""
    try:
        return xlsx(content, allowance) if kind == "xlsx" else xls(content, allowance)
    except ImportError:
        problem = without_extra(allowance.name, "office")
    except Unreadable as unreadable:
        if unreadable.key != "damaged":
            raise
        problem = unreadable
    if soffice.program() is None:
        raise problem
    try:
        return xlsx(soffice.convert(content, kind, "xlsx", allowance), allowance)
    except Unreadable as unreadable:
        raise problem if unreadable.key == "conversion" else unreadable from None


@dataclass(slots=True)
class _Row:
    """A row that says something or has a frame; `filled` counts its cells, merged ones from above among them."""

    number: int
    said: dict[int, Said]
    framed: bool
    filled: int


def _write(sheet: Sheet, writer: Writer, layout: Layout) -> None:
    """The lines and tables of a sheet, in the order of its rows."""
    rows = _rows(sheet)
    table: list[_Row] = []
    for n, row in enumerate(rows):
        if _in_table(n, rows, bool(sheet.framed), bool(table), layout):
            table.append(row)
            continue
        _table(table, sheet, writer)
        table = []
        _lines(row, writer)
    _table(table, sheet, writer)


def _rows(sheet: Sheet) -> list[_Row]:
    rows: dict[int, dict[int, Said]] = {row: {} for row in sheet.framed}
    for (row, column), said in sorted(sheet.cells.items()):
        rows.setdefault(row, {})[column] = said
    covered: dict[int, int] = {}
    for top, bottom, left, _ in sheet.merged:
        if (top, left) in sheet.cells:
            for row in range(top + 1, min(bottom, max(rows, default=0) + 1)):
                covered[row] = covered.get(row, 0) + 1
    return [_Row(row, rows[row], row in sheet.framed, len(rows[row]) + covered.get(row, 0)) for row in sorted(rows)]


def _in_table(n: int, rows: Sequence[_Row], frames: bool, begun: bool, layout: Layout) -> bool:
    """Whether a row is one of a table; `frames` says that the sheet has any, `begun` that the row before is of one."""
    row = rows[n]
    if frames:
        near = any(other.framed for other in rows[max(n - 1, 0) : n + 2])
        return row.framed or (near and row.filled > 2)
    if row.filled != 1:
        return row.filled > 1
    said = next(iter(row.said.values())).text if row.said else ""
    if len(said) > SHORT or PROSE.search(said) or layout.opening.match(said) or layout.title_word.search(said):
        return False
    return begun and n + 1 < len(rows) and rows[n + 1].filled > 1


def _lines(row: _Row, writer: Writer) -> None:
    """A row that is none of a table: each line of a cell alone is a paragraph, several cells are one."""
    if len(row.said) > 1:
        text = "  ".join(said.text for said in row.said.values())
        writer.line(Line(text, (), gap=APART, bold=all(said.bold for said in row.said.values())))
        return
    for said in row.said.values():
        for number, text in enumerate(said.lines):
            writer.line(Line(text, (), gap=NEXT if number else APART, bold=said.bold))


def _table(table: Sequence[_Row], sheet: Sheet, writer: Writer) -> None:
    """Writes rows as a grid, empty ones and empty columns at its edges left out."""
    held = [row for row in table if row.said]
    if not held:
        return
    first, last = held[0].number, held[-1].number
    kept = [row for row in table if first <= row.number <= last]
    merged = {(top, left): (bottom, right) for top, bottom, left, right in sheet.merged}
    left = min(column for row in held for column in row.said)
    right = max(merged.get((row.number, column), (0, column + 1))[1] for row in held for column in row.said)
    at = {row.number: n for n, row in enumerate(kept)}
    covered = _covered(sheet, at, left)
    spans: list[list[tuple[int, int]]] = []
    says: list[list[str]] = []
    for row in kept:
        places = [column for column in range(left, right) if (row.number, column) not in covered]
        spans.append([_span(merged.get((row.number, column)), row.number, column, at) for column in places])
        says.append([row.said[column].text if column in row.said else "" for column in places])
    writer.table(spans, lambda place: says[place[0]][place[1]])


def _covered(sheet: Sheet, rows: dict[int, int], first: int) -> set[tuple[int, int]]:
    """Places that a merged cell which begins in these rows, at the `first` column or later, covers with anything but
    its upper left corner."""
    found: set[tuple[int, int]] = set()
    for top, bottom, left, right in sheet.merged:
        if top in rows and left >= first:
            for row in range(top, bottom):
                found.update((row, column) for column in range(left, right))
            found.discard((top, left))
    return found


def _span(area: tuple[int, int] | None, row: int, column: int, rows: dict[int, int]) -> tuple[int, int]:
    """Columns and rows that a cell covers, rows left out not counted."""
    if area is None:
        return 1, 1
    bottom, right = area
    return right - column, max(1, sum(other in rows for other in range(row, bottom)))
