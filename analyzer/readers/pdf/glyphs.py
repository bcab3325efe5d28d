"""The characters of a PDF's page with their places, what nobody sees set apart."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from analyzer.readers.pages.model import Box, Glyph
from analyzer.readers.pdf import native
from analyzer.readers.pdf.frame import Frame

ASCENT, DESCENT = 0.86, 0.14
"""How far a character reaches above and below its base line, in ems."""
INVISIBLE = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
OUTLINED = pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
"""The mode by which programs make letters bold for which they have no bold font."""
STROKED = frozenset({pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP})
"""Modes in which the colour of the filling is not seen."""
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


class TextPage:
    """The text of one loaded page; to be closed after use. `styles` are those of its characters one by one."""

    def __init__(self, page: Any) -> None:
        self.handle = pdfium.FPDFText_LoadPage(page)
        self.count = max(pdfium.FPDFText_CountChars(self.handle), 0)
        self.texts: list[str] = []
        self.places: list[int] = []
        self.styles: list[Style] = []
        self._unknown = self._find() if self.count else 0

    def close(self) -> None:
        """Gives the page's text back to the library."""
        pdfium.FPDFText_ClosePage(self.handle)

    @property
    def turn(self) -> int:
        """By how many quarter turns counter-clockwise most characters stand on the page."""
        turns = Counter(style.turn for style in self.styles)
        (most, count), *_ = turns.most_common(1) or [(0, 0)]
        return most if count * 5 >= len(self.styles) * 4 else 0

    def read(self, frame: Frame) -> Text:
        """The characters as shown in `frame`: as wide as they advance, as high as their font's em."""
        text = Text(unknown=self._unknown)
        heavy = sum(style.heavy for style in self.styles) * 2 > len(self.styles)
        width, height = frame.size
        level, left, top = frame.turn == 0, frame.left, frame.top
        boxes, origins = native.boxes(self.handle, self.places), native.origins(self.handle, self.places)
        for said, style, box, (x, y) in zip(self.texts, self.styles, boxes, origins, strict=True):
            if level and style.turn == 0:
                x0, x1 = box[0] - left, box[2] - left
                y0, y1 = top - y - ASCENT * style.size, top - y + DESCENT * style.size
            else:
                x0, y0, x1, y1 = _turned(box, (x, y), style, frame)
            if x1 > 0 and y1 > 0 and x0 < width and y0 < height:
                kept = text.layer if style.invisible else text.white if style.white else text.seen
                kept.append(Glyph(said, x0, y0, x1, y1, style.size, style.bold or (style.heavy and not heavy)))
        return text

    def _find(self) -> int:
        """Notes the characters that print something; how many have no Unicode value."""
        codes, owners = native.codes(self.handle, self.count), native.owners(self.handle, self.count)
        counts = Counter(codes)
        known = {code: chr(code) for code in counts if _is_known(code) and chr(code) not in BLANK}
        spaces = {code for code, text in known.items() if text.isspace()}
        printed = [
            index
            for index, code in enumerate(codes)
            if code in known and not (code in spaces and pdfium.FPDFText_IsGenerated(self.handle, index))
        ]
        firsts = {owners[index]: index for index in reversed(printed)}
        styles = _styles(self.handle, firsts)
        self.places = [index for index in printed if styles[owners[index]].size >= TINY]
        self.texts = [known[codes[index]] for index in self.places]
        self.styles = [styles[owners[index]] for index in self.places]
        return sum(count for code, count in counts.items() if not _is_known(code))


def _turned(box: native.Edges, origin: tuple[float, float], style: Style, frame: Frame) -> Box:
    """The place of a character on a page shown turned, or of one that stands turned on it."""
    left, top, right, bottom = box
    shown = frame.box(left, bottom, right, top)
    if style.turn != frame.turn:
        return shown
    base = frame.point(*origin)[1]
    return shown._replace(y0=base - ASCENT * style.size, y1=base + DESCENT * style.size)


def _is_known(code: int) -> bool:
    """Whether a code is that of a character, not one for private use or none at all."""
    return 0 < code < 0xD800 or 0xF900 <= code < 0xFFF0 or 0x10000 <= code < 0x110000


def _styles(handle: Any, firsts: Mapping[int | None, int]) -> dict[int | None, Style]:
    """The styles of a page's text objects, each given with the place of its first character."""
    styles: dict[int | None, Style] = {}
    made: dict[native.Look, Style] = {}
    fonts: dict[int | None, tuple[bool, bool]] = {}
    for (owner, index), look in zip(firsts.items(), native.looks(handle, firsts), strict=True):
        style = made.get(look)
        if style is None:
            if look.font not in fonts:
                fonts[look.font] = _face(look.font, pdfium.FPDFText_GetFontWeight(handle, index))
            style = made[look] = _style(look, *fonts[look.font])
        styles[owner] = style
    return styles


def _style(look: native.Look, bold: bool, heavy: bool) -> Style:
    (a, b, c, d), points, mode, _, colour = look
    turn = round(math.atan2(b, a) / (math.pi / 2)) % 4
    pale = colour is not None and mode not in STROKED and (min(colour[:3]) >= PALE or colour[3] <= FAINT)
    return Style(points * math.hypot(c, d), turn, bold or mode == OUTLINED, heavy, mode in INVISIBLE, pale)


def _face(font: int | None, weight: int) -> tuple[bool, bool]:
    """Whether a face is bold, and whether it is heavy by nature."""
    name = native.font_name(font).lower()
    bold = weight >= HEAVY or any(part in name for part in BOLD_NAMES)
    return bold, any(part in name for part in HEAVY_FACES)
