"""Labels of rows of figures that no rulings part: which of their lines belong to which row, and which name several.

A label of several lines stands level with its figures by its middle or by its first line, all labels of a table alike;
that every line belongs to one row and every row has its lines is what makes the reading sure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from analyzer.readers.pages.model import Box, Glyph, Place
from analyzer.readers.pages.rows import is_value, said

OFF = 0.45
"""Ems by which a label may stand off its figures."""
ABOVE = 12
"""Lines of the first label that may stand above its figures."""
CLOSE = 1.75
"""Ems below which lines below one another are one label."""
EVEN = 1.12
"""How much farther than others lines of one label may stand apart."""
INSIDE = 0.4
"""Ems by which a label stands beyond an edge of columns before it covers both."""
SUPPORT = 2
"""Pairs of words side by side that show where one column of labels ends."""


class Word(NamedTuple):
    """Glyphs of one line that only narrow blanks part, their text; where they begin and end, the middle of their
    height; the width of a hanzi among them, that of two digits where there is none."""

    glyphs: tuple[Glyph, ...]
    text: str
    x0: float
    x1: float
    y: float
    em: float

    @property
    def is_value(self) -> bool:
        """Whether it is a number, or a mark in the place of one."""
        return is_value(self.text)


def word_of(glyphs: Sequence[Glyph]) -> Word:
    """The glyphs, from left to right, as a word."""
    text = said(glyphs)
    first = glyphs[0]
    width = max([(glyph.x1 - glyph.x0) / max(len(glyph.text), 1) for glyph in glyphs])
    em = max(width * (2 if text.isascii() else 1), 1.0)
    return Word(tuple(glyphs), text, first.x0, glyphs[-1].x1, (first.y0 + first.y1) / 2, em)


def spans_of(words: Sequence[Word]) -> list[tuple[float, float]]:
    """From where to where words stand below one another, with nothing between."""
    spans: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda each: each.x0):
        if spans and word.x0 <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], word.x1)
        else:
            spans.append((word.x0, word.x1))
    return spans


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels by row: `own` those of single rows, `groups` (first row, rows, words) those of several; `edges` where the
    columns of labels begin, `tops` the edges of the rows."""

    edges: tuple[float, ...]
    tops: tuple[float, ...]
    own: tuple[tuple[Word, ...], ...]
    groups: tuple[tuple[int, int, tuple[Word, ...]], ...]

    @property
    def end(self) -> float:
        """Where the longest of them ends."""
        every = (*self.own, *(words for _, _, words in self.groups))
        return max((word.x1 for words in every for word in words), default=0.0)

    def places(self, columns: Sequence[float]) -> Iterator[Place]:
        """The cells of labels, places without any as empty cells."""
        width = len(self.edges)
        taken: set[tuple[int, int]] = set()
        cells = [(row, 1, words) for row, words in enumerate(self.own) if words] + list(self.groups)
        for row, down, words in cells:
            slack = words[0].em * INSIDE
            first = max(bisect_right(self.edges, min(word.x0 for word in words) + slack) - 1, 0)
            last = max(bisect_right(self.edges, max(word.x1 for word in words) - slack) - 1, first)
            covered = {(r, c) for r in range(row, row + down) for c in range(first, last + 1)}
            if covered & taken:
                continue
            taken |= covered
            glyphs = tuple(glyph for word in words for glyph in word.glyphs)
            box = Box(columns[first], self.tops[row], columns[last + 1], self.tops[row + down])
            yield Place(box, row, first, last - first + 1, down, glyphs)
        for row in range(len(self.own)):
            for c in range(width):
                if (row, c) not in taken:
                    yield Place(Box(columns[c], self.tops[row], columns[c + 1], self.tops[row + 1]), row, c, 1, 1, ())


