"""Cells with row and column spans → a rectangular grid in which a merged cell stands at each place it covers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analyzer.document import Grid, GridCell

WIDEST = 60
"""Columns beyond which a span is a mistake; the widest form has ten, provincial ones some twenty."""
ONE = (1, 1)
"""Columns and rows that most cells cover."""
Spans = Sequence[Sequence[tuple[int, int]]]
Place = tuple[int, int]


class Raw(NamedTuple):
    """A cell of a table in the text: what it says, where it stands, how many columns and rows it covers."""

    text: str
    start: int
    end: int
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class Rows:
    """Rows of a table in the text, not yet a grid: a page's end may have cut it off from rows before or after it.
    `headed` where its own mark of a header shows that nothing before belongs to it."""

    rows: list[list[Raw]]
    end: int
    headed: bool = False

    @property
    def width(self) -> int:
        """Cells of its widest row."""
        return max(len(row) for row in self.rows)


def span(value: str | None) -> int:
    """A `colspan` or `rowspan` as printed: 1 where it is no number, 0 where it runs to the table's end."""
    digits = (value or "").strip().strip("\"'")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1


def arrange(spans: Spans) -> list[list[Place | None]]:
    """For rows of (columns covered, rows covered): which cell (row, number in the row) stands at each place of the
    grid; None where no cell does. Spans end at the table's edges, and no cell is wider than the columns in which some
    cell begins; columns that only repeat others are left out."""
    width = _width(spans)
    rows: list[list[Place | None]] = [[None] * width for _ in spans]
    begun = 0
    for r, cells in enumerate(spans):
        own = rows[r]
        if not any(own) and cells.count(ONE) == len(cells) <= width:
            own[: len(cells)] = [(r, n) for n in range(len(cells))]
            begun = max(begun, len(cells) - 1)
            continue
        column = 0
        for n, (across, down) in enumerate(cells):
            while column < width and own[column] is not None:
                column += 1
            if column == width:
                break
            begun = column if column > begun else begun
            if across == down == 1:
                own[column] = (r, n)
                column += 1
                continue
            last = min(column + max(across, 1), width)
            for row in rows[r : r + down] if down else rows[r:]:
                for c in range(column, last):
                    if row[c] is not None:
                        break
                    row[c] = (r, n)
            column = last
    return _without_repeats([row[: begun + 1] for row in rows])


def _width(spans: Spans) -> int:
    """Columns of the table: of its widest row of several cells, or as many as rows with spans from above need."""
    width, open_cells = 1, [0] * (len(spans) + 1)
    for r, cells in enumerate(spans):
        here = open_cells[r]
        several = len(cells) + here > 1
        if cells.count(ONE) == len(cells):
            width = max(width, here + len(cells)) if several else width
            continue
        for across, down in cells:
            size = min(max(across, 1), WIDEST)
            here += size
            if down != 1:
                for below in range(r + 1, min(r + down, len(spans)) if down else len(spans)):
                    open_cells[below] += size
        if several:
            width = max(width, here)
    return min(width, 4 * WIDEST)


def _without_repeats(rows: list[list[Place | None]]) -> list[list[Place | None]]:
    """Without columns whose every place is covered by the cell to its left."""
    if not rows:
        return rows
    columns = list(zip(*rows, strict=True))
    kept = [c for c, column in enumerate(columns) if c == 0 or None in column or column != columns[c - 1]]
    if len(kept) == len(columns):
        return rows
    return [[row[c] for c in kept] for row in rows]


def build(
    places: Sequence[Sequence[Place | None]],
    make: Callable[[Place], tuple[str, int, int]],
    end: int,
    page: int | None = None,
) -> Grid:
    """The grid of arranged cells; `make` gives text, start and end of a cell, `end` is where the table ends."""
    made: dict[Place | None, GridCell] = {}
    for r, row in enumerate(places):
        for c, place in enumerate(row):
            if place is not None and place not in made:
                text, start, stop = make(place)
                made[place] = GridCell(text, start, stop, r, c)
    start = min([cell.start for cell in made.values()], default=end)
    rows = []
    for r, row in enumerate(places):
        if None not in row:
            rows.append(tuple([made[place] for place in row]))
            continue
        cells: list[GridCell] = []
        for c, place in enumerate(row):
            before = cells[-1].end if cells else start
            cells.append(GridCell("", before, before, r, c) if place is None else made[place])
        rows.append(tuple(cells))
    return Grid(tuple(rows), start, max(end, start), page)


def joined(parts: Sequence[str]) -> str:
    """Lines of one cell as one text: put together as they are, but numbers and Latin words with a blank between."""
    text = ""
    for part in parts:
        apart = text and part and text[-1].isascii() and part[0].isascii() and text[-1].isalnum() and part[0].isalnum()
        text += f" {part}" if apart else part
    return text


def grid_of(rows: Sequence[Sequence[Raw]], end: int) -> Grid:
    """The grid of cells whose places in the text are known already."""
    if all(cell.across == cell.down == 1 for row in rows for cell in row):
        return _plain(rows, end)
    places = arrange([[(cell.across, cell.down) for cell in row] for row in rows])

    def made(place: Place) -> tuple[str, int, int]:
        cell = rows[place[0]][place[1]]
        return cell.text, cell.start, cell.end

    return build(places, made, end)


def _plain(rows: Sequence[Sequence[Raw]], end: int) -> Grid:
    """The grid of a table without spans; short rows end in empty cells."""
    width = max((len(row) for row in rows), default=0)
    cells = []
    for r, row in enumerate(rows):
        made = [GridCell(cell.text, cell.start, cell.end, r, c) for c, cell in enumerate(row)]
        last = made[-1].end if made else end
        made.extend(GridCell("", last, last, r, c) for c in range(len(made), width))
        cells.append(tuple(made))
    start = min((row[0].start for row in cells if row), default=end)
    return Grid(tuple(cells), start, max(end, start))
