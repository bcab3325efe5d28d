"""A web page saved as one file (MHTML) → `Document`: that of its page, or of the frame in it that says most."""

from __future__ import annotations

import email.policy
from collections.abc import Sequence
from dataclasses import replace
from email.message import Message

from analyzer.document import Document
from analyzer.knowledge.layout import Layout
from analyzer.readers.encoding import Unreadable, decode
from analyzer.readers.limits import Allowance
from analyzer.readers.plain import read_plain
from analyzer.readers.web import read_page

PAGES = frozenset({"text/html", "application/xhtml+xml"})
MOST = 50
"""Frames of a page beyond which none is looked at."""
SMALL = 5000
"""Bytes up to which a picture is an ornament."""


def read(name: str, content: bytes, layout: Layout, allowance: Allowance) -> Document:
    """The document of an MHTML file; raises `UnreadableReport` where none of its parts holds text."""
    parts = _parts(content)
    documents = [read_page(text, layout) for text in _texts(parts, name, layout)]
    if not documents:
        texts = [part for part in parts if part.get_content_type() == "text/plain"]
        documents = [read_plain(decode(_bytes(part), name, layout), layout) for part in texts[:1] if _bytes(part)]
    allowance.time()
    if not any(document.text.strip() for document in documents):
        if any(part.get_content_maintype() == "image" and len(_bytes(part)) > SMALL for part in parts):
            raise Unreadable("picture", name, "the report is a picture or an attachment; fetch that file or its text")
        raise Unreadable("no_text", name, "(almost) no text; save the report as text or HTML again")
    return replace(_main(documents), format="mhtml")


def _parts(content: bytes) -> list[Message]:
    """The parts of the file that hold something, in order, the page itself first where the file says which it is."""
    whole = email.message_from_bytes(content, policy=email.policy.compat32)
    parts = [part for part in whole.walk() if not part.is_multipart()]
    start = whole.get_param("start")
    if isinstance(start, str):
        parts.sort(key=lambda part: (part.get("Content-ID") or "").strip() != start.strip())
    return parts


def _texts(parts: Sequence[Message], name: str, layout: Layout) -> list[str]:
    pages = [part for part in parts if part.get_content_type() in PAGES]
    contents = [content for part in pages[:MOST] if (content := _bytes(part)).strip()]
    return [decode(content, name, layout) for content in contents]


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _main(documents: Sequence[Document]) -> Document:
    """The page itself, or the frame that says at least twice as much; what only the page states is kept."""
    page = documents[0]
    most = max(documents, key=lambda document: len(document.text))
    if len(most.text) < 2 * len(page.text):
        return page
    return replace(most, title=most.title or page.title, published=most.published or page.published)
