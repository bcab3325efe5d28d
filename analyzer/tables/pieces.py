"""A document as lines of pieces: labels, numbers, units and empty places, with where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from analyzer.document import Block, Document, Grid, GridCell
from analyzer.knowledge.forms import Forms
from analyzer.tables.labels import SHORT, Book, book
from analyzer.tables.values import Figures, figures

Kind = Literal["text", "value", "blank", "unit"]
LONG, GAP, WIDE, SIZE, MEMORY = 60, 3, 160, 14, 20000
LONGEST, JOINED, EVEN, SOME, SEVERAL, SIDE = 70, 10, 8, 8, 3, 6
_PAGE = re.compile(r"[-—–－─·]+\s*\d{1,4}\s*[-—–－─·]+")
_CLOSES = re.compile(r"[ \t　]*[|｜│┃]")
_NEXT_CELL = re.compile(r"\s*[|｜│┃](?![|｜│┃])")
_WORD = re.compile(r"[^\s　]+")
_STROKE = re.compile(r"[|｜│┃]")
_YEAR = re.compile(r"20\d\d\s*年.?")
_STROKES = " \t　|｜│┃"
_FIGURES = "0123456789.-"
_SENTENCE = re.compile(r"[。；;!?？！]|，.*，")


@dataclass(slots=True)
class Piece:
    """Something printed. `row`, `first`, `last` are its places in a grid from 0 (-1: no grid), `x` its column in a
    line of text, `spot` its place in the string of labels of its run, `torn` says that its row lacks a cell,
    `guessed` that it is a label put together from words that need not be it."""

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
    torn: bool = False
    guessed: bool = False


@dataclass(slots=True)
class Line:
    """A row of a grid or a line of text; `known` says that it reads like part of a table, `short` that it may stand
    inside one all the same; `grid` is the number of its grid among the document's blocks (-1: text), `part` says that
    not all of this grid is a statistics table."""

    start: int
    end: int
    known: bool
    short: bool = True
    grid: int = -1
    pieces: list[Piece] = field(default_factory=list)
    number: int = -1
    part: bool = False

    @property
    def joined(self) -> bool:
        """Whether it is a line of text so long that a whole table may stand in it."""
        return self.grid < 0 and self.end - self.start > WIDE


def runs(document: Document, words: Words) -> Iterator[list[Line]]:
    """Stretches of lines that read like statistics tables, in order, with few short lines of other kinds between."""
    current: list[Line] = []
    gap = 0
    for line in _Scan(document, words).lines():
        if line.known:
            current.append(line)
            gap = 0
        elif current:
            gap += 1
            current.append(line)
            if gap > GAP or not line.short:
                yield from _worth(current, gap, words.book)
                current, gap = [], 0
    yield from _worth(current, gap, words.book)


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


class Words:
    """What a printed word is, remembered: the same labels stand in every report."""

    def __init__(self, book: Book, figures: Figures) -> None:
        self.book, self.figures = book, figures
        self._cells: dict[str, tuple[Kind, str, bool]] = {}
        self._words: dict[str, tuple[Kind, str, bool]] = {}

    def cell(self, text: str) -> tuple[Kind, str, bool]:
        """Kind of a grid's cell, its label without ordinal and punctuation, whether this is (part of) one of ours."""
        return self._cells.get(text) or self._learn(self._cells, text, True)

    def word(self, text: str) -> tuple[Kind, str, bool]:
        """The same of a word in a line of text."""
        if len(text) > LONGEST:
            return "text", text, False
        return self._words.get(text) or self._learn(self._words, text, False)

    def _learn(self, known: dict[str, tuple[Kind, str, bool]], text: str, loose: bool) -> tuple[Kind, str, bool]:
        if len(known) > MEMORY:
            known.clear()
        kind, norm = self._classify(text.strip(), loose)
        known[text] = (kind, norm, kind != "text" or self.book.known(norm))
        return known[text]

    def _classify(self, text: str, loose: bool) -> tuple[Kind, str]:
        if not text:
            return "blank", ""
        if _YEAR.fullmatch(text):
            return "text", text
        if self.figures.is_value(text):
            return "value", ""
        if self.figures.is_unit(text):
            return "unit", ""
        if len(text) <= SIZE and self.figures.is_broken(text, loose):
            return "value", ""
        return "text", self.book.normal(text)


