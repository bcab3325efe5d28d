"""Strokes → lattices: the rulings that hang together, the edges they draw, the cells between them.

Rulings come in pieces: a border for each cell, dashes, double lines, thin rectangles, ends a little short of each
other, no outer border. Pieces in line become one ruling; rulings that meet are one lattice; an edge of the lattice that
nothing rules parts no cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from analyzer.readers.pages.model import Box, Stroke

NEAR = 4.0
"""Points within which parallel rulings are one edge, and ends meet what they should touch."""
SLIVER = 6.0
"""Points of a column or row in which nothing can stand."""
STAGGERED = 9.0
"""Points within which two rulings that never run side by side are one edge of cells a little out of line."""
BENT = 1.0
"""Points by which a ruling must stand off its edge to count by itself."""
GAP, DASH = 3.0, 12.0
"""Points that may lie between two pieces of a ruling, and the length up to which a piece may be a dash."""
SHORTEST = 5.0
MOST = 600
"""Rulings of one direction beyond which a page is a drawing."""
HANGING = 8.0
"""Points by which rulings go beyond the last edge where the outer border is left out."""
DOT = 2.0
"""Length up to which a piece may be a dot."""
BAND = 40.0
"""Points that may lie between two pieces of a table without outer borders: a row that is one cell."""
Interval = tuple[float, float]
Piece = tuple[float, float, float]
Group = tuple[list["Ruling"], list["Ruling"]]


class Ruling(NamedTuple):
    """A ruling at `at` across its direction (y of a level one), from `a` to `b` along it."""

    at: float
    a: float
    b: float


class Block(NamedTuple):
    """A cell of a lattice: its first row and column, the rows and columns it covers. `whole` is False for a piece of
    an area that is no rectangle: a ruling is missing, or one is too many."""

    row: int
    column: int
    down: int
    across: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Lattice:
    """`xs` and `ys` are the edges of its columns and rows, `blocks` its cells row by row; `bent` the upright rulings
    that stand a little off their edge, with its number."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    blocks: tuple[Block, ...]
    bent: tuple[tuple[int, Ruling], ...] = ()

    @property
    def box(self) -> Box:
        """The area it covers."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def lattices(strokes: Sequence[Stroke]) -> list[Lattice]:
    """The lattices of a page from top to bottom; one of a single cell is a frame."""
    level = rulings(_level(strokes))
    upright = rulings(_upright(strokes))
    if not level or not upright or max(len(level), len(upright)) > MOST:
        return []
    found = [_lattice(rows, columns) for rows, columns in _stacked(_meeting(level, upright))]
    return sorted((lattice for lattice in found if lattice), key=lambda each: each.box[1::-1])


def _level(strokes: Iterable[Stroke]) -> Iterator[Piece]:
    """The level pieces; a dot may be one of a level or of an upright ruling."""
    for x0, y0, x1, y1 in strokes:
        if x1 - x0 >= y1 - y0 or y1 - y0 <= DOT:
            half = (y1 - y0) / 2 if x1 - x0 < y1 - y0 else 0.0
            yield (y0 + y1) / 2, x0 - half, x1 + half


def _upright(strokes: Iterable[Stroke]) -> Iterator[Piece]:
    for x0, y0, x1, y1 in strokes:
        if x1 - x0 < y1 - y0 or x1 - x0 <= DOT:
            half = (x1 - x0) / 2 if x1 - x0 >= y1 - y0 else 0.0
            yield (x0 + x1) / 2, y0 - half, y1 + half


def rulings(pieces: Iterable[Piece]) -> list[Ruling]:
    """Whole rulings of one direction out of (across, from, to); pieces side by side count as one."""
    made: list[Ruling] = []
    for group in _bundles(sorted(pieces)):
        at = _middle(group)
        made += (Ruling(at, a, b) for a, b in _chains([(a, b) for _, a, b in group]) if b - a >= SHORTEST)
    return made


def _bundles(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    bundle: list[Piece] = []
    for piece in pieces:
        if bundle and (piece[0] - bundle[-1][0] > NEAR * 0.8 or piece[0] - bundle[0][0] > NEAR):
            yield bundle
            bundle = []
        bundle.append(piece)
    if bundle:
        yield bundle


def _middle(group: Sequence[Piece]) -> float:
    weights = [max(b - a, 0.1) for _, a, b in group]
    return sum(at * weight for (at, _, _), weight in zip(group, weights, strict=True)) / sum(weights)


def _chains(intervals: list[Interval]) -> list[Interval]:
    """Intervals joined where they touch; two dashes may lie apart as far as the shorter is long."""
    chains: list[Interval] = []
    last = 0.0
    for a, b in sorted(intervals):
        length = b - a
        dash = min(length, last) if max(length, last) <= DASH else 0.0
        if chains and a - chains[-1][1] <= max(GAP, dash * 1.5 + 1):
            chains[-1] = chains[-1][0], max(chains[-1][1], b)
        else:
            chains.append((a, b))
        last = length
    return chains


def _meeting(level: Sequence[Ruling], upright: Sequence[Ruling]) -> Iterator[Group]:
    """Rulings that hang together, level and upright ones apart; a level one may stand alone."""
    parent = list(range(len(level) + len(upright)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for m, (x, top, bottom) in enumerate(upright, start=len(level)):
        for n, (y, left, right) in enumerate(level):
            if top - NEAR <= y <= bottom + NEAR and left - NEAR <= x <= right + NEAR:
                parent[root(m)] = root(n)
    groups: dict[int, Group] = {}
    for n, ruling in enumerate([*level, *upright]):
        groups.setdefault(root(n), ([], []))[n >= len(level)].append(ruling)
    return (group for group in groups.values() if group[0])


def _stacked(groups: Iterable[Group]) -> list[Group]:
    """The groups with those put together that only a row of one cell parts, because no outer border runs beside it."""
    made: list[Group] = []
    for group in sorted(groups, key=lambda each: min(ruling.at for ruling in each[0])):
        if made and _is_open(group) and _is_open(made[-1]) and (group[1] or made[-1][1]):
            (a, b, _, bottom), (c, d, top, _) = _extent(made[-1]), _extent(group)
            if abs(a - c) <= NEAR and abs(b - d) <= NEAR and 0 < top - bottom <= BAND:
                made[-1] = made[-1][0] + group[0], made[-1][1] + group[1]
                continue
        made.append(group)
    return [group for group in made if group[1]]


def _extent(group: Group) -> tuple[float, float, float, float]:
    """From where to where its level rulings run, and between which heights they lie."""
    level = group[0]
    ats = [ruling.at for ruling in level]
    return min(ruling.a for ruling in level), max(ruling.b for ruling in level), min(ats), max(ats)


def _is_open(group: Group) -> bool:
    """Whether its level rulings go on beyond the first and the last upright one."""
    ats = [ruling.at for ruling in group[1]]
    left, right, _, _ = _extent(group)
    return not ats or (min(ats) - left > HANGING and right - max(ats) > HANGING)


def _lattice(level: list[Ruling], upright: list[Ruling]) -> Lattice | None:
    """The lattice of rulings that hang together; None where they enclose nothing."""
    ys, rows = _edges(level)
    xs, columns = _edges(upright)
    _close(xs, columns, level)
    _close(ys, rows, upright)
    if len(xs) < 2 or len(ys) < 2:
        return None
    blocks = _blocks(_joints(xs, ys, rows, columns), len(ys) - 1, len(xs) - 1)
    return Lattice(tuple(xs), tuple(ys), tuple(blocks), tuple(_bent(xs, upright)))


def _bent(xs: Sequence[float], upright: Iterable[Ruling]) -> Iterator[tuple[int, Ruling]]:
    """The upright rulings that stand off the edge they make."""
    for ruling in upright:
        off, number = min((abs(x - ruling.at), n) for n, x in enumerate(xs))
        if BENT < off <= STAGGERED:
            yield number, ruling


def _edges(found: list[Ruling]) -> tuple[list[float], list[list[Interval]]]:
    """The edges in order with what is ruled along each."""
    ats: list[float] = []
    ruled: list[list[Interval]] = []
    for at, a, b in sorted(found):
        if ats and at - ats[-1] <= (STAGGERED if _apart(ruled[-1], a, b) else SLIVER):
            ruled[-1].append((a, b))
            ats[-1] = at if b - a > sum(d - c for c, d in ruled[-1][:-1]) else ats[-1]
        else:
            ats.append(at)
            ruled.append([(a, b)])
    return ats, ruled


def _apart(intervals: Sequence[Interval], a: float, b: float) -> bool:
    """Whether the interval runs beside none of the others."""
    return all(min(b, d) - max(a, c) < NEAR for c, d in intervals)


def _close(ats: list[float], ruled: list[list[Interval]], across: Sequence[Ruling]) -> None:
    """Adds the outer edges that are not ruled though the rulings across go on to them."""
    first, last = min(ruling.a for ruling in across), max(ruling.b for ruling in across)
    if ats[0] - first > HANGING:
        ats.insert(0, first)
        ruled.insert(0, [])
    if last - ats[-1] > HANGING:
        ats.append(last)
        ruled.append([])


def _joints(
    xs: list[float], ys: list[float], rows: list[list[Interval]], columns: list[list[Interval]]
) -> list[tuple[int, int]]:
    """Pairs of neighbouring places (row by row, counted from 0) that no ruling parts."""
    width = len(xs) - 1
    pairs = []
    for r, (top, bottom) in enumerate(pairwise(ys)):
        pairs += [(r * width + c - 1, r * width + c) for c in range(1, width) if not _covers(columns[c], top, bottom)]
    for c, (left, right) in enumerate(pairwise(xs)):
        pairs += [
            ((r - 1) * width + c, r * width + c) for r in range(1, len(ys) - 1) if not _covers(rows[r], left, right)
        ]
    return pairs


def _covers(intervals: Sequence[Interval], a: float, b: float) -> bool:
    """Whether at least half of a…b is ruled."""
    return sum(max(0.0, min(b, d) - max(a, c)) for c, d in intervals) * 2 >= b - a


def _blocks(pairs: Sequence[tuple[int, int]], height: int, width: int) -> list[Block]:
    parent = list(range(height * width))
    for a, b in pairs:
        while parent[a] != a:
            a = parent[a]
        while parent[b] != b:
            b = parent[b]
        parent[max(a, b)] = min(a, b)
    areas: dict[int, list[int]] = {}
    for place in range(height * width):
        parent[place] = parent[parent[place]]
        areas.setdefault(parent[place], []).append(place)
    blocks: list[Block] = []
    for area in areas.values():
        rows, columns = [place // width for place in area], [place % width for place in area]
        down, across = max(rows) - rows[0] + 1, max(columns) - min(columns) + 1
        if down * across == len(area):
            blocks.append(Block(rows[0], min(columns), down, across))
        else:
            blocks += _pieces(area, width)
    return sorted(blocks)


def _pieces(area: Sequence[int], width: int) -> Iterator[Block]:
    """Rectangles of an area that is none: equal runs of places below one another are one."""
    runs: dict[tuple[int, int], Block] = {}
    start = area[0]
    for place, following in zip(area, [*area[1:], -1], strict=True):
        if following == place + 1 and following % width:
            continue
        row, column, across = start // width, start % width, place - start + 1
        above = runs.get((column, across))
        if above and above.row + above.down == row:
            runs[column, across] = above._replace(down=above.down + 1)
        else:
            if above:
                yield above
            runs[column, across] = Block(row, column, 1, across, whole=False)
        start = following
    yield from runs.values()
