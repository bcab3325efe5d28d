"""Whole reports through the whole pipeline: one report in many layouts, and each number of a form raised by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from analyzer import knowledge
from analyzer.analysis import Analysis
from analyzer.document import Block
from analyzer.knowledge import load
from analyzer.pipeline import analyze_parts
from analyzer.readers import read
from analyzer.synthesis.copies import Copy, Passage
from tests import gold, printed, whole_reports

KNOWN = knowledge.load()
LAYOUTS = tuple(whole_reports.USUAL)


def run(part: tuple[str, bytes]) -> Analysis:
    return analyze_parts([part], knowledge=KNOWN)


def facts(analysis: Analysis) -> dict[str, Any]:
    """What must not depend on the layout."""
    return {
        "sections": [(gold.squeeze(s.heading), s.section) for s in analysis.sections if s.depth == 1],
        "cells": {c.key: (c.value, c.state) for c in analysis.cells},
        "claims": [
            (gold.squeeze(analysis.cut(c.span)), c.value, c.unit, c.indicator, c.verdict, c.period)
            for c in analysis.claims
        ],
        "findings": sorted(
            (f.rule, f.severity, f.indicator, str(f.expected), str(f.actual)) for f in analysis.findings
        ),
    }


@cache
def seed_parts() -> tuple[list[str], list[Passage], str]:
    """Title lines, sections and the last heading (over the table) of the real report, as clean paragraphs."""
    text = (gold.REAL / "report.md").read_bytes()
    blocks = [b for b in read([("report.md", text)], load().layout).blocks if isinstance(b, Block)]
    prose: list[tuple[str, list[str]]] = [("", [])]
    for block in blocks[2:]:
        clean = re.sub(r"\s+", "", block.text)
        if block.level:
            prose.append((clean, []))
        else:
            prose[-1][1].append(clean)
    title = [re.sub(r"\s+", "", block.text) for block in blocks[:2]]
    return title, [Passage(heading, texts) for heading, texts in prose[:-1]], prose[-1][0]


def balanced(standard: str) -> dict[str, printed.Printed]:
    """Cells that break no identity; a body of this size makes no 规章."""
    cells = printed.balanced(standard)
    return {key: 0 if key.startswith("regulation.") else value for key, value in cells.items()}


def seed_as(layout: str) -> tuple[str, bytes]:
    title, prose, caption = seed_parts()
    cells: Mapping[str, printed.Printed] = gold.load()["cells"]
    table = Passage("", [caption], sheets=printed.tables(cells, "2014", layout))
    return whole_reports.printed(Copy(title, [*prose, table]), layout)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_real_report_in_other_layouts(layout: str) -> None:
    wanted = facts(run(("report.md", (gold.REAL / "report.md").read_bytes())))
    got = facts(run(seed_as(layout)))
    for name in wanted:
        assert got[name] == wanted[name], name


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("standard", ["2019", "2021"])
def test_every_cell_and_no_finding(standard: str, layout: str) -> None:
    cells = balanced(standard)
    analysis = run(whole_reports.six_parts(standard, cells, layout))
    assert analysis.report.standard == standard
    assert {c.key: c.value for c in analysis.cells} == cells
    assert {c.state for c in analysis.cells} == {"read"}
    assert [(f.rule, f.message) for f in analysis.findings] == []


@pytest.mark.parametrize("standard", ["2019", "2021"])
def test_each_number_raised_by_one_is_found(standard: str) -> None:
    cells = balanced(standard)
    checked = [key for key in cells if "/" in key or key.startswith(("review.", "litigation."))]
    assert len(checked) == {"2019": 176, "2021": 190}[standard]
    for key in checked:
        broken = {**cells, key: int(str(cells[key])) + 1}
        analysis = run(whole_reports.six_parts(standard, broken, "pipe"))
        errors = [f for f in analysis.findings if f.severity == "error"]
        assert errors, key
        assert all(key in f.indicator.replace("+", ";").split(";") for f in errors), (key, [f.message for f in errors])
        assert len({f.cause for f in errors}) == 1, key


@pytest.mark.parametrize(
    ("sentence", "verdicts"),
    [
        ("全年作出行政处罚决定9件。", {"inconsistent"}),
        ("专项整治行动中作出行政处罚决定9件。", {"suspect"}),
        ("专项整治行动中作出行政处罚决定3件。", {"unverifiable"}),
    ],
)
def test_only_words_that_are_understood_make_an_error(sentence: str, verdicts: set[str]) -> None:
    """The table has 5 penalties; those of one campaign may be a part of them."""
    overview = (f"（一）主动公开。{sentence}", *whole_reports.OVERVIEW[1:])
    analysis = run(whole_reports.six_parts("2021", balanced("2021"), "pipe", overview=overview))
    assert {c.verdict for c in analysis.claims if c.indicator == "penalty.decisions"} == verdicts
    assert {f.severity for f in analysis.findings} == ({"error"} if "inconsistent" in verdicts else set()) | (
        {"warning"} if "suspect" in verdicts else set()
    )


@pytest.mark.parametrize("heading", ["七、附表", "七、统计表", "七、附件："])
def test_a_heading_over_the_table_s_own_title_is_not_empty(heading: str) -> None:
    table = printed.tables(printed.balanced("2014"), "2014", "tabs")
    parts = [
        Passage("", ["根据《中华人民共和国政府信息公开条例》编制本报告。"]),
        Passage("一、概述", ["我镇依法推进信息公开。"]),
        Passage("二、依申请公开政府信息情况", ["办理规范，全年收取复印费600元。"]),
        Passage(heading, ["柳河镇政府信息公开情况统计表"], sheets=table),
    ]
    analysis = run(whole_reports.printed(Copy(["柳河镇人民政府2016年政府信息公开工作年度报告"], parts), "tabs"))
    assert analysis.report.standard == "2014"
    assert "section.empty" not in {f.rule for f in analysis.findings}
    assert "fees" not in {f.indicator for f in analysis.findings if f.rule == "section.missing"}
