"""Small documents for the tests of sections and masthead: a line a paragraph, marks of Markdown left out."""

from __future__ import annotations

import re
from functools import cache

from analyzer.document import Block, Document, Grid, GridCell, Section
from analyzer.knowledge.outline import Outline, load
from analyzer.knowledge.schema import Source
from analyzer.sections import section_tree

MARK = re.compile(r"^(#+)\s*|\*\*")


@cache
def outline() -> Outline:
    return load(Source())


def document(text: str, *, title: str = "", published: str = "") -> Document:
    """One paragraph a line; `#` gives its level, `**` round all of it makes it bold; `|` lines make a table."""
    blocks: list[Block | Grid] = []
    place = 0
    for line in text.split("\n"):
        if line.startswith("|"):
            blocks.append(grid(line, place))
        elif line.strip():
            blocks.append(block(line, place))
        place += len(line) + 1
    return Document(text, tuple(blocks), "test", title=title, published=published)


def block(line: str, place: int) -> Block:
    level = len(line) - len(line.lstrip("#"))
    bold = line.strip("# ").startswith("**") and line.endswith("**")
    pieces, seen = [], 0
    for mark in MARK.finditer(line):
        if mark.start() > seen:
            pieces.append((place + seen, place + mark.start()))
        seen = mark.end()
    if seen < len(line):
        pieces.append((place + seen, place + len(line)))
    text = "".join(line[a - place : b - place] for a, b in pieces)
    return Block(text, tuple(pieces), level, bold)


def grid(line: str, place: int) -> Grid:
    cells = []
    for found in re.finditer(r"[^|]+", line):
        cells.append(GridCell(found[0], place + found.start(), place + found.end(), 0, len(cells)))
    return Grid((tuple(cells),), place, place + len(line))


def joined(*lines: str) -> Document:
    """All lines as one paragraph of several source lines."""
    text = "\n".join(lines)
    pieces, place = [], 0
    for line in lines:
        pieces.append((place, place + len(line)))
        place += len(line) + 1
    return Document(text, (Block("".join(lines), tuple(pieces)),), "test")


def tree(text: str, regions: tuple[tuple[int, int], ...] = ()) -> tuple[Section, ...]:
    """The sections of the text, without the preamble's row."""
    return section_tree(document(text), regions, outline())[1:]


def shape(text: str, regions: tuple[tuple[int, int], ...] = ()) -> list[tuple[int, str, str]]:
    """Depth, heading, class of each section."""
    return [(s.depth, s.heading, s.section) for s in tree(text, regions)]


def tops(text: str, regions: tuple[tuple[int, int], ...] = ()) -> list[str]:
    """Headings of the outermost sections."""
    return [s.heading for s in tree(text, regions) if s.depth == 1]
