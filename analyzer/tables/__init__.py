"""The statistics tables of a report as named cells, from grids and from text alike.

A table is recognised by its labels; a label's values are those printed after it. What the labels say is held against
the order of the form: where the two differ, or a row has not its numbers, its cells are `doubtful`, and a row that
cannot be placed has no value. Nothing is filled in or repaired from sums.
"""

from __future__ import annotations

import re
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
from analyzer.tables.readings import LOW_CONFIDENCE, Instance, Reader, Reading, distrusted, merged, untold
from analyzer.tables.regions import regions
from analyzer.tables.requests import read_requests
from analyzer.tables.review import read_review
from analyzer.tables.statistics import read_statistics
from analyzer.tables.turned import mend_turned

__all__ = ["read_tables"]

TOLD, SAYING = 4, 4
"""Words of a table's labels on a picture from which on the table may stand there, though it is not found, and how many
characters such a word has."""
_ORDINAL = re.compile(r"^.*[）.]")
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
    whole = {instance.table for instance in found if not instance.partial}
    found = [instance for instance in found if not (instance.partial and instance.table in whole)]
    if not found:
        return Tables("none", _overlooked(document, _cells(forms, expected, "none", {}), forms, expected, ()))
    standard, own = standards(found, labels, expected)
    readings = _readings(found, own, Reader(document, forms, printed.figures), labels)
    tables = tuple(dict.fromkeys(instance.table for instance in found))
    cells = _cells(forms, expected, standard, readings)
    if document.recognised:
        cells = _overlooked(document, cells, forms, standard, tables)
    return Tables(standard, cells, regions(document, lines, found, labels), tables)


def _overlooked(
    document: Document, cells: tuple[Cell, ...], forms: Forms, standard: str, found: Sequence[str]
) -> tuple[Cell, ...]:
    """The cells; on pictures those of rows or tables that are not found, though their labels are, may be there."""
    if not document.recognised:
        return cells
    own = {cell.key: cell.table for cell in forms.cells(standard)}
    text = "".join(document.text.split())
    words = {(cell.table, _ORDINAL.sub("", part)) for cell in forms.cells(standard) for part in cell.label.split(" / ")}
    printed = Counter(table for table, word in words if len(word) >= SAYING and word in text)
    there = {table for table, count in printed.items() if count >= TOLD} | set(found)
    return tuple(
        [
            cell._replace(state="doubtful", note=LOW_CONFIDENCE)
            if cell.state == "absent" and cell.key in own and own[cell.key] in there
            else cell
            for cell in cells
        ]
    )


def _readings(
    found: Sequence[Instance], own: Sequence[str], reader: Reader, labels: Book
) -> dict[tuple[str, str], Reading]:
    """Readings by table and key; of a table that stands several times the fullest counts, the first of equals."""
    made: dict[str, list[dict[str, Reading]]] = {}
    for instance, standard in zip(found, own, strict=True):
        if instance.partial:
            own_readings = untold(instance, standard, reader)
        else:
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
