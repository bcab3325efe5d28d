"""A table's model as text, in each way that reports have come down: `set_table(model, look)`.

- `html`         a table with colspan and rowspan
- `pipe`         a Markdown table, merged cells as one filled and further empty ones
- `tabs`         the same, tab-separated
- `lines`        one cell a line (empty cells leave no trace)
- `strokes`      one cell a line, each ended by an upright stroke; an empty place is a stroke alone
- `layout_text`  columns by blanks, labels wrapped round the line of their values, the tall cell on the left as one
                 character a line
- `raw_text`     a row a line, long labels over several lines
"""

from __future__ import annotations

import html

from analyzer.synthesis.forms import Look, Model

PIECE, TALL = 14, 9
"""Characters of a line in a text without columns; rows that a tall cell exceeds."""


def set_table(model: Model, look: Look) -> str:
    """The table without a line break at its end; raises `KeyError` for a layout that is none of the above."""
    return _columns(model, look.column) if look.layout == "layout_text" else _WRITERS[look.layout](model)


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
            text = html.escape(cell.text).replace("\n", "<br>")
            lines.append(f"<td{spans}><p>{text}</p></td>")
        lines.append("</tr>")
    return "\n".join([*lines, "</table>"])


def _pipe(model: Model) -> str:
    rows = ["| " + " | ".join(text.replace("\n", "<br>") for text, _ in row) + " |" for row in expand(model)]
    ruler = "|" + " --- |" * len(expand(model)[0])
    return "\n".join([rows[0], ruler, *rows[1:]])


def _tabs(model: Model) -> str:
    return "\n".join("\t".join(text for text, _ in row) for row in expand(model))


def _lines(model: Model) -> str:
    return "\n".join(cell.text for row in model for cell in row if cell.text)


def _strokes(model: Model) -> str:
    return "\n".join(f"{cell.text} |" if cell.text else "|" for row in model for cell in row)


def _raw(model: Model) -> str:
    lines: list[str] = []
    for row in model:
        words: list[str] = []
        for cell in row:
            pieces = _wrap(cell.text, PIECE)
            for piece in pieces[:-1]:
                lines.append(" ".join([*words, piece]))
                words = []
            words += pieces[-1:]
        if words:
            lines.append(" ".join(words))
    return "\n".join(lines)


def _columns(model: Model, room: int) -> str:
    """Columns by blanks; a label of several lines has its values on the middle one."""
    grid = expand(model)
    widths = [
        max(min(len(cell[0]), room) for cell in column) + 3 for column in zip(*_singles(model, grid), strict=True)
    ]
    lines: list[str] = []
    tall = _tall(model, grid)
    for y, row in enumerate(grid):
        columns = [_wrap(text, room) if not tall.get((y, x)) else [] for x, (text, _) in enumerate(row)]
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
    return "\n".join(lines)


def _singles(model: Model, grid: list[list[tuple[str, bool]]]) -> list[list[tuple[str, bool]]]:
    wide = {cell.text for row in model for cell in row if cell.across > 1 and len(cell.text) > 6}
    return [[("", own) if text in wide else (text, own) for text, own in row] for row in grid]


def _wrap(text: str, width: int) -> list[str]:
    return [text[i : i + width] for i in range(0, len(text), width)]


def _tall(model: Model, grid: list[list[tuple[str, bool]]]) -> dict[tuple[int, int], str]:
    """The labels that run down the left edge, by their place in the grid."""
    deep = {cell.text for row in model for cell in row if cell.down > TALL}
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
    "strokes": _strokes,
    "raw_text": _raw,
}
