"""The statistics tables of a report as named cells, from grids and from text alike.

A table is recognised by its labels; a label's values are those printed after it. What the labels say is held against
the order of the form: where the two differ, or a row has not its numbers, its cells are `doubtful`, and a row that
cannot be placed has no value. Nothing is filled in or repaired from sums.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from analyzer.document import Cell, Document, Tables
from analyzer.knowledge.forms import FormCell, Forms
from analyzer.tables.active import read_active
from analyzer.tables.heads import mend
from analyzer.tables.instances import has_loose_numbers, instances, standards
from analyzer.tables.labelling import groups
from analyzer.tables.labels import ACTIVE, REQUESTS, REVIEW, STATISTICS, Book
from analyzer.tables.pieces import Line, runs, words
from analyzer.tables.readings import Instance, Reader, Reading, distrusted, merged
from analyzer.tables.regions import regions
from analyzer.tables.requests import read_requests
from analyzer.tables.review import read_review
from analyzer.tables.statistics import read_statistics
from analyzer.tables.turned import mend_turned

__all__ = ["read_tables"]

_READERS: dict[str, Callable[[Instance, str, Reader, Book], dict[str, Reading]]] = {
    STATISTICS: read_statistics,
    ACTIVE: read_active,
    REQUESTS: read_requests,
    REVIEW: read_review,
}


def read_tables(document: Document, forms: Forms, expected: str) -> Tables:
    """All cells of the form found in the document and of the `expected` one (an id of `standards.toml`, or `none`).

    A cell of a table that is not there, or of a row that is not there, is `absent`. A `doubtful` cell has a value
    only where one was printed for it; its `note` says why it is in doubt.
    """
    printed = words(forms)
    labels = printed.book
    found: list[Instance] = []
    lines: list[list[Line]] = []
    for run in runs(document, printed):
        mend(run, labels)
        mend_turned(run, labels)
        printed_labels = groups(run, labels)
        loose = has_loose_numbers(printed_labels, labels)
        for instance in instances(printed_labels, labels):
            instance.run, instance.loose = len(lines), loose
            found.append(instance)
        lines.append(run)
    if not found:
        return Tables("none", _cells(forms, expected, "none", {}))
    standard, own = standards(found, labels, expected)
    readings = _readings(found, own, Reader(document, forms, printed.figures), labels)
    tables = tuple(dict.fromkeys(instance.table for instance in found))
    return Tables(
        standard, _cells(forms, expected, standard, readings), regions(document, lines, found, labels), tables
    )


def _readings(
    found: Sequence[Instance], own: Sequence[str], reader: Reader, labels: Book
) -> dict[tuple[str, str], Reading]:
    """Readings by table and key; of a table that stands several times the fullest counts, the first of equals."""
    made: dict[str, list[dict[str, Reading]]] = {}
    for instance, standard in zip(found, own, strict=True):
        own_readings = _READERS[instance.table](instance, standard, reader, labels)
        made.setdefault(instance.table, []).append(distrusted(own_readings) if instance.loose else own_readings)
    readings: dict[tuple[str, str], Reading] = {}
    for table, several in made.items():
        best = max(several, key=_filled) if len(several) > 1 else several[0]
        others = [each for each in several if each is not best]
        for key, reading in best.items():
            for other in others:
                reading = merged(reading, other.get(key, reading))
            readings[table, key] = reading
    return readings


def _filled(readings: dict[str, Reading]) -> int:
    counts = Counter(reading.state for reading in readings.values())
    return counts["read"] + counts["not_applicable"] + counts["doubtful"]


def _cells(forms: Forms, expected: str, standard: str, readings: dict[tuple[str, str], Reading]) -> tuple[Cell, ...]:
    """A cell for each of the found form, then for each of the expected one that the found one has not."""
    wanted: dict[str, FormCell] = {cell.key: cell for cell in forms.cells(standard)}
    cells = [_cell(cell, readings.get((cell.table, cell.key))) for cell in wanted.values()]
    for cell in forms.cells(expected):
        if cell.key not in wanted:
            cells.append(_cell(cell, readings.get((cell.table, cell.key))))
    return tuple(cells)


def _cell(cell: FormCell, reading: Reading | None) -> Cell:
    if reading is None:
        return Cell(cell.indicator, cell.applicant, cell.label, None, cell.unit, "", "absent")
    state, value, raw, span, note = reading
    return Cell(cell.indicator, cell.applicant, cell.label, value, cell.unit, raw, state, span, note)
