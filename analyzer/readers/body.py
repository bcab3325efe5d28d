"""Which part of a web page is the report: the smallest element that holds all prose, figures and headings.

What stands beside it may be left out only where it is furniture: navigation, footers, tables of document data, lists
of links. Where that is in doubt the larger element is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from analyzer.knowledge.layout import Layout
from analyzer.readers.furniture import is_record
from analyzer.readers.lines import PROSE

Element = etree._Element
BOXES = frozenset({"div", "ul", "ol", "dl", "table", "section", "form", "nav", "footer", "header", "aside", "fieldset"})
LINK_SHARE = 0.5
PROSE_CELL = 300
_BLANK = re.compile(r"\s+")
_LAYOUT_TAGS = frozenset({"div", "td", "article", "section", "main", "body", "form", "html"})


class Page:
    """Measures of each element: how many letters, how many of them in links, and its weight (points of prose,
    figures, headings, zeros). All are of the element with what it holds, its tail left out."""

    def __init__(self, root: Element, layout: Layout) -> None:
        self.root, self.layout = root, layout
        self.elements: list[Element] = list(root.iter("*"))
        self.index = {element: n for n, element in enumerate(self.elements)}
        size = len(self.elements)
        self.chars, self.links, self.weights = [0] * size, [0] * size, [0] * size
        self._measure()

    def _measure(self) -> None:
        found = [element.getparent() for element in self.elements]
        parents = [0 if parent is None else self.index[parent] for parent in found]
        linked = [False] * len(parents)
        for n, element in enumerate(self.elements):
            parent = parents[n]
            within = n > 0 and linked[parent]
            linked[n] = within or (element.tag == "a" and element.get("href") is not None)
            text, tail = element.text, element.tail
            if text and not text.isspace():
                self._count(n, text, linked[n])
            if n and tail and not tail.isspace():
                self._count(parent, tail, within)
        for n in range(len(parents) - 1, 0, -1):
            parent = parents[n]
            self.chars[parent] += self.chars[n]
            self.links[parent] += self.links[n]
            self.weights[parent] += self.weights[n]

    def _count(self, n: int, text: str, linked: bool) -> None:
        said = text.strip()
        size = len(said)
        self.chars[n] += size
        if linked:
            self.links[n] += size
            return
        if said.isdigit():
            self.weights[n] += size < 40
            return
        if size > 3:
            self.weights[n] += len(PROSE.findall(said))
        if size < 40 and (self.layout.opening.match(said) or self.layout.zero.match(said)):
            self.weights[n] += 1

    def of(self, element: Element) -> tuple[int, int, int]:
        """Letters, letters in links, weight."""
        n = self.index[element]
        return self.chars[n], self.links[n], self.weights[n]

    def is_furniture(self, element: Element) -> bool:
        """Whether an element inside the report's part of the page is no part of the report."""
        chars, links, weight = self.of(element)
        total = self.weights[0]
        if not chars or weight * 4 > total > 0:
            return 0 < chars < 600 and self._is_footer(element, 2)
        if links >= chars * LINK_SHARE and weight <= 2:
            return not self._has_attachment(element)
        if self._named(element) and (weight == 0 or links >= chars * LINK_SHARE) and chars <= 400:
            return not self.layout.title_word.search(text_of(element)) and not self._has_attachment(element)
        if chars > 1200:
            return False
        if chars < 600 and self._is_footer(element, 1 if weight * 10 <= total else 2):
            return True
        said = text_of(element)
        return element.tag in ("table", "ul", "dl", "div") and is_record(said, self.layout)

    def _is_footer(self, element: Element, least: int) -> bool:
        """Whether an element says `least` different things that stand at the foot of sites."""
        return len({m[0] for m in self.layout.footer.finditer(text_of(element))}) >= least

    def _named(self, element: Element) -> bool:
        if element.tag in self.layout.furniture_tags:
            return True
        names = f"{element.get('id') or ''} {element.get('class') or ''}"
        return len(names) > 1 and self.layout.furniture_parts.search(names.lower()) is not None

    def _has_attachment(self, element: Element) -> bool:
        return any(is_attachment(link.get("href"), self.layout) for link in element.iter("a"))


def find_body(page: Page) -> Element:
    """The element that holds the report."""
    top = node = next(page.root.iter("body"), page.root)
    while True:
        children = [child for child in node if page.of(child)[2]]
        held = sum(page.of(child)[2] for child in children)
        if not children or held < page.of(node)[2]:
            break
        best = max(children, key=lambda child: page.of(child)[2])
        if not all(child is best or _beside(page, child) for child in children):
            break
        node = best
    node = _box_of(page, node, top)
    known = next((element for element in (node, *node.iterancestors()) if is_known(element, page.layout)), None)
    if known is None and page.of(node)[2] == 0:
        known = next((element for element in top.iter("*") if is_known(element, page.layout)), None)
    return node if known is None else known


def _beside(page: Page, element: Element) -> bool:
    """Whether an element with some weight beside the report may be left out."""
    chars, links, weight = page.of(element)
    if page.is_furniture(element):
        return True
    if links >= chars * LINK_SHARE and weight * 10 <= page.weights[0]:
        return True
    return weight * 10 <= page.weights[0] and chars < 1500 and page.layout.footer.search(text_of(element)) is not None


def _box_of(page: Page, node: Element, top: Element) -> Element:
    """The nearest element round `node` (or itself) that is a box and no part of a table of data."""
    table = next((t for t in (node, *node.iterancestors("table")) if t.tag == "table" and not is_layout(page, t)), None)
    if table is not None and table is not top:
        node = table
    while node is not top and (node.tag not in _LAYOUT_TAGS or node is table):
        parent = node.getparent()
        if parent is None:
            break
        node = parent
    return node


def is_known(element: Element, layout: Layout) -> bool:
    """Whether systems that run such sites put the body into an element of this tag, id or class."""
    if element.tag in layout.body_tags or (element.get("id") or "").lower() in layout.body_ids:
        return True
    classes = element.get("class")
    return classes is not None and not layout.body_classes.isdisjoint(classes.lower().split())


def is_layout(page: Page, table: Element) -> bool:
    """Whether a table only places parts of the page: it holds mostly tables, one column, or mostly prose."""
    nested = [page.of(inner) for inner in table.iterdescendants("table")]
    if any(chars > PROSE_CELL or weight * 2 > page.of(table)[2] for chars, _, weight in nested):
        return True
    rows = [list(cells_of(row)) for row in rows_of(table)]
    if max((len(row) for row in rows), default=0) <= 1:
        return True
    long = [page.of(cell) for row in rows for cell in row if page.of(cell)[0] > PROSE_CELL]
    prose = sum(chars for chars, _, weight in long if weight > 3)
    return prose * 2 > page.of(table)[0]


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, those of tables inside it left out."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot", "form"):
            yield from rows_of(child)


def cells_of(row: Element) -> Iterator[Element]:
    """The cells of a row."""
    return row.iterchildren("td", "th")


def text_of(element: Element) -> str:
    """All text inside an element, blanks made one."""
    text = (
        element.text
        if len(element) == 0
        else etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    )
    return _BLANK.sub(" ", text).strip() if text else ""


def is_attachment(address: str | None, layout: Layout) -> bool:
    """Whether a link leads to a file that may hold (part of) the report."""
    if not address or "." not in address:
        return False
    return address.split("?", 1)[0].split("#", 1)[0].rsplit(".", 1)[-1].strip().lower() in layout.files.attachments
