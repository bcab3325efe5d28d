"""The tree of a report's sections: headings without those of contents lists and tables, their depth, their extent."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from analyzer.document import Document, Grid, Section
from analyzer.knowledge.outline import Outline
from analyzer.sections import headings
from analyzer.sections.headings import SURE, Heading
from analyzer.sections.lines import lines
from analyzer.sections.page import Page, holds
from analyzer.sections.plain import with_plain
from analyzer.sections.titles import Title, find_title

LIST = 3
BODY = 16
TOP, NESTED, PLAIN, DEEP = 0, 1, 2, 99
OPENING = ("overview", "preamble")
MAIN = ("part", "formal", "chinese")
ITEMS = ("decimal", "arabic", "arabic_bracket", "circled")
OTHER = "other_matters"
BACKBONE = frozenset({"overview", "proactive_disclosure", "requests", "review_litigation"})
AGAIN = 3
CLOSING = frozenset({"review_litigation", "problems", "other_matters"})


def section_tree(document: Document, regions: Sequence[tuple[int, int]], outline: Outline) -> tuple[Section, ...]:
    """The report's sections in order; the first row is the text before the first heading (`preamble`).

    `regions` are the places of tables in the extracted text: no heading stands in them but the official one of a
    table and a table's own caption at its start."""
    found = lines(document, outline)
    covered = tuple(sorted(regions))
    tables = sorted([start for start, _ in covered] + [grid.start for grid in document.grids])
    page = Page(found, sorted([line.place for line in found]), covered, tables, outline)
    title = find_title(document, outline)
    named = with_plain(_plain(_listed(_candidates(page, title), page), page), page, title)
    headings = _stated(_merged(_captions(named, page)), page)
    ranks = _depths(headings)
    return _sections(document, _closed(headings, ranks, outline), ranks, title)


def _candidates(page: Page, title: Title | None) -> list[Heading]:
    """All lines after the title that are headings by themselves and stand where headings may stand."""
    found: list[Heading] = []
    skip = -1
    first = title.end if title else 0
    for index, line in enumerate(page.lines):
        if index <= skip or (title and line.place < first):
            continue
        heading = headings.find(page.lines, index, page.outline)
        if heading and _allowed(heading, page):
            found.append(heading)
            skip = heading.last
    return found


def _allowed(heading: Heading, page: Page) -> bool:
    """Whether the heading stands outside tables, or is one that a table's place may have swallowed."""
    region = page.region(heading.start)
    if region is None:
        return True
    first = not holds(page.places, region[0], heading.start)
    bare = page.outline.bare(page.outline.fold(heading.text[len(heading.printed) :]))
    official = page.outline.patterns.official.finds(bare) and heading.style in ("chinese", "")
    return official or (heading.section == "statistics" and first)


def _listed(found: list[Heading], page: Page) -> list[Heading]:
    """Without tables of contents: runs of headings with nothing between them that come again later."""
    keys = [page.outline.bare(page.outline.fold(h.text)) for h in found]
    last = {key: n for n, key in enumerate(keys)}
    dropped: set[int] = set()
    start = 0
    for at in range(1, len(found) + 1):
        adjacent = at < len(found) and found[at - 1].alone and not _text(found[at - 1], found[at], page)
        if adjacent:
            continue
        run = range(start, at)
        again = [n for n in run if last[keys[n]] >= at]
        if len(run) >= LIST and 2 * len(again) >= len(run):
            dropped.update(n for n in run if n != at - 1 or last[keys[n]] >= at)
        start = at
    return [h for n, h in enumerate(found) if n not in dropped]


def _text(heading: Heading, following: Heading, page: Page) -> bool:
    """Whether text or a table stands between two headings."""
    if holds(page.tables, heading.end, following.start + 1):
        return True
    return any(page.lines[n].text.strip() for n in range(heading.last + 1, following.index))


def _plain(found: list[Heading], page: Page) -> list[Heading]:
    """Without bare lines that only look like headings: known words in a menu, with no text of their own."""
    numbered = [h.start for h in found if h.style in headings.OUTER]
    first = numbered[0] if numbered else (1 << 60)

    def stands(n: int, h: Heading) -> bool:
        if h.style or h.level or h.bold or h.section == "statistics":
            return True
        if numbered and h.start < first and h.section not in OPENING:
            return False
        limit = found[n + 1].index if n + 1 < len(found) else len(page.lines)
        text = any(len(page.lines[i].text.strip()) >= BODY for i in range(h.last + 1, limit))
        short = any(page.lines[i].text.strip() for i in range(h.last + 1, limit))
        return not h.alone or text or page.table_after(h) or (short and len(h.text) > 4)

    return [h for n, h in enumerate(found) if stands(n, h)]


