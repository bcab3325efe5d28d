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
    part) that is ink, how many there must be in each direction, and in how many pixels one dash stands at least."""

    along: int
    gap: int
    whole: float
    short: float
    least: int
    dash: int = 0


SOLID, DASHED = Kind(9, 3, 0.85, 0.93, 2), Kind(13, 11, 0.85, 0.75, 4, 34)
THIN = 6
"""How wide a dash is at most."""
INKED, SHOWN, PAPER = 0.6, 0.3, 0.3
"""Share of a dashed ruling that is ink, of a part of it that no characters hide, and of ink beside an upright one."""
TALL, HALF = 150, 0.5
"""Pixels between level rulings of two tables, and the share of a table's height that its longest upright one takes."""
HELD, MORE = 0.75, 1.25
"""Share of the ends of rulings that must meet others, else dashed ones are looked for, which must add up to more."""


class Cell(NamedTuple):
    """A rectangle that rulings enclose, in pixels, without them."""

    x0: int
    y0: int
    x1: int
    y1: int


def rulings(grey: Image) -> list[Ruling]:
    """The rulings of tables; lines that meet no other are none, but for long level ones where no others are found.
    Dashed ones count where the solid ones do not hold one another."""
    ink = cv2.adaptiveThreshold(
        cv2.blur(grey, (3, 3)), 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, CONTRAST
    )
    solid = _found(grey, ink, SOLID)
    if solid and _held(solid) >= HELD:
        return solid
    plain = solid or _open(grey, ink)
    dashed = _found(grey, ink, DASHED)
    return dashed if _length(dashed) > MORE * _length(plain) and (solid or _spans(dashed)) else plain


def _held(found: list[Ruling]) -> float:
    """The share of ends that meet another ruling."""
    others = {level: [r for r in found if r.level != level] for level in (True, False)}
    ends = [_meets(r, place, others[r.level]) for r in found for place in (r.start, r.end)]
    return sum(ends) / len(ends)


def _length(found: list[Ruling]) -> float:
    return sum(r.end - r.start for r in found)


def _spans(found: list[Ruling]) -> bool:
    """Whether an upright ruling runs along most of the tallest table; what characters in a column make does not."""
    at = sorted(r.at for r in found if r.level)
    if not at:
        return False
    breaks = [0, *(n for n in range(1, len(at)) if at[n] - at[n - 1] > TALL), len(at)]
    tallest = max((at[end - 1] - at[start] for start, end in pairwise(breaks)), default=0.0)
    return max((r.end - r.start for r in found if not r.level), default=0.0) > HALF * tallest


def _open(grey: Image, ink: Mask) -> list[Ruling]:
    """Long level rulings that stand alone: those between the rows of tables without upright ones."""
    joined = _joined(_lines(grey, SOLID, level=True))
    made = [r for r in joined if r.end - r.start >= LONGEST and _alone(r, ink, ink, LONGEST, SOLID)]
    return made if len(made) >= DASHED.least else []


def _found(grey: Image, ink: Mask, kind: Kind) -> list[Ruling]:
    lying, standing = (_joined(_lines(grey, kind, level=level)) for level in (True, False))
    if kind.dash:
        lying = _joined([_prolonged(r, ink, kind) for r in lying])
        standing = _joined([_prolonged(r, ink.T, kind) for r in standing])
    level = [r for r in lying if _alone(r, ink, ink, LONGEST, kind)]
    rest, down = _rest(ink, level, kind)
    found = ([f for f in (r, _between(r, level)) if _alone(f, down.T, rest.T, LONG, kind)] for r in standing)
    upright = [either[0] for either in found if either]
    rest, along = _rest(ink, upright, kind)
    level = [r for r in lying if _alone(r, along, rest, LONGEST, kind)]
    level, upright = _tables(level, upright)
    parts = [part for r in upright for part in _parts(r, level, upright, (down.T, ink.T), kind)]
    level, upright = _tables(level, parts)
    parts = [part for r in level for part in _parts(r, upright, level, (along, ink), kind)]
    level, upright = _tables(parts, upright)
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


