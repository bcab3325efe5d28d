"""Glyphs → lines of glyphs, and what tells figures from words by their looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter

from analyzer.readers.pages.model import Box, Glyph

SLACK = 0.45
"""Heights of a character by which the middles of one line's characters may differ."""
PADDING = 12.0
"""Points that a cell keeps free on both sides of its text at most."""
SIDE = 1.25
"""Widths of a figure that one takes with what a cell keeps free on one side at least."""
_MARK = re.compile(r"[-—–－―/／\\*＊]+")
_LEFT = attrgetter("x0")
_POINTS = frozenset(".,，．:：%％")


def middle(glyph: Glyph) -> tuple[float, float]:
    """The middle of its box."""
    return (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2


def lines_of(glyphs: Iterable[Glyph]) -> list[tuple[Glyph, ...]]:
    """The lines from top to bottom, each from left to right; blanks at a line's ends are left out."""
    every = list(glyphs)
    if len(every) < 2:
        return [(glyph,) for glyph in every if glyph.text.strip()]
    lines: list[list[Glyph]] = []
    at = 0.0
    for glyph in sorted(every, key=_height):
        y0, y1 = glyph.y0, glyph.y1
        y = (y0 + y1) / 2
        if lines and y - at <= SLACK * max(y1 - y0, 1.0):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            at = y
    return [line for line in map(_stripped, lines) if line]


def _height(glyph: Glyph) -> float:
    return glyph.y0 + glyph.y1


def _stripped(glyphs: list[Glyph]) -> tuple[Glyph, ...]:
    line = sorted(glyphs, key=_LEFT)
    while line and not line[-1].text.strip():
        line.pop()
    while line and not line[0].text.strip():
        line.pop(0)
    return tuple(line)


def said(line: Iterable[Glyph]) -> str:
    """The characters of a line without any blanks."""
    return "".join(glyph.text for glyph in line if glyph.text.strip())


def is_figure(glyph: Glyph) -> bool:
    """Whether the glyph is a digit or a run that ends and begins with digits."""
    text = glyph.text.strip()
    return bool(text) and text[0].isdecimal() and text[-1].isdecimal()


def is_number(text: str) -> bool:
    """Whether only digits and their points stand in the text, a digit among them."""
    return any(letter.isdecimal() for letter in text) and all(
        letter.isdecimal() or letter in _POINTS for letter in text
    )


@lru_cache(maxsize=4096)
def is_value(text: str) -> bool:
    """Whether a cell of this text holds a number or a mark in the place of one."""
    return is_number(text) or _MARK.fullmatch(text) is not None


def digit_width(glyphs: Sequence[Glyph]) -> float:
    """The width of a digit among the glyphs, the least of them."""
    widths = [(glyph.x1 - glyph.x0) / len(glyph.text.strip()) for glyph in glyphs if is_figure(glyph)]
    return max(min(widths, default=0.0), 1.0)


def is_wrapped(lines: Sequence[Sequence[Glyph]], box: Box) -> bool:
    """Whether lines of figures are one number for which its cell was too narrow."""
    if len(lines) < 2:
        return True
    room = box.x1 - box.x0 - PADDING
    first = 1 if _is_indented(lines[0], lines[1], box) else 0
    return all(line[-1].x1 - line[0].x0 + digit_width(line) > room for line in lines[first:-1])


def _is_indented(first: Sequence[Glyph], following: Sequence[Glyph], box: Box) -> bool:
    """Whether the first line of a number begins so far right that no further figure has room in it."""
    width = digit_width(first)
    indented = first[0].x0 - following[0].x0 > width and first[-1].x1 - following[-1].x1 > width
    return indented and box.x1 - first[-1].x1 < width * SIDE


def in_reading_order(glyphs: Sequence[Glyph], box: Box) -> tuple[tuple[Glyph, ...], ...]:
    """The lines of a cell; a number broken over lines is one line."""
    lines = lines_of(glyphs)
    if len(lines) > 1 and is_number(said(glyphs)) and is_wrapped(lines, box):
        return (tuple(glyph for line in lines for glyph in line),)
    return tuple(lines)
