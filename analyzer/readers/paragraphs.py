"""Lines → paragraphs: what a fixed width, a page's end or a stray blank line has cut is one paragraph again.

A line is joined to the next when it fills the width the text is set in, or when it is prose that breaks off and the
next goes on with it. Headings, titles, table rows, list items, dates and lone zeros are never joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.document import Block, Grid
from analyzer.knowledge.layout import Layout
from analyzer.readers.lines import APART, NEXT, PAGE, PROSE, Line, is_row

LONG, NARROW = 18, 14
"""Code points from which a line tells how a text is set; those of narrow columns where places on the page are known."""
SHORT = 40
"""Code points up to which a line with an ordinal and without inner punctuation is a heading."""
WIDEST = 80
"""Code points beyond which no page is set."""
FULL, NEARLY, RAGGED = 5, 9, 13
"""Columns that may be free in a line that was broken because it was full: with all allowance for figures and
punctuation that hang together, and for the indent that text without any blanks has lost."""
TERMINAL = frozenset("。！？；：!?;:…")
CLOSERS = "”’」』）)】\"'"
DANGLING = frozenset("，、,（(《〈“‘【〔「『")
_HANZI = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z][!-~]+")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("「", "」"))


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: the width its lines fill (0: each line is a paragraph), the indent of a paragraph's later
    lines, whether paragraphs begin further in, whether any line is set in at all, whether a blank line stands
    between any two, whether the format itself marks paragraphs, and whether the lines' places on the page are known."""

    width: int = 0
    margin: int = 0
    indented: bool = False
    inset: bool = False
    loose: bool = False
    marked: bool = False
    placed: bool = False


def paragraphs(
    items: Sequence[Line | Grid], layout: Layout, *, marked: bool = False, width: int = 0
) -> tuple[Block | Grid, ...]:
    """The blocks of a document; `marked` where the format says by itself what a paragraph is (HTML), `width` the
    columns that full lines have where the places on the page tell."""
    setting = _setting([item for item in items if isinstance(item, Line)], marked, width)
    blocks: list[Block | Grid] = []
    group: list[Line] = []
    for item in items:
        if group and not isinstance(item, Grid) and _joined(group, item, setting, layout):
            group.append(item)
            continue
        if group:
            blocks.append(_block(group))
        group = []
        if isinstance(item, Grid):
            blocks.append(item)
        else:
            group = [item]
    if group:
        blocks.append(_block(group))
    return tuple(blocks)


def _block(group: Sequence[Line]) -> Block:
    first = group[0]
    if len(group) == 1:
        return Block(first.text, first.pieces, first.level, first.bold, first.page)
    pieces = tuple([piece for line in group for piece in line.pieces])
    text = "".join([line.text for line in group])
    return Block(text, pieces, first.level, all(line.bold for line in group), first.page)


