"""Files of word processors, spreadsheets and saved pages: the same lines and grids whatever program wrote them."""

from __future__ import annotations

import base64
import datetime
import io
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Font, Side

from analyzer.document import Document
from analyzer.knowledge import layout as layouts
from analyzer.knowledge.schema import Source
from analyzer.readers import Limits, Unreadable, office, read, sheets, soffice
from analyzer.readers.limits import Allowance
from analyzer.readers.sheets.printed import printed
from tests.test_readers import assert_places

LAYOUT = layouts.load(Source())
FILES = Path(__file__).parent / "files"
TITLE = "江河县水务局2021年政府信息公开工作年度报告"
PROSE = "全年公开信息120条，收到申请3件，均已办结。"
PROBLEMS = "存在的主要问题"
NUMBERED = [
    TITLE,
    "一、总体情况",
    "（一）主动公开。全年公开信息120条。",
    "（二）依申请公开。全年收到申请3件。",
    "全年办结3件。",
    "二、收到和处理政府信息公开申请情况",
    f"三、{PROBLEMS}",
    "无。",
]
RESULTS = [
    ["项目", "项目", "自然人", "总计"],
    ["本年结果", "予以公开", "2", "2"],
    ["本年结果", "部分公开", "1", "1"],
    ["本年结果", "合计", "3", "3"],
]
LINE = Side(style="thin")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
needs_office = pytest.mark.skipif(soffice.program() is None, reason="LibreOffice is not installed")


def document(content: bytes, name: str, limits: Limits | None = None) -> Document:
    found = read([(name, content)], LAYOUT, limits)
    assert_places(found)
    return found


def lines(found: Document) -> list[str]:
    return [block.text for block in found.paragraphs]


def grids(found: Document) -> list[list[list[str]]]:
    for grid in found.grids:
        assert all(found.text[cell.start : cell.end] == cell.text for row in grid.rows for cell in row)
    return [[[cell.text for cell in row] for row in grid.rows] for grid in found.grids]


def key_of(content: bytes, name: str, limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        read([(name, content)], LAYOUT, limits)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value.key


class Sheet:
    """A small builder of XLSX files."""

    def __init__(self) -> None:
        self.book = openpyxl.Workbook()
        self.page = self.book.worksheets[0]

    def row(self, number: int, values: Sequence[object], *, framed: bool = True, form: str = "General") -> Sheet:
        for column, value in enumerate(values, 1):
            cell = self.page.cell(number, column)
            cell.value = value  # type: ignore[assignment]
            cell.number_format = form
            if framed:
                cell.border = FRAME
        return self

    def merge(self, area: str) -> Sheet:
        self.page.merge_cells(area)
        return self

    @property
    def content(self) -> bytes:
        buffer = io.BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()

    @property
    def read(self) -> Document:
        return document(self.content, "a.xlsx")


# DOC and WPS


@pytest.mark.parametrize(("name", "format_"), [("a.doc", "doc"), ("a.wps", "wps"), ("a.docx", "doc"), ("", "doc")])
def test_a_doc_file_keeps_its_generated_numbers_its_merged_cells_and_its_accepted_text(name: str, format_: str) -> None:
    found = document((FILES / "numbered.doc").read_bytes(), name)
    assert lines(found) == NUMBERED
    assert grids(found) == [RESULTS]
    assert found.format == format_


@needs_office
def test_libreoffice_reads_a_doc_file_where_the_converter_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "doc2docx", None)
    found = document((FILES / "numbered.doc").read_bytes(), "a.doc")
    assert (lines(found), grids(found)) == (NUMBERED, [RESULTS])


def test_a_missing_extra_is_said_with_its_command_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "doc2docx", None)
    monkeypatch.setitem(sys.modules, "xlrd", None)
    monkeypatch.setattr(soffice, "program", lambda: None)
    for name in ("numbered.doc", "table.xls"):
        with pytest.raises(Unreadable, match=r"pip install \"gongkai-analyzer\[office\]\"") as caught:
            read([(name, (FILES / name).read_bytes())], LAYOUT)
        assert (caught.value.key, caught.value.values["extra"]) == ("extra", "office")


def stated(at: int, value: bytes) -> bytes:
    """The DOC file with other bytes at a place of what it states about itself."""
    content = bytearray((FILES / "numbered.doc").read_bytes())
    start = next(n for n in range(0, len(content), 512) if content[n : n + 2] == b"\xec\xa5")
    content[start + at : start + at + len(value)] = value
    return bytes(content)


