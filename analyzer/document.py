"""Frozen values that the stages hand to one another.

Every `Span` counts code points of `Document.text`, the text as the reader extracted it
(`\\n` line ends), so that cutting the text at a span gives back what was quoted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Number = int | Decimal
"""Integral values are `int`, all others `Decimal`; never a binary float."""

CellState = Literal["read", "blank", "absent", "not_applicable", "unreadable", "doubtful"]
Verdict = Literal["consistent", "inconsistent", "suspect", "unverifiable"]
Outcome = Literal["holds", "violated", "suspect", "not_assessable"]
Severity = Literal["error", "warning", "info"]
Period = Literal["this_year", "last_year", "cumulative", "plan", "other_year", ""]
Scope = Literal["body", "area", "site", "system", ""]
ClaimKind = Literal["amount", "zero", "section_zero", "share", "growth"]
NO_VALUES: Mapping[str, str] = {}


class Span(NamedTuple):
    """A place in the extracted text; `page`, `row`, `column` count from 1 where there are any."""

    start: int
    end: int
    page: int | None = None
    row: int | None = None
    column: int | None = None


class Block(NamedTuple):
    """A paragraph as its author wrote it, joined again over line and page breaks.

    `text` is the concatenation of `Document.text[a:b]` for each `(a, b)` of `pieces` (one piece
    a source line, more where markup was left out). `level` is the heading level the format
    states (0: none), `bold` whether all of it is set in bold.
    """

    text: str
    pieces: tuple[tuple[int, int], ...]
    level: int = 0
    bold: bool = False
    page: int | None = None

    @property
    def start(self) -> int:
        """First code point in the extracted text."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """One past the last code point in the extracted text."""
        return self.pieces[-1][1]

    def moved(self, by: int) -> Block:
        """The same paragraph `by` code points further on."""
        return self._replace(pieces=tuple((a + by, b + by) for a, b in self.pieces))

    def locate(self, start: int, end: int) -> Span:
        """Place in the extracted text of `self.text[start:end]` (not empty)."""
        if len(self.pieces) == 1:
            at = self.pieces[0][0]
            return Span(at + start, at + end, self.page)
        first = last = seen = 0
        for a, b in self.pieces:
            length = b - a
            if seen <= start < seen + length:
                first = a + start - seen
            if seen < end <= seen + length:
                last = a + end - seen
                break
            seen += length
        return Span(first, last, self.page)


class GridCell(NamedTuple):
    """A cell of a table; `row` and `column` (from 0) are those of its top left corner."""

    text: str
    start: int
    end: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its spans expanded: every row has the same length, a merged cell stands as
    the same `GridCell` at each place it covers, a place no cell covers holds an empty one."""

    rows: tuple[tuple[GridCell, ...], ...]
    start: int
    end: int
    page: int | None = None

    def moved(self, by: int) -> Grid:
        """The same table `by` code points further on."""
        cells: dict[int, GridCell] = {}
        for row in self.rows:
            for cell in row:
                cells.setdefault(id(cell), cell._replace(start=cell.start + by, end=cell.end + by))
        rows = tuple(tuple(cells[id(cell)] for cell in row) for row in self.rows)
        return Grid(rows, self.start + by, self.end + by, self.page)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader saw and others must know, as a rule id of `source.*` with its place."""

    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader gives: the extracted text and its paragraphs and tables in reading order.

    `pages` holds the start of each page (empty: the format has none); `pictures` the places where
    a picture or an attachment stands; `title` and `published` what the format's metadata state. `unsure` holds the
    places (in order, apart) whose characters were recognised with little confidence: what rests on one is in doubt; one
    without length is an empty cell that need not be empty. `recognised` holds the places read from pictures: what is
    not found there may have been overlooked.
    """

    text: str
    blocks: tuple[Block | Grid, ...]
    format: str
    pages: tuple[int, ...] = ()
    pictures: tuple[int, ...] = ()
    notices: tuple[Notice, ...] = ()
    title: str = ""
    published: str = ""
    unsure: tuple[tuple[int, int], ...] = ()
    recognised: tuple[tuple[int, int], ...] = ()

    @property
    def paragraphs(self) -> Iterator[Block]:
        """The blocks that are no table."""
        return (block for block in self.blocks if isinstance(block, Block))

    @property
    def grids(self) -> Iterator[Grid]:
        """The blocks that are tables."""
        return (block for block in self.blocks if isinstance(block, Grid))

    def is_unsure(self, start: int, end: int) -> bool:
        """Whether a character from `start` to `end` was recognised with little confidence, or a place without any may
        not be empty."""
        if start == end:
            number = bisect_left(self.unsure, (start, start))
            return number < len(self.unsure) and self.unsure[number] == (start, start)
        number = bisect_right(self.unsure, start, key=lambda place: place[1])
        return number < len(self.unsure) and self.unsure[number][0] < end

    def said(self, start: int, end: int) -> str:
        """What paragraphs and tables say from `start` to `end`, a line each; what belongs to pages is left out."""
        kept = []
        for block in self.blocks[max(bisect_right(self.blocks, start, key=lambda block: block.start) - 1, 0) :]:
            if block.start >= end:
                break
            pieces = block.pieces if isinstance(block, Block) else ((block.start, block.end),)
            kept.append("".join([self.text[max(a, start) : max(min(b, end), start)] for a, b in pieces]))
        return "\n".join(kept)

    def part(self, start: int, end: int) -> Document:
        """The document of what stands from `start` to `end`, between blocks; pages keep their numbers."""
        within = [block for block in self.blocks if start <= block.start and block.end <= end]
        return Document(
            self.text[start:end],
            tuple(block.moved(-start) for block in within),
            self.format,
            tuple(max(0, page - start) for page in self.pages if page < end),
            tuple(place - start for place in self.pictures if start <= place < end),
            tuple(Notice(n.rule, n.start - start, n.end - start) for n in self.notices if start <= n.start < end),
            "" if start else self.title,
            "" if start else self.published,
            tuple((a - start, b - start) for a, b in self.unsure if start <= a < end),
            tuple((max(a, start) - start, min(b, end) - start) for a, b in self.recognised if a < end and b > start),
        )


