"""The prose that can hold a claim: paragraphs outside headings and tables, folded for matching, with their sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analyzer.document import Block, Document, Section, Span

FOLD: dict[int, str] = str.maketrans(
    {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
    | {"(": "（", ")": "）", "（": "（", "）": "）", ":": "：", "：": "：", ";": "；", "；": "；", "?": "？", "!": "！"}
    | {"？": "？", "！": "！", "，": "，", "\u3000": " ", "\xa0": " ", "\t": " ", "\n": " ", "﹝": "〔", "﹞": "〕"}
    | {"［": "〔", "］": "〕", "[": "〔", "]": "〕", "＂": "”", '"': "”", "﹪": "%", "．": ".", "丶": "、", "﹐": "，"}
)
"""Character by character: full-width letters and digits to ASCII, brackets and marks to the Chinese ones."""
BLANK = re.compile(r" +")
COMMA = re.compile(r"(?<![0-9]),|,(?![0-9]{3}(?![0-9]))")
POINT = re.compile(r"(?<![0-9])\.(?=[^0-9A-Za-z.])|(?<=[^\x00-\x7f])\.(?![0-9A-Za-z.])")
STOP = re.compile("[。！？]+[”’」』）]?")


class Folding(NamedTuple):
    """How text is folded (one character for one), and what a paragraph must hold to be read."""

    table: dict[int, str]
    wanted: re.Pattern[str]

    @classmethod
    def of(cls, traditional: str, wanted: str) -> Folding:
        """With the pairs of traditional and simplified characters."""
        pairs = dict(zip(traditional[::2], traditional[1::2], strict=True))
        return cls(FOLD | str.maketrans(pairs), re.compile(wanted))


class Place(NamedTuple):
    """The section a passage stands in: its class and the headings above it, outermost first."""

    section: str
    headings: tuple[str, ...]


@dataclass(slots=True)
class Passage:
    """A paragraph: `text` folded and without blanks, `origin` the offset in the block of each of its characters (None:
    the same), `start` the first one that is not heading, `sentences` from stop to stop."""

    block: Block
    place: Place
    text: str
    origin: Sequence[int] | None
    start: int = 0
    sentences: list[tuple[int, int]] = field(default_factory=list)

    def span(self, start: int, end: int) -> Span:
        """Where `text[start:end]` stands in the extracted text."""
        if self.origin is None:
            return self.block.locate(start, end)
        return self.block.locate(self.origin[start], self.origin[end - 1] + 1)


def passages(
    document: Document, sections: Sequence[Section], regions: Sequence[tuple[int, int]], folding: Folding
) -> Iterator[Passage]:
    """The paragraphs in which what is wanted occurs, in reading order."""
    places = _Places(sections)
    for block in document.paragraphs:
        if not folding.wanted.search(block.text) or any(a < block.end and block.start < b for a, b in regions):
            continue
        section = places.at(block.start)
        begin = places.body(section, block)
        if begin >= len(block.text):
            continue
        yield _passage(block, places.place(section), begin, folding.table)


def _passage(block: Block, place: Place, begin: int, table: dict[int, str]) -> Passage:
    text = POINT.sub("。", COMMA.sub("，", block.text.translate(table)))
    origin: list[int] | None = None
    if " " in text:
        origin = []
        for kept in re.finditer(r"[^ ]+", text):
            if origin and text[origin[-1]].isdigit() and text[kept.start()].isdigit():
                origin.append(kept.start() - 1)
            origin.extend(range(*kept.span()))
        text = "".join(text[i] for i in origin)
        begin = next((n for n, i in enumerate(origin) if i >= begin), len(text))
    passage = Passage(block, place, text, origin, begin)
    here = begin
    for stop in STOP.finditer(text, begin):
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

    def at(self, offset: int) -> Section | None:
        index = bisect_right(self.starts, offset) - 1
        section = self.sections[index] if index >= 0 else None
        while section is not None and section.end <= offset:
            section = self.parents.get(section.parent)
        return section

    def place(self, section: Section | None) -> Place:
        """Class and headings; a heading without a class takes that of the one above."""
        kind, headings = "", []
        while section is not None:
            kind = kind or section.section
            headings.append(section.heading)
            section = self.parents.get(section.parent)
        return Place(kind, tuple(reversed(headings)))

    def body(self, section: Section | None, block: Block) -> int:
        """Offset in the block's text at which the section's own text begins."""
        inner = [s for s in self.sections if block.start <= s.start < block.end and s.body > block.start] or (
            [section] if section is not None and section.body > block.start else []
        )
        if not inner:
            return 0
        body, seen = max(s.body for s in inner), 0
        for a, b in block.pieces:
            if body <= a:
                return seen
            if body < b:
                return seen + body - a
            seen += b - a
        return seen
