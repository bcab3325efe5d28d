"""What a PDF's page draws beside its text: rulings, filled areas and pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from analyzer.readers.pages.model import Box, Stroke
from analyzer.readers.pdf import native
from analyzer.readers.pdf.frame import Frame

THIN, SHORTEST, DOT, LEVEL = 3.0, 1.0, 0.3, 0.6
"""How thick a ruling may be, how short, how small one of its dots; how far its ends may lie from one level (points)."""
PALE, FAINT, DEEPEST, MOST = 250, 10, 6, 60_000
"""Colours this pale are not seen; forms in forms and objects of a page that are looked at."""
PATH, IMAGE, FORM = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM
DRAWN = frozenset({PATH, IMAGE, FORM})
TILES = 2_000
"""Areas beyond which no more are noted."""
FRAME, CORNERS = 60.0, 4
"""Points that a border drawn as an area is long at least, and the corners of a rectangle."""
Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Drawing:
    """Rulings, areas filled with a colour that is seen, pictures; `tiles` are areas, also white ones on others, without
    those on which others lie."""

    strokes: list[Stroke] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    tiles: list[Box] = field(default_factory=list)


def drawing_of(page: Any, frame: Frame) -> Drawing:
    """What a loaded page draws, as shown in `frame`."""
    found = Drawing()
    for shape, matrix in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(shape)
        if kind == PATH:
            _path(shape, matrix, frame, found)
        elif kind == IMAGE:
            box = _bounds(shape, matrix, frame)
            if min(box.x1 - box.x0, box.y1 - box.y0) <= THIN:
                found.strokes.extend(_thin(box))
            else:
                found.pictures.append(box)
    width, height = frame.size
    clipped = (Box(max(b.x0, 0), max(b.y0, 0), min(b.x1, width), min(b.y1, height)) for b in found.pictures)
    found.pictures = [box for box in clipped if box.x1 - box.x0 > THIN and box.y1 - box.y0 > THIN]
    return found


def _objects(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """The paths and pictures of a page, also those inside forms, with what places them on the page."""
    seen = 0
    every = native.objects(page, MOST)
    for address, kind in zip(every, native.kinds(every), strict=True):
        if kind not in DRAWN or address is None:
            continue
        for found in _inside(ctypes.cast(address, pdfium.FPDF_PAGEOBJECT), SAME, 0):
            seen += 1
            if seen > MOST:
                return
            yield found


def _inside(shape: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    kind = pdfium.FPDFPageObj_GetType(shape)
    if kind in (PATH, IMAGE):
        yield shape, matrix
    elif kind == FORM and depth < DEEPEST:
        own = _times(_matrix(shape), matrix)
        for n in range(min(pdfium.FPDFFormObj_CountObjects(shape), MOST)):
            yield from _inside(pdfium.FPDFFormObj_GetObject(shape, n), own, depth + 1)


def _matrix(shape: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(shape, ctypes.byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    k, l, m, n, o, p = outer  # noqa: E741
    return a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(shape: Any, matrix: Matrix, frame: Frame) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(shape, *(ctypes.byref(edge) for edge in edges))
    left, bottom, right, top = (edge.value for edge in edges)
    if matrix is not SAME:
        corners = [_at(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    return frame.box(left, bottom, right, top)


def _path(shape: Any, matrix: Matrix, frame: Frame, found: Drawing) -> None:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(shape, ctypes.byref(mode), ctypes.byref(stroked))
    filled = bool(mode.value) and _seen(pdfium.FPDFPageObj_GetFillColor, shape)
    drawn = bool(stroked.value) and _seen(pdfium.FPDFPageObj_GetStrokeColor, shape)
    if not (filled or drawn):
        if mode.value and found.fills:
            _upon(_bounds(shape, matrix, frame), found)
        return
    box = _bounds(shape, matrix, frame)
    if min(box.x1 - box.x0, box.y1 - box.y0) <= THIN:
        found.strokes.extend(_thin(box))
        return
    if drawn or (_is_frame(shape) and max(box.x1 - box.x0, box.y1 - box.y0) >= FRAME):
        found.strokes.extend(_edges(shape, matrix, frame))
    if filled:
        found.fills.append(box)
        found.tiles.append(box)


def _upon(box: Box, found: Drawing) -> None:
    """Notes a white area that lies on another one."""
    if min(box.x1 - box.x0, box.y1 - box.y0) <= THIN or max(len(found.tiles), len(found.fills)) > TILES:
        return
    grounds = [ground for ground in found.fills if _lies_in(box, ground)]
    if grounds:
        found.tiles = [tile for tile in found.tiles if tile not in grounds]
        found.tiles.append(box)


def _lies_in(box: Box, ground: Box) -> bool:
    return ground.x0 <= box.x0 and ground.y0 <= box.y0 and box.x1 <= ground.x1 and box.y1 <= ground.y1


def _is_frame(shape: Any) -> bool:
    """Whether a filled path has the corners of at least two rectangles, as a border drawn as an area has."""
    return bool(pdfium.FPDFPath_CountSegments(shape) >= 2 * CORNERS)


def _seen(getter: Any, shape: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not getter(shape, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)):
        return True
    return alpha.value > FAINT and min(red.value, green.value, blue.value) < PALE


def _thin(box: Box) -> Iterator[Stroke]:
    """A ruling drawn as a thin area, along its middle."""
    across, up = box.x1 - box.x0, box.y1 - box.y0
    if max(across, up) < DOT:
        return
    if across >= up:
        y = (box.y0 + box.y1) / 2
        yield Stroke(box.x0, y, box.x1, y)
    else:
        x = (box.x0 + box.x1) / 2
        yield Stroke(x, box.y0, x, box.y1)


def _edges(shape: Any, matrix: Matrix, frame: Frame) -> Iterator[Stroke]:
    """The level and upright lines of a path that is drawn as a line."""
    own = _times(_matrix(shape), matrix)
    start = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(min(pdfium.FPDFPath_CountSegments(shape), MOST)):
        segment = pdfium.FPDFPath_GetPathSegment(shape, n)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = frame.point(*_at(own, x.value, y.value))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _ruling(last, here)
        last = here
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _ruling(last, start)
            last = start


def _ruling(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Stroke]:
    if math.dist(a, b) < SHORTEST:
        return
    if abs(a[1] - b[1]) <= LEVEL:
        y = (a[1] + b[1]) / 2
        yield Stroke(min(a[0], b[0]), y, max(a[0], b[0]), y)
    elif abs(a[0] - b[0]) <= LEVEL:
        x = (a[0] + b[0]) / 2
        yield Stroke(x, min(a[1], b[1]), x, max(a[1], b[1]))
