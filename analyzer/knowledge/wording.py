"""What the product itself prints, writes and draws, in Chinese and English:."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.knowledge.schema import Source


@dataclass(frozen=True, slots=True)
class Wording:
    """What the product itself prints, writes and draws, in Chinese and English."""


def load(source: Source) -> Wording:
    """The files of this part, checked."""
    return Wording()
