"""Which lines are headings: ordinal, length, punctuation, markup and words taken together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from analyzer.knowledge.outline import Outline
from analyzer.numerals import parse_number
from analyzer.sections import bodies
from analyzer.sections.classes import CERTAIN, classify, known
from analyzer.sections.lines import Line

STOPS = re.compile(r"[。：:；;！？!?]")
FINAL = "。；;：:、，, ．.　\t"
TRIMMED = FINAL + "*#_ \u3000\u200b"
LIST_END = "；;，,"
ORDER = (
    "part", "formal", "chinese", "roman", "chinese_bracket", "decimal", "arabic", "arabic_bracket", "circled"
)  # fmt: skip
OUTER = ("part", "formal", "chinese", "roman")
SURE, FAIR = 0.8, 0.7
SHORT = 20
LEAST = 4
NOTE = 16
REST = 10
LEADER = 24
SINGLES = {
    chr(base + n): n + 1
    for base, size in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x3220, 10), (0x2160, 12))
    for n in range(size)
}
LATIN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its line's place in the list of lines, ordinal (`style` empty: none), text, class and place.

    `start`…`end` is the heading itself in the extracted text, `alone` whether nothing else stands on its line."""

    index: int
    style: str
    number: int | None
    printed: str
    text: str
    section: str
    confidence: float
    start: int
    end: int
    alone: bool
    level: int = 0
    bold: bool = False
    last: int = 0

    @property
    def certain(self) -> bool:
        """Whether the heading as a whole is a known one."""
        return self.confidence >= CERTAIN


def find(lines: list[Line], index: int, outline: Outline) -> Heading | None:
    """The heading that the line at `index` is or begins with, if any; it may take in the next line."""
    line = lines[index]
    text = line.text
    ordinal = outline.ordinal.match(text)
    if ordinal is None:
        return _unnumbered(lines, index, outline) if line.whole else None
    style, rest = str(ordinal.lastgroup), text[ordinal.end() :]
    if not rest.strip():
        return _joined(lines, index, ordinal.end(), outline)
    if outline.patterns.toc_line.regex.search(text[-LEADER:]):
        return None
    cut = _cut(rest, line, ordinal.end(), style, outline)
    if cut is None:
        return None
    heading = _heading(lines, index, (ordinal.end(), ordinal.end() + cut), outline)
    if not line.whole and heading.confidence < SURE:
        return None
    alone = not rest[cut:].strip(FINAL)
    return _completed(lines, heading, outline) if alone else replace(heading, alone=False)


def _heading(lines: list[Line], index: int, cut: tuple[int, int], outline: Outline) -> Heading:
    """The heading that ends at `cut[1]` of the line, its words beginning at `cut[0]`."""
    line = lines[index]
    first = len(line.text) - len(line.text.lstrip())
    text = line.text[first : cut[1]].rstrip(TRIMMED)
    section, confidence = classify(line.text[cut[0] : cut[1]], outline)
    ordinal = outline.ordinal.match(line.text)
    style = str(ordinal.lastgroup) if ordinal and ordinal.end() <= cut[0] else ""
    printed = line.text[: cut[0]].strip().rstrip("、．.。，,：: \u3000") if style else ""
    return Heading(
        index,
        style,
        _number(printed, style, outline),
        printed,
        text,
        section,
        confidence,
        line.locate(first, first + 1),
        line.finish(first, first + max(len(text), 1)),
        True,
        line.block.level if line.start == 0 else 0,
        line.block.bold,
        index,
    )


@lru_cache(maxsize=512)
def _number(printed: str, style: str, outline: Outline) -> int | None:
    core = outline.patterns.ordinal_mark.regex.sub("", printed)
    if core in SINGLES or core in LATIN:
        return SINGLES.get(core, LATIN.get(core))
    if style == "decimal":
        core = re.split(r"[.．]", core)[-1]
    value = 1 if core in ("—", "－", "ー") else parse_number(core) if core else None
    return value if isinstance(value, int) else None