def _captions(found: list[Heading], page: Page) -> list[Heading]:
    """Without captions of tables inside a section, and without what numbers its rows inside the statistics."""
    tops = [h for h in found if h.style in MAIN]
    starts = [h.start for h in tops]
    numbered = max((h.start for h in found if h.style), default=-1)
    kept: list[Heading] = []
    count = 0
    closed = rows = False
    for heading in found:
        if heading.style in MAIN:
            if closed and (rows or heading.number != count + 1):
                rows = True
                continue
            count, closed = heading.number or count, False
        elif closed and heading.section != "statistics":
            continue
        if heading.section == "statistics" and not heading.style:
            at = bisect_right(starts, heading.start)
            later = tops[at] if at < len(tops) else None
            if later is not None and count > 0 and later.number == count + 1:
                continue
            form = later is not None and later.number == 1 and count > 1
            last = heading.alone and numbered <= heading.start
            if not (form or last or heading.level or page.table_after(heading)):
                continue
            closed = True
        kept.append(heading)
    return kept


def _merged(found: list[Heading]) -> list[Heading]:
    """Annex mark and caption in two lines are one heading, that of the caption."""
    return [
        heading
        for heading, following in zip_longest(found, found[1:])
        if not (
            following
            and heading.section == following.section == "statistics"
            and not heading.style
            and following.index == heading.last + 1
        )
    ]


def _stated(found: list[Heading], page: Page) -> list[Heading]:
    """Without items of a list that are a whole sentence each, with nothing below."""
    kept = []
    for heading, following in zip_longest(found, found[1:]):
        ends = heading.alone and page.lines[heading.last].text.rstrip()[-1:] == "。"
        item = heading.style in ITEMS or (heading.style not in MAIN and heading.style and not heading.certain)
        if ends and item and not heading.level and not _below(heading, following, page):
            continue
        kept.append(heading)
    return kept


def _below(heading: Heading, following: Heading | None, page: Page) -> bool:
    """Whether text, a table or a heading of a list further in follows a heading."""
    limit = following.index if following else len(page.lines)
    if any(page.lines[n].text.strip() for n in range(heading.last + 1, limit)):
        return True
    if following is None:
        return any(start > heading.start for start in page.tables)
    order = headings.ORDER
    inner = following.style and order.index(following.style) > order.index(heading.style)
    return bool(inner) or any(heading.end <= start <= following.start for start in page.tables)


def _closed(found: list[Heading], ranks: list[int], outline: Outline) -> list[Heading]:
    """Outermost headings that only say that other things follow are those of the other matters."""
    rest = outline.patterns.rest
    return [
        replace(h, section=OTHER, confidence=SURE)
        if rank == TOP and h.style and rest.finds(outline.bare(outline.fold(h.text[len(h.printed) :])))
        else h
        for h, rank in zip(found, ranks, strict=True)
    ]


def _ranks(found: list[Heading]) -> dict[str, int]:
    """The ordinal styles in use, outermost first: by their usual order, or by appearance where none is usual."""
    styles = list(dict.fromkeys(h.style for h in found if h.style))
    usual = [style for style in headings.ORDER if style in styles]
    order = usual if set(styles) & set(MAIN) else styles
    return {style: 10 * n for n, style in enumerate(order)}


def _depths(found: list[Heading]) -> list[int]:
    """The rank of each heading: 0 outermost."""
    ranks = _ranks(found)
    main = next((style for style, rank in ranks.items() if rank == 0), "")
    if main not in MAIN and found and not found[0].style and found[0].alone:
        main, ranks = "", {style: 10 + rank for style, rank in ranks.items()}
    nested = _nested([h for h in found if h.style == main])
    numbered = frozenset(h.section for h in found if h.style == main) if main else None
    aspects = set() if main else _aspects(found)
    result: list[int] = []
    above: Heading | None = None
    for heading in found:
        if heading.style == main and heading.style:
            rank = NESTED if heading.start in nested else TOP
        elif heading.style:
            rank = ranks[heading.style]
        elif heading.start in aspects:
            rank = PLAIN
        else:
            rank = _unnumbered(heading, above, numbered, result)
        if rank == TOP:
            above = heading
        result.append(rank)
    return result


