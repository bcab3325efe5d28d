"""The objects of an OFD page → glyphs, rulings and pictures with their places: text by its codes and distances, paths
by their strokes, all under the matrices and boundaries they stand in. Lengths of the format are millimetres."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise, repeat
from typing import NamedTuple

from lxml import etree

from analyzer.readers.limits import Allowance
from analyzer.readers.ofd.package import BOLD_WEIGHT, Resources, every, first, kind
from analyzer.readers.pages.model import Box, Glyph, Stroke

POINTS = 72 / 25.4
ASCENT, DESCENT = 0.86, 0.14
"""Parts of the font's size above and below the line it stands on."""
NARROW, WIDEST = 0.5, 1.1
"""Widths of a character in sizes of its font: one of ASCII, and the widest that a distance may give it."""
THIN, LEVEL = 2.0, 0.6
"""Points up to which a filled rectangle is a ruling, and a line may slope."""
PICTURE = (60.0, 24.0)
"""Width and height in points from which on a picture may hold text."""
DEPTH, OBJECTS = 12, 200_000
"""Groups in groups, and objects of one page: what more there is belongs to no report."""
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STEP = re.compile(r"[A-Za-z]|" + _NUMBER.pattern)
_ARITY = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_CURVES = frozenset("QBA")


class Matrix(NamedTuple):
    """`x' = a x + c y + e`, `y' = b x + d y + f`."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def inside(self, outer: Matrix) -> Matrix:
        """First this, then `outer`."""
        a, b, c, d, e, f = self
        return Matrix(
            a * outer.a + b * outer.c,
            a * outer.b + b * outer.d,
            c * outer.a + d * outer.c,
            c * outer.b + d * outer.d,
            e * outer.a + f * outer.c + outer.e,
            e * outer.b + f * outer.d + outer.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The upright box round a rectangle."""
        corners = [self.point(x, y) for x in (x0, x1) for y in (y0, y1)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass
class Drawing:
    """What the objects of one page draw. `turns` counts characters by the quarter turns of their writing, `hidden` has
    the texts that are not seen, `outlines` counts the filled curves (letters without text)."""

    resources: Resources
    allowance: Allowance
    glyphs: list[Glyph] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    pictures: list[tuple[Box, str]] = field(default_factory=list)
    turns: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    hidden: list[str] = field(default_factory=list)
    outlines: int = 0
    _dark: list[Box] = field(default_factory=list)
    _seen: int = 0

    def draw(self, element: etree._Element, outer: Matrix, depth: int = 0) -> None:
        """All graphic objects below an element (a layer, a group) in order."""
        for child in element:
            self._seen += 1
            if depth > DEPTH or self._seen > OBJECTS:
                return
            if not self._seen % 500:
                self.allowance.time()
            name = kind(child)
            if name in ("Layer", "PageBlock"):
                self.draw(child, outer, depth + 1)
            elif name.endswith("Object") and _true(child, "Visible", True):
                self._object(child, name, _placed(child, outer), depth)

    def _object(self, element: etree._Element, name: str, matrix: Matrix, depth: int) -> None:
        if name == "TextObject":
            self._text(element, matrix)
        elif name == "PathObject":
            self._path(element, matrix)
        elif name == "ImageObject":
            self._picture(element, matrix)
        elif name == "CompositeObject":
            unit = self.resources.units.get(element.get("ResourceID", ""))
            content = first(unit, "Content") if unit is not None else None
            for part in (element, content):
                if part is not None:
                    self.draw(part, matrix, depth + 1)

    def _text(self, element: etree._Element, matrix: Matrix) -> None:
        style = _Style.of(element, matrix, self.resources)
        if style.size <= 0:
            return
        glyphs = list(_glyphs(element, matrix, style))
        if not glyphs:
            return
        if _is_unseen(element) and not self._on_dark(glyphs[0]):
            self.hidden.append("".join(glyph.text for glyph in glyphs))
            return
        self.turns[style.turn] += len(glyphs)
        self.glyphs += glyphs

    def _on_dark(self, glyph: Glyph) -> bool:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        return any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in self._dark)

    def _path(self, element: etree._Element, matrix: Matrix) -> None:
        data = next((each.text or "" for each in every(element, "AbbreviatedData")), "")
        filled, stroked = _true(element, "Fill", False), _true(element, "Stroke", True)
        lines, curved = _polylines(data)
        if curved:
            self.outlines += filled
            return
        for points in lines:
            corners = [matrix.point(x, y) for x, y in points]
            if filled and len(corners) > 2:
                self._filled(element, corners, stroked)
            if stroked and not _is_white(first(element, "StrokeColor")):
                self.strokes += _strokes(corners)

    def _filled(self, element: etree._Element, corners: list[tuple[float, float]], stroked: bool) -> None:
        if _is_white(first(element, "FillColor")):
            return
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        wide, high = box.x1 - box.x0, box.y1 - box.y0
        if not stroked and min(wide, high) <= THIN < max(wide, high):
            x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
            level = wide > high
            self.strokes.append(Stroke(box.x0, y, box.x1, y) if level else Stroke(x, box.y0, x, box.y1))
        elif min(wide, high) > THIN:
            self._dark.append(box)

    def _picture(self, element: etree._Element, matrix: Matrix) -> None:
        box = matrix.box(0, 0, 1, 1)
        if not element.get("CTM"):
            _, _, wide, high = numbers(element.get("Boundary", ""), 4)
            box = matrix.box(0, 0, wide, high)
        self._dark.append(box)
        if box.x1 - box.x0 >= PICTURE[0] and box.y1 - box.y0 >= PICTURE[1]:
            self.pictures.append((box, self.resources.media.get(element.get("ResourceID", ""), "")))


