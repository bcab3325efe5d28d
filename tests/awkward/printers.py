"""Awkward files printed by the programs that offices and sites use: Chromium from HTML, LibreOffice from DOCX."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable

from analyzer.synthesis.copies import Copy, Passage
from analyzer.synthesis.forms import Look, Model
from analyzer.synthesis.typesetting import set_table
from tests.awkward import figures
from tests.awkward.drawn import NOTES, Case, bound, filled, pages_of, prose_of, rects
from tests.awkward.paper import FONT, font_of

STYLE = """
@page { size: A4; margin: 25mm 26mm; }
body { font-family: GongkaiSansSC; font-size: 14pt; line-height: 1.7; margin: 0; }
h1 { font-size: 20pt; text-align: center; }
p { text-indent: 2em; margin: 0; text-align: justify; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; line-height: 1.25; }
td { border: 0.6pt solid black; text-align: center; padding: 3pt; }
td p { text-indent: 0; text-align: center; }
"""


def quadratic(used: str) -> bytes:
    """The font of these characters with TrueType outlines, which Chromium embeds as such and not glyph by glyph."""
    _, font = font_of(used)
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    made = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, made
    most = font["maxp"]
    most.tableVersion = 0x00010000
    for name in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(most, name, 0)
    for name in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):
        setattr(most, name, 0)
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font.sfntVersion = "\000\001\000\000"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def chromium(html: str) -> bytes:
    """A page as Chromium prints it."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "a.html", Path(folder) / "a.pdf"
        (Path(folder) / "a.otf").write_bytes(quadratic(html))
        face = "<style>@font-face { font-family: GongkaiSansSC; src: url(a.otf); }</style>"
        source.write_text(html + face, encoding="utf-8")
        command = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            "--disable-pdf-tagging",
        ]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def office(document: object, *, filter_options: str = "") -> bytes:
    """A DOCX as LibreOffice prints it, with no other font than the project's."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        source = home / "a.docx"
        document.save(str(source))  # type: ignore[attr-defined]
        fonts = f"<fontconfig><dir>{FONT.parent}</dir><cachedir>{home}/cache</cachedir></fontconfig>"
        (home / "fonts.conf").write_text(f'<?xml version="1.0"?>{fonts}')
        command = ["soffice", f"-env:UserInstallation=file://{home}/profile", "--headless", "--convert-to"]
        command += [f"pdf:writer_pdf_Export{filter_options}", "--outdir", folder, str(source)]
        environment = {**os.environ, "FONTCONFIG_FILE": str(home / "fonts.conf")}
        subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
        return (home / "a.pdf").read_bytes()


def html_of(copy: Copy, *, style: str = "", table: Callable[[str, str], str] | None = None) -> str:
    """A report as a page; `table` changes a table's HTML, by the table's id."""
    parts = [f"<h1>{''.join(copy.title)}</h1>"]
    for passage in copy.passages:
        parts += [f"<p>{text}</p>" for text in (passage.heading, *passage.paragraphs) if text]
        for sheet in passage.sheets:
            made = "\n".join(set_table(model, Look("html")) for model in sheet.models).replace(" border=1", "")
            parts.append(table(sheet.id, made) if table else made)
    return f"<!DOCTYPE html><meta charset=utf-8><style>{STYLE}{style}</style>" + "\n".join(parts)


def printed_page(seed: int, *, style: str, table: Callable[[str, str], str] | None = None) -> Case:
    printed = filled(seed)
    copy = figures.copy("云岭市交通运输局", 2024, printed)
    html = html_of(copy, style=style, table=table)
    return Case(chromium(html), printed, prose=prose_of(copy))


def rows_cut() -> Case:
    """Rows that a page's end may cut: the label goes on above."""
    style = "td { padding: 9pt 3pt; } tr { break-inside: auto; } @page { margin: 31mm 26mm 33mm; }"
    return printed_page(41, style=style)


def heads_again() -> Case:
    """The head of the table again on each page, a running head and a foot in the margins."""

    def with_head(name: str, made: str) -> str:
        if name != "requests":
            return made
        rows = made.split("<tr>")
        return f"{rows[0]}<thead><tr>{'<tr>'.join(rows[1:4])}</thead><tbody><tr>{'<tr>'.join(rows[4:])}"

    style = """
    @page { @top-center { content: "云岭市交通运输局政府信息公开"; font: 9pt GongkaiSansSC; }
            @bottom-right { content: counter(page) "/" counter(pages); font: 9pt GongkaiSansSC; } }
    td { padding: 8pt 3pt; }
    """
    case = printed_page(42, style=style, table=with_head)
    case.never = ["云岭市交通运输局政府信息公开", "2/"]
    return case


def zebra() -> Case:
    """No rulings but rows on grey and white."""
    style = "td { border: none; padding: 4pt 3pt; } tr:nth-child(even) td { background: #e8e8e8; }"
    return printed_page(44, style=style)


def dotted() -> Case:
    """Dotted lines within, a thick frame around."""
    return printed_page(46, style="td { border: 0.8pt dotted #555; } table { border: 2pt solid black; }")


