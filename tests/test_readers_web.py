"""Web pages: the body found without losing a paragraph or a table, and without the page's furniture."""

from __future__ import annotations

import re

import pytest
import trafilatura

from analyzer.document import Document
from analyzer.knowledge import layout as layouts
from analyzer.knowledge.schema import Source
from analyzer.readers import read, read_text
from tests.sites import FOOT, PARAGRAPHS, SHAPES, SIDE, SITES, STAMP, TITLE, page
from tests.test_readers import assert_places

LAYOUT = layouts.load(Source())


def document(text: str, encoding: str = "utf-8") -> Document:
    found = read([("a.html", text.encode(encoding))], LAYOUT)
    assert_places(found)
    return found


def blocks(inner: str) -> list[str]:
    found = read_text(f"<html><body>{inner}</body></html>", LAYOUT)
    assert_places(found)
    return [block.text for block in found.paragraphs]


def cells(inner: str) -> list[list[list[str]]]:
    found = read_text(f"<html><body><p>全年公开信息20条。</p>{inner}</body></html>", LAYOUT)
    assert_places(found)
    for grid in found.grids:
        assert all(found.text[cell.start : cell.end] == cell.text for row in grid.rows for cell in row)
    return [[[cell.text for cell in row] for row in grid.rows] for grid in found.grids]


@pytest.mark.parametrize("site", SITES)
def test_no_paragraph_and_no_table_is_lost_and_no_furniture_taken(site: str) -> None:
    found = document(SITES[site], "gb18030" if site == "columns" else "utf-8")
    said = [block.text for block in found.paragraphs if block.text != TITLE]
    assert said == list(PARAGRAPHS)
    assert [(len(grid.rows), len(grid.rows[0])) for grid in found.grids] == SHAPES
    assert [cell.text for cell in list(found.grids)[1].rows[4]][:4] == [
        "三、本年度办理结果",
        "（一）予以公开",
        "（一）予以公开",
        "5",
    ]
    assert [cell.text for cell in list(found.grids)[2].rows[3]] == [str(n) for n in range(15)]
    assert found.title == TITLE


@pytest.mark.parametrize("site", SITES)
def test_the_body_is_at_least_what_a_library_made_for_it_finds(site: str) -> None:
    theirs = trafilatura.extract(SITES[site], include_tables=True, favor_recall=True) or ""
    squeezed = re.sub(r"[\s|]", "", theirs)
    ours = re.sub(r"\s", "", document(SITES[site]).text)
    kept = [text for text in PARAGRAPHS if re.sub(r"\s", "", text) in squeezed]
    assert kept, "the library finds something of each page"
    assert not [text for text in kept if text not in ours]
    assert "防汛" not in ours
    assert "ICP" not in ours


def test_tables_and_prose_stand_in_reading_order() -> None:
    found = document(SITES["known"])
    order = ["table" if not hasattr(block, "pieces") else block.text for block in found.blocks]
    at = order.index("二、主动公开政府信息情况")
    assert order[at + 1 : at + 3] == ["table", "三、收到和处理政府信息公开申请情况"]


def test_the_title_beside_the_body_comes_first_once() -> None:
    for site in ("known", "columns", "split", "bare"):
        said = [block.text for block in document(SITES[site]).paragraphs]
        assert said[0] == TITLE
        assert said.count(TITLE) == 1


def test_title_and_day_as_the_page_states_them() -> None:
    head = "<meta name='ArticleTitle' content='甲局年度报告'><meta name='PubDate' content='2022-01-19 09:00:11'>"
    stated = document(page(f"<div id='zoom'><p>{'。'.join(PARAGRAPHS)}</p></div>", head=head))
    assert (stated.title, stated.published) == ("甲局年度报告", "2022-01-19")
    assert document(SITES["known"]).published == "2022-01-20"
    assert document(SITES["columns"]).published == "2022-01-20"
    assert document(SITES["boxes"]).published == ""


