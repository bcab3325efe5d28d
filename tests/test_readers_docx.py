"""Word files: what a reader of the page sees, from the XML that Word, WPS and LibreOffice write."""

import time
from typing import Any

import pytest

from analyzer import knowledge
from analyzer.document import Block, Document
from analyzer.errors import UnreadableReport
from analyzer.readers import Limits, read
from analyzer.readers.pages.model import Glyph, Page, Stroke
from tests import wordkit as kit
from tests.wordkit import box, cell, field, level, listed, lists, para, picture, run, table, word

LAYOUT = knowledge.load().layout


def opened(content: bytes, limits: Limits | None = None) -> Document:
    return read([("a.docx", content)], LAYOUT, limits or Limits(ocr=False))


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in opened(word(body, **parts)).paragraphs]


def rows(body: str) -> list[list[str]]:
    (grid,) = opened(word(body)).grids
    return [[each.text for each in row] for row in grid.rows]


def test_a_paragraph_is_a_line_and_its_place_gives_its_text() -> None:
    document = opened(
        word(para("一、总体情况") + para() + para("全年公开信息", inside=run("12", "<w:b/>") + run("条。")))
    )
    assert document.text == "一、总体情况\n全年公开信息12条。"
    assert document.format == "docx"
    for block in document.paragraphs:
        assert document.text[block.start : block.end] == block.text


def test_a_line_break_ends_the_line_but_not_in_the_middle_of_a_sentence() -> None:
    broken = run("全年主动公开政府信息共计一百条，") + "<w:r><w:br/></w:r>" + run("比上年增加十条。")
    assert texts(para(inside=broken)) == ["全年主动公开政府信息共计一百条，比上年增加十条。"]
    pasted = run("一、总体情况") + "<w:r><w:br/></w:r>" + run("全年公开十条。")
    assert texts(para(inside=pasted)) == ["一、总体情况", "全年公开十条。"]


def test_tabs_behind_an_ordinal_go_and_a_line_end_in_the_file_is_a_blank() -> None:
    tabbed = run("一、") + "<w:r><w:tab/></w:r>" + run("总体情况")
    assert texts(para(inside=tabbed) + para("公开\n信息")) == ["一、总体情况", "公开 信息"]


# Headings


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="my"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="black"/>'
    '<w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="t1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="character" w:styleId="hid"><w:name w:val="hid"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def styled(key: str, text: str, more: str = "") -> str:
    return para(text, f'<w:pStyle w:val="{key}"/>{more}')


@pytest.mark.parametrize(
    ("paragraph", "expected", "bold"),
    [
        (styled("1", "总体情况"), 1, True),
        (styled("x", "总体情况"), 1, True),
        (styled("h", "总体情况"), 0, True),
        (styled("gone", "总体情况"), 0, False),
        (styled("a", "总体情况", '<w:outlineLvl w:val="1"/>'), 2, False),
        (styled("1", "总体情况", '<w:outlineLvl w:val="9"/>'), 0, True),
        (styled("1", "总体情况" * 30), 0, True),
        (para(inside=run("总体", "<w:b/>") + run("情况", '<w:b w:val="0"/>')), 0, False),
        (para(inside=run("总体情况", '<w:rFonts w:eastAsia="方正小标宋简体"/>')), 0, True),
        (para("", '<w:pStyle w:val="1"/>', run("情况", '<w:b w:val="false"/>')), 1, False),
        (para("", '<w:pStyle w:val="h"/>', run("情况", '<w:rFonts w:eastAsia="仿宋"/>')), 0, False),
    ],
)
def test_a_heading_is_known_by_its_style_and_by_its_look(paragraph: str, expected: int, bold: bool) -> None:
    (block,) = opened(word(paragraph, styles=STYLES)).paragraphs
    assert (block.level, block.bold) == (expected, bold)


# Numbers that Word makes


