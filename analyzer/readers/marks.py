"""Markdown's marks in a line: which places of the raw line are text, and what the marks say about it."""

from __future__ import annotations

import re
from typing import NamedTuple

from analyzer.readers.lines import BLANKS

LEADS = "#>-*+=_`"
"""Signs with which a mark of the whole line begins."""
ANY = re.compile(r"[*_\\<&\[!`~$]")
IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)|<img\b[^>\n]*>", re.I)
BREAK = re.compile(r"<br\s*/?>|</?(?:p|div|li|ul|ol|center|h[1-6])(?:\s[^<>]*)?>", re.I)
TABLE = re.compile(r"<(/?)table\b[^>]*>", re.I)
RULE = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:=[ \t]*){3,}")
UNDERLINE = re.compile(r"=+|-+")
_LOOKS = re.compile(
    r"^(?:={3,}|-{5,})[ \t]*$|^ {0,3}#{1,6}(?![A-Z]+[!?/])[ \t]*\S|\*\*[^*\n]+\*\*|^[ \t]*\|.*\|[ \t]*$"
    r"|^[ \t]*(?:\|[ \t]*)?:?-{2,}:?[ \t]*\||!\[[^\]\n]*\]\(|^[ \t]*>[ \t]|\\[.*_()\[\]-]"
    r"|</?(?:b|strong|table|t[dr]|br|font|span|p|div)\b[^<>\n]*>",
    re.M | re.I,
)
_SIGNS = ("=", "--", "#", "*", "|", "!", ">", "\\", "<")
"""Signs without which no mark is found."""
_LEAD = re.compile(
    r"(?P<quote>(?:>[ \t]?)+)?[ \t]*(?P<item>[-*+][ \t]+(?!-|\d{1,4}[ \t]*[-*+]\s*\Z))?"
    r"(?:(?P<level>#{1,6})(?!#|[A-Z]+[!?/])[ \t]*)?"
)
_HEADING_TAG = re.compile(r"<h([1-6])\b", re.I)
_INLINE = re.compile(
    r"!\[[^\]\n]*\]\([^)\n]*\)"
    r"|\[(?P<link>[^\]\n]+)\]\((?:https?:|ftp:|mailto:|[./#]|[\w%-]+[./])[^)\n]*\)"
    r"|<!--.*?-->|</?[a-zA-Z][^<>\n]*>"
    r"|&(?:nbsp|emsp|ensp|thinsp|#160|#12288|#x3000|#xa0);"
    r"|\\(?=[!-/:-@\[-`{-~])"
    r"|(?<!\*)\*\*(?!\*)|(?<=[^*\s|>])\*{3,}|(?<!\*)\*{3,}(?=[^*\s|<])"
    r"|(?<![\d*])\*(?=[^\s*])(?!\d)|(?<=\S)(?<![\d*])\*(?![\d*])|(?<!\w)__(?!_)|(?<!_)__(?!\w)|~~|`+|(?<!\\)\$",
    re.I,
)
_STRONG = (("**", "**"), ("__", "__"), ("<b>", "</b>"), ("<strong>", "</strong>"))


class Marked(NamedTuple):
    """What is text in a line, and what its marks say."""

    text: str
    pieces: tuple[tuple[int, int], ...]
    level: int = 0
    bold: bool = False
    item: bool = False
    picture: int | None = None


def is_marked(text: str) -> bool:
    """Whether a text uses Markdown's (or inline HTML) marks at all."""
    return any(sign in text for sign in _SIGNS) and _LOOKS.search(text) is not None


def unmarked(text: str, start: int, end: int) -> Marked:
    """The line `text[start:end]` without its marks; `pieces` point into `text`."""
    line = text[start:end]
    lead = _LEAD.match(line)
    assert lead is not None
    level, at = len(lead["level"] or ""), lead.end()
    if level:
        line = re.sub(r"[ \t]+#+[ \t]*$", "", line)
    if not ANY.search(line, at):
        pieces = _trimmed(text, [(start + at, start + len(line))])
        return Marked(_cut(text, pieces), pieces, level, item=bool(lead["item"]))
    tag = _HEADING_TAG.search(line) if "<" in line else None
    pieces = _trimmed(text, _left(line, at, start))
    image = IMAGE.search(line) if "![" in line or "<" in line else None
    return Marked(
        _cut(text, pieces),
        pieces,
        level or (int(tag[1]) if tag else 0),
        _all_bold(line[at:].strip()),
        bool(lead["item"]),
        start + image.start() if image else None,
    )


def inline(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The places of `text[start:end]` that are text, where no mark of a line's beginning is looked for."""
    return _trimmed(text, _left(text[start:end], 0, start))


def _left(line: str, at: int, start: int) -> list[tuple[int, int]]:
    """What is left of a line from `at` without its inline marks, as places moved by `start`."""
    pieces: list[tuple[int, int]] = []
    sign = ANY.search(line, at)
    while sign is not None:
        mark = _INLINE.match(line, sign.start())
        if mark is None:
            sign = ANY.search(line, sign.end())
            continue
        pieces.append((start + at, start + mark.start()))
        if mark["link"] is not None:
            pieces.append((start + mark.start("link"), start + mark.end("link")))
        at = mark.end()
        sign = ANY.search(line, at + (mark[0] == "\\"))
    pieces.append((start + at, start + len(line)))
    return pieces


def _trimmed(text: str, pieces: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The pieces without empty ones and without blanks at either end of the whole."""
    kept = [piece for piece in pieces if piece[0] < piece[1]]
    while kept:
        a, b = kept[0]
        a = b - len(text[a:b].lstrip(BLANKS))
        if a < b:
            kept[0] = (a, b)
            break
        kept.pop(0)
    while kept:
        a, b = kept[-1]
        b = a + len(text[a:b].rstrip(BLANKS))
        if a < b:
            kept[-1] = (a, b)
            break
        kept.pop()
    return tuple(kept)


def _cut(text: str, pieces: tuple[tuple[int, int], ...]) -> str:
    return "".join([text[a:b] for a, b in pieces])


def _all_bold(line: str) -> bool:
    low = line.lower()
    return any(
        low.startswith(opened)
        and low.endswith(closed)
        and len(low) > len(opened + closed)
        and low.count(closed) == (2 if opened == closed else 1)
        for opened, closed in _STRONG
    )
