"""The table of reviews and suits: fifteen numbers, printed along a line, by result, or by kind of case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analyzer.knowledge.forms import FormCell
from analyzer.tables.labelling import Group
from analyzer.tables.labels import REVIEW, Book
from analyzer.tables.pieces import Piece
from analyzer.tables.placing import own_line, place
from analyzer.tables.readings import Instance, Reader, Reading, doubted

HEADER, PART = "header_differs", "rows_missing"


@dataclass(slots=True)
class _Band:
    """Labels that stand together, and the values that follow the last of them."""

    kinds: list[Group] = field(default_factory=list)
    results: list[Group] = field(default_factory=list)
    last: str = ""
    values: list[Piece] = field(default_factory=list)


def read_review(instance: Instance, standard: str, reader: Reader, book: Book) -> dict[str, Reading]:
    """Readings by cell key."""
    return _Table(instance, standard, reader, book).read()


class _Table:
    def __init__(self, instance: Instance, standard: str, reader: Reader, book: Book) -> None:
        self.reader = reader
        self.cells: Mapping[str, FormCell] = {
            key: cell for key, cell in reader.forms.by_standard[standard].items() if cell.table == REVIEW
        }
        keys = [key.rpartition(".") for key in self.cells]
        self.kinds = list(dict.fromkeys(kind for kind, _, _ in keys))
        self.results = list(dict.fromkeys(result for _, _, result in keys))
        self.instance = instance
        self.bands = _bands(instance.groups)
        self.readings: dict[str, Reading] = {}
        self.kind = ""
        self.by_result: set[str] = set()

    def read(self) -> dict[str, Reading]:
        for band in self.bands:
            self._band(band)
        if 0 < len(self.by_result) < len(self.cells):
            self.readings = {key: doubted(reading, PART) for key, reading in self.readings.items()}
        if not self.readings and self.instance.groups:
            beside = [value for group in self.instance.groups for value in group.values if value.kind == "value"]
            last = self.instance.groups[-1]
            for key in self.cells:
                self.readings[key] = self.reader.doubtful(beside, PART) if beside else self.reader.blank(last)
        return self.readings

    def _band(self, band: _Band) -> None:
        kinds = [_id(group) for group in band.kinds]
        results = [_id(group) for group in band.results]
        if kinds:
            self.kind = kinds[-1]
        if not band.values:
            return
        keys = self._keys(band, kinds, results)
        if not keys:
            return
        values = own_line(band.values, len(keys))
        placed, problem = place(values, len(keys))
        if placed is None and not any(value.kind == "value" for value in values):
            placed = [values[min(n, len(values) - 1)] for n in range(len(keys))]
        guessed = any(group.pieces[0].guessed for group in band.results)
        note = HEADER if guessed or not self._ordered(kinds, results) else ""
        by_label = self._by_label(band, placed) if placed and len(keys) == len(self.cells) else {}
        for number, key in enumerate(keys):
            if placed is None:
                self.readings[key] = self.reader.doubtful(values, problem)
                continue
            piece = by_label.get(key, placed[number])
            doubt = note or (HEADER if piece is not placed[number] else "")
            self.readings[key] = self.reader.read(self.cells[key], piece, note=doubt)

    def _keys(self, band: _Band, kinds: list[str], results: list[str]) -> list[str]:
        """The cells whose values follow the band's labels, in the order of the form."""
        if len(set(results)) >= 3:
            own = list(dict.fromkeys(kinds)) if kinds else self.kinds
            if kinds and kinds[-1] != "" and band.last == "kind" and self._wide(band):
                return [f"{kinds[-1]}.{result}" for result in self.results]
            return [f"{kind}.{result}" for kind in self.kinds if kind in own for result in self.results]
        if band.last == "kind" and self.kind:
            return [f"{self.kind}.{result}" for result in self.results]
        if band.last == "result":
            kinds = [self.kind] if self._single(band) else self.kinds
            keys = [f"{kind}.{results[-1]}" for kind in kinds]
            self.by_result.update(keys)
            return keys
        return []

    def _wide(self, band: _Band) -> bool:
        """Whether the band's last label names a row of as many values as there are results."""
        filled = [value for value in band.values if value.kind == "value"]
        return len(filled) <= len(self.results)

    def _single(self, band: _Band) -> bool:
        """Whether a result stands with the one value of the kind named before."""
        return len(own_line(band.values, 1)) == 1 and bool(self.kind)

    def _ordered(self, kinds: list[str], results: list[str]) -> bool:
        order = [kind for kind in self.kinds if kind in kinds]
        if len(set(results)) < 3:
            return list(dict.fromkeys(kinds)) == order
        rounds = [results[at : at + len(self.results)] for at in range(0, len(results), len(self.results))]
        return list(dict.fromkeys(kinds)) == order and all(each == self.results[: len(each)] for each in rounds)

    def _by_label(self, band: _Band, placed: Sequence[Piece]) -> dict[str, Piece]:
        """The value below each pair of labels, where the header's columns tell every one of them."""
        columns = {group.pieces[0].first: _id(group) for group in band.results}
        heads = sorted((group.pieces[0].first, _id(group)) for group in band.kinds)
        if len(columns) != len(self.cells) or len(band.results) != len(columns) or len(heads) != len(self.kinds):
            return {}
        found: dict[str, Piece] = {}
        for piece in placed:
            above = [kind for first, kind in heads if first <= piece.first]
            if piece.first not in columns or not above:
                return {}
            found[f"{above[-1]}.{columns[piece.first]}"] = piece
        return found if set(found) == set(self.cells) else {}


def _id(group: Group) -> str:
    return group.role.id if group.role is not None else ""


def _bands(groups: Sequence[Group]) -> list[_Band]:
    bands = [_Band()]
    for group in groups:
        if group.role is None:
            if bands[-1].values:
                bands.append(_Band())
            continue
        if bands[-1].values:
            bands.append(_Band())
        band = bands[-1]
        if group.role.axis == "row":
            band.kinds.append(group)
            band.last = "kind"
        elif group.role.axis == "column":
            band.results.append(group)
            band.last = "result"
        band.values.extend(_values(group))
    return bands


def _values(group: Group) -> list[Piece]:
    """The values after a label, without the empty places of header rows."""
    if group.filled:
        lines: dict[int, list[Piece]] = {}
        for value in group.values:
            lines.setdefault(value.line, []).append(value)
        kept = [line for line in lines.values() if any(value.kind == "value" for value in line)]
        return [value for line in kept for value in line]
    own = group.pieces[-1].line
    return [value for value in group.values if value.line != own]
