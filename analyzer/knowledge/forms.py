"""The statistics forms: standards by year, their tables and cells, the named sums of cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

from analyzer.errors import BadKnowledge, UnknownStandard
from analyzer.knowledge.schema import Source, build

TOTAL = "total"
"""The applicant that a key of the requests table means when it names none."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a form: its id in `indicators.csv`, the section that holds it, its printed title."""

    id: str
    section: str
    title: str


@dataclass(frozen=True, slots=True)
class Standard:
    """A form with the report years it is in force for (`until` None: still in force)."""

    id: str
    since: int
    document: str
    title: str
    sections: tuple[str, ...]
    tables: tuple[Table, ...]
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row or cell of a form as `indicators.csv` states it; without `unit` it is a heading, which has no value.

    Rows of the table `requests` have a value for each applicant; those of `requests.applicant` are its columns.
    """

    standard: str
    table: str
    indicator: str
    label: str
    unit: str = ""
    part_of: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """A key for a sum of cells, or (`organization`) of applicants; `formula` is keys joined by `+`.

    `name` is what messages call it. A cell whose printed label says too little alone stands here too, as its own sum.
    """

    standard: tuple[str, ...]
    key: str
    formula: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FormCell:
    """A value cell of a form; `key` is `indicator`, in the requests table `indicator/applicant`."""

    key: str
    indicator: str
    applicant: str
    label: str
    unit: str
    table: str


@dataclass(frozen=True, slots=True)
class StatisticsColumns:
    """Headers of the statistics table of 2014: columns without values (or with those of another year), the value column
    to take of several, and how the name of a column that sums up the others ends."""

    other_columns: tuple[str, ...]
    value_columns: tuple[str, ...]
    sum_endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What real tables print beside the labels of the forms (`forms_words.toml`).

    `counts` and `money` hold what one of a printed unit is in the unit of the form, `variants` further words for the
    headers of the tables two and four by the word of the form, `units` headers that change the unit below them,
    `plain` the words of a table that name neither a row nor a column.
    """

    not_applicable: tuple[str, ...]
    numberless: tuple[str, ...]
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    around: tuple[str, ...]
    spelling: Mapping[str, str]
    counts: Mapping[str, Decimal]
    money: Mapping[str, Decimal]
    variants: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]
    plain: Mapping[str, tuple[str, ...]]
    statistics: StatisticsColumns


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """The statistics forms and every name their cells go by."""

    standards: tuple[Standard, ...]
    indicators: tuple[Indicator, ...]
    derived: tuple[Derived, ...]
    by_standard: Mapping[str, Mapping[str, FormCell]]
    sums: Mapping[tuple[str, str], tuple[str, ...]]
    words: Words

    def expected(self, year: int | None) -> str:
        """Id of the form that the report year demands; `none` where there was no national form or no year is known."""
        for standard in self.standards:
            if year is not None and standard.since <= year <= (standard.until or year):
                return standard.id
        return "none"

    def standard(self, standard: str) -> Standard:
        """The form of this id; raises `UnknownStandard`."""
        for known in self.standards:
            if known.id == standard:
                return known
        allowed = ", ".join(known.id for known in self.standards)
        raise UnknownStandard(f"{standard!r} is no statistics form; known: {allowed}")

    def cells(self, standard: str) -> tuple[FormCell, ...]:
        """All value cells in the order of the form (2014: 58, 2019: 198, 2021: 200; `none` has none)."""
        return tuple(self.by_standard.get(standard, {}).values())

    def applicants(self, standard: str) -> tuple[Indicator, ...]:
        """The columns of the requests table, total last; empty for 2014."""
        return self.rows(standard, "requests.applicant")

    def rows(self, standard: str, table: str) -> tuple[Indicator, ...]:
        """The rows of a table in order, headings among them."""
        return tuple(row for row in self.indicators if row.standard == standard and row.table == table)

    def resolve(self, standard: str, key: str) -> tuple[str, ...]:
        """Keys of the cells that `key` means (one for a cell, several for a sum), empty where the form has no such.

        `key` is a cell's key (`/total` may be left out), a derived key, one of either with a derived applicant
        (`request.denied/organization`), or several of these joined by `+`.
        """
        found: list[str] = []
        for part in key.split("+"):
            cells = self._resolve(standard, part.strip())
            if not cells:
                return ()
            found.extend(cells)
        return tuple(found)

    def _resolve(self, standard: str, key: str) -> tuple[str, ...]:
        cells = self.by_standard.get(standard, {})
        if key in cells:
            return (key,)
        indicator, _, applicant = key.partition("/")
        rows = self.sums.get((standard, indicator), (indicator,))
        columns = self.sums.get((standard, applicant), (applicant,))
        if not applicant and f"{rows[0]}/{TOTAL}" in cells:
            columns = (TOTAL,)
        keys = tuple(f"{row}/{column}" if column else row for row, column in product(rows, columns))
        return keys if all(k in cells for k in keys) else ()

    def cell(self, standard: str, key: str) -> FormCell:
        """The cell of this key (`/total` may be left out); raises `KeyError` for a sum or an unknown key."""
        found = self.resolve(standard, key)
        if len(found) != 1:
            raise KeyError(f"{key} is not one cell of the form {standard}")
        return self.by_standard[standard][found[0]]

    def name(self, standard: str, key: str) -> str:
        """What `derived.csv` calls a key, empty where it names no such."""
        found = (entry for entry in self.derived if entry.key == key and standard in entry.standard)
        return next((entry.name for entry in found), "")

    def label(self, standard: str, key: str) -> str:
        """The name of a derived key, else the printed label; for a sum its parts' labels joined by ` + `."""
        if "+" in key:
            return " + ".join(self.label(standard, part.strip()) for part in key.split("+"))
        row, _, applicant = key.partition("/")
        name, column = self.name(standard, row), self.name(standard, applicant) or self._column(standard, applicant)
        if name:
            return f"{name} / {column}" if column and not name.endswith(column) else name
        if self.name(standard, applicant):
            first = self.by_standard[standard].get(f"{row}/{TOTAL}")
            return f"{first.label.rpartition(' / ')[0]} / {column}" if first else ""
        cells = self.by_standard.get(standard, {})
        return " + ".join(cells[part].label for part in self.resolve(standard, key))

    def _column(self, standard: str, applicant: str) -> str:
        labels = (c.label for c in self.applicants(standard) if c.indicator == applicant)
        return next(labels, "").rpartition(" / ")[2]

    def unit(self, standard: str, key: str) -> str:
        """The form's unit of a cell or sum, empty where it is unknown or the parts differ."""
        cells = self.by_standard.get(standard, {})
        units = {cells[part].unit for part in self.resolve(standard, key)}
        return units.pop() if len(units) == 1 else ""


