"""How synthetic reports are printed: words of headers, other words for labels, profiles of tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from analyzer.knowledge.schema import Source, build

FILE = "printing.toml"
Layout = Literal["html", "pipe", "tabs", "lines", "strokes", "raw_text", "layout_text", "cells"]
Review = Literal["horizontal", "transposed", "rows"]
STANDARDS = ("2014", "2019", "2021")
LAYOUTS: tuple[Layout, ...] = ("html", "pipe", "tabs", "lines", "strokes", "raw_text", "layout_text")
WORD = ("docx", "doc", "wps", "rtf", "odt", "pdf", "ofd", "xlsx", "zip")
"""Formats that come out of a word processor; those of a `Scan` come out of a printed page."""


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
class Paper:
    """How a report is set in a word processor, for the formats that are made there; its tables are `cells`, tables of
    the document's own.

    `width`, `height` and `margins` (beside, above) are in mm, `size` and `table_size` in points, `spacing` is the
    distance of lines in points (0: the font's own); `landscape`: tables stand on pages of their own, laid across.
    `headings`: with styles for headings, by their look (bold), or as any line. `numbering`: ordinals as typed, as a
    list of the paragraph, or of the style. `blanks`: the first line of a paragraph begins with typed blanks instead of
    an indent. `running` repeats the title at the top of pages, `number` is what stands at their foot ({n} of {of}).
    `cover`: the title has a page of its own, `boxed`: it stands in a text box, `contents`: a list of contents follows.
    `changes`: changes are tracked, `controls`: paragraphs stand in content controls, `nested`: tables stand in a cell.
    `repeat`: the head of a table comes again on each page, `whole`: rows are not cut by the end of a page, `narrow`:
    the tall cell on the left has room for one character, `breaks`: what holds a table begins a page, `shaded`: heads
    are grey, `left`: labels stand at the left of their cells.
    """

    id: str
    formats: tuple[str, ...] = ()
    weight: int = 1
    width: int = 210
    height: int = 297
    margins: tuple[int, ...] = (28, 26)
    landscape: bool = False
    size: float = 16.0
    table_size: float = 10.5
    spacing: float = 28.0
    headings: Literal["style", "look", "bare"] = "style"
    numbering: Literal["typed", "list", "style"] = "typed"
    rulings: Literal["all", "none", "rows", "thick", "double", "dashed"] = "all"
    blanks: bool = False
    running: bool = False
    number: str = ""
    cover: bool = False
    boxed: bool = False
    contents: bool = False
    changes: bool = False
    controls: bool = False
    nested: bool = False
    repeat: bool = False
    whole: bool = True
    narrow: bool = False
    breaks: bool = False
    shaded: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """How a printed page is scanned: `dpi`, the angle of the paper (`skew`, degrees, at most, either way), `blur`
    (radius in pixels), `noise` (standard deviation of 255), `quality` of the JPEG (0: none), and the colours."""

    id: str
    weight: int = 1
    dpi: int = 200
    skew: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    quality: int = 0
    colours: Literal["RGB", "L", "1"] = "L"


@dataclass(frozen=True, slots=True)
class Desk:
    """Words and fonts of whoever sets a report: `contents` is the title over the list of contents, `annexes` are names
    of a file of tables beside the prose ({}: the report's own), `deleted` what a tracked change takes out, `sheets` the
    names of a workbook's sheets ({n})."""

    body: tuple[str, ...]
    heading: str
    title: str
    contents: str
    annexes: tuple[str, ...]
    deleted: tuple[str, ...]
    sheets: tuple[str, ...]


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
    desk: Desk
    paper: tuple[Paper, ...]
    scan: tuple[Scan, ...]

    def profiles(self, standard: str, layout: str) -> tuple[Profile, ...]:
        """The profiles that a form and a way of writing tables allow; tables of a document are as free as a page's."""
        way = "html" if layout == "cells" else layout
        return tuple(each for each in self.profile if standard in each.standards and way in each.layouts)


def load(source: Source) -> Printing:
    """The file of this part, checked."""
    given: Any = source.toml(FILE)
    return build(Printing, given, FILE)
