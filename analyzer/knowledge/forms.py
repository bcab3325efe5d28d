"""The statistics forms: standards by year, their tables and cells, the named sums of cells."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.knowledge.schema import Source


@dataclass(frozen=True, slots=True)
class Forms:
    """The statistics forms."""


def load(source: Source) -> Forms:
    """The files of this part, checked."""
    return Forms()
