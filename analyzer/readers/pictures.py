"""A picture's bytes → the opened picture, within the limits; Pillow, which opens it, comes with the extra `ocr`."""

from __future__ import annotations

import io
from typing import Any

from analyzer.errors import Unreadable, without_extra
from analyzer.readers.limits import Allowance

BROKEN = (OSError, ValueError, SyntaxError, EOFError)
"""What Pillow raises while it opens, or draws, a damaged picture."""


def opened(content: bytes, allowance: Allowance) -> Any:
    """The picture, not drawn yet. Raises `UnreadableReport` where it is damaged or too large, or Pillow is missing.

    Pillow's own bound, which neither says what to do nor can be raised by an option, is put aside meanwhile.
    """
    try:
        from PIL import Image
    except ImportError:
        raise without_extra(allowance.name, "ocr") from None
    own, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        picture = Image.open(io.BytesIO(content))
    except BROKEN as problem:
        raise Unreadable("damaged", allowance.name, f"a damaged picture ({problem})") from None
    finally:
        Image.MAX_IMAGE_PIXELS = own
    allowance.pixels(picture.width * picture.height)
    return picture
