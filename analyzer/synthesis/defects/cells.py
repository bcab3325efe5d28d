"""Defects of the tables' numbers: for each identity a cell (or two) that breaks it, blanks, lost numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from random import Random

from analyzer.document import Number
from analyzer.synthesis.arithmetic import Cells, Equation, broken, severity, state
from analyzer.synthesis.defects.base import (
    Defect,
    Told,
    body,
    copied,
    form_equations,
    known,
    numbers,
    quote,
    spoiled,
    words,
)
from analyzer.synthesis.draft import Draft

Change = Mapping[str, Number]
KINDS: Mapping[str, tuple[int, ...]] = {
    "A1": (11,),
    "A11": (12,),
    "B1": (15,),
    "B4": (),
    "C1": (33,),
    "C4": (34,),
    "C7": (32,),
    "C8": (31,),
}
"""Kinds of the handbook's part 5 that an identity shows."""
CODES = (
    *("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12", "A13", "A14", "A15", "A16", "A17"),
    *("A18", "A19", "B1", "B2", "B3", "B4", "B6", "C1", "C4", "C5", "C7", "C8"),
)
TRIES = 40
"""Changes that are weighed against one another before the one with the fewest other effects is taken."""
NAMED = 6
"""Most cells that a label names as its indicator."""
OPEN_LAYOUTS = ("", "html", "pipe", "tabs", "strokes")
"""Layouts in which an empty cell leaves a trace."""


def break_identity(code: str) -> Defect:
    """The defect that breaks one identity."""

    def make(draft: Draft, rng: Random) -> Draft | None:
        return _broken(copied(draft), rng, code)

    return Defect(f"identity_{code}", KINDS.get(code, ()), (f"identity.{code}",), "cells", make)


def _broken(draft: Draft, rng: Random, code: str) -> Draft | None:
    """The change that breaks the identity and as little else as possible."""
    found, cells, who = form_equations(draft), numbers(draft), body(draft)
    holding = [e for e in found if e.code == code and state(e, cells, who) == "holds"]
    rng.shuffle(holding)
    before = set(broken(found, cells, who))
    best: tuple[int, Change, list[Equation]] | None = None
    for equation in holding[:TRIES]:
        for change in _changes(equation, cells, rng):
            after = {**cells, **change}
            new = [e for e in found if e not in before and _touches(e, change) and state(e, after, who) == "broken"]
            if equation in new and (best is None or len(new) < best[0]):
                best = len(new), change, new
    if best is None:
        return None
    _, change, new = best
    wanted = next(equation for equation in new if equation.code == code)
    sure = severity(wanted, {**cells, **change}) == "M"
    draft.cells.update(change)
    named = wanted.keys if len(wanted.keys) <= NAMED else tuple(change)
    told = Told(
        wanted.rule, ";".join(named), cells=tuple(change), sure=sure, note=_note(cells, change), also=_denials(draft)
    )
    return spoiled(draft, _kind(code), told, name=f"identity_{code}")


def _denials(draft: Draft) -> tuple[str, ...]:
    """The words of parts that say there was nothing in them, which any number in their cells contradicts."""
    found = [(s, label) for _, s in draft.sentences() for label in s.labels if label.kind == "section_zero"]
    return tuple(dict.fromkeys(quote(sentence, label) for sentence, label in found))


def _touches(equation: Equation, change: Change) -> bool:
    return not set(equation.keys).isdisjoint(change)


def _kind(code: str) -> int | str:
    return next(iter(KINDS.get(code, ())), "")


def _note(before: Cells, change: Change) -> str:
    return "; ".join(f"{key}: {value} for {before.get(key)}" for key, value in change.items())


def _changes(equation: Equation, cells: Cells, rng: Random) -> Iterator[Change]:
    """Changes of its cells that may break it."""
    left, right = _sum(cells, equation.left), _sum(cells, equation.right)
    match equation.relation:
        case "=":
            for key in equation.keys:
                yield from _off(key, cells, rng)
        case "<=":
            yield from _beyond(equation.left, equation.right, cells, left - right, rng)
        case ">=each":
            yield from _beyond(equation.right, equation.left, cells, right - left, rng)
        case "several_equal":
            yield {equation.left[0]: _plain(right)}
        case "coincidence":
            yield {equation.left[0]: _plain(right)}
            last, change = equation.right
            total = Decimal(cells[last] or 0) + rng.randint(2, 9)
            yield {change: _plain(total - Decimal(cells[last] or 0)), equation.left[0]: _plain(total)}
        case "positive_implies":
            yield from ({key: 1 if key != "request_fee" else Decimal("0.02")} for key in equation.left)
            yield from ({key: 0} for key in equation.right)
        case "positive_iff":
            yield {equation.left[0]: 0 if left else rng.randint(1, 4)}
            yield {equation.right[0]: 0 if right else rng.randint(5, 60)}
        case "whole_numbers":
            yield from ({key: -int(cells[key] or 0)} for key in equation.left if cells[key])
        case _:
            yield from _special(equation, cells, rng)


