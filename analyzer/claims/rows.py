"""Numbers that are said together: a unit named once for a row, numbers that count for each of several, and the turn
from an old number to a new one (由6项减少为4项)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from analyzer.claims.quantities import Figure

MARKS = "，。；：、（）？！"
NEAR = 14
"""So far before a number stands the word that shares it out."""


class RowGrammar:
    """The words of rows, compiled once."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.every = re.compile(f"(?:{words['row_every']})$")
        self.every_thing = re.compile(f"(?:{words['row_every_thing']})$")
        self.several = re.compile(f"(?:{words['row_several']})$")
        self.gate = re.compile(words["row_gate"])
        self.next = re.compile(words["row_next"])
        self.opened = re.compile(words["row_opened"])
        self.turn = re.compile(words["row_turn"])
        self.source = re.compile(f"(?:{words['row_source']})$")

    def joined(self, masked: str, before: Figure, figure: Figure) -> bool:
        """Whether a number stands in one row with the one before it, or opens the parts of it."""
        joint = (before.right, figure.left)
        return bool(self.next.fullmatch(masked, *joint) or self.opened.fullmatch(masked, *joint))


def share_units(figures: Sequence[Figure], masked: str, grammar: RowGrammar) -> None:
    """A bare number takes the unit of the next one in its row, else that of the total the row is a part of."""
    for before, figure in reversed(list(pairwise(figures))):
        named = before.lead and masked[before.left - 1] not in MARKS
        if (
            _bare(before)
            and named
            and figure.kind == "amount"
            and grammar.next.fullmatch(masked, before.right, figure.left)
        ):
            before.unit, before.unit_kind = figure.unit, figure.unit_kind
    for before, figure in pairwise(figures):
        if not _bare(figure) or before.kind != "amount":
            continue
        if grammar.joined(masked, before, figure):
            figure.unit, figure.unit_kind = before.unit, before.unit_kind


def _bare(figure: Figure) -> bool:
    return figure.kind == "amount" and not figure.unit


def set_apart(figures: Sequence[Figure], masked: str, grammar: RowGrammar) -> None:
    """Mark the numbers that stand for each of several (各设1个, 分别为50人、60人): none of them is the whole."""
    if not grammar.gate.search(masked, *figures[0].sentence):
        return
    for number, figure in enumerate(figures):
        begin = max(figure.sentence[0], figure.left - NEAR)
        every = grammar.every.search(masked, begin, figure.left)
        thing = figure.unit_kind == "thing" and grammar.every_thing.search(masked, begin, figure.left)
        figure.apart = figure.apart or bool(every or thing)
        if not grammar.several.search(masked, begin, figure.left):
            continue
        row = [figure]
        for following in figures[number + 1 :]:
            if masked[row[-1].right : following.left] not in ("、", "和"):
                break
            row.append(following)
        for member in row if len(row) > 1 else ():
            member.apart = True


def turns(figures: Sequence[Figure], masked: str, grammar: RowGrammar) -> list[tuple[Figure, Figure]]:
    """Pairs of an old and a new number; the new one is said of what the old one was."""
    found = []
    for before, figure in pairwise(figures):
        if before.kind != "amount" or figure.kind != "amount" or before.unit != figure.unit:
            continue
        if not grammar.turn.fullmatch(masked, before.right, figure.left):
            continue
        source = grammar.source.search(masked, max(before.sentence[0], before.left - NEAR), before.left)
        if source is None:
            continue
        kept = len(before.lead) - (before.left - source.start() - len(before.filler))
        figure.lead = before.lead[: max(kept, 0)] or figure.lead
        found.append((before, figure))
    return found
