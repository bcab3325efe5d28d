"""Title, agency, year, level, kind and date from pages of every kind; and texts that are no annual report."""

from __future__ import annotations

import pytest

from analyzer.document import Document, Report
from analyzer.sections import is_report, masthead, refusal, section_tree
from analyzer.sections.bodies import kind_of, level_of
from tests.sectionkit import document, joined, outline

BODY = "一、总体情况\n2021年，依法推进信息公开，未收到公开申请。"


def read(text: str, *, name: str = "", title: str = "", published: str = "") -> Report:
    return masthead(document(text, title=title, published=published), outline(), name=name)


@pytest.mark.parametrize(
    ("line", "agency", "year"),
    [
        ("某市青石镇2021年政府信息公开工作年度报告", "某市青石镇", 2021),
        ("2021年青石镇政府信息公开工作年度报告", "青石镇", 2021),
        ("2008年度衡阳市政府信息公开工作年度报告", "衡阳市", 2008),
        ("2016年度益阳市教育局信息公开工作年报", "益阳市教育局", 2016),
        ("青石县统计局关于2011年度政府信息公开工作情况的报告", "青石县统计局", 2011),
        ("青石乡人民政府2011年度信息公开的报告", "青石乡人民政府", 2011),
        ("青石镇政务公开工作2013年度总结报告", "青石镇", 2013),
        ("青石县水利局二〇一八年政府信息公开年度报告", "青石县水利局", 2018),
        ("青石县水利局２０１８年政府信息公开年度报告", "青石县水利局", 2018),
        ("# 青石县水利局 2018 年政府信息公开工作年度报告", "青石县水利局", 2018),
        ("青石区政府办公室（区政府办）2020政府信息公开工作年度报告", "青石区政府办公室（区政府办）", 2020),
        ("（青石市人民政府）2024年政府信息公开工作年度报告", "青石市人民政府", 2024),
        ("青石县水利局政府信息公开工作年度报告（2019年度）", "青石县水利局", 2019),
        ("标题：青石镇人民政府2018年度政府信息公开工作年度报告", "青石镇人民政府", 2018),
        ("青石縣教育局2018年政府信息公開工作年度報告", "青石县教育局", 2018),
    ],
)
def test_titles_give_agency_and_year(line, agency, year):
    found = read(f"{line}\n{BODY}")
    assert (found.agency, found.year) == (agency, year)
    assert found.title_span is not None
    assert found.title_span.end <= len(line)


@pytest.mark.parametrize(
    "lines",
    [
        ["青石县水利局", "2018 年政府信息公开工作年度报告"],
        ["青石县水利局2018年政府信息公开", "工作年度报告"],
        ["青石县水利局", "2018年政府信息公开", "工作年度报告"],
        ["打印  关闭", "青石县水利局2018年", "政府信息公开工作年度报告"],
    ],
)
def test_titles_over_several_lines_are_one(lines):
    text = "\n".join([*lines, BODY])
    found = read(text)
    assert found.title == "青石县水利局2018年政府信息公开工作年度报告"
    assert found.title_span
    start, end = found.title_span.start, found.title_span.end
    assert text[start:end].replace("\n", "").replace(" ", "") == found.title


def test_title_lines_joined_in_one_paragraph():
    found = masthead(joined("青石县水利局  ", "2018 年政府信息公开工作年度报告"), outline())
    assert (found.agency, found.year) == ("青石县水利局", 2018)


def test_title_in_metadata_or_file_name_only():
    for given in (
        {"title": "2019年青石镇政府信息公开年报-青石县人民政府"},
        {"name": "a/青石镇2019年政府信息公开年报.html"},
    ):
        found = read(BODY, **given)
        assert (found.agency, found.year, found.title_span) == ("青石镇", 2019, None)
        assert found.title


def test_the_text_counts_before_metadata():
    found = read(
        f"青石镇2018年政府信息公开工作年度报告\n{BODY}", name="青石镇2020年政府信息公开年报.txt", title="年报 2020年"
    )
    assert found.year == 2018


