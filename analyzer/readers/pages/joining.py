"""Tables that page ends have cut → one table again: rows of cells with the lines of glyphs in each.

The reader of pages calls `join(tables, parted)` with all tables of the file in reading order (`tables_of` of each
page); `parted(before, after)` tells whether a line of prose stands between two of them (heads, feet and numbers of
pages are none). Of each `Joined` it leaves the glyphs in the boxes of its `parts` out of the prose and writes the
`rows`: one `Joint` for each cell, in the row in which it begins, left to right, no place without one (as in HTML, a
place that a cell from the left or from above covers has none of its own). The text of a `Joint` is its lines put
together, its doubtful characters are the glyphs that are not `sure`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from analyzer.readers.pages.cuts import Cell, is_one_row, runs_on
from analyzer.readers.pages.model import Glyph, Table
from analyzer.readers.pages.rows import in_reading_order, said

EDGE = 5.0
"""Points by which an edge may differ between two pages."""
FRAME = 3
"""Rows of a table of one column that may be part of a table on the next page."""
Parted = Callable[[Table, Table], bool]


@dataclass(frozen=True, slots=True)
class Joint:
    """A cell: the glyphs of each of its lines, the columns and rows it covers, the page on which it begins."""

    lines: tuple[tuple[Glyph, ...], ...]
    across: int = 1
    down: int = 1
    page: int = 1


@dataclass(frozen=True, slots=True)
class Joined:
    """A table, on as many pages as it takes. `parts` are the tables of single pages that it is made of, `pages` the
    number of the page on which each row begins."""

    parts: tuple[Table, ...]
    rows: tuple[tuple[Joint, ...], ...]
    pages: tuple[int, ...]


@dataclass(slots=True)
class _Growing:
    """A table while its parts are put together; `columns` are its edges, `pages` the page of each row."""

    parts: list[Table]
    columns: list[float]
    cells: list[Cell]
    pages: list[int] = field(default_factory=list)

    @property
    def height(self) -> int:
        return len(self.pages)

    def row(self, number: int) -> list[Cell]:
        """The cells that cover places of the row, from left to right."""
        found = [cell for cell in self.cells if cell.row <= number < cell.row + cell.down]
        return sorted(found, key=lambda cell: cell.column)


def join(tables: Sequence[Table], parted: Parted) -> tuple[Joined, ...]:
    """The tables with those put together that the end of a page has parted."""
    grown: list[_Growing] = []
    for table in tables:
        last = grown[-1] if grown else None
        if last and last.parts[-1].page + 1 == table.page and _fits(last, table) and not parted(last.parts[-1], table):
            _append(last, table)
        else:
            grown.append(_begun(table))
    return tuple(_finished(each) for each in grown)


def _begun(table: Table) -> _Growing:
    return _Growing([table], list(table.columns), _cells(table), [table.page] * table.rows)


def _cells(table: Table) -> list[Cell]:
    return [
        Cell(place.row, place.column, place.down, place.across, in_reading_order(place.glyphs, place.box), table.page)
        for place in table.places
    ]


def _fits(before: _Growing, table: Table) -> bool:
    """Whether the columns are those of a table before, some of which may only be parted on one of the pages."""
    old, new = before.columns, [edge + _shift(before, table) for edge in table.columns]
    if abs(old[-1] - new[-1]) > EDGE:
        return False
    if min(len(old), len(new)) == 2:
        return (len(new) > 2 or table.rows <= FRAME) and (len(old) > 2 or before.height <= FRAME)
    shared = sum(any(abs(edge - other) <= EDGE for other in old) for edge in new) - 2
    return shared * 2 >= min(len(old), len(new)) - 2


def _shift(before: _Growing, table: Table) -> float:
    """How far the second page is set to the left: the margins of left and right pages may differ."""
    return before.columns[0] - table.columns[0]


def _append(table: _Growing, part: Table) -> None:
    """The part behind the table, without a head that is printed again."""
    old, new = _match(table, part)
    cells = _cells(part)
    for cells_of, places in ((table.cells, old), (cells, new)):
        for cell in cells_of:
            end = places[cell.column + cell.across]
            cell.column = places[cell.column]
            cell.across = end - cell.column
    head = _head(table, cells)
    cells = _without_rows(cells, head)
    rows = part.rows - head
    if rows > 1 and _is_blank(cells, 0):
        cells, rows = _without_rows(cells, 1), rows - 1
    if table.height > 1 and _is_blank(table.cells, table.height - 1):
        table.pages.pop()
        table.cells = _shortened(table.cells, table.height)
    for cell in cells:
        cell.row += table.height
    last, first = table.row(table.height - 1), [cell for cell in cells if cell.row == table.height]
    if is_one_row(last, first, table.cells + cells):
        rows -= 1
        for cell in cells:
            cell.row -= 1
        cells = _merged(cells, last, first)
    else:
        cells = _merged(cells, *runs_on(last, first))
    table.cells += cells
    table.pages += [part.page] * rows
    table.parts.append(part)


def _match(table: _Growing, part: Table) -> tuple[list[int], list[int]]:
    """For the edges of the table and of its new part: which edge of both together each is."""
    shift = _shift(table, part)
    every = list(table.columns)
    every += [x + shift for x in part.columns if all(abs(x + shift - edge) > EDGE for edge in table.columns)]
    every.sort()

    def places(edges: Iterable[float]) -> list[int]:
        return [min(range(len(every)), key=lambda n: abs(every[n] - edge)) for edge in edges]

    old, new = places(table.columns), places(x + shift for x in part.columns)
    table.columns = every
    return old, new


def _head(table: _Growing, cells: Sequence[Cell]) -> int:
    """How many rows at the top of a new part are the head of the table once more."""
    rows = 0
    last = max((cell.row + cell.down for cell in cells), default=0)
    while rows < min(table.height, last):
        old = [_printed(cell) for cell in table.row(rows) if cell.row == rows]
        new = [_printed(cell) for cell in sorted(cells, key=lambda cell: cell.column) if cell.row == rows]
        if old != new or (rows == 0 and not any(text and not text.isdecimal() for *_, text in new)):
            break
        rows += 1
    while any(cell.row < rows < cell.row + cell.down for cell in cells):
        rows -= 1
    return rows


def _is_blank(cells: Sequence[Cell], row: int) -> bool:
    """Whether nothing is said in the row itself: at the end of a page that is what a cut row leaves."""
    return not any(cell.text for cell in cells if cell.row == row == cell.row + cell.down - 1) and not any(
        cell.text for cell in cells if cell.row == row and cell.down > 1 and row > 0
    )


def _without_rows(cells: Sequence[Cell], count: int) -> list[Cell]:
    """The cells of a part without its first rows."""
    kept = [cell for cell in cells if cell.row + cell.down > count]
    for cell in kept:
        cell.down -= max(0, count - cell.row)
        cell.row = max(0, cell.row - count)
    return sorted(kept, key=lambda cell: (cell.row, cell.column))


def _shortened(cells: Sequence[Cell], height: int) -> list[Cell]:
    """The cells as far as they stand in the first rows."""
    kept = [cell for cell in cells if cell.row < height]
    for cell in kept:
        cell.down = min(cell.down, height - cell.row)
    return kept


def _printed(cell: Cell) -> tuple[int, int, int, str]:
    return cell.column, cell.across, cell.down, "".join(said(line) for line in cell.lines)


def _merged(cells: list[Cell], old: Sequence[Cell], new: Sequence[Cell]) -> list[Cell]:
    """Puts the `new` cells into the `old` ones of the same columns; the cells that are left."""
    above = {(cell.column, cell.across): cell for cell in old}
    gone = set()
    for cell in new:
        first = above[cell.column, cell.across]
        first.lines += cell.lines
        first.down = cell.row + cell.down - first.row
        gone.add(id(cell))
    return [cell for cell in cells if id(cell) not in gone]


def _finished(table: _Growing) -> Joined:
    rows = [[cell for cell in table.row(number) if cell.row == number] for number in range(table.height)]
    made = tuple(tuple(Joint(cell.lines, cell.across, cell.down, cell.page) for cell in row) for row in rows)
    return Joined(tuple(table.parts), made, tuple(table.pages))