def _special(equation: Equation, cells: Cells, rng: Random) -> Iterator[Change]:
    """Changes for relations that know one form or body only."""
    key = equation.left[0]
    if equation.relation == "stock_covers" and cells[equation.right[0]]:
        yield {key: 0}
        yield {key: max(int(cells[equation.right[0]] or 0) - 1, 0)}
    elif equation.relation == "rule_making":
        yield {equation.left[-1]: rng.randint(1, 9)}
    elif equation.relation == "fee_unit":
        yield {key: rng.choice([20, 36, 50, 120, 200])}
    elif equation.relation == "named_in_text":
        yield {other: 0 for other in cells if other == key or other.startswith(f"{key}.")}


def _off(key: str, cells: Cells, rng: Random) -> Iterator[Change]:
    """A cell off by some, never below 0."""
    value = Decimal(cells[key] or 0)
    by = rng.randint(1, max(3, int(value) // 6))
    yield {key: _plain(value + by)}
    if value >= by:
        yield {key: _plain(value - by)}


def _beyond(low: Sequence[str], high: Sequence[str], cells: Cells, gap: Decimal, rng: Random) -> Iterator[Change]:
    """One of the cells that should stay below raised over the limit, or one of the limit lowered."""
    by = -gap + rng.randint(1, 4)
    yield from ({key: _plain(Decimal(cells[key] or 0) + by)} for key in low)
    yield from ({key: _plain(Decimal(cells[key] or 0) - by)} for key in high if Decimal(cells[key] or 0) >= by)


def _sum(cells: Cells, keys: Sequence[str]) -> Decimal:
    return sum((Decimal(cells[key] or 0) for key in keys), Decimal(0))


def _plain(value: Decimal) -> Number:
    return int(value) if value == int(value) else value


def cells_blank(draft: Draft, rng: Random) -> Draft | None:
    """Kind 16 in small: one to four cells of a table are left empty."""
    found = sorted(_filled(draft))
    return _blanked(copied(draft), rng.sample(found, min(len(found), rng.randint(1, 4))), 19, "cells_blank")


def change_blank(draft: Draft, rng: Random) -> Draft | None:
    """Kind 19: only the cells of 增/减 are empty."""
    found = [key for key in _filled(draft) if key.endswith(".items_change")]
    return _blanked(copied(draft), found, 19, "change_blank")


def total_column_blank(draft: Draft, rng: Random) -> Draft | None:
    """Kind 16: the column of totals is empty though the others are filled."""
    found = [key for key in _filled(draft) if key.endswith("/total")]
    return _blanked(copied(draft), found, 16, "total_column_blank")


def only_total_column(draft: Draft, rng: Random) -> Draft | None:
    """Kind 17: of the requests table only the column of totals is filled."""
    found = [key for key in _filled(draft) if "/" in key and not key.endswith("/total")]
    return _blanked(copied(draft), found, 17, "only_total_column")


def table_blank(draft: Draft, rng: Random) -> Draft | None:
    """Kind 18: a whole table is empty."""
    tables: dict[str, list[str]] = {}
    for cell in known().forms.cells(draft.standard):
        if cell.key in _filled(draft):
            tables.setdefault(cell.table, []).append(cell.key)
    return _blanked(copied(draft), tables[rng.choice(sorted(tables))] if tables else [], 18, "table_blank")


def cell_unreadable(draft: Draft, rng: Random) -> Draft | None:
    """A cell that holds what a spreadsheet leaves of a lost number."""
    found = sorted(_filled(draft))
    if not found or draft.layout not in OPEN_LAYOUTS:
        return None
    new, key = copied(draft), rng.choice(found)
    new.cells[key] = rng.choice(words().unreadable)
    return spoiled(new, "", Told("cell.unreadable", key, cells=(key,)), name="cell_unreadable")


def _filled(draft: Draft) -> list[str]:
    """The cells in which something is printed, in the order of the form."""
    return [key for key, value in draft.cells.items() if value is not None]


def _blanked(draft: Draft, found: Sequence[str], kind: int, name: str) -> Draft | None:
    if not found or draft.layout not in OPEN_LAYOUTS:
        return None
    draft.cells.update(dict.fromkeys(found))
    draft.blanks = tuple(dict.fromkeys((*draft.blanks, *found)))
    return spoiled(draft, kind, Told("cell.blank", ";".join(found), cells=tuple(found)), name=name)


DEFECTS = (
    *(break_identity(code) for code in CODES),
    Defect("cells_blank", (19,), ("cell.blank",), "cells", cells_blank),
    Defect("change_blank", (19,), ("cell.blank",), "cells", change_blank),
    Defect("total_column_blank", (16,), ("cell.blank",), "cells", total_column_blank),
    Defect("only_total_column", (17,), ("cell.blank",), "cells", only_total_column),
    Defect("table_blank", (18,), ("cell.blank",), "cells", table_blank),
    Defect("cell_unreadable", (), ("cell.unreadable",), "cells", cell_unreadable),
)
