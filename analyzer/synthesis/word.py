"""A report as a Word document, set as a `Paper` says: the file from which PDF, DOC and the others are made too.

Needs python-docx (the extra `generate`). The same copy and paper give the same bytes.
"""

from __future__ import annotations

import datetime
import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from analyzer.knowledge.printing import Desk, Paper
from analyzer.synthesis.copies import Copy, Passage
from analyzer.synthesis.parcels import DAY, stamped
from analyzer.synthesis.wordlists import Numbering
from analyzer.synthesis.wordtables import TWIPS, nested_xml, table_xml

CHANGED, CONTROLLED = 0.5, 0.5
"""How often a paragraph has a tracked change, or stands in a content control, on papers that have such."""
STYLES = ("Heading1", "Heading2")
_SPACES = " ".join(
    f"xmlns:{name}='http://schemas.openxmlformats.org/{rest}'"
    for name, rest in (
        ("w", "wordprocessingml/2006/main"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
        ("a", "drawingml/2006/main"),
        ("mc", "markup-compatibility/2006"),
    )
) + (
    " xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'"
    " xmlns:v='urn:schemas-microsoft-com:vml'"
)
_BOX = (
    "<w:p><w:pPr><w:spacing w:line='240' w:lineRule='auto'/><w:ind w:firstLine='0'/><w:jc w:val='center'/></w:pPr>"
    "<w:r><mc:AlternateContent>"
    "<mc:Choice Requires='wps'><w:drawing><wp:inline distT='0' distB='0' distL='0' distR='0'>"
    "<wp:extent cx='{cx}' cy='{cy}'/><wp:docPr id='1' name='Text Box 1'/><a:graphic>"
    "<a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'><wps:wsp>"
    "<wps:cNvSpPr txBox='1'/><wps:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='{cx}' cy='{cy}'/></a:xfrm>"
    "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>"
    "<wps:txbx><w:txbxContent>{said}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
    "</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style='width:{w}pt;height:{h}pt' "
    "stroked='f' filled='f'><v:textbox><w:txbxContent>{said}</w:txbxContent></v:textbox></v:shape></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def document(rng: random.Random, copy: Copy, paper: Paper, desk: Desk, *, tables: bool = True) -> bytes:
    """The DOCX; without `tables` it holds the prose alone."""
    import docx

    made: Any = docx.Document()
    setter = _Setter(rng, copy, paper, desk, tables)
    _style(made, paper, desk, rng.choice(desk.body))
    _page(made.sections[0], paper, "".join(copy.title))
    body = made.element.body
    end = body[-1]
    for xml in setter.body():
        end.addprevious(_element(xml))
    _again(end)
    if paper.numbering != "typed" and setter.numbering.forms:
        _number(made, setter.numbering, paper)
    _describe(made, copy)
    written = io.BytesIO()
    made.save(written)
    return stamped(written.getvalue())


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {_SPACES}", xml, count=1))


@dataclass
class _Setter:
    """Writes the elements of the body in order."""

    rng: random.Random
    copy: Copy
    paper: Paper
    desk: Desk
    tables: bool
    numbering: Numbering = field(default_factory=Numbering)
    revision: int = 0

    @property
    def room(self) -> float:
        """Width of the text in mm where tables stand."""
        paper = self.paper
        wide = max(paper.width, paper.height) if paper.landscape else paper.width
        return wide - 2.0 * paper.margins[0]

    def body(self) -> Iterator[str]:
        yield from self._title()
        if self.paper.cover:
            yield _BREAK
        if self.paper.contents:
            yield from self._contents()
        for passage in self.copy.passages:
            turned = self.tables and any(sheet.models for sheet in passage.sheets)
            if turned and self.paper.landscape:
                yield _section(self.paper, across=False)
            elif turned and self.paper.breaks:
                yield _BREAK
            if passage.heading:
                yield self._heading(passage)
            texts = [self._paragraph(text) for text in passage.paragraphs]
            tables = list(self._tables(passage)) if self.tables else []
            yield from [*tables, *texts] if passage.sheets_first else [*texts, *tables]
            if turned and self.paper.landscape:
                yield _section(self.paper, across=True)

    def _title(self) -> Iterator[str]:
        lines = [
            _paragraph(_run(line, size=22.0, font=self.desk.title), "<w:ind w:firstLine='0'/><w:jc w:val='center'/>")
            for line in self.copy.title
        ]
        if not self.paper.boxed:
            yield from lines
            return
        height = 40 * len(lines)
        width = round((self.paper.width - 2 * self.paper.margins[0]) * 72 / 25.4)
        yield _BOX.format(cx=width * 12700, cy=height * 12700, w=width, h=height, said="".join(lines))

    def _contents(self) -> Iterator[str]:
        centred = "<w:ind w:firstLine='0'/><w:jc w:val='center'/>"
        yield _paragraph(_run(self.desk.contents, bold=True), centred)
        right = round((self.paper.width - 2 * self.paper.margins[0]) * TWIPS)
        tabs = f"<w:tabs><w:tab w:val='right' w:leader='dot' w:pos='{right}'/></w:tabs><w:ind w:firstLine='0'/>"
        headings = [passage.heading for passage in self.copy.passages if passage.heading and passage.depth == 1]
        for number, heading in enumerate(headings, start=1):
            yield _paragraph(f"{_run(heading)}<w:r><w:tab/></w:r>{_run(str(1 + number // 2))}", tabs)
        yield _BREAK

    def _heading(self, passage: Passage) -> str:
        paper, printed = self.paper, passage.heading
        listed = paper.numbering != "typed" and passage.number and self.numbering.takes(passage.number, passage.depth)
        if listed:
            printed = printed.removeprefix(passage.number)
        level = passage.depth - 1
        styled = paper.headings == "style" or (paper.numbering == "style" and listed)
        marks = f"<w:pStyle w:val='{STYLES[level]}'/>" if styled else ""
        if listed and paper.numbering == "list":
            marks += f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{LIST}'/></w:numPr>"
        elif styled and paper.numbering == "style" and not listed:
            marks += "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='0'/></w:numPr>"
        look = paper.headings == "look"
        lead = "　　" if paper.blanks and not listed else ""
        return _paragraph(_run(lead + printed, bold=look, font=self.desk.heading if look else ""), marks)

    def _paragraph(self, text: str) -> str:
        paper = self.paper
        lead = "　　" if paper.blanks else ""
        said = _run(lead + text)
        if paper.changes and len(text) > 20 and self.rng.random() < CHANGED:
            said = self._changed(lead + text)
        made = _paragraph(said, "" if paper.blanks else f"<w:ind w:firstLine='{round(paper.size * 40)}'/>")
        if paper.controls and self.rng.random() < CONTROLLED:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{made}</w:sdtContent></w:sdt>"
        return made

    def _changed(self, text: str) -> str:
        """The text with a piece of it put in, and words of a former version taken out."""
        at = self.rng.randint(2, len(text) - 10)
        end = at + self.rng.randint(2, 8)
        self.revision += 2
        day = datetime.datetime(*DAY).isoformat()
        put, out = (f"w:id='{self.revision + n}' w:author='W' w:date='{day}Z'" for n in (0, 1))
        gone = f"<w:del {out}><w:r><w:delText>{escape(self.rng.choice(self.desk.deleted))}</w:delText></w:r></w:del>"
        return f"{_run(text[:at])}{gone}<w:ins {put}>{_run(text[at:end])}</w:ins>{_run(text[end:])}"

    def _tables(self, passage: Passage) -> Iterator[str]:
        for model in (model for sheet in passage.sheets for model in sheet.models):
            inner = table_xml(model, self.paper, self.room - 4 * self.paper.nested)
            yield nested_xml(inner, self.room) if self.paper.nested else inner
            yield "<w:p/>"


_BREAK = "<w:p><w:r><w:br w:type='page'/></w:r></w:p>"
LIST = 77
"""The number of the list of headings, beyond those of the template."""


def _paragraph(said: str, marks: str = "") -> str:
    return f"<w:p><w:pPr>{marks}</w:pPr>{said}</w:p>"


def _run(text: str, *, bold: bool = False, size: float = 0.0, font: str = "") -> str:
    fonts = f"<w:rFonts w:ascii='{font}' w:hAnsi='{font}' w:eastAsia='{font}'/>" if font else ""
    marks = fonts + "<w:b/>" * bold + (f"<w:sz w:val='{round(size * 2)}'/>" if size else "")
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f"<w:r>{properties}<w:t xml:space='preserve'>{escape(text)}</w:t></w:r>"


def _section(paper: Paper, *, across: bool) -> str:
    """A paragraph that ends a section."""
    sides = sorted((paper.width, paper.height), reverse=across)
    size = " ".join(f"w:{name}='{round(side * TWIPS)}'" for name, side in zip("wh", sides, strict=True))
    turn = " w:orient='landscape'" if across else ""
    x, y = (round(side * TWIPS) for side in paper.margins)
    margins = f"<w:pgMar w:top='{y}' w:bottom='{y}' w:left='{x}' w:right='{x}' w:header='720' w:footer='720'/>"
    return f"<w:p><w:pPr><w:sectPr><w:pgSz {size}{turn}/>{margins}</w:sectPr></w:pPr></w:p>"


def _page(section: Any, paper: Paper, title: str) -> None:
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    section.left_margin = section.right_margin = Mm(paper.margins[0])
    section.top_margin = section.bottom_margin = Mm(paper.margins[1])
    if paper.running:
        _fill(section.header, _run(title, size=9.0))
    if paper.number:
        _fill(section.footer, "".join(_fields(paper.number)))


def _again(last: Any) -> None:
    """The heads and feet of the last section for all sections before it."""
    from copy import deepcopy

    from docx.oxml.ns import qn

    references = [deepcopy(each) for each in last if each.tag in (qn("w:headerReference"), qn("w:footerReference"))]
    for section in last.getparent().iter(qn("w:sectPr")):
        if section is not last:
            section[0:0] = [deepcopy(each) for each in references]


def _fill(story: Any, said: str) -> None:
    paragraph = story.paragraphs[0]._p
    paragraph.addprevious(_element(_paragraph(said, "<w:ind w:firstLine='0'/><w:jc w:val='center'/>")))
    paragraph.getparent().remove(paragraph)


def _fields(form: str) -> Iterator[str]:
    for piece in re.split(r"(\{n\}|\{of\})", form):
        if piece in ("{n}", "{of}"):
            name = "PAGE" if piece == "{n}" else "NUMPAGES"
            yield f"<w:fldSimple w:instr='{name}'>{_run('1', size=9.0)}</w:fldSimple>"
        elif piece:
            yield _run(piece, size=9.0)


def _style(made: Any, paper: Paper, desk: Desk, font: str) -> None:
    """Fonts and spacing of the document's styles."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    def dress(style: Any, name: str) -> None:
        style.font.name, style.font.color.rgb = name, RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), name)

    normal = made.styles["Normal"]
    dress(normal, font)
    normal.font.size = Pt(paper.size)
    normal.paragraph_format.space_after = Pt(0)
    if paper.spacing:
        normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        normal.paragraph_format.line_spacing = Pt(paper.spacing)
    for name in ("Heading 1", "Heading 2"):
        style = made.styles[name]
        dress(style, desk.heading)
        style.font.size = Pt(paper.size)
        style.paragraph_format.first_line_indent = Pt(paper.size * 2)
        style.paragraph_format.space_before = Pt(0)


def _number(made: Any, numbering: Numbering, paper: Paper) -> None:
    """The list of headings, put into the document's parts; with `style` the headings' styles take it."""
    from docx.oxml.ns import qn

    root = made.part.numbering_part.element
    styles = STYLES if paper.numbering == "style" else ()
    root.insert(0, _element(numbering.xml(LIST, styles)))
    root.append(_element(f"<w:num w:numId='{LIST}'><w:abstractNumId w:val='{LIST}'/></w:num>"))
    for level, name in enumerate(("Heading 1", "Heading 2") if styles else ()):
        marks = made.styles[name].element.get_or_add_pPr()
        depth = f"<w:ilvl w:val='{level}'/>" if level else ""
        marks.insert_element_before(
            _element(f"<w:numPr>{depth}<w:numId w:val='{LIST}'/></w:numPr>"), *_BEHIND
        ) if marks.find(qn("w:numPr")) is None else None


_BEHIND = ("w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _describe(made: Any, copy: Copy) -> None:
    facts = made.core_properties
    facts.title, facts.author, facts.comments = "".join(copy.title), copy.agency, ""
    facts.created = facts.modified = datetime.datetime(*DAY)
