"""Which format a file has, told from its content; the suffix decides only between texts."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from analyzer import packed

Kind = Literal[
    "text", "pdf", "docx", "xlsx", "ofd", "odt", "zip", "doc", "xls", "sealed", "rtf", "picture", "mhtml", "wordml"
]
"""`sealed` is an Office file under a password, `wordml` a Word document as one XML file, `odt` any OpenDocument."""
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BITMAP = re.compile(rb"BM.{4}\x00{4}|RIFF.{4}WEBP", re.S)
_MHTML = re.compile(rb"\A(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){1,20}", re.I)
_WORDML = re.compile(rb"<\w+:(?:wordDocument|package)\s[^>]*schemas\.microsoft\.com/office", re.I)


def kind_of(content: bytes) -> Kind:
    """The format of a file's content; `text` where it is none of the others."""
    head = content[:1024]
    if head.startswith(b"%PDF-") or (b"%PDF-" in head and b"endobj" in content):
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _packed(content)
    if head.startswith(OLE):
        return _compound(content)
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(PICTURES) or _BITMAP.match(head):
        return "picture"
    lead = _MHTML.match(content[:4096])
    if lead and b"mime-version:" in lead[0].lower():
        return "mhtml"
    return "wordml" if _WORDML.search(content[:4096]) else "text"


def _packed(content: bytes) -> Kind:
    """What a ZIP file is by the names in it."""
    try:
        return packed.format_of(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return "zip"


def _compound(content: bytes) -> Kind:
    """What an OLE file is by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "sealed"
    workbook = any(name.encode("utf-16-le") in content for name in ("Workbook", "Book\x00"))
    return "xls" if workbook and "WordDocument".encode("utf-16-le") not in content else "doc"