def test_numbers_of_chinese_lists_are_counted_level_by_level() -> None:
    numbering = lists(
        level(0, "chineseCountingThousand", "%1、")
        + level(1, "chineseCounting", "（%2）")
        + level(2, "decimal", "%3.")
        + level(3, "decimalEnclosedCircleChinese", "%4")
    )
    body = (
        listed("总体", 1)
        + listed("公开", 1, 1)
        + listed("申请", 1, 1)
        + listed("网站", 1, 2)
        + listed("政务", 1, 3)
        + listed("政府", 1, 3)
        + listed("问题", 1)
        + listed("不足", 1, 1)
    )
    assert texts(body, numbering=numbering) == [
        "一、总体",
        "（一）公开",
        "（二）申请",
        "1. 网站",
        "①政务",
        "②政府",
        "二、问题",
        "（一）不足",
    ]


def test_a_list_starts_anew_where_it_says_so_and_else_goes_on() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    numbering = lists(level(0, "chineseCounting", "%1是"), more=more)
    body = listed("甲", 1) + listed("乙", 2) + listed("丙", 3) + listed("丁", 3) + listed("无", 0)
    assert texts(body, numbering=numbering) == ["一是甲", "二是乙", "一是丙", "二是丁", "无"]


def test_legal_numbering_start_and_restart() -> None:
    numbering = lists(
        level(0, "chineseCounting", "第%1部分", '<w:suff w:val="space"/>')
        + level(1, "decimal", "%1.%2", "<w:isLgl/>")
        + level(2, "decimal", "%3)", '<w:lvlRestart w:val="0"/>')
    )
    body = "".join(listed("项", 1, n) for n in (0, 1, 2, 0, 1, 2))
    assert texts(body, numbering=numbering) == ["第一部分 项", "1.1 项", "1)项", "第二部分 项", "2.1 项", "2)项"]


