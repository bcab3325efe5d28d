"""Prose held against itself: totals and parts, counts and items, shares and changes, figures told twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from analyzer.document import Breakdown, Check, Claim, Enumeration, Number, Outcome
from analyzer.numerals import plain
from analyzer.reconcile.case import Case, spoken, squeeze

HUNDRED = Decimal(100)
NEAR = 24
"""Most characters between an amount and the share that belongs to it."""
TAIL = re.compile(r"^[等和及与其中“”《》「」\s]+|[等“”《》「」\s]+$")


def check_sums(case: Case) -> Iterator[Check]:
    """All checks of prose against prose."""
    for breakdown in case.said.breakdowns:
        yield from _breakdown(case, breakdown)
    for enumeration in case.said.enumerations:
        yield from _enumeration(case, enumeration)
    yield from _shares(case)
    yield from _growth(case)
    yield from _repeats(case)


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
    if total.value is None or None in values or any(part.kind in ("share", "growth") for part in parts):
        yield Check(rule, "not_assessable", total.indicator, None, total.value, "link", breakdown.span)
        return
    expected = _summed(values)
    outcome, reason = _sum_outcome(total, parts, breakdown.complete)
    if outcome == "violated" and _overlaps(case, total, parts, breakdown):
        rule, outcome = "sum.overlap", "suspect"
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


def _sum_outcome(total: Claim, parts: Sequence[Claim], complete: bool) -> tuple[Outcome, str]:
    lows, highs = zip(*(_bounds(part) for part in parts), strict=True)
    low, high = _summed(lows), _summed(highs)
    least, most = _bounds(total)
    over = low is not None and most is not None and low > most
    under = complete and high is not None and least is not None and high < least
    if not (over or under):
        return "holds", ""
    if len({claim.period for claim in (total, *parts)}) > 1:
        return "not_assessable", "link"
    if len({claim.scope for claim in (total, *parts)} - {""}) > 1:
        return "suspect", "scope"
    if total.approximate or any(part.approximate for part in parts):
        return "suspect", "approximate"
    return "violated", ""


def _overlaps(case: Case, total: Claim, parts: Sequence[Claim], breakdown: Breakdown) -> bool:
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
    told = case.at(claim.span) | {"actual": f"{spoken(claim.value)}{claim.unit}", "expected": str(count)}
    outcome: Outcome = "holds" if fits else "suspect"
    span, place = claim.span, enumeration.span
    yield Check("enumeration.count", outcome, claim.indicator, count, claim.value, "", span, place, told)
    seen: set[str] = set()
    for item in enumeration.items:
        name = TAIL.sub("", squeeze(case.document.text[item.start : item.end]))
        twin = next((other for other in seen if _same(name, other)), None)
        if twin is not None:
            told = case.at(claim.span) | {"item": min(name, twin, key=len)}
            yield Check("enumeration.duplicate", "suspect", claim.indicator, None, name, "", claim.span, item, told)
        seen.add(name)


def _same(name: str, other: str) -> bool:
    """The same name, or one that only adds a short tail (工作) to a name of some length."""
    short, long = sorted((name, other), key=len)
    return short == long or (len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 2)


def _shares(case: Case) -> Iterator[Check]:
    """Each share against its part and its base, and shares of one base together."""
    claims = case.said.claims
    complete = {b.total: len(b.parts) for b in case.said.breakdowns if b.complete}
    groups: dict[int, list[int]] = {}
    for index, claim in enumerate(claims):
        if claim.kind != "share" or claim.whole is None or claim.value is None:
            continue
        part = _part(claims, index)
        if part is not None:
            groups.setdefault(claim.whole, []).append(index)
            yield _share(case, claim, part)
    for whole, members in groups.items():
        yield from _together(case, [claims[i] for i in members], len(members) == complete.get(whole))


def _part(claims: Sequence[Claim], index: int) -> Claim | None:
    """The amount that a share restates: the one just before it, a part of the same whole."""
    share = claims[index]
    before = claims[index - 1] if index else None
    fits = before is not None and before.kind == "amount" and before.whole == share.whole and before.value is not None
    return before if fits and before is not None and share.number.start - before.number.end <= NEAR else None


def _share(case: Case, claim: Claim, part: Claim) -> Check:
    whole = case.claim(claim.whole or 0)
    bases = [whole, *(c for c in case.said.claims if c.kind == "amount" and c.sentence == claim.sentence)]
    numbers = [base.value for base in bases if base.value]
    if not numbers or whole.value in (None, 0) or part.approximate or whole.approximate or claim.value is None:
        return Check("percentage.share", "not_assessable", "", None, claim.value, "approximate", claim.span, whole.span)
    expected = [Decimal(part.value or 0) * HUNDRED / Decimal(number) for number in numbers]
    shown = round(expected[0], max(_decimals(claim.value), 1))
    outcome: Outcome = "holds" if any(_rounds(claim.value, value) for value in expected) else "suspect"
    told = case.at(claim.span) | {
        "actual": spoken(claim.value),
        "expected": spoken(plain(shown)),
        "part": spoken(part.value),
        "whole": spoken(whole.value),
    }
    return Check(
        "percentage.share", outcome, "", plain(shown), claim.value, "", claim.span, whole.span, told, _root(whole)
    )


def _together(case: Case, shares: Sequence[Claim], complete: bool) -> Iterator[Check]:
    """The shares of one base add up to 100, or stay below where only some are listed."""
    if len(shares) < 2 or any(share.approximate for share in shares):
        return
    values = [share.value for share in shares if share.value is not None]
    total = plain(Decimal(sum(values)))
    slack = sum((_step(value) for value in values), Decimal(0))
    over, under = total - 100 > slack, complete and 100 - total > slack
    told = {
        "heading": case.heading(shares[0].span),
        "terms": " + ".join(spoken(value) for value in values),
        "actual": spoken(total),
    }
    outcome: Outcome = "suspect" if over or under else "holds"
    root = _root(case.claim(shares[0].whole or 0))
    yield Check("percentage.sum", outcome, "", 100, total, "", shares[0].span, shares[-1].span, told, root)


def _growth(case: Case) -> Iterator[Check]:
    """A change in percent, where the sentence also gives last year's number."""
    claims = case.said.claims
    for claim in claims:
        if claim.kind != "growth" or claim.whole is None or claim.value is None or not claim.unit.endswith(("%", "％")):
            continue
        now = case.claim(claim.whole)
        before = [c for c in claims if c.kind == "amount" and c.sentence == claim.sentence and c.period == "last_year"]
        if len(before) != 1 or not before[0].value or now.value is None or before[0].unit != now.unit:
            continue
        old = before[0]
        expected = (Decimal(now.value) / Decimal(old.value or 1) - 1) * HUNDRED
        rough = now.approximate or old.approximate or claim.approximate
        fits = rough or any(_rounds(value, expected) for value in (claim.value, -claim.value))
        shown = plain(round(expected, max(_decimals(claim.value), 1)))
        told = case.at(claim.span) | {
            "actual": spoken(claim.value),
            "expected": spoken(shown),
            "part": spoken(now.value),
            "whole": spoken(old.value),
        }
        outcome: Outcome = "not_assessable" if rough else "holds" if fits else "suspect"
        yield Check("percentage.growth", outcome, now.indicator, shown, claim.value, "", claim.span, old.span, told)


