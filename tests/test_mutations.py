"""The mutation kit on a small report whose identities and claims are known."""

from __future__ import annotations

import re
from typing import Any

import pytest

from analyzer import readers
from analyzer.document import Number
from analyzer.knowledge import load
from analyzer.synthesis.arithmetic import Body, Equation, State, broken, equations, severity, state
from analyzer.synthesis.mutations import Trial, frame, summary, trials
from analyzer.synthesis.mutations.changes import swap
from analyzer.synthesis.mutations.surface import Edit, Surface
from tests import printed

KNOWN = load()


def labelled(form: str = "md") -> tuple[dict[str, bytes], dict[str, Any]]:
    cells = printed.balanced("2014")
    tables = printed.render(cells, "2014", "pipe" if form == "md" else "html", headings=False)
    text = (
        "柳溪县民政局2018年政府信息公开工作年度报告\n\n"
        "所列数据的统计期限为2018年1月1日至2018年12月31日。联系电话：0000-1234567。\n\n"
        "一、概述\n\n2018年，我局主动公开政府信息60条。\n\n"
        "二、依申请公开情况\n\n全年收到政府信息公开申请26件。\n\n"
        "三、政府信息公开情况统计表\n\n"
    )
    if form == "html":
        lines = "".join(f"<p>{line}</p>" for line in text.split("\n\n") if line)
        content = f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{lines}{tables}</body></html>"
    else:
        content = text + tables
    claims = [
        {"quote": "主动公开政府信息60条", "value": 60, "unit": "条", "indicator": "disclosure.total"},
        {"quote": "收到政府信息公开申请26件", "value": 26, "unit": "件", "indicator": "request.received"},
    ]
    gold = {
        "report": {"agency": "柳溪县民政局", "year": 2018, "standard": "2014", "level": "county", "kind": "department"},
        "sections": [
            {"heading": "一、概述", "section": "overview"},
            {"heading": "二、依申请公开情况", "section": "requests"},
        ],
        "cells": {key: float(str(value)) for key, value in cells.items()},
        "claims": [{**claim, "approximate": False, "verdict": "consistent"} for claim in claims],
    }
    return {f"report.{form}": content.encode()}, gold


def tried(kind: str, form: str = "md") -> dict[tuple[str, str], Trial]:
    files, gold = labelled(form)
    return {(t.mutation.what, t.mutation.kind): t for t in trials(files, gold, kinds=[kind])}


@pytest.mark.parametrize("form", ["md", "html"])
def test_cells_that_an_identity_or_claim_holds_are_caught(form: str) -> None:
    found = tried("cell_plus", form)
    assert len(found) == len(printed.balanced("2014"))
    seen = {what: t for (what, _), t in found.items() if t.mutation.seen}
    assert {what for what, t in seen.items() if t.outcome in ("missed", "misread")} == set()
    assert found["request.received", "cell_plus"].mutation.seen.startswith("A8")
    assert found["disclosure.total", "cell_plus"].rules[0] == "claim.mismatch"
    assert not any(t.false for t in found.values())


def test_cells_that_nothing_holds_are_said_to_be_unseeable_and_why() -> None:
    found = tried("cell_plus")
    budget, meetings = found["capacity.budget", "cell_plus"], found["complaint", "cell_plus"]
    assert (budget.outcome, budget.mutation.reason) == ("unseeable", "no identity and no claim touches it")
    assert meetings.outcome == "unseeable"
    website = found["channel.website", "cell_plus"]
    assert website.outcome == "unseeable"
    assert "A1 room left" in website.mutation.reason


@pytest.mark.parametrize(("kind", "after"), [("claim_more", "29"), ("claim_swap", "62")])
def test_linked_claims_with_another_number_are_caught(kind: str, after: str) -> None:
    found = tried(kind)
    request = found["收到政府信息公开申请26件", kind]
    assert (request.mutation.before, request.mutation.after) == ("26", after)
    assert {t.outcome for t in found.values()} == {"caught"}
    assert request.rules == ("claim.mismatch",)


def test_blanked_rows_are_caught_as_blank_cells() -> None:
    found = tried("row_blank")
    assert {t.outcome for t in found.values()} == {"caught"}
    assert all("cell.blank" in t.rules for t in found.values())


def test_years_that_must_agree_and_those_that_need_not() -> None:
    found = list(trials(*labelled(), kinds=["year"]))
    outcomes = {t.mutation.seen: t.outcome for t in found}
    assert outcomes["title"] == outcomes["period"] == outcomes["sentence"] == "caught"


