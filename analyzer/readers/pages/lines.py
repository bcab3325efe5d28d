"""Glyphs → lines of text: what stands on one base line, from left to right, with the blanks that its gaps are worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyzer.readers.lines import BLANKS, Line
from analyzer.readers.pages.model import Box, Glyph

APART_EM, WIDE_EM, WORD_EM = 0.5, 1.5, 0.18
"""Gaps, in ems: between parts of a line, between columns, between words of a script that sets blanks."""
MOST_BLANKS = 40
NOWHERE = Box(0, 0, 0, 0)
Doubts = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class SetLine(Line):
    """A line with its place on the page; `set_width` is its width in columns of half the text's usual size,
    `doubts` are the places in its text that were recognised with little confidence."""

    box: Box = NOWHERE
    size: float = 0.0
    set_width: int = 0
    doubts: Doubts = ()

    @property
    def width(self) -> int:
        """Width in columns as it is set."""
        return self.set_width


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The glyphs line by line from the top, each from left to right; raised and lowered ones stay in their line."""
    rows: list[list[Glyph]] = []
    top = bottom = 0.0
    for glyph in sorted(glyphs, key=_middle):
        middle, height = _middle(glyph), glyph.y1 - glyph.y0
        inside = rows and (top <= middle <= bottom) and min(bottom, glyph.y1) - max(top, glyph.y0) > 0.4 * height
        if not inside:
            rows.append([])
            top, bottom = glyph.y0, glyph.y1
        elif height > bottom - top:
            top, bottom = glyph.y0, glyph.y1
        rows[-1].append(glyph)
    for row in rows:
        row.sort(key=_left)
    return rows


def said(row: Sequence[Glyph]) -> tuple[str, Doubts]:
    """The text of a line's glyphs, from left to right, and the places in it that are in doubt."""
    parts: list[str] = []
    doubts: list[tuple[int, int]] = []
    at, before, blank = 0, None, False
    for glyph in row:
        text = glyph.text.strip(BLANKS)
        if not text:
            blank = True
            continue
        if before is not None:
            gap = _blanks(before, glyph, blank)
            parts.append(" " * gap)
            at += gap
        if not glyph.sure:
            doubts.append((at, at + len(text)))
        parts.append(text)
        at += len(text)
        before, blank = glyph, False
    return "".join(parts), tuple(doubts)


def _blanks(before: Glyph, glyph: Glyph, blank: bool) -> int:
    """How many blanks the gap between two glyphs is worth."""
    em = max(before.size, glyph.size) or max(before.y1 - before.y0, glyph.y1 - glyph.y0) or 1.0
    gap = (glyph.x0 - before.x1) / em
    if gap >= WIDE_EM:
        return min(MOST_BLANKS, max(2, round(gap * 2)))
    latin = before.text[-1].isascii() and glyph.text[0].isascii()
    figures = before.text[-1].isdigit() and glyph.text[0].isdigit()
    if blank or gap >= APART_EM:
        return 1
    return 1 if latin and not figures and gap >= WORD_EM else 0


def _middle(glyph: Glyph) -> float:
    return (glyph.y0 + glyph.y1) / 2


def _left(glyph: Glyph) -> float:
    return glyph.x0
