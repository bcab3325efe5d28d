"""A PDF file as pages of characters, rulings and pictures."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from analyzer.readers.encoding import Unreadable
from analyzer.readers.pages.model import Box, Glyph, Page
from analyzer.readers.pdf.drawings import drawing_of
from analyzer.readers.pdf.fields import settle
from analyzer.readers.pdf.frame import frame_of
from analyzer.readers.pdf.glyphs import TextPage

MOST = 100
"""Attached files of which the names are looked at."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as the file has it. `layer` is text drawn invisibly (as recognisers put it behind a scan), `hidden` white
    text on white; `unknown` counts characters without a Unicode value; `turn` is the number of quarter
    turns clockwise that make its text upright."""

    page: Page
    layer: tuple[Glyph, ...] = ()
    hidden: tuple[Glyph, ...] = ()
    unknown: int = 0
    turn: int = 0


class File:
    """An open PDF file. Raises `UnreadableReport` where it is locked or damaged."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        try:
            self.handle = pypdfium2.PdfDocument(content)
            with contextlib.suppress(pypdfium2.PdfiumError):
                self.handle.init_forms()
            self.count = len(self.handle)
        except pypdfium2.PdfiumError as problem:
            if getattr(problem, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
                raise Unreadable("locked", name, "the PDF asks for a password; save it without one") from None
            raise Unreadable("damaged", name, "a damaged PDF; download it again") from None
        if not self.count:
            raise Unreadable("damaged", name, "a PDF without pages; download it again")

    def __enter__(self) -> File:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.handle.close()

    @property
    def title(self) -> str:
        """What the metadata state."""
        return str(self.handle.get_metadata_value("Title"))

    @property
    def attached(self) -> tuple[str, ...]:
        """The names of the files that lie in this one."""
        with contextlib.suppress(pypdfium2.PdfiumError):
            count = self.handle.count_attachments()
            return tuple(str(self.handle.get_attachment(n).get_name()) for n in range(min(count, MOST)))
        return ()

    def sheet(self, number: int) -> Sheet:
        """The page of a number from 1; what is filled into it or typed on it stands on the page."""
        page = self._page(number)
        try:
            if settle(page.raw, self.handle.formenv):
                page.close()
                page = self._page(number)
            return _sheet(number, page.raw)
        finally:
            page.close()

    def _page(self, number: int) -> Any:
        try:
            return self.handle[number - 1]
        except pypdfium2.PdfiumError:
            raise Unreadable("damaged", self.name, f"page {number} is damaged; download the PDF again") from None

    def render(self, number: int, scale: float, turn: int) -> Any:
        """A page as an array of height × width × 3 bytes, `scale` pixels a point, turned clockwise by quarters."""
        page = self.handle[number - 1]
        try:
            bitmap = page.render(scale=scale, rotation=90 * turn, rev_byteorder=True, prefer_bgrx=False)
            image = bitmap.to_numpy()[:, :, :3].copy()
            bitmap.close()
            return image
        finally:
            page.close()


def _sheet(number: int, raw: Any) -> Sheet:
    frame = frame_of(raw)
    text = TextPage(raw)
    try:
        turn = (text.turn - frame.turn) % 4
        frame = frame.turned(turn)
        read = text.read(frame)
    finally:
        text.close()
    drawing = drawing_of(raw, frame)
    width, height = frame.size
    grounds = drawing.fills + drawing.pictures
    shown: list[Glyph] = []
    hidden: list[Glyph] = []
    for glyph in read.white:
        (shown if any(_on(glyph, ground) for ground in grounds) else hidden).append(glyph)
    glyphs = (*read.seen, *shown)
    page = Page(number, width, height, glyphs, tuple(drawing.strokes), tuple(drawing.pictures), tuple(drawing.tiles))
    return Sheet(page, tuple(read.layer), tuple(hidden), read.unknown, turn)


def _on(glyph: Glyph, ground: Box) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    return ground.x0 <= x <= ground.x1 and ground.y0 <= y <= ground.y1
