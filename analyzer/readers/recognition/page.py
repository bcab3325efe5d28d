"""One page recognised: characters with their places, and which of them may be wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from analyzer.readers.limits import Allowance
from analyzer.readers.pages.model import Glyph
from analyzer.readers.recognition.lines import Strip, found, in_cell, ink_of, left_over, outside
from analyzer.readers.recognition.models import HEIGHT, Character, Image, Models, Said
from analyzer.readers.recognition.raster import WHITE, cleaned
from analyzer.readers.recognition.rulings import Cell, Mask, Ruling, cells, mask, rulings

SURE, RIVAL, MISSED = 0.9, 0.1, 0.25
"""Least probability of a figure, and the most that speaks for another one or for one more."""
USUAL = 28
"""Height in pixels of a line of text where too few are found to tell."""
_FIGURE = re.compile(r"[0-9０-９]")
_VALUE = re.compile(r"[\d.,，。．:：·'’/／\\\-－—–_~+*%％OoQDＯ〇○lI|丨!iSsBZzgqb()（）\s]*")
_ALIKE = str.maketrans("OoQDＯ〇○lI|丨!i", "0000000111111")


class Seen(NamedTuple):
    """What is seen on a page: glyphs and rulings in pixels, and the share of its ink that was read."""

    glyphs: list[Glyph]
    rulings: list[Ruling]
    cells: list[Cell]


class Crop(NamedTuple):
    """A line cut out, and where its left edge stands on the page."""

    image: Image
    left: float


def look(models: Models, image: Image, strips: list[Strip] | None, allowance: Allowance) -> Seen:
    """Reads an upright page; `strips` are its lines where they were found already."""
    grey = cleaned(image)
    lines = rulings(grey)
    height, width = grey.shape
    bare = grey.copy()
    bare[mask(lines, height, width, 2) > 0] = WHITE
    table = cells(lines, height, width)
    ink = ink_of(bare)
    strips = outside(found(models, _three(bare)) if strips is None else strips, table)
    strips += left_over(ink, strips, table)
    usual = _usual(ink, table)
    inner = [strip for number, cell in enumerate(table) for strip in in_cell(ink, cell, number, usual)]
    allowance.time()
    glyphs = _prose(models, bare, ink, strips, allowance)
    glyphs += _table(models, (bare, grey), ink, inner, table)
    return Seen(glyphs, lines, table)


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


def _cut(grey: Image, strip: Strip, above: float, aside: float, within: Cell | None = None) -> Crop:
    """The strip with paper round it: so many of its heights above and below, and on both sides."""
    high, wide = round(strip.height * above), round(strip.height * aside)
    x0, x1 = strip.x0, strip.x1
    part = grey[strip.y0 : strip.y1, x0:x1]
    padded = cv2.copyMakeBorder(part, high, high, wide, wide, cv2.BORDER_CONSTANT, value=WHITE)
    return Crop(_three(np.asarray(padded, np.uint8)), x0 - wide)


def _prose(models: Models, bare: Image, ink: Mask, strips: Sequence[Strip], allowance: Allowance) -> list[Glyph]:
    crops = [Crop(_three(bare[s.y0 : s.y1, s.x0 : s.x1]), s.x0) for s in strips]
    glyphs: list[Glyph] = []
    for strip, crop, said in zip(strips, crops, models.read([crop.image for crop in crops]), strict=True):
        rows = np.flatnonzero(ink[strip.y0 : strip.y1, strip.x0 : strip.x1].any(axis=1))
        if rows.size:
            strip = strip._replace(y0=strip.y0 + int(rows[0]), y1=strip.y0 + int(rows[-1]) + 1)
        glyphs += _glyphs(said, strip, crop.left, [_clear(each) for each in said.characters])
    return glyphs


def _table(
    models: Models, images: tuple[Image, Image], ink: Mask, strips: Sequence[Strip], table: Sequence[Cell]
) -> list[Glyph]:
    """Lines in cells; values are read a second time from another cut."""
    bare, _ = images
    crops = [_cut(bare, strip, 0.12, 0.3) for strip in strips]
    first = models.read([crop.image for crop in crops])
    values = [n for n, said in enumerate(first) if _VALUE.fullmatch(said.text)]
    again = models.read([_cut(bare, strips[n], 0.35, 0.8).image for n in values])
    second = dict(zip(values, again, strict=True))
    glyphs: list[Glyph] = []
    for number, (strip, crop, said) in enumerate(zip(strips, crops, first, strict=True)):
        if number in second:
            glyphs += _value(said, second[number], strip, crop)
        else:
            glyphs += _glyphs(said, strip, crop.left, [_clear(each) for each in said.characters])
    return glyphs


def _value(said: Said, again: Said, strip: Strip, crop: Crop) -> list[Glyph]:
    """A value read twice; it is unsure where the two differ, and a mark stands where nothing could be read."""
    one, two = plain(said.text), plain(again.text)
    best = said if one else again
    if not (one or two):
        return [Glyph("?", strip.x0, strip.y0, strip.x1, strip.y1, strip.height, sure=False)]
    doubt = one != two or best.text.translate(_ALIKE) != best.text
    doubt = doubt or best.missed > MISSED or not all(_clear(each) for each in best.characters)
    return _glyphs(best, strip, crop.left, [not doubt] * len(best.characters), alike=True)


def plain(text: str) -> str:
    """What a value says, whatever it is set in."""
    return unicodedata.normalize("NFKC", text).replace(" ", "").replace("。", ".").replace("，", ",")


def _clear(character: Character) -> bool:
    return character.sure >= SURE and character.rival <= RIVAL


def _glyphs(said: Said, strip: Strip, left: float, sure: Sequence[bool], *, alike: bool = False) -> list[Glyph]:
    """The characters in their places along the strip."""
    at = [left + character.at for character in said.characters]
    made = []
    for number, character in enumerate(said.characters):
        text = unicodedata.normalize("NFKC", character.text) if alike else character.text
        text = text.translate(_ALIKE) if alike else text
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
