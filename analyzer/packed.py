"""ZIP files: which format they are, what they hold under readable and harmless names, and contents within bounds."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Collection
from functools import lru_cache
from lzma import LZMAError
from pathlib import Path
from typing import Literal, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from analyzer.errors import Unreadable, damaged, locked

__all__ = ["Member", "content", "forget", "format_of", "members", "short"]

Format = Literal["docx", "xlsx", "ofd", "odt", "zip"]
Inside = tuple[int, ...]
"""The place of a member in its archive; two of them for a member of an archive in an archive."""
MOST = 20_000
"""Members of one archive."""
SWOLLEN, SMALL = 200, 10 * 2**20
"""How many times its packed size a member may have, if it is not small anyway: a scan of blank pages has a hundred."""
UTF8, LOCKED, UNICODE_PATH = 0x800, 0x1, 0x7075
LONGEST = 180
"""Bytes of a name: a file system takes 255, and some stand before and behind."""
_BROKEN = (BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, struct.error)
_STEP = re.compile(r"[/\\]+")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')


class Member(NamedTuple):
    """A file in an archive: the folders and the name it stands under, and its place."""

    names: tuple[str, ...]
    at: int


def format_of(names: Collection[str]) -> Format:
    """What a ZIP file is by the names in it."""
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "OFD.xml" in names:
        return "ofd"
    return "odt" if {"mimetype", "content.xml"} <= set(names) else "zip"


def members(source: Path | bytes, inside: Inside = (), *, name: str, most: int) -> tuple[Member, ...] | None:
    """The files in an archive (or in the one at `inside`) sorted by name; None where it is no archive but a document.

    No more than `most` bytes of an inner archive are unpacked. Raises `Unreadable` for what is damaged or too much.
    """
    archive = _opened(source, inside, name, most)
    found = archive.infolist()
    if format_of([info.filename for info in found]) != "zip":
        return None
    if len(found) > MOST:
        raise Unreadable("crowded", name, f"an archive of more than {MOST} files; unpack it", most=str(MOST))
    listed = [Member(_names(info), at) for at, info in enumerate(found) if not info.is_dir()]
    return tuple(sorted(member for member in listed if member.names))


def content(source: Path | bytes, inside: Inside, *, name: str, most: int) -> bytes:
    """What stands at `inside`; raises `Unreadable` beyond `most` bytes, for a password, and for damage."""
    archive = _opened(source, inside[:-1], name, most)
    info = archive.infolist()[inside[-1]]
    if info.flag_bits & LOCKED:
        raise locked(name)
    if info.file_size > most:
        megabytes = str(most // 2**20)
        raise Unreadable("too_big", name, f"more than {megabytes} MB; raise --max-mb", most=megabytes)
    if info.file_size > max(SMALL, SWOLLEN * info.compress_size):
        raise Unreadable("swollen", name, "it unpacks to many times its size; unpack it and look at it")
    try:
        return archive.read(info)
    except NotImplementedError:
        raise Unreadable("packing", name, "packed in a way not known here; unpack it") from None
    except (*_BROKEN, RuntimeError):
        raise damaged(name) from None


def forget() -> None:
    """Closes the archives that were left open for their next member."""
    _archive.cache_clear()


def _opened(source: Path | bytes, inside: Inside, name: str, most: int) -> ZipFile:
    try:
        if isinstance(source, bytes):
            archive = ZipFile(io.BytesIO(source))
            return ZipFile(io.BytesIO(content(source, inside, name=name, most=most))) if inside else archive
        status = source.stat()
        return _archive(source, inside, most, (status.st_mtime_ns, status.st_size))
    except Unreadable:
        raise
    except (*_BROKEN, NotImplementedError):
        raise damaged(name) from None


@lru_cache(maxsize=2)
def _archive(path: Path, inside: Inside, most: int, stamp: tuple[int, int]) -> ZipFile:
    """An archive, open: its directory is read once for all its members."""
    if not inside:
        return ZipFile(io.BytesIO(path.read_bytes()) if stamp[1] <= SMALL else path)
    return ZipFile(io.BytesIO(content(path, inside, name=str(path), most=most)))


def _names(info: ZipInfo) -> tuple[str, ...]:
    """The folders and name of a member: no step leads out of the archive, no part is more than a file system takes."""
    steps = [_UNSAFE.sub("_", step).strip() for step in _STEP.split(_decoded(info))]
    return tuple(short(step) for step in steps if step.strip("."))


def _decoded(info: ZipInfo) -> str:
    """A member's name: as UTF-8 where it is said to be or can be, else as GB18030, which Windows writes in China."""
    said = info.orig_filename
    if info.flag_bits & UTF8:
        return said
    raw = said.encode("cp437", "replace")
    for encoded, encoding in ((_unicode_path(info, raw), "utf-8"), (raw, "utf-8"), (raw, "gb18030")):
        try:
            if encoded:
                return encoded.decode(encoding)
        except UnicodeDecodeError:
            continue
    return said


def _unicode_path(info: ZipInfo, raw: bytes) -> bytes:
    """The name in UTF-8 that some programs add to a member; empty without one, or with one of another name."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == UNICODE_PATH and size > 5 and struct.unpack_from("<L", extra, 5)[0] == zlib.crc32(raw):
            return extra[9 : 4 + size]
        extra = extra[4 + size :]
    return b""


def short(step: str, most: int = LONGEST) -> str:
    """A name of at most so many bytes that keeps its suffix."""
    if len(step.encode()) <= most:
        return step
    stem, dot, suffix = step.rpartition(".")
    kept = stem.encode()[: most - len(suffix.encode()) - 1].decode(errors="ignore") if len(suffix) < 9 else ""
    return f"{kept}{dot}{suffix}" if kept else step.encode()[:most].decode(errors="ignore")
