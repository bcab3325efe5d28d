"""What `show` prints: all of the report, aligned for wide characters, never wider than asked, no stray control."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from analyzer import terminal
from analyzer.analysis import Analysis
from analyzer.document import Cell, Check, Claim, Deduction, Finding, Report, Score, Section, Span
from analyzer.knowledge import forms, rulebook, wording
from analyzer.knowledge.schema import Source
from analyzer.knowledge.wording import columns

TEXT = "甲街道\n一、概述\n公开41条。\n培训60余人。\n表\n28\n0\n"
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def known() -> Any:
    source = Source()
    return SimpleNamespace(wording=wording.load(source), forms=forms.load(source), rulebook=rulebook.load(source))


def span(quote: str, page: int | None = None) -> Span:
    start = TEXT.index(quote)
    return Span(start, start + len(quote), page)


def cell(key: str, value: int | None, state: Any = "read", place: Span | None = None) -> Cell:
    indicator, _, applicant = key.partition("/")
    return Cell(indicator, applicant, f"标签 {key}", value, "件", "", state, place)


def claim(quote: str, value: int, verdict: Any, **given: Any) -> Claim:
    return Claim(span(quote), span(quote), span(quote), value, "", None, None, verdict=verdict, **given)


def finding(number: int, severity: Any = "error", **given: Any) -> Finding:
    own = {"rule": f"rule.{number}", "indicator": "", "message": f"说明{number}。", "verdict": "inconsistent"}
    own |= {"expected": None, "actual": None, "cause": f"f{number}", **given}
    return Finding(f"f{number}", severity=severity, **own)


def analysis(**given: Any) -> Analysis:
    empty: dict[str, Any] = dict.fromkeys(
        ("sections", "cells", "claims", "checks", "findings", "scores", "deductions"), ()
    )
    report = Report("甲街道", 2018, "甲街道2018年报告", "township", "office", "2019-01-30", "2014", "2014")
    return Analysis(**{"report": report, "text": TEXT, **empty, **given})


def full(lang: str = "zh") -> Analysis:
    """A bit of everything."""
    return analysis(
        sections=(
            Section(0, 0, "", "preamble", 1, 0, 3, 0),
            Section(1, 1, "一、概述", "overview;organization", 0.9, 4, 20, 9),
            Section(2, 2, "（一）" + "很长的标题" * 20, "", 0, 9, 20, 15),
        ),
        cells=(
            cell("disclosure.total", 28, place=span("28")),
            cell("channel.gazette", None, "blank"),
            *(cell(f"request.received.{name}", 0) for name in ("fax", "letter", "online")),
            cell("training.courses", 1, "doubtful")._replace(raw="l 次", note="conflict"),
            cell("request_fee", None, "absent"),
        ),
        claims=(
            claim("公开41条", 41, "consistent", table_value=41, indicator="channel.website"),
            claim("60余人", 60, "inconsistent", table_value=0, approximate=True, indicator="a.b", note="61至69" * 30),
        ),
        checks=(*[Check("a", "holds")] * 3, Check("a", "not_assessable")),
        findings=(
            finding(1, "info", message="很长的说明，" * 40),
            finding(2, expected=28, actual=41, span=span("公开41条"), second=span("28")),
            finding(
                3, "warning", rule="section.missing", indicator="fees", verdict="suspect", actual="", expected="fees"
            ),
            finding(4, cause="f2", expected=Decimal("1.50"), actual="一"),
        ),
        scores=(
            Score("completeness", Decimal("81.25"), Decimal(100), 2),
            Score("consistency", None, Decimal(100), 0),
            Score("overall", None, Decimal(100), 0),
        ),
        deductions=(Deduction("consistency", Decimal("6"), "f2"), Deduction("overall", Decimal("3"), "f2")),
        lang=lang,
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [20, 72, 80, 100, 160])
def test_no_line_is_wider_than_asked(known: Any, width: int, lang: str) -> None:
    for line in terminal.render(full(lang), known, width=width).splitlines():
        assert columns(line) <= max(72, width), line


def test_colour_adds_nothing_but_colour(known: Any) -> None:
    plain, coloured = terminal.render(full(), known), terminal.render(full(), known, colour=True)
    assert "\x1b" not in plain
    assert ESCAPE.search(coloured)
    assert ESCAPE.sub("", coloured) == plain


def test_the_head_says_who_when_on_which_form_and_how_good(known: Any) -> None:
    head = terminal.render(replace(full(), grade="良"), known).split("\n\n")[0]
    assert "甲街道 2018年度" in head
    assert "乡镇级 政府办公厅（室）" in head
    assert "2014年统计表" in head
    assert "良 · 总分 未能评定 · 完整性 81.2 · 一致性 未能评定" in head


@pytest.mark.parametrize(
    ("found", "expected", "said"),
    [
        ("2019", "2021", "报告所用：2019年格式；本年度应用：2021年格式"),
        ("none", "2021", "没有读到表格；本年度应用：2021年格式"),
        ("none", "none", "本年度没有全国统一表式"),
        ("2021", "2021", "2021年格式"),
    ],
)
def test_the_form_used_and_the_form_due(known: Any, found: str, expected: str, said: str) -> None:
    own = analysis(report=Report(standard=found, standard_expected=expected))
    assert re.search(rf"表式 +{said}\n", terminal.render(own, known))


def test_an_empty_report_says_so(known: Any) -> None:
    text = terminal.render(analysis(report=Report()), known)
    for said in ("机关不详 年度不详", "没有读出章节。", "没有读出表格数据。", "正文中没有读出数字。", "没有发现问题。"):
        assert said in text


def test_places_are_lines_of_the_text_or_pages(known: Any) -> None:
    text = terminal.render(full(), known)
    assert re.search(r"第3行 +相符 +41 +41 +公开41条 +channel\.website", text)
    assert re.search(r"第4行 +矛盾 +~60 +0 +60余人 +a\.b", text)
    assert "两处所指未必是同一项。" in terminal.render(
        analysis(claims=(claim("60余人", 6, "suspect", note="link"),)), known
    )
    paged = analysis(claims=(claim("60余人", 60, "suspect")._replace(span=span("60余人", page=7)),))
    assert re.search(r"第7页 +存疑", terminal.render(paged, known))
    first = analysis(claims=(claim("甲街道", 1, "suspect"),))
    assert re.search(r"第1行 +存疑", terminal.render(first, known))


def test_cells_that_say_something_are_listed_and_the_others_counted(known: Any) -> None:
    text = terminal.render(full(), known)
    assert "表格数据: 7 · 已读出 4 · 空白 1 · 未出现 1 · 读数存疑 1" in text
    assert re.search(r"（一）主动公开政府信息数 +28 件 +第6行", text)
    assert re.search(r"政府公报公开政府信息数 +空\n", text)
    assert re.search(r"举办各类培训班数 +1\? 件\n +原文“l 次” 同一张表出现两次，数字不同\n", text)
    assert "另有 3 格为 0 · 1 格未出现" in text


def test_the_requests_table_is_printed_as_a_table(known: Any) -> None:
    form = known.forms.cells("2021")
    values = {"request.other.other/business": 12, "request.new/total": 103}
    cells = tuple(
        Cell(c.indicator, c.applicant, c.label, values.get(c.key, 0), c.unit, "", "read") for c in form if c.applicant
    )
    blank = tuple(c._replace(value=None, state="blank") if c.key == "request.new/research" else c for c in cells)
    text = terminal.render(analysis(cells=blank, report=Report(standard="2021", standard_expected="2021")), known)
    assert re.search(r"自然人 +企业 +科研 +公益 +法律 +其他 +总计\n", text)
    assert re.search(r"一、本年新收\S+ +0 +0 +空 +0 +0 +0 +103\n", text)
    assert re.search(r"（六）3.其他 +0 +12 +0 +0 +0 +0 +0\n", text)
    doubtful = tuple(c._replace(state="doubtful", note="short_row") if c.value == 12 else c for c in blank)
    told = terminal.render(analysis(cells=doubtful, report=Report(standard="2021", standard_expected="2021")), known)
    assert re.search(r"（六）3.其他 +0 +12\? +0", told)
    assert "    ? 该行数字少于应有个数\n" in told
    rows = len(cells) // 7
    assert f"另有 {rows - 2} 行全为 0" in text


def test_a_table_that_is_not_there_is_one_line(known: Any) -> None:
    cells = tuple(cell(c.key, None, "absent") for c in known.forms.cells("2021"))
    text = terminal.render(analysis(cells=cells, report=Report(standard_expected="2021")), known)
    assert text.count("表中各格均未出现") == 3


def test_findings_come_worst_first_with_numbers_places_and_cost(known: Any) -> None:
    text = terminal.render(full(), known)
    assert re.findall(r"rule\.\d|section\.missing", text) == ["rule.2", "rule.4", "section.missing", "rule.1"]
    assert "  1 错误 rule.2 · 第3行 · 扣6.0分（一致性）\n     说明2。\n     41（第3行）↔ 28（第6行）\n" in text
    assert "  2 错误 rule.4 · 与第1条同因\n     说明4。\n     一 ↔ 1.5\n" in text
    assert "  3 警示 section.missing · 存疑\n" in text
    assert "应有而缺: 收费及减免" in text


def test_scores_say_what_was_left_out(known: Any) -> None:
    text = terminal.render(full(), known)
    assert "完整性 81.2 · 2 项无法判断，未计入" in text
    assert "一致性 未能评定\n" in text
    assert "核对 4 · 成立 3 · 无法判断 1" in text


def test_english_holds_chinese_only_where_the_report_does(known: Any) -> None:
    own = analysis(cells=full().cells, checks=full().checks, scores=full().scores, lang="en", report=Report(year=2018))
    text = terminal.render(own, known).replace("件", "").replace("l 次", "")
    assert not re.search(r"[\u4e00-\u9fff]", text)


def test_control_characters_of_the_report_do_not_reach_the_terminal(known: Any) -> None:
    evil = "甲\x1b[31m\r乙\x07\u202e丙\x9b"
    own = analysis(
        report=Report(agency=evil, title=evil, year=2018),
        sections=(Section(1, 1, evil, "overview", 1, 0, 1, 0),),
        findings=(finding(1, message=evil, actual=evil, expected=evil),),
        claims=(claim("60余人", 60, "suspect")._replace(note=evil),),
        text=TEXT.replace("60余人", "\x1b]0;\x07"),
    )
    text = terminal.render(own, known)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)


def test_the_same_analysis_gives_the_same_text(known: Any) -> None:
    assert terminal.render(full(), known) == terminal.render(full(), known)
