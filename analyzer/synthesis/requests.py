"""The requests of a year: who asked, by which way, and what became of it, so that every row and column adds up."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from analyzer.document import Number

APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_organization")
WEIGHTS = (86, 7, 1, 1, 2, 3)
OUTCOMES = {
    "request.granted": 40,
    "request.partial": 9,
    "request.denied.state_secret": 0.4,
    "request.denied.other_law": 0.8,
    "request.denied.security": 0.4,
    "request.denied.third_party": 1.5,
    "request.denied.internal_affairs": 1.5,
    "request.denied.process_information": 2,
    "request.denied.enforcement_file": 1.5,
    "request.denied.administrative_query": 1,
    "request.unavailable.not_held": 20,
    "request.unavailable.to_be_made": 4,
    "request.unavailable.unclear": 2,
    "request.not_processed.petition": 4,
    "request.not_processed.duplicate": 3,
    "request.not_processed.publication": 0.3,
    "request.not_processed.excessive": 0.4,
    "request.not_processed.reconfirm": 0.6,
    "request.other.not_supplemented": 3,
    "request.other.fee_unpaid": 0.4,
    "request.other.other": 4,
}
OLD_OUTCOMES = {
    "already_public": 18,
    "granted": 34,
    "partial": 7,
    "state_secret": 0.4,
    "trade_secret": 0.7,
    "privacy": 1,
    "security": 0.3,
    "not_government_information": 3,
    "other_law": 1,
    "not_this_agency": 12,
    "not_exist": 12,
    "supplement": 5,
    "other_ways": 5,
}
OLD_DENIED = ("state_secret", "trade_secret", "privacy", "security", "not_government_information", "other_law")
ROWS = {
    "received": "request.new",
    "carried_in": "request.carried_in",
    "carried_out": "request.carried_out",
    "concluded": "request.concluded",
    "granted": "request.granted",
    "partial": "request.partial",
    "supplement": "request.unavailable.unclear",
    "not_held": "request.unavailable.not_held",
    "to_be_made": "request.unavailable.to_be_made",
    "not_supplemented": "request.other.not_supplemented",
    "fee_unpaid": "request.other.fee_unpaid",
    "withdrawn": "request.other.other",
}
GROUPS = {"denied": "request.denied.", "unavailable": "request.unavailable.", "not_processed": "request.not_processed."}
GROUPED = GROUPS | {"other_handling": "request.other."}
Table = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Requests:
    """Numbers by role, and (from 2019) the table by row and applicant, `total` among them."""

    roles: dict[str, Number]
    table: Table


def draw_requests(rng: Random, received: int, standard: str) -> Requests:
    """`received` requests of one year."""
    if standard in ("2014", "none"):
        return Requests(_old(rng, received) | _ways(rng, received), {})
    table = _table(rng, received, standard)
    roles: dict[str, Number] = {role: table[row]["total"] for role, row in ROWS.items() if row in table}
    for role, stem in GROUPED.items():
        roles[role] = sum(row["total"] for key, row in table.items() if key.startswith(stem) or key == stem[:-1])
    for key, row in table.items():
        if key.startswith(("request.denied.", "request.not_processed.")):
            roles[key.rpartition(".")[2]] = row["total"]
    new = table["request.new"]
    roles |= {name: new[name] for name in APPLICANTS[1:]} | {"natural": new["natural_person"]}
    roles["organizations"] = new["total"] - new["natural_person"]
    roles["workload"] = roles["received"] + roles["carried_in"]
    roles["replied"] = roles["concluded"]
    return Requests(roles | _timing(rng, int(roles["concluded"])) | _ways(rng, received), table)


def _timing(rng: Random, concluded: int) -> dict[str, Number]:
    extended = rng.randint(0, concluded // 6) if rng.random() < 0.5 else 0
    return {"on_time": concluded - extended, "extended": extended}


def _ways(rng: Random, received: int) -> dict[str, Number]:
    """By which way requests came in."""
    counts = _scatter(rng, received, {"online": 6, "letter": 3, "in_person": 2, "fax": 0.2})
    return dict(counts)


def _scatter(rng: Random, number: int, weights: dict[str, float]) -> dict[str, int]:
    """`number` things thrown at names by weight; weights are bent each time, some names but the first get none."""
    first, *rest = weights
    names = [first, *(name for name in rest if rng.random() < 0.65)]
    bent = [weights[name] * rng.uniform(0.2, 1.8) for name in names]
    counts = dict.fromkeys(weights, 0)
    for name in rng.choices(names, bent, k=number):
        counts[name] += 1
    return counts


def _old(rng: Random, received: int) -> dict[str, Number]:
    """The form of 2014: what is not concluded goes over into the next year, which no cell says."""
    concluded = received - (rng.randint(1, max(1, received // 10)) if received > 5 and rng.random() < 0.2 else 0)
    roles: dict[str, Number] = dict(_scatter(rng, concluded, OLD_OUTCOMES))
    roles["denied"] = sum(roles[name] for name in OLD_DENIED)
    natural = _scatter(rng, received, {"natural": 8, "organizations": 1.2})
    roles |= {"received": received, "concluded": concluded, "replied": concluded} | natural
    return roles | _timing(rng, concluded)


def _chosen(rng: Random) -> dict[str, float]:
    """The outcomes of a year: some groups of them do not occur at all."""
    groups = {name.split(".")[1] for name in OUTCOMES}
    kept = {group for group in sorted(groups) if rng.random() < 0.6} | {"granted"}
    return {name: weight * rng.uniform(0.3, 1.7) for name, weight in OUTCOMES.items() if name.split(".")[1] in kept}


def _table(rng: Random, received: int, standard: str) -> Table:
    rows = ["request.new", "request.carried_in", "request.concluded", "request.carried_out", *OUTCOMES]
    table: Table = {row: dict.fromkeys(APPLICANTS, 0) for row in rows}
    table["request.new"] = _scatter(rng, received, dict(zip(APPLICANTS, WEIGHTS, strict=True)))
    before = rng.randint(1, max(1, received // 12)) if received and rng.random() < 0.4 else 0
    table["request.carried_in"] = _scatter(rng, before, dict(zip(APPLICANTS, WEIGHTS, strict=True)))
    weights = _chosen(rng)
    for column in APPLICANTS:
        load = table["request.new"][column] + table["request.carried_in"][column]
        left = rng.randint(0, load // 8 + 1) if load and rng.random() < 0.35 else 0
        left = min(left, load)
        table["request.carried_out"][column] = left
        table["request.concluded"][column] = load - left
        for name in rng.choices(list(weights), list(weights.values()), k=load - left):
            table[name][column] += 1
    if standard == "2019":
        others = [table.pop(row) for row in list(table) if row.startswith("request.other.")]
        table["request.other"] = {column: sum(row[column] for row in others) for column in APPLICANTS}
    for row in table.values():
        row["total"] = sum(row.values())
    return table
