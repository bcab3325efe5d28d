"""The closed list of relations between cells, and how each is decided on numbers of which some are blank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from analyzer.document import Outcome, Report
from analyzer.reconcile.ledger import Amount, Ledger

Keys = Sequence[str]
Relation = Callable[["Sides"], Outcome]
LOCAL = ("county", "township")
FEE = 1
"""Fee for requests (万元) from which a small body has probably entered 元."""
CLOSE = 20
"""Least sum of items that hardly equals the number of cases by chance."""


class Sides:
    """Both sides of a relation on one report."""

    __slots__ = ("first", "ledger", "left", "named", "report", "right", "second")

    def __init__(self, ledger: Ledger, left: Keys, right: Keys, report: Report, named: bool) -> None:
        self.ledger, self.left, self.right, self.report, self.named = ledger, left, right, report, named
        none = Amount(0, False, True)
        first = ledger.sum(left)
        second = ledger.sum(right) if right else none
        assert first is not None
        assert second is not None
        self.first, self.second = _settled(first, second), _settled(second, first)

    def values(self, keys: Keys) -> list[int | Decimal]:
        """What each cell counts."""
        return [self.ledger.value(key) for key in keys]


def _settled(amount: Amount, other: Amount) -> Amount:
    """All parts blank and the total 0: the parts read as 0."""
    if amount.open and not amount.filled and not other.open and other.low == 0:
        return Amount(0, False, False, amount.doubt)
    return amount


def equal(sides: Sides) -> Outcome:
    """Σ left = Σ right."""
    first, second = sides.first, sides.second
    if first.open or second.open:
        low, high = (first, second) if not second.open else (second, first)
        return "violated" if not high.open and low.low > high.low else "not_assessable"
    return "holds" if first.low == second.low else "violated"


def at_most(sides: Sides) -> Outcome:
    """Σ left ≤ Σ right."""
    first, second = sides.first, sides.second
    if first.low <= second.low:
        return "not_assessable" if first.open else "holds"
    return "not_assessable" if second.open else "violated"


def at_least(sides: Sides) -> Outcome:
    """Σ left ≥ Σ right."""
    first, second = sides.first, sides.second
    if first.low >= second.low:
        return "not_assessable" if second.open else "holds"
    return "not_assessable" if first.open else "violated"


def positive_implies(sides: Sides) -> Outcome:
    """Σ left > 0 ⇒ Σ right > 0."""
    first, second = sides.first, sides.second
    if second.low > 0 or (first.low == 0 and not first.open):
        return "holds"
    return "violated" if first.low > 0 and not second.open else "not_assessable"


def positive_iff(sides: Sides) -> Outcome:
    """Σ left > 0 ⇔ Σ right > 0."""
    first, second = sides.first, sides.second
    if first.low > 0 and second.low > 0:
        return "holds"
    if first.open or second.open:
        return "not_assessable"
    return "holds" if (first.low > 0) == (second.low > 0) else "violated"


def whole_numbers(sides: Sides) -> Outcome:
    """Each cell of the left is a whole number from 0."""
    wrong = any(value < 0 or value != int(value) for value in sides.values(sides.left))
    return "violated" if wrong else "not_assessable" if not sides.first.filled else "holds"


def several_equal(sides: Sides) -> Outcome:
    """Σ left is not Σ right with more than one of the right above 0."""
    if sides.first.open or sides.second.open:
        return "not_assessable"
    several = sum(value > 0 for value in sides.values(sides.right)) > 1
    return "violated" if several and sides.first.low == sides.second.low else "holds"


def coincidence(sides: Sides) -> Outcome:
    """Σ left is not exactly items plus change, where there is a change and the sum is not small."""
    if sides.first.open or sides.second.open:
        return "not_assessable"
    change, total = sides.values(sides.right)[-1], sides.second.low
    return "violated" if change != 0 and total >= CLOSE and sides.first.low == total else "holds"


def stock_covers(sides: Sides) -> Outcome:
    """What was issued (first of the right) and not repealed (second) is in force (left); with some in force the gap is
    only suspect."""
    if sides.first.open or sides.second.open:
        return "not_assessable"
    issued, repealed = sides.values(sides.right)
    if repealed > 0 or sides.first.low >= issued:
        return "holds"
    return "violated" if sides.first.low == 0 else "suspect"


def rule_making(sides: Sides) -> Outcome:
    """Only organs that make regulations have any."""
    if sides.first.low == 0:
        return "not_assessable" if sides.first.open else "holds"
    report = sides.report
    if report.level == "national" or not report.level:
        return "holds" if report.level else "not_assessable"
    powerless = report.level in LOCAL or report.kind in ("department", "vertical", "institution")
    return "violated" if powerless else "holds"


def fee_unit(sides: Sides) -> Outcome:
    """A small body's fee for requests stays below 1 万元."""
    if sides.first.low < FEE:
        return "not_assessable" if sides.first.open else "holds"
    return "violated" if sides.report.level in LOCAL else "not_assessable"


def named_in_text(sides: Sides) -> Outcome:
    """What the prose names is not 0 in the table."""
    if sides.first.open or not sides.named:
        return "not_assessable"
    return "holds" if sides.first.low > 0 else "violated"


RELATIONS: dict[str, Relation] = {
    "=": equal,
    "<=": at_most,
    ">=each": at_least,
    "positive_implies": positive_implies,
    "positive_iff": positive_iff,
    "whole_numbers": whole_numbers,
    "several_equal": several_equal,
    "coincidence": coincidence,
    "stock_covers": stock_covers,
    "rule_making": rule_making,
    "fee_unit": fee_unit,
    "named_in_text": named_in_text,
}
"""By name; `>=each` is tried once for each cell of the right."""
