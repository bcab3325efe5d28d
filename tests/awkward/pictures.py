"""Pages as grey pictures, for files that are scans or hold one."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageChops

from analyzer.synthesis.leaves import Leaf
from tests.awkward.drawn import MM, bound, numbered, rects
from tests.awkward.paper import UNSEEN, Paper


def rendered(content: bytes, number: int, scale: float) -> Image.Image:
    document = pypdfium2.PdfDocument(content)
    image: Image.Image = document[number].render(scale=scale).to_pil().convert("L")
    document.close()
    return image


def coded(image: Image.Image, quality: int = 40) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def grey(content: bytes, *, scale: float) -> bytes:
    """The first page of a file as a JPEG, without the white around it."""
    image = rendered(content, 0, scale)
    box = ImageChops.invert(image).getbbox()
    assert box is not None
    return coded(image.crop((box[0] - 12, box[1] - 12, box[2] + 12, box[3] + 12)))


def over_scan(pages: Sequence[Leaf]) -> bytes:
    """Each page as a picture with its text over it, unseen."""
    numbered(pages)
    drawn = bound(pages, frames=rects).save()
    paper = Paper()
    for number, leaf in enumerate(pages):
        wide, high = leaf.width * MM, leaf.height * MM
        image = rendered(drawn, number, 100 / 72)
        sheet = paper.sheet(wide, high)
        sheet.picture(coded(image, 30), image.size, (0, 0, wide, high))
        for text in leaf.texts:
            sheet.text(text.x * MM, text.y * MM, text.text, text.size * MM, mode=UNSEEN)
    return paper.save()
