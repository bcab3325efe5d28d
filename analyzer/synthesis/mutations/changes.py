"""The changes that the kit makes, one at a time, each with what it touches and what it must be seen by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analyzer.analysis import Analysis
from analyzer.document import Block, Cell, Document, Number
from analyzer.knowledge import Knowledge
from analyzer.numerals import parse_number, plain
from analyzer.synthesis.mutations.labels import Labels, Linked
from analyzer.synthesis.mutations.sight import Sight
from analyzer.synthesis.mutations.surface import Edit
from analyzer.tables import read_tables

KINDS = (
    *("cell_plus", "cell_minus", "cell_swap", "claim_more", "claim_swap"),
    *("row_blank", "column_blank", "heading", "paragraph", "year"),
)
"""Every table cell ±1 and with two digits swapped, every linked claim a tenth more and with two digits swapped, a row
or column of a table without its numbers, a heading that says nothing, a paragraph less, a year one earlier."""
LEAST = Decimal("0.1")
NO_NEED = "nothing else in the report needs it"
NOT_DEMANDED = "no part that the year demands, or one that stands elsewhere too"
NO_FIGURE = "no figure of the year hangs on it"


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change: its kind, what it touches, before and after; `keys` are the cells concerned, `values` the numbers
    that the table then must be read with, `place` where it stands; `seen` by what it must be seen, else
    `reason` why not."""

    kind: str
    what: str
    edits: tuple[Edit, ...]
    before: str
    after: str
    keys: tuple[str, ...] = ()
    values: tuple[tuple[str, Number | None], ...] = ()
    seen: str = ""
    reason: str = ""

    @property
    def place(self) -> int:
        """Where in the extracted text it begins, before and after."""
        return self.edits[0].start


@dataclass(frozen=True, slots=True)
class Words:
    """`mutations.toml`: the heading that says nothing, the ordinal before a heading, a number in the text."""

    heading: str
    ordinal: re.Pattern[str]
    numeral: re.Pattern[str]


def words(stated: Mapping[str, Any]) -> Words:
    """The file as read."""
    return Words(str(stated["heading"]), re.compile(stated["ordinal"]), re.compile(stated["numeral"]))


@dataclass(frozen=True, slots=True)
class Ground:
    """All that changes are made from: the labels, the analysis and document of the report as it is."""

    labels: Labels
    analysis: Analysis
    document: Document
    sight: Sight
    known: Knowledge
    words: Words


def mutations(ground: Ground) -> Iterator[Mutation]:
    """Every change of every kind, in the order of the report."""
    yield from _cells(ground)
    for claim in ground.labels.claims:
        yield from _claim(ground, claim)
    yield from _blanks(ground)
    yield from _headings(ground)
    yield from _paragraphs(ground)
    yield from _years(ground)


def read_cells(ground: Ground) -> dict[str, Cell]:
    """The cells that were read as they are labelled; only these are changed."""
    cells = {cell.key: cell for cell in ground.analysis.cells if cell.value is not None and cell.span is not None}
    return {key: cell for key, cell in cells.items() if ground.labels.cells.get(key, "") == cell.value}


def _cells(ground: Ground) -> Iterator[Mutation]:
    for key, cell in read_cells(ground).items():
        span = _numeral(ground, cell.span.start, cell.span.end) if cell.span else None
        if span is None or cell.value is None:
            continue
        text = ground.document.text[slice(*span)]
        for kind, new in _cell_numbers(cell.value, text):
            value = parse_number(new)
            if value is None:
                continue
            seen, reason = ground.sight.cell(key, value)
            edits = (Edit(*span, new),)
            yield Mutation(kind, key, edits, text, new, (key,), ((key, value),), seen, reason)


def _cell_numbers(value: Number, text: str) -> Iterator[tuple[str, str]]:
    yield "cell_plus", str(plain(Decimal(value) + 1))
    if value >= 1:
        yield "cell_minus", str(plain(Decimal(value) - 1))
    swapped = swap(text)
    if swapped:
        yield "cell_swap", swapped


def swap(text: str) -> str:
    """The first two neighbouring digits that differ, swapped, where the number still looks like one; else empty."""
    for at in range(len(text) - 1):
        a, b = text[at], text[at + 1]
        if a.isdigit() and b.isdigit() and a != b and not (b == "0" and (at == 0 or not text[at - 1].isdigit())):
            return text[:at] + b + a + text[at + 2 :]
    return ""


def _numeral(ground: Ground, start: int, end: int) -> tuple[int, int] | None:
    found = ground.words.numeral.search(ground.document.text, start, end)
    return found.span() if found else None


def _claim(ground: Ground, claim: Linked) -> Iterator[Mutation]:
    """A tenth more (at least one of its last digit), and two digits swapped."""
    found = ground.words.numeral.match(ground.document.text, claim.start)
    old = parse_number(found[0]) if found else None
    if not found or not old:
        return
    for kind, new in (("claim_more", _more(Decimal(old))), ("claim_swap", swap(found[0]))):
        number = parse_number(new) if new else None
        if number is None:
            continue
        seen, reason = ground.sight.claim(claim, Decimal(number) / Decimal(old))
        edits = (Edit(*found.span(), new),)
        yield Mutation(kind, claim.quote, edits, found[0], new, claim.keys, (), seen, reason)


def _more(old: Decimal) -> str:
    exponent = old.as_tuple().exponent
    step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)
    return str(old + max(step, (old * LEAST).quantize(step)))


