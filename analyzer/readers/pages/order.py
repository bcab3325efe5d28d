"""What stands on each page in reading order: lines, tables, pictures; text in two columns one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyzer.readers.lines import PROSE
from analyzer.readers.pages.lines import SetLine, set_lines
from analyzer.readers.pages.model import Box, Glyph, Page, Table
from analyzer.readers.pages.rows import lines_of
from analyzer.readers.pages.tables import tables_of

LEAST, GAP, BESIDE = 4, 6.0, 8
"""Lines of two columns that make a page one of two columns, width of what lies between them (points), characters a
line of a column has at least."""
FIRST, LAST, STEP = 0.3, 0.7, 4.0
"""Where between its edges a page may be parted, and in which steps this is tried (points)."""
CROSSED = 0.25

Item = SetLine | Table | Box


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and what stands on it, in reading order; a `Box` is a picture."""

    page: Page
    items: tuple[Item, ...]


def sheets_of(pages: Iterable[Page]) -> list[Sheet]:
    """The pages of a file with what stands on them in reading order."""
    return [_sheet(page) for page in pages]


def _sheet(page: Page) -> Sheet:
    tables = tables_of(page)
    taken = {(glyph.x0, glyph.y0, glyph.text) for table in tables for place in table.places for glyph in place.glyphs}
    free = [glyph for glyph in page.glyphs if (glyph.x0, glyph.y0, glyph.text) not in taken]
    items: list[Item] = [*tables, *page.pictures]
    for number, part in _parts(page, free):
        items.extend(set_lines(part, page.number, number))
    return Sheet(page, tuple(_ordered(items)))


def _ordered(items: Sequence[Item]) -> list[Item]:
    """Tables and pictures before the first line, in the order of the lines, that begins below their top."""
    lines = [item for item in items if isinstance(item, SetLine)]
    placed = sorted((item for item in items if not isinstance(item, SetLine)), key=_top)
    ordered: list[Item] = []
    for line in lines:
        while placed and _top(placed[0]) < _top(line) and _beside(placed[0], line):
            ordered.append(placed.pop(0))
        ordered.append(line)
    return ordered + placed


def _top(item: Item) -> float:
    return item.y0 if isinstance(item, Box) else item.box.y0


def _beside(item: Item, line: SetLine) -> bool:
    """Whether two things share some of the page's width, so that one stands above the other."""
    box = item if isinstance(item, Box) else item.box
    return box.x0 < line.box.x1 and line.box.x0 < box.x1


def _parts(page: Page, glyphs: Sequence[Glyph]) -> list[tuple[int, list[Glyph]]]:
    """The glyphs in parts to be read one after the other, with the number of the column: all (0), or column by column
    between what goes over both."""
    rows = lines_of(glyphs)
    gutter = _gutter(page, rows)
    if gutter is None:
        return [(0, list(glyphs))]
    parts: list[tuple[int, list[Glyph]]] = []
    left: list[Glyph] = []
    right: list[Glyph] = []
    for row in rows:
        if _crosses(row, gutter):
            parts.extend(((1, left), (2, right), (0, list(row))))
            left, right = [], []
            continue
        for glyph in row:
            (left if glyph.x0 < gutter else right).append(glyph)
    return [(number, part) for number, part in (*parts, (1, left), (2, right)) if part]


def _gutter(page: Page, rows: Sequence[Sequence[Glyph]]) -> float | None:
    """Where a page's text is parted into two columns of prose; None where it is not."""
    if len(rows) < LEAST:
        return None
    spans = [[(glyph.x0, glyph.x1) for glyph in row if glyph.text.strip()] for row in rows]
    best, most = None, 0
    for step in range(int(page.width * (LAST - FIRST) / STEP)):
        x = page.width * FIRST + step * STEP
        crossed = sum(any(a < x + GAP / 2 and b > x - GAP / 2 for a, b in row) for row in spans)
        both = sum(_both(row, x) for row in spans)
        if both > most and crossed <= CROSSED * len(rows):
            best, most = x, both
    return best if best is not None and most >= LEAST and _are_prose(rows, best) else None


def _both(row: Sequence[tuple[float, float]], x: float) -> bool:
    """Whether a row has long enough a line on either side of a place, and nothing across it."""
    left = sum(b <= x - GAP / 2 for _, b in row)
    right = sum(a >= x + GAP / 2 for a, _ in row)
    return left >= BESIDE and right >= BESIDE and left + right == len(row)


def _are_prose(rows: Sequence[Sequence[Glyph]], x: float) -> bool:
    """Whether sentences stand on both sides of a place."""
    sides = [
        sum(PROSE.search(glyph.text) is not None for row in rows for glyph in row if (glyph.x0 < x) is left)
        for left in (True, False)
    ]
    return min(sides) >= LEAST // 2


def _crosses(row: Sequence[Glyph], x: float) -> bool:
    return any(glyph.x0 < x + GAP / 2 and glyph.x1 > x - GAP / 2 for glyph in row if glyph.text.strip())
