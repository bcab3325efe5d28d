"""Rulings of tables on an upright picture, and the cells that they enclose."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from analyzer.readers.recognition.models import Image

Mask = NDArray[Any]
LEVEL, UPRIGHT = 60, 26
"""Least run of ink in pixels (at 200 dpi) from which a level and an upright ruling are built."""
LONG, LONGEST = 100, 300
"""From this length on an upright and a level ruling need not end on others."""
CROWDED, BESIDE = 0.25, 4
"""Share of ink that may stand this many pixels beside a ruling."""
NEAR, GAP, THICK = 10, 12, 12
"""How far an end may stay off the ruling it meets, a ruling be broken, and how thick it may be."""
CONTRAST = 14
"""Grey levels between a ruling and what is beside it."""
LEAST = 14
"""Least side of a cell."""


class Ruling(NamedTuple):
    """A straight line in pixels; `at` is its middle across, `thick` its width."""

    at: float
    start: float
    end: float
    thick: float
    level: bool


class Kind(NamedTuple):
    """How rulings are drawn: pixels along them that are averaged, the longest gap, the share of them (and of a short
    part) that is ink, and how many there must be in each direction."""

    along: int
    gap: int
    whole: float
    short: float
    least: int


SOLID, DASHED = Kind(9, 3, 0.85, 0.93, 2), Kind(13, 9, 0.95, 0.8, 4)


class Cell(NamedTuple):
    """A rectangle that rulings enclose, in pixels, without them."""

    x0: int
    y0: int
    x1: int
    y1: int


def rulings(grey: Image) -> list[Ruling]:
    """The rulings of tables; lines that meet no other are none. Dashed ones count where no others are found."""
    ink = cv2.adaptiveThreshold(
        cv2.blur(grey, (3, 3)), 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, CONTRAST
    )
    return _found(grey, ink, SOLID) or _found(grey, ink, DASHED)


def _found(grey: Image, ink: Mask, kind: Kind) -> list[Ruling]:
    level = [r for r in _joined(_lines(grey, kind, level=True)) if _alone(r, ink, LONGEST, kind)]
    upright = [r for r in _joined(_lines(grey, kind, level=False)) if _alone(r, ink.T, LONG, kind)]
    level, upright = _tables(level, upright)
    level, upright = _tables(level, [part for r in upright for part in _parts(r, level, upright, ink.T, kind)])
    level, upright = _tables([part for r in level for part in _parts(r, upright, level, ink, kind)], upright)
    if min(len(level), len(upright)) < kind.least:
        return []
    return [_snapped(r, upright) for r in level] + [_snapped(r, level) for r in upright]


def _tables(level: list[Ruling], upright: list[Ruling]) -> tuple[list[Ruling], list[Ruling]]:
    """Those that hold one another."""
    while True:
        kept = [r for r in upright if _holds(r, level, LONG)]
        also = [r for r in level if _holds(r, kept, LONGEST)]
        if len(kept) == len(upright) and len(also) == len(level):
            return level, upright
        upright, level = kept, also


def _parts(ruling: Ruling, others: list[Ruling], same: list[Ruling], ink: Mask, kind: Kind) -> list[Ruling]:
    """The ruling without what strokes of text seem to add to it: each part from one crossing to the next is looked at,
    and an end beyond the last crossing counts where other rulings end there too."""
    at = sorted(o.at for o in others if o.start - NEAR <= ruling.at <= o.end + NEAR)
    at = [place for place in at if ruling.start - NEAR <= place <= ruling.end + NEAR]
    if not at:
        return [ruling]
    made: list[Ruling] = []
    edges = [ruling.start, *at, ruling.end]
    for number, (start, end) in enumerate(pairwise(edges)):
        if end - start <= NEAR:
            continue
        part = ruling._replace(start=start, end=end)
        if number in (0, len(edges) - 2):
            place = start if number == 0 else end
            ends = [o.start if number == 0 else o.end for o in same if o is not ruling]
            if end - start < LONG and not any(abs(other - place) <= NEAR for other in ends):
                continue
        inner = part._replace(start=start + 3, end=end - 3)
        if _whole(inner, ink, kind) < (kind.whole if end - start > LONG else kind.short):
            continue
        if made and made[-1].end == start:
            made[-1] = made[-1]._replace(end=end)
        else:
            made.append(part)
    return made


def _holds(ruling: Ruling, others: list[Ruling], long: int) -> bool:
    """Whether the ruling goes from one of the others to another; a long one need only meet one."""
    start, end = (_meets(ruling, place, others) for place in (ruling.start, ruling.end))
    if ruling.end - ruling.start < long:
        return start and end
    return start or end or any(_cross(ruling, other) for other in others)


def _whole(ruling: Ruling, ink: Mask, kind: Kind) -> float:
    """Share of the ruling that is ink, or next to ink (a ruling may be dashed)."""
    half, start, end = ruling.thick / 2, int(ruling.start), int(ruling.end)
    on = ink[max(0, round(ruling.at - half - 1)) : round(ruling.at + half + 2), start:end]
    if on.size == 0:
        return 0.0
    return float(cv2.dilate(on.max(axis=0)[None], np.ones((1, kind.gap), np.uint8)).mean())


def _alone(ruling: Ruling, ink: Mask, long: int, kind: Kind) -> bool:
    """Whether there is ink all along the ruling, and little beside it: strokes of a line of text are none."""
    whole = _whole(ruling, ink, kind)
    if whole < kind.whole:
        return False
    half, start, end = ruling.thick / 2, int(ruling.start), int(ruling.end)
    above = ink[max(0, round(ruling.at - half - BESIDE - 2)) : max(0, round(ruling.at - half - BESIDE + 2)), start:end]
    below = ink[round(ruling.at + half + BESIDE - 1) : round(ruling.at + half + BESIDE + 3), start:end]
    beside = [float(side.mean()) if side.size else 0.0 for side in (above, below)]
    if end - start >= long:
        return min(beside) <= CROWDED * 1.2 and sum(beside) <= CROWDED * 3
    return (max(beside) <= CROWDED and sum(beside) <= CROWDED * 1.4) or (whole > 0.97 and min(beside) <= CROWDED / 2)


def _lines(grey: Image, kind: Kind, *, level: bool) -> list[Ruling]:
    """Thin straight runs of ink in one direction."""
    along = (kind.along, 1) if level else (1, kind.along)
    smooth = cv2.blur(grey, along)
    dark = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, CONTRAST)
    kernel = np.ones((1, LEVEL) if level else (UPRIGHT, 1), np.uint8)
    runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
    count, _, stats, middles = cv2.connectedComponentsWithStats(runs, connectivity=8)
    found = []
    for number in range(1, count):
        x, y, width, height, area = (int(each) for each in stats[number])
        length, across = (width, height) if level else (height, width)
        thick = area / length
        if thick <= THICK and across <= THICK + length / 50:
            middle = float(middles[number][1 if level else 0])
            start = x if level else y
            found.append(Ruling(middle, start, start + length, thick, level))
    return found


def _joined(found: list[Ruling]) -> list[Ruling]:
    """Pieces of one ruling put together."""
    made: list[Ruling] = []
    for ruling in sorted(found, key=lambda r: (r.start, r.at)):
        for number, other in enumerate(made):
            if abs(other.at - ruling.at) <= 4 and ruling.start - other.end <= GAP:
                if ruling.end > other.end:
                    whole = other.end - other.start + ruling.end - ruling.start
                    at = (other.at * (other.end - other.start) + ruling.at * (ruling.end - ruling.start)) / whole
                    thick = max(other.thick, ruling.thick)
                    made[number] = Ruling(at, other.start, ruling.end, thick, ruling.level)
                break
        else:
            made.append(ruling)
    return made


def _meets(ruling: Ruling, place: float, others: list[Ruling]) -> bool:
    return any(abs(o.at - place) <= NEAR and o.start - NEAR <= ruling.at <= o.end + NEAR for o in others)


def _cross(level: Ruling, upright: Ruling) -> bool:
    return (
        level.start - NEAR <= upright.at <= level.end + NEAR and upright.start - NEAR <= level.at <= upright.end + NEAR
    )


def _snapped(ruling: Ruling, others: list[Ruling]) -> Ruling:
    """The ruling with its ends on the rulings that they nearly meet."""
    start, end = ruling.start, ruling.end
    for other in others:
        if other.start - NEAR <= ruling.at <= other.end + NEAR:
            if abs(other.at - ruling.start) <= NEAR:
                start = other.at
            if abs(other.at - ruling.end) <= NEAR:
                end = other.at
    return ruling._replace(start=start, end=end)


def mask(found: list[Ruling], height: int, width: int, wider: int = 0) -> Mask:
    """The rulings drawn."""
    drawn = np.zeros((height, width), np.uint8)
    for ruling in found:
        half = ruling.thick / 2 + wider
        across, along = (round(ruling.at - half), round(ruling.at + half)), (round(ruling.start), round(ruling.end))
        a0, a1, l0, l1 = max(0, across[0]), across[1] + 1, max(0, along[0] - wider), along[1] + 1 + wider
        if ruling.level:
            drawn[a0:a1, l0:l1] = 255
        else:
            drawn[l0:l1, a0:a1] = 255
    return drawn


def cells(found: list[Ruling], height: int, width: int) -> list[Cell]:
    """The rectangles that rulings enclose, from top to bottom and from left to right."""
    if not found:
        return []
    drawn = mask(found, height, width, 1)
    for x, y, wide, high, _ in _pieces(drawn):
        cv2.rectangle(drawn, (x, y), (x + wide - 1, y + high - 1), 255, 2)
    made = []
    for x, y, wide, high, area in _pieces(cv2.bitwise_not(drawn)):
        edge = x == 0 or y == 0 or x + wide == width or y + high == height
        if not edge and wide >= LEAST and high >= LEAST and area > 0.6 * wide * high:
            made.append(Cell(x, y, x + wide, y + high))
    return sorted(made, key=lambda cell: (cell.y0, cell.x0))


def _pieces(drawn: Mask) -> list[tuple[int, int, int, int, int]]:
    """Left, top, width, height and area of what hangs together in a drawing."""
    stats = cv2.connectedComponentsWithStats(drawn, connectivity=4)[2]
    return [(int(x), int(y), int(wide), int(high), int(area)) for x, y, wide, high, area in stats[1:]]
