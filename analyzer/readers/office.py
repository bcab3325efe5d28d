"""DOC, WPS, RTF, OpenDocument and Word's XML → DOCX (or XLSX) → `Document`: by a converter in Python where it can,
else by LibreOffice."""

from __future__ import annotations

import base64
import io
import re
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from lxml import etree

from analyzer.document import Document
from analyzer.errors import Unreadable, damaged, locked, without_extra
from analyzer.knowledge.layout import Layout
from analyzer.readers import docx, sheets, soffice
from analyzer.readers.docx.embedded import ALL, figures
from analyzer.readers.docx.runs import GAP
from analyzer.readers.kinds import kind_of
from analyzer.readers.limits import Allowance

LOST = 0.6
"""Share of the characters a DOC file says it holds below which a reading of it has lost text."""
FEW = 200
"""Characters up to which a DOC file is not asked how many it holds."""
PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_PRINTED = re.compile(rb"\{\\listtext(?:\\pard(?![a-z]))?(?P<said>[^{}]*?)(?:\\tab ?)?\}")
_LIST = re.compile(rb"\\ls\d+(?!\d) ?")
_WORD, _SECTOR, _LOCKED, _LENGTH, _BOXES = b"\xec\xa5", 512, 0x0100, 0x4C, 0x64


def read(name: str, content: bytes, layout: Layout, allowance: Allowance) -> Document:
    """The document of a file of a word processor's own format; raises `UnreadableReport` where it is locked or
    damaged, or where what reads it is not installed."""
    kind = kind_of(content)
    if kind == "sealed" or (kind == "odt" and _is_sealed(content)):
        raise locked(name)
    if kind == "doc":
        document = _word(name, content, layout, allowance)
    elif kind == "odt" and b"opendocument.spreadsheet" in content[:200]:
        document = sheets.read(name, soffice.convert(content, "ods", "xlsx", allowance), layout, allowance)
    else:
        packed = _packed(content, allowance) if kind == "wordml" else b""
        if not packed:
            given = _numbered(content) if kind == "rtf" else content
            packed = soffice.convert(given, {"wordml": "xml"}.get(kind, kind), "docx", allowance)
        document = docx.read(name, packed, layout, allowance)
    return replace(document, format=_format(name, kind))


def _format(name: str, kind: str) -> str:
    return "wps" if kind == "doc" and name.lower().endswith((".wps", ".wpt")) else kind


def _word(name: str, content: bytes, layout: Layout, allowance: Allowance) -> Document:
    """A DOC or WPS file: the reading in Python, or that of LibreOffice where the former fails or loses text."""
    sealed, length, boxes = _stated(content)
    if sealed:
        raise locked(name)
    found: Document | None = None
    problem = soffice.missing(name)
    try:
        converted = _converted(content, allowance)
        found = docx.read(name, converted, layout, allowance)
        whole = length <= FEW or len(found.text) >= LOST * length
        wanting = boxes > 0 or figures(found) < ALL
        if whole and not (wanting and soffice.program() is not None and _has_gaps(converted)):
            return found
    except Unreadable as unreadable:
        if unreadable.key not in ("damaged", "extra", "no_text", "picture"):
            raise
        problem = unreadable
    if soffice.program() is None:
        raise problem
    try:
        other = docx.read(name, soffice.convert(content, "doc", "docx", allowance), layout, allowance)
    except Unreadable as unreadable:
        if found is not None:
            return found
        raise problem if unreadable.key == "conversion" else unreadable from None
    return found if found is not None and len(found.text) >= len(other.text) else other


def _converted(content: bytes, allowance: Allowance) -> bytes:
    """A DOC file as DOCX, by the converter in Python; raises `Unreadable`: `extra` without it, `damaged` (or, where
    that may help, `libreoffice`) where it fails."""
    try:
        from doc2docx import convert
        from doc2docx.errors import EncryptedDocumentError, InvalidCompoundFile, StreamNotFound
    except ImportError:
        raise without_extra(allowance.name, "office") from None
    with tempfile.TemporaryDirectory(prefix="analyzer-", ignore_cleanup_errors=True) as folder:
        source, made = Path(folder, "report.doc"), Path(folder, "made.docx")
        source.write_bytes(content)
        try:
            convert(source, made)
            return made.read_bytes()
        except EncryptedDocumentError:
            raise locked(allowance.name) from None
        except Exception as problem:
            foreign = isinstance(problem, StreamNotFound) or not isinstance(problem, InvalidCompoundFile)
            if foreign and soffice.program() is None:
                raise soffice.missing(allowance.name) from None
            raise damaged(allowance.name) from None


def _has_gaps(converted: bytes) -> bool:
    """Whether something drawn was left out, with a sign in its place."""
    with zipfile.ZipFile(io.BytesIO(converted)) as package:
        return GAP.encode() in package.read(docx.MAIN)


def _stated(content: bytes) -> tuple[bool, int, int]:
    """Whether a DOC file says that it is locked, and how many characters it says it and its text boxes hold (0:
    unknown)."""
    at = content.find(_WORD)
    while at >= 0 and at % _SECTOR:
        at = content.find(_WORD, at + 1)
    if at < 0:
        return False, 0, 0
    flags = int.from_bytes(content[at + 10 : at + 12], "little")
    length, boxes = (int.from_bytes(content[at + n : at + n + 4], "little") for n in (_LENGTH, _BOXES))
    return bool(flags & _LOCKED), length if length * 2 <= 50 * len(content) else 0, boxes


def _numbered(content: bytes) -> bytes:
    """A rich text whose generated numbers are text: those that the file says are printed, not those that a list makes
    of its levels (which some programs write without their Chinese points)."""
    if b"\\listtext" not in content:
        return content
    return _LIST.sub(b"", _PRINTED.sub(rb"{\g<said>}", content))


def _is_sealed(content: bytes) -> bool:
    """Whether an OpenDocument file is under a password."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, packed.open("META-INF/manifest.xml") as part:
            return b"encryption-data" in part.read(1_000_000)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return False


def _packed(content: bytes, allowance: Allowance) -> bytes:
    """A DOCX file whose parts stand in one XML file, as the usual package; empty where the XML is of another kind."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise damaged(allowance.name) from None
    if root.tag != f"{PACKAGE}package":
        return b""
    try:
        parts = {(part.get(f"{PACKAGE}name") or "").lstrip("/"): _part(part) for part in root.iter(f"{PACKAGE}part")}
    except ValueError:
        raise damaged(allowance.name) from None
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, said in parts.items():
            if name:
                packed.writestr(name, said)
    return buffer.getvalue()


def _part(part: etree._Element) -> bytes:
    for held in part:
        if held.tag == f"{PACKAGE}xmlData" and len(held):
            return etree.tostring(held[0], encoding="UTF-8", xml_declaration=True, with_tail=False)
        if held.tag == f"{PACKAGE}binaryData":
            return base64.b64decode(held.text or "")
    return b""
