"""The same report in every format gives the same cells, claims and findings; a clean scan at least nearly so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from analyzer import knowledge
from analyzer.analysis import Analysis
from analyzer.pipeline import Part, analyze_parts
from analyzer.readers.soffice import program

FOLDER = Path(__file__).resolve().parent.parent / "corpora" / "formats"
KNOWN = knowledge.load()
PLAIN = "md"
SCANS = ("scan", "tif")
APART = (*SCANS, PLAIN, "xlsx")
"""Formats that are compared otherwise: a workbook's tables stand behind the prose."""
ENOUGH = 0.99
FEW = 4
"""Pages of the scans that are recognised here, half of them as one format and half as the other; a page takes seconds,
and `benchmarks/run.py ocr` reads them all."""

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the corpora are not part of this copy")


def reports() -> list[tuple[Path, str]]:
    """Each report's folder without its format, and the format."""
    found = []
    for path in sorted(FOLDER.glob("*/*/gold.json")):
        name, _, format = path.parent.name.rpartition("-")
        found.append((path.parent.parent / name, format))
    return found


def pages(report: Path) -> int:
    """Pages of the report's scan."""
    return len(PdfDocument(report.parent / f"{report.name}-scan" / "report.pdf"))


def parts_of(report: Path, format: str) -> list[Part]:
    folder = report.parent / f"{report.name}-{format}"
    files = sorted(folder.glob("report*"), key=lambda path: (path.stem != "report", path.name))
    return [(path.name, path.read_bytes()) for path in files]


@cache
def read(report: Path, format: str) -> Analysis:
    if format in ("rtf", "odt") and program() is None:
        pytest.skip("LibreOffice is not installed")
    if format in ("doc", "wps") and program() is None and find_spec("doc2docx") is None:
        pytest.skip("neither the extra office nor LibreOffice is installed")
    if format in SCANS and find_spec("rapidocr") is None:
        pytest.skip("the extra ocr is not installed")
    return analyze_parts(parts_of(report, format), knowledge=KNOWN)


def cells(analysis: Analysis) -> dict[str, tuple[object, str]]:
    return {cell.key: (cell.value, cell.state) for cell in analysis.cells}


def claims(analysis: Analysis) -> list[tuple[object, ...]]:
    facts = ("value", "unit", "indicator", "period", "scope", "approximate", "verdict")
    said = analysis.text
    return [
        ("".join(said[claim.number.start : claim.number.end].split()), *(getattr(claim, fact) for fact in facts))
        for claim in analysis.claims
    ]


def findings(analysis: Analysis) -> list[tuple[object, ...]]:
    return sorted(
        (finding.rule, finding.indicator, finding.verdict, str(finding.expected), str(finding.actual))
        for finding in analysis.findings
    )


def headings(analysis: Analysis) -> list[tuple[str, str]]:
    return [("".join(section.heading.split()), section.section) for section in analysis.sections]


TEXTS = [(report, format) for report, format in reports() if format not in APART]
WORKBOOKS = [(report, format) for report, format in reports() if format == "xlsx"]
PICTURES = [
    (report, SCANS[n % 2]) for n, report in enumerate(r for r, f in reports() if f == "scan" and pages(r) <= FEW)
]


def named(cases: Sequence[tuple[Path, str]]) -> list[str]:
    return [f"{report.name}-{format}" for report, format in cases]


@pytest.mark.parametrize(("report", "format"), TEXTS, ids=named(TEXTS))
def test_a_format_of_text_gives_what_all_others_give(report: Path, format: str) -> None:
    own, plain = read(report, format), read(report, PLAIN)
    assert cells(own) == cells(plain)
    assert claims(own) == claims(plain)
    assert findings(own) == findings(plain)
    assert headings(own) == headings(plain)
    assert [(s.dimension, s.points) for s in own.scores] == [(s.dimension, s.points) for s in plain.scores]


@pytest.mark.parametrize(("report", "format"), WORKBOOKS, ids=named(WORKBOOKS))
def test_tables_in_a_workbook_are_those_of_the_report(report: Path, format: str) -> None:
    assert cells(read(report, format)) == cells(read(report, PLAIN))
    assert claims(read(report, format)) == claims(read(report, PLAIN))


@pytest.mark.parametrize(("report", "format"), PICTURES, ids=named(PICTURES))
def test_a_clean_scan_is_read_and_no_wrong_cell_is_unmarked(report: Path, format: str) -> None:
    own, plain = read(report, format), read(report, PLAIN)
    truth = {key: value for key, (value, _) in cells(plain).items()}
    wrong = [cell for cell in own.cells if cell.state != "doubtful" and cell.value != truth[cell.key]]
    assert not wrong
    right = sum(cell.value == truth[cell.key] for cell in own.cells)
    assert right >= ENOUGH * len(truth)


def test_the_labels_of_the_formats_are_alike() -> None:
    by_report: dict[Path, set[str]] = {}
    for report, format in reports():
        labels = json.loads((report.parent / f"{report.name}-{format}" / "gold.json").read_text(encoding="utf-8"))
        assert labels["report"].pop("format") == format
        labels["report"].pop("layout", None)
        by_report.setdefault(report, set()).add(json.dumps(labels, sort_keys=True))
    assert len(by_report) == 5
    assert all(len(labels) == 1 for labels in by_report.values())
