"""The numbers of a year in one body: every cell of its form and every role, such that the identities hold.

Sizes run from a town without requests to a province with thousands; zeros are as frequent as in real reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from analyzer.document import Number
from analyzer.knowledge.grammar import Body, Grammar
from analyzer.synthesis.requests import Requests, draw_requests

Numbers = dict[str, Number]
PUBLISHED = {
    "township": (18, 420),
    "county": (40, 1800),
    "city": (120, 6000),
    "province": (300, 9000),
    "national": (400, 9000),
}
"""Pieces published in a year by a single body; a government counts its whole area."""
AREA = {"township": 1, "county": 8, "city": 10, "province": 8, "national": 1}
RULE_MAKERS = frozenset({("province", "government"), ("city", "government"), ("national", "department")})
REQUESTS = {
    "township": ((0.72, 0, 0), (0.96, 1, 6), (1, 7, 20)),
    "county": ((0.42, 0, 0), (0.85, 1, 14), (1, 15, 60)),
    "city": ((0.2, 0, 0), (0.75, 2, 40), (1, 41, 160)),
    "province": ((0.08, 0, 0), (0.6, 5, 90), (1, 91, 400)),
    "national": ((0, 0, 0), (0.5, 20, 200), (1, 201, 900)),
}
"""Requests of a single body: upper end of each band in probability, then its range."""
GOVERNMENT_REQUESTS = {"county": (12, 420), "city": (60, 1600), "province": (400, 6000)}
"""Requests of a government that counts its whole area."""

BUDGETS: tuple[Number, ...] = (0, 0, 0, 1, 2, 3, 5, 8, 10, Decimal("1.5"), Decimal("0.8"), Decimal("12.6"))
"""Money for disclosure in 万元."""


@dataclass(frozen=True, slots=True)
class World:
    """`cells` holds every cell of the form, `numbers` every role that reports on this form state."""

    standard: str
    cells: Numbers
    numbers: Numbers


def draw(rng: Random, standard: str, body: Body, *, grammar: Grammar, quiet: bool | None = None) -> World:
    """A year of `body`; `quiet` makes (True) or forbids (False) a year without any request."""
    wide = body.kind in ("government", "zone") and body.level in GOVERNMENT_REQUESTS
    asked = draw_requests(rng, _received(rng, body, wide, quiet), standard)
    numbers = dict(asked.roles)
    for part in (
        _published(rng, body, wide),
        _responses(rng, body),
        _capacity(rng, body),
        _documents(rng, body, standard),
    ):
        numbers.update(part)
    numbers.update(_powers(rng, body, wide))
    numbers.update(_disputes(rng, int(numbers["received"]), standard))
    numbers.update(_money(rng, numbers))
    numbers["received_last"] = _last(rng, numbers["received"])
    numbers["published_last"] = _last(rng, numbers["published"])
    cells = _cells(grammar, standard, numbers, asked)
    known = {role: value for role, value in numbers.items() if role in grammar.roles}
    return World(standard, cells, {role: v for role, v in known.items() if grammar.known(standard, role)})


def _received(rng: Random, body: Body, wide: bool, quiet: bool | None) -> int:
    if quiet:
        return 0
    if wide:
        low, high = GOVERNMENT_REQUESTS[body.level]
        return _skewed(rng, low, high)
    bands = REQUESTS[body.level]
    chance = rng.random()
    for end, low, high in bands:
        if chance <= end and (high or quiet is None):
            return rng.randint(low, high)
    return rng.randint(bands[1][1], bands[1][2])


def _skewed(rng: Random, low: int, high: int) -> int:
    """Small numbers more often than big ones, evenly by order of size."""
    return int(low * (high / low) ** rng.random()) if low else rng.randint(0, high)


def _few(rng: Random, chance: float, high: int) -> int:
    """0, or with `chance` a small number."""
    return rng.randint(1, high) if rng.random() < chance else 0


def _last(rng: Random, value: Number) -> int:
    """Last year's number of the same thing, never the same."""
    now = int(value)
    before = max(0, round(now * rng.uniform(0.6, 1.5)))
    return before if before != now else now + rng.randint(1, 3)


