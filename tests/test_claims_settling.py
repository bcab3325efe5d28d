"""What stands beside a figure decides its cell: kinds of suit, cases of others, parts, sums, workload, years."""

from __future__ import annotations

import pytest

from tests.claim_texts import at_mark, links, read

NEW, IN, OUT, LOAD, DONE = (
    "request.new",
    "request.carried_in",
    "request.carried_out",
    "request.workload",
    "request.concluded",
)
R, L = "review.total", "litigation"
DIRECT, AFTER = "litigation.direct", "litigation.after_review"


def said(sentence: str, section: str, standard: str = "2021") -> list[tuple[object, str]]:
    """(value, cell) of every claim, `?` behind a cell that it may confirm but not contradict."""
    _, found = read(sentence, section, standard)
    return [(c.value, c.indicator + ("" if c.firm else "?")) for c in found.claims]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "未经复议直接起诉2件（结果维持1件，其他结果1件）；复议后起诉4件（结果维持3件，尚未审结1件）。",
            [
                (2, f"{DIRECT}.total"),
                (1, f"{DIRECT}.upheld"),
                (1, f"{DIRECT}.other"),
                (4, f"{AFTER}.total"),
                (3, f"{AFTER}.upheld"),
                (1, f"{AFTER}.pending"),
            ],
        ),
        (
            "经复议后提起诉讼三宗，其中胜诉一宗；不经复议径行起诉2宗，败诉1宗。",
            [(3, f"{AFTER}.total"), (1, f"{AFTER}.upheld"), (2, f"{DIRECT}.total"), (1, f"{DIRECT}.corrected")],
        ),
        (
            "直接起诉的3件中，法院判决维持1件，其他2件。",
            [(3, f"{DIRECT}.total"), (1, f"{DIRECT}.upheld"), (2, f"{DIRECT}.other")],
        ),
        (
            "直接起诉2件，复议后起诉4件，维持3件。",
            [(2, f"{DIRECT}.total"), (4, f"{AFTER}.total"), (3, "litigation.upheld?")],
        ),
        ("行政诉讼46件，维持25件。", [(46, L), (25, "litigation.upheld")]),
    ],
)
def test_results_belong_to_the_kind_of_suit_named_before(sentence: str, expected: list[object]) -> None:
    assert said(sentence, "review_litigation") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("收到行政复议申请5件，均与政府信息公开无关。", [(5, "")]),
        ("收到行政复议五宗，均为行政处罚类案件，不涉及政府信息公开。", [(5, "")]),
        ("行政应诉案件3起，均非政府信息公开类案件。", [(3, "")]),
        ("行政复议2件、行政诉讼1件。上述案件均未涉及政府信息公开。", [(2, ""), (1, "")]),
        ("行政复议7件，其中5件与政府信息公开无关。", [(7, ""), (5, "")]),
        ("因政府信息公开引发行政复议5件，均为征地拆迁类。", [(5, R)]),
        ("政府信息公开行政复议1件，因征地引发的行政复议7件、行政诉讼3件。", [(1, R), (7, ""), (3, "")]),
        ("作为复议机关办理行政复议96件，其中涉及政府信息公开的6件。", [(96, ""), (6, "")]),
        ("受理税务行政复议案件2件。", [(2, "")]),
        ("以我局为被申请人的行政复议2件、行政诉讼1件。", [(2, R), (1, L)]),
        ("申请人不服答复提起行政复议4件。", [(4, R)]),
    ],
)
def test_cases_that_are_not_about_disclosure_state_no_cell(sentence: str, expected: list[object]) -> None:
    assert said(sentence, "review_litigation") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("行政复议34件，结果均为维持。", [(34, R), (34, "review.upheld")]),
        ("行政复议1件，已维持。", [(1, R), (1, "review.upheld")]),
        (
            "行政复议8件，行政诉讼16件，均维持原行政行为。",
            [(8, R), (16, L), (8, "review.upheld"), (16, "litigation.upheld")],
        ),
        ("行政诉讼6件，法院均判决驳回原告诉讼请求。", [(6, L), (6, "litigation.upheld")]),
        ("行政复议四件，均已审结。", [(4, R), (0, "review.pending")]),
        ("行政复议9件，已审结。", [(9, R)]),
        ("复议后起诉1件，尚未审结。", [(1, f"{AFTER}.total"), (1, f"{AFTER}.pending")]),
        ("被申请复议4起，无一起被撤销。", [(4, R), (0, "review.corrected")]),
        ("行政复议3件，均为依申请公开类。", [(3, R)]),
    ],
)
def test_a_result_without_a_number_is_that_of_all_cases(sentence: str, expected: list[object]) -> None:
    _, found = read(sentence, "review_litigation")
    assert sorted((c.indicator, c.value) for c in found.claims) == sorted((key, value) for value, key in expected)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "共办理政府信息公开申请27件（含上年结转3件），其中自然人22件、企业5件。",
            [(27, LOAD), (3, IN), (22, f"{LOAD}/natural_person"), (5, f"{LOAD}/organization")],
        ),
        ("共受理政府信息公开申请3件，其中2件为2022年结转。", [(3, f"{LOAD}?"), (2, IN)]),
        ("处理申请二十七件，其中新收24件、上年结转3件。", [(27, LOAD), (24, NEW), (3, IN)]),
        ("新收21件，上年结转3件，共计24件，办结20件。", [(21, NEW), (3, IN), (24, LOAD), (20, DONE)]),
        ("本年新收（不含上年结转2件）申请15件。", [(2, IN), (15, NEW)]),
        ("收到申请44件（其中网上42件，邮寄2件），上年结转1件。", [(44, NEW), (42, ""), (2, ""), (1, IN)]),
        (
            "收到申请24件，办结22件，2件结转下年；办结上年结转申请3件。",
            [(24, NEW), (22, f"{DONE}?"), (2, OUT), (3, IN)],
        ),
        ("收到申请11件，办结8件，结转3件。", [(11, NEW), (8, DONE), (3, OUT)]),
        ("新收66件，结转4件，共70件。", [(66, NEW), (4, IN), (70, LOAD)]),
        ("收到上级转来申请2件，直接收到22件，合计24件。", [(2, ""), (22, ""), (24, NEW)]),
        ("系统收到申请7件，其中2件为测试件，实际有效申请5件。", [(7, ""), (2, ""), (5, NEW)]),
        ("受理低保申请1320件，办结1318件。", [(1320, ""), (1318, "")]),
        ("受理信访件56件，办结55件；收到政府信息公开申请4件，办结3件。", [(56, ""), (55, ""), (4, NEW), (3, DONE)]),
        ("收到1件不属于政府信息公开申请的咨询件。", [(1, "")]),
    ],
)
def test_new_carried_and_together(sentence: str, expected: list[object]) -> None:
    assert said(sentence, "requests") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "因属过程性信息不予公开1件，因属内部事务信息不予公开2件。",
            [(1, "request.denied.process_information"), (2, "request.denied.internal_affairs")],
        ),
        ("因不掌握、另行制作等原因无法提供7件。", [(7, "request.unavailable")]),
        (
            "1件因第三方合法权益不予公开，两件因本机关不掌握而无法提供。",
            [(1, "request.denied.third_party"), (2, "request.unavailable.not_held")],
        ),
        (
            "收到申请5件，均为自然人申请，其中2件予以公开，3件部分公开。",
            [(5, NEW), (2, "request.granted"), (3, "request.partial")],
        ),
        ("答复公开11件，部分公开2件。", [(11, "request.granted"), (2, "request.partial")]),
        ("发出补正通知书5份。", [(5, "")]),
        ("答复申请9件，予以公开5件，另予以公开3件。", [(9, DONE), (5, "request.granted?"), (3, "request.granted?")]),
    ],
)
def test_reasons_and_results(sentence: str, expected: list[object]) -> None:
    assert said(sentence, "requests") == expected


