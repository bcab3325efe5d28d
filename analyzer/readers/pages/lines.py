"""Glyphs → lines of text: what stands on one base line, from left to right, with the blanks that its gaps are worth."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from analyzer.readers.grid import joined
from analyzer.readers.lines import APART, BLANKS, NEXT, PAGE, Line
from analyzer.readers.pages.model import Box, Glyph, Page

APART_EM, WIDE_EM, WORD_EM, CELL_EM = 0.5, 1.5, 0.18, 0.3
"""Gaps, in ems: between parts of a line, between columns, between words of a script that sets blanks, between cells
without rulings."""
FEW = 2
"""Small gaps of a line up to which they are not those of a line that is spread to fill the width."""
SLIGHT = 0.1
"""Heights of a character up to which a gap is none."""
SPREAD = 3
"""Characters from which a line may be one word spread over its width."""
LEADING, OTHER_SIZE = 1.6, 1.15
"""Usual distances of lines from which on two stand apart; ratio of sizes from which on they are not one text."""
COLUMN = 3
"""Lines with a gap before the same place, from which a column begins there."""
LONG = 14
RAGGED, FULL = 1.5, 5
"""Columns by which the ends of full lines differ; columns beyond which a line goes on."""
MOST_BLANKS = 40
NOWHERE = Box(0, 0, 0, 0)
Doubts = tuple[tuple[int, int], ...]
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")


@dataclass(slots=True)
class SetLine(Line):
    """A line with its place on the page; `part` tells columns of text apart (0: the page's whole width), `columns` is
    its width in columns (half the text's usual size), `doubts` are the places in its text that were recognised with
    little confidence."""

    box: Box = NOWHERE
    size: float = 0.0
    part: int = 0
    columns: int = 0
    doubts: Doubts = ()

    @property
    def width(self) -> int:
        """Width in columns as it is set."""
        return self.columns


def plain(pages: Iterable[Page], radicals: Mapping[str, str]) -> Iterator[Page]:
    """The pages with the usual characters where a font's table gives radicals or other forms of the same look."""
    for page in pages:
        if any(_COMPATIBLE.search(glyph.text) for glyph in page.glyphs):
            glyphs = tuple(glyph._replace(text=_plain(glyph.text, radicals)) for glyph in page.glyphs)
            page = replace(page, glyphs=glyphs)
        yield page


def _plain(text: str, radicals: Mapping[str, str]) -> str:
    return _COMPATIBLE.sub(lambda found: radicals.get(found[0]) or unicodedata.normalize("NFKC", found[0]), text)


def set_lines(rows: Iterable[Sequence[Glyph]], page: int, part: int = 0) -> list[SetLine]:
    """The lines of a page, or of one column of it, with their text and place; `rows` are their glyphs."""
    lines: list[SetLine] = []
    spaced = [_spaced(row) for row in rows]
    _part_by_columns(spaced)
    for one in spaced:
        row = one.printed
        if not row:
            continue
        text, doubts = _written(one, MOST_BLANKS)
        box = Box(row[0].x0, min(g.y0 for g in row), max(g.x1 for g in row), max(g.y1 for g in row))
        bold = all(glyph.bold for glyph in row)
        size = max(glyph.size or glyph.y1 - glyph.y0 for glyph in row)
        lines.append(SetLine(text, (), page=page, bold=bold, box=box, size=size, part=part, doubts=doubts))
    return lines


def cell_of(lines: Sequence[Sequence[Glyph]]) -> tuple[str, Doubts]:
    """The text of a cell's lines of glyphs and the places in it that are in doubt."""
    text = ""
    doubts: list[tuple[int, int]] = []
    for line in lines:
        own, places = said(line, widest=1)
        whole = joined([text, own])
        at = len(whole) - len(own)
        doubts.extend((a + at, b + at) for a, b in places)
        text = whole
    return text, tuple(doubts)


def said(row: Sequence[Glyph], *, widest: int = MOST_BLANKS) -> tuple[str, Doubts]:
    """The text of a line's glyphs, from left to right, and the places in it that are in doubt; no gap is worth more
    than `widest` blanks."""
    return _written(_spaced(row), widest)


@dataclass(slots=True)
class _Spaced:
    """A line's glyphs without blanks, how many blanks stand before each, and before which there is a gap worth none."""

    printed: list[Glyph]
    gaps: list[int]
    near: list[int]


def _spaced(row: Sequence[Glyph]) -> _Spaced:
    printed = [glyph for glyph in row if glyph.text.strip(BLANKS)]
    if _is_spread(printed):
        return _Spaced(printed, [0] * len(printed), [])
    gaps, near = _gaps(row)
    return _Spaced(printed, gaps, near)


def _part_by_columns(lines: Sequence[_Spaced]) -> None:
    """Parts cells that nearly touch, where other lines of the page have a gap before the same place."""
    if not any(line.near for line in lines):
        return
    starts = Counter(
        round(glyph.x0) for line in lines for glyph, gap in zip(line.printed, line.gaps, strict=True) if gap
    )
    for line in lines:
        for place in line.near:
            if starts[round(line.printed[place].x0)] >= COLUMN:
                line.gaps[place] = 1


def _written(line: _Spaced, widest: int) -> tuple[str, Doubts]:
    parts: list[str] = []
    doubts: list[tuple[int, int]] = []
    at = 0
    for glyph, gap in zip(line.printed, line.gaps, strict=True):
        text = glyph.text.strip(BLANKS)
        if gap:
            blanks = min(gap, widest)
            parts.append(" " * blanks)
            at += blanks
        if not glyph.sure:
            doubts.append((at, at + len(text)))
        parts.append(text)
        at += len(text)
    return "".join(parts), tuple(doubts)


def _gaps(row: Sequence[Glyph]) -> tuple[list[int], list[int]]:
    """How many blanks stand before each glyph that is none itself, and before which of them there is a gap worth none:
    before no one where the line is spread to fill the width."""
    gaps: list[int] = []
    near: list[tuple[int, float]] = []
    small = 0
    before: Glyph | None = None
    blank = False
    for glyph in row:
        if not glyph.text.strip(BLANKS):
            blank = True
            continue
        if before is None or (not blank and glyph.x0 - before.x1 < SLIGHT * (glyph.y1 - glyph.y0)):
            gaps.append(0)
        else:
            gaps.append(_blanks(before, glyph, blank))
            if not gaps[-1]:
                small += 1
                if glyph.text[0].isalnum():
                    near.append((len(gaps) - 1, (glyph.x0 - before.x1) / _em(before, glyph)))
        before, blank = glyph, False
    if small > FEW:
        return gaps, []
    for place, gap in near:
        gaps[place] = int(gap >= CELL_EM)
    return gaps, [place for place, _ in near if not gaps[place]]


def _blanks(before: Glyph, glyph: Glyph, blank: bool) -> int:
    """How many blanks the gap between two glyphs is worth."""
    gap = (glyph.x0 - before.x1) / _em(before, glyph)
    if gap >= WIDE_EM:
        return min(MOST_BLANKS, max(2, round(gap * 2)))
    if blank or gap >= APART_EM:
        return 1
    last, first = before.text[-1], glyph.text[0]
    latin = last.isascii() and first.isascii() and not (last.isdigit() and first.isdigit())
    return 1 if latin and gap >= WORD_EM else 0


def _is_spread(glyphs: Sequence[Glyph]) -> bool:
    """Whether the line is one word whose characters are spread evenly over its width."""
    if len(glyphs) < SPREAD or glyphs[1].x0 - glyphs[0].x1 < APART_EM / 2 * _em(glyphs[0], glyphs[1]):
        return False
    if any(len(glyph.text) > 1 or glyph.text.isascii() for glyph in glyphs):
        return False
    gaps = [(b.x0 - a.x1) / _em(a, b) for a, b in pairwise(glyphs)]
    return min(gaps) >= APART_EM / 2 and max(gaps) - min(gaps) <= APART_EM


def _em(before: Glyph, glyph: Glyph) -> float:
    return max(before.size, glyph.size) or max(before.y1 - before.y0, glyph.y1 - glyph.y0) or 1.0


@dataclass(frozen=True, slots=True)
class Measure:
    """How a file's text is set: its usual size and the distance of its lines."""

    size: float
    leading: float

    @property
    def column(self) -> float:
        """Width of a column, half of the usual size."""
        return max(self.size / 2, 1.0)

    def is_usual(self, line: SetLine) -> bool:
        """Whether a line is set in the usual size, about."""
        return self.size / OTHER_SIZE <= line.size <= self.size * OTHER_SIZE


def measure(lines: Sequence[SetLine]) -> Measure:
    """How the lines of a file are set, by those long enough to tell."""
    long = [line for line in lines if len(line.text) >= LONG and "  " not in line.text] or list(lines)
    if not long:
        return Measure(10.0, 15.0)
    size = median(line.size for line in long)
    steps = [
        below.box.y1 - above.box.y1
        for above, below in pairwise(long)
        if above.page == below.page and 0 < below.box.y1 - above.box.y1 < 4 * size
    ]
    return Measure(size, median(steps) if steps else 1.5 * size)


def set_out(lines: Sequence[SetLine], how: Measure, shapes: Mapping[int, int]) -> int:
    """Gives the lines of a file their indents, widths and the gaps before them; gives the width in columns that full
    lines have, 0 where each line is a paragraph. `shapes` tells pages of different width apart; on those where full
    lines have another width, what a line lacks of it counts."""
    lefts = _lefts(lines, how, shapes)
    before: SetLine | None = None
    ends: dict[tuple[int, int], list[float]] = {}
    for line in lines:
        left = lefts[line.page or 0, line.part]
        line.indent = max(0, round((line.box.x0 - left) / how.column))
        line.columns = round((line.box.x1 - line.box.x0) / how.column)
        if before is None or before.page != line.page:
            line.gap = max(line.gap, PAGE if before is not None else NEXT)
        elif before.part == line.part and _stand_apart(before, line, how):
            line.gap = max(line.gap, APART)
        if len(line.text) >= LONG and how.is_usual(line):
            ends.setdefault(_shape(line, shapes), []).append((line.box.x1 - left) / how.column)
        before = line
    usual = max(ends, key=lambda shape: len(ends[shape]), default=None)
    if usual is None:
        return 0
    full = _full(ends.pop(usual))
    others = {shape: own for shape, own in ((shape, _full(found)) for shape, found in ends.items()) if own and full}
    for line in lines if others else ():
        line.columns += full - others.get(_shape(line, shapes), full)
    return full


def _shape(line: SetLine, shapes: Mapping[int, int]) -> tuple[int, int]:
    """What lines that are set in the same width have in common."""
    return shapes.get(line.page or 0, 0), line.part


def _lefts(lines: Sequence[SetLine], how: Measure, shapes: Mapping[int, int]) -> dict[tuple[int, int], float]:
    """Where text begins at the left of each page and column: of its own long lines, or of those of the same column of
    other pages where it has few, or only such as begin a paragraph."""
    own: dict[tuple[int, int], list[float]] = {}
    every: dict[tuple[int, int], list[float]] = {}
    for line in lines:
        place = own.setdefault((line.page or 0, line.part), [])
        if len(line.text) >= LONG and how.is_usual(line):
            place.append(line.box.x0)
            every.setdefault(_shape(line, shapes), []).append(line.box.x0)
    for line in lines:
        every.setdefault(_shape(line, shapes), []).append(line.box.x0)
    edges: dict[tuple[int, int], float] = {}
    for (page, part), xs in own.items():
        usual = _edge(every[shapes.get(page, 0), part], how.column)
        edge = _edge(xs, how.column) if len(xs) > 3 else usual
        edges[page, part] = usual if abs(edge - usual - 2 * how.size) < how.column else edge
    return edges


def _edge(xs: Sequence[float], slack: float) -> float:
    """The first place at which two lines begin, or the first."""
    ordered = sorted(xs)
    return next((a for a, b in pairwise(ordered) if b - a <= slack / 2), ordered[0])


def _stand_apart(above: SetLine, below: SetLine, how: Measure) -> bool:
    ratio = max(above.size, below.size) / max(min(above.size, below.size), 1.0)
    size = max(above.size, below.size) / how.size
    return ratio >= OTHER_SIZE or below.box.y1 - above.box.y1 > LEADING * how.leading * max(size, 1.0)


def _full(ends: Sequence[float]) -> int:
    """The width at which many long lines end and hardly any goes on."""
    best, most = 0.0, 1
    ordered = sorted(ends)
    for width in set(ends):
        near = bisect_right(ordered, width + RAGGED) - bisect_left(ordered, width - RAGGED)
        if near > most or (near == most and width > best):
            best, most = width, near
    beyond = sum(end > best + FULL for end in ends)
    return round(best) if most > 1 and most * 4 >= len(ends) and beyond * 10 <= len(ends) else 0
