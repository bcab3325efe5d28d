"""A table's model as the XML of a Word document's table: merged cells, rulings, widths, heads that come again."""

from __future__ import annotations

import re
from html import escape

from analyzer.knowledge.printing import Paper
from analyzer.synthesis.forms import Field, Model

TALL, LEAST, MOST = 9, 3, 12
"""Rows from which on a cell is tall; the share of the width that a column gets, by its characters, least and most."""
TWIPS = 56.7
"""Of a millimetre."""
_RULINGS = {
    "all": ("single", 4, ("top", "left", "bottom", "right", "insideH", "insideV")),
    "thick": ("single", 12, ("top", "left", "bottom", "right", "insideH", "insideV")),
    "double": ("double", 4, ("top", "left", "bottom", "right", "insideH", "insideV")),
    "dashed": ("dashed", 4, ("top", "left", "bottom", "right", "insideH", "insideV")),
    "rows": ("single", 4, ("top", "bottom", "insideH")),
    "none": ("nil", 0, ("top", "left", "bottom", "right", "insideH", "insideV")),
}
_SHORT = re.compile(r"[\d.,%/—-]*|.{1,4}", re.S)
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table_xml(model: Model, paper: Paper, room: float) -> str:
    """A `w:tbl` element `room` mm wide (without its namespace declaration)."""
    grid = _placed(model)
    widths = _widths(grid, room, paper)
    heads = _heads(model) if paper.repeat else 0
    rows = []
    for y, row in enumerate(grid):
        marks = "<w:cantSplit/>" * paper.whole + "<w:tblHeader/>" * (y < heads)
        cells = "".join(_cell(field, first, sum(widths[x : x + field.across]), paper, y) for x, field, first in row)
        rows.append(f"<w:tr><w:trPr>{marks}<w:jc w:val='center'/></w:trPr>{cells}</w:tr>")
    columns = "".join(f"<w:gridCol w:w='{width}'/>" for width in widths)
    return (
        f"<w:tbl><w:tblPr><w:tblW w:w='{sum(widths)}' w:type='dxa'/><w:jc w:val='center'/>{borders(paper.rulings)}"
        "<w:tblLayout w:type='fixed'/><w:tblCellMar><w:left w:w='60' w:type='dxa'/><w:right w:w='60' w:type='dxa'/>"
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def nested_xml(inner: str, room: float) -> str:
    """A table in the only cell of another, which has no rulings."""
    width = round(room * TWIPS)
    return (
        f"<w:tbl><w:tblPr><w:tblW w:w='{width}' w:type='dxa'/>{borders('none')}</w:tblPr>"
        f"<w:tblGrid><w:gridCol w:w='{width}'/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w='{width}' w:type='dxa'/>"
        f"</w:tcPr>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    )


def borders(rulings: str) -> str:
    """The rulings of a table as its properties have them."""
    kind, width, sides = _RULINGS[rulings]
    lines = "".join(
        f"<w:{side} w:val='{kind if side in sides else 'nil'}' w:sz='{width}' w:space='0' w:color='000000'/>"
        for side in _SIDES
    )
    return f"<w:tblBorders>{lines}</w:tblBorders>"


def _placed(model: Model) -> list[list[tuple[int, Field, bool]]]:
    """By row: column, field, and whether this is its first row (it comes again in each row that it covers)."""
    taken: dict[tuple[int, int], tuple[Field, bool]] = {}
    covered: set[tuple[int, int]] = set()
    for y, row in enumerate(model):
        x = 0
        for field in row:
            while (y, x) in covered:
                x += 1
            for down in range(field.down):
                taken[y + down, x] = (field, down == 0)
                covered.update((y + down, x + across) for across in range(field.across))
            x += field.across
    rows: list[list[tuple[int, Field, bool]]] = [[] for _ in model]
    for (y, x), (field, first) in sorted(taken.items(), key=lambda each: each[0]):
        rows[y].append((x, field, first))
    return rows


def _widths(grid: list[list[tuple[int, Field, bool]]], room: float, paper: Paper) -> list[int]:
    """Twips of each column: the more its fields hold, the wider."""
    count = max(x + field.across for row in grid for x, field, _ in row)
    shares = [float(LEAST)] * count
    for row in grid:
        for x, field, _ in row:
            if field.across == 1 and field.down <= TALL:
                shares[x] = max(shares[x], min(MOST, len(field.text)))
    tall = {x for row in grid for x, field, _ in row if field.across == 1 and field.down > TALL}
    for x in tall:
        shares[x] = 1.0 if paper.narrow else 2.0
    if paper.narrow and tall:
        least = paper.table_size * 20 * 1.15 + 120
        rest = room * TWIPS - least * len(tall)
        whole = sum(share for x, share in enumerate(shares) if x not in tall)
        return [round(least if x in tall else rest * share / whole) for x, share in enumerate(shares)]
    return [round(room * TWIPS * share / sum(shares)) for share in shares]


def _heads(model: Model) -> int:
    """Rows of the head: those that the first row's fields cover."""
    return max(field.down for field in model[0])


def _cell(field: Field, first: bool, width: int, paper: Paper, row: int) -> str:
    span = f"<w:gridSpan w:val='{field.across}'/>" if field.across > 1 else ""
    merge = ("<w:vMerge w:val='restart'/>" if first else "<w:vMerge/>") if field.down > 1 else ""
    shade = "<w:shd w:val='clear' w:color='auto' w:fill='D9D9D9'/>" if paper.shaded and row == 0 else ""
    lines = field.text.split("\n") if first else [""]
    said = "<w:br/>".join(f"<w:t xml:space='preserve'>{escape(line)}</w:t>" for line in lines) if first else ""
    size = round(paper.table_size * 2)
    side = "left" if paper.left and field.across == 1 and not _SHORT.fullmatch(field.text) else "center"
    return (
        f"<w:tc><w:tcPr><w:tcW w:w='{width}' w:type='dxa'/>{span}{merge}{shade}<w:vAlign w:val='center'/></w:tcPr>"
        "<w:p><w:pPr><w:spacing w:line='240' w:lineRule='auto'/><w:ind w:firstLine='0'/>"
        f"<w:jc w:val='{side}'/></w:pPr><w:r><w:rPr><w:sz w:val='{size}'/></w:rPr>{said}</w:r></w:p></w:tc>"
    )