@lru_cache(maxsize=8)
def words(forms: Forms) -> Words:
    """The words of the tables of `forms`."""
    return Words(book(forms), figures(forms))


class _Scan:
    """One pass over a document. `closed` says that the last line of text ended its cell with a stroke."""

    def __init__(self, document: Document, words: Words) -> None:
        self.document, self.text = document, document.text
        self.book, self.words = words.book, words
        self.closed = True

    def lines(self) -> Iterator[Line]:
        number = 0
        for place, block in enumerate(self.document.blocks):
            made = self._grid(block, place) if isinstance(block, Grid) else self._block(block)
            for line in made:
                line.number = number
                for piece in line.pieces:
                    piece.line = number
                number += 1
                yield line

    def _grid(self, grid: Grid, place: int) -> list[Line]:
        lines: list[Line] = []
        texts = known = labels = 0
        printed = [_printed(row) for row in grid.rows]
        full = sum(places == len(row) for places, row in zip(printed, grid.rows, strict=True))
        even = full * 10 >= len(printed) * EVEN
        learned = self.words.cell
        for number, row in enumerate(grid.rows):
            pieces = []
            torn = even and printed[number] < len(row)
            for (text, start, end, _, first), last in _own_cells(row, number, printed[number]):
                kind, norm, like = learned(text)
                pieces.append(Piece(kind, text, start, end, 0, norm, number, first, last, torn=torn))
                if kind == "text":
                    texts += 1
                    known += like
                    labels += norm in self.book.roles
            start, end = (pieces[0].start, pieces[-1].end) if pieces else (grid.start, grid.start)
            lines.append(Line(start, end, True, True, place, pieces))
        ours = known * 2 >= texts and (labels > 0 or known == texts)
        for line in lines:
            line.part = not ours and labels >= SOME
            line.known = ours or (line.part and self._ours(line))
            line.short = line.part or len(lines) <= GAP
        return lines

    def _ours(self, line: Line) -> bool:
        """Whether most of a row's words are of a form."""
        words = [self.words.cell(piece.raw)[2] for piece in line.pieces if piece.kind == "text"]
        return sum(words) * 2 >= len(words)

    def _block(self, block: Block) -> Iterator[Line]:
        """The source lines of a paragraph."""
        pieces = block.pieces
        first = 0
        for place in range(1, len(pieces) + 1):
            if place == len(pieces) or "\n" in self.text[pieces[place - 1][1] : pieces[place][0]]:
                yield self._line(pieces[first:place])
                first = place

    def _line(self, spans: tuple[tuple[int, int], ...]) -> Line:
        start, end = spans[0][0], spans[-1][1]
        raw = self.text[start:end]
        edge = self.text.rfind("\n", 0, start) + 1
        if raw.strip(_STROKES):
            self.closed = _STROKE.match(raw[-1]) is not None or _CLOSES.match(self.text, end) is not None
        if raw.isdecimal():
            return Line(start, end, True, pieces=[Piece("value", raw, start, end, 0, x=start - edge)])
        apart = "  " in raw
        size = WIDE if apart else LONG
        line = Line(start, end, False, end - start <= size and _SENTENCE.search(raw) is None)
        joined = end - start > WIDE and "   " not in raw and "|" not in raw
        if joined and raw.count(" ") < JOINED:
            return line
        line.known = True
        if _PAGE.fullmatch(raw):
            return line
        for a, b in spans:
            for piece in self._words(a, b, edge):
                line.pieces.append(piece)
                if piece.kind == "text" and not self.words.word(piece.raw)[2]:
                    line.known = False
                    if not line.short and not joined:
                        line.pieces.clear()
                        return line
        line.known = self._is_table(line) if joined else line.known or self._is_header(line)
        return line

    def _is_header(self, line: Line) -> bool:
        """Whether all words of a line but one or two are labels."""
        labels = sum(piece.norm in self.book.roles for piece in line.pieces)
        return labels >= SEVERAL and labels + 2 >= len(line.pieces)

    def _is_table(self, line: Line) -> bool:
        """Whether a line holds a whole table, its cells parted by single blanks."""
        texts = [piece for piece in line.pieces if piece.kind == "text"]
        labels = sum(piece.norm in self.book.roles for piece in texts)
        values = sum(piece.kind == "value" for piece in line.pieces)
        ours = sum(self.words.word(piece.raw)[2] for piece in texts)
        if labels < 3 or values < JOINED // 2 or ours * 2 < len(texts):
            line.pieces.clear()
        return bool(line.pieces)

    def _words(self, a: int, b: int, edge: int) -> Iterator[Piece]:
        if _STROKE.search(self.text, a, b):
            yield from self._cells(a, b, edge)
            return
        for match in _WORD.finditer(self.text, a, b):
            raw = match[0]
            if raw.isdecimal():
                yield Piece("value", raw, match.start(), match.end(), 0, "", x=match.start() - edge)
                continue
            kind, norm, like = self.words.word(raw)
            start = match.start()
            if like and kind == "text" and len(raw) > SIDE and norm not in self.book.roles:
                heads = self.book.heads.parted(raw)
                if heads:
                    yield from _side_by_side(heads, start, edge)
                    continue
            if kind == "text" and raw[-1].isdecimal() and (split := self._touching(raw)):
                yield Piece(
                    "text", raw[:split], start, start + split, 0, self.words.word(raw[:split])[1], x=start - edge
                )
                raw, start, kind, norm = raw[split:], start + split, "value", ""
            if kind != "text" or norm:
                yield Piece(kind, raw, start, match.end(), 0, norm, x=start - edge)

    def _touching(self, raw: str) -> int:
        """Where a number begins that touches the label before it, 0 where there is none."""
        label = raw.rstrip(_FIGURES)
        if len(raw) - len(label) > 1 and self.words.word(raw[len(label) :])[0] != "value":
            return 0
        norm = self.words.word(label)[1] if label else ""
        own = norm in self.book.roles or (norm != "" and self.book.heads.letters.issuperset(norm))
        return len(label) if own or (len(norm) > SHORT and norm in self.book.whole) else 0

    def _cells(self, a: int, b: int, edge: int) -> Iterator[Piece]:
        """A line of cells with upright strokes between; a stroke alone on its line ends a cell or is an empty one."""
        if not self.text[a:b].strip(_STROKES):
            if b - a == 1 and (self.closed or _NEXT_CELL.match(self.text, b)):
                yield Piece("blank", "", a, a, 0, x=a - edge)
            else:
                self.closed = True
            return
        cells = _between_strokes(self.text, a, b)
        for place, (start, end) in enumerate(cells):
            raw = self.text[start:end]
            if not raw and place in (0, len(cells) - 1):
                continue
            kind, norm, _ = self.words.word(raw)
            if kind != "text" or norm:
                yield Piece(kind, raw, start, end, 0, norm, x=start - edge)


