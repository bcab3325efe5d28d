"""Where lines of text stand on an upright picture: in the cells of tables by their ink, elsewhere by the model."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from analyzer.readers.recognition.models import BOX, GROWTH, SMALLEST, TEXT, Image, Models
from analyzer.readers.recognition.raster import WHITE
from analyzer.readers.recognition.rulings import Cell, Mask

SIDE = 1312
"""Longest side of the picture in which the model finds text."""
SPECK = 6
"""Pixels below which a blot is no character, not even a point."""
FRAME, FRAMED = 6, 0.6
"""Pixels from a cell's edge on which a row or column of ink over this share of it is left of a ruling."""
WIDE = 1.2
"""Heights of a line that a blank between two columns is wide at least."""
TALLEST = 70
"""Pixels above which what is neither found by the model nor in a cell is no character."""


class Strip(NamedTuple):
    """A line of text: its box in pixels, and the number of the cell it stands in (-1: none)."""

    x0: int
    y0: int
    x1: int
    y1: int
    cell: int = -1

    @property
    def height(self) -> int:
        """From top to bottom."""
        return self.y1 - self.y0


def ink_of(grey: Image) -> Mask:
    """What is printed, without specks: 1 where there is ink."""
    level = cv2.threshold(grey, 0, WHITE, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]
    dark = np.asarray(grey < min(max(level, 130), 200), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    kept = stats[:, cv2.CC_STAT_AREA] >= SPECK
    kept[0] = False
    return np.asarray(kept[labels], np.uint8)


def found(models: Models, image: Image) -> list[Strip]:
    """Lines of text as the model finds them."""
    factor = min(1.0, SIDE / max(image.shape[:2]))
    small = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    likely = models.find(np.asarray(small, np.uint8))
    contours, _ = cv2.findContours(np.asarray(likely > TEXT, np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    made = []
    for contour in contours:
        x, y, width, height = cv2.boundingRect(contour)
        if min(width, height) < SMALLEST:
            continue
        inside = np.zeros((height, width), np.uint8)
        cv2.fillPoly(inside, [contour - (x, y)], 1)
        if cv2.mean(likely[y : y + height, x : x + width], inside)[0] < BOX:
            continue
        wider = width * height * GROWTH / (2 * (width + height))
        x0, y0, x1, y1 = x - wider, y - wider, x + width + wider, y + height + wider
        made.append(
            Strip(
                max(0, round(x0 / factor)),
                max(0, round(y0 / factor)),
                min(image.shape[1], round(x1 / factor)),
                min(image.shape[0], round(y1 / factor)),
            )
        )
    return made


def outside(strips: Sequence[Strip], cells: Sequence[Cell]) -> list[Strip]:
    """The lines that do not stand in a cell."""
    return [strip for strip in strips if not any(_covers(cell, strip) for cell in cells)]


def _covers(cell: Cell, strip: Strip) -> bool:
    wide = min(cell.x1, strip.x1) - max(cell.x0, strip.x0)
    high = min(cell.y1, strip.y1) - max(cell.y0, strip.y0)
    if wide <= 0 or high <= 0:
        return False
    return 2 * wide * high > (strip.x1 - strip.x0) * (strip.y1 - strip.y0) or wide * high > 0.5 * (
        (cell.x1 - cell.x0) * (cell.y1 - cell.y0)
    )


def left_over(ink: Mask, strips: Sequence[Strip], cells: Sequence[Cell]) -> list[Strip]:
    """Ink that looks like text, in no cell and on no line found."""
    rest = ink.copy()
    for x0, y0, x1, y1, *_ in (*strips, *cells):
        rest[max(0, y0 - 4) : y1 + 4, max(0, x0 - 4) : x1 + 4] = 0
    near = cv2.dilate(rest, np.ones((3, 15), np.uint8))
    stats = cv2.connectedComponentsWithStats(near, connectivity=8)[2]
    made = []
    for x, y, width, height, _ in stats[1:]:
        if 10 <= height <= TALLEST and width >= 10:
            made.append(Strip(int(x), int(y), int(x + width), int(y + height)))
    return made


def words(ink: Mask, strip: Strip) -> list[Strip]:
    """A line cut apart at wide blanks, where it may hold the figures of several columns."""
    inside = ink[strip.y0 : strip.y1, strip.x0 : strip.x1]
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if not columns.size:
        return [strip]
    blank = max(WIDE * float(rows[-1] - rows[0]), 2.0 * SPECK)
    breaks = np.flatnonzero(np.diff(columns) > blank)
    if not breaks.size:
        return [strip]
    starts, ends = [0, *(breaks + 1)], [*breaks, columns.size - 1]
    rim = int(blank / 3)
    return [
        strip._replace(
            x0=max(strip.x0, strip.x0 + int(columns[a]) - rim), x1=min(strip.x1, strip.x0 + int(columns[b]) + 1 + rim)
        )
        for a, b in zip(starts, ends, strict=True)
    ]


def tight(ink: Mask, strip: Strip) -> Strip:
    """The line without the paper round its ink."""
    inside = ink[strip.y0 : strip.y1, strip.x0 : strip.x1]
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if not rows.size:
        return strip
    x0, y0 = strip.x0 + int(columns[0]), strip.y0 + int(rows[0])
    return strip._replace(x0=x0, y0=y0, x1=strip.x0 + int(columns[-1]) + 1, y1=strip.y0 + int(rows[-1]) + 1)


def in_cell(ink: Mask, cell: Cell, number: int, usual: float) -> list[Strip]:
    """Lines of text in a cell, `usual` being how tall lines are."""
    inside = _unframed(ink[cell.y0 : cell.y1, cell.x0 : cell.x1])
    bands = _bands(np.asarray(inside.any(axis=1)).tolist(), usual)
    made = []
    for y0, y1 in bands:
        columns = np.flatnonzero(inside[y0:y1].any(axis=0))
        x0, x1 = int(columns[0]), int(columns[-1]) + 1
        made.append(Strip(cell.x0 + x0, cell.y0 + y0, cell.x0 + x1, cell.y0 + y1, number))
    return made


def _unframed(inside: Mask) -> Mask:
    """The ink in a cell without what is left of its rulings."""
    inside = inside.copy()
    for edge in (inside[:FRAME], inside[-FRAME:], inside.T[:FRAME], inside.T[-FRAME:]):
        edge[edge.mean(axis=1) > FRAMED] = 0
    return inside


def _bands(rows: Sequence[bool], usual: float) -> list[tuple[int, int]]:
    """Runs of rows with ink; those that together are no taller than a line are one."""
    runs: list[tuple[int, int]] = []
    start = -1
    for at, inked in enumerate([*rows, False]):
        if inked and start < 0:
            start = at
        elif not inked and start >= 0:
            if runs and at - runs[-1][0] <= usual * 1.15:
                runs[-1] = (runs[-1][0], at)
            else:
                runs.append((start, at))
            start = -1
    return [piece for run in runs for piece in _split(run, usual)]


def _split(run: tuple[int, int], usual: float) -> list[tuple[int, int]]:
    """Lines that touch one another, cut apart evenly."""
    start, end = run
    count = max(1, round((end - start) / (usual * 1.2))) if end - start > 1.75 * usual else 1
    edges = [start + round((end - start) * number / count) for number in range(count + 1)]
    return list(pairwise(edges))
