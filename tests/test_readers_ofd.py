"""OFD: text by its codes, rulings by its paths, what stands in templates, versions, other documents; bad files."""

import io
import zipfile

import pytest

from analyzer import knowledge
from analyzer.document import Document
from analyzer.errors import UnreadableReport
from analyzer.knowledge.schema import SHIPPED
from analyzer.readers import Limits, read
from analyzer.readers.limits import Allowance
from analyzer.readers.ofd.drawing import Drawing, Matrix, deltas, upright
from analyzer.readers.ofd.package import Package, Resources
from analyzer.readers.pages.model import Glyph
from analyzer.synthesis.copies import Copy, Passage
from analyzer.synthesis.forms import Field, Sheet
from analyzer.synthesis.leaves import Leaf, Text, leaves
from analyzer.synthesis.ofd import HEAD, NAMESPACE, bind, pack, write_ofd
from analyzer.tables import read_tables
from tests.printed import FORMS, filled, tables

FACE = SHIPPED / "fonts" / "GongkaiSansSC-Regular.otf"
LAYOUT = knowledge.load().layout
SENTENCE = "本年共收到申请12件，全部按期办结，没有上年结转的申请，也没有结转下年度的申请。"
PAPER = "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"


def package(body: str, *, page: str = "", **members: str) -> bytes:
    """A file of one page with these objects in its layer."""
    content = page or f'<ofd:Content><ofd:Layer Type="Body" ID="9">{body}</ofd:Layer></ofd:Content>'
    return pack(
        {
            "OFD.xml": f"{HEAD}<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocInfo/>"
            "<ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"{HEAD}<ofd:Document {NAMESPACE}><ofd:CommonData/><ofd:Pages>"
            '<ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/P.xml": f"{HEAD}<ofd:Page {NAMESPACE}>{PAPER}{content}</ofd:Page>",
            **members,
        }
    )


def text(said: str, *, at: str = "30 30", size: float = 5, deltas: str = "", more: str = "", inner: str = "") -> str:
    """A text object; the distances between characters are as wide as the font unless told."""
    steps = f' DeltaX="{deltas or f"g {max(len(said) - 1, 1)} {size}"}"'
    return (
        f'<ofd:TextObject Boundary="{at} 150 8" Size="{size}" {more}>{inner}'
        f'<ofd:TextCode X="0" Y="{size}"{steps}>{said}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, more: str = "", inner: str = "") -> str:
    """A path object."""
    return f"<ofd:PathObject {more}>{inner}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"


def opened(content: bytes, **limits: int) -> Document:
    return read([("报告.ofd", content)], LAYOUT, Limits(ocr=False, **limits))


def said(content: bytes) -> str:
    return opened(content).text


def drawn(body: str) -> Drawing:
    """What one layer draws."""
    content = package(body)
    allowance = Allowance(Limits(), "x.ofd")
    root = Package(content, allowance).xml("doc_0/p.xml")
    assert root is not None
    drawing = Drawing(Resources(), allowance)
    drawing.draw(root[1], Matrix())
    return drawing


def test_the_text_of_a_written_report_comes_back() -> None:
    copy = Copy(["某市财政局2023年政府信息公开工作年度报告"], [Passage("一、总体情况", [SENTENCE, SENTENCE * 40])])
    document = opened(write_ofd(copy))
    blocks = [block.text for block in document.paragraphs]
    assert blocks == ["某市财政局2023年政府信息公开工作年度报告", "一、总体情况", SENTENCE, SENTENCE * 40]
    assert document.format == "ofd"
    assert document.title == "某市财政局2023年政府信息公开工作年度报告"
    assert len(document.pages) == 3
    assert "- 2 -" in document.text


@pytest.mark.parametrize("standard", ["2014", "2019", "2021"])
def test_every_cell_of_the_forms_comes_back(standard: str) -> None:
    cells = {key: str(value) for key, value in filled(standard).items()}
    passages = [Passage(sheet.title, [SENTENCE], sheets=[sheet]) for sheet in tables(cells, standard, "html")]
    found = read_tables(opened(write_ofd(Copy(["标题"], passages))), FORMS, standard)
    assert {cell.key: cell.raw for cell in found.cells} == cells
    assert {cell.state for cell in found.cells} == {"read"}


def test_the_same_report_gives_the_same_bytes() -> None:
    copy = Copy(["标题"], [Passage("一、总体情况", [SENTENCE])])
    assert write_ofd(copy) == write_ofd(copy)


def test_the_cells_of_a_table_cut_by_a_page_keep_their_frames() -> None:
    model = [[Field("规章"), Field(f"{n}")] for n in range(60)]
    copy = Copy(["标题"], [Passage("一、", [SENTENCE], sheets=[Sheet("t", "", (model,))])])
    pages = leaves(copy)
    assert sum(len(page.frames) for page in pages) == 120
    assert sum(bool(page.frames) for page in pages) == 2
    assert all(frame.y + frame.height < 270 for page in pages for frame in page.frames)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("4 4 4", [4, 4, 4]),
        ("g 3 4.5 2", [4.5, 4.5, 4.5, 2]),
        ("2 g 2 1 -47.6", [2, 1, 1, -47.6]),
        ("", []),
        ("g 2", [0.0, 2.0]),
        ("x .5", [0.0, 0.5]),
    ],
)
def test_distances(printed: str, expected: list[float]) -> None:
    assert deltas(printed, 9) == expected
    assert deltas(printed, 2) == expected[:2]


