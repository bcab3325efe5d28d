"""The expressions of `defects.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from analyzer.knowledge.schema import Source, build


@dataclass(frozen=True, slots=True)
class DefectWords:
    """The file's entries by name; expressions are compiled where they are used."""

    ordinal: str
    format_new: str
    format_old: str
    decree_new: str
    decree_old: str
    gap_before: str
    gap_units: tuple[str, ...]
    blank_marks: tuple[str, ...]
    parts_count: str
    year_opening: str
    closing_date: str
    self_town: tuple[str, ...]
    self_department: tuple[str, ...]
    unreadable: tuple[str, ...]
    open_list: str
    counted_apart: str
    part_of_year: str
    period: str
    figure: str
    annex: str
    contact: str
    channel: str
    aspects: tuple[str, ...]

    def find(self, name: str) -> re.Pattern[str]:
        """The expression of this name."""
        return re.compile(str(getattr(self, name)))


def read_words(source: Source) -> DefectWords:
    """The file, checked."""
    given: Any = source.toml("defects.toml")
    return build(DefectWords, given, "defects.toml")
