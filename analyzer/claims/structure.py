"""How the figures of a sentence hang together: totals and parts, shares, changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.claims.context import BRACKET, HOLE
from analyzer.claims.quantities import Figure
from analyzer.claims.totals import TotalGrammar, behind, comparable, divided, known, together
from analyzer.document import Number
from analyzer.knowledge.language import Language

LATER = re.compile("[^，；。]{0,8}。")
"""What stands between a total and the sentence of its parts."""


@dataclass(slots=True)
class Split:
    """A total and its parts as figures; `turned` says that its parts begin with words that open a statement of its own
    elsewhere (通过…, 答复…), `mark` what stands between them, `outer` is the list that holds its total, `cut` says that
    it ends in 等, `among` that no word calls it a part of all (在…中，).
    """

    total: Figure
    complete: bool
    parts: list[Figure]
    turned: bool = False
    mark: str = ""
    outer: Split | None = None
    cut: bool = False
    among: bool = False

    def sum(self) -> Number:
        """What the parts add up to so far."""
        return sum(part.quantity.value or 0 for part in self.parts)


class SplitGrammar:
    """The words that open, close and complete a list of parts."""

    def __init__(self, language: Language) -> None:
        words = language.words
        self.opens = re.compile(words["split_opens"])
        self.partial = re.compile(words["split_partial"])
        self.whole = re.compile(words["split_whole"])
        self.turn = re.compile(words["split_turn"])
        self.closes = re.compile(words["split_closes"])
        self.etc = re.compile(words["split_etc"])
        self.colon = re.compile(words["split_colon"])
        self.next = re.compile(words["split_next"])
        self.anew = re.compile(words["split_anew"])
        self.sorts = words["split_sorts"]
        self.among = re.compile(words["split_among"])
        self.rest = re.compile(words["split_rest"])
        self.channel = re.compile(words["split_channel"])
        self.about = re.compile(words["split_about"])
        self.share = re.compile(words["share_lead"])
        self.several = re.compile(words["share_of_several"])
        self.totals = frozenset(language.totals)
        self.whole_sets = language.whole_sets
        self.unopened = TotalGrammar(language)


def splits(figures: Sequence[Figure], masked: str, grammar: SplitGrammar) -> list[Split]:
    """The lists of parts of a sentence, or of those that go on from it, nested ones after the list that holds them."""
    found: list[Split] = []
    begin, end = figures[0].sentence[0], figures[-1].sentence[1]
    outer = masked[:begin] + BRACKET.sub(lambda m: HOLE * (m.end() - m.start()), masked[begin:end])
    amounts = [f for f in figures if f.bracket < 0 and f.kind == "amount"]
    _level(amounts, outer, grammar, found)
    _unopened(amounts, outer, grammar, found)
    for total, inner in _brackets(figures):
        split = _bracket(total, inner, masked, grammar)
        if split is not None:
            found.append(split)
    kept = [split for split in found if (len(split.parts) > 1 or _related(split)) and not _of_more(split)]
    for split in kept:
        split.complete = (
            split.complete or _whole(split, grammar) or _rest(split, grammar) or _known(split, masked, grammar)
        )
        for part in split.parts:
            part.whole = split.total
            if part.indicator == split.total.indicator:
                part.indicator, part.firm, part.note = "", True, ""
    return kept


def _level(figures: Sequence[Figure], outer: str, grammar: SplitGrammar, found: list[Split]) -> None:
    """Lists among figures that stand side by side (brackets are blotted out in `outer`)."""
    current: Split | None = None
    for before, figure in pairwise(figures):
        joint = outer[before.right : figure.left]
        if "。" in joint and not _goes_on(figures, before, figure, joint):
            current = None
        elif _opens(joint, grammar) and comparable(before, figure):
            current = _opened(before, figure, current, joint, grammar)
            found.append(current)
        elif current is None and _outcomes(before, figure, grammar):
            current = Split(before, False, [figure], among=True)
            found.append(current)
        elif current is not None:
            same = _one_row(current, figure, outer, grammar)
            if _ends(current, figure, joint, grammar, same=same):
                current = None
                continue
            current = _extended(current, figure, joint, None if same else found)
        if current is not None and grammar.etc.match(outer, figure.right):
            current.complete, current.cut = False, True
            current = None


def _goes_on(figures: Sequence[Figure], before: Figure, figure: Figure, joint: str) -> bool:
    """Whether a number of the next sentence can be a part of the only number of its kind in the one before."""
    alone = not any(f.sentence == before.sentence and f is not before and comparable(f, before) for f in figures)
    return alone and LATER.match(joint) is not None and _fits(figure, before)


def _unopened(figures: Sequence[Figure], outer: str, grammar: SplitGrammar, found: list[Split]) -> None:
    """Lists that no word opens, of numbers that stand in no other list, and second totals of a whole list."""
    for finder in (behind, divided):
        for row in finder(figures, outer, grammar.unopened):
            taken = {id(part) for split in found for part in split.parts}
            again = any(split.parts == row.parts and split.total is not row.total for split in found)
            if id(row.total) not in taken and (again or taken.isdisjoint(map(id, row.parts))):
                found.append(Split(row.total, row.complete, row.parts))


def _opens(joint: str, grammar: SplitGrammar) -> bool:
    """Whether a word that opens a list stands between two numbers, and no mark that ends it before the second."""
    opening = grammar.opens.search(joint)
    if opening is None or "；" in joint[opening.end() :]:
        return False
    if opening[0] == "：" and not grammar.colon.search(joint[: opening.start()]):
        return False
    if opening[0][0] in grammar.sorts and grammar.anew.search(joint, opening.end()):
        return False
    return not grammar.whole.fullmatch(opening[0]) or "，" not in joint[opening.end() :].lstrip("，：")


def _opened(before: Figure, part: Figure, current: Split | None, joint: str, grammar: SplitGrammar) -> Split:
    """A list that begins with `part`: of `before`, or of the total of the list that `before` closes."""
    whole = grammar.whole.search(joint) is not None and grammar.partial.search(joint) is None
    turned = grammar.turn.match(_own(joint)) is not None
    if current is None or before not in current.parts:
        return Split(before, whole, [part], turned, among=grammar.among.match(joint) is not None)
    if _fits(part, before):
        return Split(before, whole, [part], turned, outer=current)
    return Split(current.total, False, [part], turned)


def _own(joint: str) -> str:
    """The words of a part after the last mark."""
    return re.split("[，；：、]", joint.replace(HOLE, ""))[-1]


def _ends(split: Split, figure: Figure, joint: str, grammar: SplitGrammar, *, same: bool) -> bool:
    """Whether a figure after a list belongs to it no more."""
    if not comparable(split.total, figure) or grammar.closes.search(joint):
        return True
    if same:
        return False
    if "；" in joint and split.mark == "，":
        return True
    if not split.turned and grammar.turn.match(_own(joint)):
        return True
    return _is_total(figure, grammar) and not _is_total(split.parts[-1], grammar)


def _is_total(figure: Figure, grammar: SplitGrammar) -> bool:
    return figure.pattern is not None and figure.pattern.id in grammar.totals


def _one_row(split: Split, figure: Figure, outer: str, grammar: SplitGrammar) -> bool:
    """Whether a number stands in one row with the last part of a list: no mark but 、 joins them all, all are channels,
    or both are known to be parts of one whole."""
    last, row = split.parts[-1], [*split.parts, figure]
    joints = [outer[a.right : b.left] for a, b in pairwise(row)]
    if "；" not in joints[-1] and all(grammar.channel.search(part.lead) for part in row):
        return True
    return all(joint.startswith("、") for joint in joints) or together(last, figure, outer, grammar.unopened)


def _extended(split: Split, figure: Figure, joint: str, found: list[Split] | None) -> Split:
    """The list with one part more; where it was whole before, the first part of a second list of the same total, kept
    in `found` (None: there cannot be a second)."""
    total, value = split.total.quantity.value, figure.quantity.value
    if total and split.sum() == total and found is not None:
        split = Split(split.total, False, [figure], split.turned, split.mark)
        found.append(split)
        return split
    if split.outer is not None and total is not None and value is not None and split.sum() + value > total:
        split = split.outer
    split.mark = split.mark or ("；" if "；" in joint else "，")
    split.parts.append(figure)
    return split


def _outcomes(total: Figure, part: Figure, grammar: SplitGrammar) -> bool:
    """Whether `part` is by its link an outcome of what `total` counts, whatever stands between."""
    return any(
        total.indicator in keys
        and part.indicator in keys
        and total.indicator == keys[0]
        and part.indicator != total.indicator
        for keys in grammar.whole_sets
    )


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
    parts = [f for f in inner if comparable(total, f)]
    if not parts or parts != inner:
        return None
    start = inner[0].bracket
    text = masked[start : inner[0].left]
    partial = grammar.partial.search(text)
    etc = grammar.etc.match(masked, inner[-1].right)
    return Split(total, not partial and not etc and len(parts) > 1, parts)


def _of_more(split: Split) -> bool:
    """Whether the parts divide more than the number before them, which is itself a part (those carried in)."""
    return "carried" in split.total.indicator and "workload" in split.parts[0].indicator


def _related(split: Split) -> bool:
    """A single part says something about its total unless only the part is linked (560, of these 7 requests)."""
    return not (split.parts[0].indicator and not split.total.indicator)


def _whole(split: Split, grammar: SplitGrammar) -> bool:
    """Whether the parts are all outcomes that the form knows."""
    keys = {part.indicator for part in split.parts}
    return any(keys | {split.total.indicator} >= set(whole) for whole in grammar.whole_sets)


def _known(split: Split, masked: str, grammar: SplitGrammar) -> bool:
    """Whether the parts are known to make up the whole."""
    return not split.cut and known(split.parts, masked, grammar.unopened, always=not split.among)


def _rest(split: Split, grammar: SplitGrammar) -> bool:
    """Whether the list ends with all the others; pieces by channel overlap, the form has rules for its own cells."""
    if len(split.parts) < 2 or split.cut or any(part.indicator for part in split.parts):
        return False
    if any(grammar.channel.search(part.lead) for part in split.parts):
        return False
    return grammar.rest.match(split.parts[-1].lead) is not None


def unlink_general(figures: Sequence[Figure], masked: str, grammar: SplitGrammar) -> None:
    """A total of which only a part is about disclosure (其中涉及政府信息公开的) is no figure of the form."""
    amounts = [f for f in figures if f.kind == "amount" and f.bracket < 0]
    for before, figure in pairwise(amounts):
        joint = masked[before.right : figure.left]
        opening = grammar.opens.search(joint)
        if not before.indicator or opening is None or (figure.pattern is not None and figure.pattern.after):
            continue
        whole, part = before.lead + joint[: opening.end()], joint[opening.end() :] + figure.tail
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
        elif figure.kind == "share" and before and grammar.several.search(figure.lead):
            continue
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


def stretches(sentences: Sequence[list[Figure]], masked: str, grammar: SplitGrammar) -> list[list[Figure]]:
    """The figures of sentences, together with those of the one before where a sentence goes on with its list."""
    joined: list[list[Figure]] = []
    for sentence in sentences:
        start = sentence[0].sentence[0]
        if joined and joined[-1][-1].sentence[1] == start and grammar.next.match(masked, start):
            joined[-1] = [*joined[-1], *sentence]
        else:
            joined.append(list(sentence))
    return joined
