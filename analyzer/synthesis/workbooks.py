"""The tables of a report as a workbook beside its prose: a sheet each, titles over them, numbers as numbers."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from typing import Any

from analyzer.synthesis.forms import Model, Sheet
from analyzer.synthesis.parcels import DAY, stamped

_PLAIN = re.compile(r"\d{1,15}|\d{1,3}(?:,\d{3})+|\d+\.\d{1,4}")
WIDTH = 14
"""Of each column, in characters."""


def workbook(sheets: Sequence[Sheet], names: str) -> bytes:
    """The XLSX; `names` is the name of its sheets with `{n}` in it. The same sheets give the same bytes."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    made = openpyxl.Workbook()
    made.properties.created = made.properties.modified = datetime.datetime(*DAY)
    for number, sheet in enumerate(sheets, start=1):
        page: Any = made.active if number == 1 else made.create_sheet()
        page.title = names.format(n=number)
        row = 1
        for model in sheet.models:
            width = sum(field.across for field in model[0])
            page.cell(row, 1, sheet.title)
            page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
            row = _fill(page, model, row + 1) + 1
        for column in range(1, page.max_column + 1):
            page.column_dimensions[get_column_letter(column)].width = WIDTH
    out = io.BytesIO()
    made.save(out)
    return stamped(out.getvalue())


def _fill(page: Any, model: Model, top: int) -> int:
    """The table from row `top` on; the row behind it."""
    from openpyxl.styles import Alignment, Border, Side

    line = Side(style="thin")
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(model):
        x = 0
        for field in row:
            while (y, x) in taken:
                x += 1
            taken.update((y + dy, x + dx) for dy in range(field.down) for dx in range(field.across))
            cell = page.cell(top + y, x + 1)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            _say(cell, field.text)
            if field.across > 1 or field.down > 1:
                end = {"end_row": top + y + field.down - 1, "end_column": x + field.across}
                page.merge_cells(start_row=top + y, start_column=x + 1, **end)
            x += field.across
    for y, x in taken:
        page.cell(top + y, x + 1).border = Border(left=line, right=line, top=line, bottom=line)
    return top + len(model)


def _say(cell: Any, text: str) -> None:
    if not text:
        return
    if not _PLAIN.fullmatch(text):
        cell.value = text
        return
    bare = text.replace(",", "")
    cell.value = float(bare) if "." in bare else int(bare)
    decimals = len(bare.partition(".")[2])
    cell.number_format = ("#,##0" if "," in text else "0") + ("." + "0" * decimals if decimals else "")