def test_menus_and_trails_are_no_title():
    head = "首页 > 政务公开 > 政府信息公开年报\n政府信息公开年报\n索引号：2020-0001\n"
    found = read(head + f"青石镇2018年政府信息公开工作年度报告\n发布时间：2019-01-12\n{BODY}")
    assert found.title == "青石镇2018年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("政府信息公开工作年度报告\n本报告统计期限自2017年1月1日起至2017年12月31日止。\n发布日期：2018-01-02", 2017),
        ("现将我镇2016年政府信息公开工作情况报告如下。\n2017年1月5日", 2016),
        ("发布时间：2021年01月03日\n一、总体情况\n2020年，我局公开信息。2020年共3件。", 2020),
        ("编制了2021年年报。统计期限自2020年1月1日起。", 2021),
        ("青石镇政府信息公开工作年度报告\n现公布本镇2012年度报告。", 2012),
    ],
)
def test_the_year_without_a_year_in_the_title(text, year):
    assert read(text).year == year


def test_file_numbers_are_no_years():
    assert read("一、总体情况\n工作平稳。", name="000_8175620189.md").year is None
    assert read("一、总体情况\n工作平稳。", name="xx镇2019.txt").year == 2019


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("2018年政府信息公开年报\n本年报由青石县湖塘镇政府编制。", "青石县湖塘镇政府"),
        ("2018年政府信息公开年报\n青石县教育局根据《条例》编制本报告。", "青石县教育局"),
        ("发布机构 | 青石街道办事处 | 发文日期 | 2022-01-04\n一、总体情况\n2021年，工作平稳。", "青石街道办事处"),
        ("2018年政府信息公开年报\n一、概述\n工作平稳。\n青石县审计局\n2019年1月10日", "青石县审计局"),
        ("2018年政府信息公开年报\n我局工作平稳。来源：本站原创", ""),
    ],
)
def test_the_agency_without_one_in_the_title(text, agency):
    assert read(text).agency == agency


TITLE = "青石镇2018年政府信息公开工作年度报告\n"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (TITLE + BODY + "\n青石镇人民政府\n2019年1月10日", "2019-01-10"),
        (TITLE + BODY + "\n青石镇人民政府 二〇一九年一月十日", "2019-01-10"),
        (TITLE + BODY + "\n二○一九年元月二十三日", "2019-01-23"),
        (TITLE + BODY + "\n2019 年 3 月 1 日\n（此件主动公开）", "2019-03-01"),
        (TITLE + "（2019年2月3日）\n" + BODY, "2019-02-03"),
        ("成文日期：2019-01-23 发布日期：2019-05-01\n" + TITLE + BODY, "2019-01-23"),
        ("发布时间：2019-05-01 10:20\n" + TITLE + BODY, "2019-05-01"),
        (TITLE + "发布时间：2020-05-01\n" + BODY + "\n2019年1月10日", "2019-01-10"),
        (TITLE + BODY + "\n2019年13月45日", ""),
        (TITLE + BODY + "\n201911日", ""),
        (TITLE + "统计时间：2018年1月1日至2018年12月31日\n" + BODY, ""),
        (TITLE + "发布时间：2015-05-01\n" + BODY, ""),
        (TITLE + BODY + "\n2018年12月31日", "2018-12-31"),
    ],
)
def test_the_date_of_publication(text, published):
    assert read(text).published == published


def test_the_date_of_the_format_is_the_last_resort():
    assert read(TITLE + BODY, published="2019-04-01T08:00:00+08:00").published == "2019-04-01"