def _prolonged(ruling: Ruling, ink: Mask, kind: Kind) -> Ruling:
    """The ruling as far as ink goes on along it; characters that touch its dashes hide them from others."""
    half = ruling.thick / 2
    on = ink[max(0, round(ruling.at - half)) : round(ruling.at + half + 1)].max(axis=0, initial=0)
    blank = np.flatnonzero(cv2.dilate(on[None], np.ones((1, kind.gap), np.uint8))[0] == 0)
    start, end = int(ruling.start) + kind.gap, int(ruling.end) - kind.gap
    before, after = blank[blank < start], blank[blank > end]
    first = int(before[-1]) + kind.gap // 2 if before.size else 0
    last = int(after[0]) - kind.gap // 2 if after.size else on.size
    return ruling._replace(start=min(ruling.start, first), end=max(ruling.end, last))


def _parts(
    ruling: Ruling, others: list[Ruling], same: list[Ruling], inks: tuple[Mask, Mask], kind: Kind
) -> list[Ruling]:
    """The ruling without what strokes of text seem to add to it: each part from one crossing to the next is looked at,
    and an end beyond the last crossing counts where other rulings end there too. `inks` are the ink a ruling may be
    made of and all of it: characters that touch the dashes of one part hide these, not those of the others."""
    at = sorted(o.at for o in others if o.start - NEAR <= ruling.at <= o.end + NEAR)
    at = [place for place in at if ruling.start - NEAR <= place <= ruling.end + NEAR]
    if not at:
        return [ruling]
    edges = [ruling.start, *at, ruling.end]
    parts = [ruling._replace(start=start, end=end) for start, end in pairwise(edges)]
    sure = [_is_part(part, inks[0], kind) for part in parts]
    if kind.dash and not ruling.level:
        sure = [own and not _in_text(part, inks[1]) for part, own in zip(parts, sure, strict=True)]
    if kind.dash and sum(part.end - part.start for part, own in zip(parts, sure, strict=True) if own) >= LONG:
        sure = [own or _is_hidden(part, inks, kind) for part, own in zip(parts, sure, strict=True)]
    ends = [{o.start for o in same if o is not ruling}, {o.end for o in same if o is not ruling}]
    made: list[Ruling] = []
    for number, part in enumerate(parts):
        start, end = part.start, part.end
        if end - start <= NEAR or not sure[number]:
            continue
        if number in (0, len(parts) - 1):
            place = start if number == 0 else end
            if end - start < LONG and not any(abs(other - place) <= NEAR for other in ends[number > 0]):
                continue
        if made and made[-1].end == start:
            made[-1] = made[-1]._replace(end=end)
        else:
            made.append(part)
    return made


def _is_part(part: Ruling, ink: Mask, kind: Kind) -> bool:
    """Whether a ruling runs from one crossing to the next."""
    inner = part._replace(start=part.start + 3, end=part.end - 3)
    least = kind.whole if part.end - part.start > LONG else kind.short
    return _whole(inner, ink, kind) >= least and (not kind.dash or _dashed(inner, ink, kind))


def _is_hidden(part: Ruling, inks: tuple[Mask, Mask], kind: Kind) -> bool:
    """The same for a part some of whose dashes characters touch."""
    if not part.level and _in_text(part, inks[1]):
        return False
    return _whole(part, inks[0], kind) >= SHOWN and _is_part(part, inks[1], kind)


def _in_text(part: Ruling, ink: Mask) -> bool:
    """Whether a short part of a ruling goes through characters."""
    half, start, end = part.thick / 2, int(part.start + BESIDE + 1), int(part.end - BESIDE)
    if part.end - part.start >= LONG or end <= start:
        return False
    before = ink[max(0, round(part.at - half - BESIDE - 1)) : max(0, round(part.at - half - BESIDE + 2)), start:end]
    after = ink[round(part.at + half + BESIDE - 1) : round(part.at + half + BESIDE + 2), start:end]
    return sum(float(side.mean()) for side in (before, after) if side.size) > PAPER


