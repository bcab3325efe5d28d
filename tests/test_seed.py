"""The real report, whole, against its hand-made labels."""

from __future__ import annotations

import pytest

from analyzer.analysis import Analysis
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


def test_claims(seed: Analysis) -> None:
    wrong = [m for label in GOLD["claims"] if (m := gold.misses(seed, label))]
    assert wrong == []


def test_no_trap_is_a_claim(seed: Analysis) -> None:
    taken = {gold.claim_place(seed, claim) for claim in seed.claims}
    for trap in GOLD["traps"]:
        quote = gold.squeeze(trap["quote"])
        whole = gold.squeeze(seed.text)
        for at in range(len(whole)):
            if whole.startswith(quote, at):
                assert not taken & set(range(at, at + len(quote))), trap


def test_nothing_else_is_a_claim(seed: Analysis) -> None:
    wanted = {place for label in GOLD["claims"] for place in gold.places(seed.text, label["quote"])}
    extra = [seed.cut(c.span) for c in seed.claims if gold.claim_place(seed, c) not in wanted]
    assert extra == []


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
