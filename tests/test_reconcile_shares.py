"""Shares that name their base, rates after a pair of numbers, and shares that say nothing about the number before."""

from __future__ import annotations

import pytest

from tests.test_reconcile_reports import found, read, report


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("向媒体投稿40篇，录用10篇，录用率25%。", False),
        ("向媒体投稿40篇，录用10篇，录用率35%。", True),
        ("群众留言50条，回复48条，回复率为96%。", False),
        ("群众留言50条，回复48条，回复率达90%。", True),
        ("答复申请3件，占收到总数12件的25%。", False),
        ("答复申请3件，占收到总数12件的30%。", True),
        ("组织知识竞赛2场，及格率94%。", False),
        ("印发文件20件，文件公开率90%。", False),
        ("收到申请80件，其中线上提交占60%，线下提交占40%。", False),
        ("主动公开信息200条。网站发布信息50条，占主动公开总数的25%。", False),
        ("主动公开信息200条。网站发布信息50条，占主动公开总数的35%。", True),
        ("网站发布信息50条，占主动公开总数的35%。印发通知90条。", False),
    ],
)
def test_a_share_is_held_against_the_numbers_its_words_name(text: str, wrong: bool) -> None:
    assert bool(found(read(report(overview=text)), "percentage.share")) == wrong
