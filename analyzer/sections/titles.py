"""The report's title: one line, lines that belong together, or what metadata and file name hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from analyzer.document import Block, Document, Grid, Span
from analyzer.knowledge.outline import Outline
from analyzer.numerals import parse_number
from analyzer.sections import bodies

AHEAD = 24
WINDOW = 4
PARTS = re.compile(r"[-_|｜—–>＞»·/\\]+")


@dataclass(frozen=True, slots=True)
class Title:
    """A title with what it says of agency and year; `span` is None and `end` 0 where it is not in the text."""

    text: str
    agency: str
    year: int | None
    span: Span | None = None
    end: int = 0

    @property
    def worth(self) -> int:
        """How much it says: agency and year count most."""
        return 2 * bool(self.agency) + 2 * (self.year is not None)


@dataclass(frozen=True, slots=True)
class Row:
    """A short line at the head of the document: text without white space, and its place."""

    text: str
    span: Span


def find_title(document: Document, outline: Outline) -> Title | None:
    """The title as it stands in the text, if it does: the first that says most."""
    return best_title(list(rows_of(document.blocks, outline)), outline)


def best_title(rows: Sequence[Row], outline: Outline) -> Title | None:
    """The title in some lines that says most, the first of such."""
    best: Title | None = None
    for end, row in enumerate(rows, start=1):
        if not outline.patterns.title_end.regex.search(row.text):
            continue
        for size in range(1, min(WINDOW, end) + 1):
            found = _at(rows, end - size, size, outline)
            if found and (best is None or found.worth > best.worth):
                best = found
    return best


def named_titles(texts: Iterable[str], outline: Outline) -> Iterator[Title]:
    """Titles in metadata and file names: the whole, or the part between marks that is a title."""
    for text in texts:
        pieces = [text, *PARTS.split(text), PARTS.sub("", text)]
        found = [t for t in (parse_title(outline.fold(piece), outline) for piece in pieces if piece.strip()) if t]
        if found:
            yield max(found, key=lambda title: title.worth)


def parse_title(line: str, outline: Outline) -> Title | None:
    """The folded line as a title, or None."""
    patterns = outline.patterns
    clean = patterns.title_noise.regex.sub("", patterns.title_wrapper.regex.sub("", line)).rsplit(":", 1)[-1]
    found = patterns.title.regex.match(clean) if len(clean) <= outline.lengths.title else None
    if found is None:
        return None
    core = clean[: found.start("tail")] if found["tail"] else clean
    year = read_year(core, outline)
    lead = patterns.title_year.regex.sub("", found["lead"])
    agency = tidy(lead, outline)
    return Title(clean, agency, year if year is not None else read_year(clean, outline))


def read_year(text: str, outline: Outline) -> int | None:
    """The first year that `text` names."""
    found = outline.patterns.title_year.regex.search(text)
    return year_number(found["year"], outline) if found else None


def year_number(digits: str, outline: Outline) -> int | None:
    """A year's digits, Arabic or Chinese, as a number."""
    value = parse_number(re.sub("[oO]", "0", outline.fold(digits)))
    return value if isinstance(value, int) and 2000 <= value < 2100 else None


def tidy(name: str, outline: Outline) -> str:
    """An agency's name without what stands round it; empty when it names none."""
    previous = ""
    while name != previous:
        previous, name = name, outline.patterns.title_rest.regex.sub("", name).strip()
        name = _balanced(name)
    if len(name) < 2 or outline.patterns.self.finds(name):
        return ""
    return name.replace("(", "（").replace(")", "）")


def _balanced(name: str) -> str:
    """`name` without brackets round its beginning or all of it, or half a pair at an end."""
    if name[:1] == "(" and name.count("(") == name.count(")") == 1:
        return name[1:].replace(")", "")
    if name.count("(") > name.count(")") and name[:1] == "(":
        return name[1:]
    return name[:-1] if name.count(")") > name.count("(") and name[-1:] == ")" else name


def rows_of(blocks: Iterable[Block | Grid], outline: Outline) -> Iterator[Row]:
    """The first short lines of some blocks, those of tables cell by cell."""
    count = 0
    for block in blocks:
        if count >= AHEAD:
            return
        for text, span in _texts(block):
            count += 1
            yield Row(outline.fold(text) if len(text) <= 2 * outline.lengths.title else "", span)


def _texts(block: Block | Grid) -> Iterator[tuple[str, Span]]:
    if isinstance(block, Block):
        if block.text.strip():
            first = len(block.text) - len(block.text.lstrip())
            yield block.text.strip(), block.locate(first, len(block.text.rstrip()))
        return
    for row in block.rows[:6]:
        for cell in {c.start: c for c in row if c.text.strip()}.values():
            yield cell.text, Span(cell.start, cell.end, block.page)


def _at(rows: Sequence[Row], at: int, size: int, outline: Outline) -> Title | None:
    """The title that `size` rows from `at` on make together, if they do."""
    window = rows[at : at + size]
    if not all(row.text for row in window) or outline.ordinal.match(window[0].text):
        return None
    joined = "".join(row.text for row in window)
    following = rows[at + size].text if at + size < len(rows) else ""
    if len(following) <= outline.lengths.subtitle and outline.patterns.other_title.finds(joined + following):
        return None
    title = parse_title(joined, outline)
    if title is None or (size > 1 and title.agency and not bodies.kind_of(title.agency, outline)):
        return None
    span = Span(window[0].span.start, window[-1].span.end, window[0].span.page)
    return _page(Title(title.text, title.agency, title.year, span, span.end), rows[at + size :], outline)


def _page(title: Title, below: Sequence[Row], outline: Outline) -> Title:
    """`title` with the lines of its page below it: the year or month, the agency."""
    for row in below[:WINDOW]:
        named = len(row.text) <= outline.lengths.plain and not row.text.endswith(":")
        name = tidy(row.text, outline) if named else ""
        if outline.patterns.dateline.finds(row.text):
            year = outline.patterns.any_year.regex.search(row.text)
            stated = year_number(year["year"], outline) if year and title.year is None else title.year
            title = replace(title, year=stated, end=row.span.end)
        elif name and bodies.kind_of(name, outline) and not outline.known(outline.bare(row.text)):
            title = replace(title, agency=title.agency or name, end=row.span.end)
        else:
            break
    return title
