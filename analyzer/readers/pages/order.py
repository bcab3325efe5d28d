"""What stands on each page in reading order: lines, tables, pictures; text in two columns one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analyzer.readers.lines import PROSE
from analyzer.readers.pages.lines import WIDE_EM, SetLine, set_lines
from analyzer.readers.pages.model import Box, Glyph, Page, Table
from analyzer.readers.pages.rests import rest_of, with_rest
from analyzer.readers.pages.rows import lines_of
from analyzer.readers.pages.tables import tables_of

LEAST, GAP, BESIDE = 4, 6.0, 8
"""Lines of two columns that make a page one of two columns, width of what lies between them (points), characters a
line of a column has at least."""
FIRST, LAST, STEP = 0.3, 0.7, 4.0
"""Where between its edges a page may be parted, and in which steps this is tried (points)."""
CROSSED = 0.25

Item = SetLine | Table | Box
Row = tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and what stands on it, in reading order; a `Box` is a picture."""

    page: Page
    items: tuple[Item, ...]


def sheets_of(pages: Iterable[Page]) -> list[Sheet]:
    """The pages of a file with what stands on them in reading order. A page with few lines is parted where other pages
    of the file are."""
    drafts = _with_rests([_draft(page) for page in pages])
    known = [draft.gutter for draft in drafts if draft.gutter is not None]
    return [_sheet(draft, known) for draft in drafts]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A page with its tables, the lines of glyphs outside them, and where these are parted into columns."""

    page: Page
    tables: tuple[Table, ...]
    rows: tuple[tuple[Glyph, ...], ...]
    gutter: float | None


def _draft(page: Page) -> _Draft:
    tables = tables_of(page)
    taken = {(glyph.x0, glyph.y0, glyph.text) for table in tables for place in table.places for glyph in place.glyphs}
    rows = tuple(lines_of(glyph for glyph in page.glyphs if (glyph.x0, glyph.y0, glyph.text) not in taken))
    return _Draft(page, tables, rows, _gutter(page, rows))


def _with_rests(drafts: list[_Draft]) -> list[_Draft]:
    """The drafts with the labels put together that the end of a page has cut in tables without rulings."""
    for n in range(len(drafts) - 1):
        before, after = drafts[n], drafts[n + 1]
        rest = rest_of(after.rows, after.tables[0]) if before.tables and after.tables else []
        whole = with_rest(before.tables[-1], before.rows, rest) if rest else None
        if whole:
            gone = {id(row) for row in rest}
            drafts[n] = replace(before, tables=(*before.tables[:-1], whole))
            drafts[n + 1] = replace(after, rows=tuple(row for row in after.rows if id(row) not in gone))
    return drafts


def _sheet(draft: _Draft, known: Sequence[float]) -> Sheet:
    gutter = draft.gutter
    if gutter is None:
        gutter = next((x for x in known if _parts_some(draft.rows, x)), None)
    items: list[Item] = [*draft.tables, *draft.page.pictures]
    for part, rows in _parts(draft.rows, gutter):
        items.extend(set_lines(rows, draft.page.number, part))
    return Sheet(draft.page, tuple(_ordered(items)))


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


def _parts(rows: Sequence[Row], gutter: float | None) -> list[tuple[int, list[Row]]]:
    """The lines in parts to be read one after the other, with the number of the column: all (0), or column by column
    between what goes over both."""
    if gutter is None:
        return [(0, list(rows))]
    parts: list[tuple[int, list[Row]]] = []
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        if _crosses(row, gutter):
            parts.extend(((1, left), (2, right), (0, [row])))
            left, right = [], []
            continue
        left.append(tuple(glyph for glyph in row if glyph.x0 < gutter))
        right.append(tuple(glyph for glyph in row if glyph.x0 >= gutter))
    return [(part, found) for part, found in (*parts, (1, left), (2, right)) if found]


def _parts_some(rows: Sequence[Row], x: float) -> bool:
    """Whether lines stand on both sides of where other pages are parted, and hardly any across it."""
    both = sum(_both(_runs(row), x) for row in rows)
    return both > 0 and sum(_crosses(row, x) for row in rows) <= max(1, CROSSED * len(rows))


def _gutter(page: Page, rows: Sequence[Row]) -> float | None:
    """Where a page's text is parted into two columns of prose; None where it is not."""
    if len(rows) < LEAST:
        return None
    runs = [_runs(row) for row in rows]
    if sum(len(row) == 2 for row in runs) < LEAST:
        return None
    best, most = None, 0
    for step in range(int(page.width * (LAST - FIRST) / STEP)):
        x = page.width * FIRST + step * STEP
        crossed = sum(any(a < x + GAP / 2 and b > x - GAP / 2 for a, b, _ in row) for row in runs)
        both = sum(_both(row, x) for row in runs)
        if both > most and crossed <= CROSSED * len(rows):
            best, most = x, both
    return best if best is not None and most >= LEAST and _are_prose(rows, best) else None


def _runs(row: Row) -> list[tuple[float, float, int]]:
    """The parts of a line that wide gaps set apart: from where to where, and how many characters."""
    runs: list[tuple[float, float, int]] = []
    for glyph in row:
        if not glyph.text.strip():
            continue
        if runs and glyph.x0 - runs[-1][1] < WIDE_EM * (glyph.size or glyph.y1 - glyph.y0):
            a, b, count = runs[-1]
            runs[-1] = a, max(b, glyph.x1), count + len(glyph.text)
        else:
            runs.append((glyph.x0, glyph.x1, len(glyph.text)))
    return runs


def _both(runs: Sequence[tuple[float, float, int]], x: float) -> bool:
    """Whether a row is one long enough line on either side of a place."""
    if len(runs) != 2 or runs[0][1] > x - GAP / 2 or runs[1][0] < x + GAP / 2:
        return False
    return min(runs[0][2], runs[1][2]) >= BESIDE


def _are_prose(rows: Sequence[Row], x: float) -> bool:
    """Whether sentences stand on both sides of a place."""
    beside = [row for row in rows if not _crosses(row, x)]
    sides = [
        sum(PROSE.search(glyph.text) is not None for row in beside for glyph in row if (glyph.x0 < x) is left)
        for left in (True, False)
    ]
    return min(sides) >= LEAST // 2


def _crosses(row: Sequence[Glyph], x: float) -> bool:
    return any(glyph.x0 < x + GAP / 2 and glyph.x1 > x - GAP / 2 for glyph in row if glyph.text.strip())