def test_hidden_text_is_left_out_and_noticed() -> None:
    inner = (
        "<p>全年公开信息20条。</p><div style='DISPLAY: none'>全年公开信息900条。</div>"
        "<p>收到申请<span style='visibility:hidden'>三</span>2件<span hidden>另有五件</span>。</p>"
    )
    found = document(page(f"<div id='zoom'>{inner}</div>"))
    assert [block.text for block in found.paragraphs] == ["全年公开信息20条。", "收到申请2件。"]
    assert [notice.rule for notice in found.notices] == ["source.hidden"] * 2
    assert "900" not in found.text


def test_a_report_that_a_script_unhides_is_read() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    found = document(f"<html><body><div id='zoom' style='display:none'>{text * 2}</div></body></html>")
    assert [block.text for block in found.paragraphs] == list(PARAGRAPHS * 2)


def test_pictures_and_attachments_are_places_and_ornaments_are_not() -> None:
    inner = (
        "<p>如图所示，全年公开信息20条。</p><p><img src='/upload/2021/table.png'></p><p>以上。</p>"
        "<img src='/images/icon_doc.gif'><img src='/a.jpg' width='16' height='16'>"
        "<p><a href='/files/2021.pdf?x=1'>附件：统计表</a></p><iframe src='/viewer/report.pdf'></iframe>"
        "<p><a href='/c/index.html'>更多</a></p>"
    )
    found = document(page(f"<div id='zoom'>{inner}</div>"))
    assert [found.text[place : place + 2] for place in found.pictures][:2] == ["以上", "附件"]
    assert len(found.pictures) == 3


def test_headings_and_bold_paragraphs_are_known() -> None:
    inner = (
        "<h2>一、总体情况</h2><p><strong>（一）</strong><b>主动公开</b></p><p><b>全年</b>公开信息20条。</p>"
        "<p style='font-weight:bold'>二、其他</p>"
    )
    found = read_text(f"<html><body>{inner}</body></html>", LAYOUT)
    assert [(block.text, block.level, block.bold) for block in found.paragraphs] == [
        ("一、总体情况", 2, True),
        ("（一）主动公开", 0, True),
        ("全年公开信息20条。", 0, False),
        ("二、其他", 0, True),
    ]


def test_blanks_of_the_source_are_no_blanks_of_the_text() -> None:
    inner = "<p>\n  全年\n  公开 信息&nbsp;20\n条\n</p><p>　　&nbsp;2021 年\n</p><p>&nbsp;</p><pre>甲\n乙</pre>"
    assert blocks(inner) == ["全年公开 信息\xa020条", "2021 年", "甲", "乙"]


def test_paragraphs_cut_by_a_fixed_width_are_whole_again() -> None:
    lines = [
        "全县各级行政机关认真落实政府信息公开条例，坚持以公",
        "开为常态、不公开为例外，全年通过门户网站主动公开政府",
    ] * 5
    inner = "".join(f"<p>{line}</p>" for line in [*lines, "信息1203条。", "二、其他", "无。"])
    assert blocks(inner) == ["".join(lines) + "信息1203条。", "二、其他", "无。"]


def test_a_page_number_between_paragraphs_does_not_cut_a_sentence() -> None:
    inner = "<p>我局坚持依法公开，全年共公开信</p><p>- 3 -</p><p>息20条，均已上网。</p><p>二、其他……… 4</p><p>无。</p>"
    assert blocks(inner) == ["我局坚持依法公开，全年共公开信息20条，均已上网。", "无。"]


