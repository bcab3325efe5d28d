"""Pictures made ready: set upright, at one resolution, without shadows and rulings."""

from __future__ import annotations

import cv2
import numpy as np

from analyzer.readers.recognition.models import Image

DPI = 200
"""Dots an inch at which a page is recognised."""
FEWEST, MOST = 0.85, 1.35
"""Shares of `DPI` between which a page stays as it is."""
STEEPEST, FINEST = 6.0, 0.05
"""Degrees up to which a page may be askew, and how exactly that is found."""
WHITE = 255
COLOUR, LIGHT = 60, 140
"""How far the colours of a stamp lie apart, and how light the lightest of them is."""


def scaled(image: Image, width: float) -> Image:
    """The picture of a page `width` points wide at about `DPI`."""
    factor = DPI / (image.shape[1] / width * 72)
    if 1 / MOST <= factor <= 1 / FEWEST:
        return image
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    size = max(1, round(image.shape[1] * factor)), max(1, round(image.shape[0] * factor))
    return np.asarray(cv2.resize(image, size, interpolation=how), np.uint8)


def cleaned(image: Image) -> Image:
    """Grey, with paper white whatever light fell on it."""
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image, np.uint8)
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(paper, 60), scale=WHITE), np.uint8)


def without_colours(image: Image, grey: Image) -> Image:
    """The cleaned page without what is printed on it in a light colour: a stamp."""
    most = image.max(axis=2)
    coloured = np.asarray((most.astype(np.int16) - image.min(axis=2) > COLOUR) & (most > LIGHT), np.uint8)
    plain = grey.copy()
    plain[cv2.dilate(coloured, np.ones((3, 3), np.uint8)) > 0] = WHITE
    return plain


def skew(grey: Image) -> float:
    """Degrees by which the page must be turned so that lines of text and rulings are level."""
    factor = 800 / max(grey.shape)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = np.asarray(cv2.threshold(small, 0, WHITE, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1])
    best, span, step = 0.0, STEEPEST, 1.0
    while step >= FINEST / 2:
        tried = np.arange(best - span, best + span + step / 2, step)
        best = float(max(tried, key=lambda angle: _order(ink, float(angle))))
        span, step = step, step / 4
    return best if abs(best) >= FINEST else 0.0


def _order(ink: Image, angle: float) -> float:
    """How clearly lines stand apart when the page is turned by so many degrees."""
    turned = turn(ink, angle, paper=0)
    rows, columns = turned.sum(axis=1, dtype=np.float64), turned.sum(axis=0, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum() + np.square(np.diff(columns)).sum())


def turn(image: Image, angle: float, paper: int = WHITE) -> Image:
    """The picture turned about its middle, its size kept."""
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    how = cv2.INTER_CUBIC if paper else cv2.INTER_LINEAR
    filled = (paper, paper, paper) if image.ndim == 3 else paper
    return np.asarray(cv2.warpAffine(image, matrix, (width, height), flags=how, borderValue=filled), np.uint8)