def test_a_text_object_may_hold_several_lines() -> None:
    body = (
        '<ofd:TextObject Boundary="20 20 100 30" Size="5"><ofd:TextCode X="0" Y="5" '
        'DeltaX="g 9 5 -45 g 9 5" DeltaY="g 9 0 9 g 9 0">'
        "本年共收到申请十二件已全部按期办结没有结转</ofd:TextCode></ofd:TextObject>"
    )
    assert said(package(body)) == "本年共收到申请十二件\n已全部按期办结没有结转"


def test_text_codes_without_a_place_go_on() -> None:
    body = (
        '<ofd:TextObject Boundary="20 20 100 10" Size="5">'
        '<ofd:TextCode X="0" Y="5" DeltaX="5 5 5 5 5">本年共收到</ofd:TextCode>'
        "<ofd:TextCode>申请十二件，已办结</ofd:TextCode></ofd:TextObject>"
    )
    assert said(package(body)) == "本年共收到申请十二件，已办结"


def test_a_space_in_the_codes_and_a_gap_between_words() -> None:
    body = text("CA 12 政府信息公开工作报告", deltas="2.5 2.5 2.5 2.5 2.5 2.5 g 11 5")
    assert said(package(body)) == "CA 12 政府信息公开工作报告"


@pytest.mark.parametrize(
    ("matrix", "boundary", "lies"),
    [
        ("1 0 0 1 0 0", "30 40 50 10", (30, 40.7, 35, 45.7)),
        ("2 0 0 2 0 0", "30 40 50 10", (30, 41.4, 40, 51.4)),
        ("1 0 0 1 3 4", "30 40 50 10", (33, 44.7, 38, 49.7)),
        ("0 1 -1 0 0 0", "30 40 50 10", (24.3, 40, 29.3, 45)),
        ("-1 0 0 -1 0 0", "30 40 50 10", (25, 34.3, 30, 39.3)),
    ],
)
def test_matrix_and_boundary_place_a_glyph(matrix: str, boundary: str, lies: tuple[float, ...]) -> None:
    body = (
        f'<ofd:TextObject Boundary="{boundary}" Size="5" CTM="{matrix}">'
        '<ofd:TextCode X="0" Y="5">字</ofd:TextCode></ofd:TextObject>'
    )
    (glyph,) = drawn(body).glyphs
    assert glyph[1:5] == pytest.approx(lies)


def test_sizes_grow_with_the_matrix() -> None:
    body = (
        '<ofd:TextObject Boundary="0 0 9 9" Size="2" CTM="3 0 0 3 0 0"><ofd:TextCode>字</ofd:TextCode></ofd:TextObject>'
    )
    assert drawn(body).glyphs[0].size == pytest.approx(6)


