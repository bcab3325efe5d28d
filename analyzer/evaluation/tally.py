"""What judging a report leaves behind: counts by task, and every miss with its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Key = tuple[str, str, str]
"""Task, what is counted, of what (a class, a rule, a defect; empty: all)."""


class Miss(NamedTuple):
    """One thing that differs from its label: what was expected and found, the words, their sentence."""

    task: str
    outcome: str
    indicator: str = ""
    expected: str = ""
    found: str = ""
    quote: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled report, judged. `facts` are the columns it can be grouped by; `error` says why it failed."""

    report_id: str
    facts: Mapping[str, str]
    counts: Mapping[Key, float]
    misses: tuple[Miss, ...]
    error: str = ""
    defects: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """Counts and misses of one report while it is judged."""

    counts: Counter[Key] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def add(self, task: str, measure: str, name: str = "", by: float = 1) -> None:
        """Count something."""
        self.counts[task, measure, name] += by  # type: ignore[assignment]

    def right(self, task: str, miss: Miss | None) -> None:
        """Count a judgement as right, or as wrong with its miss."""
        self.add(task, "wrong" if miss else "right")
        if miss:
            self.misses.append(miss)