@pytest.mark.parametrize(
    ("agency", "level", "kind"),
    [
        ("国务院办公厅", "national", "office"),
        ("水利部", "national", "department"),
        ("国家卫生健康委员会", "national", "department"),
        ("国家税务总局", "national", "vertical"),
        ("安徽省人民政府", "province", "government"),
        ("上海市", "province", "government"),
        ("内蒙古自治区教育厅", "province", "department"),
        ("广东省政务服务和数据管理局", "province", "department"),
        ("衡阳市", "city", "government"),
        ("盐城市城市管理局", "city", "department"),
        ("海西蒙古族藏族自治州人民政府", "city", "government"),
        ("阿克苏地区行政公署", "city", "government"),
        ("市财政局", "city", "department"),
        ("银川市西夏区教育局", "county", "department"),
        ("上海市浦东新区人民政府", "county", "government"),
        ("大冶市教育局", "county", "department"),
        ("绥阳县人民政府办公室", "county", "office"),
        ("汉阳区政府办", "county", "office"),
        ("国家税务总局珠海市香洲区税务局", "county", "vertical"),
        ("四川省巴中市气象局", "city", "vertical"),
        ("温州市公安局鹿城区分局", "county", "department"),
        ("正蓝旗人民政府", "county", "government"),
        ("温州高新区（经开区）管委会", "county", "zone"),
        ("蚌埠经济开发区管理委员会", "county", "zone"),
        ("五华科技产业园管理委员会", "", "zone"),
        ("银川市西夏区贺兰山西路街道办事处", "township", "government"),
        ("西咸新区底张街道办事处", "township", "government"),
        ("佳荣里街", "township", "government"),
        ("某县某族民族乡", "township", "government"),
        ("青石县湖塘镇政府", "township", "government"),
        ("青石县政务服务中心", "county", "institution"),
        ("青石县扶贫开发办公室", "county", "department"),
        ("", "", ""),
    ],
)
def test_level_and_kind_of_bodies(agency, level, kind):
    assert (level_of(agency, outline()), kind_of(agency, outline())) == (level, kind)


def refused(text: str, *, title: str = "") -> str:
    page = document(text, title=title)
    sections = section_tree(page, (), outline())
    reason = refusal(page, sections, outline())
    assert is_report(page, sections, outline()) is (reason == "")
    return reason


