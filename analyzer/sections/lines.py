"""The lines in which headings are looked for: paragraphs, cut where an ordinal opens a new line or clause inside
them, and the rows of tables that hold one text only."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from analyzer.document import Block, Document, Grid
from analyzer.knowledge.outline import Outline

CROWDED = 60


class Line(NamedTuple):
    """Part `start`…`end` of a block's text; `breaks` are the ends of the source lines in it, counted from its start;
    `whole` is False for what was cut out of the middle of a source line."""

    block: Block
    start: int
    end: int
    breaks: tuple[int, ...] = ()
    whole: bool = True

    @property
    def text(self) -> str:
        """The line's text."""
        return self.block.text[self.start : self.end]

    @property
    def place(self) -> int:
        """First code point in the extracted text."""
        return self.locate(0, 1) if self.start < self.end else self.block.start

    def locate(self, start: int, end: int) -> int:
        """Place in the extracted text of the part `start`…`end`: its first code point."""
        return self.block.locate(self.start + start, self.start + end).start

    def finish(self, start: int, end: int) -> int:
        """One past the last code point of the part `start`…`end` in the extracted text."""
        return self.block.locate(self.start + start, self.start + end).end


def lines(document: Document, outline: Outline) -> list[Line]:
    """All lines of the document in reading order."""
    found: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            found.extend(_rows(block))
        elif block.pieces and block.text.strip():
            found.extend(_cut(block, document.text, outline))
    return found


def _rows(grid: Grid) -> Iterator[Line]:
    """Rows of a table in which one cell only holds text: headings of layouts."""
    for row in grid.rows:
        cell = row[0] if row else None
        if not (cell and cell.text.strip() and all(other is cell or not other.text for other in row)):
            continue
        if cell.end - cell.start == len(cell.text):
            yield Line(Block(cell.text, ((cell.start, cell.end),), page=grid.page), 0, len(cell.text))


def _cut(block: Block, text: str, outline: Outline) -> Iterator[Line]:
    """The block as one line, or as several where ordinals open some inside it."""
    if len(block.pieces) == 1 and len(block.text) <= CROWDED:
        yield Line(block, 0, len(block.text))
        return
    fresh = _source_lines(block, text) if len(block.pieces) > 1 else []
    ends = dict(pairwise([*fresh, len(block.text)]))
    starts = {at for at in fresh if _opens(block.text, at, outline) or _captioned(block.text, at, ends, outline)}
    inner = set()
    if len(block.text) > CROWDED:
        inner = {found.start() for found in outline.patterns.flat.regex.finditer(block.text)} - {0}
    bounds = [0, *sorted(starts | inner), len(block.text)]
    for start, end in pairwise(bounds):
        if start < end:
            breaks = tuple(at - start for at in fresh if start < at < end)
            yield Line(block, start, end, breaks, start == 0 or start in starts)


def _opens(text: str, start: int, outline: Outline) -> bool:
    """Whether an ordinal opens the source line at `start`; before a comma it may be the end of a word cut in two."""
    found = outline.ordinal.match(text, start)
    return found is not None and not (found[0].rstrip()[-1:] in ("，", ",") and text[start - 1].isalpha())


def _captioned(text: str, start: int, ends: dict[int, int], outline: Outline) -> bool:
    """Whether the source line at `start` is the caption of a table or the mark of an annex, or follows one."""
    line = text[start : ends[start]].strip()
    return outline.patterns.caption.finds(line) or outline.patterns.annex.finds(line)


def _source_lines(block: Block, text: str) -> list[int]:
    """Places in the block's text where a new line of the source begins."""
    found, seen = [], 0
    for (a, b), (following, _) in pairwise(block.pieces):
        seen += b - a
        if "\n" in text[b:following] or text[b - 1 : b] == "\n":
            found.append(seen)
    return found