def labels_of(words: Sequence[Word], ys: Sequence[float], em: float) -> Labels | None:
    """The labels of rows whose figures stand at the heights `ys` and have digits of half an `em`; None where it is not
    clear whose a line is. A row may be alone and have none."""
    near = _close(words, ys)
    if len(ys) == 1 and not any(abs(word.y - ys[0]) < CLOSE * em for word in words):
        return Labels((), (ys[0] - em, ys[0] + em), ((),), ())
    if not near:
        return None
    gutters = _gutters(near)
    start = gutters[-1] if gutters else min(word.x0 for word in near) - 1
    lines = _row_lines(near, start)
    own = _aligned(lines, ys)
    if own is None:
        return None
    tops = _tops(own, ys)
    used = {id(word.glyphs) for word in lines}
    inside = [word for word in near if id(word.glyphs) not in used and tops[0] <= word.y <= tops[-1]]
    gutters = sorted([*gutters, *_between(inside, gutters)])
    groups = tuple(_groups(inside, gutters, tops, [min(word.x0 for word in words) for words in own]))
    edges = (min(word.x0 for word in near) - 1, *gutters)
    return Labels(edges, tops, tuple(map(tuple, own)), groups)


def _close(words: Sequence[Word], ys: Sequence[float]) -> list[Word]:
    """The words that may be labels: above the first row, beside all, and below the last while line follows line."""
    found: list[Word] = []
    for word in sorted(words, key=lambda each: each.y):
        if word.y > ys[-1] + OFF * word.em and (not found or word.y - max(found[-1].y, ys[-1]) > CLOSE * word.em):
            break
        if word.y > ys[0] - ABOVE * word.em:
            found.append(word)
    return found


def _between(words: Sequence[Word], gutters: Sequence[float]) -> list[float]:
    """Where further columns of labels end: nothing stands there, and no other end is known between the two."""
    ends = [(a[1], b[0]) for a, b in pairwise(spans_of(words))]
    return [(a + b) / 2 for a, b in ends if not any(a <= gutter <= b for gutter in gutters)]


def _row_lines(words: Sequence[Word], start: float) -> list[Word]:
    """The lines of labels of single rows from top to bottom: those that go on beyond `start`, where the last column of
    labels begins, and the short ends below those that begin before it."""
    lines: list[Word] = []
    for word in sorted(words, key=lambda each: each.y):
        above = lines[-1] if lines else word
        ends = above.x0 < start and 0 < word.y - above.y < CLOSE * word.em
        level = min(abs(word.x0 - above.x0), abs(word.x0 + word.x1 - above.x0 - above.x1) / 2) < OFF * word.em
        if word.x1 > start or (ends and level):
            lines.append(word)
    return lines


def _gutters(words: Sequence[Word]) -> list[float]:
    """Where one column of labels ends and the next begins: between words that stand side by side."""
    gaps = []
    for n, left in enumerate(words):
        for right in words[n + 1 :]:
            first, second = (left, right) if left.x0 < right.x0 else (right, left)
            if abs(left.y - right.y) < left.em and first.x1 < second.x0:
                gaps.append((second.x0 - first.x1, first.x1, second.x0))
    made: list[list[float]] = []
    for _, a, b in sorted(gaps):
        known = [gutter for gutter in made if a < gutter[1] and gutter[0] < b]
        if not known:
            made.append([a, b, 1])
        for gutter in known[:1]:
            gutter[:] = [max(a, gutter[0]), min(b, gutter[1]), gutter[2] + 1]
    return sorted((a + b) / 2 for a, b, count in made if count >= SUPPORT)


def _aligned(lines: Sequence[Word], ys: Sequence[float]) -> list[list[Word]] | None:
    """The lines of each row's label, whichever way the labels stand to their figures."""
    first = next((n for n, word in enumerate(lines) if word.y > ys[0] - OFF * word.em), len(lines))
    found = []
    for middle in (True, False):
        for start in range(first, max(-1, first - ABOVE), -1) if middle else [first]:
            rows = _dealt(lines[start:], ys, middle)
            if rows:
                found.append((_off(rows, ys, middle), rows))
                break
    return min(found, key=lambda each: each[0])[1] if found else None