@dataclass(frozen=True, slots=True)
class _Style:
    """How the characters of an object look: size in millimetres and in points, bold, quarter turns."""

    size: float
    points: float
    bold: bool
    turn: int
    wide: float
    reading: int

    @staticmethod
    def of(element: etree._Element, matrix: Matrix, resources: Resources) -> _Style:
        size = _float(element.get("Size"), 0.0)
        weight = _float(element.get("Weight"), 400.0)
        bold = weight >= BOLD_WEIGHT or element.get("Font", "") in resources.bold
        level = abs(matrix.a) >= abs(matrix.b)
        turn = (0, 2)[matrix.a < 0] if level else (3, 1)[matrix.b > 0]
        points = size * (matrix.c**2 + matrix.d**2) ** 0.5
        reading = int(_float(element.get("ReadDirection"), 0.0)) // 90 % 4
        return _Style(size, points, bold, turn, size * _float(element.get("HScale"), 1.0), reading)


def numbers(said: str, count: int) -> list[float]:
    """The first numbers of a list, noughts where it is short."""
    found = [float(each) for each in _NUMBER.findall(said)[:count]]
    return found + [0.0] * (count - len(found))


def deltas(said: str | None, most: int) -> list[float]:
    """Distances from each character to the next, at most so many; `g n v` stands for n times v."""
    words = (said or "").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < most:
        if words[at] == "g" and at + 2 < len(words):
            count = min(max(_float(words[at + 1], 0.0), 0.0), most - len(found))
            found += [_float(words[at + 2], 0.0)] * int(count)
            at += 3
            continue
        found.append(_float(words[at], 0.0))
        at += 1
    return found


def _float(said: str | None, otherwise: float) -> float:
    found = _NUMBER.match(said.strip()) if said else None
    return float(found[0]) if found else otherwise


def _true(element: etree._Element, name: str, otherwise: bool) -> bool:
    said = element.get(name)
    return otherwise if said is None else said.strip().lower() not in ("false", "0")


def _placed(element: etree._Element, outer: Matrix) -> Matrix:
    """The matrix of an object: its own, moved to its boundary, inside the one around it."""
    x, y, _, _ = numbers(element.get("Boundary", ""), 4)
    own = element.get("CTM")
    matrix = Matrix(*numbers(own, 6)) if own else Matrix()
    return matrix._replace(e=matrix.e + x, f=matrix.f + y).inside(outer)


def _is_unseen(element: etree._Element) -> bool:
    """Whether a text is drawn without colour or in that of the paper."""
    if not _true(element, "Fill", True) and not _true(element, "Stroke", False):
        return True
    color = first(element, "FillColor")
    transparent = element.get("Alpha") == "0" or (color is not None and color.get("Alpha") == "0")
    return transparent or _is_white(color)


