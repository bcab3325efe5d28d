"""What is to be printed, before it is known how: title, headings, paragraphs and tables of a report."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.synthesis.forms import Sheet


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading as printed (empty: none) with its paragraphs, and the tables behind them (`sheets_first`: before).

    `number` is the ordinal that the heading begins with, where it has one.
    """

    heading: str
    paragraphs: Sequence[str] = ()
    depth: int = 1
    sheets: Sequence[Sheet] = ()
    sheets_first: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """What is to be printed: the lines of the title, then the passages. A site states agency and day of publication."""

    title: Sequence[str]
    passages: Sequence[Passage]
    agency: str = ""
    published: datetime.date | None = None
