"""How synthetic reports are printed: words of headers, other words for labels, profiles of tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from analyzer.knowledge.schema import Source, build

FILE = "printing.toml"
Layout = Literal["html", "pipe", "tabs", "lines", "strokes", "raw_text", "layout_text"]
Review = Literal["horizontal", "transposed", "rows"]
STANDARDS = ("2014", "2019", "2021")
LAYOUTS: tuple[Layout, ...] = ("html", "pipe", "tabs", "lines", "strokes", "raw_text", "layout_text")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the tables that the forms themselves do not state."""

    statistics: tuple[str, ...]
    no_unit: str
    content: str
    applicants: str
    check: str
    result: str
    kind: str
    spare: str
    spare_result: str
    spare_row: str
    part: str
    year: str
    money: str
    ten_thousand: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What an office prints otherwise than the form: each option stands at what the form prints.

    `before` and `after` are headers of further columns left of the label and right of the unit (2014), `values` headers
    of several value columns of which `own` is the one that counts (`remark`: the others stay empty), `apart` prints
    table two as one table for each item of the article, `worded` draws other words for labels, `upright` prints the
    title at the side of the results one character a line, `spare` adds a row of the office's own, `zeros` holds by the
    beginning of a key what is printed for 0, `again` prints the header anew in the middle of a table, `torn` cuts the
    statistics table into several, `wide` prints digits as wide as hanzi.
    """

    id: str
    standards: tuple[str, ...] = STANDARDS
    layouts: tuple[Layout, ...] = LAYOUTS
    weight: int = 1
    review: Review = "horizontal"
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    own: int = 0
    remark: bool = False
    apart: bool = False
    worded: bool = False
    upright: bool = False
    spare: bool = False
    units: bool = False
    thousands: bool = False
    again: bool = False
    torn: bool = False
    wide: bool = False
    zeros: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """How a whole report is written: the format of its file, the writer (`style`), the ways of writing its tables.

    `container`, `paragraph` and `cell` wrap (at `{}`) the body, a paragraph and the text of a table's cell (`empty`
    stands in empty ones); `spans` parts words in letters and digits from the others; `headings` says how Markdown marks
    them; `numbers` are lines that end a page, `running` repeats the title at its top, `indent` is the blanks before a
    line; `torn`: pages end inside paragraphs.
    """

    id: str
    format: Literal["html", "md", "txt"]
    style: Literal["page", "site", "marked", "plain", "dump", "wrapped"]
    layouts: tuple[Layout, ...]
    weight: int = 1
    encodings: tuple[str, ...] = ("utf-8",)
    container: str = "<div>{}</div>"
    paragraph: str = ""
    cell: str = ""
    empty: str = ""
    spans: bool = False
    headings: Literal["levels", "random", "bold", "bare"] = "levels"
    numbers: tuple[str, ...] = ()
    running: bool = False
    indent: int = 0
    torn: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """What a government site prints round a report."""

    name: str
    columns: tuple[str, ...]
    crumbs: str
    side: str
    news: tuple[str, ...]
    stamp: str
    tools: str
    foot: tuple[str, ...]
    record: tuple[str, ...]
    subject: str
    dump_top: tuple[str, ...]
    dump_end: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printing:
    """All of it; `labels` and `behind` go by the last part of a form's label."""

    words: Words
    behind: Mapping[str, str]
    labels: Mapping[str, tuple[str, ...]]
    profile: tuple[Profile, ...]
    page: tuple[Page, ...]
    site: Site

    def profiles(self, standard: str, layout: str) -> tuple[Profile, ...]:
        """The profiles that a form and a way of writing tables allow."""
        return tuple(each for each in self.profile if standard in each.standards and layout in each.layouts)


def load(source: Source) -> Printing:
    """The file of this part, checked."""
    given: Any = source.toml(FILE)
    return build(Printing, given, FILE)
