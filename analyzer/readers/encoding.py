"""Bytes → text: byte order mark, strict UTF-8, GB18030; anything else only where those read like noise."""

from __future__ import annotations

import codecs
import re

from analyzer.errors import Unreadable as Unreadable
from analyzer.knowledge.layout import Layout

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
FORMATS = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP, Office or OFD"),
    (b"\xd0\xcf\x11\xe0", "DOC, XLS or WPS"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x1f\x8b", "gzip"),
)
COMMON_SHARE = 0.08
"""Reports hold 0.25 to 0.5 of the common hanzi; texts read in a wrong encoding below 0.03."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f\ufffd\ue000-\uf8ff]")
_HANZI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")


def decode(content: bytes, name: str, layout: Layout) -> str:
    """The text of a file with `\\n` line ends and no byte order mark; raises `UnreadableReport` where there is none."""
    if not content.strip(b"\x00\t\n\r\x0c \xef\xbb\xbf\xfe\xff"):
        raise Unreadable("empty", name, "the file is empty; save or download the report again")
    text = _decoded(content, layout)
    found = next((kind for magic, kind in FORMATS if content.startswith(magic)), "")
    noise = len(_CONTROL.findall(text))
    if noise > max(2, len(text) // 50) or (found and (noise or found in ("PDF", "RTF"))):
        kind, key = found or "binary", "foreign" if found else "binary"
        raise Unreadable(key, name, f"no text but {kind} data; save the report as text or HTML", kind=kind)
    if "\r" in text or "\x0b" in text or "\x85" in text or "\u2028" in text:
        text = _LINE_ENDS.sub("\n", text)
    return text.removeprefix("\ufeff")


def _decoded(content: bytes, layout: Layout) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    if b"\x00" in content:
        return _best([_utf16(content, "utf-16-le"), _utf16(content, "utf-16-be")], layout)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")
    if _sound(text, layout):
        return text
    wide = [_utf16(content, "utf-16-le"), _utf16(content, "utf-16-be")]
    return _best([text, content.decode("utf-8", "replace"), *_guess(content), *wide], layout)


def _utf16(content: bytes, encoding: str) -> str:
    return content[: len(content) & ~1].decode(encoding, "replace")


def _guess(content: bytes) -> list[str]:
    from charset_normalizer import from_bytes

    found = from_bytes(content[:50_000], preemptive_behaviour=False).best()
    return [content.decode(found.encoding, "replace")] if found is not None else []


def _share(text: str, layout: Layout) -> float:
    """Share of the common hanzi among all hanzi, less what cannot be text."""
    sample = text[:20_000]
    hanzi = len(_HANZI.findall(sample))
    bad = len(_CONTROL.findall(sample))
    return (len(layout.common.findall(sample)) - 2 * bad) / max(hanzi, 1)


def _sound(text: str, layout: Layout) -> bool:
    if "\ufffd" in text:
        return False
    return _share(text, layout) >= COMMON_SHARE or len(_HANZI.findall(text[:20_000])) < 20


def _best(texts: list[str], layout: Layout) -> str:
    return max(texts, key=lambda text: _share(text, layout))
