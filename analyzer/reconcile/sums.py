"""Prose held against itself: totals and parts, counts and items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from analyzer.document import Breakdown, Check, Claim, Enumeration, Number, Outcome
from analyzer.numerals import plain
from analyzer.reconcile.case import DIGIT, Case, spoken, squeeze

APART = 3
"""Largest difference between a count and its items that looks like a slip; more, and the list is of something else."""
MARKS = frozenset("“《「")


def check_sums(case: Case) -> Iterator[Check]:
    """All checks of prose against prose."""
    for breakdown in case.said.breakdowns:
        yield from _breakdown(case, breakdown)
    for enumeration in case.said.enumerations:
        yield from _enumeration(case, enumeration)


def _bounds(claim: Claim) -> tuple[Number | None, Number | None]:
    exact = claim.low is None and claim.high is None and not claim.approximate
    return (claim.value, claim.value) if exact else (claim.low, claim.high)


def _summed(bounds: Sequence[Number | None]) -> Number | None:
    return None if None in bounds else plain(Decimal(sum(b for b in bounds if b is not None)))


def _breakdown(case: Case, breakdown: Breakdown) -> Iterator[Check]:
    """A total against its parts."""
    total, parts = case.claim(breakdown.total), [case.claim(index) for index in breakdown.parts]
    rule = "sum.total" if breakdown.complete else "sum.parts"
    values = [part.value for part in parts]
    amounts = all(part.kind in ("amount", "zero") and not case.independent(total, part) for part in parts)
    if total.value is None or None in values or not amounts:
        yield Check(rule, "not_assessable", total.indicator, None, total.value, "link", breakdown.span)
        return
    expected = _summed(values)
    outcome, reason = _sum_outcome(case, breakdown, parts)
    if outcome in ("violated", "suspect") and _overlaps(case, total, parts):
        rule, outcome, reason = "sum.overlap", "suspect", ""
    told: dict[str, str] = {}
    if outcome in ("violated", "suspect") and expected is not None:
        told = case.at(total.span) | {
            "actual": spoken(total.value),
            "expected": spoken(expected),
            "terms": " + ".join(spoken(value) for value in values),
            "difference": spoken(plain(abs(Decimal(total.value) - expected))),
        }
    root = _root(total) if told else ""
    last = parts[-1].span
    yield Check(rule, outcome, total.indicator, expected, total.value, reason, total.span, last, told, root)


def _sum_outcome(case: Case, breakdown: Breakdown, parts: Sequence[Claim]) -> tuple[Outcome, str]:
    total = case.claim(breakdown.total)
    complete = breakdown.complete and len(parts) > 1
    lows, highs = zip(*(_bounds(part) for part in parts), strict=True)
    low, high = _summed(lows), _summed(highs)
    least, most = _bounds(total)
    over = low is not None and most is not None and low > most
    under = complete and high is not None and least is not None and high < least
    if not (over or under) or (_run_fits(case, breakdown) and not _overlaps(case, total, parts)):
        return "holds", ""
    if len({claim.period for claim in (total, *parts)}) > 1 or (under and _goes_on(case, breakdown)):
        return "not_assessable", "link"
    if len({claim.scope for claim in (total, *parts)} - {""}) > 1:
        return "suspect", "scope"
    if any(part.value is not None and total.value is not None and part.value > total.value for part in parts):
        behind = total.number.start > parts[-1].number.start
        return ("suspect" if behind or not _bracketed(case, total, parts) else "not_assessable"), "link"
    if total.approximate or any(part.approximate for part in parts):
        return "suspect", "approximate"
    return "violated", ""


def _run_fits(case: Case, breakdown: Breakdown) -> bool:
    """Whether the numbers of the sentence from the first part on come to the total: the list ends there, unless no
    mark but 、 joins its parts."""
    claims, total = case.said.claims, case.claim(breakdown.total)
    spans = [case.claim(part).number for part in breakdown.parts]
    row = all("、" in case.document.text[a.end : b.start] for a, b in pairwise(spans))
    run: Decimal = Decimal(0)
    for count, claim in enumerate(claims[breakdown.parts[0] :], start=1):
        if claim.sentence != total.sentence or claim.value is None or claim.kind not in ("amount", "zero"):
            return False
        run += Decimal(claim.value)
        if count > 1 and run == total.value and (not row or count >= len(spans)):
            return True
    return False


def _goes_on(case: Case, breakdown: Breakdown) -> bool:
    """Whether more of the same unit follows the last part in its sentence."""
    claims, last = case.said.claims, breakdown.parts[-1]
    following = claims[last + 1] if last + 1 < len(claims) and last + 1 != breakdown.total else None
    part = claims[last]
    return following is not None and following.sentence == part.sentence and following.unit == part.unit


def _bracketed(case: Case, total: Claim, parts: Sequence[Claim]) -> bool:
    """Whether a bracket or another part ends between a total and a part larger than it."""
    largest = max(parts, key=lambda part: Decimal(part.value or 0))
    between = case.document.text[total.number.end : largest.number.start]
    return largest is not parts[0] or ")" in between or "）" in between


def _overlaps(case: Case, total: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the parts are channels that may carry the same pieces: none above the total, together more than it."""
    if total.value is None or any(part.value is None or part.value > total.value for part in parts):
        return False
    if sum(part.value for part in parts if part.value is not None) < total.value:
        return False
    channel = case.rulebook.patterns["channel"]
    text, end = case.document.text, total.number.end
    named = 0
    for part in parts:
        named += part.indicator.startswith("channel.") or channel.search(text, end, part.span.end) is not None
        end = part.span.end
    return named == len(parts)