def _holds(ruling: Ruling, others: list[Ruling], long: int) -> bool:
    """Whether the ruling goes from one of the others to another; a long one need only meet one."""
    start, end = (_meets(ruling, place, others) for place in (ruling.start, ruling.end))
    if ruling.end - ruling.start < long:
        return start and end
    return start or end or any(_crosses(ruling, other) for other in others)


def _whole(ruling: Ruling, ink: Mask, kind: Kind) -> float:
    """Share of the ruling that is ink, or next to ink (a ruling may be dashed)."""
    half, start, end = ruling.thick / 2, int(ruling.start), int(ruling.end)
    on = ink[max(0, round(ruling.at - half - 1)) : round(ruling.at + half + 2), start:end]
    if on.size == 0:
        return 0.0
    return float(cv2.dilate(on.max(axis=0)[None], np.ones((1, kind.gap), np.uint8)).mean())


def _dashed(ruling: Ruling, ink: Mask, kind: Kind) -> bool:
    """Whether there are as many dashes as belong to a ruling of this length, or one stroke all along: characters in
    a column are fewer."""
    half, start, end = ruling.thick / 2, int(ruling.start), int(ruling.end)
    on = ink[max(0, round(ruling.at - half)) : round(ruling.at + half + 1), start:end].max(axis=0, initial=0)
    dashes = int((np.diff(np.concatenate(([0], on.astype(np.int8)))) == 1).sum())
    return float(on.mean()) > (INKED if dashes * kind.dash >= end - start else 0.9)


def _between(ruling: Ruling, others: list[Ruling]) -> Ruling:
    """The ruling from the first to the last that it crosses: a stroke of text may lengthen it."""
    at = [o.at for o in others if _crosses(ruling, o)]
    if len(at) < 2 or max(at) - min(at) < UPRIGHT:
        return ruling
    return ruling._replace(start=max(ruling.start, min(at)), end=min(ruling.end, max(at)))


def _crosses(ruling: Ruling, other: Ruling) -> bool:
    return other.start - NEAR <= ruling.at <= other.end + NEAR and ruling.start - NEAR <= other.at <= ruling.end + NEAR


def _rest(ink: Mask, crossing: list[Ruling], kind: Kind) -> tuple[Mask, Mask]:
    """The ink without the rulings that cross, and the ink that a ruling may be made of: dashes are no characters."""
    drawn = mask(crossing, *ink.shape, wider=2) > 0
    rest = np.where(drawn, 0, ink).astype(np.uint8)
    if not kind.dash:
        return rest, ink
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    sides = stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1]
    kept = (sides.min(axis=1) <= THIN) | (sides.max(axis=1) >= LEVEL)
    kept[0] = False
    return rest, np.asarray(kept[labels] | drawn, np.uint8)


def _alone(ruling: Ruling, ink: Mask, rest: Mask, long: int, kind: Kind) -> bool:
    """Whether there is ink all along the ruling, and little of the `rest` beside it: strokes of a line of text are
    none."""
    whole = _whole(ruling, ink, kind)
    if whole < kind.whole:
        return False
    half, start, end = ruling.thick / 2, int(ruling.start), int(ruling.end)
    above = rest[max(0, round(ruling.at - half - BESIDE - 2)) : max(0, round(ruling.at - half - BESIDE + 2)), start:end]
    below = rest[round(ruling.at + half + BESIDE - 1) : round(ruling.at + half + BESIDE + 3), start:end]
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


def mask(found: list[Ruling], height: int, width: int, *, wider: int = 0) -> Mask:
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
    drawn = mask(found, height, width, wider=1)
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
