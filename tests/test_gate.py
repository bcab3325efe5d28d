"""What the product has reached on its corpora it keeps: `tests/gate.json`, pinned by `python -m benchmarks.gate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analyzer.evaluation import Evaluation, evaluate
from benchmarks import gate
from tests.evaluation_cases import Case

PINNED: dict[str, Any] = json.loads(gate.FILE.read_text(encoding="utf-8"))


def corpus(name: str) -> tuple[Path, dict[str, Any]]:
    """A corpus with what is pinned of it; passed over only while there is neither."""
    folder = gate.CORPORA[name]
    if not folder.is_dir() and name not in PINNED["corpora"]:
        pytest.skip(f"corpora/{name} is not there")
    return folder, PINNED["corpora"][name]


@pytest.mark.parametrize("name", gate.CORPORA)
def test_no_corpus_is_read_worse_than_before(name: str) -> None:
    folder, pinned = corpus(name)
    complaint = gate.complaint(name, pinned, evaluate(folder, every=pinned["every"], jobs=1))
    assert not complaint, f"\n{complaint}"


@pytest.mark.parametrize("name", gate.CORPORA)
def test_the_gate_knows_the_corpora_as_they_are(name: str) -> None:
    folder, pinned = corpus(name)
    assert pinned["sha256"] == gate.fingerprint(folder), "the corpus has changed: python -m benchmarks.gate"
    assert pinned["sha256"] in [first["sha256"] for first in pinned["first_scores"]]


def test_every_lowered_floor_is_named_in_the_changelog() -> None:
    changelog = (gate.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert not [step for step in PINNED["lowered"] if not gate.named(step["figure"], step["corpus"], changelog)]


@pytest.mark.parametrize(("name", "lang"), gate.READMES.items())
def test_the_readmes_state_the_figures_of_the_gate(name: str, lang: str) -> None:
    (told,) = gate.BLOCK.findall((gate.ROOT / name).read_text(encoding="utf-8"))
    assert told == gate.table(PINNED["corpora"], lang)


# The gate itself


def found(*numbers: int) -> Evaluation:
    """Reports with four labels each, of which so many are found."""
    reports = []
    for n, right in enumerate(numbers):
        case = Case("收到1件，办结2件，答复3件，补正4件。")
        for at, words in enumerate(("收到1件", "办结2件", "答复3件", "补正4件"), start=1):
            case.says(words, at)
            if at <= right:
                case.reads(words, str(at), at)
        reports.append(case.judged(f"r{n}"))
    return Evaluation(tuple(reports))


def pinned(evaluation: Evaluation) -> dict[str, Any]:
    return {"floors": gate.figures(evaluation), "reports": gate.misses(evaluation)}


def test_equal_results_pass() -> None:
    assert gate.complaint("x", pinned(found(4, 3)), found(4, 3)) == ""
    assert gate.complaint("x", pinned(found(3, 3)), found(4, 3)) == ""


def test_a_drop_names_the_reports_lost_and_gained() -> None:
    said = gate.complaint("x", pinned(found(4, 4, 2)), found(4, 2, 3)).splitlines()
    (at,) = [n for n, line in enumerate(said) if "claims.recall" in line]
    assert said[at : at + 3] == [
        f"x: claims.recall is {9 / 12:.6g}, its floor {10 / 12:.6f}",
        "  lost: r1 (0 → 2)",
        "  gained: r2 (2 → 1)",
    ]


def test_what_is_better_small_may_not_grow() -> None:
    quiet, loud = Case("正文。"), Case("正文。")
    loud.finds("ordinal.gap", severity="warning")
    before, after = (Evaluation((case.judged(),)) for case in (quiet, loud))
    assert "alarms.per_report is 1.0, its floor 0.0" in gate.complaint("x", pinned(before), after)
    assert gate.drops(gate.figures(after), gate.figures(before)) == ["findings.precision"]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gate over the real corpus alone, with a change log of its own."""
    (tmp_path / "CHANGELOG.md").write_text("## [Unreleased]\n", encoding="utf-8")
    monkeypatch.setattr(gate, "FILE", tmp_path / "gate.json")
    monkeypatch.setattr(gate, "ROOT", tmp_path)
    monkeypatch.setattr(gate, "CORPORA", {"real": gate.CORPORA["real"]})
    assert gate.main([]) == 0
    return tmp_path


def test_a_floor_comes_down_only_when_asked_for_and_named(own: Path) -> None:
    kept = json.loads((own / "gate.json").read_text("utf-8"))
    kept["corpora"]["real"]["floors"]["claims.f1"] = 1.5
    (own / "gate.json").write_text(json.dumps(kept), encoding="utf-8")
    assert gate.main([]) == 1
    assert gate.main(["--lower"]) == 1
    assert json.loads((own / "gate.json").read_text("utf-8")) == kept
    (own / "CHANGELOG.md").write_text("- The floor of `claims.f1` on `real` comes down.\n", encoding="utf-8")
    assert gate.main([]) == 1
    assert gate.main(["--lower"]) == 0
    now = json.loads((own / "gate.json").read_text("utf-8"))
    assert now["lowered"] == [{"corpus": "real", "figure": "claims.f1", "from": 1.5, "to": 1.0}]
    assert now["corpora"]["real"]["floors"]["claims.f1"] == 1


def test_pinning_writes_the_tables_of_the_readmes(own: Path) -> None:
    (own / "README.md").write_text("a\n<!-- accuracy -->\nold\n<!-- /accuracy -->\nb\n", encoding="utf-8")
    assert gate.main([]) == 0
    lines = (own / "README.md").read_text("utf-8").splitlines()
    assert lines[:2] == ["a", "<!-- accuracy -->"]
    assert lines[2] == f"| {' | '.join(gate.HEADS['en'])} |"
    assert "| links: F1 |  |  |  | 100.0 |" in lines
    assert lines[-2:] == ["<!-- /accuracy -->", "b"]


def test_the_table_tells_first_scores_and_intervals() -> None:
    today = {"figures": {"links.f1": 0.98, "alarms.per_report": 0.025}, "intervals": {"links.f1": [0.97, 0.985]}}
    firsts = [{"figures": {"links.f1": 0.875}}, {"figures": {"links.f1": 0.5}}]
    fresh = {"first_scores": [{"figures": {"links.f1": 0.91}}], "today": {"figures": {"links.f1": 0.99}}}
    corpora = {"synthetic/test": {"first_scores": firsts, "today": today}, "synthetic/fresh": fresh}
    rows = gate.table(corpora, "en").splitlines()[2:]
    assert rows == [
        "| links: F1 | 87.5 | 98.0 (97.0–98.5) | 91.0 |  |",
        "| false alarms: per report (number) |  | 0.03 |  |  |",
    ]


def test_the_first_score_stays(own: Path) -> None:
    kept = json.loads((own / "gate.json").read_text("utf-8"))
    first = kept["corpora"]["real"]["first_scores"]
    first[0]["figures"]["claims.f1"] = 0.25
    (own / "gate.json").write_text(json.dumps(kept), encoding="utf-8")
    assert gate.main([]) == 0
    assert json.loads((own / "gate.json").read_text("utf-8"))["corpora"]["real"]["first_scores"] == first
