"""The report's parts: missing, only mentioned, empty, repeated, out of order, numbered with gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from analyzer.document import Check, Outcome, Section, Span
from analyzer.numerals import parse_number
from analyzer.reconcile.case import NEW_LAW, Case, numeral, squeeze

TABLED = "statistics"
NUMERAL = re.compile(r"[0-9０-９]+|[〇零一二三四五六七八九十]+")
WORD = re.compile(r"\w")
MARKS = "、．.。，,：: \u3000"
MARK = r"(?=[、．.。，,：:）)\]】\s])(?![.．]\d)"


def check_sections(case: Case) -> Iterator[Check]:
    """All checks of the parts."""
    yield from _required(case)
    yield from _filled(case)
    yield from _repeated(case)
    yield from _ordered(case)
    yield from _numbered(case)


def _required(case: Case) -> Iterator[Check]:
    """The parts that law and form demand of the year; the statistics are asked for as tables."""
    names = {entry.section: entry for entry in case.outline.sections}
    present = {part for section in case.sections for part in section.section.split(";") if section.heading}
    for wanted in case.outline.required(case.year):
        if wanted == TABLED:
            continue
        if wanted in present:
            yield Check("section.missing", "holds", wanted)
            continue
        values = {"name": names[wanted].name, "name_en": names[wanted].name_en}
        line = _mention(case, wanted)
        if line is None:
            yield Check("section.missing", "violated", wanted, wanted, "", values=values)
        else:
            yield Check("section.missing", "holds", wanted)
            yield Check("section.unheaded", "violated", wanted, span=line, values=values | case.at(line))


def _mention(case: Case, section: str) -> Span | None:
    """The first paragraph that speaks of a part without heading."""
    if not case.outline.mentions(case.prose, section):
        return None
    for block, offset in zip(case.blocks, case.offsets, strict=True):
        if case.outline.mentions(block.text, section):
            return case.span(offset, offset + len(block.text))
    return None


def _filled(case: Case) -> Iterator[Check]:
    """Headings with nothing below; parts whose table is missing are empty for that reason, which is told once, and
    those whose table stands in an annex are not."""
    expected = case.report.standard_expected
    tables = case.forms.standard(expected).tables if expected != "none" else ()
    annexed = _annexed(case)
    lost = {table.section for table in tables if annexed or table.id not in case.tables.found}
    for section in case.sections:
        if not section.heading or WORD.search(_unsigned(section, case)):
            continue
        if section.section in lost or any(section.start <= at < section.end for at in case.document.pictures):
            continue
        if _captioned(section, case):
            continue
        span = Span(section.start, max(section.body, section.start + 1))
        values = case.at(span) | {"quote": squeeze(section.heading)}
        needed = not set(section.section.split(";")).isdisjoint(case.outline.required(case.year))
        outcome: Outcome = "violated" if needed and section.depth == 1 else "suspect"
        yield Check("section.empty", outcome, section.section, span=span, values=values)


def _annexed(case: Case) -> bool:
    """Whether all tables stand behind the last part: in an annex, or in a file of their own."""
    last = max((section.start for section in case.sections if section.heading and section.depth == 1), default=0)
    return bool(case.tables.regions) and all(start > last for start, _ in case.tables.regions)


def _unsigned(section: Section, case: Case) -> str:
    """What stands in a section; in the last one without the name and the date that sign the report."""
    said = case.document.said(section.body, section.end)
    if section.end < len(case.document.text):
        return said
    lines = [line.strip() for line in said.split("\n") if line.strip()]
    if len(lines) <= 2 and lines and case.outline.patterns.signature.finds(lines[-1]):
        lines = [line for line in lines[:-1] if squeeze(line) not in case.report.agency]
    return "\n".join(lines)


def _captioned(section: Section, case: Case) -> bool:
    """Whether the title of the table follows at once, as a heading of the same class."""
    return any(other.start == section.end and other.section == section.section for other in case.sections)


def _repeated(case: Case) -> Iterator[Check]:
    """The same heading twice below one part."""
    seen: dict[tuple[int, str], Section] = {}
    for section in case.sections:
        if not section.heading:
            continue
        quote = squeeze(section.heading)
        above = seen.get((case.sections[section.parent - 1].parent, quote)) if section.parent else None
        first = (
            above if above and above.ordinal == section.parent else seen.setdefault((section.parent, quote), section)
        )
        if first is not section and not _caption(section, first, case):
            span, second = _line(section), _line(first)
            values = case.both(span, second) | {"quote": quote}
            yield Check("section.repeated", "violated", section.section, span=span, second=second, values=values)


def _caption(section: Section, first: Section, case: Case) -> bool:
    """Whether a heading is only the title right above a table, which says again what the empty heading before it said,
    or without a number what one with a number or the title of another table said."""
    if not _tabled(section, case):
        return False
    if not section.number and (first.number or _tabled(first, case)):
        return True
    return first.end == section.start and not case.document.said(first.body, first.end).strip()


def _tabled(section: Section, case: Case) -> bool:
    """Whether a table stands right below a heading, or round it."""
    begun = next(((a, b) for a, b in case.tables.regions if b > section.start), None)
    if begun is None or begun[0] >= section.end:
        return False
    return begun[0] <= section.start or not case.document.said(section.body, begun[0]).strip()


def _ordered(case: Case) -> Iterator[Check]:
    """The six parts of the form since 2019, where each stands exactly once; older forms set no order."""
    expected = case.report.standard_expected
    if expected == "none" or (case.report.year or 0) < NEW_LAW:
        return
    order = case.forms.standard(expected).sections
    tops = [section for section in case.sections if section.depth == 1 and section.section in order]
    ids = [section.section for section in tops]
    if set(ids) != set(order) or len(ids) != len(order):
        return
    names = {entry.section: entry for entry in case.outline.sections}
    wrong = next((s for s, wanted in zip(tops, order, strict=True) if s.section != wanted), None)
    if wrong is None:
        yield Check("section.order", "holds")
        return
    told = {"quote": squeeze(wrong.heading)}
    told |= {"order": ";".join(names[i].name for i in order), "order_en": ";".join(names[i].name_en for i in order)}
    yield Check("section.order", "violated", wrong.section, span=_line(wrong), values=told)


def _numbered(case: Case) -> Iterator[Check]:
    """Headings side by side whose numbers jump."""
    rows: dict[tuple[int, int], list[tuple[Section, int]]] = {}
    for section in case.sections:
        found = NUMERAL.search(section.number)
        value = parse_number(found[0]) if found else None
        if isinstance(value, int):
            rows.setdefault((section.parent, section.depth), []).append((section, value))
    for row in rows.values():
        for (before, low), (after, high) in pairwise(row):
            jumps = high > low + 1 and high - low < 5 and _style(before) == _style(after)
            if jumps and not _printed(case, before, after, low + 1):
                span, second = _line(after), _line(before)
                told = {"quote": squeeze(after.heading), "quote2": squeeze(before.heading)}
                yield Check("ordinal.heading", "violated", "", low + 1, high, "", span, second, told)


def _printed(case: Case, before: Section, after: Section, lost: int) -> bool:
    """Whether the missing number begins a line or sentence between in the same form, which is no heading."""
    digits = NUMERAL.search(before.number)
    wanted = str(lost) if digits and digits[0].isdigit() else numeral(lost)
    form = NUMERAL.sub(wanted, before.number).strip(MARKS)
    mark = MARK if form[-1:].isalnum() else ""
    begins = re.compile(rf"(?:^|(?<=[。；;]))[ \t\u3000*#>]*{re.escape(form)}{mark}", re.MULTILINE)
    places = [found.start() for found in begins.finditer(case.document.text, before.body, after.start)]
    return any(not any(start <= at < end for start, end in case.tables.regions) for at in places)


def _style(section: Section) -> str:
    return NUMERAL.sub("1", section.number)


def _line(section: Section) -> Span:
    return Span(section.start, max(section.body, section.start + 1))
