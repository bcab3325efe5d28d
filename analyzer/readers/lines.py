"""A text's lines: where each begins and ends, how far it is set in, and what lies between it and the line before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from analyzer.document import Grid
from analyzer.readers.grid import Rows

BLANKS = " \t\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u2060\u3000\ufeff"
NEXT, APART, PAGE = 0, 1, 2
"""What lies before a line: nothing, a blank line (or the end of a paragraph the format marks), a page's end."""
_WIDE_BLANK = re.compile("[\u2003\u3000\t]")
_COLUMNS = re.compile(r"[ \xa0\u3000]{2,}|\t")
_NUMBER = re.compile(r"[-+]?\d[\d.,，]*%?|[-—–/／]+|\*+")
PROSE = re.compile(r"[，。；！？]|(?<=[^\x00-\x7f])[,;]")
"""Points of a sentence; the ASCII ones only behind a hanzi."""


@dataclass(slots=True)
class Line:
    """A line without the blanks round it. `pieces` are the places in the document's text that make up `text`;
    `level`, `bold` and `item` say that it is a heading, all bold, or begins a list item by the format's own marks."""

    text: str
    pieces: tuple[tuple[int, int], ...]
    indent: int = 0
    gap: int = NEXT
    page: int | None = None
    level: int = 0
    bold: bool = False
    item: bool = False

    @property
    def width(self) -> int:
        """Width in columns, a hanzi counting two."""
        return len(self.text.encode("gbk", "replace"))


Item = Line | Grid | Rows


def raw_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each line of `text[start:end]`, and whether a form feed stands before it."""
    position, feed = start, False
    for raw in text[start:end].split("\n"):
        if "\f" not in raw:
            yield position, position + len(raw), feed
            position, feed = position + len(raw) + 1, False
            continue
        for number, part in enumerate(raw.split("\f")):
            yield position, position + len(part), feed or number > 0
            position, feed = position + len(part) + 1, False


def indent_of(lead: str) -> int:
    """Width in columns of the blanks before a line."""
    return len(lead) + len(_WIDE_BLANK.findall(lead)) if lead else 0


def columns(line: str) -> list[str]:
    """Parts of a line set apart by two or more blanks or a tab."""
    return _COLUMNS.split(line)


@lru_cache(maxsize=1024)
def is_row(line: str) -> bool:
    """Whether a line looks like a row of a table set with blanks: words far apart, or figures at its end."""
    if " " not in line and "\t" not in line and "\u3000" not in line and "\xa0" not in line:
        return False
    if "。" in line or len(line) > 240:
        return False
    parts = columns(line)
    if len(parts) > 2 or (len(parts) == 2 and (_NUMBER.fullmatch(parts[1]) or not PROSE.search(line))):
        return True
    words = line.split()
    figures = next((n for n, word in enumerate(reversed(words)) if not _NUMBER.fullmatch(word)), len(words))
    if figures > 1 or (figures == 1 and len(words) > 2 and len(words[-2]) <= 2):
        return True
    return len(words) > 2 and not PROSE.search(line) and not any(word.isascii() for word in words)
