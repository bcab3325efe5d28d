"""The real report, whole, against its hand-made labels."""

from __future__ import annotations

import pytest

from analyzer.analysis import Analysis
from analyzer.evaluation import evaluate
from analyzer.pipeline import analyze
from tests import gold

GOLD = gold.load()


@pytest.fixture(scope="module")
def seed() -> Analysis:
    return analyze(gold.REAL / "report.md")


def test_who_and_when(seed: Analysis) -> None:
    assert seed.report.agency == GOLD["report"]["agency"]
    assert seed.report.year == 2018
    assert (seed.report.standard, seed.report.standard_expected) == ("2014", "2014")
    assert (seed.report.level, seed.report.kind) == ("township", "government")


def test_sections(seed: Analysis) -> None:
    tops = [(s.heading, s.section) for s in seed.sections if s.depth == 1 and s.section != "preamble"]
    wanted = [(s["heading"], s["section"]) for s in GOLD["sections"]]
    assert [section for _, section in tops] == [section for _, section in wanted]
    assert [gold.squeeze(h).rstrip("、") for h, _ in tops] == [gold.squeeze(h).rstrip("、") for h, _ in wanted]


def test_cells(seed: Analysis) -> None:
    read = {cell.key: cell.value for cell in seed.cells}
    assert read == GOLD["cells"]
    blank = [cell.key for cell in seed.cells if cell.state == "blank"]
    assert blank == GOLD["expected"]["blank_cells"]


def test_every_label_is_met() -> None:
    """Claims with value, unit, bounds, period, link and verdict; traps, sums, findings: judged as `evaluate` does."""
    judged = evaluate(gold.REAL.parent)
    assert judged.misses.empty, judged.misses.to_string()
    whole = judged.sample.whole
    assert int(whole.all("claim", "right")[0]) == len(GOLD["claims"])
    assert int(whole.all("trap", "right")[0]) == len(GOLD["traps"])
    assert int(whole.all("sum", "right")[0]) == len(GOLD["sums"])
    assert int(whole.all("rule", "recalled")[0]) == len(GOLD["findings"]) + len(GOLD["other_findings"])


def test_findings(seed: Analysis) -> None:
    errors = {(f.rule.split(".")[0], f.indicator) for f in seed.findings if f.severity == "error"}
    assert errors == {
        ("identity", "disclosure.total;channel.website"),
        ("claim", "training.courses"),
        ("claim", "training.attendees"),
    }
    rest = {(f.rule, f.indicator) for f in seed.findings if f.severity == "warning" and not f.rule.startswith("claim.")}
    assert rest == {(o["rule"], o.get("indicator", "") or _section(o)) for o in GOLD["other_findings"][:-1]}
    suspects = {f.indicator for f in seed.findings if f.verdict == "suspect" and f.rule.startswith("claim.")}
    assert suspects == {"response.interpretation"}


def _section(finding: dict[str, str]) -> str:
    return finding["why"] if finding["rule"] == "section.missing" else ""


def test_every_place_cuts_what_it_names(seed: Analysis) -> None:
    for cell in seed.cells:
        assert cell.span is not None
        assert seed.cut(cell.span) == cell.raw
    for claim in seed.claims:
        assert claim.span.start <= claim.number.start < claim.number.end <= claim.span.end
        assert claim.sentence.start <= claim.span.start
        assert claim.span.end <= claim.sentence.end
    for section in seed.sections:
        if section.heading:
            assert gold.squeeze(seed.text[section.start : section.end]).find(gold.squeeze(section.heading)[:4]) >= 0
