"""Findings on short whole reports: the way from the text to the finding."""

from __future__ import annotations

import pytest

from analyzer import knowledge
from analyzer.analysis import Analysis
from analyzer.pipeline import analyze

KNOWN = knowledge.load()
PARTS = {
    "overview": ("一、总体情况", "认真落实各项要求。"),
    "proactive_disclosure": ("二、主动公开政府信息情况", "按要求公开。"),
    "requests": ("三、收到和处理政府信息公开申请情况", "按规定办理。"),
    "review_litigation": ("四、政府信息公开行政复议、行政诉讼情况", "依法应对。"),
    "problems": ("五、存在的主要问题及改进情况", "公开的深度有待提高，将继续改进。"),
    "other_matters": ("六、其他需要报告的事项", "本年度未收取信息处理费。"),
}


def report(year: int = 2023, *, body: str = "柳溪县民政局", preamble: str = "", **texts: str) -> str:
    """A report without tables, its parts filled with the texts given."""
    lines = [f"{body}{year}年政府信息公开工作年度报告"]
    lines.append(f"统计期限自{year}年1月1日起至{year}年12月31日止。联系电话：0855-3822001。{preamble}")
    for section, (heading, text) in PARTS.items():
        lines += [heading, texts.get(section, text)]
    return "\n".join(lines) + "\n"


def read(text: str) -> Analysis:
    return analyze(text, knowledge=KNOWN)


def found(analysis: Analysis, rule: str) -> list[tuple[str, str]]:
    """Severity and quoted words of the findings of a rule."""
    text = analysis.text
    return [
        (f.severity, text[f.span.start : f.span.end] if f.span else "") for f in analysis.findings if f.rule == rule
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2023年收到申请40件，比上年的32件增长20%。", True),
        ("2023年收到申请40件，比上年的32件增长25%。", False),
        ("全年公开政府信息500条，比上年的400条增长20%。", True),
        ("全年公开政府信息500条，较2022年的400条增长25%。", False),
        ("主动公开政府信息由2022年的400条增加到500条，增长20%。", True),
        ("主动公开政府信息由2022年的400条增加到500条，增长25%。", False),
        ("全年公开政府信息500条，较2022年增加100条，增长30%。", True),
        ("全年公开政府信息500条，较2022年增加100条，增长25%。", False),
        ("全年公开政府信息500条，较上年减少100条，下降16.7%。", False),
        ("全年公开政府信息500条，较上年减少100条，下降20%。", True),
        ("2023年共收到政府信息公开申请5件，较上年增加2件，增长66.7%。", False),
        ("2023年共收到政府信息公开申请5件，较上年增加2件，增长40%。", True),
        ("全年收到政府信息公开申请5件，办结4件，申请较上年增加2件，增长66.7%。", False),
        ("全年公开政府信息500条，较上年增加约100条，增长近30%。", False),
        ("全年公开政府信息500条，同比增长30%。", False),
        ("收到申请187件，比上年的214件减少27件，下降12.6%。", False),
        ("收到申请17件，比2022年的12件增加5件，增长41.7%。", False),
        ("收到申请17件，比2022年的12件增加5件，增长29.4%。", True),
        ("全年收到申请5件。公开政府信息同比增加100条，增长30%。", False),
    ],
)
def test_growth_within_the_text(text: str, wrong: bool) -> None:
    assert bool(found(read(report(overview=text)), "percentage.growth")) == wrong


SHARES = (
    "招生考试类420条，占总数的{0}%；财务类255条，占总数的29.1%；人事类105条，占总数的12%；其他95条，占总数的10.9%。"
)


@pytest.mark.parametrize(("share", "wrong"), [("58", True), ("48", False), ("48.0", False)])
@pytest.mark.parametrize("between", ["", "\n（一）公开渠道\n网站公开600条。\n（二）公开内容\n"])
def test_shares_of_a_total_told_before(share: str, wrong: bool, between: str) -> None:
    text = "全年主动公开政府信息875条。" + between + SHARES.format(share)
    rules = {f.rule for f in read(report(proactive_disclosure=text)).findings}
    assert ("percentage.share" in rules) == wrong


def test_a_share_of_several_numbers_is_not_held_against_the_last() -> None:
    text = "收到申请29件，其中予以公开18件，部分公开2件，两者合计占申请总数的68.97%。"
    assert not found(read(report(requests=text)), "percentage.share")


def test_shares_of_an_untold_total_are_left() -> None:
    text = "全年召开会议3次。" + SHARES.format("58")
    assert not found(read(report(proactive_disclosure=text)), "percentage.share")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("存在以下三个方面问题：一是公开意识不强；二是公开内容不全。", True),
        ("主要存在两个问题：一是意识不强；二是内容不全；三是人手不足。", True),
        ("存在以下三个方面问题：一是意识不强；二是内容不全；三是人手不足。", False),
        ("主要存在两个问题：一是意识不强。二是内容不全。改进措施：一是加强学习。二是充实人员。三是加强检查。", False),
        ("存在三个方面的不足。今后将改进：首先加强学习。", False),
        ("存在三个问题，另外一方面也有成绩。", False),
    ],
)
def test_announced_problems_and_their_list(text: str, wrong: bool) -> None:
    assert bool(found(read(report(problems=text)), "enumeration.count")) == wrong


@pytest.mark.parametrize(
    ("preamble", "wrong"),
    [
        ("本报告由七个部分组成。", True),
        ("全文分为五个部分。", True),
        ("本报告由六个部分组成。", False),
        ("本报告包括总体情况、主动公开、问题等6个部分。", False),
        ("重点部分已在网站公开。", False),
    ],
)
def test_announced_parts_and_the_headings(preamble: str, wrong: bool) -> None:
    assert bool(found(read(report(preamble=preamble)), "enumeration.count")) == wrong


