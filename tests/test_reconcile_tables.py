"""Identities on whole tables: blanks, each number broken in turn, causes; tables missing, blank, of another form."""

from __future__ import annotations

from typing import Any

import pytest

from analyzer.document import Number
from analyzer.numerals import parse_number
from tests import printed
from tests.reconcile_cases import KNOWN, Outcome, Paper

TOTAL = "disclosure.total"


def balanced(standard: str) -> dict[str, Number]:
    """A filled table in which every identity holds, also those of organs without power to make regulations."""
    values = {key: parse_number(str(value)) or 0 for key, value in printed.balanced(standard).items()}
    return values | {key: 0 for key in values if key.startswith("regulation.")}


def table(standard: str, **values: Any) -> Outcome:
    """A report of tables only; keyword keys have `__` for `.` and `_of_` for `/`."""
    paper = Paper(standard)
    paper.values = {key.replace("_of_", "/").replace("__", "."): value for key, value in values.items()}
    return paper.run()


def filled(standard: str, **changes: Number | str | None) -> Outcome:
    paper = Paper(standard)
    paper.values = {**balanced(standard), **changes}
    return paper.run()


def identities(outcome: Outcome, code: str) -> list[str]:
    return [check.outcome for check in outcome.of(f"identity.{code}")]


@pytest.mark.parametrize("standard", ["2014", "2019", "2021"])
def test_a_table_in_which_all_holds_gives_no_finding(standard: str) -> None:
    outcome = filled(standard)
    assert {f.rule for f in outcome.findings if f.rule.startswith(("identity.", "cell.", "table."))} == set()
    assert {c.outcome for c in outcome.checks if c.rule.startswith("identity.")} <= {"holds", "not_assessable"}


@pytest.mark.parametrize("standard", ["2019", "2021"])
def test_each_number_raised_by_one_breaks_something_and_is_one_cause(standard: str) -> None:
    checked = [key for key in balanced(standard) if "/" in key or key.startswith(("review.", "litigation."))]
    assert len(checked) == {"2019": 161 + 15, "2021": 175 + 15}[standard]
    for key in checked:
        errors = [f for f in filled(standard, **{key: balanced(standard)[key] + 1}).findings if f.severity == "error"]
        assert errors, key
        assert all(key in f.indicator.split(";") for f in errors)
        assert len({f.cause for f in errors}) == 1, key


def test_one_wrong_request_cell_breaks_a_row_a_column_and_a_balance() -> None:
    key = "request.concluded/business"
    outcome = filled("2021", **{key: balanced("2021")[key] + 1})
    errors = [f for f in outcome.findings if f.severity == "error"]
    assert {f.rule for f in errors} == {"identity.B1", "identity.B2", "identity.B3"}
    assert len({f.cause for f in errors}) == 1


def test_two_wrong_cells_are_two_causes() -> None:
    values = balanced("2021")
    keys = ("request.granted/business", "request.partial/research")
    errors = [f for f in filled("2021", **{k: values[k] + 2 for k in keys}).findings if f.severity == "error"]
    assert len(errors) == 4
    assert len({f.cause for f in errors}) == 2


def test_a_case_left_out_of_every_column_is_one_cause() -> None:
    values = balanced("2021")
    keys = ("request.new/total", "request.granted/total", "request.concluded/total")
    errors = [f for f in filled("2021", **{k: values[k] + 3 for k in keys}).findings if f.severity == "error"]
    assert [f.rule for f in errors] == ["identity.B2"] * 3
    assert len({f.cause for f in errors}) == 1


def test_a_claim_that_states_the_right_number_joins_the_cause_of_the_cell() -> None:
    paper = Paper("2021").part("requests", "三、依申请公开", "收到申请30件。")
    values = balanced("2021")
    right = values["request.new/total"]
    paper.values = {**values, "request.new/total": right + 5}
    paper.text = paper.text.replace("30件", f"{right}件")
    paper.claim(f"申请{right}件", right, "request.new")
    errors = [f for f in paper.run().findings if f.severity == "error"]
    assert {f.rule for f in errors} == {"identity.B1", "identity.B2", "claim.mismatch"}
    assert len({f.cause for f in errors}) == 1


