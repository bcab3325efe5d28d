"""Which of the values after a label stands in which column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal

from analyzer.tables.pieces import Piece

Side = Literal["left", "right", ""]
SHORT_ROW, LONG_ROW = "short_row", "long_row"


def lines_of(values: Sequence[Piece]) -> list[list[Piece]]:
    """The values line by line (row by row of a grid)."""
    lines: list[list[Piece]] = []
    for value in values:
        if lines and lines[-1][0].line == value.line:
            lines[-1].append(value)
        else:
            lines.append([value])
    return lines


def own_line(values: list[Piece], count: int) -> list[Piece]:
    """Only the line of `values` that makes up the row, where all others are empty or a stray number."""
    if not values or values[0].line == values[-1].line:
        return values
    lines = lines_of(values)
    if len(lines) == len(values):
        return values
    printed = [line for line in lines if any(value.kind == "value" for value in line)]
    if len(printed) == 1:
        return printed[0]
    whole = [line for line in printed if len(line) == count]
    stray = [line for line in printed if len(line) == 1]
    return whole[0] if count > 1 and len(whole) == 1 and len(stray) == len(printed) - 1 <= 1 else values


def offsets(values: Sequence[Piece], count: int) -> list[int]:
    """Where `count` places may begin among the values so that nothing printed is left outside."""
    printed = [place for place, value in enumerate(values) if value.kind == "value"]
    if not printed:
        return []
    return [at for at in range(len(values) - count + 1) if at <= printed[0] and printed[-1] < at + count]


def side(rows: Sequence[Sequence[Piece]], count: int) -> Side:
    """Whether the rows that are wider than the table has columns are filled up at their right or left end."""
    seen: set[Side] = set()
    for values in rows:
        room = len(values) - count
        found = offsets(values, count) if room > 0 else []
        if len(found) == 1 and found[0] in (0, room):
            seen.add("left" if found[0] == 0 else "right")
    return seen.pop() if len(seen) == 1 else ""


def place(
    values: list[Piece], count: int, *, lean: Side = "", columns: Sequence[int] = ()
) -> tuple[list[Piece] | None, str]:
    """`count` values in order, or None with the reason why the row cannot be placed.

    `columns` are the grid columns that the header states, `lean` the end at which this table's values stand.
    """
    values = own_line(values, count)
    lost = values[0].row < 0 and values[0].kind == "blank" and lean == "right"
    if len(values) < count or lost or True in [value.torn for value in values]:
        return None, SHORT_ROW
    if len(values) == count:
        return values, ""
    by_column = _by_column(values, columns)
    if by_column:
        return by_column, ""
    found = offsets(values, count)
    if len(found) == 1:
        return values[found[0] : found[0] + count], ""
    at = {"left": 0, "right": len(values) - count, "": -1}[lean]
    if at in found:
        return values[at : at + count], ""
    return None, LONG_ROW


def _by_column(values: Sequence[Piece], columns: Sequence[int]) -> list[Piece]:
    """The values in the header's columns, if nothing is printed beside them."""
    spots: Mapping[int, Piece] = {column: value for value in values for column in range(value.first, value.last + 1)}
    found = [spots[column] for column in columns if column in spots]
    if len(found) != len(columns) or len({id(value) for value in found}) != len(found):
        return []
    taken = {id(value) for value in found}
    return [] if any(value.kind == "value" and id(value) not in taken for value in values) else found


def centers(rows: Sequence[Sequence[Piece]]) -> list[float]:
    """For each column of full rows of text where its middle stands, empty where the rows do not agree."""
    if len(rows) < 2:
        return []
    found = []
    for column in zip(*rows, strict=True):
        middles = sorted(_middle(value) for value in column)
        found.append(middles[len(middles) // 2])
    near = _near(found)
    agree = all(abs(_middle(value) - at) <= 2 * near for row in rows for value, at in zip(row, found, strict=True))
    return found if near > 0 and agree else []


def by_position(values: Sequence[Piece], columns: Sequence[float]) -> list[Piece | None] | None:
    """Each value in the column it stands under; None where one stands under no column, or two under the same."""
    row: list[Piece | None] = [None] * len(columns)
    near = _near(columns)
    for value in values:
        under = [number for number, at in enumerate(columns) if abs(_middle(value) - at) <= near]
        if len(under) != 1 or row[under[0]] is not None:
            return None
        row[under[0]] = value
    return row


def _middle(value: Piece) -> float:
    return value.x + len(value.raw) / 2


def _near(columns: Sequence[float]) -> float:
    """How far from the middle of its column a number may stand: a quarter of the way to the next."""
    return min((right - left for left, right in pairwise(columns)), default=0.0) / 4
