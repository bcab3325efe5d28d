"""What the end of a page cuts in two: a row, a merged cell, a label.

A border at the end of a page says nothing: some programs draw one through a cut row, some leave out that between two
rows. What is printed decides: a row has its label and its values once, and the label of a row or of a group of rows
begins with its ordinal where those round it do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.readers.pages.model import Glyph
from analyzer.readers.pages.rows import is_value, said

ENOUGH = 2
"""Values by which a column is told to be one of values."""
_ORDINAL = re.compile(r"[（(]?[〇零一二三四五六七八九十\d]{1,3}[）)、.．]|[①-⑳]")
_BEGINNING = re.compile(r"[（(]?[〇零一二三四五六七八九十\d]{0,3}")
_REST = re.compile(r"[、，。；：）)”》〉]|[〇零一二三四五六七八九十\d]{1,3}[）)]")


@dataclass(slots=True)
class Cell:
    """A cell of a table that grows over pages."""

    row: int
    column: int
    down: int
    across: int
    lines: tuple[tuple[Glyph, ...], ...]
    page: int

    @property
    def text(self) -> str:
        """What it says, blanks left out."""
        return "".join(map(said, self.lines))

    @property
    def place(self) -> tuple[int, int]:
        """The columns it covers: the first, and how many."""
        return self.column, self.across


def is_one_row(last: Sequence[Cell], first: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Whether the last row of a page and the first of the next are one row that the page's end has cut."""
    if [cell.place for cell in last] != [cell.place for cell in first]:
        return False
    if _is_rest(last, last[0].row + last[0].down - 1) or _is_rest(first, first[0].row):
        return True
    columns = _value_columns(cells)
    pairs = list(zip(last, first, strict=True))
    values = [(a.text, b.text) for a, b in pairs if a.place in columns]
    labels = [(a.text, b.text) for a, b in pairs if a.place not in columns and not _is_tall_rest(a, b)]
    if not values or any(a and b for a, b in values) or not any(b for _, b in values + labels):
        return False
    if any(b for _, b in values) and not any(b for _, b in labels):
        return not any(a for a, _ in values)
    return _label_goes_on(labels)


def _is_rest(cells: Sequence[Cell], row: int) -> bool:
    """Whether nothing is printed in the row but what cells of other rows say."""
    return not any(cell.text for cell in cells if cell.row == row == cell.row + cell.down - 1)


def _is_tall_rest(before: Cell, after: Cell) -> bool:
    """Whether the label of many rows is cut too; one set upright has its ordinal anywhere."""
    tall = max(before.down, after.down) > 1
    return tall and bool(before.text and after.text) and not _ORDINAL.match(after.text)


def _label_goes_on(labels: Sequence[tuple[str, str]]) -> bool:
    """Whether the last label of a row has its ordinal before the page's end only."""
    own = [(a, b) for a, b in labels if a or b]
    return bool(own) and all(goes_on(a, b) or not b for a, b in own) and any(b for _, b in own)


def goes_on(before: str, after: str) -> bool:
    """Whether a label is the rest of one that begins on the page before."""
    if not before or not after or is_value(after):
        return False
    begun = _ORDINAL.match(before) and not _ORDINAL.match(after)
    return bool(begun or _BEGINNING.fullmatch(before) or _REST.match(after))


def _last_label(cells: Sequence[Cell]) -> int:
    """The last column of a row in which a label stands, -1 where there is none."""
    return max((cell.column for cell in cells if cell.text and not is_value(cell.text)), default=-1)


def runs_on(last: Sequence[Cell], first: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
    """The merged cells of the last row of a page that go on in the next page's first row, and what they go on with."""
    places = {cell.place: cell for cell in first}
    above, below = _last_label(last), _last_label(first)
    old, new = [], []
    for cell in last:
        rest = places.get(cell.place)
        if rest is None or is_value(cell.text) or is_value(rest.text):
            continue
        tall = max(cell.down, rest.down) > 1
        if cell.text and rest.text:
            one = tall and goes_on(cell.text, rest.text)
        elif cell.text:
            one = cell.column < below
        else:
            one = tall and cell.column < above
        if one:
            old.append(cell)
            new.append(rest)
    return old, new


def _value_columns(cells: Sequence[Cell]) -> set[tuple[int, int]]:
    """Columns in which values stand, and more of them than words."""
    counts: dict[tuple[int, int], int] = {}
    for cell in cells:
        text = cell.text
        if text:
            counts[cell.place] = counts.get(cell.place, 0) + (1 if is_value(text) else -1)
    wide = {place for place, count in counts.items() if count >= ENOUGH}
    return wide