@pytest.mark.parametrize(
    ("website", "gazette", "total", "expected"),
    [
        (41, None, 28, ["not_assessable", "violated", "holds", "holds", "holds"]),
        (41, 0, 50, ["holds"] * 5),
        (41, None, None, ["not_assessable"] + ["not_assessable"] * 1 + ["holds"] * 3),
        (41, "/", 28, ["holds", "violated", "holds", "holds", "holds"]),
        (41, "absent", 28, ["not_assessable", "violated", "holds", "holds", "holds"]),
        ("doubtful 41", 0, 28, ["holds", "suspect", "holds", "holds", "holds"]),
        (41, 0, "—", ["holds", "suspect", "holds", "holds", "holds"]),
    ],
)
def test_blanks_in_inequalities(website: Any, gazette: Any, total: Any, expected: list[str]) -> None:
    outcome = table("2014", disclosure__total=total, channel__website=website, channel__gazette=gazette)
    assert identities(outcome, "A1") == expected


@pytest.mark.parametrize(
    ("parts", "total", "expected"),
    [
        ((2, None), 3, "not_assessable"),
        ((2, None), 2, "not_assessable"),
        ((4, None), 3, "violated"),
        ((None, None), 0, "holds"),
        ((None, None), 3, "not_assessable"),
        ((2, 1), None, "not_assessable"),
        ((2, "/"), 2, "holds"),
        ((2, "无"), 3, "suspect"),
        ((2, "absent"), 3, "not_assessable"),
        ((2, "doubtful 2"), 3, "suspect"),
    ],
)
def test_blanks_in_equalities(parts: tuple[Any, Any], total: Any, expected: str) -> None:
    outcome = table(
        "2014", capacity__staff=total, capacity__staff__full_time=parts[0], capacity__staff__part_time=parts[1]
    )
    assert identities(outcome, "A15") == [expected]


def test_a_reorganisation_told_in_the_text_takes_the_edge_off_the_balance() -> None:
    def balance(text: str) -> str:
        paper = Paper("2021").part("other_matters", "六、其他需要报告的事项", text)
        paper.values = {f"request.new/{c}": 3 for c in ("natural_person", "total")}
        return paper.run().found("identity.B1")[0].severity

    assert balance("本年度未收取信息处理费。") == "error"
    assert balance("因机构改革，部分申请划转至其他部门。") == "warning"


def test_inequalities_over_one_cell_are_one_cause() -> None:
    outcome = table("2014", disclosure__total=28, channel__website=41, channel__wechat=30, disclosure__normative=29)
    errors = [f for f in outcome.findings if f.severity == "error"]
    assert [f.rule for f in errors] == ["identity.A1", "identity.A1", "identity.A4"]
    assert {f.cause for f in errors} == {errors[0].finding_id}


@pytest.mark.parametrize(
    ("level", "kind", "expected"),
    [
        ("province", "government", set()),
        ("city", "government", set()),
        ("national", "department", set()),
        ("", "", set()),
        ("county", "government", {"warning"}),
        ("township", "government", {"warning"}),
        ("city", "department", {"warning"}),
    ],
)
def test_regulations_belong_to_few_organs(level: str, kind: str, expected: set[str]) -> None:
    paper = Paper("2021", level=level, kind=kind)
    paper.values = {"regulation.in_force": 6}
    assert {f.severity for f in paper.run().found("identity.C8")} == expected


def test_blank_cells_are_one_finding_that_names_them() -> None:
    outcome = filled("2014", **{"channel.gazette": None, "response.press_conference.principal": None})
    found = outcome.found("cell.blank")
    assert [f.indicator for f in found] == ["channel.gazette;response.press_conference.principal"]
    assert (found[0].severity, found[0].expected, found[0].actual) == ("warning", 58, 56)


def test_long_lists_of_cells_are_cut_in_the_message_only() -> None:
    values = {key: None for key in balanced("2021") if key.endswith("/business")}
    found = filled("2021", **values).found("cell.blank")
    assert len(found) == 1
    assert found[0].indicator.count(";") == 24
    assert found[0].message.count("商业企业") == 8


@pytest.mark.parametrize(
    ("state", "rule", "severity"), [("absent", "cell.absent", "warning"), ("doubtful 5", "cell.doubtful", "info")]
)
def test_other_states_of_cells(state: str, rule: str, severity: str) -> None:
    outcome = filled("2021", **{"normative.issued": state})
    assert [f.severity for f in outcome.found(rule)] == [severity]


