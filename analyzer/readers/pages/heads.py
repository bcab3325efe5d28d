"""The heads of the columns of a table without rulings: the lines right above its first row, each to its column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.readers.pages.labels import Word
from analyzer.readers.pages.model import Box, Glyph, Place

NEAR, FIRST, ALIKE = 2.0, 4.0, 1.2
"""Ems between the lines of one head, between a head and the first row at most, and how much sizes may differ."""
HIGHEST = 12
"""Ems above the first row in which heads stand."""
EVEN, HAIR, LEVEL, FEWEST = 1.03, 0.4, 2.0, 3
"""How much farther than others, and how many points beside, lines of one head may stand apart; points by which words of
one line may differ; heads that show where others may stand."""
WIDE = 1.6
"""Widths of a column from which on a word is no head of it alone."""


@dataclass(frozen=True, slots=True)
class Heads:
    """A row of heads, and where it begins: below what heads several columns."""

    places: tuple[Place, ...]
    top: float


def heads_of(
    words: Sequence[Word], columns: Sequence[float], spans: Sequence[tuple[float, float]], top: float
) -> Heads | None:
    """The heads above the first row, which begins at `top`; `columns` are the edges of all columns, `spans` tell from
    where to where the figures of the last ones stand. None where not every one of these has a head of its own."""
    above = [word for word in words if word.y < top and not word.is_value]
    if not above:
        return None
    em = max(above, key=lambda word: word.y).em
    above = [w for w in above if top - w.y < HIGHEST * em and w.em < ALIKE * em and em < ALIKE * w.em]
    first = len(columns) - 1 - len(spans)
    edges = columns[first:]
    stacks = _stacks(_dealt(above, spans, edges[0] if first else None), edges, top, em)
    if not all(stacks):
        return None
    ceiling = min(word.y - word.em for stack in stacks for word in stack)
    places = [
        Place(Box(columns[first + n], ceiling, columns[first + n + 1], top), 0, first + n, 1, 1, _glyphs(stack))
        for n, stack in enumerate(stacks)
    ]
    taken = {id(word) for stack in stacks for word in stack}
    texts = {word.text for stack in stacks for word in stack}
    side = [word for word in above if word.x1 <= edges[0] and word.y > ceiling and id(word) not in taken]
    if first:
        places.insert(0, Place(Box(columns[0], ceiling, columns[first], top), 0, 0, first, 1, _glyphs(side)))
    over = [word.y for word in above if word.text not in texts and word.x0 > edges[0]]
    return Heads(tuple(places), max([ceiling, *over]))


def _dealt(words: Sequence[Word], spans: Sequence[tuple[float, float]], start: float | None) -> list[list[Word]]:
    """The words by the column in line with which they stand: by their middle, their beginning or their end. Left of
    `start` stand the heads of labels."""
    room = (spans[-1][1] - spans[0][0]) / len(spans)
    found: list[list[Word]] = [[] for _ in spans]
    for word in words:
        middle = (word.x0 + word.x1) / 2
        if start is not None and word.x1 <= start:
            continue
        off, column = min(
            (min(abs(word.x0 - a), abs(word.x1 - b), abs(middle - (a + b) / 2)), n) for n, (a, b) in enumerate(spans)
        )
        if off < room:
            found[column].append(word)
    return found


def _stack(words: Sequence[Word], span: tuple[float, float], top: float, em: float) -> list[Word]:
    """The lines of one column's head from top to bottom, read upwards from the first row; a head of several columns
    begins where a word goes beyond both edges, or is much wider than the column."""
    found: list[Word] = []
    for word in sorted(words, key=lambda each: -each.y):
        wide = (word.x0 < span[0] and span[1] < word.x1) or word.x1 - word.x0 > WIDE * (span[1] - span[0])
        if wide or (found[0].y - word.y > NEAR * em if found else top - word.y > FIRST * em):
            break
        found.insert(0, word)
    return found


def _stacks(words: Sequence[Sequence[Word]], edges: Sequence[float], top: float, em: float) -> list[list[Word]]:
    """The head of each column. Heads beside those of several columns stand higher than the heads below these."""
    spans = list(pairwise(edges))
    stacks = _whole([_stack(own, span, top, em) for own, span in zip(words, spans, strict=True)])
    tops = [stack[0].y for stack in stacks if stack]
    if len(tops) == len(stacks) or len(tops) < FEWEST:
        return stacks
    higher = min(tops)
    return [
        stack or _whole([_stack(own, span, higher, em)])[0]
        for stack, own, span in zip(stacks, words, spans, strict=True)
    ]


def _whole(stacks: list[list[Word]]) -> list[list[Word]]:
    """The heads without what stands a little farther above them, or above heads of one line: heads of several
    columns."""
    steps = sorted(b.y - a.y for stack in stacks for a, b in pairwise(stack))
    if steps:
        stacks = [_lowest(stack, steps[(len(steps) - 1) // 2] * EVEN + HAIR) for stack in stacks]
    found = [stack for stack in stacks if stack]
    flat = {round(stack[-1].y) for stack in found}
    if sum(len(stack) == 1 for stack in found) * 2 > len(found) and max(flat) - min(flat) <= LEVEL:
        return [stack[-1:] for stack in stacks]
    return stacks


def _lowest(stack: list[Word], step: float) -> list[Word]:
    """The last lines of a stack, none farther than `step` from the next."""
    first = max((n for n, (a, b) in enumerate(pairwise(stack), start=1) if b.y - a.y > step), default=0)
    return stack[first:]


def _glyphs(words: Sequence[Word]) -> tuple[Glyph, ...]:
    return tuple(glyph for word in words for glyph in word.glyphs)
