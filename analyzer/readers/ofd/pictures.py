"""Pages of an OFD file that are pictures, and pictures on its pages that hold tables, recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analyzer.readers.encoding import Unreadable
from analyzer.readers.limits import Allowance
from analyzer.readers.ofd.package import Package
from analyzer.readers.pages.model import Box, Page
from analyzer.readers.pages.pictures import is_scan, may_hold_table, with_table
from analyzer.readers.pictures import BROKEN, opened

Placed = tuple[Box, str]
"""Where a picture stands, and its location in the package."""


class Pictures:
    """The pictures of one file; `problem` is why they could not be recognised."""

    def __init__(self, package: Package, allowance: Allowance) -> None:
        self.package, self.allowance = package, allowance
        self.problem: Unreadable | None = None

    def page(self, page: Page, pictures: Sequence[Placed]) -> Page:
        """The page with what is written in its pictures, where that is to be had."""
        if is_scan(page):
            return self._recognised(pictures, Box(0, 0, page.width, page.height), page.number) or page
        large = [picture for picture in pictures if may_hold_table(picture[0], page)]
        page = replace(page, pictures=tuple(box for box, _ in large))
        for picture in large:
            found = self._recognised([picture], picture[0], page.number)
            page = (with_table(page, picture[0], found) if found is not None else None) or page
        return page

    def _recognised(self, pictures: Sequence[Placed], box: Box, number: int) -> Page | None:
        """What is written in a part of a page; None where pictures cannot be read."""
        if self.problem is not None:
            return None
        name = self.allowance.name
        if not self.allowance.limits.ocr:
            self.problem = Unreadable("no_ocr", name, "a scan; leave --no-ocr out to have it recognised")
            return None
        from analyzer.readers.scans import recognise

        wide, high = box.x1 - box.x0, box.y1 - box.y0
        try:
            image = self._canvas(pictures, box)
            if image is None:
                return None
            found: Page = recognise(image, number=number, width=wide, height=high, allowance=self.allowance, name=name)
        except Unreadable as problem:
            if problem.key not in ("extra", "no_text", "picture"):
                raise
            self.problem = problem if problem.key == "extra" else None
            return None
        return found

    def _canvas(self, pictures: Sequence[Placed], area: Box) -> Any:
        """The pictures of an area on white paper as `numpy.uint8[height, width, 3]`; None where none can be read."""
        every = [(box, self._opened(location)) for box, location in pictures]
        found = [(box, picture) for box, picture in every if picture is not None]
        if not found:
            return None
        import numpy
        from PIL import Image

        scale = max(picture.width / max(box.x1 - box.x0, 1.0) for box, picture in found)
        whole = (max(int((area.x1 - area.x0) * scale), 1), max(int((area.y1 - area.y0) * scale), 1))
        self.allowance.pixels(whole[0] * whole[1])
        paper = Image.new("RGB", whole, "white")
        for box, picture in found:
            size = (max(int((box.x1 - box.x0) * scale), 1), max(int((box.y1 - box.y0) * scale), 1))
            corner = (int((box.x0 - area.x0) * scale), int((box.y0 - area.y0) * scale))
            paper.paste(picture.convert("RGB").resize(size), corner)
        return numpy.asarray(paper)

    def _opened(self, location: str) -> Any:
        """A picture; None for one that cannot be read."""
        content = self.package.bytes(location) if location else None
        if not content:
            return None
        try:
            picture = opened(content, self.allowance)
            picture.load()
        except Unreadable as problem:
            if problem.key == "damaged":
                return None
            raise
        except BROKEN:
            return None
        return picture
