"""A web page → `Document`: what is hidden left out, the body found, title and day from what the page states."""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from analyzer.document import Document
from analyzer.knowledge.layout import Layout
from analyzer.readers.body import Element, Page, find_body, text_of
from analyzer.readers.furniture import without_furniture
from analyzer.readers.paragraphs import paragraphs
from analyzer.readers.plain import published
from analyzer.readers.render import HIDDEN, Renderer
from analyzer.readers.textgrids import as_grids

NO_TEXT = ("script", "style", "noscript", "template", "select", "button", "svg", "textarea", "input", "map", "link")
LONGEST_TITLE = 80
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|rem)?\s*(?:;|$|!)", re.I)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")
_NESTING = re.compile(r"</?(?:font|span|b|i|u|strong|em|o:p|st1:\w+)\b[^<>]*>", re.I)
_HANZI = re.compile(r"[\u3400-\u9fff]")
_STYLED = etree.XPath("descendant-or-self::*[@style or @hidden]")
_BLANK = re.compile(r"\s+")
_TITLE_PARTS = re.compile(r"\s*[_|｜—–>]+\s*|\s+-+\s*|\s*-+\s+|--+")
_DAY = re.compile(r"(20\d\d)\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})")


def read_page(text: str, layout: Layout) -> Document:
    """The document of an HTML file's text."""
    root = _parsed(text)
    if root is None:
        return Document("", (), "html")
    stated = _stated(root, layout)
    etree.strip_elements(root, *NO_TEXT, with_tail=False)
    head_title = _head_title(root, layout)
    etree.strip_elements(root, "head", with_tail=False)
    _mark_hidden(root)
    page = Page(root, layout)
    node = find_body(page)
    title = _heading(page, node)
    out = Renderer(page)
    if title and _bare(title) not in _bare(text_of(node)[:1000]):
        out.title(title)
    out.render(node)
    return Document(
        out.written.text,
        paragraphs(as_grids(without_furniture(out.written.items, layout)), layout, marked=True),
        "html",
        pictures=tuple(out.written.pictures),
        notices=tuple(out.notices),
        title=stated[0] or title or head_title,
        published=stated[1] or published(" ".join(str(text) for text in root.itertext()), layout),
    )


def _parsed(text: str) -> Element | None:
    """The page's elements; one nested too deep by tags never closed is read without them."""
    clean = _UNWANTED.sub("", _DECLARATION.sub("", text))
    for content in (clean, _NESTING.sub("", clean)):
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        try:
            root = etree.fromstring(content.encode("utf-8"), parser)
        except etree.XMLSyntaxError:
            return None
        if all(entry.type_name != "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            break
    return root


def _stated(root: Element, layout: Layout) -> tuple[str, str]:
    """Title and day of publication (`YYYY-MM-DD`) in the page's `<meta>` entries; empty where there are none."""
    entries: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        entries.setdefault(name, (meta.get("content") or "").strip())
    title = next((entries[name] for name in layout.meta.title if entries.get(name)), "")
    for name in layout.meta.published:
        day = _DAY.match(entries.get(name, ""))
        if day and 1 <= int(day[2]) <= 12 and 1 <= int(day[3]) <= 31:
            return title, f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}"
    return title, ""


def _head_title(root: Element, layout: Layout) -> str:
    """The part of `<title>` that names the report, not the site."""
    said = next((text_of(element) for element in root.iter("title")), "")
    parts = [part for part in _TITLE_PARTS.split(said) if part]
    return next((part for part in parts if layout.title_word.search(part)), said)


def _mark_hidden(root: Element) -> None:
    """Empties elements that no reader of the page sees; one that holds most of the page is shown by a script."""
    whole = 0
    for element in cast("list[Element]", _STYLED(root)):
        style = element.get("style")
        if element.get("hidden") is None and (style is None or not _HIDES.search(style)):
            continue
        if element.tag in ("html", "body"):
            continue
        said = text_of(element)
        whole = whole or len(text_of(root))
        if len(said) > 200 and len(said) * 2 > whole:
            continue
        tail = element.tail
        element.clear()
        element.tag, element.tail = HIDDEN, tail
        if len(_HANZI.findall(said)) > 1:
            element.set("said", "1")


def _heading(page: Page, node: Element) -> str:
    """The report's title in a heading before its body, empty without one."""
    plain = ""
    for n in range(page.index[node]):
        if not 6 <= page.chars[n] <= LONGEST_TITLE or page.links[n]:
            continue
        element = page.elements[n]
        said = text_of(element)
        if page.layout.title_word.search(said):
            name = f"{element.get('id') or ''} {element.get('class') or ''}".lower()
            if element.tag in ("h1", "h2", "h3") or "tit" in name:
                return said
            plain = said if len(element) == 0 else plain
    return plain


def _bare(text: str) -> str:
    return _BLANK.sub("", text)
