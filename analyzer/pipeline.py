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
from analyzer.classifier import SHIPPED, Classifier, Models
from analyzer.document import Document
from analyzer.errors import MissingInput, UnreadableReport
from analyzer.knowledge import Knowledge
from analyzer.readers import Limits
from analyzer.reconcile import findings, reconcile
from analyzer.score import grade, score
from analyzer.sections import is_report, masthead, section_tree
from analyzer.tables import read_tables

__all__ = ["Part", "analyze", "analyze_document", "analyze_parts"]

Part = tuple[str, bytes]


def analyze(
    source: Path | bytes | str,
    *,
    knowledge: Knowledge | None = None,
    lang: str = "zh",
    models: Models = SHIPPED,
    limits: Limits | None = None,
) -> Analysis:
    """One report, whole: a `Path` is read from disk, `bytes` are a file's content, a `str` is the report's own text
    (or, where it names an existing file on one line, that file). `models` are the trained ones to use (`RULES`: none),
    `limits` what the reading may cost (default: `Limits()`).

    Raises `MissingInput` where there is no such file, `UnreadableReport` where the content is no such report.
    """
    known = knowledge or domain.load()
    if isinstance(source, bytes):
        return analyze_parts([("", source)], knowledge=known, lang=lang, models=models, limits=limits)
    path = _path(source)
    if path is None:
        return analyze_document(readers.read_text(str(source), known.layout), knowledge=known, lang=lang, models=models)
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise MissingInput(f"{path}: {problem.strerror or problem}") from None
    return analyze_parts([(path.name, content)], knowledge=known, lang=lang, models=models, limits=limits)


def analyze_parts(
    parts: Sequence[Part],
    *,
    knowledge: Knowledge,
    lang: str = "zh",
    models: Models = SHIPPED,
    limits: Limits | None = None,
) -> Analysis:
    """One report made of one or more named byte strings (prose, and a table beside it)."""
    document = readers.read(parts, knowledge.layout, limits)
    return analyze_document(document, knowledge=knowledge, lang=lang, models=models, name=parts[0][0])


def _path(source: Path | str) -> Path | None:
    if isinstance(source, Path):
        return source
    short = "\n" not in source and len(source) < 1024 and source.strip() != ""
    return Path(source) if short and Path(source).is_file() else None


@cache
def _claim_reader(known: Knowledge) -> ClaimReader:
    return ClaimReader(known.language, known.forms)


@cache
def _classifier(known: Knowledge, models: Models) -> Classifier:
    return Classifier(models, known)


def analyze_document(
    document: Document, *, knowledge: Knowledge, lang: str = "zh", models: Models = SHIPPED, name: str = ""
) -> Analysis:
    """A report that is read already; `name` is that of its file."""
    known, rules, classifier = knowledge, knowledge.rulebook, _classifier(knowledge, models)
    report = masthead(document, known.outline, name=name)
    expected = known.forms.expected(report.year)
    tables = read_tables(document, known.forms, expected)
    sections = section_tree(document, tables.regions, known.outline)
    if not tables.found and not is_report(document, sections, known.outline):
        raise UnreadableReport(known.wording.say("error.no_report", lang))
    sections = classifier.sections(sections, document.text)
    report = replace(report, standard=tables.standard, standard_expected=expected)
    said = _claim_reader(known).read(document, sections, tables, report.year)
    said = classifier.claims(said, document.text, tables.standard)
    claims, checks = reconcile(
        report, document, sections, tables, said, forms=known.forms, outline=known.outline, rulebook=rules
    )
    found = findings(checks, rules, lang)
    scores, deductions = score(checks, found, rules)
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
