"""The cells that figures are linked to, by name, and what is asked of a figure about its link."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.claims.quantities import Figure

CASES = ("review", "litigation")
MATTER = frozenset({"review_litigation", "requests"})
"""Sections in which a case is one about disclosure."""
RESULTS = ("upheld", "corrected", "other", "pending")
OWN = ("request.", *CASES)
"""Keys of which a sum, a part or a repetition is told from the words beside it."""
NEW, CARRIED, WORKLOAD, DONE = "request.new", "request.carried_in", "request.workload", "request.concluded"
GIVEN = "request.received"
CHANNEL = "channel"
APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service")
"""Columns of the form's requests table whose names the prose uses as they are."""
OUTCOMES = (
    *("request.granted", "request.partial", "request.denied", "request.unavailable"),
    *("request.not_processed", "request.other"),
)
"""What the requests concluded are the sum of."""
ACTUAL = "request.actual"
"""The pattern of a number that takes the place of another (实际有效)."""
HEADS = ("request.new", "request.received", DONE, "review", "review.total", "litigation")
"""What is stated once as a whole; a smaller number behind it is a part when its subject is narrower."""


def unlink(figure: Figure) -> None:
    """The number stays a claim and states no cell."""
    figure.indicator, figure.firm, figure.note = "", True, ""


def amounts(figures: Iterable[Figure]) -> list[Figure]:
    """The figures that are numbers of something, not shares or changes."""
    return [figure for figure in figures if figure.kind == "amount"]


def is_own(key: str, stems: tuple[str, ...] = OWN) -> bool:
    """Whether a key belongs to one of the parts of the form."""
    return key.startswith(stems)


def value(figure: Figure) -> float:
    """The number, 0 where nothing is known of it."""
    return float(figure.quantity.value or 0)
