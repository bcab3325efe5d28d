"""What a Word file holds besides its own text: other documents, sheets, and pictures of tables or of whole pages.

Other documents are always read. Sheets and pictures are read where the file has no table of figures of its own, and
added at the place where they stand where they hold one; a picture that is not read stays noticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING

from analyzer.document import Document, Grid, Notice
from analyzer.knowledge.layout import Layout
from analyzer.readers.docx.package import Package, Relation
from analyzer.readers.docx.pictures import Drawn
from analyzer.readers.encoding import Unreadable, decode
from analyzer.readers.kinds import Kind, kind_of
from analyzer.readers.pictures import BROKEN, opened

if TYPE_CHECKING:
    from analyzer.readers.pages.model import Page
    from analyzer.readers.recognition.models import Image

LEAST = 100
"""Characters below which a file is a scan of pages put into Word."""
FIGURES, ALL = 10, 40
"""Cells with figures from which on something is a table of figures, and a file has all its tables as tables: the
smallest ones, of what was published and of reviews, have 25."""
SHEETS: frozenset[Kind] = frozenset({"xlsx", "xls"})
CHUNKS: Mapping[Kind, str] = {"mhtml": "mhtml", "rtf": "office"}


@dataclass(frozen=True, slots=True)
class _Part:
    """An embedded part: where it stands, what it is, its content."""

    place: int
    drawn: Drawn
    kind: Kind
    content: bytes


class Embedded:
    """Reads the parts of one file; `problem` is why a picture could not be read."""

    def __init__(self, package: Package, relations: Mapping[str, Relation], layout: Layout) -> None:
        self.package, self.relations, self.layout = package, relations, layout
        self.problem: Unreadable | None = None
        self._scan = False

    def within(self, document: Document, parts: Sequence[tuple[int, Drawn]]) -> Document:
        """The document with what its parts hold at their places."""
        bare = figures(document) < ALL
        self._scan = len(document.text) < LEAST
        found: list[tuple[int, Document]] = []
        for place, group in groupby(self._parts(parts, bare), lambda part: part.place):
            found.extend((place, each) for each in self._read(list(group)))
        for place, each in reversed(found):
            document = inserted(document, place, each)
        if self.problem is not None and len(document.text) < LEAST:
            raise self.problem
        return document

    def _parts(self, parts: Sequence[tuple[int, Drawn]], bare: bool) -> Iterator[_Part]:
        for place, drawn in parts:
            relation = self.relations.get(drawn.part)
            if relation is None or not self.package.has(relation.target):
                continue
            chunk = relation.kind == "aFChunk"
            if bare or chunk:
                content = self.package.bytes(relation.target)
                kind = kind_of(content)
                if chunk or kind == "picture" or kind in SHEETS:
                    yield _Part(place, drawn, kind, content)

    def _read(self, parts: Sequence[_Part]) -> Iterator[Document]:
        """What the parts at one place hold: pictures together, as the pages of one document."""
        pages: list[Page] = []
        for part in parts:
            if part.kind == "picture":
                page = self._page(part, len(pages) + 1)
                pages.extend([page] if page is not None else [])
                continue
            document = self._other(part)
            if document is not None:
                yield document
        if pages:
            from analyzer.readers import pages as setting

            made = setting.document(pages, self.layout, format="picture")
            if made.text.strip() and (self._scan or has_figures(made)):
                yield made

    def _other(self, part: _Part) -> Document | None:
        """Another document or a sheet; None where it cannot be read or has nothing to add."""
        name, allowance = self.package.name, self.package.allowance
        try:
            if part.kind in SHEETS:
                from analyzer.readers import sheets

                document = sheets.read(name, part.content, self.layout, allowance)
                return document if has_figures(document) else None
            if part.kind == "text":
                from analyzer.readers.web import read_page

                return read_page(decode(part.content, name, self.layout), self.layout)
            if part.kind == "docx":
                from analyzer.readers.docx import read_alone

                return read_alone(name, part.content, self.layout, allowance)
            if part.kind in CHUNKS:
                found: Document = import_module(f"analyzer.readers.{CHUNKS[part.kind]}").read(
                    name, part.content, self.layout, allowance
                )
                return found
        except Unreadable as problem:
            self._weigh(problem)
        return None

    def _page(self, part: _Part, number: int) -> Page | None:
        """A picture as a page; None where it cannot be recognised or holds no text."""
        if not self.package.allowance.limits.ocr:
            self.problem = Unreadable(
                "no_ocr", self.package.name, "pictures; leave --no-ocr out to have them recognised"
            )
            return None
        if self.problem is not None and self.problem.key == "extra":
            return None
        from analyzer.readers.scans import recognise

        try:
            image = _pixels(part, self.package)
            if image is None:
                return None
            size = {"width": part.drawn.width, "height": part.drawn.height}
            allowance, name = self.package.allowance, self.package.name
            return recognise(image, number=number, **size, allowance=allowance, name=name)
        except Unreadable as problem:
            self._weigh(problem)
        return None

    def _weigh(self, problem: Unreadable) -> None:
        """Keeps why pictures cannot be read; what concerns one part alone is passed over, a limit is not."""
        if problem.key in ("too_slow", "too_big", "too_long"):
            raise problem
        if problem.key in ("extra", "no_ocr", "too_large"):
            self.problem = problem


def has_figures(document: Document) -> bool:
    """Whether a document has a table of figures."""
    return figures(document) >= FIGURES


def figures(document: Document) -> int:
    """How many cells of a document's tables hold a figure."""
    cells = {id(cell): cell.text for grid in document.grids for row in grid.rows for cell in row}
    return sum(text.strip().isdigit() for text in cells.values())