TOWN = "大寨县青龙镇人民政府"


@pytest.mark.parametrize(
    ("body", "text", "wrong"),
    [
        (TOWN, "白云镇党委政府高度重视信息公开工作。", True),
        (TOWN, "2023年，碛口镇人民政府未收到政府信息公开申请。", True),
        (TOWN, "青龙镇党委政府高度重视信息公开工作。", False),
        (TOWN, "我镇党委政府高度重视信息公开工作。", False),
        (TOWN, "与白云镇人民政府联合开展宣传。", False),
        (TOWN, "大寨县人民政府高度重视信息公开工作。", False),
        ("柳溪县民政局", "2023年，柳溪县水利局未收到政府信息公开申请。", True),
        ("柳溪县民政局", "今年我局共收到申请2件。", False),
        ("柳溪县民政局", "县民政局高度重视信息公开工作。", False),
        ("柳溪县市场监督管理局", "市场监管局高度重视信息公开工作。", False),
        ("柳溪县住房和城乡建设局", "县住建局认真落实各项要求。", False),
        (TOWN, "青山乡完善发布审核制度。", True),
        (TOWN, "我街道收到申请1件。", True),
        (TOWN, "我局已公开信息。", True),
        (TOWN, "我镇收到申请1件，本级财政保障。", False),
        ("柳溪县民政局", "我镇收到申请1件。", True),
        ("柳溪县民政局", "我局收到申请1件，我县各乡镇配合。", False),
        ("柳溪县民政局", "各乡镇完善制度，小城镇建设信息已公开。", False),
        ("柳溪县人民政府", "白云镇人民政府高度重视信息公开工作。", False),
    ],
)
def test_another_body_as_the_author(body: str, text: str, wrong: bool) -> None:
    assert bool(found(read(report(body=body, overview=text)), "content.body")) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2022年，我局严格落实三审制度。", True),
        ("2022年我局未发生收费。", True),
        ("2023年，我局严格落实三审制度。", False),
        ("2022年，我局成立了领导小组。", False),
        ("2021年，我局严格落实三审制度。", False),
        ("2022年，我局严格落实三审制度，2023年继续执行。", False),
        ("2022年度，我局主动公开信息30条。2023年公开50条。", False),
        ("2022年度，我局主动公开信息30条。各科室配合。", True),
        ("2022年以来，我局严格落实三审制度。", False),
    ],
)
def test_last_year_left_standing(text: str, wrong: bool) -> None:
    assert bool(found(read(report(overview=text)), "year.leftover")) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("主动公开政府信息2312条，其中环评864条、行政处罚212条、环境质量730条、其他信息406条。", True),
        ("主动公开政府信息2212条，其中环评864条、行政处罚212条、环境质量730条、其他信息406条。", False),
        ("主动公开政府信息2312条，其中环评864条、行政处罚212条、环境质量730条。", False),
    ],
)
def test_a_list_that_ends_with_the_rest_is_whole(text: str, wrong: bool) -> None:
    assert bool(found(read(report(proactive_disclosure=text)), "sum.total")) == wrong


@pytest.mark.parametrize(
    ("last", "empty"),
    [
        ("", True),
        ("青石镇人民政府\n", True),
        ("无\n", False),
        ("暂无其他情况\n", False),
        ("无。\n青石镇人民政府\n", False),
    ],
)
def test_a_signature_fills_no_part(last: str, empty: bool) -> None:
    parts = "一、总体情况\n2018年，依法公开信息。\n二、其他需要报告的事项\n"
    report = analyze(f"青石镇人民政府2018年政府信息公开工作年度报告\n{parts}{last}2019年1月20日\n")
    assert ("section.empty" in {finding.rule for finding in report.findings}) is empty


@pytest.mark.parametrize(("between", "jumps"), [("全年公开信息41条。", True), ("4.其他工作：按要求办理。", False)])
def test_a_digit_in_the_text_is_no_ordinal(between: str, jumps: bool) -> None:
    first = "1.总体情况\n依法公开信息。\n2.主动公开政府信息情况\n按要求公开。\n3.依申请公开情况\n"
    parts = f"{first}{between}\n5.存在的主要问题\n有待改进。\n"
    report = analyze(f"青石镇人民政府2018年政府信息公开工作年度报告\n{parts}")
    assert ("ordinal.heading" in {finding.rule for finding in report.findings}) is jumps


HONEST = (
    "2022年，我局主动公开政府信息300条，其中通过县政府网站公开260条，通过微信公众号公开120条。",
    "2022年，我局主动公开政府信息300条，其中门户网站发布290条、政务微博发布100条、公开栏张贴20条。",
    "2021年公开政府信息280条，本年公开政府信息300条。",
    "2021年收到申请3件，今年收到申请5件，均已答复。",
)


@pytest.mark.parametrize("sentence", HONEST)
def test_pieces_in_several_channels_and_last_year_s_figures_accuse_nobody(sentence: str) -> None:
    parts = f"一、总体情况\n{sentence}\n二、存在的主要问题及改进情况\n公开的深度有待提高。\n"
    report = analyze(f"青山县财政局2022年政府信息公开工作年度报告\n{parts}")
    prose = ("sum.", "year.", "text.", "claim.")
    assert not [f for f in report.findings if f.severity != "info" and f.rule.startswith(prose)]


def test_last_year_s_work_told_as_this_year_s_is_asked_about() -> None:
    report = analyze("青山县财政局2022年政府信息公开工作年度报告\n一、总体情况\n2021年，我局主动公开政府信息280条。\n")
    assert "year.leftover" in {finding.rule for finding in report.findings}
