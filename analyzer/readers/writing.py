"""Paragraphs and tables of a format that has no text of its own → text, lines and grids: a line a paragraph, a table's
rows as lines with tabs."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.readers.grid import Place, Spans, arrange, build
from analyzer.readers.lines import Item, Line


class Writer:
    """Writes the extracted text from its start to its end, and keeps the places of all it writes; `begun` holds the
    start of each line of the text."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.pictures: list[int] = []
        self.lines: list[str] = []
        self.begun: list[int] = []
        self.at = 0

    @property
    def text(self) -> str:
        """What was written."""
        return "\n".join(self.lines)

    def line(self, line: Line) -> None:
        """A line; its `pieces` become its place in the text."""
        line.pieces = ((self.at, self.at + len(line.text)),)
        self.items.append(line)
        self._write(line.text)

    def table(self, spans: Spans, said: Callable[[Place], str], page: int | None = None) -> dict[Place, int]:
        """A table, a row a line. `spans` holds (columns, rows) covered by each cell of each row, `said` gives the text
        of a cell by its row and its number in the row. Gives where in the text each cell begins."""
        places = arrange(spans)
        where: dict[Place, tuple[str, int, int]] = {}
        for row in places:
            at, line = self.at, []
            for place in row:
                if place is None or place in where:
                    line.append("")
                    at += 1
                    continue
                text = said(place)
                end = at + len(text)
                where[place] = (text, at, end)
                line.append(text)
                at = end + 1
            self._write("\t".join(line))
        if places:
            self.items.append(build(places, where.__getitem__, self.at - 1, page))
        return {place: start for place, (_, start, _) in where.items()}

    def _write(self, said: str) -> None:
        self.begun.append(self.at)
        self.lines.append(said)
        self.at += len(said) + 1