def test_the_reading_that_loses_text_gives_way_to_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    allowance = Allowance(Limits(), "a.doc")
    whole = office._converted((FILES / "numbered.doc").read_bytes(), allowance)
    poor = repacked(whole, "word/document.xml", PROBLEMS.encode(), b"")
    monkeypatch.setattr(office, "_converted", lambda *_: poor)
    monkeypatch.setattr(soffice, "program", lambda: "soffice")
    monkeypatch.setattr(soffice, "convert", lambda *_: whole)
    more = stated(0x4C, (900).to_bytes(4, "little"))
    assert office._stated(more)[:2] == (False, 900)
    assert lines(document(more, "a.doc")) == NUMBERED
    monkeypatch.setattr(soffice, "program", lambda: None)
    assert key_of(more, "a.doc") == "libreoffice"
    assert lines(document(stated(0x4C, (150).to_bytes(4, "little")), "a.doc")) != NUMBERED


def test_a_locked_doc_file_is_said_to_be_locked_whatever_is_installed() -> None:
    assert key_of(stated(11, b"\x13"), "a.doc") == "locked"


def test_an_office_file_under_a_password_is_locked() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    assert key_of(content, "a.docx") == "locked"


@pytest.mark.parametrize("keep", [600, 3000, 12_000])
def test_a_doc_file_cut_short_is_damaged(keep: int, monkeypatch: pytest.MonkeyPatch) -> None:
    content = (FILES / "numbered.doc").read_bytes()[:keep]
    monkeypatch.setattr(soffice, "program", lambda: None)
    assert key_of(content, "a.doc") == "damaged"
    monkeypatch.setattr(soffice, "program", lambda: "soffice")
    monkeypatch.setattr(soffice, "_run", lambda *_: (b"", False))
    assert key_of(content, "a.doc") == "damaged"


# RTF, OpenDocument, Word's XML

RTF = (
    b"{\\rtf1\\ansi\\ansicpg936\\uc1 %s\\par\\trowd\\cellx2000\\cellx4000 \\intbl 12\\cell 0\\cell\\row\\pard end\\par}"
    % ("".join(f"\\u{ord(letter)}?" for letter in PROSE).encode())
)
CONTENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:text>
<text:h text:outline-level="1">{TITLE}</text:h><text:p>{PROSE}</text:p>
</office:text></office:body></office:document-content>"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">%s</manifest:file-entry>
</manifest:manifest>"""
WORD = f"""<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>
<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p><w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p></w:body></w:wordDocument>"""
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
FLAT = f"""<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>
<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">
<pkg:part pkg:name="/_rels/.rels"><pkg:xmlData><Relationships xmlns="{RELATIONS}"><Relationship Id="r1"
 Type="{DOCUMENT}" Target="word/document.xml"/></Relationships></pkg:xmlData></pkg:part>
