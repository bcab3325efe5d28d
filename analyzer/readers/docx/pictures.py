"""What is drawn in a Word file: text boxes, and pictures, charts or objects large enough to hold a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.readers.docx.package import Element, R, W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BOX = f"{W}txbxContent"
WIDE, HIGH = 170.0, 60.0
"""Points (6 by 2.1 cm) from which on a picture may hold a table; a seal is narrower, a red line lower."""
EMU = 12_700
"""Units of DrawingML in a point."""
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_KINDS = re.compile(r"\}(?:pic|blip|chart|relIds|imagedata|OLEObject|contentPart)$")
_SIDE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)?", re.I)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "": 1 / EMU}


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


def is_large(drawing: Element) -> bool:
    """Whether a drawing holds a picture, chart or object as large as a table is."""
    if not any(isinstance(element.tag, str) and _KINDS.search(element.tag) for element in drawing.iter()):
        return False
    for extent in drawing.iter(_DRAWING):
        sides = extent.get("cx") or "", extent.get("cy") or ""
        if all(side.isdigit() for side in sides):
            return int(sides[0]) >= WIDE * EMU and int(sides[1]) >= HIGH * EMU
    for element in drawing.iter():
        style = element.get("style") if isinstance(element.tag, str) else None
        if style:
            found = {m[1].lower(): float(m[2]) * _POINTS[(m[3] or "").lower()] for m in _SIDE.finditer(style)}
            if found.get("width", 0) >= WIDE and found.get("height", 0) >= HIGH:
                return True
    return False


def part_of(drawing: Element) -> str:
    """The id of the part that a picture or an embedded object is in; empty for a chart or a diagram."""
    for element in drawing.iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag.endswith("}OLEObject"):
            return element.get(f"{R}id") or ""
    for element in drawing.iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag.endswith(("}blip", "}imagedata")):
            return element.get(f"{R}embed") or element.get(f"{R}id") or ""
    return ""