class Section(NamedTuple):
    """A heading with all that stands below it.

    `section` holds ids of `sections.csv` joined by `;` (empty: not classified); `start`…`end` run from the heading
    to the next heading of its depth or above, `body` is where its own text begins; `number` is the ordinal as printed,
    `ordinal` counts the report's sections from 1, `parent` is the ordinal of the section above (0: none).
    """

    ordinal: int
    depth: int
    heading: str
    section: str
    confidence: float
    start: int
    end: int
    body: int
    number: str = ""
    parent: int = 0


class Cell(NamedTuple):
    """A cell of the statistics form. `raw` is what is printed, `value` what was read (None unless
    `state` is `read` or `doubtful`), `unit` that of the form, `note` why the reading is in doubt."""

    indicator: str
    applicant: str
    label: str
    value: Number | None
    unit: str
    raw: str
    state: CellState
    span: Span | None = None
    note: str = ""

    @property
    def key(self) -> str:
        """`indicator`, for the requests table `indicator/applicant`."""
        return f"{self.indicator}/{self.applicant}" if self.applicant else self.indicator


@dataclass(frozen=True, slots=True)
class Tables:
    """All that was read from a report's statistics tables.

    `standard` is that of the tables found (`none` without any), `regions` the places in the extracted text that tables
    cover (prose stages pass them over), `found` the tables recognised, by their ids in `indicators.csv`.
    """

    standard: str
    cells: tuple[Cell, ...]
    regions: tuple[tuple[int, int], ...] = ()
    found: tuple[str, ...] = ()


class Claim(NamedTuple):
    """A quantity that the prose states.

    `span` covers the quote (the number with the words that give it meaning), `number` the number or zero word alone,
    `sentence` the sentence. `value` is the full number, `low`…`high` (None: open) what its wording allows.
    `indicator` is a cell's key, keys joined by `+`, or empty; `firm` is False where the link may confirm but never
    contradict. `pattern` names the entry of `claims.toml` that linked it. `whole` is the index of the claim of which
    this one is a part or a share. `verdict`, `table_value` and `note` are filled in by `reconcile`.
    """

    span: Span
    number: Span
    sentence: Span
    value: Number | None
    unit: str
    low: Number | None
    high: Number | None
    approximate: bool = False
    kind: ClaimKind = "amount"
    period: Period = "this_year"
    scope: Scope = ""
    section: str = ""
    indicator: str = ""
    firm: bool = True
    pattern: str = ""
    whole: int | None = None
    verdict: Verdict = "unverifiable"
    table_value: Number | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and its parts as the prose lists them, by index into the claims.

    `complete` says that the parts should add up to the total; otherwise (其中, 主要包括, 等) they only stay below it.
    """

    total: int
    parts: tuple[int, ...]
    complete: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A count and the items named with it; `closed` says that the list claims to be whole (no 等)."""

    claim: int
    items: tuple[Span, ...]
    closed: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Claims:
    """What the prose states: claims in order of their numbers, and how they hang together."""

    claims: tuple[Claim, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    enumerations: tuple[Enumeration, ...] = ()


class Check(NamedTuple):
    """One rule tried on one report. `actual` is the number (or word) at `span`, `expected` what it
    was held against, at `second`; `values` fill the rule's message; `root` is equal for checks of one cause."""

    rule: str
    outcome: Outcome
    indicator: str = ""
    expected: Number | str | None = None
    actual: Number | str | None = None
    reason: str = ""
    span: Span | None = None
    second: Span | None = None
    values: Mapping[str, str] = NO_VALUES
    root: str = ""


class Finding(NamedTuple):
    """A check that did not hold, as people see it. `verdict` is `inconsistent` or `suspect`;
    `cause` is the `finding_id` of the first finding of the same root."""

    finding_id: str
    rule: str
    severity: Severity
    indicator: str
    message: str
    expected: Number | str | None
    actual: Number | str | None
    verdict: Verdict
    cause: str
    span: Span | None = None
    second: Span | None = None
    values: Mapping[str, str] = NO_VALUES


@dataclass(frozen=True, slots=True)
class Score:
    """Points reached of those possible in one dimension; `not_assessable` counts the items left out."""

    dimension: str
    points: Decimal | None
    possible: Decimal
    not_assessable: int


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points that one finding cost in one dimension."""

    dimension: str
    points: Decimal
    finding_id: str


@dataclass(frozen=True, slots=True)
class Report:
    """Who reports on which year, on which form; empty or None where unknown."""

    agency: str = ""
    year: int | None = None
    title: str = ""
    level: str = ""
    kind: str = ""
    published: str = ""
    standard: str = "none"
    standard_expected: str = "none"
    title_span: Span | None = None
