"""XLSX and XLS → the sheets that are seen: what their cells show, which are merged, and which stand in a frame."""

from __future__ import annotations

import io
import os
import re
import warnings
import zipfile
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from analyzer.errors import Unreadable, damaged, locked
from analyzer.readers.grid import joined
from analyzer.readers.limits import Allowance
from analyzer.readers.lines import BLANKS
from analyzer.readers.sheets.printed import printed

WEIGHT = 5
"""How many times its size a sheet weighs in memory, at the least."""
DAYS = frozenset([*range(27, 37), *range(50, 59)])
"""Number formats of days in Chinese programs, which their files do not spell out."""
MOST_MERGED = 200_000
"""Merged cells of one sheet beyond which it is no table that anyone reads."""
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+[0-9]+:[A-Z]+[0-9]+)\"")
_UNSOLVED = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\s[^>]*/>)\s*(?:<v\s*/>|<v></v>)?</(?:\w+:)?c>")
Area = tuple[int, int, int, int]
"""First and last row, first and last column, each last one past the end."""


class Said(NamedTuple):
    """What a cell shows, its lines apart, and whether all of it is bold."""

    lines: tuple[str, ...]
    bold: bool = False

    @property
    def text(self) -> str:
        """All in one line."""
        return joined(self.lines)


@dataclass(slots=True)
class Sheet:
    """What a sheet shows: cells by row and column (from 0, hidden ones left out and not counted), merged areas, rows
    with a line to the left or right of a cell, whether something is hidden that says anything."""

    cells: dict[tuple[int, int], Said] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    framed: set[int] = field(default_factory=set)
    hidden: bool = False


class Book(NamedTuple):
    """The sheets of a file that are seen, whether others are hidden, and whether pictures stand on them."""

    sheets: list[Sheet]
    hidden: bool
    pictures: bool


class _View:
    """Collects what is seen of one sheet; hidden rows and columns are left out."""

    def __init__(self, rows: Iterable[int], columns: Iterable[int]) -> None:
        self.hidden_rows, self.hidden_columns = frozenset(rows), frozenset(columns)
        self.sheet = Sheet()
        self._rows, self._columns = sorted(self.hidden_rows), sorted(self.hidden_columns)

    def add(self, row: int, column: int, text: str, bold: bool, framed: bool) -> None:
        """A cell of the sheet."""
        lines = tuple(part for line in text.splitlines() if (part := line.strip(BLANKS)))
        if row in self.hidden_rows or column in self.hidden_columns:
            self.sheet.hidden = self.sheet.hidden or bool(lines)
            return
        place = self._seen(row, self._rows), self._seen(column, self._columns)
        if framed:
            self.sheet.framed.add(place[0])
        if lines:
            self.sheet.cells[place] = Said(lines, bold)

    def merge(self, area: Area, first: tuple[str, bool]) -> None:
        """A merged area; what it says stands at its first place that is seen."""
        top, bottom, left, right = area
        rows = [row for row in range(top, bottom) if row not in self.hidden_rows]
        columns = [column for column in range(left, right) if column not in self.hidden_columns]
        if not rows or not columns:
            return
        if (rows[0], columns[0]) != (top, left):
            self.add(rows[0], columns[0], *first, framed=False)
        row, column = self._seen(rows[0], self._rows), self._seen(columns[0], self._columns)
        self.sheet.merged.append((row, row + len(rows), column, column + len(columns)))

    @staticmethod
    def _seen(number: int, hidden: list[int]) -> int:
        return number - bisect_left(hidden, number)


