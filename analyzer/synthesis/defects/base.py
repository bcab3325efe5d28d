"""What all defects stand on: their registry entry, edits of a sentence that keep its labels in place, and the entries
of the labels that say what a careful reader must find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from analyzer.document import Number
from analyzer.knowledge import Knowledge, load
from analyzer.knowledge.grammar import Role
from analyzer.knowledge.schema import Source
from analyzer.numerals import plain
from analyzer.synthesis.arithmetic import Body, Equation, equations
from analyzer.synthesis.defects.words import DefectWords, read_words
from analyzer.synthesis.draft import Draft, Label, Part, Place, Sentence
from analyzer.synthesis.figures import place as last_place
from analyzer.synthesis.frames import Facts

Make = Callable[[Draft, Random], "Draft | None"]
MakeWithFacts = Callable[[Draft, Random, Facts], "Draft | None"]
SMALL = Decimal("0.0001")
"""元 in 万元."""
OWN = ("", "body")
"""Scopes of claims that the tables of any body count as it does."""


@dataclass(frozen=True, slots=True)
class Defect:
    """A way to spoil a draft. `kinds` are numbers of the handbook's part 5, `rules` what must be reported (the first
    always); two defects of one `zone` are never put into the same report."""

    name: str
    kinds: tuple[int, ...]
    rules: tuple[str, ...]
    zone: str
    make: Make | None = None
    with_facts: MakeWithFacts | None = None


@cache
def known() -> Knowledge:
    """The domain data."""
    return load()


@cache
def words() -> DefectWords:
    """The expressions of `defects.toml`."""
    return read_words(Source())


@cache
def roles() -> Mapping[str, Role]:
    """The numbers that reports state, by name."""
    return {role.role: role for role in Source().rows("grammar_roles.csv", Role)}


def form_equations(draft: Draft) -> tuple[Equation, ...]:
    """The identities of the form that the draft prints."""
    knowledge = known()
    return equations(knowledge.rulebook, knowledge.forms, draft.standard)


def numbers(draft: Draft) -> dict[str, Number | None]:
    """The cells as numbers; what is printed otherwise counts as blank."""
    return {key: None if isinstance(value, str) else value for key, value in draft.cells.items()}


def body(draft: Draft) -> Body:
    """What identities ask about the body."""
    prose = "\n".join("".join(s.text for s in paragraph) for part in draft.parts for paragraph in part.paragraphs)
    named = {key for key, pattern in known().rulebook.named.items() if pattern.search(prose)}
    return Body(draft.body.level, draft.body.kind, frozenset(named))


def indicator(draft: Draft, source: str) -> str:
    """The key (or keys joined by `+`) of the cells that a role, key or sum of them means; empty: none."""
    found = []
    for name in source.split("+") if source else ():
        role = roles().get(name)
        key = role.key(draft.standard) if role is not None else name
        if not key or not known().forms.resolve(draft.standard, key):
            return ""
        found.append(key)
    return "+".join(found)


def keys(draft: Draft, source: str) -> tuple[str, ...]:
    """The cells' keys that a role, key or sum of them means."""
    name = indicator(draft, source)
    return known().forms.resolve(draft.standard, name) if name else ()


def stated_total(draft: Draft, label: Label) -> Number | None:
    """What the tables say, in the label's unit, of the number it states; None where they hold nothing that decides."""
    cells, own = keys(draft, label.source), numbers(draft)
    if not cells or label.period != "this_year" or label.scope not in OWN:
        return None
    if any(own.get(key) is None for key in cells):
        return None
    total = sum((Decimal(own[key] or 0) for key in cells), Decimal(0))
    unit = known().forms.unit(draft.standard, cells[0])
    if label.unit == "元" and unit[:1] == "万":
        total /= SMALL
    return plain(total)


def decided(draft: Draft, kinds: Sequence[str] = ("amount",)) -> list[tuple[Part, Sentence, int]]:
    """The labels that a table's cells decide, as part, sentence and number of the label."""
    return [
        (part, sentence, number)
        for part, sentence in draft.sentences()
        for number, label in enumerate(sentence.labels)
        if label.kind in kinds and stated_total(draft, label) is not None
    ]


def quote(sentence: Sentence, label: Label) -> str:
    """A label's words."""
    return sentence.text[label.quote.start : label.quote.end]


def shares(sentence: Sentence, *but: str) -> tuple[str, ...]:
    """The percentages of a sentence, which another number in it makes wrong."""
    found = (quote(sentence, label) for label in sentence.labels if label.kind in ("share", "growth"))
    return tuple(words for words in found if words not in but)