def level_only() -> Case:
    """Level rulings alone, as in a three-line table."""
    return printed_page(47, style="td { border: none; border-bottom: 0.5pt solid black; padding: 4pt 2pt; }")


def table_as_picture() -> Case:
    """The table of requests is a picture in a page with text."""
    from tests.awkward.pictures import grey

    printed = filled(49, most=40)
    copy = figures.copy("云岭市交通运输局", 2024, printed)
    (sheet,) = [sheet for passage in copy.passages for sheet in passage.sheets if sheet.id == "requests"]
    (leaf,) = pages_of(Copy([], [Passage("", sheets=[sheet])]), at=-15)
    leaf.frames = [replace(frame, y=frame.y + 22) for frame in leaf.frames]
    leaf.texts = [replace(text, y=text.y + 22) for text in leaf.texts]
    coded = base64.b64encode(grey(bound([leaf], frames=rects).save(), scale=150 / 72)).decode()

    def pictured(name: str, made: str) -> str:
        return f"<img style='width:158mm' src='data:image/jpeg;base64,{coded}'>" if name == "requests" else made

    case = Case(chromium(html_of(copy, table=pictured)), printed, prose=prose_of(copy))
    case.recognised = True
    return case


def scan_with_text() -> Case:
    """A scan with the text that recognition wrote behind it, unseen."""
    from tests.awkward.pictures import over_scan

    printed = filled(50)
    copy = figures.copy("云岭市交通运输局", 2024, printed)
    case = Case(over_scan(pages_of(copy)), printed, prose=[])
    case.recognised, case.may_mark = True, 20
    return case


def word(copy: Copy, *, ruled: bool = True, repeat: bool = True, cut: bool = True, upright: bool = False) -> object:
    """A report as python-docx writes it, with running head and pages numbered in words."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Gongkai Sans SC", Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Gongkai Sans SC")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.header.paragraphs[0].text = f"{copy.title[0]}"
    foot = section.footer.paragraphs[0]
    for said, code in (("第", "PAGE"), ("页 共", "NUMPAGES")):
        foot.add_run(said)
        foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>9</w:t></w:r></w:fldSimple>'))
    foot.add_run("页")
    document.add_paragraph().add_run(copy.title[0]).font.size = Pt(20)
    for passage in copy.passages:
        for text in (passage.heading, *passage.paragraphs):
            if text:
                document.add_paragraph(text).paragraph_format.first_line_indent = Pt(28)
        for sheet in passage.sheets:
            for model in sheet.models:
                word_table(document, model, ruled=ruled, repeat=3 * repeat, cut=cut, upright=upright)
                document.add_paragraph().paragraph_format.space_after = Pt(0)
    return document


def word_table(document: object, model: Model, *, ruled: bool, repeat: int, cut: bool, upright: bool) -> None:
    """A table with merged cells; `cut`: rows may go over a page's end, `repeat`: rows of its head stand again."""
    columns = sum(cell.across for cell in model[0])
    table = document.add_table(rows=len(model), cols=columns)  # type: ignore[attr-defined]
    if ruled:
        table.style = "Table Grid"
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(model):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            taken |= {(y + dy, x + dx) for dy in range(cell.down) for dx in range(cell.across)}
            own = table.cell(y, x).merge(table.cell(min(y + cell.down, len(model)) - 1, x + cell.across - 1))
            own.text = cell.text
            for run in own.paragraphs[0].runs:
                run.font.size = Pt(9)
            if upright and cell.down > 9:
                own._tc.get_or_add_tcPr().append(parse_xml(f'<w:textDirection {nsdecls("w")} w:val="tbRlV"/>'))
            x += cell.across
        properties = table.rows[y]._tr.get_or_add_trPr()
        if not cut:
            properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        if y < repeat and len(model) > 20:
            properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def word_case(
    seed: int, *, filter_options: str = "", notes: Mapping[int, list[str]] | None = None, **look: bool
) -> Case:
    printed = filled(seed)
    copy = figures.copy("云岭市水利局", 2022, printed, notes=notes)
    content = office(word(copy, **look), filter_options=filter_options)
    return Case(content, printed, prose=prose_of(copy), never=["第2页", "页 共"])


LOCKED = (
    ':{"EncryptFile":{"type":"boolean","value":"false"},"RestrictPermissions":{"type":"boolean","value":"true"},'
    '"PermissionPassword":{"type":"string","value":"geheim"},"Printing":{"type":"long","value":"0"}}'
)
PRINTED: dict[str, Callable[[], Case]] = {
    "page_rows_cut": rows_cut,
    "page_heads_again": heads_again,
    "page_zebra": zebra,
    "page_dotted": dotted,
    "page_level_only": level_only,
    "page_picture": table_as_picture,
    "scan_with_text": scan_with_text,
    "word_rows_cut": lambda: word_case(51),
    "word_borderless": lambda: word_case(52, ruled=False),
    "word_upright": lambda: word_case(53, upright=True, repeat=False),
    "word_notes": lambda: word_case(54, notes={3: NOTES}, cut=False),
    "word_no_copying": lambda: word_case(56, filter_options=LOCKED),
}
