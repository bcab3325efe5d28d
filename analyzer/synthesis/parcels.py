"""Files round a file: a web page saved with all it needs, a package of reports. What a package says of the time of
writing, and other chance, is replaced, so that the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart

BOUNDARY = "----MultipartBoundary--report----"
DAY = (2024, 1, 15, 9, 0, 0)
"""The day on which all packages say that they were written."""
_STAMP = re.compile(rb"(?<=>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?(?=<)")
_SESSION = re.compile(rb'(?<=config:name="Rsid" config:type="int">)\d+')
_LIST = re.compile(rb"\blist\d{6,}\b")


def saved_page(page: bytes, charset: str, title: str) -> bytes:
    """A web page as a browser saves it in one file (MHTML)."""
    whole = MIMEMultipart("related", BOUNDARY, type="text/html")
    whole["Subject"] = title
    part = MIMEBase("text", "html", charset=charset)
    part["Content-Location"] = "http://www.example.gov.cn/report.html"
    part.set_payload(page)
    encode_base64(part)
    whole.attach(part)
    return whole.as_bytes()


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def stamped(package: bytes) -> bytes:
    """A package (DOCX, XLSX, ODT) with the one day of writing in all places."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as given, zipfile.ZipFile(out, "w") as made:
        for entry in given.infolist():
            content = _settled(entry.filename, given.read(entry))
            made.writestr(zipfile.ZipInfo(entry.filename, DAY), content, entry.compress_type)
    return out.getvalue()


def _settled(name: str, content: bytes) -> bytes:
    """A member without the time of writing, the number of the session and the numbers drawn for lists."""
    if name.startswith(("docProps/", "meta.xml")):
        day = "{}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z".format(*DAY)
        return _STAMP.sub(day.encode(), content)
    if name == "settings.xml":
        return _SESSION.sub(b"0", content)
    if name == "content.xml":
        known: dict[bytes, bytes] = {}
        return _LIST.sub(lambda found: known.setdefault(found[0], b"list%d" % (len(known) + 1)), content)
    return content
