"""Pictures on pages, whatever format holds them: which are scans of a page, which may hold a table, and the table of
one put where it stands."""

from __future__ import annotations

from dataclasses import replace

from analyzer.readers.pages.model import Box, Page, Stroke
from analyzer.readers.pages.tables import tables_of

FEW, COVERED = 30, 0.4
"""Characters below which a page whose pictures cover this share of it is a scan."""
WIDEST, TALLEST = 0.35, 60.0
"""Share of a page's width and the height (points) from which a picture may hold a table."""


def is_scan(page: Page) -> bool:
    """Whether a page has hardly any text and pictures cover much of it (strips of one scan lie side by side)."""
    whole = page.width * page.height
    covered = sum((box.x1 - box.x0) * (box.y1 - box.y0) for box in page.pictures)
    return len(page.glyphs) < FEW and whole > 0 and covered >= COVERED * whole


def may_hold_table(picture: Box, page: Page) -> bool:
    """Whether a picture is large enough for a table."""
    return picture.x1 - picture.x0 >= WIDEST * page.width and picture.y1 - picture.y0 >= TALLEST


def with_table(page: Page, picture: Box, found: Page) -> Page | None:
    """The page with what was `found` on a picture of it; None where that lies on its side or is no table."""
    if found.width != picture.x1 - picture.x0 or not tables_of(found):
        return None
    x, y = picture.x0, picture.y0
    glyphs = tuple(g._replace(x0=g.x0 + x, y0=g.y0 + y, x1=g.x1 + x, y1=g.y1 + y) for g in found.glyphs)
    strokes = tuple(Stroke(s.x0 + x, s.y0 + y, s.x1 + x, s.y1 + y) for s in found.strokes)
    rest = tuple(each for each in page.pictures if each != picture)
    return replace(page, glyphs=page.glyphs + glyphs, strokes=page.strokes + strokes, pictures=rest, recognised=True)
