"""A report whose tables stand in a spreadsheet beside it says the same as one that holds them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from analyzer import knowledge, readers
from analyzer.analysis import Analysis
from analyzer.batch import score_folder
from analyzer.pipeline import analyze_parts

DEMO = Path(__file__).resolve().parent.parent / "corpora" / "demo"
KNOWN = knowledge.load()
PAGE = DEMO / "2021_county_department" / "report.html"


def taken_apart(path: Path) -> tuple[bytes, bytes]:
    """The prose of a report as Markdown, and its tables as a workbook."""
    document = readers.read([(path.name, path.read_bytes())], KNOWN.layout)
    book, row, out = Workbook(), 1, io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for grid in document.grids:
        for cells in grid.rows:
            for column, cell in enumerate(cells, start=1):
                if cell.text and cell.column == column - 1 and cells[column - 2 : column - 1] != (cell,):
                    sheet.cell(row, column, int(cell.text) if cell.text.isdecimal() else cell.text)
            row += 1
        row += 1
    book.save(out)
    return "\n".join(block.text for block in document.paragraphs).encode(), out.getvalue()


def figures(analysis: Analysis) -> dict[str, tuple[object, str]]:
    return {cell.key: (cell.value, cell.state) for cell in analysis.cells}


def found(analysis: Analysis) -> list[tuple[str, str, str]]:
    return sorted((finding.rule, finding.indicator, finding.severity) for finding in analysis.findings)


@pytest.mark.parametrize("with_prose", [True, False], ids=["tables twice", "tables aside"])
def test_the_tables_beside_the_prose_are_the_tables(with_prose: bool) -> None:
    content = PAGE.read_bytes()
    prose, tables = taken_apart(PAGE)
    first = (PAGE.name, content) if with_prose else ("report.md", prose)
    whole = analyze_parts([(PAGE.name, content)], knowledge=KNOWN)
    joined = analyze_parts([first, ("report.xlsx", tables)], knowledge=KNOWN)
    assert sum(state == "read" for _, state in figures(whole).values()) > 150
    assert figures(joined) == figures(whole)
    assert found(joined) == found(whole)
    assert [claim.verdict for claim in joined.claims] == [claim.verdict for claim in whole.claims]


def test_they_are_one_row_whose_fingerprint_is_of_both(tmp_path: Path) -> None:
    prose, tables = taken_apart(PAGE)
    (tmp_path / "青山县水利局2023年年报.md").write_bytes(prose)
    alone = score_folder(tmp_path).reports
    (tmp_path / "青山县水利局2023年年报附表.xlsx").write_bytes(tables)
    both = score_folder(tmp_path).reports
    assert both["report_id"].tolist() == alone["report_id"].tolist() == ["青山县水利局2023年年报.md"]
    assert (alone["standard"].item(), both["standard"].item()) == ("none", "2021")
    assert alone["sha256"].item() != both["sha256"].item()
