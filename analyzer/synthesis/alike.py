"""One report in several formats: what is said and what the tables hold is the same, only the file is another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from analyzer import readers
from analyzer.document import Grid
from analyzer.knowledge import Knowledge
from analyzer.knowledge.printing import Paper, Printing, Scan
from analyzer.pipeline import analyze_document
from analyzer.synthesis.copies import Copy, Passage
from analyzer.synthesis.editions import SCANS, TEXTS, Edition, Proof, Wish, draw_paper, draw_scan, proof
from analyzer.synthesis.files import Setting
from analyzer.synthesis.forms import Field, Look, Model, Sheet

PAGES = {"html": ("html.page", "html"), "md": ("md.levels", "pipe"), "txt": ("txt.plain", "tabs")}
"""The page of each format of text, and how tables are written on it."""
GOLD = "gold.json"
Made = tuple[str, Proof, dict[str, Any]]
"""A report's name, its proof, its labels."""
COMMON = "tabs"
"""The way of writing tables whose profiles all formats know."""


@dataclass(frozen=True, slots=True)
class Press:
    """Prints one copy in many formats, on one paper, scanned by one scanner."""

    printing: Printing
    paper: Paper
    scan: Scan
    seed: str

    def edition(self, format: str, look: Look) -> Edition:
        """The edition of a format; `look` is one of the ways of writing tables that all have in `COMMON`."""
        kind = "html" if format == "mhtml" else format
        if kind in TEXTS:
            page, layout = PAGES[kind]
            own = replace(look, layout=layout)
            found = next(each for each in self.printing.page if each.id == page)
            return Edition(format, own, Setting(found, own))
        scan = self.scan if format in SCANS else None
        return Edition(format, replace(look, layout="cells"), paper=self.paper, scan=scan)

    def proofs(self, copy: Copy, formats: Sequence[str], look: Look) -> Iterator[tuple[Edition, Proof]]:
        """The copy in each format."""
        tabled = any(passage.sheets for passage in copy.passages)
        for format in formats if tabled else [name for name in formats if name != "xlsx"]:
            edition = self.edition(format, look)
            yield edition, proof(Random(self.seed), copy, edition, self.printing)


def press(printing: Printing, seed: str, wish: Wish) -> Press:
    """A press with the paper and scanner asked for, else drawn."""
    rng = Random(seed)
    return Press(
        printing, draw_paper(rng, printing, wish.formats, wish.paper), draw_scan(rng, printing, wish.scanner), seed
    )


def reprint(parts: Sequence[tuple[str, bytes]], known: Knowledge) -> Copy:
    """What a report of any format says, as a copy: title, headings, paragraphs and tables in order, as the analyzer
    reads them; raises `UnreadableReport` where it cannot."""
    document = readers.read(parts, known.layout)
    analysis = analyze_document(document, knowledge=known, name=parts[0][0])
    title, span = [], analysis.report.title_span
    depths = {section.start: (min(section.depth, 2), section.heading) for section in analysis.sections}
    passages = [Passage("")]
    for block in document.blocks:
        if isinstance(block, Grid):
            passages += [Passage("", sheets=[Sheet("", "", (_model(block),))]), Passage("")]
            continue
        depth, heading = depths.get(block.start, (0, ""))
        if span is not None and span.start <= block.start < span.end:
            title.append(block.text.strip())
        elif depth and block.text.strip() == heading:
            passages.append(Passage(heading, depth=depth))
        else:
            last = passages[-1]
            passages[-1] = replace(last, paragraphs=[*last.paragraphs, block.text.strip()])
    return Copy(title, passages, analysis.report.agency)


def _model(grid: Grid) -> Model:
    """A grid as rows of fields; a cell stands where it begins."""
    seen: set[int] = set()
    model: Model = []
    for y, row in enumerate(grid.rows):
        fields = []
        for x, cell in enumerate(row):
            if id(cell) in seen:
                continue
            seen.add(id(cell))
            across = sum(other is cell for other in row[x:])
            down = sum(any(other is cell for other in below) for below in grid.rows[y:])
            fields.append(Field(cell.text, across, down))
        model.append(fields)
    return model


def relabelled(labels: Mapping[str, Any], edition: Edition) -> dict[str, Any]:
    """Labels of the same report in another edition."""
    return {**labels, "report": {**labels["report"], "format": edition.format, "layout": edition.look.layout}}


def reprinted(folder: Path, printing: Printing, wish: Wish, known: Knowledge) -> Iterator[Made]:
    """Each labelled report in a folder and below (`report*` beside `gold.json`), in each format."""
    for path in sorted(folder.rglob(GOLD)):
        files = sorted(path.parent.glob("report*"), key=lambda each: (each.stem != "report", each.name))
        parts = [(each.name, each.read_bytes()) for each in files]
        labels = json.loads(path.read_text(encoding="utf-8"))
        machine = press(printing, path.parent.name, wish)
        for edition, made in machine.proofs(reprint(parts, known), wish.formats, Look(COMMON)):
            yield f"{path.parent.name}-{edition.format}", made, relabelled(labels, edition)