def xlsx(content: bytes, allowance: Allowance) -> Book:
    """The sheets of an XLSX file; raises `UnreadableReport` for a damaged or an oversized one."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            pictures = any(name.startswith("xl/media/") for name in packed.namelist())
            unsolved = _checked(packed, allowance)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
            formulas = openpyxl.load_workbook(io.BytesIO(content)) if unsolved else None
        sheets, hidden = [], False
        for sheet in book.worksheets:
            allowance.time()
            if sheet.sheet_state == "visible":
                sheets.append(_xlsx_sheet(sheet, formulas[sheet.title] if formulas else None))
            else:
                hidden = hidden or len(sheet._cells) > 1
    except Unreadable:
        raise
    except Exception as problem:
        raise damaged(allowance.name) from problem
    return Book(sheets, hidden, pictures)


def _checked(packed: zipfile.ZipFile, allowance: Allowance) -> bool:
    """Refuses what would grow out of bounds; whether formulas stand without results, as programs leave them that
    calculate nothing."""
    allowance.size(sum(entry.file_size for entry in packed.infolist()))
    sheets = [entry for entry in packed.infolist() if entry.filename.startswith("xl/worksheets/")]
    allowance.size(WEIGHT * sum(entry.file_size for entry in sheets))
    for entry in packed.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            with packed.open(entry) as part:
                if b"<!DOCTYPE" in part.read(2000):
                    raise ValueError(entry.filename)
    unsolved = False
    for entry in sheets:
        said = packed.read(entry)
        unsolved = unsolved or _UNSOLVED.search(said) is not None
        if sum(_cells_of(ref) for ref in _MERGED.findall(said)) > MOST_MERGED:
            raise ValueError(entry.filename)
    return unsolved


def _cells_of(ref: bytes) -> int:
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = (number or 0 for number in range_boundaries(ref.decode("ascii")))
    return (right - left + 1) * (bottom - top + 1)


def _xlsx_sheet(sheet: Any, formulas: Any) -> Sheet:
    hidden_rows = [number - 1 for number, row in sheet.row_dimensions.items() if row.hidden]
    view = _View(hidden_rows, _hidden_columns(sheet))
    for cell in sheet._cells.values():
        if cell.value is not None or cell.has_style:
            view.add(cell.row - 1, cell.column - 1, *_xlsx_said(cell, formulas), framed=_has_sides(cell.border))
    for area in sheet.merged_cells.ranges:
        first = _xlsx_said(sheet.cell(area.min_row, area.min_col), formulas)
        view.merge((area.min_row - 1, area.max_row, area.min_col - 1, area.max_col), first)
    return view.sheet


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for column in sheet.column_dimensions.values():
        if column.hidden and column.min and column.max and column.min <= sheet.max_column:
            yield from range(column.min - 1, min(column.max, sheet.max_column))


def _xlsx_said(cell: Any, formulas: Any) -> tuple[str, bool]:
    """What an XLSX cell shows: a formula without its result shows itself."""
    value = cell.value
    if value is None:
        value = formulas[cell.coordinate].value if formulas else None
        if value is None:
            return "", False
        return str(getattr(value, "text", value)), False
    if not isinstance(value, str) and getattr(cell, "_style", None) is not None and cell._style.numFmtId in DAYS:
        value = _day(value)
    return printed(value, cell.number_format), bool(cell.font.b)


def _day(value: Any) -> Any:
    from openpyxl.utils.datetime import from_excel

    return from_excel(value) if isinstance(value, (int, float)) and 0 < value < 100_000 else value


def _has_sides(border: Any) -> bool:
    return any(side is not None and side.style not in (None, "none") for side in (border.left, border.right))


def xls(content: bytes, allowance: Allowance) -> Book:
    """The sheets of an XLS (or ET) file; raises `UnreadableReport` for a damaged or a locked one, `ImportError`
    without the extra that reads it."""
    import xlrd

    try:
        with open(os.devnull, "w") as quiet:
            book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=quiet)
        sheets, hidden = [], False
        for sheet in book.sheets():
            allowance.time()
            if sheet.visibility:
                hidden = hidden or sheet.nrows > 1 or sheet.ncols > 1
                continue
            sheets.append(_xls_sheet(book, sheet))
    except Unreadable:
        raise
    except Exception as problem:
        if "encrypt" in str(problem).lower():
            raise locked(allowance.name) from None
        raise damaged(allowance.name) from problem
    return Book(sheets, hidden, False)


def _xls_sheet(book: Any, sheet: Any) -> Sheet:
    rows = [number for number, row in sheet.rowinfo_map.items() if row.hidden]
    columns = [number for number, column in sheet.colinfo_map.items() if column.hidden and number < sheet.ncols]
    if sum((bottom - top) * (right - left) for top, bottom, left, right in sheet.merged_cells) > MOST_MERGED:
        raise ValueError(sheet.name)
    view = _View(rows, columns)
    said = _xls_said(book, sheet)
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            border = book.xf_list[sheet.cell_xf_index(row, column)].border
            framed = bool(border.left_line_style or border.right_line_style)
            view.add(row, column, *said(row, column), framed=framed)
    for top, bottom, left, right in sheet.merged_cells:
        if top < sheet.nrows and left < sheet.row_len(top):
            view.merge((top, bottom, left, right), said(top, left))
    return view.sheet


def _xls_said(book: Any, sheet: Any) -> Callable[[int, int], tuple[str, bool]]:
    """Tells what an XLS cell shows and whether it is bold."""
    import xlrd

    def said(row: int, column: int) -> tuple[str, bool]:
        cell = sheet.cell(row, column)
        if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            return "", False
        look = book.xf_list[cell.xf_index]
        form = book.format_map.get(look.format_key)
        value = cell.value
        if cell.ctype == xlrd.XL_CELL_ERROR:
            value = xlrd.error_text_from_code.get(value, "#")
        elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
            value = bool(value)
        elif cell.ctype == xlrd.XL_CELL_DATE or (cell.ctype == xlrd.XL_CELL_NUMBER and look.format_key in DAYS):
            value = xlrd.xldate_as_datetime(value, book.datemode)
        return printed(value, form.format_str if form else ""), bool(book.font_list[look.font_index].bold)

    return said
