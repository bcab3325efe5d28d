"""A paragraph's runs → its lines as a reader of the page sees them: deleted, hidden and code of fields left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from analyzer.readers.docx.package import Element, W, flag
from analyzer.readers.docx.pictures import BOX, MC, Drawn, boxes, choice, drawn
from analyzer.readers.docx.styles import Style, Styles, face
from analyzer.readers.lines import BLANKS

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_HANZI = re.compile(r"[\u3400-\u9fff]")
_ENCLOSED = re.compile(r"eq\s*\\o\s*\\ac\s*\(\s*\S\s*,\s*(\d{1,2})\s*\)", re.I)
_ODD = re.compile("[\n\r\u00ad\ue000-\uf8ff\ufffc]")
_CONTENTS = re.compile(r"\s*TOC\b", re.I)
_SYMBOLS = {
    0xF0: "\u27a2",
    0x6C: "\u25cf",
    0x6E: "\u25a0",
    0xA8: "\u25a1",
    0xD8: "\u27a2",
    0xFC: "\u2713",
    0xFE: "\u2611",
}
"""Signs of the Wingdings typeface that have a Unicode character of their own."""
_SYMBOLS |= {0x80 + n: chr(0x245F + n) for n in range(1, 11)} | {0x8B + n: chr(0x2775 + n) for n in range(1, 11)}
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits above the line are marks of notes or powers, never part of the number before them."""
PASSED = frozenset(
    f"{W}{name}"
    for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo")
)
"""Elements round runs that change nothing of what is seen."""
GAP = "\ufffc"
"""What a converter leaves where something drawn was that it could not take over."""
BREAKS = frozenset({f"{W}br", f"{W}cr"})


@dataclass(slots=True)
class Said:
    """What a paragraph holds: its lines with whether all of each is bold; text boxes, notes and large pictures on it;
    `item` whether it is one of a list, `hidden` whether text was left out that readers do not see."""

    lines: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[Drawn] = field(default_factory=list)
    hidden: bool = False
    item: bool = False

    @property
    def text(self) -> str:
        """All lines as one."""
        return "".join(line for line, _ in self.lines)


class Look(NamedTuple):
    """How a run is set; what is struck out is hidden too."""

    bold: bool
    hidden: bool
    struck: bool = False
    raised: bool = False


class Runs:
    """Reads paragraphs of one story in order; fields may go on from one to the next.

    `is_heavy` tells whether a typeface sets text off as bold does."""

    def __init__(self, styles: Styles, is_heavy: Callable[[str], bool], *, fields: bool) -> None:
        self._styles, self._is_heavy = styles, is_heavy
        self._fields: list[tuple[list[str], list[str]]] = []
        self._whole = fields
        self._looks: dict[str, tuple[bool | None, bool | None]] = {}
        self._said = Said()
        self._style = Style()
        self._parts: list[str] = []
        self._bold = self._plain = 0

    def read(self, paragraph: Element, style: Style, before: Said | None = None) -> Said:
        """The paragraph's text and what hangs on it, behind that of one whose end is deleted."""
        self._said = said = before or Said()
        if before and before.lines:
            text, bold = before.lines.pop()
            self._parts, self._bold, self._plain = [text], bold, not bold
        self._style = style
        self._walk(paragraph)
        self._end_line()
        return said

    @property
    def in_contents(self) -> bool:
        """Whether the field of a table of contents is open."""
        return self._whole and any(_CONTENTS.match("".join(code)) for code, _ in self._fields)

    def _walk(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child)
            elif tag in PASSED:
                if not is_prompt(child):
                    self._walk(child)
            elif tag == f"{MC}AlternateContent":
                chosen = choice(child)
                if chosen is not None:
                    self._walk(chosen)
            elif isinstance(tag, str) and tag.startswith(MATH):
                self._add("".join(text.text or "" for text in child.iter(f"{MATH}t")), False)

    def _run(self, run: Element) -> None:
        look = self._look(run)
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                text = child.text or ""
                if look.hidden:
                    self._said.hidden |= len(_HANZI.findall(text)) > 1 or (look.struck and not text.isspace())
                else:
                    self._add(text.translate(RAISED) if look.raised else text, look.bold)
            elif tag != f"{W}rPr":
                self._other(child, tag, look.bold, look.hidden)

    def _other(self, child: Element, tag: str, bold: bool, hidden: bool) -> None:
        """Whatever stands in a run besides plain text."""
        if tag == f"{W}fldChar":
            self._field(child, bold)
        elif tag == f"{W}instrText":
            if self._fields and child.text:
                self._fields[-1][0].append(child.text)
        elif hidden:
            return
        elif tag in BREAKS:
            self._end_line()
        elif tag == f"{W}tab" or tag == f"{W}ptab":
            self._add("\t", bold)
        elif tag == f"{W}noBreakHyphen":
            self._add("-", bold)
        elif tag == f"{W}sym":
            self._add(_symbol(child), bold)
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = tag.removeprefix(W).removesuffix("Reference")
            self._said.notes.append((kind, child.get(f"{W}id") or ""))
        elif tag == f"{W}ruby":
            for base in child.iterchildren(f"{W}rubyBase"):
                self._walk(base)
        elif tag == f"{MC}AlternateContent":
            chosen = choice(child)
            for inner in chosen if chosen is not None else ():
                self._other(inner, inner.tag, bold, hidden)
        elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            self._drawing(child)

    def _drawing(self, drawing: Element) -> None:
        self._said.boxes.extend(boxes(drawing))
        picture = drawn(drawing)
        if picture is not None:
            self._said.pictures.append(picture)

    def _field(self, mark: Element, bold: bool) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._add(_chosen(mark), bold)
            self._fields.append(([], []))
        elif kind == "separate" and self._fields:
            self._fields[-1][1].append("")
        elif kind == "end" and self._fields:
            code, result = self._fields.pop()
            enclosed = _ENCLOSED.search("".join(code)) if not result else None
            if enclosed and 0 < int(enclosed[1]) < 21:
                self._add(chr(0x245F + int(enclosed[1])), bold)

    def _look(self, run: Element) -> Look:
        """How a run is set: what it says itself, else its character style, else the paragraph's."""
        properties = run.find(f"{W}rPr")
        if properties is None or not len(properties):
            return Look(self._style.bold or self._style.heavy, self._style.hidden)
        bold: bool | None = None
        hidden: bool | None = None
        struck = raised = white = False
        heavy = self._style.heavy
        for entry in properties:
            tag = entry.tag
            if tag == f"{W}rFonts":
                font = face(entry)
                heavy = self._is_heavy(font) if font else heavy
            elif tag == f"{W}b":
                bold = flag(entry)
            elif tag == f"{W}vanish":
                hidden = flag(entry)
            elif tag == f"{W}rStyle":
                named = self._named(entry.get(f"{W}val") or "")
                bold = named[0] if bold is None else bold
                hidden = named[1] if hidden is None else hidden
            elif tag == f"{W}strike" or tag == f"{W}dstrike":
                struck = struck or bool(flag(entry))
            elif tag == f"{W}vertAlign":
                raised = entry.get(f"{W}val") == "superscript"
            elif tag == f"{W}color":
                white = (entry.get(f"{W}val") or "").upper() == "FFFFFF"
        bold = self._style.bold if bold is None else bold
        hidden = self._style.hidden if hidden is None else hidden
        return Look(bold or heavy, hidden or struck or (white and not _is_shaded(run)), struck, raised)

    def _named(self, key: str) -> tuple[bool | None, bool | None]:
        """What a character style says of bold and hidden."""
        if key not in self._looks:
            properties = self._styles.character(key)
            bold = hidden = None
            if properties is not None:
                bold = flag(properties.find(f"{W}b"))
                hidden = flag(properties.find(f"{W}vanish"))
            self._looks[key] = bold, hidden
        return self._looks[key]

    def _add(self, text: str, bold: bool) -> None:
        if not text or self.in_contents or (self._whole and any(not result for _, result in self._fields)):
            return
        self._parts.append(text)
        if not text.isspace():
            self._bold += bold
            self._plain += not bold

    def _end_line(self) -> None:
        if self._parts:
            text = "".join(self._parts)
            if _ODD.search(text):
                gap = not text.strip(f"{GAP}{BLANKS}")
                self._said.pictures.extend([Drawn("")] * gap)
                text = _ODD.sub(_usual, text)
            self._said.lines.append((text, self._bold > 0 and not self._plain))
        self._parts, self._bold, self._plain = [], 0, 0


