"""Tables of pages: what rulings draw, what stands in line without them, and what the ends of pages cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from analyzer.readers.pages.joining import Joined, join
from analyzer.readers.pages.lines import SetLine
from analyzer.readers.pages.model import Box, Glyph, Page, Stroke, Table
from analyzer.readers.pages.order import sheets_of
from analyzer.readers.pages.rulings import lattices
from analyzer.readers.pages.tables import tables_of

SIZE, HEIGHT = 10.0, 12.0
DIGIT = 5.0
Rows = Sequence[Sequence[str]]


def glyphs(text: str, x: float, y: float, step: float = 0.0) -> list[Glyph]:
    """The characters of a line that begins at x, y; `step` lies between them."""
    made = []
    for letter in text:
        width = DIGIT if letter.isascii() else SIZE
        made.append(Glyph(letter, x, y, x + width, y + HEIGHT, SIZE))
        x += width + step
    return made


def frame(xs: Sequence[float], ys: Sequence[float]) -> list[Stroke]:
    """All rulings of a grid, each whole."""
    level = [Stroke(xs[0], y, xs[-1], y) for y in ys]
    return level + [Stroke(x, ys[0], x, ys[-1]) for x in xs]


def page(strokes: Sequence[Stroke], letters: Sequence[Glyph], number: int = 1) -> Page:
    return Page(number, 595, 842, tuple(letters), tuple(strokes))


def filled(rows: Rows, xs: Sequence[float], ys: Sequence[float]) -> list[Glyph]:
    return [
        glyph
        for row, y in zip(rows, ys, strict=False)
        for text, x in zip(row, xs, strict=False)
        for glyph in glyphs(text, x + 3, y + 3)
    ]


def ruled(rows: Rows, number: int = 1, top: float = 100.0, xs: Sequence[float] = (50, 150, 200, 250)) -> Page:
    """A page with a table whose cells are all of one size."""
    ys = [top + 20 * n for n in range(len(rows) + 1)]
    return page(frame(xs, ys), filled(rows, xs, ys), number)


def texts(table: Table) -> list[list[str]]:
    """What stands in each place, merged cells at their first."""
    made = [[""] * (len(table.columns) - 1) for _ in range(table.rows)]
    for place in table.places:
        made[place.row][place.column] = "".join(glyph.text for glyph in place.glyphs)
    return made


def words(table: Joined) -> list[list[str]]:
    return [["".join(g.text for line in joint.lines for g in line) for joint in row] for row in table.rows]


def unsure(table: Table) -> str:
    return "".join(glyph.text for place in table.places for glyph in place.glyphs if not glyph.sure)


def joined(*pages: Page) -> tuple[Joined, ...]:
    return join([table for each in pages for table in tables_of(each)], lambda before, after: False)


ROWS = [["甲", "1", "20"], ["乙", "0", "3"]]
XS, YS = (50.0, 150.0, 200.0, 250.0), (100.0, 120.0, 140.0)


def pieces(rulings: Sequence[Stroke], on: float, off: float) -> list[Stroke]:
    """The rulings in dashes."""
    made = []
    for x0, y0, x1, y1 in rulings:
        at, length = 0.0, max(x1 - x0, y1 - y0)
        while at < length:
            end = min(at + on, length)
            made.append(Stroke(x0 + at, y0, x0 + end, y1) if y0 == y1 else Stroke(x0, y0 + at, x1, y0 + end))
            at += on + off
    return made


def apart(by: float) -> list[Stroke]:
    """A rectangle for each cell, `by` from its neighbours."""
    return [
        stroke
        for top, bottom in pairwise(YS)
        for left, right in pairwise(XS)
        for stroke in frame((left + by / 2, right - by / 2), (top + by / 2, bottom - by / 2))
    ]


@pytest.mark.parametrize(
    "strokes",
    [
        frame(XS, YS),
        pieces(frame(XS, YS), 3, 3),
        pieces(frame(XS, YS), 0.8, 0.8),
        pieces(frame(XS, YS), 49, 1.5),
        apart(2),
        apart(0.5) + frame(XS, YS),
        frame(XS, YS) + frame([x + 1 for x in XS], [y + 1 for y in YS]),
        [s for s in frame(XS, YS) if s not in (Stroke(50, 100, 50, 140), Stroke(50, 100, 250, 100))],
        [s for s in frame(XS, YS) if s.x0 != s.x1 or 50 < s.x0 < 250],
        [Stroke(x0, y0, max(x1 - 2, x0), max(y1 - 2, y0)) for x0, y0, x1, y1 in frame(XS, YS)],
    ],
    ids=["whole", "dashed", "dotted", "short", "boxes", "twice", "double", "two open", "sides open", "ends short"],
)
def test_rulings_draw_one_table_however_they_are_cut(strokes: list[Stroke]) -> None:
    (table,) = tables_of(page(strokes, filled(ROWS, XS, YS)))
    assert texts(table) == ROWS
    assert unsure(table) == ""


def tiles(rows: Sequence[int], by: float) -> tuple[Box, ...]:
    """A filled area for each cell of these rows of 20 points, `by` from its neighbours."""
    return tuple(
        Box(left + by / 2, 100 + 20 * row + by / 2, right - by / 2, 120 + 20 * row - by / 2)
        for row in rows
        for left, right in pairwise(XS)
    )


@pytest.mark.parametrize("by", [0.0, 0.8, 2.0, 3.0])
def test_cells_may_be_filled_areas(by: float) -> None:
    rows = [*ROWS, ["丙", "", "5"]]
    letters = filled(rows, XS, (100.0, 120.0, 140.0))
    (table,) = tables_of(Page(1, 595, 842, tuple(letters), (), (), tiles(range(3), by)))
    assert texts(table) == rows


def test_coloured_rows_are_no_table_of_their_own() -> None:
    ground = tiles([0, 2], 0)
    assert not tables_of(Page(1, 595, 842, tuple(filled(ROWS, XS, YS)), (), (), ground))
    (table,) = tables_of(Page(1, 595, 842, tuple(filled(ROWS, XS, YS)), tuple(frame(XS, YS)), (), ground))
    assert texts(table) == ROWS


def test_a_border_that_is_missing_merges_cells() -> None:
    strokes = [s for s in frame(XS, YS) if s.x0 != 200 or s.x1 != 200] + [Stroke(200, 120, 200, 140)]
    (table,) = tables_of(page(strokes, glyphs("甲", 53, 103) + glyphs("12", 190, 103) + glyphs("7", 210, 123)))
    cells = {(place.row, place.column): (place.across, place.down) for place in table.places}
    assert cells == {(0, 0): (1, 1), (0, 1): (2, 1), (1, 0): (1, 1), (1, 1): (1, 1), (1, 2): (1, 1)}
    assert texts(table)[0] == ["甲", "12", ""]


def test_an_area_that_is_no_rectangle_is_not_sure() -> None:
    inner = [Stroke(200, 120, 200, 140), Stroke(150, 120, 250, 120), Stroke(150, 100, 150, 120)]
    strokes = [*frame((50, 250), (100, 140)), *inner]
    (table,) = tables_of(page(strokes, glyphs("12", 60, 103) + glyphs("3", 210, 123)))
    assert "12" in unsure(table)


def test_edges_a_little_out_of_line_are_one_column() -> None:
    strokes = [*frame((50, 250), YS), Stroke(150, 100, 150, 120), Stroke(156, 120, 156, 140)]
    (table,) = tables_of(page([*strokes, Stroke(50, 120, 250, 120)], glyphs("1", 180, 103) + glyphs("2", 180, 123)))
    assert texts(table) == [["", "1"], ["", "2"]]


def test_tables_upon_one_another_keep_their_own_columns() -> None:
    upper, lower = frame(XS, YS), frame((50.0, 150.0, 208.0, 250.0), (140.0, 160.0, 180.0))
    letters = filled(ROWS, XS, YS) + glyphs("10", 196, 143) + glyphs("7", 212, 143) + glyphs("8", 201, 123)
    (table,) = tables_of(page(upper + lower, [glyph for glyph in letters if glyph.x0 != 203 or glyph.y0 != 123]))
    assert texts(table)[1:3] == [["乙", "0", "8"], ["", "10", "7"]]
    assert unsure(table) == ""


def test_a_row_of_one_cell_at_the_end_of_a_table_without_sides() -> None:
    rows = [Stroke(50, y, 250, y) for y in (80, *YS, 160)]
    columns = [Stroke(x, 100, x, 140) for x in (150, 200)]
    letters = glyphs("上", 140, 83) + filled(ROWS, XS, YS) + glyphs("下", 140, 143)
    (table,) = tables_of(page(rows + columns, letters))
    assert texts(table) == [["上", "", ""], *ROWS, ["下", "", ""]]
    assert not tables_of(page(rows, letters))


def test_a_number_that_runs_on_beyond_the_table_is_whole() -> None:
    letters = glyphs("206", 241, 103) + glyphs("7", 262, 123)
    (table,) = tables_of(page(frame(XS, YS), letters))
    assert texts(table)[0][2] == "206"
    assert texts(table)[1][2] == ""


def test_a_frame_or_a_rule_of_the_page_is_no_table() -> None:
    letters = glyphs("全文如下", 60, 110)
    assert not joined(page(frame((40, 555), (60, 800)), letters))
    assert not tables_of(page([Stroke(50, 60, 545, 60)], letters))
    inside = page(frame((40, 555), (60, 800)) + frame(XS, YS), filled(ROWS, XS, YS))
    assert [words(table) for table in joined(inside)] == [ROWS]


def test_underlined_words_in_a_cell_are_no_cells() -> None:
    strokes = [*frame(XS, YS), Stroke(60, 115, 80, 115)]
    (table,) = tables_of(page(strokes, filled(ROWS, XS, YS)))
    assert texts(table) == ROWS


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        (glyphs("12", 145, 103), "12"),
        (glyphs("123", 146, 103), "123"),
        (glyphs("12", 155, 103) + glyphs("34", 180, 103), "1234"),
        (glyphs("12", 160, 101) + glyphs("34", 160, 110), "1234"),
        (glyphs("1", 152, 115), "1"),
        (glyphs("1,234", 160, 103), ""),
        (glyphs("12", 160, 103) + glyphs("34", 210, 103), ""),
        (glyphs("甲12", 160, 103) + glyphs("34", 210, 103), ""),
    ],
    ids=["on the ruling", "goes on", "two", "one over the other", "sunk", "thousands", "neighbours", "words"],
)
def test_figures_that_may_be_read_otherwise_are_not_sure(letters: list[Glyph], expected: str) -> None:
    (table,) = tables_of(page(frame(XS, YS), letters))
    assert unsure(table).replace("?", "") == expected


def test_an_empty_cell_beside_a_doubtful_number_is_not_sure() -> None:
    xs = (50.0, 100.0, 150.0, 200.0, 250.0)
    letters = glyphs("甲", 60, 103) + glyphs("12", 105, 103) + glyphs("34", 135, 103) + glyphs("5", 205, 123)
    (table,) = tables_of(page(frame(xs, YS), letters))
    assert texts(table) == [["甲", "1234", "?", ""], ["", "", "", "5"]]
    assert unsure(table) == "1234?"


def test_a_number_too_long_for_its_cell_is_one_number() -> None:
    xs = (50.0, 150.0, 175.0, 200.0)
    letters = glyphs("1234", 152, 100) + glyphs("5", 160, 111) + glyphs("7", 180, 103)
    (table,) = joined(page(frame(xs, (95.0, 125.0, 145.0)), letters))
    assert words(table)[0] == ["", "12345", "7"]
    assert [len(joint.lines) for joint in table.rows[0]] == [0, 1, 1]
    assert all(glyph.sure for joint in table.rows[0] for line in joint.lines for glyph in line)


def test_a_label_one_character_a_line_reads_downwards() -> None:
    letters = [glyph for n, letter in enumerate("本年结果") for glyph in glyphs(letter, 60, 100 + 12 * n)]
    (table,) = joined(page(frame((50, 80, 150), (95, 160, 180)), letters))
    assert words(table)[0][0] == "本年结果"


HEAD = [["项目", "件", "元"]]


def test_a_table_goes_on_over_pages_without_its_head() -> None:
    first, second = HEAD + ROWS, [*HEAD, ["丙", "4", "5"]]
    (table,) = joined(ruled(first), ruled(second, 2, top=60), ruled([*HEAD, ["丁", "6", "7"]], 3))
    assert words(table) == [*first, ["丙", "4", "5"], ["丁", "6", "7"]]
    assert table.pages == (1, 1, 1, 2, 3)
    assert [part.page for part in table.parts] == [1, 2, 3]


def test_a_row_of_figures_that_comes_again_is_no_head() -> None:
    (table,) = joined(ruled([["1", "2", "3"], *ROWS]), ruled([["1", "2", "3"]], 2))
    assert words(table) == [["1", "2", "3"], *ROWS, ["1", "2", "3"]]


def test_margins_of_left_and_right_pages_may_differ() -> None:
    (table,) = joined(ruled(ROWS), ruled([["丙", "4", "5"]], 2, xs=[x + 14 for x in XS]))
    assert len(table.rows) == 3


@pytest.mark.parametrize("xs", [(50, 150, 200, 280), (50, 90, 120, 250)], ids=["wider", "other columns"])
def test_other_columns_are_another_table(xs: Sequence[float]) -> None:
    assert len(joined(ruled(ROWS), ruled(ROWS, 2, xs=xs))) == 2


def test_prose_or_a_page_between_parts_tables() -> None:
    tables = [table for each in (ruled(ROWS), ruled(ROWS, 2)) for table in tables_of(each)]
    assert len(join(tables, lambda before, after: True)) == 2
    assert len(joined(ruled(ROWS), ruled(ROWS, 3))) == 2


def test_columns_parted_on_one_page_only_are_parted_on_both() -> None:
    head = page(frame((50, 150, 250), (700, 720)), glyphs("项目", 53, 703) + glyphs("数", 153, 703))
    (table,) = joined(head, ruled(ROWS, 2))
    assert [(joint.across, joint.down) for joint in table.rows[0]] == [(1, 1), (2, 1)]
    assert words(table)[1:] == ROWS


@pytest.mark.parametrize(
    ("last", "first", "expected"),
    [
        (["（四）无", "5", "6"], ["法提供", "", ""], [["（四）无法提供", "5", "6"]]),
        (["（四）无", "", ""], ["法提供", "5", "6"], [["（四）无法提供", "5", "6"]]),
        (["1.甲", "", ""], ["", "5", "6"], [["1.甲", "5", "6"]]),
        (["1.甲", "", "6"], ["乙", "5", ""], [["1.甲乙", "5", "6"]]),
        (["一、甲", "5", "6"], ["二、乙", "", ""], [["一、甲", "5", "6"], ["二、乙", "", ""]]),
        (["规章", "5", "6"], ["规范", "", ""], [["规章", "5", "6"], ["规范", "", ""]]),
        (["（四）无", "5", "6"], ["法提供", "7", ""], [["（四）无", "5", "6"], ["法提供", "7", ""]]),
        (["1.甲", "5", "6"], ["2.乙", "7", "8"], [["1.甲", "5", "6"], ["2.乙", "7", "8"]]),
        (["", "", ""], ["1.甲", "5", "6"], [["1.甲", "5", "6"]]),
    ],
    ids=["label", "label first", "values only", "both", "blank row", "no ordinals", "two rows", "whole rows", "empty"],
)
def test_a_row_that_the_end_of_a_page_cuts(last: list[str], first: list[str], expected: Rows) -> None:
    (table,) = joined(ruled([*HEAD, *ROWS, last]), ruled([first, ["9.己", "1", "1"]], 2))
    assert words(table)[3:-1] == expected


def tall(label: str, rows: Rows, number: int) -> Page:
    """A table whose first column is one cell over all rows."""
    ys = [100 + 20.0 * n for n in range(len(rows) + 1)]
    strokes = [s for s in frame(XS, ys) if s.y0 != s.y1 or s.y0 in (ys[0], ys[-1])]
    strokes += [Stroke(150, y, 250, y) for y in ys]
    return page(strokes, glyphs(label, 53, ys[-1] / 2 + 45) + filled(rows, XS[1:], ys), number)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("三、本年度", "办理结果", ["三、本年度办理结果"]),
        ("三、结果", "", ["三、结果"]),
        ("", "三、结果", ["三、结果"]),
        ("（四", "）无法提供", ["（四）无法提供"]),
        ("（四）甲", "（五）乙", ["（四）甲", "（五）乙"]),
    ],
    ids=["cut", "first page", "second page", "in the ordinal", "two"],
)
def test_a_merged_label_goes_on_over_pages(before: str, after: str, expected: list[str]) -> None:
    first, second = [["1.甲", "5"], ["2.乙", "6"]], [["3.丙", "7"], ["4.丁", "8"]]
    (table,) = joined(tall(before, first, 1), tall(after, second, 2))
    labels = [joint for row in table.rows for joint in row if joint.down > 1]
    assert ["".join(g.text for line in joint.lines for g in line) for joint in labels] == expected
    assert sum(joint.down for joint in labels) == 4
    assert [row[-1] for row in words(table)] == ["5", "6", "7", "8"]


def test_a_table_of_one_column_is_kept_only_as_part_of_another() -> None:
    band = page(frame((50, 250), (700, 720)), glyphs("第二十条", 120, 703))
    (table,) = joined(band, ruled(ROWS, 2))
    assert words(table) == [["第二十条"], *ROWS]
    assert table.rows[0][0].across == 3
    middle = [*glyphs("上", 60, 60), *glyphs("上", 60, 80), *glyphs("下", 60, 740), *glyphs("下", 60, 760)]
    assert not joined(page(band.strokes, [*band.glyphs, *middle]))


def test_a_line_below_the_last_ruling_belongs_to_the_cut_row() -> None:
    letters = filled(ROWS, XS, YS) + glyphs("丙", 53, 141)
    (table,) = tables_of(page(frame(XS, YS), letters))
    assert texts(table)[1][0] == "乙丙"
    assert table.box.y1 > 150


COLUMNS = (60.0, 200.0, 260.0, 320.0)


def set_apart(rows: Rows, top: float = 100.0, step: float = 20.0) -> list[Glyph]:
    return [
        glyph
        for n, row in enumerate(rows)
        for text, x in zip(row, COLUMNS, strict=True)
        for glyph in glyphs(text, x, top + step * n)
    ]


FIGURES = [["一、甲", "1", "20", "3"], ["二、乙", "4", "5", "61"], ["三、丙", "7", "8", "9"], ["四、丁", "2", "", "4"]]


def test_figures_in_line_are_a_table_without_rulings() -> None:
    (table,) = tables_of(page([], set_apart(FIGURES)))
    assert texts(table) == FIGURES
    assert not table.ruled


def test_a_label_of_several_lines_stands_with_its_figures() -> None:
    letters = set_apart([["", *row[1:]] for row in FIGURES], step=40)
    for n, label in enumerate(["一、甲", "二、乙", "三、丙", "四、丁"]):
        letters += glyphs(label, 60, 93 + 40 * n) + glyphs("续", 60, 107 + 40 * n)
    (table,) = tables_of(page([], letters))
    assert [row[0] for row in texts(table)] == ["一、甲续", "二、乙续", "三、丙续", "四、丁续"]


def test_a_label_of_several_rows_covers_them() -> None:
    letters = set_apart([[f"{n}.项", "1", "2", "3"] for n in range(1, 7)])
    letters += glyphs("甲", 30, 120) + glyphs("乙", 30, 180)
    (table,) = tables_of(page([], letters))
    groups = {place.row: (texts(table)[place.row][0], place.down) for place in table.places if place.column == 0}
    assert groups == {0: ("甲", 3), 3: ("乙", 3)}


@pytest.mark.parametrize(
    "rows",
    [FIGURES[:2], [[row[0], row[1], "", ""] for row in FIGURES], [["共收到", "件", "其中", "件"]] * 4],
    ids=["two rows", "one column", "words"],
)
def test_few_figures_are_no_table(rows: Rows) -> None:
    assert not tables_of(page([], set_apart(rows)))


def test_a_row_without_a_label_of_its_own_leaves_doubt() -> None:
    rows = [["一、甲", "1", "2", "3"], ["", "4", "5", "6"], ["三、丙", "7", "8", "9"]]
    assert not tables_of(page([], set_apart(rows)))


def test_figures_under_the_wrong_column_leave_doubt() -> None:
    letters = set_apart(FIGURES) + glyphs("123456789012345", 200, 150)
    assert not tables_of(page([], letters))


def test_a_number_over_two_lines_without_rulings_is_not_sure() -> None:
    letters = [glyph for n in range(10) for glyph in glyphs("61,32" if n == 4 else "0", 60 + 40 * n, 100)]
    letters += glyphs("4", 230, 114)
    (table,) = tables_of(page([], letters))
    assert unsure(table) == "61,324"


@pytest.mark.parametrize(
    ("last", "rest", "expected"),
    [
        ("4.属于", "案卷", "4.属于案卷"),
        ("4.属于", "5.其他", "4.属于"),
        ("丁", "案卷", "丁"),
    ],
    ids=["cut", "another", "no ordinal"],
)
def test_the_rest_of_a_label_without_rulings(last: str, rest: str, expected: str) -> None:
    upper = set_apart([*FIGURES[:3], [last, "2", "6", "4"]])
    lower = glyphs(rest, 60, 76) + set_apart(FIGURES)
    sheets = sheets_of([page([], upper), page([], lower, 2)])
    (table,) = [item for item in sheets[0].items if isinstance(item, Table)]
    assert texts(table)[3] == [expected, "2", "6", "4"]
    said = [item.text for item in sheets[1].items if isinstance(item, SetLine)]
    assert said == ([] if expected != last else [rest])


def test_pages_without_end_of_strokes_are_drawings() -> None:
    strokes = [Stroke(n * 7.0, m * 9.0, n * 7.0 + 6, m * 9.0) for n in range(40) for m in range(1600)]
    assert not lattices([*strokes, *(Stroke(0, 0, 0, 800),)])


def test_boxes_tell_where_a_table_stands() -> None:
    (table,) = tables_of(ruled(ROWS))
    assert table.box == Box(50, 100, 250, 140)
    assert table.columns == XS
