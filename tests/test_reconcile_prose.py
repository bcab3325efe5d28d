"""Parts, wording and dates: what is missing, left over or out of order, and what only looks so."""

from __future__ import annotations

import re
from typing import Any

import pytest

from analyzer.document import Notice
from analyzer.knowledge.forms import Forms
from tests.reconcile_cases import KNOWN, Outcome, Paper

SIX = (
    ("overview", "一、总体情况", "主动公开信息；办理申请；加强信息管理；建设平台；开展培训。"),
    ("proactive_disclosure", "二、主动公开政府信息情况", "数据如实填报。"),
    ("requests", "三、收到和处理政府信息公开申请情况", "数据如实填报。"),
    ("review_litigation", "四、政府信息公开行政复议、行政诉讼情况", "数据如实填报。"),
    ("problems", "五、存在的主要问题及改进情况", "内容不够丰富，将加强培训。"),
    ("other_matters", "六、其他需要报告的事项", "未收取信息处理费。"),
)
PREAMBLE = "现公布2023年报告。统计期限自2023年1月1日起至2023年12月31日止。电话：0000-1234567。"


def paper(standard: str = "2021", *, without: str = "", preamble: str = PREAMBLE, **report: Any) -> Paper:
    made = Paper(standard, **{"title": "柳溪县某局2023年报告", **report}).part("preamble", "", preamble)
    for section, heading, text in SIX:
        if section != without:
            made.part(section, heading, text)
    return made


def said(text: str, section: str = "overview", **report: Any) -> Outcome:
    """A report whose only text is this."""
    return Paper("2021", **report).part(section, "一、情况", text).run()


def test_a_whole_report_gives_no_finding() -> None:
    outcome = paper().run()
    assert [f.message for f in outcome.findings] == []


@pytest.mark.parametrize("section", [s for s, _, _ in SIX if s != "proactive_disclosure"])
def test_a_missing_part_is_a_warning(section: str) -> None:
    found = paper(without=section).run().found("section.missing")
    assert [(f.severity, f.indicator) for f in found] == [("warning", section)]
    name = next(s.name for s in KNOWN.outline.sections if s.section == section)
    assert name in found[0].message


def test_a_part_that_is_only_mentioned_is_a_note() -> None:
    made = paper(without="review_litigation")
    made.part("overview", "七、补充", "本年度未发生因政府信息公开申请行政复议、提起行政诉讼的情况。")
    outcome = made.run()
    assert not outcome.found("section.missing")
    assert [(f.severity, f.indicator) for f in outcome.found("section.unheaded")] == [("info", "review_litigation")]


def test_one_heading_may_hold_two_parts() -> None:
    made = Paper("none", year=2012)
    for section in ("proactive_disclosure", "requests;review_litigation", "fees", "problems", "other_matters"):
        made.part(section, f"{section}情况", "情况如下。")
    assert not made.run().found("section.missing")


def test_reports_before_2019_need_no_overview_and_statistics_are_asked_for_as_tables() -> None:
    made = Paper("none", year=2016, expected="2014").part("proactive_disclosure", "一、主动公开", "公开信息。")
    indicators = {f.indicator for f in made.run().found("section.missing")}
    assert "fees" in indicators
    assert not indicators & {"overview", "statistics"}


def test_an_empty_part() -> None:
    made = paper(without="problems").part("problems", "五、存在的主要问题及改进情况")
    assert [f.severity for f in made.run().found("section.empty")] == ["warning"]
    assert not paper().run().found("section.empty")
    pictured = paper(without="problems").part("problems", "五、存在的主要问题")
    pictured.document = {"pictures": (len(pictured.text) - 2,)}
    assert not pictured.run().found("section.empty")


def test_parts_empty_for_want_of_tables_are_told_once() -> None:
    made = Paper("none", year=2023, expected="2021").part("overview", "一、总体情况", "情况如下。")
    made.part("requests", "三、收到和处理政府信息公开申请情况")
    made.part("problems", "五、存在的主要问题及改进情况")
    outcome = made.run()
    assert outcome.found("table.missing")
    assert [f.indicator for f in outcome.found("section.empty")] == ["problems"]


