"""A report's text files seen through an analysis: where each character of the extracted text stands in the files, and
copies of the files in which some of these characters are others."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analyzer.document import Document
from analyzer.knowledge.layout import Layout
from analyzer.readers.encoding import decode

_TOKEN = re.compile(
    r"(?P<gone><(script|style)\b.*?</\2\s*>|<!--.*?-->|<[^>]*>)|(?P<entity>&(?:#\w+|\w+);)|(?P<blank>\s+)|(?P<seen>.)",
    re.I | re.S,
)
PAGES = (".html", ".htm", ".xhtml", ".shtml")


class Place(NamedTuple):
    """Where a seen character stands: the file's name and the range of its characters."""

    file: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """What takes the place of the extracted text from `start` to `end`; the characters there that the files do not show
    stay (marks, tags)."""

    start: int
    end: int
    new: str


class Surface:
    """The files of a report and the document that was read from them."""

    def __init__(self, files: Mapping[str, bytes], document: Document, layout: Layout) -> None:
        self.texts = {name: decode(content, name, layout) for name, content in files.items()}
        self._places = _aligned(document.text, [_seen(name, text) for name, text in self.texts.items()])
        pairs = zip(document.text, self._places, strict=True)
        self._lost = [place is None and not letter.isspace() for letter, place in pairs]

    def shown(self, start: int, end: int) -> bool:
        """Whether every visible character of a range was found in the files."""
        return any(self._places[start:end]) and not any(self._lost[start:end])

    def changed(self, edits: Sequence[Edit]) -> dict[str, bytes]:
        """The files with the edits (which must not overlap), as UTF-8."""
        texts = {name: list(text) for name, text in self.texts.items()}
        for edit in edits:
            places = [place for place in self._places[edit.start : edit.end] if place is not None]
            for number, place in enumerate(places):
                letters = texts[place.file]
                letters[place.start] = edit.new if number == 0 else ""
                letters[place.start + 1 : place.end] = [""] * (place.end - place.start - 1)
        return {name: "".join(letters).encode() for name, letters in texts.items()}


def _seen(name: str, text: str) -> list[tuple[str, Place]]:
    """The characters of a file that are neither white space nor, in a page, markup."""
    if not name.lower().endswith(PAGES):
        return [(letter, Place(name, at, at + 1)) for at, letter in enumerate(text) if not letter.isspace()]
    found: list[tuple[str, Place]] = []
    for match in _TOKEN.finditer(text):
        if match["entity"] or match["seen"]:
            letter = html.unescape(match[0])
            if len(letter) == 1 and not letter.isspace():
                found.append((letter, Place(name, *match.span())))
    return found


def _aligned(text: str, files: Sequence[Sequence[tuple[str, Place]]]) -> list[Place | None]:
    """For each character of the extracted text its place in the files; line by line, each after the one before."""
    letters = [pair for file in files for pair in file]
    whole = "".join(letter for letter, _ in letters)
    places: list[Place | None] = [None] * len(text)
    at = 0
    for line in re.finditer(r"[^\n]+", text):
        offsets = [n for n in range(line.start(), line.end()) if not text[n].isspace()]
        wanted = "".join(text[n] for n in offsets)
        found = whole.find(wanted, at) if wanted else -1
        if found < 0:
            continue
        for number, offset in enumerate(offsets):
            places[offset] = letters[found + number][1]
        at = found + len(wanted)
    return places
