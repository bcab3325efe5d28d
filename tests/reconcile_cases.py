"""Small reports for the tests of `reconcile`: text, sections, cells and claims put together by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analyzer import knowledge
from analyzer.document import (
    Block,
    Breakdown,
    Cell,
    Check,
    Claim,
    Claims,
    Document,
    Enumeration,
    Finding,
    Number,
    Report,
    Section,
    Span,
    Tables,
)
from analyzer.reconcile import findings, reconcile

KNOWN = knowledge.load()
MARKS = ("/", "—", "-", "无")
Parts = Sequence[tuple[str, str, str]]
"""Sections as class, heading, text (paragraphs on lines of their own)."""


@dataclass(frozen=True)
class Outcome:
    """What `reconcile` made of a report."""

    claims: tuple[Claim, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    text: str

    def of(self, rule: str) -> list[Check]:
        return [check for check in self.checks if check.rule == rule]

    def found(self, rule: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.rule == rule]

    def rules(self, *severities: str) -> set[str]:
        wanted = severities or ("error", "warning", "info")
        return {finding.rule for finding in self.findings if finding.severity in wanted}


def cells(standard: str, values: Mapping[str, Number | str | None]) -> tuple[Cell, ...]:
    """Every cell of a form: 0 unless `values` says a number, None (blank), a mark, `absent` or `doubtful 5`."""
    return tuple(_cell(form, values.get(form.key, 0)) for form in KNOWN.forms.cells(standard))


def _cell(form: Any, told: Number | str | None) -> Cell:
    plain = Cell(form.indicator, form.applicant, form.label, None, form.unit, "", "blank", Span(0, 1))
    if told is None:
        return plain
    if told == "absent":
        return plain._replace(state="absent", span=None)
    if told in MARKS:
        return plain._replace(state="not_applicable", raw=str(told))
    if isinstance(told, str):
        number = told.partition(" ")[2]
        return plain._replace(state="doubtful", value=int(number) if number else None, raw=number)
    return plain._replace(state="read", value=told, raw=str(told))


class Paper:
    """A report under construction."""

    def __init__(self, standard: str = "2014", *, year: int | None = None, **report: Any) -> None:
        self.standard = standard
        self.year = year or {"2014": 2018, "2019": 2020, "2021": 2023, "none": 2012}[standard]
        expected = report.pop("expected", KNOWN.forms.expected(self.year))
        base = Report(year=self.year, level="county", kind="department", standard=standard, standard_expected=expected)
        self.report = replace(base, **report)
        self.text, self.blocks, self.sections, self.claims = "", [], [], []
        self.breakdowns: list[Breakdown] = []
        self.enumerations: list[Enumeration] = []
        self.values: dict[str, Any] = {}
        self.document: dict[str, Any] = {}
        self.tables: dict[str, Any] = {}

    def line(self, text: str) -> None:
        start = len(self.text)
        self.text += text + "\n"
        self.blocks.append(Block(text, ((start, start + len(text)),)))

    def part(self, section: str, heading: str = "", text: str = "", *, depth: int = 1, number: str = "") -> Paper:
        start = len(self.text)
        if heading:
            self.line(heading)
        body = len(self.text)
        for line in text.splitlines():
            self.line(line)
        parent = next((s.ordinal for s in reversed(self.sections) if s.depth < depth), 0)
        self.sections.append(
            Section(len(self.sections) + 1, depth, heading, section, 1.0, start, len(self.text), body, number, parent)
        )
        for n, above in enumerate(self.sections[:-1]):
            if above.end == start and above.depth < depth:
                self.sections[n] = above._replace(end=len(self.text))
        return self

    def claim(self, quote: str, value: Number | None, indicator: str = "", **more: Any) -> int:
        """Add a claim for `quote` (its number is the first digit run or zero word), return its index."""
        start = self.text.index(quote, more.pop("after", 0))
        digits = re.search(r"[0-9.]+|[未无没]|[一二两三四五]", quote)
        assert digits
        number = Span(start + digits.start(), start + digits.end())
        stops = [m.end() for m in re.finditer("[。\n]", self.text)]
        begin = max([s for s in stops if s <= start], default=0)
        end = min([s for s in stops if s >= start + len(quote)], default=len(self.text))
        unit = re.search(r"[0-9.余多]+(元|万元|%|\w)", quote)
        given = {"unit": unit[1] if unit else "", "low": value, "high": value, "section": self.sections[-1].section}
        self.claims.append(
            Claim(
                Span(start, start + len(quote)),
                number,
                Span(begin, end),
                value,
                **{**given, **more},
                indicator=indicator,
            )
        )
        return len(self.claims) - 1

    def split(self, total: int, *parts: int, complete: bool = True) -> None:
        span = Span(self.claims[total].span.start, self.claims[parts[-1]].span.end)
        self.breakdowns.append(Breakdown(total, parts, complete, span))

    def items(self, claim: int, *names: str, closed: bool = True) -> None:
        spans, at = [], self.claims[claim].sentence.start
        for name in names:
            at = self.text.index(name, at)
            spans.append(Span(at, at + len(name)))
            at += len(name)
        self.enumerations.append(Enumeration(claim, tuple(spans), closed, Span(spans[0].start, spans[-1].end)))

    def run(self, lang: str = "zh") -> Outcome:
        document = Document(self.text, tuple(self.blocks), "txt", **self.document)
        found: tuple[str, ...] = ()
        if self.standard != "none":
            found = tuple(table.id for table in KNOWN.forms.standard(self.standard).tables)
        tables = Tables(self.standard, cells(self.standard, self.values), **{"found": found, **self.tables})
        said = Claims(tuple(self.claims), tuple(self.breakdowns), tuple(self.enumerations))
        claims, checks = reconcile(
            self.report,
            document,
            self.sections,
            tables,
            said,
            forms=KNOWN.forms,
            outline=KNOWN.outline,
            rulebook=KNOWN.rulebook,
        )
        return Outcome(claims, checks, findings(checks, KNOWN.rulebook, lang), self.text)


def one(quote: str, value: Number | None, indicator: str, standard: str = "2021", **more: Any) -> Paper:
    """A report of one sentence with one claim."""
    values, report = more.pop("values", {}), more.pop("report", {})
    section = more.pop("in_section", "requests")
    paper = Paper(standard, **report).part(section, "三、依申请公开", f"今年{quote}。")
    paper.values = dict(values)
    paper.claim(quote, value, indicator, **more)
    return paper
