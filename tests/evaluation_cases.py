"""Builders of analyses and labels by hand, so that every figure of an evaluation can be worked out on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analyzer import knowledge
from analyzer.analysis import Analysis
from analyzer.document import Block, Cell, Check, Claim, Document, Finding, Report, Section, Span
from analyzer.evaluation import labels
from analyzer.evaluation.judging import judge
from analyzer.evaluation.tally import Judged, Tally

KNOWN = knowledge.load()
NO_LABELS: Mapping[str, Any] = {"report": {"standard": "2021"}, "sections": [], "cells": {}, "claims": []}


class Case:
    """A report of a few lines: what was read of it and what its labels say are added one by one.

    Lines beginning with `>` are page furniture: in the text, in no paragraph.
    """

    def __init__(self, text: str, **facts: Any) -> None:
        self.text = text
        self.sections: list[Section] = []
        self.cells: list[Cell] = []
        self.claims: list[Claim] = []
        self.checks: list[Check] = []
        self.findings: list[Finding] = []
        self.gold: dict[str, Any] = {**NO_LABELS, "sections": [], "cells": {}, "claims": []}
        self.gold["report"] = {"standard": "2021", **facts}

    def span(self, words: str, nth: int = 1) -> Span:
        at = -1
        for _ in range(nth):
            at = self.text.index(words, at + 1)
        return Span(at, at + len(words))

    def reads(self, quote: str, number: str, value: Any, indicator: str = "", **given: Any) -> None:
        """A claim that the analysis found."""
        nth = given.pop("nth", 1)
        span = self.span(quote, nth)
        at = span.start + quote.index(number)
        unit = given.pop("unit", "件")
        said = {"low": None, "high": None, "indicator": indicator, **given}
        self.claims.append(Claim(span, Span(at, at + len(number)), span, value, unit, **said))

    def says(self, quote: str, value: Any, indicator: str | None = None, **given: Any) -> None:
        """A claim that the labels hold."""
        entry = {"unit": "件", "approximate": False, "verdict": "unverifiable", **given}
        self.gold["claims"].append({"quote": quote, "value": value, "indicator": indicator, **entry})

    def heads(self, heading: str, section: str, *, depth: int = 1, confidence: float = 0.9) -> None:
        """A section that the analysis found."""
        span = self.span(heading)
        number = len(self.sections) + 1
        self.sections.append(Section(number, depth, heading, section, confidence, span.start, len(self.text), span.end))

    def finds(self, rule: str, indicator: str = "", quote: str = "", severity: Any = "error") -> None:
        """A finding of the analysis."""
        span = self.span(quote) if quote else None
        verdict: Any = "inconsistent"
        number = f"f{len(self.findings)}"
        self.findings.append(Finding(number, rule, severity, indicator, "", None, None, verdict, number, span))

    def must_find(self, rule: str, indicator: str = "", **given: Any) -> None:
        """A finding that the labels ask for."""
        self.gold.setdefault("findings", []).append({"rule": rule, "indicator": indicator, **given})

    @property
    def document(self) -> Document:
        blocks, at = [], 0
        for line in self.text.split("\n"):
            if line and not line.startswith(">"):
                blocks.append(Block(line, ((at, at + len(line)),)))
            at += len(line) + 1
        return Document(self.text, tuple(_joined(blocks)), "txt")

    @property
    def analysis(self) -> Analysis:
        parts = (tuple(p) for p in (self.sections, self.cells, self.claims, self.checks, self.findings))
        sections, cells, claims, checks, findings = parts
        report = Report(standard="2021")
        return Analysis(report, self.text, sections, cells, claims, checks, findings, (), ())  # type: ignore[arg-type]

    def judge(self) -> Tally:
        return judge(self.analysis, self.document, labels.parse(self.gold), KNOWN)

    def judged(self, report_id: str = "a") -> Judged:
        tally = self.judge()
        gold = labels.parse(self.gold)
        clean = "" if gold.defects is None else str(not gold.defects).lower()
        names = ("standard", "format", "level", "kind", "family", "layout")
        facts = {**{name: str(gold.facts.get(name, "")) for name in names}, "clean": clean}
        defects = tuple(defect.title for defect in gold.defects or ())
        return Judged(report_id, facts, dict(tally.counts), tuple(tally.misses), "", defects)


def _joined(blocks: Sequence[Block]) -> Sequence[Block]:
    """A line that ends without a full stop goes on in the next."""
    joined: list[Block] = []
    for block in blocks:
        if joined and not joined[-1].text.endswith("。"):
            last = joined.pop()
            block = Block(last.text + block.text, last.pieces + block.pieces)
        joined.append(block)
    return joined


def cell(key: str, value: Any, state: Any = "read") -> Cell:
    indicator, _, applicant = key.partition("/")
    return Cell(indicator, applicant, "", value, "件", "" if value is None else str(value), state)
