"""Identities, rules with their messages and legal basis, and the rubric:."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.knowledge.schema import Source


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Identities, rules with their messages and legal basis, and the rubric."""


def load(source: Source) -> Rulebook:
    """The files of this part, checked."""
    return Rulebook()
