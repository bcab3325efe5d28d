"""Which places of the text the recognised tables cover."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.document import Document
from analyzer.tables.labels import Book
from analyzer.tables.pieces import Line, Piece
from analyzer.tables.readings import Instance


def regions(
    document: Document, runs: Sequence[Sequence[Line]], found: Sequence[Instance], book: Book
) -> tuple[tuple[int, int], ...]:
    """Start and end of the stretches that tables cover: whole grids, and lines of text from header to last value."""
    covered: list[tuple[int, int]] = []
    for instance in found:
        own: dict[int, list[Piece]] = {}
        for group in instance.groups:
            if group.role is not None:
                for piece in (*group.pieces, *group.values, *group.units):
                    own.setdefault(piece.line, []).append(piece)
        run = runs[instance.run]
        places = [place for place, line in enumerate(run) if line.number in own]
        if places:
            lines = run[_first(run, places[0], book) : _last(run, places[-1], book) + 1]
            spans = [span for line in lines for span in _spans(document, line, own.get(line.number, []))]
            covered.append((min(start for start, _ in spans), max(end for _, end in spans)))
    return _joined(covered)


def _first(run: Sequence[Line], place: int, book: Book) -> int:
    """The first of the lines with parts of the header above the first label."""
    while place > 0 and _part(run[place - 1], book):
        place -= 1
    return place


def _last(run: Sequence[Line], place: int, book: Book) -> int:
    """The last of the lines with the rest of a label below the last value."""
    while place + 1 < len(run) and _part(run[place + 1], book):
        place += 1
    return place


def _spans(document: Document, line: Line, own: Sequence[Piece]) -> list[tuple[int, int]]:
    """What a line covers: its grid, itself, or in a line that holds more than the table what is the table's own."""
    if line.grid >= 0:
        return [(document.blocks[line.grid].start, document.blocks[line.grid].end)]
    if line.joined:
        return [(piece.start, piece.end) for piece in own]
    return [(line.start, line.end)]


def _part(line: Line, book: Book) -> bool:
    """Whether a line reads like part of a table without being a row of it or a heading."""
    if not line.known or line.joined:
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
