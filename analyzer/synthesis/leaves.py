"""Reports set on pages without any office program: where each line of text and each ruling lies on which page.

Every character is as wide as its font is high, those of ASCII half as wide, so that no font is needed. Lengths are
millimetres from the upper left corner.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.synthesis.copies import Copy, Passage
from analyzer.synthesis.forms import Model

WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP = 26.0, 30.0
TITLE, PROSE, SMALL = 7.76, 5.64, 3.18
LEADING = 1.75
INDENT = 2
PAD = 0.9
WIDEST, NARROWEST = 9.0, 2.4
"""Characters for which the widest and the narrowest column of a table have room, as shares of the line."""
_WORD = re.compile(r"[0-9A-Za-z.,%/]+|.", re.S)
_CLOSING = frozenset("，。、；：）”》！？,.;:)")


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text: where it begins, the line it stands on, its size."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle drawn round a cell."""

    x: float
    y: float
    width: float
    height: float


@dataclass
class Leaf:
    """One page."""

    texts: list[Text] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    width: float = WIDTH
    height: float = HEIGHT


def width_of(text: str, size: float) -> float:
    """How wide a text is set."""
    return sum(size / 2 if character.isascii() else size for character in text)


def lines_of(text: str, room: float, size: float, *, indent: int = 0) -> list[str]:
    """A text in lines that fit, the first set in by `indent` characters; numbers stay whole, no line begins with a
    closing mark."""
    lines, line, left = [], "", room - indent * size
    for word in _WORD.findall(text):
        wide = width_of(word, size)
        if word == "\n" or (wide > left and line and word not in _CLOSING):
            lines.append(line)
            line, left = "", room
        if word != "\n":
            line += word
            left -= wide
    return [*lines, line] if line else lines


def leaves(copy: Copy, *, numbered: str = "- {} -") -> list[Leaf]:
    """The pages of a report: title, prose, tables cut where a page ends. `numbered` is how a page tells its number."""
    setter = Setter()
    setter.report(copy)
    for number, leaf in enumerate(setter.pages, start=1):
        foot = numbered.format(number)
        leaf.texts.append(Text((WIDTH - width_of(foot, 4.2)) / 2, HEIGHT - 15, foot, 4.2))
    return setter.pages


