"""Pages of a PDF that are pictures, and pictures on its pages that hold tables, recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analyzer.readers.encoding import Unreadable
from analyzer.readers.limits import Allowance
from analyzer.readers.pages.model import Box, Glyph, Page, Stroke
from analyzer.readers.pdf.file import File, Sheet

DPI = 200
FEW, COVERED = 30, 0.4
"""Characters below which a page whose pictures cover this share of it is a scan."""
UNKNOWN = 0.05
INK = 60
"""Difference of light and dark (of 255) below which nothing is written on a picture."""
WIDEST, TALLEST = 0.35, 60.0
"""Share of a page's width and the height (points) from which a picture may hold a table."""


class Eye:
    """Looks at the pages of one file; `problem` is why a page could not be recognised."""

    def __init__(self, file: File, name: str, allowance: Allowance) -> None:
        self.file, self.name, self.allowance = file, name, allowance
        self.problem: Unreadable | None = None

    def page(self, sheet: Sheet) -> Page:
        """The page with what is written in its pictures, where that is to be had."""
        page = sheet.page
        if is_picture(sheet):
            found = self._recognised(sheet, Box(0, 0, page.width, page.height))
            if found is not None:
                return found
            unsure = tuple(glyph._replace(sure=False) for glyph in sheet.layer)
            return replace(page, glyphs=page.glyphs + unsure)
        for picture in page.pictures:
            if _may_hold_table(picture, page):
                page = self._with_table(sheet, page, picture)
        return replace(page, pictures=tuple(p for p in page.pictures if _may_hold_table(p, page)))

    def _with_table(self, sheet: Sheet, page: Page, picture: Box) -> Page:
        """The page with the table that a picture on it holds, if it holds one."""
        found = self._recognised(sheet, picture)
        from analyzer.readers.pages.tables import tables_of

        if found is None or found.width != picture.x1 - picture.x0 or not tables_of(found):
            return page
        glyphs = tuple(_moved(glyph, picture) for glyph in found.glyphs)
        strokes = tuple(
            Stroke(s.x0 + picture.x0, s.y0 + picture.y0, s.x1 + picture.x0, s.y1 + picture.y0) for s in found.strokes
        )
        rest = tuple(each for each in page.pictures if each is not picture)
        return replace(page, glyphs=page.glyphs + glyphs, strokes=page.strokes + strokes, pictures=rest)

    def _recognised(self, sheet: Sheet, box: Box) -> Page | None:
        """What is written in a part of a page; None where pictures cannot be read."""
        if self.problem is not None:
            return None
        if not self.allowance.limits.ocr:
            self.problem = Unreadable("no_ocr", self.name, "a scan; leave --no-ocr out to have it recognised")
            return None
        image = self._drawn(sheet, box)
        if int(image.max()) - int(image.min()) < INK:
            return None
        from analyzer.readers.scans import recognise

        try:
            found: Page = recognise(
                image,
                number=sheet.page.number,
                width=box.x1 - box.x0,
                height=box.y1 - box.y0,
                allowance=self.allowance,
                name=self.name,
            )
            return found
        except Unreadable as problem:
            if problem.key not in ("extra", "no_ocr", "no_text", "picture"):
                raise
            self.problem = problem if problem.key in ("extra", "no_ocr") else None
            return None

    def _drawn(self, sheet: Sheet, box: Box) -> Any:
        width, height = sheet.page.width, sheet.page.height
        scale = DPI / 72
        self.allowance.pixels(int(width * scale) * int(height * scale))
        image = self.file.render(sheet.page.number, scale, sheet.turn)
        tall, wide = image.shape[:2]
        x, y = wide / width, tall / height
        return image[int(box.y0 * y) : int(box.y1 * y) + 1, int(box.x0 * x) : int(box.x1 * x) + 1]


def is_picture(sheet: Sheet) -> bool:
    """Whether a page's text is to be had only by looking at it."""
    page = sheet.page
    known = len(page.glyphs)
    if sheet.unknown > FEW and sheet.unknown > UNKNOWN * known:
        return True
    if known >= FEW:
        return False
    if len(sheet.layer) > known:
        return True
    return _share(page.pictures, page) >= COVERED


def _share(pictures: Sequence[Box], page: Page) -> float:
    """The share of a page that its pictures cover (strips of one scan lie side by side)."""
    whole = page.width * page.height
    return min(1.0, sum((p.x1 - p.x0) * (p.y1 - p.y0) for p in pictures) / whole) if whole else 0.0


def _may_hold_table(picture: Box, page: Page) -> bool:
    return picture.x1 - picture.x0 >= WIDEST * page.width and picture.y1 - picture.y0 >= TALLEST


def _moved(glyph: Glyph, by: Box) -> Glyph:
    return glyph._replace(x0=glyph.x0 + by.x0, x1=glyph.x1 + by.x0, y0=glyph.y0 + by.y0, y1=glyph.y1 + by.y0)