def test_missing_tables_are_one_finding_and_no_blank_cells() -> None:
    paper = Paper("none", year=2023, expected="2021").part("requests", "三、依申请公开", "见图片。")
    outcome = paper.run()
    assert [(f.severity, f.verdict) for f in outcome.found("table.missing")] == [("warning", "inconsistent")]
    assert not [f for f in outcome.findings if f.rule.startswith(("cell.", "identity.", "standard."))]
    paper.document = {"pictures": (3,)}
    assert paper.run().found("table.missing")[0].verdict == "suspect"


def test_one_table_of_three_missing_is_told() -> None:
    paper = Paper("2021")
    paper.tables = {"found": ("requests", "review_litigation")}
    assert [f.indicator for f in paper.run().found("table.missing")] == ["active_disclosure"]


def test_no_tables_are_missing_before_there_was_a_form() -> None:
    assert not Paper("none", year=2012).part("overview", "一、概述", "情况如下。").run().found("table.missing")


def test_the_form_of_another_year() -> None:
    paper = Paper("2019", year=2023, expected="2021")
    found = paper.run().found("standard.mismatch")
    assert [(f.severity, f.expected, f.actual) for f in found] == [("warning", "2021", "2019")]
    assert "〔2021〕30号" in found[0].message
    assert "〔2019〕60号" in found[0].message
    assert not Paper("2021").run().found("standard.mismatch")


def test_every_check_names_cells_of_the_form() -> None:
    for standard in ("2014", "2019", "2021"):
        for check in filled(standard).checks:
            for key in filter(None, check.indicator.split(";")):
                known = KNOWN.forms.resolve(standard, key) or key in {s.section for s in KNOWN.outline.sections}
                assert known, (check.rule, key)


def test_a_broken_balance_names_all_four_terms() -> None:
    paper = Paper("2021").part("requests", "三、依申请公开", "略。")
    paper.values = {
        f"{row}/{column}": value
        for row, value in (("request.new", 11), ("request.concluded", 8))
        for column in ("total", "natural_person")
    } | {"request.granted/total": 8, "request.granted/natural_person": 8}
    message = paper.run().found("identity.B1")[-1].message
    for term in (
        "申请数量 11",
        "结转政府信息公开申请数量 0",
        "本年度办理结果总计 8",
        "结转下年度继续办理 0",
        "11 + 0 = 11 ≠ 8 + 0 = 8",
    ):
        assert term in message
    assert "总计 / 总计" not in message


@pytest.mark.parametrize(
    ("standard", "key", "label"),
    [
        ("2021", "request.concluded", "“本年度办理结果总计”"),
        ("2021", "request.concluded/business", "“本年度办理结果总计 / 商业企业”"),
        ("2021", "request.new/organization", "“一、本年新收政府信息公开申请数量 / 法人或其他组织”"),
        ("2021", "review.pending", "“行政复议 / 尚未审结”"),
        ("2014", "review.corrected", "“行政复议被依法纠错数”"),
        ("2014", "channel", "“各渠道公开政府信息数之和”"),
    ],
)
def test_what_a_message_calls_a_cell(standard: str, key: str, label: str) -> None:
    paper = Paper(standard).part("requests", "三、依申请公开", "今年是5件。")
    paper.claim("是5件", 5, key)
    assert label in paper.run().found("claim.mismatch")[0].message


def test_a_loss_in_a_column_and_in_its_total_is_one_cause() -> None:
    paper = Paper("2021").part("requests", "三、依申请公开", "略。")
    rows = {"request.new": 11, "request.concluded": 8, "request.granted": 8, "request.carried_out": 1}
    paper.values = {f"{row}/{column}": v for row, v in rows.items() for column in ("total", "natural_person")}
    found = paper.run().found("identity.B1")
    assert len(found) == 2
    assert len({f.cause for f in found}) == 1
    for row in rows:
        paper.values |= {f"{row}/business": 2, f"{row}/total": rows[row] + 2}
    paper.values["request.carried_out/total"] = 5
    assert len({f.cause for f in paper.run().findings if f.rule == "identity.B1"}) > 1


def test_the_wrong_form_is_shown_at_the_head_of_its_table() -> None:
    paper = Paper("2019", year=2023, expected="2021").part(
        "proactive_disclosure", "二、主动公开", "第二十条第（一）项\n规章 0 0 0"
    )
    start = paper.text.index("第二十条")
    paper.tables = {"regions": ((start, len(paper.text)),)}
    span = paper.run().found("standard.mismatch")[0].span
    assert span is not None
    assert paper.text[span.start : span.end] == "第二十条第（一）项"
