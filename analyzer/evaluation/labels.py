"""`gold.json`: what a careful reader finds in a report, checked and frozen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from analyzer.document import Number
from analyzer.errors import BadLabels
from analyzer.numerals import parse_number, plain

GOLD = "gold.json"
REQUIRED = ("report", "sections", "cells", "claims")
MISMATCH = "claim.mismatch"
"""Stands for whatever the project calls a contradiction between a claim and its cell."""
_NONE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report. `number_at` is where their number begins, counted without white space, `occurrence` which of
    their appearances among the paragraphs is meant (from 1); None where the label leaves it open."""

    text: str
    number_at: int | None = None
    occurrence: int | None = None


@dataclass(frozen=True, slots=True)
class HeadingLabel:
    """A top-level heading with its class; `also` holds other classes that count as right."""

    heading: str
    section: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimLabel:
    """A quantity in the prose; `links` are the keys that count as right (empty: no link), the first is the label's own.

    `periods` are others than `period` that count as right. `period`, `scope` are None and `bounds` is empty where the
    label says nothing of them.
    """

    quote: Quote
    value: Number | None
    unit: str
    approximate: bool
    links: tuple[str, ...]
    verdicts: tuple[str, ...]
    period: str | None = None
    periods: tuple[str, ...] = ()
    scope: str | None = None
    bounds: tuple[Number | None, ...] = ()


@dataclass(frozen=True, slots=True)
class SumLabel:
    """A total with its parts, or a count with its items, and whether they agree."""

    quote: Quote
    verdict: str


@dataclass(frozen=True, slots=True)
class FindingLabel:
    """What must be reported, with all that shows it: places, cells and identities involved. `id` begins with the name
    of the defect that it is of."""

    rule: str
    indicator: str
    quote: Quote | None
    kind: str = ""
    id: str = ""
    quotes: tuple[Quote, ...] = ()
    cells: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Defect:
    """What was put wrong into a made-up report: its number in the handbook (empty: it has none), the rule that must
    speak, its name."""

    kind: str
    rule: str
    name: str = ""

    @property
    def title(self) -> str:
        """Number and name, as figures are broken down by."""
        return f"{self.kind} {self.name}".strip() or self.rule


@dataclass(frozen=True, slots=True)
class Gold:
    """All labels of a report. `defects` is None where nobody says what was put wrong, empty for a clean report."""

    facts: Mapping[str, Any]
    sections: tuple[HeadingLabel, ...]
    cells: Mapping[str, Number | None]
    claims: tuple[ClaimLabel, ...]
    traps: tuple[tuple[Quote, str], ...] = ()
    sums: tuple[SumLabel, ...] = ()
    violated: frozenset[str] = frozenset()
    findings: tuple[FindingLabel, ...] = ()
    defects: tuple[Defect, ...] | None = None


def load(path: Path) -> Gold:
    """The labels in a file; raises `BadLabels` naming the file and what is wrong in it."""
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except (OSError, ValueError) as problem:
        raise BadLabels(f"{path}: {problem}") from None
    if not isinstance(given, dict):
        raise BadLabels(f"{path}: an object is wanted")
    missing = [name for name in REQUIRED if name not in given]
    if missing:
        raise BadLabels(f"{path}: {', '.join(missing)} missing")
    return parse(given, str(path))


def parse(given: Mapping[str, Any], where: str = GOLD) -> Gold:
    """The labels of a parsed `gold.json`; raises `BadLabels` naming `where` and the entry at fault."""
    reader = _Reader(where)
    defects = given.get("defects")
    return Gold(
        facts=dict(given["report"]),
        sections=reader.all(given, "sections", _heading),
        cells=dict(reader.all({"cells": dict(given["cells"]).items()}, "cells", _cell)),
        claims=reader.all(given, "claims", _claim),
        traps=reader.all(given, "traps", lambda entry: (_quote(entry), str(entry.get("why", "")))),
        sums=reader.all(given, "sums", lambda entry: SumLabel(_quote(entry), str(entry["verdict"]))),
        violated=frozenset(reader.all(given, "identities", _identity)),
        findings=_findings(given, reader),
        defects=None if defects is None else reader.all(given, "defects", _defect),
    )


