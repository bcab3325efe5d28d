"""Tables in a text: rows of cells between pipes or tabs, and HTML tables inside Markdown, with exact places."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from analyzer.document import Grid
from analyzer.readers import marks
from analyzer.readers.grid import Raw, Rows, grid_of, joined, span
from analyzer.readers.lines import BLANKS, Item, Line

LONGEST_CELL = 160
_PIPE = re.compile(r"(?<!\\)\|")
_ALIGNMENT = re.compile(r"[ \t|:-]*-[ \t|:-]*")
_ORDINAL = re.compile(r"[\d一二三四五六七八九十]{1,3}[、.．]?|[（(][\d一二三四五六七八九十]{1,3}[)）]")
_TOKEN = re.compile(r"<(?P<close>/?)(?P<tag>table|tr|t[dh])\b(?P<rest>[^>]*)>", re.I)
_SPAN = re.compile(r"\b(?P<name>colspan|rowspan)\s*=\s*[\"']?\s*(?P<value>\d+)", re.I)
_BREAKS = re.compile(r"<(?:br|/p|/div|/li)\b[^>]*>", re.I)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.S)
_BLANK_RUN = re.compile(r"[ \t\n\r]+")
RawLine = tuple[int, int]


def pipe_rows(text: str, lines: Sequence[RawLine], at: int) -> tuple[list[Rows], int]:
    """The pipe tables that begin at `lines[at]` (lines that are not blank), and how many lines they take."""
    taken = _pipe_run(text, lines, at)
    run = lines[at : at + taken]
    rules = {n for n, (a, b) in enumerate(run) if _ALIGNMENT.fullmatch(text, a, b)}
    heads = {n - 1 for n in rules if n > 0 and n - 1 not in rules}
    tables: list[Rows] = []
    for n, (a, b) in enumerate(run):
        if n in rules:
            continue
        if not tables or n in heads:
            tables.append(Rows([], b, headed=n in heads))
        tables[-1].rows.append(_pipe_cells(text, a, b))
        tables[-1].end = b
    if not any(cell.text for table in tables for row in table.rows for cell in row):
        return [], 0
    return tables, taken


def _pipe_run(text: str, lines: Sequence[RawLine], at: int) -> int:
    """How many lines from `at` are rows: those that begin with a pipe or stand above a ruled row, or else at least
    three with the same number of pipes."""
    count = _pipes(text, lines[at])
    ruled = at + 1 < len(lines) and _ALIGNMENT.fullmatch(text, *lines[at + 1]) and _pipes(text, lines[at + 1])
    framed = count > 1 and text[lines[at][0] : lines[at][1]].lstrip(BLANKS).startswith("|")
    if not count or not (framed or ruled or count > 1):
        return 0
    end = at
    if framed or ruled:
        while end < len(lines) and _pipes(text, lines[end]):
            end += 1
        return end - at
    while end < len(lines) and _pipes(text, lines[end]) == count:
        end += 1
    return end - at if end - at > 2 else 0


def tab_rows(text: str, lines: Sequence[RawLine], at: int, marked: bool) -> tuple[list[Rows], int]:
    """The tab-separated table that begins at `lines[at]`, and how many lines it takes; none below two rows."""
    rows: list[list[Raw]] = []
    inner = 0
    taken = at
    first = _tab_cells(text, *lines[at], marked)
    if _filled(first) < 2:
        second = _tab_cells(text, *lines[at + 1], marked) if at + 1 < len(lines) else []
        if len(first) < 3 or len(first) != len(second) or _filled(second) < 2:
            return [], 0
    while taken < len(lines) and (row := _tab_cells(text, *lines[taken], marked)):
        inner += _filled(row) > 1
        rows.append(row)
        taken += 1
    if inner < 2 and not _is_lone_row(rows[0]):
        return [], 0
    return [Rows(rows, lines[taken - 1][1])], taken - at


def _is_lone_row(row: Sequence[Raw]) -> bool:
    """Whether a line with tabs may be the one row of a table that stands on its page."""
    said = [cell.text for cell in row if cell.text]
    return len(row) > 2 and max(map(len, said)) <= 40 and said[-1].isdigit()


def as_grids(items: Sequence[Item]) -> list[Line | Grid]:
    """The items with rows made into grids; rows that only a page's end parts are one grid."""
    merged: list[Item] = []
    for item in items:
        before = merged[-1] if merged else None
        if isinstance(item, Rows) and isinstance(before, Rows) and not item.headed and item.width == before.width:
            merged[-1] = Rows(before.rows + item.rows, item.end, before.headed)
        else:
            merged.append(item)
    return [grid_of(item.rows, item.end) if isinstance(item, Rows) else item for item in merged]


def html_tables(text: str) -> list[tuple[int, int, Grid]]:
    """The outermost `<table>` elements of a text with start, end and grid; those of one column are left as text."""
    found: list[tuple[int, int, Grid]] = []
    depth, start = 0, 0
    for tag in marks.TABLE.finditer(text):
        if not tag[1]:
            start = tag.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((start, tag.end(), _html_grid(text, start, tag.end())))
    return [(a, b, grid) for a, b, grid in found if grid.rows and len(grid.rows[0]) > 1]


