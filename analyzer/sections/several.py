"""Several reports in one file: where another one's title stands, and whether a part is a report by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.document import Block, Document, Grid, Section
from analyzer.knowledge.outline import Outline
from analyzer.numerals import parse_number
from analyzer.sections import bodies
from analyzer.sections.admission import CORE, ENOUGH
from analyzer.sections.headings import SURE
from analyzer.sections.titles import WINDOW, Title, best_title, find_title, rows_of

LAST = 24
"""Code points at the end of a line that may show a title's end."""
_SPACE = re.compile(r"\s+")
NEAR = 2000
"""Code points within which the sections of a report begin behind its title."""


def other_titles(document: Document, outline: Outline) -> Iterator[int]:
    """Places where a title of another report stands alone: of another body, or on another year than that before it."""
    ends = list(_ends(document.blocks, outline))
    current: Title | None = None
    for n in ends if len(ends) > 1 else ():
        found = _ending_at(document.blocks, n, outline)
        if found is None or found.span is None or not found.worth:
            continue
        if current is not None and found.span.start < current.end:
            continue
        if current is not None and _differ(current, found, outline):
            yield found.span.start
        elif current is not None and found.worth <= current.worth:
            continue
        current = found


def _ends(blocks: Sequence[Block | Grid], outline: Outline) -> Iterator[int]:
    """Numbers of the short paragraphs that end as titles do."""
    limit, closing = 2 * outline.lengths.title, outline.patterns.title_end.regex
    for n, block in enumerate(blocks):
        if isinstance(block, Block) and len(block.text) <= limit:
            last = _SPACE.sub("", block.text)[-LAST:]
            if closing.search(last) or closing.search(outline.fold(last)):
                yield n


def is_whole(document: Document, sections: Sequence[Section], outline: Outline) -> bool:
    """Whether a part of a document is a report by itself: its title, and behind it sections that begin with the first
    and speak of most that a report must."""
    title = find_title(document, outline)
    headed = [section for section in sections if section.heading]
    classes = {name for s in headed if s.confidence >= SURE for name in s.section.split(";")}
    if title is None or len(classes & set(CORE)) < ENOUGH or headed[0].start > title.end + NEAR:
        return False
    top = min(section.depth for section in headed)
    numbers = [parse_number(s.number.strip("（）() ")) for s in headed if s.depth == top and s.number]
    return not numbers or numbers[0] in (1, None)


def _ending_at(blocks: Sequence[Block | Grid], n: int, outline: Outline) -> Title | None:
    """The title that ends with the block at `n`, which may be the last of several lines."""
    first = max(0, n - WINDOW + 1)
    best: Title | None = None
    for start in range(n, first - 1, -1):
        lines = [block for block in blocks[start : n + 1 + WINDOW] if isinstance(block, Block)]
        found = best_title(list(rows_of(lines, outline))[: n + 1 - start + WINDOW], outline)
        inside = found is not None and found.span is not None and found.span.start == _begin(lines[0])
        if inside and found is not None and (best is None or found.worth > best.worth):
            best = found
    return best


def _begin(block: Block) -> int:
    skipped = len(block.text) - len(block.text.lstrip())
    return block.locate(skipped, len(block.text.rstrip()) or 1).start


def _differ(one: Title, other: Title, outline: Outline) -> bool:
    """Whether two titles name different reports."""
    if one.year is not None and other.year is not None and one.year != other.year:
        return True
    names = [outline.fold(title.agency) for title in (one, other)]
    if not all(names) or any(a in b for a, b in (names, names[::-1])):
        return False
    return all(bodies.kind_of(title.agency, outline) for title in (one, other))
