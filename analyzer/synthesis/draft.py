"""A report before it is printed: what it says sentence by sentence, each with its labels.

Offsets of labels count from the beginning of their sentence, so that sentences can be moved, copied and left out.
All classes are mutable: defects edit a draft, the labels are computed from what it holds in the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from analyzer.document import ClaimKind, Number, Period, Scope
from analyzer.knowledge.grammar import Body

Cells = dict[str, Number | str | None]
"""What the tables print, by the cells' keys; None: blank."""


class Place(NamedTuple):
    """A piece of a sentence."""

    start: int
    end: int


@dataclass(slots=True)
class Label:
    """A quantity a sentence states.

    `quote` is cut at the words that give the number its meaning, `number` covers the number alone (zero words: the
    character that denies). `source` is the role, cell's key or sum of them that it states, empty for a number of this
    sentence alone; `name` is its name in the frame. `value` is what is printed, `low`…`high` what the wording allows.
    `parts` are numerator and base of a share, or this and last year's number of a growth.
    """

    quote: Place
    number: Place
    value: Number
    unit: str
    name: str = ""
    source: str = ""
    kind: ClaimKind = "amount"
    period: Period = "this_year"
    scope: Scope = ""
    approximate: bool = False
    low: Number | None = None
    high: Number | None = None
    parts: tuple[Number, Number] | None = None
    decimals: int = 2


@dataclass(slots=True)
class Trap:
    """A number that must not become a claim."""

    place: Place
    why: str


@dataclass(slots=True)
class Total:
    """A total with its parts, or a count with the things named; numbers are indices into the sentence's labels.

    `complete` says that the parts should add up to the total; otherwise they only stay below it.
    """

    total: int
    parts: tuple[int, ...] = ()
    items: int | None = None
    complete: bool = True


@dataclass(slots=True)
class Sentence:
    """One or more sentences made of one frame. `sections` are the classes it words, the first its own."""

    text: str
    labels: list[Label] = field(default_factory=list)
    traps: list[Trap] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    frame: str = ""
    sections: tuple[str, ...] = ()
    content: tuple[str, ...] = ()

    def copy(self) -> Sentence:
        """The same again, to be edited apart."""
        from copy import deepcopy

        return deepcopy(self)


@dataclass(slots=True)
class Part:
    """A heading with what stands directly below it. `section` is its class (`preamble` for the text before the first
    heading, whose `heading` is empty), `number` the ordinal as printed (`一、`), `depth` 1 or 2; `tables` are ids of
    tables printed after the paragraphs (before them with `tables_first`)."""

    section: str
    heading: str
    number: str = ""
    depth: int = 1
    paragraphs: list[list[Sentence]] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    tables_first: bool = False

    @property
    def head(self) -> str:
        """The heading as printed."""
        return self.number + self.heading

    def sentences(self) -> list[Sentence]:
        """All sentences in order."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]


@dataclass(slots=True)
class Draft:
    """A whole report.

    `standard` is that of the tables printed (`none` without any), `expected` that of the year; `numbers` is the true
    number of each role, `cells` what the tables print. `findings` (contradictions), `others` (formal, doubtful) and
    `defects` are entries of the labels as they will be written; what can be computed from the draft (verdicts, sums,
    missing sections, blank cells) is not among them.
    """

    family: str
    body: Body
    year: int
    standard: str
    expected: str
    title: list[str]
    parts: list[Part]
    cells: Cells
    numbers: dict[str, Number]
    blanks: tuple[str, ...] = ()
    closing: list[str] = field(default_factory=list)
    published: str = ""
    layout: str = ""
    format: str = ""
    findings: list[dict[str, Any]] = field(default_factory=list)
    others: list[dict[str, Any]] = field(default_factory=list)
    identities: list[dict[str, Any]] = field(default_factory=list)
    defects: list[dict[str, Any]] = field(default_factory=list)

    def sentences(self) -> list[tuple[Part, Sentence]]:
        """All sentences with their parts, in order."""
        return [(part, sentence) for part in self.parts for sentence in part.sentences()]
