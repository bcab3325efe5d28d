"""Markdown: marks left out of paragraphs, tables with pipes and HTML tables, places in the raw text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.document import Block, Document, Grid
from analyzer.knowledge import layout as layouts
from analyzer.knowledge.schema import Source
from analyzer.readers import read_text
from analyzer.readers.grid import arrange
from tests.test_readers import assert_places

LAYOUT = layouts.load(Source())


def document(text: str) -> Document:
    found = read_text(text, LAYOUT)
    assert found.text == text
    assert_places(found)
    return found


def blocks(text: str) -> list[tuple[str, int, bool]]:
    return [(block.text, block.level, block.bold) for block in document(text).paragraphs]


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("## 一、总体情况", ("一、总体情况", 2, False)),
        ("#一、总体情况", ("一、总体情况", 1, False)),
        ("###### 一、总体情况 ######", ("一、总体情况", 6, False)),
        ("### **五、政策解读情况、**", ("五、政策解读情况、", 3, True)),
        ("**一、总体情况**", ("一、总体情况", 0, True)),
        ("__一、总体情况__", ("一、总体情况", 0, True)),
        ("<b>一、总体情况</b>", ("一、总体情况", 0, True)),
        ("<h2>一、总体情况</h2>", ("一、总体情况", 2, False)),
        ("**四是**加强培训。", ("四是加强培训。", 0, False)),
        ("**一、****总体情况**", ("一、总体情况", 0, False)),
        (r"1\. 主动公开", ("1. 主动公开", 0, False)),
        (r"\（一\）主动公开 20\% \*", ("\\（一\\）主动公开 20% *", 0, False)),
        ("> 一、总体情况", ("一、总体情况", 0, False)),
        ("- 公开信息20条", ("公开信息20条", 0, False)),
        ("见[公开指南](http://www.example.cn/a.html)全文。", ("见公开指南全文。", 0, False)),
        ("依据〔2018〕111号和[2018]61号（试行）。", ("依据〔2018〕111号和[2018]61号（试行）。", 0, False)),
        ("&nbsp;&nbsp;&emsp;全年公开20条。", ("全年公开20条。", 0, False)),
        ("占比$60\\%$，共<u>20</u>条。", ("占比60%，共20条。", 0, False)),
        ("5*8小时，3 * 4，网址a_b_c。", ("5*8小时，3 * 4，网址a_b_c。", 0, False)),
        ("共公开____条。", ("共公开____条。", 0, False)),
    ],
)
def test_marks_are_left_out_and_understood(line: str, expected: tuple[str, int, bool]) -> None:
    assert blocks(f"# 标题\n\n{line}\n")[1:] == [expected]


def test_lines_above_a_ruled_line_are_headings_but_prose_is_not() -> None:
    text = "年度报告\n===\n\n总体情况\n---\n\n全年公开20条。\n---\n\n无。\n"
    assert blocks(text) == [
        ("年度报告", 1, False),
        ("总体情况", 2, False),
        ("全年公开20条。", 0, False),
        ("无。", 0, False),
    ]


def test_a_rule_between_pages_does_not_cut_a_sentence() -> None:
    text = "# 报告\n\n我局坚持依法公开，全年共公开信\n\n---\n\n息20条，均已上网。\n"
    assert blocks(text)[1] == ("我局坚持依法公开，全年共公开信息20条，均已上网。", 0, False)


def test_list_items_and_headings_are_never_joined() -> None:
    text = "# 报告\n\n主要做法，包括\n\n- 公开信息20条，网站\n- 公开指南，目录\n\n## 二、其他\n"
    assert [said for said, _, _ in blocks(text)] == [
        "报告",
        "主要做法，包括",
        "公开信息20条，网站",
        "公开指南，目录",
        "二、其他",
    ]


def test_breaks_by_tags_end_lines() -> None:
    text = "# 报告\n\n<p>一、总体情况</p><p>全年公开20条。<br>二、其他<br/>无。</p>\n"
    assert [said for said, _, _ in blocks(text)] == ["报告", "一、总体情况", "全年公开20条。", "二、其他", "无。"]


@pytest.mark.parametrize(
    "table",
    [
        "| 指标 | 单位 | 数 |\n|---|:-:|---|\n| 收到 | 件 | 2 |\n| 当面 | 件 |  |",
        "指标 | 单位 | 数\n---|---|---\n收到 | 件 | 2\n当面 | 件 |",
        "| 指标 | 单位 | 数\n| --- | --- | ---\n| 收到 | 件 | 2\n| 当面 | 件 |",
        "|指标|单位|数|\n|收到|件|2|\n|当面|件||",
        "| **指标** | <b>单位</b> | 数 |\n|---|---|---|\n| 收<br>到 | 件 | `2` |\n| 当面 | 件 | &nbsp; |",
    ],
)
def test_pipe_tables_in_the_forms_people_write(table: str) -> None:
    found = document(f"# 报告\n\n{table}\n\n无。\n")
    (grid,) = found.grids
    assert rows(grid) == [["指标", "单位", "数"], ["收到", "件", "2"], ["当面", "件", ""]]
    assert found.text[grid.start : grid.end].startswith(("|", "指标", "指", "**", " "))
    number = grid.rows[1][2]
    assert found.text[number.start : number.end].strip("`") == "2"
    assert [block.text for block in found.paragraphs] == ["报告", "无。"]


def test_an_escaped_pipe_is_no_border() -> None:
    (grid,) = document("| a | b |\n|---|---|\n| 甲\\|乙 | 3 |\n").grids
    assert rows(grid)[1] == ["甲|乙", "3"]


def test_each_ruled_row_begins_a_table_and_page_breaks_do_not() -> None:
    text = "| 内容 | 数 |\n|---|---|\n| 规章 | 1 |\n\n- 3 -\n\n| 文件 | 2 |\n\n| 内容 | 数 |\n|---|---|\n| 许可 | 3 |\n"
    assert [rows(grid) for grid in document(text).grids] == [
        [["内容", "数"], ["规章", "1"], ["文件", "2"]],
        [["内容", "数"], ["许可", "3"]],
    ]


def test_a_pipe_alone_is_a_line() -> None:
    assert [said for said, _, _ in blocks("# 报告\n\n规章\n|\n0\n|\n")] == ["报告", "规章", "|", "0", "|"]
    assert [said for said, _, _ in blocks("规章 |\n|||\n0 |\n|\n无。\n")] == ["规章", "|||", "0", "|", "无。"]


def test_the_record_above_a_report_is_no_table_of_it() -> None:
    text = (
        "| 索引号: | 0001/2021-1 | 发布机构: | 某局 |\n| 文号: | | 公开日期: | 2021-07-10 13:41 |\n"
        "| 名称: | 某局2020年政府信息公开工作年度报告 | | |\n\n全年公开20条。\n"
    )
    found = document(text)
    assert [block.text for block in found.blocks if isinstance(block, Block)] == ["全年公开20条。"]
    assert not list(found.grids)
    assert found.published == "2021-07-10"
    assert found.title == "某局2020年政府信息公开工作年度报告"


def test_html_tables_point_into_the_raw_text() -> None:
    text = (
        '# 报告\n\n<table border="1"><tr><td rowspan="2">内容</td><td colspan=2>件数</td></tr>\n'
        "<tr><td>制发</td><td>废止</td></tr>\n<tr>\n<td>规<br>章</td><td> <b>12</b> </td><td>&nbsp;</td></tr></table>"
        "\n\n无。\n"
    )
    found = document(text)
    (grid,) = found.grids
    assert rows(grid) == [["内容", "件数", "件数"], ["内容", "制发", "废止"], ["规章", "12", ""]]
    assert grid.rows[0][0] is grid.rows[1][0]
    assert grid.rows[0][1] is grid.rows[0][2]
    assert (grid.rows[0][1].row, grid.rows[0][1].column) == (0, 1)
    cell = grid.rows[2][1]
    assert found.text[cell.start : cell.end] == "12"
    assert found.text[grid.end - 8 : grid.end] == "</table>"
    assert [block.text for block in found.paragraphs] == ["报告", "无。"]


def test_a_table_never_closed_loses_no_text() -> None:
    found = document("# 报告\n\n<table><tr><td>规章</td><td>3</td></tr>\n\n二、其他\n\n无。\n")
    said = [block.text for block in found.paragraphs]
    assert said[-2:] == ["二、其他", "无。"]
    assert "规章" in "".join(said)


def test_pictures_are_places() -> None:
    found = document("# 报告\n\n如图：\n\n![统计表](images/1.png)\n\n<img src='2.jpg'>\n\n无。\n")
    assert [found.text[place : place + 4] for place in found.pictures] == ["![统计", "<img"]
    assert [block.text for block in found.paragraphs] == ["报告", "如图：", "无。"]


def test_front_matter_is_no_text() -> None:
    found = document("---\ntitle: 某局2021年年度报告\ndate: 2022年1月20日\n---\n\n# 年度报告\n\n无。\n")
    assert found.title == "某局2021年年度报告"
    assert [block.text for block in found.paragraphs] == ["年度报告", "无。"]


def test_a_cell_over_several_rows_of_one_table_is_one_cell() -> None:
    text = (
        "# 报告\n\n<table><tr><td rowspan=0>全部</td><td colspan=99>很宽</td></tr>"
        "<tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>\n"
    )
    (grid,) = document(text).grids
    assert rows(grid) == [["全部", "很宽", "很宽"], ["全部", "1", "2"], ["全部", "3", "4"]]
    assert all(isinstance(block, Block | Grid) for block in document(text).blocks)


SPANS = st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=5), max_size=6)


@settings(deadline=None, derandomize=True)
@given(SPANS)
def test_every_cell_finds_a_place_and_every_row_is_as_long(spans: list[list[tuple[int, int]]]) -> None:
    places = arrange(spans)
    assert len(places) == len(spans)
    assert len({len(row) for row in places}) <= 1
    assert {place for row in places for place in row if place} == {
        (r, n) for r, row in enumerate(spans) for n in range(len(row))
    }


def test_columns_that_only_repeat_are_left_out_and_stray_ones_stay() -> None:
    assert arrange([[(2, 1), (2, 1)], [(2, 1), (2, 1)]]) == [[(0, 0), (0, 1)], [(1, 0), (1, 1)]]
    assert arrange([[(1, 1), (1, 1)], [(1, 1)]]) == [[(0, 0), (0, 1)], [(1, 0), None]]
    assert arrange([]) == []
