"""Judging a report: each task on reports of a few lines, whose counts are worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from analyzer.document import Check
from analyzer.evaluation import Evaluation
from analyzer.evaluation.tally import Tally
from tests.evaluation_cases import Case, cell


def counts(tally: Tally, task: str) -> dict[str, float]:
    """What a task counted, over all names."""
    found: dict[str, float] = {}
    for (own, measure, _), number in tally.counts.items():
        if own == task:
            found[measure] = found.get(measure, 0) + number
    return found


def figures(*cases: Case) -> dict[tuple[str, str], float | None]:
    reports = tuple(case.judged(f"r{number}") for number, case in enumerate(cases))
    return {(f.task, f.measure): f.value for f in Evaluation(reports).figures}


# Claims


def three() -> Case:
    """Four labels: two found, one of them with a wrong link; one missed; one claim that nobody asks for."""
    case = Case("全年收到申请12件，办结11件，补正3件。另有网站2个。热线5部。")
    case.says("收到申请12件", 12, "request.new", verdict="consistent")
    case.says("办结11件", 11, "request.concluded", verdict="consistent")
    case.says("补正3件", 3)
    case.says("网站2个", 2, unit="个")
    case.reads("收到申请12件", "12", 12, "request.new/total", verdict="consistent")
    case.reads("办结11件", "11", 11, "request.granted/total", verdict="inconsistent")
    case.reads("补正3件", "3", 3)
    case.reads("热线5部", "5", 5, unit="部")
    return case


def test_claims_found_missed_and_extra() -> None:
    tally = three().judge()
    assert counts(tally, "claim") == {"right": 3, "missed": 1, "false": 1}
    found = figures(three())
    assert found["claims", "precision"] == pytest.approx(3 / 4)
    assert found["claims", "recall"] == pytest.approx(3 / 4)
    assert found["claims", "f1"] == pytest.approx(3 / 4)
    assert {(m.task, m.outcome, m.quote) for m in tally.misses if m.task == "claim"} == {
        ("claim", "missed", "网站2个"),
        ("claim", "extra", "热线5部"),
    }


def test_a_wrong_link_is_both_false_and_missed() -> None:
    assert counts(three().judge(), "link") == {"right": 1, "false": 1, "missed": 1}
    found = figures(three())
    assert (found["links", "precision"], found["links", "recall"]) == (0.5, 0.5)


def test_verdicts_of_the_found_claims() -> None:
    found = figures(three())
    assert found["verdicts", "accuracy"] == pytest.approx(2 / 3)
    assert found["verdict consistent", "recall"] == pytest.approx(1 / 2)
    assert found["verdict inconsistent", "precision"] == 0
    # right: 补正; false: the claim nobody asks for; missed: 网站
    assert found["verdict unverifiable", "precision"] == pytest.approx(1 / 2)
    assert found["verdict unverifiable", "recall"] == pytest.approx(1 / 2)


def test_every_miss_carries_its_sentence() -> None:
    missed = next(m for m in three().judge().misses if m.outcome == "missed")
    assert missed.sentence == "另有网站2个。"


@pytest.mark.parametrize(
    ("said", "found", "right"),
    [
        ({"indicator": "request.new"}, "request.new/total", True),
        ({"indicator": "request.denied"}, "request.denied/total", True),
        ({"indicator": "request.workload"}, "request.new/total+request.carried_in/total", True),
        ({"indicator": "request.new/organization"}, "request.new/business", False),
        ({"indicator": None, "expression": ["request.new", "request.carried_in"]}, "request.workload", True),
        ({"indicator": "request.new", "indicator_accept": ["request.carried_in"]}, "request.carried_in/total", True),
        ({"indicator": "request.new"}, "", False),
        ({"indicator": None}, "request.new/total", False),
        ({"indicator": None, "indicator_accept": ["request.new"]}, "request.new/total", True),
        ({"indicator": "request.new", "indicator_accept": [""]}, "", True),
    ],
)
def test_links_are_compared_by_the_cells_they_mean(said: dict[str, Any], found: str, right: bool) -> None:
    case = Case("共12件。")
    case.says("共12件", 12, **said)
    case.reads("共12件", "12", 12, found)
    assert any(miss.task == "link" for miss in case.judge().misses) is not right


def test_a_link_that_may_be_left_out_counts_for_nobody() -> None:
    case = Case("共12件。")
    case.says("共12件", 12, "request.new", indicator_accept=[""])
    case.reads("共12件", "12", 12, "")
    assert counts(case.judge(), "link") == {}


def test_attributes_are_compared_where_the_label_has_them() -> None:
    case = Case("近130条。约20件。")
    case.says("近130条", 130, unit="条", approximate=True, low=120, high=130, period="this_year", scope="body")
    case.says("约20件", 20, approximate=True)
    case.reads("近130条", "130", 130, unit="件", approximate=True, low=121, high=130, period="last_year", scope="body")
    case.reads("约20件", "20", 20, approximate=True, low=18, high=22)
    tally = case.judge()
    judged = {task: counts(tally, task) for task in ("value", "unit", "bounds", "period", "scope")}
    assert judged == {
        "value": {"right": 2},
        "unit": {"wrong": 1, "right": 1},
        "bounds": {"wrong": 1, "right": 1},
        "period": {"wrong": 1},
        "scope": {"right": 1},
    }


@pytest.mark.parametrize(
    ("value", "unit", "wrong"),
    [(170000, "元", []), (17, "万元", []), (170000, "万元", ["value"]), (17, "元", ["unit"])],
)
def test_ten_thousands_may_belong_to_the_number_or_to_the_unit(value: int, unit: str, wrong: list[str]) -> None:
    case = Case("经费17万元。")
    case.says("经费17万元", 17, unit="万元")
    case.reads("经费17万元", "17", value, unit=unit)
    assert [miss.task for miss in case.judge().misses] == wrong


@pytest.mark.parametrize(
    ("labelled", "found", "right"),
    [("", "body", True), ("", "area", False), ("area", "", False), ("site", "site", True)],
)
def test_a_label_without_scope_means_the_body_itself(labelled: str, found: str, right: bool) -> None:
    case = Case("共12件。")
    case.says("共12件", 12, scope=labelled)
    case.reads("共12件", "12", 12, scope=found)
    assert (case.judge().misses == []) is right


def test_furniture_and_line_breaks_do_not_split_a_quote() -> None:
    case = Case("全年收到政府信\n> 第 3 页\n息公开申请 1 2 件。")
    case.says("政府信息公开申请12件", 12)
    case.reads("1 2 件", "1 2", 12)
    assert counts(case.judge(), "claim") == {"right": 1}


def test_the_number_meant_is_the_one_of_the_labels_value() -> None:
    case = Case("2021年收到12件。")
    case.says("2021年收到12件", 12)
    case.reads("收到12件", "12", 12)
    assert counts(case.judge(), "claim") == {"right": 1}


def test_a_number_at_another_place_is_another_claim() -> None:
    case = Case("收到12件，答复12件。")
    case.says("收到12件，答复12件", 12, number_at=8)
    case.reads("收到12件", "12", 12)
    assert counts(case.judge(), "claim") == {"missed": 1, "false": 1}


@pytest.mark.parametrize(("nth", "found"), [(1, {"missed": 1, "false": 1}), (2, {"right": 1})])
def test_the_occurrence_says_which_of_equal_quotes_is_meant(nth: int, found: dict[str, float]) -> None:
    case = Case("培训1次。会议后培训1次。")
    case.says("培训1次", 1, unit="次", number_at=2, occurrence=2)
    case.reads("培训1次", "1", 1, unit="次", nth=nth)
    assert counts(case.judge(), "claim") == found


def test_a_label_without_occurrence_covers_every_repetition() -> None:
    case = Case("培训1次。会议后培训1次。")
    case.says("培训1次", 1, unit="次")
    case.reads("培训1次", "1", 1, unit="次")
    case.reads("培训1次", "1", 1, unit="次", nth=2)
    assert counts(case.judge(), "claim") == {"right": 1}


def test_two_zero_claims_at_one_word() -> None:
    case = Case("未发生行政复议、行政诉讼。")
    case.says("未发生行政复议", 0, "review.total", unit="", number_at=0)
    case.says("未发生行政复议、行政诉讼", 0, "litigation", unit="", number_at=0)
    case.reads("未发生行政复议、行政诉讼", "未发生", 0, "litigation", unit="", kind="zero")
    case.reads("未发生行政复议", "未发生", 0, "review.total", unit="", kind="zero")
    tally = case.judge()
    assert counts(tally, "claim") == {"right": 2}
    assert counts(tally, "link") == {"right": 2}


def test_one_zero_claim_does_not_answer_two_labels() -> None:
    case = Case("未发生行政复议、行政诉讼。")
    case.says("未发生行政复议", 0, "review.total", unit="", number_at=0)
    case.says("未发生行政复议、行政诉讼", 0, "litigation", unit="", number_at=0)
    case.reads("未发生行政复议", "未发生", 0, "review.total", unit="", kind="zero")
    assert counts(case.judge(), "claim") == {"right": 1, "missed": 1}


def test_a_zero_said_in_words_may_be_anywhere_in_its_quote() -> None:
    case = Case("本年度没有收到申请。")
    case.says("本年度没有收到申请", 0, "request.new", unit="")
    case.reads("没有收到申请", "没有", 0, "request.new/total", unit="", kind="zero")
    assert counts(case.judge(), "claim") == {"right": 1}


def test_a_quote_that_the_text_does_not_hold_is_told_apart() -> None:
    case = Case("共12件。")
    case.says("共13件", 13)
    (miss,) = case.judge().misses
    assert (miss.task, miss.outcome) == ("claim", "quote_not_found")


def test_traps_are_taken_by_claims_that_no_label_asks_for() -> None:
    case = Case("依据〔2018〕20号，公开20件。")
    case.gold["traps"] = [{"quote": "〔2018〕20号", "why": "document"}, {"quote": "公开20件", "why": "none"}]
    case.says("公开20件", 20)
    case.reads("〔2018〕20号", "20", 20, unit="号")
    case.reads("公开20件", "20", 20)
    assert counts(case.judge(), "trap") == {"wrong": 1, "right": 1}


# Sections


def headings() -> Case:
    case = Case("一、总体情况\n二、收费情况\n三、问题\n四、工作\n（一）培训\n")
    case.gold["sections"] = [
        {"heading": "一、总体情况", "section": "overview"},
        {"heading": "二、收费情况", "section": "fees;review_litigation"},
        {"heading": "三、 问题", "section": "problems", "also": ["plans"]},
        {"heading": "五、其他", "section": "other_matters"},
    ]
    case.heads("一、总体情况", "overview", confidence=0.95)
    case.heads("二、收费情况", "fees", confidence=0.85)
    case.heads("三、问题", "plans", confidence=0.95)
    case.heads("四、工作", "organization")
    case.heads("（一）培训", "platform", depth=2)
    return case


def test_sections_right_wrong_missed_and_extra() -> None:
    tally = headings().judge()
    assert counts(tally, "heading") == {"right": 2, "wrong": 2, "extra": 1}
    found = figures(headings())
    assert found["sections", "accuracy"] == 0.5
    # F1: overview 1, fees 1, plans 1 (counts as right), review_litigation 0, other_matters 0, organization 0
    assert found["sections", "macro_f1"] == pytest.approx(3 / 6)


@pytest.mark.parametrize(
    ("labelled", "also", "found", "right"),
    [
        ("fees", [], "fees", True),
        ("fees", [], "", False),
        ("", [], "", True),
        ("", [], "fees", False),
        ("fees", ["plans"], "fees;plans", True),
        ("fees", [], "fees;plans", False),
        ("fees;plans", [], "plans;fees", True),
        ("fees;plans", [], "fees", False),
        ("fees", ["plans;problems"], "problems;plans", True),
    ],
)
def test_classes_right_and_wrong(labelled: str, also: list[str], found: str, right: bool) -> None:
    case = Case("一、其他\n")
    case.gold["sections"] = [{"heading": "一、其他", "section": labelled, "also": also}]
    case.heads("一、其他", found)
    assert counts(case.judge(), "heading") == {"right" if right else "wrong": 1}


def test_headings_of_the_same_words_are_taken_in_order() -> None:
    case = Case("一、工作情况\n二、其他\n一、工作情况\n")
    case.gold["sections"] = [
        {"heading": "一、工作情况", "section": "overview"},
        {"heading": "一、工作情况", "section": "requests"},
    ]
    case.heads("一、工作情况", "overview")
    case.heads("一、工作情况", "requests")
    assert counts(case.judge(), "heading") == {"right": 2}


def test_confusion_names_both_classes() -> None:
    confusion = Evaluation((headings().judged(),)).confusion
    assert confusion.loc["fees;review_litigation", "fees"] == 1
    assert confusion.loc["other_matters", "-"] == 1
    assert confusion.loc["-", "organization"] == 1
    assert confusion.loc["plans", "plans"] == 1


def test_reliability_and_its_error() -> None:
    evaluation = Evaluation((headings().judged(),))
    bins = {row.low: (row.n, row.right) for row in evaluation.reliability.itertuples()}
    assert bins == {0.8: (1, 0.0), 0.9: (2, 1.0)}
    # |0 - 0.85| once and |1 - 0.95| twice, over three
    assert evaluation.value("sections", "calibration_error") == pytest.approx((0.85 + 2 * 0.05) / 3)


# Cells


@pytest.mark.parametrize(
    ("labelled", "value", "state", "outcome"),
    [
        (3, 3, "read", "exact"),
        (3, 3, "doubtful", "exact"),
        (3, 4, "read", "silent"),
        (3, 4, "doubtful", "marked"),
        (3, None, "unreadable", "marked"),
        (3, None, "doubtful", "marked"),
        (3, None, "blank", "lost"),
        (3, None, "absent", "lost"),
        (None, None, "blank", "blank"),
        (None, None, "not_applicable", "blank"),
        (None, 0, "read", "silent"),
        (0, 0, "read", "exact"),
        ("/", None, "not_applicable", "blank"),
    ],
)
def test_cells_by_what_became_of_them(labelled: Any, value: Any, state: Any, outcome: str) -> None:
    case = Case("表。")
    case.gold["cells"] = {"request.new/total": labelled}
    case.cells.append(cell("request.new/total", value, state))
    assert counts(case.judge(), "cell") == {outcome: 1}


def test_a_cell_that_was_not_read_at_all_is_lost() -> None:
    case = Case("表。")
    case.gold["cells"] = {"request.new": 3, "request.carried_in": 1}
    case.cells.append(cell("request.new/total", 3))
    assert counts(case.judge(), "cell") == {"exact": 1, "lost": 1}


# Sums


@pytest.mark.parametrize(
    ("verdict", "outcome", "right"),
    [
        ("consistent", "holds", True),
        ("consistent", "violated", False),
        ("inconsistent", "violated", True),
        ("inconsistent", "suspect", True),
        ("inconsistent", "holds", False),
        ("consistent", None, False),
    ],
)
def test_sums_are_judged_by_the_checks_in_their_quote(verdict: str, outcome: Any, right: bool) -> None:
    case = Case("共5件，其中网络3件、信函2件。共9件。")
    case.gold["sums"] = [{"quote": "共5件，其中网络3件、信函2件", "total": 5, "parts": [3, 2], "verdict": verdict}]
    case.checks.append(Check("sum.total", "violated", span=case.span("共9件")))
    if outcome:
        case.checks.append(Check("sum.total", outcome, span=case.span("共5件")))
    assert counts(case.judge(), "sum") == {"right" if right else "wrong": 1}


# Findings


def test_rules_recall_precision_and_false_alarms() -> None:
    case = Case("收到申请12件。培训1次。")
    case.must_find("claim.mismatch", "request.new")
    case.must_find("section.missing", "fees")
    case.must_find("content.contact")
    case.finds("claim.mismatch", "request.new/total", "收到申请12件")
    case.finds("section.missing", "problems", severity="warning")
    case.finds("ordinal.gap", severity="info")
    case.gold["defects"] = []
    tally = case.judge()
    assert counts(tally, "rule") == {"recalled": 1, "missed": 2}
    assert counts(tally, "alarm") == {"right": 1, "false": 1}
    assert counts(tally, "note") == {"false": 1}
    found = figures(case, case)
    assert found["findings", "recall"] == pytest.approx(1 / 3)
    assert found["findings", "precision"] == pytest.approx(1 / 2)
    assert found["alarms", "per_report"] == 1
    assert found["alarms", "per_clean_report"] == 1
    rules = Evaluation((case.judged(),)).rules.set_index("rule")
    assert list(rules.loc["section.missing", ["positives", "recalled", "fired", "false"]]) == [1, 0, 1, 1]
    assert list(rules.loc["ordinal.gap", ["positives", "fired", "notes", "notes_false"]]) == [0, 0, 1, 1]


def test_a_finding_at_the_labels_quote_recalls_it() -> None:
    case = Case("收到申请12件。培训1次。培训2次。")
    case.must_find("text.contradiction", quote="培训1次")
    case.finds("text.contradiction", "", "培训1次")
    case.finds("text.contradiction", "", "收到申请12件")
    tally = case.judge()
    assert counts(tally, "rule") == {"recalled": 1}
    assert counts(tally, "alarm") == {"right": 1, "false": 1}


def test_one_wrong_cell_explains_every_identity_that_names_it() -> None:
    case = Case("表。")
    case.must_find("identity.B1", "request.new", covers={"cells": ["request.new/business"]})
    case.finds("identity.B2", "request.new/business;request.new/total")
    case.finds("identity.B3", "request.concluded/total")
    tally = case.judge()
    assert counts(tally, "rule") == {"recalled": 1}
    assert counts(tally, "alarm") == {"right": 1, "false": 1}


def test_labels_of_claims_cells_and_identities_explain_what_they_say_themselves() -> None:
    case = Case("收到申请12件。办结3件。")
    case.says("收到申请12件", 12, "request.new", verdict="inconsistent")
    case.says("办结3件", 3, "request.concluded", verdict="consistent")
    case.gold["cells"] = {"review.total": None}
    case.gold["identities"] = [{"id": "A1", "verdict": "violated"}]
    case.finds("claim.mismatch", "request.new/total", "收到申请12件")
    case.finds("claim.mismatch", "request.concluded/total", "办结3件")
    case.finds("cell.blank", "review.total", severity="warning")
    case.finds("identity.A1", "request.new/total")
    assert counts(case.judge(), "alarm") == {"right": 3, "false": 1}


def test_a_section_labelled_as_missing_twice_is_one_label() -> None:
    case = Case("正文。")
    case.gold["missing_sections"] = ["fees", "problems"]
    case.gold["other_findings"] = [
        {"rule": "section.missing", "indicator": "", "why": "fees"},
        {"rule": "section.missing", "indicator": "problems"},
    ]
    case.finds("section.missing", "fees", severity="warning")
    assert counts(case.judge(), "rule") == {"recalled": 1, "missed": 1}


def test_injected_defects_are_caught_when_their_labels_are_recalled() -> None:
    case = Case("收到申请12件。")
    case.gold["defects"] = [
        {"kind": 3, "rule": "claim.mismatch"},
        {"kind": 7, "rule": "ordinal.gap"},
        {"kind": 9, "rule": "table.missing"},
    ]
    case.must_find("claim.mismatch", "request.new", kind=3)
    case.must_find("ordinal.gap", kind=7)
    case.finds("claim.mismatch", "request.new/total", "收到申请12件")
    case.finds("table.missing", severity="warning")
    evaluation = Evaluation((case.judged(),))
    assert dict(zip(evaluation.defects["kind"], evaluation.defects["recall"], strict=True)) == {"3": 1, "7": 0, "9": 1}
    assert evaluation.value("defects", "recall") == pytest.approx(2 / 3)


def test_a_defect_is_caught_by_another_rule_that_contradicts_the_same_words() -> None:
    case = Case("共需办理7件。本局培训2次。")
    case.gold["defects"] = [
        {"kind": "7", "rule": "sum.total", "name": "total_off"},
        {"kind": "", "rule": "content.period", "name": "no_period"},
    ]
    case.must_find("sum.total", id="total_off.1", kind="7", quote="共需办理7件")
    case.must_find("content.period", id="no_period.1", kind="", quote="培训2次")
    case.finds("claim.mismatch", "request.workload", "共需办理7件")
    case.finds("claim.mismatch", "", "培训2次")
    evaluation = Evaluation((case.judged(),))
    caught = dict(zip(evaluation.defects["kind"], evaluation.defects["caught"], strict=True))
    assert caught == {"7 total_off": 1, "no_period": 0}
    assert evaluation.value("findings", "recall") == 0


def test_a_note_does_not_catch_a_contradiction() -> None:
    case = Case("共需办理7件。")
    case.gold["defects"] = [{"kind": "7", "rule": "sum.total", "name": "total_off"}]
    case.must_find("sum.total", id="total_off.1", kind="7", quote="共需办理7件")
    case.finds("claim.unit", "", "共需办理7件", severity="info")
    assert figures(case)["defects", "recall"] == 0


def test_what_is_labelled_twice_without_a_place_is_one_label() -> None:
    case = Case("共7件。共7件。")
    case.must_find("content.fees", kind="39")
    case.gold["other_findings"] = [{"rule": "content.fees", "indicator": ""}]
    case.must_find("text.contradiction", quote="共7件", occurrence=1)
    case.must_find("text.contradiction", quote="共7件", occurrence=2)
    assert counts(case.judge(), "rule") == {"missed": 3}
