"""Percentages: shares held against part and base, and shares of one base together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analyzer.document import Check, Claim, Number, Outcome
from analyzer.numerals import plain
from analyzer.reconcile.case import Case, spoken, squeeze

HUNDRED = Decimal(100)
NEAR = 24
"""Most characters between an amount and the share that belongs to it."""
BACK = 6
"""How many numbers back the base of a list of shares is looked for."""


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage with the amount it restates and the amount it is a share of (None: not known); `sure` where its
    words say of what (占12件的, 采用12条，采用率)."""

    claim: Claim
    part: Claim
    base: Claim | None
    sure: bool = False


def check_shares(case: Case) -> Iterator[Check]:
    """All checks of shares."""
    lists: dict[int, list[tuple[int, int]]] = {}
    for index, claim in enumerate(case.said.claims):
        if claim.kind != "share" or claim.value is None or not index:
            continue
        share, told = _told(case, index)
        if share is not None:
            yield _judged(case, share, False)
        elif told:
            lists.setdefault(claim.sentence.start, []).append((index, index - 1))
    for members in lists.values():
        shares = _based(case, members)
        hidden = _common(shares) and not _whole(shares)
        for share in shares:
            yield _judged(case, share, hidden)
        yield from _together(case, shares)


def _told(case: Case, index: int) -> tuple[Share | None, bool]:
    """A share whose own words name part and base (None: they do not), and whether it restates the number before it."""
    claims = case.said.claims
    claim, part = claims[index], claims[index - 1]
    if part.kind != "amount" or part.value is None or part.sentence != claim.sentence:
        return None, False
    patterns, text = case.rulebook.patterns, case.document.text
    gap = squeeze(text[part.number.end : claim.number.start])
    before = claims[index - 2] if index > 1 and claims[index - 2].sentence == claim.sentence else None
    if before is not None and before.kind != "amount":
        before = None
    if patterns["of_base"].fullmatch(gap):
        between = squeeze(text[before.number.end : part.number.start]) if before else ""
        named = before is not None and patterns["share_of"].search(between) is not None
        return (Share(claim, before, part, True), False) if named and before else (None, False)
    rate = patterns["rate"].search(gap)
    if rate is not None:
        words = squeeze(text[(before.number.end if before else part.sentence.start) : part.number.end + len(gap)])
        done = rate["done"][-2:] in words[: words.rfind(rate[0])]
        return (Share(claim, part, before, True), False) if done and _can_hold(before, part) else (None, False)
    if patterns["jointly"].search(gap) or patterns["opened"].search(gap):
        return None, False
    named_base = patterns["named_base"].search(gap)
    if named_base is not None and claim.whole is None:
        return Share(claim, part, _called(case, named_base["name"], part), True), False
    return None, len(gap) <= NEAR


def _can_hold(base: Claim | None, part: Claim) -> bool:
    """Whether a number can be the base of a rate: not below the part."""
    return base is not None and (base.value or 0) >= (part.value or 0)


def _called(case: Case, name: str, part: Claim) -> Claim | None:
    """The one number of the report whose words hold a name (主动公开), where all that do agree."""
    found = [
        claim
        for claim in case.said.claims
        if claim is not part and claim.kind == "amount" and claim.unit == part.unit and claim.period == "this_year"
        if claim.whole is None and not claim.approximate and name in case.quote(claim.span)
    ]
    return found[0] if found and len({claim.value for claim in found}) == 1 and _can_hold(found[0], part) else None


def _based(case: Case, members: Sequence[tuple[int, int]]) -> list[Share]:
    """The shares with their bases: the one stated, unless it is a part itself or smaller than the part; else a number
    told before in the section."""
    claims = case.said.claims
    parts = {part for _, part in members}
    shares = [
        Share(claims[index], claims[part], _own(claims, claims[index].whole, part, parts)) for index, part in members
    ]
    if all(share.base is not None for share in shares):
        return shares
    first = min({*parts, *(whole for index, _ in members if (whole := claims[index].whole) is not None)})
    other = _sum_before(claims, first, members) or _agreed(case, shares)
    return [share if share.base is not None else Share(share.claim, share.part, other) for share in shares]


def _own(claims: Sequence[Claim], whole: int | None, part: int, parts: Collection[int]) -> Claim | None:
    """The base stated with a share, where it can be one."""
    if whole is None or whole in parts or _has_share(claims, whole):
        return None
    return claims[whole] if (claims[whole].value or 0) >= (claims[part].value or 0) else None


