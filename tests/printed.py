"""Tables filled for tests, and `render`: all tables of a form as text, each under its section heading.

`filled(standard)` has a distinct number in every cell, `balanced(standard)` numbers that keep the form's identities.
In `render` `cells` maps cell keys to what is printed (None or a missing key: an empty cell), `layout` is one of
`LAYOUTS` and `review` says how the table of 15 numbers stands; in `layout_text` a page ends inside each table.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from analyzer.knowledge import forms as part
from analyzer.knowledge import printing
from analyzer.knowledge.printing import Profile, Review
from analyzer.knowledge.schema import Source
from analyzer.synthesis.forms import KINDS, RESULTS, Look, Sheet, sheets
from analyzer.synthesis.typesetting import set_table

FORMS = part.load(Source())
PRINTING = printing.load(Source())
LAYOUTS = ("html", "pipe", "tabs", "lines", "strokes", "layout_text", "raw_text")
PAGE_END = ["", "                    - 3 -", "\f"]
Printed = int | Decimal | str | None


def tables(
    cells: Mapping[str, Printed], standard: str, layout: str, review: Review = "horizontal"
) -> tuple[Sheet, ...]:
    """The tables of the form `standard` with `cells` in them."""
    printed = {key: "" if value is None else str(value) for key, value in cells.items()}
    look = Look(layout, Profile("form", review=review))
    return sheets(printed, standard, look, forms=FORMS, printing=PRINTING)


def render(
    cells: Mapping[str, Printed], standard: str, layout: str, *, review: Review = "horizontal", headings: bool = True
) -> str:
    """The tables as text."""
    parts = []
    for number, sheet in zip("二三四", tables(cells, standard, layout, review), strict=False):
        heading = sheet.title if sheet.id == "statistics" else f"{number}、{sheet.title}"
        if headings:
            parts.append(f"<p>{heading}</p>" if layout == "html" else heading)
        text = "\n\n".join(set_table(model, Look(layout)) for model in sheet.models)
        parts.append(_with_page_end(text) if layout == "layout_text" else text)
    return "\n\n".join(parts) + "\n"


def _with_page_end(text: str) -> str:
    lines = text.split("\n")
    middle = len(lines) // 2
    return "\n".join([*lines[:middle], *PAGE_END, *lines[middle:]])


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