class Setter:
    """Fills pages from the top. `repeat` rows of a table stand again above its part on a further page."""

    def __init__(self, *, repeat: int = 0) -> None:
        self.pages = [Leaf()]
        self.y = TOP
        self.repeat = repeat

    def report(self, copy: Copy) -> None:
        """A whole report behind what stands there."""
        for line in copy.title:
            for piece in lines_of(line, WIDTH - 2 * LEFT, TITLE):
                self.line(piece, TITLE, bold=True, centred=True)
        for passage in copy.passages:
            self.passage(passage)

    def turn(self) -> None:
        """A new page."""
        self.pages.append(Leaf())
        self.y = TOP

    def room(self, height: float) -> None:
        """A new page where so much does not fit on this one."""
        if self.y + height > HEIGHT - TOP:
            self.turn()

    def line(self, text: str, size: float, *, bold: bool = False, centred: bool = False, indent: int = 0) -> None:
        """A line of text, set in by `indent` characters."""
        self.room(size * LEADING)
        x = (WIDTH - width_of(text, size)) / 2 if centred else LEFT + indent * size
        self.pages[-1].texts.append(Text(x, self.y + size, text, size, bold))
        self.y += size * LEADING

    def passage(self, passage: Passage) -> None:
        """A heading with its paragraphs and tables."""
        if passage.heading:
            self.paragraph(passage.heading, bold=True)
        models = [model for sheet in passage.sheets for model in sheet.models]
        for model in models if passage.sheets_first else ():
            self.table(model)
        for text in passage.paragraphs:
            self.paragraph(text)
        for model in () if passage.sheets_first else models:
            self.table(model)

    def paragraph(self, text: str, *, bold: bool = False) -> None:
        """A paragraph, its first line set in."""
        for number, line in enumerate(lines_of(text.strip(), WIDTH - 2 * LEFT, PROSE, indent=INDENT)):
            self.line(line, PROSE, bold=bold, indent=0 if number else INDENT)

    def table(self, model: Model) -> None:
        """A table, cut between two rows where the page ends."""
        self.y += SMALL
        rows = _placed(model)
        edges = _edges(rows)
        heights = _heights(rows, edges, len(model))
        first = 0
        while first < len(model):
            last = first
            height = heights[first]
            while last + 1 < len(model) and self.y + height + heights[last + 1] <= HEIGHT - TOP:
                last += 1
                height += heights[last]
            if self.y + height > HEIGHT - TOP and self.y > TOP:
                self.turn()
                continue
            self._band(rows, edges, heights, (first, last))
            self.y += height
            first = last + 1
            if first < len(model):
                self.turn()
                self._head(rows, edges, heights)
        self.y += SMALL

    def _head(self, rows: Sequence[_Placed], edges: Sequence[float], heights: Sequence[float]) -> None:
        """The rows that stand again on each page."""
        if self.repeat:
            self._band(rows, edges, heights, (0, self.repeat - 1))
            self.y += sum(heights[: self.repeat])

    def _band(
        self, rows: Sequence[_Placed], edges: Sequence[float], heights: Sequence[float], band: tuple[int, int]
    ) -> None:
        """The rows of a table that stand on one page; a cell cut by the page's end has its text above."""
        first, last = band
        for cell in rows:
            top, end = max(cell.row, first), min(cell.row + cell.down - 1, last)
            if top > end:
                continue
            y = self.y + sum(heights[first:top])
            high = sum(heights[top : end + 1])
            x, wide = edges[cell.column], edges[cell.column + cell.across] - edges[cell.column]
            self.pages[-1].frames.append(Frame(x, y, wide, high))
            if cell.row >= first:
                self._fill(cell.text, Frame(x, y, wide, high))

    def _fill(self, text: str, frame: Frame) -> None:
        lines = lines_of(text, frame.width - 2 * PAD, SMALL)
        y = frame.y + (frame.height - len(lines) * SMALL * 1.2) / 2
        for line in lines:
            x = frame.x + (frame.width - width_of(line, SMALL)) / 2
            self.pages[-1].texts.append(Text(x, y + SMALL, line, SMALL))
            y += SMALL * 1.2


@dataclass(frozen=True, slots=True)
class _Placed:
    text: str
    row: int
    column: int
    across: int
    down: int


def _placed(model: Model) -> list[_Placed]:
    taken: set[tuple[int, int]] = set()
    found: list[_Placed] = []
    for y, row in enumerate(model):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            taken.update((y + dy, x + dx) for dy in range(cell.down) for dx in range(cell.across))
            found.append(_Placed(cell.text, y, x, cell.across, min(cell.down, len(model) - y)))
            x += cell.across
    return found


def _edges(cells: Sequence[_Placed]) -> list[float]:
    """Where the columns begin and end: wider ones for longer texts."""
    count = max(cell.column + cell.across for cell in cells)
    shares = [NARROWEST] * count
    for cell in cells:
        if cell.across == 1:
            longest = max(map(len, cell.text.split("\n")))
            shares[cell.column] = max(shares[cell.column], min(longest, WIDEST) * 0.7)
    scale = (WIDTH - 2 * LEFT) / sum(shares)
    edges = [LEFT]
    for share in shares:
        edges.append(edges[-1] + share * scale)
    return edges


def _heights(cells: Sequence[_Placed], edges: Sequence[float], count: int) -> list[float]:
    """The height of each row; a cell over several rows makes the last one higher where it must."""
    heights = [SMALL * 1.2 + 2 * PAD] * count
    for cell in sorted(cells, key=lambda each: each.down):
        room = edges[cell.column + cell.across] - edges[cell.column] - 2 * PAD
        need = len(lines_of(cell.text, room, SMALL)) * SMALL * 1.2 + 2 * PAD
        lacking = need - sum(heights[cell.row : cell.row + cell.down])
        if lacking > 0:
            heights[cell.row + cell.down - 1] += lacking
    return heights
