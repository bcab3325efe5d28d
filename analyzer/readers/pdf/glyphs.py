"""The characters of a PDF's page with their places, what nobody sees set apart."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from analyzer.readers.pages.model import Box, Glyph
from analyzer.readers.pdf.frame import Frame

ASCENT, DESCENT = 0.86, 0.14
"""How far a character reaches above and below its base line, in ems."""
INVISIBLE = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
OUTLINED = pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
"""The mode by which programs make letters bold for which they have no bold font."""
PALE, FAINT, TINY, HEAVY = 250, 10, 1.0, 600
"""Colours this pale or as good as transparent and sizes (points) this small are not seen; weight of a bold font."""
BLANK = frozenset("\t\n\r\x02\xad\u200b\ufeff")
BOLD_NAMES = ("bold", "black", "heavy")
HEAVY_FACES = ("simhei", "stheiti", "fzhtk", "fzhei")
"""Parts of the names of faces that are heavy by nature; a text set in one throughout is not bold."""


class Style(NamedTuple):
    """How the characters of one text object are drawn."""

    size: float
    turn: int
    bold: bool
    heavy: bool
    invisible: bool
    white: bool


@dataclass(slots=True)
class Text:
    """A page's characters: those that are seen, white ones, those of an invisible layer; how many of all have no
    Unicode value."""

    seen: list[Glyph] = field(default_factory=list)
    white: list[Glyph] = field(default_factory=list)
    layer: list[Glyph] = field(default_factory=list)
    unknown: int = 0


class _Found(NamedTuple):
    text: str
    place: int
    style: Style


class TextPage:
    """The text of one loaded page; to be closed after use."""

    def __init__(self, page: Any) -> None:
        self.handle = pdfium.FPDFText_LoadPage(page)
        self.count = max(pdfium.FPDFText_CountChars(self.handle), 0)
        self._styles: dict[bytes, Style] = {}
        self._fonts: dict[bytes, tuple[bool, bool]] = {}
        self._unknown = 0
        self.found = list(self._characters())

    def close(self) -> None:
        """Gives the page's text back to the library."""
        pdfium.FPDFText_ClosePage(self.handle)

    @property
    def turn(self) -> int:
        """By how many quarter turns counter-clockwise most characters stand on the page."""
        turns = Counter(found.style.turn for found in self.found)
        (most, count), *_ = turns.most_common(1) or [(0, 0)]
        return most if count * 5 >= len(self.found) * 4 else 0

    def read(self, frame: Frame) -> Text:
        """The characters as shown in `frame`."""
        text = Text(unknown=self._unknown)
        heavy = sum(found.style.heavy for found in self.found) * 2 > len(self.found)
        width, height = frame.size
        for (said, _, style), box in zip(self.found, self._boxes(frame), strict=True):
            if box.x1 > 0 and box.y1 > 0 and box.x0 < width and box.y0 < height:
                kept = text.layer if style.invisible else text.white if style.white else text.seen
                kept.append(Glyph(said, *box, style.size, style.bold or (style.heavy and not heavy)))
        return text

    def _boxes(self, frame: Frame) -> Iterator[Box]:
        """The places of the characters: as wide as they advance, as high as their font's em."""
        handle, loose, x, y = self.handle, pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        at, base_x, base_y = ctypes.byref(loose), ctypes.byref(x), ctypes.byref(y)
        box_of, origin_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharOrigin
        upright, left, top = frame.turn == 0, frame.left, frame.top
        for _, place, style in self.found:
            box_of(handle, place, at)
            if style.turn != frame.turn:
                yield frame.box(loose.left, loose.bottom, loose.right, loose.top)
                continue
            origin_of(handle, place, base_x, base_y)
            if upright:
                base = top - y.value
                x0, x1 = loose.left - left, loose.right - left
            else:
                base = frame.point(x.value, y.value)[1]
                x0, _, x1, _ = frame.box(loose.left, loose.bottom, loose.right, loose.top)
            yield Box(x0, base - ASCENT * style.size, x1, base + DESCENT * style.size)

    def _characters(self) -> Iterator[_Found]:
        handle = self.handle
        unicode_of, object_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetTextObject
        for index in range(self.count):
            code = unicode_of(handle, index)
            if not 0 < code < 0x110000 or 0xD800 <= code < 0xF900 or 0xFFF0 <= code <= 0xFFFF:
                self._unknown += 1
                continue
            text = chr(code)
            if text in BLANK or (text.isspace() and pdfium.FPDFText_IsGenerated(handle, index)):
                continue
            owner = object_of(handle, index)
            key = bytes(owner)
            style = self._styles.get(key)
            if style is None:
                style = self._styles[key] = self._style(index, owner)
            if style.size >= TINY:
                yield _Found(text, index, style)

    def _style(self, index: int, owner: Any) -> Style:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.handle, index, ctypes.byref(matrix))
        size = pdfium.FPDFText_GetFontSize(self.handle, index) * math.hypot(matrix.c, matrix.d)
        turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        mode = pdfium.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
        bold, heavy = self._face(index, owner)
        colour = _colour(pdfium.FPDFPageObj_GetFillColor, owner) if owner else None
        pale = colour is not None and mode not in (1, 5) and (min(colour[:3]) >= PALE or colour[3] <= FAINT)
        return Style(size, turn, bold or mode == OUTLINED, heavy, mode in INVISIBLE, pale)

    def _face(self, index: int, owner: Any) -> tuple[bool, bool]:
        """Whether a character's face is bold, and whether it is heavy by nature."""
        font = pdfium.FPDFTextObj_GetFont(owner) if owner else None
        key = bytes(font) if font else b""
        known = self._fonts.get(key)
        if known is None:
            name = _font_name(font).lower()
            weight = pdfium.FPDFText_GetFontWeight(self.handle, index)
            bold = weight >= HEAVY or any(part in name for part in BOLD_NAMES)
            known = self._fonts[key] = bold, any(part in name for part in HEAVY_FACES)
        return known


def _colour(getter: Any, owner: Any) -> tuple[int, int, int, int] | None:
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    told = getter(owner, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha))
    return (red.value, green.value, blue.value, alpha.value) if told else None


def _font_name(font: Any) -> str:
    if not font:
        return ""
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, size)
    return buffer.value.decode("utf-8", "replace")
