"""The tables of a page: those that rulings draw, and those that only the places of their words show.

A table of one column is none, but where a page's end may have cut it off from more. A character that a ruling cuts, a
number that goes on in the next cell and two numbers in one cell are not sure: their glyphs say so, for nobody can tell
what was meant.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analyzer.readers.pages.aligned import aligned_tables, words_of
from analyzer.readers.pages.model import Box, Glyph, Page, Place, Table
from analyzer.readers.pages.rows import digit_width, is_figure, is_number, is_wrapped, lines_of, middle, said
from analyzer.readers.pages.rulings import Block, Lattice, lattices
from analyzer.readers.pages.tiles import tiled

CUT = 0.25
"""Share of a character on each side of a ruling from which on the ruling cuts it."""
SUNK = 0.4
"""The same of a level ruling; the boxes of characters are higher than what is drawn."""
ROWS, LOW = 3, 80.0
"""Rows and height (points) that a part of a table cut off by the page's end may have, if it is of one column."""
UNKNOWN = "?"
"""What stands in a cell of which nobody knows whether it is empty."""
FEW = 150
"""Characters of two lines at most."""
HANGING = 0.5
"""Heights of a line by which it may stand below the last ruling of the table to which it belongs."""
RUNS_ON = 0.2
"""Widths of a figure below which figures on both sides of a ruling may be one number."""
OFF = 3.0
"""Points by which a recognised ruling may stand off a cell's side, or end short of it."""
TWO = 0.9
"""Widths of a figure from which on figures side by side may be two numbers."""


def tables_of(page: Page) -> tuple[Table, ...]:
    """The tables of the page from top to bottom."""
    ruled = [_ruled(page, lattice) for lattice in lattices(page.strokes)]
    if page.fills:
        ruled += [_ruled(page, lattice) for lattice in tiled(page, ruled)]
    found = _outermost(page, [table for table in ruled if any(place.glyphs for place in table.places)])
    return tuple(sorted([*found, *aligned_tables(page, found)], key=lambda table: table.box[1::-1]))


def _outermost(page: Page, tables: Sequence[Table]) -> list[Table]:
    """Without what stands inside a cell of another and without frames, but for one that a page's end may have cut."""
    real = [table for table in tables if len(table.columns) > 2]
    outer = [one for one in real if not any(_holds(other, one) for other in real)]
    frames = [table for table in tables if len(table.columns) == 2 and not any(_meet(table, one) for one in real)]
    return outer + [frame for frame in frames if _is_end(page, frame)]


def _is_end(page: Page, frame: Table) -> bool:
    """Whether a frame is low enough for a row or three, and stands first or last on its page."""
    if frame.rows > ROWS or frame.box.y1 - frame.box.y0 > LOW:
        return False
    if any(len(words_of(line)) > 1 for place in frame.places for line in lines_of(place.glyphs)):
        return False
    above = lines_of(glyph for glyph in page.glyphs if middle(glyph)[1] < frame.box.y0)
    below = lines_of(glyph for glyph in page.glyphs if middle(glyph)[1] > frame.box.y1)
    return min(len(above), len(below)) <= 1


def _meet(one: Table, other: Table) -> bool:
    a, b = one.box, other.box
    return a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1


def _holds(outer: Table, inner: Table) -> bool:
    a, b = outer.box, inner.box
    return a.x0 - 1 <= b.x0 and a.y0 - 1 <= b.y0 and a.x1 + 1 >= b.x1 and a.y1 + 1 >= b.y1 and a != b