def test_each_of_several_names_has_its_number() -> None:
    found = links("收到申请2件，自然人、商业企业各1件。", "requests")
    assert sorted(found[1:]) == [(1, "request.new/business"), (1, "request.new/natural_person")]


def test_a_number_of_the_whole_area_is_not_contradicted_by_one_office_of_it() -> None:
    text = "全市各级行政机关收到政府信息公开申请2125件。市政府办公室受理申请213件。"
    assert said(text, "requests") == [(2125, NEW), (213, "")]


@pytest.mark.parametrize(
    ("sentence", "section", "standard", "expected"),
    [
        ("未收到通过信函方式提出的申请。", "requests", "2021", [(0, "")]),
        (
            "没有当面申请，也没有传真申请。",
            "requests",
            "2014",
            [(0, "request.received.in_person"), (0, "request.received.fax")],
        ),
        ("未收到通过信函、网络、当面等方式提出的申请。", "requests", "2014", [(0, "request.received")]),
        ("未收到公民的书面申请。", "requests", "2021", [(0, NEW)]),
        ("未发生败诉的行政诉讼。", "review_litigation", "2021", [(0, "litigation.corrected")]),
        ("没有行政复议被撤销的情况。", "review_litigation", "2014", [(0, "review.corrected")]),
        ("上年无结转，新收5件。", "requests", "2021", [(0, IN), (5, NEW)]),
        ("收到申请5件，全部答复，无结转。", "requests", "2021", [(5, NEW), (0, OUT)]),
        ("无上年结转及结转下年的申请。", "requests", "2021", [(0, IN), (0, OUT)]),
        ("本年度政府信息公开申请为零。", "requests", "2021", [(0, NEW)]),
    ],
)
def test_what_a_zero_denies(sentence: str, section: str, standard: str, expected: list[object]) -> None:
    assert said(sentence, section, standard) == expected


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("收到申请24件，同比2022年的30件下降20%，加上2022年结转的3件，共27件。", ["", "last_year", "", "", ""]),
        ("收到申请40件，较2022年的32件增长25%，予以公开20件。", ["", "last_year", "", ""]),
        ("收到申请1件，申请内容为2019年征收方案，予以公开1件。", ["", ""]),
        ("2022年度，我局全年收到申请30件。", ["last_year"]),
        ("2022年收到申请30件，办结29件；2023年全年收到申请5件。", ["last_year", "last_year", ""]),
        ("2024年，将公开信息100条。", ["plan"]),
        (
            "近三年累计收到申请48件，其中2021年12件、2022年16件、2023年20件。",
            ["cumulative", "other_year", "last_year", ""],
        ),
    ],
)
def test_a_year_governs_its_own_number(sentence: str, periods: list[str]) -> None:
    _, found = read(sentence, "requests")
    assert ["" if c.period == "this_year" else c.period for c in found.claims] == periods


