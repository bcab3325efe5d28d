"""A Word table's rows and cells → which cell covers which columns and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.readers.docx.package import Element, W, flag, number
from analyzer.readers.grid import WIDEST

NEAR = 0.008
"""Share of a table's width by which edges of cells that stand below one another may differ."""
PROSE_CELL = 300
LINE = 400
"""Height of a line of text in twentieths of a point."""
_PROSE = re.compile(r"[，。；！？]")


@dataclass(slots=True)
class TableCell:
    """A cell with the columns and rows it covers; `element` is None for a gap at either end of a row. `merge` is
    `restart` or `continue` where it says that it is part of a cell that covers several rows, `side` the same for
    columns; `same` is the cell above that it goes on with where it covers other columns than that."""

    element: Element | None
    across: int = 1
    merge: str = ""
    width: int = 0
    down: int = 1
    side: str = ""
    same: TableCell | None = None


Rows = list[list[TableCell]]


def rows_of(table: Element) -> Iterator[Element]:
    """The rows that are shown: those of nested tables, deleted and hidden ones left out."""
    for child in table:
        if child.tag == f"{W}tr":
            properties = child.find(f"{W}trPr")
            if properties is not None and (
                properties.find(f"{W}del") is not None or flag(properties.find(f"{W}hidden"))
            ):
                continue
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from rows_of(child)


def cells_of(row: Element) -> Iterator[Element]:
    """The cells of a row, deleted ones left out."""
    for child in row:
        if child.tag == f"{W}tc":
            if child.find(f"{W}tcPr/{W}cellDel") is None:
                yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from cells_of(child)


def arranged(table: Element) -> Rows:
    """The cells of each row in order; those that go on with a cell above are left out, and it covers their rows."""
    rows = [_row(row) for row in rows_of(table)]
    rows = [row for row in rows if any(cell.element is not None for cell in row)]
    sizes = {sum(cell.across for cell in row) for row in rows}
    if len(sizes) > 1:
        _by_width(rows)
    return _merged(rows)


def _row(row: Element) -> list[TableCell]:
    cells: list[TableCell] = []
    properties = row.find(f"{W}trPr")
    before = after = None
    if properties is not None:
        before, after = properties.find(f"{W}gridBefore"), properties.find(f"{W}gridAfter")
        if number(before):
            cells.append(TableCell(None, min(number(before) or 1, WIDEST), width=_width(properties, "wBefore")))
    for element in cells_of(row):
        cell = _cell(element)
        if cell.side == "continue" and cells and cells[-1].side:
            cells[-1].across += cell.across
            cells[-1].width += cell.width
        else:
            cells.append(cell)
    if properties is not None and number(after):
        cells.append(TableCell(None, min(number(after) or 1, WIDEST), width=_width(properties, "wAfter")))
    return cells


def _cell(element: Element) -> TableCell:
    cell = TableCell(element)
    for entry in element.iterchildren(f"{W}tcPr"):
        cell.across = min(max(number(entry.find(f"{W}gridSpan")) or 1, 1), WIDEST)
        cell.width = _width(entry, "tcW")
        down, side = entry.find(f"{W}vMerge"), entry.find(f"{W}hMerge")
        cell.merge = (down.get(f"{W}val") or "continue") if down is not None else ""
        cell.side = (side.get(f"{W}val") or "continue") if side is not None else ""
    return cell


def _width(properties: Element, name: str) -> int:
    """A width as stated, in whatever unit; 0 where it is left to the program."""
    width = properties.find(f"{W}{name}")
    if width is None or width.get(f"{W}type") in ("auto", "nil"):
        return 0
    return max(number(width, "w") or 0, 0)


def _by_width(rows: Rows) -> None:
    """Spans from the cells' widths, where rows that end at the same place count different columns."""
    if any(cell.width <= 0 for row in rows for cell in row):
        return
    totals = [sum(cell.width for cell in row) for row in rows]
    near = max(totals) * NEAR
    if max(totals) - min(totals) > 3 * near:
        return
    edges: list[int] = []
    for edge in sorted({edge for row in rows for edge in _edges(row)}):
        if not edges or edge - edges[-1] > near:
            edges.append(edge)
    for row in rows:
        last = 0
        for cell, edge in zip(row, _edges(row), strict=True):
            at = max(n for n, known in enumerate(edges, start=1) if known <= edge or n == 1)
            cell.across = max(at - last, 1)
            last += cell.across


def _edges(row: list[TableCell]) -> list[int]:
    edges, at = [], 0
    for cell in row:
        at += cell.width
        edges.append(at)
    return edges


def _merged(rows: Rows) -> Rows:
    made: Rows = []
    above: dict[int, TableCell] = {}
    for row in rows:
        at, kept, here = 0, [], {}
        for cell in row:
            start, at = at, at + cell.across
            upper = above.get(start) if cell.merge and cell.merge != "restart" else None
            if cell.merge:
                here[start] = cell
            if upper is not None and upper.across == cell.across:
                upper.down += 1
                here[start] = upper
                continue
            if upper is not None:
                cell.same = upper.same or upper
            kept.append(cell)
        above = here
        made.append(kept)
    return made


def is_layout(table: Element) -> bool:
    """Whether a table only places parts of the page: it has one column, or holds mostly a table or prose."""
    rows = [list(cells_of(row)) for row in rows_of(table)]
    if max((len(row) for row in rows), default=0) <= 1:
        return True
    sizes = [_text(cell) for row in rows for cell in row]
    whole = sum(len(text) for text in sizes)
    nested = sum(len(_text(inner)) for cell in table.iter(f"{W}tc") for inner in cell.iterchildren(f"{W}tbl"))
    if nested * 2 > whole and nested > 20:
        return True
    prose = sum(len(text) for text in sizes if len(text) > PROSE_CELL and len(_PROSE.findall(text)) > 3)
    return prose * 2 > whole


def is_lowered(table: Element) -> bool:
    """Whether a table hangs on the paragraph behind it, but is set below that paragraph's first line."""
    place = table.find(f"{W}tblPr/{W}tblpPr")
    return place is not None and place.get(f"{W}vertAnchor") == "text" and (number(place, "tblpY") or 0) >= LINE


def _text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))
