from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analyzer import store
from analyzer.analysis import COLUMNS, Row
from analyzer.errors import ForeignOutput, NoResults, UnusableOutput
from analyzer.results import Results, claim_output
from analyzer.store import Store

RUN = {"version": "1", "counts": {}}


def row(table: str, **values: Any) -> Row:
    assert values.keys() <= set(store.TABLES[table])
    return tuple(values.get(column) for column in store.TABLES[table])


def report(report_id: str, agency: str, year: int | None, **values: Any) -> Row:
    given = {"status": "ok", "path": report_id, "standard": "2021", "cells_filled": 10, "body_id": "", "score": 90}
    return row("reports", report_id=report_id, agency=agency, year=year, **(given | values))


def cell(report_id: str, indicator: str, value: float | None, *, applicant: str = "", state: str = "read") -> Row:
    return row("cells", report_id=report_id, indicator=indicator, applicant=applicant, value=value, state=state)


def results(folder: Path, tables: Mapping[str, list[Row]]) -> Results:
    with Store(folder / "store") as facts:
        facts.add(tables)
    return Results.from_dir(folder)


def lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture
def two(tmp_path: Path) -> Results:
    """Two reports of one body, the requests of one of them doubtful."""
    reports = [report("2022.md", "青岚县农业农村局", 2022), report("2023.md", "青岚县农业农村局", 2023)]
    cells = [
        cell("2022.md", "normative.issued", 1),
        cell("2022.md", "request.new", 6, applicant="total"),
        cell("2023.md", "normative.issued", 0),
        cell("2023.md", "request.new", 9, applicant="total", state="doubtful"),
        cell("2023.md", "penalty.decisions", None, state="blank"),
    ]
    texts = [("2022.md", "甲\n乙"), ("下级/2023.md", "丙")]
    return results(tmp_path, {"reports": reports, "cells": cells, "texts": texts})


def test_every_table_is_a_frame_with_its_columns(two: Results) -> None:
    for table, columns in COLUMNS.items():
        assert list(two.frame(table).columns) == list(columns)
        assert getattr(two, table).equals(two.frame(table))


def test_an_unknown_table_names_those_there_are(two: Results) -> None:
    with pytest.raises(KeyError, match="deductions"):
        two.frame("nowhere")


def test_a_frame_may_be_changed_without_changing_the_results(two: Results) -> None:
    frame = two.cells
    frame["value"] = 0.0
    assert two.cells["value"].dropna().tolist() == [1, 6, 0, 9]


def test_the_panel_has_one_row_a_body_and_year_and_one_column_an_indicator(two: Results) -> None:
    panel = two.panel()
    assert panel["body"].tolist() == ["青岚县农业农村局"] * 2
    assert panel["year"].tolist() == [2022, 2023]
    assert panel["normative.issued"].tolist() == [1, 0]
    assert panel["request.new/total"].iloc[0] == 6


def test_doubtful_and_blank_cells_stay_out_of_the_panel(two: Results) -> None:
    panel = two.panel()
    assert pd.isna(panel["request.new/total"].iloc[1])
    assert "penalty.decisions" not in panel.columns


def test_of_two_reports_on_one_year_the_fuller_one_stands_in_the_panel(tmp_path: Path) -> None:
    reports = [report("a.md", "甲局", 2022, cells_filled=3), report("b.md", "甲局", 2022, cells_filled=9)]
    assert results(tmp_path, {"reports": reports}).panel()["report_id"].tolist() == ["b.md"]


def test_reports_without_body_or_year_are_not_taken_for_one_another(tmp_path: Path) -> None:
    reports = [report("a.md", "", 2022), report("b.md", "", 2022), report("c.md", "甲局", None)]
    failed = row("reports", report_id="d.md", status="failed")
    panel = results(tmp_path, {"reports": [*reports, failed]}).panel()
    assert sorted(panel["body"]) == ["a.md", "b.md", "c.md"]


def test_the_roster_s_name_of_a_body_goes_before_the_printed_one(tmp_path: Path) -> None:
    reports = [report("a.md", "甲局", 2022, body_id="B1"), report("b.md", "甲县甲局", 2023, body_id="B1")]
    assert results(tmp_path, {"reports": reports}).panel()["body"].tolist() == ["B1", "B1"]


def test_csv_opens_right_in_excel_and_keeps_the_order_of_columns(two: Results) -> None:
    two.write(RUN)
    content = (two.folder / "cells.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[0] == ",".join(COLUMNS["cells"])
    assert [line["value"] for line in lines(two.folder / "cells.csv")] == ["1", "6", "0", "9", ""]
    assert [line["year"] for line in lines(two.folder / "reports.csv")] == ["2022", "2023"]


def test_texts_stand_below_the_name_of_their_report(two: Results) -> None:
    two.write(RUN)
    assert (two.folder / "texts" / "2022.md.txt").read_text(encoding="utf-8") == "甲\n乙"
    assert (two.folder / "texts" / "下级" / "2023.md.txt").read_text(encoding="utf-8") == "丙"


def test_texts_of_vanished_reports_go(two: Results) -> None:
    two.write(RUN)
    again = results(two.folder, {"texts": [("2022.md", "甲")]})
    again.write(RUN)
    assert [path.name for path in (two.folder / "texts").rglob("*.txt")] == ["2022.md.txt"]
    assert list(lines(two.folder / "cells.csv")) == []


def test_without_csv_none_is_left(two: Results) -> None:
    two.write(RUN)
    two.write(RUN, csv=False)
    assert not (two.folder / "cells.csv").exists()


def test_the_codebook_explains_every_column_of_every_table(two: Results) -> None:
    two.write(RUN)
    explained = {(line["table"], line["column"]) for line in lines(two.folder / "codebook.csv")}
    assert {(table, column) for table, columns in COLUMNS.items() for column in columns} <= explained


def test_the_run_is_told_as_json(two: Results) -> None:
    two.write(RUN)
    assert json.loads((two.folder / "run.json").read_text(encoding="utf-8")) == RUN
    assert Results.from_dir(two.folder).run == RUN


def test_results_show_themselves(two: Results) -> None:
    assert "reports=2" in repr(two)
    assert "青岚县农业农村局" in two._repr_html_()


def test_results_answer_sql(two: Results) -> None:
    assert two.sql("SELECT max(value) AS most FROM cells")["most"].tolist() == [9]


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoResults):
        Results.from_dir(tmp_path)


def test_an_output_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    claim_output(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_file_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(UnusableOutput):
        claim_output(tmp_path / "out")


@pytest.mark.parametrize("name", ["texts", "charts", "store"])
def test_folders_that_no_run_has_made_are_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(ForeignOutput, match=name):
        claim_output(tmp_path)


def test_an_earlier_run_may_be_replaced(two: Results) -> None:
    claim_output(two.folder)
    two.write(RUN)
    claim_output(two.folder)
