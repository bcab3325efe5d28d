"""The identities of a form on plain cells (key → number, None: blank): which hold, break, or are left open by a blank.

Written apart from `reconcile`, so that labels do not rest on what they are to measure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from analyzer.document import Number
from analyzer.knowledge.forms import Forms
from analyzer.knowledge.rulebook import Rulebook

State = Literal["holds", "broken", "open"]
Cells = Mapping[str, Number | None]
LOCAL = ("county", "township")
POWERLESS = ("department", "vertical", "institution")
LEAST_SUM = 20
"""From where on the sum of items and change that equals the cases is no chance (C4)."""
FEE = 1
"""万元 from which the fee of a county or town is taken for 元 (A18)."""


@dataclass(frozen=True, slots=True)
class Body:
    """What identities ask about the reporting body; `named` holds the cells that its prose names (A19)."""

    level: str = ""
    kind: str = ""
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Equation:
    """An identity at one place: its code, both sides as cells' keys, the relation, how binding it is (M, S, I)."""

    code: str
    relation: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    severity: str

    @property
    def keys(self) -> tuple[str, ...]:
        """All cells it touches."""
        return self.left + self.right

    @property
    def rule(self) -> str:
        """The rule's id."""
        return f"identity.{self.code}"


@dataclass(frozen=True, slots=True)
class Side:
    """A sum of cells: at least `low`, exactly that unless `open` for a blank; `empty` where all its cells are blank."""

    low: Decimal
    open: bool
    empty: bool


@lru_cache(maxsize=16)
def equations(rulebook: Rulebook, forms: Forms, standard: str) -> tuple[Equation, ...]:
    """Every identity of a form at every place where it is tried."""
    found: list[Equation] = []
    rows = [row.indicator for row in forms.rows(standard, "requests") if row.unit]
    columns = [column.indicator for column in forms.applicants(standard)]
    for entry in rulebook.identities:
        if standard not in entry.standards:
            continue
        places: list[tuple[tuple[str, ...], tuple[str, ...]]] = [(entry.left, entry.right)]
        if entry.over == "row":
            places = [(_joined([row], entry.left), _joined([row], entry.right)) for row in rows]
        elif entry.over == "applicant":
            places = [(_joined(entry.left, [c]), _joined(entry.right, [c])) for c in columns]
        elif entry.relation == ">=each":
            places = [(entry.left, (key,)) for key in entry.right]
        found += [Equation(entry.code, entry.relation, left, right, entry.severity) for left, right in places]
    return tuple(found)


def _joined(rows: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{row}/{column}" for row in rows for column in columns)


def state(equation: Equation, cells: Cells, body: Body) -> State:
    """Whether an identity holds on these cells; `open` where a blank or absent cell keeps it from being told."""
    if any(key not in cells for key in equation.keys):
        return "open"
    left, right = _side(cells, equation.left), _side(cells, equation.right)
    left, right = _zero(left, right), _zero(right, left)
    return _RELATIONS[equation.relation](_Try(equation, cells, body, left, right))


def severity(equation: Equation, cells: Cells) -> str:
    """How binding a broken identity is: documents in force, but fewer than issued, are only doubtful."""
    if equation.relation == "stock_covers" and _side(cells, equation.left).low > 0:
        return "S"
    return equation.severity


def broken(found: Sequence[Equation], cells: Cells, body: Body) -> list[Equation]:
    """Those that do not hold."""
    return [equation for equation in found if state(equation, cells, body) == "broken"]


@dataclass(frozen=True, slots=True)
class _Try:
    equation: Equation
    cells: Cells
    body: Body
    left: Side
    right: Side

    def numbers(self, keys: Sequence[str]) -> list[Decimal]:
        return [Decimal(self.cells[key] or 0) for key in keys]


def _side(cells: Cells, keys: Sequence[str]) -> Side:
    values = [cells[key] for key in keys]
    told = [Decimal(value) for value in values if value is not None]
    return Side(sum(told, Decimal(0)), len(told) < len(values), not told)


def _zero(side: Side, other: Side) -> Side:
    """Parts that are all blank count as 0 beside a total of 0."""
    return Side(side.low, False, True) if side.empty and side.open and not other.open and other.low == 0 else side


def _told(holds: bool, open_: bool) -> State:
    return "open" if open_ else "holds" if holds else "broken"


def _equal(t: _Try) -> State:
    if t.left.open and t.right.open:
        return "open"
    if t.left.open or t.right.open:
        part, whole = (t.left, t.right) if t.left.open else (t.right, t.left)
        return "broken" if part.low > whole.low else "open"
    return _told(t.left.low == t.right.low, False)


def _at_most(t: _Try) -> State:
    if t.left.low <= t.right.low:
        return _told(True, t.left.open)
    return _told(False, t.right.open)


def _at_least(t: _Try) -> State:
    if t.left.low >= t.right.low:
        return _told(True, t.right.open)
    return _told(False, t.left.open)


def _implies(t: _Try) -> State:
    if t.right.low > 0:
        return "holds"
    if t.left.low > 0:
        return _told(False, t.right.open)
    return _told(True, t.left.open)


def _both_or_none(t: _Try) -> State:
    if t.left.low > 0 and t.right.low > 0:
        return "holds"
    return _told((t.left.low > 0) == (t.right.low > 0), t.left.open or t.right.open)


def _whole(t: _Try) -> State:
    wrong = any(value < 0 or value % 1 != 0 for value in t.numbers(t.equation.left))
    return "broken" if wrong else _told(True, t.left.empty)


def _several(t: _Try) -> State:
    several = sum(value > 0 for value in t.numbers(t.equation.right)) > 1
    return _told(not (several and t.left.low == t.right.low), t.left.open or t.right.open)


def _coincidence(t: _Try) -> State:
    change = t.numbers(t.equation.right)[-1]
    same = change != 0 and t.right.low >= LEAST_SUM and t.left.low == t.right.low
    return _told(not same, t.left.open or t.right.open)


def _stock(t: _Try) -> State:
    issued, repealed = t.numbers(t.equation.right)
    return _told(repealed > 0 or t.left.low >= issued, t.left.open or t.right.open)


def _rules(t: _Try) -> State:
    if t.left.low == 0 or t.body.level == "national":
        return _told(True, t.left.open and t.left.low == 0)
    if not t.body.level:
        return "open"
    return "broken" if t.body.level in LOCAL or t.body.kind in POWERLESS else "holds"


def _fee(t: _Try) -> State:
    if t.left.low < FEE:
        return _told(True, t.left.open)
    return "broken" if t.body.level in LOCAL else "open"


def _named(t: _Try) -> State:
    if t.equation.left[0] not in t.body.named:
        return "open"
    return _told(t.left.low > 0, t.left.open)


_RELATIONS: dict[str, Callable[[_Try], State]] = {
    "=": _equal,
    "<=": _at_most,
    ">=each": _at_least,
    "positive_implies": _implies,
    "positive_iff": _both_or_none,
    "whole_numbers": _whole,
    "several_equal": _several,
    "coincidence": _coincidence,
    "stock_covers": _stock,
    "rule_making": _rules,
    "fee_unit": _fee,
    "named_in_text": _named,
}
