"""Points: each lost one traced to a finding, once a cause; nothing gained by hiding a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from analyzer.document import Check, Deduction, Finding, Score
from analyzer.knowledge import rulebook
from analyzer.knowledge.rulebook import Rulebook
from analyzer.knowledge.schema import SHIPPED, Source
from analyzer.reconcile import findings
from analyzer.score import grade, score
from tests.reconcile_cases import KNOWN, Outcome, Paper
from tests.test_reconcile_prose import paper
from tests.test_reconcile_tables import balanced

BOOK = KNOWN.rulebook


def points(outcome: Outcome, book: Rulebook = BOOK) -> tuple[dict[str, Score], tuple[Deduction, ...]]:
    scores, deductions = score(outcome.checks, outcome.findings, book)
    return {s.dimension: s for s in scores}, deductions


def filled(**changes: int | str | None) -> Outcome:
    made = paper()
    made.values = {**balanced("2021"), **changes}
    return made.run()


def test_a_faultless_report_reaches_100() -> None:
    scores, deductions = points(filled())
    assert {name: s.points for name, s in scores.items()} == dict.fromkeys(
        ("completeness", "consistency", "overall"), 100
    )
    assert deductions == ()
    assert grade(tuple(scores.values()), BOOK, "zh") == "优"
    assert grade(tuple(scores.values()), BOOK, "en") == "A"


def reports() -> list[Outcome]:
    values = balanced("2021")
    broken = {key: value + 1 for key, value in values.items() if key.endswith("/business")}
    blank = {key: None for key in values if key.endswith("/total")}
    return [
        filled(**{"request.granted/business": values["request.granted/business"] + 1}),
        filled(**broken, **blank),
        paper(without="problems").run(),
        Paper("2021").part("overview", "一、总体情况", "一是学习。三是培训。详见下图：").run(),
        Paper("none", year=2012).run(),
    ]


@pytest.mark.parametrize("outcome", reports(), ids=range(5))
def test_deductions_add_up_and_name_their_findings(outcome: Outcome) -> None:
    scores, deductions = points(outcome)
    known = {f.finding_id for f in outcome.findings}
    assert {d.finding_id for d in deductions} <= known
    for name, made in scores.items():
        lost = [d.points for d in deductions if d.dimension == name]
        assert all(p > 0 for p in lost)
        if made.points is None:
            assert lost == []
        else:
            assert made.points == 100 - sum(lost)
            assert 0 <= made.points <= 100


def test_three_findings_of_one_cause_cost_once() -> None:
    key = "request.concluded/business"
    outcome = filled(**{key: balanced("2021")[key] + 1})
    assert len(outcome.rules("error")) == 3
    scores, deductions = points(outcome)
    assert len([d for d in deductions if d.dimension == "consistency"]) == 1
    possible = max(sum(g.weight for g in live(outcome, "consistency")), BOOK.rubric.spread["consistency"])
    price = next(g.each for g in BOOK.rubric.groups if g.id == "identities")
    cost = max((100 * price / possible).quantize(Decimal("0.01")), BOOK.rubric.least["consistency"])
    assert scores["consistency"].points == 100 - cost


def live(outcome: Outcome, dimension: str) -> list[rulebook.Group]:
    """The groups of which a check could be made."""
    made = {check.rule for check in outcome.checks if check.outcome != "not_assessable"}
    return [
        g
        for g in BOOK.rubric.groups
        if g.dimension == dimension
        and any(r == m or (r[-1] == "*" and m.startswith(r[:-1])) for r in g.rules for m in made)
    ]


def test_notes_cost_nothing() -> None:
    outcome = paper(preamble="情况如下。统计期限为2023年1月1日至12月31日。").run()
    assert outcome.rules() == {"content.contact"}
    assert points(outcome)[0]["overall"].points == 100


def test_a_suspicion_costs_less_than_a_contradiction() -> None:
    key = "request.new/total"
    value = balanced("2021")[key]
    sure, doubtful = filled(**{key: value + 1}), filled(**{key: f"doubtful {value + 1}"})
    assert points(sure)[0]["consistency"].points < points(doubtful)[0]["consistency"].points  # type: ignore[operator]


def test_blank_cells_cost_in_proportion() -> None:
    few, many = filled(**{"request.new/business": None}), filled(**dict.fromkeys(list(balanced("2021"))[10:100]))
    lost = [100 - points(o)[0]["completeness"].points for o in (few, many)]  # type: ignore[operator]
    assert 0 < lost[0] < 1
    assert lost[1] > 4


def test_a_report_without_its_tables_is_not_graded_and_loses_completeness() -> None:
    hidden = paper(expected="2021")
    hidden.standard, hidden.report = "none", replace(hidden.report, standard="none")
    outcome = hidden.run()
    scores, deductions = points(outcome)
    assert scores["consistency"].points is None
    assert scores["overall"].points is None
    assert grade(tuple(scores.values()), BOOK, "zh") == "未能评定"
    blank = filled(**dict.fromkeys(balanced("2021")))
    assert scores["completeness"].points < points(blank)[0]["completeness"].points  # type: ignore[operator]
    assert {d.dimension for d in deductions} == {"completeness"}


def test_too_few_checks_are_no_grade() -> None:
    outcome = Paper("none", year=2012).part("overview", "一、概述", "情况如下。").run()
    scores = points(outcome)[0]
    assert scores["consistency"].points is None
    assert scores["overall"].points is None


def test_what_could_not_be_assessed_is_counted_and_left_out() -> None:
    blank = {key: None for key in balanced("2021") if key.endswith("/business")}
    scores, deductions = points(filled(**blank))
    assert scores["consistency"].not_assessable > 20
    assert scores["consistency"].points == 100
    assert {d.dimension for d in deductions} == {"completeness", "overall"}


@pytest.mark.parametrize(
    ("reached", "zh", "en"),
    [
        *((100, "优", "A"), (90, "优", "A"), (Decimal("89.99"), "良", "B"), (80, "良", "B"), (75, "中", "C")),
        *((60, "及格", "D"), (Decimal("59.99"), "不及格", "E"), (0, "不及格", "E"), (None, "未能评定", "not assessed")),
    ],
)
def test_grades(reached: Decimal | int | None, zh: str, en: str) -> None:
    scores = [Score("overall", None if reached is None else Decimal(reached), Decimal(100), 0)]
    assert (grade(scores, BOOK, "zh"), grade(scores, BOOK, "en")) == (zh, en)


def made_up(rules: Sequence[tuple[str, str]]) -> tuple[tuple[Check, ...], tuple[Finding, ...]]:
    checks = tuple(Check(rule, outcome, root=f"r{n}") for n, (rule, outcome) in enumerate(rules))  # type: ignore[arg-type]
    return checks, findings(checks, BOOK, "zh")


def test_a_group_costs_no_more_than_its_weight() -> None:
    checks, found = made_up([("identity.B1", "suspect")] * 30 + [("claim.mismatch", "holds")])
    scores, deductions = score(checks, found, BOOK)
    weights = {g.id: g.weight for g in BOOK.rubric.groups}
    share = (
        weights["identities"] / max(weights["identities"] + weights["claims"], BOOK.rubric.spread["consistency"]) * 100
    )
    reached = next(s.points for s in scores if s.dimension == "consistency")
    assert abs(reached - (100 - share)) < Decimal("0.1")
    assert len([d for d in deductions if d.dimension == "consistency"]) == 12


def test_other_weights_change_the_score_as_computed_by_hand(tmp_path: Path) -> None:
    text = (SHIPPED / "rubric.toml").read_text(encoding="utf-8")
    start = text.index('id = "identities"')
    changed = text[:start] + text[start:].replace("each = 15", "each = 30", 1)
    (tmp_path / "rubric.toml").write_text(changed, encoding="utf-8")
    book = rulebook.load(Source(tmp_path))
    checks, found = made_up([("identity.B1", "violated"), ("identity.B2", "holds"), ("claim.mismatch", "holds")])
    reached = [next(s.points for s in score(checks, found, b)[0] if s.dimension == "consistency") for b in (BOOK, book)]
    assert reached == [Decimal("79.00"), Decimal("70.00")]


@pytest.mark.parametrize(
    "rules", [["identity.B1"], ["claim.mismatch"], ["sum.total"], ["period.year"], ["text.contradiction"]]
)
def test_one_proven_contradiction_bars_the_best_grade(rules: list[str]) -> None:
    whole = filled()
    checks, found = made_up([(rule, "violated") for rule in rules])
    scores, deductions = score((*whole.checks, *checks), found, BOOK)
    assert grade(scores, BOOK, "zh") == "良"
    assert {d.finding_id for d in deductions} == {found[0].finding_id}


def test_each_further_contradiction_costs() -> None:
    whole = filled()
    reached = []
    for count in range(4):
        checks, found = made_up([("identity.B1", "violated")] * count)
        reached.append(
            next(s.points for s in score((*whole.checks, *checks), found, BOOK)[0] if s.dimension == "overall")
        )
    assert reached == sorted(reached, reverse=True)
    assert len(set(reached)) == 4


@pytest.mark.parametrize(("year", "most"), [(2009, 6), (2012, 6), (2016, 4), (2023, 3)])
def test_a_missing_part_costs_by_its_substance(year: int, most: int) -> None:
    def lost(section: str) -> Decimal:
        standard = KNOWN.forms.expected(year)
        made = Paper(standard, year=year).part(
            "preamble", "", f"统计期限为{year}年1月1日至12月31日。电话：0000-1234567。"
        )
        made.values = balanced(standard) if standard != "none" else {}
        for wanted in KNOWN.outline.required(year):
            if wanted != section:
                made.part(wanted, f"{wanted}情况", "工作照常，未收费。")
        reached = points(made.run())[0]["completeness"].points
        assert reached is not None
        return 100 - reached

    rest, main = (lost(section) - lost("") for section in ("other_matters", "proactive_disclosure"))
    assert 0 < rest <= most
    assert main > 4 * rest


def test_one_error_bars_the_best_grade_and_two_do_not_cost_it_twice() -> None:
    values = balanced("2021")
    one = filled(**{"request.new/total": values["request.new/total"] + 1})
    two = filled(
        **{
            "request.new/total": values["request.new/total"] + 1,
            "review.total": values["review.total"] + 1,
        }
    )
    lost = [100 - points(outcome)[0]["consistency"].points for outcome in (one, two)]  # type: ignore[operator]
    assert lost[0] == BOOK.rubric.least["consistency"]
    assert lost[0] < lost[1] < 2 * lost[0]
    best = BOOK.rubric.grades[0].least
    assert points(one)[0]["overall"].points < best  # type: ignore[operator]