def _side_by_side(heads: Sequence[str], start: int, edge: int) -> Iterator[Piece]:
    """Heads of narrow columns between which a line of text has no blank."""
    for head in heads:
        yield Piece("text", head, start, start + len(head), 0, head, x=start - edge)
        start += len(head)


def _own_cells(row: tuple[GridCell, ...], number: int, printed: int) -> list[tuple[GridCell, int]]:
    """The cells that begin among the `printed` first places of this row, each with the last column it covers."""
    cells = []
    for place, cell in enumerate(row[:printed]):
        if cell.column == place and cell.row == number:
            last = place
            while last + 1 < len(row) and row[last + 1] is cell:
                last += 1
            cells.append((cell, last))
    return cells


def _printed(row: tuple[GridCell, ...]) -> int:
    """How many places of the row hold cells, without what only fills it up to the width of the table."""
    printed = len(row)
    while printed > 1 and row[printed - 1].start == row[printed - 1].end == row[printed - 2].end:
        if row[printed - 1] is row[printed - 2]:
            return len(row)
        printed -= 1
    return printed


def _between_strokes(text: str, a: int, b: int) -> list[tuple[int, int]]:
    """Start and end of what stands between the strokes of a line, blanks cut off."""
    edges = [a - 1, *(stroke.start() for stroke in _STROKE.finditer(text, a, b)), b]
    cells = []
    for left, right in pairwise(edges):
        raw = text[left + 1 : right]
        start = left + 1 + len(raw) - len(raw.lstrip())
        cells.append((start, max(start, right - (len(raw) - len(raw.rstrip())))))
    return cells
