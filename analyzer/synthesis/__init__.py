"""Labelled synthetic reports: a grammar of sentences put together round numbers that agree, printed in many forms.

The same arguments give the same bytes. A report's own seed is its number and the seed of the run, so that a report does
not change when more are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from analyzer import knowledge
from analyzer.knowledge import grammar as grammars
from analyzer.knowledge import printing as printings
from analyzer.knowledge.schema import Source
from analyzer.synthesis.composition import compose
from analyzer.synthesis.defects import inject
from analyzer.synthesis.gold import gold
from analyzer.synthesis.press import press, settle

__all__ = ["DEFECTS", "FORMATS", "STANDARDS", "LabelledReport", "generate", "write"]

FORMATS = ("html", "md", "txt")
STANDARDS = ("none", "2014", "2019", "2021")
DEFECTS = ("none", "one", "several", "mixed")
SEVERAL = (2, 4)
"""Defects of a report with several, least and most."""
GOLD = "gold.json"


@dataclass(frozen=True, slots=True)
class LabelledReport:
    """A report's files by name, its labels, and the name of its folder."""

    name: str
    files: Mapping[str, bytes]
    gold: dict[str, Any]


def generate(
    count: int,
    seed: int | str,
    *,
    family: str = "train",
    standards: Sequence[str] = STANDARDS,
    formats: Sequence[str] = FORMATS,
    defects: str = "none",
) -> Iterator[LabelledReport]:
    """`count` reports, the standards in turn; `defects` is `none`, `one` each, `several`, or `mixed`: these in turn."""
    source = Source()
    known = knowledge.load()
    grammar = grammars.load(source, known.forms, family)
    printing = printings.load(source)
    for number in range(count):
        standard = standards[number % len(standards)]
        name = f"{family}-{standard}-{number + 1:04d}"
        rng = Random(f"{seed}/{name}")
        draft = compose(rng, grammar, standard)
        wanted = _wanted(rng, defects, number // len(standards))
        if wanted:
            draft = inject(draft, wanted, rng, grammar)
        setting = settle(rng, draft, printing, formats=formats)
        file, content = press(rng, draft, setting, forms=known.forms, printing=printing)
        yield LabelledReport(name, {file: content}, gold(draft, grammar, known.outline))


def _wanted(rng: Random, defects: str, turn: int) -> int:
    """How many defects a report gets."""
    kind = DEFECTS[turn % 3] if defects == "mixed" else defects
    return {"none": 0, "one": 1}.get(kind, rng.randint(*SEVERAL))


def write(report: LabelledReport, folder: Path) -> Path:
    """Writes a report's files and labels into its own folder below `folder`; that folder."""
    own = folder / report.name
    own.mkdir(parents=True, exist_ok=True)
    for name, content in report.files.items():
        (own / name).write_bytes(content)
    text = json.dumps(report.gold, ensure_ascii=False, indent=1)
    (own / GOLD).write_text(text + "\n", encoding="utf-8")
    return own
