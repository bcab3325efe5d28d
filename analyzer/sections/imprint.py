"""Who reports on which year, when it was published: title, preamble, signature, the fields of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from analyzer.document import Document, Report
from analyzer.knowledge.outline import Outline
from analyzer.numerals import parse_number
from analyzer.sections import bodies
from analyzer.sections.titles import Title, find_title, named_titles, read_year, tidy, year_number

HEAD = 2500
TAIL = 800
FIELDS = 1500


def masthead(document: Document, outline: Outline, *, name: str = "") -> Report:
    """Agency, year, title, level, kind and date of publication (ISO); what cannot be told stays empty or None.

    `name` is the report's file name; it counts only where the text itself says nothing."""
    title = find_title(document, outline)
    others = list(named_titles([document.title, _stem(name)], outline))
    body = document.text[title.end : title.end + HEAD] if title else document.text[:HEAD]
    year = _year(title, others, body, document, name, outline)
    agency = _agency(title, others, document, body, outline)
    best = title or next(iter(others), None)
    return Report(
        agency=agency,
        year=year,
        title=best.text if best else "",
        level=bodies.level_of(agency, outline),
        kind=bodies.kind_of(agency, outline),
        published=_published(document, title, year, outline),
        title_span=title.span if title else None,
    )


def _stem(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"\.[A-Za-z]{2,5}$", "", last)


def _year(
    title: Title | None, others: list[Title], body: str, document: Document, name: str, outline: Outline
) -> int | None:
    """The year reported on: title, preamble, period, metadata, file name, the year named most."""
    if title and title.year is not None:
        return title.year
    patterns = outline.patterns
    for pattern in (patterns.period, patterns.preamble_year):
        found = pattern.regex.search(body)
        if found:
            digits = next(group for group in found.groups() if group)
            return year_number(digits, outline)
    named = next((other.year for other in others if other.year is not None), None)
    if named is not None:
        return named
    stem = read_year(_stem(name), outline)
    counts = Counter(found["year"] for found in patterns.any_year.regex.finditer(document.text))
    most = year_number(counts.most_common(1)[0][0], outline) if counts else None
    return stem if stem is not None else most


def _agency(title: Title | None, others: list[Title], document: Document, body: str, outline: Outline) -> str:
    """The agency named first by title, metadata, preamble, signature, fields; a name with a known end before others."""
    named = [t.agency for t in (title, *others) if t and t.agency]
    for agency in named:
        if bodies.kind_of(agency, outline):
            return agency
    for agency in _candidates(document, body, outline):
        if agency and bodies.kind_of(agency, outline):
            return agency
    return next(iter(named), "")


def _candidates(document: Document, body: str, outline: Outline) -> Iterator[str]:
    """Names in the preamble, the signature, and the fields that pages put round a report."""
    patterns = outline.patterns
    for found in patterns.author.regex.finditer(body[:FIELDS]):
        yield tidy(outline.fold(next(group for group in found.groups() if group)), outline)
    signed = list(patterns.signature.regex.finditer(document.text))
    for found in reversed(signed):
        yield tidy(outline.fold(found["body"]), outline)
    for signature in reversed(signed):
        above = document.text[: signature.start()].rstrip().rsplit("\n", 1)[-1]
        yield tidy(outline.fold(above), outline) if len(above) <= outline.lengths.inline else ""
    for found in patterns.agency_field.regex.finditer(document.text[:FIELDS]):
        yield tidy(outline.fold(found["body"]), outline)
    for line in document.text[:FIELDS].split("\n")[:12]:
        if 4 <= len(line.strip()) <= outline.lengths.plain:
            yield tidy(outline.fold(line), outline)


def _published(document: Document, title: Title | None, year: int | None, outline: Outline) -> str:
    """The date signed, else the field of writing, else that under the title, else the page's; never a damaged one."""
    patterns, text = outline.patterns, document.text
    signed = [found.start() for found in patterns.signature.regex.finditer(text)]
    edge = max(len(text) - TAIL, len(text) // 2)
    closing = [at for at in signed if at >= edge]
    opening = [at for at in signed if at < HEAD and at < edge and (title is None or at >= title.end)]
    head, tail = text[:FIELDS], text[-TAIL:]
    written = [head[found.end() :] for found in patterns.written_field.regex.finditer(head)]
    posted = [part[found.end() :] for part in (head, tail) for found in patterns.posted_field.regex.finditer(part)]
    places = [text[at:] for at in (*reversed(closing),)] + written + [text[at:] for at in opening] + posted
    for place in (*places, document.published):
        day = read_date(place, outline)
        if day and (year is None or day.year >= year):
            return day.isoformat()
    return ""


def read_date(text: str, outline: Outline) -> date | None:
    """The date at the beginning of `text` (its first line), or None where it is damaged."""
    found = outline.patterns.date.regex.search(text[:80])
    if found is None:
        return None
    year, month = year_number(found["year"], outline), _small(found["month"])
    day = _small(found["day"])
    try:
        return date(year, month, day) if year and month and day else None
    except ValueError:
        return None


def _small(text: str) -> int:
    value = 1 if text == "元" else parse_number(text)
    return value if isinstance(value, int) else 0
