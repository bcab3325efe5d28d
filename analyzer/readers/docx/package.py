"""The parts of an Office package: bounded, parsed without entities, strict namespaces made the usual ones."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import NamedTuple, cast

from lxml import etree

from analyzer.readers.encoding import Unreadable
from analyzer.readers.limits import Allowance

Element = etree._Element
_OOXML = "http://schemas.openxmlformats.org/"
W = f"{{{_OOXML}wordprocessingml/2006/main}}"
R = f"{{{_OOXML}officeDocument/2006/relationships}}"
RELATION = f"{{{_OOXML}package/2006/relationships}}Relationship"
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", f"{_OOXML}wordprocessingml/2006/main".encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", f"{_OOXML}officeDocument/2006/relationships".encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", f"{_OOXML}officeDocument/2006/math".encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", f"{_OOXML}drawingml/2006/main".encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", f"{_OOXML}drawingml/2006/".encode()),
)
"""Namespaces of ISO 29500 Strict and those that everyone else writes."""
_BAD = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:[0-8]|1[124-9]|2\d|3[01]|x[0-8bBcCeEfF]|x1[0-9a-fA-F]);")
"""Characters that XML does not allow and some programs write all the same."""


class Relation(NamedTuple):
    """Where a part points to: the last word of the relation's type, and the part's name (or an address outside)."""

    kind: str
    target: str


class Package:
    """A ZIP of parts. Raises `UnreadableReport` where it is damaged, locked, or unpacks to more than is allowed."""

    def __init__(self, content: bytes, name: str, allowance: Allowance) -> None:
        self.name, self.allowance = name, allowance
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._names = {info.filename.lstrip("/").lower(): info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, EOFError) as problem:
            raise self.damaged() from problem
        self._unpacked = 0

    def damaged(self) -> Unreadable:
        """What to raise where the package cannot be read."""
        return Unreadable("damaged", self.name, "the file is damaged; open it in Word or WPS and save it again")

    def has(self, path: str) -> bool:
        """Whether there is such a part; upper and lower case are one."""
        return path.lower() in self._names

    def bytes(self, path: str) -> bytes:
        """A part's content; empty where there is no such part."""
        info = self._names.get(path.lower())
        if info is None:
            return b""
        self._unpacked += info.file_size
        self.allowance.size(self._unpacked)
        self.allowance.time()
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as problem:
            raise self.damaged() from problem
        except RuntimeError as problem:
            raise Unreadable("locked", self.name, "the file is under a password; save it without one") from problem

    def xml(self, path: str) -> Element | None:
        """A part's root element; None where there is no such part."""
        content = self.bytes(path)
        if not content:
            return None
        if b"purl.oclc.org/ooxml" in content:
            for strict, usual in STRICT:
                content = content.replace(strict, usual)
        if b"<!DOCTYPE" in content[:2000]:
            raise self.damaged()
        try:
            return _parsed(content)
        except etree.XMLSyntaxError:
            pass
        try:
            return _parsed(_BAD.sub(b"", content))
        except etree.XMLSyntaxError as problem:
            raise self.damaged() from problem

    def relations(self, path: str) -> dict[str, Relation]:
        """What a part (the empty path: the package) points to, by id."""
        folder, base = posixpath.split(path)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for relation in root.iter(RELATION) if root is not None else ():
            target = relation.get("Target") or ""
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
            found[relation.get("Id") or ""] = Relation(kind, target)
        return found


def _parsed(content: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return cast(Element, etree.fromstring(content, parser))


def flag(element: Element | None) -> bool | None:
    """An on/off property: None where it is not stated."""
    if element is None:
        return None
    return (element.get(f"{W}val") or "1").lower() not in ("0", "false", "off", "none")


def number(element: Element | None, name: str = "val") -> int | None:
    """A whole number in an attribute; None where there is none."""
    said = element.get(f"{W}{name}") if element is not None else None
    return int(said) if said is not None and re.fullmatch(r"-?\d{1,9}", said) else None
