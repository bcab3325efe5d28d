"""What pages put round a report: page numbers, running heads, navigation."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.knowledge.schema import Source


@dataclass(frozen=True, slots=True)
class Layout:
    """What pages put round a report."""


def load(source: Source) -> Layout:
    """The files of this part, checked."""
    return Layout()
