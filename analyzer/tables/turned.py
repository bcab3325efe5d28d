"""The table of reviews with a row for each result, its labels broken over the lines of a narrow first column.

The three numbers of a row stand beside the middle of its label or behind it: in which row they are is seen from how
much of all labels, one after the other, is printed before them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from analyzer.tables.labels import Book, Heads
from analyzer.tables.pieces import Line, Piece


def mend_turned(run: Sequence[Line], book: Book) -> None:
    """Put the labels of such a table together, each before its numbers, in place; others stay as they are."""
    heads = book.heads
    for lines in _stretches(run, heads):
        numbers = [line for line in lines if any(piece.kind == "value" for piece in line.pieces)]
        if len(numbers) != len(heads.results) or any(_count(line) != len(heads.rows) for line in numbers):
            continue
        pieces = [piece for line in lines for piece in line.pieces if piece.kind == "text"]
        if sum(piece.norm in heads.columns for piece in pieces) < len(heads.results) and _fits(lines, pieces, heads):
            _replace(lines, numbers, pieces[0], heads)


def _stretches(run: Sequence[Line], heads: Heads) -> Iterator[list[Line]]:
    """Lines of text in a row that hold only numbers and characters of heads."""
    found: list[Line] = []
    for line in run:
        if line.grid < 0 and line.known and all(_is_own(piece, heads) for piece in line.pieces):
            found.append(line)
            continue
        if found:
            yield found
        found = []
    if found:
        yield found


def _is_own(piece: Piece, heads: Heads) -> bool:
    return piece.kind == "value" or (piece.kind == "text" and heads.letters.issuperset(piece.norm))


def _count(line: Line) -> int:
    return sum(piece.kind == "value" for piece in line.pieces)


def _fits(lines: Sequence[Line], pieces: Sequence[Piece], heads: Heads) -> bool:
    """Whether the labels follow one another in the order of the form, each with its numbers in or right behind it."""
    labels = "".join(heads.results)
    said = "".join(piece.norm for piece in pieces if piece.norm not in heads.kinds)
    base = len(said) - len(labels)
    if base < 0 or not said.endswith(labels) or not _is_header(said[:base], pieces, heads):
        return False
    ends = [base + sum(map(len, heads.results[: number + 1])) for number in range(len(heads.results))]
    starts = [base, *ends[:-1]]
    before = list(_said_before(lines, heads))
    return all(start < at <= end for start, at, end in zip(starts, before, ends, strict=True))


def _said_before(lines: Sequence[Line], heads: Heads) -> Iterator[int]:
    """For each line of numbers how many characters of labels stand before the first of them."""
    size = 0
    for line in lines:
        told = False
        for piece in line.pieces:
            if piece.kind == "text":
                size += len(piece.norm) if piece.norm not in heads.kinds else 0
            elif not told:
                told = True
                yield size


def _is_header(said: str, pieces: Sequence[Piece], heads: Heads) -> bool:
    """Whether `said` and the whole names of kinds make up the header, the kinds in the order of the form."""
    review, *suits = heads.rows
    whole = [piece.norm for piece in pieces if piece.norm in heads.kinds]
    rows = [norm for norm in whole if norm in heads.rows]
    if [norm for norm in rows if norm != review] != suits:
        return False
    rest = Counter(said)
    if review not in rows:
        rest.subtract(review)
        first = next(number for number, piece in enumerate(pieces) if piece.norm == suits[0])
        if not any(review[0] in piece.norm and piece.norm not in heads.kinds for piece in pieces[:first]):
            return False
    elif rows[0] != review:
        return False
    corner = set(heads.results[0]) & set(heads.results[1])
    return all(count == 0 or (count == 1 and char in corner) for char, count in rest.items())


def _replace(lines: Sequence[Line], numbers: Sequence[Line], first: Piece, heads: Heads) -> None:
    """The names of kinds in the first line, before each row of numbers its label."""
    for line in lines:
        line.pieces = [piece for piece in line.pieces if piece.kind == "value"]
    for line, label in zip(numbers, heads.results, strict=True):
        line.pieces.insert(0, _label(label, line, line.pieces[0]))
    lines[0].pieces = [*(_label(label, lines[0], first) for label in heads.rows), *lines[0].pieces]


def _label(label: str, line: Line, near: Piece) -> Piece:
    return Piece("text", label, line.start, near.start, near.line, label, x=0)