<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document xmlns:w="{MAIN}"><w:body>
<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p><w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p></w:body></w:document></pkg:xmlData>
</pkg:part><pkg:part pkg:name="/word/media/a.bin"><pkg:binaryData>AAAA</pkg:binaryData></pkg:part></pkg:package>"""


def odt(inside: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", CONTENT)
        packed.writestr("META-INF/manifest.xml", MANIFEST % inside)
    return buffer.getvalue()


@needs_office
def test_rich_text_is_read_by_libreoffice() -> None:
    found = document(RTF, "a.rtf")
    assert lines(found) == [PROSE, "end"]
    assert grids(found) == [[["12", "0"]]]
    assert found.format == "rtf"


@needs_office
def test_numbers_that_a_rich_text_says_are_printed_are_those_that_count() -> None:
    levels = (
        rb"{\*\listtable{\list{\listlevel\levelnfc0\levelstartat1{\leveltext \'02\'00?;}{\levelnumbers\'01;}}\listid9}}"
    )
    table = levels + rb"{\*\listoverridetable{\listoverride\listid9\listoverridecount0\ls1}}"
    number = rb"{\listtext\pard\plain \u19968\'3f\u12289\'3f\tab}"
    content = RTF.replace(rb"\uc1 ", rb"\uc1 " + table + rb"\pard\ls1\ilvl0" + number, 1).replace(
        b"\\trowd", rb"\pard\trowd"
    )
    assert lines(document(content, "a.rtf")) == [f"一、{PROSE}", "end"]


@needs_office
@pytest.mark.parametrize(("content", "format_"), [(odt(), "odt"), (WORD.encode(), "wordml")])
def test_opendocument_and_words_first_xml_are_read_by_libreoffice(content: bytes, format_: str) -> None:
    found = document(content, "a.doc")
    assert (lines(found), found.format) == ([TITLE, PROSE], format_)


def test_a_package_in_one_xml_file_needs_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "program", lambda: None)
    found = document(FLAT.encode(), "a.xml")
    assert (lines(found), found.format) == ([TITLE, PROSE], "wordml")
    assert key_of(FLAT.encode()[:900], "a.xml") == "damaged"
    assert key_of(FLAT.replace("AAAA", "A").encode(), "a.xml") == "damaged"
    nameless = FLAT.replace('pkg:name="/word/media/a.bin"', "")
    assert lines(document(nameless.replace("/_rels/.rels", "/word/document.xml", 1).encode(), "a.xml"))


def test_without_libreoffice_the_row_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "program", lambda: None)
    for name, content in (("a.rtf", RTF), ("a.odt", odt()), ("a.xml", WORD.encode())):
        assert key_of(content, name) == "libreoffice"


def test_an_opendocument_file_under_a_password_is_locked() -> None:
    assert key_of(odt('<manifest:encryption-data manifest:checksum="x"/>'), "a.odt") == "locked"


# LibreOffice itself


def program(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="scripts as programs")
def test_a_program_that_hangs_is_stopped_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = "import time, pathlib; time.sleep(2); pathlib.Path(sys.argv[1]).write_text('alive')"
    script = (
        "import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-c', 'import sys; ' + {child!r}, {str(tmp_path / 'alive')!r}])\n"
        "time.sleep(60)"
    )
    monkeypatch.setattr(soffice, "program", lambda: program(tmp_path, script))
    monkeypatch.setattr(soffice, "PATIENCE", 1.0)
    started = time.monotonic()
    assert key_of(RTF, "a.rtf") == "conversion"
    assert time.monotonic() - started < 30
    time.sleep(2)
    assert not (tmp_path / "alive").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="scripts as programs")
def test_libreoffice_is_found_on_the_path_or_where_it_was_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(soffice, "PLACES", (str(tmp_path / "libre*" / "soffice"),))
    assert soffice.program() is None
    folder = tmp_path / "libreoffice7"
    folder.mkdir()
    installed = program(folder, "")
    assert soffice.program() == installed
    monkeypatch.setenv("PATH", str(tmp_path))
    assert soffice.program() == installed
    assert soffice.program() != program(tmp_path, "")
    assert soffice.program() == str(tmp_path / "soffice")


@pytest.mark.skipif(sys.platform == "win32", reason="scripts as programs")
def test_the_time_of_a_report_ends_its_conversion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "program", lambda: program(tmp_path, "import time; time.sleep(60)"))
    assert key_of(RTF, "a.rtf", Limits(seconds=1)) == "too_slow"


@pytest.mark.skipif(sys.platform == "win32", reason="scripts as programs")
def test_a_crash_is_tried_once_more_in_a_new_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "import pathlib, sys\n"
        f"log = pathlib.Path({str(tmp_path / 'log')!r})\n"
        "said = log.read_text() if log.exists() else ''\n"
        "log.write_text(said + sys.argv[1] + '\\n')\n"
        "sys.exit(3)"
    )
    monkeypatch.setattr(soffice, "program", lambda: program(tmp_path, script))
    assert key_of(RTF, "a.rtf") == "conversion"
    profiles = (tmp_path / "log").read_text(encoding="utf-8").split()
    assert len(profiles) == len(set(profiles)) == 2
    assert all(said.startswith("-env:UserInstallation=file://") for said in profiles)


# Spreadsheets


def test_a_sheet_is_its_table_and_the_lines_round_it() -> None:
    sheet = Sheet().row(1, ["政府信息公开情况统计表"], framed=False).merge("A1:C1")
    sheet.row(2, ["填报单位：江河县水务局", None, "单位：件"], framed=False)
    sheet.row(3, ["项目", None, "总计"]).merge("A3:B3")
    sheet.row(4, ["本年结果", "予以公开", 2]).row(5, [None, "部分公开", 0]).merge("A4:A5")
    sheet.row(6, ["注：本表不含撤回的申请。"], framed=False)
    found = sheet.read
    assert lines(found) == ["政府信息公开情况统计表", "填报单位：江河县水务局  单位：件", "注：本表不含撤回的申请。"]
    assert grids(found) == [[["项目", "项目", "总计"], ["本年结果", "予以公开", "2"], ["本年结果", "部分公开", "0"]]]


def test_without_frames_rows_of_several_cells_are_the_table() -> None:
    sheet = Sheet().row(1, ["政府信息公开年度报告"], framed=False).row(3, ["项目", "数量"], framed=False)
    sheet.row(4, ["主动公开", None], framed=False).row(5, ["其中：网站", 12], framed=False)
    sheet.row(6, ["二、申请"], framed=False).row(7, ["收到", 3], framed=False).row(8, ["办结", 3], framed=False)
    found = sheet.read
    assert lines(found) == ["政府信息公开年度报告", "二、申请"]
    assert grids(found) == [
        [["项目", "数量"], ["主动公开", ""], ["其中：网站", "12"]],
        [["收到", "3"], ["办结", "3"]],
    ]


def test_hidden_rows_columns_and_sheets_are_noticed_and_not_read() -> None:
    sheet = (
        Sheet().row(1, ["项目", "上年", "本年"]).row(2, ["内部", 7, 8]).row(3, ["收到", 9, 3]).row(4, ["办结", 9, 3])
    )
    sheet.merge("A2:A3")
    sheet.page.row_dimensions[2].hidden = True
    sheet.page.column_dimensions["B"].hidden = True
    found = sheet.read
    assert grids(found) == [[["项目", "本年"], ["内部", "3"], ["办结", "3"]]]
    assert [notice.rule for notice in found.notices] == ["source.hidden"]
    other = Sheet().row(1, ["项目", "总计数"]).row(2, ["收到的申请件数", 3])
    draft = other.book.create_sheet("草稿")
    draft.append(["另一个", 1])
    draft.sheet_state = "hidden"
    assert [notice.rule for notice in other.read.notices] == ["source.hidden"]
    assert grids(other.read) == [[["项目", "总计数"], ["收到的申请件数", "3"]]]


def test_a_formula_without_its_result_is_shown_and_never_blank() -> None:
    found = Sheet().row(1, ["项目", "数量"]).row(2, ["收到", 3]).row(3, ["总计", "=SUM(B2:B2)"]).read
    assert grids(found)[0][2] == ["总计", "=SUM(B2:B2)"]


def test_a_merged_cell_that_begins_outside_a_table_moves_nothing_in_it() -> None:
    sheet = Sheet().row(1, ["某表", None, None], framed=False).row(2, [None, "甲", 1]).row(3, [None, "乙", 2])
    sheet.merge("A1:A2")
    rows = grids(sheet.read)[-1]
    assert [row[-2:] for row in rows][-2:] == [["甲", "1"], ["乙", "2"]]


def test_prose_in_a_cell_is_a_line_for_each_of_its_lines() -> None:
    sheet = Sheet().row(1, [f"{TITLE}\n一、总体情况\n{PROSE}"], framed=False)
    sheet.page["A1"].font = Font(bold=True)
    found = sheet.read
    assert lines(found) == [TITLE, "一、总体情况", PROSE]
    assert all(block.bold for block in found.paragraphs)


def test_an_old_spreadsheet_reads_as_a_new_one() -> None:
    found = document((FILES / "table.xls").read_bytes(), "table.xls")
    assert lines(found) == ["政府信息公开情况统计表", "填报单位：江河县水务局  单位：件", "填报日期  2022-01-20"]
    assert grids(found) == [
        [
            ["项目", "项目", "自然人", "总计"],
            ["本年结果", "予以公开", "1,234", "1,234"],
            ["本年结果", "部分公开", "0", "50.0%"],
        ]
    ]
    assert [notice.rule for notice in found.notices] == ["source.hidden", "source.hidden"]
    assert found.format == "xls"


@pytest.mark.parametrize("keep", [600, 3000])
def test_a_spreadsheet_cut_short_is_a_row_with_its_reason(keep: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "program", lambda: None)
    allowance = Allowance(Limits(), "a.xls")
    for content in ((FILES / "table.xls").read_bytes()[:keep], Sheet().row(1, ["a", "b"]).content[:keep]):
        with pytest.raises(Unreadable) as caught:
            sheets.read("a.xls", content, LAYOUT, allowance)
        assert caught.value.key == "damaged"


def test_an_empty_sheet_holds_no_text() -> None:
    assert key_of(Sheet().content, "a.xlsx") == "no_text"


def repacked(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            part = source.read(entry)
            target.writestr(entry.filename, part.replace(old, new) if entry.filename == name else part)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (b"A1:B2", b"A1:XFD1048576", "damaged"),
        (b"<sheetData>", b"<sheetData>" + b" " * 2_000_000, "too_big"),
        (b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', "damaged"),
    ],
)
def test_a_sheet_that_grows_without_bounds_is_refused(old: bytes, new: bytes, key: str) -> None:
    content = Sheet().row(1, ["a", 1]).row(2, [None, 2]).merge("A1:B2").content
    assert key_of(repacked(content, "xl/worksheets/sheet1.xml", old, new), "a.xlsx", Limits(megabytes=5)) == key


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (1234, "#,##0", "1,234"),
        (1234, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "1,234"),
        (0, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "0"),
        (-3, "0_);[Red]\\(0\\)", "-3"),
        (0, "#", "0"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (0.256, "0.0%", "25.6%"),
        (2.675, "0.00", "2.68"),
        (12.3, "#.##", "12.3"),
        (7, "000", "007"),
        (12, '0"件"', "12件"),
        (9, "[DBNum1][$-804]General", "9"),
        (5, "@", "5"),
        (1e22, "0", "1e+22"),
        (True, "General", "TRUE"),
        (datetime.datetime(2022, 1, 20), "yyyy/m/d", "2022-01-20"),
        (datetime.datetime(2022, 1, 20, 9, 30), "yyyy/m/d h:mm", "2022-01-20 09:30"),
        ("0012", "General", "0012"),
        (None, "0", ""),
    ],
)
def test_numbers_are_printed_as_their_format_says(value: str | float | datetime.datetime, form: str, said: str) -> None:
    assert printed(value, form) == said


# Saved pages

PAGE = f"""<html><head><meta charset="gb2312"><title>{TITLE}</title></head><body><h1>{TITLE}</h1>
<p>一、总体情况</p><p>{PROSE}</p><table><tr><td>收到</td><td>3</td></tr><tr><td>办结</td><td>3</td></tr></table>
</body></html>"""
FRAMESET = f'<html><head><title>{TITLE}</title></head><frameset><frame src="cid:main"></frameset></html>'


def mhtml(*parts: tuple[str, str, bytes], start: str = "") -> bytes:
    """A saved page of parts: content type, id, content."""
    lead = f"From: <Saved by a browser>\r\nSubject: {'=?utf-8?B?5bm05oql?='}\r\nMIME-Version: 1.0\r\n"
    lead += f'Content-Type: multipart/related; type="text/html"; boundary="----edge"{start}\r\n\r\n'
    body = lead.encode()
    for kind, name, content in parts:
        head = (
            f"------edge\r\nContent-Type: {kind}\r\nContent-ID: <{name}>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        )
        body += head.encode() + base64.encodebytes(content) + b"\r\n"
    return body + b"------edge--\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_saved_page_reads_as_the_page(encoding: str) -> None:
    page = PAGE.encode(encoding)
    found = document(mhtml(("text/css", "style", b"p {color: red}"), ("text/html", "main", page)), "a.mht")
    assert lines(found) == [TITLE, "一、总体情况", PROSE]
    assert grids(found) == [[["收到", "3"], ["办结", "3"]]]
    assert found.format == "mhtml"


def test_a_saved_page_under_the_name_of_a_word_file_is_a_saved_page() -> None:
    found = document(mhtml(("text/html", "main", PAGE.encode())), "a.doc")
    assert (lines(found)[1:], found.format) == (["一、总体情况", PROSE], "mhtml")


def test_the_frame_that_holds_the_report_is_read_and_the_page_that_the_file_names_comes_first() -> None:
    frame = ("text/html", "main", PAGE.encode())
    outer = ("text/html", "outer", FRAMESET.encode())
    assert lines(document(mhtml(outer, frame), "a.mhtml")) == [TITLE, "一、总体情况", PROSE]
    other = ("text/html", "other", PAGE.replace("总体情况", "基本情况").encode())
    named = document(mhtml(other, frame, start='; start="<main>"'), "a.mhtml")
    assert lines(named)[1] == "一、总体情况"


def test_a_saved_page_in_quoted_printable_without_parts() -> None:
    head = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
    head += "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    quoted = "".join(
        letter if letter.isascii() and letter != "=" else "".join(f"={b:02X}" for b in letter.encode())
        for letter in PAGE
    )
    assert lines(document(head.encode() + quoted.encode(), "a.mht")) == [TITLE, "一、总体情况", PROSE]


def test_a_saved_page_without_text_says_what_it_holds() -> None:
    empty = ("text/html", "main", b"<html><body><img src='cid:p'></body></html>")
    assert key_of(mhtml(empty, ("image/jpeg", "p", bytes(9000))), "a.mht") == "picture"
    assert key_of(mhtml(empty), "a.mht") == "no_text"
