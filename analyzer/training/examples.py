"""Labelled reports → examples for the two models: words as the rules leave a report, classes as its labels state."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analyzer import dictionary, readers
from analyzer.classifier import NONE, RULES, figures, headings
from analyzer.classifier.fitting import Example
from analyzer.errors import MissingInput, UnreadableReport
from analyzer.evaluation import labels
from analyzer.evaluation.claims import pair
from analyzer.evaluation.exhibit import Exhibit
from analyzer.evaluation.judging import labelled
from analyzer.evaluation.parts import aligned
from analyzer.knowledge import Knowledge
from analyzer.knowledge.forms import TOTAL
from analyzer.knowledge.outline import Outline
from analyzer.pipeline import analyze_document

NO_FORM = "none"
DIGITS = re.compile(r"[\d\s]+")


@dataclass(frozen=True, slots=True)
class Family:
    """The examples of a folder of labelled reports, and the SHA-256 over the reports and labels they come from."""

    name: str
    fingerprint: str
    reports: int
    sections: tuple[Example, ...]
    claims: tuple[Example, ...]


def family(folder: Path, known: Knowledge) -> Family:
    """The examples of all labelled reports in `folder`; raises `MissingInput` where there is none."""
    reports = labelled(folder) if folder.is_dir() else ()
    if not reports:
        raise MissingInput(str(folder))
    dictionary.load(known.language.lexicon)
    digest = hashlib.sha256()
    sections: list[Example] = []
    claims: list[Example] = []
    for report in reports:
        parts = [*report.parts(), (report.gold.name, report.gold.read_bytes())]
        for name, content in parts:
            digest.update(f"{report.report_id}/{name}\n{len(content)}\n".encode())
            digest.update(content)
        exhibit = _exhibit(report.parts(), labels.load(report.gold), known)
        if exhibit is not None:
            sections += _headings(exhibit, known.outline)
            claims += _claims(exhibit, known.outline)
    return Family(folder.name, digest.hexdigest(), len(reports), tuple(sections), tuple(claims))


def _exhibit(parts: list[tuple[str, bytes]], gold: labels.Gold, known: Knowledge) -> Exhibit | None:
    try:
        document = readers.read(parts, known.layout)
        analysis = analyze_document(document, knowledge=known, models=RULES, name=parts[0][0])
    except UnreadableReport:
        return None
    return Exhibit(analysis, document, gold, known.forms)


def _headings(exhibit: Exhibit, outline: Outline) -> Iterator[Example]:
    """The labelled headings of one class that the report's tree holds."""
    tree, text = exhibit.analysis.sections, exhibit.analysis.text
    found = aligned(exhibit.gold.sections, [section for section in tree if section.heading])
    for label, section in zip(exhibit.gold.sections, found, strict=True):
        if section is None or ";" in label.section:
            continue
        words = headings.features(tree, tree.index(section), text, outline)
        group = DIGITS.sub("", section.heading.removeprefix(section.number))
        yield Example(words, label.section, group, headings.is_open(section))


def _claims(exhibit: Exhibit, outline: Outline) -> Iterator[Example]:
    """The numbers of this year with the key their label gives; none for what no label asks for."""
    said, text, standard = exhibit.analysis.claims, exhibit.analysis.text, exhibit.analysis.report.standard
    if standard == NO_FORM:
        return
    pairing = pair(exhibit)
    keys = {id(claim): label.links[0] for label, claim in pairing.pairs if claim is not None}
    for at, claim in enumerate(said):
        key = keys.get(id(claim), "").removesuffix(f"/{TOTAL}")
        if claim.kind != "amount" or claim.period != "this_year" or "+" in key:
            continue
        words = figures.features(said, at, text, (standard, outline))
        group = DIGITS.sub("", figures.clause(claim, text, outline))
        yield Example(words, key or NONE, group, figures.is_open(claim))
