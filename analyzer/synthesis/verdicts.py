"""What a claim must be judged as against the cells printed, by a comparator of its own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from analyzer.document import Number, Verdict
from analyzer.knowledge.grammar import Grammar
from analyzer.synthesis.draft import Cells, Draft, Label
from analyzer.synthesis.figures import percent

MYRIAD = 10_000
TOGETHER = (("request",), ("review", "litigation"))
"""Kinds of cells, by the first name of their keys, that one part of a report tells of."""


class Judged(NamedTuple):
    """The cell a claim is linked to, what it holds, the verdict, and what else counts as right."""

    indicator: str
    table_value: Number | None
    verdict: Verdict
    accept: tuple[str, ...] = ()
    indicator_accept: tuple[str, ...] = ()


class Held(NamedTuple):
    """The sum of the filled cells; whether some are blank (then it is at least that), all are, or marks count."""

    value: Number
    blank: bool
    empty: bool
    marked: bool


def judge(label: Label, draft: Draft, grammar: Grammar) -> Judged:
    """The claim against the final cells of its report."""
    if label.kind in ("share", "growth"):
        return _share(label)
    form = draft.standard if draft.standard != "none" else draft.expected
    indicator = grammar.key(form, label.source) if label.source and form != "none" else ""
    if not indicator:
        return Judged("", None, "unverifiable", _elsewhere(label, draft))
    if label.period != "this_year":
        return Judged("", None, "unverifiable", (), (indicator,))
    keys = grammar.forms.resolve(draft.standard, indicator) if draft.standard != "none" else ()
    printed = {table for part in draft.parts for table in part.tables}
    if not keys or not all(grammar.forms.cell(draft.standard, key).table in printed for key in keys):
        return Judged(indicator, None, "unverifiable")
    held = _held(draft.cells, keys)
    table = None if held.empty else held.value
    verdict = _verdict(_bounds(label, grammar.forms.unit(draft.standard, indicator)), held)
    if verdict == "inconsistent" and label.unit.endswith("元") and _verdict(_range(label), held) == "consistent":
        return Judged(indicator, table, "consistent", ("inconsistent", "suspect"), _others(indicator))
    if label.kind == "section_zero" and any(_counted(draft.cells.get(key)) for key in of_section(draft, keys)):
        verdict = "inconsistent"
    return Judged(indicator, table, verdict, _doubts(label, verdict), _others(indicator))


def of_section(draft: Draft, keys: Sequence[str]) -> tuple[str, ...]:
    """All cells that a zero for a whole part denies, its head cells being `keys`: those of the same kinds."""
    named = {key.partition(".")[0] for key in keys}
    stems = {stem for kinds in TOGETHER if named & set(kinds) for stem in kinds}
    return tuple(key for key in draft.cells if key.partition(".")[0] in stems) or tuple(keys)


def _counted(value: Number | str | None) -> bool:
    return isinstance(value, int | Decimal) and value != 0


def _elsewhere(label: Label, draft: Draft) -> tuple[str, ...]:
    """What a number without a cell may be called where the report states it once more."""
    if not label.source:
        return ("consistent",)
    same = [other for _, s in draft.sentences() for other in s.labels if other.source == label.source]
    agreeing = all(_meet(label, other) for other in same if other.period == label.period)
    return ("consistent",) if agreeing else ("inconsistent", "suspect")


def _meet(one: Label, other: Label) -> bool:
    """Whether two numbers can be the same."""
    (low, high), (least, most) = _range(one), _range(other)
    return (most is None or low is None or low <= most) and (high is None or least is None or least <= high)


def _others(indicator: str) -> tuple[str, ...]:
    """Other names of the same cells: the total may be left out or named."""
    if "/" in indicator or not indicator.startswith("request."):
        return ()
    return (f"{indicator}/total",)


def _doubts(label: Label, verdict: Verdict) -> tuple[str, ...]:
    """What a careful reader may say instead: a rounded or wide number is told from a cell less surely."""
    if verdict == "inconsistent" and (label.approximate or label.scope in ("area", "system", "site")):
        return ("suspect", "unverifiable") if label.scope else ("suspect",)
    if verdict == "inconsistent" and label.kind == "section_zero":
        return ("suspect",)
    return ()


def _share(label: Label) -> Judged:
    """A percentage against the numbers it was made of."""
    if label.parts is None or not label.parts[1]:
        return Judged("", None, "unverifiable", ("consistent",))
    part, whole = label.parts
    exact = percent(abs(Decimal(part) - Decimal(whole)) if label.kind == "growth" else part, whole, label.decimals)
    if abs(exact - Decimal(label.value)) <= Decimal(1).scaleb(-label.decimals):
        return Judged("", None, "unverifiable", ("consistent",))
    return Judged("", None, "inconsistent", ("suspect", "unverifiable"))


def _bounds(label: Label, unit: str) -> tuple[Number | None, Number | None]:
    """What the claim allows in the unit of its cells."""
    low, high = _range(label)
    if label.unit == unit or not (label.unit.endswith("元") and unit.endswith("元")):
        return low, high
    factor = Decimal(1) / MYRIAD if label.unit == "元" else Decimal(MYRIAD)
    return tuple(None if bound is None else bound * factor for bound in (low, high))  # type: ignore[return-value]


def _range(label: Label) -> tuple[Number | None, Number | None]:
    exact = label.low is None and label.high is None
    return (label.value, label.value) if exact else (label.low, label.high)


def _held(cells: Cells, keys: Sequence[str]) -> Held:
    values = [cells.get(key) for key in keys]
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    marks = [value for value in values if isinstance(value, str)]
    total: Number = sum(numbers, 0)
    blank = any(value is None for value in values)
    return Held(total, blank, not numbers and not marks, bool(marks))


def _verdict(bounds: tuple[Number | None, Number | None], held: Held) -> Verdict:
    low, high = bounds
    if held.empty:
        return "unverifiable"
    if (low is None or held.value >= low) and (high is None or held.value <= high):
        return "consistent"
    if held.blank and (high is None or high > held.value):
        return "unverifiable"
    return "suspect" if held.marked else "inconsistent"
