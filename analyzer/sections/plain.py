"""Short lines between paragraphs, in reports that number none of their headings and mark none up."""

from __future__ import annotations

from analyzer.sections import headings
from analyzer.sections.headings import OUTER, Heading
from analyzer.sections.page import Page
from analyzer.sections.titles import Title

NUMBERED = (*OUTER, "chinese_bracket", "arabic")
FEW, ENOUGH = 2, 3
FAIR = 0.7
BODY = 16
ENDS = "。；;！？：:）)"


def with_plain(found: list[Heading], page: Page, title: Title | None) -> list[Heading]:
    """`found` with the short lines that stand between paragraphs as headings do, where no other way is in use."""
    if title is None or sum(h.style in NUMBERED and h.confidence >= FAIR for h in found) >= FEW:
        return found
    bold = sum(h.bold and not h.style for h in found) >= ENOUGH
    if not bold and sum(h.level > 0 for h in found) >= FEW:
        return found
    taken = {n for h in found for n in range(h.index, h.last + 1)}
    first = next((n for n, line in enumerate(page.lines) if line.place >= title.end), len(page.lines))
    added = []
    for at in range(first, len(page.lines)):
        if at not in taken and (not bold or page.lines[at].block.bold):
            heading = headings.plain(page.lines[at], at, page.outline)
            if heading and _begins(heading, page, taken, first):
                added.append(heading)
    known = [h for h in (*found, *added) if h.confidence >= FAIR]
    return sorted([*found, *added], key=lambda h: h.start) if len(known) >= ENOUGH else found


def _begins(heading: Heading, page: Page, taken: set[int], first: int) -> bool:
    """Whether the line stands after a finished paragraph, and a paragraph, heading or table after it."""
    at, lines = heading.index, page.lines
    if page.region(heading.start) is not None:
        return False
    before = lines[at - 1]
    if at > first and at - 1 not in taken and not _finished(before.text) and page.region(before.place) is None:
        return False
    following = lines[at + 1] if at + 1 < len(lines) else None
    fair = heading.confidence >= FAIR
    if following is not None and page.region(following.place) is None and not page.table_after(heading):
        text = following.text.strip()
        return (at + 1 in taken and fair) or (_finished(text) and (len(text) >= BODY or fair))
    return fair and page.table_after(heading)


def _finished(text: str) -> bool:
    return text.rstrip()[-1:] in ENDS
