"""Claims held against the cells they are linked to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analyzer.document import Check, Claim, Number, Outcome, Verdict
from analyzer.numerals import plain
from analyzer.reconcile.case import Case, spoken
from analyzer.reconcile.causes import Roots
from analyzer.reconcile.companions import company
from analyzer.reconcile.ledger import Amount, Ledger

WHOLE, MYRIAD, SMALL = Decimal(1), Decimal(10000), Decimal("0.0001")
"""元 in a 万元, and the reverse."""
LEAST, MOST = Decimal("0.9"), Decimal("1.1")
"""How far from a rounded claim a cell may lie to be told from it by rounding alone."""
OUTCOMES: dict[Verdict, Outcome] = {
    "consistent": "holds",
    "inconsistent": "violated",
    "suspect": "suspect",
    "unverifiable": "not_assessable",
}
NARROW = ("department", "office", "vertical", "institution")
"""Kinds of body whose tables count the body alone."""


class Links:
    """Judges the claims of one report."""

    def __init__(self, case: Case, ledger: Ledger, roots: Roots) -> None:
        self.case, self.ledger, self.roots = case, ledger, roots
        self.checks: list[Check] = []
        self._keys: dict[str, tuple[str, ...]] = {}
        self._told: tuple[str, ...] = ()
        self._agreeing = {claim.scope for claim in case.said.claims if claim.scope and self._agrees(claim)}

    def judge(self, claim: Claim) -> Claim:
        """The claim with verdict, table value and note; the check that was made is kept in `checks`."""
        if not claim.indicator:
            return claim._replace(note="") if claim.note else claim
        if claim.period not in ("this_year", ""):
            return claim._replace(note=claim.period)
        unsaid = claim.low is None and claim.high is None and (claim.value is None or claim.approximate)
        if claim.kind in ("share", "growth") or unsaid:
            return claim._replace(note="")
        keys = self.keys(claim.indicator)
        amount = self.ledger.sum(keys) if keys else None
        if amount is None:
            return self._said(claim, None, "unverifiable", "absent")
        verdict, reason = (
            self._section(claim, keys) if claim.kind == "section_zero" else self._verdict(claim, amount, keys)
        )
        if verdict in ("inconsistent", "suspect") and not (amount.open or amount.doubt):
            verdict, reason = company(self.case, claim, amount.low, (verdict, reason))
        if verdict == "inconsistent" and not claim.firm:
            return self._said(claim, amount, "suspect", "link")
        return self._said(claim, amount, verdict, reason)

    def keys(self, indicator: str) -> tuple[str, ...]:
        """The cells an indicator means on the form of the tables found."""
        if indicator not in self._keys:
            self._keys[indicator] = self.case.forms.resolve(self.case.tables.standard, indicator)
        return self._keys[indicator]

    def _agrees(self, claim: Claim) -> bool:
        """Whether a firm claim of more than nothing is what the table says: then both count the same bodies."""
        keys = self.keys(claim.indicator) if claim.indicator and claim.firm and claim.value else ()
        amount = self.ledger.sum(keys) if keys else None
        return amount is not None and not amount.open and amount.low == claim.value and claim.period == "this_year"

    def _verdict(self, claim: Claim, amount: Amount, keys: Sequence[str]) -> tuple[Verdict, str]:
        low, high = self._bounds(claim, keys, amount)
        if not amount.filled:
            return "unverifiable", amount.doubt or "blank"
        if _within(amount.low, low, high):
            return "consistent", ""
        if amount.open and (high is None or high > amount.low):
            return "unverifiable", amount.doubt or "blank"
        if amount.open and amount.doubt:
            return "unverifiable", amount.doubt
        if not claim.firm:
            return ("suspect", "link") if claim.note == "suspect" else ("unverifiable", "link")
        return self._contradiction(claim, amount)

    def _contradiction(self, claim: Claim, amount: Amount) -> tuple[Verdict, str]:
        """How sure it is that claim and cell cannot both be true."""
        scope = self._scope(claim)
        if scope != "inconsistent":
            return scope, "scope"
        if amount.doubt:
            return "suspect", amount.doubt
        if not claim.period:
            return "suspect", "link"
        if claim.note == "qualified":
            return "unverifiable" if claim.high is not None and claim.high < amount.low else "suspect", "qualified"
        return ("suspect", "approximate") if _nearly(claim, amount.low) else ("inconsistent", "")

    def _scope(self, claim: Claim) -> Verdict:
        """What a difference means where the claim may count another body than the table."""
        kind, scope = self.case.report.kind, claim.scope
        wide = kind == "government" and self.case.report.level not in ("township", "")
        if not scope or scope in self._agreeing or (scope == "body" and not wide):
            return "inconsistent"
        if scope == "site":
            return "inconsistent" if claim.indicator.startswith("channel") else "suspect"
        return "unverifiable" if scope == "system" or kind in NARROW else "suspect"

    def _section(self, claim: Claim, keys: Sequence[str]) -> tuple[Verdict, str]:
        """A whole section that says there was nothing, against all its cells."""
        stems = [stem for part in claim.section.split(";") for stem in self.case.rulebook.zeros.get(part, ())]
        cells = [
            cell
            for key, cell in self.ledger.cells.items()
            if cell.state != "absent" and (key in keys or _below(cell.indicator, stems))
        ]
        if self.ledger.value(keys[0]) != 0 or any(self.ledger.value(key) != 0 for key in keys):
            doubt = any(self.ledger.cells[key].state == "doubtful" for key in keys)
            return ("suspect", "doubtful") if doubt else ("inconsistent", "section")
        differing = next((cell.key for cell in cells if self.ledger.value(cell.key) != 0), "")
        if differing:
            self._told = (differing,)
            return "suspect", "section"
        blank = any(self.ledger.is_open(key) for key in keys)
        return ("unverifiable", "blank") if blank else ("consistent", "")

    def _bounds(self, claim: Claim, keys: Sequence[str], amount: Amount) -> tuple[Number | None, Number | None]:
        """What the claim allows, in the unit of its cells; money may be told in 元 or 万元."""
        exact = claim.low is None and claim.high is None
        low, high = (claim.value, claim.value) if exact else (claim.low, claim.high)
        unit = self.ledger.cells[keys[0]].unit
        if not (claim.unit.endswith("元") and unit.endswith("元")):
            return low, high
        nominal = SMALL if claim.unit == "元" != unit else WHOLE
        for factor in (nominal, WHOLE, SMALL, MYRIAD):
            scaled = _scaled(low, factor), _scaled(high, factor)
            if _within(amount.low, *scaled):
                if factor > nominal and amount.low != 0:
                    self._slip(claim, amount, keys)
                return scaled
        return _scaled(low, nominal), _scaled(high, nominal)

    def _slip(self, claim: Claim, amount: Amount, keys: Sequence[str]) -> None:
        values = self._values(claim, amount, keys)
        span, second = claim.span, self.ledger.first(keys).span
        check = Check("claim.unit", "suspect", claim.indicator, amount.low, claim.value, "unit", span, second, values)
        self.checks.append(check)

    def _said(self, claim: Claim, amount: Amount | None, verdict: Verdict, reason: str) -> Claim:
        keys = self.keys(claim.indicator)
        value = amount.low if amount is not None and amount.filled else None
        if self._told:
            keys, self._told = self._told, ()
            amount, value = self.ledger.sum(keys), self.ledger.value(keys[0])
        second = self.ledger.first(keys).span if amount is not None else None
        values: dict[str, str] = {}
        root = ""
        if verdict in ("inconsistent", "suspect") and amount is not None:
            values = self._values(claim, amount, keys)
            root = self.roots.of_cell(keys, claim.low, claim.high)
        outcome = OUTCOMES[verdict]
        self.checks.append(
            Check(
                "claim.mismatch", outcome, claim.indicator, value, claim.value, reason, claim.span, second, values, root
            )
        )
        return claim._replace(verdict=verdict, table_value=value, note=reason)

    def _values(self, claim: Claim, amount: Amount, keys: Sequence[str]) -> dict[str, str]:
        forms, standard = self.case.forms, self.case.tables.standard
        cells = self.ledger.cells
        label = self.case.short(cells[keys[0]]) if len(keys) == 1 else forms.label(standard, claim.indicator)
        unit = cells[keys[0]].unit
        stated = f"{spoken(claim.value)}{claim.unit}"
        if claim.value is not None and unit == f"万{claim.unit}":
            stated = f"{spoken(plain(claim.value * SMALL))}{unit}"
        told = {
            "label": label,
            "actual": stated,
            "expected": f"{spoken(amount.low)}{unit}",
        }
        return self.case.at(claim.span) | told


def _below(indicator: str, stems: Sequence[str]) -> bool:
    return any(indicator == stem or indicator.startswith(stem + ".") for stem in stems)


def _within(value: Number, low: Number | None, high: Number | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _scaled(value: Number | None, factor: Decimal) -> Number | None:
    return None if value is None else value * factor


def _nearly(claim: Claim, value: Number) -> bool:
    """Whether a rounded claim still fits when read generously: a tenth below or above all that it may mean."""
    if claim.value is None or (not claim.approximate and claim.low == claim.high):
        return False
    low, high = (Decimal(claim.value if bound is None else bound) for bound in (claim.low, claim.high))
    stated = Decimal(claim.value)
    return min(low, stated) * LEAST <= value <= max(high, stated) * MOST
