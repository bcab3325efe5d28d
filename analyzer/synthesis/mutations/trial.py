"""Each change tried: the copy is analysed, its findings are held against those of the original."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyzer import readers
from analyzer.analysis import Analysis
from analyzer.document import Document, Finding
from analyzer.knowledge import Knowledge, load
from analyzer.knowledge.schema import Source
from analyzer.pipeline import analyze_parts
from analyzer.synthesis.arithmetic import Body, equations
from analyzer.synthesis.mutations.changes import KINDS, Ground, Mutation, mutations, words
from analyzer.synthesis.mutations.labels import Labels, read_labels
from analyzer.synthesis.mutations.sight import Sight
from analyzer.synthesis.mutations.surface import Surface

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES = ("caught", "noted", "missed", "unseeable", "kept", "misread")
"""A new finding at the changed place: error or warning, or only a note; none though there must be one; none, and
nothing could see it; the part is still known by its text; the table was read with other numbers than it holds."""
STRUCTURE = ("section.", "content.", "ordinal.", "figure.", "table.", "year.heading", "enumeration.count", "period.")
YEARS = ("year.", "period.", "standard.", "deadline.", "content.period")
STATED = ("claim.", "text.", "sum.", "percentage.", "enumeration.", "identity.A19")


@dataclass(frozen=True, slots=True)
class Trial:
    """A change with what came of it; `rules` are those of the new findings at its place, `false` those elsewhere."""

    mutation: Mutation
    outcome: str
    rules: tuple[str, ...] = ()
    false: tuple[str, ...] = ()


def trials(
    files: Mapping[str, bytes],
    gold: Mapping[str, Any],
    known: Knowledge | None = None,
    *,
    kinds: Sequence[str] = KINDS,
) -> Iterator[Trial]:
    """Every change of these kinds, tried. `files` are the report's by name, `gold` its labels."""
    known = known or load()
    ground, surface = _ground(files, gold, known)
    for mutation in mutations(ground):
        if mutation.kind in kinds and all(surface.shown(edit.start, edit.end) for edit in mutation.edits):
            copy = analyze_parts(list(surface.changed(mutation.edits).items()), knowledge=known)
            yield _judged(ground, mutation, copy)


def _ground(files: Mapping[str, bytes], gold: Mapping[str, Any], known: Knowledge) -> tuple[Ground, Surface]:
    document = readers.read(list(files.items()), known.layout)
    analysis = analyze_parts(list(files.items()), knowledge=known)
    labels = read_labels(gold, document, known.forms)
    sight = Sight(labels, equations(known.rulebook, known.forms, labels.standard), _body(labels, document, known))
    ground = Ground(labels, analysis, document, sight, known, words(Source().toml("mutations.toml")))
    return ground, Surface(files, document, known.layout)


def _body(labels: Labels, document: Document, known: Knowledge) -> Body:
    prose = "\n".join(block.text for block in document.paragraphs)
    named = (key for key, pattern in known.rulebook.named.items() if pattern.search(prose))
    return Body(labels.level, labels.kind, frozenset(named))


def _judged(ground: Ground, mutation: Mutation, copy: Analysis) -> Trial:
    new = _new(ground.analysis, copy)
    here = [finding for finding in new if _about(ground, mutation, finding, copy)]
    false = tuple(f.rule for f in new if f not in here and f.severity != "info")
    rules = tuple(dict.fromkeys(finding.rule for finding in here))
    loud = any(finding.severity != "info" for finding in here)
    if _misread(ground, mutation, copy):
        outcome = "misread"
    elif here:
        outcome = "caught" if loud else "noted"
    elif mutation.kind == "heading" and _kept(mutation, copy):
        outcome = "kept"
    else:
        outcome = "missed" if mutation.seen else "unseeable"
    return Trial(mutation, outcome, rules, false)


def _new(before: Analysis, after: Analysis) -> list[Finding]:
    """Findings of the copy that the original has not, whatever the numbers in them."""
    known = Counter(_face(before, finding) for finding in before.findings)
    new: list[Finding] = []
    for finding in after.findings:
        face = _face(after, finding)
        if known[face]:
            known[face] -= 1
        else:
            new.append(finding)
    return new


