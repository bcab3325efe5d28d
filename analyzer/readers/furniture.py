"""Lines that belong to the page and not to the report: page numbers, running heads, contents, navigation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analyzer.knowledge.layout import Layout
from analyzer.readers.grid import Rows
from analyzer.readers.lines import PAGE, Item, Line, columns

LONGEST = 120
LONGEST_HEAD = 45
PRINTED = frozenset("0123456789hf")
"""How a browser's head or foot begins: with a day or an address."""
_SENTENCE = re.compile(r"[，。；：！？]")
_COLON = re.compile(r"\s*[:：|｜]")
_VARYING = re.compile(r"[\d\s]+")
_CONTENTS_ROW = re.compile(r"(?P<head>\S.*?)[\s.．·…]*[\s.．·…](?P<page>\d{1,3})")


def without_furniture(items: Sequence[Item], layout: Layout) -> list[Item]:
    """The items without page furniture; what follows a dropped page number or running head lies behind a page's end."""
    pages = _pages(items, layout)
    dropped = _edges(items, pages, layout) | _contents(items, layout)
    kept: list[Item] = []
    gap = 0
    for number, item in enumerate(items):
        if isinstance(item, Line):
            if number in dropped:
                gap = PAGE
                continue
            if not item.level and _is_navigation(item.text, layout):
                gap = max(gap, 1)
                continue
            item.gap = max(item.gap, gap)
        gap = 0
        kept.append(item)
    return kept


def _is_navigation(text: str, layout: Layout) -> bool:
    """Whether a line is navigation, a stamp (day, source, clicks) or a footer of a web page."""
    return len(text) <= LONGEST and text[-1] not in "。；！？，" and layout.navigation.match(text) is not None


def is_record(said: str, layout: Layout) -> bool:
    """Whether a box or table holds the data of a document (index number, issuer, days) and not the document; a sentence
    may name such data, then no colon follows."""
    if len(said) > 1200:
        return False
    found = layout.meta_label.finditer(said)
    prose = said.rstrip().endswith("。")
    labels = {_VARYING.sub("", m[0]) for m in found if not prose or _COLON.match(said, m.end())}
    return len(labels) >= 3 or (len(labels) == 2 and len(said) <= 160)


def _pages(items: Sequence[Item], layout: Layout) -> list[list[int]]:
    """Indexes of the items of each page, where the format, form feeds or, without any, page numbers show where pages
    end."""
    fed = any(isinstance(item, Line) and item.page is not None for item in items)
    pages: list[list[int]] = [[]]
    last: int | None = None
    for number, item in enumerate(items):
        line = item if isinstance(item, Line) else None
        page = None if isinstance(item, Rows) else item.page
        if fed and ((line is not None and line.gap == PAGE) or (page is not None and last not in (None, page))):
            pages.append([])
        last = last if page is None else page
        pages[-1].append(number)
        if not fed and line is not None and _is_page_number(line.text, layout):
            pages.append([])
    return [page for page in pages if page]


def _edges(items: Sequence[Item], pages: Sequence[Sequence[int]], layout: Layout) -> set[int]:
    """Page numbers anywhere, bare numbers and repeated short lines at the top or bottom of pages."""
    lines = {n: item for n, item in enumerate(items) if isinstance(item, Line)}
    dropped = {n for n, line in lines.items() if _is_page_number(line.text, layout)}
    if len(pages) < 2:
        return dropped
    tops: list[list[int]] = []
    feet: list[list[int]] = []
    inside = [[n for n in page if n not in dropped] for page in pages]
    told = [any(n in lines and layout.page_number.match(lines[n].text) for n in page) for page in pages]
    numbers = _edge_numbers([[] if own else page for own, page in zip(told, inside, strict=True)], lines, layout)
    dropped |= numbers
    for inner in inside:
        rest = [n for n in inner if n not in numbers]
        tops.append([n for n in rest[:2] if n in lines])
        feet.append([n for n in rest[2:][:-3:-1] if n in lines])
    return dropped | _running(tops, lines) | _running(feet, lines)


def _edge_numbers(pages: Sequence[Sequence[int]], lines: dict[int, Line], layout: Layout) -> set[int]:
    """Numbers alone at the top or bottom of pages that tell their number in no other way; where a page has one at
    both, only that of the side where most pages have theirs."""
    found: list[list[int]] = []
    for page in pages:
        ends = [n for n in dict.fromkeys([*page[:1], *page[-1:]]) if n in lines]
        found.append([n for n in ends if layout.edge_number.match(lines[n].text) and not _in_table(n, page, lines)])
    tops = sum(page[0] in own for page, own in zip(pages, found, strict=True) if page)
    feet = sum(page[-1] in own for page, own in zip(pages, found, strict=True) if page)
    return {n for own in found for n in (own if len(own) < 2 or tops == feet else own[:1] if tops > feet else own[1:])}


def _is_page_number(text: str, layout: Layout) -> bool:
    """Whether a line is a page number or what a browser prints at the head or foot of a page."""
    if len(text) <= 20 and layout.page_number.match(text):
        return True
    return text[0] in PRINTED and layout.print_edge.match(text) is not None


def _in_table(number: int, page: Sequence[int], lines: dict[int, Line]) -> bool:
    """Whether a bare number at a page's edge ends (or begins) a column of short lines: then it is a cell."""
    at = page.index(number)
    near = page[max(at - 3, 0) : at] if at else page[1:4]
    return (
        len(near) == 3
        and all(n in lines and len(lines[n].text) <= 30 for n in near)
        and all(lines[n].gap == 0 for n in ([*near[1:], number] if at else near))
    )


def _running(edges: Sequence[Sequence[int]], lines: dict[int, Line]) -> set[int]:
    """Short lines that stand at the same place of at least half of the pages, digits aside."""
    keys = [{n: (at, _key(lines[n].text)) for at, n in enumerate(page)} for page in edges]
    count = Counter(key for page in keys for key in page.values() if 4 <= len(key[1]) <= LONGEST_HEAD)
    running = {key for key, times in count.items() if times >= max(2, len(edges) / 2)}
    found: set[int] = set()
    for number, page in enumerate(keys):
        heads = [n for n, key in page.items() if key in running]
        if number == 0:
            heads = [n for n in heads[:1] if _said_again(n, lines)]
        found.update(heads)
    return found


def _said_again(number: int, lines: dict[int, Line]) -> bool:
    """Whether the first page says the words of its running head in another line too, so that no title is lost."""
    key = _key(lines[number].text)
    near = (lines[n].text for n in range(number - 3, number + 8) if n != number and n in lines)
    return any(key in _key(text) for text in near)


def _key(text: str) -> str:
    return "" if len(columns(text)) > 2 or _SENTENCE.search(text) else _VARYING.sub("", text)


def _contents(items: Sequence[Item], layout: Layout) -> set[int]:
    """Lines of a table of contents: dot leaders anywhere, and below its heading entries with a page number."""
    found: set[int] = set()
    title: int | None = None
    for number, item in enumerate(items):
        if not isinstance(item, Line) or len(item.text) > LONGEST:
            title = None
        elif layout.contents_title.match(item.text):
            title = number
        elif layout.contents.match(item.text) or (title is not None and _is_entry(item.text, layout)):
            found.update({number} if title is None else {number, title})
        elif number - 1 != title:
            title = None
    return found


def _is_entry(text: str, layout: Layout) -> bool:
    return layout.opening.match(text) is not None and _CONTENTS_ROW.fullmatch(text) is not None
