"""Pages → `Document`: text in reading order, tables as grids joined over pages, what belongs to the page left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from analyzer.document import Document
from analyzer.knowledge.layout import Layout
from analyzer.readers.furniture import without_furniture
from analyzer.readers.lines import NEXT, PAGE
from analyzer.readers.pages.lines import SetLine, rows_of, said
from analyzer.readers.pages.model import Box, Page
from analyzer.readers.paragraphs import paragraphs
from analyzer.readers.textgrids import as_grids
from analyzer.readers.writing import Writer

__all__ = ["document"]


def document(
    pages: Sequence[Page], layout: Layout, *, format: str, title: str = "", hidden: Collection[int] = ()
) -> Document:
    """The document of a file's pages, in order. `title` is what the metadata state, `hidden` holds the numbers of
    pages with text that nobody sees (such text is not among the glyphs)."""
    out = Writer()
    starts: list[int] = []
    for page in pages:
        starts.append(out.at)
        for number, row in enumerate(rows_of(page.glyphs)):
            text, doubts = said(row)
            if text:
                box = Box(row[0].x0, min(g.y0 for g in row), row[-1].x1, max(g.y1 for g in row))
                gap = NEXT if number else PAGE
                out.line(SetLine(text, (), 0, gap, page.number, box=box, size=row[0].size, doubts=doubts))
    items = as_grids(without_furniture(out.items, layout))
    return Document(out.text, paragraphs(items, layout), format, tuple(starts), title=title)
