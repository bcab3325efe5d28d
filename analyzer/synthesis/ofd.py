"""Pages → an OFD file (GB/T 33190): text by its codes and distances, frames of cells as paths; the same pages give the
same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from analyzer.synthesis.copies import Copy
from analyzer.synthesis.leaves import Frame, Leaf, Text, leaves, width_of

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
PLAIN, BOLD = 3, 4
"""Numbers of the two fonts."""
FIRST = 100
"""Number from which on pages and objects are counted."""
DAY = (1980, 1, 1, 0, 0, 0)


def write_ofd(copy: Copy) -> bytes:
    """A report as an OFD file."""
    return bind(leaves(copy), title="".join(copy.title))


def bind(pages: Sequence[Leaf], *, title: str = "", template: Leaf | None = None) -> bytes:
    """The file of these pages; `template` stands behind each."""
    members = {
        "OFD.xml": f'{HEAD}<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:Title>{escape(title)}</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": _document(pages, template),
        "Doc_0/PublicRes.xml": f'{HEAD}<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:Fonts>'
        f'<ofd:Font ID="{PLAIN}" FontName="SimSun" FamilyName="SimSun"/>'
        f'<ofd:Font ID="{BOLD}" FontName="SimHei" FamilyName="SimHei" Bold="true"/></ofd:Fonts></ofd:Res>',
    }
    for number, leaf in enumerate(pages):
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(leaf, (number + 1) * 10_000, behind=bool(template))
    if template is not None:
        members["Doc_0/Tpls/Tpl_0/Content.xml"] = _page(template, FIRST + len(pages) + 10)
    return pack(members)


def pack(members: dict[str, str]) -> bytes:
    """The members as a ZIP file that is the same on any day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in members.items():
            entry = zipfile.ZipInfo(name, DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            package.writestr(entry, text.encode("utf-8"))
    return out.getvalue()


def _document(pages: Sequence[Leaf], template: Leaf | None) -> str:
    leaf = pages[0] if pages else Leaf()
    behind = '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template is not None else ""
    listed = "".join(
        f'<ofd:Page ID="{FIRST + number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages))
    )
    return (
        f"{HEAD}<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>{(len(pages) + 1) * 10_000}</ofd:MaxUnitID>"
        f"<ofd:PageArea><ofd:PhysicalBox>0 0 {_said(leaf.width)} {_said(leaf.height)}</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{behind}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )


def _page(leaf: Leaf, number: int, *, behind: bool = False) -> str:
    objects = [_path(number + n, frame) for n, frame in enumerate(leaf.frames, start=1)]
    start = number + len(objects) + 1
    objects += [_text(start + n, text) for n, text in enumerate(leaf.texts)]
    template = '<ofd:Template TemplateID="2" ZOrder="Background"/>' if behind else ""
    return (
        f"{HEAD}<ofd:Page {NAMESPACE}>{template}<ofd:Area>"
        f"<ofd:PhysicalBox>0 0 {_said(leaf.width)} {_said(leaf.height)}</ofd:PhysicalBox></ofd:Area>"
        f'<ofd:Content><ofd:Layer Type="Body" ID="{number}">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def _path(number: int, frame: Frame) -> str:
    wide, high = _said(frame.width), _said(frame.height)
    return (
        f'<ofd:PathObject ID="{number}" Boundary="{_said(frame.x)} {_said(frame.y)} {wide} {high}" LineWidth="0.18">'
        f"<ofd:AbbreviatedData>M 0 0 L {wide} 0 L {wide} {high} L 0 {high} C</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _text(number: int, text: Text) -> str:
    size = _said(text.size)
    box = (
        f"{_said(text.x)} {_said(text.y - text.size)} {_said(width_of(text.text, text.size))} {_said(text.size * 1.2)}"
    )
    steps = [_said(width_of(character, text.size)) for character in text.text[:-1]]
    across = f' DeltaX="{_grouped(steps)}"' if steps else ""
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{box}" Font="{BOLD if text.bold else PLAIN}" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}"{across}>{escape(text.text)}</ofd:TextCode></ofd:TextObject>'
    )


def _grouped(steps: Sequence[str]) -> str:
    """Distances, runs of equal ones put together."""
    parts = []
    for step, run in groupby(steps):
        count = len(list(run))
        parts.append(f"g {count} {step}" if count > 2 else " ".join([step] * count))
    return " ".join(parts)


def _said(length: float) -> str:
    return f"{length:.3f}".rstrip("0").rstrip(".") or "0"
