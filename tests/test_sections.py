"""Headings however they are marked, their depth, class and place; and what only looks like a heading."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyzer.document import Document
from analyzer.sections import classify, section_tree
from tests.sectionkit import document, joined, outline, shape, tops, tree

BODY = "本单位依法推进信息公开，各项工作平稳有序，群众满意度稳步提升。"
SIX = ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况",
       "存在的主要问题及改进情况", "其他需要报告的事项"]  # fmt: skip
IDS = ["overview", "proactive_disclosure", "requests", "review_litigation", "problems", "other_matters"]
TITLE = "某县某镇2022年政府信息公开工作年度报告"
PLAIN = ["一、", "二、", "三、", "四、", "五、", "六、"]


def report(headings: list[str]) -> str:
    return "\n".join([TITLE, "根据《条例》编制本报告。", *(f"{h}\n{BODY}" for h in headings)])


def spaced(words: str) -> str:
    return words[:1] + " " + words[1:]


@pytest.mark.parametrize(
    "numbers",
    [
        PLAIN,
        ["一.", "二.", "三.", "四.", "五.", "六."],
        ["一 、", "二 、", "三 、", "四 、", "五 、", "六 、"],
        ["一 ", "二 ", "三 ", "四 ", "五 ", "六 "],
        ["一：", "二：", "三：", "四：", "五：", "六："],
        ["第一部分 ", "第二部分 ", "第三部分 ", "第四部分 ", "第五部分 ", "第六部分 "],
        ["Ⅰ、", "Ⅱ、", "Ⅲ、", "Ⅳ、", "Ⅴ、", "Ⅵ、"],
        ["（一）", "（二）", "（三）", "（四）", "（五）", "（六）"],
        ["(一) ", "(二) ", "(三) ", "(四) ", "(五) ", "(六) "],
        ["㈠", "㈡", "㈢", "㈣", "㈤", "㈥"],
        ["1.", "2.", "3.", "4.", "5.", "6."],
        ["１、", "２、", "３、", "４、", "５、", "６、"],
        ["（1）", "（2）", "（3）", "（4）", "（5）", "（6）"],
        ["一、", "一、", "三、", "四、", "五、", "六、"],
        ["一、", "三、", "四、", "四、", "六、", "七、"],
        ["# 一、", "## 二、", "#### 三、", "### 四、", "# 五、", "##### 六、"],
        ["# ", "# ", "# ", "# ", "# ", "# "],
        ["", "", "", "", "", ""],
    ],
    ids=lambda numbers: numbers[1] or "plain",
)
def test_six_parts_in_any_numbering(numbers):
    found = tree(report([n + words for n, words in zip(numbers, SIX, strict=True)]))
    assert [s.section for s in found] == IDS
    assert {s.depth for s in found} == {1}
    assert [s.confidence for s in found] == [1.0] * 6


@pytest.mark.parametrize("change", [
    lambda w: w + "、", lambda w: w + "：", lambda w: w + "。", lambda w: w + " ", spaced, lambda w: f"**{w}**",
], ids=["comma", "colon", "stop", "blank", "spaced", "bold"])  # fmt: skip
def test_marks_too_many_do_not_hide_a_heading(change):
    found = tree(report([n + change(w) for n, w in zip(PLAIN, SIX, strict=True)]))
    assert [s.section for s in found] == IDS


def test_bold_lines_without_numbers_are_headings():
    assert [i for _, _, i in shape(report([f"**{words}**" for words in SIX]))] == IDS


def test_headings_share_their_line_with_the_text():
    text = report([])
    text += (
        "\n一、总体情况。2022年，全镇公开工作平稳。\n（一）主动公开。全年公开信息41条。\n（二）依申请公开：未收到申请。"
    )
    text += "\n二、主动公开政府信息情况 今年以来，共公开信息41条。\n三、依申请公开情况2022年，未收到申请。"
    found = tree(text)
    assert [(s.depth, s.heading, s.section) for s in found] == [
        (1, "一、总体情况", "overview"),
        (2, "（一）主动公开", "proactive_disclosure"),
        (2, "（二）依申请公开", "requests"),
        (1, "二、主动公开政府信息情况", "proactive_disclosure"),
        (1, "三、依申请公开情况", "requests"),
    ]
    bodies = [text[s.body :].partition("\n")[0] for s in found]
    assert bodies[0].startswith("2022年，全镇")
    assert bodies[1] == "全年公开信息41条。"
    assert bodies[2] == "未收到申请。"
    assert bodies[3].startswith("今年以来")
    assert bodies[4].startswith("2022年，未收到")


def test_one_paragraph_holds_all_sections():
    text = "报告如下： 一、总体情况 今年以来，全镇认真公开。 二、主动公开政府信息情况 共公开信息41条。"
    text += " 三、依申请公开情况 未收到申请。"
    assert [(s.heading, s.section) for s in tree(text)] == [
        ("一、总体情况", "overview"),
        ("二、主动公开政府信息情况", "proactive_disclosure"),
        ("三、依申请公开情况", "requests"),
    ]


def test_source_lines_joined_to_one_paragraph_are_taken_apart():
    page = joined("一、总体情况", "2022年，全镇认真公开，没有遗漏。", "二、主动公开政府信息情况", "共公开信息41条。")
    found = section_tree(page, (), outline())[1:]
    assert [s.heading for s in found] == ["一、总体情况", "二、主动公开政府信息情况"]
    assert [page.text[s.body : s.body + 5] for s in found] == ["2022年", "共公开信息"]


def test_a_numeral_that_ends_a_word_over_two_lines_is_no_ordinal():
    page = joined("一、总体情况", "解读的形式较为单", "一，互动交流不够充分。充实了信息员队", "伍，按时更新栏目内容。")
    assert [s.heading for s in section_tree(page, (), outline())[1:]] == ["一、总体情况"]


def test_depth_follows_the_styles():
    text = (
        report(["一、总体情况"]) + "\n（一）主动公开\n1.公开渠道\n（1）政府网站建设\n（二）依申请公开\n二、存在的问题"
    )
    assert [(s.depth, s.number, s.parent) for s in tree(text)] == [
        (1, "一", 0), (2, "（一）", 2), (3, "1", 3), (4, "（1）", 4), (2, "（二）", 2), (1, "二", 0),
    ]  # fmt: skip


def test_depth_without_the_usual_first_style_follows_appearance():
    text = f"1.总体情况\n（一）主动公开\n{BODY}\n（二）依申请公开\n{BODY}\n2.存在的问题\n{BODY}"
    assert [s.depth for s in tree(text)] == [1, 2, 2, 1]


def test_a_list_numbered_like_the_sections_stays_inside_its_section():
    text = report(["一、总体情况", "二、主动公开情况", "三、存在的主要问题及改进情况"])
    text += f"\n一、人手紧张\n{BODY}\n二、更新慢\n{BODY}\n四、其他需要报告的事项\n无。"
    assert tops(text) == ["一、总体情况", "二、主动公开情况", "三、存在的主要问题及改进情况", "四、其他需要报告的事项"]


@pytest.mark.parametrize("line", [
    "一是加强组织领导，健全工作机制。", "**一是**完善制度。", "首先，加强领导。", "第一，健全制度。",
    "全文包括一、总体情况，二、主动公开，三、依申请公开。", "本报告由总体情况、主动公开政府信息情况等六部分组成。",
    "第二十条第（一）项", "2022年，主动公开工作稳步推进。", "1.2万条信息", "联系电话：0000-0000000",
    "1.全年公开文件73件，其中规范性文件2件，较上年增加5件。", "三公经费", "五公开",
    "一、二季度共公开信息20条，三、四季度公开30条。",
])  # fmt: skip
def test_what_only_looks_like_a_heading(line):
    assert tops(report(["一、总体情况"]) + "\n" + line + "\n" + BODY) == ["一、总体情况"]
    assert len(tree(report(["一、总体情况"]) + "\n" + line + "\n" + BODY)) == 1


@pytest.mark.parametrize("mark", ["", "\t3", "……………… 3", "........3"])
def test_a_table_of_contents_is_passed_over(mark):
    contents = [n + words + mark for n, words in zip(PLAIN, SIX, strict=True)]
    text = "\n".join([TITLE, "目录", *contents, report([n + w for n, w in zip(PLAIN, SIX, strict=True)])])
    found = tree(text)
    assert [s.section for s in found] == IDS
    assert found[0].start > text.index(BODY) - 20


def test_headings_with_nothing_below_them_are_kept():
    text = report(["一、总体情况"]) + "\n" + "\n".join(n + w for n, w in zip(PLAIN[1:], SIX[1:], strict=True))
    assert [s.section for s in tree(text)] == IDS


def test_a_heading_broken_over_two_lines_is_one():
    text = (
        report(["一、总体情况"]) + f"\n二、政府信息公开行政复议、行政诉讼\n情况\n{BODY}\n三、\n存在的主要问题\n{BODY}"
    )
    found = tree(text)
    assert [s.heading for s in found[1:]] == ["二、政府信息公开行政复议、行政诉讼情况", "三、存在的主要问题"]
    assert text[found[1].body :].startswith(BODY)
    assert text[found[2].body :].startswith(BODY)


def test_rows_of_a_table_are_no_headings():
    head = report(["一、主动公开政府信息情况", "二、依申请公开情况"]) + "\n"
    table = "某镇政府信息公开情况统计表\n一、主动公开情况\n（一）主动公开政府信息数\n28\n"
    table += "二、回应解读情况\n三、依申请公开情况"
    text = head + table
    region = ((len(head), len(text)),)
    assert tops(text, region) == ["一、主动公开政府信息情况", "二、依申请公开情况", "某镇政府信息公开情况统计表"]
    after = ((len(head) + len("某镇政府信息公开情况统计表\n"), len(text)),)
    assert tops(text, after)[-1] == "某镇政府信息公开情况统计表"
    assert len(tree(text, after)) == 3


def test_official_headings_survive_inside_the_place_of_tables():
    rows = "\n".join(["规章", "0", "三、收到和处理政府信息公开申请情况", "一、本年新收政府信息公开申请数量", "0",
                      "四、政府信息公开行政复议、行政诉讼情况", "0", "总计"])  # fmt: skip
    head = report(["一、总体情况"]) + "\n二、主动公开政府信息情况\n"
    text = head + rows + f"\n五、存在的主要问题及改进情况\n{BODY}"
    region = ((len(head), len(head) + len(rows)),)
    assert [s.section for s in tree(text, region)] == IDS[:5]


def test_rows_of_a_layout_may_be_headings():
    text = f"{TITLE}\n|一、总体情况\n{BODY}\n|二、主动公开政府信息情况\n{BODY}\n|规章|0|0"
    assert tops(text) == ["一、总体情况", "二、主动公开政府信息情况"]


def test_a_caption_between_numbered_sections_opens_none():
    text = (
        report(["一、总体情况", "二、主动公开政府信息情况"])
        + "\n主动公开政府信息情况统计表\n|规章|0\n三、依申请公开情况\n"
        + BODY
    )
    assert tops(text) == ["一、总体情况", "二、主动公开政府信息情况", "三、依申请公开情况"]


@pytest.mark.parametrize("lines", [
    ["附件", "某镇政府信息公开情况统计表"], ["附件1：政府信息公开情况统计表"], ["附表"],
    ["# 2018年政府信息公开情况统计表"],
    ["政府信息公开情况统计表（2018年度）"],
])  # fmt: skip
def test_the_annexed_table_is_the_last_section(lines):
    text = report(["一、概述", "二、其他需要报告的事项"]) + "\n" + "\n".join([*lines, "|统计指标|单位|统计数"])
    found = tree(text)
    assert [s.section for s in found] == ["overview", "other_matters", "statistics"]
    assert found[-1].heading == lines[-1].lstrip("# ")


def test_words_of_a_menu_before_the_report_are_no_headings():
    menu = "首页\n政务公开\n政策解读\n主动公开\n依申请公开\n互动交流\n"
    assert tops(menu + report(["一、总体情况", "二、主动公开政府信息情况"])) == [
        "一、总体情况",
        "二、主动公开政府信息情况",
    ]


def test_labels_without_numbers_stand_below_the_section():
    text = (
        report(["一、总体情况"]) + f"\n主动公开情况：全年公开信息41条。\n依申请公开方面\n{BODY}\n二、存在的问题\n{BODY}"
    )
    assert shape(text) == [
        (1, "一、总体情况", "overview"),
        (2, "主动公开情况", "proactive_disclosure"),
        (2, "依申请公开方面", "requests"),
        (1, "二、存在的问题", "problems"),
    ]


def test_unnumbered_sections_hold_numbered_parts():
    text = (
        f"{TITLE}\n## 总体情况\n（一）主动公开\n{BODY}\n（二）依申请公开\n{BODY}\n## 存在的主要问题\n1.更新慢\n{BODY}"
    )
    assert [s.depth for s in tree(text)] == [1, 2, 2, 1, 2]


def test_an_outer_heading_that_lost_its_number_stays_outer():
    text = (
        report(["一、总体情况", "二、存在的主要问题及改进情况"])
        + "\n下一步打算：加强培训。\n其他需要报告的事项\n无其他需要报告的事项。"
    )
    assert [(s.depth, s.section) for s in tree(text)] == [
        (1, "overview"), (1, "problems"), (2, "plans"), (1, "other_matters"),
    ]  # fmt: skip


def test_rows_of_a_form_that_nobody_recognised_open_no_section():
    rows = [
        "附件：",
        "某镇政府信息公开情况统计表",
        "一、主动公开情况",
        "28",
        "二、回应解读情况",
        "1",
        "三、依申请公开情况",
        "0",
    ]
    text = report(["一、概述", "二、主动公开政府信息情况"]) + "\n" + "\n".join(rows)
    assert tops(text) == ["一、概述", "二、主动公开政府信息情况", "某镇政府信息公开情况统计表"]


def test_heads_of_columns_are_no_heading():
    text = (
        report(["一、总体情况", "二、政府信息公开行政复议、行政诉讼情况"]) + "\n行政复议          行政诉讼\n0 0 0 0 0"
    )
    assert len(tree(text)) == 2


def test_the_first_row_is_the_preamble():
    page = document(report(["一、总体情况"]))
    first, overview = section_tree(page, (), outline())
    assert (first.section, first.heading, first.ordinal, first.depth, first.parent) == ("preamble", "", 1, 1, 0)
    assert page.text[first.body : first.end].strip() == "根据《条例》编制本报告。"
    assert (first.start, first.end) == (0, overview.start)


def test_a_text_without_headings_is_all_preamble():
    page = document(f"{TITLE}\n{BODY}")
    (only,) = section_tree(page, (), outline())
    assert (only.section, only.end) == ("preamble", len(page.text))
    assert section_tree(Document("", (), "test"), (), outline())[0].end == 0


def test_places_cut_the_heading_and_nest():
    page = document(report(["一、总体情况", "## **二、主动公开情况、**"]) + "\n（一）公开数量\n" + BODY)
    found = section_tree(page, (), outline())
    for section in found[1:]:
        assert page.text[section.start :].startswith(section.heading)
        assert section.start < section.body <= section.end
        parent = found[section.parent - 1] if section.parent else None
        assert parent is None or parent.start < section.start < section.end <= parent.end
    assert [s.ordinal for s in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("依申请公开及行政复议情况", "requests;review_litigation"),
        ("因政府信息公开申请行政复议、提起行政诉讼情况", "review_litigation"),
        ("存在的问题及下一步打算", "problems;plans"),
        ("政府信息公开咨询及申请办理情况", "response;requests"),
        ("机构建设、保障经费和培训会议情况", "organization"),
        ("主动公开总体情况", "proactive_disclosure"),
        ("依申请公开信息的收费情况", "fees"),
        ("加强和改进政策解读工作", "interpretation"),
        ("妥善处理群众热点问题", ""),
        ("主動公開政府信息情況", "proactive_disclosure"),
        ("2018年政务公开总体情况", "overview"),
        ("着力深化重点领域信息公开", "key_areas"),
        ("凝心聚力谱新篇", ""),
    ],
)
def test_headings_are_classified(heading, expected):
    section, confidence = classify(heading, outline())
    assert section == expected
    assert (confidence >= 0.7) is bool(expected)


def test_the_real_report_has_its_fourteen_sections():
    place = Path(__file__).resolve().parent.parent / "corpora" / "real" / "000_81756f01c13aa782"
    gold = json.loads((place / "gold.json").read_text(encoding="utf-8"))
    text = (place / "report.md").read_text(encoding="utf-8")
    table = text.index("统计指标")
    found = [s for s in section_tree(document(text), ((table, len(text)),), outline())[1:] if s.depth == 1]
    assert [(s.heading, s.section) for s in found] == [(s["heading"], s["section"]) for s in gold["sections"]]


@pytest.mark.parametrize("words", ["其他", "其它", "其他方面"])
@pytest.mark.parametrize("text", ["\n无。", "\n我委荣获先进单位称号。", "：无。", ""])
def test_a_last_part_called_other(words: str, text: str) -> None:
    found = tree(report([n + w for n, w in zip(PLAIN[:5], SIX[:5], strict=True)]) + f"\n六、{words}{text}")
    assert [s.section for s in found] == IDS
    assert found[-1].heading == f"六、{words}"


@pytest.mark.parametrize("item", ["3.其他", "（六）其他"])
def test_other_inside_a_part_is_no_part(item: str) -> None:
    found = tree(report([n + w for n, w in zip(PLAIN, SIX, strict=True)]).replace(BODY, f"{BODY}\n{item}\n3件", 1))
    assert [s.section for s in found if s.depth == 1] == IDS


@pytest.mark.parametrize(
    ("inner", "count"),
    [
        (["一、收费情况", "二、其他"], 2),
        (["一、信息处理费", "二、建议提案办理", "三、其他"], 3),
        (["一、存在问题", "二、改进情况"], 2),
    ],
)
def test_numbers_that_begin_again_are_inside(inner: list[str], count: int) -> None:
    found = section_tree(
        document(report([n + w for n, w in zip(PLAIN, SIX, strict=True)]) + "".join(f"\n{h}\n无。" for h in inner)),
        (),
        outline(),
    )
    assert [s.section for s in found if s.depth == 1][1:] == IDS
    assert len([s for s in found if s.parent == 7]) == count


def test_a_second_report_below_the_first_is_not_inside_it() -> None:
    six = [n + w for n, w in zip(PLAIN, SIX, strict=True)]
    assert [s.depth for s in tree(report(six + six))] == [1] * 12


@pytest.mark.parametrize(
    "items", [["1.拓展公开领域。", "2.加强培训。"], ["（一）街道开通了公众号，尚未使用。", "（二）无其他事项。"]]
)
def test_items_of_one_sentence_are_text(items: list[str]) -> None:
    found = tree(report([n + w for n, w in zip(PLAIN, SIX, strict=True)]) + "\n" + "\n".join(items))
    assert [s.section for s in found] == IDS


def test_headings_with_a_full_stop_and_text_below_stay() -> None:
    found = tree(report(["一、总体情况", "（一）主动公开。", "（二）依申请公开。", "二、主动公开政府信息情况"]))
    assert [s.depth for s in found] == [1, 2, 2, 1]


@pytest.mark.parametrize("row", ["行政复议", "行政复议 行政诉讼", "行政诉讼"])
@pytest.mark.parametrize(
    "heading", ["四、政府信息公开行政复议、行政诉讼情况", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"]
)
def test_a_whole_heading_takes_nothing_of_the_table_below(heading: str, row: str) -> None:
    text = report(["三、收到和处理政府信息公开申请情况"]) + f"\n{heading}\n{row}\n结果维持\n0\n0"
    found = tree(text, ((text.index(heading) + len(heading) + 1, len(text)),))
    assert found[-1].heading == heading


def test_a_broken_heading_still_takes_its_second_line() -> None:
    found = tree(
        report(["一、总体情况"])
        + f"\n三、收到和处理政府信息公开申请\n情况\n{BODY}\n五、存在的主要问题\n及改进情况\n{BODY}"
    )
    assert [s.heading for s in found][1:] == ["三、收到和处理政府信息公开申请情况", "五、存在的主要问题及改进情况"]


ASPECTS = [
    ("（一）主动公开。", "proactive_disclosure"),
    ("（二）依申请公开。", "requests"),
    ("（三）政府信息管理情况。", "organization"),
    ("（四）平台建设。", "platform"),
    ("（五）监督保障。", "organization"),
]


@pytest.mark.parametrize("text", ["规范流程，落实审核制度。", "规范流程。落实审核制度，做到先审后发。"])
def test_short_items_with_text_on_their_line_are_sections(text: str) -> None:
    lines = [TITLE, "一、总体情况", *(heading + text for heading, _ in ASPECTS), "二、主动公开政府信息情况", BODY]
    found = [(s.heading, s.section) for s in section_tree(document("\n".join(lines)), (), outline()) if s.depth == 2]
    assert found == [(heading.rstrip("。"), section) for heading, section in ASPECTS]


def test_aspects_of_the_overview_without_ordinals_stand_below_it_where_the_parts_come_again():
    aspects = ["主动公开情况", "依申请公开情况", "平台建设情况"]
    found = tree(report([SIX[0], *aspects, *SIX[1:]]))
    assert [s.section for s in found if s.depth == 1] == IDS
    assert [s.heading for s in found if s.depth == 2] == aspects
    assert {s.depth for s in tree(report([SIX[0], "平台建设情况", *SIX[1:]]))} == {1}
