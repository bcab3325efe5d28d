"""What a change can be seen by: the identities and claims that touch a cell, and why they may say nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from analyzer.document import Number
from analyzer.synthesis.arithmetic import Body, Equation, State, state
from analyzer.synthesis.mutations.labels import Labels, Linked, total

UNTOUCHED = "no identity and no claim touches it"
ROOM = "room left"
"""An inequality, a condition or rounded words that the new number keeps as well."""
BLANK = "blank beside it"
BROKEN = "broken before"


class Sight:
    """The identities and claims of one labelled report, by the cells they touch."""

    def __init__(self, labels: Labels, equations: Sequence[Equation], body: Body) -> None:
        self._labels, self._body = labels, body
        self._equations: dict[str, list[tuple[Equation, State]]] = {}
        self._claims: dict[str, list[Linked]] = {}
        for equation in equations:
            before = state(equation, labels.cells, body)
            for key in set(equation.keys):
                self._equations.setdefault(key, []).append((equation, before))
        for claim in labels.claims:
            for key in claim.keys:
                self._claims.setdefault(key, []).append(claim)

    def cell(self, key: str, value: Number) -> tuple[str, str]:
        """By what another number in a cell is seen (codes of identities, quotes of claims), else why it is not."""
        cells = {**self._labels.cells, key: value}
        seen: list[str] = []
        silent: list[str] = []
        for equation, before in self._equations.get(key, ()):
            after = state(equation, cells, self._body)
            if after == "broken" and before != "broken":
                seen.append(equation.code)
            else:
                silent.append(f"{equation.code} {_why(before, after)}")
        for claim in self._claims.get(key, ()):
            if _contradicts(claim, cells) and not _contradicts(claim, self._labels.cells):
                seen.append(claim.quote)
            else:
                silent.append(f"{claim.quote} {BLANK if total(cells, claim.keys) is None else ROOM}")
        return ";".join(dict.fromkeys(seen)), "" if seen else ";".join(dict.fromkeys(silent)) or UNTOUCHED

    def claim(self, claim: Linked, scale: Decimal) -> tuple[str, str]:
        """By what a claim of `scale` times its number is seen, else why it is not."""
        stated = total(self._labels.cells, claim.keys)
        if stated is None:
            return "", BLANK
        return ("", ROOM) if claim.fits(stated, scale=scale) else (";".join(claim.keys), "")


def _why(before: State, after: State) -> str:
    return BROKEN if before == "broken" else BLANK if after == "open" else ROOM


def _contradicts(claim: Linked, cells: Mapping[str, Number | None]) -> bool:
    stated = total(cells, claim.keys)
    return stated is not None and not claim.fits(stated)
