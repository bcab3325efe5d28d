"""Points from checks and findings, each point lost traced to a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fnmatch import fnmatchcase
from functools import lru_cache

from analyzer.document import Check, Deduction, Finding, Score
from analyzer.knowledge.rulebook import Group, Rubric, Rulebook

__all__ = ["grade", "score"]

FULL = Decimal(100)
CENT = Decimal("0.01")
OVERALL = "overall"


def score(
    checks: Sequence[Check], findings: Sequence[Finding], rulebook: Rulebook
) -> tuple[tuple[Score, ...], tuple[Deduction, ...]]:
    """Points of 0–100 in each dimension and overall; in each, 100 less its deductions is exactly the points reached.

    A dimension with too few checks that could be made, or with a finding that voids it, has no points, and then there
    are none overall. Each cause costs once in a dimension, by its dearest finding.
    """
    rubric = rulebook.rubric
    scores: list[Score] = []
    deductions: list[Deduction] = []
    for dimension in rubric.shares:
        made, lost = _dimension(dimension, checks, findings, rubric)
        scores.append(made)
        deductions += lost
    overall = _overall(scores, deductions, rubric)
    return (*scores, overall[0]), (*deductions, *overall[1])


def grade(scores: Sequence[Score], rulebook: Rulebook, lang: str) -> str:
    """The grade of the overall score in `lang` (zh, en), or that it could not be given."""
    rubric = rulebook.rubric
    points = next((s.points for s in scores if s.dimension == OVERALL), None)
    reached = next((g for g in rubric.grades if points is not None and points >= g.least), None)
    return (reached.name if reached else rubric.ungraded).say(lang)


def _dimension(
    dimension: str, checks: Sequence[Check], findings: Sequence[Finding], rubric: Rubric
) -> tuple[Score, list[Deduction]]:
    groups = [group for group in rubric.groups if group.dimension == dimension]
    assessed, left_out = _assessed(dimension, checks, rubric)
    live = [group for group in groups if assessed[group.id]]
    possible = sum((group.weight for group in live), Decimal(0))
    void = any(finding.rule in rubric.voids.get(dimension, ()) for finding in findings)
    if void or possible == 0 or sum(assessed.values()) < rubric.minimum.get(dimension, 1):
        return Score(dimension, None, FULL, left_out), []
    lost = [
        Deduction(dimension, points, finding)
        for group in live
        for finding, points in _costs(
            group, findings, rubric, FULL / max(possible, rubric.spread.get(dimension, possible))
        ).items()
    ]
    errors = {finding.finding_id for finding in findings if finding.severity == "error"}
    return _reached(dimension, _barred(lost, errors, rubric.least.get(dimension, Decimal(0))), left_out)


def _barred(lost: list[Deduction], errors: AbstractSet[str], least: Decimal) -> list[Deduction]:
    """The deductions, the first one for an error raised where all for errors stay below what errors cost at least."""
    proven = [n for n, deduction in enumerate(lost) if deduction.finding_id in errors and deduction.points]
    short = least - sum((lost[n].points for n in proven), Decimal(0))
    if proven and short > 0:
        first = lost[proven[0]]
        lost[proven[0]] = replace(first, points=first.points + short)
    return lost


def _assessed(dimension: str, checks: Iterable[Check], rubric: Rubric) -> tuple[Mapping[str, int], int]:
    """How many checks of each group could be made, and how many of all could not."""
    counts = {group.id: 0 for group in rubric.groups}
    left_out = 0
    for check in checks:
        group = _home(rubric, dimension, check.rule)
        if group is not None and check.outcome == "not_assessable":
            left_out += 1
        elif group is not None:
            counts[group.id] += 1
    return counts, left_out


@lru_cache(maxsize=1024)
def _home(rubric: Rubric, dimension: str, rule: str) -> Group | None:
    """The first group of a dimension that covers a rule."""
    groups = (group for group in rubric.groups if group.dimension == dimension)
    return next((group for group in groups if any(fnmatchcase(rule, pattern) for pattern in group.rules)), None)


def _costs(group: Group, findings: Sequence[Finding], rubric: Rubric, scale: Decimal) -> dict[str, Decimal]:
    """Points (of 100) that each finding costs: the dearest of each cause, together no more than the group is worth."""
    dearest: dict[str, tuple[Decimal, str]] = {}
    for finding in findings:
        if finding.severity == "info" or _home(rubric, group.dimension, finding.rule) is not group:
            continue
        price = _price(group, finding)
        if finding.cause not in dearest or price > dearest[finding.cause][0]:
            dearest[finding.cause] = price, finding.finding_id
    left = group.weight
    costs: dict[str, Decimal] = {}
    for price, finding_id in dearest.values():
        taken = min(price, left)
        left -= taken
        costs[finding_id] = _cents(taken * scale)
    return costs


def _price(group: Group, finding: Finding) -> Decimal:
    price = group.each if finding.verdict == "inconsistent" else group.doubt
    price *= group.parts.get(finding.indicator, Decimal(1))
    whole, kept = finding.expected, finding.actual
    if group.proportional and isinstance(whole, (int, Decimal)) and isinstance(kept, (int, Decimal)) and whole:
        return price * (1 - min(max(Decimal(kept) / Decimal(whole), Decimal(0)), Decimal(1)))
    return price


def _cents(points: Decimal) -> Decimal:
    return points.quantize(CENT, ROUND_HALF_UP)


def _overall(scores: Sequence[Score], deductions: Sequence[Deduction], rubric: Rubric) -> tuple[Score, list[Deduction]]:
    """The dimensions by their shares; none where one of them could not be scored."""
    left_out = sum(s.not_assessable for s in scores)
    if any(s.points is None for s in scores):
        return Score(OVERALL, None, FULL, left_out), []
    lost = [Deduction(OVERALL, _cents(d.points * rubric.shares[d.dimension]), d.finding_id) for d in deductions]
    return _reached(OVERALL, lost, left_out)


def _reached(dimension: str, lost: Sequence[Deduction], left_out: int) -> tuple[Score, list[Deduction]]:
    """The points left of 100; cents that rounding would take below 0 are not taken."""
    left, kept = FULL, []
    for deduction in lost:
        points = min(deduction.points, left)
        left -= points
        if points:
            kept.append(Deduction(dimension, points, deduction.finding_id))
    return Score(dimension, left, FULL, left_out), kept
