"""The identities of the form in force, tried on the cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from analyzer.document import Check, Number, Outcome, Span
from analyzer.knowledge.rulebook import Identity, Rulebook
from analyzer.numerals import plain
from analyzer.reconcile.case import Case, spoken
from analyzer.reconcile.causes import Broken, Roots
from analyzer.reconcile.ledger import Ledger
from analyzer.reconcile.relations import RELATIONS, Relation, Sides

TERMS = 6
"""Most cells that a message names on one side."""
FEW = 2
"""So many cells are all named, those of 0 too."""
SIGNS = {"=": "≠", "<=": ">", ">=each": "<", "several_equal": "=", "coincidence": "=", "stock_covers": "<"}
APART = "/"
"""Between the sides of relations that compare no sums."""
BLANK = "?"


@dataclass(frozen=True, slots=True)
class Item:
    """An identity for one column, one row, one pair of cells: ready to be tried."""

    rule: str
    relation: str
    decide: Relation
    left: tuple[str, ...]
    right: tuple[str, ...]
    indicator: str
    entry: Identity


@dataclass(frozen=True, slots=True)
class Plan:
    """All items of a form; `equalities` are by key the numbers of the items that equate sums with it."""

    items: tuple[Item, ...]
    equalities: Mapping[str, tuple[int, ...]]


def check_identities(case: Case, ledger: Ledger) -> tuple[list[Check], Roots]:
    """A check for each item, and the cells that explain the broken ones."""
    forms, standard = case.forms, case.tables.standard
    rows = tuple(row.indicator for row in forms.rows(standard, "requests") if row.unit)
    columns = tuple(column.indicator for column in forms.applicants(standard))
    plan = _plan(case.rulebook, standard, rows, columns)
    checks: list[Check | None] = []
    broken: dict[int, tuple[Sides, Outcome, str]] = {}
    for number, item in enumerate(plan.items):
        try:
            first, second = ledger.exact(item.left), ledger.exact(item.right)
        except KeyError:
            checks.append(Check(item.rule, "not_assessable", item.indicator, None, None, "absent"))
            continue
        if ledger.clean and item.relation == "=" and first == second:
            checks.append(Check(item.rule, "holds", item.indicator, second, first, "", *_places(item, ledger)))
            continue
        sides = Sides(ledger, item.left, item.right, case.report, named=_named(case, item))
        outcome, reason = _outcome(case, item, sides)
        if outcome in ("violated", "suspect"):
            broken[number] = (sides, outcome, reason)
            checks.append(None)
        else:
            told = second if item.right else None, first, reason
            checks.append(Check(item.rule, outcome, item.indicator, *told, *_places(item, ledger)))
    roots = Roots(_states(plan, broken, checks), plan.equalities, ledger)
    for number, (sides, outcome, reason) in broken.items():
        checks[number] = _broken(case, plan.items[number], sides, (outcome, reason, roots.of(number)))
    return [check for check in checks if check is not None], roots


@lru_cache(maxsize=32)
def _plan(rulebook: Rulebook, standard: str, rows: tuple[str, ...], columns: tuple[str, ...]) -> Plan:
    items = [
        Item(
            f"identity.{entry.code}",
            entry.relation,
            RELATIONS[entry.relation],
            left,
            right,
            ";".join(left + right),
            entry,
        )
        for entry in rulebook.identities
        if standard in entry.standards
        for left, right in _keys(entry, rows, columns)
    ]
    equalities: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        if item.relation == "=":
            for key in item.left + item.right:
                equalities.setdefault(key, []).append(number)
    return Plan(tuple(items), {key: tuple(numbers) for key, numbers in equalities.items()})


def _item(entry: Identity, left: tuple[str, ...], right: tuple[str, ...]) -> Item:
    decide = RELATIONS[entry.relation]
    return Item(f"identity.{entry.code}", entry.relation, decide, left, right, ";".join(left + right), entry)


def _keys(
    entry: Identity, rows: Sequence[str], columns: Sequence[str]
) -> Iterable[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The keys of both sides, once for each place where the identity is tried."""
    if entry.over == "row":
        for row in rows:
            yield tuple(f"{row}/{c}" for c in entry.left), tuple(f"{row}/{c}" for c in entry.right)
    elif entry.over == "applicant":
        for column in columns:
            yield tuple(f"{k}/{column}" for k in entry.left), tuple(f"{k}/{column}" for k in entry.right)
    elif entry.relation == ">=each":
        for key in entry.right:
            yield entry.left, (key,)
    else:
        yield entry.left, entry.right


