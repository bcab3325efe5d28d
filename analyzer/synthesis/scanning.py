"""Printed pages as a scanner gives them: turned a little, blurred, noisy, at the scanner's resolution.

Needs Pillow (the extra `generate`). The same pages, scanner and seed give the same bytes.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from analyzer.knowledge.printing import Scan

POINTS = 72
PAPER = 250
"""The grey of paper outside a turned page."""
DAY = time.gmtime(1705309200)


def scanned(pdf: bytes, scan: Scan, seed: int, to: str) -> bytes:
    """The pages of a PDF as pictures: one `scan` (a PDF of pictures), `tif` (of several pages), `png` or `jpg` (all
    pages below one another in one picture)."""
    rng = np.random.default_rng(seed)
    pages = [_worn(page, scan, rng) for page in _drawn(pdf, scan.dpi)]
    first, rest = pages[0], pages[1:]
    out = io.BytesIO()
    if to == "scan":
        day = {"creationDate": DAY, "modDate": DAY}
        quality = {} if scan.colours == "1" else {"quality": scan.quality or 95}
        first.save(out, "PDF", save_all=True, append_images=rest, resolution=scan.dpi, **day, **quality)
    elif to == "tif":
        packing = "group4" if scan.colours == "1" else "tiff_lzw"
        dpi = (scan.dpi, scan.dpi)
        first.save(out, "TIFF", save_all=True, append_images=rest, dpi=dpi, compression=packing)
    else:
        whole = _below(pages)
        if to == "png":
            whole.save(out, "PNG", dpi=(scan.dpi, scan.dpi), optimize=True)
        else:
            whole.convert("L" if scan.colours == "1" else whole.mode).save(out, "JPEG", quality=scan.quality or 95)
    return out.getvalue()


def _drawn(pdf: bytes, dpi: int) -> Iterator[Any]:
    """Each page as a picture in colours."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield page.render(scale=dpi / POINTS).to_pil().convert("RGB")
    finally:
        document.close()


def _worn(page: Any, scan: Scan, rng: np.random.Generator) -> Any:
    """A page as the scanner sees it."""
    from PIL import Image, ImageFilter

    if scan.colours != "RGB":
        page = page.convert("L")
    paper = PAPER if page.mode == "L" else (PAPER,) * 3
    if scan.skew:
        angle = rng.uniform(scan.skew / 2, scan.skew) * rng.choice((-1, 1))
        page = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=paper)
    if scan.blur:
        page = page.filter(ImageFilter.GaussianBlur(scan.blur))
    if scan.noise:
        grain = rng.normal(0, scan.noise, (page.height, page.width))
        dots = np.asarray(page, dtype=np.float64)
        dots = dots + (grain if dots.ndim == 2 else grain[:, :, None])
        page = Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8))
    if scan.colours == "1":
        return page.point(lambda grey: 255 if grey > 150 else 0).convert("1")
    return _pressed(page, scan)


def _pressed(page: Any, scan: Scan) -> Any:
    """The page after a JPEG of the scanner's quality."""
    from PIL import Image

    if not scan.quality:
        return page
    out = io.BytesIO()
    page.save(out, "JPEG", quality=scan.quality)
    return Image.fromarray(np.asarray(Image.open(io.BytesIO(out.getvalue()))))


def _below(pages: list[Any]) -> Any:
    from PIL import Image

    width, height = max(page.width for page in pages), sum(page.height for page in pages)
    whole = Image.new(pages[0].mode, (width, height))
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole
