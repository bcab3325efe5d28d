"""The statistics table of 2014: a label, a unit and a number in each row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from analyzer.knowledge.forms import FormCell, StatisticsColumns
from analyzer.tables.labelling import Group
from analyzer.tables.labels import STATISTICS, Book
from analyzer.tables.pieces import Piece
from analyzer.tables.placing import lines_of
from analyzer.tables.readings import LOOSE, MISREAD_LABEL, Instance, Reader, Reading

YEAR = re.compile(r"20\d\d")
SKIPPED, CODED = 3, 9
"""How far codes of rows that follow one another may differ; how many of ten rows have one."""
MANY, UNLABELLED = "many_values", "unlabelled"


def read_statistics(instance: Instance, standard: str, reader: Reader, book: Book) -> dict[str, Reading]:
    """Readings by cell key."""
    return _Table(instance, standard, reader, book).read()


class _Table:
    def __init__(self, instance: Instance, standard: str, reader: Reader, book: Book) -> None:
        self.reader, self.instance = reader, instance
        self.cells: Mapping[str, FormCell] = reader.forms.by_standard[standard]
        self.order = {row: number for number, row in enumerate(book.order[STATISTICS])}
        self.rows = book.order[STATISTICS]
        words = reader.forms.words.statistics
        self.money = reader.forms.words.money
        self.columns = _Columns(instance, book, words)
        self.readings: dict[str, Reading] = {}
        _without_codes(instance.rows())

    def read(self) -> dict[str, Reading]:
        rows = self._named()
        for number, (row, group, sure) in enumerate(rows):
            after = self.order[rows[number + 1][0]] if number + 1 < len(rows) else len(self.rows)
            if row in self.cells:
                self._row(row, group, "" if sure else MISREAD_LABEL, after)
        return self.readings

    def _named(self) -> list[tuple[str, Group, bool]]:
        """The rows in order; labels that several rows share go to the next of them in the order of the form."""
        named: list[tuple[str, Group, bool]] = []
        seen: set[str] = set()
        before = -1
        for group in self.instance.rows():
            own = [role.id for role in group.roles if role.table == STATISTICS and role.axis == "row"]
            open_rows = [row for row in own if row not in seen] or own
            later = [row for row in open_rows if self.order[row] > before]
            row = min(later or open_rows, key=lambda each: self.order[each])
            sure = group.exact or self.order[row] == before + 1
            if row in seen and not group.filled:
                continue
            named.append((row, group, sure and (len(own) == 1 or bool(later))))
            seen.add(row)
            before = self.order[row]
        return named

    def _row(self, row: str, group: Group, note: str, after: int) -> None:
        if row in self.readings and self.readings[row].state != "blank":
            return
        cell = self.cells[row]
        piece, problem = self._value(group)
        unit = group.units[0].raw if group.units else ""
        if piece is None:
            self.readings[row] = self.reader.blank(group)
            return
        if unit in self.money and piece.row < 0 and group.units[0].line > piece.line:
            unit, problem = "", problem or LOOSE
        self.readings[row] = self.reader.read(cell, piece, unit=unit, note=note or problem)
        second = self._second(group)
        missing = self.rows[self.order[row] + 1] if after == self.order[row] + 2 else ""
        if second is not None and missing in self.cells:
            self.readings[missing] = self.reader.read(self.cells[missing], second, note=UNLABELLED)

    def _value(self, group: Group) -> tuple[Piece | None, str]:
        """The number of a row, and why it is in doubt."""
        values = group.values
        if group.units:
            after = [value for value in values if value.start > group.units[0].start]
            values = after or values
        printed = [value for value in values if value.kind == "value"]
        if not printed:
            return (values[0] if values else None), ""
        if values[0].row >= 0:
            chosen = self.columns.pick(lines_of(values)[0])
            if chosen is not None:
                return chosen, ""
            if self.columns.lacks(lines_of(values)[0]):
                return None, ""
        if len(printed) == 1 or (len(lines_of(printed)) == 1 and len({value.raw for value in printed}) == 1):
            return printed[0], ""
        return printed[0], MANY

    def _second(self, group: Group) -> Piece | None:
        """The value after a second unit: the row of a label that is not there."""
        if len(group.units) != 2:
            return None
        after = [value for value in group.values if value.start > group.units[1].start and value.kind == "value"]
        return after[0] if after else None


def _without_codes(rows: Sequence[Group]) -> None:
    """Takes the codes of rows (1, 2, 3 … before or behind all values) from lines of text."""
    figures = [[value for value in group.values if value.row < 0 and value.raw.isdecimal()] for group in rows]
    figures = [values for values in figures if values]
    for place in (0, -1):
        codes: list[Piece] = []
        last = 0
        for values in figures:
            if last < int(values[place].raw) <= last + SKIPPED:
                codes.append(values[place])
                last = int(codes[-1].raw)
        several = sum(len(values) > 1 for values in figures)
        if several * 2 > len(figures) and max(len(figures), last) * CODED <= len(codes) * 10:
            gone = set(map(id, codes))
            for group in rows:
                group.values = [value for value in group.values if id(value) not in gone]
            return


class _Columns:
    """The column of values of each grid, by its header."""

    def __init__(self, instance: Instance, book: Book, words: StatisticsColumns) -> None:
        self.wanted = [book.normal(word) for word in words.value_columns]
        self.others = {book.normal(word) for word in words.other_columns}
        self.sums = words.sum_endings
        first = instance.rows()[0].spot if instance.rows() else 0
        pieces = [piece for group in instance.groups if group.spot < first for piece in group.pieces if piece.row >= 0]
        self.heads = {piece.first: piece.norm for piece in pieces}
        self.years = {piece.first: year[0] for piece in pieces if (year := YEAR.search(piece.raw))}

    def lacks(self, values: Sequence[Piece]) -> bool:
        """Whether a row has numbers only below heads of other things (codes, notes), and none in the value column."""
        named = [self.heads.get(value.first, "") for value in values if value.kind == "value"]
        return not set(self.wanted).isdisjoint(self.heads.values()) and self.others.issuperset(named)

    def pick(self, values: Sequence[Piece]) -> Piece | None:
        """The value to take from a row of a grid (of several years the last), None where the header does not say."""
        latest = max(self.years.values(), default="")
        current = [value for value in values if self.years.get(value.first, latest) == latest]
        named = [(self.heads.get(value.first, ""), value) for value in current]
        open_ones = [(head, value) for head, value in named if head not in self.others]
        if len(open_ones) == 1:
            return open_ones[0][1]
        for word in self.wanted:
            hits = [value for head, value in open_ones if head == word]
            if len(hits) == 1:
                return hits[0]
        sums = [value for head, value in open_ones if head.endswith(tuple(self.sums))]
        return sums[0] if len(sums) == 1 else None
