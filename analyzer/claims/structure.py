"""How the figures of a sentence hang together: totals and parts, shares, changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analyzer.claims.quantities import Figure
from analyzer.knowledge.language import Language

SAME_KINDS = ("piece", "case", "time")


@dataclass(slots=True)
class Split:
    """A total and its parts as figures."""

    total: Figure
    complete: bool
    parts: list[Figure] = field(default_factory=list)


class SplitGrammar:
    """The words that open, close and complete a list of parts."""

    def __init__(self, language: Language) -> None:
        words = language.words
        self.opens = re.compile(words["split_opens"])
        self.whole = re.compile(words["split_whole"])
        self.closes = re.compile(words["split_closes"])
        self.etc = re.compile(words["split_etc"])
        self.about = re.compile(words["split_about"])
        self.share = re.compile(words["share_lead"])
        self.of_all = re.compile(words["share_of_all"])
        self.whole_sets = [frozenset(keys) for keys in language.whole_sets]


def splits(figures: Sequence[Figure], masked: str, grammar: SplitGrammar) -> list[Split]:
    """The lists of parts of one sentence, nested ones after the list that holds them."""
    found: list[Split] = []
    _level([f for f in figures if f.bracket < 0 and f.kind == "amount"], masked, grammar, found)
    for total, inner in _brackets(figures):
        split = _bracket(total, inner, masked, grammar)
        if split is not None:
            found.append(split)
    kept = [split for split in found if len(split.parts) > 1 or _related(split)]
    for split in kept:
        split.complete = split.complete or _whole(split, grammar)
        for part in split.parts:
            part.whole = split.total
            if part.indicator == split.total.indicator:
                part.indicator, part.firm, part.note = "", True, ""
    return kept


def _level(figures: Sequence[Figure], masked: str, grammar: SplitGrammar, found: list[Split]) -> None:
    """Lists among figures that stand side by side (none of them in brackets)."""
    current: Split | None = None
    for before, figure in pairwise(figures):
        joint = masked[before.right : figure.left]
        if grammar.opens.search(joint) and _comparable(before, figure):
            nested = current is not None and before in current.parts and _fits(figure, before)
            outer = before if nested or current is None else current.total
            complete = grammar.whole.search(joint) is not None
            current = Split(outer, complete, [figure]) if outer is before or current is None else current
            if current.parts[-1] is not figure:
                current.parts.append(figure)
            else:
                found.append(current)
        elif current is None and _outcomes(before, figure, grammar):
            current = Split(before, False, [figure])
            found.append(current)
        elif current is not None and (grammar.closes.search(joint) or not _comparable(current.total, figure)):
            current = None
        elif current is not None:
            current.parts.append(figure)
        if current is not None and grammar.etc.match(masked, figure.right):
            current.complete = False
            current = None


def _outcomes(total: Figure, part: Figure, grammar: SplitGrammar) -> bool:
    """Whether `part` is by its link an outcome of what `total` counts, whatever stands between."""
    return any(
        total.indicator in keys
        and part.indicator in keys
        and total.indicator == min(keys, key=len)
        and part.indicator != total.indicator
        for keys in grammar.whole_sets
    )


def _comparable(total: Figure, part: Figure) -> bool:
    same = total.unit == part.unit or not part.unit
    return same or (total.unit_kind in SAME_KINDS and part.unit_kind in SAME_KINDS)


def _fits(part: Figure, total: Figure) -> bool:
    low, high = part.quantity.value, total.quantity.value
    return low is not None and high is not None and low <= high


def _brackets(figures: Sequence[Figure]) -> list[tuple[Figure, list[Figure]]]:
    """Groups of figures inside one bracket with the figure before it."""
    groups: dict[int, list[Figure]] = {}
    for figure in figures:
        if figure.bracket >= 0 and figure.kind == "amount":
            groups.setdefault(figure.bracket, []).append(figure)
    found = []
    for opening, inner in groups.items():
        before = [f for f in figures if f.bracket != opening and f.right == opening - 1 and f.kind == "amount"]
        if before:
            found.append((before[-1], inner))
    return found


def _bracket(total: Figure, inner: list[Figure], masked: str, grammar: SplitGrammar) -> Split | None:
    parts = [f for f in inner if _comparable(total, f)]
    if not parts or parts != inner:
        return None
    start = inner[0].bracket
    text = masked[start : inner[0].left]
    partial = grammar.opens.search(text) and not grammar.whole.search(text)
    etc = grammar.etc.match(masked, inner[-1].right)
    return Split(total, not partial and not etc and len(parts) > 1, parts)


def _related(split: Split) -> bool:
    """A single part says something about its total unless only the part is linked (560, of these 7 requests)."""
    return not (split.parts[0].indicator and not split.total.indicator)


def _whole(split: Split, grammar: SplitGrammar) -> bool:
    """Whether the parts are all outcomes that the form knows."""
    keys = {part.indicator for part in split.parts}
    return any(keys | {split.total.indicator} >= whole for whole in grammar.whole_sets)


def unlink_general(figures: Sequence[Figure], masked: str, grammar: SplitGrammar) -> None:
    """A total of which only a part is about disclosure (其中涉及政府信息公开的) is no figure of the form."""
    amounts = [f for f in figures if f.kind == "amount" and f.bracket < 0]
    for before, figure in pairwise(amounts):
        joint = masked[before.right : figure.left]
        opening = grammar.opens.search(joint)
        if not before.indicator or opening is None:
            continue
        whole, part = before.lead + joint[: opening.start()], joint[opening.start() :] + figure.tail
        if grammar.about.search(part) and not grammar.about.search(whole):
            before.indicator, before.firm, before.note = "", True, ""


def shares(figures: Sequence[Figure], grammar: SplitGrammar) -> None:
    """Set `whole` of percentages (the total they are a share of) and of changes (the amount that changed)."""
    amounts = [f for f in figures if f.kind == "amount"]
    for figure in figures:
        before = [f for f in amounts if f.start < figure.start]
        if figure.kind == "growth":
            after = [f for f in amounts if f.start > figure.start]
            figure.whole = before[-1] if before else after[0] if after else None
        elif figure.kind == "share" and before and grammar.share.search(figure.lead):
            part = before[-1]
            figure.whole = part.whole or (before[0] if before[0] is not part else None)
            if figure.whole is not None and part.whole is None:
                part.whole = figure.whole


def recount_channels(found: Sequence[Split], total_key: str, sum_key: str) -> None:
    """A total of published pieces that equals the sum of its channels counts a piece once a channel (handbook 11)."""
    for split in found:
        values = [part.quantity.value for part in split.parts if part.quantity.value is not None]
        channels = all(part.indicator.startswith(f"{sum_key}.") for part in split.parts)
        equal = len(values) == len(split.parts) > 1 and sum(values) == split.total.quantity.value
        if split.total.indicator == total_key and channels and equal:
            split.total.indicator = sum_key