def test_a_heading_with_parts_below_is_not_empty() -> None:
    made = paper(without="problems").part("problems", "五、存在的主要问题")
    made.part("problems", "（一）问题", "内容不够丰富。", depth=2)
    assert not made.run().found("section.empty")


def test_a_repeated_heading() -> None:
    made = paper().part("other_matters", "六、其他需要报告的事项", "无。")
    assert [f.severity for f in made.run().found("section.repeated")] == ["info"]


def test_parts_out_of_order() -> None:
    made = Paper("2021").part("preamble", "", PREAMBLE)
    for section, heading, text in (*SIX[:2], SIX[3], SIX[2], *SIX[4:]):
        made.part(section, heading, text)
    assert [f.severity for f in made.run().found("section.order")] == ["info"]
    assert not paper(without="problems").run().found("section.order")


@pytest.mark.parametrize(
    ("numbers", "text", "count"),
    [
        (("一、", "二、", "三、"), "内容。", 0),
        (("一、", "三、", "四、"), "内容。", 1),
        (("一、", "三、", "四、"), "内容。二、平台建设。", 0),
        (("（一）", "（二）", "（四）"), "内容。", 1),
        (("1.", "2.", "2."), "内容。", 0),
        (("", "", ""), "内容。", 0),
    ],
)
def test_numbers_of_headings(numbers: tuple[str, ...], text: str, count: int) -> None:
    made = Paper("2021")
    for n, number in enumerate(numbers):
        made.part("overview", f"{number}第几部分{n}", text, number=number)
    assert len(made.run().found("ordinal.heading")) == count


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("一是加强领导。二是完善制度。三是开展培训。", ""),
        ("一是加强领导。二是完善制度。四是开展培训。", "三是"),
        ("一是加强领导；\n二是完善制度；\n四是开展培训。", "三是"),
        ("一要加强领导，二要完善制度，四要开展培训。", "三要"),
        ("一是加强领导。二、完善制度。三是开展培训。", ""),
        ("一是加强领导，一是完善制度。二是开展培训。", ""),
        ("一是：一是学习，二是培训。二是完善制度。三是检查。", ""),
        ("一是领导：（一）学习。（二）培训。二是制度。", ""),
        ("首先加强领导，二是完善制度，三是开展培训。", ""),
        ("九是宣传。十是督查。十一是考核。", ""),
        ("统一是基础，第四是关键。", ""),
        ("一是问题。下一步：一是学习，二是培训，三是检查。", ""),
    ],
)
def test_lists_with_a_gap(text: str, lost: str) -> None:
    found = said(text).found("ordinal.gap")
    assert len(found) == bool(lost)
    assert all(f.severity == "warning" and f"“{lost}”" in f.message for f in found)


def test_a_list_does_not_go_on_below_another_heading() -> None:
    made = Paper("2021").part("overview", "一、总体情况", "一是学习。").part("problems", "五、问题", "三是培训。")
    assert not made.run().found("ordinal.gap")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("公开信息28条，详情见图表：", True),
        ("公开信息28条，如下图所示：\n图1 公开渠道", False),
        ("具体情况见下表。\n后文。\n后文。\n后文。\n后文。", True),
        ("读者见图书馆公告。", False),
        ("发放征求意见表，收集意见。", False),
    ],
)
def test_announced_figures(text: str, missing: bool) -> None:
    assert bool(said(text).found("figure.missing")) == missing


def test_a_picture_or_table_that_follows_is_the_figure() -> None:
    made = Paper("2021").part("overview", "一、总体情况", "公开信息28条，如下图所示：\n后文。")
    made.document = {"pictures": (made.text.index("后文") - 1,)}
    assert not made.run().found("figure.missing")
    made.document, made.tables = {}, {"regions": ((len(made.text) - 1, len(made.text)),)}
    assert not made.run().found("figure.missing")


