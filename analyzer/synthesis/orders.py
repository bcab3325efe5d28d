"""What a corpus that measures is made of: as many clean reports as spoiled ones, each rule to be found in several.

An order says on which forms a report may be and which defects it must have. Identities are broken several at once in
tables far apart; what can seldom be made leads a report too; what can be made nearly anywhere comes along in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, islice, pairwise
from random import Random
from typing import TypeVar

from analyzer.knowledge.grammar import Grammar
from analyzer.synthesis.arithmetic import equations
from analyzer.synthesis.defects import DEFECTS, inject
from analyzer.synthesis.defects.base import known
from analyzer.synthesis.draft import Draft

FLAW, TABLES, SPREAD = "flaw_", "cells", 7
SHARE = 5
"""Identities broken in one report of a form that has many; of one with few, half of them."""
ALONG, MORE = 4, 4
"""Defects that come along, and how many more stand by for those that cannot be made."""
SEVERAL, EXTRA = 12, 4
"""Reports that each rule leads or comes along in; how many more are tried for what can seldom be made."""
NEVER_BOTH = ("identity_A17", "identity_A8")
"""Identities that one report cannot break both: no request received, and its ways not adding up."""
FORMS = ("2014", "2019", "2021")
NEW, BEFORE = ("2021", "2019"), ("none",)
OLD, FIRST, LATEST = ("2014",), ("2019",), ("2021",)
WHOLE_TABLES = {
    "cell.blank": NEW,
    "cell.unreadable": LATEST,
    "standard.mismatch": LATEST,
    "table.missing": NEW,
}
"""Rules whose defects leave no other defect of the tables room, and the forms they are put on."""
SELDOM: Mapping[str, tuple[str, ...]] = {
    "unit_slip_in_table": OLD,
    "parts_above_total": OLD,
    "growth_off": OLD,
    "year_of_heading": OLD,
    "told_twice": FIRST,
    "no_contact": OLD,
    "channels_overlap": NEW,
    "shares_not_hundred": BEFORE,
    "no_fees": LATEST,
    "aspect_missing": LATEST,
    "order_changed": NEW,
}
"""Defects that few reports allow, and the forms on which most do."""
SCARCE = frozenset({"content.period", "content.body", "sum.total", "percentage.share", "enumeration.count"})
"""Rules that come first among those whose turn it is, for not every report allows their defects."""
OFTEN = SCARCE | {
    "section.unheaded",
    "section.empty",
    "section.repeated",
    "section.missing",
    "ordinal.heading",
    "standard.basis",
    "deadline.early",
    "deadline.late",
}
"""Rules whose turn comes twice as often."""
CLEAN_FORMS = ("2021", "2014", "2021", "2019", "2014", "2021", "none", "2019", "2021", "2014")
"""Forms of clean reports in turn."""
Lead = tuple[tuple[str, ...], tuple[str, ...]]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Order:
    """The forms a report may be on, the defects it must have, and those of which some (`ALONG`) come along."""

    forms: tuple[str, ...]
    leading: tuple[str, ...] = ()
    along: tuple[str, ...] = ()


def orders(grammar: Grammar, each: int = SEVERAL) -> tuple[Order, ...]:
    """Orders such that every rule is found about `each` times, a clean report between two spoiled ones."""
    rules = _rules({flaw.rule for flaw in grammar.flaws})
    tables = [rule for rule, names in rules.items() if DEFECTS[names[0]].zone == TABLES]
    leads: list[Lead] = [(forms, led) for forms, own in _by_forms(tables) for led in _dealt(own, each)]
    leads += [(forms, (name,)) for rule, forms in WHOLE_TABLES.items() for name in islice(cycle(rules[rule]), each)]
    leads += [(BEFORE, ())] * (each * 3 // 2)
    leads = _joined(_mixed(leads), each)
    seldom = {DEFECTS[name].rules[0] for name in SELDOM}
    common = [rule for rule in rules if rule not in tables and rule not in seldom]
    turns = cycle(_mixed([*common, *(rule for rule in common if rule in OFTEN)]))
    spoiled = [Order(_turned(forms, n), led, _along(turns, rules, n)) for n, (forms, led) in enumerate(leads)]
    clean = [Order((form,)) for form in islice(cycle(CLEAN_FORMS), len(spoiled))]
    return tuple(chain.from_iterable(zip(clean, spoiled, strict=True)))


def _rules(worded: set[str]) -> dict[str, list[str]]:
    """The names of the defects by the rule that must report them first; those with words only where there are any."""
    found: dict[str, list[str]] = {}
    for name, defect in DEFECTS.items():
        if not name.startswith(FLAW) or name.removeprefix(FLAW) in worded:
            found.setdefault(defect.rules[0], []).append(name)
    return found


def _by_forms(rules: Iterable[str]) -> list[tuple[tuple[str, ...], list[str]]]:
    """The rules of identities by the forms that have them."""
    found: dict[tuple[str, ...], list[str]] = {}
    codes = {form: {f"identity.{e.code}" for e in equations(known().rulebook, known().forms, form)} for form in FORMS}
    for rule in rules:
        forms = tuple(form for form in reversed(FORMS) if rule in codes[form])
        if forms:
            found.setdefault(forms, []).append(rule)
    return list(found.items())


def _dealt(rules: Sequence[str], each: int) -> Iterator[tuple[str, ...]]:
    """The defect of each identity `each` times, `SHARE` of them at once that stand far apart in the form."""
    step = max(1, len(rules) // SHARE)
    apart = [rules[at] for start in range(step) for at in range(start, len(rules), step)]
    size = min(SHARE, (len(rules) + 1) // 2)
    line = [rule.replace(".", "_") for _ in range(each) for rule in apart]
    dealt = [list(dict.fromkeys(line[at : at + size])) for at in range(0, len(line), size)]
    for own, following in pairwise(dealt):
        if own.count(NEVER_BOTH[0]) and own.count(NEVER_BOTH[1]):
            own.remove(NEVER_BOTH[1])
            following.append(NEVER_BOTH[1])
    return (tuple(names) for names in dealt)


def _joined(leads: Sequence[Lead], each: int) -> list[Lead]:
    """What can seldom be made joined to the leads on the forms that allow it."""
    joined = list(leads)
    for forms in dict.fromkeys(SELDOM.values()):
        names = [name for name in SELDOM if SELDOM[name] == forms] * (each + EXTRA)
        places = [at for at, (have, _) in enumerate(joined) if have == forms]
        for at, name in zip(cycle(places), names, strict=False):
            joined[at] = (forms, (name, *joined[at][1]))
    return joined


def _turned(forms: tuple[str, ...], number: int) -> tuple[str, ...]:
    """The forms, another one first each time."""
    at = number % len(forms)
    return forms[at:] + forms[:at]


def _along(turns: Iterator[str], rules: Mapping[str, Sequence[str]], number: int) -> tuple[str, ...]:
    """A defect for each rule whose turn it is, in an order of their own."""
    own = list(islice(turns, ALONG + MORE))
    Random(number).shuffle(own)
    own.sort(key=lambda rule: rule not in SCARCE)
    return tuple(name for rule in own for name in _two(rules[rule], number))


def _two(names: Sequence[str], number: int) -> tuple[str, ...]:
    """One of the names and, should it not be possible, the next."""
    return tuple(dict.fromkeys(names[(number + n) % len(names)] for n in range(2)))


def _mixed(line: Sequence[Item]) -> list[Item]:
    """The same, neighbours (those of one kind) spread over the whole."""
    return [item for start in range(SPREAD) for item in line[start::SPREAD]]


def fulfilled(draft: Draft, order: Order, rng: Random, grammar: Grammar, *, last: bool = False) -> Draft | None:
    """The draft with the leading defects and some of those along; None where a leading one cannot be made (`last`:
    then without it)."""
    for name in order.leading[::-1] if last else order.leading:
        spoiled = inject(draft, [name], rng, grammar)
        if spoiled is draft and not last:
            return None
        draft = spoiled
    taken = {DEFECTS[name].zone for name in order.leading}
    told: set[str] = set()
    for name in order.along:
        defect = DEFECTS[name]
        if len(told) == ALONG or defect.zone in taken or defect.rules[0] in told:
            continue
        spoiled = inject(draft, [name], rng, grammar)
        if spoiled is not draft:
            told.add(defect.rules[0])
            taken.add(defect.zone)
        draft = spoiled
    return draft
