"""Sums: a number that adds up those before it states the cell of what they are parts of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from analyzer.claims.cells import CARRIED, CHANNEL, DONE, GIVEN, NEW, OUTCOMES, WORKLOAD, amounts, is_own, unlink, value
from analyzer.claims.quantities import Figure
from analyzer.knowledge.forms import Forms

if TYPE_CHECKING:
    from analyzer.claims.settling import SettleGrammar

PUBLISHED = "disclosure.total"
PAIR = 2
WORD = 4
"""So far before a sum stands the word that calls it one."""


def sums(found: Sequence[Figure], masked: str, grammar: SettleGrammar, place: tuple[str, Forms]) -> None:
    """转来2件，直接收到22件，合计24件: the sum states the cell, its parts do not."""
    for number, figure in enumerate(found):
        called = grammar.sum.search(masked, max(figure.sentence[0], figure.left - WORD), figure.left)
        if figure.indicator or not called or figure.period != "this_year":
            continue
        parts: list[Figure] = []
        for part in reversed(found[:number]):
            if part.unit_kind != figure.unit_kind or sum(map(value, parts)) >= value(figure):
                break
            parts.append(part)
        row = [part for part in found[:number] if part.indicator.startswith(f"{CHANNEL}.")]
        if len({part.indicator for part in row}) == len(row) == number > 1:
            figure.indicator = _channels(row, place)
        elif len(parts) > 1 and sum(map(value, parts)) == value(figure):
            _summed(figure, parts, place)
            if len(parts) == number > PAIR:
                _published(figure, parts, place)
        elif number > 1 and _of_requests(found[:number]):
            _summed(figure, found[:number], place)


def _of_requests(row: Sequence[Figure]) -> bool:
    """Whether a row is those who may ask, persons and bodies, and no others."""
    names = [str((part.pattern.target or {}).get("2021", "")) for part in row if part.pattern is not None]
    return len(names) == len(row) == PAIR and {*names} == {f"{NEW}/natural_person", f"{NEW}/organization"}


def _published(figure: Figure, parts: Sequence[Figure], place: tuple[str, Forms]) -> None:
    """Kinds of pieces that nothing else names, added up: as many as were published, which it may confirm."""
    unknown = all(part.pattern is None and part.unit_kind == "piece" and not part.scope for part in parts)
    if unknown and "publication" in figure.topics and place[1].resolve(place[0], PUBLISHED):
        figure.indicator, figure.firm, figure.note = PUBLISHED, False, ""


def _channels(row: Sequence[Figure], place: tuple[str, Forms]) -> str:
    """The key of all channels, of which each is listed, or of those that are."""
    listed = [part.indicator for part in row]
    every = place[1].resolve(place[0], CHANNEL)
    key = CHANNEL if set(listed) == set(every) else "+".join(listed)
    return key if place[1].resolve(place[0], key) else ""


def sums_above(figures: Sequence[Figure], masked: str, grammar: SettleGrammar, place: tuple[str, Forms]) -> None:
    """网络5件、信函6件。以上合计11件。: a sentence that only adds up the one before it."""
    groups = [list(group) for _, group in groupby(amounts(figures), key=lambda f: f.sentence)]
    for parts, group in pairwise(groups):
        figure = group[0]
        called = grammar.sum.search(masked, max(figure.sentence[0], figure.left - WORD), figure.left)
        if len(group) > 1 or figure.indicator or not called or not grammar.above.match(figure.lead):
            continue
        if len(parts) > 1 and sum(map(value, parts)) == value(figure):
            _summed(figure, parts, place)


def _summed(figure: Figure, parts: Sequence[Figure], place: tuple[str, Forms]) -> None:
    keys = {part.indicator for part in parts} - {""}
    routes = all(part.pattern is not None and part.pattern.id.startswith(f"{GIVEN}.") for part in parts)
    wholes: tuple[str, ...] = (DONE,) if keys <= set(OUTCOMES) and len(keys) == len(parts) else ()
    columns_of_form = [part.pattern.target or {} for part in parts if part.pattern is not None]
    kinds = [target for target in columns_of_form if str(target.get("2021", "")).startswith(f"{NEW}/")]
    if routes or len(kinds) == len(parts):
        wholes = (NEW, GIVEN)
    if wholes:
        figure.indicator = next((key for key in wholes if place[1].resolve(place[0], key)), "")
        return
    if keys == {NEW, CARRIED} and place[1].resolve(place[0], WORKLOAD):
        figure.indicator = WORKLOAD
    elif len(keys) == 1 and is_own(next(iter(keys))):
        figure.indicator = keys.pop()
        for part in parts:
            unlink(part)
