"""The slots of a text of the grammar, parsed.

| written | parsed as |
| --- | --- |
| `{received 件}` `{k~余 条}` `{k#zh 项}` `{k@plan 次}` `{k&area 件}` | `Amount` (modifiers in any order) |
| `{!k 件}` | `Amount` that is no claim |
| `{!!12345}` | `Trap` |
| `{a/n %1}` `{n^m %}` | `Share`, `Growth`; the digit counts decimals (default 2) |
| `{=review|…}` `{=+litigation|…}` | `Zero`; the second goes on from the first |
| `{agency}` `{docno}` | `Fill` |
| `[…]` | `Mark` twice: what stands between is the quote |
| `⟨…⟩` | `Maybe` |
| `⦅a|b⦆` | `Choice` |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from analyzer.document import Period, Scope
from analyzer.errors import BadKnowledge

FILLS = ("agency", "self", "area", "year", "next", "last", "docno", "phone", "mail", "date", "url", "address")
Style = Literal["plain", "zh", "wan", "comma"]
PIECE = re.compile(
    r"\{(?P<slot>[^{}]*)\}|⦅(?P<choice>[^⦆]*)⦆|(?P<mark>[][⟨⟩])|(?P<words>[^][{}⟨⟩⦅⦆]+)|(?P<bad>.)", re.S
)
AMOUNT = re.compile(r"(?P<expression>[\w./+]+)(?P<modifiers>(?:[~#@&][^\s~#@&]+)*)(?: +(?P<unit>\S+))?", re.A)
OPERAND = r"[\w.+]+(?:/[a-z_]+)?"
SHARE = re.compile(rf"(?P<part>{OPERAND})(?P<sign>[/^])(?P<whole>{OPERAND}) +%(?P<decimals>\d?)", re.A)


@dataclass(frozen=True, slots=True)
class Words:
    """Literal text."""

    text: str


@dataclass(frozen=True, slots=True)
class Fill:
    """A name, year, document number … of the report."""

    name: str


@dataclass(frozen=True, slots=True)
class Trap:
    """Literal text that holds digits and is no claim."""

    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several wordings."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a quote begins (`open`) or ends."""

    open: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit; `claim` is False for one that must not be taken for a claim."""

    expression: str
    unit: str
    claim: bool = True
    around: str = ""
    style: Style = "plain"
    period: Period = "this_year"
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage: of a whole, or (`growth`) over last year's number."""

    part: str
    whole: str
    decimals: int
    growth: bool = False


@dataclass(frozen=True, slots=True)
class Zero:
    """Words that say that there was none; `source` is a role, a key or `section`."""

    source: str
    words: str
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Maybe:
    """A piece that is left out half of the time."""

    nodes: tuple[Node, ...]


Node = Words | Fill | Trap | Choice | Mark | Amount | Share | Zero | Maybe


def parse(text: str, where: str) -> tuple[Node, ...]:
    """The nodes of a text; `where` names it in errors."""
    stack: list[list[Node]] = [[]]
    quoted = False
    for piece in PIECE.finditer(text):
        mark = piece["mark"]
        if piece["bad"]:
            raise BadKnowledge(f"{where}: unmatched {piece['bad']!r} in {text!r}")
        if mark in ("[", "]"):
            if quoted == (mark == "["):
                raise BadKnowledge(f"{where}: brackets of a quote do not match in {text!r}")
            quoted = not quoted
            stack[-1].append(Mark(quoted))
        elif mark == "⟨":
            stack.append([])
        elif mark == "⟩":
            if len(stack) != 2:
                raise BadKnowledge(f"{where}: ⟩ without ⟨, or one inside another in {text!r}")
            nodes = stack.pop()
            stack[-1].append(Maybe(tuple(nodes)))
        else:
            stack[-1].append(_leaf(piece, where))
    if len(stack) != 1 or quoted:
        raise BadKnowledge(f"{where}: ⟨ or [ is not closed in {text!r}")
    return tuple(stack[0])


def _leaf(piece: re.Match[str], where: str) -> Node:
    if piece["words"] is not None:
        return Words(piece["words"])
    if piece["choice"] is not None:
        return Choice(tuple(piece["choice"].split("|")))
    return _slot(piece["slot"], where)


def _slot(slot: str, where: str) -> Node:
    if slot in FILLS:
        return Fill(slot)
    if slot.startswith("!!"):
        return Trap(slot[2:])
    if slot.startswith("="):
        source, _, words = slot[1:].partition("|")
        if not source.lstrip("+") or not words:
            raise BadKnowledge(f"{where}: {{{slot}}}: wanted {{=role|words}}")
        return Zero(source.removeprefix("+"), words, source.startswith("+"))
    share = SHARE.fullmatch(slot)
    if share:
        decimals = int(share["decimals"] or 2)
        return Share(share["part"], share["whole"], decimals, share["sign"] == "^")
    return _amount(slot, where)


def _amount(slot: str, where: str) -> Amount:
    claim = not slot.startswith("!")
    found = AMOUNT.fullmatch(slot.removeprefix("!"))
    if found is None:
        raise BadKnowledge(f"{where}: {{{slot}}} is no slot; names: {', '.join(FILLS)}")
    around, style, period, scope = "", "plain", "this_year", None
    for modifier in re.findall(r"[~#@&][^\s~#@&]+", found["modifiers"]):
        sign, word = modifier[0], modifier[1:]
        allowed = {"~": (word,), "#": get_args(Style), "@": get_args(Period), "&": get_args(Scope)}[sign]
        if word not in allowed:
            raise BadKnowledge(
                f"{where}: {{{slot}}}: {sign}{word}: allowed: {', '.join(w for w in sorted(allowed) if w)}"
            )
        around = word if sign == "~" else around
        style = word if sign == "#" else style
        period = word if sign == "@" else period
        scope = word if sign == "&" else scope
    return Amount(found["expression"], found["unit"] or "", claim, around, style, period, scope)  # type: ignore[arg-type]


def flat(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """All nodes in order, those of optional pieces among them."""
    for node in nodes:
        if isinstance(node, Maybe):
            yield from flat(node.nodes)
        else:
            yield node


def names(nodes: tuple[Node, ...]) -> Iterator[str]:
    """The expressions of all numbers."""
    for node in flat(nodes):
        if isinstance(node, Amount):
            yield node.expression
        elif isinstance(node, Share):
            yield node.part
            yield node.whole


def zeros(nodes: tuple[Node, ...]) -> Iterator[Zero]:
    """The zero words."""
    return (node for node in flat(nodes) if isinstance(node, Zero))


def bends(nodes: tuple[Node, ...]) -> Iterator[str]:
    """The words that bend numbers."""
    return (node.around for node in flat(nodes) if isinstance(node, Amount) and node.around)
