"""What narrow columns and page ends do to the text of a table: labels and numbers that touch, labels cut or mixed with
others. A number that is printed is read or in doubt, never absent."""

from __future__ import annotations

import pytest

from analyzer.document import Cell
from tests.printed import KINDS, RESULTS, Printed, filled, render
from tests.test_tables import by_key, tables_of, unread, wrong

HEADS = "结果维持结果纠正其他结果尚未审结总计"
REVIEW = [f"{kind}.{result}" for kind in KINDS for result in RESULTS]


def review(table: str) -> list[Cell]:
    found = by_key(tables_of(f"四、政府信息公开行政复议、行政诉讼情况\n\n{table}\n\n五、其他事项\n\n没有其他事项。\n"))
    return [found[key] for key in REVIEW]


@pytest.mark.parametrize("heads", [HEADS, "维持纠正其他未审结总计", "结果维持结果纠正其他尚未审结总计"])
@pytest.mark.parametrize("lines", [[3], [1, 2], [1, 1, 1]])
def test_heads_without_blanks_between(heads: str, lines: list[int]) -> None:
    printed = "\n".join(heads * count for count in lines)
    numbers = "   ".join(map(str, range(15)))
    table = f"行政复议              行政诉讼\n未经复议直接起诉复议后起诉\n{printed}\n{numbers}"
    assert [(cell.state, cell.value) for cell in review(table)] == [("read", number) for number in range(15)]


def test_heads_without_blanks_above_a_row_for_each_kind() -> None:
    rows = ["行政复议 1 2 3 4 10", "未经复议直接起诉 0 0 1 0 1", "复议后起诉 2 0 0 0 2"]
    cells = review("\n".join(["类别             " + HEADS, *rows]))
    assert [cell.state for cell in cells] == ["read"] * 15
    assert [cell.value for cell in cells] == [1, 2, 3, 4, 10, 0, 0, 1, 0, 1, 2, 0, 0, 0, 2]


def test_numbers_of_a_table_whose_heads_are_lost_are_in_doubt() -> None:
    cells = review("行政复议 1 2 3 4 10\n未经复议直接起诉 0 0 1 0 1\n复议后起诉 2 0 0 0 2")
    assert {(cell.state, cell.value) for cell in cells} == {("doubtful", None)}


def test_a_name_of_kinds_without_numbers_is_no_table() -> None:
    assert {cell.state for cell in review("行政复议\n\n未经复议直接起诉\n\n复议后起诉")} <= {"absent", "blank"}


@pytest.mark.parametrize("title", ["办理结果", "办理\n结果"])
def test_the_rest_of_a_title_beside_the_rows_ends_no_table(title: str) -> None:
    cells = filled("2021")
    text = render(cells, "2021", "raw_text")
    at = text.index("（二）部分公开")
    tables = tables_of(f"{text[:at]}{title}\n{text[at:]}")
    assert unread(tables, cells) == {}
    assert wrong(tables, cells) == []


@pytest.mark.parametrize("numbers", ["13   2   0   0   0   1", "13   2   0   0   0   1   16"])
def test_a_row_under_words_of_two_labels_is_not_absent(numbers: str) -> None:
    lines = render(filled("2021"), "2021", "raw_text").split("\n")
    row = next(number for number, line in enumerate(lines) if "保护第三方合法权益" in line)
    lines[row] = f"4.保护第三方合法权益（三）不予公开   {numbers}"
    found = by_key(tables_of("\n".join(lines)))
    names = ("natural_person", "business", "total")
    assert {found[f"request.denied.third_party/{name}"].state for name in names} == {"doubtful"}


@pytest.mark.parametrize("number", ["14.93", "7"])
def test_an_amount_that_touches_its_label(number: str) -> None:
    cells: dict[str, Printed] = {**filled("2021"), "administrative_fee.amount": "@"}
    text = render(cells, "2021", "raw_text").replace("行政事业性收费 @", f"行政事业性收费{number}")
    cell = by_key(tables_of(text))["administrative_fee.amount"]
    assert (cell.state, str(cell.value)) == ("read", number)


@pytest.mark.parametrize("behind", [False, True])
def test_codes_of_rows_in_lines_of_text(behind: bool) -> None:
    cells = filled("2014")
    lines = render(cells, "2014", "raw_text").split("\n")
    code = 0
    for number, line in enumerate(lines):
        label, _, value = line.rpartition(" ")
        if value.isdecimal():
            code += 1
            lines[number] = f"{label} {value} {code:02}" if behind else f"{label} {code:02} {value}"
    tables = tables_of("\n".join(lines), expected="2014")
    assert unread(tables, cells) == {}
    assert wrong(tables, cells) == []


def test_an_empty_cell_over_the_last_columns_is_the_row_s_own() -> None:
    head = "<tr><td>信息内容</td><td>上一年项目数量</td><td colspan=2>本年增/减</td></tr>"
    rows = "<tr><td>行政许可</td><td>9</td><td>1</td><td>35</td></tr>"
    band = '<tr><td colspan="4">第二十条第（五）项</td></tr>'
    plain = "<tr><td>信息内容</td><td>上一年项目数量</td><td>本年增/减</td><td>处理决定数量</td></tr>"
    fees = '<tr><td colspan="4">第二十条第（八）项</td></tr>' + head
    fees += "<tr><td>行政事业性收费</td><td>4</td><td colspan=2></td></tr>"
    found = by_key(tables_of(f"<table>{band}{plain}{rows}{fees}</table>", "html", "2019"))
    got = [found[f"administrative_fee.{name}"] for name in ("items_last_year", "items_change")]
    assert [(cell.state, cell.value) for cell in got] == [("read", 4), ("blank", None)]


@pytest.mark.parametrize("order", [("商业企业", "科研机构"), ("科研机构", "商业企业")])
def test_a_header_in_pieces_is_judged_by_the_whole_one_of_the_next_page(order: tuple[str, str]) -> None:
    cells = filled("2021")
    text = render(cells, "2021", "raw_text")
    start, end = text.index("（本列数据"), text.index("一、本年新收")
    lines = ("申请人情况", "法人或其他组织", "自然                             总", "人 商业 科研 社会公 法律服 其 计")
    pieces = "\n".join((*lines, "企业 机构 益组织 务机构 他", ""))
    whole = f"自然人 {order[0]} {order[1]} 社会公益组织 法律服务机构 其他 总计\n"
    row = text.index("（二）部分公开")
    tables = tables_of(text[:start] + pieces + text[end:row] + whole + text[row:])
    states = {cell.state for cell in tables.cells if cell.key.startswith("request.new/")}
    assert states == ({"read"} if order[0] == "商业企业" else {"doubtful"})
    assert order[0] != "商业企业" or wrong(tables, cells) == []