def is_prompt(control: Element) -> bool:
    """Whether a content control (or any other element: no) only asks for what is to be filled in."""
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def has_fields(root: Element) -> bool:
    """Whether a part has fields whose marks can be trusted: each that begins ends, and tables of contents are not most
    of the text."""
    kinds = [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")]
    if not kinds or kinds.count("begin") != kinds.count("end"):
        return False
    codes: list[str] = []
    inside = whole = 0
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            codes.append("")
        elif kind == "end" and codes:
            codes.pop()
        elif element.tag == f"{W}instrText" and codes:
            codes[-1] += element.text or ""
        elif element.tag == f"{W}t":
            whole += len(element.text or "")
            inside += len(element.text or "") * any(_CONTENTS.match(code) for code in codes)
    return inside * 2 < whole


def _is_shaded(run: Element) -> bool:
    """Whether something may lie behind white text: a fill, a cell or a box."""
    for element in (run, next(run.iterancestors(f"{W}p"), None)):
        for properties in element.iterchildren(f"{W}rPr", f"{W}pPr") if element is not None else ():
            if any(properties.find(f"{W}{name}") is not None for name in ("shd", "highlight")):
                return True
    return next(run.iterancestors(f"{W}tc", BOX), None) is not None


def _usual(odd: re.Match[str]) -> str:
    """What stands for a character that is none of the text's: a blank for a line's end, signs of Wingdings."""
    code = ord(odd[0])
    return " " if code < 0x20 else _SYMBOLS.get(code - 0xF000, "")


def _symbol(symbol: Element) -> str:
    """The character of a `w:sym`; of the typefaces that have their own signs only those with a Unicode character."""
    try:
        code = int(symbol.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        font = (symbol.get(f"{W}font") or "").lower()
        return _SYMBOLS.get(code - 0xF000, "") if font.startswith("wingdings") else ""
    return chr(code) if 0x20 <= code < 0xD800 else ""


def _chosen(mark: Element) -> str:
    """The entry that is chosen in the list of a form field."""
    entries = mark.find(f"{W}ffData/{W}ddList")
    if entries is None:
        return ""
    said = [entry.get(f"{W}val") or "" for entry in entries.iterchildren(f"{W}listEntry")]
    result = entries.find(f"{W}result")
    at = (result.get(f"{W}val") or "0") if result is not None else "0"
    return said[int(at)] if at.isdigit() and int(at) < len(said) else ""
