"""Heads of the table of reviews whose words are broken over lines, put together again.

A narrow column breaks `结果维持` into `结果维` and `持`, and the text gives all first lines of the fifteen heads, then
all second ones. What they are is seen from their characters taken together, their order from those characters that
stand in one head only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from analyzer.tables.labels import Book, Heads
from analyzer.tables.pieces import Line, Piece

TALLEST = 100
"""Lines in which the heads may stand: each may be broken into its characters, each in a line of its own."""


def mend(run: Sequence[Line], book: Book) -> None:
    """Put the heads above each line of fifteen numbers (or lines that make up fifteen, or fewer) together, in place.

    Heads that are whole already stay as they are. Where the characters are not those of the form, or their order is
    not clear, the heads are `guessed`.
    """
    heads = book.heads
    for first, count in _rows_of_numbers(run):
        if count > heads.count or first == 0:
            continue
        lines = _above(run, first, heads)
        pieces = [piece for line in lines for piece in line.pieces if piece.kind == "text"]
        if not pieces or sum(piece.norm in heads.columns for piece in pieces) == heads.count:
            continue
        sure = _are_heads(pieces, heads) and _ordered(lines, heads)
        if sure or (count == heads.count and _alike(pieces, heads)):
            _replace(lines, pieces, heads, guessed=not sure)


def _rows_of_numbers(run: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """First line and count of the numbers of each stretch of lines that hold nothing else."""
    first = count = 0
    for number, line in enumerate(run):
        if line.grid < 0 and line.pieces and all(piece.kind == "value" for piece in line.pieces):
            first, count = (first, count) if count else (number, 0)
            count += len(line.pieces)
        elif line.pieces:
            if count:
                yield first, count
            count = 0
    if count:
        yield first, count


def _above(run: Sequence[Line], first: int, heads: Heads) -> list[Line]:
    """The lines above the numbers that hold only characters of heads, from the top."""
    found: list[Line] = []
    at = first - 1
    while at >= 0 and run[at].grid < 0 and run[at].known and len(found) < TALLEST:
        line = run[at]
        if not all(piece.kind == "text" and heads.letters.issuperset(piece.norm) for piece in line.pieces):
            break
        found.append(line)
        at -= 1
    return found[::-1]


def _rest(pieces: Sequence[Piece], heads: Heads) -> list[Piece]:
    return [piece for piece in pieces if piece.norm not in heads.kinds]


def _are_heads(pieces: Sequence[Piece], heads: Heads) -> bool:
    """Whether the characters are those of all heads; the names of the two suits may be broken too."""
    over = Counter("".join(piece.norm for piece in _rest(pieces, heads)))
    for result in heads.results:
        for _ in heads.rows:
            over.subtract(result)
    if min(over.values(), default=0) < 0:
        return False
    whole = [piece.norm for piece in pieces if piece.norm in heads.kinds]
    for kind in heads.rows[1:]:
        if kind not in whole:
            over.subtract(kind)
    rows = [kind for kind in whole if kind in heads.rows]
    return not any(over.values()) and rows == [kind for kind in heads.rows if kind in rows]


def _ordered(lines: Sequence[Line], heads: Heads) -> bool:
    """Whether the heads stand in the order of the form: over all, or by the lines that hold several of them."""
    rows = [[piece.norm for piece in _rest(line.pieces, heads)] for line in lines]
    everything = [heads.firsts[char] for row in rows for norm in row for char in norm if char in heads.firsts]
    if _descents(everything) == len(heads.rows) - 1:
        return True
    told: set[tuple[int, int]] = set()
    for row in rows:
        places = [heads.own[char] for norm in row for char in norm if char in heads.own]
        if _descents(places) > max(Counter(place for place, _ in groupby(places)).values(), default=1) - 1:
            return False
        if len(row) == heads.count:
            by_column = _by_column(row, heads)
            if by_column is None:
                return False
            told |= by_column
        told |= {(left, right) for left in places for right in places if left < right}
    return all(pair in told for pair in pairwise(range(len(heads.results))))


def _by_column(row: Sequence[str], heads: Heads) -> set[tuple[int, int]] | None:
    """What a line with a word for each column says of the order of heads; None where it is not that of the form."""
    size = len(heads.results)
    at = {(number % size, heads.own[char]) for number, norm in enumerate(row) for char in norm if char in heads.own}
    if any(column != place for column, place in at):
        return None
    known = {place for _, place in at}
    open_ones = set(range(size)) - known
    before = {(other, place) for place in known for other in open_ones if max(open_ones) < place}
    return before | {(place, other) for place in known for other in open_ones if min(open_ones) > place}


def _descents(places: Sequence[int]) -> int:
    return sum(left > right for left, right in pairwise(places))


def _alike(pieces: Sequence[Piece], heads: Heads) -> bool:
    """Whether each head shows at least in two of the three kinds of cases."""
    counts = Counter("".join(piece.norm for piece in _rest(pieces, heads)))
    return all(counts[char] >= len(heads.rows) - 1 for char in heads.firsts)


def _replace(lines: Sequence[Line], pieces: Sequence[Piece], heads: Heads, *, guessed: bool) -> None:
    """Whole labels in the first of the lines in place of the fragments."""
    first, last = pieces[0], pieces[-1]
    labels = [*heads.rows, *(result for _ in heads.rows for result in heads.results)]
    for line in lines:
        line.pieces = []
    lines[0].pieces = [
        Piece("text", label, first.start, last.end, first.line, label, x=first.x, guessed=guessed) for label in labels
    ]
