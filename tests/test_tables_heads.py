"""The table of reviews where the heads of its narrow columns are broken over lines, as PDFs give it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from analyzer.document import Cell
from tests.printed import KINDS, RESULTS, filled, render
from tests.test_tables import by_key, tables_of, unread, wrong

HEADS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
VALUES = (3, 1, 1, 1, 6, 1, 0, 1, 0, 2, 0, 0, 0, 4, 4)
HEADING = "四、政府信息公开行政复议、行政诉讼情况"
KEYS = [f"{kind}.{result}" for kind in KINDS for result in RESULTS]
NUMBERS = "   ".join(map(str, VALUES))


def cells_of(table: str, before: str = "") -> list[Cell]:
    found = by_key(tables_of(f"{HEADING}\n\n{before}{table}\n\n五、存在的主要问题及改进情况\n\n公开不够及时。\n"))
    return [found[key] for key in KEYS]


def states(cells: list[Cell]) -> set[str]:
    return {cell.state for cell in cells}


def misread(cells: list[Cell]) -> list[Cell]:
    return [cell for cell, value in zip(cells, VALUES, strict=True) if cell.state == "read" and cell.value != value]


def columns(heads: tuple[str, ...], size: int, kinds: bool = True) -> str:
    """The header of fifteen columns in each of which `size` characters have room, then the numbers."""
    parts = [[head[at : at + size] for at in range(0, len(head), size)] for head in heads * 3]
    lines = ["         行政复议                     行政诉讼", "             未经复议直接起诉        复议后起诉"]
    for line in range(max(map(len, parts))):
        lines.append("  ".join(part[line] if line < len(part) else "  " for part in parts).strip())
    return "\n".join([*(lines if kinds else lines[2:]), NUMBERS])


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_heads_broken_in_their_columns(size: int) -> None:
    cells = cells_of(columns(HEADS, size))
    assert states(cells) == {"read"}
    assert not misread(cells)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_heads_broken_one_after_the_other(size: int) -> None:
    fragments = [head[at : at + size] for head in HEADS for at in range(0, len(head), size)]
    lines = ["行政复议 行政诉讼", *fragments, "未经复议直接起诉 复议后起诉", *fragments, *fragments, NUMBERS]
    cells = cells_of("\n".join(lines))
    assert states(cells) == {"read"}
    assert not misread(cells)


@pytest.mark.parametrize(
    "header",
    [
        # The middle of a cell two rows high stands beside the second row.
        "       行政复议                行政诉讼\n"
        " 结果维 结果纠 其他结 尚未审 总   未经复议直接起诉      复议后起诉\n"
        "  持   正   果   结 计 结果维\n"
        "                   持\n"
        "                      结果纠 其他结 尚未审 总 结果维 结果纠 其他结 尚未审 总\n"
        "                       正   果    结 计 持    正    果  结 计\n",
        # Narrow columns under the first kind only, their characters without blanks between.
        " 行政复议                  行政诉讼\n"
        "结结其尚         未经复议直接起诉      复议后起诉\n"
        "果果他未 总\n"
        "维 纠 结 审 计 结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计\n"
        "持正果结\n",
        # Both names of suits broken too.
        "   行政复议      行政诉讼\n"
        "          未经复议直      复议后起\n"
        "           接起诉        诉\n"
        "结果维 结果纠 其他结 尚未审 总 结果维 结果纠 其他结 尚未审 总 结果维 结果纠 其他结 尚未审 总\n"
        "持 正 果 结 计 持 正 果 结 计 持 正 果 结 计\n",
    ],
)
def test_heads_broken_unevenly(header: str) -> None:
    cells = cells_of(header + NUMBERS)
    assert states(cells) == {"read"}
    assert not misread(cells)


@pytest.mark.parametrize("heads", [(*HEADS[4:], *HEADS[:4]), (HEADS[1], HEADS[0], *HEADS[2:])])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_heads_in_another_order_are_doubtful(heads: tuple[str, ...], size: int) -> None:
    assert states(cells_of(columns(heads, size))) == {"doubtful"}


def test_heads_with_a_character_missing_are_doubtful() -> None:
    table = columns(HEADS, 3).replace("其他结  尚未审", "其他  尚未审", 1)
    cells = cells_of(table)
    assert states(cells) == {"doubtful"}
    assert [cell.value for cell in cells] == list(VALUES)


def test_heads_without_the_names_of_suits_are_doubtful() -> None:
    assert states(cells_of(columns(HEADS, 3, kinds=False))) == {"doubtful"}


def test_numbers_over_two_lines() -> None:
    values = NUMBERS.split()
    table = columns(HEADS, 3).replace(NUMBERS, " ".join(values[:10]) + "\n" + " ".join(values[10:]))
    cells = cells_of(table)
    assert states(cells) == {"read"}
    assert not misread(cells)


def test_a_number_less_below_broken_heads_is_not_placed() -> None:
    cells = cells_of(columns(HEADS, 3).replace(NUMBERS, "3  1  1  1  6  1  0  1  0  2  0  0  4  4"))
    assert states(cells) == {"doubtful"}
    assert {cell.note for cell in cells} == {"short_row"}


ROWS = """类别 结果维持 结果纠正 其他结果 尚未审结 总计
行政复议 3 1 1 1 6
未经复议直接起诉 1 0 1 0 2
复议后起诉 0 0 0 4 4"""


@pytest.mark.parametrize(
    "before", ["", "2023年情况见下表。\n", "全县行政复议6件，其中维持3件；诉讼6件，均已审结。\n\n"]
)
@pytest.mark.parametrize("gap", [" ", "          "])
def test_a_row_for_each_kind_after_prose(before: str, gap: str) -> None:
    cells = cells_of(ROWS.replace(" ", gap), before)
    assert states(cells) == {"read"}
    assert not misread(cells)


PAGES = """二、主动公开政府信息情况
                 第二十条第（六）项
     信息内容                本年处理决定数量
     行政处罚                     3
     行政强制                     0
                 第二十条第（八）项
{edge}     信息内容                本年收费金额（单位：万元）
     行政事业性收费                12.5