def _root(claim: Claim) -> str:
    return f"claim:{claim.number.start}"


def _enumeration(case: Case, enumeration: Enumeration) -> Iterator[Check]:
    """A count against the items named with it."""
    claim, count = case.claim(enumeration.claim), len(enumeration.items)
    low, high = _bounds(claim)
    fits = (high is None or count <= high) and (not enumeration.closed or low is None or count >= low)
    outcome: Outcome = "holds" if fits else "suspect" if _counts(case, claim, enumeration) else "not_assessable"
    told = case.at(claim.span) | {"actual": f"{spoken(claim.value)}{claim.unit}", "expected": str(count)}
    span, place = claim.span, enumeration.span
    yield Check("enumeration.count", outcome, claim.indicator, count, claim.value, "", span, place, told)
    seen: set[str] = set()
    edges = case.rulebook.patterns["item_edges"]
    for item in enumeration.items if fits else ():
        name = edges.sub("", squeeze(case.document.text[item.start : item.end]))
        twin = next((other for other in seen if _same(name, other)), None)
        if twin is not None:
            told = case.at(claim.span) | {"item": min(name, twin, key=len)}
            yield Check("enumeration.duplicate", "suspect", claim.indicator, None, name, "", claim.span, item, told)
        seen.add(name)


def _counts(case: Case, claim: Claim, enumeration: Enumeration) -> bool:
    """Whether the items are what the number counts: near it, without numbers of their own, and in quotation marks or
    of things that are named one by one."""
    texts = [case.document.text[item.start : item.end] for item in enumeration.items]
    quoted = all(text[:1] in MARKS for text in texts)
    numbered = not quoted and any(DIGIT.search(text) for text in texts)
    if claim.value is None or numbered or abs(len(texts) - Decimal(claim.value)) > APART:
        return False
    before = enumeration.items[-1].end <= claim.number.start
    return quoted or not before or case.rulebook.patterns["counted"].fullmatch(claim.unit) is not None


def _same(name: str, other: str) -> bool:
    """The same name, or one that only adds a short tail (工作) to a name of some length."""
    short, long = sorted((name, other), key=len)
    return short == long or (len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 2)