def _named(case: Case, item: Item) -> bool:
    if item.relation != "named_in_text":
        return False
    pattern = case.rulebook.named.get(item.left[0])
    return pattern is not None and pattern.search(case.prose) is not None


def _outcome(case: Case, item: Item, sides: Sides) -> tuple[Outcome, str]:
    """What the item comes to, and why it is not sure."""
    outcome = item.decide(sides)
    if outcome == "not_assessable":
        return outcome, "blank" if sides.first.open or sides.second.open else ""
    if outcome == "holds":
        return outcome, ""
    doubt = sides.first.doubt or sides.second.doubt
    if doubt:
        unread = any(side.open and side.doubt == "doubtful" for side in (sides.first, sides.second))
        return ("not_assessable" if unread else "suspect"), doubt
    if outcome == "suspect" or item.entry.severity != "M":
        return "suspect", "usual"
    unless = item.entry.unless
    if unless and case.rulebook.unless[unless].search(case.prose):
        return "suspect", "exception"
    return "violated", ""


def _states(
    plan: Plan, broken: Mapping[int, tuple[Sides, Outcome, str]], checks: Sequence[Check | None]
) -> dict[int, Broken | None]:
    """The broken items, and None for each equality that holds."""
    states: dict[int, Broken | None] = {}
    if not broken:
        return states
    for number, item in enumerate(plan.items):
        if number in broken:
            sides = broken[number][0]
            gap = sides.first.low - sides.second.low
            exact = item.relation == "=" and not (sides.first.open or sides.second.open)
            states[number] = Broken(item.left, item.right, gap, exact, item.entry.over == "row")
        elif item.relation == "=" and (check := checks[number]) is not None and check.outcome == "holds":
            states[number] = None
    return states


def _places(item: Item, ledger: Ledger) -> tuple[Span | None, Span | None]:
    cells = ledger.cells
    return cells[item.left[0]].span, cells[item.right[0]].span if item.right else None


def _broken(case: Case, item: Item, sides: Sides, found: tuple[Outcome, str, str]) -> Check:
    outcome, reason, root = found
    ledger, first, second = sides.ledger, sides.first.low, sides.second.low
    across = item.entry.over == "applicant"
    left, right = (_terms(case, ledger, keys, across=across) for keys in (item.left, item.right))
    values = {
        "left": left,
        "right": right,
        "formula": _formula(item, sides),
        "difference": spoken(plain(abs(Decimal(first) - second))),
        "label": case.short(ledger.first(item.left)),
        "row": case.row(ledger.cells[item.left[0]]),
        "column": case.column(ledger.cells[item.left[0]]),
        "form": case.forms.standard(case.tables.standard).document,
    }
    span = ledger.first(item.left).span
    place = ledger.first(item.right).span if item.right else None
    if item.relation == "named_in_text":
        found_words = case.rulebook.named[item.left[0]].search(case.prose)
        place = span
        span = case.span(*found_words.span()) if found_words else None
        values |= case.at(span)
    expected = second if item.right else None
    return Check(item.rule, outcome, item.indicator, expected, first, reason, span, place, values, root)


def _terms(case: Case, ledger: Ledger, keys: Sequence[str], *, across: bool) -> str:
    """The cells of a side with their numbers; of many, those of 0 are left out. `across`: the column is told apart."""
    cells = [ledger.cells[key] for key in keys]
    telling = [c for c in cells if ledger.is_open(c.key) or ledger.value(c.key) != 0] or cells[:1]
    telling = cells if len(cells) <= FEW else telling
    terms = [
        f"{case.row(c) if across else case.short(c)} {BLANK if ledger.is_open(c.key) else spoken(ledger.value(c.key))}"
        for c in telling
    ]
    return " + ".join(terms[:TERMS]) + (" + …" if len(terms) > TERMS else "")


def _formula(item: Item, sides: Sides) -> str:
    first, second = _side(sides, item.left), _side(sides, item.right)
    if not item.right:
        return first
    return f"{first} {SIGNS.get(item.relation, APART)} {second}"


def _side(sides: Sides, keys: Sequence[str]) -> str:
    values = [sides.ledger.value(key) for key in keys]
    telling: list[Number] = values if len(values) <= FEW else [value for value in values if value != 0]
    total = spoken(plain(Decimal(sum(values))))
    return f"{' + '.join(map(spoken, telling))} = {total}" if 1 < len(telling) <= TERMS else total
