"""Plain text: paragraphs joined again, page furniture left out, tables set with tabs and blanks."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.document import Document
from analyzer.knowledge import layout as layouts
from analyzer.knowledge.schema import Source
from analyzer.readers import read_text
from tests.test_readers import assert_places

LAYOUT = layouts.load(Source())
SENTENCES = (
    "全县各级行政机关认真落实政府信息公开条例，坚持以公开为常态、不公开为例外。",
    "通过政府门户网站主动公开政府信息1203条，其中机构职能类21条、规划计划类36条。",
    "全年共收到政府信息公开申请12件，上年结转2件，均在法定期限内办结！",
    "举办政务公开业务培训班2期，培训人员86人次；召开新闻发布会3场。",
    "公开的及时性还有待提高（主要是部分乡镇更新较慢），解读形式还不够丰富。",
    "严格执行《政府信息公开保密审查制度》，未发生失泄密事件。",
)
PARAGRAPHS = st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=6, unique=True).map("".join)
ORDINALS = (*"一二三四五六七八九十", "十一", "十二")
NUMBERS = ("- {} -", "—{}—", "－ {} －", "第 {} 页 共 9 页", "第{}页", "{}", "{} / 9", "Page {} of 9")


def blocks(text: str) -> list[str]:
    document = read_text(text, LAYOUT)
    assert_places(document)
    return [block.text for block in document.paragraphs]


def grids(text: str) -> list[list[list[str]]]:
    document = read_text(text, LAYOUT)
    assert_places(document)
    return [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids]


def wrap(paragraph: str, columns: int, indent: int) -> list[str]:
    """A paragraph in lines of at most `columns` columns, the first one set in, as a page's text is printed."""
    lines, room = [" " * indent], columns - indent
    for part in re.findall(r"[\x21-\x7e]+|.", paragraph):
        width = len(part.encode("gbk"))
        if width > room and part not in "，。；！、）》":
            lines.append("")
            room = columns
        lines[-1] += part
        room -= width
    return lines


def paged(lines: list[str], number: str, head: str = "", size: int = 24) -> str:
    pages = [lines[start : start + size] for start in range(0, len(lines), size)]
    return "".join(
        f"{head}\n\n{chr(10).join(page)}\n\n{' ' * 20}{number.format(n)}\n\f" for n, page in enumerate(pages, start=1)
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(PARAGRAPHS, min_size=6, max_size=12),
    st.sampled_from([52, 56, 64, 76]),
    st.sampled_from(NUMBERS),
    st.sampled_from(["", "某县人民政府办公室文件"]),
)
def test_wrapped_pages_give_back_the_paragraphs(paragraphs: list[str], columns: int, number: str, head: str) -> None:
    headings = [f"{ordinal}、第{ordinal}方面的工作情况" for ordinal in ORDINALS]
    expected = [text for pair in zip(headings, paragraphs, strict=False) for text in pair]
    lines = [line for text in expected for line in wrap(text, columns, 4)]
    assert blocks(paged(lines, number, head)) == [head, *expected] if head else expected


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(PARAGRAPHS, min_size=6, max_size=12), st.sampled_from([52, 56, 76]), st.sampled_from(NUMBERS[:5]))
def test_text_without_any_indent_keeps_every_sentence_whole(paragraphs: list[str], columns: int, number: str) -> None:
    headings = [f"{ordinal}、第{ordinal}方面的工作情况" for ordinal in ORDINALS]
    expected = [text for pair in zip(headings, paragraphs, strict=False) for text in pair]
    lines = [line.lstrip() for text in expected for line in wrap(text, columns, 4)]
    found = blocks(paged(lines, number).replace(" ", ""))
    assert "".join(found) == "".join(expected).replace(" ", "")
    assert [text for text in found if text in headings] == headings[: len(paragraphs)]
    for sentence in SENTENCES:
        whole = sum(text.count(sentence) for text in paragraphs)
        assert sum(text.count(sentence) for text in found) == whole


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("坚持“应公开尽公开”、“能", "上网的尽上网”，及时发布信息。"),
        ("二是有序推动办公会", "议开放，邀请公众代表列席，听取意见。"),
        ("共开展“政府开放日”1次，发", "布转办件办结信息13条。"),
        ("目前，已形成以围绕县", "政府网站为主，新媒体为辅的公开格局。"),
        ("公开的内容不够深入，只", "注重对程序的公布，对结果公开较少。"),
        ("上级主管部门有明确要求的，", "按相关规定予以公开。"),
        ("全年公开（含转载", "信息）120条，其中网站80条。"),
        ("按照要求，编制了公开指南和公开目录，并在县政府门户网站进行了公布，方便公众查", "阅。"),
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n\n", "\n— 3 —\n", "\n\n- 3 -\n\n", "\n\f", "\n"])
def test_a_sentence_that_a_page_has_cut_is_whole_again(first: str, second: str, gap: str) -> None:
    before, after = "一、总体情况\n我局认真落实条例。", "二、其他需要报告的事项\n无。"
    text = f"{before}\n{first}{gap}{second}\n{after}"
    assert first + second in blocks(text)
    assert blocks(text)[-1] == "无。"


