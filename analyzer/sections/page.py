"""The lines of a report with its tables: what the filters of headings look at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.knowledge.outline import Outline
from analyzer.sections.headings import Heading
from analyzer.sections.lines import Line

NEAR = 120


@dataclass(frozen=True, slots=True)
class Page:
    """What the filters look at: the lines, the places of lines and tables (sorted) and the words of headings."""

    lines: list[Line]
    places: list[int]
    regions: tuple[tuple[int, int], ...]
    tables: list[int]
    outline: Outline

    def region(self, place: int) -> tuple[int, int] | None:
        """The region that holds `place`."""
        at = bisect_right(self.regions, (place, 1 << 60)) - 1
        return self.regions[at] if at >= 0 and place < self.regions[at][1] else None

    def table_after(self, heading: Heading) -> bool:
        """Whether a table begins soon after the heading, or around it."""
        near = holds(self.tables, heading.start, heading.end + NEAR + 1)
        return near or self.region(heading.start) is not None


def holds(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the sorted `places` is in `start`…`end`."""
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end
