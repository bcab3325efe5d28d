"""A folder of labelled reports, end to end: drafts, figures, intervals, groups, the printed report, the commands."""

from __future__ import annotations

import json
import re
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from analyzer import knowledge
from analyzer.cli import main
from analyzer.errors import BadLabels, MissingInput
from analyzer.evaluation import Evaluation, draft, evaluate, render
from analyzer.evaluation.corpus import _lost
from analyzer.evaluation.judging import judged, labelled
from analyzer.evaluation.rendering import WIDTH
from analyzer.knowledge.wording import columns
from tests.evaluation_cases import Case

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT / "corpora" / "real"
DEMO = ROOT / "corpora" / "demo"
WORDS = knowledge.load().wording


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample reports with labels drafted from their own analysis."""
    folder = tmp_path_factory.mktemp("drafted")
    for path in sorted((*REAL.glob("*/report.*"), *DEMO.glob("*/report.*"))):
        own = folder / path.parent.name
        own.mkdir()
        shutil.copy(path, own)
        (own / "gold.json").write_text(json.dumps(draft(own / path.name)), encoding="utf-8")
    return folder


def change(folder: Path, **entries: Any) -> Path:
    """Labels with some entries exchanged."""
    path = folder / "gold.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **entries}), encoding="utf-8")
    return path


@pytest.fixture
def town(drafted: Path, tmp_path: Path) -> Path:
    """One report with its draft, to be changed."""
    shutil.copytree(drafted / "2019_town", tmp_path / "gold" / "town")
    return tmp_path / "gold" / "town"


# Drafts


def test_a_draft_judged_against_its_own_report_has_no_misses(drafted: Path) -> None:
    evaluation = evaluate(drafted, jobs=1)
    assert len(evaluation.reports) == 4
    assert evaluation.misses.empty
    assert evaluation.value("claims", "recall") == 1
    assert evaluation.value("claims", "precision") == 1
    assert evaluation.value("findings", "precision") == 1


def test_a_draft_holds_what_the_hand_made_labels_hold(drafted: Path) -> None:
    (made,) = REAL.glob("*/gold.json")
    wanted, got = (json.loads(p.read_text("utf-8")) for p in (made, drafted / made.parent.name / "gold.json"))
    assert got["cells"] == wanted["cells"]
    assert [s["section"] for s in got["sections"]] == [s["section"] for s in wanted["sections"]]
    assert sorted(c["value"] for c in got["claims"]) == sorted(c["value"] for c in wanted["claims"])
    assert set(wanted) - {"expected"} <= set(got)


def test_a_repeated_quote_is_drafted_with_its_occurrence(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "某市甲局2020年政府信息公开工作年度报告\n一、总体情况\n"
        "举办政府信息公开培训1次。召开会议2次。举办政府信息公开培训1次。\n二、主动公开政府信息情况\n公开信息9条。\n",
        "utf-8",
    )
    claims = [(c["quote"], c.get("occurrence")) for c in draft(report)["claims"]]
    assert [n for quote, n in claims if quote.endswith("培训1次")] == [1, 2]
    assert [n for quote, n in claims if quote.endswith("会议2次")] == [None]


# A folder


def test_the_real_report_is_read_without_a_miss() -> None:
    evaluation = evaluate(REAL)
    assert evaluation.misses.empty
    assert (evaluation.value("claims", "f1"), evaluation.value("cells", "silent")) == (1, 0)
    assert all(figure.low is None for figure in evaluation.figures)


def test_changed_labels_show_as_misses(town: Path) -> None:
    gold = json.loads((town / "gold.json").read_text("utf-8"))
    claims = gold["claims"][1:]
    claims[0]["value"] += 1
    cells = {**gold["cells"], "request.new/total": 99}
    change(town, claims=claims, cells=cells, missing_sections=["plans"])
    evaluation = evaluate(town.parent)
    seen = {(m.task, m.outcome) for m in evaluation.misses.itertuples()}
    assert {("claim", "extra"), ("value", "wrong"), ("cell", "silent"), ("finding", "missed")} <= seen
    assert evaluation.value("claims", "precision") == pytest.approx(len(claims) / (len(claims) + 1))


def test_processes_beside_one_another_give_the_same(drafted: Path) -> None:
    alone, beside = evaluate(drafted, jobs=1), evaluate(drafted, jobs=2)
    assert json.dumps(alone.as_dict()) == json.dumps(beside.as_dict())


def test_every_so_many_reports(drafted: Path) -> None:
    whole = [report.report_id for report in evaluate(drafted).reports]
    assert [report.report_id for report in evaluate(drafted, every=3).reports] == whole[::3]


def test_a_report_that_fails_is_a_row_and_all_its_labels_are_missed(town: Path) -> None:
    (town / "report.md").write_bytes(b"")
    evaluation = evaluate(town.parent)
    (report,) = evaluation.failed
    assert report.error
    assert evaluation.value("claims", "recall") == 0
    assert evaluation.value("sections", "accuracy") == 0
    assert evaluation.value("cells", "lost") == 1


def test_a_worker_that_is_lost_fails_the_reports_it_had(town: Path) -> None:
    (report,) = labelled(town.parent)
    judged_ = judged(report, knowledge.load(), "en", partial(_lost, lang="en"))
    assert "process" in judged_.error
    assert judged_.counts["claim", "missed", ""] > 0


def test_a_folder_without_labelled_reports_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match=re.escape(str(tmp_path))):
        evaluate(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "Expecting"),
        ("[]", "object"),
        ('{"report": {}, "sections": [], "cells": {}}', "claims missing"),
        ('{"report": {}, "sections": [{"section": "fees"}], "cells": {}, "claims": []}', "sections 1: heading"),
        (
            '{"report": {}, "sections": [], "cells": {}, "claims": [{"quote": "a", "value": 1}]}',
            "claims 1: verdict",
        ),
        ('{"report": {}, "sections": [], "cells": {"a": [1]}, "claims": []}', "cells 1"),
    ],
)
def test_labels_that_cannot_be_read_name_their_file(town: Path, text: str, said: str) -> None:
    (town / "gold.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadLabels, match=re.escape(str(town / "gold.json"))) as told:
        evaluate(town.parent)
    assert said in str(told.value)


def test_labels_without_a_report_name_their_file(town: Path) -> None:
    (town / "report.md").unlink()
    with pytest.raises(BadLabels, match=r"report\.\*"):
        evaluate(town.parent)


# Figures


def case(right: int, missed: int, **facts: Any) -> Case:
    """So many claims found and missed."""
    made = Case("".join(f"第{n}项收到{n}件。" for n in range(right + missed)), **facts)
    for n in range(right + missed):
        made.says(f"收到{n}件", n)
        if n < right:
            made.reads(f"收到{n}件", str(n), n)
    return made


def test_intervals_hold_the_figure_and_shrink_with_reports() -> None:
    few = Evaluation(tuple(case(n % 3 + 1, 1).judged(str(n)) for n in range(6)))
    many = Evaluation(tuple(case(n % 3 + 1, 1).judged(str(n)) for n in range(60)))
    widths = []
    for evaluation in (few, many):
        figure = next(f for f in evaluation.figures if (f.task, f.measure) == ("claims", "recall"))
        assert figure.value == pytest.approx(2 / 3)
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low <= figure.value <= figure.high
        widths.append(figure.high - figure.low)
    assert 0 < widths[1] < widths[0] / 2


def test_equal_reports_have_no_spread() -> None:
    evaluation = Evaluation(tuple(case(1, 1).judged(str(n)) for n in range(5)))
    figure = next(f for f in evaluation.figures if (f.task, f.measure) == ("claims", "recall"))
    assert (figure.value, figure.low, figure.high) == (0.5, 0.5, 0.5)


def test_groups_have_the_figures_of_their_reports() -> None:
    cases = [case(1, 1, level="city"), case(2, 0, level="county"), case(1, 1, level="county")]
    evaluation = Evaluation(tuple(c.judged(str(n)) for n, c in enumerate(cases)))
    frame = evaluation.groups
    recall = frame[(frame["task"] == "claims") & (frame["measure"] == "recall")].set_index("name")["value"]
    assert dict(recall) == {"city": 0.5, "county": 0.75}
    assert set(frame["group"]) == {"level"}


def test_the_worst_report_stands_first() -> None:
    evaluation = Evaluation((case(2, 0).judged("good"), case(0, 3).judged("bad")))
    assert list(evaluation.worst["report_id"]) == ["bad", "good"]
    assert list(evaluation.worst["claim"]) == [3, 0]


def test_figures_are_plain_json_without_nan() -> None:
    evaluation = Evaluation((case(1, 1).judged(), three_rules().judged("b")))
    text = json.dumps(evaluation.as_dict(), allow_nan=False)
    assert json.loads(text)["reports"] == 2


def three_rules() -> Case:
    made = Case("正文。")
    made.must_find("content.contact")
    made.finds("ordinal.gap", severity="warning")
    made.gold["defects"] = [{"kind": 3, "rule": "content.contact"}]
    return made


# What is printed


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_printed_report_fits_and_names_every_miss(lang: str) -> None:
    evaluation = Evaluation((case(1, 1).judged("甲/乙"), three_rules().judged("丙")), "gold")
    text = render(evaluation, WORDS, lang)
    assert max(map(columns, text.splitlines())) <= WIDTH
    for said in ("收到1件", "甲/乙", "content.contact", "ordinal.gap", "50.0"):
        assert said in text
    if lang == "en":
        assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"[“ ].*[\u4e00-\u9fff].*|^ +\S*[\u4e00-\u9fff].*", "", text))


def test_the_printed_report_of_perfect_labels_says_so(drafted: Path) -> None:
    text = render(evaluate(drafted), WORDS, "zh")
    assert text.rstrip().endswith("没有差错。")
    assert max(map(columns, text.splitlines())) <= WIDTH


# The commands


def test_evaluate_writes_what_it_is_asked_for(town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(town, missing_sections=["plans"])
    out, figures = tmp_path / "out", tmp_path / "new" / "figures.json"
    assert main(["evaluate", str(town.parent), "--out", str(out), "--json", str(figures), "--jobs", "1"]) == 0
    said = capsys.readouterr().out
    assert str(out / "confusion.png") in said
    assert {p.name for p in out.iterdir()} == {"figures.json", "misses.csv", "confusion.png", "reliability.png"}
    assert figures.read_bytes() == (out / "figures.json").read_bytes()
    assert "plans" in (out / "misses.csv").read_text("utf-8-sig")


def test_evaluate_fails_softly(town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (town / "report.md").write_bytes(b"")
    assert main(["evaluate", str(town.parent)]) == 1
    (town / "gold.json").write_text("{", encoding="utf-8")
    capsys.readouterr()
    assert main(["evaluate", str(town.parent), "--lang", "en"]) == 2
    assert str(town / "gold.json") in capsys.readouterr().err
    assert main(["evaluate", str(tmp_path / "nowhere")]) == 2
    (tmp_path / "file").write_text("")
    assert main(["evaluate", str(town.parent), "--out", str(tmp_path / "file")]) == 2


def test_label_drafts_and_refuses_to_overwrite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.md"
    shutil.copy(DEMO / "2019_town" / "report.md", report)
    assert main(["label", str(report), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert str(tmp_path / "gold.json") in said
    assert "correct it" in said
    (tmp_path / "gold.json").write_text("mine", encoding="utf-8")
    assert main(["label", str(report), "--lang", "en"]) == 2
    assert "--force" in capsys.readouterr().err
    assert (tmp_path / "gold.json").read_text("utf-8") == "mine"
    assert main(["label", str(report), "--force"]) == 0
    assert main(["evaluate", str(tmp_path)]) == 0


def test_label_says_what_is_wrong_with_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["label", str(tmp_path / "nowhere.md")]) == 2
    empty = tmp_path / "report.md"
    empty.write_bytes(b"")
    assert main(["label", str(empty)]) == 1
    assert str(empty) in capsys.readouterr().err
    assert not (tmp_path / "gold.json").exists()
    other = tmp_path / "mine.md"
    shutil.copy(DEMO / "2019_town" / "report.md", other)
    assert main(["label", str(other), "--lang", "en"]) == 0
    assert "report.*" in capsys.readouterr().out
