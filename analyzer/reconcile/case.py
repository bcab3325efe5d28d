"""One report with all that its checks look at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from analyzer.document import Block, Cell, Claim, Claims, Document, Number, Report, Section, Span, Tables
from analyzer.knowledge.forms import Forms
from analyzer.knowledge.outline import Outline
from analyzer.knowledge.rulebook import NEW, OLD, Rulebook

NUMERALS = "〇一二三四五六七八九十"
NEW_LAW = 2019
"""First report year under the Regulation of 2019."""
DIGIT = re.compile(r"[0-9]")
QUOTE = 48
"""Longest quote in a message, in characters."""


@dataclass(slots=True)
class Case:
    """A report's parts, and its prose as one text with a line a paragraph (`prose`), tables left out."""

    report: Report
    document: Document
    sections: tuple[Section, ...]
    tables: Tables
    said: Claims
    forms: Forms
    outline: Outline
    rulebook: Rulebook
    blocks: list[Block] = field(init=False)
    offsets: list[int] = field(init=False)
    prose: str = field(init=False)
    _starts: list[int] = field(init=False)
    _columns: dict[str, str] = field(init=False)
    _tops: frozenset[str] = field(init=False)
    _found: dict[str, list[re.Match[str]]] = field(init=False)

    def __post_init__(self) -> None:
        regions = self.tables.regions
        self.blocks = [
            block
            for block in self.document.paragraphs
            if block.text and not any(start <= block.start < end for start, end in regions)
        ]
        self._found = {}
        self.offsets, total = [], 0
        for block in self.blocks:
            self.offsets.append(total)
            total += len(block.text) + 1
        self.prose = "\n".join([block.text for block in self.blocks])
        self._starts = [section.start for section in self.sections]
        found = self.tables.standard
        rows = self.forms.rows(found if found != "none" else self.report.standard_expected, "requests")
        self._tops = frozenset(row.indicator for row in rows if not row.part_of)
        self._columns = {column.indicator: column.label for column in self.forms.applicants(self.tables.standard)}

    def span(self, start: int, end: int) -> Span:
        """Place in the extracted text of `prose[start:end]` (not empty, within one paragraph)."""
        number = bisect_right(self.offsets, start) - 1
        block, offset = self.blocks[number], self.offsets[number]
        return block.locate(start - offset, min(end - offset, len(block.text)))

    def place(self, offset: int) -> int:
        """Place in the extracted text where the paragraph begins that holds an offset of the prose."""
        return self.blocks[bisect_right(self.offsets, offset) - 1].start

    def find(self, pattern: str) -> Sequence[re.Match[str]]:
        """Matches of a pattern of the rulebook in the prose."""
        if pattern not in self._found:
            self._found[pattern] = list(self.rulebook.patterns[pattern].finditer(self.prose))
        return self._found[pattern]

    def position(self, offset: int) -> int:
        """Place in the prose of a place in the extracted text: that of its paragraph where it is not exact."""
        number = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        if number < 0:
            return 0
        inside = 0
        for start, end in self.blocks[number].pieces:
            if offset < end:
                return self.offsets[number] + inside + max(offset - start, 0)
            inside += end - start
        return self.offsets[number] + inside

    def section_at(self, start: int) -> Section | None:
        """The innermost section that holds a place in the extracted text."""
        for section in reversed(self.sections[: bisect_right(self._starts, start)]):
            if start < section.end:
                return section
        return None

    def part_at(self, start: int) -> Section | None:
        """The outermost section that holds a place in the extracted text."""
        return next((s for s in self.sections if s.depth == 1 and s.start <= start < s.end), None)

    def classes_at(self, start: int) -> frozenset[str]:
        """Section classes of all sections round a place in the extracted text."""
        return frozenset(
            part
            for section in self.sections[: bisect_right(self._starts, start)]
            if start < section.end
            for part in section.section.split(";")
        )

    def heading(self, span: Span | None) -> str:
        """The heading that stands over a place, empty before the first."""
        section = self.section_at(span.start) if span else None
        return squeeze(section.heading) if section else ""

    def quote(self, span: Span | None) -> str:
        """The text at a place in one line, cut where it is long."""
        if span is None:
            return ""
        text = squeeze(self.document.text[span.start : span.end])
        return text if len(text) <= QUOTE else text[: QUOTE - 1] + "…"

    def at(self, span: Span | None) -> dict[str, str]:
        """Values of a message that speaks of one place in the prose."""
        return {"quote": self.quote(span), "heading": self.heading(span)}

    def both(self, span: Span | None, second: Span | None) -> dict[str, str]:
        """Values of a message that speaks of two places in the prose."""
        return self.at(span) | {"quote2": self.quote(second), "heading2": self.heading(second)}

    @property
    def year(self) -> int | None:
        """The report's year; where it tells none, the first of its form."""
        form = self.report.standard_expected
        since = self.forms.standard(form).since if form != "none" else None
        return since if self.report.year is None else self.report.year

    def form(self) -> str:
        """The document that sets the form expected of the report, else the one its tables follow, else empty."""
        for standard in (self.report.standard_expected, self.tables.standard):
            if standard != "none":
                return self.forms.standard(standard).document
        return ""

    def basis(self) -> dict[str, str]:
        """Values that name the form and the Regulation in force for the report's year (unknown: the new one)."""
        return {"form": self.form(), "regulation": OLD if (self.report.year or NEW_LAW) < NEW_LAW else NEW}

    def independent(self, total: Claim, part: Claim) -> bool:
        """Whether two linked claims state rows of the form of which neither is part of another."""
        first, second = (claim.indicator.partition("/")[0] for claim in (total, part))
        return first != second and {first, second} <= self._tops

    def column(self, cell: Cell) -> str:
        """The column of a cell of the requests table, empty for others."""
        return self._columns.get(cell.applicant, "").rpartition(" / ")[2]

    def row(self, cell: Cell) -> str:
        """The row of a cell of the requests table, the label of others."""
        name, column = self.forms.name(self.tables.standard, cell.indicator), self._columns.get(cell.applicant, "")
        if name:
            return name
        return cell.label.removesuffix(f" / {column}").rpartition(" / ")[2] if column else cell.label

    def short(self, cell: Cell) -> str:
        """A cell's label without the headings above its row."""
        row, column = self.row(cell), self.column(cell)
        if cell.applicant:
            return row if row.endswith(column) else f"{row} / {column}"
        if row != cell.label:
            return row
        return " / ".join(cell.label.split(" / ")[-2:])

    def paragraph(self, span: Span) -> int:
        """The number of the paragraph that holds the start of a place."""
        return bisect_right(self.blocks, span.start, key=lambda block: block.start)

    def claim(self, index: int) -> Claim:
        """A claim by its index."""
        return self.said.claims[index]


def squeeze(text: str) -> str:
    """`text` in one line, without markup of emphasis."""
    return re.sub(r"\s+|\*\*|</?b>", "", text) if re.search(r"[\s*<]", text) else text


def digitless(case: Case, claim: Claim) -> str:
    """The words of a claim's quote without its digits."""
    return DIGIT.sub("", case.quote(claim.span))


def spoken(number: Number | str | None) -> str:
    """A number as a message prints it, without zeros at its end."""
    if not isinstance(number, Decimal):
        return "" if number is None else str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def numeral(value: int) -> str:
    """A number below 100 in Chinese numerals."""
    tens, ones = divmod(value, 10)
    high = "" if tens == 0 else NUMERALS[10] if tens == 1 else NUMERALS[tens] + NUMERALS[10]
    return high + (NUMERALS[ones] if ones else "")
