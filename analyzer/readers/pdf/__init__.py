"""PDF → `Document`: the characters and rulings of its pages; pages without text, or with text that has no Unicode
values, are recognised as pictures."""

from __future__ import annotations

from dataclasses import replace

from analyzer.document import Document
from analyzer.knowledge.layout import Layout
from analyzer.readers.encoding import Unreadable
from analyzer.readers.limits import Allowance
from analyzer.readers.pages import document
from analyzer.readers.pages.model import Page
from analyzer.readers.pdf.file import File, Sheet
from analyzer.readers.pdf.scanned import Eye, is_picture

__all__ = ["read"]

REPORTS = (".pdf", ".doc", ".docx", ".wps", ".ofd", ".xls", ".xlsx", ".et", ".jpg", ".jpeg", ".png", ".tif", ".tiff")
"""Ends of the names of attached files that may hold a report or its tables."""


def read(name: str, content: bytes, layout: Layout, allowance: Allowance) -> Document:
    """The document of a PDF file. Raises `UnreadableReport` where it is locked, damaged, too long, without text, or
    all pictures that cannot be recognised here."""
    with File(name, content) as file:
        allowance.pages(file.count)
        eye = Eye(file, name, allowance)
        pages: list[Page] = []
        hidden: list[int] = []
        for number in range(1, file.count + 1):
            allowance.time()
            sheet = file.sheet(number)
            page = eye.page(sheet)
            pages.append(page)
            if _hides(sheet, page):
                hidden.append(number)
        made = document(pages, layout, format="pdf", title=_title(file.title, layout), hidden=hidden)
        attached = any(each.lower().endswith(REPORTS) for each in file.attached)
    if not made.text.strip():
        raise eye.problem or _without_text(name, attached=attached)
    return replace(made, pictures=(*made.pictures, len(made.text))) if attached else made


def _without_text(name: str, *, attached: bool) -> Unreadable:
    if attached:
        return Unreadable("picture", name, "the report is attached to an empty PDF; save that file and read it")
    return Unreadable("no_text", name, "no text on any page")


def _hides(sheet: Sheet, page: Page) -> bool:
    """Whether a page holds words that nobody sees; the layer of text behind a scan is no such thing."""
    layer = () if is_picture(sheet) or sheet.page.pictures else sheet.layer
    return len(sheet.hidden) + len(layer) > 1 and bool(page.glyphs)


def _title(stated: str, layout: Layout) -> str:
    """The title that the metadata state if it names a report; what wrote the file puts file names there."""
    clean = " ".join(stated.split())
    return clean if layout.title_word.search(clean) else ""
