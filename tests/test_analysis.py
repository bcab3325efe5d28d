"""What an analysis gives besides its values: rows, frames, and how a notebook shows it."""

from __future__ import annotations

from analyzer.analysis import COLUMNS, Analysis, failed_row
from analyzer.document import Finding, Report, Score, Span


def analysis() -> Analysis:
    span = Span(1, 3)
    finding = Finding("f1", "sum.total", "error", "a;b", "3 < 4", 4, 3, "inconsistent", "f1", span, span)
    report = Report(agency="<script>alert(1)</script>", year=2020)
    return Analysis(report, "abcd", (), (), (), (), (finding,), (Score("overall", None, 100, 0),), ())  # type: ignore[arg-type]


def test_rows_have_the_columns_of_their_table() -> None:
    rows = analysis().rows("findings", "r")
    assert [len(row) for row in rows] == [len(COLUMNS["findings"])]
    named = dict(zip(COLUMNS["findings"], rows[0], strict=True))
    assert (named["report_id"], named["quote"], named["start2"], named["other_report"]) == ("r", "bc", 1, "")


def test_a_frame_leaves_the_report_out() -> None:
    assert list(analysis().frame("findings").columns) == list(COLUMNS["findings"][1:])


def test_a_failed_report_is_a_row_of_the_same_width() -> None:
    row = failed_row(report_id="r", path="p", sha256="", error="empty")
    assert len(row) == len(COLUMNS["reports"])


def test_a_notebook_shows_findings_with_everything_escaped() -> None:
    shown = analysis()._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "3 &lt; 4" in shown
