"""Tables without rulings: columns from the places of figures, rows from their lines, labels by where they stand.

Only what leaves no doubt is a table: at least three rows of figures (or one of many) in the same columns, none of which
stands in two of them, and labels of which each belongs to one row. All else stays text, which reads well by itself
where every row is full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.readers.pages.heads import heads_of
from analyzer.readers.pages.labels import Word, labels_of, spans_of, word_of
from analyzer.readers.pages.model import Box, Glyph, Page, Place, Table
from analyzer.readers.pages.rows import is_value, lines_of

FEWEST, ROWS, MANY = 3, 3, 8
"""Columns of figures and rows of them that a table has at least; a row of `MANY` figures is one alone."""
THIN = 8
"""Characters of a row of figures for each figure, at most."""
TIGHT = 0.3
"""Widths of a digit that part two numbers."""
APART, LEAST = 0.55, 4.0
"""Widths of a character that part two words of a line, and the width (points) that a character has at least."""
DEEP = 14.0
"""Ems that may lie between two rows of figures of a table: the labels of rows may take several lines."""
LONG = 4
"""Characters of a number from which on its cell may be too narrow for it."""
FARTHER = 1.2
"""How much farther than another a row of fewer figures may stand below the last."""
WRAPPED = 1.7
"""Ems below which a line of a few figures under a row may be the rest of its numbers."""


@dataclass(slots=True)
class Row:
    """A row of figures: the words of each column by its number, several where a number goes on below; the middles of
    its first and its last line."""

    values: dict[int, list[Word]]
    first: float
    last: float

    @property
    def y(self) -> float:
        """Its middle."""
        return (self.first + self.last) / 2


def aligned_tables(page: Page, ruled: Sequence[Table]) -> list[Table]:
    """The tables of a page that stand outside its `ruled` ones."""
    free = lines_of(glyph for glyph in page.glyphs if not any(_is_in(glyph, table.box) for table in ruled))
    if not any(_may_be_row(line) for line in free):
        return []
    lines = [words_of(line) for line in free]
    figures = [n for n, line in enumerate(lines) if _are_figures(line)]
    found = (_tried(page, lines, region) for region in _regions(lines, figures))
    return [table for table in found if table]


def _may_be_row(line: Sequence[Glyph]) -> bool:
    """Whether figures enough stand in a line for its length."""
    figures = sum(is_value(glyph.text) for glyph in line)
    return figures >= FEWEST and figures * THIN >= len(line)


def _are_figures(line: Sequence[Word]) -> bool:
    """Whether a line may be a row of figures; a page number between dashes is none."""
    values = [word.text for word in line if word.is_value]
    framed = len(values) == len(line) == FEWEST and not any(map(str.isdecimal, values[0] + values[-1]))
    return len(values) >= FEWEST and not framed


def _is_in(glyph: Glyph, box: Box) -> bool:
    return box.x0 <= glyph.x1 and glyph.x0 <= box.x1 and box.y0 <= glyph.y1 and glyph.y0 <= box.y1


def words_of(line: Sequence[Glyph]) -> list[Word]:
    """The words of a line: what wide blanks part."""
    groups: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in line:
        if not glyph.text.strip():
            continue
        if last is not None and _touch(last, glyph):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
        last = glyph
    return [word_of(group) for group in groups]


def _touch(left: Glyph, right: Glyph) -> bool:
    """Whether so little lies between two characters as in a word; next to nothing between two digits."""
    gap = right.x0 - left.x1
    if gap <= 0:
        return True
    if left.text[-1].isdecimal() and right.text[0].isdecimal():
        return gap <= TIGHT * max(_width(left), _width(right))
    return gap <= APART * max(_width(left), _width(right), LEAST)


def _width(glyph: Glyph) -> float:
    return (glyph.x1 - glyph.x0) / max(len(glyph.text), 1)


def _regions(lines: Sequence[Sequence[Word]], figures: Sequence[int]) -> list[list[int]]:
    """Numbers of the lines of figures that may be rows of one table: no prose stands between them."""
    regions: list[list[int]] = []
    for number in figures:
        if regions and _continue(lines, regions[-1][-1], number):
            regions[-1].append(number)
        else:
            regions.append([number])
    return regions


def _continue(lines: Sequence[Sequence[Word]], before: int, after: int) -> bool:
    em = lines[after][0].em
    if lines[after][0].y - lines[before][0].y > DEEP * em:
        return False
    first = min(word.x0 for n in (before, after) for word in lines[n] if word.is_value)
    between = (word for line in lines[before + 1 : after] for word in line if not word.is_value)
    return not any(word.x1 > first + 2 * em for word in between)


def _tried(page: Page, lines: Sequence[Sequence[Word]], region: Sequence[int]) -> Table | None:
    """The table of a region, with the rows of fewer figures that may follow it where that goes well."""
    rows = [lines[n][0].y for n in region]
    step = max([b - a for a, b in pairwise(rows)], default=0.0) * FARTHER
    last = region[-1]
    while last + 1 < len(lines) and lines[last + 1][0].y - rows[-1] < step:
        last += 1
    return _table(page, lines, region, last) or _table(page, lines, region, region[-1] + 1)


def _table(page: Page, lines: Sequence[Sequence[Word]], region: Sequence[int], last: int) -> Table | None:
    spans = spans_of([word for n in region for word in lines[n] if word.is_value])
    if len(spans) < FEWEST or (len(region) < ROWS and len(spans) < MANY):
        return None
    edges = [(a[1] + b[0]) / 2 for a, b in pairwise(spans)]
    rows = _rows(lines[region[0] : last + 1], spans)
    if not rows:
        return None
    left = [word for line in lines for word in line if word.x1 <= spans[0][0] and not word.is_value]
    labels = labels_of(left, [row.y for row in rows], rows[0].values[min(rows[0].values)][0].em)
    if labels is None:
        return None
    start = (labels.end + spans[0][0]) / 2 if labels.edges else spans[0][0] - 1
    columns = (*labels.edges, start, *edges, spans[-1][1] + 1)
    places = list(labels.places(columns))
    first = len(labels.edges)
    for number, row in enumerate(rows):
        for n in range(len(spans)):
            box = Box(columns[first + n], labels.tops[number], columns[first + n + 1], labels.tops[number + 1])
            places.append(Place(box, number, first + n, 1, 1, _glyphs(row.values.get(n, ()))))
    heads = heads_of([word for line in lines for word in line], columns, spans, labels.tops[0])
    if len(rows) < ROWS and not heads and not _is_broken(rows):
        return None
    top, count = (heads.top, 1) if heads else (labels.tops[0], 0)
    places = [*(heads.places if heads else ()), *(place._replace(row=place.row + count) for place in places)]
    box = Box(columns[0], top, columns[-1], labels.tops[-1])
    set_out = tuple(sorted(places, key=lambda each: each[1:3]))
    return Table(page.number, box, set_out, columns, len(rows) + count, ruled=False, closed=not page.recognised)


def _is_broken(rows: Sequence[Row]) -> bool:
    """Whether a number goes on below; as text, a lone row reads well unless one does."""
    return any(len(words) > 1 for row in rows for words in row.values.values())


def _glyphs(words: Sequence[Word]) -> tuple[Glyph, ...]:
    """The glyphs of a number; where it stands on several lines, nobody knows that it is one."""
    if len(words) == 1:
        return words[0].glyphs
    return tuple(glyph._replace(sure=False) for word in words for glyph in word.glyphs)


def _rows(lines: Sequence[Sequence[Word]], spans: Sequence[tuple[float, float]]) -> list[Row] | None:
    """The rows of figures; None where two figures of a line stand in one column, or one in none."""
    rows: list[Row] = []
    for line in lines:
        values: dict[int, list[Word]] = {}
        for word in line:
            if not word.is_value:
                continue
            mine = [n for n, (a, b) in enumerate(spans) if word.x0 < b and a < word.x1]
            if len(mine) != 1 or mine[0] in values:
                return None
            values[mine[0]] = [word]
        if not values:
            continue
        figure = next(word for words in values.values() for word in words)
        if rows and _goes_on(rows[-1], values, figure):
            for n, words in values.items():
                rows[-1].values.setdefault(n, []).extend(words)
            rows[-1].last = figure.y
        else:
            rows.append(Row(values, figure.y, figure.y))
    return rows


def _goes_on(row: Row, values: dict[int, list[Word]], figure: Word) -> bool:
    """Whether figures are of the row above: on a line that overlaps its last, or the ends of its numbers."""
    step = figure.y - row.last
    if step < figure.glyphs[0].y1 - figure.glyphs[0].y0 and step < figure.em:
        return True
    if step > WRAPPED * figure.em or len(values) >= len(row.values):
        return False
    above = {n: len(words[-1].text) for n, words in row.values.items()}
    return all(above.get(n, 0) >= max(LONG, len(words[0].text)) for n, words in values.items())