def _cut(rest: str, line: Line, offset: int, style: str, outline: Outline) -> int | None:
    """Where in `rest`, the text after the ordinal, the heading ends; None: this is no heading."""
    body = rest.rstrip()
    other = style in OUTER and _other(body, outline)
    if not other and outline.patterns.form_row.finds(outline.fold(rest[: outline.lengths.line])):
        return None
    inner = STOPS.search(body.rstrip(FINAL))
    if len(body) <= outline.lengths.line and inner is None and not _source_break(rest, line, offset, outline):
        if known(outline.fold(body), outline):
            return len(rest)
        return _prefix(rest, outline) or (len(rest) if _alone(body, style, outline) else None)
    hard = _source_break(rest, line, offset, outline)
    if hard is not None and (style in OUTER or not _other(rest[:hard], outline)):
        return hard
    soft = _prefix(rest, outline)
    if soft is not None:
        return soft
    if inner is not None and _inline(rest[: inner.start()], inner[0], style, outline):
        return inner.start()
    return None


def _alone(body: str, style: str, outline: Outline) -> bool:
    """Whether a short numbered line without inner stops is a heading, not an item of a list."""
    bare = body.rstrip(FINAL)
    confidence = classify(bare, outline)[1]
    if confidence >= CERTAIN:
        return True
    outer = style in OUTER or style == "chinese_bracket"
    if outline.patterns.figures.finds(bare) and not (outer and body == bare and confidence >= SURE):
        return False
    if body[-1:] not in "。" and body[-1:] not in LIST_END:
        return outer or len(bare) <= outline.lengths.inline
    if body[-1:] in LIST_END:
        return False
    short = len(bare) <= (outline.lengths.plain if outer else SHORT)
    return short and (outer or confidence >= SURE) and not outline.patterns.statement.finds(bare)


def _inline(part: str, stop: str, style: str, outline: Outline) -> bool:
    """Whether `part`, which `stop` ends and text follows, is a heading on the line of its text."""
    if not 2 <= len(part.strip()) <= outline.lengths.inline or stop in "；;":
        return False
    confidence = classify(part, outline)[1]
    if confidence >= CERTAIN:
        return True
    if outline.patterns.statement.finds(part):
        return False
    if stop in "：:":
        return confidence >= SURE or (style in OUTER and len(part) <= NOTE)
    return style in OUTER or style == "chinese_bracket" or len(part) <= SHORT or confidence >= SURE


def _source_break(rest: str, line: Line, offset: int, outline: Outline) -> int | None:
    """The end of the line's first source line, when it is a heading that text follows on the next."""
    for at in line.breaks:
        part = rest[: at - offset]
        if at > offset and 2 <= len(part.strip()) <= outline.lengths.inline and at - offset < len(rest):
            whole = known(outline.fold(rest[: outline.lengths.line]), outline)
            sure = classify(part, outline)[1] >= SURE or _other(part, outline)
            if not whole and not STOPS.search(part.rstrip(FINAL)) and sure:
                return at - offset
        return None
    return None


def _other(part: str, outline: Outline) -> bool:
    """Whether a heading's words say no more than that other things follow."""
    return outline.patterns.rest.finds(outline.bare(outline.fold(part)))


def _prefix(rest: str, outline: Outline) -> int | None:
    """The longest known heading at the start of `rest` that white space, a comma, a year or a self-name ends."""
    window = rest[: outline.lengths.inline + 1]
    cuts = [found.start() for found in outline.patterns.soft_break.regex.finditer(window) if found.start() >= 2]
    least = 2 if rest.rstrip()[-1:] in "。；;！" else REST
    for cut in reversed(cuts):
        if len(rest) - cut > least and outline.known(outline.bare(outline.fold(rest[:cut]))):
            return cut
    return None


