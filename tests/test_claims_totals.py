"""Totals behind their parts, and before parts that no word opens."""

from __future__ import annotations

import re

import pytest

from analyzer.knowledge.language import Partition, load
from analyzer.knowledge.schema import Source
from tests.claim_texts import read


@pytest.mark.parametrize(
    ("sentence", "total", "parts"),
    [
        ("机构类13条，政策类23条，动态类4条，三类合计40条。", 40, [13, 23, 4]),
        ("机构类13条，政策类23条，动态类4条，三类共44条。", 44, [13, 23, 4]),
        ("现场领取2份；邮寄6份；网上9份。以上合计17份。", 17, [2, 6, 9]),
        ("制发公文90件，主动公开50件，依申请公开30件，不予公开11件。", 90, [50, 30, 11]),
        ("上半年发布120条，下半年发布80条，全年合计发布信息200条。", 200, [120, 80]),
        ("发布信息90条，按主题分，就业30条，教育60条。", 90, [30, 60]),
        ("发布信息90条。其中，就业30条，教育50条，其他10条。", 90, [30, 50, 10]),
        ("专题信息30条，分别为：就业12条、教育8条、养老10条、环保6条。", 30, [12, 8, 10, 6]),
    ],
)
def test_a_total_stands_behind_its_parts_or_before_those_that_make_it_up(
    sentence: str, total: int, parts: list[int]
) -> None:
    _, found = read(sentence)
    (split,) = found.breakdowns
    assert split.complete
    assert (found.claims[split.total].value, [found.claims[i].value for i in split.parts]) == (total, parts)


@pytest.mark.parametrize(
    "sentence",
    [
        "发布信息90条，印发通知3件，全年共计召开会议5次。",
        "发布信息90条。按主题划分，本机关全年制作公文20件。",
        "上年发布信息90条，网上收到申请3件，全年共收到申请8件。",
    ],
)
def test_numbers_in_a_row_without_a_common_whole_are_no_list(sentence: str) -> None:
    assert not read(sentence)[1].breakdowns


@pytest.mark.parametrize("entry", load(Source()).partitions, ids=lambda entry: entry.id)
def test_what_makes_up_a_whole_is_named(entry: Partition) -> None:
    expression = re.compile("|".join(entry.members))
    assert all(expression.search(example) for example in entry.examples)
    assert not any(expression.search(miss) for miss in entry.misses)


def test_a_list_between_two_totals_is_held_against_both() -> None:
    _, found = read("收到申请20件。按申请人划分，自然人18件，法人2件，合计21件。", "requests")
    assert {found.claims[split.total].value for split in found.breakdowns} == {20, 21}


def test_one_outcome_is_not_the_total_of_the_others() -> None:
    assert not read("予以公开2件，部分公开1件，无法提供2件，不予公开1件，撤回2件。", "requests")[1].breakdowns
