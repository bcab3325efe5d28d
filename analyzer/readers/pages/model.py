"""What a page shows, whatever format drew it: text, rulings and pictures, each with its place.

Places are in points (1/72 inch) from the upper left corner of the page as it is looked at (rotation undone), x to the
right, y down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle; `x0 <= x1`, `y0 <= y1`."""

    x0: float
    y0: float
    x1: float
    y1: float


class Glyph(NamedTuple):
    """Text as a page shows it: one character, or a run that the format (or a recogniser) gives as one.

    `size` is the font's; `sure` is False where a character was recognised with little confidence.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float = 0.0
    bold: bool = False
    sure: bool = True


class Stroke(NamedTuple):
    """A straight ruling, level (`y0 == y1`) or upright (`x0 == x1`); a thin rectangle is one too."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page, numbered from 1. `glyphs` stand in the order of the file, `pictures` are those that may hold text,
    `fills` the areas filled with a colour that stands out from what lies below; `recognised` says that (some of) what
    it shows was read from a picture."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    pictures: tuple[Box, ...] = ()
    fills: tuple[Box, ...] = ()
    recognised: bool = False


class Place(NamedTuple):
    """A cell of a table on a page: its box, its place in the grid (from 0), how many columns and rows it covers, the
    glyphs in it."""

    box: Box
    row: int
    column: int
    across: int
    down: int
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page, ruled or set without rulings. `places` are its cells row by row; `columns` the x of the edges
    between them (one more than columns), by which tables on following pages are joined. `closed` is False where rulings
    may have been overlooked, so that an empty cell need not be empty."""

    page: int
    box: Box
    places: tuple[Place, ...]
    columns: tuple[float, ...]
    rows: int
    ruled: bool = True
    closed: bool = True
