"""Files round a file: a web page saved with all it needs, a package of reports. The same content, the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart

BOUNDARY = "----MultipartBoundary--report----"
DAY = (2024, 1, 15, 9, 0, 0)


def saved_page(page: bytes, charset: str, title: str) -> bytes:
    """A web page as a browser saves it in one file (MHTML)."""
    whole = MIMEMultipart("related", BOUNDARY, type="text/html")
    whole["Subject"] = title
    part = MIMEBase("text", "html", charset=charset)
    part["Content-Location"] = "http://www.example.gov.cn/report.html"
    part.set_payload(page)
    from email.encoders import encode_base64

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