def _published(rng: Random, body: Body, wide: bool) -> Numbers:
    """Pieces by channel: the biggest channel stays at or below the total, their sum above it (A1, A2, not A3)."""
    low, high = PUBLISHED[body.level]
    total = _skewed(rng, low, high * (AREA[body.level] if wide else 1))
    names = ("website", "wechat", "weibo", "gazette", "other_channel")
    parts: dict[str, int] = dict.fromkeys(names, 0)
    parts["website"] = rng.randint(total * 6 // 10, total)
    if rng.random() < 0.2:
        parts["website"] = total
        return {"published": total, "channel_sum": total, **parts}
    parts["wechat"] = _few(rng, 0.8, max(2, total // 2))
    parts["weibo"] = _few(rng, 0.3, max(2, total // 3))
    parts["other_channel"] = _few(rng, 0.4, max(2, total // 5))
    if body.kind == "government" and body.level != "township":
        parts["gazette"] = _few(rng, 0.5, max(2, total // 30))
    if sum(parts.values()) <= total:
        parts["website"], parts["wechat"] = total, max(parts["wechat"], 1)
    return {"published": total, "channel_sum": sum(parts.values()), **parts}


def _responses(rng: Random, body: Body) -> Numbers:
    big = body.level in ("city", "province", "national")
    conferences = _few(rng, 0.75 if big else 0.12, 20 if big else 3)
    interviews = _few(rng, 0.6 if big else 0.2, 12 if big else 4)
    found: Numbers = {
        "press_conferences": conferences,
        "press_principal": rng.randint(0, conferences),
        "interviews": interviews,
        "interviews_principal": rng.randint(0, interviews),
        "interpretations": _few(rng, 0.7, 90 if big else 24),
        "social_replies": _few(rng, 0.4, 160 if big else 36),
        "other_responses": _few(rng, 0.5, 120 if big else 30),
    }
    channels = ("press_conferences", "interviews", "interpretations", "social_replies", "other_responses")
    answers = sum(int(found[name]) for name in channels)
    found["hot_topics"] = rng.randint(1, min(answers, 12)) if answers and rng.random() < 0.6 else 0
    return found


def _capacity(rng: Random, body: Body) -> Numbers:
    full, part = rng.randint(1, 4), rng.randint(1, 9)
    courses = _few(rng, 0.75, 6)
    return {
        "bodies": rng.randint(1, 2) if body.level in ("township", "county") else rng.randint(1, 12),
        "reading_points": rng.randint(1, 5),
        "staff": full + part,
        "full_time": full,
        "part_time": part,
        "budget": rng.choice(BUDGETS),
        "meetings": rng.randint(1, 6),
        "courses": courses,
        "attendees": courses * rng.randint(12, 70) + rng.randint(0, 9) if courses else 0,
    }


def _documents(rng: Random, body: Body, standard: str) -> Numbers:
    """Normative documents and rules: C1, C7, C8, A4, A5 hold."""
    small = body.level == "township"
    chance = 0.12 if small else {"government": 0.8, "office": 0.5, "institution": 0.02}.get(body.kind, 0.5)
    issued = _few(rng, chance, 3 if small else 18)
    repealed = _few(rng, chance / 2, 2 if small else 9)
    in_force = issued + rng.randint(0, 4 if small else 60) if issued or repealed or rng.random() < chance else 0
    found: Numbers = {
        "normative": issued,
        "normative_published": issued if standard != "2014" else rng.randint(0, issued),
        "normative_repealed": repealed,
        "normative_in_force": in_force,
        "regulation": 0,
        "regulation_repealed": 0,
        "regulation_in_force": 0,
    }
    if (body.level, body.kind) in RULE_MAKERS:
        made = _few(rng, 0.6, 6)
        found |= {"regulation": made, "regulation_repealed": _few(rng, 0.3, 3)}
        found["regulation_in_force"] = made + rng.randint(4, 60)
        found["regulation.published"] = made
    return found


def _powers(rng: Random, body: Body, wide: bool) -> Numbers:
    """Licences, penalties … and what is bought."""
    found: Numbers = {}
    chance, scale = (0.35, 120) if body.level == "township" else (0.6, 1500)
    if body.kind in ("office", "institution"):
        chance, scale = 0.05, 30
    for role, item in (
        ("licenses", "license"),
        ("other_services", "other_service"),
        ("penalties", "penalty"),
        ("compulsory", "compulsory"),
    ):
        decided = _skewed(rng, 1, scale * (12 if wide else 1)) if rng.random() < chance else 0
        before = rng.randint(1, 90) if decided else _few(rng, chance, 40)
        change = rng.choice([0, 0, 0, 1, 2, 5, -1, -3]) if before > 5 else 0
        if change and before + change == decided:
            decided += 1
        found |= {role: decided, f"{item}_items_last": before, f"{item}_change": change}
        found[f"{item}_items"] = before + change
    found["fee_items_last"] = _few(rng, chance / 2, 12)
    found["fee_amount"] = _amount(rng, 3000) if rng.random() < chance / 2 else 0
    found["purchases"] = _few(rng, chance, 30)
    found["purchase_amount"] = _amount(rng, 4000) if found["purchases"] else 0
    return found


def _amount(rng: Random, high: int) -> Number:
    """Money in 万元 with two decimals."""
    cents = int(_skewed(rng, 120, high * 100))
    value = Decimal(cents) / 100
    return int(value) if value == int(value) else value


def _disputes(rng: Random, received: int, standard: str) -> Numbers:
    """Reviews and lawsuits, rarer than requests; every kind adds up."""
    found: Numbers = {}
    often = min(0.85, 0.04 + received / 160)
    limit = max(1, received // 12)
    for kind in ("review", "litigation.direct", "litigation.after_review"):
        total = _few(rng, often if kind == "review" else often / 2, limit)
        parts = [0, 0, 0, 0]
        for _ in range(total):
            parts[rng.choices(range(4), [55, 15, 15, 15 if standard != "2014" else 0])[0]] += 1
        names = ("upheld", "corrected", "other", "pending")
        found |= {f"{kind}.{name}": n for name, n in zip(names, parts, strict=True)} | {f"{kind}.total": total}
    if standard in ("2014", "none"):
        found |= {key: 0 for key in found if key.startswith("litigation.after_review")}
    for name in ("upheld", "corrected", "other", "pending", "total"):
        tail = "" if name == "total" else f"_{name}"
        found[f"review{tail}"] = found[f"review.{name}"]
        found[f"litigation{tail}"] = found[f"litigation.direct.{name}"] + found[f"litigation.after_review.{name}"]
    found["litigation_direct"] = found["litigation.direct.total"]
    found["litigation_after_review"] = found["litigation.after_review.total"]
    found["complaint"] = _few(rng, often / 4, 3)
    return found


def _money(rng: Random, numbers: Mapping[str, Number]) -> Numbers:
    """The fee for requests in 元: only where something was given out (A17, A18)."""
    given = int(numbers["granted"]) + int(numbers["partial"])
    paid = rng.randint(2, 40) * 10 if given > 2 and rng.random() < 0.12 else 0
    return {"request_fee": paid}


SPECIAL = {
    "license.items_last_year": "license_items_last",
    "license.items_change": "license_change",
    "other_service.items_last_year": "other_service_items_last",
    "other_service.items_change": "other_service_change",
    "penalty.items_last_year": "penalty_items_last",
    "penalty.items_change": "penalty_change",
    "compulsory.items_last_year": "compulsory_items_last",
    "compulsory.items_change": "compulsory_change",
    "administrative_fee.items_last_year": "fee_items_last",
}
"""Cells that no role names alone."""


def _cells(grammar: Grammar, standard: str, numbers: Numbers, asked: Requests) -> Numbers:
    """Each cell of the form, from the role that means it, the requests table or the disputes."""
    named = {role.key(standard): role.role for role in grammar.roles.values() if role.role in numbers}
    cells: Numbers = {}
    for cell in grammar.forms.cells(standard):
        if cell.applicant:
            cells[cell.key] = asked.table[cell.indicator][cell.applicant]
        elif cell.key in SPECIAL:
            cells[cell.key] = numbers[SPECIAL[cell.key]]
        elif cell.key in named:
            role = grammar.roles[named[cell.key]]
            value = numbers[role.role]
            cells[cell.key] = _shift(value) if role.unit == "元" != cell.unit else value
        else:
            cells[cell.key] = numbers.get(cell.key, 0)
    return cells


def _shift(value: Number) -> Number:
    exact = Decimal(value) / 10_000
    return int(exact) if exact == int(exact) else exact.normalize()
