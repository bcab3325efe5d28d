"""The package of an OFD file (GB/T 33190): its members by their location, its XML without entities, its resources."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from analyzer.readers.encoding import Unreadable
from analyzer.readers.limits import Allowance

ENTRY = "OFD.xml"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)
"""What the reading of a damaged member raises."""
BOLD_WEIGHT = 600


def kind(element: etree._Element) -> str:
    """The name of an element without its namespace, of which there have been several; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def first(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name."""
    return next((child for child in element if kind(child) == name), None) if element is not None else None


def every(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The elements of that name below `element`."""
    if element is not None:
        yield from (each for each in element.iter("{*}" + name))


def said(element: etree._Element | None, name: str) -> str:
    """The text of the first child of that name, empty without one."""
    child = first(element, name)
    return (child.text or "").strip() if child is not None else ""


class Package:
    """The members of an OFD file, read within the allowance."""

    def __init__(self, content: bytes, allowance: Allowance) -> None:
        self._allowance = allowance
        self._unpacked: dict[str, int] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._members = {_location("", member.filename).lower(): member for member in self._zip.infolist()}
        except BROKEN as error:
            raise Unreadable("damaged", allowance.name, "the OFD file is damaged; download it again") from error
        locked = any(member.flag_bits & 1 for member in self._members.values())
        if locked or "encryptions.xml" in self._members or "decryptseed.dat" in self._members:
            raise Unreadable("locked", allowance.name, "the OFD file is encrypted; save it without a password")

    def bytes(self, location: str) -> bytes | None:
        """A member's content; None where there is none, or it cannot be unpacked."""
        member = self._members.get(location.lower())
        if member is None:
            return None
        self._unpacked[member.filename] = member.file_size
        self._allowance.size(sum(self._unpacked.values()))
        try:
            with self._zip.open(member) as stream:
                return stream.read(member.file_size)
        except BROKEN:
            return None

    def xml(self, location: str) -> etree._Element | None:
        """A member's root element; None where there is none or it is no XML."""
        content = self.bytes(location)
        if not content:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
        )
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError):
            return None

    @staticmethod
    def beside(location: str, other: str) -> str:
        """Where `other` lies, as the file at `location` names it."""
        return _location(posixpath.dirname(location), other)


def _location(folder: str, name: str) -> str:
    name = name.strip().replace("\\", "/")
    whole = name if name.startswith("/") else f"{folder}/{name}"
    return posixpath.normpath("/" + whole.lstrip("/")).lstrip("/")


@dataclass(frozen=True, slots=True)
class Resources:
    """What the objects of a page refer to by its number: bold fonts, files of pictures, drawings used again."""

    bold: frozenset[str] = frozenset()
    media: dict[str, str] = field(default_factory=dict)
    units: dict[str, etree._Element] = field(default_factory=dict)

    def with_those(self, package: Package, location: str) -> Resources:
        """These and the ones of a resource file, which go before."""
        root = package.xml(location)
        if root is None:
            return self
        folder = package.beside(location, root.get("BaseLoc") or ".") + "/"
        bold = frozenset(font.get("ID", "") for font in every(root, "Font") if _is_bold(font))
        media = {
            each.get("ID", ""): package.beside(folder, said(each, "MediaFile")) for each in every(root, "MultiMedia")
        }
        units = {each.get("ID", ""): each for each in every(root, "CompositeGraphicUnit")}
        return Resources(self.bold | bold, {**self.media, **media}, {**self.units, **units})


def _is_bold(font: etree._Element) -> bool:
    names = f"{font.get('FontName', '')} {font.get('FamilyName', '')}"
    return font.get("Bold", "").strip().lower() in ("true", "1") or "bold" in names.lower()