def test_a_heading_that_says_nothing_and_a_paragraph_less() -> None:
    headings = tried("heading")
    assert headings["二、依申请公开情况", "heading"].mutation.seen == "requests"
    paragraphs = tried("paragraph")
    lost = next(t for t in paragraphs.values() if t.mutation.what.startswith("全年收到"))
    assert lost.mutation.seen == "section.empty"
    assert lost.outcome == "caught"


def test_the_table_of_all_changes_and_its_summary() -> None:
    files, gold = labelled()
    table = frame({"one": list(trials(files, gold, kinds=["cell_plus", "claim_more"]))})
    counts = summary(table)
    assert list(counts.index) == ["cell_plus", "claim_more", "all"]
    assert counts.loc["all", "changes"] == len(table)
    parts = ["caught", "noted", "missed", "unseeable", "kept", "misread"]
    assert counts.loc["all", parts].sum() == len(table)


@pytest.mark.parametrize(
    ("text", "expected"), [("12", "21"), ("100", ""), ("11", ""), ("120", "210"), ("7", ""), ("41条", "14条")]
)
def test_two_digits_are_swapped_where_a_number_stays(text: str, expected: str) -> None:
    assert swap(text) == expected


def test_edits_of_a_page_leave_its_tags_alone() -> None:
    page = "<p>收到<b>1</b>2 件&nbsp;。</p>"
    files = {"a.html": f"<!DOCTYPE html><html><body>{page}<p>本机关依法公开政府信息。</p></body></html>".encode()}
    document = readers.read(list(files.items()), KNOWN.layout)
    surface = Surface(files, document, KNOWN.layout)
    at = document.text.index("12")
    changed = surface.changed([Edit(at, at + 2, "345")])["a.html"].decode()
    assert "<p>收到<b>345</b> 件&nbsp;。</p>" in changed
    assert re.sub("345", "12", readers.read([("a.html", changed.encode())], KNOWN.layout).text) == document.text


def states(code: str, standard: str, cells: dict[str, Number | None], who: Body = Body()) -> set[State]:  # noqa: B008
    every = {cell.key: 0 for cell in KNOWN.forms.cells(standard)}
    own = [e for e in equations(KNOWN.rulebook, KNOWN.forms, standard) if e.code == code]
    touched = [e for e in own if not set(e.keys).isdisjoint(cells)] or own
    return {state(e, {**every, **cells}, who) for e in touched}


def test_identities_as_the_data_say_them() -> None:
    for entry in KNOWN.rulebook.identities:
        standard = entry.standards[0]
        cells = {cell.key: 0 for cell in KNOWN.forms.cells(standard)}
        found = [e for e in equations(KNOWN.rulebook, KNOWN.forms, standard) if _of(e, entry)]
        who = Body("county", "department", frozenset(entry.left))
        assert found, entry.code
        keyed = {f"{k}/total" if entry.over == "applicant" else k: v for k, v in entry.holds.items()}
        assert all(state(e, {**cells, **keyed}, who) != "broken" for e in found), entry.code
        keyed = {f"{k}/total" if entry.over == "applicant" else k: v for k, v in entry.breaks.items()}
        assert any(state(e, {**cells, **keyed}, who) == "broken" for e in found), entry.code


def _of(equation: Equation, entry: Any) -> bool:
    rows = [key.partition("/")[0] for key in equation.left]
    left = tuple(key.partition("/")[2] for key in equation.left) if entry.over == "row" else tuple(rows)
    return equation.code == entry.code and left == entry.left and equation.relation == entry.relation


@pytest.mark.parametrize(
    ("code", "cells", "expected"),
    [
        ("A8", {"request.received": 3, "request.received.online": None}, "open"),
        ("A8", {"request.received": 3, "request.received.letter": 5, "request.received.online": None}, "broken"),
        ("A1", {"disclosure.total": 5, "channel.website": 4}, "holds"),
        ("A4", {"disclosure.total": None, "disclosure.normative": 2}, "open"),
        ("A16", {"training.courses": 2, "training.attendees": 0}, "broken"),
    ],
)
def test_blanks_leave_open_what_they_can_mend(code: str, cells: dict[str, Number | None], expected: State) -> None:
    assert expected in states(code, "2014", cells)
    assert (expected == "broken") == ("broken" in states(code, "2014", cells))


def test_some_documents_in_force_make_a_missing_one_doubtful() -> None:
    cells = {cell.key: 0 for cell in KNOWN.forms.cells("2021")}
    found = equations(KNOWN.rulebook, KNOWN.forms, "2021")
    none, some = {**cells, "normative.issued": 3}, {**cells, "normative.issued": 3, "normative.in_force": 2}
    (first,) = [e for e in broken(found, none, Body()) if e.code == "C7"]
    assert (severity(first, none), severity(first, some)) == ("M", "S")
