"""Tables without rulings whose cells are filled areas: white on a dark ground, or of a colour with white between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.readers.pages.model import Box, Page, Stroke, Table
from analyzer.readers.pages.rulings import Lattice, lattices

FEWEST, MOST = 4, 2_000
"""Filled areas of which a table is made at least, and beyond which a page is a drawing."""
ROWS = 3
"""Rows that one of the tables of a page has at least."""
LEAST = 6.0
"""Points that a cell is wide and high at least."""
SLACK = 4.0
"""Points by which an area may differ from its cell."""


def tiled(page: Page, ruled: Sequence[Table]) -> list[Lattice]:
    """The lattices of areas outside the `ruled` tables; each of their cells is one area, none is left without. Where
    none has more than a row or two, only every other row of a table is coloured."""
    taken = [table.box for table in ruled if len(table.columns) > 2]
    tiles = [box for box in page.fills if min(box.x1 - box.x0, box.y1 - box.y0) >= LEAST]
    tiles = [box for box in tiles if not any(_meet(box, other) for other in taken)]
    if not FEWEST <= len(tiles) <= MOST:
        return []
    found = lattices([stroke for box in tiles for stroke in _edges(box)])
    made = [lattice for lattice in found if len(lattice.blocks) >= FEWEST and _is_tiled(lattice, tiles)]
    return made if any(len(lattice.ys) > ROWS for lattice in made) else []


def _meet(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def _edges(box: Box) -> Iterator[Stroke]:
    x0, y0, x1, y1 = box
    yield from (Stroke(x0, y0, x1, y0), Stroke(x0, y1, x1, y1), Stroke(x0, y0, x0, y1), Stroke(x1, y0, x1, y1))


def _is_tiled(lattice: Lattice, tiles: Sequence[Box]) -> bool:
    """Whether the cells are the areas one by one."""
    xs, ys = lattice.xs, lattice.ys
    places = {
        (round(box.x0 / SLACK) + dx, round(box.y0 / SLACK) + dy): box
        for box in tiles
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
    }
    for block in lattice.blocks:
        cell = Box(xs[block.column], ys[block.row], xs[block.column + block.across], ys[block.row + block.down])
        tile = places.get((round(cell.x0 / SLACK), round(cell.y0 / SLACK)))
        if tile is None or max(abs(a - b) for a, b in zip(cell, tile, strict=True)) > SLACK:
            return False
    return True
