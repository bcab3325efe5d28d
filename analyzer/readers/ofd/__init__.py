"""OFD (GB/T 33190), the national format of fixed pages → `Document`: the pages of a package's documents in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from analyzer.document import Document
from analyzer.knowledge.layout import Layout
from analyzer.readers.encoding import Unreadable
from analyzer.readers.limits import Allowance
from analyzer.readers.ofd.drawing import POINTS, Drawing, Matrix, numbers, upright
from analyzer.readers.ofd.package import ENTRY, Package, Resources, every, first, said
from analyzer.readers.ofd.pictures import Pictures
from analyzer.readers.pages import document
from analyzer.readers.pages.model import Page

A4 = (0.0, 0.0, 210.0, 297.0)
"""The page of a document that states none, in millimetres."""
FEWEST = 10
"""Characters below which a document has (almost) no text."""
OUTLINES = 200
"""Filled curves from which on a page without text is written in them."""
LAYERS = ("Background", "", "Body", "Foreground")
_OWN = re.compile(r"[\ue000-\uf8ff\ufffd]")
"""Characters that stand for glyphs of a font and not for text."""


def read(name: str, content: bytes, layout: Layout, allowance: Allowance) -> Document:
    """The document of an OFD file. Raises `UnreadableReport` for one that is encrypted, damaged, beyond a limit, or
    without text."""
    package = Package(content, allowance)
    root = package.xml(ENTRY)
    bodies = list(every(root, "DocBody"))
    files = [file for file in (_File.of(package, body, allowance) for body in bodies) if file is not None]
    sheets = [sheet for file in files for sheet in file.sheets()]
    if not sheets:
        raise Unreadable("damaged", name, "the OFD file has no pages; download it again")
    allowance.pages(len(sheets))
    pages, hidden, outlined = [], set(), False
    pictures = Pictures(package, allowance)
    for number, (file, sheet) in enumerate(sheets, start=1):
        allowance.time()
        page, drawing = file.page(sheet, number)
        pages.append(pictures.page(page, drawing.pictures))
        hidden |= {number} if drawing.hidden else set()
        outlined |= drawing.outlines > OUTLINES
    _hold_text(pages, name, pictures.problem, outlined=outlined)
    title = next((file.title for file in files if file.title), "")
    return document(pages, layout, format="ofd", title=title, hidden=hidden)


def _hold_text(pages: list[Page], name: str, problem: Unreadable | None, *, outlined: bool) -> None:
    """Raises `UnreadableReport` where (almost) no text was found, with the reason."""
    count = 0
    for page in pages:
        count += sum(len(glyph.text) for glyph in page.glyphs)
        if count >= FEWEST:
            return
    if problem is not None:
        raise problem
    if outlined:
        message = "its text is drawn as outlines; print it to a PDF or save it with its text"
    elif any(page.pictures for page in pages):
        raise Unreadable("picture", name, "the report is a picture; fetch the file with its text")
    else:
        message = "(almost) no text; save the report as text or HTML again"
    raise Unreadable("no_text", name, message)


@dataclass(frozen=True, slots=True)
class _File:
    """One document of a package: where its root lies, its resources and the templates of its pages."""

    package: Package
    location: str
    root: etree._Element
    resources: Resources
    templates: dict[str, etree._Element]
    title: str
    allowance: Allowance

    @staticmethod
    def of(package: Package, body: etree._Element, allowance: Allowance) -> _File | None:
        """The document in its current version; None where its root is missing."""
        location = package.beside(ENTRY, _root_of(package, body))
        root = package.xml(location)
        if root is None:
            return None
        common = first(root, "CommonData")
        resources = Resources()
        for name in ("PublicRes", "DocumentRes"):
            for each in every(common, name):
                resources = resources.with_those(package, package.beside(location, each.text or ""))
        templates = {each.get("ID", ""): each for each in every(common, "TemplatePage")}
        return _File(package, location, root, resources, templates, said(first(body, "DocInfo"), "Title"), allowance)

    def sheets(self) -> Iterator[tuple[_File, str]]:
        """The location of each page."""
        for page in every(first(self.root, "Pages"), "Page"):
            yield self, self.package.beside(self.location, page.get("BaseLoc", ""))

    def page(self, location: str, number: int) -> tuple[Page, Drawing]:
        """A page with its templates below and above it; raises `Unreadable` where it cannot be read."""
        root = self.package.xml(location)
        if root is None:
            message = f"page {number} of the OFD file is damaged or missing; download it again"
            raise Unreadable("damaged", self.allowance.name, message)
        drawing = Drawing(self._resources(root, location), self.allowance)
        x, y, wide, high = self._area(root)
        paper = Matrix(POINTS, 0.0, 0.0, POINTS, -x * POINTS, -y * POINTS)
        behind, before = self._templates(root)
        for part, home in [*behind, (root, location), *before]:
            drawing.resources = self._resources(part, home)
            for layer in sorted(every(part, "Layer"), key=_depth):
                drawing.draw(layer, paper)
        drawing.glyphs = [glyph for glyph in drawing.glyphs if not _OWN.search(glyph.text)]
        width, height = upright(drawing, wide * POINTS, high * POINTS)
        boxes = tuple(box for box, _ in drawing.pictures)
        return Page(number, width, height, tuple(drawing.glyphs), tuple(drawing.strokes), boxes), drawing

    def _area(self, page: etree._Element) -> tuple[float, ...]:
        """The page's paper: its own, or that of the document."""
        for area in (first(page, "Area"), first(first(self.root, "CommonData"), "PageArea")):
            box = tuple(numbers(said(area, "PhysicalBox"), 4))
            if box[2] > 0 and box[3] > 0:
                return box
        return A4

    def _resources(self, page: etree._Element | None, location: str) -> Resources:
        """Those of the document and of the page."""
        own = self.resources
        for each in every(page, "PageRes"):
            own = own.with_those(self.package, self.package.beside(location, each.text or ""))
        return own

    def _templates(self, page: etree._Element) -> tuple[list[tuple[etree._Element, str]], ...]:
        """The templates behind and before a page, each with its location."""
        behind: list[tuple[etree._Element, str]] = []
        before: list[tuple[etree._Element, str]] = []
        for use in every(page, "Template"):
            template = self.templates.get(use.get("TemplateID", ""))
            if template is None:
                continue
            location = self.package.beside(self.location, template.get("BaseLoc", ""))
            root = self.package.xml(location)
            order = use.get("ZOrder") or template.get("ZOrder") or LAYERS[0]
            if root is not None:
                (before if order == LAYERS[-1] else behind).append((root, location))
        return behind, before


def _root_of(package: Package, body: etree._Element) -> str:
    """Where the document's root lies: that of its current version, if it has versions."""
    for version in every(first(body, "Versions"), "Version"):
        if version.get("Current", "").strip().lower() in ("true", "1"):
            root = said(package.xml(package.beside(ENTRY, version.get("BaseLoc", ""))), "DocRoot")
            if root:
                return root
    return said(body, "DocRoot")


def _depth(layer: etree._Element) -> int:
    kind = layer.get("Type", "")
    return LAYERS.index(kind) if kind in LAYERS else 1
