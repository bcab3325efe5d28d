"""Pictures of pages → pages with text and rulings: photographs, scans, images of several pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from analyzer.document import Document
from analyzer.knowledge.layout import Layout
from analyzer.readers.encoding import Unreadable
from analyzer.readers.limits import Allowance
from analyzer.readers.pages.model import Glyph, Page, Stroke
from analyzer.readers.pictures import BROKEN, opened

if TYPE_CHECKING:
    from analyzer.readers.recognition.models import Image

WIDTH, HEIGHT = 595.0, 842.0
"""Points of a sheet of A4: how large a page is that does not say it."""
LIKELY = (60, 1200)
"""Dots an inch that a picture may truthfully state."""
STRIP = 1.75
"""From this height by its width on a picture holds several pages, or a long one, below one another."""
INK = 60
"""Difference of light and dark (of 255) below which nothing is written on a page."""
FEWEST = 10
"""Least characters of a text."""


def read(name: str, content: bytes, layout: Layout, allowance: Allowance) -> Document:
    """The document of a picture. Raises `UnreadableReport` where it is damaged, too large, holds no text, or nothing is
    to be recognised."""
    if not allowance.limits.ocr:
        raise Unreadable("no_ocr", name, "a picture; leave --no-ocr out to have it recognised")
    from analyzer.readers.recognition.models import models

    models(name)
    pages = [
        recognise(image, number=number, width=width, height=height, allowance=allowance, name=name)
        for number, (image, width, height) in enumerate(_images(name, content, allowance), start=1)
    ]
    count = sum(len(page.glyphs) for page in pages)
    if count < FEWEST:
        raise Unreadable("no_text", name, "a picture with (almost) no text")
    from analyzer.readers.pages import document

    return document(pages, layout, format="picture")


def recognise(image: Image, *, number: int, width: float, height: float, allowance: Allowance, name: str) -> Page:
    """The page on a picture (rows × columns × 3) of `width` × `height` points; a page lying on its side is set upright.

    Raises `UnreadableReport` where recognition is not installed, or beyond a limit.
    """
    from analyzer.readers.recognition.models import models

    loaded = models(name)
    from analyzer.readers.recognition.page import look
    from analyzer.readers.recognition.upright import upright

    allowance.time()
    allowance.pixels(image.shape[0] * image.shape[1])
    if is_blank(image):
        return Page(number, width, height)
    standing, strips = upright(loaded, image, width, allowance)
    if (standing.shape[0] > standing.shape[1]) != (image.shape[0] > image.shape[1]):
        width, height = height, width
    seen = look(loaded, standing, strips, allowance)
    scale = width / standing.shape[1]
    strokes = tuple(
        Stroke(*(v * scale for v in ((r.start, r.at, r.end, r.at) if r.level else (r.at, r.start, r.at, r.end))))
        for r in seen.rulings
    )
    glyphs = tuple(
        Glyph(g.text, g.x0 * scale, g.y0 * scale, g.x1 * scale, g.y1 * scale, g.size * scale, g.bold, g.sure)
        for g in seen.glyphs
    )
    return Page(number, width, height, glyphs, strokes, recognised=True)


def is_blank(image: Image) -> bool:
    """Whether nothing is written on a picture."""
    return int(image.max()) - int(image.min()) < INK


def _images(name: str, content: bytes, allowance: Allowance) -> Iterator[tuple[Image, float, float]]:
    """The pages of a picture with their sizes in points."""
    from PIL import ImageOps, ImageSequence

    try:
        with opened(content, allowance) as picture:
            allowance.pages(getattr(picture, "n_frames", 1))
            frames = [picture.copy()] if picture.format == "GIF" else ImageSequence.Iterator(picture)
            for frame in frames:
                allowance.time()
                allowance.pixels(frame.width * frame.height)
                turned = ImageOps.exif_transpose(frame.copy())
                yield from _cut(flat(turned), _dots(picture, turned.width))
    except Unreadable:
        raise
    except BROKEN as problem:
        raise Unreadable("damaged", name, f"a damaged picture ({problem})") from None


def flat(picture: Any) -> Image:
    """Red, green and blue of a picture on white paper."""
    import numpy as np
    from PIL import Image as Pictures

    if picture.mode in ("RGBA", "LA", "PA", "P"):
        picture = picture.convert("RGBA")
        paper = Pictures.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture)
        picture = paper
    if picture.mode.startswith(("I", "F")):
        values = np.asarray(picture, np.float64)
        most = max(float(values.max(initial=1)), 1.0)
        picture = Pictures.fromarray(np.asarray(values / most * 255, np.uint8))
    return np.asarray(picture.convert("RGB"), np.uint8)


def _dots(picture: Any, width: int) -> float:
    """Dots an inch: what the picture states where that makes a page of some size, else what makes its width that of a
    sheet."""
    stated = picture.info.get("dpi", (0, 0))[0]
    paper = HEIGHT if picture.width > picture.height else WIDTH
    if LIKELY[0] <= stated <= LIKELY[1] and 0.45 <= width / float(stated) * 72 / paper <= 2.2:
        return float(stated)
    return width / paper * 72


def _cut(image: Image, dots: float) -> Iterator[tuple[Image, float, float]]:
    """The pages that stand below one another on a picture, cut apart where nothing is printed."""
    height, width = image.shape[:2]
    if height <= STRIP * width:
        yield image, width / dots * 72, height / dots * 72
        return
    tall, start = round(width * HEIGHT / WIDTH), 0
    spread = image.max(axis=2).max(axis=1).astype(int) - image.min(axis=2).min(axis=1)
    while start < height:
        end = height if height - start <= 1.2 * tall else _blank(spread, start + tall, width // 6)
        part = image[start:end]
        yield part, width / dots * 72, part.shape[0] / dots * 72
        start = end


def _blank(spread: Any, place: int, room: int) -> int:
    """The row nearest to a place round which least is printed."""
    import numpy as np

    first = max(0, place - room)
    window = np.convolve(spread[first : place + room], np.ones(9) / 9, mode="same")
    near = np.abs(np.arange(window.size) + first - place) / room
    return int(first + np.argmin(window + 20 * near))