def _aspects(found: list[Heading]) -> set[int]:
    """Starts of headings between that of the overview and the first part that none repeats later: where a part of the
    report is among them, they tell of the overview's aspects, some of which come again as parts."""
    overview = next((n for n, h in enumerate(found) if "overview" in h.section.split(";")), len(found))
    after = found[overview + 1 :]
    parts = [n for n, h in enumerate(after) if h.section in BACKBONE]
    own = next((n for n in parts if all(h.section != after[n].section for h in after[n + 1 :])), 0)
    return {h.start for h in after[:own]} if parts and parts[0] < own else set()


def _unnumbered(heading: Heading, above: Heading | None, numbered: frozenset[str] | None, ranks: list[int]) -> int:
    """The rank of a heading without ordinal, by its class and its markup; `numbered` are the classes of the outermost
    headings with ordinals (None: there are none)."""
    if heading.section == "statistics" or above is None:
        return TOP
    lost = heading.alone and heading.section not in (numbered or {above.section})
    if heading.certain and heading.section in CLOSING and lost:
        return TOP
    if numbered is None:
        deeper = heading.level > above.level > 0 or (
            heading.level == 0 and not heading.bold and above.level + above.bold > 0
        )
        return PLAIN if deeper or not heading.alone else TOP
    if heading.certain and heading.level and heading.level <= above.level:
        return TOP
    return PLAIN if ranks[-1] in (TOP, PLAIN) else DEEP


def _nested(mains: list[Heading]) -> set[int]:
    """Starts of headings that number a list inside a section in the style of the outermost headings: their count
    falls back while no class of their own holds them up, or begins again with nothing that a report begins with."""
    nested: set[int] = set()
    count, inner = 0, 0
    again = False
    for at, heading in enumerate(mains):
        number = heading.number or 0
        goes_on = inner and number == inner + 1 and any(h.number == count + 1 and _sure(h) for h in mains[at + 1 :])
        falls_back = number != count + 1 and 0 < number <= count
        again = _restarts(mains[at:], count) or (again and number == inner + 1 != count + 1)
        if again or (not _sure(heading) and (goes_on or falls_back)):
            nested.add(heading.start)
            inner = number
        else:
            count, inner = number or count, 0
    return nested


def _restarts(mains: list[Heading], count: int) -> bool:
    """Whether numbers begin again at one after some parts of the report, and none of the new run is such a part."""
    if mains[0].number != 1 or count < AGAIN:
        return False
    run = [h for n, h in enumerate(mains) if h.number == n + 1 and h.number != count + 1]
    return not any(BACKBONE & set(h.section.split(";")) for h in run)


def _sure(heading: Heading) -> bool:
    return heading.confidence >= SURE


def _sections(document: Document, found: list[Heading], ranks: list[int], title: Title | None) -> tuple[Section, ...]:
    """The headings as sections with their extent; `ranks` give who stands below whom."""
    size = len(document.text)
    first = found[0].start if found else size
    blocks = sorted(block.start for block in document.blocks if isinstance(block, Grid) or block.text.strip())
    rows = [Section(1, 1, "", "preamble", 1.0, 0, first, min(title.end if title else 0, first))]
    stack: list[tuple[int, int]] = []
    for heading, rank, end in zip(found, ranks, _ends(found, ranks, size), strict=True):
        while stack and stack[-1][0] >= rank:
            stack.pop()
        parent = stack[-1][1] if stack else 0
        row = Section(
            len(rows) + 1, len(stack) + 1, heading.text, heading.section, heading.confidence, heading.start, end,
            _body(document.text, blocks, heading, end), heading.printed, parent,
        )  # fmt: skip
        rows.append(row)
        stack.append((rank, row.ordinal))
    return tuple(rows)


def _ends(found: list[Heading], ranks: list[int], size: int) -> list[int]:
    """Where each heading's section ends: at the next heading of its rank or above."""
    ends = [size] * len(found)
    open_ones: list[int] = []
    for n, (heading, rank) in enumerate(zip(found, ranks, strict=True)):
        while open_ones and ranks[open_ones[-1]] >= rank:
            ends[open_ones.pop()] = heading.start
        open_ones.append(n)
    return ends


def _body(text: str, blocks: list[int], heading: Heading, end: int) -> int:
    """Where the heading's own text begins: after the break on its line, else at the next block."""
    if heading.alone:
        at = bisect_right(blocks, heading.end - 1)
        if at < len(blocks) and not text[heading.end : blocks[at]].strip(headings.TRIMMED + "\n\r"):
            return min(blocks[at], end)
    return min(len(text) - len(text[heading.end :].lstrip(headings.TRIMMED + "\n\r")), end)