def _unnumbered(lines: list[Line], index: int, outline: Outline) -> Heading | None:
    """A line without ordinal: known as a heading, marked up as one, or the caption of a table."""
    line = lines[index]
    text = line.text.strip()
    if not text or len(text) > outline.lengths.title or outline.patterns.not_heading.regex.match(text):
        return _lead(lines, index, outline)
    size = len(line.text.rstrip())
    if _caption(text, outline):
        return replace(_heading(lines, index, (0, size), outline), section="statistics", confidence=CERTAIN)
    if STOPS.search(text.rstrip(FINAL)):
        return _lead(lines, index, outline)
    if len(text) > 6 and outline.patterns.columns.finds(text):
        return None
    heading = _heading(lines, index, (0, size), outline)
    marked = line.block.level > 0 or (line.block.bold and heading.confidence >= FAIR)
    if not marked and (not heading.certain or len(text) > outline.lengths.plain or text[-1] in "。；;，,"):
        return None
    if outline.patterns.signature.finds(text) or outline.patterns.title.finds(outline.fold(text)):
        return None
    return _completed(lines, heading, outline)


def plain(line: Line, index: int, outline: Outline) -> Heading | None:
    """A whole short line without ordinal, markup and stops, as headings are; whether it is one its place must tell."""
    text, patterns = line.text.strip(), outline.patterns
    if not LEAST <= len(text) <= outline.lengths.plain or not line.whole or line.end < len(line.block.text):
        return None
    folded = outline.fold(text)
    other = (patterns.not_heading, patterns.statement, patterns.dateline, patterns.title, patterns.form_row)
    if STOPS.search(text) or text[-1] in FINAL + "）)" or any(pattern.finds(folded) for pattern in other):
        return None
    if outline.ordinal.match(text) or patterns.signature.finds(text) or patterns.columns.finds(text):
        return None
    heading = _heading([line], 0, (0, len(line.text.rstrip())), outline)
    if not heading.section and bodies.kind_of(folded, outline):
        return None
    return replace(heading, index=index, last=index)


def _caption(text: str, outline: Outline) -> bool:
    return outline.patterns.caption.finds(text) or outline.patterns.annex.finds(text)


def _lead(lines: list[Line], index: int, outline: Outline) -> Heading | None:
    """A known heading without ordinal that a colon or full stop parts from its text on the same line."""
    line = lines[index]
    stop = STOPS.search(line.text[: outline.lengths.plain])
    if stop is None or stop[0] not in "：:。" or stop.start() < 4:
        return None
    if not outline.known(outline.bare(outline.fold(line.text[: stop.start()]))):
        return None
    return replace(_heading(lines, index, (0, stop.start()), outline), alone=False)


def _joined(lines: list[Line], index: int, offset: int, outline: Outline) -> Heading | None:
    """An ordinal alone on its line: the heading's words are the next line."""
    if index + 1 >= len(lines):
        return None
    following = lines[index + 1]
    text = following.text.strip()
    if not text or len(text) > outline.lengths.inline or STOPS.search(text.rstrip(FINAL)):
        return None
    if outline.ordinal.match(text) or classify(text, outline)[1] < SURE:
        return None
    first = _heading(lines, index, (offset, offset), outline)
    words = _heading(lines, index + 1, (0, len(following.text.rstrip())), outline)
    text = lines[index].text.strip() + words.text
    return replace(first, text=text, section=words.section, confidence=words.confidence, end=words.end, last=index + 1)


def _completed(lines: list[Line], heading: Heading, outline: Outline) -> Heading:
    """`heading` with the next line, when only both together are a known heading."""
    if heading.index + 1 >= len(lines):
        return heading
    following = lines[heading.index + 1]
    tail = following.text.strip()
    if not tail or len(tail) > outline.lengths.tail or outline.ordinal.match(tail) or STOPS.search(tail.rstrip(FINAL)):
        return heading
    if heading.certain and outline.patterns.whole.finds(heading.text):
        return heading
    words = heading.text[len(heading.printed) :] + tail
    section = known(outline.fold(words), outline)
    if not section or (heading.certain and section != heading.section):
        return heading
    end = following.finish(0, len(following.text.rstrip()))
    whole = heading.text + tail.rstrip(TRIMMED)
    return replace(heading, text=whole, section=section, confidence=CERTAIN, end=end, last=heading.index + 1)