def test_paragraphs_that_the_page_marks_are_not_joined_for_a_missing_point() -> None:
    inner = "<p>主动公开信息20条，其中网站15条</p><p>未收到政府信息公开申请，未收取费用。</p>"
    assert len(blocks(inner)) == 2


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<tr><th>内容<th>件数<tr><td>规章<td>3", [["内容", "件数"], ["规章", "3"]]),
        (
            "<tr><td rowspan=9>全部</td><td>1</td></tr><tr><td>2</td></tr>",
            [["全部", "1"], ["全部", "2"]],
        ),
        (
            "<tr><td rowspan='0'>全部</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr>",
            [["全部", "1"], ["全部", "2"], ["全部", "3"]],
        ),
        ("<tr><td colspan=1000>标题</td></tr><tr><td>1</td><td>2</td></tr>", [["标题", "标题"], ["1", "2"]]),
        ("<tr><td>1</td><td>2</td></tr><tr><td>3</td></tr>", [["1", "2"], ["3", ""]]),
        (
            "<tr><td>三<br>、<br>结<br>果</td><td>1<br>2</td></tr><tr><td>规章</td><td>3</td></tr>",
            [["三、结果", "1 2"], ["规章", "3"]],
        ),
        (
            "<tr><td>规\n  章</td><td>&nbsp;12 </td></tr><tr><td>文件</td><td><p></p></td></tr>",
            [["规章", "12"], ["文件", ""]],
        ),
        (
            "<thead><tr><td>内容</td><td>数</td></tr></thead><tfoot><tr><td>计</td><td>3</td></tr></tfoot>",
            [["内容", "数"], ["计", "3"]],
        ),
        (
            "<tr><td>规章</td><td style='display:none'>9</td><td>3</td></tr><tr><td>文件</td><td>4</td></tr>",
            [["规章", "3"], ["文件", "4"]],
        ),
    ],
)
def test_tables_expand_to_grids(table: str, expected: list[list[str]]) -> None:
    assert cells(f"<table>{table}</table>") == [expected]


def test_a_layout_table_is_no_grid_but_tables_in_it_are() -> None:
    inner = (
        "<table><tr><td>一、总体情况</td></tr><tr><td><table><tr><td>规章</td><td>3</td></tr></table></td></tr></table>"
    )
    assert cells(inner) == [[["规章", "3"]]]
    small = "<table><tr><td>规章</td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr>"
    small += "<tr><td>文件</td><td>3</td></tr><tr><td>许可</td><td>4</td></tr><tr><td>处罚</td><td>5</td></tr></table>"
    assert cells(small) == [[["规章", "1 2"], ["文件", "3"], ["许可", "4"], ["处罚", "5"]]]
    form = f"<table><tr><td>总体情况</td><td>{'全年依法公开政府信息，内容真实。' * 30}</td></tr></table>"
    assert cells(form) == []


def test_what_surrounds_the_body_never_becomes_a_paragraph() -> None:
    inner = f"{STAMP}<p>一、总体情况</p><p>全年公开信息20条。</p><p>上一篇：没有了</p><p>【打印】 【关闭】</p>"
    assert blocks(f"{SIDE}<div>{inner}</div>{FOOT}") == ["一、总体情况", "全年公开信息20条。"]


def test_a_short_report_keeps_its_last_heading_and_its_zero() -> None:
    inner = "<h3>一、总体情况</h3><p>全年公开信息20条，未收到申请。</p><h3>二、其他</h3><p>无</p>"
    assert blocks(f"<div>{SIDE}<div class='q'>{inner}</div></div>{FOOT}") == [
        "一、总体情况",
        "全年公开信息20条，未收到申请。",
        "二、其他",
        "无",
    ]


def test_a_page_nested_without_end_is_read() -> None:
    inner = "<font>" * 3000 + "全年公开信息20条。" + "<div>" * 1500 + "二、其他"
    assert blocks(inner)[0] == "全年公开信息20条。"


def test_a_broken_page_is_read_as_far_as_it_goes() -> None:
    assert blocks("<p>全年公开信息20条。<p>二、其他<div><p>无。</span></b>") == [
        "全年公开信息20条。",
        "二、其他",
        "无。",
    ]
    assert blocks("<!-- x --><p>全年公开<!-- y -->信息20条。</p>") == ["全年公开信息20条。"]
