"""Facts of the title, sections, cells and sums against their labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.document import Cell, Number, Section
from analyzer.evaluation.exhibit import Exhibit
from analyzer.evaluation.labels import HeadingLabel, SumLabel
from analyzer.evaluation.places import overlap, squeeze
from analyzer.evaluation.tally import Miss, Tally
from analyzer.knowledge.forms import TOTAL

FACTS = ("agency", "year", "standard", "standard_expected", "level", "kind")
NO_HEADING = "-"
"""Stands in the confusion matrix for a heading that is in the labels, or in the report's sections, alone."""
UNKNOWN = "unknown"
"""Stands there for a heading of no class."""
BINS = 10
_EDGES = re.compile(r"^[#*\W]+|[\W]+$")
_SHORTEST = 4
_NO_CLASS = frozenset({"", UNKNOWN})


def judge_facts(exhibit: Exhibit, tally: Tally) -> None:
    """Who reports on which year and form; a fact that the labels leave out or empty is not asked for."""
    for name in FACTS:
        expected = exhibit.gold.facts.get(name)
        if expected in (None, ""):
            continue
        found = getattr(exhibit.analysis.report, name)
        miss = None if str(found) == str(expected) else Miss("fact", "wrong", name, str(expected), str(found or ""))
        tally.right("fact", miss)


def judge_sections(exhibit: Exhibit, tally: Tally) -> None:
    """Classes of the labelled headings, confusion of classes, confidence against being right."""
    labels = exhibit.gold.sections
    headings = [section for section in exhibit.analysis.sections if section.heading]
    found = aligned(labels, headings)
    for label, section in zip(labels, found, strict=True):
        _section(label, section, tally)
    taken = {section.ordinal for section in found if section}
    for section in headings:
        if section.depth == 1 and section.ordinal not in taken and section.section:
            _unlabelled(section, tally)


def aligned(labels: Sequence[HeadingLabel], headings: Sequence[Section]) -> list[Section | None]:
    """For each labelled heading the section of the same words, in order where the same words stand twice."""
    free = [(section, _bare(section.heading)) for section in headings]
    found: list[Section | None] = []
    last = 0
    for label in labels:
        wanted = _bare(label.heading)
        same = [s for s, text in free if text == wanted] or [s for s, text in free if _begins(text, wanted)]
        best = next((s for s in same if s.ordinal > last), same[0] if same else None)
        found.append(best)
        if best:
            last = best.ordinal
            free = [(section, text) for section, text in free if section is not best]
    return found


def _bare(heading: str) -> str:
    return _EDGES.sub("", squeeze(heading))


def _begins(first: str, second: str) -> bool:
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) >= _SHORTEST and longer.startswith(shorter)


def _section(label: HeadingLabel, section: Section | None, tally: Tally) -> None:
    expected = frozenset(label.section.split(";")) - _NO_CLASS
    found = frozenset(section.section.split(";")) - _NO_CLASS if section else frozenset()
    right = _fits(expected, found, label.also) if expected or found else section is not None
    meant = found if right else expected
    for name in sorted(meant | found):
        tally.add("section", "right" if name in meant & found else "missed" if name in meant else "false", name)
    shown = NO_HEADING if section is None else ";".join(sorted(found)) or UNKNOWN
    wanted = ";".join(sorted(meant)) or UNKNOWN
    tally.add("confusion", wanted, wanted if right else shown)
    miss = Miss("heading", "wrong" if section else "missed", "", label.section, shown, label.heading)
    tally.right("heading", None if right else miss)
    if section and found:
        _calibrate(section.confidence, right, tally)


def _fits(expected: frozenset[str], found: frozenset[str], also: Sequence[str]) -> bool:
    """Whether the classes found are those of the label or, wholly or in part, others that count as right."""
    others = frozenset(name for entry in also for name in entry.split(";"))
    return bool(found) and found <= expected | others and (expected <= found or bool(found & others))


def _calibrate(confidence: float, right: bool, tally: Tally) -> None:
    name = str(min(BINS - 1, int(confidence * BINS)))
    tally.add("calibration", "n", name)
    tally.add("calibration", "right", name, by=float(right))
    tally.add("calibration", "confidence", name, by=confidence)


def _unlabelled(section: Section, tally: Tally) -> None:
    """A top-level section that no label names."""
    tally.add("heading", "extra")
    for name in section.section.split(";"):
        tally.add("section", "false", name)
    tally.add("confusion", NO_HEADING, section.section)
    tally.misses.append(Miss("heading", "extra", "", "", section.section, section.heading))


def judge_cells(exhibit: Exhibit, tally: Tally) -> None:
    """Cells exact, blank as blank, wrong but marked, silently wrong, lost."""
    cells = {cell.key: cell for cell in exhibit.analysis.cells}
    for key, expected in exhibit.gold.cells.items():
        cell = cells.get(key) or cells.get(f"{key}/{TOTAL}")
        outcome = _cell(expected, cell)
        tally.add("cell", outcome)
        if outcome not in ("exact", "blank"):
            found = "" if cell is None else f"{cell.state} {'' if cell.value is None else cell.value}".strip()
            raw = "" if cell is None else cell.raw
            said = "blank" if expected is None else str(expected)
            tally.misses.append(Miss("cell", outcome, key, said, found, raw, "" if cell is None else cell.label))


def _cell(expected: Number | None, cell: Cell | None) -> str:
    if cell is None or cell.state == "absent":
        return "lost" if expected is not None else "blank"
    if cell.value is None:
        if cell.state in ("unreadable", "doubtful"):
            return "marked"
        return "blank" if expected is None else "lost"
    if cell.value == expected:
        return "exact"
    return "marked" if cell.state == "doubtful" else "silent"


def judge_sums(exhibit: Exhibit, tally: Tally) -> None:
    """Whether totals and parts, counts and items are seen to agree as the labels say."""
    for label in exhibit.gold.sums:
        stands = exhibit.paragraphs.find(label.quote)
        verdict = _sum_verdict(exhibit, stands)
        right = verdict in _acceptable(label)
        outcome = "wrong" if verdict else "missed"
        said = exhibit.sentence(stands[0]) if stands else ""
        miss = Miss("sum", outcome, "", label.verdict, verdict, label.quote.text, said)
        tally.right("sum", None if right else miss)


def _acceptable(label: SumLabel) -> tuple[str, ...]:
    return ("inconsistent", "suspect") if label.verdict in ("inconsistent", "suspect") else (label.verdict,)


def _sum_verdict(exhibit: Exhibit, stands: Sequence[range]) -> str:
    """What the checks of sums and counts in a quote come to; empty where none was made."""
    outcomes = {
        check.outcome
        for check in exhibit.analysis.checks
        if check.rule.startswith(("sum.", "enumeration.count"))
        if any(overlap(exhibit.paragraphs.covered(check.span), place) for place in stands)
    }
    said = {"violated": "inconsistent", "suspect": "suspect", "holds": "consistent", "not_assessable": "unverifiable"}
    return next((verdict for outcome, verdict in said.items() if outcome in outcomes), "")
