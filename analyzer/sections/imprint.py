"""Who reports on which year, when it was published: title, preamble, signature, the fields of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from analyzer.document import Block, Document, Report
from analyzer.knowledge.outline import Outline
from analyzer.numerals import parse_number
from analyzer.sections import bodies
from analyzer.sections.titles import Title, find_title, named_titles, read_year, tidy, year_number

HEAD = 2500
TAIL = 800
FIELDS = 1500
NAMES = 12
SHORTEST, SIGNED = 8, 60
MILLENNIUM = frozenset("2２二")


def masthead(document: Document, outline: Outline, *, name: str = "") -> Report:
    """Agency, year, title, level, kind and date of publication (ISO); what cannot be told stays empty or None.

    `name` is the report's file name; it counts only where the text itself says nothing."""
    title = find_title(document, outline)
    others = list(named_titles([document.title, _stem(name)], outline))
    start = title.end if title else 0
    body = outline.simplified(document.text[start : start + HEAD])
    year = _year(title, others, body, outline)
    if year is None:
        year = _last_resort(document, name, outline)
    agency = _agency(title, others, document, body, outline)
    level = bodies.level_of(agency, outline)
    if level == "county" and bodies.is_city(agency, outline) and outline.patterns.subdivided.finds(document.text):
        level = "city"
    best = max([t for t in (title, *others) if t], key=lambda t: t.worth, default=None)
    return Report(
        agency=agency,
        year=year,
        title=best.text if best else "",
        level=level,
        kind=bodies.kind_of(agency, outline),
        published=_published(document, title, year, outline),
        title_span=title.span if title else None,
    )


def _stem(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"\.[A-Za-z]{2,5}$", "", last)


def _year(title: Title | None, others: list[Title], body: str, outline: Outline) -> int | None:
    """The year reported on: title, preamble, period, metadata."""
    if title and title.year is not None:
        return title.year
    patterns = outline.patterns
    named = [other.year for other in others if other.year is not None]
    for pattern in (patterns.named_year, patterns.period, patterns.preamble_year):
        if pattern is patterns.preamble_year and named:
            return named[0]
        found = pattern.regex.search(body)
        if found:
            digits = next(group for group in found.groups() if group)
            return year_number(digits, outline)
    return next(iter(named), None)


def _last_resort(document: Document, name: str, outline: Outline) -> int | None:
    """The year of the file's name, else the one that the text names most."""
    stem = read_year(_stem(name), outline)
    if stem is not None:
        return stem
    counts = Counter(found["year"] for found in outline.patterns.any_year.regex.finditer(document.text))
    return year_number(counts.most_common(1)[0][0], outline) if counts else None


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
    head = outline.simplified(document.text[:FIELDS])
    for found in patterns.author.regex.finditer(body[:FIELDS]):
        yield tidy(outline.fold(next(group for group in found.groups() if group)), outline)
    signed = _signatures(document.text, outline)
    for _, name in reversed(signed):
        yield tidy(outline.fold(name), outline)
    for start, _ in reversed(signed):
        above = document.text[max(0, start - 4 * SIGNED) : start].rstrip(" \n\t\u3000（(").rsplit("\n", 1)[-1]
        yield tidy(outline.fold(above), outline) if len(above) <= outline.lengths.inline else ""
    for found in patterns.agency_field.regex.finditer(head):
        yield tidy(outline.fold(found["body"]), outline)
    for line in head.split("\n")[:NAMES]:
        if 4 <= len(line.strip()) <= outline.lengths.plain:
            yield tidy(patterns.title_wrapper.regex.sub("", outline.fold(line)), outline)


def _published(document: Document, title: Title | None, year: int | None, outline: Outline) -> str:
    """The date signed, else the field of writing, else that under the title, else the page's; never a damaged one."""
    patterns, text = outline.patterns, document.text[: _close(document, outline)]
    signed = [start for start, _ in _signatures(text, outline)]
    edge = max(len(text) - TAIL, len(text) // 2)
    closing = [at for at in signed if at >= edge]
    printed = title.span.end if title is not None and title.span is not None else 0
    opening = [at for at in signed if at < HEAD and at < edge and at >= printed]
    head, tail = text[:FIELDS], text[-TAIL:]
    written = [head[found.end() :] for found in patterns.written_field.regex.finditer(head)]
    posted = [part[found.end() :] for part in (head, tail) for found in patterns.posted_field.regex.finditer(part)]
    dated = [[text[at : at + 2 * SIGNED] for at in places] for places in (closing[::-1], opening)]
    for place in (*dated[0], *written, *dated[1], *posted, document.published):
        day = read_date(place, outline)
        if day and (year is None or day.year >= year):
            return day.isoformat()
    return ""


def _close(document: Document, outline: Outline) -> int:
    """Where the report ends, tables with their titles behind it (an annex, a file beside it) left out."""
    close = len(document.text)
    for block in reversed(document.blocks):
        if isinstance(block, Block):
            signed = outline.patterns.signature.regex.match(block.text)
            if close == len(document.text) or signed or len(block.text) > SIGNED:
                break
        close = block.start
    return close


def _signatures(text: str, outline: Outline) -> list[tuple[int, str]]:
    """Lines that hold nothing but a date, with or without a name before it: their place and that name."""
    found, start = [], 0
    for line in text.split("\n"):
        if SHORTEST <= len(line) <= SIGNED and not MILLENNIUM.isdisjoint(line):
            match = outline.patterns.signature.regex.match(line)
            if match:
                found.append((start + match.end("body"), match["body"]))
        start += len(line) + 1
    return found


def read_date(text: str, outline: Outline) -> date | None:
    """The date at the beginning of `text`, or None where it is damaged."""
    found = outline.patterns.date.regex.match(text.lstrip(" \t\u3000（("))
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
