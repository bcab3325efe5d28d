"""Lists of parts that no word opens: the total stands behind them, or what they name is known to make up a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from analyzer.claims.quantities import Figure
from analyzer.document import Number
from analyzer.knowledge.language import Language, Partition
from analyzer.numerals import parse_number

SAME_KINDS = ("piece", "case", "time")
NEAR = 30
"""Most characters between a total and the first part of what is known to make it up."""
TAIL = 12
"""So far behind its unit a number may name what it counts (2件尚在办理)."""
MARKS = re.compile("[，；：、。（）]")
APART = Decimal("0.5")
"""Of the larger of sum and total, how far they may be apart where no count says how many the parts are."""


class Row(NamedTuple):
    """A total with its parts; `complete` says that they should add up to it."""

    total: Figure
    parts: list[Figure]
    complete: bool


class Whole(NamedTuple):
    """What is known to make up a whole, with an expression of which each member is a group."""

    expression: re.Pattern[str]
    entry: Partition

    def members(self, row: Sequence[Figure], outer: str) -> set[str | None]:
        """Which members the numbers of a row count."""
        return {member(self.expression, _names(row, n, outer)) for n in range(len(row))}


class TotalGrammar:
    """The words of totals behind their parts, and what is known to make up a whole."""

    def __init__(self, language: Language) -> None:
        words = language.words
        self.direct = re.compile(words["sum_direct"])
        self.told = re.compile(words["sum_told"])
        self.opens = re.compile(words["split_partial"])
        self.stock = re.compile(words["sum_stock"])
        self.partitions = [
            Whole(re.compile("|".join(f"(?P<m{n}>{text})" for n, text in enumerate(entry.members))), entry)
            for entry in language.partitions
        ]


def behind(figures: Sequence[Figure], outer: str, grammar: TotalGrammar) -> Iterator[Row]:
    """Totals that stand after their parts: A 20条、B 70条，合计100条."""
    for number in range(2, len(figures)):
        total, last = figures[number], figures[number - 1]
        lead = grammar.direct.fullmatch(total.passage.text, last.right, total.left)
        told = lead is None and grammar.told.fullmatch(outer, last.right, total.left) is not None
        if not (lead or told) or not comparable(total, last):
            continue
        row = _row(figures[:number], outer, total)
        fitting = next((start for start in range(len(row) - 1) if _sum(row[start:]) == total.quantity.value), None)
        if fitting is not None and (not fitting or _begins(row, fitting, outer)):
            yield Row(total, row[fitting:], True)
            continue
        count = parse_number(lead["count"]) if lead and lead["count"] else None
        if isinstance(count, int):
            if 2 <= count <= len(row):
                yield Row(total, row[-count:], True)
        elif len(row) > 1 and (known(row, outer, grammar) or (lead and _bounded(figures, row, outer, total))):
            yield Row(total, row, True)


def _row(figures: Sequence[Figure], outer: str, total: Figure) -> list[Figure]:
    """The numbers at the end that stand side by side and can be parts of the total."""
    row = [figures[-1]]
    for before in reversed(figures[:-1]):
        joint = outer[before.right : row[0].left]
        if not comparable(total, before) or "。" in joint or "：" in joint or not MARKS.search(joint):
            break
        row.insert(0, before)
    return row


def _begins(row: Sequence[Figure], start: int, outer: str) -> bool:
    """Whether a list begins inside a row of numbers: behind another mark, or behind the total itself."""
    marks = [_mark(a, b, outer) for a, b in pairwise(row)]
    return marks[start - 1] not in marks[start:] or row[start - 1].quantity.value == _sum(row[start:])


def _mark(before: Figure, figure: Figure, outer: str) -> str:
    """The last mark between two numbers of a row."""
    return [found[0] for found in MARKS.finditer(outer, before.right, figure.left)][-1]


def _bounded(figures: Sequence[Figure], row: Sequence[Figure], outer: str, total: Figure) -> bool:
    """Whether nothing stands before the row that could belong to it, and one mark joins three numbers or more, or the
    total is near what they come to."""
    first = next(n for n, figure in enumerate(figures) if figure is row[0])
    if first and not set("：。") & set(outer[figures[first - 1].right : row[0].left]):
        return False
    if len(row) > 2 and len({_mark(a, b, outer) for a, b in pairwise(row)}) == 1:
        return True
    added, stated = Decimal(_sum(row)), Decimal(total.quantity.value or 0)
    largest = max(Decimal(figure.quantity.value or 0) for figure in row)
    return largest <= stated and abs(added - stated) <= APART * max(added, stated)


def known(row: Sequence[Figure], outer: str, grammar: TotalGrammar, *, always: bool = False) -> bool:
    """Whether the numbers of a row are different members of a whole, enough of them to make it up (`always`: even
    where a word says that they are some of it)."""
    for whole in grammar.partitions:
        if len(row) >= whole.entry.whole and (whole.entry.always or not always):
            members = whole.members(row, outer)
            if len(members) == len(row) and None not in members:
                return True
    return False


def divided(figures: Sequence[Figure], outer: str, grammar: TotalGrammar) -> Iterator[Row]:
    """Totals before parts that are known to make up a whole: 收到10件，当面2件，网络8件."""
    words = [_names(figures, n, outer) for n in range(len(figures))]
    for whole in grammar.partitions:
        named = [member(whole.expression, text) for text in words]
        number = 1
        while number < len(figures):
            end, seen = number, set[str]()
            while end < len(figures) and (name := named[end]) is not None and name not in seen:
                if end > number and not _follows(figures[end - 1], figures[end], outer):
                    break
                seen.add(name)
                end += 1
            total, row = figures[number - 1], list(figures[number:end])
            complete = len(row) >= whole.entry.whole
            if len(row) > 1 and named[number - 1] is None and _divides(total, row, outer, grammar, complete=complete):
                yield Row(total, row, complete)
            number = max(end, number + 1)


def _divides(total: Figure, row: Sequence[Figure], outer: str, grammar: TotalGrammar, *, complete: bool) -> bool:
    """Whether a row stands right behind the total, without a word that calls it a part, counts the same, and is not
    above it: in one number, nor, where it is not `complete`, in all."""
    joint = outer[total.right : row[0].left]
    if len(joint) > NEAR or "；" in joint or "。" in joint or grammar.opens.search(joint):
        return False
    if grammar.stock.search(outer, total.sentence[0], row[-1].right):
        return False
    least = max(Decimal(part.quantity.value or 0) for part in row) if complete else _sum(row)
    return least <= (total.quantity.value or 0) and all(comparable(total, part) for part in row)


def _follows(before: Figure, figure: Figure, outer: str) -> bool:
    joint = outer[before.right : figure.left]
    return "。" not in joint and MARKS.search(joint) is not None and comparable(before, figure)


def together(before: Figure, figure: Figure, outer: str, grammar: TotalGrammar) -> bool:
    """Whether two numbers that follow one another are different members of one whole."""
    pair = [before, figure]
    named = (whole.members(pair, outer) for whole in grammar.partitions)
    return any(len(members) == 2 and None not in members for members in named)


def member(expression: re.Pattern[str], words: str) -> str | None:
    """Which member of a whole these words name."""
    found = expression.search(words)
    return found.lastgroup if found else None


def _names(figures: Sequence[Figure], number: int, outer: str) -> str:
    """The words of one number: from the last mark to it, and what goes on behind its unit up to the next."""
    figure = figures[number]
    begin = figures[number - 1].right if number else figure.sentence[0]
    following = figures[number + 1].left if number + 1 < len(figures) else figure.sentence[1]
    lead = MARKS.split(outer[begin : figure.left])[-1]
    tail = MARKS.split(outer[figure.right : min(following, figure.right + TAIL)])[0]
    return f"{lead}#{tail}"


def comparable(total: Figure, part: Figure) -> bool:
    """Whether a number can be a part of another by their units."""
    same = total.unit == part.unit or not part.unit
    return same or (total.unit_kind in SAME_KINDS and part.unit_kind in SAME_KINDS)


def _sum(figures: Sequence[Figure]) -> Number:
    return sum(figure.quantity.value or 0 for figure in figures)
