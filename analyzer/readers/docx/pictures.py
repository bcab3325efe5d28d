"""What is drawn in a Word file: text boxes, and pictures, charts or objects large enough to hold a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from analyzer.readers.docx.package import Element, R, W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BOX = f"{W}txbxContent"
WIDE, HIGH = 170.0, 60.0
"""Points (6 by 2.1 cm) from which on a picture may hold a table; a seal is narrower, a red line lower."""
EMU = 12_700
"""Units of DrawingML in a point."""
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_KINDS = re.compile(r"\}(pic|blip|srcRect|chart|relIds|imagedata|OLEObject|contentPart)$")
_SIDE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d+(?:\.\d+)?)\s*(pt|in|cm|mm|px)?", re.I)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "": 1 / EMU}
Sides = tuple[float, float, float, float]


class Drawn(NamedTuple):
    """A picture or object large enough to hold a table: the id of its part (empty for what is drawn from data), its
    size on the page in points, and the shares of it that are cut off at its sides."""

    part: str
    width: float = 0.0
    height: float = 0.0
    crop: Sides = (0.0, 0.0, 0.0, 0.0)


def boxes(drawing: Element) -> Iterator[Element]:
    """The text boxes of a drawing, each with all that stands in it."""
    for child in drawing:
        if child.tag == BOX:
            yield child
        elif child.tag == f"{MC}AlternateContent":
            chosen = choice(child)
            yield from boxes(chosen) if chosen is not None else ()
        elif len(child):
            yield from boxes(child)


def choice(alternates: Element) -> Element | None:
    """The one of several alternates to read: the first where it holds anything, else the fallback."""
    best = alternates.find(f"{MC}Choice")
    fallback = alternates.find(f"{MC}Fallback")
    if best is not None and (fallback is None or len(best)):
        return best
    return fallback


def drawn(drawing: Element) -> Drawn | None:
    """The picture, chart or object in a drawing; None where there is none as large as a table is."""
    part = kind = ""
    crop: Sides = (0.0, 0.0, 0.0, 0.0)
    for element in drawing.iter():
        found = _KINDS.search(element.tag) if isinstance(element.tag, str) else None
        if found is None:
            continue
        kind = found[1]
        if kind == "OLEObject":
            part = element.get(f"{R}id") or part
            break
        if kind in ("blip", "imagedata"):
            part = element.get(f"{R}embed") or element.get(f"{R}id") or part
        elif kind == "srcRect":
            crop = _crop(element)
    width, height = _size(drawing)
    return Drawn(part, width, height, crop) if kind and width >= WIDE and height >= HIGH else None


def _size(drawing: Element) -> tuple[float, float]:
    """Width and height of a drawing in points, 0 where they are not stated."""
    for extent in drawing.iter(_EXTENT):
        sides = extent.get("cx") or "", extent.get("cy") or ""
        if all(side.isdigit() for side in sides):
            return int(sides[0]) / EMU, int(sides[1]) / EMU
    best = 0.0, 0.0
    for element in drawing.iter():
        style = element.get("style") if isinstance(element.tag, str) else None
        if style:
            found = {m[1].lower(): float(m[2]) * _POINTS[(m[3] or "").lower()] for m in _SIDE.finditer(style)}
            best = max(best, (found.get("width", 0.0), found.get("height", 0.0)))
    return best


def _crop(element: Element) -> Sides:
    """The shares of a picture that are cut off at its left, top, right and bottom."""
    sides = [element.get(side) or "0" for side in "ltrb"]
    left, top, right, bottom = (int(side) / 100_000 if side.isdigit() else 0.0 for side in sides)
    return (left, top, right, bottom) if left + right < 0.9 and top + bottom < 0.9 else (0.0, 0.0, 0.0, 0.0)
