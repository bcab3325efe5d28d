"""Several claims linked to one cell: which of them tell only a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analyzer.document import Claim, Number, Verdict
from analyzer.reconcile.case import Case, digitless

PLAIN = ("amount", "zero")
WHOLE = frozenset({"overview", "preamble", ""})
"""Sections that tell of the whole year's work, of which other sections tell again."""


def company(case: Case, claim: Claim, cell: Number, found: tuple[Verdict, str]) -> tuple[Verdict, str]:
    """What a difference between claim and cell means beside other claims of the same cell.

    A claim below the cell is a part where the claims of its sentence or section that differ from the cell make up the
    cell together, where another claim there already agrees with the cell, or where several of one sentence stay below
    it. Claims in the same words, and those of the overview against the section of the matter, tell of one thing.
    """
    if claim.value is None or claim.value >= cell or claim.kind not in PLAIN:
        return found
    others = [
        other
        for other in case.said.claims
        if other.indicator == claim.indicator
        and other is not claim
        and other.kind in PLAIN
        and other.value is not None
        and other.period == "this_year"
    ]
    if not others:
        return found
    if _together(case, claim, others, cell):
        return "consistent", "parts"
    agreeing = [o for o in others if o.value == cell and digitless(case, o) != digitless(case, claim)]
    if agreeing:
        return _beside(case, claim, agreeing, found)
    return _listed(claim, [o for o in others if o.sentence == claim.sentence], cell, found)


def _together(case: Case, claim: Claim, others: Sequence[Claim], cell: Number) -> bool:
    """Whether the claims of the sentence, or of the section, that differ from the cell make it up."""
    if not claim.value:
        return False
    home = case.section_at(claim.span.start)
    smaller = [o for o in others if 0 < Decimal(o.value or 0) < cell]
    sentence = [o for o in smaller if o.sentence == claim.sentence]
    section = [o for o in smaller if case.section_at(o.span.start) is home]
    told = {digitless(case, claim), *(digitless(case, o) for o in section)}
    groups = [sentence, section if len(told) == len(section) + 1 else []]
    return any(group and _total(claim, group) == cell for group in groups)


def _total(claim: Claim, others: Sequence[Claim]) -> Decimal:
    return sum((Decimal(o.value or 0) for o in others), Decimal(claim.value or 0))


def _beside(case: Case, claim: Claim, agreeing: Sequence[Claim], found: tuple[Verdict, str]) -> tuple[Verdict, str]:
    """A smaller number beside one that is the cell's: another matter in its paragraph, hardly the same in its section;
    told in the overview and in the section of the matter it is the same."""
    if any(case.paragraph(o.span) == case.paragraph(claim.span) for o in agreeing):
        return "unverifiable", "part"
    home = case.section_at(claim.span.start)
    if any(case.section_at(o.span.start) is home for o in agreeing):
        return "suspect", "part"
    whole = case.classes_at(claim.span.start) & WHOLE
    if any(whole or o.section == claim.section or case.classes_at(o.span.start) & WHOLE for o in agreeing):
        return found
    return "suspect", "part"


def _listed(claim: Claim, others: Sequence[Claim], cell: Number, found: tuple[Verdict, str]) -> tuple[Verdict, str]:
    """One of several numbers below the cell in one sentence: not more than the largest of them can be the whole."""
    if not claim.value or not others or any(Decimal(o.value or 0) >= cell for o in others):
        return found
    values = [Decimal(o.value or 0) for o in others]
    if len({claim.value, *values}) == 1 or (_total(claim, others) > cell and claim.value >= max(values)):
        return "suspect", "parts"
    return "unverifiable", "parts"