def _agreed(case: Case, shares: Sequence[Share]) -> Claim | None:
    """A number told before in the part of the report that most of several shares of a list agree on, or that all their
    parts together come to."""
    told = [share for share in shares if share.part.value and share.claim.value]
    home = case.part_at(shares[0].claim.span.start)
    total = sum(Decimal(share.part.value or 0) for share in shares)
    found: list[tuple[int, Claim]] = []
    for claim in case.said.claims:
        if claim.span.start >= shares[0].claim.span.start or case.part_at(claim.span.start) is not home:
            continue
        if claim.kind != "amount" or claim.unit != shares[0].part.unit or not claim.value:
            continue
        agreeing = sum(
            rounds(s.claim.value or 0, Decimal(s.part.value or 0) * HUNDRED / Decimal(claim.value)) for s in told
        )
        if 2 * agreeing > len(told) > 1 and agreeing > 1:
            found.append((agreeing, claim))
        elif claim.value == total and len(told) > 1:
            found.append((len(told), claim))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _has_share(claims: Sequence[Claim], index: int) -> bool:
    """Whether an amount is restated as a share itself, and so is no base."""
    following = claims[index + 1] if index + 1 < len(claims) else None
    near = following is not None and following.number.start - claims[index].number.end <= NEAR
    return near and following is not None and following.kind == "share"


def _sum_before(claims: Sequence[Claim], first: int, members: Sequence[tuple[int, int]]) -> Claim | None:
    """A number shortly before the list that all its parts together come to."""
    parts = {part for _, part in members} | ({first} if claims[first].kind == "amount" else set())
    total = sum(Decimal(claims[part].value or 0) for part in parts)
    before = claims[max(first - BACK, 0) : first]
    return next((c for c in reversed(before) if c.kind == "amount" and c.value == total), None)


def _common(shares: Sequence[Share]) -> bool:
    """Whether all shares of a list fit one base that is not told here."""
    told = [share for share in shares if share.claim.value and share.part.value]
    if len(told) < 2:
        return False
    lows, highs = [], []
    for share in told:
        stated, step = Decimal(share.claim.value or 0), _step(share.claim.value or 0)
        part = Decimal(share.part.value or 0) * HUNDRED
        lows.append(part / (stated + step))
        highs.append(part / (stated - step) if stated > step else Decimal("Infinity"))
    return max(lows) <= min(highs)


def _whole(shares: Sequence[Share]) -> bool:
    """Whether the parts together are the base that all shares of a list have."""
    base = shares[0].base
    same = base is not None and all(share.base is base for share in shares)
    return same and base is not None and sum(Decimal(share.part.value or 0) for share in shares) == base.value


def _judged(case: Case, share: Share, hidden: bool) -> Check:
    claim, part, base = share.claim, share.part, share.base
    rule = "percentage.share"
    if base is None or not base.value or base.approximate or part.approximate or claim.approximate:
        return Check(rule, "not_assessable", "", None, claim.value, "link", claim.span)
    stated, number = claim.value or 0, Decimal(part.value or 0) * HUNDRED
    expected = number / Decimal(base.value)
    others = [c.value for c in case.said.claims if c.kind == "amount" and c.sentence == base.sentence and c.value]
    fits = any(rounds(stated, number / Decimal(other)) for other in (base.value, *others))
    outcome: Outcome = "holds" if fits else "not_assessable" if hidden else "suspect"
    shown = plain(round(expected, max(decimals(stated), 1)))
    told = case.at(claim.span) | {
        "actual": spoken(claim.value),
        "expected": spoken(shown),
        "part": spoken(part.value),
        "whole": spoken(base.value),
    }
    return Check(rule, outcome, "", shown, claim.value, "", claim.span, base.span, told, _root(base))


def _together(case: Case, shares: Sequence[Share]) -> Iterator[Check]:
    """Shares whose parts make up the base come to 100."""
    base = shares[0].base
    if len(shares) < 2 or base is None or any(s.claim.approximate for s in shares) or not _whole(shares):
        return
    values = [share.claim.value or 0 for share in shares]
    total = plain(Decimal(sum(values)))
    slack = sum((_step(value) for value in values), Decimal(0))
    first, last = shares[0].claim.span, shares[-1].claim.span
    told = {
        "heading": case.heading(first),
        "terms": " + ".join(spoken(value) for value in values),
        "actual": spoken(total),
    }
    outcome: Outcome = "suspect" if abs(Decimal(total) - 100) > slack else "holds"
    yield Check("percentage.sum", outcome, "", 100, total, "", first, last, told, _root(base))


def _root(claim: Claim) -> str:
    return f"claim:{claim.number.start}"


def decimals(value: Number) -> int:
    """How many decimal places a number has."""
    exponent = Decimal(value).as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _step(value: Number) -> Decimal:
    """One of the last digit of a percentage."""
    return Decimal(1).scaleb(-decimals(value))


def rounds(stated: Number, computed: Decimal) -> bool:
    """Whether a percentage is the computed one, rounded or cut."""
    return abs(Decimal(stated) - computed) < _step(stated) * Decimal("1.0001")
