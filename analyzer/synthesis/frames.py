"""A frame with numbers put in: the sentence and its labels."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Literal

from analyzer.document import Number
from analyzer.knowledge import templates
from analyzer.knowledge.grammar import COMPARISON, RANGE, Frame, Grammar
from analyzer.synthesis.draft import Label, Place, Sentence, Total, Trap
from analyzer.synthesis.figures import Printed, percent, printed, rounding

TRIES = 12
SIGNS: Mapping[str, Callable[[Number, Number], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
STOPS = frozenset("，。；：！？、（）“”《》\n")
DENIALS = ("无", "未", "没", "零", "0", "不")
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
"""What a unit of money counts, by what stands before 元."""
WHOLE_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "requests": ("received", "carried_in", "concluded", "replied", "carried_out"),
    "review_litigation": ("review", "litigation", "complaint"),
    "fees": ("request_fee",),
    "interpretation": ("interpretations",),
    "response": (
        "hot_topics",
        "press_conferences",
        "interviews",
        "interpretations",
        "social_replies",
        "other_responses",
    ),
    "proactive_disclosure": ("published",),
}
"""The numbers that a section which only says 无 denies, the one it is held against first."""


class Unusable(Exception):
    """The frame does not fit these facts."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one report can state: the numbers of roles and cells, the names, and a writer of made-up details."""

    grammar: Grammar
    standard: str
    numbers: Mapping[str, Number]
    fills: Callable[[Random, str], str]

    def number(self, expression: str, local: Mapping[str, Number]) -> Number:
        """The value of names joined by `+`; raises `Unusable` where this report states no such number."""
        return sum((self._one(name, local) for name in expression.split("+")), 0)

    def _one(self, name: str, local: Mapping[str, Number]) -> Number:
        if name in local:
            return local[name]
        if name.isdigit():
            return int(name)
        if not self.grammar.known(self.standard, name):
            raise Unusable(name)
        if name in self.numbers:
            return self.numbers[name]
        found = [self.numbers.get(key) for key in self.grammar.forms.resolve(self.standard, name)]
        if not found or any(value is None for value in found):
            raise Unusable(name)
        return sum((value for value in found if value is not None), 0)


def realise(rng: Random, frame: Frame, facts: Facts) -> Sentence | None:
    """The frame as a sentence, None where the facts do not fit it."""
    try:
        local = _draw(rng, frame, facts)
        writer = _Writer(rng, frame, facts, local)
        writer.write(frame.nodes)
    except Unusable:
        return None
    return writer.sentence()


def _draw(rng: Random, frame: Frame, facts: Facts) -> dict[str, Number]:
    """The local numbers; a few tries where a condition fails by chance."""
    for _ in range(TRIES if frame.numbers else 1):
        local: dict[str, Number] = {}
        if frame.items and frame.items.of not in facts.grammar.roles:
            local[frame.items.of] = frame.items.count
        for name, rule in frame.numbers.items():
            if name not in local:
                local[name] = _value(rng, rule, facts, local)
        if all(value >= 0 for value in local.values()) and _holds(frame, facts, local):
            return local
    raise Unusable(frame.id)


def _value(rng: Random, rule: str, facts: Facts, local: Mapping[str, Number]) -> Number:
    found = RANGE.fullmatch(rule)
    if found is None:
        return _sum(rule, facts, local)
    low = int(facts.number(found["low"] or found["from"], local))
    high = int(facts.number(found["high"] or found["to"], local))
    if low > high:
        raise Unusable(rule)
    return rng.randint(low, high)


def _sum(rule: str, facts: Facts, local: Mapping[str, Number]) -> Number:
    """A sum, difference or product, from left to right; `*` binds first."""
    total: Number = 0
    for sign, term in re.findall(r"([+-]?)([^+-]+)", rule.replace(" ", "")):
        value: Number = 1
        for factor in term.split("*"):
            value = value * facts.number(factor, local)
        total = total - value if sign == "-" else total + value
    return total


