"""The tables as such: there or not, of the right form, filled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.document import Cell, CellState, Check, Outcome, Span
from analyzer.reconcile.case import Case

STATES: dict[CellState, str] = {
    "blank": "cell.blank",
    "absent": "cell.absent",
    "unreadable": "cell.unreadable",
    "doubtful": "cell.doubtful",
}
ROOT = "tables"
LINE = re.compile(r"\S[^\n]*\S")
FAR = 200
"""Characters of a table in which its first line is looked for."""


def check_tables(case: Case) -> Iterator[Check]:
    """All checks of the tables."""
    yield from _presence(case)
    yield from _form(case)
    yield from _cells(case)


def _presence(case: Case) -> Iterator[Check]:
    """The tables that the year demands."""
    expected, found = case.report.standard_expected, set(case.tables.found)
    if expected == "none":
        return
    standard = case.tables.standard if case.tables.standard != "none" else expected
    wanted = case.forms.standard(standard).tables
    lost = [table for table in wanted if table.id not in found]
    values = {
        "names": ";".join(f"《{table.title}》" for table in lost),
        "year": str(case.report.year),
    }
    numbers = (len(wanted), len(wanted) - len(lost))
    if not lost:
        yield Check("table.missing", "holds", "", *numbers)
    else:
        pictures = bool(case.document.pictures)
        outcome: Outcome = "suspect" if pictures else "violated"
        reason = "picture" if pictures else ""
        names = ";".join(table.id for table in lost)
        yield Check("table.missing", outcome, names, *numbers, reason, values=values, root=ROOT)


def _form(case: Case) -> Iterator[Check]:
    """The form of the tables found against that of the year."""
    expected, found = case.report.standard_expected, case.tables.standard
    if "none" in (expected, found):
        return
    outcome: Outcome = "holds" if expected == found else "violated"
    values = {
        "year": str(case.report.year),
        "form": case.forms.standard(expected).document,
        "other": case.forms.standard(found).document,
    }
    span = _head(case) if outcome == "violated" else None
    yield Check("standard.mismatch", outcome, "", expected, found, "", span, None, values)


def _head(case: Case) -> Span | None:
    """The first line of the tables."""
    if not case.tables.regions:
        return next((cell.span for cell in case.tables.cells if cell.span), None)
    text, (start, end) = case.document.text, min(case.tables.regions)
    found = LINE.search(text, start, min(end, start + FAR))
    return Span(*found.span()) if found else Span(start, end)


def _cells(case: Case) -> Iterator[Check]:
    """One check for each table and each state that a cell should not be in; a check that all is filled else."""
    standard = case.tables.standard
    if standard == "none":
        return
    by_key = case.forms.by_standard[standard]
    rows: dict[str, list[Cell]] = {}
    for cell in case.tables.cells:
        if cell.state != "read" and cell.state != "not_applicable" and cell.key in by_key:
            rows.setdefault(by_key[cell.key].table, []).append(cell)
    sizes: dict[str, int] = {}
    for form_cell in by_key.values():
        sizes[form_cell.table] = sizes.get(form_cell.table, 0) + 1
    for table in case.forms.standard(standard).tables:
        if table.id in case.tables.found:
            yield from _states(case, table.title, rows.get(table.id, []), sizes[table.id])


def _states(case: Case, title: str, cells: list[Cell], size: int) -> Iterator[Check]:
    if not any(cell.state == "blank" for cell in cells):
        yield Check("cell.blank", "holds", "", size, size)
    for state, rule in STATES.items():
        wrong = [cell for cell in cells if cell.state == state]
        if not wrong:
            continue
        values = {
            "table": title,
            "count": str(len(wrong)),
            "names": ";".join(f"“{case.short(cell)}”" for cell in wrong),
        }
        places = [cell.span for cell in wrong if cell.span is not None]
        span, second = (places[0], places[-1]) if places else (None, None)
        outcome: Outcome = "violated" if state == "blank" else "suspect"
        keys, far = ";".join(cell.key for cell in wrong), second if second is not span else None
        yield Check(rule, outcome, keys, size, size - len(wrong), state, span, far, values)