def _setting(lines: Sequence[Line], marked: bool, known: int) -> Setting:
    """Width and indent, from the lines long enough to tell."""
    least = NARROW if known else LONG
    long = [line for line in lines if len(line.text) >= least and not line.level and not is_row(line.text)]
    if len(long) < 4 and not known:
        return Setting(marked=marked)
    width = known or _width(long)
    prose = [line for line in long if width or PROSE.search(line.text)]
    indents = sorted(line.indent for line in prose)
    margin = indents[len(indents) // 10] if indents else 0
    inset = sum(indent >= margin + 2 for indent in indents)
    flush = len(indents) - inset
    indented = inset >= 2 and (flush >= 2 if width else inset >= 0.3 * len(indents))
    if not width and margin >= 2 and inset < 0.3 * len(indents):
        margin, indented = 0, True
    loose = bool(long) and sum(line.gap != NEXT for line in long) * 10 >= len(long) * 9
    return Setting(width, margin, indented, any(line.indent for line in long), loose, marked, known > 0)


def _width(long: Sequence[Line]) -> int:
    """The width in columns that most long lines fill and hardly any exceeds; 0 where each line is a paragraph."""
    if len(long) < 8 or sum(len(line.text) > WIDEST for line in long) * 33 > len(long):
        return 0
    widths = [line.width + line.indent for line in long]
    width = sorted(widths)[int(len(widths) * 0.9)]
    full = [line for line, size in zip(long, widths, strict=True) if width - NEARLY <= size <= width + FULL]
    over = sum(size > width + FULL for size in widths)
    cut = sum(not _ends(line.text) for line in full)
    return width if len(full) * 2 >= len(long) and over * 33 <= len(long) and cut * 2 >= len(full) else 0


def _joined(group: Sequence[Line], line: Line, setting: Setting, layout: Layout) -> bool:
    """Whether `line` goes on with the paragraph that `group` has so far."""
    last = group[-1]
    if last.level or line.level or line.item or _apart(last.text) or _apart(line.text):
        return False
    if layout.zero.match(line.text) or layout.date.match(line.text) or layout.date.match(last.text):
        return False
    inset = setting.indented and line.indent >= setting.margin + 2
    opening = layout.opening.match(line.text) is not None
    terminal = _ends(last.text)
    if terminal and line.gap == PAGE and _is_title([line], layout):
        return False
    begins = opening and not (setting.placed and setting.indented and (not terminal or last.text[-1] in "；;"))
    if setting.width and (line.gap != APART or setting.loose) and not inset and not begins:
        room = setting.width - last.width - last.indent
        ended = terminal and last.text[-1] not in "；;"
        whole = ended and not setting.indented
        strict = whole or opening or _is_heading(group, layout)
        if ended and _stands_alone(line, setting):
            return False
        if room <= (FULL if strict else NEARLY if setting.inset else RAGGED) or (
            not terminal and _too_long(line, room)
        ):
            return not (whole and line.gap == PAGE) and not _is_title(group, layout)
    if terminal or (inset and last.text[-1] not in DANGLING):
        return False
    return _broken_off(group, line, setting, layout) and not (opening and last.text[-1] not in DANGLING)


def _stands_alone(line: Line, setting: Setting) -> bool:
    """Whether a short line has no point at all: the last line of a paragraph ends with one."""
    return line.width * 2 < setting.width and not PROSE.search(line.text) and not _ends(line.text)


def _too_long(line: Line, room: int) -> bool:
    """Whether a line begins with a word (an address) for which the line before has no room."""
    word = _WORD.match(line.text)
    return word is not None and len(word[0]) > room


def _broken_off(group: Sequence[Line], line: Line, setting: Setting, layout: Layout) -> bool:
    """Whether prose that ends in the middle of a sentence goes on with `line`."""
    last = group[-1]
    if not _HANZI.search(line.text):
        return False
    if _open_pair(last.text, line.text):
        return True
    if not _is_prose(group, layout):
        return False
    if last.text[-1] in DANGLING:
        return len(line.text) > 1
    if last.bold != line.bold or (setting.marked and line.gap == APART):
        return False
    if not (PROSE.search(line.text) or _ends(line.text)):
        return False
    return line.gap == PAGE or setting.indented or not layout.usual_opening.match(line.text)


def _is_heading(group: Sequence[Line], layout: Layout) -> bool:
    """Whether the one line so far is set out like a heading: an ordinal, short, no point in it."""
    text = group[0].text
    return len(group) == 1 and len(text) <= SHORT and bool(layout.opening.match(text)) and not PROSE.search(text)


def _is_title(group: Sequence[Line], layout: Layout) -> bool:
    """Whether the one line so far names a report and says no more."""
    text = group[0].text
    return (
        len(group) == 1
        and not PROSE.search(text)
        and any(match.end() == len(text) for match in layout.title_word.finditer(text))
    )


def _is_prose(group: Sequence[Line], layout: Layout) -> bool:
    first, last = group[0], group[-1]
    if layout.enumeration.match(first.text):
        return True
    punctuated = any(PROSE.search(line.text) for line in group)
    if layout.opening.match(first.text) and len(first.text) <= SHORT and len(group) == 1:
        return punctuated and last.text[-1] in DANGLING
    return punctuated or len(last.text) > SHORT


def _open_pair(last: str, text: str) -> bool:
    """Whether a quote or bracket opened in the last line is closed by the next one."""
    for opened, closed in _PAIRS:
        if last.rfind(opened) > last.rfind(closed):
            here = text.find(closed)
            there = text.find(opened)
            return here >= 0 and (there < 0 or here < there)
    return False


def _ends(text: str) -> bool:
    """Whether a line ends as a sentence does; an ASCII point only behind a hanzi or bracket."""
    bare = text.rstrip(CLOSERS)
    last = bare[-1:]
    return last in TERMINAL if last != "." else len(bare) > 1 and not bare[-2].isdigit()


def _apart(text: str) -> bool:
    """Rows and borders of a table, which no paragraph goes over."""
    return "|" in text or is_row(text)
