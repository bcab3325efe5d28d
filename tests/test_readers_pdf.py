"""PDF files: lines in reading order, what belongs to the page left out, what nobody sees, what has to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

import pytest

from analyzer import knowledge
from analyzer.document import Document, Grid
from analyzer.errors import UnreadableReport
from analyzer.knowledge.layout import Layout
from analyzer.readers import Limits, read
from analyzer.readers.limits import Allowance
from analyzer.readers.pages import document
from analyzer.readers.pages.lines import said, set_lines
from analyzer.readers.pages.model import Glyph, Page, Stroke
from analyzer.readers.pdf.file import File
from analyzer.readers.pdf.scanned import Eye, is_picture
from tests.awkward.paper import SHOWN, UNSEEN, Paper, Sheet

LEFT, SIZE, LEADING = 90.0, 16.0, 28.0
WIDTH = 26
"""Hanzi that fill a line of the test pages."""
TITLE = "云岭市水利局2023年政府信息公开工作年度报告"
FIRST = "云岭市水利局认真贯彻落实《中华人民共和国政府信息公开条例》，全年主动公开政府信息851条，发布政策解读材料18篇。"
SECOND = "本年度新收政府信息公开申请12件，办结12件，均按照法定时限答复申请人，没有因此被申请行政复议或者提起行政诉讼。"


@cache
def layout() -> Layout:
    return knowledge.load().layout


def parsed(paper: Paper, **limits: bool) -> Document:
    return read([("a.pdf", paper.save())], layout(), replace(Limits(ocr=False), **limits))


def paragraphs(made: Document) -> list[str]:
    return [block.text for block in made.paragraphs]


def broken(text: str, width: int = WIDTH) -> list[str]:
    """The lines of a paragraph set in by two characters."""
    first, rest = text[: width - 2], text[width - 2 :]
    return [first, *(rest[at : at + width] for at in range(0, len(rest), width))]


def put(sheet: Sheet, text: str, y: float, *, x: float = LEFT, size: float = SIZE, width: int = WIDTH) -> float:
    """Sets a paragraph; gives the base line for the next."""
    for number, line in enumerate(broken(text, width)):
        sheet.text(x + (0 if number else 2 * size), y, line, size)
        y += LEADING
    return y


def prose(sheet: Sheet, texts: Iterable[str], y: float = 120.0) -> float:
    for text in texts:
        y = put(sheet, text, y)
    return y


def test_lines_become_paragraphs_with_places_in_the_text() -> None:
    paper = Paper()
    prose(paper.sheet(), [FIRST, SECOND])
    made = parsed(paper)
    assert paragraphs(made) == [FIRST, SECOND]
    block = next(made.paragraphs)
    assert "".join(made.text[a:b] for a, b in block.pieces) == FIRST
    place = block.locate(FIRST.index("851"), FIRST.index("851") + 3)
    assert made.text[place.start : place.end] == "851"
    assert place.page == 1


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    paper = Paper()
    lines = broken(FIRST)
    head, foot = paper.sheet(), paper.sheet()
    end = prose(head, [SECOND])
    head.text(LEFT + 2 * SIZE, end, lines[0], SIZE)
    for number, line in enumerate(lines[1:]):
        foot.text(LEFT, 120 + number * LEADING, line, SIZE)
    put(foot, SECOND, 120 + len(lines) * LEADING)
    for number, sheet in enumerate((head, foot), start=1):
        sheet.text(280, 800, f"— {number} —", 10)
    made = parsed(paper)
    assert paragraphs(made) == [SECOND, FIRST, SECOND]
    assert made.text[made.pages[1] :].startswith(lines[1])


def test_running_heads_and_numbers_stay_in_the_text_and_out_of_the_paragraphs() -> None:
    paper = Paper()
    texts = (
        FIRST,
        SECOND,
        "下一步将加强业务培训，全年计划组织培训两次，丰富解读形式，提高解读质量，方便公众理解和办事。",
    )
    for number, text in enumerate(texts, start=1):
        sheet = paper.sheet()
        sheet.text(LEFT, 50, "云岭市水利局信息公开", 9)
        sheet.text(480, 50, f"第 {number} 页", 9)
        prose(sheet, [text])
        sheet.text(300, 810, str(number), 9)
    made = parsed(paper)
    assert paragraphs(made) == list(texts)
    assert made.text.count("云岭市水利局信息公开") == 3


def test_a_title_on_two_lines_is_one() -> None:
    paper = Paper()
    sheet = paper.sheet()
    sheet.text(298 - 6 * 24, 80, "云岭市水利局2023年度政府", 24)
    sheet.text(298 - 4.5 * 24, 115, "信息公开工作年度报告", 24)
    prose(sheet, [FIRST, SECOND], 170)
    assert paragraphs(parsed(paper))[0] == "云岭市水利局2023年度政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        ("云岭市人民政府政府信息公开工作年度报告", "（2023年）", True),
        ("云岭市水利局年度报告", "（2023年）", False),
        ("云岭市水利局年度报告", "云水发〔2024〕3号", False),
    ],
)
def test_a_year_in_brackets_ends_a_title_that_fills_its_line(first: str, second: str, title: bool) -> None:
    paper = Paper()
    sheet = paper.sheet()
    sheet.text(298 - len(first) * 11, 80, first, 22)
    sheet.text(298 - len(second) * 11, 110, second, 22)
    prose(sheet, [FIRST, SECOND], 170)
    assert paragraphs(parsed(paper))[0] == (first + second if title else first)


def test_the_number_of_a_document_is_no_part_of_the_title_below_it() -> None:
    paper = Paper()
    sheet = paper.sheet()
    sheet.text(298 - 5 * 22, 80, "云水发〔2024〕3号", 22)
    sheet.text(298 - 9 * 22, 115, "云岭市水利局2023年度年度报告", 22)
    prose(sheet, [FIRST, SECOND], 170)
    assert paragraphs(parsed(paper))[0] == "云水发〔2024〕3号"


def test_what_a_web_site_prints_before_the_title_is_left_out() -> None:
    paper = Paper()
    menu, sheet = paper.sheet(), paper.sheet()
    for number, word in enumerate(("机构职能", "通知公告", "互动交流", "重点领域")):
        menu.text(LEFT, 100 + number * 20, word, 12)
    menu.text(LEFT, 300, "当前位置：首页 > 政务公开 > 年报", 12)
    menu.text(LEFT, 340, "第3次常务会议召开2022-02-09", 12)
    sheet.text(298 - 10 * 20, 80, TITLE, 20)
    prose(sheet, [FIRST, SECOND], 170)
    made = parsed(paper)
    assert paragraphs(made) == [TITLE, FIRST, SECOND]
    assert "互动交流" in made.text


def test_lines_before_a_title_stay_where_no_line_is_navigation() -> None:
    paper = Paper()
    sheet = paper.sheet()
    sheet.text(LEFT, 60, "云岭市水利局", 12)
    sheet.text(298 - 10 * 20, 90, TITLE, 20)
    prose(sheet, [FIRST, SECOND], 170)
    assert paragraphs(parsed(paper))[0] == "云岭市水利局"


def test_a_heading_at_the_margin_below_a_full_line_stands_alone() -> None:
    paper = Paper()
    sheet = paper.sheet()
    whole = FIRST + SECOND[: 26 * 3 - 2 - len(FIRST) - 1] + "。"
    y = prose(sheet, [whole])
    sheet.text(LEFT, y, "另需说明", SIZE)
    prose(sheet, [SECOND], y + LEADING)
    assert paragraphs(parsed(paper)) == [whole, "另需说明", SECOND]


def test_a_line_that_an_address_has_left_short_goes_on_with_it() -> None:
    paper = Paper()
    sheet = paper.sheet()
    y = prose(sheet, [FIRST, SECOND])
    sheet.text(LEFT + 2 * SIZE, y, "公众对本报告有意见的，可发送电子邮件至", SIZE)
    sheet.text(LEFT, y + LEADING, "information.department@example.gov.cn。", SIZE)
    last = "公众对本报告有意见的，可发送电子邮件至information.department@example.gov.cn。"
    assert [text.replace(" ", "") for text in paragraphs(parsed(paper))] == [FIRST, SECOND, last]


def test_lines_of_a_wider_page_are_full_by_its_own_width() -> None:
    paper = Paper()
    sheet, wide = paper.sheet(), paper.sheet(842, 595)
    prose(sheet, [FIRST, SECOND, FIRST])
    y = put(wide, SECOND, 100, width=41)
    put(wide, FIRST, y, width=41)
    assert paragraphs(parsed(paper)) == [FIRST, SECOND, FIRST, SECOND, FIRST]


def test_two_columns_are_read_one_after_the_other() -> None:
    paper = Paper()
    sheet = paper.sheet()
    for x, text in ((60.0, FIRST + SECOND), (320.0, SECOND + FIRST)):
        put(sheet, text, 120, x=x, size=12, width=18)
    assert paragraphs(parsed(paper)) == [FIRST + SECOND, SECOND + FIRST]


def test_the_order_of_drawing_does_not_matter() -> None:
    paper = Paper()
    sheet = paper.sheet()
    prose(sheet, [FIRST, SECOND])
    sheet.ops.reverse()
    assert paragraphs(parsed(paper)) == [FIRST, SECOND]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_upright(turn: int) -> None:
    """Whatever the page says of its turn, what counts is how its words stand."""
    paper = Paper()
    prose(paper.sheet(turn=turn), [FIRST, SECOND])
    with File("a.pdf", paper.save()) as file:
        page = file.sheet(1).page
    assert paragraphs(document([page], layout(), format="pdf")) == [FIRST, SECOND]


def test_text_that_stands_on_its_side_is_turned_with_its_rulings() -> None:
    paper = Paper()
    sheet = paper.sheet()
    for column, text in enumerate((FIRST, SECOND)):
        for number, line in enumerate(broken(text)):
            sheet.text(100 + (column * 4 + number) * 28, 700 - (0 if number else 32), line, 16, upwards=True)
    sheet.line(60, 100, 60, 700)
    with File("a.pdf", paper.save()) as file:
        page = file.sheet(1).page
    assert (page.width, page.height) == (842, 595)
    assert paragraphs(document([page], layout(), format="pdf")) == [FIRST, SECOND]
    (ruling,) = page.strokes
    assert ruling.y0 == ruling.y1


@pytest.mark.parametrize(("color", "mode"), [("1 g", SHOWN), ("0 g", UNSEEN)])
def test_words_that_nobody_sees_are_noticed_and_no_text(color: str, mode: int) -> None:
    paper = Paper()
    sheet = paper.sheet()
    y = prose(sheet, [FIRST, SECOND])
    sheet.text(LEFT, y, "网站访问量999次", SIZE, color=color, mode=mode)
    made = parsed(paper)
    assert paragraphs(made) == [FIRST, SECOND]
    assert [notice.rule for notice in made.notices] == ["source.hidden"]


def test_white_words_on_a_dark_ground_are_seen() -> None:
    paper = Paper()
    sheet = paper.sheet()
    y = prose(sheet, [FIRST, SECOND])
    sheet.box(LEFT - 5, y - 20, 300, 30, fill="0 0 0.6 rg")
    sheet.text(LEFT, y, "三、存在的主要问题", SIZE, color="1 g")
    made = parsed(paper)
    assert paragraphs(made)[-1] == "三、存在的主要问题"
    assert not made.notices


def test_radicals_of_a_font_become_characters() -> None:
    paper = Paper(said={"民": "⺠", "工": "⼯"})
    prose(paper.sheet(), [FIRST + "人民政府工作。", SECOND])
    assert paragraphs(parsed(paper))[0] == FIRST + "人民政府工作。"


def test_a_page_whose_characters_have_no_values_is_to_be_looked_at() -> None:
    paper = Paper(said={letter: chr(0xE000 + n) for n, letter in enumerate(sorted({*FIRST, *SECOND}))})
    prose(paper.sheet(), [FIRST, SECOND])
    with File("a.pdf", paper.save()) as file:
        assert is_picture(file.sheet(1))
    with pytest.raises(UnreadableReport) as caught:
        parsed(paper)
    assert caught.value.key == "no_ocr"  # type: ignore[attr-defined]


def test_a_table_is_a_grid_and_its_rows_are_lines_with_tabs() -> None:
    paper = Paper()
    sheet = paper.sheet()
    y = prose(sheet, [FIRST])
    for row, cells in enumerate((("信息内容", "本年制发件数"), ("规章", "3"), ("行政规范性文件", "12"))):
        for column, text in enumerate(cells):
            sheet.box(LEFT + column * 200, y + row * 30, 200, 30)
            sheet.text(LEFT + column * 200 + 10, y + row * 30 + 20, text, 12)
    made = parsed(paper)
    (grid,) = made.grids
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["信息内容", "本年制发件数"],
        ["规章", "3"],
        ["行政规范性文件", "12"],
    ]
    cell = grid.rows[2][1]
    assert made.text[cell.start : cell.end] == "12"
    assert "行政规范性文件\t12" in made.text
    assert paragraphs(made) == [FIRST]


def test_a_table_over_two_pages_is_one_grid_and_each_row_keeps_its_page() -> None:
    paper = Paper()
    for number in range(2):
        sheet = paper.sheet()
        for row in range(20):
            for column, text in enumerate((f"行{number}{row:02}", str(row))):
                sheet.box(LEFT + column * 200, 90 + row * 33, 200, 33)
                sheet.text(LEFT + column * 200 + 10, 110 + row * 33, text, 12)
        sheet.text(285, 800, f"- {number + 1} -", 9)
    made = parsed(paper)
    (grid,) = made.grids
    assert len(grid.rows) == 40
    assert made.pages[1] == grid.rows[20][0].start


@pytest.mark.parametrize(
    ("gaps", "text"),
    [
        ((0, 0, 0), "一二三四"),
        ((12, 12, 12), "一二三四"),
        ((0, 30, 0), "一二     三四"),
        ((0, 7, 0), "一二 三四"),
        ((0, 4, 0), "一二 三四"),
        ((0, 3, 0), "一二三四"),
        ((4, 4, 4), "一二三四"),
    ],
)
def test_gaps_are_worth_blanks_but_those_of_a_spread_word(gaps: tuple[float, ...], text: str) -> None:
    x, row = 0.0, []
    for letter, gap in zip("一二三四", (*gaps, 0), strict=True):
        row.append(Glyph(letter, x, 0, x + 12, 12, 12))
        x += 12 + gap
    assert said(row)[0] == text


def test_cells_that_nearly_touch_are_parted_where_a_column_begins() -> None:
    rows = [[Glyph("人", 60, y, 72, y + 12, 12), Glyph("4", 98, y, 104, y + 12, 12)] for y in (50, 80, 110)]
    tight = [Glyph("万", 72, 140, 84, 152, 12), Glyph("元", 84, 140, 96, 152, 12), Glyph("3", 98, 140, 104, 152, 12)]
    lines = [line.text for line in set_lines([*rows, tight], 1)]
    assert lines[3] == "万元 3"
    assert [line.text for line in set_lines([tight], 1)] == ["万元3"]


def test_doubtful_characters_are_told_by_their_places() -> None:
    glyphs = [Glyph(c, 50 + n * 12, 50, 62 + n * 12, 62, 12, sure=c != "8") for n, c in enumerate("公开信息58条")]
    made = document([Page(1, 595, 842, tuple(glyphs))], layout(), format="picture")
    assert [made.text[a:b] for a, b in made.unsure] == ["8"]


def test_doubtful_characters_of_a_cell_are_told_too() -> None:
    strokes = [Stroke(50, y, 250, y) for y in (50, 80, 110)] + [Stroke(x, 50, x, 110) for x in (50, 150, 250)]
    glyphs = [
        Glyph(text, x, y, x + 12, y + 12, 12, sure=text != "7")
        for x, y, text in ((60, 60, "甲"), (160, 60, "乙"), (60, 90, "3"), (160, 90, "7"))
    ]
    made = document([Page(1, 595, 842, tuple(glyphs), tuple(strokes))], layout(), format="picture")
    assert any(isinstance(block, Grid) for block in made.blocks)
    assert [made.text[a:b] for a, b in made.unsure] == ["7"]


def test_a_picture_without_text_asks_for_recognition() -> None:
    paper = Paper()
    sheet = paper.sheet()
    sheet.picture(_grey(), (8, 8), (0, 0, 595, 842))
    sheet.text(-300, 100, "页外的字", 12)
    with pytest.raises(UnreadableReport) as caught:
        parsed(paper)
    assert caught.value.key == "no_ocr"  # type: ignore[attr-defined]


def test_a_picture_beside_text_is_kept_in_mind() -> None:
    paper = Paper()
    sheet = paper.sheet()
    y = prose(sheet, [FIRST, SECOND])
    sheet.picture(_grey(), (8, 8), (90, y, 400, 200))
    sheet.picture(_grey(), (8, 8), (90, 20, 30, 30))
    made = parsed(paper)
    assert paragraphs(made) == [FIRST, SECOND]
    assert len(made.pictures) == 1


def test_the_layer_behind_a_scan_counts_only_as_doubtful_where_nothing_is_recognised() -> None:
    paper = Paper()
    sheet = paper.sheet()
    sheet.picture(_grey(), (8, 8), (0, 0, 595, 842))
    for number, line in enumerate(broken(FIRST)):
        sheet.text(LEFT, 120 + number * LEADING, line, SIZE, mode=UNSEEN)
    content = paper.save()
    with File("a.pdf", content) as file:
        eye = Eye(file, "a.pdf", Allowance(Limits(ocr=False), "a.pdf"))
        page = eye.page(file.sheet(1))
    assert page.glyphs
    assert not any(glyph.sure for glyph in page.glyphs)


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (lambda content: content[: len(content) // 2], "damaged"),
        (lambda content: b"%PDF-1.7\n" + bytes(500), "damaged"),
    ],
)
def test_what_is_damaged_says_so(spoil: Callable[[bytes], bytes], key: str) -> None:
    paper = Paper()
    prose(paper.sheet(), [FIRST, SECOND])
    with pytest.raises(UnreadableReport) as caught:
        read([("town/a.pdf", spoil(paper.save()))], layout())
    assert str(caught.value).startswith("town/a.pdf: ")
    assert caught.value.key == key  # type: ignore[attr-defined]


def test_more_pages_than_allowed_are_not_read() -> None:
    paper = Paper()
    for _ in range(3):
        prose(paper.sheet(), [FIRST])
    with pytest.raises(UnreadableReport) as caught:
        read([("a.pdf", paper.save())], layout(), Limits(pages=2))
    assert caught.value.key == "too_long"  # type: ignore[attr-defined]


def test_a_file_without_any_text_says_so() -> None:
    paper = Paper()
    sheet = paper.sheet()
    sheet.line(50, 50, 200, 50)
    sheet.text(-300, 100, "页外的字", 12)
    with pytest.raises(UnreadableReport) as caught:
        parsed(paper)
    assert caught.value.key == "no_text"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("title", "kept"), [(TITLE, TITLE), ("Microsoft Word - 新建文档1.doc", ""), ("", "")])
def test_the_title_of_the_metadata_counts_where_it_names_a_report(
    title: str, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(File, "title", title)
    paper = Paper()
    prose(paper.sheet(), [FIRST, SECOND])
    assert parsed(paper).title == kept


def _grey() -> bytes:
    """A small JPEG of light and dark."""
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.frombytes("L", (8, 8), bytes(range(0, 256, 4))).save(file, "JPEG")
    return file.getvalue()