def load(source: Source) -> Forms:
    """The files of this part, checked."""
    standards = source.entries("standards.toml", Standard, "standard")
    indicators = source.rows("indicators.csv", Indicator)
    derived = source.rows("derived.csv", Derived)
    known = {(standard.id, table.id) for standard in standards for table in standard.tables}
    known |= {(standard, f"{table}.applicant") for standard, table in known}
    for row in indicators:
        if (row.standard, row.table) not in known:
            raise BadKnowledge(
                f"indicators.csv: {row.indicator}: standards.toml has no table {row.standard} {row.table}"
            )
    by_standard = {standard.id: _cells(standard.id, indicators) for standard in standards}
    sums = {
        (standard, entry.key): tuple(part.strip() for part in entry.formula.split("+"))
        for entry in derived
        for standard in entry.standard
    }
    given: Any = source.toml("forms_words.toml")
    words = build(Words, given, "forms_words.toml")
    forms = Forms(standards, indicators, derived, by_standard, sums, words)
    _check(forms)
    return forms


def _cells(standard: str, indicators: tuple[Indicator, ...]) -> dict[str, FormCell]:
    """Every value cell of a form by its key, in order."""
    own = [row for row in indicators if row.standard == standard]
    cells: dict[str, FormCell] = {}
    for row in own:
        columns = [column for column in own if column.table == f"{row.table}.applicant"]
        if row.table.endswith(".applicant") or not row.unit:
            continue
        for column in columns:
            key = f"{row.indicator}/{column.indicator}"
            label = f"{row.label} / {column.label}"
            cells[key] = FormCell(key, row.indicator, column.indicator, label, row.unit, row.table)
        if not columns:
            cells[row.indicator] = FormCell(row.indicator, row.indicator, "", row.label, row.unit, row.table)
    return cells


def _check(forms: Forms) -> None:
    """Every derived key must name cells (or applicants) of its forms."""
    for entry in forms.derived:
        for standard in entry.standard:
            columns = {column.indicator for column in forms.applicants(standard)}
            parts = set(forms.sums[standard, entry.key])
            if not parts <= columns and not forms.resolve(standard, entry.key):
                raise BadKnowledge(f"derived.csv: {entry.key}: {standard} has no cells {entry.formula}")