def test_a_style_numbers_its_paragraphs() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = lists(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>')
        + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>')
    )
    body = styled("1", "总体") + styled("2", "公开") + styled("2", "申请") + styled("1", "问题")
    body += styled("1", "附", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    assert texts(body, styles=styles, numbering=numbering) == ["一、总体", "（一）公开", "（二）申请", "二、问题", "附"]


def test_bullets_are_no_text_and_a_number_behind_digits_stays_apart() -> None:
    numbering = lists(level(0, "bullet", "\uf06c"), level(0, "decimal", "%1."))
    assert texts(listed("公开", 1) + listed("2021年", 2), numbering=numbering) == ["公开", "1. 2021年"]
    assert texts(listed("公开", 1), numbering=lists(level(0, "chineseCounting", "%1?"))) == ["一、公开"]


@pytest.mark.parametrize(
    ("form", "value", "said"),
    [
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("taiwaneseCounting", 12, "十二"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("ideographDigital", 12, "一二"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalFullWidth", 12, "１２"),
        ("upperRoman", 14, "XIV "),
        ("lowerLetter", 27, "aa "),
        ("decimalZero", 7, "07 "),
        ("somethingNew", 7, "7 "),
    ],
)
def test_formats_of_numbers(form: str, value: int, said: str) -> None:
    start = level(0, form, "%1").replace('w:start w:val="1"', f'w:start w:val="{value}"')
    assert texts(listed("项", 1), numbering=lists(start)) == [f"{said}项"]


# Tables


def test_cells_merged_across_and_down() -> None:
    body = table(
        cell("申请人情况", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>')
        + cell("合计", '<w:gridSpan w:val="2"/>'),
        cell("", '<w:gridSpan w:val="2"/><w:vMerge/>') + cell("自然人") + cell("总计"),
        cell("一、", '<w:vMerge w:val="restart"/>') + cell("（一）") + cell("1") + cell("2"),
        cell("", '<w:vMerge w:val="continue"/>') + cell("（二）") + cell("3") + cell("4"),
    )
    assert rows(body) == [
        ["申请人情况", "申请人情况", "合计", "合计"],
        ["申请人情况", "申请人情况", "自然人", "总计"],
        ["一、", "（一）", "1", "2"],
        ["一、", "（二）", "3", "4"],
    ]


def test_rows_that_begin_or_end_within_the_grid() -> None:
    body = table(
        cell("甲") + cell("乙") + cell("丙"),
        '<w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>' + cell("2"),
        cell("甲二", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>") + cell("3"),
    )
    assert rows(body) == [["甲", "乙", "丙"], ["", "2", ""], ["甲二", "甲二", "3"]]


def test_widths_tell_the_columns_where_the_spans_do_not() -> None:
    def wide(text: str, width: int) -> str:
        return cell(text, f'<w:tcW w:w="{width}" w:type="dxa"/>')

    body = table(
        wide("指标", 2000) + wide("数量", 4010),
        wide("公报", 2000) + wide("1", 2000) + wide("2", 2000),
    )
    assert rows(body) == [["指标", "数量", "数量"], ["公报", "1", "2"]]


def test_lines_of_a_cell_are_put_together_and_numbers_stay_apart() -> None:
    body = table(cell("（四）无\n法提供") + cell("1\n2"), cell("本\n年") + cell(" 3 "))
    assert rows(body) == [["（四）无法提供", "1 2"], ["本年", "3"]]


def test_numbers_of_lists_in_cells_count_in_the_order_of_the_file() -> None:
    numbering = lists(level(0, "chineseCounting", "（%1）"))
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'

    def numbered(text: str) -> str:
        return f"<w:tc>{para(text, item)}</w:tc>"

    body = table(numbered("予以公开") + cell("1"), numbered("部分公开") + cell("2"))
    (grid,) = opened(word(body, numbering=numbering)).grids
    assert [row[0].text for row in grid.rows] == ["（一）予以公开", "（二）部分公开"]


def test_rows_in_content_controls_and_deleted_rows() -> None:
    inner = f"<w:tr>{cell('乙')}{cell('2')}</w:tr>"
    body = table(
        cell("甲") + cell("1"),
        "<w:trPr><w:del/></w:trPr>" + cell("旧") + cell("9"),
    ).replace("</w:tbl>", f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt></w:tbl>")
    assert rows(body) == [["甲", "1"], ["乙", "2"]]


def test_a_table_that_only_frames_the_text_is_text() -> None:
    inside = para("全年公开十条。") + table(cell("甲") + cell("1"), cell("乙") + cell("2"))
    document = opened(word(table(cell("", inside=inside))))
    assert [block.text for block in document.paragraphs] == ["全年公开十条。"]
    assert [[each.text for each in row] for grid in document.grids for row in grid.rows] == [["甲", "1"], ["乙", "2"]]


@pytest.mark.parametrize(
    ("place", "first"),
    [
        ('<w:tblpPr w:vertAnchor="text" w:tblpY="620"/>', "三、申请"),
        ('<w:tblpPr w:vertAnchor="text" w:tblpY="20"/>', "甲"),
        ('<w:tblpPr w:vertAnchor="page" w:tblpY="3200"/>', "甲"),
        ("", "甲"),
    ],
)
def test_a_table_set_below_the_line_that_it_hangs_on_stands_behind_it(place: str, first: str) -> None:
    framed = table(cell("甲") + cell("1")).replace("<w:tbl>", f"<w:tbl><w:tblPr>{place}</w:tblPr>")
    document = opened(word(framed + para("三、申请") + para("四、复议")))
    assert document.text.split("\n")[0].split("\t")[0] == first
    assert [block.text for block in document.paragraphs] == ["三、申请", "四、复议"]


def test_the_sign_for_something_drawn_is_no_text() -> None:
    assert texts(para("收到\ufffc申请") + para("\ufffc")) == ["收到申请"]
    assert opened(word(para("收到\ufffc申请"))).pictures == ()
    assert len(opened(word(para("收到申请") + para(" \ufffc"))).pictures) == 1


def test_a_table_in_a_cell_is_text_of_the_cell_or_a_table_of_its_own() -> None:
    small = table(cell("本年") + cell("新收"))
    assert rows(table(cell("", inside=small) + cell("1"), cell("乙") + cell("2"))) == [["本年新收", "1"], ["乙", "2"]]
    large = table(cell("子") + cell("3"), cell("丑") + cell("4"))
    wordy = cell("这一格里说了一些话，还有一张小表")
    body = table(wordy + cell("", inside=large), cell("乙在这里也说了一些话") + cell("2"))
    found = [[[each.text for each in row] for row in grid.rows] for grid in opened(word(body)).grids]
    assert found[1] == [["子", "3"], ["丑", "4"]]
    assert found[0][1] == ["乙在这里也说了一些话", "2"]


# What is shown and what is not


def test_tracked_changes_are_read_as_accepted() -> None:
    body = para(
        "公开",
        inside=f'<w:del w:id="1"><w:r><w:delText>12</w:delText></w:r></w:del><w:ins w:id="2">{run("15")}</w:ins>'
        f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('条')}</w:moveTo>",
    )
    assert texts(body) == ["公开15条"]


def test_a_deleted_end_of_paragraph_joins_the_next() -> None:
    body = para("全年公开", "<w:rPr><w:del/></w:rPr>") + para("信息十条。") + para("末", "<w:rPr><w:del/></w:rPr>")
    assert texts(body) == ["全年公开信息十条。", "末"]


def test_a_paragraph_that_is_deleted_whole_is_not_counted() -> None:
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = para("", f"{item}<w:rPr><w:del/></w:rPr>", "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>")
    unseen = para("", f"{item}<w:rPr><w:vanish/></w:rPr>", run("旧", "<w:vanish/>"))
    numbering = lists(level(0, "chineseCounting", "%1、"))
    assert texts(listed("甲", 1) + gone + listed("乙", 1) + unseen + listed("丙", 1), numbering=numbering) == [
        "一、甲",
        "二、乙",
        "三、丙",
    ]


def test_hidden_and_struck_text_is_noticed_and_left_out() -> None:
    document = opened(word(para("公开", inside=run("看不见的", "<w:vanish/>") + run("12", "<w:strike/>") + run("13"))))
    assert document.text == "公开13"
    assert [notice.rule for notice in document.notices] == ["source.hidden"]
    assert texts(para("公开", inside=run("白字", '<w:color w:val="FFFFFF"/>'))) == ["公开"]
    white = para(inside=run("1", '<w:color w:val="FFFFFF"/>'))
    assert rows(table(cell("甲") + f"<w:tc>{white}</w:tc>")) == [["甲", "1"]]
    assert texts(para(inside=run("隐", '<w:rStyle w:val="hid"/>') + run("显")), styles=STYLES) == ["显"]


def test_fields_give_their_result_and_contents_are_left_out() -> None:
    assert texts(para("共", inside=field(" =SUM(ABOVE) ", run("12")) + run("件"))) == ["共12件"]
    assert texts(para(inside=field(r"eq \o\ac(○,3)") + run("网站"))) == ["③网站"]
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    begin += f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("一、总体情况")}'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = para("目 录") + para(inside=begin) + para("二、公开1") + para(inside=end)
    assert texts(body + para("一、总体情况，全年公开十条。")) == ["一、总体情况，全年公开十条。"]
    assert texts(para(inside=begin) + para("全年公开政府信息十条。") + para(inside=end)) == [
        "一、总体情况",
        "全年公开政府信息十条。",
    ]


def test_a_field_that_never_ends_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    assert texts(para(inside=begin) + para("全年公开十条。")) == ["全年公开十条。"]


def test_contents_by_style_and_by_content_control() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{para('一、总体')}</w:sdtContent></w:sdt>"
    )
    assert texts(control + styled("t1", "一、总体 1") + para("正文"), styles=STYLES) == ["正文"]
    held = f"<w:sdt><w:sdtContent>{para('县政府')}</w:sdtContent></w:sdt>"
    assert texts(held) == ["县政府"]


def test_a_text_box_is_read_once_and_before_the_first_text() -> None:
    body = para("全年公开十条。", inside=box(para("某县政府信息公开年度报告")))
    assert texts(body) == ["某县政府信息公开年度报告", "全年公开十条。"]
    assert texts(para("全年。") + para("其中：", inside=box(para("框中")))) == ["全年。", "其中：", "框中"]


def test_footnotes_stand_below_their_paragraph() -> None:
    notes = f'<w:footnote w:id="-1">{para("线")}</w:footnote><w:footnote w:id="2">{para("含电话咨询。")}</w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = para("咨询10", inside=mark + run("次。")) + para("后文")
    assert texts(body, footnotes=notes) == ["咨询10次。", "含电话咨询。", "后文"]


def test_signs_equations_and_ruby() -> None:
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:noBreakHyphen/><w:softHyphen/></w:r>'
    ruby = f"<w:r><w:ruby><w:rt>{run('gong')}</w:rt><w:rubyBase>{run('公')}</w:rubyBase></w:ruby></w:r>"
    maths = "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"
    raised = run("12") + run("3", '<w:vertAlign w:val="superscript"/>')
    assert texts(para(inside=symbol + ruby + maths + raised)) == ["✓-公x+112³"]


def test_pictures_as_large_as_tables_are_noticed() -> None:
    text = para("二、公开情况如下表所示：")
    assert opened(word(text + para(inside=picture()))).pictures == (len("二、公开情况如下表所示：") + 1,)
    assert opened(word(text + para(inside=picture(wide=1_500_000, high=1_500_000)))).pictures == ()
    assert opened(word(text + para(inside=picture(high=30_000)))).pictures == ()
    old = '<w:r><w:pict><v:shape style="width:400pt;height:200pt"><v:imagedata r:id="rId9"/></v:shape></w:pict></w:r>'
    assert len(opened(word(text + para(inside=old))).pictures) == 1
    sheet = '<w:r><w:object><v:shape style="width:14cm;height:8cm"/><o:OLEObject r:id="rId9"/></w:object></w:r>'
    assert len(opened(word(text + para(inside=sheet))).pictures) == 1


# The package


def test_other_names_of_parts_and_characters_that_xml_forbids() -> None:
    assert opened(word(para("全年\x0b公开。&#x1;"), main="word/document2.xml")).text == "全年公开。"


def test_strict_namespaces() -> None:
    from analyzer.readers.docx.package import STRICT

    inside = f'<w:document xmlns:w="{STRICT[0][0].decode()}"><w:body>{para("全年公开。")}</w:body></w:document>'
    content = kit.packed({"word/document.xml": inside})
    assert opened(content).text == "全年公开。"


def test_the_title_of_the_properties_counts_where_it_is_a_reports() -> None:
    body = para("全年公开。")
    assert opened(word(body, core="某县2021年政府信息公开工作年度报告")).title.startswith("某县2021")
    assert opened(word(body, core="关于开会的通知")).title == ""


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (word(""), "no_text"),
        (word(para(inside=picture())), "picture"),
        (kit.packed({"word/document.xml": "<w:document"}), "damaged"),
        (kit.packed({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "damaged"),
        (kit.packed({"word/other.xml": "<x/>"}), "damaged"),
        (word(para("公开" * 50)).replace(b"\x50\x4b\x01\x02", b"\x50\x4b\x09\x09"), "damaged"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, key: str) -> None:
    from analyzer.readers.docx import read as read_word
    from analyzer.readers.limits import Allowance

    with pytest.raises(UnreadableReport) as caught:
        read_word("a.docx", content, LAYOUT, Allowance(Limits(ocr=False), "a.docx"))
    assert getattr(caught.value, "key", "") == key


def test_what_unpacks_to_more_than_is_allowed_is_not_unpacked() -> None:
    content = word(para("公" * 3_000_000))
    assert len(content) < 2**20
    with pytest.raises(UnreadableReport, match="more than 1 MB"):
        opened(content, Limits(ocr=False, megabytes=1))


def test_a_long_file_costs_no_more_than_its_length() -> None:
    body = "".join(para(f"第{n}段公开信息十条。") for n in range(4000))
    start = time.process_time()
    document = opened(word(body))
    assert time.process_time() - start < 4
    assert sum(isinstance(block, Block) for block in document.blocks) == 4000


# What a file holds besides its own text


def part(path: str, kind: str) -> str:
    return f'<Relationship Id="rId9" Type="{kit.NAMES["r"]}/{kind}" Target="{path}"/>'


def test_another_document_in_the_file_stands_where_it_is_put() -> None:
    chunk = "<html><body><p>二、公开情况。</p><table><tr><td>甲</td><td>1</td></tr></table></body></html>".encode()
    body = para("一、总体情况") + '<w:altChunk r:id="rId9"/>' + para("三、问题")
    content = word(body, parts={"word/a.htm": chunk}, related=part("a.htm", "aFChunk"))
    document = opened(content)
    assert document.text == "一、总体情况\n二、公开情况。\n甲\t1\n三、问题"
    assert [block.text for block in document.paragraphs] == ["一、总体情况", "二、公开情况。", "三、问题"]
    for grid in document.grids:
        assert [document.text[c.start : c.end] for c in grid.rows[0]] == ["甲", "1"]


def workbook(rows: list[list[str | int]]) -> bytes:
    import io

    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def sheet_in(body: str, rows: list[list[str | int]]) -> Document:
    inside = '<w:r><w:object><v:shape style="width:14cm;height:8cm"/><o:OLEObject r:id="rId9"/></w:object></w:r>'
    parts = {"word/embeddings/b.xlsx": workbook(rows)}
    related = part("embeddings/b.xlsx", "package")
    return opened(word(para("二、公开情况", inside=inside) + body, parts=parts, related=related))


def test_a_sheet_in_the_file_is_read_where_the_file_has_not_all_tables_itself() -> None:
    figures: list[list[str | int]] = [["指标", "数量"], *([f"项{n}", n] for n in range(12))]
    document = sheet_in(para("三、问题"), figures)
    assert [row[1].text for grid in document.grids for row in grid.rows][:3] == ["数量", "0", "1"]
    assert document.pictures == ()
    assert [block.text for block in document.paragraphs][-1] == "三、问题"
    document = sheet_in(figures_in_rows(12), figures)
    assert len(list(document.grids)) == 2
    document = sheet_in(figures_in_rows(45), figures)
    assert len(list(document.grids)) == 1
    assert len(document.pictures) == 1


def figures_in_rows(count: int) -> str:
    return table(*(cell("甲") + cell(str(n)) for n in range(count)))


def test_a_scan_put_into_word_says_why_it_is_not_read() -> None:
    content = word(para(inside=picture()), parts={"word/a.png": b"\x89PNG\r\n\x1a\n"}, related=part("a.png", "image"))
    with pytest.raises(UnreadableReport) as caught:
        opened(content, Limits(ocr=False))
    assert getattr(caught.value, "key", "") == "no_ocr"


def drawn_table(image: Any, *, number: int, width: float, height: float, **_: Any) -> Page:
    """What a recogniser gives for a picture of a ruled table of 12 by 2 cells."""
    glyphs = [
        Glyph(text, x, 20 * n + 5, x + 10, 20 * n + 15, 10, sure=text != "7")
        for n in range(12)
        for text, x in (("甲", 10.0), (str(n), 110.0))
    ]
    level = [Stroke(0, 20.0 * n, 200, 20.0 * n) for n in range(13)]
    upright = [Stroke(x, 0, x, 240) for x in (0.0, 100.0, 200.0)]
    return Page(number, width, height, tuple(glyphs), (*level, *upright))


def png(mode: str = "RGB") -> bytes:
    import io

    pictures = pytest.importorskip("PIL.Image")
    out = io.BytesIO()
    pictures.new(mode, (40, 20)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "1"])
def test_a_table_that_is_a_picture_is_recognised_where_it_stands(monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    monkeypatch.setattr("analyzer.readers.scans.recognise", drawn_table)
    body = para("二、公开情况") + para(inside=picture()) + para("三、问题")
    content = word(body, parts={"word/a.png": png(mode)}, related=part("a.png", "image"))
    document = opened(content, Limits())
    (grid,) = document.grids
    assert [[each.text for each in row] for row in grid.rows][3] == ["甲", "3"]
    assert document.text.index("二、公开情况") < grid.start < document.text.index("三、问题")
    assert [document.text[a:b] for a, b in document.unsure] == ["7"]
    assert document.pictures == ()


def test_a_picture_beside_all_tables_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.readers.scans.recognise", None)
    content = word(
        figures_in_rows(45) + para(inside=picture()), parts={"word/a.png": png()}, related=part("a.png", "image")
    )
    assert len(opened(content, Limits()).pictures) == 1


def test_a_picture_too_large_to_draw_is_passed_over_but_told_where_it_is_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.readers.scans.recognise", drawn_table)
    kept: dict[str, Any] = {"parts": {"word/a.png": png()}, "related": part("a.png", "image")}
    text = para("全年公开政府信息十条。" * 20)
    assert len(opened(word(text + para(inside=picture()), **kept), Limits(megapixels=0)).pictures) == 1
    with pytest.raises(UnreadableReport, match="megapixels"):
        opened(word(para("公开", inside=picture()), **kept), Limits(megapixels=0))