def _is_white(color: etree._Element | None) -> bool:
    value = (color.get("Value") or "") if color is not None else ""
    parts = numbers(value, 4)[: len(value.split())]
    return all(part <= 5 for part in parts) if len(parts) == 4 else bool(parts) and all(p >= 250 for p in parts)


def _glyphs(element: etree._Element, matrix: Matrix, style: _Style) -> Iterator[Glyph]:
    """The characters of a text object; one without a place of its own goes on where the last one stood."""
    x = y = 0.0
    for code in every(element, "TextCode"):
        text = code.text or ""
        x, y = _float(code.get("X"), x), _float(code.get("Y"), y)
        own = text if "\n" not in text else text.strip("\r\n\t ").replace("\r", "")
        across, down = (deltas(code.get(name), len(own)) for name in ("DeltaX", "DeltaY"))
        free = not across and not down
        steps = zip(_steps(across), _steps(down), strict=False)
        for character, (right, below) in zip(own, steps, strict=False):
            wide = _width(character, style)
            if character.strip() and unicodedata.category(character)[0] != "C":
                seen = right if 0.3 * wide < right <= WIDEST * style.wide else wide
                box = matrix.box(x, y - ASCENT * style.size, x + seen, y + DESCENT * style.size)
                yield Glyph(character, *box, size=style.points, bold=style.bold)
            if free:
                ahead = style.size if style.reading % 2 else wide
                right, below = _along(ahead, style.reading)
            x, y = x + right, y + below


def _steps(found: list[float]) -> Iterator[float]:
    """Distances as given, the last one for all further characters."""
    return chain(found, repeat(found[-1] if found else 0.0))


def _along(ahead: float, reading: int) -> tuple[float, float]:
    return ((ahead, 0.0), (0.0, ahead), (-ahead, 0.0), (0.0, -ahead))[reading]


def _width(character: str, style: _Style) -> float:
    return style.wide if unicodedata.east_asian_width(character) in "WFA" else style.wide * NARROW


def _polylines(data: str) -> tuple[list[list[tuple[float, float]]], bool]:
    """The straight lines of a path, each from a move to the next, and whether it has curves."""
    lines: list[list[tuple[float, float]]] = []
    words = iter(_STEP.findall(data))
    curved = False
    for word in words:
        if not word.isalpha():
            continue
        name = word.upper()
        taken = [_float(next(words, "0"), 0.0) for _ in range(_ARITY.get(name, 0))]
        curved |= name in _CURVES
        if name in ("M", "S"):
            lines.append([(taken[0], taken[1])])
        elif name == "C" and lines:
            lines[-1].append(lines[-1][0])
        elif taken and lines:
            lines[-1].append((taken[-2], taken[-1]))
    return lines, curved


def _strokes(corners: list[tuple[float, float]]) -> Iterator[Stroke]:
    for (x0, y0), (x1, y1) in pairwise(corners):
        if abs(y1 - y0) <= LEVEL < abs(x1 - x0):
            yield Stroke(min(x0, x1), (y0 + y1) / 2, max(x0, x1), (y0 + y1) / 2)
        elif abs(x1 - x0) <= LEVEL < abs(y1 - y0):
            yield Stroke((x0 + x1) / 2, min(y0, y1), (x0 + x1) / 2, max(y0, y1))


def upright(drawing: Drawing, width: float, height: float) -> tuple[float, float]:
    """Turns a page so that most of its text is level; its width and height then."""
    turn = max(range(4), key=lambda each: (drawing.turns[each], -each))
    if not turn:
        return width, height
    drawing.glyphs = [
        Glyph(glyph.text, *_turned(Box(*glyph[1:5]), turn, width, height), glyph.size, glyph.bold)
        for glyph in drawing.glyphs
    ]
    drawing.strokes = [Stroke(*_turned(Box(*stroke), turn, width, height)) for stroke in drawing.strokes]
    drawing.pictures = [(_turned(box, turn, width, height), location) for box, location in drawing.pictures]
    return (height, width) if turn % 2 else (width, height)


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    x0, y0, x1, y1 = box
    if turn == 1:
        return Box(y0, width - x1, y1, width - x0)
    if turn == 2:
        return Box(width - x1, height - y1, width - x0, height - y0)
    return Box(height - y1, x0, height - y0, x1)
