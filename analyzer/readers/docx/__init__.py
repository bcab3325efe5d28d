"""A Word file (`.docx`, `.docm`, what WPS and LibreOffice save as such) → `Document`, as a reader of its pages sees it.

Text is what is shown: numbers of lists are counted, insertions kept, deletions, hidden text, code of fields, tables
of contents, heads and feet of pages left out. Notes stand below the paragraph or table they belong to.
"""

from __future__ import annotations

from analyzer.document import Document
from analyzer.knowledge.layout import Layout
from analyzer.readers.docx.body import Body
from analyzer.readers.docx.embedded import Embedded
from analyzer.readers.docx.numbering import Numbering
from analyzer.readers.docx.package import Element, Package, Relation, W
from analyzer.readers.docx.runs import Runs, has_fields
from analyzer.readers.docx.styles import Styles
from analyzer.readers.encoding import Unreadable
from analyzer.readers.furniture import without_furniture
from analyzer.readers.limits import Allowance
from analyzer.readers.paragraphs import paragraphs
from analyzer.readers.textgrids import as_grids

MAIN = "word/document.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
Relations = dict[str, Relation]


def read(name: str, content: bytes, layout: Layout, allowance: Allowance) -> Document:
    """The document of a Word file's content; raises `UnreadableReport` for one that is damaged, locked, beyond a limit
    or without text."""
    return _read(Package(content, name, allowance), layout, embedded=True)


def read_alone(name: str, content: bytes, layout: Layout, allowance: Allowance) -> Document:
    """As `read`, without the other documents, sheets and pictures that the file holds."""
    return _read(Package(content, name, allowance), layout, embedded=False)


def _read(package: Package, layout: Layout, *, embedded: bool) -> Document:
    main = _main(package)
    root = package.xml(main)
    inside = root.find(f"{W}body") if root is not None else None
    if root is None or inside is None:
        raise package.damaged()
    relations = package.relations(main)
    body = _body(package, relations, layout, root)
    body.blocks(inside)
    body.close()
    items = as_grids(without_furniture(body.written.items, layout))
    document = Document(
        body.written.text,
        paragraphs(items, layout, marked=True),
        "docx",
        pictures=tuple(body.written.pictures),
        notices=tuple(body.notices),
        title=_title(package, layout),
    )
    if embedded and body.parts:
        document = Embedded(package, relations, layout).within(document, body.parts)
    if not document.text.strip():
        raise _nothing(package.name, document)
    return document


def _main(package: Package) -> str:
    targets = (relation.target for relation in package.relations("").values() if relation.kind == "officeDocument")
    return next((target for target in targets if package.has(target)), MAIN)


def _body(package: Package, relations: Relations, layout: Layout, root: Element) -> Body:
    parts = {relation.kind: relation.target for relation in relations.values()}
    heavy = layout.fonts.heavy

    def is_heavy(font: str) -> bool:
        return any(part in font for part in heavy)

    styles = Styles(package.xml(parts.get("styles", "word/styles.xml")), is_heavy)
    numbering = Numbering(package.xml(parts.get("numbering", "word/numbering.xml")), styles, layout.numbers)
    runs = Runs(styles, is_heavy, fields=has_fields(root))
    body = Body(styles, numbering, runs, layout, package.allowance)
    for kind in ("footnote", "endnote"):
        notes = package.xml(parts[f"{kind}s"]) if f"{kind}s" in parts else None
        for note in notes.iterchildren(f"{W}{kind}") if notes is not None else ():
            body.notes[kind, note.get(f"{W}id") or ""] = note
    return body


def _nothing(name: str, document: Document) -> Unreadable:
    if document.pictures:
        return Unreadable("picture", name, "the report is a picture or an attachment; fetch that file or its text")
    return Unreadable("no_text", name, "(almost) no text; save the report as text or HTML again")


def _title(package: Package, layout: Layout) -> str:
    """The title that the file's properties state, where it is that of a report."""
    try:
        core = package.xml("docProps/core.xml")
    except Unreadable:
        return ""
    title = core.find(_TITLE) if core is not None else None
    said = (title.text or "").strip() if title is not None else ""
    return said if layout.title_word.search(said) else ""
