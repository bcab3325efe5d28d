"""The rest of a row's label on the page behind the one with its figures, where no rulings part the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.readers.pages.aligned import words_of
from analyzer.readers.pages.cuts import goes_on
from analyzer.readers.pages.model import Glyph, Place, Table
from analyzer.readers.pages.rows import is_value, said

Row = tuple[Glyph, ...]
BELOW = 2
"""Lines below a table that may be of the page's foot."""
CLOSE, MOST = 2.2, 8
"""Heights of a character between lines of a label; lines that the rest of one may take."""


def rest_of(rows: Sequence[Row], table: Table) -> list[Row]:
    """The lines right above a page's first table that can only be the rest of a label from the page before: they stand
    in its columns of labels, and what is above them holds no figures."""
    if table.ruled:
        return []
    start = min((place.box.x0 for place in table.places if is_value(said(place.glyphs))), default=0.0)
    found: list[Row] = []
    top = table.box.y0
    for row in sorted((row for row in rows if row[0].y0 < top), key=lambda each: -each[0].y0):
        inside = row[-1].x1 <= start and row[0].x0 >= table.columns[0] - 1 and len(words_of(row)) == 1
        if not inside or top - row[0].y1 > CLOSE * (row[0].y1 - row[0].y0):
            return found if not any(word.is_value for word in words_of(row)) else []
        found.insert(0, row)
        top = row[0].y0
        if len(found) > MOST:
            return []
    return found


def with_rest(table: Table, rows: Sequence[Row], rest: Sequence[Row]) -> Table | None:
    """The last table of a page with the rest of its last label; None where it has none of that kind. `rows` are the
    page's lines outside of tables."""
    if table.ruled or not rest or sum(row[0].y0 > table.box.y1 for row in rows) > BELOW:
        return None
    own = [place for place in table.places if place.row + place.down == table.rows and place.glyphs]
    labels = [place for place in own if not is_value(said(place.glyphs))]
    if not labels:
        return None
    label = max(labels, key=lambda place: place.column)
    if label.down > 1 or not _in_line(label, rest) or not goes_on(said(label.glyphs), "".join(map(said, rest))):
        return None
    whole = label._replace(glyphs=(*label.glyphs, *(_below(label, glyph) for row in rest for glyph in row)))
    return replace(table, places=tuple(whole if place is label else place for place in table.places))


def _in_line(label: Place, rest: Sequence[Row]) -> bool:
    """Whether the lines stand in the column of the label."""
    return all(label.box.x0 - 1 <= row[0].x0 and row[-1].x1 <= label.box.x1 + 1 for row in rest)


def _below(label: Place, glyph: Glyph) -> Glyph:
    """The glyph as if its page went on below the label."""
    down = 2 * max(each.y1 for each in label.glyphs)
    return glyph._replace(y0=glyph.y0 + down, y1=glyph.y1 + down)
