"""Changes in percent, held against the two numbers they compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from analyzer.document import Check, Claim, Number, Outcome
from analyzer.numerals import plain
from analyzer.reconcile.case import Case, spoken, squeeze
from analyzer.reconcile.shares import HUNDRED, decimals, rounds

PERCENT = ("%", "％")
NEAR = 16
"""Most characters between a change and the percentage that restates it."""


def check_growth(case: Case) -> Iterator[Check]:
    """A change in percent, where the sentence also gives last year's number, or by how much this year's differs."""
    for index, claim in enumerate(case.said.claims):
        if claim.kind == "growth" and claim.value is not None and claim.unit.endswith(PERCENT):
            yield from _growth(case, claim, _before(case, index))


def _before(case: Case, index: int) -> list[Claim]:
    """The numbers of the paragraph before a claim, of other units than percent."""
    claims, claim = case.said.claims, case.said.claims[index]
    found: list[Claim] = []
    for earlier in reversed(claims[:index]):
        if case.paragraph(earlier.span) != case.paragraph(claim.span):
            break
        if earlier.kind in ("amount", "growth") and earlier.value is not None and not earlier.unit.endswith(PERCENT):
            found.append(earlier)
    return found[::-1]


def _growth(case: Case, claim: Claim, before: Sequence[Claim]) -> Iterator[Check]:
    here = [c for c in before if c.sentence == claim.sentence]
    old = next((c for c in reversed(here) if c.kind == "amount" and _is_old(case, c, before)), None)
    if old is not None:
        apart = [c for c in here if _is_old(case, c, before) or _led(case, c, before, "changed")]
        pairs = [(c, Decimal(old.value or 0)) for c in here if _like(c, old) and c not in apart]
        following = [pair for pair in pairs if pair[0].number.start > old.number.start]
        yield from _judged(case, claim, following or pairs, old)
        return
    change = here[-1] if here and here[-1].kind == "growth" else None
    if change is None or claim.number.start - change.number.end > NEAR:
        return
    fell = case.rulebook.patterns["fall"].search(case.document.text, change.span.start - 1, change.number.start)
    step = Decimal(change.value or 0) * (-1 if fell else 1)
    pairs = [(c, Decimal(c.value or 0) - step) for c in before if _like(c, change) and c.period != "last_year"]
    near = [pair for pair in pairs if pair[0].sentence == claim.sentence]
    yield from _judged(case, claim, pairs, change, certain=bool(near))


def _is_old(case: Case, claim: Claim, before: Sequence[Claim]) -> bool:
    """Whether a number is last year's: by the words right before it, or by its period."""
    if _led(case, claim, before, "reached"):
        return False
    return claim.period == "last_year" or _led(case, claim, before, "earlier")


def _led(case: Case, claim: Claim, before: Sequence[Claim], pattern: str) -> bool:
    """Whether the words between the number before a claim and its own fit a pattern."""
    ends = [c.number.end for c in before if c.number.end <= claim.number.start]
    lead = case.document.text[max([claim.sentence.start, *ends]) : claim.number.start]
    return case.rulebook.patterns[pattern].search(squeeze(lead)) is not None


def _like(claim: Claim, other: Claim) -> bool:
    return claim is not other and claim.kind == "amount" and claim.unit == other.unit


def _judged(
    case: Case, claim: Claim, pairs: Sequence[tuple[Claim, Decimal]], other: Claim, *, certain: bool = True
) -> Iterator[Check]:
    """The change that this year's and last year's number give, for the nearest pair where none fits."""
    pairs = [(now, old) for now, old in pairs if old > 0]
    if not pairs:
        return
    stated = claim.value or 0
    fitting = [pair for pair in pairs if _fits(stated, *pair)]
    now, old = (fitting or pairs)[-1]
    expected = _change(now.value or 0, old)
    rough = now.approximate or other.approximate or claim.approximate or not certain
    outcome: Outcome = "holds" if fitting else "not_assessable" if rough else "suspect"
    shown = plain(round(abs(expected), max(decimals(stated), 1)))
    told = case.at(claim.span) | {
        "actual": spoken(claim.value),
        "expected": spoken(shown),
        "part": spoken(now.value),
        "whole": spoken(plain(old)),
    }
    places = claim.span, other.span
    yield Check("percentage.growth", outcome, now.indicator, shown, claim.value, "", *places, told)


def _change(now: Number, old: Decimal) -> Decimal:
    return (Decimal(now) / old - 1) * HUNDRED


def _fits(stated: Number, now: Claim, old: Decimal) -> bool:
    return rounds(abs(Decimal(stated)), abs(_change(now.value or 0, old)))
