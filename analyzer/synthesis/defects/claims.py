"""Defects of numbers in the prose that a table or another sentence contradicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace as changed
from decimal import Decimal
from random import Random

from analyzer.document import Number
from analyzer.knowledge import templates
from analyzer.knowledge.grammar import Frame
from analyzer.numerals import plain
from analyzer.synthesis.defects.base import (
    OWN,
    SMALL,
    Defect,
    Told,
    beside,
    copied,
    decided,
    in_myriads,
    indicator,
    keys,
    known,
    numbers,
    quote,
    replace,
    restate,
    shuffled,
    spoiled,
    stated_total,
)
from analyzer.synthesis.draft import Draft, Label, Part, Place, Sentence
from analyzer.synthesis.frames import Facts, realise

MISMATCH = "claim.mismatch"
HUNDREDTH = 100
"""The second decimal of a number in 万."""
ROUNDS = 30
"""Frames that are tried for a sentence with a wrong number."""


def off_by_some(rng: Random, value: int) -> int | None:
    """A little more or less."""
    by = rng.randint(1, max(2, value // 8))
    return value + by if value <= by or rng.random() < 0.7 else value - by


def digits_swapped(rng: Random, value: int) -> int | None:
    """Two neighbouring digits changed places."""
    text = str(value)
    places = [n for n in range(len(text) - 1) if text[n] != text[n + 1] and not (n == 0 and text[1] == "0")]
    if not places:
        return None
    at = rng.choice(places)
    return int(text[:at] + text[at + 1] + text[at] + text[at + 2 :])


def tenfold(rng: Random, value: int) -> int | None:
    """A digit more."""
    return value * 10 + rng.randint(0, 9) if 0 < value < 10_000 else None


def _exact(name: str, kind: int | str, bend: Callable[[Random, int], int | None]) -> Defect:
    """The defect that changes an exact number which a cell decides."""

    def make(draft: Draft, rng: Random) -> Draft | None:
        new = copied(draft)
        for _, sentence, number in shuffled(rng, decided(new)):
            label = sentence.labels[number]
            plainly = not label.approximate and isinstance(label.value, int) and label.value > 0
            step = HUNDREDTH if in_myriads(sentence, label) else 1
            value = bend(rng, label.value // step) if plainly and isinstance(label.value, int) else None
            if value is not None and _right(new, label):
                return _mismatch(new, sentence, number, value * step, told=(kind, name))
        return None

    return Defect(name, (kind,) if isinstance(kind, int) else (), (MISMATCH,), "claims", make)


def _right(draft: Draft, label: Label) -> bool:
    """Whether a label states what its cells hold."""
    total = stated_total(draft, label)
    low, high = (label.value, label.value) if label.low is label.high is None else (label.low, label.high)
    return total is not None and (low is None or low <= total) and (high is None or total <= high)


def _mismatch(draft: Draft, sentence: Sentence, number: int, value: Number, *, told: tuple[int | str, str]) -> Draft:
    restate(sentence, number, value)
    return _reported(draft, sentence, number, told=told)


def _reported(draft: Draft, sentence: Sentence, number: int, *, told: tuple[int | str, str]) -> Draft:
    kind, name = told
    label = sentence.labels[number]
    note = f"{label.value} in the text, {stated_total(draft, label)} in the table"
    said = quote(sentence, label)
    also = beside(sentence, number)
    entry = Told(MISMATCH, indicator(draft, label.source), (said,), sure=True, note=note, also=also)
    return spoiled(draft, kind, entry, name=name)


def approximate_outside(draft: Draft, rng: Random) -> Draft | None:
    """A rounded number (余, 近, 以上) that the cell lies far outside of."""
    new = copied(draft)
    for _, sentence, number in shuffled(rng, decided(new)):
        label = sentence.labels[number]
        if label.approximate and isinstance(label.value, int) and _right(new, label):
            open_below = label.high is not None and label.low is None
            value = label.value * rng.choice((2, 3)) if not open_below else label.value // 2
            return _mismatch(new, sentence, number, value, told=("", "approximate_outside"))
    return None


def part_for_group(draft: Draft, rng: Random) -> Draft | None:
    """Kind 14: a sum of several cells that leaves one of them out."""
    new = copied(draft)
    for _, sentence, number in shuffled(rng, decided(new)):
        label = sentence.labels[number]
        cells, own = keys(new, label.source), numbers(new)
        parts = [Decimal(own[key] or 0) for key in cells]
        if len(cells) < 2 or label.approximate or not _right(new, label) or sum(p > 0 for p in parts) < 2:
            continue
        value = sum(parts) - rng.choice([p for p in parts if p > 0])
        return _mismatch(new, sentence, number, plain(value), told=(14, "part_for_group"))
    return None


def all_upheld(draft: Draft, rng: Random) -> Draft | None:
    """Kind 13: all cases are said to be upheld though some are pending or were not."""
    new = copied(draft)
    for _, sentence, number in shuffled(rng, decided(new)):
        label = sentence.labels[number]
        stem, _, result = label.source.partition("_")
        total = stated_total(new, changed(label, source=stem)) if result == "upheld" else None
        if total is not None and _right(new, label) and total != label.value:
            return _mismatch(new, sentence, number, total, told=(13, "all_upheld"))
    return None


def unit_slip(draft: Draft, rng: Random) -> Draft | None:
    """Kind 35: an amount of money in 万元 printed as 元."""
    new = copied(draft)
    for _, sentence, number in shuffled(rng, decided(new)):
        label, total = sentence.labels[number], stated_total(new, sentence.labels[number])
        if not total or label.unit != "元" or not in_myriads(sentence, label) or not _right(new, label):
            continue
        replace(sentence, Place(label.number.end, label.number.end + 1), "")
        label.value = label.low = label.high = plain(Decimal(label.value) * SMALL)
        cell = keys(new, label.source)[0]
        told = Told("claim.unit", cell, (quote(sentence, label),), sure=True)
        return spoiled(new, 35, told, name="unit_slip")
    return None


def unit_slip_in_table(draft: Draft, rng: Random) -> Draft | None:
    """Kind 35: an amount of money entered in 元 where the form wants 万元."""
    new = copied(draft)
    for _, sentence, number in shuffled(rng, decided(new)):
        label = sentence.labels[number]
        cells = keys(new, label.source)
        if len(cells) != 1 or known().forms.unit(new.standard, cells[0])[:1] != "万" or not stated_total(new, label):
            continue
        new.cells[cells[0]] = plain(Decimal(numbers(new)[cells[0]] or 0) / SMALL)
        told = Told("claim.unit", cells[0], (quote(sentence, label),), cells, sure=True)
        return spoiled(new, 35, told, name="unit_slip_in_table")
    return None


def none_said(draft: Draft, rng: Random, facts: Facts) -> Draft | None:
    """Kind 9: the text denies what the table counts."""
    frames = [(f, z.source) for f in facts.grammar.frames for z in _zeros(f)]
    rng.shuffle(frames)
    for frame, source in frames[: ROUNDS * 4]:
        new = copied(draft)
        cells, own = keys(new, source), numbers(new)
        part = _home(new, frame)
        if part is None or not cells or any(own.get(key) is None for key in cells):
            continue
        if not sum(Decimal(own[key] or 0) for key in cells):
            continue
        sentence = _realised(rng, new, frame, facts, dict.fromkeys(_below(source), 0))
        if sentence is None:
            continue
        wrong = [n for n, label in enumerate(sentence.labels) if label.kind == "zero" and not _right(new, label)]
        if wrong and _alone(new, sentence, wrong):
            _place(new, part, sentence, drop=source)
            return _all_reported(new, sentence, wrong, (9, "none_said"))
    return None


def number_for_none(draft: Draft, rng: Random, facts: Facts) -> Draft | None:
    """Kind 10: the text counts what the table has none of."""
    own = numbers(draft)
    empty = [r for r in facts.numbers if (found := keys(draft, r)) and all(own.get(key) == 0 for key in found)]
    frames = [f for f in facts.grammar.frames if not f.sums and not f.partial]
    rng.shuffle(frames)
    for frame in frames[: ROUNDS * 6]:
        named = [name for name in _amounts(frame) if name in empty]
        new = copied(draft)
        part = _home(new, frame) if named else None
        if part is None:
            continue
        sentence = _realised(rng, new, frame, facts, {name: rng.randint(1, 9) for name in named})
        if sentence is None:
            continue
        wrong = [n for n, label in enumerate(sentence.labels) if label.source in named and not _right(new, label)]
        if wrong and _alone(new, sentence, wrong):
            _place(new, part, sentence, drop="+".join(named))
            return _all_reported(new, sentence, wrong, (10, "number_for_none"))
    return None


def told_twice(draft: Draft, rng: Random) -> Draft | None:
    """The same figure in two sentences with two numbers, where no cell decides."""
    new = copied(draft)
    seen: dict[str, tuple[Sentence, int]] = {}
    for _, sentence in new.sentences():
        for number, label in enumerate(sentence.labels):
            if not _free(new, label):
                continue
            first = seen.setdefault(label.source, (sentence, number))
            other = first[0].labels[first[1]]
            if first[0] is sentence or other.value != label.value or not isinstance(label.value, int):
                continue
            restate(sentence, number, label.value + rng.randint(1, max(3, label.value // 5)))
            words = quote(sentence, label), quote(first[0], other)
            also = beside(sentence, number)
            told = Told("text.contradiction", label.source, words, sure=True, also=also)
            return spoiled(new, "", told, name="told_twice")
    return None


def _free(draft: Draft, label: Label) -> bool:
    """Whether a label states a known number that no cell of the report holds."""
    plainly = label.kind == "amount" and not label.approximate and label.period == "this_year" and label.scope in OWN
    return plainly and bool(label.source) and stated_total(draft, label) is None


def _zeros(frame: Frame) -> Iterator[templates.Zero]:
    return (node for node in frame.nodes if isinstance(node, templates.Zero) and node.source != "section")


def _amounts(frame: Frame) -> set[str]:
    found = (node for node in frame.nodes if isinstance(node, templates.Amount))
    return {node.expression for node in found if node.claim and node.period == "this_year"}


def _below(source: str) -> list[str]:
    return source.split("+")


def _home(draft: Draft, frame: Frame) -> Part | None:
    """A part of the draft where the frame can stand."""
    who = draft.body
    standard = draft.expected if draft.standard == "none" else draft.standard
    if not frame.suits(standard, who.level, who.kind) or frame.scope not in OWN:
        return None
    used = {sentence.frame for _, sentence in draft.sentences()}
    homes = [p for p in draft.parts if p.section in frame.section and p.paragraphs]
    return homes[0] if homes and frame.id not in used else None


def _realised(rng: Random, draft: Draft, frame: Frame, facts: Facts, wrong: dict[str, Number]) -> Sentence | None:
    """The frame with some numbers other than they are."""
    told = Facts(facts.grammar, facts.standard, {**facts.numbers, **wrong}, facts.fills)
    return realise(rng, frame, told)


def _alone(draft: Draft, sentence: Sentence, wrong: list[int]) -> bool:
    """Whether all other labels of a sentence are right or not decided."""
    others = (label for n, label in enumerate(sentence.labels) if n not in wrong)
    return all(_right(draft, label) or stated_total(draft, label) is None for label in others)


def _place(draft: Draft, part: Part, sentence: Sentence, *, drop: str) -> None:
    """Puts a sentence at the end of a part; sentences that state the same number go."""
    names = set(drop.split("+"))
    for other in draft.parts:
        for paragraph in other.paragraphs:
            paragraph[:] = [s for s in paragraph if not names & {label.source for label in s.labels}]
        other.paragraphs[:] = [paragraph for paragraph in other.paragraphs if paragraph]
    if part.paragraphs:
        part.paragraphs[-1].append(sentence)
    else:
        part.paragraphs.append([sentence])


def _all_reported(draft: Draft, sentence: Sentence, wrong: list[int], told: tuple[int | str, str]) -> Draft:
    entries = [
        Told(MISMATCH, indicator(draft, sentence.labels[n].source), (quote(sentence, sentence.labels[n]),), sure=True)
        for n in wrong
    ]
    return spoiled(draft, told[0], *entries, name=told[1])


DEFECTS = (
    _exact("off_by_some", 7, off_by_some),
    _exact("digits_swapped", "", digits_swapped),
    _exact("tenfold", "", tenfold),
    Defect("approximate_outside", (), (MISMATCH,), "claims", approximate_outside),
    Defect("part_for_group", (14,), (MISMATCH,), "claims", part_for_group),
    Defect("all_upheld", (13,), (MISMATCH,), "claims", all_upheld),
    Defect("unit_slip", (35,), ("claim.unit",), "claims", unit_slip),
    Defect("unit_slip_in_table", (35,), ("claim.unit",), "cells", unit_slip_in_table),
    Defect("none_said", (9,), (MISMATCH,), "claims", with_facts=none_said),
    Defect("number_for_none", (10,), (MISMATCH,), "claims", with_facts=number_for_none),
    Defect("told_twice", (), ("text.contradiction",), "claims", told_twice),
)