def _ruled(page: Page, lattice: Lattice) -> Table:
    inside = _filled(page, lattice)
    bottom = _spill(page, lattice, inside)
    doubtful = _running_on(inside)
    places, beside = [], set()
    for block, glyphs in zip(lattice.blocks, inside, strict=True):
        box = _box(lattice, block)
        if block.row + block.down == len(lattice.ys) - 1:
            box = box._replace(y1=bottom)
        unsure = doubtful.intersection(map(id, glyphs)) | _cut(glyphs, box) | _several(glyphs, box)
        if not block.whole:
            unsure |= {id(glyph) for glyph in glyphs}
        made = tuple(glyph._replace(sure=False) if id(glyph) in unsure else glyph for glyph in glyphs)
        places.append(Place(box, block.row, block.column, block.across, block.down, made))
        if unsure and is_number(said(glyphs)):
            rows = range(block.row, block.row + block.down)
            beside |= {(row, column) for row in rows for column in (block.column - 1, block.column + block.across)}
    known, closed = tuple(_unknown(places, beside)), not page.recognised or _closed(page, lattice)
    return Table(page.number, lattice.box._replace(y1=bottom), known, lattice.xs, len(lattice.ys) - 1, closed=closed)


def _closed(page: Page, lattice: Lattice) -> bool:
    """Whether rulings run along all sides of all cells."""
    for block in lattice.blocks:
        x0, y0, x1, y1 = _box(lattice, block)
        level, upright = [(s.y0, s.x0, s.x1) for s in page.strokes], [(s.x0, s.y0, s.y1) for s in page.strokes]
        sides = ((y0, x0, x1, level), (y1, x0, x1, level), (x0, y0, y1, upright), (x1, y0, y1, upright))
        if not block.whole or not all(_runs_along(*side) for side in sides):
            return False
    return True


def _runs_along(at: float, start: float, end: float, strokes: Sequence[tuple[float, float, float]]) -> bool:
    """Whether rulings (where they stand, from, to) cover one side of a cell."""
    on = [(max(a, start), min(b, end)) for place, a, b in strokes if abs(place - at) <= OFF and a < end and b > start]
    return sum(b - a for a, b in on) >= end - start - 2 * OFF


def _unknown(places: Sequence[Place], beside: set[tuple[int, int]]) -> Iterator[Place]:
    """The cells; an empty one `beside` a number that is not sure says that it may not be empty."""
    for place in places:
        own = {(place.row, place.column), (place.row, place.column + place.across - 1)}
        if not place.glyphs and own & beside:
            box = place.box
            yield place._replace(glyphs=(Glyph(UNKNOWN, *box, box.y1 - box.y0, sure=False),))
        else:
            yield place


def _box(lattice: Lattice, block: Block) -> Box:
    xs, ys = lattice.xs, lattice.ys
    box = Box(xs[block.column], ys[block.row], xs[block.column + block.across], ys[block.row + block.down])
    for number, (at, a, b) in lattice.bent:
        if min(b, box.y1) - max(a, box.y0) > (box.y1 - box.y0) / 2:
            if number == block.column:
                box = box._replace(x0=at)
            elif number == block.column + block.across:
                box = box._replace(x1=at)
    return box


def _filled(page: Page, lattice: Lattice) -> list[list[Glyph]]:
    """The glyphs in each cell, by where their middles lie; a number that runs on beyond the table's side is whole."""
    xs, ys = lattice.xs, lattice.ys
    owner = {
        (row, column): n
        for n, block in enumerate(lattice.blocks)
        for row in range(block.row, block.row + block.down)
        for column in range(block.column, block.column + block.across)
    }
    inside: list[list[Glyph]] = [[] for _ in lattice.blocks]
    beside: list[Glyph] = []
    for glyph in page.glyphs:
        x, y = middle(glyph)
        if not (ys[0] <= y < ys[-1] and glyph.text.strip()):
            continue
        if xs[0] <= x < xs[-1]:
            column = bisect_right(xs, x) - 1
            if lattice.bent:
                column = _column(lattice, column, x, y)
            inside[owner[bisect_right(ys, y) - 1, column]].append(glyph)
        elif is_figure(glyph):
            beside.append(glyph)
    for glyph in sorted(beside, key=lambda each: abs(each.x0 - xs[0])):
        row = bisect_right(ys, middle(glyph)[1]) - 1
        cell = inside[owner[row, 0 if glyph.x0 < xs[0] else len(xs) - 2]]
        if any(_touch(glyph, other) for other in cell):
            cell.append(glyph)
    return inside


