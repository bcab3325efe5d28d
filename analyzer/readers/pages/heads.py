"""The heads of the columns of a table without rulings: the lines right above its first row, each to its column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.readers.pages.labels import Word
from analyzer.readers.pages.model import Box, Glyph, Place

NEAR, FIRST, ALIKE = 1.5, 3.0, 1.2
"""Ems between the lines of one head, between a head and the first row at most, and how much sizes may differ."""
HIGHEST = 8
"""Ems above the first row in which heads stand."""
EVEN, LEVEL = 1.12, 0.3
"""How much farther than others lines of one head may stand apart; ems by which words of one line may differ."""


@dataclass(frozen=True, slots=True)
class Heads:
    """A row of heads, and where it begins."""

    places: tuple[Place, ...]
    top: float


def heads_of(words: Sequence[Word], columns: Sequence[float], first: int, top: float) -> Heads | None:
    """The heads above the first row, which begins at `top`; `columns` are the edges of all columns, from number `first`
    on those of figures. None where not every one of these has a head of its own."""
    above = [word for word in words if word.y < top and not word.is_value]
    if not above:
        return None
    em = max(above, key=lambda word: word.y).em
    above = [w for w in above if top - w.y < HIGHEST * em and w.em < ALIKE * em and em < ALIKE * w.em]
    edges = columns[first:]
    stacks = _whole([_stack(above, pair, top, em) for pair in pairwise(edges)], em)
    if not all(stacks):
        return None
    ceiling = min(word.y - word.em for stack in stacks for word in stack)
    places = [
        Place(Box(columns[first + n], ceiling, columns[first + n + 1], top), 0, first + n, 1, 1, _glyphs(stack))
        for n, stack in enumerate(stacks)
    ]
    taken = {id(word) for stack in stacks for word in stack}
    side = [word for word in above if word.x1 <= edges[0] and word.y > ceiling and id(word) not in taken]
    if first:
        places.insert(0, Place(Box(columns[0], ceiling, columns[first], top), 0, 0, first, 1, _glyphs(side)))
    return Heads(tuple(places), ceiling)


def _stack(words: Sequence[Word], span: tuple[float, float], top: float, em: float) -> list[Word]:
    """The lines of one column's head from top to bottom, read upwards from the first row; a head of several columns
    begins where a word goes beyond both edges."""
    own = [word for word in words if bisect_right(span, (word.x0 + word.x1) / 2) == 1]
    found: list[Word] = []
    for word in sorted(own, key=lambda each: -each.y):
        wide = word.x0 < span[0] and span[1] < word.x1
        if wide or (found[0].y - word.y > NEAR * em if found else top - word.y > FIRST * em):
            break
        found.insert(0, word)
    return found


def _whole(stacks: list[list[Word]], em: float) -> list[list[Word]]:
    """The heads without what stands a little farther above them, or above one line in which all columns have a word:
    heads of several columns."""
    steps = [b.y - a.y for stack in stacks for a, b in pairwise(stack)]
    stacks = [_lowest(stack, min(steps, default=0.0) * EVEN) for stack in stacks]
    if not all(stacks):
        return stacks
    level = max(stack[0].y for stack in stacks)
    if not all(any(abs(word.y - level) < LEVEL * em for word in stack) for stack in stacks):
        return stacks
    return [_balanced(stack, level, em) for stack in stacks]


def _lowest(stack: list[Word], step: float) -> list[Word]:
    """The last lines of a stack, none farther than `step` from the next."""
    first = max((n for n, (a, b) in enumerate(pairwise(stack), start=1) if b.y - a.y > step), default=0)
    return stack[first:]


def _balanced(stack: list[Word], level: float, em: float) -> list[Word]:
    """As many lines above the common one as below it."""
    at = next(n for n, word in enumerate(stack) if abs(word.y - level) < LEVEL * em)
    below = len(stack) - 1 - at
    return stack[max(0, at - below) :]


def _glyphs(words: Sequence[Word]) -> tuple[Glyph, ...]:
    return tuple(glyph for word in words for glyph in word.glyphs)