def _off(rows: Sequence[Sequence[Word]], ys: Sequence[float], middle: bool) -> float:
    """How far the labels stand off their figures, all together, but for the last, which a page's end may cut."""
    ats = [(words[0].y + words[-1].y) / 2 if middle else words[0].y for words in rows]
    return sum(abs(at - y) for at, y in zip(ats[:-1], ys[:-1], strict=True))


def _dealt(lines: Sequence[Word], ys: Sequence[float], middle: bool) -> list[list[Word]] | None:
    """Lines given to rows in order; None where a row has none or its lines stand off its figures."""
    rows: list[list[Word]] = []
    at = 0
    for number, y in enumerate(ys):
        best = 0
        least = OFF * lines[at].em if at < len(lines) else 0.0
        total = 0.0
        for count, word in enumerate(lines[at:], start=1):
            total += word.y
            off = abs(total / count - y) if middle else abs(lines[at].y - y)
            if not middle and number + 1 < len(ys) and word.y > ys[number + 1] - OFF * word.em:
                break
            if count > 1 and word.y - lines[at + count - 2].y > CLOSE * word.em:
                break
            if off <= least:
                best, least = count, off if middle else least
            elif middle and total / count > y + OFF * word.em:
                break
        if number + 1 == len(ys) and at < len(lines) and abs(lines[at].y - y) <= OFF * lines[at].em:
            best = max(best, len(next(_chunks(lines[at:], _pitch(lines)))))
        if not best:
            return None
        rows.append(list(lines[at : at + best]))
        at += best
    return rows


def _tops(own: Sequence[Sequence[Word]], ys: Sequence[float]) -> tuple[float, ...]:
    """Where each row begins, and where the last ends."""
    ends = [(words[0].y - words[0].em, words[-1].y + words[-1].em) for words in own]
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(ends)]
    return (min(ends[0][0], ys[0] - own[0][0].em), *inner, max(ends[-1][1], ys[-1] + own[-1][-1].em))


def _groups(
    words: Sequence[Word], gutters: Sequence[float], tops: Sequence[float], begins: Sequence[float]
) -> Iterator[tuple[int, int, tuple[Word, ...]]]:
    """The labels of several rows, with the rows round whose middle they stand."""
    columns: dict[int, list[Word]] = {}
    for word in sorted(words, key=lambda each: each.y):
        columns.setdefault(bisect_right(gutters, (word.x0 + word.x1) / 2), []).append(word)
    for number, column in columns.items():
        end = gutters[min(number, len(gutters) - 1)] - INSIDE * column[0].em
        free = [begin > end for begin in begins]
        after = 0
        for chunk in _chunks(column):
            middle = (chunk[0].y + chunk[-1].y) / 2
            row = min(max(bisect_right(tops, middle) - 1, 0), len(free) - 1)
            first = next((n for n in range(after, row + 1) if free[n]), row)
            last = _last(first, middle, tops, free)
            yield first, last - first + 1, tuple(chunk)
            after = last + 1


def _last(first: int, middle: float, tops: Sequence[float], free: Sequence[bool]) -> int:
    """The last of the rows from `first` on whose common middle comes nearest to a height."""
    last, off = first, abs((tops[first] + tops[first + 1]) / 2 - middle)
    for row in range(first + 1, len(free)):
        nearer = abs((tops[first] + tops[row + 1]) / 2 - middle)
        if not free[row] or nearer >= off:
            break
        last, off = row, nearer
    return last


def _pitch(words: Sequence[Word]) -> float:
    """Ems between lines of one label at most: a little more than the least between any two."""
    steps = [(b.y - a.y) / b.em for a, b in pairwise(words)]
    return min([step * EVEN for step in steps if step > OFF], default=CLOSE)


def _chunks(words: Sequence[Word], close: float = CLOSE) -> Iterator[list[Word]]:
    chunk: list[Word] = []
    for word in words:
        if chunk and word.y - chunk[-1].y > close * word.em:
            yield chunk
            chunk = []
        chunk.append(word)
    if chunk:
        yield chunk