def test_an_annexed_table_may_stand_anywhere() -> None:
    made = Paper("2014").part("overview", "一、概述", "具体数据详见附表。" + "后文。" * 50)
    made.tables = {"regions": ((len(made.text) - 1, len(made.text)),)}
    assert not made.run().found("figure.missing")
    bare = Paper("none", year=2016, expected="2014").part("overview", "一、概述", "具体数据详见附表。")
    outcome = bare.run()
    assert outcome.found("figure.missing")[0].cause == outcome.found("table.missing")[0].cause


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("全年主动公开政府信息条，同比增长。", "number.missing"),
        ("共发布信息__条。", "content.instruction"),
        ("此部分以表格形式报告。", "content.instruction"),
        ("贯彻《政府信息公开条例》，公开条件成熟。", ""),
        ("没有收到信息公开申请件。", ""),
    ],
)
def test_numbers_left_out_and_words_of_the_template(text: str, rule: str) -> None:
    rules = said(text).rules() & {"number.missing", "content.instruction"}
    assert rules == ({rule} if rule else set())


def test_aspects_of_the_overview_are_counted() -> None:
    made = Paper("2021").part("overview", "一、总体情况", "主动公开信息12条，收到申请3件。")
    found = made.run().found("content.aspects")
    assert [(f.expected, f.actual) for f in found] == [(5, 2)]
    assert "平台建设" in found[0].message
    english = made.run("en").found("content.aspects")[0].message
    assert "platforms" in english
    assert not Paper("2019").part("overview", "一、总体情况", "公开信息。").run().found("content.aspects")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本年度未收取信息处理费。", set()),
        ("无其他需要报告的事项。", {"info"}),
        ("无", {"info"}),
        ("本局开展了政务开放日活动。", {"warning"}),
    ],
)
def test_the_fee_in_part_six(text: str, expected: set[str]) -> None:
    made = paper(without="other_matters").part("other_matters", "六、其他需要报告的事项", text)
    assert {f.severity for f in made.run().found("content.fees")} == expected


def test_contact_and_period_are_notes() -> None:
    assert said("公开信息。").rules("info") >= {"content.contact", "content.period"}
    assert not paper().run().rules() & {"content.contact", "content.period"}


@pytest.mark.parametrize(
    ("preamble", "title", "rules"),
    [
        ("统计期限为2023年1月1日至12月31日。", "2023年报告", set()),
        ("统计期限自20231月1日至202312月31日。", "2023年报告", set()),
        ("统计期限为2022年1月1日至12月31日。", "2023年报告", {("period.year", "error")}),
        ("统计期限为2022年1月1日至12月31日。", "", {("period.year", "warning")}),
        ("统计期限为2023年1月1日至12月21日。", "2023年报告", {("period.range", "warning")}),
        ("统计期限为2022年1月1日至2023年12月31日。", "2023年报告", {("period.year", "warning")}),
        ("统计期限自2023年1月1日起，至2023年12月31日止。", "2023年报告", set()),
        ("统计期限自2023年1月1日起，至2023年11月30日止。", "2023年报告", {("period.range", "warning")}),
        ("统计期限为2023.1.1—2023.12.31。", "2023年报告", set()),
        ("文中数据均为2023年1月1日至10月31日的数据。", "2023年报告", {("period.range", "warning")}),
        ("（2023年1月1日—12月20日）", "2023年报告", {("period.range", "warning")}),
        ("培训时间为2022年3月1日至3月5日。", "2023年报告", set()),
        ("今年开展活动（2023年3月1日至4月30日）。", "2023年报告", set()),
    ],
)
def test_the_period_of_the_statistics(preamble: str, title: str, rules: set[tuple[str, str]]) -> None:
    outcome = paper(preamble=preamble, title=title).run()
    assert {(f.rule, f.severity) for f in outcome.findings if f.rule.startswith("period.")} == rules


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2021年，我局主动公开政府信息35条。", True),
        ("2022年，本局收到申请3件。", True),
        ("2023年，我局主动公开政府信息35条。", False),
        ("2022年，我局公开信息35条，2023年公开40条。", False),
        ("较2022年增加5条。", False),
        ("2022年，我局公开信息35条，比上年增长。", True),
        ("2008年以来，我局主动公开信息3500条。", False),
        ("2022年底，我局收到申请3件。", False),
        ("2022年12月，我局收到表彰1次。", False),
    ],
)
def test_years_left_over(text: str, found: bool) -> None:
    outcome = said(text)
    assert bool(outcome.found("year.leftover")) == found
    assert not outcome.rules("error")


