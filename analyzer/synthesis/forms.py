"""Statistics tables as reports print them: what stands in which place of each table of a form.

A table is a `Model`: rows of fields, a field with the columns and rows it covers. How a model becomes text is the
matter of `typesetting`. What one office prints otherwise than the form is a `Look`, drawn from the profiles.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from analyzer.document import Number
from analyzer.knowledge.forms import Forms, Indicator
from analyzer.knowledge.printing import Printing, Profile

RESULTS = ("upheld", "corrected", "other", "pending", "total")
KINDS = ("review", "litigation.direct", "litigation.after_review")
EDGES = ("request.new", "request.carried_in", "request.carried_out")
SPANS = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}
"""Columns that each of so many values of table two covers."""
SHARE, WORDED = 0.2, 0.5
"""How often a cell states its unit, and a label is printed in other words, where the profile says that it may."""
COLUMNS = (12, 9, 16)
"""Characters for which a column of text may have room, the first most often seen."""
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
AS_FORM = Profile("form")
"""The profile that changes nothing."""


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of a printed table."""

    text: str
    across: int = 1
    down: int = 1


Model = list[list[Field]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a form as printed: its id, its title, and the tables it is printed as (mostly one)."""

    id: str
    title: str
    models: tuple[Model, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How the tables of one report are printed: the way of writing, the profile, other words by those of the form, and
    how many characters a column of text has room for."""

    layout: str
    profile: Profile = AS_FORM
    labels: Mapping[str, str] = field(default_factory=dict)
    column: int = COLUMNS[0]


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is printed in a cell, and what a reader must make of it: a number (in the form's unit) or None where the
    cell is empty or `not_applicable` (a mark stands in it)."""

    raw: str
    value: Number | None
    not_applicable: bool = False


def draw_look(
    rng: random.Random, printing: Printing, standard: str, layout: str, *, year: int = 0, profile: str = ""
) -> Look:
    """A look for a report of this form and way of writing; `profile` names the one to take."""
    fitting = [p for p in printing.profiles(standard, layout) if not profile or p.id == profile]
    chosen = rng.choices(fitting, [p.weight for p in fitting])[0]
    labels = {
        label: rng.choice(words).replace("{year}", str(year))
        for label, words in printing.labels.items()
        if chosen.worded and rng.random() < WORDED
    }
    return Look(layout, chosen, labels, rng.choice(COLUMNS))


def imprint(
    rng: random.Random,
    cells: Mapping[str, Number | str | None],
    look: Look,
    *,
    forms: Forms,
    standard: str,
    printing: Printing,
) -> dict[str, Imprint]:
    """What is printed in each cell of the form: a number as the profile writes it, a text as it is; cells that `cells`
    lacks stay empty."""
    words = printing.words
    printed: dict[str, Imprint] = {}
    for cell in forms.cells(standard):
        value = cells.get(cell.key)
        if value is None:
            printed[cell.key] = Imprint("", None)
            continue
        mark = value if isinstance(value, str) else _mark(look.profile, cell.key, value)
        if mark or isinstance(value, str):
            printed[cell.key] = Imprint(mark, None, True)
            continue
        raw = f"{value:,}" if look.profile.thousands else f"{value}"
        if look.profile.units and value > 0 and rng.random() < SHARE:
            money = cell.unit == words.ten_thousand
            raw = f"{(value * 10000):.0f}{words.money}" if money and value * 10000 % 1 == 0 else f"{raw}{cell.unit}"
        printed[cell.key] = Imprint(raw.translate(WIDE) if look.profile.wide else raw, value)
    return printed


def _mark(profile: Profile, key: str, value: Number) -> str:
    """What the profile prints instead of 0, empty where it prints the number."""
    return next((mark for start, mark in profile.zeros.items() if value == 0 and key.startswith(start)), "")


def sheets(
    printed: Mapping[str, str], standard: str, look: Look, *, forms: Forms, printing: Printing
) -> tuple[Sheet, ...]:
    """The tables of a form in order; `printed` is the text of each cell, a missing key an empty cell."""
    maker = _Maker(printed, standard, look, forms, printing)
    return tuple(Sheet(table.id, table.title, maker.models(table.id)) for table in forms.standard(standard).tables)


@dataclass(frozen=True, slots=True)
class _Maker:
    printed: Mapping[str, str]
    standard: str
    look: Look
    forms: Forms
    printing: Printing

    def models(self, table: str) -> tuple[Model, ...]:
        if table == "statistics":
            return _torn(self._statistics()) if self.look.profile.torn else (self._statistics(),)
        if table == "active_disclosure":
            bands = list(self._active())
            return tuple(bands) if self.look.profile.apart else ([row for band in bands for row in band],)
        if table == "requests":
            return (self._requests(),)
        return (self._review(),)

    def _label(self, label: str) -> str:
        behind = self.printing.behind.get(label, "")
        return self.look.labels.get(label, label) + behind

    def _print(self, key: str) -> str:
        return self.printed.get(key, "")

    def _statistics(self) -> Model:
        words, profile = self.printing.words, self.look.profile
        label, unit, value = words.statistics
        head = [*profile.before, label, unit, *profile.after, *(profile.values or (value,))]
        rows = self.forms.rows(self.standard, "statistics")
        made = [self._row(row, number) for number, row in enumerate(rows, start=1)]
        if profile.spare:
            at = next(n for n, row in enumerate(rows) if row.indicator == "litigation")
            made.insert(at, [words.spare_row, rows[at].unit, *([""] * (len(head) - 3)), "0"])
        if profile.again:
            made.insert(len(made) // 2, list(head))
        return [[Field(text) for text in texts] for texts in (head, *made)]

    def _row(self, row: Indicator, number: int) -> list[str]:
        profile = self.look.profile
        before = [str(number) for _ in profile.before]
        after = [f"{number:02d}" for _ in profile.after]
        values = self._values(self._print(row.indicator)) if row.unit else [""] * max(1, len(profile.values))
        return [*before, self._label(row.label), row.unit or self.printing.words.no_unit, *after, *values]

    def _values(self, raw: str) -> list[str]:
        """The value with those of the further columns: of the year before, or of the parts that it sums up."""
        profile = self.look.profile
        if len(profile.values) < 2:
            return [raw]
        if profile.remark or not raw.isdecimal():
            return [raw if n == profile.own else "" for n in range(len(profile.values))]
        number, parts = int(raw), len(profile.values) - 1
        shares = [number // parts + (n < number % parts) for n in range(parts)] if parts > 1 else [number + number % 4]
        return [raw if n == profile.own else str(shares.pop()) for n in range(len(profile.values))]

    def _active(self) -> Iterator[Model]:
        words = self.printing.words
        parted = [
            (row.label.split(" / "), row.indicator) for row in self.forms.rows(self.standard, "active_disclosure")
        ]
        for number, (band, rows) in enumerate(groupby(parted, lambda each: each[0][0])):
            names = [(name, list(each)) for name, each in groupby(rows, lambda each: each[0][1])]
            columns = [label[2] for label, _ in names[0][1]]
            spans = SPANS[len(columns)]
            model: Model = [[Field(self._label(band), 4)]]
            heads = [Field(self._label(column), span) for column, span in zip(columns, spans, strict=True)]
            model.append([Field(words.content), *heads])
            for name, entries in names:
                values = [Field(self._print(key), s) for (_, key), s in zip(entries, spans, strict=True)]
                model.append([Field(self._label(name)), *values])
            if number == 0 and self.look.profile.spare:
                model.append([Field(words.spare), Field("2"), Field("0"), Field("7")])
            yield model

    def _requests(self) -> Model:
        words, profile = self.printing.words, self.look.profile
        columns = self.forms.applicants(self.standard)
        names = [column.label.split(" / ") for column in columns]
        firsts, inner = [name[0] for name in names], [name[-1] for name in names if len(name) > 1]
        head: Model = [
            [Field(words.check, 3, 3), Field(words.applicants, len(columns))],
            [Field(firsts[0], 1, 2), Field(firsts[1], len(inner)), Field(firsts[-1], 1, 2)],
            [Field(name) for name in inner],
        ]
        rows = self.forms.rows(self.standard, "requests")
        body = [self._heads(rows, n) + self._numbers(row, columns) for n, row in enumerate(rows)]
        if profile.spare:
            at = next(n for n, row in enumerate(rows) if row.indicator == "request.concluded")
            body.insert(at, [Field(words.spare_result, 2), *(Field("0") for _ in columns)])
        if profile.again:
            body[2:2] = head
        return head + body

    def _numbers(self, row: Indicator, columns: Sequence[Indicator]) -> list[Field]:
        return [Field(self._print(f"{row.indicator}/{column.indicator}")) for column in columns]

    def _heads(self, rows: Sequence[Indicator], number: int) -> list[Field]:
        """The labels of a row of the requests table: its own, before it the titles that begin with it."""
        *groups, label = rows[number].label.split(" / ")
        group = groups[-1] if groups and rows[number].indicator.count(".") > 1 else ""
        own = [row.label.split(" / ")[0] == group for row in rows]
        heads: list[Field] = []
        if rows[number].indicator == "request.granted":
            rest = len(rows) - len(EDGES) + self.look.profile.spare
            heads.append(Field("\n".join(groups[0]) if self.look.profile.upright else groups[0], 1, rest))
        if group:
            heads += [Field(self._label(group), 1, sum(own))] if not own[number - 1] else []
            return [*heads, Field(self._label(label))]
        return [*heads, Field(self._label(label), 3 if rows[number].indicator in EDGES else 2)]

    def _review(self) -> Model:
        rows = [row.label.split(" / ") for row in self.forms.rows(self.standard, "review_litigation")]
        names = [self._label(row[-1]) for row in rows[: len(RESULTS)]]
        kinds = [self._label(row[-2]) for row in rows[:: len(RESULTS)]]
        suits = rows[-1][0]
        grid = [[Field(self._print(f"{kind}.{result}")) for result in RESULTS] for kind in KINDS]
        shape = self.look.profile.review
        if shape == "transposed":
            first = [Field(self.printing.words.result, 1, 2), Field(kinds[0], 1, 2), Field(suits, 2)]
            model = [first, [Field(kind) for kind in kinds[1:]]]
            return model + [[Field(name), *(row[place] for row in grid)] for place, name in enumerate(names)]
        if shape == "rows":
            model = [[Field(self.printing.words.kind), *(Field(name) for name in names)]]
            return model + [[Field(kind), *row] for kind, row in zip(kinds, grid, strict=True)]
        return [
            [Field(kinds[0], 5), Field(suits, 10)],
            [*(Field(name, 1, 2) for name in names), Field(kinds[1], 5), Field(kinds[2], 5)],
            [Field(name) for name in names * 2],
            [value for row in grid for value in row],
        ]


def _torn(model: Model) -> tuple[Model, ...]:
    """A table on three pages, cut between two of its rows."""
    third = len(model) // 3
    return model[:third], model[third : 2 * third], model[2 * third :]
