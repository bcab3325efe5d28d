"""Defects of the tables as such: missing, of the older form, tables of the wrong year's shape."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from analyzer.document import Number
from analyzer.numerals import plain
from analyzer.synthesis.defects.base import Defect, Told, copied, known, numbers, spoiled, words
from analyzer.synthesis.draft import Cells, Draft

RENAMED: Mapping[str, tuple[str, ...]] = {
    "regulation.issued": ("regulation.made", "regulation.published"),
    "regulation.in_force": ("regulation.public_total",),
    "normative.issued": ("normative.made", "normative.published"),
    "normative.in_force": ("normative.public_total",),
}
"""Cells of the form of 2021 whose numbers those of 2019 can hold."""
ITEMS, PURCHASES = (40, 260), (3, 60)


def older_form(draft: Draft, rng: Random) -> Draft | None:
    """Kind 1: the tables of the form of 2019 in a report on that of 2021."""
    if draft.standard != "2021" or draft.expected != "2021":
        return None
    new, old = copied(draft), numbers(draft)
    cells: Cells = {}
    for cell in known().forms.cells("2019"):
        cells[cell.key] = old.get(cell.key, 0)
    for key, others in RENAMED.items():
        cells.update(dict.fromkeys(others, old[key]))
    for key in cells:
        row, _, applicant = key.partition("/")
        if row == "request.other":
            parts = [old[f"{k}/{applicant}"] for k in known().forms.sums["2021", "request.other"]]
            cells[key] = None if None in parts else plain(sum((Decimal(p or 0) for p in parts), Decimal(0)))
    cells.update(_own(rng))
    new.standard, new.cells = "2019", cells
    return spoiled(new, 1, Told("standard.mismatch"), name="older_form")


def _own(rng: Random) -> dict[str, Number]:
    """Numbers for the cells that only the form of 2019 has."""
    found: dict[str, Number] = {"procurement.items": rng.randint(*PURCHASES)}
    found["procurement.amount"] = plain(Decimal(rng.randint(1000, 90_000)) / 100)
    for name in ("license", "other_service", "penalty", "compulsory", "administrative_fee"):
        found[f"{name}.items_last_year"] = rng.randint(*ITEMS)
        found[f"{name}.items_change"] = 0
    found["other_service.decisions"] = 0
    return found


def table_missing(draft: Draft, rng: Random) -> Draft | None:
    """Kind 20: one of the tables is not there; nothing stands below its heading."""
    new = copied(draft)
    found = [(part, table) for part in new.parts for table in part.tables]
    if len(found) < 2:
        return None
    part, table = rng.choice(found)
    part.tables.remove(table)
    for cell in known().forms.cells(new.standard):
        if cell.table == table:
            new.cells.pop(cell.key, None)
    return spoiled(new, 20, Told("table.missing", table), name="table_missing")


def tables_missing(draft: Draft, rng: Random) -> Draft | None:
    """Kind 20: none of the tables that the year demands is there."""
    new = copied(draft)
    if new.expected == "none" or not any(part.tables for part in new.parts):
        return None
    for part in new.parts:
        part.tables = []
    new.parts[:] = [p for p in new.parts if p.section != "statistics"]
    new.standard, new.cells = "none", {}
    return spoiled(new, 20, Told("table.missing"), *_announced(new), name="tables_missing")


def _announced(draft: Draft) -> list[Told]:
    """Tables that the text refers to and that now do not follow."""
    patterns = [words().find(name) for name in ("figure", "annex")]
    found = [m[0] for _, s in draft.sentences() for pattern in patterns for m in [pattern.search(s.text)] if m]
    return [Told("figure.missing", "", (said,)) for said in found]


DEFECTS = (
    Defect("older_form", (1,), ("standard.mismatch",), "cells", older_form),
    Defect("table_missing", (20,), ("table.missing",), "cells", table_missing),
    Defect("tables_missing", (20,), ("table.missing",), "cells", tables_missing),
)