@pytest.mark.parametrize(
    ("section", "heading", "found"),
    [
        ("problems", "五、2022年存在的问题", True),
        ("problems", "五、2023年存在的问题", False),
        ("plans", "六、2024年工作打算", False),
        ("overview", "一、2021年总体情况", True),
        ("problems", "（一）2022年问题整改情况", False),
    ],
)
def test_years_in_headings(section: str, heading: str, found: bool) -> None:
    made = Paper("2021").part(section, heading, "情况如下。")
    assert bool(made.run().found("year.heading")) == found


@pytest.mark.parametrize(
    ("year", "text", "found"),
    [
        (2023, "依据国办公开办函〔2019〕60号编制。", True),
        (2023, "依据国办公开办函〔2021〕30号编制。", False),
        (2023, "依据〔2019〕60号和国办公开办函〔2021〕30号编制。", False),
        (2020, "依据国办公开办函〔2019〕60号编制。", False),
        (2020, "根据《条例》（国务院令第492号）编制。", True),
        (2018, "根据《条例》（国务院令第492号）编制。", False),
        (2020, "根据《条例》（国务院令第711号，原第492号）编制。", False),
    ],
)
def test_superseded_basis(year: int, text: str, found: bool) -> None:
    standard = Forms.expected(KNOWN.forms, year)
    made = Paper(standard, year=year).part("preamble", "", text)
    assert [f.severity for f in made.run().found("standard.basis")] == ["warning"] * found


@pytest.mark.parametrize(
    ("report", "in_text", "expected"),
    [
        ({"kind": "department", "published": "2024-02-05"}, True, [("deadline.late", "warning")]),
        ({"kind": "department", "published": "2024-02-05"}, False, [("deadline.late", "info")]),
        ({"kind": "department", "published": "2024-01-31"}, True, []),
        ({"kind": "department", "published": "2026-02-05"}, False, []),
        ({"kind": "government", "published": "2024-03-15"}, True, []),
        ({"kind": "government", "published": "2024-04-02"}, True, [("deadline.late", "warning")]),
        ({"kind": "government", "level": "township", "published": "2024-02-06"}, True, []),
        ({"kind": "office", "published": "2024-02-20"}, True, []),
        ({"kind": "department", "published": ""}, False, []),
        ({"kind": "department", "published": "2023-01-01"}, True, []),
        ({"kind": "department", "published": "2023-12-20"}, True, [("deadline.early", "info")]),
        ({"kind": "department", "published": "2024"}, True, []),
    ],
)
def test_deadlines(report: dict[str, str], in_text: bool, expected: list[tuple[str, str]]) -> None:
    made = paper(**report)
    if in_text and report["published"].count("-") == 2:
        year, month, day = report["published"].split("-")
        made.part("", "", f"{year}年{int(month)}月{int(day)}日")
    found = [(f.rule, f.severity) for f in made.run().findings if f.rule.startswith("deadline.")]
    assert found == expected


def test_before_2019_all_had_until_31_march() -> None:
    made = Paper("2014", published="2019-03-20").part("", "", "2019年3月20日")
    assert not [f for f in made.run().findings if f.rule.startswith("deadline.")]


@pytest.mark.parametrize(
    ("year", "period", "found"),
    [
        (2008, "2008年5月1日至12月31日", False),
        (2008, "2008年5月1日起，至2008年12月31日止", False),
        (2008, "2008年1月1日至12月31日", False),
        (2008, "2008年6月1日至12月31日", True),
        (2009, "2009年5月1日至12月31日", True),
    ],
)
def test_the_first_year_began_in_may(year: int, period: str, found: bool) -> None:
    made = Paper("none", year=year, title=f"{year}年报告").part("preamble", "", f"统计期限为{period}。")
    outcome = made.run()
    assert bool(outcome.found("period.range")) == found
    assert not outcome.found("content.period")


