"""Statistics tables into cells: every form in every layout, and what must stay in doubt."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer import readers
from analyzer.document import Cell, Document, Tables
from analyzer.knowledge import layout as layout_part
from analyzer.knowledge.schema import SHIPPED, Source
from analyzer.tables import read_tables
from tests.printed import FORMS, LAYOUTS, Printed, filled, render

LAYOUT = layout_part.load(Source())
SEED = SHIPPED.parent.parent / "corpora" / "real" / "000_81756f01c13aa782"
STANDARDS = ("2014", "2019", "2021")
LATER = "五、存在的主要问题及改进情况"


def opened(text: str, layout: str = "lines") -> Document:
    name = {"html": "report.html", "pipe": "report.md"}.get(layout, "report.txt")
    if layout == "html":
        text = f"<html><body><div>{text}</div></body></html>"
    return readers.read([(name, text.encode())], LAYOUT)


def tables_of(text: str, layout: str = "lines", expected: str = "2021") -> Tables:
    document = opened(text, layout)
    tables = read_tables(document, FORMS, expected)
    for cell in tables.cells:
        if cell.span is not None:
            assert document.text[cell.span.start : cell.span.end] == cell.raw, cell
    for start, end in tables.regions:
        assert 0 <= start < end <= len(document.text)
    return tables


def by_key(tables: Tables) -> dict[str, Cell]:
    return {cell.key: cell for cell in tables.cells}


def wrong(tables: Tables, cells: Mapping[str, Printed]) -> list[Cell]:
    """Cells said to be read whose value is not the printed one."""
    return [c for c in tables.cells if c.state in ("read", "not_applicable") and c.value != cells.get(c.key)]


def unread(tables: Tables, cells: Mapping[str, Printed]) -> dict[str, str]:
    """Printed cells that were not read right, with their state."""
    got = by_key(tables)
    return {k: got[k].state for k, v in cells.items() if v is not None and (got[k].state, got[k].value) != ("read", v)}


@pytest.mark.parametrize("review", ["horizontal", "transposed", "rows"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("standard", STANDARDS)
def test_every_cell_of_every_form(standard: str, layout: str, review: str) -> None:
    cells = filled(standard)
    text = render(cells, standard, layout, review=review)
    tables = tables_of(text, layout, standard)
    assert tables.standard == standard
    assert tables.found == tuple(table.id for table in FORMS.standard(standard).tables)
    assert [cell.key for cell in tables.cells] == [cell.key for cell in FORMS.cells(standard)]
    assert unread(tables, cells) == {}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("standard", STANDARDS)
def test_regions_hold_the_tables_and_nothing_else(standard: str, layout: str) -> None:
    prose = "一、总体情况\n\n我局全年公开信息73条，行政许可8件。\n\n"
    after = f"\n\n{LATER}\n\n公开的内容还不够全面。\n"
    if layout == "html":
        prose, after = "<p>一、总体情况</p><p>我局全年公开信息73条。</p>", f"<p>{LATER}</p><p>公开的内容还不够。</p>"
    document = opened(prose + render(filled(standard), standard, layout) + after, layout)
    tables = read_tables(document, FORMS, standard)
    inside = "".join(document.text[a:b] for a, b in tables.regions)
    outside = document.text
    for a, b in reversed(tables.regions):
        outside = outside[:a] + outside[b:]
    for heading in ("一、总体情况", LATER, *(table.title for table in FORMS.standard(standard).tables)):
        assert heading in outside
        assert heading not in inside
    left = [line for line in outside.split("\n") if line.strip(" |-\f3")]
    assert len(left) == 4 + len(FORMS.standard(standard).tables), left


def test_the_real_report() -> None:
    tables = tables_of((SEED / "report.md").read_text(encoding="utf-8"), "pipe", "2014")
    gold = json.loads((SEED / "gold.json").read_text(encoding="utf-8"))["cells"]
    got = {c.key: (c.state, c.value) for c in tables.cells}
    assert got == {key: ("blank", None) if value is None else ("read", value) for key, value in gold.items()}
    assert tables.standard == "2014"
    assert len(tables.regions) == 1
    assert all(cell.span is not None and cell.span.row and cell.span.column for cell in tables.cells)


def test_without_tables() -> None:
    tables = tables_of(
        "一、总体情况\n\n2022年主动公开规范性文件3件，行政许可8件，行政处罚2件。\n\n无。", expected="2021"
    )
    assert (tables.standard, tables.regions, tables.found) == ("none", (), ())
    assert len(tables.cells) == 200
    assert {cell.state for cell in tables.cells} == {"absent"}
    assert tables_of("政府信息公开年度报告", expected="none").cells == ()


def test_headings_of_an_old_report_are_no_table() -> None:
    text = "一、主动公开情况\n\n公开信息28条。\n\n二、回应解读情况\n\n无。\n\n三、依申请公开情况\n\n收到申请0件。\n\n"
    text += "四、行政复议数量\n\n0件\n\n五、行政诉讼数量\n\n0件\n\n六、举报投诉数量\n\n0件\n"
    assert tables_of(text, expected="2014").found == ()


@pytest.mark.parametrize(
    "table",
    [
        "| 联系人 | 电话 |\n| --- | --- |\n| 办公室 | 0951-2066666 |",
        "| 序号 | 栏目 | 条数 |\n| --- | --- | --- |\n| 1 | 规范性文件 | 5 |\n| 2 | 行政许可 | 8 |\n| 3 | 其他 | 3 |",
        "| 类别 | 数量 |\n| --- | --- |\n| 行政许可 | 8 |\n| 行政处罚 | 2 |\n| 行政强制 | 0 |",
        "| 渠道 | 条数 |\n| --- | --- |\n| 政府网站 | 41 |\n| 政务微博 | 20 |\n| 政务微信 | 12 |\n| 其他方式 | 0 |",
        "| 指标 | 本年 | 累计 |\n| --- | --- | --- |\n"
        "| 主动公开信息数 | 5 | 9 |\n| 当面申请数 | 1 | 2 |\n| 传真申请数 | 0 | 0 |\n"
        "| 网上申请数 | 0 | 0 |\n| 信函申请数 | 1 | 1 |\n| 同意公开答复数 | 2 | 2 |\n| 同意部分公开答复数 | 0 | 0 |\n"
        "| 行政复议数 | 0 | 0 |\n| 行政诉讼数 | 0 | 0 |\n| 行政申诉数 | 0 | 0 |",
    ],
)
def test_other_tables_are_left_alone(table: str) -> None:
    tables = tables_of(f"# 2019年政府信息公开工作年度报告\n\n概述如下。\n\n{table}\n\n结束。", "pipe", "2019")
    assert (tables.standard, tables.found, tables.regions) == ("none", (), ())


def test_form_of_another_year() -> None:
    tables = tables_of(render(filled("2019"), "2019", "tabs"), "tabs", "2021")
    assert tables.standard == "2019"
    got = by_key(tables)
    assert unread(tables, filled("2019")) == {}
    assert got["regulation.issued"].state == "absent"
    assert got["request.other.fee_unpaid/total"].state == "absent"
    assert len(tables.cells) == 198 + len({c.key for c in FORMS.cells("2021")} - {c.key for c in FORMS.cells("2019")})


def test_some_tables_of_a_form() -> None:
    text = render(filled("2021"), "2021", "lines")
    text = text[text.index("三、收到") : text.index("四、政府信息公开行政复议")]
    tables = tables_of(text)
    assert (tables.standard, tables.found) == ("2021", ("requests",))
    assert by_key(tables)["review.total"].state == "absent"
    assert by_key(tables)["request.new/total"].value == filled("2021")["request.new/total"]


ROW = "request.denied.state_secret"
NAMES = [column.indicator for column in FORMS.applicants("2021")]


def seven(values: list[Printed]) -> dict[str, Printed]:
    cells: dict[str, Printed] = {cell.key: 0 for cell in FORMS.cells("2021")}
    return cells | {f"{ROW}/{name}": value for name, value in zip(NAMES, values, strict=True)}


@pytest.mark.parametrize("layout", ["html", "pipe", "tabs", "layout_text"])
def test_empty_places_keep_their_columns(layout: str) -> None:
    tables = by_key(tables_of(render(seven([None, 3, None, None, 4, None, 7]), "2021", layout), layout))
    got = [(tables[f"{ROW}/{name}"].state, tables[f"{ROW}/{name}"].value) for name in NAMES]
    empty = ("blank", None)
    assert got == [empty, ("read", 3), empty, empty, ("read", 4), empty, ("read", 7)]


@pytest.mark.parametrize("layout", ["lines", "raw_text"])
def test_a_row_without_its_seven_numbers_is_not_placed(layout: str) -> None:
    tables = by_key(tables_of(render(seven([None, 3, None, None, 4, None, 7]), "2021", layout), layout))
    row = [tables[f"{ROW}/{name}"] for name in NAMES]
    assert {(cell.state, cell.value, cell.note) for cell in row} == {("doubtful", None, "short_row")}
    assert {re.sub(r"\s+", " ", cell.raw) for cell in row} == {"3 4 7"}


@pytest.mark.parametrize("layout", ["html", "pipe", "tabs"])
def test_only_the_totals_filled(layout: str) -> None:
    cells = {key: value for key, value in filled("2021").items() if "/" not in key or key.endswith("/total")}
    tables = tables_of(render(cells, "2021", layout), layout)
    assert unread(tables, cells) == {}
    assert wrong(tables, cells) == []
    assert {c.state for c in tables.cells if c.key not in cells} == {"blank"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_blank(layout: str) -> None:
    tables = tables_of(render({}, "2021", layout), layout)
    assert tables.standard == "2021"
    assert {cell.state for cell in tables.cells} == {"blank"}


@pytest.mark.parametrize(
    ("printed", "state", "value"),
    [
        ("0", "read", 0),
        ("1,203", "read", 1203),
        ("１２", "read", 12),
        ("3件", "read", 3),
        ("3 件", "read", 3),
        ("12（件）", "read", 12),
        ("/", "not_applicable", None),
        ("—", "not_applicable", None),
        ("-", "not_applicable", None),
        ("－", "not_applicable", None),
        ("无", "not_applicable", None),
        ("-5", "read", -5),
        ("+36", "read", 36),
        ("减5", "read", -5),
        ("增36", "read", 36),
        ("0.00", "read", 0),
        ("12,03", "unreadable", None),
        ("约12", "unreadable", None),
        ("O", "unreadable", None),
        ("#VALUE!", "unreadable", None),
        ("3元", "unreadable", None),
    ],
)
def test_what_a_cell_may_print(printed: str, state: str, value: int | None) -> None:
    cells = seven([1, 2, 3, 4, 5, 6, 7]) | {f"{ROW}/business": printed}
    cell = by_key(tables_of(render(cells, "2021", "html"), "html"))[f"{ROW}/business"]
    assert (cell.state, cell.value, cell.raw) == (state, value, printed)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("251000元", Decimal("25.1")),
        ("477.35", Decimal("477.35")),
        ("477.35万元", Decimal("477.35")),
        ("1.2亿元", 12000),
        ("316441", 316441),
        ("1,234,567.80元", Decimal("123.45678")),
    ],
)
def test_money_in_the_unit_of_the_form(printed: str, value: Decimal | int) -> None:
    cells = filled("2019") | {"procurement.amount": printed}
    cell = by_key(tables_of(render(cells, "2019", "html"), "html", "2019"))["procurement.amount"]
    assert (cell.state, cell.value, cell.unit, cell.raw) == ("read", value, "万元", printed)
    assert type(cell.value) is type(value)


def test_money_in_the_unit_of_its_header_or_unit_column() -> None:
    text = render(filled("2021") | {"administrative_fee.amount": 251000}, "2021", "tabs").replace(
        "单位：万元", "单位：元"
    )
    assert by_key(tables_of(text, "tabs"))["administrative_fee.amount"].value == Decimal("25.1")
    text = render(filled("2014") | {"request_fee": 300}, "2014", "tabs").replace("费用\t万元", "费用\t元")
    assert by_key(tables_of(text, "tabs", "2014"))["request_fee"].value == Decimal("0.03")


def test_headers_cut_short_go_by_position() -> None:
    text = render(filled("2019"), "2019", "lines")
    text = text.replace("本年新制作数量", "本年新").replace("本年新公开数量", "本年新")
    assert unread(tables_of(text, expected="2019"), filled("2019")) == {}


def test_columns_in_another_order_are_doubtful() -> None:
    text = render(filled("2021"), "2021", "tabs").replace("本年制发件数\t本年废止件数", "本年废止件数\t本年制发件数")
    got = by_key(tables_of(text, "tabs"))
    assert got["normative.issued"].state == "doubtful"
    assert got["normative.issued"].note == "header_differs"
    text = render(filled("2021"), "2021", "lines").replace("商业企业\n科研机构", "科研机构\n商业企业")
    assert by_key(tables_of(text))["request.new/business"].state == "doubtful"
    text = render(filled("2021"), "2021", "tabs", review="transposed").replace(
        "未经复议直接起诉\t复议后起诉", "复议后起诉\t未经复议直接起诉"
    )
    assert by_key(tables_of(text, "tabs"))["litigation.direct.upheld"].state == "doubtful"


@pytest.mark.parametrize(
    ("standard", "printed", "variant"),
    [
        ("2021", "行政规范性文件", "规范性文件"),
        ("2021", "本年制发件数", "本年（2023）制发件数"),
        ("2021", "现行有效件数", "现行有效件数（历史累计）"),
        ("2021", "行政事业性收费", "行政事业型收费"),
        ("2021", "第二十条第（一）项", "第二十条  第(一)项"),
        ("2021", "二、上年结转政府信息公开申请数量", "二、上年转结政府信息公开申请数量"),
        ("2021", "3.危及“三安全一稳定”", "3.危及三安全一稳定"),
        ("2021", "3.其他", "3.其它"),
        ("2021", "（二）部分公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
        ("2021", "四、结转下年度继续办理", "四、结转下年继续办理"),
        ("2021", "结果维持", "维持"),
        ("2021", "总计", "合计"),
        ("2021", "复议后起诉", "经复议后起诉"),
        ("2019", "本年增/减", "本年增减"),
        ("2019", "规范性文件", "行政规范性文件"),
        ("2014", "（一）主动公开政府信息数", "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）"),
        ("2014", "其中：主动公开规范性文件数", "主动公开规范性文件数"),
        ("2014", "3.网络申请数", "3.网上申请数"),
        ("2014", "（一）召开政府信息公开工作会议或专题会议数", "（一）召开政府信息与政务公开工作会议或专题会议数"),
        ("2014", "（二）被依法纠错数", "(二) 被依法纠错数"),
    ],
)
@pytest.mark.parametrize("layout", ["html", "lines", "raw_text"])
def test_labels_as_they_are_printed(standard: str, printed: str, variant: str, layout: str) -> None:
    text = render(filled(standard), standard, layout).replace(printed, variant)
    assert variant in text or layout == "raw_text"
    assert unread(tables_of(text, layout, standard), filled(standard)) == {}


@pytest.mark.parametrize(
    ("printed", "misread"),
    [
        ("2.其他法律行政法规禁止公开", "2.其他法律行政法规禁业公开"),
        ("6.属于四类过程性信息", "6.厲于四类过程性信息"),
        ("1.信访举报投诉类申请", "l.信访举报投诉类中请"),
        ("3.补正后申请内容仍不明确", "3.补正后审请内容仍不明確"),
    ],
)
@pytest.mark.parametrize("layout", ["html", "lines", "tabs"])
def test_misread_labels(printed: str, misread: str, layout: str) -> None:
    text = render(filled("2021"), "2021", layout).replace(printed, misread)
    assert unread(tables_of(text, layout), filled("2021")) == {}


def test_a_misread_label_out_of_place_is_doubtful() -> None:
    text = render(filled("2021"), "2021", "tabs")
    lines = text.split("\n")
    at = next(n for n, line in enumerate(lines) if "属于行政执法案卷" in line)
    lines[at] = lines[at].replace("属于行政执法案卷", "属于行政执发案卷")
    del lines[at + 1]
    cell = by_key(tables_of("\n".join(lines), "tabs"))["request.denied.enforcement_file/total"]
    assert (cell.state, cell.note) == ("doubtful", "label_guessed")


def cut(text: str, at: str, between: str) -> str:
    """`text` with `between` put before the first `at`."""
    place = text.index(at)
    return text[:place] + between + text[place:]


@pytest.mark.parametrize(
    "at", ["（二）部分公开", "3.要求提供公开出版物", "（七）总计", "第二十条第（六）项", "结果维持"]
)
def test_a_page_ends_inside_a_table(at: str) -> None:
    for layout, between in (
        ("lines", "\n- 5 -\n\n\f2022年政府信息公开工作年度报告\n\n"),
        ("raw_text", "— 5 —\n\f"),
        ("html", "</table><p>- 5 -</p><table>"),
    ):
        text = render(filled("2021"), "2021", layout)
        if layout == "html":
            row = text.rindex("<tr>", 0, text.index(at))
            text = text[:row] + between + text[row:]
        else:
            text = cut(text, text[text.rindex("\n", 0, text.index(at)) + 1 : text.index(at) + len(at)], between)
        assert unread(tables_of(text, layout), filled("2021")) == {}, layout


@pytest.mark.parametrize("layout", ["tabs", "pipe", "html"])
def test_a_page_ends_inside_a_label(layout: str) -> None:
    text = render(filled("2021"), "2021", layout)
    text = text.replace("（二）部分公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    lines = text.split("\n")
    rest = "形，不计其他情形）"
    at = next(n for n, line in enumerate(lines) if rest in line)
    lines[at] = lines[at].replace(rest, "")
    if layout == "html":
        lines.insert(lines.index("</tr>", at) + 1, f"</table><p>-5-</p><table><tr><td></td><td>{rest}</td></tr>")
    else:
        gap = "\t" if layout == "tabs" else " | "
        lines[at + 1 : at + 1] = ["", "-5-", "", gap.join(["", rest, *[""] * 8])]
    assert unread(tables_of("\n".join(lines), layout), filled("2021")) == {}


STROKES = {
    "after": lambda cells: "\n".join(f"{cell} |" if cell else "|" for cell in cells),
    "between": lambda cells: "\n".join(f"{cell}\n|" if cell else "|" for cell in cells),
    "before": lambda cells: "\n".join([cells[0], *(f"| {cell}" if cell else "|" for cell in cells[1:]), "|"]),
    "row": lambda cells: " | ".join(cells) + " |",
}


@pytest.mark.parametrize("strokes", list(STROKES))
def test_cells_parted_by_strokes(strokes: str) -> None:
    """As text dumps of pages print a table: merged cells leave nothing, empty ones a stroke or an empty place."""
    write = STROKES[strokes]
    cells = filled("2021") | {f"{ROW}/research": None, f"{ROW}/total": None, "request.new/natural_person": None}
    rows = [["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"]]
    rows += [["自然人", "法人或其他组织", "总计"], ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]]
    for row in FORMS.rows("2021", "requests"):
        values = [cells[f"{row.indicator}/{name}"] for name in NAMES]
        label = row.label.split(" / ")
        head = label if row.indicator in ("request.granted", ROW) else label[-1:]
        rows.append([*head, *("" if value is None else str(value) for value in values)])
    text = "三、收到和处理政府信息公开申请情况\n" + "\n".join(write(row) for row in rows) + f"\n{LATER}\n还有不足。"
    tables = tables_of(text)
    own = {key: value for key, value in cells.items() if key.startswith("request")}
    assert unread(tables, own) == {}
    assert by_key(tables)[f"{ROW}/total"].state == "blank"
    assert wrong(tables, own) == []


def test_pipes_with_empty_places_at_the_end() -> None:
    """A converter writes merged cells once and fills the row up at its end."""
    cells = filled("2021") | {"request.new/natural_person": None, "request.carried_in/total": None}
    rows = ["| 说明 | 申请人情况 | ||||||||", "| 自然人 | 法人或其他组织 | 总计 | |||||||", "| --- |"]
    rows.append("| 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||")
    for row in FORMS.rows("2021", "requests"):
        printed = [cells[f"{row.indicator}/{name}"] for name in NAMES]
        texts = [row.label.split(" / ")[-1], *("" if value is None else str(value) for value in printed)]
        rows.append("| " + " | ".join(texts + [""] * 2) + " |")
    tables = tables_of("\n".join(rows), "pipe")
    own = {key: value for key, value in cells.items() if key.startswith("request")}
    assert unread(tables, own) == {}
    assert by_key(tables)["request.carried_in/total"].state == "blank"


def test_fifteen_numbers_not_all_there() -> None:
    text = render(filled("2021"), "2021", "lines")
    number = filled("2021")["litigation.direct.other"]
    got = by_key(tables_of(text.replace(f"\n{number}\n", "\n")))
    states = {
        (got[key].state, got[key].value) for key in filled("2021") if key.split(".")[0] in ("review", "litigation")
    }
    assert states == {("doubtful", None)}


def test_fifteen_rows_of_one_number() -> None:
    kinds = {"review": "行政复议", "litigation.direct": "未经复议直接起诉", "litigation.after_review": "复议后起诉"}
    results = {
        "upheld": "结果维持",
        "corrected": "结果纠正",
        "other": "其他结果",
        "pending": "尚未审结",
        "total": "总计",
    }
    cells = {f"{k}.{r}": 3 + 2 * n for n, (k, r) in enumerate((k, r) for k in kinds for r in results)}
    lines = [
        f"{kinds[k] if r == 'upheld' else ''}\t{name}\t{cells[f'{k}.{r}']}"
        for k in kinds
        for r, name in results.items()
    ]
    assert unread(tables_of("\n".join(lines), "tabs"), cells) == {}
    assert unread(tables_of("\n".join(lines).replace("\t", "\n")), cells) == {}


def test_the_table_of_reviews_in_two_parts() -> None:
    head = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
    text = f"行政复议\t\t\t\t\n{head}\n1\t2\t3\t4\t10\n\n行政诉讼\n\n"
    text += f"未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t\n{head}\t{head}\n5\t6\t7\t8\t26\t9\t1\t2\t3\t15\n"
    got = by_key(tables_of(text, "tabs"))
    assert [got[f"review.{r}"].value for r in ("upheld", "total")] == [1, 10]
    assert [got[f"litigation.{k}"].value for k in ("direct.upheld", "direct.total", "after_review.total")] == [
        5,
        26,
        15,
    ]


def statistics(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def old_rows() -> list[list[str]]:
    cells = filled("2014")
    return [[row.label, row.unit, str(cells.get(row.indicator, ""))] for row in FORMS.rows("2014", "statistics")]


def test_serial_numbers_codes_and_notes_beside_the_old_table() -> None:
    rows = [["序号", "统计指标", "单位", "代码", "统计数", "备注"]]
    rows += [[str(n), r[0], r[1], f"{n:02d}", r[2], ""] for n, r in enumerate(old_rows(), start=1)]
    assert unread(tables_of(statistics(rows), "tabs", "2014"), filled("2014")) == {}


def test_several_columns_of_values() -> None:
    head = ["统计指标", "单位", "区政府", "区直单位", "合计"]
    rows = [head, *([r[0], r[1], "1", "2", r[2]] for r in old_rows())]
    assert unread(tables_of(statistics(rows), "tabs", "2014"), filled("2014")) == {}
    rows[0][-1] = "乡镇街道"
    tables = tables_of(statistics(rows), "tabs", "2014")
    assert {(c.state, c.note) for c in tables.cells} == {("doubtful", "many_values")}


def test_two_panels_side_by_side() -> None:
    rows = old_rows()
    half = (len(rows) + 1) // 2
    pairs = [left + right for left, right in zip(rows[:half], [*rows[half:], ["", "", ""]], strict=True)]
    assert unread(tables_of(statistics(pairs), "tabs", "2014"), filled("2014")) == {}


def test_local_rows_shift_nothing() -> None:
    text = render(filled("2021"), "2021", "lines")
    text = text.replace("第二十条第（五）项", "其他主动公开文件\n901\n902\n903\n第二十条第（五）项")
    text = text.replace("（七）总计", "4.其他情况补充\n1\n2\n3\n4\n5\n6\n7\n（七）总计")
    assert unread(tables_of(text), filled("2021")) == {}
    text = render(filled("2014"), "2014", "tabs").replace("六、举报投诉", "（四）当年未审结数\t件\t977\n六、举报投诉")
    assert unread(tables_of(text, "tabs", "2014"), filled("2014")) == {}


def test_a_table_that_stands_twice() -> None:
    once = render(filled("2021"), "2021", "tabs")
    assert unread(tables_of(once + "\n\n附件\n\n" + once, "tabs"), filled("2021")) == {}
    other = filled("2021") | {"request.new/total": 1}
    tables = tables_of(once + "\n\n附件\n\n" + render(other, "2021", "tabs"), "tabs")
    assert list(unread(tables, filled("2021"))) == ["request.new/total"]
    assert by_key(tables)["request.new/total"].note == "conflict"
    assert len(tables.regions) == 6


def test_a_blank_form_before_the_filled_one() -> None:
    text = render({}, "2021", "tabs") + "\n\n" + render(filled("2021"), "2021", "tabs")
    assert unread(tables_of(text, "tabs"), filled("2021")) == {}


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("layout", ["lines", "raw_text", "layout_text", "tabs"])
def test_a_line_less_never_shifts_a_value(standard: str, layout: str) -> None:
    cells = filled(standard)
    lines = render(cells, standard, layout).split("\n")
    for place in range(0, len(lines), 1 if layout == "tabs" else 3):
        tables = tables_of("\n".join(lines[:place] + lines[place + 1 :]), layout, standard)
        assert wrong(tables, cells) == [], lines[place]


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("layout", ["lines", "raw_text", "layout_text"])
def test_a_number_less_never_shifts_a_value(standard: str, layout: str) -> None:
    cells = filled(standard)
    text = render(cells, standard, layout)
    numbers = list(re.finditer(r"(?<!\S)\d+(?!\S)", text))
    for number in numbers[::5]:
        rest = text[: number.start()] + text[number.end() + (layout == "lines") :]
        tables = tables_of(rest, layout, standard)
        assert wrong(tables, cells) == [], number[0]
        assert len(unread(tables, cells)) <= 15, number[0]


@pytest.mark.parametrize("blank", [" ", "  "])
def test_a_whole_table_in_one_line(blank: str) -> None:
    for standard in STANDARDS:
        text = render(filled(standard), standard, "raw_text").replace("\n", " ")
        text = (
            "我局全年公开信息73条，比上年多12条，还办理行政许可8件。\n"
            + text.replace("  ", " ").replace(" ", blank)
            + f"\n{LATER}\n"
        )
        document = opened(text)
        tables = read_tables(document, FORMS, standard)
        assert unread(tables, filled(standard)) == {}
        titles = [table.title for table in FORMS.standard(standard).tables]
        inside = [document.text[a:b] for a, b in tables.regions]
        assert len(inside) == len(titles)
        assert not any(title in part for title in titles for part in inside)
        assert tables.regions[-1][1] <= document.text.index(LATER)


def test_a_table_without_its_total_column() -> None:
    cells = {key: value for key, value in filled("2021").items() if not key.endswith("/total")}
    rows = [["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]]
    for row in FORMS.rows("2021", "requests"):
        rows.append([row.label.split(" / ")[-1], *(str(cells[f"{row.indicator}/{name}"]) for name in NAMES[:-1])])
    for text, layout in ((statistics(rows), "tabs"), ("\n".join(t for row in rows for t in row if t), "lines")):
        tables = tables_of(text, layout)
        assert unread(tables, {key: cells[key] for key in cells if key.startswith("request")}) == {}
        assert by_key(tables)["request.new/total"].state == "absent"


def test_serial_numbers_in_lines_of_their_own() -> None:
    rows = [r for r in old_rows() if r[1]]
    text = "\n".join("\n".join([str(n), *row]) for n, row in enumerate(rows, start=1))
    assert unread(tables_of(text, expected="2014"), filled("2014")) == {}


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("layout", ["html", "tabs", "pipe"])
def test_a_cell_less_in_a_row_never_shifts_a_value(standard: str, layout: str) -> None:
    cells = filled(standard)
    text = render(cells, standard, layout)
    pattern = {"html": r"<td[^>]*>.*?</td>", "tabs": r"(?<=\t)\d+(\t|$)", "pipe": r"(?<=\| )\d+ \| ?"}[layout]
    for cell in list(re.finditer(pattern, text, re.M))[::5]:
        tables = tables_of(text[: cell.start()] + text[cell.end() :], layout, standard)
        assert wrong(tables, cells) == [], cell[0]


PRINTED = st.one_of(st.none(), st.integers(0, 99999), st.sampled_from(["/", "—", "无", "1,203", "0", "１２"]))


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.sampled_from(["html", "pipe", "tabs"]), st.lists(PRINTED, min_size=200, max_size=200))
def test_whatever_is_printed_in_a_grid_is_read_or_in_doubt(layout: str, values: list[Printed]) -> None:
    cells = dict(zip([cell.key for cell in FORMS.cells("2021")], values, strict=True))
    got = by_key(tables_of(render(cells, "2021", layout), layout))
    for key, value in cells.items():
        cell = got[key]
        if cell.state == "doubtful":
            continue
        assert cell.raw == ("" if value is None else str(value)), key
        assert cell.state == {None: "blank", "/": "not_applicable", "—": "not_applicable", "无": "not_applicable"}.get(
            value, "read"
        )
    assert sum(cell.state == "doubtful" for cell in got.values()) <= 60


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.lists(st.one_of(st.none(), st.integers(0, 99999)), min_size=200, max_size=200))
def test_whatever_is_missing_in_lines_is_never_shifted(values: list[int | None]) -> None:
    cells = dict(zip([cell.key for cell in FORMS.cells("2021")], values, strict=True))
    for layout in ("lines", "raw_text", "layout_text"):
        for cell in tables_of(render(cells, "2021", layout), layout).cells:
            if cell.state == "read":
                assert cell.value == cells[cell.key], (layout, cell.key)


@pytest.mark.parametrize(
    "heading", ["（一）主动公开", "二、主动公开情况", "三、依申请公开情况", "四、行政复议", "其他", "（二）公开"]
)
@pytest.mark.parametrize("layout", ["lines", "raw_text", "layout_text"])
def test_a_heading_right_above_a_table_is_no_part_of_it(heading: str, layout: str) -> None:
    text = render(filled("2021"), "2021", layout, headings=False)
    at = text.index("一、本年新收") if layout == "lines" else 0
    start = text.rindex("（本列", 0, at) if at else 0
    text = f"{text[:start]}{heading}\n{text[start:]}" if heading.startswith("三") else f"{heading}\n{text}"
    document = opened(text, layout)
    tables = read_tables(document, FORMS, "2021")
    assert not any(heading in document.text[a:b] for a, b in tables.regions if document.text[a:b].find(heading) == 0)
    assert unread(tables, filled("2021")) == {}


def test_a_table_inside_a_table_of_prose() -> None:
    rows = render(filled("2021"), "2021", "html", headings=False).replace("</table>\n\n<table border=1>", "")
    prose = "".join(
        f"<tr><td colspan=10>第{n}段：我局认真落实各项要求，做好信息公开工作。</td></tr>" for n in range(90)
    )
    tables = tables_of(rows.replace("<table border=1>", f"<table border=1>{prose}", 1), "html")
    assert unread(tables, filled("2021")) == {}


@pytest.mark.parametrize("standard", ["2019", "2021"])
def test_a_group_title_in_the_cell_of_its_first_row(standard: str) -> None:
    columns, cells = FORMS.applicants(standard), filled(standard)
    printed: set[str] = set()
    lines = ["| 申请事项 | " + " | ".join(c.label.split(" / ")[-1] for c in columns) + " |", "|" + " --- |" * 8]
    for row in FORMS.rows(standard, "requests"):
        *groups, label = row.label.split(" / ")
        title = "".join(group for group in groups if group not in printed)
        printed.update(groups)
        values = [str(cells[f"{row.indicator}/{column.indicator}"]) for column in columns]
        lines.append(f"| {title}{label} | " + " | ".join(values) + " |")
    found = {
        cell.key: (cell.value, cell.state)
        for cell in tables_of("\n".join(lines), "pipe", standard).cells
        if cell.applicant
    }
    assert found == {key: (value, "read") for key, value in cells.items() if "/" in key}


HEADS = (
    ("2015年", "2016年"),
    ("2016年", "2015年", "同比"),
    ("2016年统计数", "2015年统计数"),
    ("上年数", "本年数"),
    ("全县总计", "其中：县直", "乡镇"),
    ("县本级", "乡镇街道", "全区合计"),
)


@pytest.mark.parametrize("heads", HEADS, ids="|".join)
def test_several_value_columns_of_2014(heads: tuple[str, ...]) -> None:
    wanted = next(n for n, head in enumerate(heads) if "2016" in head or head.endswith(("计", "本年数")))
    cells = filled("2014")
    lines = ["\t".join(("统计指标", "单位", *heads))]
    for row in FORMS.rows("2014", "statistics"):
        value = int(str(cells.get(row.indicator, 0)))
        values = [str(value + 3 * (n - wanted)) if row.indicator in cells else "" for n in range(len(heads))]
        lines.append("\t".join((row.label, row.unit or "——", *values)))
    found = {cell.key: (cell.value, cell.state) for cell in tables_of("\n".join(lines), "tabs", "2014").cells}
    assert found == {key: (value, "read") for key, value in cells.items()}
