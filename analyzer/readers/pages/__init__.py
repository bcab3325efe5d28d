"""Pages → `Document`: text in reading order, tables as grids joined over pages, what belongs to the page left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from analyzer.document import Document
from analyzer.knowledge.layout import Layout
from analyzer.readers.pages.lines import plain
from analyzer.readers.pages.model import Page
from analyzer.readers.pages.order import sheets_of
from analyzer.readers.pages.setting import Setter

__all__ = ["document"]


def document(
    pages: Sequence[Page], layout: Layout, *, format: str, title: str = "", hidden: Collection[int] = ()
) -> Document:
    """The document of a file's pages, in order. `title` is what the metadata state, `hidden` holds the numbers of
    pages with text that nobody sees (such text is not among the glyphs)."""
    sheets = sheets_of(list(plain(pages, layout.radicals)))
    setter = Setter(sheets, layout, frozenset(hidden))
    return setter.document(format, title)
