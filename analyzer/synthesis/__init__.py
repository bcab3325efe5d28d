"""Labelled synthetic reports: a grammar of sentences put together round numbers that agree, printed in many forms.

The same arguments give the same bytes. A report's own seed is its number and the seed of the run, so that a report does
not change when more are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from analyzer import knowledge
from analyzer.knowledge import grammar as grammars
from analyzer.knowledge import printing as printings
from analyzer.knowledge.schema import Source
from analyzer.synthesis.alike import GOLD, Made, relabelled, reprinted
from analyzer.synthesis.alike import press as machine
from analyzer.synthesis.composition import compose
from analyzer.synthesis.defects import inject
from analyzer.synthesis.draft import Draft
from analyzer.synthesis.editions import OFFICE, TEXTS, Edition, Wish, bound, lacking
from analyzer.synthesis.gold import gold
from analyzer.synthesis.orders import Order, fulfilled, orders
from analyzer.synthesis.press import press, settle

__all__ = [
    "DEFECTS",
    "STANDARDS",
    "TEXTS",
    "LabelledReport",
    "Wish",
    "as_text",
    "generate",
    "lacking",
    "printed_again",
    "write",
]

STANDARDS = ("none", "2014", "2019", "2021")
DEFECTS = ("none", "one", "several", "mixed", "each")
SEVERAL = (2, 4)
"""Defects of a report with several, least and most."""
ATTEMPTS = 120
"""Drafts tried for a report that must have defects few allow."""
BATCH = 12
"""Reports for which LibreOffice is started once."""


@dataclass(frozen=True, slots=True)
class LabelledReport:
    """A report's files by name, its labels, and the name of its folder."""

    name: str
    files: Mapping[str, bytes]
    gold: dict[str, Any]


def generate(
    count: int,
    seed: int | str,
    *,
    family: str = "train",
    standards: Sequence[str] = STANDARDS,
    formats: Sequence[str] = TEXTS,
    defects: str = "none",
    only: Collection[int] = (),
    wish: Wish | None = None,
) -> Iterator[LabelledReport]:
    """`count` reports, the standards in turn; `defects` is `none`, `one` each, `several`, `mixed` (these in turn) or
    `each`: a corpus that holds every defect several times (`orders`; the standards are then those that have it).
    `only`: no others than these of them, counted from 1. `wish` says more of how they are printed than `formats`.
    Raises `UnusableOutput` where LibreOffice fails; what the formats need is told by `lacking`."""
    wish = wish or Wish(formats)
    yield from _bound(_set(count, seed, family, standards, wish, defects=defects, only=only), wish)


def printed_again(folder: Path, wish: Wish) -> Iterator[LabelledReport]:
    """Each labelled report in a folder and below, in each format wished for, with its labels; its prose and tables are
    as the analyzer reads them. Raises `UnreadableReport` for one that it cannot read."""
    yield from _bound(reprinted(folder, printings.load(Source()), wish, knowledge.load()), wish)


def _bound(made: Iterator[Made], wish: Wish) -> Iterator[LabelledReport]:
    size = BATCH if set(wish.formats) & set(OFFICE) else 1
    while group := tuple(islice(made, size)):
        for (name, _, labels), files in zip(group, bound([each for _, each, _ in group]), strict=True):
            yield LabelledReport(name, files, labels)


def _set(
    count: int,
    seed: int | str,
    family: str,
    standards: Sequence[str],
    wish: Wish,
    *,
    defects: str,
    only: Collection[int],
) -> Iterator[Made]:
    """Names, proofs and labels of the reports."""
    source = Source()
    known = knowledge.load()
    writer = _Writer(grammars.load(source, known.forms, family), printings.load(source), known, wish)
    ordered = orders(writer.grammar) if defects == "each" else ()
    for number in range(1, count + 1):
        if only and number not in only:
            continue
        if ordered:
            yield from writer.ordered(f"{family}-{number:04d}", seed, ordered[(number - 1) % len(ordered)])
            continue
        standard = standards[(number - 1) % len(standards)]
        name = f"{family}-{standard}-{number:04d}"
        rng = Random(f"{seed}/{name}")
        draft, edition = writer.draft(rng, standard)
        wanted = _wanted(rng, defects, (number - 1) // len(standards))
        yield from writer.reports(rng, name, inject(draft, wanted, rng, writer.grammar) if wanted else draft, edition)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes reports of one family in some formats."""

    grammar: grammars.Grammar
    printing: printings.Printing
    known: knowledge.Knowledge
    wish: Wish

    def draft(self, rng: Random, standard: str) -> tuple[Draft, Edition]:
        """A clean report and how it will be printed."""
        draft = compose(rng, self.grammar, standard)
        return draft, settle(rng, draft, self.printing, self.wish)

    def reports(self, rng: Random, name: str, draft: Draft, edition: Edition) -> Iterator[Made]:
        """The draft set and labelled: once, or in each format."""
        labels = gold(draft, self.grammar, self.known.outline)
        if not self.wish.same:
            yield name, press(rng, draft, edition, forms=self.known.forms, printing=self.printing), labels
            return
        seed = f"{rng.random()}"
        tabled = draft.standard != STANDARDS[0]
        for format in self.wish.formats if tabled else [name for name in self.wish.formats if name != "xlsx"]:
            own = machine(self.printing, seed, self.wish).edition(format, edition.look)
            made = press(Random(seed), draft, own, forms=self.known.forms, printing=self.printing)
            yield f"{name}-{format}", made, relabelled(labels, own)

    def ordered(self, name: str, seed: int | str, order: Order) -> Iterator[Made]:
        """A report as ordered: the first of several drafts that allows what it must have, else the last."""
        for attempt in range(1, ATTEMPTS + 1):
            rng = Random(f"{seed}/{name}/{attempt}")
            draft, edition = self.draft(rng, order.forms[(attempt - 1) % len(order.forms)])
            spoiled = fulfilled(draft, order, rng, self.grammar, last=attempt == ATTEMPTS)
            if spoiled is not None:
                break
        assert spoiled is not None
        yield from self.reports(rng, name, spoiled, edition)


def _wanted(rng: Random, defects: str, turn: int) -> int:
    """How many defects a report gets."""
    kind = DEFECTS[turn % 3] if defects == "mixed" else defects
    return {"none": 0, "one": 1}.get(kind, rng.randint(*SEVERAL))


def write(report: LabelledReport, folder: Path) -> Path:
    """Writes a report's files and labels into its own folder below `folder`; that folder."""
    own = folder / report.name
    own.mkdir(parents=True, exist_ok=True)
    for name, content in report.files.items():
        (own / name).write_bytes(content)
    (own / GOLD).write_text(as_text(report.gold), encoding="utf-8", newline="\n")
    return own


def as_text(labels: Mapping[str, Any]) -> str:
    """Labels as JSON, one entry of a list a line."""
    parts = []
    for name, value in labels.items():
        lines = [_dense(entry) for entry in value] if isinstance(value, list) else []
        body = "[\n" + ",\n".join(lines) + "\n]" if lines else _dense(value)
        parts.append(f'"{name}": {body}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _dense(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
