"""What is filled into a PDF form, typed on its pages, or attached to it."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from analyzer import knowledge
from analyzer.errors import Unreadable
from analyzer.readers import Limits, read
from analyzer.readers.pdf.file import File
from tests.test_readers_pdf import FIRST, SECOND, Paper, prose

FONT = b"/Resources<</Font<</F1 5 0 R>>>>"
ANNOTATION = b"<</Type/Annot/F 4/DA(/F1 12 Tf 0 g)/Rect[%d 690 %d 710]"


def stream(said: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(said), said)


def seen(said: bytes) -> bytes:
    return stream(b"BT /F1 12 Tf 2 4 Td (%s) Tj ET" % said, b"/Type/XObject/Subtype/Form/BBox[0 0 90 20]" + FONT)


def form(*annotations: bytes) -> bytes:
    """A PDF of one page with these annotations; objects 6 and 7 show 4321 and 8765."""
    refs = b" ".join(b"%d 0 R" % number for number in range(8, 8 + len(annotations)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]/DR<</Font<</F1 5 0 R>>>>>>>>" % refs,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s/Annots[%s]>>" % (FONT, refs),
        stream(b"BT /F1 12 Tf 50 700 Td (Total) Tj ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        seen(b"4321"),
        seen(b"8765"),
        *annotations,
    ]
    made, places = b"%PDF-1.5\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (count, table, end)


def text(content: bytes) -> str:
    with File("a.pdf", content) as file:
        return "".join(glyph.text for glyph in file.sheet(1).page.glyphs)


def test_values_of_fields_are_text_drawn_before_or_not() -> None:
    drawn = ANNOTATION % (200, 290) + b"/Subtype/Widget/FT/Tx/T(a)/V(4321)/AP<</N 6 0 R>>>>"
    bare = ANNOTATION % (320, 400) + b"/Subtype/Widget/FT/Tx/T(b)/V(99)>>"
    assert text(form(drawn, bare)) == "Total432199"


def test_words_typed_on_a_page_are_text_seals_and_buttons_are_not() -> None:
    typed = ANNOTATION % (200, 290) + b"/Subtype/FreeText/Contents(8765)/AP<</N 7 0 R>>>>"
    seal = ANNOTATION % (300, 390) + b"/Subtype/Stamp/AP<</N 6 0 R>>>>"
    signed = ANNOTATION % (400, 490) + b"/Subtype/Widget/FT/Sig/T(s)/AP<</N 6 0 R>>>>"
    button = ANNOTATION % (500, 590) + b"/Subtype/Widget/FT/Btn/Ff 65536/T(p)/AP<</N 6 0 R>>>>"
    assert text(form(typed, seal, signed, button)) == "Total8765"
    assert text(form(seal)) == "Total"


def attached(content: bytes, name: str) -> bytes:
    buffer = io.BytesIO()
    paper = pypdfium2.PdfDocument(content) if content else pypdfium2.PdfDocument.new()
    if not content:
        paper.new_page(595, 842)
    paper.new_attachment(name).set_data(b"x")
    paper.save(buffer)
    return buffer.getvalue()


def test_a_report_attached_to_an_empty_page_is_to_be_fetched() -> None:
    layout = knowledge.load().layout
    for name, key in (("年报.pdf", "picture"), ("original.xml", "no_text")):
        with pytest.raises(Unreadable) as problem:
            read([("a.pdf", attached(b"", name))], layout, Limits(ocr=False))
        assert problem.value.key == key


def test_an_attached_table_is_noticed_as_one_that_is_not_read() -> None:
    paper = Paper()
    prose(paper.sheet(), [FIRST, SECOND])
    layout = knowledge.load().layout
    made = read([("a.pdf", attached(paper.save(), "附表.xlsx"))], layout, Limits(ocr=False))
    assert made.pictures == (len(made.text),)
    assert not read([("a.pdf", paper.save())], layout, Limits(ocr=False)).pictures