def beside(sentence: Sentence, number: int) -> tuple[str, ...]:
    """The words of the totals and parts that a label stands in, and of the percentages of its sentence."""
    groups = [(total.total, *total.parts) for total in sentence.totals]
    members = dict.fromkeys(n for group in groups if number in group for n in group if n != number)
    own = quote(sentence, sentence.labels[number])
    return tuple(quote(sentence, sentence.labels[n]) for n in members) + shares(sentence, own)


def replace(sentence: Sentence, at: Place, new: str) -> None:
    """Other words at a place of a sentence; labels and traps behind it move, those around it grow."""
    by = len(new) - (at.end - at.start)
    sentence.text = sentence.text[: at.start] + new + sentence.text[at.end :]

    def moved(place: Place) -> Place:
        start = place.start + by if place.start >= at.end else min(place.start, at.start) if by < 0 else place.start
        end = place.end + by if place.end >= at.end else min(place.end, at.start + len(new))
        return Place(start, max(start, end))

    for label in sentence.labels:
        label.quote, label.number = moved(label.quote), moved(label.number)
    for trap in sentence.traps:
        trap.place = moved(trap.place)


def restate(sentence: Sentence, number: int, value: Number, digits: str = "") -> None:
    """A label that states another number, printed in digits (or as given); its wording (余, 近 …) stays."""
    label = sentence.labels[number]
    low, high = bent(label, value)
    shown = plain(Decimal(value) * SMALL) if in_myriads(sentence, label) else value
    printed = digits or (f"{shown.normalize():f}" if isinstance(shown, Decimal) else str(shown))
    at = Place(label.number.start, label.number.end)
    replace(sentence, at, printed)
    label.value, label.low, label.high = value, low, high
    label.number = Place(at.start, at.start + len(printed))


def in_myriads(sentence: Sentence, label: Label) -> bool:
    """Whether the number is printed in units of ten thousand that follow it."""
    return sentence.text[label.number.end : label.number.end + 1] == "万"


def bent(label: Label, value: Number) -> tuple[Number | None, Number | None]:
    """The bounds of another number under the wording of a label."""
    old, low, high = label.value, label.low, label.high
    if not label.approximate or not isinstance(old, int) or not isinstance(value, int):
        return value, value
    step = last_place(value)
    if low is not None and low > old:
        return value + 1, None if high is None else value + step - 1
    if high is not None and high < old:
        return value - step, value - 1
    if high is None:
        return value, None
    return plain(Decimal(value) * Decimal("0.95")), plain(Decimal(value) * Decimal("1.05"))


def forget(sentence: Sentence, number: int) -> None:
    """A label less; totals that need it are no totals any more."""
    sentence.totals = [t for t in sentence.totals if t.total != number and number not in t.parts]
    for total in sentence.totals:
        total.total -= total.total > number
        total.parts = tuple(part - (part > number) for part in total.parts)
    del sentence.labels[number]


@dataclass(frozen=True, slots=True)
class Told:
    """What must be reported: the rule, the indicator, the words and the cells that show it; `sure`: a contradiction;
    `also`: other words that it makes wrong."""

    rule: str
    indicator: str = ""
    quotes: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    sure: bool = False
    note: str = ""
    also: tuple[str, ...] = ()


def spoiled(draft: Draft, kind: int | str, *told: Told, name: str) -> Draft:
    """The draft with its labels: the defect, and an entry for each thing that must be reported."""
    first = told[0].rule if told else ""
    draft.defects.append({"kind": str(kind), "rule": first, "name": name, "cells": [c for t in told for c in t.cells]})
    for number, one in enumerate(told, start=1):
        entry: dict[str, object] = {
            "id": f"{name}.{number}",
            "kind": str(kind),
            "rule": one.rule,
            "indicator": one.indicator,
            "note": one.note,
            "covers": {"quotes": [*one.quotes, *one.also], "cells": list(one.cells), "sums": []},
        }
        if one.quotes:
            entry["quote"] = one.quotes[0]
        (draft.findings if one.sure else draft.others).append(entry)
    return draft


def copied(draft: Draft) -> Draft:
    """The same draft, to be edited apart."""
    return deepcopy(draft)


def shuffled(rng: Random, found: Sequence[tuple[Part, Sentence, int]]) -> Iterator[tuple[Part, Sentence, int]]:
    """In random order."""
    order = list(range(len(found)))
    rng.shuffle(order)
    return (found[n] for n in order)
