"""Sums, and numbers of one kind of applicant: the cell that a number states is told from those beside it."""

from __future__ import annotations

import pytest

from tests.claim_texts import links, read

NEW, GIVEN, DONE = "request.new", "request.received", "request.concluded"


@pytest.mark.parametrize(
    ("standard", "section", "sentence", "expected"),
    [
        ("2021", "requests", "网上提交7件、邮寄提交2件，合计9件。", (9, NEW)),
        ("2021", "requests", "申请渠道：网络7件、信函2件。以上合计9件。", (9, NEW)),
        ("2014", "requests", "公民申请7件，法人申请2件，合计9件。", (9, GIVEN)),
        ("2021", "requests", "结果为：予以公开7件，部分公开2件，不予处理1件，共计10件。", (10, DONE)),
        ("2014", "requests", "公民个人申请7件，法人或其他组织申请2件，合计11件。", (11, GIVEN)),
        ("2014", "proactive_disclosure", "政务微博8条、政务微信30条，合计38条。", (38, "channel.weibo+channel.wechat")),
        ("2014", "proactive_disclosure", "按栏目分：概况8条，财政30条，动态2条，合计40条。", (40, "disclosure.total")),
    ],
)
def test_a_sum_states_the_cell_of_what_its_parts_are_parts_of(
    standard: str, section: str, sentence: str, expected: tuple[int, str]
) -> None:
    assert expected in links(sentence, section, standard)


@pytest.mark.parametrize(
    "sentence",
    ["网络7件、信函2件，合计10件。", "予以公开7件，上门走访2人，合计9件。", "网络7件、信函2件。会议合计9次。"],
)
def test_what_is_no_sum_states_no_cell(sentence: str) -> None:
    assert links(sentence, "requests")[-1][1] == ""


@pytest.mark.parametrize(
    "sentence",
    ["按栏目分：概况8条，财政30条，动态2条，合计50条。", "网站上概况8条，财政30条，动态2条，合计40条。"],
)
def test_kinds_of_pieces_that_do_not_add_up_or_stand_on_one_site_are_not_all_that_was_published(sentence: str) -> None:
    assert links(sentence, "proactive_disclosure", "2014")[-1][1] == ""


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("办结自然人的申请7件、商业企业的申请2件。", [(7, f"{DONE}/natural_person"), (2, f"{DONE}/business")]),
        ("向自然人予以公开3件。", [(3, "request.granted/natural_person")]),
        ("收到自然人申请7件，办结自然人申请6件。", [(7, f"{NEW}/natural_person"), (6, f"{DONE}/natural_person")]),
        ("收到自然人、法人申请7件。", [(7, NEW)]),
        ("收到公民申请7件。", [(7, NEW)]),
    ],
)
def test_one_kind_of_applicant_has_its_own_column(sentence: str, expected: list[object]) -> None:
    _, found = read(sentence, "requests", "2021")
    assert [(claim.value, claim.indicator) for claim in found.claims] == expected


def test_a_total_in_a_sentence_of_its_own_is_no_head_of_applicants() -> None:
    assert (9, f"{NEW}/natural_person") in links(
        "办理的9件申请中，答复8件，结转下年1件。自然人提出申请9件。", "requests"
    )
