"""How figures are said in prose: units, bounds, claim patterns, traps, the lexicon."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.knowledge.schema import Source


@dataclass(frozen=True, slots=True)
class Language:
    """How figures are said in prose."""


def load(source: Source) -> Language:
    """The files of this part, checked."""
    return Language()
