"""The numbers of lists, which a Word file does not hold: they are counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analyzer.knowledge.layout import NumberFormat
from analyzer.readers.docx.package import Element, W, flag, number
from analyzer.readers.docx.styles import Style, Styles

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_LOST = re.compile(r"%[1-9]\?")
"""What is left of a number and its ideographic comma where a converter could not write the comma."""
_APART = re.compile(r"[0-9A-Za-z.]\Z")
"""The end of a number that would run into the text behind it."""
_HANZI = re.compile("[\u3400-\u9fff]")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` holds `%1`…`%9` for the numbers of the levels, `restart` the level (from 1) after
    which it begins again (0: never, None: after each above it)."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    blank: bool = False
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class Numbers:
    """A `w:num`: its levels, the list whose count it goes on with, and the levels at which it starts anew."""

    key: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Count:
    """How far a list has come at each level; None: not begun since a level above went on."""

    at: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    begun: set[tuple[int, int]] = field(default_factory=set)


class Numbering:
    """The lists of `numbering.xml` and the state of their counts; `label` is to be called in the document's order."""

    def __init__(self, root: Element | None, styles: Styles, formats: Iterable[NumberFormat]) -> None:
        self._styles = styles
        self._formats: Mapping[str, NumberFormat] = {name: entry for entry in formats for name in entry.formats}
        self._root = root
        self._abstract: dict[str, Element] = {}
        self._nums: dict[int, Element] = {}
        self._made: dict[int, Numbers | None] = {}
        self._counts: dict[str, _Count] = {}
        if root is not None:
            self._abstract = {e.get(f"{W}abstractNumId") or "": e for e in root.iterchildren(f"{W}abstractNum")}
            self._nums = {number(e, "numId") or 0: e for e in root.iterchildren(f"{W}num")}

    def label(self, properties: Element | None, style: Style, style_id: str) -> tuple[str, bool]:
        """The number before a paragraph (empty without one), and whether it is an item of a list at all."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        list_id = number(own.find(f"{W}numId")) if own is not None else None
        at = number(own.find(f"{W}ilvl")) if own is not None else None
        from_style = list_id is None
        if from_style:
            list_id = style.list_id
        numbers = self._numbers(list_id or 0)
        if numbers is None:
            return "", False
        if at is None and from_style:
            at = next((n for n, level in numbers.levels.items() if level.style and level.style == style_id), None)
            at = style.list_level if at is None else at
        return self._next(list_id or 0, numbers, min(max(at or 0, 0), LEVELS - 1)), True

    def _next(self, list_id: int, numbers: Numbers, at: int) -> str:
        count = self._counts.setdefault(numbers.key, _Count())
        level = numbers.levels.get(at, Level())
        start = numbers.starts.get(at)
        here = count.at[at]
        if start is not None and (list_id, at) not in count.begun:
            count.begun.add((list_id, at))
            here = start
        else:
            here = level.start if here is None else here + 1
        count.at[at] = here
        for below in range(at + 1, LEVELS):
            restart = numbers.levels.get(below, Level()).restart
            if restart is None or 0 < restart <= at + 1:
                count.at[below] = None
        if level.format == "bullet":
            return level.text if _HANZI.search(level.text) else ""
        return self._written(level, numbers, count)

    def _written(self, level: Level, numbers: Numbers, count: _Count) -> str:
        def said(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            other = numbers.levels.get(at, Level())
            value = count.at[at]
            return self._number(other.start if value is None else value, "decimal" if level.legal else other.format)

        text = level.text
        if level.format in self._formats and _LOST.fullmatch(text):
            text = text.replace("?", "、")
        label = _PLACE.sub(said, text).strip()
        return f"{label} " if _APART.search(label) or (label and level.blank) else label

    def _number(self, value: int, name: str) -> str:
        entry = self._formats.get(name)
        if entry is not None:
            return written(value, entry)
        if name == "none":
            return ""
        if name.startswith("decimalZero"):
            return f"{value:02d}"
        if name in ("upperLetter", "lowerLetter") and value > 0:
            letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
            return letter.upper() if name == "upperLetter" else letter
        if name in ("upperRoman", "lowerRoman") and 0 < value < 4000:
            return _roman(value).upper() if name == "upperRoman" else _roman(value)
        return f"- {value} -" if name == "numberInDash" else str(value)

    def _numbers(self, list_id: int) -> Numbers | None:
        if list_id not in self._made:
            self._made[list_id] = self._read(list_id)
        return self._made[list_id]

    def _read(self, list_id: int, depth: int = 0) -> Numbers | None:
        num = self._nums.get(list_id)
        if num is None or list_id == 0:
            return None
        key = str(number(num.find(f"{W}abstractNumId")) or 0)
        abstract = self._abstract.get(key)
        if abstract is None:
            return None
        link = abstract.find(f"{W}numStyleLink")
        linked = self._styles.list_of(link.get(f"{W}val") or "") if link is not None else None
        if linked is not None and linked != list_id and depth < 3:
            base = self._read(linked, depth + 1)
            numbers = Numbers(base.key, dict(base.levels)) if base is not None else None
        else:
            levels = {number(e, "ilvl") or 0: _level(e) for e in abstract.iterchildren(f"{W}lvl")}
            numbers = Numbers(key, levels)
        if numbers is not None:
            _override(numbers, num)
        return numbers


def _override(numbers: Numbers, num: Element) -> None:
    """What a `w:num` says otherwise than the list it is one of."""
    for override in num.iterchildren(f"{W}lvlOverride"):
        at = number(override, "ilvl") or 0
        level = override.find(f"{W}lvl")
        if level is not None:
            numbers.levels[at] = _level(level)
        start = number(override.find(f"{W}startOverride"))
        if start is not None:
            numbers.starts[at] = start


def _level(element: Element) -> Level:
    text = element.find(f"{W}lvlText")
    form = next(element.iter(f"{W}numFmt"), None)
    suffix = element.find(f"{W}suff")
    style = element.find(f"{W}pStyle")
    name = (form.get(f"{W}val") or "decimal") if form is not None else "decimal"
    if name == "custom" and form is not None:
        name = "decimalZero" if (form.get(f"{W}format") or "").startswith("0") else "decimal"
    hidden = flag(element.find(f"{W}rPr/{W}vanish"))
    start = number(element.find(f"{W}start"))
    return Level(
        start=1 if start is None else start,
        format=name,
        text="" if hidden or text is None else text.get(f"{W}val") or "",
        blank=suffix is not None and suffix.get(f"{W}val") == "space",
        restart=number(element.find(f"{W}lvlRestart")),
        legal=bool(flag(element.find(f"{W}isLgl"))),
        style=(style.get(f"{W}val") or "") if style is not None else "",
    )


def written(value: int, entry: NumberFormat) -> str:
    """A number as a list style writes it; in ASCII digits where the style has no sign for it."""
    if entry.kind == "cycle":
        return entry.signs[value - 1] if 0 < value <= len(entry.signs) else str(value)
    if value < 0:
        return str(value)
    if entry.kind == "digits":
        return "".join(entry.signs[int(digit)] for digit in str(value))
    return _counted(value, entry) if 0 < value < 10_000 else str(value)


def _counted(value: int, entry: NumberFormat) -> str:
    said, gap = "", False
    digits = str(value)
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == "0":
            gap = True
            continue
        said += entry.signs[0] if gap and said else ""
        alone = entry.short and value < 20 and place == 1
        said += ("" if alone else entry.signs[int(digit)]) + (entry.places[place - 1] if place else "")
        gap = False
    return said


def _roman(value: int) -> str:
    said = ""
    for size, sign in _ROMAN:
        said += sign * (value // size)
        value %= size
    return said