@pytest.mark.parametrize(
    "lines",
    [
        ["某某县水利局", "2021年政府信息公开工作年度报告", "（2022年1月20日）"],
        ["一、总体情况", "我局认真落实条例，公开信息20条。", "（一）主动公开、依申请公开情况", "公开信息20条。"],
        ["五、收费情况", "无。", "六、其他", "无", "七、附件"],
        ["公开信息20条，其中网站15条", "2021年，我局未收到申请。"],
        ["主动公开信息20条，其中：", "网站15条，", "1.机构职能5条", "2.规划计划10条"],
        ["特此报告，欢迎监督", "某某县水利局办公室", "2022年1月20日"],
        ["统计指标", "单位", "统计数", "（一）主动公开政府信息数", "（不同渠道和方式公开相同信息计1条）", "条", "28"],
        ["（二）部分公开（区分处理的，只计这一情形，不计其他答复情形）", "0", "0", "0"],
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况", "自然人", "商业企业"],
        ["危及国家安全、公共安全、经济安全和社会稳定", "件", "0", "不是《条例》所指政府信息", "件", "0"],
        ["三、", "本", "年", "度", "办", "理", "结", "果"],
        ["政府公报 期 12", "政府网站 条 120", "公告栏 条 8"],
        ["● 公开信息20条", "● 公开指南1份"],
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_lines_that_stand_alone_stay_apart(lines: list[str], gap: str) -> None:
    expected = [line for line in lines if line != "网站15条，"] if "网站15条，" in lines else lines
    assert blocks(gap.join(expected)) == expected


@pytest.mark.parametrize("columns", [44, 48, 50, 52, 56])
@pytest.mark.parametrize("raw", [True, False])
def test_headings_and_titles_about_as_wide_as_the_page_stay_apart(columns: int, raw: bool) -> None:
    heads = [
        "某某市某某区水利局2021年政府信息公开年度报告",
        "四、政府信息公开行政复议、行政诉讼情况",
        "三、收到和处理政府信息公开申请情况",
    ]
    body = "".join(SENTENCES)
    expected = [text for head in heads for text in (head, body)]
    lines = [line for text in expected for line in wrap(text, columns, 4)]
    text = "\n".join(line.lstrip() if raw else line for line in lines)
    assert blocks(text)[: 2 * len(heads)] == expected


@pytest.mark.parametrize("number", NUMBERS)
def test_page_numbers_are_no_paragraphs_but_stay_in_the_text(number: str) -> None:
    text = "".join(f"第{n}页的正文是完整的一句话。\n\n{number.format(n)}\n\f" for n in range(1, 4))
    document = read_text(text, LAYOUT)
    assert document.text == text
    assert [block.text for block in document.paragraphs] == [f"第{n}页的正文是完整的一句话。" for n in range(1, 4)]
    assert [block.page for block in document.paragraphs] == [1, 2, 3]
    assert [text[page:].startswith("第") for page in document.pages] == [True] * 3


def test_a_number_at_a_page_edge_that_is_a_cell_stays() -> None:
    cells = ["规章", "0", "0", "6", "行政规范性文件", "2", "0", "5"]
    text = "\n".join(cells) + "\n\f" + "\n".join(["行政许可", "61", "行政处罚", "7"]) + "\n\f"
    assert blocks(text) == [*cells, "行政许可", "61", "行政处罚", "7"]


def test_running_heads_go_and_the_title_stays() -> None:
    head, title = "某县水利局2021年年度报告", "某县水利局2021年年度报告"
    text = "".join(
        f"{head}\n{title + chr(10) if n == 1 else ''}{'一二三四'[n - 1]}、第{n}节\n正文是完整的一句话。\n\f"
        for n in range(1, 5)
    )
    assert blocks(text) == [
        title,
        *[x for n in range(1, 5) for x in (f"{'一二三四'[n - 1]}、第{n}节", "正文是完整的一句话。")],
    ]


def test_a_signature_like_the_running_head_stays() -> None:
    text = (
        "".join(f"某县水利局\n第{n}段正文说的是第{n}件事。\n\f" for n in range(1, 4)) + "某县水利局\n无。\n某县水利局\n"
    )
    assert blocks(text)[-2:] == ["无。", "某县水利局"]


@pytest.mark.parametrize("leader", ["........", "……", "……………………", " · · · · ·", "----------"])
def test_a_table_of_contents_is_no_text(leader: str) -> None:
    entries = ["一、总体情况", "二、主动公开政府信息情况", "（一）政府网站", "三、其他"]
    contents = "\n".join(f"{entry}{leader} {n}" for n, entry in enumerate(entries, start=1))
    text = f"目  录\n{contents}\n\n一、总体情况\n2021年公开信息20条。\n"
    assert blocks(text) == ["一、总体情况", "2021年公开信息20条。"]


def test_entries_without_leaders_count_below_the_heading_of_contents_only() -> None:
    text = "目录\n一、总体情况 1\n二、主动公开 12\n\n一、总体情况\n无。\n"
    assert blocks(text) == ["一、总体情况", "无。"]
    assert blocks("一、主动公开情况 28\n二、回应解读情况 1\n") == ["一、主动公开情况 28", "二、回应解读情况 1"]


def test_what_a_web_page_puts_round_its_text_is_no_paragraph() -> None:
    text = (
        "当前位置：首页 > 政务公开 > 年报\n\n某局2021年年度报告\n发布时间：2022-01-20 10:12 来源：某局 字号：大 中 小\n"
        "一、总体情况\n全年公开信息20条。\n打印本页 | 关闭窗口\n上一篇：没有了\n"
    )
    document = read_text(text, LAYOUT)
    assert [block.text for block in document.paragraphs] == ["某局2021年年度报告", "一、总体情况", "全年公开信息20条。"]
    assert document.published == "2022-01-20"
    assert document.text == text


def test_tabs_make_a_grid_that_page_breaks_do_not_cut() -> None:
    text = "统计表\n指标\t单位\t数\n收到\t件\t2\n\n当面\t件\t\n- 3 -\n\n\t件\t1\n合计说明。\n"
    assert grids(text) == [[["指标", "单位", "数"], ["收到", "件", "2"], ["当面", "件", ""], ["", "件", "1"]]]
    assert blocks(text) == ["统计表", "合计说明。"]


def test_a_band_over_several_columns_belongs_to_its_table() -> None:
    text = "第二十条第（一）项\t\t\n内容\t制发\t废止\n规章\t0\t0\n"
    assert grids(text)[0][0] == ["第二十条第（一）项", "", ""]


def test_tabs_that_set_in_a_paragraph_make_no_table() -> None:
    text = "\t一、总体情况\n\t2021年，我局公开信息20条。\n\t二、\t其他\n\t未收取费用。\n"
    assert grids(text) == []
    assert blocks(text)[0] == "一、总体情况"


def test_columns_set_with_blanks_stay_lines() -> None:
    rows = ["信息内容        本年制发件数    本年废止件数", "规章                0              0", "总计 12 0 3"]
    assert blocks("一、主动公开\n" + "\n".join(rows) + "\n二、其他\n无。") == [
        "一、主动公开",
        *rows,
        "二、其他",
        "无。",
    ]


def test_the_day_of_publication_has_one_form() -> None:
    def day(line: str) -> str:
        return read_text(f"{line}\n全年公开信息20条。", LAYOUT).published

    assert day("发布日期：2019年1月5日") == "2019-01-05"
    assert day("成文日期: 2020/12/31") == "2020-12-31"
    assert day("成文日期：2020-12-01 发布日期：2021-01-09") == "2021-01-09"
    assert day("统计时间：2020-01-01至2020-12-31") == ""
    assert day("发布时间：2020-13-45") == ""


def test_long_runs_of_odd_input_take_no_time() -> None:
    started = time.process_time()
    for text in (
        "\t公开\n" * 4000,
        "a|b\n" * 4000,
        " " * 20_000 + "公开。",
        "\n" * 20_000 + "公开。",
        "<" * 9000 + "公",
    ):
        document: Document = read_text(text, LAYOUT)
        assert document.text == text
    assert time.process_time() - started < 8
