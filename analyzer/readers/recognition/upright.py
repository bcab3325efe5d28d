"""A page set upright: the way its lines run, then level."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from analyzer.readers.limits import Allowance
from analyzer.readers.recognition.lines import Strip, found
from analyzer.readers.recognition.models import Image, Models
from analyzer.readers.recognition.raster import cleaned, scaled, skew, turn

LONG, VOTERS, TURNED = 3.0, 12, 0.6
"""Sides of a line that tells which way it runs, how many are asked which end is up, and the share that must agree."""


def upright(models: Models, image: Image, width: float, allowance: Allowance) -> tuple[Image, list[Strip]]:
    """The page as it is to be read, at one resolution, with the lines that the model finds on it."""
    page = scaled(image, width)
    angle = skew(cleaned(page))
    page = turn(page, angle) if angle else page
    allowance.time()
    strips = _find(models, page)
    if _stands(strips):
        page = np.asarray(cv2.rotate(page, cv2.ROTATE_90_CLOCKWISE), np.uint8)
        strips = _find(models, page)
    if _upside_down(models, page, strips):
        page = np.asarray(cv2.rotate(page, cv2.ROTATE_180), np.uint8)
        height, wide = page.shape[:2]
        strips = [Strip(wide - s.x1, height - s.y1, wide - s.x0, height - s.y0) for s in strips]
    return page, strips


def _find(models: Models, page: Image) -> list[Strip]:
    grey = cleaned(page)
    return found(models, np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8))


def _stands(strips: Sequence[Strip]) -> bool:
    """Whether the lines run from top to bottom."""
    tall = sum(s.height for s in strips if s.height >= LONG * (s.x1 - s.x0))
    wide = sum(s.x1 - s.x0 for s in strips if s.x1 - s.x0 >= LONG * s.height)
    return tall > 1.5 * wide


def _upside_down(models: Models, page: Image, strips: Sequence[Strip]) -> bool:
    long = sorted((s for s in strips if s.x1 - s.x0 >= LONG * s.height), key=lambda s: s.x0 - s.x1)[:VOTERS]
    if not long:
        return False
    votes = models.upside_down([page[s.y0 : s.y1, s.x0 : s.x1] for s in long])
    return sum(vote > 0.8 for vote in votes) > TURNED * len(votes)
