"""A document as lines of pieces: labels, numbers, units and empty places, with where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from analyzer.document import Block, Document, Grid, GridCell
from analyzer.tables.labels import Book
from analyzer.tables.values import Figures

Kind = Literal["text", "value", "blank", "unit"]
LONG, GAP, WIDE = 60, 3, 160
_WORD = re.compile(r"[^\s　]+")
_PIPES = re.compile(r"[|｜│┃]")
_SENTENCE = re.compile(r"[。；;!?？！]|，.*，")


@dataclass(slots=True)
class Piece:
    """Something printed. `row`, `first`, `last` are its places in a grid from 0 (-1: no grid), `x` its column in a
    line of text, `spot` its place in the string of labels of its run."""

    kind: Kind
    raw: str
    start: int
    end: int
    line: int
    norm: str = ""
    row: int = -1
    first: int = -1
    last: int = -1
    x: int = -1
    spot: int = 0


@dataclass(slots=True)
class Line:
    """A row of a grid or a line of text; `known` says that it reads like part of a table, `short` that it may stand
    inside one all the same; `grid` is the number of its grid among the document's blocks (-1: text)."""

    start: int
    end: int
    known: bool
    short: bool = True
    grid: int = -1
    pieces: list[Piece] = field(default_factory=list)


def runs(document: Document, book: Book, figures: Figures) -> Iterator[list[Line]]:
    """Stretches of lines that read like statistics tables, in order, with few short lines of other kinds between."""
    current: list[Line] = []
    gap = 0
    for line in _lines(document, book, figures):
        if line.known:
            current.append(line)
            gap = 0
        elif current:
            gap += 1
            current.append(line)
            if gap > GAP or not line.short:
                yield from _worth(current, gap, book)
                current, gap = [], 0
    yield from _worth(current, gap, book)


def _worth(lines: list[Line], gap: int, book: Book) -> Iterator[list[Line]]:
    """The run without the gap at its end, if it holds labels enough to be more than a heading or two."""
    if gap:
        del lines[-gap:]
    labels = values = 0
    for line in lines:
        for piece in line.pieces:
            labels += piece.kind == "text" and piece.norm in book.roles
            values += piece.kind == "value"
    if labels >= 3 or (labels and values):
        yield lines


def _lines(document: Document, book: Book, figures: Figures) -> Iterator[Line]:
    number = 0
    for place, block in enumerate(document.blocks):
        made = (
            _grid_lines(block, place, book, figures)
            if isinstance(block, Grid)
            else _text_lines(document.text, block, book, figures)
        )
        for line in made:
            for piece in line.pieces:
                piece.line = number
            number += 1
            yield line


def _grid_lines(grid: Grid, place: int, book: Book, figures: Figures) -> list[Line]:
    lines: list[Line] = []
    texts = known = labels = 0
    for number, row in enumerate(grid.rows):
        pieces = [_grid_piece(cell, number, last, book, figures) for cell, last in _own_cells(row, number)]
        for piece in pieces:
            if piece.kind == "text":
                texts += 1
                known += book.known(piece.norm)
                labels += piece.norm in book.roles
        start, end = (row[0].start, row[-1].end) if row else (grid.start, grid.start)
        lines.append(Line(start, end, True, True, place, pieces))
    like = known * 2 >= texts and (labels > 0 or known == texts)
    for line in lines:
        line.known = like
        line.short = len(lines) <= GAP
    return lines


def _own_cells(row: tuple[GridCell, ...], number: int) -> Iterator[tuple[GridCell, int]]:
    """The cells that begin in this row, each with the last column it covers."""
    for place, cell in enumerate(row):
        if cell.row == number and cell.column == place:
            last = place
            while last + 1 < len(row) and row[last + 1] is cell:
                last += 1
            yield cell, last


def _grid_piece(cell: GridCell, row: int, last: int, book: Book, figures: Figures) -> Piece:
    kind, norm = _classify(cell.text.strip(), book, figures)
    return Piece(kind, cell.text, cell.start, cell.end, 0, norm, row, cell.column, last)


def _classify(text: str, book: Book, figures: Figures) -> tuple[Kind, str]:
    if not text:
        return "blank", ""
    if figures.is_value(text):
        return "value", ""
    if figures.is_unit(text):
        return "unit", ""
    return "text", book.normal(text)


def _text_lines(text: str, block: Block, book: Book, figures: Figures) -> Iterator[Line]:
    """The source lines of a paragraph."""
    pieces = block.pieces
    first = 0
    for place in range(1, len(pieces) + 1):
        if place == len(pieces) or "\n" in text[pieces[place - 1][1] : pieces[place][0]]:
            yield _text_line(text, pieces[first:place], book, figures)
            first = place


def _text_line(text: str, spans: tuple[tuple[int, int], ...], book: Book, figures: Figures) -> Line:
    start, end = spans[0][0], spans[-1][1]
    line = Line(start, end, False, end - start <= LONG and _SENTENCE.search(text, start, end) is None)
    dense = end - start > WIDE and "  " not in text[start:end] and "|" not in text[start:end]
    if dense:
        return line
    edge = text.rfind("\n", 0, start) + 1
    line.known = True
    for a, b in spans:
        for piece in _words(text, a, b, edge, book, figures):
            line.pieces.append(piece)
            if piece.kind == "text" and not book.known(piece.norm):
                line.known = False
                if not line.short:
                    line.pieces.clear()
                    return line
    line.known = line.known and bool(line.pieces)
    return line


def _words(text: str, a: int, b: int, edge: int, book: Book, figures: Figures) -> Iterator[Piece]:
    if _PIPES.search(text, a, b):
        yield from _piped(text, a, b, edge, book, figures)
        return
    for match in _WORD.finditer(text, a, b):
        raw = match[0]
        kind, norm = _classify(raw, book, figures)
        if kind != "text" or norm:
            yield Piece(kind, raw, match.start(), match.end(), 0, norm, x=match.start() - edge)


def _piped(text: str, a: int, b: int, edge: int, book: Book, figures: Figures) -> Iterator[Piece]:
    """A line of cells with upright strokes between; a stroke alone on its line is an empty cell."""
    if not text[a:b].strip(" \t|｜│┃"):
        if b - a == 1:
            yield Piece("blank", "", a, a, 0, x=a - edge)
        return
    cells = _cells(text, a, b)
    for place, (start, end) in enumerate(cells):
        raw = text[start:end]
        if not raw and place in (0, len(cells) - 1):
            continue
        kind, norm = _classify(raw, book, figures)
        if kind != "text" or norm:
            yield Piece(kind, raw, start, end, 0, norm, x=start - edge)


def _cells(text: str, a: int, b: int) -> list[tuple[int, int]]:
    """Start and end of what stands between the strokes of a line, blanks cut off."""
    edges = [a - 1, *(stroke.start() for stroke in _PIPES.finditer(text, a, b)), b]
    cells = []
    for left, right in pairwise(edges):
        raw = text[left + 1 : right]
        start = left + 1 + len(raw) - len(raw.lstrip())
        cells.append((start, max(start, right - (len(raw) - len(raw.rstrip())))))
    return cells
