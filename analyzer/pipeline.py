"""`analyze`: the one place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from analyzer import knowledge as domain
from analyzer import readers
from analyzer.analysis import Analysis
from analyzer.claims import ClaimReader
from analyzer.document import Document
from analyzer.errors import MissingInput, UnreadableReport
from analyzer.knowledge import Knowledge
from analyzer.reconcile import findings, reconcile
from analyzer.score import grade, score
from analyzer.sections import is_report, masthead, section_tree
from analyzer.tables import read_tables

__all__ = ["Part", "analyze", "analyze_parts"]

Part = tuple[str, bytes]


def analyze(source: Path | bytes | str, *, knowledge: Knowledge | None = None, lang: str = "zh") -> Analysis:
    """One report, whole: a `Path` is read from disk, `bytes` are a file's content, a `str` is the report's own text
    (or, where it names an existing file on one line, that file).

    Raises `MissingInput` where there is no such file, `UnreadableReport` where the content is no such report.
    """
    known = knowledge or domain.load()
    if isinstance(source, bytes):
        return analyze_parts([("", source)], knowledge=known, lang=lang)
    path = _path(source)
    if path is None:
        return _analyze(readers.read_text(str(source), known.layout), known, lang, "")
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise MissingInput(f"{path}: {problem.strerror or problem}") from None
    return analyze_parts([(path.name, content)], knowledge=known, lang=lang)


def analyze_parts(parts: Sequence[Part], *, knowledge: Knowledge, lang: str = "zh") -> Analysis:
    """One report made of one or more named byte strings (prose, and a table beside it)."""
    return _analyze(readers.read(parts, knowledge.layout), knowledge, lang, parts[0][0])


def _path(source: Path | str) -> Path | None:
    if isinstance(source, Path):
        return source
    short = "\n" not in source and len(source) < 1024 and source.strip() != ""
    return Path(source) if short and Path(source).is_file() else None


@cache
def _claim_reader(known: Knowledge) -> ClaimReader:
    return ClaimReader(known.language, known.forms)


def _analyze(document: Document, known: Knowledge, lang: str, name: str) -> Analysis:
    report = masthead(document, known.outline, name=name)
    expected = known.forms.expected(report.year)
    tables = read_tables(document, known.forms, expected)
    sections = section_tree(document, tables.regions, known.outline)
    if not tables.found and not is_report(document, sections, known.outline):
        raise UnreadableReport(known.wording.say("error.no_report", lang))
    report = replace(report, standard=tables.standard, standard_expected=expected)
    said = _claim_reader(known).read(document, sections, tables, report.year)
    claims, checks = reconcile(
        report,
        document,
        sections,
        tables,
        said,
        forms=known.forms,
        outline=known.outline,
        rulebook=known.rulebook,
    )
    found = findings(checks, known.rulebook, lang)
    scores, deductions = score(checks, found, known.rulebook)
    return Analysis(
        report=report,
        text=document.text,
        sections=sections,
        cells=tables.cells,
        claims=claims,
        checks=checks,
        findings=found,
        scores=scores,
        deductions=deductions,
        breakdowns=said.breakdowns,
        enumerations=said.enumerations,
        grade=grade(scores, known.rulebook, lang),
        lang=lang,
    )