def test_bold_by_weight_and_by_font() -> None:
    heavy = text("一、总体情况", more='Weight="700"')
    light = text("本年共收到申请", at="30 50", more='Font="5"')
    assert [glyph.bold for glyph in drawn(heavy + light).glyphs] == [True] * 6 + [False] * 7
    resources = (
        f'{HEAD}<ofd:Res {NAMESPACE}><ofd:Fonts><ofd:Font ID="5" FontName="A" Bold="true"/></ofd:Fonts></ofd:Res>'
    )
    content = package(light + light, **{"Doc_0/Res/R.xml": resources})
    found = Resources().with_those(Package(content, Allowance(Limits(), "x")), "Doc_0/Res/R.xml")
    assert found.bold == {"5"}


def test_a_page_whose_text_runs_upwards_is_turned() -> None:
    lines = "".join(
        f'<ofd:TextObject Boundary="{20 + 10 * n} 250 8 150" Size="5" CTM="0 -1 1 0 0 0"><ofd:TextCode X="0" Y="5" '
        f'DeltaX="g 11 5">第{n}行本年共收到申请十件</ofd:TextCode></ofd:TextObject>'
        for n in range(3)
    )
    assert said(package(lines)) == "\n".join(f"第{n}行本年共收到申请十件" for n in range(3))


def test_turning_keeps_what_stands_left_to_the_left() -> None:
    drawing = Drawing(Resources(), Allowance(Limits(), "x"))
    drawing.glyphs = [Glyph("上", 10, 20, 15, 25)]
    drawing.turns = [0, 5, 0, 0]
    assert upright(drawing, 210, 297) == (297, 210)
    assert drawing.glyphs[0][1:5] == (20, 195, 25, 200)


def test_frames_and_thin_rectangles_are_rulings() -> None:
    frame = path("M 0 0 L 50 0 L 50 20 L 0 20 C", 'Boundary="10 10 50 20"')
    thin = path("M 0 0 L 50 0 L 50 0.2 L 0 0.2 C", 'Boundary="10 50 50 0.2" Stroke="false" Fill="true"')
    drawing = drawn(frame + thin)
    assert [tuple(stroke) for stroke in drawing.strokes] == [
        (10, 10, 60, 10),
        (60, 10, 60, 30),
        (10, 30, 60, 30),
        (10, 10, 10, 30),
        (10, pytest.approx(50.1), 60, pytest.approx(50.1)),
    ]


@pytest.mark.parametrize(
    ("data", "more", "inner"),
    [
        ("M 0 0 L 9 0", 'Visible="false"', ""),
        ("M 0 0 B 1 1 2 2 9 0", "", ""),
        ("M 0 0 L 9 9", "", ""),
        ("M 0 0 L 9 0", "", '<ofd:StrokeColor Value="255 255 255"/>'),
        ("L 9 0 Z q", "", ""),
    ],
)
def test_what_is_no_ruling(data: str, more: str, inner: str) -> None:
    assert drawn(path(data, more, inner)).strokes == []


def test_text_nobody_sees_is_left_out() -> None:
    seen = text(SENTENCE)
    white = text("白色的字", at="30 60", inner='<ofd:FillColor Value="255 255 255"/>')
    clear = text("透明的字", at="30 70", more='Alpha="0"')
    gone = text("不可见的字", at="30 80", more='Visible="false"')
    drawing = drawn(seen + white + clear + gone)
    assert "".join(glyph.text for glyph in drawing.glyphs) == SENTENCE
    assert drawing.hidden == ["白色的字", "透明的字"]


def test_white_text_on_a_dark_ground_is_seen() -> None:
    ground = path(
        "M 0 0 L 120 0 L 120 12 L 0 12 C",
        'Boundary="20 55 120 12" Fill="true" Stroke="false"',
        '<ofd:FillColor Value="0 0 128"/>',
    )
    white = text("表头", at="30 58", inner='<ofd:FillColor Value="255 255 255"/>')
    assert not drawn(ground + white).hidden