def _column(lattice: Lattice, column: int, x: float, y: float) -> int:
    """The column of a place, where a ruling stands off the edge that it makes."""
    for number, (at, a, b) in lattice.bent:
        if a <= y < b and (at <= x < lattice.xs[number] or lattice.xs[number] <= x < at):
            return number if at <= x else number - 1
    return column


def _touch(one: Glyph, other: Glyph) -> bool:
    """Whether two figures of a line may be of one number."""
    left, right = (one, other) if one.x0 < other.x0 else (other, one)
    near = right.x0 - left.x1 < RUNS_ON * digit_width([left, right])
    return near and is_figure(other) and abs(middle(one)[1] - middle(other)[1]) < (one.y1 - one.y0) / 2


def _spill(page: Page, lattice: Lattice, inside: list[list[Glyph]]) -> float:
    """Puts lines that hang below the last ruling, because the page's end has cut their row, into the cells above; the
    lower edge of the table with them."""
    bottom = lattice.ys[-1]
    below = [glyph for glyph in page.glyphs if middle(glyph)[1] >= bottom and glyph.text.strip()]
    lines = lines_of(below) if len(below) <= FEW else []
    if not lines or len(lines) > 2 or lines[0][0].y0 - bottom > HANGING * (lines[0][0].y1 - lines[0][0].y0):
        return bottom
    height = len(lattice.ys) - 1
    last = [n for n, block in enumerate(lattice.blocks) if block.row + block.down == height]
    owners: list[int] = []
    for glyph in lines[0]:
        mine = [n for n in last if _is_below(glyph, _box(lattice, lattice.blocks[n]), inside[n])]
        owners += mine[:1]
    if len(owners) < len(lines[0]):
        return bottom
    for owner, glyph in zip(owners, lines[0], strict=True):
        inside[owner].append(glyph)
    return max(glyph.y1 for glyph in lines[0])


def _is_below(glyph: Glyph, box: Box, above: Sequence[Glyph]) -> bool:
    """Whether the glyph may stand in the next line of a cell."""
    size = glyph.y1 - glyph.y0
    return box.x0 <= glyph.x0 and glyph.x1 <= box.x1 and any(-1 <= glyph.y0 - one.y1 <= size for one in above)


def _cut(glyphs: Sequence[Glyph], box: Box) -> set[int]:
    """The glyphs of which a good share lies beyond a side of their cell."""
    return {
        id(glyph)
        for glyph in glyphs
        if max(box.x0 - glyph.x0, glyph.x1 - box.x1) > CUT * (glyph.x1 - glyph.x0)
        or max(box.y0 - glyph.y0, glyph.y1 - box.y1) > SUNK * (glyph.y1 - glyph.y0)
    }


def _running_on(inside: Sequence[Sequence[Glyph]]) -> set[int]:
    """The figures of all cells whose number may go on in the next cell of its line."""
    owner = {id(glyph): n for n, glyphs in enumerate(inside) for glyph in glyphs if is_figure(glyph)}
    figures = [glyph for glyphs in inside for glyph in glyphs if is_figure(glyph)]
    torn: set[int] = set()
    for line in lines_of(figures):
        for left, right in pairwise(line):
            one, other = owner[id(left)], owner[id(right)]
            if one != other and right.x0 - left.x1 < RUNS_ON * digit_width([left, right]):
                torn |= {one, other}
    return {id(glyph) for n in torn for glyph in inside[n]}


def _several(glyphs: Sequence[Glyph], box: Box) -> set[int]:
    """The glyphs of a cell that holds figures only, if they may be several numbers."""
    if len(glyphs) < 2 or not is_number(said(glyphs)):
        return set()
    lines = lines_of(glyphs)
    apart = any(right.x0 - left.x1 > TWO * digit_width(line) for line in lines for left, right in pairwise(line))
    return {id(glyph) for glyph in glyphs} if apart or not is_wrapped(lines, box) else set()
