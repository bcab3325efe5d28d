"""What the product reads in a report, written down as labels to be corrected by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analyzer import knowledge as domain
from analyzer import readers
from analyzer.analysis import Analysis
from analyzer.document import Breakdown, Claim, Enumeration, Finding, Number, Span
from analyzer.evaluation.labels import Quote
from analyzer.evaluation.places import Paragraphs
from analyzer.knowledge import Knowledge
from analyzer.pipeline import analyze_document, divided, parts_of
from analyzer.readers import Limits

FACTS = ("agency", "year", "standard", "standard_expected", "level", "kind")


def draft(path: Path, *, knowledge: Knowledge | None = None, limits: Limits | None = None) -> dict[str, Any]:
    """Labels in the schema of `gold.json` from the analysis of one file; judged against them, it has no misses.

    `traps` is empty: numbers that must not become claims are the reader's to name. Raises `MissingInput`,
    `UnreadableReport`.
    """
    known = knowledge or domain.load()
    parts = parts_of(path, known, limits)
    document, *_ = divided(readers.read(parts, known.layout, limits), known)
    analysis = analyze_document(document, knowledge=known, lang="zh", name=parts[0][0])
    own = _Draft(analysis, Paragraphs(document))
    report = analysis.report
    return {
        "report": {**{name: getattr(report, name) for name in FACTS}, "format": path.suffix.lstrip(".").lower()},
        "sections": [{"heading": _line(s.heading), "section": s.section} for s in own.headings()],
        "cells": {cell.key: _plain(cell.value) for cell in analysis.cells if cell.state != "absent"},
        "claims": [own.claim(claim) for claim in analysis.claims],
        "traps": [],
        "sums": [*map(own.sum, analysis.breakdowns), *map(own.count, analysis.enumerations)],
        "identities": [{"id": code, "verdict": "violated"} for code in own.identities()],
        "findings": [own.finding(finding) for finding in own.roots("error")],
        "other_findings": [own.finding(finding) for finding in own.roots("warning", "info")],
        "missing_sections": [f.indicator for f in analysis.findings if f.rule == "section.missing"],
    }


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(value: Number | None) -> int | float | None:
    return value if value is None or isinstance(value, int) else float(value)


class _Draft:
    """An analysis, entry by entry in the words of the schema."""

    def __init__(self, analysis: Analysis, paragraphs: Paragraphs) -> None:
        self.analysis = analysis
        self.paragraphs = paragraphs

    def headings(self) -> Iterator[Any]:
        """Top-level sections with a heading."""
        return (section for section in self.analysis.sections if section.heading and section.depth == 1)

    def quoted(self, span: Span) -> dict[str, Any]:
        """A quote, with its occurrence where it stands more than once."""
        quote = _line(self.analysis.cut(span))
        stands = self.paragraphs.find(Quote(quote))
        at = self.paragraphs.covered(span)
        here = [number for number, place in enumerate(stands, start=1) if at and place.start == at.start]
        return {"quote": quote, **({"occurrence": here[0]} if here and len(stands) > 1 else {})}

    def claim(self, claim: Claim) -> dict[str, Any]:
        """A claim; a sum of cells stands as `expression`."""
        parts = claim.indicator.split("+")
        link: dict[str, Any] = {"indicator": claim.indicator or None}
        if len(parts) > 1:
            link = {"indicator": None, "expression": parts}
        first, number = self.paragraphs.covered(claim.span), self.paragraphs.covered(claim.number)
        return {
            **self.quoted(claim.span),
            "number_at": number.start - first.start,
            "value": _plain(claim.value),
            "unit": claim.unit,
            "approximate": claim.approximate,
            **({"low": _plain(claim.low), "high": _plain(claim.high)} if claim.approximate else {}),
            **link,
            "period": claim.period,
            "scope": claim.scope,
            "verdict": claim.verdict,
            "table_value": _plain(claim.table_value),
        }

    def sum(self, breakdown: Breakdown) -> dict[str, Any]:
        """A total with its parts."""
        claims = self.analysis.claims
        values = [_plain(claims[part].value) for part in breakdown.parts]
        total = claims[breakdown.total]
        span = Span(total.span.start, max(breakdown.span.end, claims[breakdown.parts[-1]].span.end))
        verdict = self._checked(total.span, "sum.")
        return {**self.quoted(span), "total": _plain(total.value), "parts": values, "verdict": verdict}

    def count(self, enumeration: Enumeration) -> dict[str, Any]:
        """A count with the number of its items."""
        claim = self.analysis.claims[enumeration.claim]
        verdict = self._checked(claim.span, "enumeration.count")
        items = len(enumeration.items)
        return {**self.quoted(claim.span), "total": _plain(claim.value), "items": items, "verdict": verdict}

    def _checked(self, span: Span, rule: str) -> str:
        """What the first check of a rule at a place came to."""
        said = {"violated": "inconsistent", "suspect": "suspect", "holds": "consistent"}
        outcomes = (c.outcome for c in self.analysis.checks if c.rule.startswith(rule) and c.span == span)
        return said.get(next(outcomes, ""), "unverifiable")

    def identities(self) -> list[str]:
        """Codes of the violated identities."""
        found = (f.rule.removeprefix("identity.") for f in self.analysis.findings if f.rule.startswith("identity."))
        return list(dict.fromkeys(found))

    def roots(self, *severities: str) -> Iterator[Finding]:
        """The first finding of each cause, of these severities; missing sections have a list of their own."""
        for finding in self.analysis.findings:
            first = finding.cause == finding.finding_id
            if first and finding.severity in severities and finding.rule != "section.missing":
                yield finding

    def finding(self, root: Finding) -> dict[str, Any]:
        """A root cause with the places and identities that show it."""
        own = [finding for finding in self.analysis.findings if finding.cause == root.cause]
        prose = [f for f in own if not f.rule.startswith(("identity.", "cell.", "table."))]
        quotes = dict.fromkeys(_line(self.analysis.cut(f.span)) for f in prose if f.span)
        codes = dict.fromkeys(f.rule.removeprefix("identity.") for f in own if f.rule.startswith("identity."))
        covers = {"quotes": list(quotes), "identities": list(codes)}
        return {
            "id": root.finding_id,
            "kind": "",
            "rule": root.rule,
            "indicator": root.indicator,
            **({"quote": next(iter(quotes))} if quotes else {}),
            "note": root.message,
            "covers": {name: entries for name, entries in covers.items() if entries},
        }
