"""LibreOffice as the printer: DOCX → PDF, DOC, RTF, ODT, with no font but the one of this package.

It runs in a folder of its own (profile, list of fonts), which goes when the process ends. What it writes of the time
of writing is replaced: the same document gives the same bytes, but for RTF, whose fonts stand in an order by chance.
"""

from __future__ import annotations

import atexit
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from analyzer.errors import UnusableOutput
from analyzer.readers.soffice import program, run
from analyzer.synthesis.parcels import stamped

FILTERS = {"pdf": "pdf:writer_pdf_Export", "doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "odt": "odt:writer8"}
PATIENCE = 120
"""Seconds for the first document of a call; each further one may take `EACH`."""
EACH = 20
FONTS = Path(__file__).resolve().parent.parent / "data" / "fonts"
_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
_TIMES = (
    (re.compile(rb"(/(?:CreationDate|ModDate)\(D:)\d{14}[^)]*"), rb"\g<1>20240115090000Z"),
    (re.compile(rb"/ID \[[^\]]*\]"), b"/ID [<00><00>]"),
    (re.compile(rb"/DocChecksum /[0-9A-F]{32}"), b"/DocChecksum /" + b"0" * 32),
)


def convert(documents: Sequence[bytes], to: str, *, suffix: str = "docx") -> list[bytes]:
    """Each document in the format `to` (a key of `FILTERS`); raises `UnusableOutput` where it cannot be made."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "in", Path(folder) / "out"
        given.mkdir()
        names = [f"{number:05d}" for number in range(len(documents))]
        for name, document in zip(names, documents, strict=True):
            (given / f"{name}.{suffix}").write_bytes(document)
        _run(["--convert-to", FILTERS[to], "--outdir", str(made), *sorted(map(str, given.iterdir()))], len(documents))
        files = [made / f"{name}.{to}" for name in names]
        if not all(file.is_file() for file in files):
            raise UnusableOutput(f"LibreOffice wrote no {to}")
        return [settled(file.read_bytes(), to) for file in files]


def settled(content: bytes, to: str) -> bytes:
    """A document with the one day of writing in it."""
    if to == "odt":
        return stamped(content)
    for pattern, said in _TIMES if to == "pdf" else ():
        content = pattern.sub(partial(_as_long, said), content)
    return content


def _as_long(said: bytes, found: re.Match[bytes]) -> bytes:
    """What replaces a piece of a PDF, blanks behind it: places in the file must not move."""
    return found.expand(said).ljust(len(found[0]))


def _run(arguments: list[str], count: int) -> None:
    room = _room()
    command = [program() or "", "--headless", "--norestore", f"-env:UserInstallation={(room / 'profile').as_uri()}"]
    try:
        failed = run([*command, *arguments], PATIENCE + EACH * count, FONTCONFIG_FILE=str(room / "fonts.conf"))
    except (OSError, subprocess.SubprocessError) as problem:
        raise UnusableOutput(f"LibreOffice: {problem}") from None
    if failed:
        raise UnusableOutput(f"LibreOffice: exit status {failed}")


@cache
def _room() -> Path:
    room = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, room, ignore_errors=True)
    (room / "fonts.conf").write_text(_CONFIG.format(fonts=FONTS, cache=room / "cache"), encoding="utf-8")
    return room
