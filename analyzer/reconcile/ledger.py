"""What the cells of a report say, alone and in sums: a blank stands for any number from 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyzer.document import Cell, Number

OPEN_STATES = ("blank", "unreadable")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of cells: at least `low`, exactly that unless `open` (a cell of it is blank or unreadable); `filled` is
    False where none of its cells holds anything; `doubt` names why its number is not sure."""

    low: Number
    open: bool
    filled: bool
    doubt: str = ""


class Ledger:
    """The cells of one report by key, with sums over them."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self.cells: dict[str, Cell] = {}
        self._values: dict[str, Number] = {}
        self._open: set[str] = set()
        self._doubt: dict[str, str] = {}
        for cell in cells:
            key = f"{cell.indicator}/{cell.applicant}" if cell.applicant else cell.indicator
            if cell.state == "read" and cell.value is not None:
                self.cells[key] = cell
                self._values[key] = cell.value
            else:
                self._enter(key, cell)
        self.clean = not self._open and not self._doubt

    def _enter(self, key: str, cell: Cell) -> None:
        """A cell that is not plainly read."""
        state = cell.state
        if state == "absent":
            self.cells.setdefault(key, cell)
            return
        self.cells[key] = cell
        self._values[key] = cell.value if cell.value is not None else 0
        if state in OPEN_STATES or (state == "doubtful" and cell.value is None):
            self._open.add(key)
        if state in ("doubtful", "not_applicable"):
            self._doubt[key] = state

    def exact(self, keys: Sequence[str]) -> Number:
        """The sum of shown cells, a blank counted as nothing; raises `KeyError` where one is not shown."""
        values = self._values
        return sum([values[key] for key in keys])

    def sum(self, keys: Sequence[str]) -> Amount | None:
        """The sum of these cells; None where the table does not show one of them."""
        try:
            low = self.exact(keys)
        except KeyError:
            return None
        if self.clean:
            return Amount(low, False, True)
        blanks = 0 if self._open.isdisjoint(keys) else sum(key in self._open for key in keys)
        doubt = ""
        if self._doubt:
            reasons = {self._doubt[key] for key in keys if key in self._doubt}
            doubt = "doubtful" if "doubtful" in reasons else "not_applicable" if reasons else ""
        return Amount(low, blanks > 0, blanks < len(keys), doubt)

    def value(self, key: str) -> Number:
        """What a shown cell counts (blank: 0)."""
        return self._values[key]

    def is_open(self, key: str) -> bool:
        """Whether a cell is blank or unreadable."""
        return key in self._open

    def first(self, keys: Sequence[str]) -> Cell:
        """The cell that stands for a sum in a message: the largest, else the first."""
        return self.cells[max(keys, key=lambda key: self._values.get(key, 0))]