@pytest.mark.parametrize(
    ("year", "old"), [(2008, True), (2012, True), (2016, True), (2018, True), (2019, False), (2023, False)]
)
def test_what_a_report_rests_on_hangs_on_its_year(year: int, old: bool) -> None:
    standard = KNOWN.forms.expected(year)
    made = Paper(standard, year=year, published=f"{year + 1}-04-05")
    made.part(
        "problems", "五、问题", f"一是慢，三是少。共3条，其中甲4条。{year - 1}年，我局公开信息35条。{year + 1}年4月5日"
    )
    made.split(made.claim("共3条", 3), made.claim("甲4条", 4), complete=False)
    messages = [f.message for f in made.run().findings]
    assert len(messages) > 5
    for message in messages:
        basis = message.rpartition("依据：")[2].rstrip("）").split("；")
        assert len(basis) == len(set(basis)), message
        assert all(("2008年《条例》" in part) == old for part in basis if "条例" in part), message


def test_forms_before_2019_set_no_order() -> None:
    made = Paper("2014").part("preamble", "", "统计期限为2018年。")
    for section in reversed(KNOWN.forms.standard("2014").sections):
        made.part(section, f"{section}情况", "情况如下。")
    assert not made.run().found("section.order")


def test_hidden_text_is_passed_on() -> None:
    made = paper()
    made.document = {"notices": (Notice("source.hidden", 0, 5), Notice("source.hidden", 7, 7))}
    assert [(f.severity, f.indicator) for f in made.run().found("source.hidden")] == [("info", "")]
    assert [f.actual for f in made.run().found("source.hidden")] == [2]


def test_places_cut_what_the_finding_quotes() -> None:
    outcome = said("一是学习。三是培训。\n详情见图表：\n后文，公开政府信息条，")
    for finding in outcome.findings:
        if finding.span is not None and finding.rule in ("ordinal.gap", "number.missing"):
            cut = outcome.text[finding.span.start : finding.span.end]
            assert cut.replace("\n", "") == finding.values["quote"]
    assert {"ordinal.gap", "figure.missing", "number.missing"} <= outcome.rules("warning")


def test_the_same_report_gives_the_same_ids() -> None:
    first, second = (said("一是学习。三是培训。一是学习。三是培训。").findings for _ in range(2))
    assert [f.finding_id for f in first] == [f.finding_id for f in second]
    assert len({f.finding_id for f in first}) == len(first)


def test_a_tables_title_that_says_the_empty_heading_again_is_no_repetition() -> None:
    made = paper().part("statistics", "附表", "").part("statistics", "附表", "指标 数量")
    assert [f.rule for f in made.run().found("section.repeated")] == ["section.repeated"]
    made.tables = {"regions": ((made.text.rindex("指标"), len(made.text)),)}
    assert not made.run().found("section.repeated")


def test_titles_of_the_tables_of_an_annex_repeat_nothing() -> None:
    made = paper().part("problems", "六、存在问题", "无。", number="六、")
    made.part("problems", "六、存在问题", "规章 3", number="").part("problems", "六、存在问题", "许可 4")
    starts = [found.start() for found in re.finditer("规章|许可", made.text)]
    made.tables = {"regions": tuple((start, start + 4) for start in starts)}
    assert not made.run().found("section.repeated")
    made.tables = {"regions": ((starts[0], starts[1] + 4),)}
    assert not made.run().found("section.repeated")
    made.tables = {"regions": ()}
    assert made.run().found("section.repeated")


def test_a_number_of_the_page_does_not_fill_a_heading() -> None:
    made = paper(without="problems").part("problems", "五、存在的主要问题", "— 3 —").part("plans", "六、打算", "提高。")
    assert not made.run().found("section.empty")
    made.blocks = [block for block in made.blocks if block.text != "— 3 —"]
    assert [finding.indicator for finding in made.run().found("section.empty")] == ["problems"]