def test_groups_and_units_place_what_they_hold() -> None:
    unit = (
        f'{HEAD}<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7" Width="99" Height="9">'
        f'<ofd:Content><ofd:PageBlock ID="8">{text("全部按期办结", at="0 0")}</ofd:PageBlock></ofd:Content>'
        "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    use = '<ofd:CompositeObject Boundary="60 30 99 9" ResourceID="7"/>'
    page = (
        "<ofd:PageRes>R.xml</ofd:PageRes><ofd:Content><ofd:Layer>"
        f"<ofd:PageBlock>{text('本年收到', at='30 30')}</ofd:PageBlock>{use}</ofd:Layer></ofd:Content>"
    )
    content = package("", page=page, **{"Doc_0/R.xml": unit})
    assert said(content).replace(" ", "") == "本年收到全部按期办结"


def test_templates_stand_on_every_page() -> None:
    template = Leaf([Text(30, 20, "某市人民政府办公室", 4)])
    pages = [Leaf([Text(30, 60, SENTENCE[:20], 5)]), Leaf([Text(30, 60, SENTENCE[20:], 5)])]
    document = opened(bind(pages, template=template))
    assert document.text.count("某市人民政府办公室") == 2
    assert document.text.startswith("某市人民政府办公室\n")


def test_all_documents_of_a_package_in_order() -> None:
    one = package(text(SENTENCE[:20]))
    archive = zipfile.ZipFile(io.BytesIO(one))
    members = {name: archive.read(name).decode() for name in archive.namelist()}
    body = members["OFD.xml"]
    part = body[body.index("<ofd:DocBody>") : body.index("</ofd:OFD>")]
    members["OFD.xml"] = body.replace("</ofd:OFD>", part.replace("Doc_0", "Doc_1") + "</ofd:OFD>")
    for name in ("Document.xml", "P.xml"):
        members[f"Doc_1/{name}"] = members[f"Doc_0/{name}"]
    members["Doc_1/P.xml"] = members["Doc_1/P.xml"].replace(SENTENCE[:20], SENTENCE[20:])
    assert said(pack(members)) == f"{SENTENCE[:20]}\n{SENTENCE[20:]}"


def test_the_current_version_is_read() -> None:
    version = f"{HEAD}<ofd:DocVersion {NAMESPACE}><ofd:DocRoot>../Doc_0/New.xml</ofd:DocRoot></ofd:DocVersion>"
    entry = (
        f"{HEAD}<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Versions>"
        '<ofd:Version ID="1" Index="1" BaseLoc="V/old.xml"/>'
        '<ofd:Version ID="2" Index="2" Current="true" BaseLoc="V/new.xml"/></ofd:Versions></ofd:DocBody></ofd:OFD>'
    )
    new = f'{HEAD}<ofd:Document {NAMESPACE}><ofd:Pages><ofd:Page ID="1" BaseLoc="./N.xml"/></ofd:Pages></ofd:Document>'
    page = f"{HEAD}<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer>{text(SENTENCE)}</ofd:Layer></ofd:Content></ofd:Page>"
    members = {"OFD.xml": entry, "V/new.xml": version, "Doc_0/New.xml": new, "Doc_0/N.xml": page}
    assert said(package(text("旧的版本"), **members)) == SENTENCE


def test_names_in_other_cases_and_with_backslashes() -> None:
    content = package(text(SENTENCE))
    assert said(content.replace(b"Doc_0/P.xml", b"DOC_0\\p.xml")) == SENTENCE


def test_entities_are_not_resolved() -> None:
    bomb = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    body = text(SENTENCE) + text("&b;&f;", at="30 60")
    page = f"{HEAD}{bomb}<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer>{body}</ofd:Layer></ofd:Content></ofd:Page>"
    assert said(package("", **{"Doc_0/P.xml": page})) == SENTENCE


def refused(content: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableReport) as caught:
        opened(content, **limits)
    return str(getattr(caught.value, "key", ""))


def test_letters_drawn_as_outlines_are_no_text() -> None:
    assert refused(package(path("M 0 0 Q 1 1 2 0 C", 'Fill="true"') * 300)) == "no_text"


def test_glyphs_without_unicode_are_no_text() -> None:
    assert refused(package(text("".join(chr(0xE000 + n) for n in range(40))))) == "no_text"


def test_a_picture_alone_is_no_text() -> None:
    picture = '<ofd:ImageObject Boundary="10 10 180 250" CTM="180 0 0 250 0 0" ResourceID="3"/>'
    assert refused(package(picture)) == "no_ocr"


def test_a_scan_is_recognised() -> None:
    pytest.importorskip("rapidocr")
    image = pytest.importorskip("PIL.Image").new("RGB", (1240, 1754), "white")
    drawing = pytest.importorskip("PIL.ImageDraw").Draw(image)
    face = pytest.importorskip("PIL.ImageFont").truetype(str(FACE), 40)
    for line in range(4):
        drawing.text((150, 200 + 80 * line), "本年共收到申请十二件全部按期办结", "black", face)
    out = io.BytesIO()
    image.save(out, "PNG")
    page = (
        "<ofd:PageRes>R.xml</ofd:PageRes><ofd:Content><ofd:Layer>"
        '<ofd:ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="3"/></ofd:Layer></ofd:Content>'
    )
    media = (
        f'{HEAD}<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="3" Type="Image">'
        "<ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    archive = io.BytesIO(package("", page=page, **{"Doc_0/R.xml": media}))
    with zipfile.ZipFile(archive, "a") as target:
        target.writestr("Doc_0/Res/a.png", out.getvalue())
    document = read([("扫描.ofd", archive.getvalue())], LAYOUT)
    assert document.text.count("本年共收到申请十二件全部按期办结") == 4


@pytest.mark.parametrize("name", ["Encryptions.xml", "DecryptSeed.dat"])
def test_an_encrypted_file_says_so(name: str) -> None:
    assert refused(package(text(SENTENCE), **{name: "x"})) == "locked"


def test_a_damaged_page_or_file() -> None:
    content = package(text(SENTENCE))
    assert refused(pack({"OFD.xml": "no xml"})) == "damaged"
    assert refused(content.replace(b"Doc_0/P.xml", b"Doc_0/Q.xml")) == "damaged"


def test_a_page_that_cannot_be_unpacked_is_not_passed_over() -> None:
    content = bytearray(bind([Leaf([Text(30, 60, SENTENCE, 5)])] * 2))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        last = max((each for each in archive.infolist() if "Page" in each.filename), key=lambda e: e.header_offset)
    content[last.header_offset + 30 + len(last.filename) + last.compress_size // 2] ^= 0xFF
    assert refused(bytes(content)) == "damaged"


def test_more_pages_than_allowed() -> None:
    pages = [Leaf([Text(30, 60, SENTENCE, 5)])] * 4
    assert refused(bind(pages), pages=3) == "too_long"


def test_what_unpacks_to_more_than_allowed() -> None:
    assert refused(package(text(SENTENCE) + " " * 3_000_000), megabytes=2) == "too_big"


def test_a_template_of_many_pages_counts_once() -> None:
    pages = [Leaf([Text(30, 60, SENTENCE, 5)])] * 4
    with zipfile.ZipFile(io.BytesIO(bind(pages, template=Leaf([Text(30, 20, "页眉", 4)])))) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    members["Doc_0/Tpls/Tpl_0/Content.xml"] += " " * 700_000
    assert read([("a.ofd", pack(members))], LAYOUT, Limits(megabytes=1)).text.count(SENTENCE) == 4


def test_groups_in_groups_without_end() -> None:
    unit = (
        f'{HEAD}<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7"><ofd:Content>'
        f'{text("字")}<ofd:CompositeObject ResourceID="7"/><ofd:CompositeObject ResourceID="7"/></ofd:Content>'
        "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    page = (
        "<ofd:PageRes>R.xml</ofd:PageRes><ofd:Content><ofd:Layer>"
        f'{text(SENTENCE)}<ofd:CompositeObject ResourceID="7"/></ofd:Layer></ofd:Content>'
    )
    assert said(package("", page=page, **{"Doc_0/R.xml": unit}))