def _decimals(value: Number) -> int:
    exponent = Decimal(value).as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _step(value: Number) -> Decimal:
    """One of the last digit of a percentage."""
    return Decimal(1).scaleb(-_decimals(value))


def _rounds(stated: Number, computed: Decimal) -> bool:
    """Whether a percentage is the computed one, rounded or cut."""
    return abs(Decimal(stated) - computed) < _step(stated) * Decimal("1.0001")


def _repeats(case: Case) -> Iterator[Check]:
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
    first = claims[0]
    values = [claim.value for claim in claims if claim.value is not None]
    for other in claims[1:]:
        if other.sentence == first.sentence:
            continue
        same = other.value == first.value
        if not same and (any(c.verdict in ("consistent", "inconsistent", "suspect") for c in claims) or _adds(values)):
            continue
        sure = first.section == other.section or {first.section, other.section} <= {"overview", *_own(first.indicator)}
        outcome: Outcome = "holds" if same else "violated" if sure else "suspect"
        values_told = case.both(other.span, first.span) if not same else {}
        if not same:
            values_told |= {
                "actual": f"{spoken(other.value)}{other.unit}",
                "expected": f"{spoken(first.value)}{first.unit}",
            }
        reason = "" if outcome != "suspect" else "link"
        yield Check(
            *("text.contradiction", outcome, first.indicator, first.value, other.value, reason),
            *(other.span, first.span, values_told, f"cell:{first.indicator}"),
        )


def _own(indicator: str) -> set[str]:
    """The section where an indicator has its place."""
    stem = indicator.partition(".")[0].partition("+")[0]
    return {"request": {"requests"}, "review": {"review_litigation"}, "litigation": {"review_litigation"}}.get(
        stem, set()
    )


def _adds(values: Sequence[Number]) -> bool:
    """Whether one of the numbers is the sum of the others, as a total told beside its parts."""
    return any(value * 2 == sum(values) for value in values)
