"""The analysis of one report, and its rows in the result tables (columns as in the outside contract)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analyzer.document import (
    Breakdown,
    Cell,
    Check,
    Claim,
    Deduction,
    Enumeration,
    Finding,
    Report,
    Score,
    Section,
    Span,
)

if TYPE_CHECKING:
    import pandas as pd

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that one report gives: what it states, what was checked, what was found, what it scores.

    `claims` carry their verdicts, `findings` their messages in `lang`; spans count code points of `text`. `others` are
    the titles of the other reports that stand in the same file.
    """

    report: Report
    text: str
    sections: tuple[Section, ...]
    cells: tuple[Cell, ...]
    claims: tuple[Claim, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    scores: tuple[Score, ...]
    deductions: tuple[Deduction, ...]
    breakdowns: tuple[Breakdown, ...] = ()
    enumerations: tuple[Enumeration, ...] = ()
    grade: str = ""
    lang: str = "zh"
    others: tuple[str, ...] = ()

    def points(self, dimension: str) -> Decimal | None:
        """Points reached in a dimension; None: not assessed."""
        return next((score.points for score in self.scores if score.dimension == dimension), None)

    def rows(self, table: str, report_id: str = "") -> list[Row]:
        """Rows of one result table, in the order of `COLUMNS[table]`."""
        return [(report_id, *row) for row in _ROWS[table](self)]

    def frame(self, table: str) -> pd.DataFrame:
        """One result table as a frame; raises `KeyError` for a name that `COLUMNS` does not hold."""
        import pandas as pd

        return pd.DataFrame(self.rows(table), columns=list(COLUMNS[table])).drop(columns="report_id")

    def _repr_html_(self) -> str:
        """Title, scores and findings, as a notebook shows them; everything from the report is escaped."""
        from html import escape

        shown = self.frame("findings")[["rule", "severity", "indicator", "expected", "actual", "message"]]
        points = {score.dimension: "" if score.points is None else score.points for score in self.scores}
        scores = ", ".join(f"{name} {value}" for name, value in points.items())
        title = escape(f"{self.report.agency} {self.report.year or ''} {self.grade}")
        return f"<h4>{title}</h4><p>{escape(scores)}</p>{shown.to_html(index=False, na_rep='')}"

    def cut(self, span: Span | None) -> str:
        """The text at a span; empty without one."""
        return "" if span is None else self.text[span.start : span.end]


COLUMNS: dict[str, tuple[str, ...]] = {
    "sections": ("report_id", "ordinal", "depth", "heading", "section", "confidence", "start", "end"),
    "cells": (
        *("report_id", "indicator", "applicant", "label", "value", "unit", "raw", "state", "start", "end"),
        *("page", "row", "column", "note"),
    ),
    "claims": (
        *("report_id", "start", "end", "quote", "sentence", "value", "unit", "approximate", "period", "indicator"),
        *("verdict", "table_value", "note", "low", "high", "scope", "section", "kind", "whole", "firm", "pattern"),
        *("number_start", "number_end"),
    ),
    "checks": (
        *("report_id", "rule", "outcome", "indicator", "expected", "actual", "reason", "start", "end"),
        *("start2", "end2"),
    ),
    "findings": (
        *("report_id", "rule", "severity", "indicator", "message", "expected", "actual", "quote", "start", "end"),
        *("finding_id", "cause", "verdict", "quote2", "start2", "end2", "other_report", "values"),
    ),
    "scores": ("report_id", "dimension", "points", "possible", "not_assessable"),
    "deductions": ("report_id", "dimension", "points", "finding_id"),
    "reports": (
        *("report_id", "path", "sha256", "status", "error", "agency", "year", "standard", "level", "title"),
        *("completeness", "consistency", "score", "grade", "sections_missing", "cells_expected", "cells_filled"),
        *("claims", "consistent", "inconsistent", "suspect", "unverifiable", "findings", "standard_expected"),
        *("kind", "published", "body_id", "region", "parent"),
    ),
}
"""Columns of each result table, in order; a later version may only append."""


def report_row(analysis: Analysis, *, report_id: str, path: str, sha256: str) -> Row:
    """The row of an analysed report in `reports`; body, region and parent come from a roster."""
    report, verdicts = analysis.report, [claim.verdict for claim in analysis.claims]
    missing = sorted({f.indicator for f in analysis.findings if f.rule == "section.missing"})
    due = [cell for cell in analysis.cells if cell.state != "absent" or report.standard == report.standard_expected]
    return (
        *(report_id, path, sha256, "ok", "", report.agency, report.year, report.standard, report.level, report.title),
        *(analysis.points(dimension) for dimension in ("completeness", "consistency", "overall")),
        *(analysis.grade, ";".join(missing), len(due) if report.standard != "none" else len(analysis.cells)),
        sum(cell.state in ("read", "doubtful", "not_applicable") for cell in analysis.cells),
        len(verdicts),
        *(verdicts.count(v) for v in ("consistent", "inconsistent", "suspect", "unverifiable")),
        *(len(analysis.findings), report.standard_expected, report.kind, report.published, "", "", ""),
    )


def failed_row(*, report_id: str, path: str, sha256: str, error: str) -> Row:
    """The row of a report that could not be analysed; `error` says why in one line."""
    blank: list[Any] = [None] * (len(COLUMNS["reports"]) - 5)
    return (report_id, path, sha256, "failed", error, *blank)


def _places(*spans: Span | None) -> Row:
    return tuple(place for span in spans for place in ((span.start, span.end) if span else (None, None)))


def _sections(analysis: Analysis) -> list[Row]:
    return [(s.ordinal, s.depth, s.heading, s.section, s.confidence, s.start, s.end) for s in analysis.sections]


def _cells(analysis: Analysis) -> list[Row]:
    rows = []
    for c in analysis.cells:
        at = c.span
        where = (at.start, at.end, at.page, at.row, at.column) if at else (None,) * 5
        rows.append((c.indicator, c.applicant, c.label, c.value, c.unit, c.raw, c.state, *where, c.note))
    return rows


def _claims(analysis: Analysis) -> list[Row]:
    return [
        (
            *(c.span.start, c.span.end, analysis.cut(c.span), "".join(analysis.cut(c.sentence).split("\n"))),
            *(c.value, c.unit, c.approximate, c.period, c.indicator, c.verdict, c.table_value, c.note),
            *(c.low, c.high, c.scope, c.section, c.kind, c.whole, c.firm, c.pattern, c.number.start, c.number.end),
        )
        for c in analysis.claims
    ]


def _checks(analysis: Analysis) -> list[Row]:
    return [
        (c.rule, c.outcome, c.indicator, c.expected, c.actual, c.reason, *_places(c.span, c.second))
        for c in analysis.checks
    ]


def _findings(analysis: Analysis) -> list[Row]:
    return [
        (
            *(f.rule, f.severity, f.indicator, f.message, f.expected, f.actual, analysis.cut(f.span)),
            *(*_places(f.span), f.finding_id, f.cause, f.verdict, analysis.cut(f.second), *_places(f.second), ""),
            _packed(f.values),
        )
        for f in analysis.findings
    ]


def _packed(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)


def _scores(analysis: Analysis) -> list[Row]:
    return [(s.dimension, s.points, s.possible, s.not_assessable) for s in analysis.scores]


def _deductions(analysis: Analysis) -> list[Row]:
    return [(d.dimension, d.points, d.finding_id) for d in analysis.deductions]


_ROWS: dict[str, Callable[[Analysis], list[Row]]] = {
    "sections": _sections,
    "cells": _cells,
    "claims": _claims,
    "checks": _checks,
    "findings": _findings,
    "scores": _scores,
    "deductions": _deductions,
}
