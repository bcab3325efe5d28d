"""What pages put round a report: running heads, page numbers, what a web site prints before its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from analyzer.document import Grid
from analyzer.knowledge.layout import Layout
from analyzer.readers.furniture import is_record, without_furniture
from analyzer.readers.lines import PROSE, Line, columns
from analyzer.readers.pages.lines import SetLine, measure
from analyzer.readers.pages.model import Table
from analyzer.readers.pages.order import Sheet

PLACE = 8.0
"""Points within which heads of pages stand at the same place."""
EDGE = 2
"""Lines at the top and at the foot of a page that may hold its number beside other words."""
LARGE = 1.15
"""How much larger than the text a title is."""
_FIGURES = re.compile(r"[\d\s]+")


def kept(sheets: Sequence[Sheet], layout: Layout) -> list[SetLine]:
    """The lines of the report, without those of the page."""
    items: list[Line | Grid] = []
    running = _running(sheets)
    lead = _lead(sheets, layout)
    for sheet in sheets:
        lines = _lines(sheet)
        left_out = {id(line) for line in (*lines[:EDGE], *lines[-EDGE:]) if _numbers_page(line, layout)}
        left_out |= running | lead
        for item in sheet.items:
            if isinstance(item, SetLine) and id(item) not in left_out:
                items.append(item)
            elif isinstance(item, Table):
                items.append(Grid((), 0, 0, sheet.page.number))
    found = [item for item in without_furniture(items, layout) if isinstance(item, SetLine)]
    found = [line for line in found if not layout.continued.match(line.text)]
    while found and layout.footer.search(found[-1].text):
        found.pop()
    return found


def _lines(sheet: Sheet) -> list[SetLine]:
    return [item for item in sheet.items if isinstance(item, SetLine)]


def _running(sheets: Sequence[Sheet]) -> set[int]:
    """The lines, by their ids, that stand in the same words, size and place at the head or foot of at least half of the
    pages."""
    places: dict[tuple[str, int, int], list[SetLine]] = {}
    for sheet in sheets:
        lines = _lines(sheet)
        for line in {id(line): line for line in (*lines[:EDGE], *lines[-EDGE:])}.values():
            for y in {int(line.box.y0 / PLACE), int(line.box.y0 / PLACE + 0.5)}:
                words = _FIGURES.sub("", line.text)
                if len(words) > 1 and not PROSE.search(words):
                    places.setdefault((words, y, round(line.size)), []).append(line)
    least = max(2, len(sheets) / 2)
    return {id(line) for lines in places.values() if len({line.page for line in lines}) >= least for line in lines}


def _numbers_page(line: SetLine, layout: Layout) -> bool:
    """Whether a part of a line at a page's edge is the page's number."""
    parts = columns(line.text)
    return len(parts) > 1 and any(layout.page_number.match(part) for part in parts)


def _lead(sheets: Sequence[Sheet], layout: Layout) -> set[int]:
    """The lines, by their ids, that a web site prints before the report's title: menus, news, the data of the
    document. They are told by a line of navigation among them, and by the title's size."""
    lines = [line for sheet in sheets for line in _lines(sheet)]
    if not any(_is_site(line, layout) for line in lines):
        return set()
    large = LARGE * measure(lines).size
    title = _title(lines, large, layout)
    before = list(takewhile(lambda line: line is not title, lines)) if title else []
    if not any(_is_site(line, layout) for line in before) or any(line.text.endswith("。") for line in before):
        return set()
    while before and title and (before[-1].size >= large or _in_line(before[-1], title)):
        before.pop()
    return {id(line) for line in before}


def _title(lines: Sequence[SetLine], large: float, layout: Layout) -> SetLine | None:
    """The line of the report's title, or the last of its lines: the largest, or the first that ends as a title does."""
    said = [line for line in lines if layout.title_word.search(line.text) and not _is_site(line, layout)]
    found = max((line for line in said if line.size >= large), key=lambda line: line.size, default=None)
    if found is not None:
        return found
    ending = (line for line in said if any(m.end() == len(line.text) for m in layout.title_word.finditer(line.text)))
    return next(ending, None)


def _in_line(above: SetLine, below: SetLine) -> bool:
    """Whether two lines have the same middle and not the same beginning, as lines set in the middle have."""
    middles = above.box.x0 + above.box.x1 - below.box.x0 - below.box.x1
    return abs(middles) <= below.size and abs(above.box.x0 - below.box.x0) > below.size


def _is_site(line: SetLine, layout: Layout) -> bool:
    """Whether a line is navigation of a web site or holds the data of a document."""
    return layout.navigation.match(line.text) is not None or is_record(line.text, layout)
