"""What was read for each cell, before the cells are put in the order of the form."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analyzer.document import CellState, Document, Number, Span
from analyzer.knowledge.forms import FormCell, Forms
from analyzer.tables.labelling import Group
from analyzer.tables.pieces import Piece
from analyzer.tables.values import Figures

CONFLICT, MISREAD_LABEL, LOOSE = "conflict", "label_guessed", "loose_numbers"
LOW_CONFIDENCE = "low_confidence"


class Reading(NamedTuple):
    """A cell as read."""

    state: CellState
    value: Number | None
    raw: str
    span: Span | None
    note: str = ""


@dataclass(slots=True)
class Instance:
    """One printed table: its labels with their values; `seen` holds for each row its place and whether it is filled,
    `loose` says that numbers stand beside the rows, so that a row without any need not be empty, `partial` that too few
    of its labels are told to know whose its numbers are."""

    table: str
    groups: list[Group] = field(default_factory=list)
    run: int = 0
    seen: dict[str, tuple[int, bool]] = field(default_factory=dict)
    loose: bool = False
    partial: bool = False

    def rows(self) -> list[Group]:
        """The labels of rows."""
        return [group for group in self.groups if group.role is not None and group.role.axis == "row"]

    def columns(self) -> list[Group]:
        """The labels of columns."""
        return [group for group in self.groups if group.role is not None and group.role.axis == "column"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns pieces into readings of one document."""

    document: Document
    forms: Forms
    figures: Figures

    def span(self, start: int, end: int, piece: Piece | None = None) -> Span:
        """A place in the text, with page, row and column where there are any."""
        pages = self.document.pages
        page = max(1, bisect_right(pages, start)) if pages else None
        if piece is None or piece.row < 0:
            return Span(start, end, page)
        return Span(start, end, page, piece.row + 1, piece.first + 1)

    def read(self, cell: FormCell, piece: Piece, *, unit: str = "", note: str = "") -> Reading:
        """The cell printed as `piece`, whose column states `unit`; with a `note` it is in doubt."""
        raw, start, end = piece.raw, piece.start, piece.end
        if self.document.unsure and not note and self.document.is_unsure(start, end):
            note = LOW_CONFIDENCE
        if not unit and raw.isdecimal() and end - start == len(raw):
            return Reading("doubtful" if note else "read", int(raw), raw, self.span(start, end, piece), note)
        state, value = self.figures.read(raw, cell.unit, unit)
        raw, start, end = self._printed(piece)
        if note and (state in ("read", "not_applicable") or (state == "blank" and note == LOW_CONFIDENCE)):
            state = "doubtful"
        return Reading(state, value, raw, self.span(start, end, piece), note)

    def _printed(self, piece: Piece) -> tuple[str, int, int]:
        text = self.document.text
        raw = piece.raw.strip()
        if text[piece.start : piece.end] == raw:
            return raw, piece.start, piece.end
        at = text.find(raw, piece.start, piece.end) if raw else -1
        if at >= 0:
            return raw, at, at + len(raw)
        return (text[piece.start : piece.end], piece.start, piece.end) if raw else ("", piece.start, piece.start)

    def blank(self, group: Group) -> Reading:
        """A cell for which nothing is printed after its label; on a picture it may have been overlooked."""
        if any(start <= group.end <= end for start, end in self.document.recognised):
            return Reading("doubtful", None, "", self.span(group.end, group.end), LOW_CONFIDENCE)
        return Reading("blank", None, "", self.span(group.end, group.end))

    def doubtful(self, values: Sequence[Piece], note: str) -> Reading:
        """A cell that is somewhere among `values`."""
        printed = [value for value in values if value.kind == "value"] or list(values)
        start, end = printed[0].start, printed[-1].end
        return Reading("doubtful", None, self.document.text[start:end], self.span(start, end, printed[0]), note)


def merged(first: Reading, second: Reading) -> Reading:
    """The reading of a cell whose table stands twice: the first, in doubt where the second differs."""
    if first.state == "read" and second.state == "read" and first.value != second.value:
        return first._replace(state="doubtful", note=CONFLICT)
    return first


def doubted(reading: Reading, note: str) -> Reading:
    """The reading with its value in doubt."""
    return reading._replace(state="doubtful", note=note) if reading.state in ("read", "not_applicable") else reading


def distrusted(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """The readings of a table beside whose rows numbers stand: none of its cells is surely empty, and where most rows
    have no number of their own, those that others have may be of any."""
    empty = sum(reading.state in ("blank", "doubtful") for reading in readings.values())
    most = empty * 2 > len(readings)
    return {
        key: reading._replace(state="doubtful", note=LOOSE)
        if reading.state == "blank" or (most and reading.state in ("read", "not_applicable"))
        else reading
        for key, reading in readings.items()
    }


def untold(instance: Instance, standard: str, reader: Reader) -> dict[str, Reading]:
    """The readings of a table of which too little is told: each of its cells may be any of its numbers."""
    values = [value for group in instance.groups for value in group.values if value.kind == "value"]
    reading = reader.doubtful(values, LOOSE)
    own = reader.forms.by_standard[standard]
    return {key: reading for key, cell in own.items() if cell.table == instance.table}
