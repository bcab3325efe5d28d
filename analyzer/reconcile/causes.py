"""Which broken identities one wrong cell explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.document import Number
from analyzer.reconcile.ledger import Ledger

COLUMNS = "columns"
"""Root of rows whose totals and columns differ while every column balances: cases are missing in all rows alike."""


@dataclass(frozen=True, slots=True)
class Broken:
    """An identity that does not hold: its sides, left minus right, whether a change of one cell by that much mends it,
    whether it runs along a row of the requests table."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    gap: Number
    exact: bool
    row: bool

    def change(self, key: str) -> Number:
        """What mends the identity where only this cell is wrong."""
        return -self.gap if key in self.left else self.gap


class Roots:
    """The causes of broken identities.

    A cell explains several equalities where the same change of it mends all in which it stands (one that holds speaks
    against it). Other broken relations join a cell found so; what is left shares a root where it shares a cell.
    """

    def __init__(
        self, states: Mapping[int, Broken | None], equalities: Mapping[str, Sequence[int]], ledger: Ledger
    ) -> None:
        self._states = states
        self._equalities = equalities
        self._ledger = ledger
        self._roots: dict[int, str] = {}
        self._mends: dict[str, tuple[Number, str]] = {}
        if any(state is not None for state in states.values()):
            self._explain()
            self._join()

    def of(self, number: int) -> str:
        """The root of a broken item."""
        return self._roots[number]

    def of_cell(self, keys: Sequence[str], low: Number | None, high: Number | None) -> str:
        """The root of a statement `low`…`high` that contradicts the sum of these cells: that of the identities
        which the same change would mend, else the cell's own."""
        amount = self._ledger.sum(keys)
        for key in keys:
            change, root = self._mends.get(key, (None, ""))
            mended = None if change is None or amount is None else amount.low + change
            if root and mended is not None and (low is None or mended >= low) and (high is None or mended <= high):
                return root
        return "cell:" + "+".join(keys)

    def _explain(self) -> None:
        """Cells that mend equalities, those that mend most first."""
        support = {key: mended for key in self._candidates() if (mended := self._mended(key))}
        for key in sorted(support, key=lambda k: -len(support[k])):
            numbers = support[key]
            state = self._states[numbers[0]]
            taken = [self._roots[n] for n in numbers if n in self._roots]
            root = taken[0] if taken else f"cell:{key}" if len(numbers) > 1 else f"identity:{numbers[0]}"
            if state is not None:
                self._mends.setdefault(key, (state.change(key), root))
            for number in () if taken else numbers:
                self._roots[number] = root

    def _candidates(self) -> list[str]:
        keys = {key: 0 for s in self._states.values() if s is not None and s.exact for key in s.left + s.right}
        return list(keys)

    def _mended(self, key: str) -> tuple[int, ...]:
        """The broken equalities that one change of the cell mends; none where it would break another."""
        numbers = [n for n in self._equalities.get(key, ()) if n in self._states]
        states = [self._states[n] for n in numbers]
        changes = {state.change(key) if state is not None and state.exact else None for state in states}
        if len(changes) != 1 or None in changes:
            return ()
        change = changes.pop()
        return tuple(numbers) if change is not None and self._ledger.value(key) + change >= 0 else ()

    def _join(self) -> None:
        """Roots for what no cell explains."""
        rest = [(n, s) for n, s in self._states.items() if s is not None and n not in self._roots]
        cells = {root[5:]: root for root in self._roots.values() if root.startswith("cell:")}
        for number, state in rest:
            known = next((cells[key] for key in state.left + state.right if key in cells), "")
            if known and not state.exact:
                self._roots[number] = known
        rest = [(n, s) for n, s in rest if n not in self._roots]
        exact = [n for n, s in rest if s.exact]
        rows = {n for n, s in rest if s.row}
        shared = self._shared([(n, s) for n, s in rest if not s.exact])
        columns = _columns([(n, s) for n, s in rest if s.exact])
        for number, state in rest:
            if number in columns:
                self._roots[number] = columns[number]
            elif number in rows and set(exact) <= rows:
                self._roots[number] = COLUMNS
            else:
                self._roots[number] = f"identity:{number}" if state.exact else f"cell:{shared[number]}"

    @staticmethod
    def _shared(rest: Sequence[tuple[int, Broken]]) -> dict[int, str]:
        """For each relation the cell that stands in most of them, its first cell where none is shared."""
        counts: dict[str, int] = {}
        for _, state in rest:
            for key in state.left + state.right:
                counts[key] = counts.get(key, 0) + 1
        return {number: max(state.left + state.right, key=lambda key: counts[key]) for number, state in rest}


def _columns(rest: Sequence[tuple[int, Broken]]) -> dict[int, str]:
    """Roots of one relation that breaks in columns of the requests table and, by their sum, in its total column."""
    groups: dict[tuple[str, ...], list[tuple[int, Broken]]] = {}
    for number, state in rest:
        keys = state.left + state.right
        if not state.row and len({key.partition("/")[2] for key in keys}) == 1 and "/" in keys[0]:
            groups.setdefault(tuple(key.partition("/")[0] for key in keys), []).append((number, state))
    roots: dict[int, str] = {}
    for members in groups.values():
        total = [state.gap for _, state in members if state.left[0].endswith("/total")]
        parts = [state.gap for _, state in members if not state.left[0].endswith("/total")]
        if total and parts and sum(parts) == total[0]:
            roots |= {number: f"identity:{members[0][0]}" for number, _ in members}
    return roots
