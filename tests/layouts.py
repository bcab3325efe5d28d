"""Writes statistics tables as reports print them, for tests.

`render(cells, standard, layout)` gives the text of all tables of a form, each under its section heading.
`cells` maps cell keys to what is printed (int, Decimal, str; None or a missing key: blank). `layout` is one of

- `html`         tables with colspan, rowspan and a three-row header, headings as `<p>` (a fragment, no page round it)
- `pipe`         Markdown tables, merged cells as one filled and further empty ones
- `tabs`         the same, tab-separated
- `lines`        one cell a line (empty cells leave no trace)
- `layout_text`  columns by blanks, labels wrapped round the line of their values, the tall cell on the left as one
                 character a line, a page number line and a form feed in the middle of each table
- `raw_text`     a row a line, long labels over several lines

`review` says how the 15-number table stands: `horizontal`, `transposed` (rows are results) or `rows` (rows are kinds).
`filled(standard)` has a distinct number in every cell, `balanced(standard)` numbers that keep the form's identities.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from analyzer.knowledge import forms as part
from analyzer.knowledge.schema import Source

FORMS = part.load(Source())
LAYOUTS = ("html", "pipe", "tabs", "lines", "layout_text", "raw_text")
Printed = int | Decimal | str | None
RESULTS = ("upheld", "corrected", "other", "pending", "total")
KINDS = ("review", "litigation.direct", "litigation.after_review")


@dataclass(frozen=True)
class Field:
    """One cell of a printed table."""

    text: str
    across: int = 1
    down: int = 1


Model = list[list[Field]]


def render(
    cells: Mapping[str, Printed], standard: str, layout: str, *, review: str = "horizontal", headings: bool = True
) -> str:
    """The tables of the form `standard` with `cells` in them, in the given layout."""
    parts = []
    for number, table in zip("二三四", FORMS.standard(standard).tables, strict=False):
        model = _model(cells, standard, table.id, review)
        heading = table.title if table.id == "statistics" else f"{number}、{table.title}"
        if headings:
            parts.append(f"<p>{heading}</p>" if layout == "html" else heading)
        parts.append(_WRITERS[layout](model))
    return "\n\n".join(parts) + "\n"


def filled(standard: str) -> dict[str, Printed]:
    """A distinct number of two to four digits for every cell."""
    return {cell.key: 11 + 7 * number for number, cell in enumerate(FORMS.cells(standard))}


def balanced(standard: str) -> dict[str, Printed]:
    """Numbers (none of them 0 in the requests and review tables) that keep the identities inside the form."""
    values: dict[str, Printed] = {cell.key: 5 for cell in FORMS.cells(standard)}
    if standard == "2014":
        return values | _balanced_2014()
    columns = [column.indicator for column in FORMS.applicants(standard)]
    rows = [row.indicator for row in FORMS.rows(standard, "requests")]
    edge = ("request.new", "request.carried_in", "request.concluded", "request.carried_out")
    sums: dict[str, int] = {}
    for number, column in enumerate(columns[:-1]):
        own = {row: 1 + number + position % 3 for position, row in enumerate(rows) if row not in edge}
        own["request.concluded"] = sum(own.values())
        own["request.carried_out"], own["request.carried_in"] = 2 + number, 1
        own["request.new"] = own["request.concluded"] + own["request.carried_out"] - own["request.carried_in"]
        values |= {f"{row}/{column}": value for row, value in own.items()}
        sums = {row: sums.get(row, 0) + value for row, value in own.items()}
    values |= {f"{row}/{columns[-1]}": value for row, value in sums.items()}
    for number, kind in enumerate(KINDS, start=1):
        values |= {f"{kind}.{result}": number + place for place, result in enumerate(RESULTS[:-1])}
        values[f"{kind}.total"] = 4 * number + 6
    return values


def _balanced_2014() -> dict[str, Printed]:
    values: dict[str, Printed] = {
        "disclosure.total": 60,
        "disclosure.normative": 4,
        "normative.issued": 4,
        "channel.gazette": 10,
        "channel.website": 50,
        "channel.weibo": 20,
        "channel.wechat": 30,
        "channel.other": 15,
        "request.received": 26,
        "request.received.in_person": 5,
        "request.received.fax": 6,
        "request.received.online": 7,
        "request.received.letter": 8,
        "request.concluded": 26,
        "request.concluded.on_time": 20,
        "request.concluded.extended": 6,
        "request.replied": 26,
        "request.replied.already_public": 1,
        "request.replied.granted": 2,
        "request.replied.partial": 3,
        "request.replied.denied": 9,
        "request.replied.denied.state_secret": 1,
        "request.replied.denied.trade_secret": 2,
        "request.replied.denied.privacy": 1,
        "request.replied.denied.security": 2,
        "request.replied.denied.not_government_information": 1,
        "request.replied.denied.other_law": 2,
        "request.replied.not_this_agency": 1,
        "request.replied.not_exist": 2,
        "request.replied.supplement": 3,
        "request.replied.other_channel": 5,
        "review": 9,
        "review.upheld": 4,
        "review.corrected": 3,
        "review.other": 2,
        "litigation": 6,
        "litigation.upheld": 3,
        "litigation.corrected": 2,
        "litigation.other": 1,
        "request_fee": Decimal("0.02"),
        "capacity.staff": 3,
        "capacity.staff.full_time": 2,
        "capacity.staff.part_time": 1,
        "training.courses": 2,
        "training.attendees": 80,
    }
    return values


def _model(cells: Mapping[str, Printed], standard: str, table: str, review: str) -> Model:
    if table == "statistics":
        return _statistics(cells, standard)
    if table == "active_disclosure":
        return _active(cells, standard)
    if table == "requests":
        return _requests(cells, standard)
    return _review(cells, review)


def _print(cells: Mapping[str, Printed], key: str) -> str:
    value = cells.get(key)
    return "" if value is None else str(value)


def _statistics(cells: Mapping[str, Printed], standard: str) -> Model:
    model = [[Field("统计指标"), Field("单位"), Field("统计数")]]
    for row in FORMS.rows(standard, "statistics"):
        value = _print(cells, row.indicator) if row.unit else ""
        model.append([Field(row.label), Field(row.unit or "——"), Field(value)])
    return model


def _active(cells: Mapping[str, Printed], standard: str) -> Model:
    bands: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for row in FORMS.rows(standard, "active_disclosure"):
        band, name, column = row.label.split(" / ")
        bands.setdefault(band, {}).setdefault(name, []).append((column, row.indicator))
    model: Model = []
    for band, names in bands.items():
        model.append([Field(band, 4)])
        columns = [column for column, _ in next(iter(names.values()))]
        spans = {1: [3], 2: [1, 2], 3: [1, 1, 1]}[len(columns)]
        unit = "（单位：万元）" if columns == ["本年收费金额"] else ""
        model.append([Field("信息内容"), *(Field(c + unit, s) for c, s in zip(columns, spans, strict=True))])
        for name, entries in names.items():
            values = [Field(_print(cells, key), s) for (_, key), s in zip(entries, spans, strict=True)]
            model.append([Field(name), *values])
    return model


def _requests(cells: Mapping[str, Printed], standard: str) -> Model:
    columns = FORMS.applicants(standard)
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    names = [column.label.split(" / ")[-1] for column in columns]
    model: Model = [
        [Field(note, 3, 3), Field("申请人情况", 7)],
        [Field(names[0], 1, 2), Field("法人或其他组织", 5), Field(names[-1], 1, 2)],
        [Field(name) for name in names[1:-1]],
    ]
    rows = FORMS.rows(standard, "requests")
    groups = [row.label.split(" / ")[0] if "（" in row.label.split(" / ")[0] else "" for row in rows]
    for number, row in enumerate(rows):
        label = row.label.split(" / ")[-1]
        values = [Field(_print(cells, f"{row.indicator}/{column.indicator}")) for column in columns]
        head: list[Field] = []
        if row.indicator == "request.granted":
            head.append(Field("三、本年度办理结果", 1, len(rows) - 3))
        if " / " in row.label and groups[number]:
            if number == 0 or groups[number - 1] != groups[number]:
                head.append(Field(groups[number], 1, groups.count(groups[number])))
            head.append(Field(label))
        elif row.indicator in ("request.new", "request.carried_in", "request.carried_out"):
            head.append(Field(label, 3))
        else:
            head.append(Field(label, 2))
        model.append(head + values)
    return model


def _review(cells: Mapping[str, Printed], review: str) -> Model:
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    kinds = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    grid = [[Field(_print(cells, f"{kind}.{result}")) for result in RESULTS] for kind in KINDS]
    if review == "transposed":
        head = [
            [Field("结果", 1, 2), Field("行政复议", 1, 2), Field("行政诉讼", 2)],
            [Field(kind) for kind in kinds[1:]],
        ]
        return head + [[Field(name), *(row[place] for row in grid)] for place, name in enumerate(names)]
    if review == "rows":
        head = [[Field("类别"), *(Field(name) for name in names)]]
        return head + [[Field(kind), *row] for kind, row in zip(kinds, grid, strict=True)]
    return [
        [Field("行政复议", 5), Field("行政诉讼", 10)],
        [*(Field(name, 1, 2) for name in names), Field(kinds[1], 5), Field(kinds[2], 5)],
        [Field(name) for name in names * 2],
        [value for row in grid for value in row],
    ]


def expand(model: Model) -> list[list[tuple[str, bool]]]:
    """Each place as (text, whether the cell's own first place); merged cells fill further places with ''."""
    width = sum(cell.across for cell in model[0])
    taken: dict[tuple[int, int], tuple[str, bool]] = {}
    for y, row in enumerate(model):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            for dy in range(cell.down):
                for dx in range(cell.across):
                    first = dy == 0 and dx == 0
                    taken[y + dy, x + dx] = (cell.text if first else "", first)
            x += cell.across
    return [[taken.get((y, x), ("", False)) for x in range(width)] for y in range(len(model))]


def _html(model: Model) -> str:
    lines = ["<table border=1>"]
    for row in model:
        lines.append("<tr>")
        for cell in row:
            spans = (f' colspan="{cell.across}"' if cell.across > 1 else "") + (
                f' rowspan="{cell.down}"' if cell.down > 1 else ""
            )
            lines.append(f"<td{spans}><p>{html.escape(cell.text)}</p></td>")
        lines.append("</tr>")
    return "\n".join([*lines, "</table>"])


def _pipe(model: Model) -> str:
    rows = ["| " + " | ".join(text for text, _ in row) + " |" for row in expand(model)]
    ruler = "|" + " --- |" * len(expand(model)[0])
    return "\n".join([rows[0], ruler, *rows[1:]])


def _tabs(model: Model) -> str:
    return "\n".join("\t".join(text for text, _ in row) for row in expand(model))


def _lines(model: Model) -> str:
    return "\n".join(cell.text for row in model for cell in row if cell.text)


def _raw(model: Model) -> str:
    lines: list[str] = []
    for row in model:
        words: list[str] = []
        for cell in row:
            pieces = [cell.text[i : i + 14] for i in range(0, len(cell.text), 14)]
            for piece in pieces[:-1]:
                lines.append(" ".join([*words, piece]))
                words = []
            words += pieces[-1:]
        if words:
            lines.append(" ".join(words))
    return "\n".join(lines)


def _layout(model: Model) -> str:
    """Columns by blanks; a label of several lines has its values on the middle one."""
    grid = expand(model)
    widths = [max(_fit(cell[0]) for cell in column) + 3 for column in zip(*_singles(model, grid), strict=True)]
    lines: list[str] = []
    tall = _tall(model, grid)
    for y, row in enumerate(grid):
        columns = [_wrap(text, 12) if not tall.get((y, x)) else [] for x, (text, _) in enumerate(row)]
        height = max(1, *(len(column) for column in columns))
        for line in range(height):
            parts = []
            for x, column in enumerate(columns):
                top = (height - len(column)) // 2
                text = column[line - top] if 0 <= line - top < len(column) else ""
                parts.append(text.ljust(widths[x]))
            lines.append("".join(parts).rstrip())
    for (y, x), text in tall.items():
        _vertical(lines, text, sum(widths[:x]), round(len(lines) * y / len(grid)))
    middle = len(lines) // 2
    return "\n".join([*lines[:middle], "", "                    - 3 -", "\f", *lines[middle:]])


def _singles(model: Model, grid: list[list[tuple[str, bool]]]) -> list[list[tuple[str, bool]]]:
    wide = {cell.text for row in model for cell in row if cell.across > 1 and len(cell.text) > 6}
    return [[("", own) if text in wide else (text, own) for text, own in row] for row in grid]


def _fit(text: str) -> int:
    return min(len(text), 12)


def _wrap(text: str, width: int) -> list[str]:
    return [text[i : i + width] for i in range(0, len(text), width)]


def _tall(model: Model, grid: list[list[tuple[str, bool]]]) -> dict[tuple[int, int], str]:
    """The labels that run down the left edge, by their place in the grid."""
    deep = {cell.text for row in model for cell in row if cell.down > 9}
    return {(y, x): text for y, row in enumerate(grid) for x, (text, _) in enumerate(row) if text in deep}


def _vertical(lines: list[str], text: str, x: int, top: int) -> None:
    """One character a line where the left edge is free."""
    left = list(text)
    for y in range(top, len(lines)):
        if not left:
            return
        line = lines[y].ljust(x + 2)
        if line[x] == " " and line[x + 1] == " ":
            lines[y] = (line[:x] + left.pop(0) + line[x + 1 :]).rstrip()


_WRITERS = {
    "html": _html,
    "pipe": _pipe,
    "tabs": _tabs,
    "lines": _lines,
    "raw_text": _raw,
    "layout_text": _layout,
}
