"""Bytes → `Document`: the format is told from the content, then from the suffix."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module

from analyzer.document import Document, Notice
from analyzer.errors import UnreadableReport
from analyzer.knowledge.layout import Layout
from analyzer.readers.encoding import Unreadable, decode
from analyzer.readers.kinds import Kind, kind_of
from analyzer.readers.limits import Allowance, Limits
from analyzer.readers.plain import read_plain

__all__ = ["Limits", "Unreadable", "read", "read_text", "reads"]

Reader = Callable[[str, bytes, Layout, Allowance], Document]
READERS: dict[Kind, str] = {
    "pdf": "pdf",
    "docx": "docx",
    "xlsx": "sheets",
    "xls": "sheets",
    "ofd": "ofd",
    "picture": "scans",
    "mhtml": "mhtml",
    "doc": "office",
    "sealed": "office",
    "rtf": "office",
    "odt": "office",
    "wordml": "office",
    "zip": "archive",
}
"""The module for each format; its `read(name, content, layout, allowance)` gives the document."""
TEXTS = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml")
SUFFIXES = (
    *TEXTS,
    *(".pdf", ".docx", ".docm", ".doc", ".wps", ".wpt", ".rtf", ".odt", ".ofd", ".mht", ".mhtml"),
    *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
)
CARDS = frozenset({"readme", "card", "changelog", "license", "notice", "contributing", "manifest"})
"""Names of files that stand beside reports and tell about them."""
_WORDS = re.compile(r"\w(?:\W*\w){9}")
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.I)
_ELEMENT = re.compile(r"<(?:div|p|table|span|td|br|h[1-6]|font|article|section)\b[^>]*>", re.I)
_MARKDOWN = re.compile(r"^ {0,3}#{1,6}[ \t]+\S|^[ \t]*\|.*\|[ \t]*$|\*\*[^*\n<]+\*\*", re.M)
_TAG = re.compile(r"<[^>]*>")


def reads(name: str) -> bool:
    """Whether a file of this name, found in a folder, is taken for a report."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1].lower()
    stem = base.split(".", 1)[0]
    return base.endswith(SUFFIXES) and stem not in CARDS


def read(parts: Sequence[tuple[str, bytes]], layout: Layout, limits: Limits | None = None) -> Document:
    """The document of a report made of one or more named files; those after the first append their blocks.

    Raises `UnreadableReport` for a file that is empty, damaged, locked, of no format known here, beyond a limit, or
    without text.
    """
    documents = [_read_file(name, content, layout, Allowance(limits or Limits(), name)) for name, content in parts]
    whole = documents[0]
    for document in documents[1:]:
        whole = _appended(whole, document)
    return whole


def read_text(text: str, layout: Layout) -> Document:
    """The document of a report's own text, which may be HTML or Markdown; raises `UnreadableReport` without any."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return _read("", clean, layout)


def _read_file(name: str, content: bytes, layout: Layout, allowance: Allowance) -> Document:
    allowance.size(len(content))
    kind = kind_of(content)
    if kind == "text":
        return _read(name, decode(content, name, layout), layout)
    reader: Reader = import_module(f"analyzer.readers.{READERS[kind]}").read
    try:
        return reader(name, content, layout, allowance)
    except (UnreadableReport, MemoryError, ImportError):
        raise
    except Exception as problem:  # what a format's library makes of a damaged file
        message = f"damaged, or written in a way not known here ({type(problem).__name__})"
        raise Unreadable("damaged", name, message) from problem


def _read(name: str, text: str, layout: Layout) -> Document:
    from analyzer.readers.web import read_page

    document = read_page(text, layout) if _is_page(name, text) else read_plain(text, layout)
    if not (_WORDS.search(document.text) if name else document.text.strip()):
        if document.pictures:
            message = "the report is a picture or an attachment; fetch that file or its text"
            raise Unreadable("picture", name, message)
        raise Unreadable("no_text", name, "(almost) no text; save the report as text or HTML again")
    return document


def _is_page(name: str, text: str) -> bool:
    """Whether a text is a web page: it says so, or its suffix does and elements bear it out."""
    head = text[:3000].lstrip()
    if _PAGE.search(head) and head.startswith("<"):
        return True
    elements = len(_ELEMENT.findall(text[:20_000]))
    if not elements:
        return False
    if name.lower().endswith((".html", ".htm", ".xhtml", ".shtml")):
        return not (_MARKDOWN.search(text) and not head.startswith("<"))
    if _PAGE.search(text[:20_000]):
        return True
    inside = _TAG.sub("", text[:20_000])
    return head.startswith("<") and elements >= 3 and not _MARKDOWN.search(inside)


def _appended(whole: Document, part: Document) -> Document:
    """`part` behind `whole`, its places moved."""
    by = len(whole.text) + 1
    return replace(
        whole,
        text=f"{whole.text}\n{part.text}",
        blocks=whole.blocks + tuple(block.moved(by) for block in part.blocks),
        pages=whole.pages + tuple(page + by for page in part.pages),
        pictures=whole.pictures + tuple(place + by for place in part.pictures),
        notices=whole.notices + tuple(Notice(n.rule, n.start + by, n.end + by) for n in part.notices),
        title=whole.title or part.title,
        published=whole.published or part.published,
        unsure=whole.unsure + tuple((a + by, b + by) for a, b in part.unsure),
        recognised=whole.recognised + tuple((a + by, b + by) for a, b in part.recognised),
    )
