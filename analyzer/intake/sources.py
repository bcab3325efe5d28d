"""What the inputs hold: sources of reports, what was passed over, what is not there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from analyzer import packed
from analyzer.errors import Unreadable

NO_READER = "no_reader"
HIDDEN = "hidden"
LOCK_FILE = "lock_file"
RESULTS = "result_folder"
TWICE = "given_twice"
NO_FILE = "no_file"
NESTED = "nested"
BARE = "bare"
NO_PROSE = "no_prose"
PAGE_FILES = "page_files"
ABSENT = "not_found"
DENIED = "not_readable"
NOTHING = "no_match"
MEGABYTE = 2**20
MEGABYTES = 200
"""What a file, or a member of an archive, may have where no one says otherwise."""


@dataclass(frozen=True, slots=True)
class File:
    """A file on disk, or the member of an archive there by its place in it; `shown` is how people name it."""

    name: str
    path: Path
    shown: str
    inside: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of the file on disk; 0 where there is none."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def read(self, megabytes: int = MEGABYTES) -> bytes:
        """Its bytes; raises `Unreadable` where it cannot be opened or unpacked, or has more than so many megabytes."""
        most = megabytes * MEGABYTE
        if self.inside:
            return packed.content(self.path, self.inside, name=self.shown, most=most)
        try:
            if self.path.stat().st_size > most:
                message = f"more than {megabytes} MB; raise --max-mb"
                raise Unreadable("too_big", self.shown, message, most=str(megabytes))
            return self.path.read_bytes()
        except OSError as problem:
            why = problem.strerror or type(problem).__name__
            message = f"cannot be opened ({why}); check the file and its rights"
            raise Unreadable("denied", self.shown, message) from None


@dataclass(frozen=True, slots=True)
class Source:
    """What one report is made of: `parts` are its files, the prose first; `path` is how people name the first."""

    report_id: str
    path: str
    parts: tuple[File, ...]

    def read(self, megabytes: int = MEGABYTES) -> tuple[tuple[str, bytes], ...]:
        """Name and bytes of each part; raises `Unreadable` where one cannot be opened or is too big."""
        return tuple((part.name, part.read(megabytes)) for part in self.parts)


class Skipped(NamedTuple):
    """A file or folder passed over; `reason` is one of this module's codes."""

    path: str
    reason: str


class Missing(NamedTuple):
    """An input, or a folder in one, that is not there or cannot be opened; `reason` is one of this module's codes."""

    path: str
    reason: str

    def __str__(self) -> str:
        return self.path


@dataclass(frozen=True, slots=True)
class Intake:
    """What the inputs hold."""

    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...] = ()
    missing: tuple[Missing, ...] = ()
