"""One page recognised: characters with their places, and which of them may be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from analyzer.readers.limits import Allowance
from analyzer.readers.pages.model import Glyph
from analyzer.readers.recognition.lines import (
    FRAME,
    SPECK,
    Strip,
    found,
    in_cell,
    ink_of,
    left_over,
    outside,
    tight,
    words,
)
from analyzer.readers.recognition.models import Image, Models, Said
from analyzer.readers.recognition.raster import WHITE, cleaned, without_colours
from analyzer.readers.recognition.rulings import Cell, Mask, Ruling, cells, mask, rulings
from analyzer.readers.recognition.values import Fit, certain, clear, figure, is_mark, is_value

USUAL = 28
"""Height in pixels of a line of text where too few are found to tell."""


FAINT = 190
"""Grey of what is too faint for a character, though it is no paper."""
RIM = 1
"""Pixels round the ink of a line that belong to it."""


class Seen(NamedTuple):
    """What is seen on a page: glyphs and rulings in pixels."""

    glyphs: list[Glyph]
    rulings: list[Ruling]


class Crop(NamedTuple):
    """A line cut out, and where its left edge stands on the page."""

    image: Image
    left: float


def look(models: Models, image: Image, strips: list[Strip] | None, allowance: Allowance) -> Seen:
    """Reads an upright page; `strips` are its lines where they were found already."""
    grey = cleaned(image)
    lines = rulings(grey)
    height, width = grey.shape
    frame = mask(lines, height, width, wider=2) > 0
    bare, unstamped = grey.copy(), without_colours(image, grey)
    bare[frame] = unstamped[frame] = WHITE
    table = cells(lines, height, width)
    ink = ink_of(bare)
    strips = outside(found(models, _three(bare)) if strips is None else strips, table)
    strips = [word for strip in (*strips, *left_over(ink, strips, table)) for word in words(ink, strip)]
    usual = _usual(ink, table)
    strips += [strip for number, cell in enumerate(table) for strip in in_cell(ink, cell, number, usual)]
    allowance.time()
    glyphs = _read(models, (bare, unstamped), ink, strips)
    inked = {strip.cell for strip in strips}
    faint = [cell for number, cell in enumerate(table) if number not in inked and _is_faint(bare, cell)]
    glyphs += [Glyph("?", *cell, cell.y1 - cell.y0, sure=False) for cell in faint]
    return Seen(glyphs, lines)


def _is_faint(bare: Image, cell: Cell) -> bool:
    """Whether something is printed in a cell, though too faintly to be read."""
    inside = bare[cell.y0 + FRAME : cell.y1 - FRAME, cell.x0 + FRAME : cell.x1 - FRAME]
    return inside.size > 0 and int(np.count_nonzero(cv2.blur(inside, (3, 3)) < FAINT)) >= SPECK


def _usual(ink: Mask, table: Sequence[Cell]) -> float:
    """How tall a line of text in a cell is: a middling height among single lines."""
    heights = []
    for cell in table:
        rows = ink[cell.y0 : cell.y1, cell.x0 : cell.x1].any(axis=1)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
        heights += [int(end - start) for start, end in edges.reshape(-1, 2) if end - start >= 8]
    return float(np.percentile(heights, 75)) if len(heights) >= 8 else USUAL


def _three(grey: Image) -> Image:
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)


def _cut(grey: Image, strip: Strip, above: float, aside: float) -> Crop:
    """The strip with paper round it: so many of its heights above and below, and on both sides."""
    high, wide = round(strip.height * above), round(strip.height * aside)
    x0 = max(0, strip.x0 - RIM)
    part = grey[max(0, strip.y0 - RIM) : strip.y1 + RIM, x0 : strip.x1 + RIM]
    padded = cv2.copyMakeBorder(part, high, high, wide, wide, cv2.BORDER_CONSTANT, value=WHITE)
    return Crop(_three(np.asarray(padded, np.uint8)), x0 - wide)


def _read(models: Models, pictures: tuple[Image, Image], ink: Mask, strips: Sequence[Strip]) -> list[Glyph]:
    """The characters of lines; values are read a second time from another cut of the page without its coloured
    stamps."""
    bare, unstamped = pictures
    crops = [_cut(bare, s, 0.12, 0.3) if s.cell >= 0 else _whole(bare, s) for s in strips]
    first = models.read([crop.image for crop in crops])
    strips = [tight(ink, strip) for strip in strips]
    values = [n for n, said in enumerate(first) if _is_value(strips[n], said)]
    again = models.read([_cut(unstamped, strips[n], 0.35, 0.8).image for n in values])
    second = dict(zip(values, again, strict=True))
    inks = {n: ink[strips[n].y0 : strips[n].y1, strips[n].x0 : strips[n].x1] for n in values}
    fit = Fit([(figure(first[n].text), inks[n]) for n in values])
    glyphs: list[Glyph] = []
    for number, (strip, crop, said) in enumerate(zip(strips, crops, first, strict=True)):
        if number not in second:
            glyphs += _glyphs(said, strip, crop.left, [clear(each) for each in said.characters])
            continue
        best = said if said.text.strip() else second[number]
        if not best.text.strip():
            glyphs.append(Glyph("?", strip.x0, strip.y0, strip.x1, strip.y1, strip.height, sure=False))
            continue
        if is_mark(figure(best.text), inks[number]):
            glyphs.append(Glyph("/", strip.x0, strip.y0, strip.x1, strip.y1, strip.height))
            continue
        sure = certain(said, second[number]) and fit.suits(figure(best.text), inks[number])
        glyphs += _glyphs(_figures(best), strip, crop.left, [sure] * len(best.characters))
    return glyphs


def _whole(bare: Image, strip: Strip) -> Crop:
    return Crop(_three(bare[strip.y0 : strip.y1, strip.x0 : strip.x1]), strip.x0)


def _is_value(strip: Strip, said: Said) -> bool:
    """Whether a line may hold a value; beside tables that needs to be read."""
    return is_value(said.text) if strip.cell >= 0 else bool(said.text.strip()) and is_value(said.text)


def _figures(said: Said) -> Said:
    return said._replace(characters=tuple([each._replace(text=figure(each.text)) for each in said.characters]))


def _glyphs(said: Said, strip: Strip, left: float, sure: Sequence[bool]) -> list[Glyph]:
    """The characters in their places along the strip."""
    at = [left + character.at for character in said.characters]
    made = []
    for number, character in enumerate(said.characters):
        text = character.text
        if not text.strip():
            continue
        before = (at[number - 1] + at[number]) / 2 if number else strip.x0
        after = (at[number] + at[number + 1]) / 2 if number + 1 < len(at) else strip.x1
        made.append(
            Glyph(
                text,
                min(before, at[number]),
                strip.y0,
                max(after, at[number]),
                strip.y1,
                strip.height,
                sure=sure[number],
            )
        )
    return made
