"""Which places of the text the recognised tables cover."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.document import Document
from analyzer.tables.labels import Book, ordinal
from analyzer.tables.pieces import Line, Piece
from analyzer.tables.readings import Instance

STOP = "。"


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
            first, last = places[0], places[-1]
            while first > 0 and _part(run[first - 1], book.headers[instance.table]):
                first -= 1
            while last + 1 < len(run) and _part(run[last + 1], book.rows.get(instance.table, "")):
                last += 1
            spans = [
                span for line in run[first : last + 1] for span in _spans(document, line, own.get(line.number, []))
            ]
            covered.append((min(start for start, _ in spans), max(end for _, end in spans)))
    return _joined(covered)


def _part(line: Line, labels: str) -> bool:
    """Whether a line of text is nothing but a part of the table's own `labels`, and neither heading nor sentence."""
    texts = [piece for piece in line.pieces if piece.kind == "text"]
    if not line.known or line.joined or line.grid >= 0 or len(texts) < len(line.pieces):
        return False
    return all(piece.norm in labels and not ordinal(piece.raw) and STOP not in piece.raw for piece in texts)


def _spans(document: Document, line: Line, own: Sequence[Piece]) -> list[tuple[int, int]]:
    """What a line covers: its grid, itself, or in a line that holds more than the table what is the table's own."""
    if line.grid >= 0 and not line.part:
        return [(document.blocks[line.grid].start, document.blocks[line.grid].end)]
    if line.joined:
        return [(piece.start, piece.end) for piece in own]
    return [(line.start, line.end)]


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
