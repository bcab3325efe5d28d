"""The formats of a report: as text, or set in a word processor and made into whatever is made there.

`draw` chooses an edition, `proof` sets a copy for it, `bound` gives the files of several proofs at once (LibreOffice
starts slowly). What a format needs that is not there is told by `lacking` before anything is made.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec

from analyzer.knowledge.printing import Paper, Printing, Scan
from analyzer.readers.soffice import program
from analyzer.synthesis import office, parcels, scanning, word, workbooks
from analyzer.synthesis.copies import Copy
from analyzer.synthesis.files import Setting, draw_setting, write
from analyzer.synthesis.forms import AS_FORM, Look, draw_look
from analyzer.synthesis.ofd import write_ofd

TEXTS = ("html", "md", "txt")
SCANS = ("scan", "png", "jpg", "tif")
OFFICE = ("pdf", "doc", "wps", "rtf", "odt", *SCANS)
"""Formats for which LibreOffice is needed."""
MODULES = {"docx": "python-docx", "PIL": "pillow"}
NONE = "none"


@dataclass(frozen=True, slots=True)
class Edition:
    """How one report is printed: `setting` for formats of text, else the `paper`, and for scans the scanner."""

    format: str
    look: Look
    setting: Setting | None = None
    paper: Paper | None = None
    scan: Scan | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What is made of a copy before LibreOffice is asked: files by name, or with `to` the document it makes that of."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    document: bytes = b""
    to: str = ""
    scan: Scan | None = None
    seed: int = 0


def lacking(formats: Sequence[str]) -> str:
    """What must be installed for these formats: `generate` (the extra), `libreoffice`, or nothing."""
    made = set(formats) - {*TEXTS, "mhtml", "ofd"}
    if made and not all(find_spec(name) for name in MODULES):
        return "generate"
    return "libreoffice" if made & set(OFFICE) and not program() else ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: the formats, one paper and one scanner (empty: any), and whether each report is to come in
    each of the formats (`same`) or in one of them."""

    formats: Sequence[str] = TEXTS
    paper: str = ""
    scanner: str = ""
    same: bool = False


def draw(rng: random.Random, printing: Printing, standard: str, *, year: int, wish: Wish) -> Edition:
    """An edition in one of the formats; `standard` is the form whose tables are printed (`none`: no tables)."""
    formats = wish.formats
    chosen = rng.choice(list(formats))
    if chosen in TEXTS or chosen == "mhtml":
        kind = "html" if chosen == "mhtml" else chosen
        setting = draw_setting(rng, printing, standard, year=year, format=kind)
        return Edition(chosen, setting.look, setting)
    if chosen == "xlsx" and standard == NONE:
        chosen = "docx"
    paper = draw_paper(rng, printing, [chosen], wish.paper)
    look = Look("cells", AS_FORM) if standard == NONE else draw_look(rng, printing, standard, "cells", year=year)
    scan = draw_scan(rng, printing, wish.scanner) if chosen in SCANS else None
    return Edition(chosen, look, paper=paper, scan=scan)


def draw_paper(rng: random.Random, printing: Printing, formats: Sequence[str], wanted: str = "") -> Paper:
    """A paper for all of the formats, the `wanted` one (by its id) where there is such."""
    fitting = [paper for paper in printing.paper if not paper.formats or set(formats) <= set(paper.formats)]
    papers = [paper for paper in fitting if paper.id == wanted] or fitting
    return rng.choices(papers, [paper.weight for paper in papers])[0]


def draw_scan(rng: random.Random, printing: Printing, wanted: str = "") -> Scan:
    """A scanner, the `wanted` one where there is such."""
    scans = [scan for scan in printing.scan if scan.id == wanted] or printing.scan
    return rng.choices(scans, [scan.weight for scan in scans])[0]


def proof(rng: random.Random, copy: Copy, edition: Edition, printing: Printing) -> Proof:
    """A copy set for an edition."""
    if edition.setting is not None:
        name, content = write(rng, copy, edition.setting, printing.site)
        if edition.format != "mhtml":
            return Proof({name: content})
        return Proof({"report.mhtml": parcels.saved_page(content, edition.setting.encoding, "".join(copy.title))})
    assert edition.paper is not None
    if edition.format == "ofd":
        return Proof({"report.ofd": write_ofd(copy)})
    tables = edition.format != "xlsx"
    document = word.document(rng, copy, edition.paper, printing.desk, tables=tables)
    if edition.format in OFFICE:
        return Proof(document=document, to=edition.format, scan=edition.scan, seed=rng.getrandbits(32))
    if edition.format == "zip":
        return Proof({"report.zip": parcels.packed({f"{''.join(copy.title)}.docx": document})})
    files = {"report.docx": document}
    if not tables:
        sheets = [sheet for passage in copy.passages for sheet in passage.sheets]
        name = rng.choice(printing.desk.annexes).format("report")
        files[f"{name}.xlsx"] = workbooks.workbook(sheets, rng.choice(printing.desk.sheets))
    return Proof(files)


def bound(proofs: Sequence[Proof]) -> Iterator[Mapping[str, bytes]]:
    """The files of each; raises `UnusableOutput` where LibreOffice cannot make them."""
    made: dict[int, bytes] = {}
    for to in sorted({_target(proof.to) for proof in proofs if proof.to}):
        numbers = [n for n, proof in enumerate(proofs) if proof.to and _target(proof.to) == to]
        made |= zip(numbers, office.convert([proofs[n].document for n in numbers], to), strict=True)
    for number, each in enumerate(proofs):
        if not each.to:
            yield each.files
        elif each.scan is None:
            yield {f"report.{each.to}": made[number]}
        else:
            suffix = "pdf" if each.to == "scan" else each.to
            yield {f"report.{suffix}": scanning.scanned(made[number], each.scan, each.seed, each.to)}


def _target(to: str) -> str:
    """What LibreOffice is asked for: a WPS document is a DOC, and scans are of printed pages."""
    return {"wps": "doc", **dict.fromkeys(SCANS, "pdf")}.get(to, to)
