"""Which places of the text the recognised tables cover."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.document import Document
from analyzer.tables.labels import Book
from analyzer.tables.pieces import Line
from analyzer.tables.readings import Instance


def regions(
    document: Document, runs: Sequence[Sequence[Line]], found: Sequence[Instance], book: Book
) -> tuple[tuple[int, int], ...]:
    """Start and end of the stretches that tables cover: whole grids, and lines of text from header to last value."""
    covered: list[tuple[int, int]] = []
    for instance in found:
        named = [group for group in instance.groups if group.role is not None]
        lines = {piece.line for group in named for piece in (*group.pieces, *group.values, *group.units)}
        run = runs[instance.run]
        numbers = [line.pieces[0].line if line.pieces else -1 for line in run]
        own = [place for place, number in enumerate(numbers) if number in lines]
        if own:
            covered.extend(_stretch(document, run, own[0], own[-1], book))
    return _joined(covered)


def _stretch(document: Document, run: Sequence[Line], first: int, last: int, book: Book) -> list[tuple[int, int]]:
    """The place of the lines with the parts of header and labels round them."""
    while first > 0 and _part(run[first - 1], book):
        first -= 1
    while last + 1 < len(run) and _part(run[last + 1], book):
        last += 1
    spans: list[tuple[int, int]] = []
    for line in run[first : last + 1]:
        if line.grid >= 0:
            grid = document.blocks[line.grid]
            spans.append((grid.start, grid.end))
        else:
            spans.append((line.start, line.end))
    return [(min(start for start, _ in spans), max(end for _, end in spans))]


def _part(line: Line, book: Book) -> bool:
    """Whether a line reads like part of a table without being a row of it or a heading."""
    if not line.known:
        return False
    roles = [role for piece in line.pieces for role in book.roles.get(piece.norm, ())]
    return not any(role.axis == "row" for role in roles)


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
