"""Pages of a PDF that are pictures, and pictures on its pages that hold tables, recognised."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from analyzer.readers.encoding import Unreadable
from analyzer.readers.limits import Allowance
from analyzer.readers.pages.model import Box, Page
from analyzer.readers.pages.pictures import FEW, is_scan, may_hold_table, with_table
from analyzer.readers.pdf.file import File, Sheet

DPI = 200
UNKNOWN = 0.05
"""Share of a page's characters without Unicode values from which on it is to be looked at."""


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
        page = replace(page, pictures=tuple(box for box in page.pictures if may_hold_table(box, page)))
        for picture in page.pictures:
            found = self._recognised(sheet, picture)
            page = (with_table(page, picture, found) if found is not None else None) or page
        return page

    def _recognised(self, sheet: Sheet, box: Box) -> Page | None:
        """What is written in a part of a page; None where pictures cannot be read."""
        if self.problem is not None:
            return None
        if not self.allowance.limits.ocr:
            self.problem = Unreadable("no_ocr", self.name, "a scan; leave --no-ocr out to have it recognised")
            return None
        from analyzer.readers.scans import is_blank, recognise

        image = self._drawn(sheet, box)
        if is_blank(image):
            return None
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
    return is_scan(page)