三、收到和处理政府信息公开申请情况
"""


@pytest.mark.parametrize(
    "edge",
    [
        "",
        "http://www.example.gov.cn/xxgk/t11.html      2/3\n\f2024/1/12 17:05      某县水利局2023年报告\n\n",
        "file:///C:/report.html      1/2\n\f11/23/26, 5:05 PM          某县水利局2023年年度报告_某县\n\n",
        "http://www.example.gov.cn/a.html\n2/3\n\f2024/1/12 17:05\n某县水利局2023年年度报告\n",
    ],
)
def test_what_a_browser_prints_round_a_page_parts_no_table(edge: str) -> None:
    found = by_key(tables_of(PAGES.format(edge=edge)))
    assert str(found["administrative_fee.amount"].value) == "12.5"
    assert found["penalty.decisions"].state == found["administrative_fee.amount"].state == "read"


TURNED = {
    "beside the middle of its label": """      行                 行政诉讼
   结 政
   果 复      未经复议直接起诉      复议后起诉
      议
   结
   果 3         1                 0
   维
   持
   结
   果 1         0                 0
   纠
   正
   其
   他1         1                 0
   结
   果
   尚
   未 1         0                 4
   审
   结
   总 6         2                 4
   计""",
    "behind its label": """结
果
行政
复议
行政诉讼
未经复议直接起诉 复议后起诉
结
果
维
持
3 1 0
结
果
1 0 0
纠
正
其
他
结
果
1 1 0
尚
未
审
结
1 0 4
总
计 6 2 4""",
}


@pytest.mark.parametrize("table", TURNED.values(), ids=TURNED)
def test_a_row_for_each_result_with_broken_labels(table: str) -> None:
    cells = cells_of(table)
    assert states(cells) == {"read"}
    assert not misread(cells)


@pytest.mark.parametrize("table", TURNED.values(), ids=TURNED)
@pytest.mark.parametrize("gone", ["维", "正", "审", "尚", "总"])
def test_broken_labels_with_a_character_missing_shift_nothing(table: str, gone: str) -> None:
    assert not misread(cells_of(table.replace(f"\n{gone}\n", "\n").replace(f"   {gone}\n", "\n")))


def test_rows_of_results_not_all_there_are_doubtful() -> None:
    table = "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n结果维持 3 1 0\n其他结果 1 1 0\n尚未审结 1 0 4\n总计 6 2 4"
    assert states(cells_of(table)) <= {"doubtful", "absent"}


def test_numbers_that_touch_their_labels() -> None:
    cells = filled("2021")
    text = render(cells, "2021", "raw_text").replace("不明确 ", "不明确").replace("重复申请 ", "重复申请")
    assert text != render(cells, "2021", "raw_text")
    tables = tables_of(text)
    assert unread(tables, cells) == {}
    assert wrong(tables, cells) == []


@pytest.mark.parametrize("standard", ["2014", "2019", "2021"])
@pytest.mark.parametrize("by_table", [True, False])
def test_all_labels_then_all_numbers_are_no_empty_table(standard: str, by_table: bool) -> None:
    """What a PDF gives in the order of its columns."""
    cells = filled(standard)
    lines = render(cells, standard, "lines").split("\n")
    if by_table:
        cut = [number for number, line in enumerate(lines) if line.startswith(("二、主", "三、收", "四、政"))]
        edges = [0, *cut[1:], len(lines)] if standard != "2014" else [0, len(lines)]
    else:
        edges = [0, len(lines)]
    text = []
    for first, last in pairwise(edges):
        part = [line for line in lines[first:last] if line]
        text += [line for line in part if not line.isdecimal()] + [line for line in part if line.isdecimal()]
    tables = tables_of("\n".join(text) + "\n", expected=standard)
    assert wrong(tables, cells) == []
    assert {cell.state for cell in tables.cells if cell.key not in KEYS} <= {"doubtful", "absent"}


def test_a_header_over_several_lines_is_judged_line_by_line() -> None:
    cells = filled("2021")
    head = """                               申请人情况
                     法人或其他组织
       自然
         人 商业 科研 社会公 法律服 其他 总计
            企业 机构 益组织 务机构
"""
    text = render(cells, "2021", "raw_text")
    start, end = text.index("（本列数据"), text.index("一、本年新收")
    tables = tables_of(text[:start] + head + text[end:])
    assert unread(tables, cells) == {}
    assert wrong(tables, cells) == []
