"""The statistics forms as data: standards, cells, sums."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.errors import BadKnowledge, UnknownStandard
from analyzer.knowledge import forms as part
from analyzer.knowledge.schema import SHIPPED, Source

FORMS = part.load(Source())


@pytest.mark.parametrize(
    ("year", "standard"),
    [
        (None, "none"),
        (2008, "none"),
        (2013, "none"),
        (2014, "2014"),
        (2018, "2014"),
        (2019, "2019"),
        (2020, "2019"),
        (2021, "2021"),
        (2026, "2021"),
    ],
)
def test_form_in_force(year: int | None, standard: str) -> None:
    assert FORMS.expected(year) == standard


def test_number_of_cells() -> None:
    assert len(FORMS.cells("2014")) == 58
    assert len(FORMS.cells("2019")) == 22 + 23 * 7 + 15
    assert len(FORMS.cells("2021")) == 10 + 25 * 7 + 15
    assert FORMS.cells("none") == ()


def test_every_cell_has_a_unit_and_a_key_of_its_own() -> None:
    for standard in FORMS.standards:
        cells = FORMS.cells(standard.id)
        assert len({cell.key for cell in cells}) == len(cells)
        assert all(cell.unit and cell.label for cell in cells)
        assert {cell.table for cell in cells} == {table.id for table in standard.tables}


def test_headings_are_no_cells() -> None:
    assert FORMS.resolve("2014", "disclosure") == ()
    assert any(row.indicator == "disclosure" for row in FORMS.rows("2014", "statistics"))


@pytest.mark.parametrize(
    ("standard", "key", "cells"),
    [
        ("2014", "review", ("review",)),
        ("2014", "request.replied.denied", ("request.replied.denied",)),
        ("2019", "request.new", ("request.new/total",)),
        ("2019", "request.new/total", ("request.new/total",)),
        ("2019", "request.other", ("request.other/total",)),
        ("2021", "request.workload", ("request.new/total", "request.carried_in/total")),
        ("2021", "litigation", ("litigation.direct.total", "litigation.after_review.total")),
        ("2021", "review.upheld + review.other", ("review.upheld", "review.other")),
        ("2021", "request.workload/business", ("request.new/business", "request.carried_in/business")),
        ("2021", "litigation/total", ()),
        ("2021", "review.upheld+nothing", ()),
        ("2021", "disclosure.total", ()),
        ("2014", "request.new", ()),
        ("none", "request.new", ()),
    ],
)
def test_keys_resolve_to_cells(standard: str, key: str, cells: tuple[str, ...]) -> None:
    assert FORMS.resolve(standard, key) == cells


def test_derived_applicant_sums_its_columns() -> None:
    keys = FORMS.resolve("2019", "request.new/organization")
    assert len(keys) == 5
    assert keys[0] == "request.new/business"
    assert len(FORMS.resolve("2021", "request.denied/organization")) == 8 * 5


def test_three_rows_of_other_since_2021() -> None:
    assert len(FORMS.resolve("2021", "request.other")) == 3


def test_label_and_unit() -> None:
    assert FORMS.unit("2014", "request_fee") == "万元"
    assert FORMS.unit("2021", "request.denied") == "件"
    assert FORMS.unit("2021", "nothing") == ""
    assert FORMS.label("2021", "request.new/business") == "一、本年新收政府信息公开申请数量 / 法人或其他组织 / 商业企业"
    assert FORMS.label("2021", "request.denied") == "（三）不予公开"
    assert FORMS.label("2021", "request.concluded") == "本年度办理结果总计"
    assert FORMS.label("2021", "request.denied/natural_person") == "（三）不予公开 / 自然人"
    assert FORMS.label("2021", "request.new/organization") == "一、本年新收政府信息公开申请数量 / 法人或其他组织"
    assert FORMS.label("2021", "request.workload/organization") == "本年新收与上年结转之和 / 法人或其他组织"
    assert FORMS.label("2021", "review.upheld+review.other") == "行政复议 / 结果维持 + 行政复议 / 其他结果"
    assert FORMS.label("2014", "review.corrected") == "行政复议被依法纠错数"
    assert FORMS.cell("2021", "request.new").applicant == "total"


def test_each_derived_key_has_a_chinese_name() -> None:
    for entry in FORMS.derived:
        assert re.search("[一-龥]", entry.name), entry
        assert not re.search("[A-Za-z]", entry.name), entry
        assert not re.search("[一-龥]", entry.meaning), entry


def test_unknown_standard() -> None:
    with pytest.raises(UnknownStandard, match="2014, 2019, 2021"):
        FORMS.standard("2007")


def test_derived_key_without_cells_is_refused(tmp_path: Path) -> None:
    text = (SHIPPED / "derived.csv").read_text(encoding="utf-8")
    (tmp_path / "derived.csv").write_text(text + "2021,request.odd,request.strange,x,y\n", encoding="utf-8")
    with pytest.raises(BadKnowledge, match=r"request\.odd"):
        part.load(Source(tmp_path))


def test_row_of_an_unknown_table_is_refused(tmp_path: Path) -> None:
    text = (SHIPPED / "indicators.csv").read_text(encoding="utf-8")
    (tmp_path / "indicators.csv").write_text(text + "2021,somewhere,x.y,X,件,,,\n", encoding="utf-8")
    with pytest.raises(BadKnowledge, match="somewhere"):
        part.load(Source(tmp_path))
