"""Tables that page ends have cut → one table again: rows of cells with the lines of glyphs in each.

The reader of pages calls `join(tables, parted)` with all tables of the file in reading order (`tables_of` of each
page); `parted(before, after)` tells whether a line of prose stands between two of them (heads, feet and numbers of
pages are none). Of each `Joined` it leaves the glyphs in the boxes of its `parts` out of the prose and writes the
`rows`: one `Joint` for each cell, in the row in which it begins, left to right, no place without one (as in HTML, a
place that a cell from the left or from above covers has none of its own). The text of a `Joint` is its lines put
together, its doubtful characters are the glyphs that are not `sure`.
"""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.readers.pages.model import Glyph, Table


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
