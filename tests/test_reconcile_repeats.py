"""The year's figures told in two places: a contradiction only where the words leave no doubt that they are one."""

from __future__ import annotations

import pytest

from tests.test_reconcile_reports import found, read, report


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        ("全年公开政府信息80条。", "2023年主动公开各类政府信息70条。", True),
        ("本年度共公开政务信息80条。", "全年公开的70条信息都经过审核。", True),
        ("全年公开政府信息80条。", "2023年主动公开各类政府信息80条。", False),
        ("全年公开政府信息80条。", "公开政府信息70条。", False),
        ("全年公开政府信息80条。", "全年公开财政信息70条。", False),
        ("全年公开政府信息80条。", "在门户网站，全年公开政府信息70条。", False),
        ("全年公开政府信息80条。", "2022年公开政府信息70条。", False),
        ("全年公开政府信息80条。", "全年公开政府信息近70条。", False),
        ("全年公开政府信息80条。", "全年公开政府信息7条。", False),
        ("全年发布政策解读18篇。", "本年共发布政策解读材料16篇。", True),
        ("全年发布政策解读18篇。", "全年发布视频解读16篇。", False),
        ("全年政务微博发布信息50条。", "网站发布90条、微博发布45条。", True),
        ("全年政务微博发布信息50条。", "微博转发信息45条。", False),
    ],
)
def test_a_figure_told_twice(first: str, second: str, wrong: bool) -> None:
    told = found(read(report(overview=first, proactive_disclosure=second)), "text.contradiction")
    assert bool(told) == wrong