def _html_grid(text: str, start: int, end: int) -> Grid:
    rows: list[list[Raw]] = []
    depth = 0
    opened: re.Match[str] | None = None
    for token in _TOKEN.finditer(text, start, end):
        tag, closes = token["tag"].lower(), bool(token["close"])
        if tag == "table":
            depth += -1 if closes else 1
        if depth > 1:
            continue
        if opened is not None and (tag != "table" or closes):
            rows[-1].append(_html_cell(text, opened, token.start()))
            opened = None
        if tag == "tr" and not closes:
            rows.append([])
        elif tag in ("td", "th") and not closes:
            opened = token
            rows = rows or [[]]
    return grid_of([row for row in rows if row], end)


def _html_cell(text: str, opened: re.Match[str], end: int) -> Raw:
    inner = text[opened.end() : end]
    parts = [html.unescape(_TAG.sub("", part)) for part in _BREAKS.split(inner)]
    said = joined([_BLANK_RUN.sub(" ", part).strip(BLANKS) for part in parts])
    bare = re.sub(r"^(?:\s|<[^>]*>)+|(?:\s|<[^>]*>)+$", "", inner)
    start = opened.end() + (inner.find(bare) if bare else 0)
    spans = {m["name"].lower(): span(m["value"]) for m in _SPAN.finditer(opened["rest"])}
    return Raw(said, start, start + len(bare), spans.get("colspan", 1), spans.get("rowspan", 1))


def _pipes(text: str, line: RawLine) -> int:
    """Pipes in a line that part cells; none where a pipe stands alone or at one end only."""
    a, b = line
    if text.find("|", a, b) < 0:
        return 0
    said = text[a:b].strip(BLANKS)
    pipes = len(_PIPE.findall(said))
    return 0 if pipes == 1 and said.strip("|") in ("", said[1:], said[:-1]) else pipes


def _pipe_cells(text: str, start: int, end: int) -> list[Raw]:
    line = text[start:end]
    a = start + len(line) - len(line.lstrip(BLANKS))
    b = start + len(line.rstrip(BLANKS))
    a += text.startswith("|", a)
    if b > a and text[b - 1] == "|" and text[b - 2] != "\\":
        b -= 1
    cells: list[Raw] = []
    at = a
    for pipe in _PIPE.finditer(text, a, b):
        cells.append(_cell(text, at, pipe.start(), True))
        at = pipe.end()
    cells.append(_cell(text, at, b, True))
    return cells


def _tab_cells(text: str, start: int, end: int, marked: bool) -> list[Raw]:
    """Cells of a line with tabs; none where the tabs only set in a paragraph or an ordinal."""
    if text.find("\t", start, end) < 0:
        return []
    cells: list[Raw] = []
    at = start
    marked = marked and marks.ANY.search(text, start, end) is not None
    for part in text[start:end].split("\t"):
        bare = part and not marked and part[0] not in BLANKS and part[-1] not in BLANKS
        cells.append(Raw(part, at, at + len(part)) if bare else _cell(text, at, at + len(part), marked))
        at += len(part) + 1
    filled = [cell for cell in cells if cell.text]
    if not filled or (end - start > LONGEST_CELL and max(len(cell.text) for cell in filled) > LONGEST_CELL):
        return []
    if len(filled) == 2 and _ORDINAL.fullmatch(filled[0].text) and len(filled[1].text) > 40:
        return []
    return cells


def _filled(row: Sequence[Raw]) -> int:
    return sum(1 for cell in row if cell.text)


def _cell(text: str, start: int, end: int, marked: bool) -> Raw:
    line = text[start:end]
    said = line.strip(BLANKS)
    if not said:
        return Raw("", start, start)
    a = start if len(said) == len(line) else start + line.index(said[0])
    b = a + len(said)
    if not marked or not marks.ANY.search(said):
        return Raw(said, a, b)
    parts = [marks.inline(text, x, y) for x, y in _between_breaks(text, a, b)]
    pieces = [piece for part in parts for piece in part]
    clean = joined(["".join(text[x:y] for x, y in part).replace("\\|", "|") for part in parts])
    return Raw(clean, pieces[0][0], pieces[-1][1]) if pieces else Raw("", a, a)


def _between_breaks(text: str, start: int, end: int) -> list[RawLine]:
    places = []
    for mark in marks.BREAK.finditer(text, start, end):
        places.append((start, mark.start()))
        start = mark.end()
    return [*places, (start, end)]


def lines_outside(found: Sequence[tuple[int, int, Grid]], end: int) -> list[RawLine]:
    """The stretches of a text that no table of `found` covers, one before each table and one after the last."""
    edges = [0, *(edge for a, b, _ in found for edge in (a, b)), end]
    return list(zip(edges[::2], edges[1::2], strict=True))