def _face(analysis: Analysis, finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.indicator, re.sub(r"[\s\d]", "", analysis.cut(finding.span))


def _about(ground: Ground, mutation: Mutation, finding: Finding, copy: Analysis) -> bool:
    """Whether a new finding is about the change."""
    rule = finding.rule
    if mutation.kind in ("heading", "paragraph"):
        return rule.startswith(STRUCTURE)
    if mutation.kind == "year":
        return mutation.seen == "title" or rule.startswith(YEARS)
    if mutation.keys and _touched(ground, finding, copy).intersection(mutation.keys):
        return True
    return mutation.kind.startswith("claim") and rule.startswith(STATED) and _beside(mutation, finding, copy)


def _touched(ground: Ground, finding: Finding, copy: Analysis) -> set[str]:
    """The cells that a finding names; words that say there was nothing in a whole part name all of its cells."""
    forms, standard = ground.known.forms, ground.labels.standard
    keys = {key for part in finding.indicator.split(";") for key in forms.resolve(standard, part)}
    for claim in copy.claims:
        if claim.kind == "section_zero" and claim.span == finding.span:
            stems = [stem for part in claim.section.split(";") for stem in ground.known.rulebook.zeros.get(part, ())]
            keys |= {cell.key for cell in copy.cells if any(f"{cell.indicator}.".startswith(f"{s}.") for s in stems)}
    return keys


def _beside(mutation: Mutation, finding: Finding, copy: Analysis) -> bool:
    """Whether a finding stands in the line, or reaches over the place, of the change."""
    spans = [span for span in (finding.span, finding.second) if span is not None]
    if not spans:
        return False
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    start = copy.text.rfind("\n", 0, start) + 1
    stop = copy.text.find("\n", end)
    return start <= mutation.place < (stop if stop >= 0 else len(copy.text))


def _misread(ground: Ground, mutation: Mutation, copy: Analysis) -> bool:
    """Whether a cell is read, without a mark of doubt, as a number that is not there."""
    wanted: dict[str, Any] = {**ground.labels.cells, **dict(mutation.values)}
    clean = {cell.key for cell in ground.analysis.cells if cell.value == ground.labels.cells.get(cell.key, "")}
    cells = (cell for cell in copy.cells if cell.state == "read" and cell.key in clean)
    return bool(mutation.values) and any(cell.value != wanted[cell.key] for cell in cells)


def _kept(mutation: Mutation, copy: Analysis) -> bool:
    """Whether the part under a heading that says nothing is still known for what it is."""
    sections = [s for s in copy.sections if s.start <= mutation.place < s.end and s.heading]
    wanted = set(mutation.before.split(";"))
    return any(wanted.intersection(section.section.split(";")) for section in sections)


def frame(tried: Mapping[str, Sequence[Trial]]) -> pd.DataFrame:
    """One row a change: report, kind, what, before, after, outcome, by what it must be seen, why not, rules, false."""
    import pandas as pd

    rows = [
        (
            *(report, t.mutation.kind, t.mutation.what, t.mutation.before, t.mutation.after, t.outcome),
            *(t.mutation.seen, t.mutation.reason, ";".join(t.rules), ";".join(t.false)),
        )
        for report, members in tried.items()
        for t in members
    ]
    columns = ["report", "kind", "what", "before", "after", "outcome", "seen_by", "reason", "rules", "false"]
    return pd.DataFrame(rows, columns=columns)


def summary(changes: pd.DataFrame) -> pd.DataFrame:
    """Counts by kind: changes, each outcome, false alarms; the last row is all kinds together."""
    import pandas as pd

    counts = pd.DataFrame(0, index=[*KINDS, "all"], columns=["changes", *OUTCOMES, "false"])
    for kind, members in [*changes.groupby("kind"), ("all", changes)]:
        counts.loc[kind, "changes"] = len(members)
        for outcome, number in members["outcome"].value_counts().items():
            counts.loc[kind, outcome] = number
        counts.loc[kind, "false"] = sum(len([r for r in rules.split(";") if r]) for rules in members["false"])
    return counts[counts["changes"] > 0]
