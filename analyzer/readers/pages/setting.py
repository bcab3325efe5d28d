"""Sheets → text and blocks: what belongs to the page told apart, tables joined, paragraphs and titles put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.document import Document, Grid, Notice
from analyzer.knowledge.layout import Layout
from analyzer.readers.lines import NEXT, Line
from analyzer.readers.pages.joining import Joined, join
from analyzer.readers.pages.lines import Doubts, SetLine, cell_of, measure, set_out
from analyzer.readers.pages.margins import LARGE, kept
from analyzer.readers.pages.model import Box, Page, Table
from analyzer.readers.pages.order import Sheet
from analyzer.readers.paragraphs import paragraphs
from analyzer.readers.writing import Writer

EVEN, CENTRED = 0.05, 2.0
"""By how much the sizes of a title's lines differ at most, how far their middles lie from that of the page (ems)."""
TEXT = 0.7
"""How much of a page's width its text fills."""
_YEAR = re.compile(r"[（(]\s*\d{4}\D{0,3}[）)]")
"""A year in brackets, which ends a title that fills its line."""


class Setter:
    """Writes the document of a file's sheets; `hidden` are the numbers of pages with words that nobody sees."""

    def __init__(self, sheets: Sequence[Sheet], layout: Layout, hidden: frozenset[int]) -> None:
        self.sheets, self.layout, self.hidden = sheets, layout, hidden
        self.out = Writer()
        self.starts: dict[int, int] = {}
        self.unsure: list[tuple[int, int]] = []
        self.notices: list[Notice] = []
        lines = [item for sheet in sheets for item in sheet.items if isinstance(item, SetLine)]
        _without_common_weight(lines)
        set_out(lines, measure(lines), _shapes(sheets))
        own = kept(sheets, layout)
        self.kept = {id(line) for line in own}
        self.how = measure(own)
        self.width = set_out(own, self.how, _shapes(sheets))
        self.joined = self._joined()

    def document(self, format: str, title: str) -> Document:
        """All that is written."""
        for sheet in self.sheets:
            self._sheet(sheet)
        items = self._whole_titles([item for item in self.out.items if self._is_kept(item)])
        return Document(
            self.out.text,
            paragraphs(items, self.layout, width=self.width),
            format,
            tuple(self.starts[sheet.page.number] for sheet in self.sheets),
            tuple(self.out.pictures),
            tuple(self.notices),
            title,
            unsure=tuple(sorted(self.unsure)),
            recognised=tuple(self._recognised()),
        )

    def _recognised(self) -> Iterator[tuple[int, int]]:
        """The pages read from pictures, as places of the text."""
        starts = sorted({*self.starts.values(), self.out.at})
        for sheet in self.sheets:
            if sheet.page.recognised:
                start = self.starts[sheet.page.number]
                yield start, min(next((other for other in starts if other > start), start), len(self.out.text))

    def _joined(self) -> dict[int, Joined | None]:
        """For each table by its id: the whole of which it is the first part, None where it is a later one."""
        order: dict[int, int] = {}
        lines = 0
        for sheet in self.sheets:
            for item in sheet.items:
                lines += id(item) in self.kept
                order[id(item)] = lines
        tables = [item for sheet in self.sheets for item in sheet.items if isinstance(item, Table)]
        found: dict[int, Joined | None] = {}
        for whole in join(tables, lambda before, after: order[id(before)] != order[id(after)]):
            found.update({id(part): None for part in whole.parts})
            found[id(whole.parts[0])] = whole
        return found

    def _sheet(self, sheet: Sheet) -> None:
        number = sheet.page.number
        self.starts.setdefault(number, self.out.at)
        if number in self.hidden:
            self.notices.append(Notice("source.hidden", self.out.at, self.out.at))
        for item in sheet.items:
            if isinstance(item, SetLine):
                self._line(item)
            elif isinstance(item, Box):
                self.out.pictures.append(self.out.at)
            elif (whole := self.joined.get(id(item))) is not None:
                self._table(whole)

    def _line(self, line: SetLine) -> None:
        self.unsure.extend((a + self.out.at, b + self.out.at) for a, b in line.doubts)
        self.out.line(line)

    def _table(self, whole: Joined) -> None:
        says: dict[tuple[int, int], tuple[str, Doubts]] = {
            (r, n): cell_of(joint.lines) for r, row in enumerate(whole.rows) for n, joint in enumerate(row)
        }
        first = len(self.out.begun)
        spans = [[(joint.across, joint.down) for joint in row] for row in whole.rows]
        begun = self.out.table(spans, lambda place: says[place][0], whole.parts[0].page)
        for row, page in enumerate(whole.pages):
            self.starts.setdefault(page, self.out.begun[first + row])
        closed = all(part.closed for part in whole.parts)
        for place, start in begun.items():
            text, doubts = says[place]
            if text or closed:
                self.unsure.extend((a + start, b + start) for a, b in doubts)
            else:
                self.unsure.append((start, start))

    def _is_kept(self, item: object) -> bool:
        return isinstance(item, Grid) or id(item) in self.kept

    def _whole_titles(self, items: Sequence[object]) -> list[Line | Grid]:
        """The items, lines of one title made one."""
        made: list[Line | Grid] = []
        pages = {sheet.page.number: sheet.page for sheet in self.sheets}
        for item in items:
            last = made[-1] if made else None
            if isinstance(item, SetLine) and isinstance(last, SetLine) and self._one_title(last, item, pages):
                last.text += item.text
                last.pieces += item.pieces
                last.box = item.box
            elif isinstance(item, Line | Grid):
                made.append(item)
        return made

    def _one_title(self, above: SetLine, below: SetLine, pages: dict[int, Page]) -> bool:
        """Whether two lines that follow one another are one title set large in the middle of the page."""
        if above.page != below.page or below.gap != NEXT or above.page is None:
            return False
        if min(above.size, below.size) < LARGE * self.how.size or abs(above.size - below.size) > EVEN * above.size:
            return False
        if self.layout.document_number.match(above.text) or self.layout.document_number.match(below.text):
            return False
        ended = any(match.end() == len(above.text) for match in self.layout.title_word.finditer(above.text))
        width = pages[above.page].width
        room = self.width * self.how.column or TEXT * width
        if ended and not (_YEAR.fullmatch(below.text) and above.box.x1 - above.box.x0 + below.size * 2 > room):
            return False
        middle = width / 2
        return all(abs((x.box.x0 + x.box.x1) / 2 - middle) <= CENTRED * x.size for x in (above, below))


def _shapes(sheets: Sequence[Sheet]) -> dict[int, int]:
    """For each page by its number: how wide it is, about."""
    return {sheet.page.number: round(sheet.page.width / 20) for sheet in sheets}


def _without_common_weight(lines: Sequence[SetLine]) -> None:
    """Takes bold away from a text that is bold throughout."""
    if sum(len(line.text) for line in lines if line.bold) * 5 > sum(len(line.text) for line in lines) * 3:
        for line in lines:
            line.bold = False