def test_replies_and_cases_closed_are_two_cells_of_the_form_of_2014() -> None:
    assert links("办结19件，答复17件。", "requests", "2014") == [(19, DONE), (17, "request.replied")]


def test_a_share_of_two_together_has_no_base_here() -> None:
    _, found = read("收到317件，予以公开145件，部分公开38件，两者合计占办结总数的57.73%。", "requests")
    assert [c.whole for c in found.claims if c.kind == "share"] == [None]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("局本级收到申请12件，答复11件。", [(12, f"{NEW}?"), (11, f"{DONE}?")]),
        (
            "区本级收到申请5件，办结4件；全区收到申请9件，办结8件。",
            [(5, f"{NEW}?"), (4, f"{DONE}?"), (9, f"{NEW}?"), (8, f"{DONE}?")],
        ),
        ("收到申请12件，答复11件。", [(12, NEW), (11, DONE)]),
        ("收到申请4 126件。", [(4126, NEW)]),
        ("收到申请1 038件，答复12 126件。", [(1038, NEW), (12126, DONE)]),
        ("受理个人和企业申请6件。", [(6, NEW)]),
        ("受理村民及企业申请共6件。", [(6, NEW)]),
        (
            "申请人中，个人12件，企业4件，律所3件。",
            [(12, f"{NEW}/natural_person"), (4, f"{NEW}/business"), (3, f"{NEW}/legal_service")],
        ),
        ("自然人8件，企业2件。", [(8, f"{NEW}/natural_person"), (2, f"{NEW}/organization")]),
    ],
)
def test_who_asked_and_whom(sentence: str, expected: list[object]) -> None:
    assert said(sentence, "requests") == expected


@pytest.mark.parametrize(
    ("section", "sentence", "firm"),
    [
        ("overview", "办理各类行政复议案件126件，行政诉讼【31】件。", False),
        ("overview", "全年办理行政应诉案件40件，其中行政诉讼【31】件。", False),
        ("requests", "办理各类行政复议案件126件，行政诉讼【31】件。", False),
        ("review_litigation", "办理各类行政复议案件126件，其中涉及政府信息公开的【4】件。", True),
        ("organization", "全年行政诉讼【31】件。", False),
        ("overview", "因政府信息公开引发行政复议2件，行政诉讼【31】件。", True),
        ("review_litigation", "行政复议2件，行政诉讼【31】件。", True),
    ],
)
def test_cases_told_elsewhere_without_a_word_of_disclosure_accuse_nobody(
    section: str, sentence: str, firm: bool
) -> None:
    found = [claim for claim in at_mark(sentence, section, "2021") if claim.indicator]
    assert all(claim.firm is firm for claim in found)
    assert found or not firm


@pytest.mark.parametrize(
    "sentence", ["承接热线工单30件，已【办结29】件。", "“县长信箱”收到来信30封，按期【办结29】封。"]
)
def test_what_goes_on_with_something_else_names_no_cell_and_no_model_may_link_it(sentence: str) -> None:
    claims = at_mark(sentence, "response", "2014")
    assert [(c.value, c.indicator, bool(c.pattern)) for c in claims] == [(29, "", True)]
