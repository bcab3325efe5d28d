"""Figures told twice with different numbers, where no cell decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from analyzer.document import Check, Claim, Number
from analyzer.reconcile.case import DIGIT, Case, digitless, spoken, squeeze

PUBLISHED, CHANNELS = "told_published", ("told_weibo", "told_wechat")
TOLD = (PUBLISHED, "told_interpretations", *CHANNELS)
"""What a report tells of its whole year in words that leave no doubt, by the patterns of the prose rules."""
FUTURE = frozenset({"plans", "problems"})
MARK = re.compile("[，。；：、（）,;:()]")
NEAR = Decimal("0.6")
"""The smaller of two numbers for one thing is at least this share of the larger; else they count different things."""


def check_repeats(case: Case) -> Iterator[Check]:
    """All checks of figures told twice."""
    yield from _linked(case)
    yield from _told(case)


def _told(case: Case) -> Iterator[Check]:
    """What the year's work came to, told in two places in plain words, with two numbers."""
    if not case.said.claims:
        return
    patterns = case.rulebook.patterns
    groups: dict[tuple[str, bool], list[Claim]] = {}
    for claim in case.said.claims:
        if claim.kind != "amount" or not claim.value or claim.approximate or claim.period != "this_year":
            continue
        if claim.verdict != "unverifiable" or case.classes_at(claim.span.start) & FUTURE:
            continue
        year = patterns["told_year"]
        begin = _clause(case, claim)
        words = DIGIT.sub("#", squeeze(case.document.text[begin : claim.span.end]))
        name = next((name for name in TOLD if patterns[name].fullmatch(words)), "")
        if name not in CHANNELS and (claim.whole is not None or not year.search(words)):
            continue
        if name and not _aside(case, squeeze(case.document.text[claim.sentence.start : begin]), name):
            groups.setdefault((name, claim.scope == "area"), []).append(claim)
    for claims in groups.values():
        first = claims[0]
        other = next((claim for claim in claims if claim.value != first.value), None)
        if other is not None and _one_thing(case, claims, other):
            yield _contradiction(case, first, other)


def _clause(case: Case, claim: Claim) -> int:
    """Where the clause of a claim begins, behind the last mark before its number."""
    marks = [claim.sentence.start, *(m.end() for m in MARK.finditer(case.document.text, *claim.sentence[:2]))]
    return max(mark for mark in marks if mark <= claim.number.start)


def _aside(case: Case, before: str, name: str) -> bool:
    """Whether words before a claim's clause narrow it, to a channel too where it tells of all pieces."""
    patterns = case.rulebook.patterns
    channel = name == PUBLISHED and patterns["channel"].search(before) is not None
    return channel or patterns["told_aside"].search(before) is not None


def _one_thing(case: Case, claims: Sequence[Claim], other: Claim) -> bool:
    """Whether two numbers were meant to be the same: two of them only, near one another, in two sentences, and at
    least one of them said to be the year's."""
    values = sorted({Decimal(claim.value or 0) for claim in claims})
    year, text = case.rulebook.patterns["told_year"], case.document.text
    dated = any(year.search(text, _clause(case, claim), claim.span.end) for claim in claims)
    apart = all(claim is other or claim.value == other.value or claim.sentence != other.sentence for claim in claims)
    return dated and apart and len(values) == 2 and values[0] >= NEAR * values[1]


def _contradiction(case: Case, first: Claim, other: Claim, root: str = "") -> Check:
    told = case.both(other.span, first.span) | {
        "actual": f"{spoken(other.value)}{other.unit}",
        "expected": f"{spoken(first.value)}{first.unit}",
    }
    numbers = first.indicator, first.value, other.value, ""
    return Check("text.contradiction", "violated", *numbers, other.span, first.span, told, root)


def _linked(case: Case) -> Iterator[Check]:
    """The same linked quantity told in two sentences with different numbers, where no cell decides between them."""
    told: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in case.said.claims:
        exact = claim.value is not None and not claim.approximate and claim.kind in ("amount", "zero")
        if claim.indicator and claim.firm and exact and claim.period == "this_year":
            told.setdefault((claim.indicator, claim.scope, claim.unit if claim.unit.endswith("元") else ""), []).append(
                claim
            )
    for claims in told.values():
        if len(claims) > 1:
            yield from _repeated(case, claims)


def _repeated(case: Case, claims: Sequence[Claim]) -> Iterator[Check]:
    """The first place against the others; only places that both tell of the whole year's work can contradict."""
    first = claims[0]
    values = [claim.value for claim in claims if claim.value is not None]
    for other in claims[1:]:
        if other.sentence == first.sentence:
            continue
        if other.value == first.value:
            places = "", other.span, first.span
            yield Check("text.contradiction", "holds", first.indicator, first.value, other.value, *places)
        elif not _decided(claims) and not _adds(values) and _comparable(case, first, other):
            yield _contradiction(case, first, other, f"cell:{first.indicator}")


def _decided(claims: Sequence[Claim]) -> bool:
    """Whether a cell was there to decide."""
    return any(claim.verdict != "unverifiable" for claim in claims)


def _comparable(case: Case, first: Claim, other: Claim) -> bool:
    """Whether two places state the same: one in the overview or preamble and one in the part of the matter, or both in
    the same words."""
    sections = {first.section, other.section}
    if len(sections) > 1:
        return sections <= {"overview", "preamble", "", *_own(first.indicator)}
    return digitless(case, first) == digitless(case, other)


def _own(indicator: str) -> set[str]:
    """The section where an indicator has its place."""
    stem = indicator.partition(".")[0].partition("+")[0]
    return {"request": {"requests"}, "review": {"review_litigation"}, "litigation": {"review_litigation"}}.get(
        stem, set()
    )


def _adds(values: Sequence[Number]) -> bool:
    """Whether one of the numbers is the sum of the others, as a total told beside its parts."""
    total = sum(map(Decimal, values))
    return any(Decimal(value) * 2 == total for value in values)
