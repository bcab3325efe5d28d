"""Lists announced by a count: five platforms named before their number, two proposals, ten pieces that cover …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.claims.quantities import Figure
from analyzer.document import Span
from analyzer.knowledge.language import Language

MOST = 40


@dataclass(frozen=True, slots=True)
class Items:
    """The items named with a figure, and whether the list claims to be whole."""

    figure: Figure
    items: tuple[Span, ...]
    closed: bool
    span: Span


class ItemGrammar:
    """The words round a list of names, compiled once."""

    def __init__(self, language: Language) -> None:
        words = language.words
        self.announced = re.compile(words["items_announced"])
        self.covers = re.compile(words["items_covers"])
        self.start = re.compile(f"^.*(?:{words['items_start']})")
        self.etc = re.compile(words["items_etc"])
        self.separator = re.compile(words["items_separator"])
        self.last = re.compile(words["items_last"])


def enumerations(figures: Sequence[Figure], masked: str, grammar: ItemGrammar) -> list[Items]:
    """The lists of one sentence whose items can be told apart."""
    found = []
    for figure in figures:
        value = figure.quantity.value
        if (
            figure.kind != "amount"
            or figure.quantity.approximate
            or not isinstance(value, int)
            or not 2 <= value <= MOST
        ):
            continue
        items = _before(figure, figures, grammar) or _behind(figure, figures, grammar)
        if items is not None:
            found.append(items)
    return found


def _before(figure: Figure, figures: Sequence[Figure], grammar: ItemGrammar) -> Items | None:
    """Names joined by 、 that end at the number: “a”、“b”两项提案."""
    text = figure.passage.text
    begin = max(text.rfind(mark, figure.sentence[0], figure.left) for mark in "，；：") + 1
    begin = max(begin, figure.sentence[0])
    chunk = text[begin : figure.left]
    first = grammar.separator.search(chunk)
    if first is None or any(f.start >= begin and f.start < figure.start for f in figures):
        return None
    if figure.unit_kind != "thing" and chunk[-1] not in "”》":
        return None
    opening = grammar.start.match(chunk[: first.start()])
    etc = grammar.etc.search(chunk)
    start = begin + (opening.end() if opening else 0)
    if opening is None and text[start] not in "“《":
        return None
    end = figure.left if etc is None else begin + etc.start()
    return _items(figure, start, end, etc is None, grammar)


def _behind(figure: Figure, figures: Sequence[Figure], grammar: ItemGrammar) -> Items | None:
    """Names after the number: 10条信息，涵盖a、b、…; a topic list (涵盖, 涉及) counts only when it agrees."""
    text = figure.passage.text
    end = figure.sentence[1]
    following = [f.left for f in figures if f.start > figure.start]
    found = grammar.announced.match(text, figure.right, end) or grammar.covers.match(text, figure.right, end)
    if found is None:
        return None
    stops = [p for p in (text.find(mark, found.end(), end) for mark in "，；。") if p >= 0]
    close = min([*stops, end])
    if any(f < close for f in following):
        return None
    etc = grammar.etc.search(text, found.end(), close)
    items = _items(figure, found.end(), etc.start() if etc else close, etc is None, grammar)
    topical = grammar.announced.match(text, figure.right, end) is None
    return None if items is not None and topical and len(items.items) != figure.quantity.value else items


def _items(figure: Figure, start: int, end: int, closed: bool, grammar: ItemGrammar) -> Items | None:
    text = figure.passage.text
    places, here = [], start
    depth_safe = _outside_quotes(text, start, end)
    for mark in grammar.separator.finditer(text, start, end):
        if mark.start() in depth_safe:
            places.append((here, mark.start()))
            here = mark.end()
    if here < end:
        last = grammar.last.search(text, here, end)
        if last is not None and last.start() > here and (places or figure.quantity.value == 2):
            places.append((here, last.start()))
            here = last.end()
        places.append((here, end))
    places = [(a, b) for a, b in places if a < b]
    if len(places) < 2:
        return None
    spans = tuple(figure.passage.span(a, b) for a, b in places)
    whole = figure.passage.span(min(start, figure.left), max(end, figure.right))
    return Items(figure, spans, closed, whole)


def _outside_quotes(text: str, start: int, end: int) -> set[int]:
    """The offsets that stand outside quotation marks, titles and brackets."""
    depth, outside = 0, set()
    for offset in range(start, end + 1):
        character = text[offset : offset + 1]
        depth += (character in ("“", "《", "（", "〈")) - (character in ("”", "》", "）", "〉"))
        if depth <= 0 or character in ("”", "》") or (depth == 1 and character in ("“", "《")):
            outside.add(offset)
    return outside