class _Reader:
    """Reads the entries of a list; what one of them lacks is said with its place."""

    def __init__(self, where: str) -> None:
        self.where = where

    def all(self, given: Mapping[str, Any], name: str, build: Any) -> tuple[Any, ...]:
        found = []
        for number, entry in enumerate(given.get(name) or (), start=1):
            try:
                found.append(build(entry))
            except KeyError as problem:
                raise BadLabels(f"{self.where}: {name} {number}: {problem.args[0]} missing") from None
            except (TypeError, ValueError, AttributeError, ArithmeticError) as problem:
                raise BadLabels(f"{self.where}: {name} {number}: {problem}") from None
        return tuple(found)


def _number(value: Any) -> Number | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, float | Decimal | str):
        return plain(Decimal(str(value)))
    raise ValueError(f"{value!r} is no number")


def _cell(entry: tuple[str, Any]) -> tuple[str, Number | None]:
    """A cell with its number; a mark printed instead of one (`/`) is none."""
    key, value = entry
    return key, None if isinstance(value, str) and parse_number(value) is None else _number(value)


def _quote(entry: Mapping[str, Any]) -> Quote:
    return Quote(str(entry["quote"]), entry.get("number_at"), entry.get("occurrence"))


def _heading(entry: Mapping[str, Any]) -> HeadingLabel:
    return HeadingLabel(str(entry["heading"]), str(entry["section"]), tuple(entry.get("also") or ()))


def _claim(entry: Mapping[str, Any]) -> ClaimLabel:
    own = entry.get("indicator") or "+".join(entry.get("expression") or ())
    verdict = str(entry["verdict"])
    bounds = (_number(entry.get("low")), _number(entry.get("high"))) if {"low", "high"} & entry.keys() else ()
    return ClaimLabel(
        quote=_quote(entry),
        value=_number(entry["value"]),
        unit=str(entry.get("unit") or ""),
        approximate=bool(entry.get("approximate")),
        links=(own, *_accepted(entry)),
        verdicts=(verdict, *(entry.get("accept") or ())),
        period=entry.get("period"),
        periods=tuple(entry.get("period_accept") or ()),
        scope=entry.get("scope"),
        bounds=bounds,
    )


def _accepted(entry: Mapping[str, Any]) -> tuple[str, ...]:
    expression = "+".join(entry.get("expression") or ())
    accepted = [str(key or "") for key in entry.get("indicator_accept") or ()]
    return tuple(accepted + ([expression] if expression and entry.get("indicator") else []))


def _identity(entry: Mapping[str, Any]) -> str:
    return str(entry["id"]).removeprefix("identity.") if entry.get("verdict", "violated") == "violated" else ""


def _defect(entry: Mapping[str, Any]) -> Defect:
    return Defect(str(entry["kind"]), str(entry.get("rule") or ""), str(entry.get("name") or ""))


def _findings(given: Mapping[str, Any], reader: _Reader) -> tuple[FindingLabel, ...]:
    """Findings, other findings and missing sections; what is told of twice is one label."""
    lacking = [str(section) for section in given.get("missing_sections") or ()]
    found = [*reader.all(given, "findings", _finding), *reader.all(given, "other_findings", _finding)]
    named = [label for label in found if not (label.rule == "section.missing" and not label.indicator)]
    told = {label.indicator for label in named if label.rule == "section.missing"}
    extra = [FindingLabel("section.missing", name, None) for name in lacking if name not in told]
    first: dict[tuple[str, str], FindingLabel] = {}
    for label in named:
        first.setdefault((label.rule, label.indicator), label)
    return (*(label for label in named if label.quote or first[label.rule, label.indicator] is label), *extra)


def _finding(entry: Mapping[str, Any]) -> FindingLabel:
    covers: Mapping[str, Any] = entry.get("covers") or _NONE
    quotes = [*(covers.get("quotes") or ()), *(covers.get("sums") or ())]
    return FindingLabel(
        rule=str(entry["rule"]),
        indicator=str(entry.get("indicator") or ""),
        quote=_quote(entry) if entry.get("quote") else None,
        kind="" if entry.get("kind") is None else str(entry["kind"]),
        id=str(entry.get("id") or ""),
        quotes=tuple(_quote(q) if isinstance(q, Mapping) else Quote(str(q)) for q in quotes),
        cells=tuple(map(str, covers.get("cells") or ())),
        identities=tuple(str(i).removeprefix("identity.") for i in covers.get("identities") or ()),
        note=str(entry.get("note") or entry.get("why") or ""),
    )