def _holds(frame: Frame, facts: Facts, local: Mapping[str, Number]) -> bool:
    def value(name: str) -> Number:
        return facts.number(name, local)

    for rule in frame.when:
        found = COMPARISON.fullmatch(rule)
        if found is None or not SIGNS[found["sign"]](value(found["left"]), value(found["right"])):
            return False
    if frame.items and value(frame.items.of) != frame.items.count:
        return False
    if any(value(total) != sum(value(part) for part in parts) for total, *parts in frame.sums):
        return False
    return all(value(total) >= sum(value(part) for part in parts) for total, *parts in frame.partial)


@dataclass(slots=True)
class _Writer:
    """Puts a frame's text together."""

    rng: Random
    frame: Frame
    facts: Facts
    local: Mapping[str, Number]
    text: str = ""
    labels: list[Label] = field(default_factory=list)
    traps: list[Trap] = field(default_factory=list)
    opened: int | None = None
    waiting: list[int] = field(default_factory=list)

    def write(self, nodes: tuple[templates.Node, ...]) -> None:
        """Adds nodes in order."""
        for node in nodes:
            match node:
                case templates.Words(text):
                    self.text += text
                case templates.Choice(options):
                    self.text += self.rng.choice(options)
                case templates.Fill(name):
                    self._fill(name)
                case templates.Trap(text):
                    self._trap(text, "literal")
                case templates.Mark(opened):
                    self._mark(opened)
                case templates.Amount():
                    self._amount(node)
                case templates.Share():
                    self._share(node)
                case templates.Zero():
                    self._zero(node)
                case templates.Maybe(inner):
                    self._maybe(inner)

    def _maybe(self, nodes: tuple[templates.Node, ...]) -> None:
        """A piece that may be left out; left out also where its numbers do not fit."""
        if self.rng.random() < 0.5:
            return
        before = self.text, len(self.labels), len(self.traps)
        try:
            self.write(nodes)
        except Unusable:
            self.text = before[0]
            del self.labels[before[1] :]
            del self.traps[before[2] :]
            self.opened, self.waiting = None, []

    def _fill(self, name: str) -> None:
        text = self.facts.fills(self.rng, name)
        if name in ("agency", "self", "area", "year", "next", "last"):
            self.text += text
        else:
            self._trap(text, name)

    def _trap(self, text: str, why: str) -> None:
        self.traps.append(Trap(Place(len(self.text), len(self.text) + len(text)), why))
        self.text += text

    def _mark(self, opened: bool) -> None:
        if opened:
            self.opened, self.waiting = len(self.text), []
            return
        for index in self.waiting:
            self.labels[index].quote = Place(self.opened or 0, len(self.text))
        self.opened, self.waiting = None, []

    def _amount(self, node: templates.Amount) -> None:
        value = self._unit(self.facts.number(node.expression, self.local), node)
        if value < 0 or (value == 0 and not self.frame.zeros):
            raise Unusable(node.expression)
        bend = self.facts.grammar.fills.around.get(node.around, "over")
        print_ = printed(value, node.style, node.around, bend)
        unit, stated, low, high = _in_full(node.unit, print_)
        start = len(self.text) + len(print_.before)
        number = Place(start, start + len(print_.digits))
        begin = self._quote_start(len(self.text))
        self.text += print_.before + print_.digits + print_.between + node.unit + print_.after
        if not node.claim:
            self.traps.append(Trap(Place(begin, len(self.text)), "other"))
            return
        source = node.expression if not set(node.expression.split("+")) & set(self.local) else ""
        self._label(
            Label(
                Place(begin, len(self.text)),
                number,
                stated,
                unit,
                name=node.expression,
                source=source,
                kind="share" if unit == "%" else "amount",
                period=node.period,
                scope=self.frame.scope if node.scope is None else node.scope,
                approximate=print_.approximate,
                low=low,
                high=high,
            )
        )

    def _unit(self, value: Number, node: templates.Amount) -> Number:
        """A role's money in the unit the slot prints, to two decimals."""
        role = self.facts.grammar.roles.get(node.expression)
        scales = _scale(role.unit if role else ""), _scale(node.unit)
        if scales[0] == scales[1] or not all(scales):
            return value
        exact = Decimal(value) * scales[0] / scales[1]
        rounded = exact.quantize(Decimal("0.01"))
        if value and not rounded:
            raise Unusable(node.expression)
        return _whole(rounded)

    def _label(self, label: Label) -> None:
        self.labels.append(label)
        if self.opened is not None:
            self.waiting.append(len(self.labels) - 1)

    def _quote_start(self, end: int) -> int:
        """After the last punctuation mark before `end`, or after the last number where the clause holds two."""
        start = max((n + 1 for n, c in enumerate(self.text[:end]) if c in STOPS), default=0)
        inside = [label.quote.end for label in self.labels if start < label.quote.end <= end]
        return max([start, *inside])

    def _share(self, node: templates.Share) -> None:
        part, whole = (self.facts.number(name, self.local) for name in (node.part, node.whole))
        if whole <= 0 or part < 0 or (part == 0 and not self.frame.zeros) or (not node.growth and part > whole):
            raise Unusable(node.part)
        value = abs(percent(part - whole if node.growth else part, whole, node.decimals))
        digits = "100" if value == 100 else f"{value:f}"
        begin, start = self._quote_start(len(self.text)), len(self.text)
        self.text += f"{digits}%"
        stated: Number = int(value) if value == int(value) else value
        place, number = Place(begin, len(self.text)), Place(start, start + len(digits))
        kind: Literal["share", "growth"] = "growth" if node.growth else "share"
        label = Label(place, number, stated, "%", kind=kind, low=stated, high=stated, parts=(part, whole))
        label.scope, label.decimals, label.name = self.frame.scope, node.decimals, f"{node.part}/{node.whole}"
        self._label(label)

    def _zero(self, node: templates.Zero) -> None:
        source = node.source
        if source == "section":
            roles = [r for s in self.frame.section for r in WHOLE_SECTIONS.get(s, ())]
            known = [r for r in roles if self.facts.grammar.known(self.facts.standard, r)]
            if not known or any(self.facts.number(role, self.local) for role in known):
                raise Unusable(source)
            source = known[0]
        elif self.facts.number(source, self.local) != 0:
            raise Unusable(source)
        begin = len(self.text)
        self.text += node.words
        quote = Place(begin, len(self.text))
        at = begin + min((node.words.find(c) for c in DENIALS if c in node.words), default=0)
        number = Place(at, at + 1)
        kind: Literal["zero", "section_zero"] = "section_zero" if node.source == "section" else "zero"
        label = Label(quote, number, 0, "", node.source, source, kind, low=0, high=0, scope=self.frame.scope)
        if node.goes_on and self.labels:
            label.quote = Place(self.labels[-1].quote.start, len(self.text))
            label.number = self.labels[-1].number
        self._label(label)

    def sentence(self) -> Sentence:
        """What was written."""
        frame = self.frame
        names = {label.name: n for n, label in reversed(list(enumerate(self.labels))) if label.kind == "amount"}
        totals = [
            Total(names[total], tuple(names[p] for p in parts), complete=complete)
            for groups, complete in ((frame.sums, True), (frame.partial, False))
            for total, *parts in groups
            if parts and total in names and all(part in names for part in parts)
        ]
        if frame.items and frame.items.of in names:
            totals.append(Total(names[frame.items.of], items=frame.items.count))
        return Sentence(self.text, self.labels, self.traps, totals, frame.id, frame.section, frame.content)


def _in_full(unit: str, print_: Printed) -> tuple[str, Number, Number | None, Number | None]:
    """Unit, value and bounds of a printed number; money in full 元, where 万 and 亿 stand for all that rounds so."""
    scale = _scale(unit)
    if scale < 2:
        return unit, print_.value, print_.low, print_.high
    value = _whole(Decimal(print_.value) * scale)
    if print_.approximate:
        return "元", value, _scaled(print_.low, scale), _scaled(print_.high, scale)
    low, high = rounding(int(value))
    return "元", value, low, high


def _scale(unit: str) -> int:
    """元 in a unit of money, 0 for any other unit."""
    return SCALES.get(unit[:-1], 0) if unit.endswith("元") else 0


def _scaled(bound: Number | None, scale: int) -> Number | None:
    return None if bound is None else _whole(Decimal(bound) * scale)


def _whole(value: Decimal) -> Number:
    return int(value) if value == int(value) else value.normalize()
