"""`analyze`: the one place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from analyzer import intake, readers
from analyzer import knowledge as domain
from analyzer.analysis import Analysis
from analyzer.claims import ClaimReader
from analyzer.classifier import SHIPPED, Classifier, Models
from analyzer.document import Document, Tables
from analyzer.errors import MissingInput, UnreadableReport, bare, several
from analyzer.knowledge import Knowledge
from analyzer.readers import Limits
from analyzer.reconcile import findings, reconcile
from analyzer.score import grade, score
from analyzer.sections import is_report, is_whole, masthead, other_titles, section_tree
from analyzer.tables import read_tables

__all__ = ["Part", "analyze", "analyze_all", "analyze_document", "analyze_parts", "divided", "parts_of"]

Part = tuple[str, bytes]
REACH = 40_000
"""Code points behind a title in which its report must show itself."""


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

    Where several reports stand one behind another, this is the first; the result's `others` name the rest, and
    `analyze_all` gives them too. Raises `MissingInput` where there is no such file, `UnreadableReport` where the
    content is no such report, or an archive of several.
    """
    known = knowledge or domain.load()
    if isinstance(source, str) and _path(source) is None:
        return analyze_document(readers.read_text(source, known.layout), knowledge=known, lang=lang, models=models)
    parts = _parts(source, known, limits)
    return analyze_parts(parts, knowledge=known, lang=lang, models=models, limits=limits)


def analyze_parts(
    parts: Sequence[Part],
    *,
    knowledge: Knowledge,
    lang: str = "zh",
    models: Models = SHIPPED,
    limits: Limits | None = None,
) -> Analysis:
    """One report made of one or more named byte strings (prose, and a table beside it)."""
    first, *others = divided(readers.read(parts, knowledge.layout, limits), knowledge)
    analysis = analyze_document(first, knowledge=knowledge, lang=lang, models=models, name=parts[0][0])
    return replace(analysis, others=tuple(masthead(d, knowledge.outline).title for d in others)) if others else analysis


def analyze_all(
    parts: Sequence[Part],
    *,
    knowledge: Knowledge,
    lang: str = "zh",
    models: Models = SHIPPED,
    limits: Limits | None = None,
) -> tuple[Analysis, ...]:
    """All reports that stand one behind another in a source; mostly there is one."""
    documents = divided(readers.read(parts, knowledge.layout, limits), knowledge)
    names = [parts[0][0], *[""] * (len(documents) - 1)]
    made = [
        analyze_document(document, knowledge=knowledge, lang=lang, models=models, name=name)
        for document, name in zip(documents, names, strict=True)
    ]
    titles = [analysis.report.title for analysis in made]
    if len(made) == 1:
        return tuple(made)
    return tuple(replace(one, others=(*titles[:n], *titles[n + 1 :])) for n, one in enumerate(made))


def divided(document: Document, knowledge: Knowledge) -> tuple[Document, ...]:
    """A document cut where another whole report begins behind a whole one; nearly always it stays as it is."""
    parts = [document]
    before = 0
    for place in other_titles(document, knowledge.outline):
        whole, cut, end = parts[-1], place - before, len(parts[-1].text)
        first, ahead = whole.part(0, cut), whole.part(cut, min(end, cut + REACH))
        if _is_whole(first, knowledge) and _is_whole(ahead, knowledge):
            parts[-1:] = [first, whole.part(cut, end)]
            before = place
    return tuple(parts)


def _is_whole(document: Document, known: Knowledge) -> bool:
    report = masthead(document, known.outline)
    tables = _tables(document, known, report.year)
    return is_whole(document, section_tree(document, tables.regions, known.outline), known.outline)


def _tables(document: Document, known: Knowledge, year: int | None) -> Tables:
    return read_tables(document, known.forms, known.forms.expected(year))


def parts_of(path: Path, knowledge: Knowledge, limits: Limits | None = None) -> tuple[Part, ...]:
    """Names and bytes of the files of one report: a file, the only report in an archive, or a member `a.zip#name`.

    Raises `MissingInput` where there is no such file, `UnreadableReport` where it cannot be read or holds several.
    """
    most = (limits or Limits()).megabytes
    found = intake.gather([path], reads=readers.reads, companions=knowledge.companions, megabytes=most)
    if found.missing or path.is_dir():
        raise MissingInput(f"{path}: no such file")
    if len(found.sources) == 1:
        return found.sources[0].read(most)
    if not found.sources:
        raise bare(str(path))
    raise several(str(path), [source.path for source in found.sources])


def _parts(source: Path | bytes | str, known: Knowledge, limits: Limits | None) -> Sequence[Part]:
    return [("", source)] if isinstance(source, bytes) else parts_of(Path(source), known, limits)


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
    tables = _tables(document, known, report.year)
    expected = known.forms.expected(report.year) if report.year is not None else tables.standard
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
