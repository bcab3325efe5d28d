"""Cells in which something else stands than a number: marked, and no other cell reads it or its neighbour's."""

from __future__ import annotations

import pytest

from analyzer.knowledge.forms import FormCell
from analyzer.readers import read, read_text
from analyzer.tables import read_tables
from tests.printed import FORMS, filled, render
from tests.test_tables import LAYOUT, by_key, tables_of

PLACES = ("html", "pipe", "tabs", "lines", "strokes")
SIGNS = ("#REF!", "#VALUE!", "***", "？", "若干", "见附件")


def chosen(standard: str, number: int) -> FormCell:
    cells = list(FORMS.cells(standard))
    return cells[(37 * number + 11) % len(cells)]


@pytest.mark.parametrize("standard", ["2014", "2019", "2021"])
@pytest.mark.parametrize("layout", PLACES)
@pytest.mark.parametrize(("number", "sign"), list(enumerate(SIGNS)))
def test_what_is_no_number_is_told(standard: str, layout: str, number: int, sign: str) -> None:
    cell, printed = chosen(standard, number), filled(standard)
    found = by_key(tables_of(render(printed | {cell.key: sign}, standard, layout), layout, standard))
    assert (found[cell.key].state, found[cell.key].raw) == ("unreadable", sign)
    assert not [
        key
        for key, value in printed.items()
        if key != cell.key and found[key].state == "read" and found[key].value != value
    ]


@pytest.mark.parametrize("sign", ["***", "#REF!"])
def test_markdown_takes_no_lone_sign_for_a_mark(sign: str) -> None:
    document = read_text(
        f"# 标题\n\n**一、**总体***情况***\n\n|项目|数量|\n|---|---|\n|信息|{sign}|\n|文件|3|\n", LAYOUT
    )
    assert [row[1].text for row in next(iter(document.grids)).rows] == ["数量", sign, "3"]
    assert "一、总体情况" in [block.text for block in document.paragraphs]


def test_a_code_is_no_number_of_the_row() -> None:
    rows = "".join(
        f"<tr><td>{number:02}</td><td>{cell.label.split(' / ')[-1]}</td><td>{number:02}</td><td>详情略</td></tr>"
        for number, cell in enumerate(FORMS.cells("2014"), 1)
    )
    page = f"<table><tr><td>序号</td><td>指标</td><td>代码</td><td>统计数</td></tr>{rows}</table>"
    document = read([("page.html", f"<html><body><p>附表</p>{page}</body></html>".encode())], LAYOUT)
    assert document.grids
    assert {cell.state for cell in read_tables(document, FORMS, "2014").cells} == {"blank"}


@pytest.mark.parametrize(
    ("row", "state", "value"),
    [
        ("{label}   万元70,387\n", "read", 70387),
        ("{label}   万元 387\n", "read", 387),
        ("万\n{label}   34\n元\n", "doubtful", 34),
    ],
    ids=["set close", "apart", "over two lines"],
)
def test_units_of_money_beside_their_numbers(row: str, state: str, value: int) -> None:
    text = render(filled("2014"), "2014", "layout_text")
    label = next(cell.label.split(" / ")[-1] for cell in FORMS.cells("2014") if cell.key == "capacity.budget")
    start = text.index(label[:-1])
    end = text.index(f"\n{label[-1]}\n", start) + 3
    text = text[:start] + row.format(label=label) + text[end:]
    found = by_key(read_tables(read_text(text, LAYOUT), FORMS, "2014"))
    assert (found["capacity.budget"].state, found["capacity.budget"].value) == (state, value)
