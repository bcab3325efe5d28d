"""Figures of the prose against their labels: found or not, value, unit, bounds, period, scope, link, verdict, traps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.document import Claim, Number
from analyzer.evaluation.exhibit import Exhibit
from analyzer.evaluation.labels import ClaimLabel
from analyzer.evaluation.places import number_offset, squeeze
from analyzer.evaluation.tally import Miss, Tally

_EXACT, _COVERED, _INSIDE = 3, 2, 1
_OWN = ("", "body", "site")
"""Scopes that a label without one does not rule out: the body itself, one of its sites."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Labels with the claims found for them, in order; `extra` are the claims that no label asks for."""

    pairs: tuple[tuple[ClaimLabel, Claim | None], ...]
    extra: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a label's number may stand: the number's own place (None: said in words), and the quote's."""

    number: int | None
    quote: range


def pair(exhibit: Exhibit) -> Pairing:
    """Each label with the claim whose number stands at its place, the best agreeing one where several do.

    A zero said in words has no number: a zero claim anywhere in its quote is meant. A label whose quote appears several
    times without saying which is one label: further claims at its other places are neither found nor extra.
    """
    labels, claims = exhibit.gold.claims, exhibit.analysis.claims
    stands = [_places(exhibit, label) for label in labels]
    numbers = [exhibit.paragraphs.covered(claim.number) for claim in claims]
    edges = sorted(
        (
            (rank, agreement, -a, -b)
            for a, label in enumerate(labels)
            for b, claim in enumerate(claims)
            if (rank := _rank(label, stands[a], claim, numbers[b]))
            for agreement in (_agreement(exhibit, label, claim),)
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    for _, _, a, b in edges:
        if -a not in found and -b not in found.values():
            found[-a] = -b
    taken = set(found.values())
    repeats = {-b for _, _, a, b in edges if len(stands[-a]) > 1 and labels[-a].quote.occurrence is None}
    pairs = tuple((label, claims[found[a]] if a in found else None) for a, label in enumerate(labels))
    return Pairing(pairs, tuple(c for b, c in enumerate(claims) if b not in taken | repeats))


def _places(exhibit: Exhibit, label: ClaimLabel) -> tuple[_Place, ...]:
    quote = squeeze(label.quote.text)
    at = label.quote.number_at if label.quote.number_at is not None else number_offset(quote, label.value)
    return tuple(
        _Place(None if at is None else stands.start + at, stands) for stands in exhibit.paragraphs.find(label.quote)
    )


def _rank(label: ClaimLabel, places: tuple[_Place, ...], claim: Claim, at: range) -> int:
    """How surely a claim's number (`at`) stands where the label's does; 0: it does not."""
    if not at:
        return 0
    if any(place.number == at.start for place in places):
        return _EXACT
    if any(place.number is not None and place.number in at for place in places):
        return _COVERED
    zero = label.value == 0 and not label.unit and claim.kind in ("zero", "section_zero")
    return _INSIDE if zero and any(at.start in place.quote for place in places) else 0


def _agreement(exhibit: Exhibit, label: ClaimLabel, claim: Claim) -> tuple[bool, ...]:
    linked = exhibit.cells(claim.indicator) in _links(exhibit, label)
    return linked, claim.value == label.value, claim.unit == label.unit


def _links(exhibit: Exhibit, label: ClaimLabel) -> list[tuple[str, ...]]:
    return [exhibit.cells(link) for link in label.links]


def judge_claims(exhibit: Exhibit, tally: Tally) -> None:
    """Counts of the tasks claim, value, unit, bounds, period, scope, link, verdict and trap."""
    pairing = pair(exhibit)
    for label, claim in pairing.pairs:
        if claim is None:
            _missed(exhibit, label, tally)
            continue
        tally.add("claim", "right")
        for task, expected, found in _attributes(label, claim):
            miss = None if expected == found else _miss(exhibit, claim, task, _said(expected), _said(found))
            tally.right(task, miss)
        _link(exhibit, label, claim, tally)
        _verdict(exhibit, label, claim, tally)
    for claim in pairing.extra:
        _extra(exhibit, claim, tally)
    _traps(exhibit, pairing, tally)


def _miss(exhibit: Exhibit, claim: Claim, task: str, expected: str, found: str, *, outcome: str = "wrong") -> Miss:
    quote = squeeze(exhibit.analysis.cut(claim.span))
    return Miss(task, outcome, claim.indicator, expected, found, quote, exhibit.sentence(claim.span))


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return "…".join(map(_said, value))
    return "" if value is None else str(value)


def _missed(exhibit: Exhibit, label: ClaimLabel, tally: Tally) -> None:
    stands = exhibit.paragraphs.find(label.quote)
    expected = f"{_said(label.value)}{label.unit}"
    outcome = "missed" if stands else "quote_not_found"
    words = exhibit.sentence(stands[0]) if stands else ""
    tally.add("claim", "missed")
    tally.misses.append(Miss("claim", outcome, label.links[0], expected, "", label.quote.text, words))
    if label.links[0] and "" not in label.links:
        tally.add("link", "missed")
    tally.add("verdict", "missed", label.verdicts[0])


def _attributes(label: ClaimLabel, claim: Claim) -> Iterator[tuple[str, object, object]]:
    """Task, what the label says, what was found; what the label leaves open is not asked for."""
    same = _same_in_ten_thousands(label, claim)
    yield "value", label.value, label.value if same else claim.value
    yield "unit", label.unit, label.unit if same else claim.unit
    if not same:
        yield "bounds", *_bounds(label, claim)
    if label.period is not None:
        yield "period", label.period, label.period if claim.period in label.periods else claim.period
    if label.scope is not None:
        own = not label.scope and claim.scope in _OWN
        yield "scope", label.scope, label.scope if own else claim.scope


def _same_in_ten_thousands(label: ClaimLabel, claim: Claim) -> bool:
    """Whether one side takes 万 for a part of the unit, the other for a part of the number (17 万元, 170000 元)."""
    if label.value is None or claim.value is None:
        return False
    if label.unit == f"万{claim.unit}":
        return label.value * 10**4 == claim.value
    return claim.unit == f"万{label.unit}" and claim.value * 10**4 == label.value


def _bounds(label: ClaimLabel, claim: Claim) -> tuple[tuple[object, ...], tuple[object, ...]]:
    if not label.bounds:
        return (label.approximate,), (claim.approximate,)
    expected = _interval(label.value, (label.bounds[0], label.bounds[1]), label.approximate)
    found = _interval(claim.value, (claim.low, claim.high), claim.approximate)
    return (label.approximate, *expected), (claim.approximate, *found)


def _interval(
    value: Number | None, bounds: tuple[Number | None, Number | None], approximate: bool
) -> tuple[Number | None, Number | None]:
    return (value, value) if bounds == (None, None) and not approximate else bounds


def _link(exhibit: Exhibit, label: ClaimLabel, claim: Claim, tally: Tally) -> None:
    """Right, false (a link that is not the label's), missed (a label's link that is not there)."""
    accepted, found = _links(exhibit, label), exhibit.cells(claim.indicator)
    own = accepted[0]
    if found in accepted:
        if found and own:
            tally.add("link", "right")
        return
    if found:
        tally.add("link", "false")
    if own and () not in accepted:
        tally.add("link", "missed")
    tally.misses.append(_miss(exhibit, claim, "link", label.links[0], claim.indicator))


def _verdict(exhibit: Exhibit, label: ClaimLabel, claim: Claim, tally: Tally) -> None:
    if claim.verdict in label.verdicts:
        tally.add("verdict", "right", claim.verdict)
        return
    tally.add("verdict", "missed", label.verdicts[0])
    tally.add("verdict", "false", claim.verdict)
    tally.add("verdict", "wrong", label.verdicts[0])
    tally.misses.append(_miss(exhibit, claim, "verdict", label.verdicts[0], claim.verdict))


def _extra(exhibit: Exhibit, claim: Claim, tally: Tally) -> None:
    tally.add("claim", "false")
    tally.misses.append(_miss(exhibit, claim, "claim", "", f"{_said(claim.value)}{claim.unit}", outcome="extra"))
    tally.add("verdict", "false", claim.verdict)
    if claim.indicator:
        tally.add("link", "false")


def _traps(exhibit: Exhibit, pairing: Pairing, tally: Tally) -> None:
    """A trap is taken where a claim that no label asks for stands in its quote."""
    taken = [(claim, exhibit.paragraphs.covered(claim.number)) for claim in pairing.extra]
    for quote, why in exhibit.gold.traps:
        stands = exhibit.paragraphs.find(quote)
        fallen = next((c for c, at in taken if at and any(at.start in place for place in stands)), None)
        miss = None if fallen is None else _miss(exhibit, fallen, "trap", why, _said(fallen.value), outcome="taken")
        tally.right("trap", miss)
