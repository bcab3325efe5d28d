"""Loads and checks the domain's facts in `data/`; the only package that opens them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analyzer.knowledge import companions, forms, language, layout, outline, rulebook, wording
from analyzer.knowledge.schema import Source

__all__ = ["Knowledge", "load"]


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """All domain data, loaded once and handed to the stages part by part."""

    forms: forms.Forms
    outline: outline.Outline
    layout: layout.Layout
    language: language.Language
    rulebook: rulebook.Rulebook
    wording: wording.Wording
    companions: companions.Companions


@cache
def load(overlay: Path | None = None) -> Knowledge:
    """The shipped data, or with `overlay` (a folder) the files of that folder instead of those of the same name."""
    source = Source(overlay)
    return Knowledge(
        forms.load(source),
        outline.load(source),
        layout.load(source),
        language.load(source),
        rulebook.load(source),
        wording.load(source),
        companions.load(source),
    )