def _pixels(part: _Part, package: Package) -> Image | None:
    """The picture as rows of pixels, what is cut off at its sides left out; None where it cannot be drawn."""
    from analyzer.readers.scans import flat

    try:
        with opened(part.content, package.allowance) as picture:
            from PIL import ImageOps

            image = flat(ImageOps.exif_transpose(picture))
    except Unreadable as problem:
        if problem.key == "damaged":
            return None
        raise
    except BROKEN:
        return None
    tall, wide = image.shape[:2]
    left, top, right, bottom = part.drawn.crop
    return image[int(tall * top) : round(tall * (1 - bottom)), int(wide * left) : round(wide * (1 - right))]


def inserted(whole: Document, at: int, part: Document) -> Document:
    """`part` before the line of `whole` that begins at `at`; a picture noticed there is the part itself where this
    holds a table."""
    text = whole.text if at <= len(whole.text) else f"{whole.text}\n"
    by = len(part.text) + 1
    before = [block for block in whole.blocks if block.start < at]
    after = [block.moved(by) for block in whole.blocks if block.start >= at]
    pictures = list(whole.pictures)
    if at in pictures and any(isinstance(block, Grid) for block in part.blocks):
        pictures = [place for place in pictures if place != at]

    def later(place: int) -> int:
        return place + by if place >= at else place

    return replace(
        whole,
        text=f"{text[:at]}{part.text}\n{text[at:]}".removesuffix("\n"),
        blocks=(*before, *(block.moved(at) for block in part.blocks), *after),
        pictures=tuple(sorted([*map(later, pictures), *(place + at for place in part.pictures)])),
        notices=(
            *(Notice(n.rule, later(n.start), later(n.end)) for n in whole.notices),
            *(Notice(n.rule, n.start + at, n.end + at) for n in part.notices),
        ),
        unsure=tuple(
            sorted([*((later(a), later(b)) for a, b in whole.unsure), *((a + at, b + at) for a, b in part.unsure)])
        ),
        recognised=tuple(
            sorted(
                [*((later(a), later(b)) for a, b in whole.recognised), *((a + at, b + at) for a, b in part.recognised)]
            )
        ),
    )
