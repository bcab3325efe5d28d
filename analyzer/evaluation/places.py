"""Places in a report's paragraphs without white space, where line breaks and page furniture cannot split a quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from analyzer.document import Document, Number, Span
from analyzer.evaluation.labels import Quote
from analyzer.numerals import ARABIC, CHINESE, parse_number

_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_SEEN = re.compile(r"[^\s\u200b-\u200f\u2060\ufeff]+")
_NUMERAL = re.compile(rf"(?:{ARABIC}|{CHINESE})+")
_DIGIT = re.compile(r"[0-9０-９]")


def squeeze(text: str) -> str:
    """`text` without white space."""
    return _BLANK.sub("", text)


@lru_cache(maxsize=4096)
def number_offset(quote: str, value: Number | None) -> int | None:
    """Where the number of this value begins in a quote without white space; the first digit where none has this value,
    None where the number is said in other words (a zero)."""
    for found in _NUMERAL.finditer(quote):
        if parse_number(found.group()) == value:
            return found.start()
    digit = _DIGIT.search(quote)
    return digit.start() if digit else None


class Paragraphs:
    """The paragraphs of a document joined, white space left out.

    A place counts characters of that text; offsets are those of the extracted text (`Span`).
    """

    def __init__(self, document: Document) -> None:
        kept: list[str] = []
        offsets: list[int] = []
        for block in document.paragraphs:
            for start, end in block.pieces:
                for run in _SEEN.finditer(document.text, start, end):
                    kept.append(run.group())
                    offsets.extend(range(run.start(), run.end()))
        self.text = "".join(kept)
        self._offsets = offsets
        self._at = {offset: place for place, offset in enumerate(offsets)}

    def place(self, offset: int) -> int | None:
        """The place of one character of the extracted text; None for white space and what is in no paragraph."""
        return self._at.get(offset)

    def covered(self, span: Span | None) -> range:
        """The places a span covers; empty where it covers none."""
        if span is None:
            return range(0)
        first = next((p for p in map(self._at.get, range(span.start, span.end)) if p is not None), None)
        last = next((p for p in map(self._at.get, range(span.end - 1, span.start - 1, -1)) if p is not None), None)
        return range(0) if first is None or last is None else range(first, last + 1)

    def find(self, quote: Quote) -> tuple[range, ...]:
        """Where a quote stands: the appearance its label names, or all there are."""
        wanted = squeeze(quote.text)
        found = [range(at, at + len(wanted)) for at in _appearances(self.text, wanted)]
        if quote.occurrence is not None and 0 < quote.occurrence <= len(found):
            return (found[quote.occurrence - 1],)
        return tuple(found)

    def around(self, places: Sequence[int], before: int = 40, after: int = 40) -> str:
        """The text about some places."""
        return self.text[max(0, places[0] - before) : places[-1] + after]


def _appearances(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def overlap(first: range, second: range) -> bool:
    """Whether two ranges share a place."""
    return first.start < second.stop and second.start < first.stop
