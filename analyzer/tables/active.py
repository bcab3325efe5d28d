"""The table of active disclosure: bands of rows whose columns the band's header names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyzer.knowledge.forms import FormCell
from analyzer.tables.labelling import Group
from analyzer.tables.labels import ACTIVE, Book
from analyzer.tables.pieces import Piece
from analyzer.tables.placing import lines_of, own_line, place
from analyzer.tables.readings import MISREAD_LABEL, Instance, Reader, Reading

HEADER = "header_differs"


def read_active(instance: Instance, standard: str, reader: Reader, book: Book) -> dict[str, Reading]:
    """Readings by cell key."""
    return _Table(instance, standard, reader, book).read()


class _Table:
    def __init__(self, instance: Instance, standard: str, reader: Reader, book: Book) -> None:
        self.instance, self.reader, self.book = instance, reader, book
        self.cells: Mapping[str, FormCell] = reader.forms.by_standard[standard]
        self.names = {row: book.columns[standard, row] for row in book.order[ACTIVE] if (standard, row) in book.columns}
        self.readings: dict[str, Reading] = {}

    def read(self) -> dict[str, Reading]:
        header: list[Group] = []
        closed = False
        for group in self.instance.groups:
            role = group.role
            if role is None:
                continue
            if role.axis == "band" or (role.axis == "column" and closed):
                header, closed = [], False
            if role.axis == "column":
                header.append(group)
            elif role.axis == "row":
                closed = True
                if role.id in self.names:
                    self._row(role.id, group, header)
        return self.readings

    def _row(self, row: str, group: Group, header: Sequence[Group]) -> None:
        names = self.names[row]
        keys = [f"{row}.{name}" for name in names]
        if keys[0] in self.readings and not group.filled:
            return
        note = "" if group.exact else MISREAD_LABEL
        columns, unit, differs = self._columns(names, header)
        if not group.filled:
            self._empty(keys, group)
            return
        placed, problem = place(self._once(group.values, len(keys)), len(keys), columns=columns)
        for number, key in enumerate(keys):
            if placed is None:
                self.readings[key] = self.reader.doubtful(own_line(group.values, len(keys)), problem)
            else:
                stated = unit if names[number] == "amount" else ""
                self.readings[key] = self.reader.read(
                    self.cells[key], placed[number], unit=stated, note=note or (HEADER if differs else "")
                )

    def _columns(self, names: Sequence[str], header: Sequence[Group]) -> tuple[list[int], str, bool]:
        """Grid columns of the row's values, the unit the header states, whether its order is not that of the form."""
        roles = [group.role for group in header if group.role is not None]
        unit = next((role.unit for role in roles if role.unit), "")
        printed = [role.id for role in roles if role.id in names]
        expected = [name for name in names if name in printed]
        places = [group.pieces[0].first for group in header if group.role is not None and group.role.id in names]
        whole = len(places) == len(names) == len(set(places)) and min(places) >= 0
        return places if whole and places == sorted(places) else [], unit, list(dict.fromkeys(printed)) != expected

    def _once(self, values: list[Piece], count: int) -> list[Piece]:
        """The values of a row, a merged cell that stands printed several times taken once."""
        line = own_line(values, count)
        same = count == 1 and len(line) > 1 and line[0].row >= 0 and len({value.raw for value in line}) == 1
        return line[:1] if same else line

    def _empty(self, keys: Sequence[str], group: Group) -> None:
        lines = [line for line in lines_of(group.values) if len(line) >= len(keys)]
        for number, key in enumerate(keys):
            piece = lines[0][number] if lines else None
            blank = self.reader.read(self.cells[key], piece) if piece else self.reader.blank(group)
            self.readings[key] = blank
