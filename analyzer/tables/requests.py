"""The table of requests: rows of seven numbers, one for each kind of applicant and their total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyzer.knowledge.forms import TOTAL, FormCell
from analyzer.tables.labelling import Group
from analyzer.tables.labels import REQUESTS, Book
from analyzer.tables.pieces import Piece
from analyzer.tables.placing import by_position, centers, lines_of, own_line, place, side
from analyzer.tables.readings import MISREAD_LABEL, Instance, Reader, Reading

UNLABELLED, HEADER = "unlabelled", "header_differs"


def read_requests(instance: Instance, standard: str, reader: Reader, book: Book) -> dict[str, Reading]:
    """Readings by cell key."""
    return _Table(instance, standard, reader, book).read()


class _Table:
    def __init__(self, instance: Instance, standard: str, reader: Reader, book: Book) -> None:
        self.instance, self.reader = instance, reader
        self.cells: Mapping[str, FormCell] = reader.forms.by_standard[standard]
        self.names = [column.indicator for column in reader.forms.applicants(standard)]
        rows = [row.indicator for row in reader.forms.rows(standard, REQUESTS)]
        self.order = {row: number for number, row in enumerate(rows)}
        self.rows = rows
        self.groups = _distinct([g for g in instance.rows() if g.role is not None and g.role.id in self.order])
        self.count = len(self.names)
        self.readings: dict[str, Reading] = {}

    def _without_total(self) -> bool:
        """Whether the header has all columns but the last, and the rows have as many numbers."""
        printed = {group.role.id for group in self.instance.columns() if group.role is not None}
        filled = [group for group in self.groups if group.filled]
        short = sum(len(own_line(group.values, self.count - 1)) == self.count - 1 for group in filled)
        return printed == set(self.names[:-1]) and short * 2 > len(filled)

    def read(self) -> dict[str, Reading]:
        if self._without_total():
            self.names, self.count = self.names[:-1], self.count - 1
        printed = [own_line(group.values, self.count) for group in self.groups if group.filled]
        self.lean = side(printed, self.count)
        self.columns, self.note = self._header()
        text = [row for row in printed if len(row) == self.count and _in_one_line(row)]
        self.positions = centers(text)
        for number, group in enumerate(self.groups):
            self._row(group, self.groups[number + 1] if number + 1 < len(self.groups) else None, number)
        self._strangers()
        return self.readings

    def _header(self) -> tuple[list[int], str]:
        """The grid columns of the applicants, if the header gives each its own; a note where their order is another."""
        headers = self._headers()
        whole = [list(header) for header in headers if len(header) == self.count]
        if whole and len(headers[0]) < self.count:
            return [], "" if all(self._ordered(header) for header in whole) else HEADER
        found: dict[str, Piece] = {}
        for header in headers:
            found.update((name, piece) for name, piece in header.items() if name not in found)
        places = [found[name].first for name in self.names if name in found]
        if len(found) == self.count and min(places) >= 0 and len(set(places)) == self.count:
            return (places, "") if places == sorted(places) else ([], HEADER)
        return [], "" if all(self._ordered(line) for line in _lines(found)) else HEADER

    def _headers(self) -> list[dict[str, Piece]]:
        """The columns that each header names: the table may begin anew on the next page."""
        headers: list[dict[str, Piece]] = [{}]
        for group in self.instance.groups:
            axis = group.role.axis if group.role is not None else ""
            if axis == "row" and headers[-1]:
                headers.append({})
            elif axis == "column" and group.role is not None:
                headers[-1].setdefault(group.role.id, group.pieces[0])
        return [header for header in headers if header] or [{}]

    def _ordered(self, printed: Sequence[str]) -> bool:
        inner = [name for name in printed if name != TOTAL]
        return inner == [name for name in self.names if name in inner]

    def _row(self, group: Group, after: Group | None, number: int) -> None:
        assert group.role is not None
        row = group.role.id
        note = self.note
        if not group.exact and not self._between(number):
            note = MISREAD_LABEL
        if not group.filled:
            self._empty(row, group)
            return
        placed, problem = place(group.values, self.count, lean=self.lean, columns=self.columns)
        if placed:
            self._set(row, placed, note)
        elif self._two_rows(group, after):
            self._set(row, group.values[: self.count], UNLABELLED)
            self._set(self.rows[self.order[row] + 1], group.values[self.count :], UNLABELLED)
        else:
            self._by_position(row, group, problem)

    def _by_position(self, row: str, group: Group, problem: str) -> None:
        values = own_line(group.values, self.count)
        placed = by_position(values, self.positions) if self.positions and _in_one_line(values) else None
        note = self.note or (problem if placed and placed[-1] is None else "")
        for name, piece in zip(self.names, placed or [None] * self.count, strict=True):
            cell = self.cells[f"{row}/{name}"]
            if placed is None:
                self.readings[cell.key] = self.reader.doubtful(values, problem)
            elif piece is None:
                self.readings[cell.key] = self.reader.blank(group)
            else:
                self.readings[cell.key] = self.reader.read(cell, piece, note=note)

    def _between(self, number: int) -> bool:
        """Whether the rows before and after say the same as the label: it stands where the form has it."""
        index = self._index(number)
        return self._index(number - 1) == index - 1 and self._index(number + 1) == index + 1

    def _index(self, number: int) -> int:
        if not 0 <= number < len(self.groups):
            return -1 if number < 0 else len(self.rows)
        role = self.groups[number].role
        assert role is not None
        return self.order[role.id]

    def _two_rows(self, group: Group, after: Group | None) -> bool:
        """Whether the values are those of this row and of the next, whose label is missing."""
        if len(group.values) != 2 * self.count or group.role is None:
            return False
        following = self.order[after.role.id] if after is not None and after.role is not None else len(self.rows)
        return following == self.order[group.role.id] + 2

    def _strangers(self) -> None:
        """Rows of seven numbers under words of no form, just where one row of the form is missing."""
        previous = -1
        waiting: list[Group] = []
        for group in [*self.instance.groups, None]:
            row = group.role.id if group is not None and group.role is not None else ""
            if group is not None and group.role is None and group.filled:
                waiting.append(group)
            elif group is None or (row in self.order and group.filled):
                index = self.order[row] if group is not None else len(self.rows)
                self._fill(previous + 1, index, waiting)
                previous, waiting = index, []

    def _fill(self, first: int, end: int, waiting: Sequence[Group]) -> None:
        missing = [row for row in self.rows[first:end] if not self._seen(row)]
        rows = [group for group in waiting if len(group.values) >= self.count - 1]
        if not missing or not rows:
            return
        one = len(missing) == end - first == len(waiting) == 1
        placed, _ = place(rows[0].values, self.count, lean=self.lean, columns=self.columns)
        if placed and one:
            self._set(missing[0], placed, UNLABELLED)
        elif len(rows) == len(missing):
            for row, group in zip(missing, rows, strict=True):
                doubt = self.reader.doubtful(group.values, UNLABELLED)
                self.readings.update({f"{row}/{name}": doubt for name in self.names})

    def _seen(self, row: str) -> bool:
        return f"{row}/{self.names[0]}" in self.readings

    def _set(self, row: str, pieces: Sequence[Piece], note: str) -> None:
        for name, piece in zip(self.names, pieces, strict=True):
            key = f"{row}/{name}"
            self.readings[key] = self.reader.read(self.cells[key], piece, note=note)

    def _empty(self, row: str, group: Group) -> None:
        lines = [line for line in lines_of(group.values) if len(line) >= self.count]
        pieces = lines[0][: self.count] if lines else []
        for number, name in enumerate(self.names):
            cell = self.cells[f"{row}/{name}"]
            blank = self.reader.read(cell, pieces[number]) if pieces else self.reader.blank(group)
            self.readings[cell.key] = blank


def _lines(found: Mapping[str, Piece]) -> list[list[str]]:
    """The columns that the header names in order: line by line where a line of text names several of them."""
    lines: dict[int, list[str]] = {}
    for name, piece in found.items():
        lines.setdefault(piece.line, []).append(name)
    several = any(len(line) > 1 for line in lines.values()) and all(piece.row < 0 for piece in found.values())
    return list(lines.values()) if several else [list(found)]


def _distinct(groups: Sequence[Group]) -> list[Group]:
    """Each row once: its label with values, or the last without."""
    best: dict[str, Group] = {}
    for group in groups:
        assert group.role is not None
        known = best.get(group.role.id)
        if known is None or (group.filled and not known.filled) or (not known.filled and len(group.values) > 0):
            best[group.role.id] = group
    kept = {id(group) for group in best.values()}
    return [group for group in groups if id(group) in kept]


def _in_one_line(values: Sequence[Piece]) -> bool:
    """Whether the values are of one line of text."""
    return bool(values) and values[0].row < 0 and values[0].line == values[-1].line