REPORTS = {
    "short": "青石镇2010年政府信息公开报告\n领导重视，安排1人负责。\n全年公开信息65条。\n2011年，将做好公开工作。",
    "no title": "现将我镇2011年政府信息公开情况报告如下。\n一、主动公开情况\n公开信息12条。\n二、依申请公开情况\n无。",
    "sentences only": "2018年，我镇主动公开政府信息20条。\n全年未收到政府信息公开申请。\n未发生行政复议、行政诉讼。",
    "no digits": "青石乡2012年度政府信息公开工作年度报告\n我乡认真做好信息公开，没有收到申请。",
    "carried by a notice": "青石市人民政府办公室关于公布青石市2009年度政府信息公开工作年度报告的通知\n"
    "各县人民政府：\n现予公布。\n"
    "青石市2009年度政府信息公开工作年度报告\n一、概述\n工作平稳。\n二、主动公开政府信息的情况\n公开5条。",
    "only headings": "一、总体情况\n2022年，我委规范推进信息公开。\n"
    "（一）主动公开情况。公开信息68条。\n（二）依申请公开方面。渠道畅通。",
    "law quoted": "青石镇2018年政府信息公开工作年度报告\n"
    "根据《条例》第三十二条，各单位要按时报送年度报告，我镇按时完成。\n"
    "一、主动公开情况\n公开3条。",
}
OTHERS = {
    "recipe": ("红烧肉的做法\n五花肉切块，加酱油，小火炖四十分钟。", "subject"),
    "regulation": (
        "中华人民共和国政府信息公开条例\n"
        + "\n".join(f"第{n}条 行政机关应当依法公开政府信息，不得拖延。" for n in "一二三四五六"),
        "statute",
    ),
    "notice": (
        "关于做好2018年政府信息公开工作年度报告编制工作的通知\n各乡镇人民政府：\n"
        "请各单位于1月20日前报送政府信息公开工作年度报告。\n"
        "一、编制内容\n主动公开、依申请公开等情况。\n二、时间要求\n按时报送。",
        "other",
    ),
    "notice over two lines": (
        "关于做好2018年政府信息公开工作年度报告\n编制工作的通知\n请各单位于1月20日前报送政府信息公开工作年度报告。",
        "other",
    ),
    "notice over three lines": (
        "青石省人民政府办公厅\n关于政府信息公开工作年度报告\n有关事项的通知\n各市人民政府：\n现就有关事项通知如下。\n"
        "一、规范年报内容\n要认真撰写年度报告中的总体情况，写明主动公开、依申请公开等方面。\n二、按时公布政府信息公开年报",
        "other",
    ),
    "comment on another report": (
        "政府工作报告解读之五：自身建设\n《政府工作报告》指出，政府信息公开稳步推进，办理提案百件，群众满意。",
        "news",
    ),
    "rule of law": (
        "青石县2018年法治政府建设年度报告\n一、全面推进政务公开\n"
        "主动公开政府信息100条，办理公开申请5件，行政复议3件。\n二、存在的问题\n仍有不足。",
        "other",
    ),
    "budget": (
        "青石县2018年预算执行情况和2019年预算草案的报告\n全年收入5亿元。推进预算信息公开。\n下一步，加强政务公开。",
        "other",
    ),
    "government report": ("2019年青石县政府工作报告\n生产总值增长6%。推进政务公开，办理建议提案100件。", "other"),
    "news": (
        "青石省发布2016年政府信息公开工作年度报告\n"
        "27日，省政府发布年度报告。报告显示，全省主动公开信息615万条，收到申请5319件。",
        "news",
    ),
    "guide": (
        "青石镇政府信息公开指南\n一、主动公开\n公开机构职能。\n"
        "二、依申请公开\n申请人填写申请表。\n三、收费标准\n按规定。",
        "other",
    ),
    "title only": ("青石镇2018年政府信息公开工作年度报告\n附件下载", "empty"),
    "passing mention": (
        "青石局2018年工作总结\n" + "抓好业务，服务群众，提升效能，夯实基础。" * 60 + "做好政务公开。",
        "other",
    ),
}


@pytest.mark.parametrize("text", REPORTS.values(), ids=REPORTS)
def test_reports_pass(text):
    assert refused(text) == ""


@pytest.mark.parametrize(("text", "reason"), OTHERS.values(), ids=OTHERS)
def test_other_texts_do_not(text, reason):
    assert refused(text) == reason


def test_nothing_at_all_is_read_without_a_fault():
    empty = Document("", (), "test")
    assert masthead(empty, outline()) == Report()
    assert refusal(empty, section_tree(empty, (), outline()), outline()) == "subject"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("全市9个县（市、区）公开信息。", "city"),
        ("各县（市、区）人民政府公开信息。", "city"),
        ("全市12个乡镇公开信息。", "county"),
        ("在全省县（市、区）中排名第三。", "county"),
        ("各社区、开发区公开信息。", "county"),
    ],
)
def test_a_city_with_counties_below_it(text: str, level: str) -> None:
    made = document(f"云岭市人民政府2023年政府信息公开工作年度报告\n根据《条例》编制。\n一、总体情况\n{text}")
    assert masthead(made, outline()).level == level


def test_the_date_signed_counts_before_the_tables_of_an_annex() -> None:
    rows = "\n".join(f"| 项目{n} | {n} |" for n in range(120))
    signed = f"{TITLE}{BODY}\n青石县水利局\n2022年1月20日\n主动公开政府信息情况\n{rows}\n收到申请情况\n{rows}"
    assert read(signed).published == "2022-01-20"


def test_whom_a_report_is_addressed_to_is_not_who_reports() -> None:
    title = "青石县水利局关于报送2021年\n政府信息公开工作年度报告的报告"
    text = f"{title}\n县人民政府办公室：\n{BODY}\n青石县水利局\n2022年1月6日"
    assert read(text).agency == "青石县水利局"
