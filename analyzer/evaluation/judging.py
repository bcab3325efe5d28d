"""One labelled report: found on disk, analysed, judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzer import readers
from analyzer.analysis import Analysis
from analyzer.document import Document, Report
from analyzer.errors import BadLabels, UnreadableReport
from analyzer.evaluation import labels
from analyzer.evaluation.claims import judge_claims
from analyzer.evaluation.exhibit import Exhibit
from analyzer.evaluation.findings import judge_findings
from analyzer.evaluation.labels import Gold
from analyzer.evaluation.parts import judge_cells, judge_facts, judge_sections, judge_sums
from analyzer.evaluation.tally import Judged, Tally
from analyzer.knowledge import Knowledge, messages
from analyzer.knowledge.schema import Source
from analyzer.pipeline import Part, analyze_document, divided

Analyse = Callable[[Sequence[Part], Knowledge], Analysis]
"""What analyses a report; another than the product's own measures another way."""
GROUPS = ("standard", "format", "level", "kind", "family", "layout", "clean")
"""Columns that figures are broken down by, beside `defect`."""
_NOTHING = Analysis(Report(), "", (), (), (), (), (), (), ())


@dataclass(frozen=True, slots=True)
class Labelled:
    """A folder that holds a report (`report*`, one or more files) and its labels."""

    report_id: str
    folder: Path

    @property
    def files(self) -> tuple[Path, ...]:
        """The report's files, the prose first."""
        files = (path for path in self.folder.glob("report*") if path.is_file())
        return tuple(sorted(files, key=lambda path: (path.stem != "report", path.name)))

    @property
    def gold(self) -> Path:
        """The labels' file."""
        return self.folder / labels.GOLD

    def parts(self) -> list[Part]:
        """Names and bytes of the report's files."""
        return [(path.name, path.read_bytes()) for path in self.files]


def labelled(folder: Path) -> tuple[Labelled, ...]:
    """All labelled reports in a folder and below, in order; raises `BadLabels` for labels without a report."""
    found = []
    for path in sorted(folder.rglob(labels.GOLD)):
        own = path.parent
        report = Labelled(own.relative_to(folder).as_posix() if own != folder else own.name, own)
        if not report.files:
            raise BadLabels(f"{path}: no report (report.*) beside it")
        found.append(report)
    return tuple(found)


def judge(analysis: Analysis, document: Document, gold: Gold, known: Knowledge) -> Tally:
    """Every task of one report."""
    exhibit, tally = Exhibit(analysis, document, gold, known.forms), Tally()
    judge_facts(exhibit, tally)
    judge_sections(exhibit, tally)
    judge_cells(exhibit, tally)
    judge_claims(exhibit, tally)
    judge_sums(exhibit, tally)
    judge_findings(exhibit, tally)
    return tally


def judged(report: Labelled, known: Knowledge, lang: str, analyse: Analyse | None = None) -> Judged:
    """A labelled report, analysed and judged; one that cannot be analysed has all its labels missed and says why.

    Raises `BadLabels` for labels that cannot be read.
    """
    gold = labels.load(report.gold)
    error = ""
    analysis, document = _NOTHING, Document("", (), "")
    try:
        parts = report.parts()
        document, *_ = divided(readers.read(parts, known.layout), known)
        if analyse:
            analysis = analyse(parts, known)
        else:
            analysis = analyze_document(document, knowledge=known, lang=lang, name=parts[0][0])
    except UnreadableReport as problem:
        error = messages.explain(messages.load(Source()), problem, lang)
    except Exception as problem:  # one report must never take the others with it
        error = " ".join(f"{type(problem).__name__}: {problem}".split())
    tally = judge(_NOTHING if error else analysis, document, gold, known)
    defects = tuple(dict.fromkeys(defect.title for defect in gold.defects or ()))
    facts = _facts(report, gold)
    return Judged(report.report_id, facts, dict(tally.counts), tuple(tally.misses), error, defects)


def _facts(report: Labelled, gold: Gold) -> Mapping[str, str]:
    given = {name: str(gold.facts.get(name) or "") for name in GROUPS}
    given["format"] = given["format"] or report.files[0].suffix.lstrip(".").lower()
    given["clean"] = "" if gold.defects is None else str(not gold.defects).lower()
    return given
