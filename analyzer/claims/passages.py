"""The prose that can hold a claim: paragraphs outside headings and tables, folded for matching, in sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analyzer.document import Block, Section, Span

FOLD: dict[int, str] = str.maketrans(
    {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
    | {"(": "（", ")": "）", "（": "（", "）": "）", ":": "：", "：": "：", ";": "；", "；": "；", "?": "？", "!": "！"}
    | {"？": "？", "！": "！", "，": "，", "\u3000": " ", "\xa0": " ", "\t": " ", "\n": " ", "﹝": "〔", "﹞": "〕"}
    | {"［": "〔", "］": "〕", "[": "〔", "]": "〕", "＂": "”", '"': "”", "﹪": "%", "．": ".", "丶": "、", "﹐": "，"}
)
"""Character by character: full-width letters and digits to ASCII, brackets and marks to the Chinese ones."""
WORD = re.compile(r"[^ ]+")
COMMA = re.compile(r",(?:(?<![0-9],)|(?![0-9]{3}(?![0-9])))")
POINT = re.compile(r"(?<![0-9])\.(?=[^0-9A-Za-z.])|(?<=[^\x00-\x7f])\.(?![0-9A-Za-z.])")
END = "。"
STOP = re.compile("[。！？][。！？]*[”’」』）]?")


class Folding(NamedTuple):
    """How text is folded (one character for one), and what a paragraph must hold to be read."""

    table: dict[int, str]
    folded: re.Pattern[str]
    wanted: re.Pattern[str]

    @classmethod
    def of(cls, traditional: str, wanted: str) -> Folding:
        """With the pairs of traditional and simplified characters."""
        pairs = dict(zip(traditional[::2], traditional[1::2], strict=True))
        table = {a: b for a, b in (FOLD | str.maketrans(pairs)).items() if chr(a) != b}
        return cls(table, re.compile("[" + re.escape("".join(map(chr, table))) + "]"), re.compile(wanted))

    def fold(self, text: str) -> str:
        """`text` character by character; most paragraphs hold nothing to fold."""
        return text.translate(self.table) if self.folded.search(text) else text


class Place(NamedTuple):
    """The section a passage stands in: its class and the headings above it, outermost first."""

    section: str
    headings: tuple[str, ...]


@dataclass(slots=True)
class Passage:
    """A paragraph, or the part of one that stands in one section, headings left out: `text` is folded and without
    blanks, `shift` its place in the block, `origin` the place from there of each character (None: the same),
    `sentences` run from stop to stop."""

    block: Block
    place: Place
    text: str
    shift: int
    origin: Sequence[int] | None
    sentences: list[tuple[int, int]] = field(default_factory=list)

    def _printed(self, start: int, end: int) -> tuple[int, int]:
        if self.origin is None:
            return start + self.shift, end + self.shift
        return self.origin[start] + self.shift, self.origin[end - 1] + 1 + self.shift

    def span(self, start: int, end: int) -> Span:
        """Where `text[start:end]` stands in the extracted text."""
        return self.block.locate(*self._printed(start, end))

    def printed(self, start: int, end: int) -> str:
        """`text[start:end]` as it is printed."""
        a, b = self._printed(start, end)
        return self.block.text[a:b]


def passages(
    blocks: Iterable[Block], sections: Sequence[Section], regions: Sequence[tuple[int, int]], folding: Folding
) -> Iterator[Passage]:
    """The paragraphs in which what is wanted occurs, in reading order."""
    places = _Places(sections)
    for block in blocks:
        if not folding.wanted.search(block.text):
            continue
        over = [(a, b) for a, b in regions if a < block.end and block.start < b]
        last = _above(block, over) if over else len(block.text)
        for section, begin, end in places.parts(block) if last else ():
            end = min(end, last)
            whole = begin == 0 and end == len(block.text)
            if begin < end and (whole or folding.wanted.search(block.text, begin, end)):
                yield _passage(block, places.place(section), (begin, end), folding)


def _above(block: Block, over: Sequence[tuple[int, int]]) -> int:
    """Where the sentences of a paragraph end that runs into a table below it; 0 for one that is the table's."""
    last = _offset(block, min(a for a, _ in over))
    return last if block.text[:last].rstrip().endswith(END) else 0


def _passage(block: Block, place: Place, part: tuple[int, int], folding: Folding) -> Passage:
    text = folding.fold(block.text[part[0] : part[1]])
    text = COMMA.sub("，", text) if "," in text else text
    text = POINT.sub("。", text) if "." in text else text
    origin: list[int] | None = None
    if " " in text:
        origin, parts = [], []
        for kept in WORD.finditer(text):
            if origin and text[origin[-1]].isdigit() and text[kept.start()].isdigit():
                origin.append(kept.start() - 1)
                parts.append(" ")
            origin.extend(range(*kept.span()))
            parts.append(kept[0])
        text = "".join(parts)
    passage = Passage(block, place, text, part[0], origin)
    here = 0
    for stop in STOP.finditer(text):
        passage.sentences.append((here, stop.end()))
        here = stop.end()
    if here < len(text):
        passage.sentences.append((here, len(text)))
    return passage


class _Places:
    """Which section a place belongs to, by the innermost heading before it."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.sections = sorted(sections, key=lambda s: (s.start, s.depth))
        self.starts = [s.start for s in self.sections]
        self.parents = {s.ordinal: s for s in sections}
        self.known: dict[int, Place] = {}

    def at(self, offset: int) -> Section | None:
        index = bisect_right(self.starts, offset) - 1
        section = self.sections[index] if index >= 0 else None
        while section is not None and section.end <= offset:
            section = self.parents.get(section.parent)
        return section

    def place(self, section: Section | None) -> Place:
        """Class and headings; a heading without a class takes that of the one above."""
        if section is None:
            return Place("", ())
        if section.ordinal not in self.known:
            above = self.place(self.parents.get(section.parent))
            self.known[section.ordinal] = Place(section.section or above.section, (*above.headings, section.heading))
        return self.known[section.ordinal]

    def parts(self, block: Block) -> list[tuple[Section | None, int, int]]:
        """The section's own text in a block: (section, begin, end), one for each heading that stands inside it."""
        first = bisect_right(self.starts, block.start)
        last = bisect_left(self.starts, block.end)
        outer = self.at(block.start)
        if first >= last and (outer is None or outer.body <= block.start):
            return [(outer, 0, len(block.text))]
        inner = [s for s in self.sections[first:last] if s.start > block.start]
        begins = [_offset(block, outer.body) if outer is not None else 0, *(_offset(block, s.body) for s in inner)]
        ends = [*(_offset(block, s.start) for s in inner), len(block.text)]
        return list(zip((outer, *inner), begins, ends, strict=True))


def _offset(block: Block, place: int) -> int:
    """The offset in the block's text of a place in the extracted text (0 before it, its length behind it)."""
    seen = 0
    for a, b in block.pieces:
        if place <= a:
            return seen
        if place < b:
            return seen + place - a
        seen += b - a
    return seen