def _blanks(ground: Ground) -> Iterator[Mutation]:
    """Rows (and the columns of the requests table) without any number."""
    cells, tables = read_cells(ground), ground.known.forms.by_standard.get(ground.labels.standard, {})
    groups: dict[tuple[str, str], list[Cell]] = {}
    for key, cell in cells.items():
        if cell.applicant:
            groups.setdefault(("row_blank", cell.indicator), []).append(cell)
            groups.setdefault(("column_blank", cell.applicant), []).append(cell)
        elif tables[key].table == "statistics":
            groups.setdefault(("row_blank", key), []).append(cell)
        else:
            groups.setdefault(("row_blank", key.rpartition(".")[0]), []).append(cell)
    for (kind, what), members in groups.items():
        spans = [cell.span for cell in members if cell.span]
        edits = tuple(Edit(span.start, span.end, "") for span in spans)
        keys = tuple(cell.key for cell in members)
        values = tuple((key, None) for key in keys)
        yield Mutation(kind, what, edits, ";".join(cell.raw for cell in members), "", keys, values, "cell.blank")


def _headings(ground: Ground) -> Iterator[Mutation]:
    required = set(ground.known.outline.required(ground.labels.year)) - {"statistics"}
    classes = [c for _, section in ground.labels.sections for c in section.split(";")]
    for heading, section in ground.labels.sections:
        block = next((b for b in ground.document.paragraphs if _plain(b.text) == heading), None)
        if block is None:
            continue
        ordinal = ground.words.ordinal.match(heading)
        start = _offset(block, ordinal.end() if ordinal else 0, ground.document)
        needed = [c for c in section.split(";") if c in required and classes.count(c) == 1]
        edits = (Edit(start, block.end, ground.words.heading),)
        reason = "" if needed else NOT_DEMANDED
        yield Mutation("heading", heading, edits, section, ground.words.heading, seen=";".join(needed), reason=reason)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def _offset(block: Block, count: int, document: Document) -> int:
    """Where in the extracted text the character after the first `count` that are no white space stands."""
    seen = 0
    for start, end in block.pieces:
        for at in range(start, end):
            if document.text[at].isspace():
                continue
            if seen == count:
                return at
            seen += 1
    return block.start


def _paragraphs(ground: Ground) -> Iterator[Mutation]:
    """Every paragraph of a part, but its headings and the lines of tables."""
    headings = {heading for heading, _ in ground.labels.sections}
    tops = {section.start for section in ground.analysis.sections if section.heading}
    regions = read_tables(ground.document, ground.known.forms, ground.analysis.report.standard_expected).regions
    prose = (b for b in ground.document.paragraphs if not any(start <= b.start < end for start, end in regions))
    blocks = [block for block in prose if block.start not in tops]
    for block in blocks:
        text = _plain(block.text)
        if text in headings or not text or ground.analysis.report.title_span is None:
            continue
        if block.start <= ground.analysis.report.title_span.end:
            continue
        alone = _alone(ground, block)
        edits = tuple(Edit(start, end, "") for start, end in block.pieces)
        seen, reason = ("section.empty", "") if alone else ("", NO_NEED)
        yield Mutation("paragraph", text[:20], edits, text[:20], "", seen=seen, reason=reason)


def _alone(ground: Ground, block: Block) -> bool:
    """Whether a paragraph is all that stands below a heading of the first depth that the year demands."""
    required = set(ground.known.outline.required(ground.labels.year))
    text = ground.document.text
    for section in ground.analysis.sections:
        if section.heading and section.body <= block.start and block.end <= section.end and section.depth == 1:
            rest = text[section.body : block.start] + text[block.end : section.end]
            return not re.search(r"\w", rest) and not required.isdisjoint(section.section.split(";"))
    return False


def _years(ground: Ground) -> Iterator[Mutation]:
    """The report's year, wherever the prose has it, one earlier."""
    year, text = str(ground.labels.year), ground.document.text
    for block in ground.document.paragraphs:
        for start, end in block.pieces:
            for found in re.finditer(rf"(?<!\d){year}(?!\d)", text[start:end]):
                at = start + found.start()
                seen, reason = _year_seen(ground, block, at)
                edits = (Edit(at, at + 4, str(ground.labels.year - 1)),)
                around = _plain(text[max(at - 6, 0) : at + 10])
                yield Mutation("year", around, edits, year, str(ground.labels.year - 1), seen=seen, reason=reason)


def _year_seen(ground: Ground, block: Block, at: int) -> tuple[str, str]:
    """Title, headings and the period must say one year; a sentence that begins with a year and states a labelled
    number of this year speaks of it."""
    title = ground.analysis.report.title_span
    if title is not None and title.start <= at < title.end:
        return "title", ""
    for check in ground.analysis.checks:
        if check.rule in ("period.year", "period.range") and check.span and check.span.start <= at < check.span.end:
            return "period", ""
    text = ground.document.text
    first = not re.search(r"[^\s。；;]", text[max(block.start, at - 1) : at])
    stop = text.find("。", at)
    told = any(at < claim.start < stop for claim in ground.labels.claims)
    trapped = any(trap in _plain(text[max(at - 12, 0) : at + 12]) and trap for trap in ground.labels.traps)
    if first and told and not trapped and len(re.findall(rf"{ground.labels.year}", text[at:stop])) == 1:
        return "sentence", ""
    return "", NO_FIGURE
