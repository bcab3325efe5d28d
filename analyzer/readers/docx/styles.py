"""What a Word file's styles say, taken along their chain of `basedOn`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analyzer.readers.docx.package import Element, W, flag, number

DEEPEST = 20
"""Styles in a chain beyond which it is a circle."""
_HEADING = re.compile(r"heading ?([1-9])", re.I)
_CONTENTS = re.compile(r"toc ?(?:[1-9]|heading)|contents.*|table of (?:figures|contents).*|wpsoffice\D+\d", re.I)


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all it inherits. `level` is the heading level (0: none), `heavy` whether its typeface sets text off
    as bold does, `list_id` and `list_level` the list it is
    numbered by, `contents` whether it is one for tables of contents."""

    level: int = 0
    bold: bool = False
    heavy: bool = False
    hidden: bool = False
    indented: bool = False
    list_id: int | None = None
    list_level: int | None = None
    contents: bool = False


class Styles:
    """The styles of `styles.xml` by their ids; `is_heavy` tells whether a typeface sets text off as bold does."""

    def __init__(self, root: Element | None, is_heavy: Callable[[str], bool]) -> None:
        self._is_heavy = is_heavy
        self._elements: dict[str, Element] = {}
        self._made: dict[str, Style] = {}
        self.default = ""
        if root is None:
            return
        for style in root.iterchildren(f"{W}style"):
            key = style.get(f"{W}styleId") or ""
            self._elements[key] = style
            if style.get(f"{W}type") == "paragraph" and (style.get(f"{W}default") or "0") not in ("0", "false"):
                self.default = key

    def of(self, key: str | None) -> Style:
        """The style of an id; without one (or with one that is not there) the default paragraph style."""
        key = key if key in self._elements else self.default
        if key not in self._made:
            self._made[key] = self._resolved(key)
        return self._made[key]

    def character(self, key: str) -> Element | None:
        """The run properties of a character style, None where it has none."""
        style = self._elements.get(key)
        return style.find(f"{W}rPr") if style is not None else None

    def list_of(self, key: str) -> int | None:
        """The list that a list style is linked to."""
        style = self._elements.get(key)
        return number(style.find(f"{W}pPr/{W}numPr/{W}numId")) if style is not None else None

    def _chain(self, key: str) -> Iterator[Element]:
        for _ in range(DEEPEST):
            style = self._elements.get(key)
            if style is None:
                return
            yield style
            base = style.find(f"{W}basedOn")
            key = base.get(f"{W}val") or "" if base is not None else ""

    def _resolved(self, key: str) -> Style:
        chain = list(self._chain(key))

        def first(path: str) -> Element | None:
            return next((found for style in chain if (found := style.find(path)) is not None), None)

        indent, fonts = first(f"{W}pPr/{W}ind"), first(f"{W}rPr/{W}rFonts")
        return Style(
            level=_level(chain, number(first(f"{W}pPr/{W}outlineLvl"))),
            bold=bool(flag(first(f"{W}rPr/{W}b"))),
            heavy=fonts is not None and self._is_heavy(face(fonts)),
            hidden=bool(flag(first(f"{W}rPr/{W}vanish"))),
            indented=is_indented(indent),
            list_id=number(first(f"{W}pPr/{W}numPr/{W}numId")),
            list_level=number(first(f"{W}pPr/{W}numPr/{W}ilvl")),
            contents=any(_CONTENTS.fullmatch(_name(style)) for style in chain),
        )


def _level(chain: list[Element], outline: int | None) -> int:
    if outline is not None:
        return outline + 1 if 0 <= outline < 9 else 0
    for style in chain:
        name = _name(style)
        heading = _HEADING.fullmatch(name)
        if heading:
            return int(heading[1])
        if name.lower() == "title":
            return 1
    return 0


def _name(style: Element) -> str:
    name = style.find(f"{W}name")
    return (name.get(f"{W}val") or "").strip() if name is not None else ""


def is_indented(indent: Element | None) -> bool:
    """Whether a paragraph's first line is set in."""
    return (number(indent, "firstLineChars") or number(indent, "firstLine") or 0) > 0


def face(fonts: Element) -> str:
    """The typeface of the hanzi, in small letters."""
    return (fonts.get(f"{W}eastAsia") or fonts.get(f"{W}ascii") or "").lower()
